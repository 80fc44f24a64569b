//! Fold overrides: folds and unfolds by hand, which outlast threshold changes and reloads.

use std::collections::HashMap;

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

/// The overrides of all comments of a thread.
#[derive(Clone, Debug, Default)]
pub(super) struct FoldOverrides {
    /// One a comment.
    pub(super) here: Vec<FoldOverride>,
    /// Those on comments that the last state of the thread left out, by id. Loads arrive in pieces, so they may come back.
    absent: HashMap<String, FoldOverride>,
}

impl FoldOverrides {
    /// No override for any of so many comments.
    pub(super) fn none(comments: u32) -> Self {
        Self { here: vec![FoldOverride::default(); comments as usize], absent: HashMap::new() }
    }

    /// The override of the comment at `index`.
    pub(super) fn of(&self, index: u32) -> FoldOverride {
        self.here.get(index as usize).copied().unwrap_or_default()
    }

    /// Changes the override of the comment at `index`.
    pub(super) fn set(&mut self, index: u32, change: impl FnOnce(&mut FoldOverride)) {
        if let Some(fold_override) = self.here.get_mut(index as usize) {
            change(fold_override);
        }
    }

    /// Removes every override.
    pub(super) fn clear(&mut self) {
        self.here.fill(FoldOverride::default());
        self.absent.clear();
    }

    /// Carries the overrides over by id to another state of the thread, in which ids have these indices.
    pub(super) fn carry(&mut self, old: &Thread, places: &HashMap<&str, u32>) {
        let mut overrides = vec![FoldOverride::default(); places.len()];
        let mut carry = |id: &str, fold_override: FoldOverride| {
            let place = places.get(id).and_then(|&place| overrides.get_mut(place as usize));
            place.map(|place| *place = fold_override).is_some()
        };
        self.absent.retain(|id, fold_override| !carry(id, *fold_override));
        for (comment, fold_override) in
            old.iter().zip(&self.here).filter(|(_, fold_override)| **fold_override != FoldOverride::default())
        {
            if !carry(comment.id(), *fold_override) {
                self.absent.insert(comment.id().to_owned(), *fold_override);
            }
        }
        self.here = overrides;
    }
}
