//! Times to wait, in words.

use std::time::Duration;

/// Units with their seconds, the largest first.
const UNITS: [(u64, &str); 4] = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];

/// A time to wait in the unit that says most in few digits, never less than it is: `a second`, `90 seconds`, `5 minutes`,
/// `3 days`.
///
/// ```
/// # use std::time::Duration;
/// assert_eq!(lurker::model::wait_words(Duration::from_secs(91)), "91 seconds");
/// assert_eq!(lurker::model::wait_words(Duration::from_secs(259_200)), "3 days");
/// ```
pub fn wait_words(wait: Duration) -> String {
    let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1);
    // Up to two of a unit, the smaller one says more.
    let fits = |&&(unit, _): &&(u64, &str)| seconds == unit || seconds >= 2 * unit;
    let (unit, name) = UNITS.iter().find(fits).unwrap_or(&UNITS[3]);
    match seconds.div_ceil(*unit) {
        1 if *name == "hour" => "an hour".to_owned(),
        1 => format!("a {name}"),
        count => format!("{count} {name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_the_unit_that_fits_and_never_too_short() {
        for (millis, words) in [
            (0, "a second"),
            (900, "a second"),
            (1100, "2 seconds"),
            (60_000, "a minute"),
            (61_000, "61 seconds"),
            (119_001, "2 minutes"),
            (121_000, "3 minutes"),
            (3_600_000, "an hour"),
            (3_601_000, "61 minutes"),
            (7_200_000, "2 hours"),
            (7_200_001, "3 hours"),
            (86_400_000, "a day"),
            (172_800_001, "3 days"),
            (2_592_000_000, "30 days"),
        ] {
            assert_eq!(wait_words(Duration::from_millis(millis)), words, "{millis} ms");
        }
        assert_eq!(wait_words(Duration::MAX), "213503982334602 days");
    }
}
