//! Lists of stories: their targets, their tabs, and the loader of a page that comes in one request.

use std::fmt::Debug;

use super::{Answer, LoadError, Loader, Progress, Request};
use crate::model::{Heading, Listing, Tab};

/// A list of a known site.
pub trait ListTarget: Debug + Send {
    /// What it is, before any of it has come.
    fn heading(&self) -> Heading;

    /// What loads its first page, or the page that `Listing::next` named.
    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>>;
}

/// The tabs of a site for these sections.
pub(in crate::site) fn tabs(site: &str, sections: &[String]) -> Vec<Tab> {
    let tab = |section: &String| Tab { label: section.clone(), target: format!("{site}/{section}") };
    sections.iter().map(tab).collect()
}

/// How a list is read from its one answer.
type Read = Box<dyn Fn(&Answer) -> Result<Listing, LoadError> + Send>;

/// A page of a list that one request brings.
pub(in crate::site) struct OneRequest {
    request: Option<Request>,
    read: Read,
    outcome: Result<Listing, LoadError>,
}

impl OneRequest {
    /// A page at this address; `site` is its name for people.
    pub(in crate::site) fn new(
        site: &str,
        url: String,
        read: impl Fn(&Answer) -> Result<Listing, LoadError> + Send + 'static,
    ) -> Self {
        let request = Some(Request { key: 0, url, form: None, headers: Vec::new() });
        let outcome = Err(LoadError::pending(site));
        Self { request, read: Box::new(read), outcome }
    }
}

impl Loader<Listing> for OneRequest {
    fn next(&mut self) -> Vec<Request> {
        self.request.take().into_iter().collect()
    }

    fn answer(&mut self, _: u32, outcome: Result<Answer, LoadError>) {
        self.outcome = outcome.and_then(|answer| (self.read)(&answer));
    }

    fn snapshot(&self) -> Result<Listing, LoadError> {
        self.outcome.clone()
    }

    fn progress(&self) -> Progress {
        Progress { loaded: self.outcome.as_ref().map_or(0, |page| page.entries.len() as u32), stated: None }
    }
}
