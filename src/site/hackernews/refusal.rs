//! Why Hacker News gave nothing, told from what its two services sent: one line that says what to do.

use crate::site::web::{self, BROWSER};
use crate::site::{Answer, LoadError};

/// The answer of a service where it may hold data, else what happened instead, without the network's advice: the two
/// services have one together.
pub(super) fn data(service: &str, outcome: Result<Answer, LoadError>) -> Result<Answer, String> {
    let fact = |reason: &str| reason.split("; ").next().unwrap_or_default().to_owned();
    let answer = outcome.map_err(|error| fact(&error.to_string()))?;
    of_answer(service, &answer).map_or(Ok(answer), Err)
}

/// What a service did instead of answering with data, if it did: `hn.algolia.com asks to slow down (429)`.
pub(super) fn of_answer(service: &str, answer: &Answer) -> Option<String> {
    let status = answer.status;
    let deed = match status {
        200..=299 if answer.body.trim_ascii().is_empty() => "sent an empty answer".to_owned(),
        200..=299 if is_page(answer) => format!("sent a web page instead of data{}", web::quoted(&answer.body)),
        200..=299 => return None,
        401 | 403 => format!("refused ({status})"),
        404 | 410 => format!("does not have it ({status})"),
        429 => "asks to slow down (429)".to_owned(),
        500.. => format!("cannot answer now ({status})"),
        _ => format!("answered with status {status}"),
    };
    Some(format!("{} {deed}", host(service)))
}

/// What a service sent is not what was asked for: `an item`, `a list`.
pub(super) fn of_body(service: &str, wanted: &str, answer: &Answer) -> String {
    format!("{} sent something else than {wanted}{}", host(service), web::quoted(&answer.body))
}

/// Neither service has the item.
pub(super) fn no_item(id: u64) -> LoadError {
    LoadError::sentence(format!("Hacker News has no item {id}; check the number"))
}

/// Nothing could be had, for these reasons.
pub(super) fn nothing(reasons: &[&str]) -> LoadError {
    let is_busy = reasons.iter().any(|reason| reason.contains("(429)"));
    let advice = if is_busy { "try again in a few minutes with r".to_owned() } else { advice() };
    LoadError::sentence(format!("Hacker News could not be read: {}; {advice}", reasons.join("; ")))
}

/// The site says that there are comments, and not one came.
pub(super) fn none_came(stated: u32, reasons: &[&str]) -> LoadError {
    let said = format!("Hacker News says there are {stated} comments but none could be had");
    LoadError::sentence([&[said.as_str()], reasons, &[&advice()]].concat().join("; "))
}

fn advice() -> String {
    format!("try again with r, or {BROWSER}")
}

/// The host of a service, as it is named to people.
fn host(service: &str) -> &str {
    service.split_once("://").map_or(service, |(_, host)| host)
}

fn is_page(answer: &Answer) -> bool {
    answer.body.trim_ascii_start().first() == Some(&b'<')
}
