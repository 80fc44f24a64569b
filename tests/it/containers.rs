//! Files in what they are packed in: compressed, with the head of an HTTP answer, in MIME, in a page, in UTF-16.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use lurker::print;
use lurker::site::{Content, saved};
use lurker::view::Selection;

use crate::support::fixtures;

pub(crate) type Pack = fn(&[u8]) -> Vec<u8>;

/// What opens, as JSON; the error where nothing does.
fn opened(bytes: &[u8]) -> Result<String, String> {
    let mut out = Vec::new();
    match saved::read(bytes, None).map_err(|error| error.to_string())? {
        Content::Thread(thread) => print::json(&thread, &Selection::default(), &mut out),
        Content::List(list) => print::stories_json(&list, &mut out),
    }
    .expect("a vector takes all");
    Ok(String::from_utf8(out).expect("UTF-8"))
}

/// The fixtures that open, as UTF-8 text.
fn files() -> Vec<(String, Vec<u8>, String)> {
    let text = |bytes: &Vec<u8>| std::str::from_utf8(bytes).is_ok();
    let files = fixtures::all().into_iter().filter(|(_, bytes)| text(bytes));
    let files: Vec<_> = files.filter_map(|(name, bytes)| opened(&bytes).ok().map(|json| (name, bytes, json))).collect();
    assert!(files.len() > 30, "{}", files.len());
    files
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 1).expect("memory takes all")
}

/// Brotli data (RFC 7932) of uncompressed blocks.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (number, block) in bytes.chunks(1 << 16).enumerate() {
        // The window's size before the first block; then: not the last, four nibbles of length, the length, uncompressed.
        let header = ((block.len() as u32 - 1) << 3) | (1 << 19);
        let header = if number == 0 { header << 1 } else { header };
        out.extend_from_slice(header.to_le_bytes().get(..3).expect("four bytes"));
        out.extend_from_slice(block);
    }
    out.push(3);
    out
}

fn utf16(bytes: &[u8], to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).encode_utf16().flat_map(to_bytes).collect()
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [head.replace('\n', "\r\n").as_bytes(), b"\r\n", body].concat()
}

fn quoted_printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut column = 0;
    for &byte in bytes {
        let piece = match byte {
            b'\n' => "\n".to_owned(),
            b' '..=b'~' if byte != b'=' => char::from(byte).to_string(),
            _ => format!("={byte:02X}"),
        };
        column = if byte == b'\n' { 0 } else { column + piece.len() };
        if column > 73 {
            out.push_str("=\n");
            column = piece.len();
        }
        out.push_str(&piece);
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (number, chunk) in bytes.chunks(3).enumerate() {
        let bits = chunk.iter().chain([&0, &0]).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4 {
            let sign = char::from(SIGNS[bits >> (18 - 6 * place) & 63]);
            out.push(if place > chunk.len() { '=' } else { sign });
        }
        out.push_str(if number % 19 == 18 { "\n" } else { "" });
    }
    out
}

fn message(encoding: &str, body: &str) -> Vec<u8> {
    let text = format!(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nSubject: x\nMIME-Version: 1.0\n\
         Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"--=_b\"\n\n\n----=_b\nContent-Type: text/html\n\
         Content-Location: https://a.example/\nContent-Transfer-Encoding: {encoding}\n\n{body}\n----=_b\n\
         Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n----=_b--\n"
    );
    text.into_bytes()
}

