//! The rows of a thread that the cursor can be on, with the visibility of each comment.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::fold_override::FoldOverrides;
use super::row_set::{RowSet, lowest, ones};
use super::{Row, Selected, Visibility};
use crate::model::Thread;

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

/// The result of a selection and the overrides, computed by passes over the flat tree: what each comment shows by itself,
/// then from the end what is kept for a reply, then what is counted for a marker, then the rows that no fold hides.
///
/// Where folds alone have changed, the last of these is enough; where few have, only for what is inside. Scores follow no
/// pattern that a processor could guess, so the passes go by bits of 64 comments, or without a branch.
#[derive(Clone, Debug, Default)]
pub struct RowList {
    /// One a comment.
    visibilities: Vec<Visibility>,
    /// A bit a comment: whether it is not hidden.
    shown: Vec<u64>,
    /// One a comment, and one more for the top level.
    hidden_under: Vec<u32>,
    /// A bit a comment: whether one is hidden directly under it.
    marked: Vec<u64>,
    /// The overrides by which the rows are made.
    overrides: FoldOverrides,
    /// The number of changes of the selection by which they are made.
    version: u64,
    /// The rows between story and foot: of each comment its own and its marker, by [`number`].
    rows: RowSet,
    counts: Counts,
}

/// The most folds that change one by one.
const FEW: usize = 64;

impl RowList {
    /// The rows of a thread without overrides; the selection must be computed for this thread.
    pub fn automatic(thread: &Thread, selected: &Selected) -> Self {
        let mut rows = Self::default();
        rows.rebuild(thread, selected, &FoldOverrides::none(thread.len()));
        rows
    }

    /// Computes what has changed with selection or overrides, in the memory that is there.
    pub(super) fn update(&mut self, thread: &Thread, selected: &Selected, overrides: &FoldOverrides) {
        if self.version == selected.version() && self.overrides.opens_as(overrides) {
            self.refold(thread, overrides);
        } else {
            self.rebuild(thread, selected, overrides);
        }
    }

    /// Computes everything anew.
    fn rebuild(&mut self, thread: &Thread, selected: &Selected, overrides: &FoldOverrides) {
        self.version = selected.version();
        selected.judge(thread, &mut self.visibilities);
        for (index, opened) in overrides.opened() {
            self.visibilities[index as usize] = Visibility::from(opened);
        }
        self.counts = count(&self.visibilities, thread.words());
        self.shown.clear();
        self.shown.extend(self.visibilities.chunks(64).map(shown_bits));
        self.keep_placeholders(thread.sizes());
        self.count_hidden(thread);
        self.overrides = overrides.clone();
        self.rows.reset(number(thread.len()));
        self.list_rows(thread, 0..number(thread.len()));
        self.rows.count_from(0);
    }

    /// Takes other folds, with the same comments opened.
    fn refold(&mut self, thread: &Thread, overrides: &FoldOverrides) {
        let before = std::mem::replace(&mut self.overrides, overrides.clone());
        let changed: Vec<u32> = overrides.folds_apart(&before).take(FEW + 1).collect();
        let Some(&first) = changed.first() else { return };
        if changed.len() > FEW {
            self.list_rows(thread, 0..number(thread.len()));
        } else {
            // Those above come first, so that what is inside shows where it is to show.
            for &index in &changed {
                if self.rows.contains(number(index)) {
                    self.list_rows(thread, inside(thread, index));
                }
            }
        }
        self.rows.count_from(number(first));
    }

    /// The visibility of the comment at `index`.
    pub fn visibility(&self, index: u32) -> Visibility {
        self.visibilities.get(index as usize).copied().unwrap_or(Visibility::Hidden)
    }

    /// Whether the comment at `index` is folded.
    pub fn is_folded(&self, index: u32) -> bool {
        self.overrides.of(index).folded
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

    /// The number of rows; there are the story and the foot at least.
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.rows.len() + 2 + usize::from(self.has_rest())
    }

    /// The row at a position.
    pub fn get(&self, position: usize) -> Option<Row> {
        let Some(behind_story) = position.checked_sub(1) else { return Some(Row::Story) };
        match behind_story.checked_sub(self.rows.len()) {
            None => self.rows.get(behind_story).map(row),
            Some(0) if self.has_rest() => Some(Row::Rest),
            Some(behind) if behind == usize::from(self.has_rest()) => Some(Row::Foot),
            Some(_) => None,
        }
    }

    /// The position of a row among all rows, or `Err` with the position where it would be.
    pub fn position(&self, row: Row) -> Result<usize, usize> {
        let behind_story = |result: Result<usize, usize>| result.map(|at| at + 1).map_err(|at| at + 1);
        match row {
            Row::Story => Ok(0),
            Row::Comment(index) => behind_story(self.rows.position(number(index))),
            Row::Marker(index) => behind_story(self.rows.position(number(index) + 1)),
            Row::Rest if self.has_rest() => Ok(1 + self.rows.len()),
            Row::Rest => Err(1 + self.rows.len()),
            Row::Foot => Ok(self.len() - 1),
        }
    }

    /// Every row, in order.
    pub fn iter(&self) -> impl Iterator<Item = Row> {
        std::iter::once(Row::Story).chain(self.below(Row::Story))
    }

    /// The rows below a row, in order.
    pub fn below(&self, above: Row) -> impl Iterator<Item = Row> {
        let from = match above {
            Row::Story => 0,
            Row::Comment(index) => number(index) + 1,
            Row::Marker(index) => number(index) + 2,
            Row::Rest | Row::Foot => usize::MAX,
        };
        let end = [Row::Rest, Row::Foot]
            .into_iter()
            .filter(move |row| *row > above && (*row == Row::Foot || self.has_rest()));
        self.rows.from(from).map(row).chain(end)
    }

