//! Errors of an instance: what a status or an answer is instead of a discussion or a list.

use std::time::Duration;

use crate::markup;
use crate::model::{Advice, Cause};
use crate::site::{Answer, LoadError, status};

/// The meaning of an error for the requests that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The server knows no such request.
    NoRoute,
    /// The thing requested is not there.
    Gone,
    /// No other request would succeed.
    Final,
}

/// Checks an answer. `what` was requested: `post`; `name` is that of the error in the answer.
pub(super) fn check(host: &str, what: &str, answer: &Answer, name: Option<&str>) -> Result<(), (Meaning, LoadError)> {
    let status = answer.status;
    match (status, name) {
        (_, Some(name)) => Err(from_name(host, what, status, &markup::clean_line(name))),
        (429, None) => Err((Meaning::Final, rate_limited(host, status))),
        // An instance refuses nobody but those whom the proxy in front of it takes for a program.
        (403, None) => Err((Meaning::Final, status::browser_check(host, status))),
        (404 | 400 | 405 | 410 | 501, None) => {
            let says = format!("does not answer as Lemmy does ({status})");
            Err((Meaning::NoRoute, status::unexpected(host, says, &answer.body)))
        }
        (_, None) => status::check(host, &format!("such {what}"), answer).map_err(|error| (Meaning::Final, error)),
    }
}

/// The error for an answer with neither a post nor a list.
pub(super) fn from_content(host: &str, answer: &Answer) -> LoadError {
    let unexpected = || status::unexpected(host, "does not answer as Lemmy does", &answer.body);
    status::no_content(host, &answer.body).unwrap_or_else(unexpected)
}

/// A page of a list that no page before it can have named.
pub(super) fn no_page(host: &str) -> LoadError {
    let what = "such page of the list".to_owned();
    LoadError::new(host, Cause::NotFound { what, status: None })
}

fn from_name(host: &str, what: &str, status: u16, name: &str) -> (Meaning, LoadError) {
    match name {
        "rate_limit_error" | "rate_limited" | "too_many_requests" => (Meaning::Final, rate_limited(host, status)),
        "couldnt_find_post" => (Meaning::Gone, not_found(host, "post", status)),
        "couldnt_find_comment" => (Meaning::Gone, not_found(host, "comment", status)),
        "couldnt_find_community" => (Meaning::Gone, not_found(host, "community", status)),
        "not_found" | "unknown" | "couldnt_find_object" if matches!(status, 400 | 404) => {
            let meaning = if what == "post" { Meaning::NoRoute } else { Meaning::Gone };
            (meaning, not_found(host, what, status))
        }
        "instance_is_private" | "not_logged_in" | "incorrect_login" => {
            let error = LoadError::other(host, "shows its posts to members only");
            (Meaning::Final, error.advise(Advice::Browser))
        }
        name => {
            let name: String = name.chars().take(60).collect();
            let error = LoadError::other(host, format!("answered with the error “{name}” ({status})"));
            (Meaning::Final, error.advise(Advice::Browser))
        }
    }
}

fn not_found(host: &str, what: &str, status: u16) -> LoadError {
    let error = LoadError::new(host, Cause::NotFound { what: format!("such {what}"), status: Some(status) });
    let check = |says: &str| Advice::Check(says.to_owned());
    match what {
        "post" | "comment" => error.advise(check("check the address, each instance has its own numbers")),
        // An instance knows those communities of others alone that its members read.
        "community" => {
            error.advise(check("check its name")).advise(Advice::Other("ask the instance that it is of".to_owned()))
        }
        _ => error.advise(check("check its address")),
    }
}

/// Too many requests; an instance forgets them within a minute, as it is usually set up.
fn rate_limited(host: &str, status: u16) -> LoadError {
    LoadError::new(host, Cause::RateLimited(status)).advise(Advice::RetryIn(Duration::from_mins(1)))
}
