//! Files and standard input: the format is told from the content, and the site that it belongs to reads it.

mod native;
mod sample;
#[cfg(test)]
pub(in crate::site) mod tests;

pub(in crate::site) use sample::Kind;
pub use sample::Sample;

use super::{Content, LoadError, Site, Sites, charset};
use crate::model::{Listing, Thread};

/// A format of files: how it is told, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name: `Slashdot: a story's page`.
    pub title: &'static str,
    /// Whether a file is of this format. A list must be told from a thread of the same site.
    pub is: fn(&Sample<'_>) -> bool,
    read: Reader,
}

#[derive(Clone, Copy, Debug)]
enum Reader {
    Thread(fn(&Sample<'_>) -> Result<Thread, LoadError>),
    List(fn(&Sample<'_>) -> Result<Listing, LoadError>),
}

impl Format {
    /// A format of threads.
    pub const fn thread(
        title: &'static str,
        is: fn(&Sample<'_>) -> bool,
        read: fn(&Sample<'_>) -> Result<Thread, LoadError>,
    ) -> Self {
        Self { title, is, read: Reader::Thread(read) }
    }

    /// A format of lists.
    pub const fn list(
        title: &'static str,
        is: fn(&Sample<'_>) -> bool,
        read: fn(&Sample<'_>) -> Result<Listing, LoadError>,
    ) -> Self {
        Self { title, is, read: Reader::List(read) }
    }

    fn is_list(&self) -> bool {
        matches!(self.read, Reader::List(_))
    }

    fn read(&self, file: &Sample<'_>) -> Result<Content, LoadError> {
        match self.read {
            Reader::Thread(read) => read(file).map(|thread| Content::Thread(Box::new(thread))),
            Reader::List(read) => read(file).map(|list| Content::List(Box::new(list))),
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
    let file = Sample::of(bytes);
    if native::looks_like(&file) {
        return native::read(&file).map(|thread| Content::Thread(Box::new(thread)));
    }
    let known = Sites::default();
    let formats = |lists: bool| {
        let sites = known.most_certain_first().filter(|own| site.is_none_or(|site| site == own.info().name));
        sites.flat_map(Site::formats).filter(move |format| format.is_list() == lists)
    };
    let fitting = formats(true).chain(formats(false)).find(|format| (format.is)(&file));
    // Where the reader says which site it is, that one's words on what is wrong help most.
    if let Some(format) = fitting.or_else(|| formats(false).next().filter(|_| site.is_some())) {
        return format.read(&file);
    }
    Err(LoadError::other("", format!("it is no discussion that lurker knows; {}", first_look(&file))))
}

/// The kind of a file by its first bytes. Only plain text is quoted: markup and binary data tell a reader nothing.
fn first_look(file: &Sample<'_>) -> String {
    const READ: usize = 200;
    const SHOWN: usize = 60;
    let start = file.bytes().get(..READ).unwrap_or(file.bytes());
    // A character that the end of the look cuts in half is no sign of binary data.
    let is_text = std::str::from_utf8(start).map_or_else(|error| error.error_len().is_none(), |_| true);
    match file.kind() {
        _ if !is_text || start.contains(&0) => "it is binary data, or text in an unknown encoding".to_owned(),
        Kind::Page | Kind::Feed => "it is a page or feed of another kind".to_owned(),
        Kind::Object | Kind::List => "it is JSON of another kind".to_owned(),
        Kind::Text => {
            let line = crate::markup::clean_line(&String::from_utf8_lossy(start));
            format!("it begins: {}", line.chars().take(SHOWN).collect::<String>())
        }
    }
}
