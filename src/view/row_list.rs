//! The rows of a thread that the cursor can be on, with the visibility of each comment.

mod patch;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::fold_override::FoldOverrides;
use super::row_set::{RowSet, bits_of, lowest, ones};
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
/// Where few comments are opened or folded, only what is around them is computed. Scores follow no
/// pattern that a processor could guess, so the passes go by bits of 64 comments, or without a branch.
#[derive(Clone, Debug, Default)]
pub struct RowList {
    /// One a comment: what it shows by itself, without what is kept for a reply.
    own: Vec<Visibility>,
    /// A bit a comment: whether it is not hidden.
    shown: Vec<u64>,
    /// One a comment, and one more for the top level; those that are not marked mean nothing.
    hidden_under: Vec<u32>,
    /// A bit for each of those: whether a comment is hidden directly under it. Under a hidden one it means nothing.
    marked: Vec<u64>,
    /// The overrides by which the rows are made.
    overrides: FoldOverrides,
    /// The number of changes of the selection by which they are made.
    version: u64,
    /// The rows between story and foot: of each comment its own and its marker, by [`number`].
    rows: RowSet,
    counts: Counts,
}

impl RowList {
    /// The rows of a thread without overrides; the selection must be computed for this thread.
    pub fn automatic(thread: &Thread, selected: &Selected) -> Self {
        let mut rows = Self::default();
        rows.rebuild(thread, selected, &FoldOverrides::none(thread.len()));
        rows
    }

    /// Computes what has changed with selection or overrides, in the memory that is there.
    pub(super) fn update(&mut self, thread: &Thread, selected: &Selected, overrides: &FoldOverrides) {
        let is_same = self.version == selected.version() && self.overrides.is_of_as_many(overrides);
        if !is_same || !self.patch(thread, selected, overrides) {
            self.rebuild(thread, selected, overrides);
        }
    }

    /// Computes everything anew.
    fn rebuild(&mut self, thread: &Thread, selected: &Selected, overrides: &FoldOverrides) {
        self.version = selected.version();
        selected.judge(thread, &mut self.own);
        for (index, opened) in overrides.opened() {
            self.own[index as usize] = Visibility::from(opened);
        }
        self.count_shown(thread.words());
        self.keep_and_count(thread);
        self.overrides = overrides.clone();
        self.rows.reset(number(thread.len()));
        self.list_rows(thread, 0..number(thread.len()));
        self.rows.count_from(0);
    }

    /// The visibility of the comment at `index`.
    pub fn visibility(&self, index: u32) -> Visibility {
        match self.own.get(index as usize) {
            Some(Visibility::Hidden) if has(&self.shown, index as usize) => Visibility::Placeholder,
            own => own.copied().unwrap_or_default(),
        }
    }

    /// Whether the comment at `index` is folded.
    pub fn is_folded(&self, index: u32) -> bool {
        self.overrides.of(index).folded
    }

    /// The number of comments hidden directly under the shown comment at `index`, their nearest shown ancestor.
    pub fn hidden_under(&self, index: u32) -> u32 {
        if self.is_shown(index) { self.counted_on(index as usize) } else { 0 }
    }

    /// The number of hidden comments without a shown ancestor.
    pub fn hidden_at_root(&self) -> u32 {
        self.counted_on(self.own.len())
    }

    /// Whether a comment below the shown one at `index` is not hidden.
    pub(super) fn has_shown_reply(&self, thread: &Thread, index: u32) -> bool {
        index + 1 + self.hidden_under(index) < thread.after(index)
    }

    /// Whether the comment at `index` is not hidden, folds aside.
    fn is_shown(&self, index: u32) -> bool {
        has(&self.shown, index as usize)
    }

