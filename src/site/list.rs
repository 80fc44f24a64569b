//! The lists of stories: which site's list a target names, and what loads it.

use std::fmt::Debug;

use super::{Answer, Info, LoadError, Loader, Progress, Request, SITES, Sites, most_certain_first};
use crate::model::{Heading, Listing, Tab};

/// A list of a known site.
pub trait ListTarget: Debug + Send {
    /// What it is, before any of it has come.
    fn heading(&self) -> Heading;

    /// What loads its first page, or the page that `Listing::next` named.
    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>>;
}

/// What a target that stands for a list comes to: the list, or a line that says what is wrong with the target.
pub type Found = Result<Box<dyn ListTarget>, String>;

/// The list that a target names: `hn`, `hn/best`, `r/rust`, or the address of a list's page. `None` where it names none.
pub fn list(target: &str, sites: &Sites) -> Option<Found> {
    let (first, rest) = target.split_once('/').unwrap_or((target, ""));
    for site in SITES {
        let Info { name, prefixes, .. } = site.info();
        if first == *name {
            return Some(site.list_named(rest, sites.of(name)));
        }
        if prefixes.contains(&first) {
            return Some(site.list_named(target, sites.of(name)));
        }
    }
    most_certain_first().find_map(|site| site.list_at(target, sites.of(site.info().name))).map(Ok)
}

/// The sites whose lists can be opened by their names alone, in the order in which the reader goes through them.
pub fn names(sites: &Sites) -> Vec<String> {
    let names = SITES.iter().filter(|site| site.list_named("", sites.of(site.info().name)).is_ok());
    names.map(|site| site.info().name.to_owned()).collect()
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
