//! Undo and redo: the states of folds, thresholds, filter, order and place before each change of them.

use std::collections::VecDeque;
use std::sync::Arc;

use super::fold_override::FoldOverrides;
use super::place::AnchoredPlace;
use super::read_comments::ReadComments;
use super::renumbering::Renumbering;
use super::{Order, Query, ThreadView, Thresholds};
use crate::model::Thread;

/// The most changes that can be undone.
const MOST: usize = 100;

/// All that an undo brings back.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// The thread whose comments it goes by.
    thread: Arc<Thread>,
    order: Order,
    overrides: FoldOverrides,
    aside: Option<FoldOverrides>,
    thresholds: Thresholds,
    filter: Option<Query>,
    /// The comments that had been read when the filter was set, where it asks for them.
    read: Option<Arc<ReadComments>>,
    is_where_filter_led: bool,
    shown_from_end: u32,
    stand: AnchoredPlace,
    home: AnchoredPlace,
    /// The places jumped from, and how many of them lie behind.
    jumps: (Vec<AnchoredPlace>, usize),
}

impl Checkpoint {
    /// Whether both show the same, wherever the reader is.
    fn shows_as(&self, other: &Self) -> bool {
        let filter = |checkpoint: &Self| checkpoint.filter.as_ref().map(|query| query.text().to_owned());
        self.order == other.order
            && self.overrides == other.overrides
            && self.aside == other.aside
            && self.thresholds == other.thresholds
            && filter(self) == filter(other)
            && self.read == other.read
    }

    /// The thresholds as they were set.
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// Carries it over to another thread, if it is of another.
    fn bring_to(&mut self, thread: &Arc<Thread>) {
        if !Arc::ptr_eq(&self.thread, thread) {
            let old = Arc::clone(&self.thread);
            self.carry(&Renumbering::new(&old, thread), thread);
        }
    }

    fn carry(&mut self, renumbering: &Renumbering<'_>, thread: &Arc<Thread>) {
        self.thread = Arc::clone(thread);
        self.overrides.carry(renumbering);
        if let Some(aside) = &mut self.aside {
            aside.carry(renumbering);
        }
        if let Some(read) = &mut self.read {
            Arc::make_mut(read).carry(renumbering);
        }
        for anchored in self.jumps.0.iter_mut().chain([&mut self.stand, &mut self.home]) {
            anchored.place.row = renumbering.near(anchored.place.row);
        }
    }
}

/// The states before each change, and those before each undo.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    past: VecDeque<Checkpoint>,
    /// The number of changes that were made, those that were taken back aside.
    step: usize,
    future: Vec<Checkpoint>,
}

impl History {
    /// Carries every state over to another thread.
    pub(super) fn carry(&mut self, renumbering: &Renumbering<'_>, thread: &Arc<Thread>) {
        self.past.iter_mut().chain(&mut self.future).for_each(|checkpoint| checkpoint.carry(renumbering, thread));
    }

    fn push(&mut self, checkpoint: Checkpoint) {
        if self.past.len() == MOST {
            self.past.pop_front();
        }
        self.past.push_back(checkpoint);
        self.step += 1;
    }
}

impl ThreadView {
    /// Makes a change of folds, thresholds or filter that [`ThreadView::undo`] takes back, as one step.
    pub fn change<R>(&mut self, change: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.checkpoint();
        let result = change(self);
        self.record(before);
        result
    }

    /// The present state, for [`ThreadView::record`] and [`ThreadView::restore`].
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            thread: Arc::clone(&self.thread),
            order: self.order(),
            overrides: self.overrides.clone(),
            aside: self.aside.clone(),
            thresholds: self.thresholds(),
            filter: self.filter().cloned(),
            read: self.selected.read().cloned(),
            is_where_filter_led: self.is_where_filter_led,
            shown_from_end: self.shown_from_end,
            stand: self.anchored(self.stand),
            home: self.anchored(self.home),
            jumps: (self.jumps.clone(), self.jump),
        }
    }

    /// Makes all that has changed since a checkpoint one step of the history; `false` where nothing has.
    pub fn record(&mut self, mut before: Checkpoint) -> bool {
        before.bring_to(&self.thread);
        let has_changed = !before.shows_as(&self.checkpoint());
        if has_changed {
            self.history.push(before);
            self.history.future.clear();
            if self.absent_home.is_none() && self.home.place.row == self.place.row {
                self.stay_where_moved();
            }
        }
        has_changed
    }

    /// Goes back to a checkpoint; its order must have been made for this state of the thread, else the present one stays.
    pub fn restore(&mut self, mut checkpoint: Checkpoint) {
        if checkpoint.order != self.order() {
            self.show_order(checkpoint.order);
        }
        checkpoint.bring_to(&self.thread);
        let Checkpoint {
            overrides,
            aside,
            thresholds,
            filter,
            read,
            is_where_filter_led,
            shown_from_end,
            stand,
            home,
            jumps,
            ..
        } = checkpoint;
        (self.overrides, self.aside) = (overrides, aside);
        self.selected.set_thresholds(&self.thread, thresholds);
        if filter.as_ref().map(Query::text) != self.filter().map(Query::text) || read.as_ref() != self.selected.read() {
            self.selected.set_filter(&self.thread, filter, read);
        }
        self.rows.update(&self.thread, &self.selected, &self.overrides);
        self.shown_from_end = shown_from_end;
        self.shown_from_end = self.shown_from_end();
        self.is_where_filter_led = is_where_filter_led;
        (self.stand, self.home) = (stand, home);
        (self.jumps, self.jump) = jumps;
        self.absent_home = None;
        if self.is_shown(self.stand.place.row) {
            self.find_place();
        } else {
            self.settle();
        }
    }

    /// The number of changes that were made, those that were taken back aside: after a change and its undo it is as before.
    pub fn step(&self) -> usize {
        self.history.step
    }

    /// The order to which [`ThreadView::undo`] leads; it must have been made for this state of the thread.
    pub fn undo_order(&self) -> Option<Order> {
        self.history.past.back().map(|before| before.order)
    }

    /// The order to which [`ThreadView::redo`] leads, as with [`ThreadView::undo_order`].
    pub fn redo_order(&self) -> Option<Order> {
        self.history.future.last().map(|after| after.order)
    }

    /// Takes back the last change, place included; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.history.past.pop_back() else { return false };
        self.history.step -= 1;
        let here = self.checkpoint();
        self.history.future.push(here);
        self.restore(before);
        true
    }

    /// Makes the change again that was taken back last; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.history.future.pop() else { return false };
        let here = self.checkpoint();
        self.history.push(here);
        self.restore(after);
        true
    }
}
