//! The two thresholds as the reader set them, and the modes that they give to comments.

use super::Bound;

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

/// Hide what is outside `hide`, show in full what is within `full`. `None` sets no bound.
///
/// Each is kept as it was set. Where they cross, what is hidden stays hidden: the cutoffs of a thread (see
/// [`Cutoffs`](super::Cutoffs)) push the full one up, and it comes back as the hiding one goes down again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// Comments outside this bound are hidden.
    pub hide: Option<Bound>,
    /// Comments within this bound are shown in full.
    pub full: Option<Bound>,
}

impl Thresholds {
    /// Two scores: comments below `hide` are hidden, comments from `full` on are shown in full.
    pub fn new(hide: Option<i32>, full: Option<i32>) -> Self {
        Self { hide: hide.map(Bound::Score), full: full.map(Bound::Score) }
    }

    /// These, and where one is not set the other's.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { hide: self.hide.or(other.hide), full: self.full.or(other.full) }
    }
}
