//! Formats of files that are saved from sites: how each is told from the others, and how it is read.

use super::{Content, LoadError, Sample};
use crate::model::{Listing, Thread};

/// A format of files: how it is told, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name: `a story's page of Slashdot`.
    pub title: &'static str,
    /// Whether a file is of this format. A list must be told from a thread of the same site.
    pub is: fn(&Sample<'_>) -> bool,
    read: Reader,
    begin: Option<Beginning>,
    is_certain: bool,
}

/// Reads the start of a large file, cut anywhere, as far as its comments are whole; `None` where too few are.
type Beginning = fn(&Sample<'_>) -> Option<Thread>;

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
        Self { title, is, read: Reader::Thread(read), begin: None, is_certain: false }
    }

    /// A format of lists.
    pub const fn list(
        title: &'static str,
        is: fn(&Sample<'_>) -> bool,
        read: fn(&Sample<'_>) -> Result<Listing, LoadError>,
    ) -> Self {
        Self { title, is, read: Reader::List(read), begin: None, is_certain: false }
    }

    /// The same, with a reader for the start of a large file, which is shown while the rest is read. A start that is of the
    /// format must not turn out to be of another one with more behind it.
    #[must_use]
    pub const fn beginning(self, begin: fn(&Sample<'_>) -> Option<Thread>) -> Self {
        Self { begin: Some(begin), ..self }
    }

    /// The same, told by words that no file of another format has: it is tried before all others, each of which would look
    /// through a large file for its own.
    #[must_use]
    pub const fn certain(self) -> Self {
        Self { is_certain: true, ..self }
    }

    /// Whether it is tried before others.
    pub(in crate::site) fn is_certain(&self) -> bool {
        self.is_certain
    }

    /// Whether the start of a file can be shown by itself.
    pub(in crate::site) fn begins(&self) -> bool {
        self.begin.is_some()
    }

    /// The thread as far as the start of a file has it; what is missing is not noted reliably yet.
    pub(in crate::site) fn begin(&self, start: &Sample<'_>) -> Option<Thread> {
        self.begin?(start)
    }

    pub(in crate::site) fn is_list(&self) -> bool {
        matches!(self.read, Reader::List(_))
    }

    pub(in crate::site) fn read(&self, file: &Sample<'_>) -> Result<Content, LoadError> {
        match self.read {
            Reader::Thread(read) => read(file).map(|thread| Content::Thread(Box::new(thread))),
            Reader::List(read) => read(file).map(|list| Content::List(Box::new(list))),
        }
    }
}
