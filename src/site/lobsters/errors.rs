//! Errors of Lobsters: what a status or an answer is instead of a story or a list.

use std::time::Duration;

use crate::markup;
use crate::model::{Advice, Cause, Said};
use crate::site::{Answer, LoadError, status};

const TITLE: &str = "Lobsters";

/// The error that an answer's status is, if it is one. `what` was requested: `story tdfoqh`.
pub(super) fn from_status(answer: &Answer, what: &str) -> Option<LoadError> {
    match answer.status {
        // An unknown comment is a bad request to Lobsters.
        400 => Some(status::not_found(TITLE, what, 400)),
        // There is no login for JSON.
        401 => {
            let cause = Cause::Refused(Said { status: 401, ..Said::default() });
            Some(LoadError::new(TITLE, cause).advise(Advice::Browser))
        }
        429 => Some(rate_limited(&answer.body)),
        _ => status::error_of(TITLE, what, answer),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        let error = |status, body: &str| {
            let answer = Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() };
            from_status(&answer, "story tdfoqh").map(|error| (error.to_string(), error.advice))
        };
        let retry_in = |seconds| Advice::RetryIn(Duration::from_secs(seconds));
        assert_eq!(error(200, "x"), None);
        for (status, body, says, advice) in [
            (400, "can't find comment", "has no story tdfoqh (400)", Advice::Check("check the address".to_owned())),
            (404, "", "has no story tdfoqh (404)", Advice::Check("check the address".to_owned())),
            (401, "", "refused (401)", Advice::Browser),
            (429, "Too fast. Try again in 17 seconds.", "asks to slow down (429)", retry_in(17)),
            (429, "<p>Retry after 5 <b>Minutes</b>", "asks to slow down (429)", retry_in(300)),
            (429, "1 hour!", "asks to slow down (429)", retry_in(3600)),
            (429, "No.", "asks to slow down (429)", Advice::Other("wait a few minutes".to_owned())),
        ] {
            let (line, known) = error(status, body).expect("an error");
            assert_eq!((line, known.first()), (format!("Lobsters {says}"), Some(&advice)), "{status} {body}");
        }
    }

    #[test]
    fn bodies() {
        for (body, part) in [
            ("", "empty answer"),
            ("<title>Just a moment...</title>", "asks for a browser check"),
            (" <!doctype html><title>Lobsters</title>", "a page instead of JSON (it begins “Lobsters”)"),
            ("[]", "a list"),
            ("null", "not the JSON of a Lobsters story (it begins “null”)"),
        ] {
            assert!(from_body(body.as_bytes()).to_string().contains(part), "{body}");
        }
    }
}
