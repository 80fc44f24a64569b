//! Changes of order: another arrangement of the same comments; place, folds and matches stay with theirs.

use std::sync::Arc;

use super::{Order, OrderedThread, ThreadView};
use crate::model::Thread;

/// The present state of a thread in the orders that were made of it so far, the site's among them.
#[derive(Clone, Debug)]
pub(super) struct Orders {
    site: Arc<Thread>,
    made: Vec<OrderedThread>,
    shown: Order,
}

impl Orders {
    pub(super) fn new(thread: OrderedThread) -> Self {
        let (site, shown) = (Arc::clone(thread.site()), thread.order());
        let mut made = vec![OrderedThread::from(&site)];
        made.extend((shown != Order::Site).then_some(thread));
        Self { site, made, shown }
    }

    fn find(&self, order: Order) -> Option<&OrderedThread> {
        self.made.iter().find(|made| made.order() == order)
    }
}

impl ThreadView {
    /// The order in which the comments stand.
    pub fn order(&self) -> Order {
        self.orders.shown
    }

    /// The thread in the order in which the comments stand.
    pub fn ordered_thread(&self) -> OrderedThread {
        self.orders.find(self.order()).cloned().unwrap_or_else(|| OrderedThread::from(&self.orders.site))
    }

    /// The thread in the site's order, from which the others are made.
    pub fn site_thread(&self) -> &Arc<Thread> {
        &self.orders.site
    }

    /// Whether the order was made for the present state of the thread, so that nothing need be sorted.
    pub fn has_order(&self, order: Order) -> bool {
        self.orders.find(order).is_some()
    }

    /// Takes an order that was made of the present state of the thread; `false` where it is of another state.
    pub fn add_order(&mut self, thread: OrderedThread) -> bool {
        let is_present = Arc::ptr_eq(thread.site(), &self.orders.site);
        if is_present && !self.has_order(thread.order()) {
            self.orders.made.push(thread);
        }
        is_present
    }

    /// Shows the comments in an order that was made before, as a step that [`ThreadView::undo`] takes back; `false` where
    /// it was not made, or is in force.
    pub fn set_order(&mut self, order: Order) -> bool {
        if order == self.order() || !self.has_order(order) {
            return false;
        }
        let before = self.checkpoint();
        self.show_order(order);
        self.record(before);
        true
    }

    /// Shows the comments in an order that was made before.
    pub fn show_order(&mut self, order: Order) {
        if let Some(made) = self.orders.find(order) {
            let thread = Arc::clone(made.thread());
            self.orders.shown = order;
            self.rearrange(thread);
        }
    }
}
