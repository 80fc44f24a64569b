//! Moments as sites write them, in JSON and on pages.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// The moment that an RFC 3339 text names, in seconds since 1970 UTC; one without a zone is of UTC.
pub(in crate::site) fn moment(text: &str) -> Option<i64> {
    if let Some(moment) = usual(text) {
        return Some(moment);
    }
    // Rails writes a zone behind a space.
    let text = text.trim().replace(" -", "-").replace(" +", "+");
    let zoned = text.parse::<Timestamp>().ok();
    let naive = || TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    zoned.or_else(naive).map(Timestamp::as_second)
}

/// The moment of a text in the most usual form, `2026-09-09T19:00:00Z`, which costs little.
fn usual(text: &str) -> Option<i64> {
    let form = b"0000-00-00T00:00:00Z";
    let fits = |(&byte, &form): (&u8, &u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    if text.len() != form.len() || !text.as_bytes().iter().zip(form).all(fits) {
        return None;
    }
    let number = |range: Range<usize>| text.get(range)?.parse::<i8>().ok();
    let year = text.get(..4)?.parse().ok()?;
    let date = Date::new(year, number(5..7)?, number(8..10)?).ok()?;
    let time = Time::new(number(11..13)?, number(14..16)?, number(17..19)?, 0).ok()?;
    TimeZone::UTC.to_timestamp(date.to_datetime(time)).ok().map(Timestamp::as_second)
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
        assert_eq!(moment("2024-02-29T23:59:59Z"), Some(1_709_251_199));
        // A leap second is read as the one before.
        assert_eq!(moment("2016-12-31T23:59:60Z"), moment("2016-12-31T23:59:59Z"));
        for text in ["3 hours ago", "2023-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-09-09T24:00:00Z", ""] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
