//! Errors of Hacker News's two services: a status or an answer that holds no data, and nothing from either.

use crate::model::{Advice, Cause, Said};
use crate::site::{Answer, LoadError, status};

const TITLE: &str = "Hacker News";

/// The resource that was requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Item,
    /// The numbers of a section's stories.
    List,
    /// The hits of a search.
    Hits,
}

impl Expected {
    fn name(self) -> &'static str {
        match self {
            Self::Item => "such item",
            Self::List => "such list",
            Self::Hits => "such hits",
        }
    }

    fn with_article(self) -> &'static str {
        match self {
            Self::Item => "an item",
            Self::List => "a list",
            Self::Hits => "hits",
        }
    }
}

/// The answer of a service where it may hold data, else what happened instead.
pub(super) fn data(service: &str, expected: Expected, outcome: Result<Answer, LoadError>) -> Result<Answer, LoadError> {
    let answer = outcome?;
    from_answer(service, expected, &answer).map_or(Ok(answer), Err)
}

/// The error that a service's answer is, if it is one.
pub(super) fn from_answer(service: &str, expected: Expected, answer: &Answer) -> Option<LoadError> {
    let (host, body) = (host(service), answer.body.trim_ascii());
    if answer.status == 401 {
        // No login is possible here: Firebase answers so for items that it shows to no one.
        let cause = Cause::Refused(Said { status: 401, ..Said::default() });
        return Some(LoadError::new(host, cause).advise(Advice::Browser));
    }
    // The body of a service's error is data or its own machine's words, which tell a reader nothing.
    let wordless = Answer { status: answer.status, url: answer.url.clone(), ..Answer::default() };
    status::error_of(host, expected.name(), &wordless).or_else(|| match body.first() {
        None => Some(status::empty(host)),
        Some(b'<') => Some(status::unexpected(host, "sent a web page instead of data", body)),
        Some(_) => None,
    })
}

/// A service sent something else than was requested.
pub(super) fn from_body(service: &str, expected: Expected, answer: &Answer) -> LoadError {
    let says = format!("sent something else than {}", expected.with_article());
    status::unexpected(host(service), says, &answer.body)
}

/// Neither service has the item.
pub(super) fn no_item(id: u64) -> LoadError {
    let cause = Cause::NotFound { what: format!("item {id}"), status: None };
    LoadError::new(TITLE, cause).advise(Advice::Check("check the number".to_owned()))
}

/// The section has no stories on this page, counted from 1.
pub(super) fn no_stories(page: u32, section: &str) -> LoadError {
    let what = format!("stories on page {page} of {section}");
    LoadError::new(TITLE, Cause::NotFound { what, status: None })
}

/// Nothing came, for these reasons.
pub(super) fn all_failed(errors: Vec<LoadError>) -> LoadError {
    let error = LoadError::new(TITLE, Cause::AllFailed(errors));
    if error.is_rate_limit() {
        return LoadError { advice: status::rate_limited(TITLE, 429).advice, ..error };
    }
    error.advise(Advice::Retry).advise(Advice::Browser)
}

/// The site states a number of comments, and not one came, for these reasons.
pub(super) fn no_comments(stated: u32, errors: Vec<LoadError>) -> LoadError {
    LoadError::new(TITLE, Cause::NoComments { stated, errors }).advise(Advice::Retry).advise(Advice::Browser)
}

/// The host of a service, as it is named to people.
fn host(service: &str) -> &str {
    service.split_once("://").map_or(service, |(_, host)| host)
}
