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
