//! The order of a thread's comments: the choice of one, and undo and redo, which may lead to another.

use std::sync::Arc;

use super::menu::{Choice, choice};
use super::page::{OrderGoal, PendingOrder};
use super::{App, Effect, Key, Message, Overlay, Scope, ThreadCommand};
use crate::view::{Order, OrderedThread};

impl App {
    /// Shows the orders, to choose one.
    pub(super) fn ask_order(&mut self) {
        let Some(thread) = self.page.steer_thread() else { return };
        let order = thread.view().order();
        self.overlay = Order::NAMES.iter().position(|(known, _)| *known == order).map(Overlay::Orders);
    }

    /// Gives a key to the choice of an order.
    pub(super) fn press_orders(&mut self, chosen: usize, key: Key) {
        let lines = self.lines_of(self.keys.command(key, Scope::Thread));
        match choice(&Order::NAMES.map(|(_, name)| name), chosen, key, lines) {
            Choice::Take(place) => self.choose_order(place),
            Choice::Move(place) => self.overlay = Some(Overlay::Orders(place)),
        }
    }

    /// Takes the order at a place among all.
    pub(super) fn choose_order(&mut self, place: usize) {
        if let Some((order, _)) = Order::NAMES.get(place) {
            self.reach(OrderGoal::Show(*order));
        }
    }

    /// Does what the reader wants, at once if no sort is needed for it.
    pub(super) fn reach(&mut self, goal: OrderGoal) {
        let number = self.requests + 1;
        let thread = match goal {
            OrderGoal::TakeUp(_) => self.page.thread_mut(),
            OrderGoal::Show(_) | OrderGoal::Undo | OrderGoal::Redo => self.page.steer_thread(),
        };
        let Some(thread) = thread else { return };
        *thread.order_mut() = None;
        match goal.order(thread.view()) {
            Some(order) if !thread.view().has_order(order) => {
                *thread.order_mut() = Some(PendingOrder { number, goal });
                let thread = Arc::clone(thread.view().site_thread());
                self.requests = number;
                self.effects.push(Effect::Sort { number, thread, order, shown: None });
            }
            _ => self.reach_now(goal),
        }
    }

    /// Takes the order that was sorted for the reader; sorts again where a newer state of the thread came meanwhile.
    pub(super) fn take_order(&mut self, number: u64, ordered: OrderedThread) {
        let Some(thread) = self.page.thread_mut() else { return };
        let Some(PendingOrder { goal, .. }) = thread.order_mut().take_if(|pending| pending.number == number) else {
            return;
        };
        let order = ordered.order();
        if !thread.view_mut().add_order(ordered) {
            self.reach(goal);
        } else if goal.order(thread.view()) == Some(order) {
            self.reach_now(goal);
        }
    }

    fn reach_now(&mut self, goal: OrderGoal) {
        let Some(thread) = self.page.thread_mut() else { return };
        let before = thread.view().order();
        let has_changed = goal.run(thread.view_mut());
        let order = thread.view().order();
        let is_searching = thread.is_searching();
        self.message = match goal {
            OrderGoal::Show(_) if has_changed => {
                Some(Message::from(order.words()).and(self.keys.key_for(ThreadCommand::Undo, "takes that back")))
            }
            OrderGoal::Show(_) => Some(format!("{}, as before", order.words()).into()),
            OrderGoal::TakeUp(_) => None,
            OrderGoal::Undo => (!has_changed).then(|| "nothing to undo".into()),
            OrderGoal::Redo => (!has_changed).then(|| "nothing to redo".into()),
        };
        // What a search has yet to find would be told by places in the order before.
        if order != before && is_searching {
            self.search_again();
        }
    }
}
