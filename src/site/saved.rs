//! What is in a file or comes by standard input: seen from the content, read by whichever site it belongs to.

mod own;

use super::{Content, LoadError, Site, most_certain_first};
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
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(LoadError::sentence("it is empty".to_owned()));
    }
    // Told by its first words, however large it is; the others look through the whole.
    if own::looks_like(bytes) {
        return own::read(bytes).map(|thread| Content::Thread(Box::new(thread)));
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
    let first: String = crate::markup::clean_line(&String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)));
    let first: String = first.chars().take(60).collect();
    Err(LoadError::sentence(format!("it is no discussion that lurker knows; it begins: {first}")))
}
