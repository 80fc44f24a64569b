//! Comments that were read, to their end or as their line: on this visit of the thread, and on earlier ones.

use std::collections::HashSet;
use std::sync::Arc;

use super::renumbering::Renumbering;
use crate::model::Thread;

/// The comments that were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadComments {
    /// One a comment: whether it has on this visit.
    here: Vec<bool>,
    /// One a comment: whether it has on an earlier visit.
    earlier: Vec<bool>,
    /// The ids of those of earlier visits; comments that are not here yet may be among them.
    ids: Arc<HashSet<String>>,
}

impl ReadComments {
    /// None of so many.
    pub(super) fn none(comments: u32) -> Self {
        let none = vec![false; comments as usize];
        Self { here: none.clone(), earlier: none, ids: Arc::default() }
    }

    /// Counts those of this visit to the earlier ones.
    pub(super) fn turn_earlier(&mut self) {
        for (here, earlier) in self.here.iter_mut().zip(&mut self.earlier) {
            *earlier |= std::mem::take(here);
        }
    }

    /// Takes those with these ids for the ones of earlier visits.
    pub(super) fn take_earlier(&mut self, thread: &Thread, ids: HashSet<String>) {
        self.earlier = thread.iter().map(|comment| ids.contains(comment.id())).collect();
        self.ids = Arc::new(ids);
    }

    /// Carries them over to another state of the thread.
    pub(super) fn carry(&mut self, renumbering: &Renumbering<'_>) {
        self.here = renumbering.carry(&self.here, false, |_| false);
        self.earlier = renumbering.carry(&self.earlier, false, |comment| self.ids.contains(comment.id()));
    }

    /// Takes in the comment at `index`; whether it is the first time that it stands on the screen.
    pub(super) fn add(&mut self, index: u32) -> bool {
        let is_first = !self.contains(index);
        if let Some(is_read) = self.here.get_mut(index as usize) {
            *is_read = true;
        }
        is_first
    }

    /// Whether the comment at `index` has, on whatever visit.
    pub(super) fn contains(&self, index: u32) -> bool {
        self.here.get(index as usize) == Some(&true) || self.is_earlier(index)
    }

    /// Whether the comment at `index` has on an earlier visit.
    pub(super) fn is_earlier(&self, index: u32) -> bool {
        self.earlier.get(index as usize) == Some(&true)
    }
}
