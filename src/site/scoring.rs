//! The scores of a site: their kind and scale, and the thresholds that the site itself sets.

use crate::model::ScoreKind;

/// The facts about a site's scores that are the same for each of its threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scoring {
    /// The quantity that the comments' scores count.
    pub kind: ScoreKind,
    /// The range that they keep to, both ends included; `None` for an open scale.
    pub range: Option<(i32, i32)>,
    /// Whether a top-level comment is shown in full one point below the full threshold.
    pub top_level_bonus: bool,
    /// The site's own thresholds for an anonymous reader: hide below, full from.
    pub thresholds: (Option<i32>, Option<i32>),
}

impl Scoring {
    /// Votes on an open scale, without thresholds.
    pub const VOTES: Self =
        Self { kind: ScoreKind::Points, range: None, top_level_bonus: false, thresholds: (None, None) };
}
