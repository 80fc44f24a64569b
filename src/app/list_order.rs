//! The order of a list's stories: the choice of one.

use super::menu::{Choice, choice};
use super::taking_back::Change;
use super::{App, Key, ListCommand, Message, Motion, Overlay, Scope};
use crate::view::{ListOrder, ListView};

impl App {
    /// Shows the orders of a list, to choose one.
    pub(super) fn ask_list_order(&mut self) {
        let Some(list) = self.page.list() else { return };
        if list.entries().is_empty() {
            self.say("there is no story here");
            return;
        }
        let order = list.order();
        self.overlay = ListOrder::NAMES.iter().position(|(known, _)| *known == order).map(Overlay::ListOrders);
    }

    /// Gives a key to the choice of an order.
    pub(super) fn press_list_orders(&mut self, chosen: usize, key: Key) {
        let lines = self.lines_of(self.keys.command(key, Scope::List));
        match choice(&ListOrder::NAMES.map(|(_, name)| name), chosen, key, lines) {
            Choice::Take(place) => self.choose_list_order(place),
            Choice::Move(place) => self.overlay = Some(Overlay::ListOrders(place)),
        }
    }

    /// Takes the order at a place among all. Who is on the first story is on that of the new order; others stay on their story,
    /// and are told how many stand above the screen.
    pub(super) fn choose_list_order(&mut self, place: usize) {
        let Some((order, _)) = ListOrder::NAMES.get(place) else { return };
        let Some(before) = self.page.list().map(ListView::order) else { return };
        if before == *order {
            self.say(format!("{}, as before", order.words()));
            return;
        }
        let is_at_top = self.page.list().is_some_and(|list| list.chosen() == 0);
        self.may_take_back(Change::Order(before));
        self.put_list_order(*order);
        if let Some(list) = self.page.list_mut().filter(|_| is_at_top) {
            list.view_mut().top();
        }
        self.load_more();
        let back = self.keys.key_for(ListCommand::Undo, "takes that back");
        self.say(Message::from(order.words()).and(self.words_of_those_above()).and(back));
    }

    /// How many stories of the list stand above the screen, and the key that goes to the first one.
    fn words_of_those_above(&self) -> Option<Message> {
        let above = self.page.list().map(ListView::above).filter(|above| *above > 0)?;
        let goes = self.keys.key_with("", Motion::Top, " goes to the first");
        let goes = goes.map(|goes| Message::from(", ").and(goes));
        Some(Message::from(format!("; {above} above")).and(goes))
    }

    /// Puts the list in an order, and says so.
    pub(super) fn put_list_order(&mut self, order: ListOrder) {
        if let Some(list) = self.page.list_mut() {
            list.view_mut().set_order(order);
        }
        self.say(order.words());
    }
}
