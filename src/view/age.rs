//! Ages in short form: `5m`, `3h`, `2d`, `4mo`, `3y`.

/// The age of something posted at `then`, seen at `now`, both in seconds since 1970 UTC; at most 4 columns until 999 years.
pub fn age(then: i64, now: i64) -> String {
    const UNITS: [(i64, &str); 5] = [(31_557_600, "y"), (2_629_800, "mo"), (86_400, "d"), (3_600, "h"), (60, "m")];
    let seconds = now.saturating_sub(then);
    let unit = UNITS.iter().find(|(length, _)| seconds >= *length);
    unit.map_or_else(|| "now".to_owned(), |(length, name)| format!("{}{name}", seconds / length))
}

/// The same behind something that happened: `3h ago`, `just now`.
pub fn ago(then: i64, now: i64) -> String {
    match age(then, now).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::{age, ago};

    #[test]
    fn ages_take_the_largest_whole_unit() {
        let day = 86_400;
        for (seconds, said) in [
            (-5, "now"),
            (59, "now"),
            (60, "1m"),
            (3_599, "59m"),
            (3_600, "1h"),
            (day, "1d"),
            (29 * day, "29d"),
            (31 * day, "1mo"),
            (364 * day, "11mo"),
            (366 * day, "1y"),
        ] {
            assert_eq!(age(1_000, 1_000 + seconds), said);
        }
        assert_eq!([ago(0, 59), ago(0, 60)], ["just now", "1m ago"]);
    }
}
