//! Options of `lurker store clear`.

use crate::store::Clear;

/// What is to be cleared.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct ClearArgs {
    /// Clear only what is older: 30d, 2w, 12h.
    #[arg(long, value_name = "TIME", value_parser = stretch)]
    older_than: Option<i64>,
    /// Clear threads that are saved, too.
    #[arg(long)]
    threads: bool,
    /// Clear visits, what was read and where you were, and what you typed.
    #[arg(long)]
    history: bool,
    /// Clear everything: bookmarks, and whom you follow, mute or have given a tag, too.
    #[arg(long)]
    all: bool,
}

impl ClearArgs {
    /// What the store is to clear.
    pub(in crate::shell) fn what(self, now: i64) -> Clear {
        let Self { older_than, threads, history, all } = self;
        Clear {
            threads: threads || all || !history,
            saved: threads || all,
            history: history || all,
            bookmarks_and_authors: all,
            before: older_than.map(|seconds| now - seconds),
        }
    }
}

/// Reads a stretch of time: `30d`, `2w`, `12h`; in seconds.
///
/// # Errors
/// A text that is none.
fn stretch(text: &str) -> Result<i64, String> {
    let wrong = || format!("{text:?} is no stretch of time like 30d, 2w or 12h");
    let parts = text.strip_suffix(char::is_alphabetic).zip(text.chars().next_back());
    let (number, unit) = parts.ok_or_else(wrong)?;
    let unit = match unit {
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        'w' => 604_800,
        'y' => 31_557_600,
        _ => return Err(wrong()),
    };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    i64::from(number).checked_mul(unit).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::stretch;

    #[test]
    fn stretches_of_time_are_read() {
        for (text, seconds) in [("30d", 2_592_000), ("2w", 1_209_600), ("12h", 43_200), ("0m", 0), ("1y", 31_557_600)] {
            assert_eq!(stretch(text), Ok(seconds), "{text}");
        }
        for wrong in ["", "d", "30", "-1d", "1.5d", "3 d", "30dd", "é", "99999999999d"] {
            assert!(stretch(wrong).is_err_and(|says| says.contains("30d")), "{wrong}");
        }
    }
}
