//! Numeric references for single UTF-8 bytes (`&#195;&#169;` for é), put together to characters.
//!
//! Slashdot has sent such. Only references are mended, never letters: somebody who writes `Ã©`
//! means it. And only a full valid sequence is: a lone `&#195;` is an Ã.

use std::borrow::Cow;

use memchr::memchr;

/// The source with such references replaced by their character.
pub(super) fn mend(source: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let mut rest = source;
    while let Some((before, from)) = next_reference(rest) {
        let (character, after) = sequence(from).unwrap_or_else(|| split(from, "&#".len()));
        if mended.is_empty() {
            mended.reserve(source.len());
        }
        mended.push_str(before);
        mended.push_str(&character);
        rest = after;
    }
    if mended.is_empty() {
        return Cow::Borrowed(source);
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// Splits the source before the next reference that may start a sequence.
fn next_reference(source: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        from += memchr(b'&', source.as_bytes().get(from..)?)?;
        let (before, reference) = source.split_at_checked(from)?;
        if byte(reference).is_some_and(|(byte, _)| byte >= 0xC2) {
            return Some((before, reference));
        }
        from += "&".len();
    }
}

fn split(source: &str, at: usize) -> (Cow<'_, str>, &str) {
    let (start, rest) = source.split_at_checked(at).unwrap_or((source, ""));
    (Cow::Borrowed(start), rest)
}

/// The character that references from the start of the source spell, and the source after them.
fn sequence(source: &str) -> Option<(Cow<'_, str>, &str)> {
    let (first, mut rest) = byte(source)?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = vec![first];
    while bytes.len() < length {
        let (next, after) = byte(rest)?;
        bytes.push(next);
        rest = after;
    }
    Some((Cow::Owned(String::from_utf8(bytes).ok()?), rest))
}

/// The byte 0x80–0xFF that a numeric reference at the start of the source names, and the source after it.
fn byte(source: &str) -> Option<(u8, &str)> {
    let number = source.strip_prefix("&#")?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let end = digits.bytes().take(4).position(|byte| byte == b';')?;
    let value = u8::from_str_radix(digits.get(..end)?, radix).ok()?;
    (value >= 0x80).then_some((value, digits.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn only_whole_sequences_are_mended() {
        let table = [
            ("caf&#195;&#169;!", "café!"),
            ("caf&#xC3;&#xa9;!", "café!"),
            ("it&#226;&#128;&#153;s", "it’s"),
            ("&#240;&#159;&#152;&#128;", "\u{1f600}"),
            ("&#195;&#195;&#169;", "&#195;é"),
            ("&#195; &#169;", "&#195; &#169;"),
            ("&#195;&#169", "&#195;&#169"),
            ("&#195;", "&#195;"),
            ("&#237;&#160;&#128;", "&#237;&#160;&#128;"),
            ("&#x27;&#39;&amp;&#8217;", "&#x27;&#39;&amp;&#8217;"),
            ("Ã©", "Ã©"),
        ];
        for (source, expected) in table {
            assert_eq!(mend(source), expected, "{source}");
        }
    }
}
