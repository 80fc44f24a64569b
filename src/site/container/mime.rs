//! MHTML, in which browsers save a page with its pictures: the page is a part of a MIME message (RFC 2557).

use super::{Inner, decoded};

/// The most bytes of the headers of a message or a part.
const HEAD: usize = 1 << 16;
/// The most messages within each other.
const DEEPEST: usize = 4;

/// The headers of a part that matter here.
#[derive(Clone, Debug, Default)]
struct Headers {
    is_mime: bool,
    content_type: String,
    encoding: String,
    location: String,
    /// The address of the page that a browser has saved.
    snapshot: String,
}

impl Headers {
    /// The type without its parameters.
    fn media_type(&self) -> String {
        self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// A parameter of the type: `boundary`.
    fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        let (_, value) = parameters.find(|(key, _)| key.trim().eq_ignore_ascii_case(name))?;
        Some(value.trim().trim_matches('"'))
    }
}

/// A part that holds no others.
#[derive(Debug)]
struct Leaf<'b> {
    headers: Headers,
    body: &'b [u8],
}

/// The page in a MIME message; `None` where it is none, or has no text in it.
pub(super) fn read(bytes: &[u8]) -> Option<Inner> {
    let (headers, body) = split(bytes)?;
    if !headers.is_mime || headers.content_type.is_empty() {
        return None;
    }
    let snapshot = headers.snapshot.clone();
    let leaves = leaves(headers, body);
    let is_page = |leaf: &&Leaf<'_>| matches!(&*leaf.headers.media_type(), "text/html" | "application/xhtml+xml");
    let is_text =
        |leaf: &&Leaf<'_>| matches!(&*leaf.headers.media_type(), "application/json" | "text/plain" | "text/xml");
    let is_saved = |leaf: &&Leaf<'_>| !snapshot.is_empty() && leaf.headers.location == snapshot;
    let mut pages = leaves.iter().filter(is_page);
    let page = pages.clone().find(is_saved).or_else(|| pages.next());
    let page = page.or_else(|| leaves.iter().find(is_text))?;
    Some(Inner { bytes: decoded(&page.text(), &page.headers.content_type), ..Inner::default() })
}

impl Leaf<'_> {
    fn text(&self) -> Vec<u8> {
        match &*self.headers.encoding {
            "quoted-printable" => from_quoted_printable(self.body),
            "base64" => from_base64(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// The parts of a message, however they are nested.
fn leaves(headers: Headers, body: &[u8]) -> Vec<Leaf<'_>> {
    let mut leaves = Vec::new();
    let mut open = vec![(headers, body, 0)];
    while let Some((headers, body, depth)) = open.pop() {
        let boundary = headers.parameter("boundary").filter(|boundary| !boundary.is_empty());
        match boundary.filter(|_| headers.media_type().starts_with("multipart/") && depth < DEEPEST) {
            Some(boundary) => {
                let parts = parts(body, boundary).into_iter().filter_map(split);
                let from = open.len();
                open.extend(parts.map(|(headers, body)| (headers, body, depth + 1)));
                // The last is taken first.
                open.get_mut(from..).unwrap_or_default().reverse();
            }
            None => leaves.push(Leaf { headers, body }),
        }
    }
    leaves
}

/// What stands between the lines with a boundary.
fn parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let line_of = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        if line.starts_with(line_of.as_bytes()) {
            parts.extend(start.and_then(|start: usize| body.get(start..at)));
            start = Some(at + line.len());
        }
        at += line.len();
    }
    // The end may have been cut off.
    parts.extend(start.and_then(|start| body.get(start..)).filter(|rest| !rest.trim_ascii().is_empty()));
    parts
}

