//! Fold overrides: folds and unfolds by hand, which outlast threshold changes and reloads.

mod chunk;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use self::chunk::{COMMENTS, Chunk};
use super::renumbering::Renumbering;
use crate::model::Thread;

/// The reader's way of opening a comment, against the thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opened {
    /// Header and body.
    Full,
    /// One row.
    Line,
}

/// The override of one comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FoldOverride {
    /// The way it was opened; `None` leaves it to the thresholds.
    pub opened: Option<Opened>,
    /// Folded: one row for the comment and all its replies.
    pub folded: bool,
}

/// The overrides of all comments of a thread. A copy shares all chunks, and a change makes a new one of its own chunk, so
/// that the states that undo keeps cost no more than what sets them apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FoldOverrides {
    /// The comments of the thread.
    len: u32,
    /// Those of the comments in preorder; behind the last comment there is none.
    here: Arc<Vec<Arc<Chunk>>>,
    /// Those on comments that the last state of the thread left out, by id. Loads arrive in pieces, so they may come back.
    absent: Arc<HashMap<String, FoldOverride>>,
}

impl FoldOverrides {
    /// No override for any of so many comments.
    pub(super) fn none(comments: u32) -> Self {
        Self { len: comments, here: chunks(comments, FoldOverride::default()), absent: Arc::default() }
    }

    /// The override of the comment at `index`.
    pub(super) fn of(&self, index: u32) -> FoldOverride {
        let (chunk, at) = place(index);
        self.here.get(chunk).map(|chunk| chunk.get(at)).unwrap_or_default()
    }

    /// Changes the override of the comment at `index`.
    pub(super) fn set(&mut self, index: u32, change: impl FnOnce(&mut FoldOverride)) {
        let before = self.of(index);
        let mut after = before;
        change(&mut after);
        let (chunk, at) = place(index);
        if index < self.len && after != before {
            let chunks = Arc::<Vec<_>>::make_mut(&mut self.here);
            Arc::make_mut(&mut chunks[chunk]).set(at, after);
        }
    }

    /// Folds every comment; what was opened stays so.
    pub(super) fn fold_all(&mut self) {
        for chunk in Arc::<Vec<_>>::make_mut(&mut self.here) {
            Arc::make_mut(chunk).fold_all();
        }
        self.clear_behind();
    }

    /// Gives every comment the same override.
    pub(super) fn fill(&mut self, fold_override: FoldOverride) {
        self.here = chunks(self.len, fold_override);
        self.clear_behind();
    }

    /// Removes every override.
    pub(super) fn clear(&mut self) {
        *self = Self::none(self.len);
    }

    /// Takes away what a change of all chunks has set behind the last comment.
    fn clear_behind(&mut self) {
        let end = self.here.len() * COMMENTS;
        if let Some(last) = Arc::<Vec<_>>::make_mut(&mut self.here).last_mut() {
            let last = Arc::make_mut(last);
            (self.len as usize..end).for_each(|index| last.set(index % COMMENTS, FoldOverride::default()));
        }
    }

    /// Every override with the index of its comment, in preorder.
    fn by_hand(&self) -> impl Iterator<Item = (u32, FoldOverride)> {
        let starts = (0..).step_by(COMMENTS);
        let by_hand =
            starts.zip(self.here.iter()).flat_map(|(start, chunk)| chunk.by_hand().map(move |at| (start + at) as u32));
        by_hand.map(|index| (index, self.of(index)))
    }

    /// Whether every comment has an override, and there is a comment.
    pub(super) fn is_everywhere(&self) -> bool {
        self.len > 0 && self.here.iter().map(|chunk| chunk.count()).sum::<u32>() == self.len
    }

    /// The comments that are opened in some way, in preorder.
    pub(super) fn opened(&self) -> impl Iterator<Item = (u32, Opened)> {
        let starts = (0..).step_by(COMMENTS);
        let opened = starts
            .zip(self.here.iter())
            .flat_map(|(start, chunk)| chunk.opened().map(move |at| ((start + at) as u32, chunk.get(at).opened)));
        opened.filter_map(|(index, opened)| Some((index, opened?)))
    }

