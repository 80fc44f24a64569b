//! Why Lobsters gave nothing, told from what it sent: one line that says what to do.

use crate::markup;
use crate::site::web::{BROWSER, quoted};
use crate::site::{Answer, LoadError};

/// The refusal that an answer's status is, if it is one. `what` was asked for: `story tdfoqh`.
pub(super) fn from_status(answer: &Answer, what: &str) -> Option<LoadError> {
    let status = answer.status;
    Some(LoadError::sentence(match status {
        200..=299 => return None,
        // An unknown comment is a bad request to Lobsters.
        400 | 404 | 410 => format!("Lobsters has no {what} ({status}); check the address"),
        401 | 403 => format!("Lobsters refused ({status}); {BROWSER}"),
        429 => format!("Lobsters asks to slow down (429); try again {} with r", wait(&answer.body)),
        500.. => format!("Lobsters cannot answer now ({status}){}; try again later with r", quoted(&answer.body)),
        _ => format!("Lobsters answered with status {status}{}; {BROWSER}", quoted(&answer.body)),
    }))
}

/// Why an answer that came with status 200 is no story.
pub(super) fn from_body(body: &[u8]) -> LoadError {
    if body.trim_ascii_start().starts_with(b"[") {
        return LoadError::sentence(
            "This is a list, not the JSON of one Lobsters story; open one of its stories".to_owned(),
        );
    }
    no_json_of("a Lobsters story", body)
}

/// Why an answer that came with status 200 is no list.
pub(super) fn from_list(body: &[u8]) -> LoadError {
    no_json_of("a list of Lobsters stories", body)
}

fn no_json_of(what: &str, body: &[u8]) -> LoadError {
    LoadError::sentence(match body.trim_ascii_start().first() {
        None => "Lobsters sent an empty answer; try again with r".to_owned(),
        Some(b'<') => format!("Lobsters sent a page instead of JSON{}; {BROWSER}", quoted(body)),
        Some(_) => format!("This is not the JSON of {what}{}; {BROWSER}", quoted(body)),
    })
}

/// A comment whose story cannot be told.
pub(super) fn no_story(comment: &str) -> LoadError {
    LoadError::sentence(format!("Lobsters does not say which story comment {comment} belongs to; {BROWSER}"))
}

/// When to try again: `in 30 seconds` where the text says so.
fn wait(body: &[u8]) -> String {
    const READ: usize = 4096;
    let line = markup::html_line(&String::from_utf8_lossy(body.get(..READ).unwrap_or(body)));
    let words: Vec<&str> = line.split_whitespace().collect();
    let named = words.windows(2).find_map(|pair| {
        let number: u32 = pair.first()?.parse().ok()?;
        let unit = pair.get(1)?.trim_matches(|c: char| !c.is_ascii_alphabetic()).to_ascii_lowercase();
        ["second", "minute", "hour"].iter().any(|known| unit.trim_end_matches('s') == *known).then_some((number, unit))
    });
    named.map_or_else(|| "in a few minutes".to_owned(), |(number, unit)| format!("in {number} {unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        for (status, body, part) in [
            (400, "can't find comment", "has no story tdfoqh (400); check the address"),
            (404, "", "has no story tdfoqh (404)"),
            (403, "", "refused (403); open in the browser with O"),
            (429, "Too fast. Try again in 17 seconds.", "slow down (429); try again in 17 seconds with r"),
            (429, "<p>Retry after 5 <b>Minutes</b>", "in 5 minutes with r"),
            (429, "No.", "in a few minutes with r"),
            (502, "<h1>Bad \u{1b}[2JGateway</h1>", "cannot answer now (502)"),
            (302, "", "status 302"),
        ] {
            let answer = Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() };
            let line = from_status(&answer, "story tdfoqh").map(|refusal| refusal.to_string()).unwrap_or_default();
            assert!(line.contains(part) && !line.contains(char::is_control), "{line}");
        }
        assert_eq!(from_status(&Answer { status: 200, ..Answer::default() }, "story"), None);
    }

    #[test]
    fn bodies() {
        for (body, part) in [
            ("", "empty answer"),
            (" <!doctype html><title>Lobsters</title>", "a page instead of JSON (it begins “Lobsters”)"),
            ("[]", "a list"),
            ("null", "not the JSON of a Lobsters story (it begins “null”)"),
        ] {
            assert!(from_body(body.as_bytes()).to_string().contains(part), "{body}");
        }
    }
}
