//! What the reader did to a comment by hand; it outlives threshold changes and reloads.

/// How the reader opened a comment, against what the thresholds say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opened {
    /// Header and body.
    Full,
    /// One row.
    Line,
}

/// The reader's hand on one comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hand {
    /// How it was opened; `None` leaves it to the thresholds.
    pub opened: Option<Opened>,
    /// Folded: one row for the comment and all its replies.
    pub folded: bool,
}
