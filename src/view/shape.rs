//! The shape of the screen's content: how each comment looks, and the flat list of rows that can be stood on.

use super::{Hand, Mode, Opened, Thresholds};
use crate::model::Thread;

/// How a comment looks, folds aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// Header and body.
    Full,
    /// One row.
    Line,
    /// Hidden, but kept as a dim row because a reply is shown.
    Placeholder,
    /// Not there; counted by a marker.
    Hidden,
}

/// A row that the reader can stand on. Rows are ordered as they stand on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// How many comments look which way; a placeholder counts as hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In full.
    pub full: u32,
    /// On one line.
    pub line: u32,
    /// Hidden.
    pub hidden: u32,
}

/// Everything that thresholds and hands decide, worked out in a few passes over the flat tree.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    looks: Vec<Look>,
    folded: Vec<bool>,
    hidden_under: Vec<u32>,
    hidden_at_root: u32,
    rows: Vec<Row>,
    counts: Counts,
}

impl Shape {
    /// The shape of a thread. `hands` has one entry a comment.
    pub(super) fn new(thread: &Thread, thresholds: Thresholds, hands: &[Hand]) -> Self {
        let mut looks = wanted(thread, thresholds, hands);
        keep_placeholders(thread, &mut looks);
        let counts = count(&looks);
        let (hidden_under, hidden_at_root) = count_hidden(thread, &looks);
        let folded = hands.iter().map(|hand| hand.folded).collect();
        let mut shape = Self { looks, folded, hidden_under, hidden_at_root, rows: Vec::new(), counts };
        shape.rows = shape.list_rows(thread);
        shape
    }

    /// The shape of a thread that no hand has touched.
    pub fn automatic(thread: &Thread, thresholds: Thresholds) -> Self {
        Self::new(thread, thresholds, &vec![Hand::default(); thread.len() as usize])
    }

    /// How the comment at `index` looks.
    pub fn look(&self, index: u32) -> Look {
        self.looks.get(index as usize).copied().unwrap_or(Look::Hidden)
    }

    /// Whether the comment at `index` is folded.
    pub fn is_folded(&self, index: u32) -> bool {
        self.folded.get(index as usize).copied().unwrap_or(false)
    }

    /// How many comments are hidden directly under the shown comment at `index`: those whose nearest shown ancestor it is.
    pub fn hidden_under(&self, index: u32) -> u32 {
        self.hidden_under.get(index as usize).copied().unwrap_or(0)
    }

    /// How many hidden comments have no shown ancestor.
    pub fn hidden_at_root(&self) -> u32 {
        self.hidden_at_root
    }

    /// How many comments look which way.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Every row, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Where a row stands in `rows`, or `Err` with where it would stand.
    pub fn position(&self, row: Row) -> Result<usize, usize> {
        self.rows.binary_search_by_key(&row.rank(), |row| row.rank())
    }

    fn list_rows(&self, thread: &Thread) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.looks.len() + 2);
        rows.push(Row::Story);
        let mut index = 0;
        while index < thread.len() {
            if self.look(index) == Look::Hidden {
                index = thread.after(index);
                continue;
            }
            rows.push(Row::Comment(index));
            if self.is_folded(index) {
                index = thread.after(index);
                continue;
            }
            if self.hidden_under(index) > 0 {
                rows.push(Row::Marker(index));
            }
            index += 1;
        }
        if self.hidden_at_root > 0 {
            rows.push(Row::Rest);
        }
        rows.push(Row::Foot);
        rows
    }
}

fn wanted(thread: &Thread, thresholds: Thresholds, hands: &[Hand]) -> Vec<Look> {
    let bonus = thread.story().top_level_bonus;
    let look = |index: u32, hand: &Hand| match hand.opened {
        Some(Opened::Full) => Look::Full,
        Some(Opened::Line) => Look::Line,
        None => match thresholds.mode(thread.score(index), bonus && thread.parent(index).is_none()) {
            Mode::Full => Look::Full,
            Mode::Line => Look::Line,
            Mode::Hidden => Look::Hidden,
        },
    };
    (0..thread.len()).zip(hands).map(|(index, hand)| look(index, hand)).collect()
}

/// Hidden comments above a shown one become placeholders: one pass from the end, so replies come before what they answer.
fn keep_placeholders(thread: &Thread, looks: &mut [Look]) {
    for index in (0..thread.len()).rev() {
        if looks[index as usize] != Look::Hidden
            && let Some(parent) = thread.parent(index)
            && looks[parent as usize] == Look::Hidden
        {
            looks[parent as usize] = Look::Placeholder;
        }
    }
}

fn count(looks: &[Look]) -> Counts {
    let mut counts = Counts::default();
    for look in looks {
        match look {
            Look::Full => counts.full += 1,
            Look::Line => counts.line += 1,
            Look::Placeholder | Look::Hidden => counts.hidden += 1,
        }
    }
    counts
}

/// Counts each hidden subtree onto the nearest shown ancestor of its root.
fn count_hidden(thread: &Thread, looks: &[Look]) -> (Vec<u32>, u32) {
    let mut under = vec![0; looks.len()];
    let mut at_root = 0;
    let mut index = 0;
    while index < thread.len() {
        if looks[index as usize] != Look::Hidden {
            index += 1;
            continue;
        }
        let after = thread.after(index);
        // All of a hidden subtree is hidden, and the parent of its root is shown: else it would have been skipped.
        match thread.parent(index) {
            Some(parent) => under[parent as usize] += after - index,
            None => at_root += after - index,
        }
        index = after;
    }
    (under, at_root)
}