/// Splits a message or a part into its headers and its body.
fn split(bytes: &[u8]) -> Option<(Headers, &[u8])> {
    let mut headers = Headers::default();
    let mut last: Option<(String, String)> = None;
    let mut at = 0;
    // No more than that is looked at: other files may be one line.
    let start = bytes.get(..=HEAD).unwrap_or(bytes);
    for line in start.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        if at > HEAD {
            return None;
        }
        let line = String::from_utf8_lossy(line);
        let text = line.trim();
        if text.is_empty() {
            headers.take(last);
            return Some((headers, bytes.get(at..)?));
        }
        if line.starts_with([' ', '\t']) {
            let (_, value) = last.as_mut()?;
            *value += text;
            continue;
        }
        let (name, value) = text.split_once(':').filter(|(name, _)| is_name(name))?;
        headers.take(last.replace((name.to_ascii_lowercase(), value.trim().to_owned())));
    }
    None
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Headers {
    fn take(&mut self, header: Option<(String, String)>) {
        let Some((name, value)) = header else { return };
        match name.as_str() {
            "mime-version" => self.is_mime = true,
            "content-type" => self.content_type = value,
            "content-transfer-encoding" => self.encoding = value.to_ascii_lowercase(),
            "content-location" => self.location = value,
            "snapshot-content-location" => self.snapshot = value,
            _ => {}
        }
    }
}

/// Undoes quoted-printable (RFC 2045, 6.7); what is none of it stays.
fn from_quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        let rest = bytes.get(at..).unwrap_or_default();
        match (byte, rest) {
            (b'=', [b'\r', b'\n', ..]) => at += 2,
            (b'=', [b'\n', ..]) => at += 1,
            (b'=', _) => match hex(rest.first()).zip(hex(rest.get(1))) {
                Some((high, low)) => {
                    out.push((high * 16 + low) as u8);
                    at += 2;
                }
                None => out.push(b'='),
            },
            _ => out.push(byte),
        }
    }
    out
}

/// Undoes base64 (RFC 4648); what is none of it is passed over.
fn from_base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(message: &str) -> Option<String> {
        read(message.replace('\n', "\r\n").as_bytes()).map(|inner| String::from_utf8_lossy(&inner.bytes).into_owned())
    }

    #[test]
    fn encodings_are_undone() {
        for (encoded, text) in [("a=3Db=\r\nc=\nd=20=", "a=bcd ="), ("=C3=A9=zz =e9", "\u{e9}=zz \u{fffd}")] {
            assert_eq!(String::from_utf8_lossy(&from_quoted_printable(encoded.as_bytes())), text);
        }
        for (encoded, text) in [("", ""), ("TGFtcA==", "Lamp"), ("TGFt\r\ncHM=", "Lamps"), ("TGFtcHN5", "Lampsy")] {
            assert_eq!(from_base64(encoded.as_bytes()), text.as_bytes());
        }
    }

    #[test]
    fn the_page_that_was_saved_is_taken() {
        let message = "From: <Saved>\nSnapshot-Content-Location: https://a.example/x\nMIME-Version: 1.0\n\
            Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"--b\"\n\npreamble\n----b\n\
            Content-Type: text/html\nContent-Location: cid:frame\n\n<p>frame\n----b\nContent-Type: image/png\n\
            Content-Transfer-Encoding: base64\n\niVBORw0K\n----b\nContent-Type: text/html; charset=\"iso-8859-1\"\n\
            Content-Location: https://a.example/x\nContent-Transfer-Encoding: quoted-printable\n\n<p>caf=E9\n----b--\n";
        assert_eq!(page(message).as_deref(), Some("\u{feff}<p>caf\u{e9}\r\n"));
        let nested = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\
            Content-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/plain\n\nplain\n--i\n\
            Content-Type: text/html\n\n<p>x\n--i--\n--o--\n";
        assert_eq!(page(nested).as_deref(), Some("<p>x\r\n"));
        assert_eq!(page("MIME-Version: 1.0\nContent-Type: application/json\n\n{}").as_deref(), Some("{}"));
        for no_message in
            ["", "x", "Dear diary:\n\nx", "MIME-Version: 1.0\n\nx", "a: b\nContent-Type: text/html\n\n<p>x"]
        {
            assert_eq!(page(no_message), None, "{no_message}");
        }
    }

    #[test]
    fn a_message_may_end_anywhere() {
        let message = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x=3D";
        for end in 0..message.len() {
            let _ = read(message.get(..end).unwrap_or_default());
        }
        assert_eq!(read(message).expect("a page").bytes, b"<p>x=3D");
    }
}
