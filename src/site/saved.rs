//! What is in a file or comes by standard input: seen from the content, read by whichever site it belongs to.

mod native;

use super::{Content, LoadError, Site, charset, most_certain_first};
use crate::model::{Listing, Thread};

/// A kind of file: how it is told, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Whether bytes look like it. A list must be told from a thread of the same site.
    fits: fn(&[u8]) -> bool,
    read: Reader,
}

#[derive(Clone, Copy, Debug)]
enum Reader {
    Thread(fn(&[u8]) -> Result<Thread, LoadError>),
    List(fn(&[u8]) -> Result<Listing, LoadError>),
}

impl Format {
    /// A kind of thread.
    pub(in crate::site) const fn thread(fits: fn(&[u8]) -> bool, read: fn(&[u8]) -> Result<Thread, LoadError>) -> Self {
        Self { fits, read: Reader::Thread(read) }
    }

    /// A kind of list.
    pub(in crate::site) const fn list(fits: fn(&[u8]) -> bool, read: fn(&[u8]) -> Result<Listing, LoadError>) -> Self {
        Self { fits, read: Reader::List(read) }
    }

    fn is_list(&self) -> bool {
        matches!(self.read, Reader::List(_))
    }

    fn read(&self, bytes: &[u8]) -> Result<Content, LoadError> {
        match self.read {
            Reader::Thread(read) => read(bytes).map(|thread| Content::Thread(Box::new(thread))),
            Reader::List(read) => read(bytes).map(|list| Content::List(Box::new(list))),
        }
    }
}

/// Reads a saved discussion or list. `site` is the short name of the site that it comes from, where the reader says so.
///
/// # Errors
/// What the content seems to be, and which kinds can be read.
pub fn read(bytes: &[u8], site: Option<&str>) -> Result<Content, LoadError> {
    let bytes = &*charset::without_utf16(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(LoadError::other("it", "is empty"));
    }
    // Told by its first words, however large it is; the others look through the whole.
    if native::looks_like(bytes) {
        return native::read(bytes).map(|thread| Content::Thread(Box::new(thread)));
    }
    let formats = |lists: bool| {
        let sites = most_certain_first().filter(|own| site.is_none_or(|site| site == own.info().name));
        sites.flat_map(Site::formats).filter(move |format| format.is_list() == lists)
    };
    let fitting = formats(true).chain(formats(false)).find(|format| (format.fits)(bytes));
    // Where the reader says which site it is, that one's words on what is wrong help most.
    if let Some(format) = fitting.or_else(|| formats(false).next().filter(|_| site.is_some())) {
        return format.read(bytes);
    }
    Err(LoadError::other("", format!("it is no discussion that lurker knows; {}", first_look(bytes))))
}

/// The kind of a file by its first bytes. Only plain text is quoted: markup and binary data tell a reader nothing.
fn first_look(bytes: &[u8]) -> String {
    const READ: usize = 200;
    const SHOWN: usize = 60;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.get(..READ).unwrap_or(bytes);
    // A character that the end of the look cuts in half is no sign of binary data.
    let is_text = std::str::from_utf8(start).map_or_else(|error| error.error_len().is_none(), |_| true);
    match start.trim_ascii_start().first() {
        _ if !is_text || start.contains(&0) => "it is binary data, or text in an unknown encoding".to_owned(),
        Some(b'<') => "it is a page or feed of another kind".to_owned(),
        Some(b'{' | b'[') => "it is JSON of another kind".to_owned(),
        _ => {
            let line = crate::markup::clean_line(&String::from_utf8_lossy(start));
            format!("it begins: {}", line.chars().take(SHOWN).collect::<String>())
        }
    }
}
