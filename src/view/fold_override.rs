//! Fold overrides: folds and unfolds by hand, which outlast threshold changes and reloads.

use std::collections::HashMap;
use std::sync::Arc;

use super::renumbering::Renumbering;
use crate::model::{Comment, Thread};

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

/// The overrides of all comments of a thread. Cheap to copy until one of the copies changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FoldOverrides {
    /// One a comment.
    here: Arc<Vec<FoldOverride>>,
    /// Those on comments that the last state of the thread left out, by id. Loads arrive in pieces, so they may come back.
    absent: Arc<HashMap<String, FoldOverride>>,
}

impl FoldOverrides {
    /// No override for any of so many comments.
    pub(super) fn none(comments: u32) -> Self {
        Self { here: Arc::new(vec![FoldOverride::default(); comments as usize]), absent: Arc::default() }
    }

    /// The override of each comment, in preorder.
    pub(super) fn as_slice(&self) -> &[FoldOverride] {
        &self.here
    }

    /// The override of each comment, in preorder, to be changed.
    pub(super) fn as_mut_slice(&mut self) -> &mut [FoldOverride] {
        Arc::<Vec<_>>::make_mut(&mut self.here)
    }

    /// The override of the comment at `index`.
    pub(super) fn of(&self, index: u32) -> FoldOverride {
        self.here.get(index as usize).copied().unwrap_or_default()
    }

    /// Changes the override of the comment at `index`.
    pub(super) fn set(&mut self, index: u32, change: impl FnOnce(&mut FoldOverride)) {
        if let Some(fold_override) = self.as_mut_slice().get_mut(index as usize) {
            change(fold_override);
        }
    }

    /// Every override with the id of its comment.
    pub(super) fn by_id(&self, thread: &Thread) -> Vec<(String, FoldOverride)> {
        let by_hand = |(_, fold_override): &(Comment<'_>, &FoldOverride)| **fold_override != FoldOverride::default();
        let here = thread.iter().zip(self.here.iter()).filter(by_hand);
        let here = here.map(|(comment, fold_override)| (comment.id().to_owned(), *fold_override));
        here.chain(self.absent.iter().map(|(id, fold_override)| (id.clone(), *fold_override))).collect()
    }

    /// Sets the override of the comment with this id, which is at `place` if it is here.
    pub(super) fn set_by_id(&mut self, id: &str, place: Option<u32>, fold_override: FoldOverride) {
        match place {
            Some(place) => self.set(place, |own| *own = fold_override),
            None => _ = Arc::<HashMap<_, _>>::make_mut(&mut self.absent).insert(id.to_owned(), fold_override),
        }
    }

    /// Removes every override.
    pub(super) fn clear(&mut self) {
        self.as_mut_slice().fill(FoldOverride::default());
        self.absent = Arc::default();
    }

    /// Carries the overrides over to another state of the thread.
    pub(super) fn carry(&mut self, renumbering: &Renumbering<'_>) {
        let mut overrides = vec![FoldOverride::default(); renumbering.len()];
        let mut absent = HashMap::new();
        for (id, fold_override) in self.absent.iter() {
            match renumbering.of_id(id) {
                Some(place) => overrides[place as usize] = *fold_override,
                None => _ = absent.insert(id.clone(), *fold_override),
            }
        }
        let by_hand =
            (0..).zip(self.here.iter()).filter(|(_, fold_override)| **fold_override != FoldOverride::default());
        for (index, fold_override) in by_hand {
            match renumbering.by_index(index) {
                Some((_, Some(place))) => overrides[place as usize] = *fold_override,
                Some((id, None)) => _ = absent.insert(id.to_owned(), *fold_override),
                None => {}
            }
        }
        (self.here, self.absent) = (Arc::new(overrides), Arc::new(absent));
    }
}
