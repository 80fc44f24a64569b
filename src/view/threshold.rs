//! The two thresholds: a score → hidden, one line or full; and the steps by which they move.

/// The amount of a comment that the thresholds show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Header and body.
    Full,
    /// One row.
    Line,
    /// Nothing, or a placeholder where a reply is shown.
    Hidden,
}

impl Mode {
    /// The name that JSON gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Line => "line",
            Self::Hidden => "hidden",
        }
    }
}

/// Hide below `hide`, show in full from `full`; `hide ≤ full` whenever both are set. `None` sets no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    hide: Option<i32>,
    full: Option<i32>,
}

impl Thresholds {
    /// The two thresholds; `full` is pushed up to `hide` where they cross.
    pub fn new(hide: Option<i32>, full: Option<i32>) -> Self {
        Self { hide, full: full.map(|full| full.max(hide.unwrap_or(full))) }
    }

    /// Comments with a score below this are hidden.
    pub fn hide(self) -> Option<i32> {
        self.hide
    }

    /// Comments with a score from this on are shown in full.
    pub fn full(self) -> Option<i32> {
        self.full
    }

    /// The mode of a comment. An unknown score is below no threshold. `bonus` lowers the full threshold by one
    /// (Slashdot's rule for the top level, `determineMode` of its client).
    pub fn mode(self, score: Option<i32>, bonus: bool) -> Mode {
        mode_between(self.bounds(bonus), score)
    }

    /// The modes of many comments, one after the other.
    pub(super) fn modes(self) -> impl Fn(Option<i32>, bool) -> Mode {
        let bounds = [self.bounds(false), self.bounds(true)];
        move |score, bonus| mode_between(bounds[usize::from(bonus)], score)
    }

    /// The lowest score that is not hidden, and the lowest that is in full; the second is never below the first.
    fn bounds(self, bonus: bool) -> (i32, i32) {
        let hide = self.hide.unwrap_or(i32::MIN);
        let full = self.full.map_or(i32::MIN, |full| full.saturating_sub(i32::from(bonus)));
        (hide, full.max(hide))
    }

    /// Moves the hiding threshold one step, and takes the other along where they would cross.
    #[must_use]
    pub fn step_hide(self, scale: Scale, up: bool) -> Self {
        Self::new(scale.step(self.hide, up), self.full)
    }

    /// Moves the full threshold one step; it stops at the hiding one.
    #[must_use]
    pub fn step_full(self, scale: Scale, up: bool) -> Self {
        let full = scale.step(self.full.max(self.hide), up);
        Self { full: if full < self.hide { self.hide } else { full }, ..self }
    }
}

/// Without branches: scores follow no pattern that a processor could guess.
fn mode_between((hide, full): (i32, i32), score: Option<i32>) -> Mode {
    let score = score.unwrap_or(i32::MAX);
    [Mode::Hidden, Mode::Line, Mode::Full][usize::from(score >= hide) + usize::from(score >= full)]
}

/// The values that a threshold steps through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A site's own range, every whole number from `low` to one above `high`.
    Bounded {
        /// The lowest score.
        low: i32,
        /// The highest score.
        high: i32,
    },
    /// …, −10, −5, −2, −1, 0, 1, 2, 5, 10, …, as far as the thread's scores reach; below that, no bound.
    Open {
        /// The lowest score of the thread.
        low: i32,
        /// The highest score of the thread.
        high: i32,
    },
}

impl Scale {
    /// The scale for a site's range, or for scores between the two given ends.
    pub fn new(range: Option<(i32, i32)>, scores: impl Iterator<Item = i32>) -> Self {
        if let Some((low, high)) = range {
            return Self::Bounded { low, high };
        }
        let ends = scores.fold(None, |ends: Option<(i32, i32)>, score| {
            Some(ends.map_or((score, score), |(low, high)| (low.min(score), high.max(score))))
        });
        let (low, high) = ends.unwrap_or((0, 0));
        Self::Open { low, high }
    }

    /// The nearest value that makes a difference: on a site's own range, one of it or one above.
    pub fn nearest(self, value: i32) -> i32 {
        match self {
            Self::Bounded { low, high } => value.clamp(low, high.saturating_add(1)),
            Self::Open { .. } => value,
        }
    }

    /// The lowest value of a site's own range; nothing on an open scale.
    pub fn lowest(self) -> Option<i32> {
        match self {
            Self::Bounded { low, .. } => Some(low),
            Self::Open { .. } => None,
        }
    }

    /// The next value up or down. A value past an end of the scale counts as that end.
    pub fn step(self, from: Option<i32>, up: bool) -> Option<i32> {
        match self {
            Self::Bounded { low, high } => {
                let above = high.saturating_add(1);
                let from = from.map_or(low, |from| from.clamp(low, above));
                Some(if up { from.saturating_add(1).min(above) } else { from.saturating_sub(1).max(low) })
            }
            Self::Open { low, high } if up => {
                let from = from.map_or(low, |from| from.max(low)).min(high);
                Some(ladder().find(|&value| value > from).unwrap_or(high.saturating_add(1)))
            }
            Self::Open { low, .. } => {
                ladder().rev().find(|&value| value < from.unwrap_or(low)).filter(|&value| value > low)
            }
        }
    }
}

/// 1, 2 and 5 times every power of ten that fits, on both sides of 0, ascending.
fn ladder() -> impl DoubleEndedIterator<Item = i32> {
    let magnitudes = (0..9).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i32.pow(power)));
    magnitudes.clone().rev().map(|value| -value).chain(std::iter::once(0)).chain(magnitudes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashdot_modes_follow_its_client() {
        let served = Thresholds::new(Some(1), Some(4));
        for (score, bonus, mode) in [
            (0, false, Mode::Hidden),
            (1, false, Mode::Line),
            (3, false, Mode::Line),
            (3, true, Mode::Full),
            (4, false, Mode::Full),
            (-1, true, Mode::Hidden),
        ] {
            assert_eq!(served.mode(Some(score), bonus), mode, "{score} {bonus}");
        }
        assert_eq!(served.mode(None, false), Mode::Full);
        assert_eq!(Thresholds::default().mode(Some(-1000), false), Mode::Full);
    }

    #[test]
    fn thresholds_never_cross() {
        let scale = Scale::Bounded { low: -1, high: 5 };
        let mut thresholds = Thresholds::new(Some(1), Some(2));
        for _ in 0..9 {
            thresholds = thresholds.step_hide(scale, true);
        }
        assert_eq!((thresholds.hide(), thresholds.full()), (Some(6), Some(6)));
        for _ in 0..9 {
            thresholds = thresholds.step_hide(scale, false);
        }
        assert_eq!((thresholds.hide(), thresholds.full()), (Some(-1), Some(6)));
        let stuck = Thresholds::new(Some(2), Some(2)).step_full(scale, false);
        assert_eq!((stuck.hide(), stuck.full()), (Some(2), Some(2)));
    }

    #[test]
    fn open_scales_climb_the_ladder() {
        let scale = Scale::Open { low: -7, high: 130 };
        let mut at = None;
        let mut climbed = Vec::new();
        for _ in 0..14 {
            at = scale.step(at, true);
            climbed.push(at);
        }
        let ladder = [-5, -2, -1, 0, 1, 2, 5, 10, 20, 50, 100, 200, 200, 200];
        assert_eq!(climbed, ladder.map(Some));
        assert_eq!(scale.step(Some(7), false), Some(5));
        assert_eq!(scale.step(Some(-5), false), None);
        assert_eq!(scale.step(None, false), None);
    }
}
