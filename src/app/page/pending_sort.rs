//! Sorts under way: of a state that a load has brought, and of the thread that is read.

use std::sync::Arc;

use crate::app::Event;
use crate::model::Thread;
use crate::view::{Order, ThreadView};

/// A state of a thread that a load has brought, while it is put in order. It does not show before.
#[derive(Clone, Debug)]
pub(in crate::app) struct PendingSort {
    /// Its number.
    pub(in crate::app) number: u64,
    /// The request of the load.
    pub(in crate::app) request: u64,
    /// The thread in the site's order.
    pub(in crate::app) thread: Arc<Thread>,
    /// Comments loaded.
    pub(in crate::app) loaded: u32,
    /// Comments that the site says there are.
    pub(in crate::app) stated: Option<u32>,
    /// The load's events since then, which are to be taken afterwards.
    pub(in crate::app) later: Vec<Event>,
}

impl PendingSort {
    /// Keeps an event for later. A further state of the thread takes the place of one that waits too.
    pub(in crate::app) fn keep(&mut self, event: Event) {
        if let (Some(Event::Arrived { .. }), Event::Arrived { .. }) = (self.later.last(), &event) {
            self.later.pop();
        }
        self.later.push(event);
    }
}

/// A sort of the thread that is read, and what is to be done with it.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct PendingOrder {
    /// Its number.
    pub(in crate::app) number: u64,
    /// What the reader wants.
    pub(in crate::app) goal: OrderGoal,
}

/// What a reader wants that may need another order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum OrderGoal {
    /// This order.
    Show(Order),
    /// The order in which the thread was left.
    TakeUp(Order),
    /// To take back the last change.
    Undo,
    /// To make it again.
    Redo,
}

impl OrderGoal {
    /// The order that it needs; `None` where there is nothing to undo or redo.
    pub(in crate::app) fn order(self, view: &ThreadView) -> Option<Order> {
        match self {
            Self::Show(order) | Self::TakeUp(order) => Some(order),
            Self::Undo => view.undo_order(),
            Self::Redo => view.redo_order(),
        }
    }

    /// Does it; `false` where there is nothing to do.
    pub(in crate::app) fn run(self, view: &mut ThreadView) -> bool {
        match self {
            Self::Show(order) => view.set_order(order),
            Self::TakeUp(order) => {
                view.show_order(order);
                true
            }
            Self::Undo => view.undo(),
            Self::Redo => view.redo(),
        }
    }
}
