//! Why Slashdot gave no discussion or no list, told from what it sent: one line that says what to do.

use crate::site::web::{BROWSER, quoted};
use crate::site::{Answer, LoadError};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sought {
    /// A story's page.
    Story,
    /// The front page, or a section's.
    List,
    /// A feed.
    Feed,
}

impl Sought {
    fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::List => "list of stories",
            Self::Feed => "feed",
        }
    }
}

/// The refusal that an answer's status is, if it is one.
pub(super) fn of_status(answer: &Answer, sought: Sought) -> Option<LoadError> {
    let status = answer.status;
    Some(LoadError::sentence(match status {
        200..=299 => return None,
        403 => checked(status),
        503 if is_challenge(&beginning(answer)) => checked(status),
        404 | 410 => format!("Slashdot has no such {} ({status}); check the address", sought.name()),
        429 => "Slashdot asks to slow down (429); try again in a few minutes with r".to_owned(),
        401 | 407 => format!("Slashdot wants a login ({status}); {BROWSER}"),
        500.. => format!("Slashdot cannot answer now ({status}){}; try again later with r", quoted(&answer.body)),
        _ => format!("Slashdot answered with status {status}{}; {BROWSER}", quoted(&answer.body)),
    }))
}

/// Why a page that came with status 200 is not what was asked for.
pub(super) fn of_page(source: &str, url: &str, sought: Sought) -> LoadError {
    LoadError::sentence(if source.trim().is_empty() {
        "Slashdot sent an empty page; try again with r".to_owned()
    } else if is_challenge(source) && !is_ordinary(source) {
        format!("Slashdot asks for a browser check; {BROWSER}")
    } else if is_login(source, url) {
        format!("Slashdot sent its login page instead of the {}; {BROWSER}", sought.name())
    } else {
        let begins = quoted(source.as_bytes());
        match sought {
            Sought::Story => format!("This is not a Slashdot story page{begins}; {BROWSER}"),
            Sought::List => format!("There is no story on this page of Slashdot{begins}; {BROWSER}"),
            Sought::Feed => format!("There is no story in this feed of Slashdot{begins}; {BROWSER}"),
        }
    })
}

/// Why an answer to `ajax.pl` is none.
pub(super) fn of_update(source: &str, url: &str) -> LoadError {
    if is_challenge(source) || is_login(source, url) {
        return of_page(source, url, Sought::Story);
    }
    LoadError::sentence(format!("Slashdot sent something else than comments{}; {BROWSER}", quoted(source.as_bytes())))
}

/// A page that says there are comments, but holds none.
pub(super) fn none_sent(stated: u32) -> LoadError {
    LoadError::sentence(format!(
        "Slashdot says there are {stated} comments but sent none; try again with r, or {BROWSER}"
    ))
}

/// A discussion of which only the number is known, and not one comment came.
pub(super) fn no_comments(number: u64) -> LoadError {
    LoadError::sentence(format!("Slashdot sent no comments of discussion {number}; check the number, or {BROWSER}"))
}

fn checked(status: u16) -> String {
    format!("Slashdot refused ({status}): it may be asking for a browser check; {BROWSER}")
}

/// Whether a page is one of Slashdot's own with stories, be it that none is on it.
pub(super) fn is_ordinary(source: &str) -> bool {
    source.contains("firehoselist")
}

/// Whether this is Cloudflare's check. Ordinary pages end with one of its scripts too, so they must be ruled out first.
fn is_challenge(source: &str) -> bool {
    ["Just a moment", "challenge-platform", "cf_chl_opt", "challenge-form", "cf-challenge"]
        .iter()
        .any(|mark| source.contains(mark))
}

/// Whether this is a page to log in on. Front pages have a hidden login form too, and their list of stories.
fn is_login(source: &str, url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/my/login")
        || path.ends_with("/login.pl")
        || source.contains("unickname") && !source.contains("data-fhtype")
}

fn beginning(answer: &Answer) -> String {
    const READ: usize = 16_384;
    String::from_utf8_lossy(answer.body.get(..READ).unwrap_or(&answer.body)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: u16, body: &str) -> Option<String> {
        let answer = Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() };
        of_status(&answer, Sought::Story).map(|refusal| refusal.to_string())
    }

    #[test]
    fn statuses() {
        assert_eq!(status(200, "x"), None);
        let check = "Slashdot refused (403): it may be asking for a browser check; open in the browser with O";
        assert_eq!(status(403, "").as_deref(), Some(check));
        for (code, body, part) in [
            (404, "", "no such story (404)"),
            (410, "", "no such story (410)"),
            (429, "", "slow down"),
            (503, "<title>Just a moment...</title>", "refused (503): it may be asking for a browser check"),
            (503, "<p>Back \u{1b}[2Jsoon</p>", "cannot answer now (503)"),
            (302, "", "status 302"),
        ] {
            let line = status(code, body).unwrap_or_default();
            assert!(line.contains(part) && !line.contains(char::is_control), "{line}");
        }
    }

    #[test]
    fn pages() {
        for (page, url, part) in [
            (" \n", "", "empty page"),
            (
                "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>",
                "",
                "browser check",
            ),
            ("<form><input name=unickname></form>", "", "login page"),
            ("<p>Welcome</p>", "https://slashdot.org/my/login?x", "login page"),
            ("<p>Hello</p>", "https://slashdot.org/", "not a Slashdot story page (it begins “Hello”)"),
        ] {
            let line = of_page(page, url, Sought::Story).to_string();
            assert!(line.contains(part), "{page}: {line}");
        }
        assert!(of_update("<html>Oops", "").to_string().contains("something else than comments"));
    }
}
