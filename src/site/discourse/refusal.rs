//! Why a forum gave no topic, told from what it sent: one line that says what to do.

use serde::de::MapAccess;

use crate::markup;
use crate::site::json::{self, Any, Fields, Object, Scalar, Scalars, skip};
use crate::site::{Answer, Refusal};

const BROWSER: &str = "open in the browser with O";

/// What a forum says beside an error.
#[derive(Default)]
struct Said {
    errors: Vec<Scalar>,
    kind: Scalar,
    extras: Extras,
}

#[derive(Default)]
struct Extras {
    time_left: Scalar,
    wait_seconds: Scalar,
}

impl Fields for Said {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "errors" => map.next_value_seed(Any(Scalars(&mut self.errors))),
            "error_type" => map.next_value_seed(Any(&mut self.kind)),
            "extras" => map.next_value_seed(Any(Object(&mut self.extras))),
            _ => skip(map),
        }
    }
}

impl Fields for Extras {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "time_left" => map.next_value_seed(Any(&mut self.time_left)),
            "wait_seconds" => map.next_value_seed(Any(&mut self.wait_seconds)),
            _ => skip(map),
        }
    }
}

impl Said {
    /// The forum's own words, if there are any.
    fn words(&self) -> String {
        let words = self.errors.iter().find_map(Scalar::filled).map(shown).unwrap_or_default();
        if words.is_empty() { words } else { format!(" (“{words}”)") }
    }

    fn wait(&self) -> String {
        let named = self.extras.time_left.filled().map(shown);
        let counted = || self.extras.wait_seconds.count().map(|seconds| format!("{seconds} seconds"));
        named.or_else(counted).map_or_else(|| "in a minute".to_owned(), |wait| format!("in {wait}"))
    }
}

/// The refusal that an answer's status is, if it is one.
pub(super) fn of_status(answer: &Answer, host: &str) -> Option<Refusal> {
    let status = answer.status;
    if matches!(status, 200..=299) {
        return None;
    }
    let mut said = Said::default();
    _ = json::read(&answer.body, &mut said);
    let words = said.words();
    Some(Refusal(match status {
        401 | 403 if said.kind.text() == "not_logged_in" => {
            format!("{host} shows this to its members alone ({status}); log in there: {BROWSER}")
        }
        401 | 403 => format!("{host} refused ({status}){words}; {BROWSER}"),
        404 | 410 => format!("{host} has no such topic ({status}), or hides it; check the address"),
        429 => format!("{host} asks to slow down (429); try again {} with r", said.wait()),
        500.. => format!("{host} cannot answer now ({status}){words}; try again later with r"),
        _ => format!("{host} answered with status {status}{words}; {BROWSER}"),
    }))
}

/// Why an answer that came with status 200 is no topic.
pub(super) fn of_body(body: &[u8], host: &str) -> Refusal {
    let body = body.trim_ascii();
    let start = String::from_utf8_lossy(body.get(..4096).unwrap_or(body));
    let words = shown(&start);
    let quoted = if words.is_empty() { words } else { format!(" (it begins “{words}”)") };
    Refusal(match body.first() {
        None => format!("{host} sent an empty answer; try again with r"),
        Some(b'<') => {
            format!("{host} sent a page instead of a topic, so it may be no Discourse forum{quoted}; {BROWSER}")
        }
        Some(_) => format!("{host} sent something else than a Discourse topic{quoted}; {BROWSER}"),
    })
}

/// The first characters that a person would see.
fn shown(source: &str) -> String {
    const SHOWN: usize = 80;
    let text: String = markup::html_line(source).chars().take(SHOWN).collect();
    text.trim_end().to_owned()
}
