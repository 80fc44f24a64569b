//! The rows of a thread: the visibility of each comment, and the flat list of rows that the cursor can be on.

use super::cutoff::Rank;
use super::{FoldOverride, Mode, Opened, Row, Selected};
use crate::model::{Thread, TreeEntry};

/// The visibility of a comment, folds aside; what shows more is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Visibility {
    /// Not there; counted by a marker.
    #[default]
    Hidden,
    /// Hidden, but kept as a dim row because a reply is shown.
    Placeholder,
    /// One row.
    Line,
    /// Header and body.
    Full,
}

/// The visibilities of the modes, in the order of those.
const VISIBILITIES: [Visibility; 3] = [Visibility::Full, Visibility::Line, Visibility::Hidden];

impl Visibility {
    /// The mode that shows as much.
    pub fn mode(self) -> Mode {
        match self {
            Self::Full => Mode::Full,
            Self::Line => Mode::Line,
            Self::Placeholder | Self::Hidden => Mode::Hidden,
        }
    }
}

/// The number of comments of each visibility; a placeholder counts as hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In full.
    pub full: u32,
    /// On one line.
    pub line: u32,
    /// Hidden.
    pub hidden: u32,
    /// Words of those in full.
    pub words: u64,
}

/// The result of a selection and the overrides, computed in three passes over the flat tree.
///
/// The passes have no branch that depends on a score: with a branch, 100 000 comments take two and a half times as long.
#[derive(Clone, Debug, Default)]
pub struct RowList {
    /// One a comment, and one more that stands for what is above the top level.
    visibilities: Vec<Visibility>,
    folded: Vec<bool>,
    /// One a comment, and one more for the top level.
    hidden_under: Vec<u32>,
    /// The rows, and behind them memory for as many as there could be.
    rows: Vec<Row>,
    row_count: usize,
    counts: Counts,
}

impl RowList {
    /// The rows of a thread without overrides; the selection must be computed for this thread.
    pub fn automatic(thread: &Thread, selected: &Selected) -> Self {
        let mut rows = Self::default();
        rows.rebuild(thread, selected, &vec![FoldOverride::default(); thread.len() as usize]);
        rows
    }

    /// Computes everything anew, in the memory that is there. `overrides` has one entry a comment.
    pub(super) fn rebuild(&mut self, thread: &Thread, selected: &Selected, overrides: &[FoldOverride]) {
        self.set_visibilities(thread, selected, overrides);
        self.keep_placeholders(thread);
        self.counts = count(self.visibilities.get(..overrides.len()).unwrap_or_default(), thread.words());
        self.list_rows(thread);
    }

    /// The visibility of the comment at `index`.
    pub fn visibility(&self, index: u32) -> Visibility {
        self.visibilities.get(index as usize).copied().unwrap_or(Visibility::Hidden)
    }

    /// Whether the comment at `index` is folded.
    pub fn is_folded(&self, index: u32) -> bool {
        self.folded.get(index as usize).copied().unwrap_or(false)
    }

    /// The number of comments hidden directly under the shown comment at `index`, their nearest shown ancestor.
    pub fn hidden_under(&self, index: u32) -> u32 {
        let shown = self.visibility(index) != Visibility::Hidden;
        self.hidden_under.get(index as usize).filter(|_| shown).copied().unwrap_or(0)
    }

    /// The number of hidden comments without a shown ancestor.
    pub fn hidden_at_root(&self) -> u32 {
        self.hidden_under.last().copied().unwrap_or(0)
    }

    /// The number of comments of each visibility.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Every row, in order.
    pub fn as_slice(&self) -> &[Row] {
        self.rows.get(..self.row_count).unwrap_or_default()
    }

    /// The position of a row among all rows, or `Err` with the position where it would be.
    pub fn position(&self, row: Row) -> Result<usize, usize> {
        self.as_slice().binary_search(&row)
    }

