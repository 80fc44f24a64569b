//! HTTP answers with their heads, as `curl -i` writes them: of several behind each other, redirects, the last counts.

use super::{Inner, compressed, decoded};
use crate::markup::clean_line;
use crate::model::Advice;
use crate::site::LoadError;

/// The most bytes of a head.
const HEAD: usize = 1 << 16;

/// The head of an answer, as far as it matters here.
#[derive(Debug, Default)]
struct Head {
    status: u16,
    content_type: String,
    content_encoding: String,
    is_chunked: bool,
    location: String,
}

/// The body of the last answer; `None` where there is no head of one.
pub(super) fn read(bytes: &[u8], most: usize) -> Option<Result<Inner, LoadError>> {
    let (mut head, mut body) = split(bytes)?;
    while let Some((next, rest)) = split(body) {
        (head, body) = (next, rest);
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Some(Err(empty(&head)));
    }
    let dechunked = head.is_chunked.then(|| dechunked(body)).flatten();
    let body = dechunked.as_deref().unwrap_or(body);
    let unpacked = match compressed::read_named(body, &head.content_encoding, most).transpose() {
        Ok(unpacked) => unpacked,
        Err(error) => return Some(Err(error)),
    };
    let note = unpacked.as_ref().and_then(|unpacked| unpacked.note.clone());
    let body = unpacked.as_ref().map_or(body, |unpacked| &unpacked.bytes);
    Some(Ok(Inner { bytes: decoded(body, &head.content_type), note, status: Some(head.status) }))
}

/// Splits an answer into its head and what is behind that.
fn split(bytes: &[u8]) -> Option<(Head, &[u8])> {
    if !bytes.starts_with(b"HTTP/") {
        return None;
    }
    let (head, body) = bytes.split_at_checked(head_length(bytes)?)?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next()?.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let mut read = Head { status, ..Head::default() };
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => read.content_type = String::from(value),
            "content-encoding" => read.content_encoding = value.to_ascii_lowercase(),
            "transfer-encoding" => read.is_chunked = value.to_ascii_lowercase().contains("chunked"),
            "location" => read.location = clean_line(value),
            _ => {}
        }
    }
    Some((read, body))
}

/// The length of the head at the start with the empty line behind it; all there is, where a file ends within its head. `None`
/// where a head would be too long.
fn head_length(bytes: &[u8]) -> Option<usize> {
    let start = bytes.get(..HEAD).unwrap_or(bytes);
    let mut length = 0;
    for line in start.split_inclusive(|&byte| byte == b'\n') {
        length += line.len();
        if matches!(line, b"\n" | b"\r\n") {
            return Some(length);
        }
    }
    (length == bytes.len()).then_some(length)
}

/// The error for an answer that has nothing behind its head.
fn empty(head: &Head) -> LoadError {
    let error = LoadError::other("it", format!("is the head of an answer with status {}, and no answer", head.status));
    match &*head.location {
        "" => error,
        location => error.advise(Advice::Other(format!("open {location}, where it leads"))),
    }
}

/// The chunks of a body put together, as far as they are whole; `None` where curl has done that.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line = rest.iter().take(32).position(|&byte| byte == b'\n')?;
        let (size, after) = rest.split_at_checked(line + 1)?;
        let size = std::str::from_utf8(size).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let chunk = after.get(..size).unwrap_or(after);
        out.extend_from_slice(chunk);
        rest = after.get(chunk.len()..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD, head_length, read};

    #[test]
    fn a_head_ends_at_its_first_empty_line() {
        for (bytes, expected) in [
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\n\nmore", Some(25)),
            ("HTTP/2 200\nA: b\n\nbody\r\n\r\n", Some(17)),
            ("HTTP/2 200\r\nA: b\n\r\nbody", Some(19)),
            ("HTTP/2 200\r\nA: b", Some(16)),
        ] {
            assert_eq!(head_length(bytes.as_bytes()), expected, "{bytes:?}");
        }
        let long = format!("HTTP/2 200\nA: {}\n\n[]", "b".repeat(HEAD));
        assert_eq!(head_length(long.as_bytes()), None);
        assert!(read(long.as_bytes(), 1 << 20).is_none());
    }

    #[test]
    fn of_many_heads_the_last_counts() {
        let heads = "HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n".repeat(20_000);
        let answer = format!("{heads}HTTP/1.1 200 OK\r\n\r\n[1]");
        let inner = read(answer.as_bytes(), 1 << 20).expect("an answer").expect("a body");
        assert_eq!((inner.bytes.as_slice(), inner.status), (&b"[1]"[..], Some(200)));
    }
}
