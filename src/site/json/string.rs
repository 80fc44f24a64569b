//! JSON strings: where one ends, and its text with the escapes undone.

use std::borrow::Cow;

use memchr::memchr2;

/// The end of a string.
pub(super) struct End {
    /// The byte after the closing quote; `None` if there is no such quote.
    pub(super) at: Option<usize>,
    /// Whether there are escapes before it.
    pub(super) has_escapes: bool,
}

/// The end of the string whose inside begins at `at`.
pub(super) fn end(source: &[u8], at: usize) -> End {
    let mut end = End { at: None, has_escapes: false };
    let mut rest = at;
    while let Some(inside) = source.get(rest..) {
        rest += plain_run(inside);
        match source.get(rest) {
            Some(b'"') => {
                end.at = Some(rest + 1);
                break;
            }
            Some(_) => {
                end.has_escapes = true;
                rest += 2;
            }
            None => break,
        }
    }
    end
}

/// The number of bytes at the start that are neither a quote nor a backslash.
fn plain_run(bytes: &[u8]) -> usize {
    memchr2(b'"', b'\\', bytes).unwrap_or(bytes.len())
}

/// The text of a string with its quotes, of which the closing one may have been cut off.
///
/// An escape that JSON does not know stands for its letter, half a surrogate pair for U+FFFD.
pub(super) fn read(raw: &str, has_escapes: bool) -> Cow<'_, str> {
    let inside = raw.strip_prefix('"').unwrap_or(raw);
    if !has_escapes {
        return Cow::Borrowed(inside.strip_suffix('"').unwrap_or(inside));
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    loop {
        let run = plain_run(rest.as_bytes());
        text.push_str(rest.get(..run).unwrap_or_default());
        if rest.as_bytes().get(run) != Some(&b'\\') {
            return Cow::Owned(text);
        }
        rest = escape(rest.get(run + 1..).unwrap_or_default(), &mut text);
    }
}

/// Adds what the escape at the start of `rest` stands for, and gives what follows it.
fn escape<'a>(rest: &'a str, text: &mut String) -> &'a str {
    let mut chars = rest.chars();
    match chars.next() {
        Some('u') => return unicode(chars.as_str(), text),
        Some('n') => text.push('\n'),
        Some('t') => text.push('\t'),
        Some('r') => text.push('\r'),
        Some('b') => text.push('\u{8}'),
        Some('f') => text.push('\u{c}'),
        Some(other) => text.push(other),
        None => {}
    }
    chars.as_str()
}

fn unicode<'a>(rest: &'a str, text: &mut String) -> &'a str {
    let Some((unit, after)) = hex(rest) else {
        text.push(char::REPLACEMENT_CHARACTER);
        return rest;
    };
    let low = after.strip_prefix("\\u").and_then(hex).filter(|(low, _)| (0xDC00..0xE000).contains(low));
    if let (0xD800..0xDC00, Some((low, after))) = (unit, low) {
        let code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return after;
    }
    text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
    after
}

/// The four hexadecimal digits at the start, and what follows them.
fn hex(rest: &str) -> Option<(u32, &str)> {
    let digits = rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some((u32::from_str_radix(digits, 16).ok()?, rest.get(4..)?))
}
