//! Why an instance gave no discussion, told from what it sent: one line that says what to do.

use crate::markup;
use crate::site::web::{BROWSER, quoted};
use crate::site::{Answer, LoadError};

/// What a refusal means for what may be asked next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The server knows no such request.
    NoRoute,
    /// The thing asked for is not there.
    Gone,
    /// Asking on is of no use.
    Final,
}

/// The refusal that an answer is, if it is one. `what` was asked for: `post`; `error` is what the answer calls its error.
pub(super) fn from_answer(
    host: &str,
    what: &str,
    answer: &Answer,
    error: Option<&str>,
) -> Option<(Meaning, LoadError)> {
    let error = error.map(markup::clean_line);
    let (meaning, says) = match (answer.status, error.as_deref()) {
        (_, Some(error)) => from_error(host, what, answer.status, error),
        (200..=299, None) => return None,
        (429, None) => (Meaning::Final, slow(host, 429)),
        (404 | 400 | 405 | 410 | 501, None) => {
            let (status, start) = (answer.status, quoted(&answer.body));
            (Meaning::NoRoute, format!("{host} does not answer as Lemmy does ({status}){start}; {BROWSER}"))
        }
        (status, None) => (Meaning::Final, from_status(host, status, answer)),
    };
    Some((meaning, LoadError::sentence(says)))
}

/// Why an answer that was to be a post or a list is none.
pub(super) fn from_content(host: &str, answer: &Answer) -> LoadError {
    LoadError::sentence(if answer.body.trim_ascii().is_empty() {
        format!("{host} sent an empty answer; try again with r")
    } else if is_challenge(answer) {
        format!("{host} asks for a browser check; {BROWSER}")
    } else {
        format!("{host} does not answer as Lemmy does{}; {BROWSER}", quoted(&answer.body))
    })
}

/// Why a file holds no discussion.
pub(super) fn from_file(damage: Option<&str>) -> LoadError {
    LoadError::sentence(match damage {
        Some(place) => format!("there is no post or comment of Lemmy before the JSON is damaged at {place}"),
        None => "there is no post or comment of Lemmy in it".to_owned(),
    })
}

/// A post that says there are comments, but none came.
pub(super) fn none_sent(host: &str, stated: u32) -> LoadError {
    LoadError::sentence(format!(
        "{host} says there are {stated} comments but sent none; try again with r, or {BROWSER}"
    ))
}

fn from_error(host: &str, what: &str, status: u16, error: &str) -> (Meaning, String) {
    let elsewhere = "check the address, each instance has its own numbers";
    match error {
        "rate_limit_error" | "rate_limited" | "too_many_requests" => (Meaning::Final, slow(host, status)),
        "couldnt_find_post" => (Meaning::Gone, format!("{host} has no such post; {elsewhere}")),
        "couldnt_find_comment" => (Meaning::Gone, format!("{host} has no such comment; {elsewhere}")),
        "couldnt_find_community" => (Meaning::Gone, no_community(host)),
        "not_found" | "unknown" | "couldnt_find_object" if status == 404 || status == 400 => match what {
            "post" => (Meaning::NoRoute, format!("{host} has no such post ({status}); {elsewhere}")),
            "community" => (Meaning::Gone, no_community(host)),
            what => (Meaning::Gone, format!("{host} has no such {what} ({status}); check its address")),
        },
        "instance_is_private" | "not_logged_in" | "incorrect_login" => {
            (Meaning::Final, format!("{host} shows its posts to members only; {BROWSER}"))
        }
        error => {
            let error: String = error.chars().take(60).collect();
            (Meaning::Final, format!("{host} answered with the error “{error}” ({status}); {BROWSER}"))
        }
    }
}

/// An instance knows those communities of others alone that its members read.
fn no_community(host: &str) -> String {
    format!("{host} knows no such community; check its name, or ask the instance that it is of")
}

fn from_status(host: &str, status: u16, answer: &Answer) -> String {
    match status {
        401 | 407 => format!("{host} wants a login ({status}); {BROWSER}"),
        403 => checked(host, status),
        503 if is_challenge(answer) => checked(host, status),
        500.. => format!("{host} cannot answer now ({status}){}; try again later with r", quoted(&answer.body)),
        _ => format!("{host} answered with status {status}{}; {BROWSER}", quoted(&answer.body)),
    }
}

fn slow(host: &str, status: u16) -> String {
    format!("{host} asks to slow down ({status}); try again in a minute with r")
}

fn checked(host: &str, status: u16) -> String {
    format!("{host} refused ({status}): it may be asking for a browser check; {BROWSER}")
}

/// Whether this is the check of Cloudflare or Anubis.
fn is_challenge(answer: &Answer) -> bool {
    const READ: usize = 16_384;
    let start = String::from_utf8_lossy(answer.body.get(..READ).unwrap_or(&answer.body));
    ["Just a moment", "challenge-platform", "cf_chl_opt", "anubis", "Anubis", "not a bot"]
        .iter()
        .any(|mark| start.contains(mark))
}
