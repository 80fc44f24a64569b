//! Lemmy's own form of a rate limit.

use std::time::Duration;

use crate::site::Answer;

/// The pause after a rate-limited answer, which names no time. The instance's bucket fills all the while, by default in
/// a minute, so a third of it is back by then.
const WAIT: Duration = Duration::from_secs(20);

/// The pause that this answer asks for if it means 429 in Lemmy's own way: status 400 before version 1.0, and an
/// error of one of these names.
pub(super) fn wait(answer: &Answer) -> Option<Duration> {
    const LONGEST: usize = 300;
    const NAMES: [&str; 3] = ["\"rate_limit_error\"", "\"rate_limited\"", "\"too_many_requests\""];
    let is_short = matches!(answer.status, 400 | 429) && answer.body.len() <= LONGEST;
    let body = String::from_utf8_lossy(&answer.body);
    (is_short && NAMES.iter().any(|name| body.contains(name))).then_some(WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_in_the_body() {
        let says = |status, body: &str| wait(&Answer { status, body: body.into(), ..Answer::default() });
        assert_eq!(says(400, r#"{"error":"rate_limit_error"}"#), Some(WAIT));
        assert_eq!(says(429, r#"{ "error": "rate_limited" }"#), Some(WAIT));
        for (status, body) in [(400, r#"{"error":"couldnt_find_post"}"#), (429, ""), (200, r#""rate_limit_error""#)] {
            assert_eq!(says(status, body), None, "{status} {body}");
        }
        assert_eq!(says(400, &format!("{:300}\"rate_limit_error\"", "")), None, "no page is searched");
    }
}
