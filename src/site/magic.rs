//! Kinds of files by their first bytes, for the words of a refusal.

/// The place of some bytes, the bytes, and the name of the files that have them there.
type Magic = (usize, &'static [u8], &'static str);

/// Sources: the magic(5) database of file(1), and the specifications of the formats.
const MAGICS: [Magic; 46] = [
    (0, b"\x89PNG\r\n\x1A\n", "a PNG image"),
    (0, b"\xFF\xD8\xFF", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAV sound"),
    (8, b"AVI ", "an AVI video"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (4, b"ftypavif", "an AVIF image"),
    (4, b"ftypheic", "a HEIC image"),
    (4, b"ftyp", "an MP4 video or sound"),
    (0, b"\x1A\x45\xDF\xA3", "a Matroska or WebM video"),
    (0, b"OggS", "an Ogg sound or video"),
    (0, b"fLaC", "a FLAC sound"),
    (0, b"ID3", "an MP3 sound"),
    (0, b"\xFF\xFB", "an MP3 sound"),
    (0, b"FLV\x01", "a Flash video"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document"),
    (0, b"PK\x03\x04", "a zip archive, as office documents and e-books are too"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (0, b"Rar!\x1A\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\xFD7zXZ\0", "xz data"),
    (0, b"BZh", "bzip2 data"),
    (0, b"\x04\x22\x4D\x18", "LZ4 data"),
    (0, b"\x1F\x9D", "data of compress(1)"),
    (0, b"\x7FELF", "a program"),
    (0, b"MZ", "a program for Windows"),
    (0, b"\xCF\xFA\xED\xFE", "a program for macOS"),
    (0, b"\xCA\xFE\xBA\xBE", "a Java class or a program for macOS"),
    (0, b"\0asm", "a WebAssembly module"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
    (0, b"\0\x01\0\0\0", "a font"),
    (0, b"OTTO", "a font"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"bplist00", "a property list or a Safari web archive"),
    (0, b"-----BEGIN ", "a key or a certificate"),
    (0, b"#!", "a script"),
    (0, b"\x28\xB5\x2F\xFD", "zstd data"),
];

/// The most bytes that are looked at to tell text from other data.
const LOOK: usize = 1024;

/// The name of the kind of file that begins like this; `None` for text and for what is not known.
pub(in crate::site) fn name(bytes: &[u8]) -> Option<&'static str> {
    let is = |(at, magic, _): &&Magic| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    MAGICS.iter().find(is).map(|(_, _, name)| *name)
}

/// Whether the start of these bytes is no text: neither UTF-8 nor an older charset has such bytes.
pub(in crate::site) fn is_binary(bytes: &[u8]) -> bool {
    let start = bytes.get(..LOOK).unwrap_or(bytes);
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let odd = start.iter().filter(|byte| is_control(byte)).count();
    // An escape is text in ISO-2022-JP, and a stray control character is damage.
    start.contains(&0) || odd * 50 > start.len()
}

#[cfg(test)]
mod tests {
    use super::{MAGICS, is_binary, name};

    #[test]
    fn each_kind_is_told_by_its_own_bytes() {
        for (at, magic, expected) in MAGICS {
            let file = [&vec![b'x'; at], magic, b" and more"].concat();
            assert_eq!(name(&file), Some(expected));
        }
        for text in [&b"{\"a\": 1}"[..], b"<html>", b"Dear diary", b"", b"\xEF\xBB\xBF[", b"caf\xe9"] {
            assert_eq!((name(text), is_binary(text)), (None, false));
        }
        assert!(is_binary(b"a\0b") && is_binary(b"\x0b\x02\x80") && !is_binary(b"\x1b$BF|K\\\x1b(B and more of it"));
    }
}
