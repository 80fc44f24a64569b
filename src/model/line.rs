//! Texts of one line: a single space for every run of white space, and none at the ends.

use std::borrow::Cow;

/// Whether a text is one line of visible ASCII with single spaces between its words, as most names, subjects and addresses
/// are: neither cleaning nor putting it on one line changes it.
pub fn is_plain_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ([first, ..], [.., last]) = (bytes, bytes) else { return true };
    let is_ascii = |byte: u8| byte.wrapping_sub(b' ') <= b'~' - b' ';
    let behind = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    // Folded without an early exit, which compiles to vector instructions.
    let is_odd = |(&before, &byte): (&u8, &u8)| !is_ascii(byte) || (before | byte) == b' ';
    is_ascii(*first) && *first != b' ' && *last != b' ' && !behind.fold(false, |odd, pair| odd | is_odd(pair))
}

/// The text as one line.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if is_plain_line(text) {
        return Cow::Borrowed(text);
    }
    let mut was_space = true;
    let is_odd = |c: char| {
        let is_space = c.is_whitespace();
        let was_space = std::mem::replace(&mut was_space, is_space);
        is_space && (was_space || c != ' ')
    };
    if !text.ends_with(' ') && !text.chars().any(is_odd) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::{is_plain_line, one_line};

    #[test]
    fn a_plain_line_is_its_own_line() {
        for (text, line, is_plain) in [
            ("", "", true),
            ("a", "a", true),
            ("Re: a ~ b", "Re: a ~ b", true),
            (" a", "a", false),
            ("a ", "a", false),
            (" ", "", false),
            ("a  b", "a b", false),
            ("a\tb", "a b", false),
            ("naïve café", "naïve café", false),
            ("é\u{3000}\n é", "é é", false),
        ] {
            assert_eq!((one_line(text).as_ref(), is_plain_line(text)), (line, is_plain), "{text:?}");
        }
    }
}
