//! Retries: the wait that a site asks for in its headers, and the back-off that grows with each attempt.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use jiff::fmt::rfc2822;
use reqwest::header::HeaderMap;

/// Greater values are seconds since 1970, not from now.
const EPOCH_FROM: f64 = 1e9;

/// The pause that the site asks for in its answer, if any.
///
/// A busy server names it in
/// left after this one, these say it: `RateLimit-Reset`, an epoch at Lobsters and a delta in drafts of the IETF, or
/// Reddit's `x-ratelimit-reset` in seconds with a fraction. Where a moment is named, the server's clock counts; without
/// that, ours.
pub(super) fn named_wait(status: u16, headers: &HeaderMap, now: i64) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let now = text("date").and_then(moment).unwrap_or_else(|| float(now));
    let after = || text("retry-after").and_then(|value| seconds(value, now).or_else(|| Some(moment(value)? - now)));
    let reset = |family: &str| {
        let is_last =
            || text(&format!("{family}-remaining")).is_some_and(|left| number(left).is_some_and(|left| left < 1.0));
        let is_meant = status == 429 || is_last();
        seconds(text(&format!("{family}-reset")).filter(|_| is_meant)?, now)
    };
    let wait = if status == 429 || status >= 500 { after() } else { None };
    let wait = wait.or_else(|| reset("ratelimit")).or_else(|| reset("x-ratelimit"))?;
    Some(Duration::try_from_secs_f64(wait.max(0.0)).unwrap_or(Duration::MAX))
}

/// The wait after a failed attempt (1 is the first): doubled each time, and up to half of it left to chance.
pub(super) fn backoff(base: Duration, attempt: u32) -> Duration {
    let full = base.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
    let chance = RandomState::new().hash_one(attempt) % 1000;
    full / 2 + (full / 2000).saturating_mul(chance as u32)
}

fn seconds(value: &str, now: f64) -> Option<f64> {
    let number = number(value)?;
    Some(if number > EPOCH_FROM { number - now } else { number })
}

fn number(value: &str) -> Option<f64> {
    value.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A date of HTTP, in seconds since 1970 UTC.
fn moment(value: &str) -> Option<f64> {
    let date = rfc2822::DateTimeParser::new().parse_timestamp(value.trim()).ok()?;
    Some(float(date.as_second()))
}

fn float(moment: i64) -> f64 {
    Duration::from_secs(u64::try_from(moment).unwrap_or(0)).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    const NOW: i64 = 784_111_777;

    fn wait(status: u16, headers: &[(&'static str, &'static str)]) -> Option<f64> {
        let headers =
            headers.iter().map(|&(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value)));
        named_wait(status, &headers.collect(), NOW).map(|wait| wait.as_secs_f64())
    }

    #[test]
    fn each_way_to_name_a_time_is_understood() {
        let cases = [
            ("retry-after", "7", Some(7.0)),
            ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT", Some(30.0)),
            ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT", Some(0.0)),
            ("retry-after", "-1", Some(0.0)),
            ("retry-after", "soon", None),
            ("retry-after", "inf", None),
            ("retry-after", "NaN", None),
            ("ratelimit-reset", "12", Some(12.0)),
            ("x-ratelimit-reset", "2.5", Some(2.5)),
            ("x-other", "2", None),
        ];
        for (name, value, expected) in cases {
            assert_eq!(wait(429, &[(name, value)]), expected, "{name}: {value}");
        }
    }

    #[test]
    fn a_large_number_is_a_moment() {
        let mut headers = HeaderMap::new();
        headers.insert("ratelimit-reset", HeaderValue::from_static("1790000005"));
        assert_eq!(named_wait(429, &headers, 1_790_000_000), Some(Duration::from_secs(5)));
        headers.insert("ratelimit-reset", HeaderValue::from_static("1e300"));
        assert_eq!(named_wait(429, &headers, 1_790_000_000), Some(Duration::MAX));
    }

    #[test]
    fn the_standard_header_goes_first_unless_it_says_nothing() {
        assert_eq!(wait(429, &[("x-ratelimit-reset", "600"), ("retry-after", "3")]), Some(3.0));
        assert_eq!(wait(429, &[("x-ratelimit-reset", "600"), ("retry-after", "?")]), Some(600.0));
    }

    #[test]
    fn only_a_busy_server_is_listened_to() {
        assert_eq!(wait(503, &[("retry-after", "3")]), Some(3.0));
        assert_eq!(wait(200, &[("x-ratelimit-reset", "600")]), None);
        assert_eq!(wait(503, &[("x-ratelimit-reset", "600")]), None, "it stands in every answer of Reddit");
        assert_eq!(wait(403, &[("retry-after", "3")]), None);
    }

    #[test]
    fn an_answer_that_was_the_last_for_now_says_so() {
        for (left, expected) in [("0", Some(281.0)), ("0.0", Some(281.0)), ("1.0", None), ("-", None), ("99", None)] {
            let headers = [("x-ratelimit-remaining", left), ("x-ratelimit-reset", "281.0")];
            assert_eq!(wait(200, &headers), expected, "{left}");
        }
        assert_eq!(wait(200, &[("ratelimit-remaining", "0"), ("ratelimit-reset", "3")]), Some(3.0));
        assert_eq!(wait(200, &[("ratelimit-remaining", "0"), ("x-ratelimit-reset", "3")]), None, "of another family");
    }

    #[test]
    fn the_clock_of_the_server_counts() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:00 GMT");
        assert_eq!(wait(429, &[date, ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")]), Some(67.0));
        assert_eq!(wait(429, &[date, ("retry-after", "7")]), Some(7.0));
    }

    #[test]
    fn backoff_doubles_within_its_bounds() {
        let base = Duration::from_millis(500);
        for (attempt, full) in [(1, 500), (2, 1000), (3, 2000)] {
            for _ in 0..100 {
                let wait = backoff(base, attempt).as_millis();
                assert!((full / 2..=full).contains(&wait), "{attempt}: {wait}");
            }
        }
        assert_eq!(backoff(Duration::ZERO, 1), Duration::ZERO);
        assert!(backoff(Duration::MAX, u32::MAX) > base);
    }
}
