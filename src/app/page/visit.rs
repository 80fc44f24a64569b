//! The visit of the thread on a page, from when it shows to when it is left.

use super::{OrderGoal, Page, PageContent};
use crate::app::Visited;
use crate::view::Order;

/// A visit of the thread on a page.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct PageVisit {
    /// Its number.
    pub(in crate::app) number: u64,
    /// Whether folds, thresholds, order and place are to be taken up once they are told.
    pub(in crate::app) takes_up: bool,
    /// The wait at whose end the visit is noted, if anything was read since it was noted last.
    pub(in crate::app) wait: Option<u64>,
}

impl Page {
    /// The order in which the thread was left, while it is sorted so.
    fn order_to_take_up(&self) -> Option<Order> {
        let PageContent::Thread(thread) = self.content() else { return None };
        match thread.order()?.goal {
            OrderGoal::TakeUp(order) => Some(order),
            OrderGoal::Show(_) | OrderGoal::Undo | OrderGoal::Redo => None,
        }
    }

    /// Whether the thread is left for the first time before all of it has come: what was there then is not known, and nothing
    /// of it is to be new the next time.
    pub(in crate::app) fn is_left_partial(&self) -> bool {
        let PageContent::Thread(thread) = self.content() else { return false };
        thread.is_partial() && !thread.view().was_seen_before()
    }

    /// The number of the visit, and its present state.
    pub(in crate::app) fn visited(&self) -> Option<(u64, Box<Visited>)> {
        let (visit, view) = (self.visit?, self.thread()?);
        let is_read = (0..view.thread().len()).map(|index| view.is_read(index)).collect();
        let (thread, mut state) = (view.ordered_thread(), view.reading_state());
        // Left before it was sorted as it was left.
        state.order = self.order_to_take_up().unwrap_or(state.order);
        Some((visit.number, Box::new(Visited { thread, is_read, state, is_taken_up: !visit.takes_up })))
    }
}