pub(crate) const PACKS: [(&str, Pack); 14] = [
    ("a byte order mark", |bytes| [b"\xEF\xBB\xBF", bytes].concat()),
    ("gzip", gzip),
    ("gzip in two members", |bytes| {
        let (one, other) = bytes.split_at(bytes.len() / 2);
        [gzip(one), gzip(other)].concat()
    }),
    ("zstd", zstd),
    ("brotli", brotli),
    ("UTF-16 with a mark", |bytes| [b"\xFF\xFE", &*utf16(bytes, u16::to_le_bytes)].concat()),
    ("UTF-16, big end first", |bytes| [b"\xFE\xFF", &*utf16(bytes, u16::to_be_bytes)].concat()),
    ("UTF-16 without a mark", |bytes| utf16(bytes, u16::to_le_bytes)),
    ("a head", |bytes| answer("HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n", bytes)),
    ("a redirect's head and another", |bytes| {
        answer("HTTP/2 301 \nlocation: https://b.example\n\nHTTP/1.1 100 Continue\n\nHTTP/2 200 \nserver: x\n", bytes)
    }),
    ("a head with bytes in gzip", |bytes| answer("HTTP/1.1 200 OK\nContent-Encoding: gzip\n", &gzip(bytes))),
    ("a head that says gzip of what is none any more", |bytes| {
        answer("HTTP/1.1 200 OK\ncontent-encoding: gzip\n", bytes)
    }),
    ("a head and chunks", |bytes| {
        let mut body = Vec::new();
        for chunk in bytes.chunks(1000) {
            body.extend([format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
        }
        answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n", &[&*body, b"0\r\n\r\n"].concat())
    }),
    ("all at once", |bytes| zstd(&gzip(&answer("HTTP/1.1 200 OK\nContent-Encoding: br\n", &brotli(bytes))))),
];

#[test]
fn a_packed_file_opens_as_the_file() {
    for (name, bytes, json) in files() {
        for (pack, packed) in PACKS {
            assert_eq!(opened(&packed(&bytes)).as_ref(), Ok(&json), "{name} in {pack}");
        }
    }
}

#[test]
fn a_page_in_mime_opens_as_the_page() {
    for (name, bytes, json) in files().iter().filter(|(_, bytes, _)| bytes.trim_ascii_start().starts_with(b"<")) {
        assert_eq!(opened(&message("quoted-printable", &quoted_printable(bytes))).as_ref(), Ok(json), "{name}");
        assert_eq!(opened(&message("base64", &base64(bytes))).as_ref(), Ok(json), "{name}");
        assert_eq!(opened(&message("8bit", &String::from_utf8_lossy(bytes))).as_ref(), Ok(json), "{name}");
    }
}

#[test]
fn json_in_a_page_opens_as_the_json() {
    for (name, bytes, json) in files().iter().filter(|(_, bytes, _)| bytes.starts_with(b"{") || bytes.starts_with(b"["))
    {
        let text = String::from_utf8_lossy(bytes).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        for (before, after) in [
            (
                "<html><head><meta name=\"color-scheme\" content=\"light dark\"></head><body><pre style=\"x: y;\">",
                "</pre></body></html>",
            ),
            (
                "<!DOCTYPE html>\n<html><head><title>x</title><style>pre {}</style></head><body>\n<pre>",
                "</pre><div class=f></div></body>",
            ),
            ("<pre>", ""),
        ] {
            assert_eq!(opened(format!("{before}{text}{after}").as_bytes()).as_ref(), Ok(json), "{name}");
        }
    }
}

#[test]
fn a_charset_is_that_of_the_container_then_of_the_file() {
    let json = |word: &str| format!(r#"{{"format":"lurker-thread-1","title":"{word}","comments":[]}}"#).into_bytes();
    let title = |bytes: &[u8]| match saved::read(bytes, None) {
        Ok(Content::Thread(thread)) => thread.story().title.clone(),
        other => format!("{other:?}"),
    };
    let koi8: Vec<u8> = json("?")
        .into_iter()
        .flat_map(|byte| if byte == b'?' { b"\xd4\xc5\xcd\xc1".to_vec() } else { vec![byte] })
        .collect();
    assert_eq!(title(&answer("HTTP/1.1 200 OK\nContent-Type: application/json; charset=KOI8-R\n", &koi8)), "тема");
    assert_eq!(title(&answer("HTTP/1.1 200 OK\nContent-Type: application/json\n", &json("тема"))), "тема");
    let item = |charset: &str, title: &[u8]| {
        let start = format!(
            "<?xml version=\"1.0\" encoding=\"{charset}\"?><rss version=\"2.0\" xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\">\
            <channel><title>Slashdot</title><link>https://slashdot.org/</link><item><title>"
        );
        [
            start.as_bytes(),
            title,
            b"</title><link>https://slashdot.org/story/26/01/02/030405/x</link></item></channel></rss>",
        ]
        .concat()
    };
    for (charset, bytes, expected) in
        [("koi8-r", &b"\xd4\xc5\xcd\xc1"[..], "тема"), ("euc-jp", b"\xc6\xfc\xcb\xdc", "日本")]
    {
        let Ok(Content::List(list)) = saved::read(&item(charset, bytes), None) else { unreachable!("{charset}") };
        assert_eq!(list.entries.first().map(|entry| entry.title.as_str()), Some(expected));
        let packed =
            answer("HTTP/1.1 200 OK\nContent-Type: text/xml; charset=utf-8\n", &item(charset, expected.as_bytes()));
        let Ok(Content::List(list)) = saved::read(&packed, None) else { unreachable!("{charset}") };
        assert_eq!(list.entries.first().map(|entry| entry.title.as_str()), Some(expected));
    }
}

#[test]
fn what_unpacks_to_too_much_or_to_nothing_is_refused() {
    let bomb = gzip(&vec![b' '; 3 << 20]);
    let said = |bytes: &[u8]| saved::read_within(bytes, None, 1 << 20).map(|_| ()).expect_err("refused").to_string();
    for pack in [gzip as Pack, zstd] {
        assert_eq!(said(&pack(&vec![b' '; 3 << 20])), "it unpacks to more than 1 MiB, which is the limit");
        assert_eq!(
            said(&answer("HTTP/1.1 200 OK\nContent-Encoding: gzip\n", &bomb)),
            "it unpacks to more than 1 MiB, which is the limit"
        );
    }
    assert_eq!(said(b"\x1f\x8b\x08\0\0"), "it is gzip data that cannot be unpacked");
    assert_eq!(
        said(b"HTTP/2 302 \r\nlocation: https://b.example/x\r\n\r\n"),
        "it is the head of an answer with status 302, and no answer"
    );
    assert_eq!(said(&gzip(b"")), "it is empty");
    // Containers in containers end.
    let mut nested = b"{}".to_vec();
    for _ in 0..50 {
        nested = gzip(&nested);
    }
    assert!(said(&nested).starts_with("it is no discussion"), "{}", said(&nested));
}

#[test]
fn what_comes_before_damage_is_read() {
    let text =
        br#"{"format":"lurker-thread-1","title":"T","comments":[{"id":"1","text":"one"},{"id":"2","text":"two"}]}"#;
    let packed = gzip(text);
    let cut = packed.get(..packed.len() - 9).expect("it is longer");
    let Ok(Content::Thread(thread)) = saved::read(cut, None) else { unreachable!("some of it is there") };
    assert!(thread.notes().iter().any(|note| note.contains("gzip data is damaged")), "{:?}", thread.notes());
}

#[test]
fn refusals_say_what_a_file_is_and_what_to_do() {
    let said = |bytes: &[u8]| {
        let error = saved::read(bytes, None).map(|_| ()).expect_err("refused");
        assert!(!error.to_string().contains(['<', '\n', '\u{1b}', '\0']), "{error}");
        (error.to_string().replace("it is no discussion that lurker knows; ", ""), format!("{:?}", error.advice))
    };
    for (bytes, is) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "it is a PNG image"),
        (b"%PDF-1.7\n%\xe2\xe3", "it is a PDF document"),
        (b"PK\x03\x04\x14\0", "it is a zip archive, as office documents and e-books are too"),
        (b"\x7fELF\x02\x01\x01\0", "it is a program"),
        (b"SQLite format 3\0\x10\0", "it is an SQLite database"),
        (b"\0\0\0\x20ftypisom\0\0", "it is an MP4 video or sound"),
        (b"\xfd7zXZ\0\0", "it is xz data"),
        (b"\x01\x02\x03\0\x04garbage", "it is binary data of a kind that lurker does not know"),
        (b"[package]\nname = \"x\"", "it begins: [package] name = \"x\""),
        (b"[true, 2]", "it is JSON of another kind"),
    ] {
        let (says, advice) = said(bytes);
        assert_eq!(says, is);
        assert!(advice.contains("open"), "{advice}");
    }
    let page = |address: &str| {
        format!("<!doctype html><title>A <b> &amp; B</title><link rel=canonical href='{address}'><p>Nothing")
    };
    let (says, advice) = said(page("https://lobste.rs/s/abcdef/x").as_bytes());
    assert_eq!(says, "it is the page “A & B”, and no comment is in it");
    assert!(advice.contains("open it as https://lobste.rs/s/abcdef/x"), "{advice}");
    let (says, _) = said(page("https://a.example/").as_bytes());
    assert_eq!(says, "it is a page of another kind: “A & B”");
    let (says, _) = said(&answer("HTTP/2 403 \nserver: x\n", b"<title>Just a moment</title>"));
    assert!(says.starts_with("the server answered with status 403: it is a page"), "{says}");
}
