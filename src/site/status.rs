//! HTTP statuses as errors of loading: the table that all sites share. What a site knows better it looks at first.

use super::{Answer, LoadError, web};
use crate::model::{Advice, Cause, Said};

/// Checks an answer's status. `subject` answered, and `what` was requested: `story tdfoqh`.
///
/// # Errors
/// The status is one of an error.
pub(in crate::site) fn check(subject: &str, what: &str, answer: &Answer) -> Result<(), LoadError> {
    check_saying(subject, what, answer, "")
}

/// The same with the message that the answer has for its reader, clean and short, where it has one.
pub(in crate::site) fn check_saying(
    subject: &str,
    what: &str,
    answer: &Answer,
    message: &str,
) -> Result<(), LoadError> {
    let status = answer.status;
    let message = Some(message).filter(|message| !message.is_empty());
    let said = || {
        let words = message.map_or_else(|| web::first_words(&answer.body), str::to_owned);
        Said { status, words, is_message: message.is_some() }
    };
    let (cause, advice) = match status {
        200..=299 => return Ok(()),
        401 | 407 => (Cause::LoginRequired(Said { status, ..Said::default() }), Advice::Browser),
        403 | 503 if is_browser_check(&answer.body) => return Err(browser_check(subject, status)),
        403 => (Cause::Refused(said()), Advice::Browser),
        404 | 410 => return Err(not_found(subject, what, status)),
        429 => return Err(rate_limited(subject, status)),
        511 => (Cause::LoginRequired(said()), Advice::Other("log in to this network in a browser".to_owned())),
        500.. => (Cause::Unavailable(said()), Advice::RetryLater),
        _ => (Cause::Status(said()), Advice::Browser),
    };
    Err(LoadError::new(subject, cause).advise(advice))
}

/// A status that asks for a login, where no login is possible.
pub(in crate::site) fn refused(subject: &str, status: u16) -> LoadError {
    let cause = Cause::Refused(Said { status, ..Said::default() });
    LoadError::new(subject, cause).advise(Advice::Browser)
}

/// There is no such thing, as this status says.
pub(in crate::site) fn not_found(subject: &str, what: &str, status: u16) -> LoadError {
    let cause = Cause::NotFound { what: what.to_owned(), status: Some(status) };
    LoadError::new(subject, cause).advise(Advice::Check("check the address".to_owned()))
}

/// Too many requests, and no time is named after which there may be more.
pub(in crate::site) fn rate_limited(subject: &str, status: u16) -> LoadError {
    let error = LoadError::new(subject, Cause::RateLimited(status));
    error.advise(Advice::Other("wait a few minutes".to_owned())).advise(Advice::Retry)
}

/// The site states a number of comments, and not one came, for these reasons as far as they are known.
pub(in crate::site) fn no_comments(subject: &str, stated: u32, errors: Vec<LoadError>) -> LoadError {
    LoadError::new(subject, Cause::NoComments { stated, errors }).advise(Advice::Retry).advise(Advice::Browser)
}

/// An answer without content.
pub(in crate::site) fn empty(subject: &str) -> LoadError {
    LoadError::new(subject, Cause::Empty).advise(Advice::Retry)
}

/// An answer that is something else than was requested, with its first words: `sent a page instead of JSON`.
pub(in crate::site) fn unexpected(subject: &str, says: impl Into<String>, body: &[u8]) -> LoadError {
    let cause = Cause::Unexpected { says: says.into(), begins: web::first_words(body) };
    LoadError::new(subject, cause).advise(Advice::Browser)
}

/// The error for an answer of status 200 that cannot hold any content: it is empty, or a page
/// that checks the browser.
pub(in crate::site) fn no_content(subject: &str, body: &[u8]) -> Option<LoadError> {
    let body = body.trim_ascii_start();
    match body.first() {
        None => Some(empty(subject)),
        Some(b'<') if is_browser_check(body) => Some(browser_check(subject, 200)),
        Some(_) => None,
    }
}

/// A page that asks whether a person reads.
pub(in crate::site) fn browser_check(subject: &str, status: u16) -> LoadError {
    LoadError::new(subject, Cause::BrowserCheck(status)).advise(Advice::Browser)
}

/// Whether a page that came instead of an answer is the check of Cloudflare or Anubis.
pub(in crate::site) fn is_browser_check(body: &[u8]) -> bool {
    const READ: usize = 16_384;
    let start = String::from_utf8_lossy(body.get(..READ).unwrap_or(body));
    [
        "Just a moment",
        "challenge-platform",
        "cf_chl_opt",
        "challenge-form",
        "cf-challenge",
        "anubis",
        "Anubis",
        "not a bot",
    ]
    .iter()
    .any(|mark| start.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_an_error_with_its_advice() {
        let error = |status, body: &str| {
            let answer = Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() };
            check("a.example", "such story", &answer)
        };
        assert_eq!([200, 204, 299].map(|status| error(status, "x")), [Ok(()), Ok(()), Ok(())]);
        for (status, body, says, advice) in [
            (302, "", "a.example answered with status 302", Advice::Browser),
            (401, "x", "a.example wants a login (401)", Advice::Browser),
            (403, "No.", "a.example refused (403) (it begins “No.”)", Advice::Browser),
            (
                403,
                "<title>Just a moment...</title>",
                "a.example refused (403): it may be asking for a browser check",
                Advice::Browser,
            ),
            (404, "", "a.example has no such story (404)", Advice::Check("check the address".to_owned())),
            (429, "", "a.example asks to slow down (429)", Advice::Other("wait a few minutes".to_owned())),
            (
                500,
                "<p>Back \u{1b}[2Jsoon</p>",
                "a.example cannot answer now (500) (it begins “Back [2Jsoon”)",
                Advice::RetryLater,
            ),
            (503, "Anubis", "a.example refused (503): it may be asking for a browser check", Advice::Browser),
        ] {
            let error = error(status, body).expect_err("an error");
            assert_eq!((error.to_string().as_str(), error.advice.first()), (says, Some(&advice)));
            assert_eq!(error.is_rate_limit(), status == 429);
        }
    }
}
