//! Text as Markdown that is read as that text: signs of Markdown, HTML and its entities, and spaces at the ends.

/// A name of an entity is no longer than this.
const LONGEST_ENTITY: usize = 40;

/// Escapes a text that stands within a line.
pub(in crate::print) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape_into(text, &mut out);
    out
}

/// Escapes a text that stands within a line, behind what is in `out`.
pub(super) fn escape_into(text: &str, out: &mut String) {
    for (at, character) in text.char_indices() {
        let is_sign = matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '#' | '~' | '^' | '$' | '{')
            || (character == '&' && is_entity(text.get(at + 1..).unwrap_or_default()));
        if is_sign {
            out.push('\\');
        }
        out.push(character);
    }
}

/// Whether these bytes behind a `&` make an entity of it. The text may go on in another piece, so the end counts as a `;`.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let length = name.bytes().take(LONGEST_ENTITY).take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name.as_bytes().get(length).is_none_or(|&byte| byte == b';')
}

/// Escapes what `line` has at its start only there: a list's sign, a number, a quote, an underline, a table, a space. What
/// stands at the end of `out` is left alone.
pub(super) fn escape_start<'t>(line: &'t str, out: &mut String) -> &'t str {
    let digits = line.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let (start, rest) = line.split_at_checked(digits).unwrap_or(("", line));
    let Some(first) = rest.chars().next() else { return line };
    let is_sign = match first {
        '.' | ')' => digits > 0,
        '>' | '-' | '+' | '=' | '|' | ':' => digits == 0,
        ' ' if digits == 0 => {
            out.push_str("&#32;");
            return rest.get(1..).unwrap_or_default();
        }
        _ => return line,
    };
    if !is_sign {
        return line;
    }
    out.push_str(start);
    out.push('\\');
    out.push(first);
    rest.get(first.len_utf8()..).unwrap_or_default()
}

/// Writes a space at the end as an entity: two would break the line, one would be lost.
pub(super) fn keep_last_space(out: &mut String) {
    if out.ends_with(' ') {
        out.pop();
        out.push_str("&#32;");
    }
}

/// A link with these words, which are Markdown already.
pub(super) fn link(words: &str, address: &str) -> String {
    format!("[{words}]({})", destination(address))
}

/// An address behind a link's words.
pub(super) fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len() + 2);
    out.push('<');
    for character in address.chars() {
        if matches!(character, '\\' | '<' | '>' | '&') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('>');
    out
}

/// An address as a link to itself.
pub(in crate::print) fn address(address: &str) -> String {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\' | '&' | '`');
    if is_web && !address.contains(is_odd) { format!("<{address}>") } else { link(&escape(address), address) }
}
