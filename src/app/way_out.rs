//! The ways from a page that could not be loaded to what is stored: lines of that page, to be chosen and opened.

use super::own_lists::is_own;
use super::{App, Command, HISTORY, ListCommand, Motion, SAVED, Scope, ThreadCommand};
use crate::model::Cause;

/// A line of an error's page that leads to a list of what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// The target of the list.
    pub target: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The stories that it lists.
    pub lists: &'static str,
}

/// All of them.
const WAYS: [WayOut; 2] = [
    WayOut { target: SAVED, name: "Saved", lists: "what you saved or bookmarked" },
    WayOut { target: HISTORY, name: "History", lists: "what you read" },
];

impl App {
    /// The lists to which the page leads because no site can be asked for what it would show.
    pub(super) fn ways_out(&self) -> &'static [WayOut] {
        let error = self.page.error().filter(|_| !self.page.has_content() && !is_own(self.page.source()));
        let is_out_of_reach = error.is_some_and(|error| error.cause == Cause::NotStored || error.is_of_network());
        if is_out_of_reach && self.options.remembers { &WAYS } else { &[] }
    }

    /// The command that takes the chosen way, where the page has any.
    pub(super) fn way_command(&self) -> Option<Command> {
        let takes = match self.page.scope() {
            Scope::List => ListCommand::OpenThread.into(),
            Scope::Thread | Scope::Both => ThreadCommand::Toggle.into(),
        };
        (!self.empty_page().ways.is_empty()).then_some(takes)
    }

    /// Runs a command that moves among the ways of the page, or takes the chosen one; whether it is one.
    pub(super) fn run_on_ways(&mut self, command: Command) -> bool {
        let count = self.empty_page().ways.len();
        let chosen = self.page.way_out();
        match command {
            _ if count == 0 => return false,
            Command::Motion(Motion::Down) => self.page.choose_way((chosen + 1).min(count - 1)),
            Command::Motion(Motion::Up) => self.page.choose_way(chosen.saturating_sub(1)),
            _ if self.way_command() == Some(command) => self.take_way(chosen),
            _ => return false,
        }
        true
    }

    /// Opens the list that a way leads to, in the place of the page that leads nowhere.
    pub(super) fn take_way(&mut self, place: usize) {
        let Some(way) = self.ways_out().get(place) else { return };
        if self.has_way_back() {
            self.leave();
            self.open_over(way.target.to_owned());
        } else {
            self.turn_to(way.target);
        }
    }
}
