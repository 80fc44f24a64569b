//! Errors of Lobsters: what a status or an answer is instead of a story or a list.

use std::time::Duration;

use crate::markup;
use crate::model::{Advice, Cause};
use crate::site::{Answer, LoadError, status};

const TITLE: &str = "Lobsters";

/// Checks an answer's status. `what` was requested: `story tdfoqh`.
pub(super) fn check(answer: &Answer, what: &str) -> Result<(), LoadError> {
    match answer.status {
        // An unknown comment is a bad request to Lobsters.
        400 => Err(status::not_found(TITLE, what, 400)),
        // There is no login for JSON.
        401 => Err(status::refused(TITLE, 401)),
        429 => Err(rate_limited(&answer.body)),
        _ => status::check(TITLE, what, answer),
    }
}

/// The error for an answer of status 200 that is no story.
pub(super) fn from_body(body: &[u8]) -> LoadError {
    if body.trim_ascii_start().starts_with(b"[") {
        let error = LoadError::other("This", "is a list, not the JSON of one Lobsters story");
        return error.advise(Advice::Other("open one of its stories".to_owned()));
    }
    no_json_of("a Lobsters story", body)
}

/// The error for an answer of status 200 that is no list.
pub(super) fn from_list(body: &[u8]) -> LoadError {
    no_json_of("a list of Lobsters stories", body)
}

fn no_json_of(what: &str, body: &[u8]) -> LoadError {
    status::no_content(TITLE, body).unwrap_or_else(|| match body.trim_ascii_start().first() {
        Some(b'<') => status::unexpected(TITLE, "sent a page instead of JSON", body),
        _ => status::unexpected("This", format!("is not the JSON of {what}"), body),
    })
}

/// A comment whose story cannot be told.
pub(super) fn no_story(comment: &str) -> LoadError {
    let says = format!("does not say which story comment {comment} belongs to");
    LoadError::other(TITLE, says).advise(Advice::Browser)
}

/// Too many requests; the body says in words how long to wait, if anything does.
fn rate_limited(body: &[u8]) -> LoadError {
    wait(body).map_or_else(
        || status::rate_limited(TITLE, 429),
        |wait| LoadError::new(TITLE, Cause::RateLimited(429)).advise(Advice::RetryIn(wait)),
    )
}

/// The first stretch of time that a text names: `30 seconds`.
fn wait(body: &[u8]) -> Option<Duration> {
    const READ: usize = 4096;
    let line = markup::html_line(&String::from_utf8_lossy(body.get(..READ).unwrap_or(body)));
    let words: Vec<&str> = line.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let number: u32 = pair.first()?.parse().ok()?;
        let unit = pair.get(1)?.trim_matches(|c: char| !c.is_ascii_alphabetic()).to_ascii_lowercase();
        let seconds = match unit.trim_end_matches('s') {
            "second" => 1,
            "minute" => 60,
            "hour" => 3600,
            _ => return None,
        };
        Some(Duration::from_secs(u64::from(number) * seconds))
    })
}
