//! Moments as sites write them, in JSON and on pages.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The moment that an RFC 3339 text names, in seconds since 1970 UTC; one without a zone is of UTC.
pub(in crate::site) fn moment(text: &str) -> Option<i64> {
    // Rails writes a zone behind a space.
    let text = text.trim().replace(" -", "-").replace(" +", "+");
    let zoned = text.parse::<Timestamp>().ok();
    let naive = || TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    zoned.or_else(naive).map(Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_with_and_without_a_zone() {
        for text in [
            "2026-09-09T19:00:00Z",
            "2026-09-09T21:00:00.5+02:00",
            " 2026-09-09T19:00:00\n",
            "2026-09-09 19:00:00",
            "2026-09-09 14:00:00 -0500",
            "2026-09-09T19:00:00.123000+0000",
        ] {
            assert_eq!(moment(text), Some(1_788_980_400), "{text}");
        }
        assert_eq!(moment("3 hours ago"), None);
    }
}
