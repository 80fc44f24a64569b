//! Bytes → text, by the label that came with them.

use std::borrow::Cow;

/// Decodes a page: its `Content-Type` decides, else its own `<meta>`; UTF-8 unless one of them says Latin-1.
pub(in crate::site) fn page<'a>(bytes: &'a [u8], content_type: &str) -> Cow<'a, str> {
    match label(content_type).or_else(|| meta_label(bytes)) {
        Some(label) => decode(bytes, &label),
        None => String::from_utf8_lossy(bytes),
    }
}

/// Decodes an answer that is no page, by its `Content-Type` alone.
pub(in crate::site) fn answer<'a>(bytes: &'a [u8], content_type: &str) -> Cow<'a, str> {
    decode(bytes, &label(content_type).unwrap_or_default())
}

/// Decodes what has no label, or like feeds often a wrong one: UTF-8 wherever that is what stands there, else windows-1252. The half of a
/// character at the end is left out.
pub(in crate::site) fn guessed(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        let is_half = || std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        if chunks.peek().is_some() || !is_half() {
            text.extend(chunk.invalid().iter().copied().map(western));
        }
    }
    Cow::Owned(text)
}

fn decode<'a>(bytes: &'a [u8], label: &str) -> Cow<'a, str> {
    match label {
        "iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252" | "cp1252" | "us-ascii" => {
            bytes.iter().copied().map(western).collect()
        }
        _ => String::from_utf8_lossy(bytes),
    }
}

/// The charset that a header names, in lower case.
fn label(header: &str) -> Option<String> {
    let header = header.to_ascii_lowercase();
    let (_, rest) = header.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    label.split(['"', '\'', ';', ' ', '>', '/']).next().filter(|label| !label.is_empty()).map(str::to_owned)
}

/// The charset that a `<meta>` among the first bytes names.
fn meta_label(bytes: &[u8]) -> Option<String> {
    const HEAD: usize = 8192;
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    head.split("<meta").skip(1).find_map(|meta| label(meta.split('>').next()?))
}

/// A byte of windows-1252, which is what browsers read for every Latin-1 label.
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_decides() {
        let meta = b"<!-- x --><META http-equiv=x content='text/html; charset=ISO-8859-1'> caf\xe9 \x93";
        assert!(page(meta, "").ends_with("café “"));
        assert!(page(meta, "text/html; charset=utf-8").ends_with("caf\u{fffd} \u{fffd}"));
        assert_eq!(page("charset=iso-8859-1 é".as_bytes(), ""), "charset=iso-8859-1 é");
        assert_eq!(answer(b"\xe9", "application/json; charset=\"windows-1252\""), "é");
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
