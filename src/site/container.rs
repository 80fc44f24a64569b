//! Containers of discussions on a disk: compression, the head of an HTTP answer, MIME, a page around JSON, UTF-16.

mod compressed;
mod http;
mod mime;
mod pre;

use std::borrow::Cow;

use super::{LoadError, charset};

/// The most containers within each other.
const DEEPEST: usize = 6;

/// A byte order mark: what stands behind it is UTF-8, whatever a page says of itself.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The contents of a file, out of what they were packed in.
#[derive(Debug)]
pub(in crate::site) struct Unpacked<'b> {
    /// The contents; behind a byte order mark where the container names their charset.
    pub(in crate::site) bytes: Cow<'b, [u8]>,
    /// What was damaged or left out, a sentence each.
    pub(in crate::site) notes: Vec<String>,
    /// The status of the HTTP answer that was around them.
    pub(in crate::site) status: Option<u16>,
}

/// What was in one container.
#[derive(Debug, Default)]
struct Inner {
    bytes: Vec<u8>,
    note: Option<String>,
    status: Option<u16>,
}

/// Unpacks a file, each container to at most `most` bytes.
///
/// # Errors
/// Something in it unpacks to more, or to nothing.
pub(in crate::site) fn unpack(bytes: &[u8], most: usize) -> Result<Unpacked<'_>, LoadError> {
    let mut unpacked = Unpacked { bytes: Cow::Borrowed(bytes), notes: Vec::new(), status: None };
    for _ in 0..DEEPEST {
        let Some(inner) = inner(&unpacked.bytes, most)? else { break };
        unpacked.bytes = Cow::Owned(inner.bytes);
        unpacked.notes.extend(inner.note);
        unpacked.status = inner.status.or(unpacked.status);
    }
    Ok(unpacked)
}

/// What is in the outermost container; `None` where there is none.
fn inner(bytes: &[u8], most: usize) -> Result<Option<Inner>, LoadError> {
    if let Some(inner) = compressed::read(bytes, most).transpose()? {
        return Ok(Some(inner));
    }
    if let Some(text) = charset::from_utf16(bytes) {
        return Ok(Some(Inner { bytes: [MARK, text.as_bytes()].concat(), ..Inner::default() }));
    }
    let text = bytes.strip_prefix(MARK).unwrap_or(bytes);
    if let Some(inner) = http::read(text, most).transpose()? {
        return Ok(Some(inner));
    }
    Ok(mime::read(text).or_else(|| pre::read(text)))
}

/// The text of a part whose container names a charset, as UTF-8 behind a byte order mark; as it is where none is named.
fn decoded(bytes: &[u8], content_type: &str) -> Vec<u8> {
    match charset::named(bytes, content_type) {
        Some(text) => [MARK, text.as_bytes()].concat(),
        None => bytes.to_vec(),
    }
}
