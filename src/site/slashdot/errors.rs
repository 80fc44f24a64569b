//! Errors of Slashdot: what a status, a page or an answer is instead of a discussion or a list.

use crate::model::{Advice, Cause};
use crate::site::{Answer, LoadError, status};

const TITLE: &str = "Slashdot";

/// The resource that was requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// A story's page.
    Story,
    /// The front page, or a section's.
    List,
    /// A feed.
    Feed,
}

impl Expected {
    fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::List => "list of stories",
            Self::Feed => "feed",
        }
    }
}

/// Checks an answer's status.
pub(super) fn check(answer: &Answer, expected: Expected) -> Result<(), LoadError> {
    if answer.status == 403 {
        // Slashdot refuses nobody but those whom it takes for a program.
        return Err(status::browser_check(TITLE, 403));
    }
    status::check(TITLE, &format!("such {}", expected.name()), answer)
}

/// The error for a page of status 200 that is not the requested one.
pub(super) fn from_page(source: &str, url: &str, expected: Expected) -> LoadError {
    let body = source.as_bytes();
    if source.trim().is_empty() {
        status::empty(TITLE)
    } else if status::is_browser_check(body) && !is_ordinary(source) {
        status::browser_check(TITLE, 200)
    } else if is_login(source, url) {
        LoadError::new(TITLE, Cause::LoginPage(expected.name().to_owned())).advise(Advice::Browser)
    } else {
        match expected {
            Expected::Story => status::unexpected("This", "is not a Slashdot story page", body),
            Expected::List => status::unexpected("This page of Slashdot", "has no story", body),
            Expected::Feed => status::unexpected("This feed of Slashdot", "has no story", body),
        }
    }
}

/// The error for an answer to `ajax.pl` without comments.
pub(super) fn from_update(source: &str, url: &str) -> LoadError {
    if status::is_browser_check(source.as_bytes()) || is_login(source, url) {
        return from_page(source, url, Expected::Story);
    }
    status::unexpected(TITLE, "sent something else than comments", source.as_bytes())
}

/// A discussion of which only the number is known, and not one comment came.
pub(super) fn no_comments(number: u64) -> LoadError {
    let error = LoadError::other(TITLE, format!("sent no comments of discussion {number}"));
    error.advise(Advice::Check("check the number".to_owned())).advise(Advice::Browser)
}

/// Neither the page of a list nor its feed came.
pub(super) fn no_list(page: LoadError, feed: LoadError) -> LoadError {
    let mut advice = page.advice.clone();
    advice.extend(feed.advice.iter().filter(|more| !page.advice.contains(more)).cloned());
    LoadError { advice, ..LoadError::new("Slashdot's page and feed", Cause::AllFailed(vec![page, feed])) }
}

/// Whether a page is one of Slashdot's own with stories, be it that none is on it.
pub(super) fn is_ordinary(source: &str) -> bool {
    source.contains("firehoselist")
}

/// Whether this is a page to log in on. Front pages have a hidden login form too, and their list of stories.
fn is_login(source: &str, url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/my/login")
        || path.ends_with("/login.pl")
        || source.contains("unickname") && !source.contains("data-fhtype")
}
