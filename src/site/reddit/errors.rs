//! Errors of Reddit: what a status, a redirect or an answer is instead of a thread or a list.

use super::answer::{self, WebPage};
use crate::markup;
use crate::model::{Advice, Cause};
use crate::site::json::Document;
use crate::site::{Answer, LoadError, status};

const TITLE: &str = "Reddit";

/// The advice for a registration that Reddit refuses.
const CHECK_KEYS: &str = "check client_id and client_secret_command under [sites.reddit] in the config";

/// There is no registration for requests. `instead` says what may be done without one.
pub(super) fn no_client_id(instead: &str) -> LoadError {
    let says = "answers only programs with a client id of their own, which it gives out under its Responsible Builder \
                Policy (https://www.reddit.com/prefs/apps)";
    let error = LoadError::other(TITLE, says).advise(Advice::Config("client_id under [sites.reddit]".to_owned()));
    error.advise(Advice::Other(instead.to_owned()))
}

/// The error for a login answer without a token.
pub(super) fn from_login(answer: &Answer, document: &Document) -> LoadError {
    let status = answer.status;
    let name = markup::clean_line(&document.root().get("error").text().unwrap_or_default());
    match (status, name.as_str()) {
        (401, _) | (_, "invalid_client" | "unauthorized_client") => {
            let says = format!("does not know this client id with this secret ({status})");
            LoadError::other(TITLE, says).advise(Advice::Check(CHECK_KEYS.to_owned()))
        }
        (_, "invalid_grant" | "unsupported_grant_type") => {
            let says = format!("does not let this client id read without a login ({name})");
            let check = format!("{CHECK_KEYS}: only an installed app has no secret");
            LoadError::other(TITLE, says).advise(Advice::Check(check))
        }
        _ => check(answer, document, "way to log in").err().unwrap_or_else(|| from_content(answer, "token")),
    }
}

/// Checks an answer's status, its address and its kind. `what` was requested: `thread`.
pub(super) fn check(answer: &Answer, document: &Document, what: &str) -> Result<(), LoadError> {
    let status = answer.status;
    let reason = document.root().get("reason").text();
    let of_subreddit = || reason.as_deref().and_then(|reason| from_reason(reason, status));
    if let Some(error) = from_redirect(&answer.url, what).or_else(of_subreddit) {
        return Err(error);
    }
    match (status, answer::web_page(&answer.body)) {
        (_, Some(WebPage::Block)) => Err(blocked(status)),
        (_, Some(WebPage::Adults)) => Err(adults()),
        (401, _) => {
            let error = LoadError::other(TITLE, "does not take the token that it gave (401)");
            Err(error.advise(Advice::Check(CHECK_KEYS.to_owned())))
        }
        (200..=299 | 403, Some(WebPage::Other)) => {
            Err(status::unexpected(TITLE, format!("sent a web page instead of JSON ({status})"), &answer.body))
        }
        _ => status::check(TITLE, &format!("such {what}"), answer),
    }
}

/// The error for an answer that is not the requested JSON.
pub(super) fn from_content(answer: &Answer, what: &str) -> LoadError {
    if answer.body.trim_ascii().is_empty() {
        return status::empty(TITLE);
    }
    let error = status::unexpected(TITLE, format!("sent no {what}"), &answer.body);
    LoadError { advice: vec![Advice::Retry, Advice::Browser], ..error }
}

/// A share link that did not lead to a thread.
pub(super) fn from_share(answer: &Answer) -> LoadError {
    let status = answer.status;
    match status {
        404 | 410 => status::not_found(TITLE, "such share link", status),
        429 => status::rate_limited(TITLE, status),
        _ => {
            let error = LoadError::other(TITLE, format!("does not say where the share link leads ({status})"));
            let instead = "give lurker the address to which it leads there".to_owned();
            error.advise(Advice::Browser).advise(Advice::Other(instead))
        }
    }
}

/// The error for a list of errors in an answer of status 200 (`json.errors`).
pub(super) fn from_error_list(errors: &str) -> LoadError {
    let errors: String = markup::clean_line(errors).chars().take(120).collect();
    LoadError::other(TITLE, format!("answered with the error “{errors}”")).advise(Advice::RetryLater)
}

/// The error for a redirect to a page that stands in for the content; `None` for any other address.
fn from_redirect(url: &str, what: &str) -> Option<LoadError> {
    let url = url::Url::parse(url).ok()?;
    let path = url.path();
    if path.starts_with("/login") || path.starts_with("/account/login") {
        return Some(LoadError::new(TITLE, Cause::LoginPage(what.to_owned())).advise(Advice::Browser));
    }
    if path.starts_with("/over18") {
        return Some(adults());
    }
    let no_subreddit = || {
        let cause = Cause::NotFound { what: "such subreddit".to_owned(), status: None };
        LoadError::new(TITLE, cause).advise(Advice::Check("check its name".to_owned()))
    };
    path.starts_with("/subreddits/search").then(no_subreddit)
}

/// The error for Reddit's own word for the state of a subreddit; `None` for an unknown word.
fn from_reason(reason: &str, status: u16) -> Option<LoadError> {
    let says = match reason {
        "private" => format!("is private ({status}): only its members can read it"),
        "quarantined" | "quarantine" => {
            format!("is quarantined ({status}): Reddit shows it only to whoever opts in there")
        }
        "banned" => {
            let says = format!("has banned the subreddit ({status}): nothing in it can be read");
            return Some(LoadError::other(TITLE, says));
        }
        "gold_only" | "gold_restricted" => format!("is for members of Reddit Premium only ({status})"),
        _ => return None,
    };
    Some(LoadError::other("the subreddit", says).advise(Advice::Browser))
}

fn blocked(status: u16) -> LoadError {
    let says = format!("blocks this network or program ({status}, “whoa there, pardner!”)");
    let error = LoadError::other(TITLE, says).advise(Advice::RetryLater);
    error.advise(Advice::Other("try from another network".to_owned())).advise(Advice::Browser)
}

fn adults() -> LoadError {
    LoadError::other(TITLE, "asks first whether its reader is of age").advise(Advice::Browser)
}
