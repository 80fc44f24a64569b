//! Cutoffs: where the thresholds fall among the comments of one thread.

use super::Mode;

/// A place in the ranking of a thread's comments, better is greater. Comments rank by score, and among equals by their
/// place in the thread: an earlier one is read first.
///
/// Score and place are packed into one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(i64);

impl Rank {
    /// Below every comment.
    pub(super) const LAST: Self = Self(i64::MIN);
    /// Above every comment that has a score.
    pub(super) const FIRST: Self = Self(i64::MAX);

    /// The rank of the comment at `index`. One without a score is above all that have one: no threshold hides it.
    pub(super) fn of(score: Option<i32>, index: u32) -> Self {
        score.map_or(Self::FIRST, |score| Self((i64::from(score) << 32) | i64::from(u32::MAX - index)))
    }

    /// The lowest rank that a comment of this score may have.
    pub(super) fn lowest_of(score: i32) -> Self {
        Self::of(Some(score), u32::MAX)
    }

    /// The score of it.
    pub(super) fn score(self) -> i32 {
        (self.0 >> 32) as i32
    }

    /// The place in the thread.
    pub(super) fn index(self) -> u32 {
        u32::MAX - self.0.cast_unsigned() as u32
    }

    /// The lowest rank of one point less.
    fn minus_one_point(self) -> Self {
        Self(self.0.saturating_sub(1 << 32))
    }
}

/// The lowest ranks that are not hidden, and that are shown in full; the second is never below the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cutoffs {
    hide: Rank,
    /// Without and with the bonus that a site gives to its top level.
    full: [Rank; 2],
}

impl Cutoffs {
    /// Two cutoffs; the one for full comments is pushed up to the other where they cross. The bonus is a point less for
    /// full comments (Slashdot's rule for the top level, `determineMode` of its client), where that bound is a score.
    pub(super) fn new(hide: Rank, full: Rank, has_bonus: bool) -> Self {
        let with_bonus = if has_bonus { full.minus_one_point() } else { full };
        Self { hide, full: [full.max(hide), with_bonus.max(hide)] }
    }

    /// The mode of a comment of this rank.
    pub(super) fn mode(self, rank: Rank, bonus: bool) -> Mode {
        let full = self.full[usize::from(bonus)];
        [Mode::Hidden, Mode::Line, Mode::Full][usize::from(rank >= self.hide) + usize::from(rank >= full)]
    }

    /// The lowest ranks that are not hidden, that are in full, and that are in full with the bonus.
    pub(super) fn ranks(self) -> [Rank; 3] {
        [self.hide, self.full[0], self.full[1]]
    }

    /// The score below which all are hidden; `None` where none is.
    pub fn hide(self) -> Option<i32> {
        score(self.hide)
    }

    /// The score from which a step of the hiding threshold begins.
    pub(super) fn hide_step_from(self, up: bool) -> Option<i32> {
        step_from(self.hide, up)
    }

    /// The score from which a step of the full threshold begins.
    pub(super) fn full_step_from(self, up: bool) -> Option<i32> {
        step_from(self.full[0], up)
    }

    /// Whether comments that are not hidden are all in full.
    pub(super) fn is_full_at_hide(self) -> bool {
        self.full[0] == self.hide
    }

    /// The score below which none is in full, bonus aside; `None` where all are.
    pub fn full(self) -> Option<i32> {
        score(self.full[0])
    }
}

impl Default for Cutoffs {
    fn default() -> Self {
        Self::new(Rank::LAST, Rank::LAST, false)
    }
}

/// The score from which a step of a cutoff begins. One that leaves out a part of a score's comments is between that score
/// and the one above.
fn step_from(rank: Rank, up: bool) -> Option<i32> {
    let score = score(rank)?;
    let is_partial = rank != Rank::lowest_of(score);
    Some(if is_partial && !up { score.saturating_add(1) } else { score })
}

fn score(rank: Rank) -> Option<i32> {
    (rank != Rank::LAST).then_some(rank.score())
}
