//! JSON strings: where one ends, and its text with the escapes undone.

use std::borrow::Cow;

/// The byte after the closing quote of the string whose inside begins at `at`.
pub(super) fn end(source: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let rest = source.get(at..)?;
        let found = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
        at += found + 1;
        match rest.get(found)? {
            b'"' => return Some(at),
            _ => at += 1,
        }
    }
}

/// The text of a string with its quotes, of which the closing one may have been cut off.
///
/// An escape that JSON does not know stands for its letter, half a surrogate pair for U+FFFD.
pub(super) fn read(raw: &str) -> Cow<'_, str> {
    let inside = raw.strip_prefix('"').unwrap_or(raw);
    if !inside.contains('\\') {
        return Cow::Borrowed(inside.strip_suffix('"').unwrap_or(inside));
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(found) = rest.find(['\\', '"']) {
        text.push_str(rest.get(..found).unwrap_or_default());
        let is_escape = rest.as_bytes().get(found) == Some(&b'\\');
        rest = rest.get(found + 1..).unwrap_or_default();
        if !is_escape {
            return Cow::Owned(text);
        }
        rest = escape(rest, &mut text);
    }
    text.push_str(rest);
    Cow::Owned(text)
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
