//! What the reader did to a comment by hand; it outlives threshold changes and reloads.

use std::collections::HashMap;

use crate::model::Thread;

/// How the reader opened a comment, against what the thresholds say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opened {
    /// Header and body.
    Full,
    /// One row.
    Line,
}

/// The reader's hand on one comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hand {
    /// How it was opened; `None` leaves it to the thresholds.
    pub opened: Option<Opened>,
    /// Folded: one row for the comment and all its replies.
    pub folded: bool,
}

/// The reader's hands on all comments of a thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {
    /// One a comment.
    pub(super) here: Vec<Hand>,
    /// Those on comments that the last state of the thread left out, by id. Loads arrive in pieces, so they may come back.
    absent: HashMap<String, Hand>,
}

impl Hands {
    /// No hand on any of so many comments.
    pub(super) fn none(comments: u32) -> Self {
        Self { here: vec![Hand::default(); comments as usize], absent: HashMap::new() }
    }

    /// The hand on the comment at `index`.
    pub(super) fn of(&self, index: u32) -> Hand {
        self.here.get(index as usize).copied().unwrap_or_default()
    }

    /// Changes the hand on the comment at `index`.
    pub(super) fn set(&mut self, index: u32, change: impl FnOnce(&mut Hand)) {
        if let Some(hand) = self.here.get_mut(index as usize) {
            change(hand);
        }
    }

    /// Takes every hand off.
    pub(super) fn clear(&mut self) {
        self.here.fill(Hand::default());
        self.absent.clear();
    }

    /// Carries the hands over by id to another state of the thread, in which ids have these places.
    pub(super) fn carry(&mut self, old: &Thread, places: &HashMap<&str, u32>) {
        let mut hands = vec![Hand::default(); places.len()];
        let mut carry = |id: &str, hand: Hand| {
            let place = places.get(id).and_then(|&place| hands.get_mut(place as usize));
            place.map(|place| *place = hand).is_some()
        };
        self.absent.retain(|id, hand| !carry(id, *hand));
        for (comment, hand) in old.iter().zip(&self.here).filter(|(_, hand)| **hand != Hand::default()) {
            if !carry(comment.id(), *hand) {
                self.absent.insert(comment.id().to_owned(), *hand);
            }
        }
        self.here = hands;
    }
}