    /// The first folded comment of a range.
    pub(super) fn next_folded(&self, comments: Range<u32>) -> Option<u32> {
        let (first, from) = place(comments.start);
        let starts = (0..comments.end).step_by(COMMENTS).skip(first);
        let mut froms = std::iter::once(from).chain(std::iter::repeat(0));
        let mut chunks = starts.zip(self.here.iter().skip(first));
        let found = chunks.find_map(|(start, chunk)| Some(start + chunk.next_folded(froms.next()?)? as u32));
        found.filter(|&folded| folded < comments.end)
    }

    /// The comments that are opened in other ways in another set of overrides of as many, whatever is folded; in preorder.
    pub(super) fn opened_apart<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        self.pairs(other).flat_map(|(start, own, other)| own.opened_apart(other).map(move |at| (start + at) as u32))
    }

    /// The comments that are folded in one of two sets of overrides alone, in preorder.
    pub(super) fn folds_apart<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        self.pairs(other).flat_map(|(start, own, other)| own.folds_apart(other).map(move |at| (start + at) as u32))
    }

    /// Whether both are of as many comments.
    pub(super) fn is_of_as_many(&self, other: &Self) -> bool {
        self.len == other.len
    }

    /// The chunks that are not shared with another set of overrides of the same comments, with the index of their first
    /// comment.
    fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (usize, &'a Chunk, &'a Chunk)> {
        let pairs = (0..).step_by(COMMENTS).zip(self.here.iter().zip(other.here.iter()));
        let apart = pairs.filter(|(_, (own, other))| !Arc::ptr_eq(own, other));
        apart.map(|(start, (own, other))| (start, &**own, &**other))
    }

    /// Every override with the id of its comment.
    pub(super) fn by_id(&self, thread: &Thread) -> Vec<(String, FoldOverride)> {
        let here = self
            .by_hand()
            .filter_map(|(index, fold_override)| Some((thread.get(index)?.id().to_owned(), fold_override)));
        here.chain(self.absent.iter().map(|(id, fold_override)| (id.clone(), *fold_override))).collect()
    }

    /// Sets the override of the comment with this id, which is at `place` if it is here.
    pub(super) fn set_by_id(&mut self, id: &str, place: Option<u32>, fold_override: FoldOverride) {
        match place {
            Some(place) => self.set(place, |own| *own = fold_override),
            None => _ = Arc::<HashMap<_, _>>::make_mut(&mut self.absent).insert(id.to_owned(), fold_override),
        }
    }

    /// Carries the overrides over to another state of the thread.
    pub(super) fn carry(&mut self, renumbering: &Renumbering<'_>) {
        let mut carried = Self::none(renumbering.len() as u32);
        let mut absent = HashMap::new();
        let absent_before =
            self.absent.iter().map(|(id, fold_override)| (id.as_str(), renumbering.of_id(id), *fold_override));
        let here = self.by_hand().filter_map(|(index, fold_override)| {
            let (id, place) = renumbering.by_index(index)?;
            Some((id, place, fold_override))
        });
        for (id, place, fold_override) in absent_before.chain(here) {
            match place {
                Some(place) => carried.set(place, |own| *own = fold_override),
                None => _ = absent.insert(id.to_owned(), fold_override),
            }
        }
        carried.absent = Arc::new(absent);
        *self = carried;
    }
}

/// The chunks of so many comments with the same override, which are one.
fn chunks(comments: u32, fold_override: FoldOverride) -> Arc<Vec<Arc<Chunk>>> {
    let chunk = Arc::new(Chunk::of(fold_override));
    Arc::new(vec![chunk; (comments as usize).div_ceil(COMMENTS)])
}

/// The chunk of a comment, and its place there.
fn place(index: u32) -> (usize, usize) {
    (index as usize / COMMENTS, index as usize % COMMENTS)
}
