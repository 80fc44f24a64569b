//! Bytes → text: by the byte order mark, else by the charset in the HTTP header, else by the one in the text.
//!
//! Labels are those of the WHATWG Encoding Standard (`iso-8859-1` is windows-1252 there, as in every browser). A label
//! that it does not have counts as none, and without one the text is UTF-8, in which damage becomes U+FFFD.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The number of bytes at the start in which a text's own declaration is looked for.
const HEAD: usize = 8192;

/// The tags that declare a charset, and their key for it.
const META: (&str, &str) = ("<meta", "charset");
const XML: (&str, &str) = ("<?xml", "encoding");

/// Decodes a page, which may name its charset in a `<meta>` or an XML declaration.
pub(in crate::site) fn page<'a>(bytes: &'a [u8], content_type: &str) -> Cow<'a, str> {
    let in_page = || declared(bytes, META).or_else(|| declared(bytes, XML));
    let named = labelled(content_type, "charset").or_else(in_page);
    named.unwrap_or(UTF_8).decode(bytes).0
}

/// Decodes an answer that names no charset in its text.
pub(in crate::site) fn answer<'a>(bytes: &'a [u8], content_type: &str) -> Cow<'a, str> {
    labelled(content_type, "charset").unwrap_or(UTF_8).decode(bytes).0
}

/// Decodes a feed or a plain text, whose declaration may be missing or wrong: UTF-8 wherever that is what stands there,
/// else the charset of the XML declaration, else windows-1252. The half of a character at the end is left out.
pub(in crate::site) fn guessed(bytes: &[u8]) -> Cow<'_, str> {
    if Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8) {
        return UTF_8.decode(bytes).0;
    }
    let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let is_marked = unmarked.is_some();
    let bytes = unmarked.unwrap_or(bytes);
    let other = declared(bytes, XML).filter(|encoding| !is_marked && ![UTF_8, WINDOWS_1252].contains(encoding));
    match (std::str::from_utf8(bytes), other) {
        // All of ISO-2022-JP is ASCII, and still no UTF-8.
        (_, Some(encoding)) if !encoding.is_ascii_compatible() => encoding.decode(bytes).0,
        (Ok(text), _) => Cow::Borrowed(text),
        (Err(error), Some(encoding)) if error.error_len().is_some() => encoding.decode(bytes).0,
        _ => Cow::Owned(western_within_utf8(bytes)),
    }
}

/// The text of bytes that are UTF-16, by a byte order mark or because every other byte of the start is 0.
pub(in crate::site) fn from_utf16(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let encoding = match (Encoding::for_bom(bytes), bytes.get(..8).unwrap_or_default()) {
        (Some((encoding, _)), _) => Some(encoding).filter(|encoding| *encoding != UTF_8)?,
        (None, [1..=255, 0, 1..=255, 0, 1..=255, 0, 1..=255, 0]) => UTF_16LE,
        (None, [0, 1..=255, 0, 1..=255, 0, 1..=255, 0, 1..=255]) => UTF_16BE,
        _ => return None,
    };
    Some(encoding.decode(bytes).0)
}

/// The text of bytes whose charset a header names; `None` where it names none. A byte order mark goes before it.
pub(in crate::site) fn named<'a>(bytes: &'a [u8], content_type: &str) -> Option<Cow<'a, str>> {
    labelled(content_type, "charset").map(|encoding| encoding.decode(bytes).0)
}

/// UTF-8 among which single bytes are windows-1252, as feeds that were put together from several sources have it.
fn western_within_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        let is_half = || std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        if chunks.peek().is_some() || !is_half() {
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    text
}

/// The charset that the first tag with one declares under a key, in the first bytes of a text.
fn declared(bytes: &[u8], (tag, key): (&str, &str)) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    let named = head.split(tag).skip(1).find_map(|tag| labelled(tag.split('>').next()?, key))?;
    // If the declaration can be read as ASCII, the text is not UTF-16.
    Some(named.output_encoding())
}

