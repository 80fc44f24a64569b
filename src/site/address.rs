//! Which site an address belongs to, and the loader that it needs.

use super::{Loader, discourse, hackernews, lobsters, slashdot};

/// Addresses of sites other than their own, which then count as theirs (a mirror, a test server).
#[derive(Clone, Debug, Default)]
pub struct Mirrors {
    /// Slashdot's.
    pub slashdot: Option<String>,
    /// The two services of Hacker News.
    pub hackernews: hackernews::Services,
    /// Lobsters'.
    pub lobsters: Option<String>,
}

/// A thread of a known site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// On Slashdot.
    Slashdot(slashdot::Address),
    /// On Hacker News.
    HackerNews(hackernews::Address),
    /// On Lobsters.
    Lobsters(lobsters::Address),
    /// On a Discourse forum.
    Discourse(discourse::Address),
}

impl Address {
    /// Reads an address or a short form; `None` where no site knows it.
    pub fn recognise(text: &str, mirrors: &Mirrors) -> Option<Self> {
        let slashdot = || slashdot::recognise(text, mirrors.slashdot.as_deref()).map(Self::Slashdot);
        let hackernews = || hackernews::recognise(text, &mirrors.hackernews).map(Self::HackerNews);
        let lobsters = || lobsters::recognise(text, mirrors.lobsters.as_deref()).map(Self::Lobsters);
        // A forum may be on any host, so it comes last.
        let discourse = || discourse::recognise(text).map(Self::Discourse);
        slashdot().or_else(hackernews).or_else(lobsters).or_else(discourse)
    }

    /// The comment that the address names within the thread, by id.
    pub fn comment(&self) -> Option<&str> {
        match self {
            Self::Slashdot(address) => address.comment.as_deref(),
            Self::HackerNews(address) => address.comment.as_deref(),
            Self::Lobsters(address) => address.comment.as_deref(),
            Self::Discourse(address) => address.comment.as_deref(),
        }
    }

    /// What loads the thread.
    pub fn loader(self) -> Box<dyn Loader> {
        match self {
            Self::Slashdot(address) => Box::new(slashdot::Loader::new(address)),
            Self::HackerNews(address) => Box::new(hackernews::Loader::new(address)),
            Self::Lobsters(address) => Box::new(lobsters::Loader::new(address)),
            Self::Discourse(address) => Box::new(discourse::Loader::new(address)),
        }
    }
}
