//! Why a forum gave no topic or list, told from what it sent: one line that says what to do.

use url::Url;

use crate::markup;
use crate::site::json::{Document, Value};
use crate::site::web::{BROWSER, quoted};
use crate::site::{Answer, LoadError};

/// The refusal that an answer's status is, if it is one, or a login page in place of the answer. `what` was asked for:
/// `topic`.
pub(super) fn from_answer(answer: &Answer, host: &str, what: &str) -> Option<LoadError> {
    let status = answer.status;
    if matches!(status, 200..=299) {
        return leads_to_login(answer).then(|| LoadError::sentence(members_alone(host, status)));
    }
    let document = Document::read(&answer.body);
    let said = document.root();
    let words = words(said);
    Some(LoadError::sentence(match status {
        401 | 403 if said.get("error_type").text().is_some_and(|kind| kind == "not_logged_in") => {
            members_alone(host, status)
        }
        401 | 403 => format!("{host} refused ({status}){words}; {BROWSER}"),
        404 | 410 => format!("{host} has no such {what} ({status}), or hides it; check the address"),
        429 => format!("{host} asks to slow down (429); try again {} with r", wait(said)),
        500.. => format!("{host} cannot answer now ({status}){words}; try again later with r"),
        _ => format!("{host} answered with status {status}{words}; {BROWSER}"),
    }))
}

/// Why what came with status 200 is no topic or list; `what` was asked for: `topic`.
pub(super) fn from_body(body: &[u8], host: &str, what: &str) -> LoadError {
    let body = body.trim_ascii();
    LoadError::sentence(match body.first() {
        None => format!("{host} sent an empty answer; try again with r"),
        Some(b'<') => {
            let start = quoted(body);
            format!("{host} sent a page instead of a {what}, so it may be no Discourse forum{start}; {BROWSER}")
        }
        Some(_) => format!("{host} sent something else than a Discourse {what}{}; {BROWSER}", quoted(body)),
    })
}

fn members_alone(host: &str, status: u16) -> String {
    format!("{host} shows this to its members alone ({status}); log in there: {BROWSER}")
}

/// Whether the answer is the page on which members log in.
fn leads_to_login(answer: &Answer) -> bool {
    let path = Url::parse(&answer.url).map(|url| url.path().to_owned()).unwrap_or_default();
    let is_login = path == "/login" || path.starts_with("/session/");
    is_login && answer.body.trim_ascii_start().starts_with(b"<")
}

/// The forum's own words, if there are any.
fn words(said: Value<'_>) -> String {
    const SHOWN: usize = 80;
    let mut errors = said.get("errors").items().chain([said.get("message")]).filter_map(Value::text);
    let line = errors.next().map(|words| markup::html_line(&words)).unwrap_or_default();
    let line: String = line.chars().take(SHOWN).collect();
    let line = line.trim_end();
    if line.is_empty() { String::new() } else { format!(" (“{line}”)") }
}

/// When to try again.
fn wait(said: Value<'_>) -> String {
    let extras = said.get("extras");
    let named = extras.get("time_left").line().map(|time| time.chars().take(40).collect::<String>());
    let counted = || extras.get("wait_seconds").count().map(|seconds| format!("{seconds} seconds"));
    named.or_else(counted).map_or_else(|| "in a minute".to_owned(), |wait| format!("in {wait}"))
}
