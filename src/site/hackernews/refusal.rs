//! Why Hacker News gave no discussion, told from what its two services sent: one line that says what to do.

use crate::markup;
use crate::site::{Answer, Refusal};

const ADVICE: &str = "try again with r, or open in the browser with O";

/// What one service did instead of answering with data, if it did: `hn.algolia.com asks to slow down (429)`.
pub(super) fn of_answer(service: &str, answer: &Answer) -> Option<String> {
    let status = answer.status;
    let deed = match status {
        200..=299 if is_page(answer) => format!("sent a web page instead of data{}", quoted(answer)),
        200..=299 => return None,
        401 | 403 => format!("refused ({status})"),
        404 | 410 => format!("does not have it ({status})"),
        429 => "asks to slow down (429)".to_owned(),
        500.. => format!("cannot answer now ({status})"),
        _ => format!("answered with status {status}"),
    };
    Some(format!("{} {deed}", host(service)))
}

/// What the network did, without its advice: the two services have one together.
pub(super) fn of_network(Refusal(reason): Refusal) -> String {
    reason.split("; ").next().unwrap_or_default().to_owned()
}

/// An answer with status 200 that is no item.
pub(super) fn of_body(service: &str, answer: &Answer) -> String {
    let is_empty = answer.body.trim_ascii().is_empty();
    let what = if is_empty { "an empty answer" } else { "something else than an item" };
    format!("{} sent {what}{}", host(service), quoted(answer))
}

/// Neither service has the item.
pub(super) fn no_item(id: u64) -> Refusal {
    Refusal(format!("Hacker News has no item {id}; check the number"))
}

/// Nothing could be had, for these reasons.
pub(super) fn nothing(reasons: &[&str]) -> Refusal {
    let advice = if reasons.iter().any(|reason| reason.contains("(429)")) {
        "try again in a few minutes with r"
    } else {
        ADVICE
    };
    Refusal(format!("Hacker News could not be read: {}; {advice}", reasons.join("; ")))
}

/// The site says that there are comments, and not one came.
pub(super) fn none_came(stated: u32, reasons: &[&str]) -> Refusal {
    let said = format!("Hacker News says there are {stated} comments but none could be had");
    let parts = [said.as_str()].into_iter().chain(reasons.iter().copied()).chain([ADVICE]);
    Refusal(parts.collect::<Vec<_>>().join("; "))
}

/// The host of a service, as it is named to people.
fn host(service: &str) -> &str {
    service.split_once("://").map_or(service, |(_, host)| host)
}

fn is_page(answer: &Answer) -> bool {
    answer.body.trim_ascii_start().first() == Some(&b'<')
}

/// The first characters that a person would see.
fn quoted(answer: &Answer) -> String {
    const READ: usize = 4000;
    const SHOWN: usize = 60;
    let start = String::from_utf8_lossy(answer.body.get(..READ).unwrap_or(&answer.body));
    let text: String = markup::html_line(&start).chars().take(SHOWN).collect();
    let text = text.trim_end();
    if text.is_empty() { String::new() } else { format!(" (it begins “{text}”)") }
}