    /// The rows above a row, the nearest first.
    pub fn above(&self, below: Row) -> impl Iterator<Item = Row> {
        let end = match below {
            Row::Story => 0,
            Row::Comment(index) => number(index),
            Row::Marker(index) => number(index) + 1,
            Row::Rest | Row::Foot => usize::MAX,
        };
        let rest = (below == Row::Foot && self.has_rest()).then_some(Row::Rest);
        let story = (below != Row::Story).then_some(Row::Story);
        rest.into_iter().chain(self.rows.before(end).map(row)).chain(story)
    }

    fn has_rest(&self) -> bool {
        self.hidden_at_root() > 0
    }

    /// Hidden comments above a shown one become placeholders: those before whose end the next shown one stands. From the
    /// end, so that the next one is known.
    fn keep_placeholders(&mut self, sizes: &[u32]) {
        let mut next_shown = usize::MAX;
        let chunks = self.visibilities.chunks_mut(64).zip(sizes.chunks(64));
        for (at, (shown, (visibilities, sizes))) in self.shown.iter_mut().zip(chunks).enumerate().rev() {
            let first = 64 * at;
            let mut kept = 0;
            for bit in ones(!*shown & lowest(sizes.len()), 0) {
                let later = *shown >> bit >> 1;
                let next = if later == 0 { next_shown } else { first + bit + 1 + later.trailing_zeros() as usize };
                kept |= u64::from(next < first + bit + sizes[bit] as usize) << bit;
            }
            if *shown != 0 {
                next_shown = first + shown.trailing_zeros() as usize;
            }
            ones(kept, 0).for_each(|bit| visibilities[bit] = Visibility::Placeholder);
            *shown |= kept;
        }
    }

    /// Counts each hidden subtree onto what is above its root. What is counted onto a hidden comment is never read.
    fn count_hidden(&mut self, thread: &Thread) {
        let (answers, sizes, is_flat) = (thread.answers(), thread.sizes(), thread.is_flat());
        let top = answers.len();
        self.hidden_under.clear();
        self.hidden_under.resize(top + 1, 0);
        self.marked.clear();
        self.marked.resize(top / 64 + 1, 0);
        for (at, (shown, comments)) in self.shown.iter().zip(sizes.chunks(64)).enumerate() {
            for index in ones(!shown & lowest(comments.len()), 64 * at) {
                let parent = if is_flat { top } else { top.min(answers[index] as usize) };
                self.hidden_under[parent] += sizes[index];
                self.marked[parent / 64] |= 1 << (parent % 64);
            }
        }
    }

    /// Lists the rows in a range of numbers, but for those that a fold in it hides.
    fn list_rows(&mut self, thread: &Thread, numbers: Range<usize>) {
        let (shown, marked) = (&self.shown, &self.marked);
        self.rows.set(numbers.clone(), |word| {
            // A word has the two rows of 32 comments.
            let half = |bits: &[u64]| (bits[word / 2] >> (32 * (word % 2))) as u32;
            spread(half(shown)) | spread(half(shown) & half(marked)) << 1
        });
        let (mut from, end) = ((numbers.start / 2) as u32, (numbers.end / 2) as u32);
        while let Some(folded) = self.overrides.next_folded(from..end) {
            from = thread.after(folded);
            self.rows.remove(inside(thread, folded));
        }
    }
}

/// The number of a comment's row; that of its marker is the next.
fn number(comment: u32) -> usize {
    2 * comment as usize
}

/// The row of a number.
fn row(number: usize) -> Row {
    let comment = (number / 2) as u32;
    if number.is_multiple_of(2) { Row::Comment(comment) } else { Row::Marker(comment) }
}

/// The numbers of the rows that a fold of the comment at `index` hides.
fn inside(thread: &Thread, index: u32) -> Range<usize> {
    number(index) + 1..number(thread.after(index))
}

/// Which of up to 64 comments are not hidden.
fn shown_bits(visibilities: &[Visibility]) -> u64 {
    let is_shown = |visibility: &Visibility| u64::from(*visibility != Visibility::Hidden);
    visibilities.iter().rev().fold(0, |bits, visibility| bits << 1 | is_shown(visibility))
}

/// Each bit in the place of twice its number.
fn spread(bits: u32) -> u64 {
    let steps = [(16, 0x0000_ffff_0000_ffff), (8, 0x00ff_00ff_00ff_00ff), (4, 0x0f0f_0f0f_0f0f_0f0f)];
    let steps = steps.into_iter().chain([(2, 0x3333_3333_3333_3333), (1, 0x5555_5555_5555_5555)]);
    steps.fold(u64::from(bits), |bits, (by, kept)| (bits | bits << by) & kept)
}

/// Counts what comments show by themselves. All words of a thread are fewer than its bytes, of which there are no more than
/// 4 GiB.
fn count(visibilities: &[Visibility], words: &[u32]) -> Counts {
    let count = |wanted| visibilities.iter().map(|visibility| u32::from(*visibility == wanted)).sum::<u32>();
    let (full, line) = (count(Visibility::Full), count(Visibility::Line));
    let in_full = |(visibility, words): (&Visibility, &u32)| if *visibility == Visibility::Full { *words } else { 0 };
    let words = visibilities.iter().zip(words).map(in_full).fold(0, u32::wrapping_add);
    Counts { full, line, hidden: visibilities.len() as u32 - full - line, words: u64::from(words) }
}
