//! Why Reddit gave nothing, told from what it sent: one line that says what to do.

use super::answer::{self, WebPage};
use crate::markup;
use crate::site::value::Document;
use crate::site::web::{BROWSER, quoted};
use crate::site::{Answer, LoadError};

/// The keys of the config that a registration is made of.
const KEYS: &str = "client_id and client_secret_command under [sites.reddit] in the config";

const SLOW: &str = "Reddit asks to slow down (429); try again in a few minutes with r";

/// There is no registration to ask with. `instead` says what may be done without one.
pub(super) fn no_id(instead: &str) -> LoadError {
    LoadError::sentence(format!(
        "Reddit answers only programs with a client id of their own, which it gives out under its Responsible Builder \
         Policy (https://www.reddit.com/prefs/apps); put yours into the config as client_id under [sites.reddit], or \
         {instead}"
    ))
}

/// Why an answer to the request for a token holds none.
pub(super) fn of_login(answer: &Answer, document: &Document) -> LoadError {
    let status = answer.status;
    let error = markup::clean_line(&document.root().get("error").text().unwrap_or_default());
    LoadError::sentence(match (status, error.as_str()) {
        (401, _) | (_, "invalid_client" | "unauthorized_client") => {
            format!("Reddit does not know this client id with this secret ({status}); check {KEYS}")
        }
        (_, "invalid_grant" | "unsupported_grant_type") => format!(
            "Reddit does not let this client id read without a login ({error}); check {KEYS}: only an installed app has \
             no secret"
        ),
        _ => return of_answer(answer, document, "way to log in").unwrap_or_else(|| of_content(answer, "token")),
    })
}

/// The refusal that an answer is, if it is one. `what` was asked for: `thread`.
pub(super) fn of_answer(answer: &Answer, document: &Document, what: &str) -> Option<LoadError> {
    let status = answer.status;
    if let Some(line) = of_way(&answer.url, what) {
        return Some(LoadError::sentence(line));
    }
    let reason = document.root().get("reason").text();
    if let Some(line) = reason.as_deref().and_then(|reason| of_reason(reason, status)) {
        return Some(LoadError::sentence(line));
    }
    let page = answer::web_page(&answer.body);
    Some(LoadError::sentence(match (status, page) {
        (_, Some(WebPage::Block)) => format!(
            "Reddit blocks this network or program ({status}, “whoa there, pardner!”); wait, try from another network, \
             or {BROWSER}"
        ),
        (_, Some(WebPage::Adults)) => adults(),
        (401, _) => format!("Reddit does not take the token that it gave (401); check {KEYS}"),
        (404 | 410, _) => format!("Reddit has no such {what} ({status}); check the address"),
        (429, _) => SLOW.to_owned(),
        (500.., _) => {
            format!("Reddit cannot answer now ({status}){}; try again later with r", quoted(&answer.body))
        }
        (200..=299, None) => return None,
        (200..=299 | 403, Some(WebPage::Other)) => {
            format!("Reddit sent a web page instead of JSON ({status}){}; {BROWSER}", quoted(&answer.body))
        }
        (403, None) => format!("Reddit refused (403){}; {BROWSER}", quoted(&answer.body)),
        _ => format!("Reddit answered with status {status}{}; {BROWSER}", quoted(&answer.body)),
    }))
}

/// Why an answer that was to be JSON of Reddit's is of no use.
pub(super) fn of_content(answer: &Answer, what: &str) -> LoadError {
    let start = quoted(&answer.body);
    LoadError::sentence(if answer.body.trim_ascii().is_empty() {
        "Reddit sent an empty answer; try again with r".to_owned()
    } else {
        format!("Reddit sent no {what}{start}; try again with r, or {BROWSER}")
    })
}

/// A share link that did not lead to a thread.
pub(super) fn of_share(answer: &Answer) -> LoadError {
    let status = answer.status;
    LoadError::sentence(match status {
        404 | 410 => format!("Reddit has no such share link ({status}); check the address"),
        429 => SLOW.to_owned(),
        _ => format!(
            "Reddit does not say where the share link leads ({status}); {BROWSER}, and give lurker the address of the page \
             that comes"
        ),
    })
}

/// What Reddit says is wrong with a request that it answers all the same (`json.errors`).
pub(super) fn of_errors(errors: &str) -> LoadError {
    let errors: String = markup::clean_line(errors).chars().take(120).collect();
    LoadError::sentence(format!("Reddit answered with the error “{errors}”; try again later with r"))
}

/// Where redirects led, if that says that nothing will come.
fn of_way(url: &str, what: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let path = url.path();
    if path.starts_with("/login") || path.starts_with("/account/login") {
        return Some(format!("Reddit asks for a login instead of the {what}; {BROWSER}"));
    }
    if path.starts_with("/over18") {
        return Some(adults());
    }
    path.starts_with("/subreddits/search").then(|| "Reddit has no such subreddit; check its name".to_owned())
}

/// What Reddit's own word for the state of a subreddit means.
fn of_reason(reason: &str, status: u16) -> Option<String> {
    Some(match reason {
        "private" => format!("the subreddit is private ({status}): only its members can read it; {BROWSER}"),
        "quarantined" | "quarantine" => {
            format!("the subreddit is quarantined ({status}): Reddit shows it only to whoever opts in there; {BROWSER}")
        }
        "banned" => format!("Reddit has banned the subreddit ({status}); nothing in it can be read"),
        "gold_only" | "gold_restricted" => {
            format!("the subreddit is for members of Reddit Premium only ({status}); {BROWSER}")
        }
        _ => return None,
    })
}

fn adults() -> String {
    format!("Reddit asks first whether its reader is of age; {BROWSER}")
}
