//! Rows: what the cursor can be on, from the story to the end of the discussion.

use std::cmp::Ordering;

/// A row that the cursor can be on. Rows are ordered from the top of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Row {
    /// The story's header, above all comments.
    Story,
    /// The comment at this index.
    Comment(u32),
    /// The count of hidden comments whose nearest shown ancestor is the comment at this index.
    Marker(u32),
    /// The count of hidden comments without a shown ancestor, below all comments.
    Rest,
    /// The end of the discussion.
    Foot,
}

impl Row {
    /// The comment that the row is, or belongs to.
    pub fn comment(self) -> Option<u32> {
        match self {
            Self::Comment(index) | Self::Marker(index) => Some(index),
            Self::Story | Self::Rest | Self::Foot => None,
        }
    }

    /// The same kind of row for another comment, if it belongs to one.
    pub(super) fn with_comment(self, index: u32) -> Self {
        match self {
            Self::Comment(_) => Self::Comment(index),
            Self::Marker(_) => Self::Marker(index),
            row => row,
        }
    }

    /// Its place in the order of the screen.
    fn rank(self) -> u64 {
        match self {
            Self::Story => 0,
            Self::Comment(index) => 1 + 2 * u64::from(index),
            Self::Marker(index) => 2 + 2 * u64::from(index),
            Self::Rest => u64::MAX - 1,
            Self::Foot => u64::MAX,
        }
    }
}

impl Ord for Row {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Row {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