    fn set_visibilities(&mut self, thread: &Thread, selected: &Selected, overrides: &[FoldOverride]) {
        let bonus = thread.story().top_level_bonus;
        let cutoffs = selected.cutoffs();
        let by_score = |(index, (score, entry)): (u32, (Option<i32>, TreeEntry))| {
            cutoffs.mode(Rank::of(score, index), bonus && entry.answers_story)
        };
        let tree_entries = thread.tree_entries();
        self.visibilities.clear();
        match (selected.matches(), selected.changed_scores()) {
            (Some(matches), _) => {
                let modes = matches.iter().map(|&met| [Mode::Hidden, Mode::Full][usize::from(met)]);
                self.visibilities.extend(modes.zip(overrides).map(visibility));
            }
            (None, Some(scores)) => {
                let entries = (0..).zip(scores.iter().copied().zip(tree_entries));
                self.visibilities.extend(entries.map(by_score).zip(overrides).map(visibility));
            }
            (None, None) => {
                let entries = (0..).zip(tree_entries.map(|entry| (entry.score, entry)));
                self.visibilities.extend(entries.map(by_score).zip(overrides).map(visibility));
            }
        }
        let hides = selected.hides();
        for ((visibility, &is_hidden), fold_override) in self.visibilities.iter_mut().zip(hides).zip(overrides) {
            if is_hidden && fold_override.opened.is_none() {
                *visibility = Visibility::Hidden;
            }
        }
        self.visibilities.push(Visibility::Hidden);
        self.folded.clear();
        self.folded.extend(overrides.iter().map(|fold_override| fold_override.folded));
    }

    /// Hidden comments above a shown one become placeholders, and each hidden subtree is counted onto what is above its
    /// root: one pass from the end, so that replies come before what they answer.
    fn keep_placeholders(&mut self, thread: &Thread) {
        let top = thread.len();
        self.hidden_under.clear();
        self.hidden_under.resize(top as usize + 1, 0);
        for (index, entry) in thread.tree_entries().enumerate().rev() {
            let parent = entry.parent.unwrap_or(top) as usize;
            let shown = self.visibilities[index] != Visibility::Hidden;
            let (at_least, hidden) =
                if shown { (Visibility::Placeholder, 0) } else { (Visibility::Hidden, entry.size) };
            self.visibilities[parent] = self.visibilities[parent].max(at_least);
            // If the parent turns out to be hidden itself, its count is never read.
            self.hidden_under[parent] += hidden;
        }
    }

    fn list_rows(&mut self, thread: &Thread) {
        let comments = thread.len();
        self.rows.resize(2 * comments as usize + 3, Row::Foot);
        self.rows[0] = Row::Story;
        let (mut rows, mut index) = (1, 0);
        while index < comments {
            let at = index as usize;
            let shown = self.visibilities[at] != Visibility::Hidden;
            self.rows[rows] = Row::Comment(index);
            rows += usize::from(shown);
            if self.folded[at] {
                index = thread.after(index);
                continue;
            }
            self.rows[rows] = Row::Marker(index);
            rows += usize::from(shown) * usize::from(self.hidden_under[at] > 0);
            index += 1;
        }
        self.rows[rows] = Row::Rest;
        rows += usize::from(self.hidden_at_root() > 0);
        self.rows[rows] = Row::Foot;
        self.row_count = rows + 1;
    }
}

/// The visibility of a comment by itself: by its override, else by its mode.
fn visibility((mode, fold_override): (Mode, &FoldOverride)) -> Visibility {
    match fold_override.opened {
        Some(Opened::Full) => Visibility::Full,
        Some(Opened::Line) => Visibility::Line,
        None => VISIBILITIES[mode as usize],
    }
}

fn count(visibilities: &[Visibility], words: &[u32]) -> Counts {
    let count = |wanted| visibilities.iter().filter(|visibility| **visibility == wanted).count() as u32;
    let (full, line) = (count(Visibility::Full), count(Visibility::Line));
    let in_full =
        |(visibility, words): (&Visibility, &u32)| u64::from(*words) * u64::from(*visibility == Visibility::Full);
    let words = visibilities.iter().zip(words).map(in_full).sum();
    Counts { full, line, hidden: visibilities.len() as u32 - full - line, words }
}
