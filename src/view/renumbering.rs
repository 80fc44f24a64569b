//! Renumbering: the index of each comment of a thread in another state of it.

use std::collections::HashMap;

use super::Row;
use crate::model::Thread;

/// The index of each comment of a thread in another state of it, found by id.
#[derive(Clone, Debug)]
pub(super) struct Renumbering<'t> {
    old: &'t Thread,
    new: &'t Thread,
    /// Of each old index the new one, or `GONE`.
    to: Vec<u32>,
    /// The index of each id in the new state.
    places: HashMap<&'t str, u32>,
}

/// Stands for "not in the new state".
const GONE: u32 = u32::MAX;

impl<'t> Renumbering<'t> {
    pub(super) fn new(old: &'t Thread, new: &'t Thread) -> Self {
        let places: HashMap<&str, u32> = new.iter().map(|comment| (comment.id(), comment.index())).collect();
        let to = old.iter().map(|comment| places.get(comment.id()).copied().unwrap_or(GONE)).collect();
        Self { old, new, to, places }
    }

    /// The number of comments in the new state.
    pub(super) fn len(&self) -> usize {
        self.new.len() as usize
    }

    /// The new index of the comment at an old index; `None` where it is gone.
    pub(super) fn of(&self, index: u32) -> Option<u32> {
        self.to.get(index as usize).copied().filter(|&place| place != GONE)
    }

    /// The id of the comment at an old index, and its new index where it is not gone.
    pub(super) fn by_index(&self, index: u32) -> Option<(&'t str, Option<u32>)> {
        Some((self.old.get(index)?.id(), self.of(index)))
    }

    /// The new index of the comment with this id.
    pub(super) fn of_id(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The row in the new state; where it is missing, its parent, else the row after, else the row before.
    pub(super) fn near(&self, row: Row) -> Row {
        let Some(index) = row.comment() else { return row };
        if let Some(place) = self.of(index) {
            return row.with_comment(place);
        }
        let mut near = self.old.lineage(index).chain(index + 1..self.old.len()).chain((0..index).rev());
        near.find_map(|index| self.of(index)).map_or(Row::Story, Row::Comment)
    }
}
