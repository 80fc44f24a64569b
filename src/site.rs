//! The sites: which addresses are theirs, which requests to make next, and bytes → thread; never a socket.

mod both_cores;
mod charset;
mod config;
mod container;
mod damage;
mod definition;
pub mod discourse;
mod feed;
mod format;
mod grammar;
pub mod hackernews;
mod html;
pub mod json;
pub mod lemmy;
mod list;
pub mod lobsters;
mod magic;
mod markup_scan;
mod moment;
mod name_links;
mod one_request;
mod page_gaps;
mod page_number;
#[cfg(test)]
mod parse_count;
mod queue;
pub mod reddit;
mod registry;
mod sample;
pub mod saved;
mod scoring;
pub mod slashdot;
mod status;
#[cfg(test)]
mod toy;
mod validators;
mod web;

pub use config::{Secret, SiteConfig};
pub use definition::{ConfigKey, HostInfo, Info, KeyKind, Limit, ParsedTarget, Site, Target, ThreadTarget};
pub use format::Format;
pub use list::ListTarget;
pub use registry::{SITES, Sites, info, is_surely_thread, labels, list, parse, sections, sites_with_lists, thread};
pub use sample::Sample;
pub use scoring::Scoring;
pub use validators::Validators;

pub use crate::model::LoadError;

use std::fmt;
use std::time::Duration;

use crate::model::{Listing, Thread};

/// One request that a loader wants made. `Debug` shows which headers it has, but not what a login header says.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The loader's own number for it; the answer comes back under it.
    pub key: u32,
    /// The address.
    pub url: String,
    /// The body of a POST, form-encoded; `None` is a GET.
    pub form: Option<String>,
    /// Headers beside the usual ones: name and value.
    pub headers: Vec<(&'static str, String)>,
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, url, form, headers } = self;
        let is_secret = |name: &str| name.eq_ignore_ascii_case("authorization");
        let shown =
            |(name, value): &(&'static str, String)| (*name, if is_secret(name) { "…".into() } else { value.clone() });
        let headers: Vec<(&str, String)> = headers.iter().map(shown).collect();
        let mut request = formatter.debug_struct("Request");
        request.field("key", key).field("url", url).field("form", form).field("headers", &headers).finish()
    }
}

/// The answer of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, or 200 for a file.
    pub status: u16,
    /// The address that answered, after redirects.
    pub url: String,
    /// The `Content-Type` header, or empty.
    pub content_type: String,
    /// The decompressed body.
    pub body: Vec<u8>,
    /// The headers by which it can be asked whether it has changed.
    pub validators: Validators,
}

/// The progress of a load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Comments that are here, body and all; of a list, stories.
    pub loaded: u32,
    /// Comments that the site says there are, once it has said so; of a list, stories on its way.
    pub stated: Option<u32>,
}

/// A discussion, or a list of them.
#[derive(Clone, Debug)]
pub enum Content {
    /// One discussion.
    Thread(Box<Thread>),
    /// A list of stories.
    List(Box<Listing>),
}

impl Content {
    /// The same with more notes behind its own.
    #[must_use]
    pub(in crate::site) fn with_notes(self, notes: Vec<String>) -> Self {
        match self {
            content if notes.is_empty() => content,
            Self::Thread(thread) => Self::Thread(Box::new(thread.with_notes(notes))),
            Self::List(mut list) => {
                list.notes.extend(notes);
                Self::List(list)
            }
        }
    }
}

/// A thread, or a page of a list, on its way: a state machine that makes requests and takes answers.
///
/// The caller makes every request that `next` returns and hands each outcome to `answer`, in any order; the thread is
/// complete when `next` returns nothing while nothing is in flight. A loader bounds its own number of requests.
pub trait Loader<T = Thread>: Send {
    /// The requests to make now that were not returned before.
    fn next(&mut self) -> Vec<Request>;

    /// Takes the outcome of the request with this key.
    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>);

    /// Says that nothing has come for some seconds though something is in flight; a loader that knows another way may
    /// take it.
    fn overdue(&mut self) {}

    /// The content loaded so far; `Err` while there is nothing to show, with the reason once one is known.
    fn snapshot(&self) -> Result<T, LoadError>;

    /// The progress so far.
    fn progress(&self) -> Progress;

    /// The time for which what was loaded need not be asked for again.
    fn fresh_for(&self) -> Duration {
        Duration::from_mins(1)
    }
}
