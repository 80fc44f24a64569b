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
    let start = bytes.get(..HEAD).unwrap_or(bytes);
    if !start.starts_with(b"HTTP/") {
        return None;
    }
    let ends = |end: &[u8]| start.windows(end.len()).position(|window| window == end).map(|at| at + end.len());
    let end = [ends(b"\r\n\r\n"), ends(b"\n\n")].into_iter().flatten().min().unwrap_or(start.len());
    let (head, body) = bytes.split_at_checked(end)?;
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
