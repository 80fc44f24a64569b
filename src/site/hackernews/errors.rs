//! Errors of Hacker News's two services: a status or an answer that holds no data, and nothing from either.

use crate::model::{Advice, Cause};
use crate::site::{Answer, LoadError, grammar, status};

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
    check(service, expected, &answer)?;
    Ok(answer)
}

/// Checks a service's answer.
pub(super) fn check(service: &str, expected: Expected, answer: &Answer) -> Result<(), LoadError> {
    let (host, body) = (grammar::host(service), answer.body.trim_ascii());
    if answer.status == 401 {
        // No login is possible here: Firebase answers so for items that it shows to no one.
        return Err(status::refused(host, 401));
    }
    // The body of a service's error is data or its own machine's words, which tell a reader nothing.
    let wordless = Answer { status: answer.status, url: answer.url.clone(), ..Answer::default() };
    status::check(host, expected.name(), &wordless)?;
    match body.first() {
        None => Err(status::empty(host)),
        Some(b'<') => Err(status::unexpected(host, "sent a web page instead of data", body)),
        Some(_) => Ok(()),
    }
}

/// A service sent something else than was requested.
pub(super) fn from_body(service: &str, expected: Expected, answer: &Answer) -> LoadError {
    let says = format!("sent something else than {}", expected.with_article());
    status::unexpected(grammar::host(service), says, &answer.body)
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
