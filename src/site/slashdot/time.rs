//! Slashdot's dates: no zone, sometimes no year; for anonymous readers they are New York's.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The time in a byline, before the year and the zone are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    year: Option<i16>,
    month: i8,
    day: i8,
    hour: i8,
    minute: i8,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAY: i64 = 24 * 60 * 60;

static NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");

impl Stamp {
    /// Finds the date in a byline: `on Wednesday September 09, 2026 @07:00PM`, `Saturday March 24, @07:50PM`,
    /// `March 24 2012, @07:50PM`.
    pub(super) fn find(text: &str) -> Option<Self> {
        let words: Vec<&str> =
            text.split([' ', '\t', '\n', '\r', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        (0..words.len()).find_map(|at| Self::read(words.get(at..)?))
    }

    /// Reads a date at the start of these words.
    fn read(words: &[&str]) -> Option<Self> {
        let month = month(words.first()?)?;
        let day = digits(words.get(1)?, 1..=2)?;
        let year = words.get(2).and_then(|word| digits(word, 4..=4));
        let (clock, behind) = words.get(if year.is_some() { 3 } else { 2 }..)?.split_first()?;
        // Until 2007 it was `Fri Jul 06, 2007 08:52 AM`.
        let halved = || Some(format!("{clock}{}", behind.first()?));
        let clock = clock.strip_prefix('@').map(str::to_owned).or_else(halved)?;
        let (hour, minute) = clock_time(&clock)?;
        Some(Self { year, month, day: i8::try_from(day).ok()?, hour, minute })
    }

    /// Seconds since 1970 UTC. A stamp without a year gets the latest one that puts it no more than a year after
    /// `reference`, less a day of slack for the zones between the two; without a reference it has no time.
    ///
    /// Of the hour that comes twice when summer time ends, the first is meant.
    pub(super) fn resolve(self, reference: Option<i64>) -> Option<i64> {
        if let Some(year) = self.year {
            return self.in_year(year);
        }
        let first = reference? - DAY;
        let year = TimeZone::UTC.to_datetime(jiff::Timestamp::from_second(first).ok()?).year();
        (-1..=1).rev().filter_map(|step| self.in_year(year + step)).find(|&time| time <= first + 365 * DAY)
    }

    fn in_year(self, year: i16) -> Option<i64> {
        let civil = DateTime::new(year, self.month, self.day, self.hour, self.minute, 0, 0).ok()?;
        NEW_YORK.to_timestamp(civil).ok().map(jiff::Timestamp::as_second)
    }
}

/// The day on which a story `YY/MM/DD/…` was made, at 0:00 UTC.
pub(super) fn day_of_sid(sid: &str) -> Option<i64> {
    let mut parts = sid.split('/').map(|part| digits(part, 2..=2));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let century = if year < 90 { 2000 } else { 1900 };
    let civil = DateTime::new(year + century, i8::try_from(month).ok()?, i8::try_from(day).ok()?, 0, 0, 0, 0).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok().map(jiff::Timestamp::as_second)
}

/// The number of a month, from its English name or the first three letters of it.
fn month(word: &str) -> Option<i8> {
    let is_short = |name: &str| name.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(word));
    let place = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(word) || is_short(name))?;
    i8::try_from(place + 1).ok()
}

fn digits(word: &str, len: std::ops::RangeInclusive<usize>) -> Option<i16> {
    (len.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok())?
}

/// `07:00PM` → (19, 0).
fn clock_time(clock: &str) -> Option<(i8, i8)> {
    let (hour, rest) = clock.split_once(':')?;
    let (minute, half) = (rest.get(..2)?, rest.get(2..4)?);
    let hour = i8::try_from(digits(hour, 1..=2)?).ok()?;
    let minute = i8::try_from(digits(minute, 2..=2)?).ok()?;
    let afternoon = match half {
        "AM" | "am" => 0,
        "PM" | "pm" => 12,
        _ => return None,
    };
    ((1..=12).contains(&hour) && minute < 60).then_some((hour % 12 + afternoon, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> i64 {
        text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).expect("a test's own time")
    }

    fn time(text: &str, reference: Option<&str>) -> Option<i64> {
        Stamp::find(text)?.resolve(reference.map(utc))
    }

    #[test]
    fn reads_every_form() {
        for (text, reference, expected) in [
            ("on Wednesday September 09, 2026 @07:00PM", None, Some("2026-09-09T23:00:00Z")),
            ("<a@b.c>\n\t\ton Tuesday December 31, 2013 @09:37AM (#45828899)", None, Some("2013-12-31T14:37:00Z")),
            ("Saturday March 24, @07:50PM", Some("2012-03-24T22:00:00Z"), Some("2012-03-24T23:50:00Z")),
            ("on Thursday January 03, @12:05AM", Some("2012-12-30T22:00:00Z"), Some("2013-01-03T05:05:00Z")),
            ("on Saturday March 24, @12:00PM", Some("2012-03-25T01:00:00Z"), Some("2012-03-24T16:00:00Z")),
            ("on Monday December 31, @11:30PM", Some("2013-01-01T04:40:00Z"), Some("2013-01-01T04:30:00Z")),
            ("Friday February 29, @01:00PM", Some("2008-02-29T01:00:00Z"), Some("2008-02-29T18:00:00Z")),
            ("Saturday March 24, @07:50PM", None, None),
            ("March 24 2012, @07:50PM", None, Some("2012-03-24T23:50:00Z")),
            ("Mar 4 2012 @7:50am", None, Some("2012-03-04T12:50:00Z")),
            ("on Fri Jul 06, 2007 08:52 AM", None, Some("2007-07-06T12:52:00Z")),
            ("on Fri Jul 06, 2007 08:52", None, None),
            ("on Sunday November 01, 2026 @01:30AM", None, Some("2026-11-01T05:30:00Z")),
            ("on Sunday March 08, 2026 @02:30AM", None, Some("2026-03-08T07:30:00Z")),
            ("on Wednesday September 31, 2026 @07:00PM", None, None),
            ("on Wednesday September 09, 2026 @07:0", None, None),
            ("on Wednesday September 09, 2026 @13:00PM", None, None),
            ("May the 4th be with you @ noon", None, None),
            ("", None, None),
        ] {
            assert_eq!(time(text, reference), expected.map(utc), "{text}");
        }
    }

    #[test]
    fn a_sid_names_its_day() {
        for (sid, expected) in [
            ("26/09/09/2151202", Some("2026-09-09T00:00:00Z")),
            ("98/01/31/123", Some("1998-01-31T00:00:00Z")),
            ("26/13/09/2151202", None),
            ("24093420", None),
        ] {
            assert_eq!(day_of_sid(sid), expected.map(utc), "{sid}");
        }
    }
}
