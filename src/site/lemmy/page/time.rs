//! Dates of lemmy-ui in words: `Sunday, August 23rd, 2026 at 1:55:21 PM GMT+00:00`.

use crate::site::html::Element;
use crate::site::moment::moment;

/// The elements that may have a date.
pub(super) const PLACES: &str = ".moment-time, time[datetime]";

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The date of a post or a comment; where it was changed, that of its making stands in the same words.
pub(super) fn of(within: Element<'_>) -> Option<i64> {
    let place = within.find(PLACES)?;
    let machine = [place.get("datetime"), place.get("data-tippy-content")].into_iter().find_map(moment);
    machine.or_else(|| in_words(place.get("data-tippy-content")))
}

/// Seconds since 1970 UTC.
fn in_words(text: &str) -> Option<i64> {
    let words: Vec<&str> = text.split([' ', ',', '\u{a0}', '\u{202f}', '\n']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let [name, day, year, "at", clock, half, zone, ..] = *words.get(at..)? else { return None };
    let (hour, rest) = clock.split_once(':')?;
    let hour = hour.parse::<u8>().ok().filter(|hour| (1..=12).contains(hour))? % 12 + if half == "PM" { 12 } else { 0 };
    let day: u8 = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let zone = zone.strip_prefix("GMT").or_else(|| zone.strip_prefix("UTC"))?;
    let zone = if zone.is_empty() { "Z" } else { zone };
    moment(&format!("{year}-{:02}-{day:02}T{hour:02}:{rest}{zone}", month(name)?))
}

/// The number of a month by the first letters of its English name.
fn month(word: &str) -> Option<usize> {
    let is_name = word.len() == 3 || word.len() > 4 || word == "June" || word == "July";
    MONTHS.iter().position(|name| is_name && word.get(..3) == Some(name)).map(|place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn dates_in_words() {
        for (text, expected) in [
            ("Sunday, August 23rd, 2026 at 1:55:21 PM GMT+00:00", Some(1_787_493_321)),
            ("Sunday, August 23rd, 2026 at 12:05:00 AM GMT+02:00", Some(1_787_436_300)),
            ("Wednesday, May 1st, 2024 at 12:00:00 PM GMT-05:00", Some(1_714_582_800)),
            ("Sonntag, 23. August 2026 um 13:55:21 GMT+00:00", None),
            ("May I ask", None),
            ("", None),
        ] {
            assert_eq!(in_words(text), expected, "{text}");
        }
    }
}
