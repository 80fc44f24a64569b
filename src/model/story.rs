//! The story that a thread is about, and the site's facts on the whole thread.

use super::Text;

/// The meaning of a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScoreKind {
    /// Votes or moderation: Slashdot −1…5, Reddit, Lobsters, Lemmy.
    #[default]
    Points,
    /// Discourse's likes, 0 and up.
    Likes,
    /// lurker's own −1…5 where a site publishes no score, see [`Estimate`](super::Estimate).
    Estimate,
}

impl ScoreKind {
    /// Every kind, with the name that JSON gives it.
    pub const NAMES: [(Self, &'static str); 3] =
        [(Self::Points, "points"), (Self::Likes, "likes"), (Self::Estimate, "estimate")];

    /// The name that JSON gives it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("points", |(_, name)| name)
    }

    /// The word for one of them: `point`, `like`. A story's own score counts points where those of its comments are estimates.
    pub fn unit(self) -> &'static str {
        if self == Self::Likes { "like" } else { "point" }
    }

    /// What a story's own score counts where those of its comments are of this kind: only comments have estimates.
    #[must_use]
    pub fn of_story(self) -> Self {
        if self == Self::Likes { Self::Likes } else { Self::Points }
    }

    /// The kind of this name, or of its former one: estimates were once made of the activity alone.
    pub fn named(name: &str) -> Option<Self> {
        let name = if name == "activity" { "estimate" } else { name };
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// The head of a thread. Every text in it is clean (see `markup::clean`) before it gets here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// The site's short name: `slashdot`, `hn`, …
    pub site: String,
    /// The site's own id of the thread.
    pub id: String,
    /// The address of the thread's page.
    pub url: String,
    /// The title, one line.
    pub title: String,
    /// The author; empty when unknown.
    pub author: String,
    /// The time of posting, in seconds since 1970 UTC.
    pub posted_at: Option<i64>,
    /// The address that the story links to; empty when it links to nothing.
    pub link: String,
    /// The story's own text.
    pub text: Text,
    /// The story's own score.
    pub score: Option<i32>,
    /// The quantity that the comments' scores count.
    pub score_kind: ScoreKind,
    /// Whether the site keeps scores to itself for a while: a comment's score that is missing is then hidden, not unknown.
    pub hides_scores: bool,
    /// The range that the site's scores keep to, both ends included; `None` for an open scale.
    pub score_range: Option<(i32, i32)>,
    /// Slashdot shows a top-level comment in full one point below the full threshold.
    pub top_level_bonus: bool,
    /// The site's own thresholds for an anonymous reader: hide below, full from.
    pub thresholds: (Option<i32>, Option<i32>),
    /// Slashdot's "from the … dept."; else empty.
    pub department: String,
    /// Whether the site takes no more comments.
    pub archived: bool,
    /// The site's word at the foot of the page (Slashdot's fortune); else empty.
    pub fortune: String,
    /// The number of comments, as the site states it.
    pub stated_comments: Option<u32>,
}