/// The charset that a header or a tag names under a key: `charset=…`.
fn labelled(text: &str, key: &str) -> Option<&'static Encoding> {
    let text = text.to_ascii_lowercase();
    let (_, rest) = text.split_once(key)?;
    let label = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    Encoding::for_label_no_replacement(label.split(['"', '\'', ';', ' ', '>', '/']).next()?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text in some charsets, and its bytes.
    const TEXTS: [(&str, &str, &[u8]); 9] = [
        ("windows-1252", "café “x”", b"caf\xe9 \x93x\x94"),
        ("ISO-8859-1", "café “x”", b"caf\xe9 \x93x\x94"),
        ("koi8-r", "тема", b"\xd4\xc5\xcd\xc1"),
        ("Shift_JIS", "日本", b"\x93\xfa\x96\x7b"),
        ("euc-jp", "日本", b"\xc6\xfc\xcb\xdc"),
        ("iso-2022-jp", "日本", b"\x1b$BF|K\\\x1b(B"),
        ("gb18030", "中文", b"\xd6\xd0\xce\xc4"),
        ("big5", "中文", b"\xa4\xa4\xa4\xe5"),
        ("utf-8", "中文", "中文".as_bytes()),
    ];

    fn with_head(head: &str, bytes: &[u8]) -> Vec<u8> {
        [head.as_bytes(), bytes].concat()
    }

    #[test]
    fn every_declaration_of_a_charset_is_read() {
        for (label, text, bytes) in TEXTS {
            assert_eq!(page(bytes, &format!("text/html; charset={label}")), text);
            assert_eq!(answer(bytes, &format!("application/json;charset=\"{label}\"")), text);
            for head in [
                format!("<!-- x --><META http-equiv=x content='text/html; charset={label}'>"),
                format!("<meta name=a><meta charset = \"{label}\"/>"),
                format!("<?xml version='1.0' encoding='{label}'?>"),
            ] {
                assert_eq!(page(&with_head(&head, bytes), ""), head.clone() + text);
            }
            let head = format!("<?xml version=\"1.0\" encoding=\"{label}\"?><rss>");
            assert_eq!(guessed(&with_head(&head, bytes)), head.clone() + text);
        }
    }

    #[test]
    fn a_mark_goes_before_the_header_and_the_header_before_the_page() {
        let meta = with_head("<meta charset=koi8-r>", "é".as_bytes());
        assert!(page(&meta, "text/html; charset=utf-8").ends_with('é'));
        let marked = with_head("\u{feff}", &meta);
        assert_eq!(page(&marked, "text/html; charset=big5"), "<meta charset=koi8-r>é");
        for utf16 in [&b"\xff\xfe<\0\xe9\0"[..], b"\xfe\xff\0<\0\xe9"] {
            assert_eq!([page(utf16, "text/html; charset=big5"), guessed(utf16), answer(utf16, "")], ["<é"; 3]);
            assert_eq!(from_utf16(utf16).as_deref(), Some("<é"));
        }
        for utf16 in [&b"<\0p\0>\0x\0"[..], b"\0<\0p\0>\0x"] {
            assert_eq!(from_utf16(utf16).as_deref(), Some("<p>x"));
        }
        for other in ["\u{feff}é".as_bytes(), b"<p>xyzab", b"", b"a\0b\0", b"a\0\0\0a\0\0\0"] {
            assert_eq!(from_utf16(other), None);
        }
        let marked = b"\xef\xbb\xbf<?xml encoding='koi8-r'?>\xc3\xa9";
        assert!(guessed(marked).ends_with('é'));
        assert_eq!(named(b"caf\xe9", "text/html; charset=latin1").as_deref(), Some("café"));
        assert_eq!(named(b"x", "text/html"), None);
    }

    #[test]
    fn an_unknown_label_is_none() {
        assert_eq!(page(b"caf\xe9", "text/html; charset=klingon"), "caf\u{fffd}");
        assert!(page(b"<meta charset=klingon>\xe9", "").ends_with('\u{fffd}'));
        assert!(page(b"<meta charset=utf-16>\xc3\xa9", "").ends_with('é'));
        assert_eq!(page("charset=iso-8859-1 é".as_bytes(), ""), "charset=iso-8859-1 é");
        assert_eq!(answer("é".as_bytes(), "application/json"), "é");
    }

    #[test]
    fn without_a_label_the_bytes_decide() {
        for (bytes, text) in [
            ("\u{feff}<é>".as_bytes(), "<é>"),
            (b"caf\xe9 \x93x\x94", "café “x”"),
            (b"caf\xc3\xa9 caf\xe9!", "café café!"),
            (b"\xe9t\xe9<", "été<"),
            (b"cut: \xe2\x80", "cut: "),
        ] {
            assert_eq!(guessed(bytes), text);
        }
    }
}
