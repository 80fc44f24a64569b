//! Errors of a forum: what a status, a redirect or an answer is instead of a topic or a list.

use std::time::Duration;

use url::Url;

use crate::markup;
use crate::model::{Advice, Cause};
use crate::site::json::{Document, Value};
use crate::site::{Answer, LoadError, status};

/// Checks an answer's status, and that it is no login page. `what` was requested: `topic`.
pub(super) fn check(answer: &Answer, host: &str, what: &str) -> Result<(), LoadError> {
    let status = answer.status;
    if matches!(status, 200..=299) {
        return if is_login_page(answer) { Err(members_only(host, status)) } else { Ok(()) };
    }
    let document = Document::read(&answer.body);
    let root = document.root();
    match status {
        401 | 403 if root.get("error_type").text().is_some_and(|kind| kind == "not_logged_in") => {
            Err(members_only(host, status))
        }
        // To who may not see it, a forum says of it what it says of that which is not there.
        404 | 410 => Err(status::not_found(host, &format!("such {what}, or hides it"), status)),
        429 => Err(rate_limited(host, root.get("extras"))),
        _ => status::check_saying(host, &format!("such {what}"), answer, &message(root)),
    }
}

/// The error for an answer of status 200 that is no topic or list; `what` was requested: `topic`.
pub(super) fn from_body(body: &[u8], host: &str, what: &str) -> LoadError {
    let says = match body.trim_ascii_start().first() {
        Some(b'<') => format!("sent a page instead of a {what}, so it may be no Discourse forum"),
        _ => format!("sent something else than a Discourse {what}"),
    };
    status::no_content(host, body).unwrap_or_else(|| status::unexpected(host, says, body))
}

/// A file whose topics cannot have an address.
pub(super) fn no_forum() -> LoadError {
    let error = LoadError::other("the file", "does not say which Discourse forum it is of");
    error.advise(Advice::Other("open the list itself, as discourse/HOST".to_owned()))
}

fn members_only(host: &str, status: u16) -> LoadError {
    let error = LoadError::other(host, format!("shows this to its members only ({status})"));
    error.advise(Advice::Other("log in there".to_owned())).advise(Advice::Browser)
}

/// Whether the answer is the page on which members log in.
fn is_login_page(answer: &Answer) -> bool {
    let path = Url::parse(&answer.url).map(|url| url.path().to_owned()).unwrap_or_default();
    let is_login = path == "/login" || path.starts_with("/session/");
    is_login && answer.body.trim_ascii_start().starts_with(b"<")
}

/// The forum's message to the reader, clean and short; empty where there is none.
fn message(root: Value<'_>) -> String {
    let mut messages = root.get("errors").items().chain([root.get("message")]).filter_map(Value::text);
    messages.next().map(|message| short_line(&message, 80)).unwrap_or_default()
}

/// Too many requests; `extras` say how long to wait, in seconds or in words.
fn rate_limited(host: &str, extras: Value<'_>) -> LoadError {
    let error = LoadError::new(host, Cause::RateLimited(429));
    let retry_in = |seconds: u32| Advice::RetryIn(Duration::from_secs(seconds.into()));
    match (extras.get("wait_seconds").count(), extras.get("time_left").text()) {
        (Some(seconds), _) => error.advise(retry_in(seconds)),
        (None, Some(time)) => {
            error.advise(Advice::Other(format!("wait {}", short_line(&time, 40)))).advise(Advice::Retry)
        }
        (None, None) => error.advise(retry_in(60)),
    }
}

/// The text without markup, in one line of at most so many characters.
fn short_line(html: &str, most: usize) -> String {
    let line: String = markup::html_line(html).chars().take(most).collect();
    line.trim_end().to_owned()
}
