//! Bounds: what a threshold is set to. A score, a share of the best comments, or the time that they take to read.

use std::fmt;

/// The bound of a threshold, as it was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Comments from this score on.
    Score(i32),
    /// The best comments, so many hundredths of a percent of the scored ones, 0 to 10 000; ties with the last are in.
    Share(u16),
    /// The best comments that can be read within so many seconds.
    Time(u32),
}

impl Bound {
    /// The best comments, so many percent of the scored ones; 100 at most.
    pub const fn percent(percent: u8) -> Self {
        let percent = if percent > 100 { 100 } else { percent };
        Self::Share(percent as u16 * 100)
    }

    /// Reads a bound: `3`, `-1`, `20%`, `2.5%`, `10m`, `90s`, `1h`.
    ///
    /// # Errors
    /// A text that is none of these; the error says what it may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let bound = match text.strip_suffix('%') {
            Some(percent) => share(percent.trim_end()).map(Self::Share),
            None => text.parse().ok().map(Self::Score).or_else(|| seconds(text).map(Self::Time)),
        };
        bound.ok_or_else(|| format!("{text:?} is no score (3), share (20%) or time (10m)"))
    }
}

/// Hundredths of a percent.
fn share(percent: &str) -> Option<u16> {
    let (whole, part) = percent.split_once('.').unwrap_or((percent, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = match part.len() {
        1 => part.parse::<u16>().ok()? * 10,
        2 => part.parse().ok()?,
        _ => return None,
    };
    let share = whole.parse::<u16>().ok().filter(|_| digits(whole))?.checked_mul(100)?.checked_add(part)?;
    (share <= 10_000).then_some(share)
}

fn seconds(text: &str) -> Option<u32> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return None,
    };
    number.trim_end().parse::<u32>().ok()?.checked_mul(unit)
}

impl fmt::Display for Bound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Score(score) => write!(formatter, "{score}"),
            Self::Share(share) if share % 100 == 0 => write!(formatter, "{}%", share / 100),
            Self::Share(share) => write!(formatter, "{}.{:02}%", share / 100, share % 100),
            Self::Time(seconds) if seconds > 0 && seconds % 3600 == 0 => write!(formatter, "{}h", seconds / 3600),
            Self::Time(seconds) if seconds % 60 == 0 => write!(formatter, "{}m", seconds / 60),
            Self::Time(seconds) => write!(formatter, "{seconds}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bound;

    #[test]
    fn bounds_are_read_and_written() {
        for (text, bound) in [
            ("3", Bound::Score(3)),
            ("-9999", Bound::Score(-9999)),
            ("20%", Bound::percent(20)),
            ("2.50%", Bound::Share(250)),
            ("0%", Bound::Share(0)),
            ("100%", Bound::percent(100)),
            ("10m", Bound::Time(600)),
            ("90s", Bound::Time(90)),
            ("2h", Bound::Time(7200)),
            ("0m", Bound::Time(0)),
        ] {
            assert_eq!(Bound::parse(text), Ok(bound), "{text}");
            assert_eq!(bound.to_string(), text);
        }
        for (text, bound) in [
            (" 20 % ", Bound::percent(20)),
            ("2.5%", Bound::Share(250)),
            ("60m", Bound::Time(3600)),
            ("+4", Bound::Score(4)),
        ] {
            assert_eq!(Bound::parse(text), Ok(bound), "{text}");
        }
        for wrong in
            ["", "%", "101%", "-1%", "2.555%", ".5%", "m", "-1m", "3x", "1h30m", "9999999999", "99999999h", "té"]
        {
            let says = Bound::parse(wrong).expect_err(wrong);
            assert_eq!(says, format!("{wrong:?} is no score (3), share (20%) or time (10m)"));
        }
    }
}
