//! Renumbering: the index of each comment of a thread in another state of it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::Row;
use crate::model::{Comment, Thread};

/// The comments of the new state, from where the last one was found on, among which the next is looked for first.
const NEAR: u32 = 8;

/// The index of each comment of a thread in another state of it, found by id.
#[derive(Clone, Debug)]
pub(super) struct Renumbering<'t> {
    old: &'t Thread,
    new: &'t Thread,
    /// Of each old index the new one, or `GONE`.
    to: Arc<Vec<u32>>,
    /// The index of each id in the new state, once one was looked for that is not near.
    places: OnceCell<HashMap<&'t str, u32>>,
}

/// The new index of each comment of a state of a thread, found beside the screen, where it may take its time.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    old: Arc<Thread>,
    new: Arc<Thread>,
    to: Arc<Vec<u32>>,
}

impl Comparison {
    pub(super) fn new(old: &Arc<Thread>, new: &Arc<Thread>) -> Self {
        Self { old: Arc::clone(old), new: Arc::clone(new), to: Renumbering::new(old, new).to }
    }

    /// Whether it is of these states.
    pub(super) fn is_of(&self, old: &Arc<Thread>, new: &Arc<Thread>) -> bool {
        Arc::ptr_eq(&self.old, old) && Arc::ptr_eq(&self.new, new)
    }
}

/// Stands for "not in the new state".
const GONE: u32 = u32::MAX;

impl<'t> Renumbering<'t> {
    /// The two states have most comments in the same order, as a rule: a few are new, or gone.
    pub(super) fn new(old: &'t Thread, new: &'t Thread) -> Self {
        let mut own = Self { old, new, to: Arc::default(), places: OnceCell::new() };
        let mut to = Vec::with_capacity(old.len() as usize);
        let mut next = 0;
        for id in old.iter().map(Comment::id) {
            let mut near = (next..new.len()).take(NEAR as usize);
            let near = near.find(|&index| new.get(index).is_some_and(|comment| comment.id() == id));
            let place = near.or_else(|| own.of_id(id));
            next = place.map_or(next, |place| place + 1);
            to.push(place.unwrap_or(GONE));
        }
        own.to = Arc::new(to);
        own
    }

    /// The same from a comparison of these states that was made before.
    pub(super) fn known(comparison: &'t Comparison) -> Self {
        let Comparison { old, new, to } = comparison;
        Self { old, new, to: Arc::clone(to), places: OnceCell::new() }
    }

    /// The old state.
    pub(super) fn old(&self) -> &'t Thread {
        self.old
    }

    /// The new state.
    pub(super) fn newer(&self) -> &'t Thread {
        self.new
    }

    /// The comments of the new state that are not in the old one, in preorder.
    pub(super) fn added(&self) -> impl Iterator<Item = Comment<'t>> {
        let mut was_there = vec![false; self.len()];
        for &place in self.to.iter().filter(|&&place| place != GONE) {
            was_there[place as usize] = true;
        }
        self.new.iter().zip(was_there).filter(|(_, was_there)| !was_there).map(|(comment, _)| comment)
    }

    /// The comments of the old state that are not in the new one, in preorder.
    pub(super) fn gone(&self) -> impl Iterator<Item = Comment<'t>> {
        self.old.iter().zip(self.to.iter()).filter(|(_, to)| **to == GONE).map(|(comment, _)| comment)
    }

    /// Facts of the comments of the new state from those of the old one, in preorder; `added` gives that of a comment that
    /// was not in the old one.
    pub(super) fn carry<T: Clone>(&self, facts: &[T], none: T, added: impl Fn(Comment<'t>) -> T) -> Vec<T> {
        let mut carried = vec![none; self.len()];
        for (fact, &place) in facts.iter().zip(self.to.iter()).filter(|(_, place)| **place != GONE) {
            carried[place as usize] = fact.clone();
        }
        for comment in self.added() {
            carried[comment.index() as usize] = added(comment);
        }
        carried
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
        let places = || self.new.iter().map(|comment| (comment.id(), comment.index())).collect();
        self.places.get_or_init(places).get(id).copied()
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