    /// The number of hidden comments that are counted onto a comment that shows, or behind the last one onto the top level.
    fn counted_on(&self, owner: usize) -> u32 {
        if has(&self.marked, owner) { self.hidden_under[owner] } else { 0 }
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

    /// Counts what comments show by themselves. All words of a thread are fewer than its bytes, of which there are no more than
    /// 4 GiB.
    fn count_shown(&mut self, words: &[u32]) {
        let (mut shown, mut full, mut read) = (0, 0, 0_u32);
        self.shown.clear();
        for (own, words) in self.own.chunks(64).zip(words.chunks(64)) {
            let bits = bits_where(own, |visibility| visibility != Visibility::Hidden);
            shown += bits.count_ones();
            full += bits_where(own, |visibility| visibility == Visibility::Full).count_ones();
            let in_full = |(own, words): (&Visibility, &u32)| if *own == Visibility::Full { *words } else { 0 };
            read = own.iter().zip(words).map(in_full).fold(read, u32::wrapping_add);
            self.shown.push(bits);
        }
        let (line, hidden) = (shown - full, self.own.len() as u32 - shown);
        self.counts = Counts { full, line, hidden, words: u64::from(read) };
    }

    /// Keeps hidden comments above a shown one as placeholders, and counts each other hidden subtree onto what is above its
    /// root. From the end, so that the next comment that shows is known.
    fn keep_and_count(&mut self, thread: &Thread) {
        let (sizes, replied) = (thread.sizes(), thread.replied());
        self.hidden_under.resize(sizes.len() + 1, 0);
        self.marked.clear();
        self.marked.resize(sizes.len() / 64 + 1, 0);
        let mut next_shown = usize::MAX;
        for (word, sizes) in sizes.chunks(64).enumerate().rev() {
            let kept = with_placeholders(self.shown[word], replied[word], sizes, next_shown.wrapping_sub(64 * word));
            if kept != 0 {
                next_shown = 64 * word + kept.trailing_zeros() as usize;
            }
            self.shown[word] = kept;
            let before = word.checked_sub(1).map_or(0, |before| replied[before] >> 63);
            self.count_hidden(thread, word, replied[word] << 1 | before);
        }
    }

    /// Counts the hidden ones of 64 comments onto what they answer, of which the first replies stand right behind that. What is
    /// counted onto a hidden comment is never read.
    fn count_hidden(&mut self, thread: &Thread, word: usize, first_replies: u64) {
        let (answers, sizes, is_flat) = (thread.answers(), thread.sizes(), thread.is_flat());
        let hidden = !self.shown[word] & lowest(sizes.len() - 64 * word);
        for index in ones(hidden & first_replies, 64 * word) {
            self.count_on(index - 1, sizes[index]);
        }
        for index in ones(hidden & !first_replies, 64 * word) {
            self.count_on(if is_flat { sizes.len() } else { sizes.len().min(answers[index] as usize) }, sizes[index]);
        }
    }

    /// Counts more hidden comments onto one, or behind the last one onto the top level.
    fn count_on(&mut self, owner: usize, hidden: u32) {
        let (word, bit) = (&mut self.marked[owner / 64], owner % 64);
        let counted = self.hidden_under[owner] * (*word >> bit & 1) as u32;
        self.hidden_under[owner] = counted + hidden;
        *word |= 1 << bit;
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

/// Whether a bit is set.
fn has(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

/// Of which of up to 64 comments something is true.
fn bits_where(own: &[Visibility], is_true: impl Fn(Visibility) -> bool) -> u64 {
    let mut bytes = [0; 64];
    for (byte, visibility) in bytes.iter_mut().zip(own) {
        *byte = u8::from(is_true(*visibility));
    }
    bits_of(&bytes)
}

/// Which of 64 comments show, with those that are kept as placeholders: the hidden ones before whose end the next one shows
/// that shows. Only comments with replies are looked at, and most of those together: behind each stands its first reply.
fn with_placeholders(shown: u64, replied: u64, sizes: &[u32], next_shown: usize) -> u64 {
    let hidden = !shown & replied;
    let mut kept = filled_down(shown | hidden & u64::from(next_shown == 64) << 63, hidden);
    for bit in ones(hidden & !kept, 0) {
        let later = shown >> bit >> 1;
        let next = if later == 0 { next_shown } else { bit + 1 + later.trailing_zeros() as usize };
        kept |= u64::from(next < bit + sizes[bit] as usize) << bit;
    }
    kept
}

/// Bits that are set, and those of `room` that stand below one of them without a gap.
fn filled_down(bits: u64, room: u64) -> u64 {
    let steps = [1, 2, 4, 8, 16, 32];
    let (filled, _) = steps.iter().fold((bits, room), |(bits, room), by| (bits | room & bits >> by, room & room >> by));
    filled
}

/// Each bit in the place of twice its number.
fn spread(bits: u32) -> u64 {
    let steps = [(16, 0x0000_ffff_0000_ffff), (8, 0x00ff_00ff_00ff_00ff), (4, 0x0f0f_0f0f_0f0f_0f0f)];
    let steps = steps.into_iter().chain([(2, 0x3333_3333_3333_3333), (1, 0x5555_5555_5555_5555)]);
    steps.fold(u64::from(bits), |bits, (by, kept)| (bits | bits << by) & kept)
}
