//! The line that says what to try first, for who has just opened the built-in discussion.

use super::{App, Command, Message, ThreadCommand};
use crate::view::Row;

/// Whether the reader has done something in the built-in discussion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FirstSteps {
    /// Not yet.
    #[default]
    Ahead,
    /// They know how to begin.
    Taken,
}

impl App {
    /// What to try first, until the reader has moved or changed anything. Each does something at the story, where they are.
    pub fn first_steps(&self) -> Option<Message> {
        let view = self.page.thread().filter(|view| view.place().row == Row::Story && view.filter().is_none());
        view.filter(|_| self.is_demo() && self.first_steps == FirstSteps::Ahead)?;
        let steps = [
            self.keys.key_with("", ThreadCommand::ReadOn, " reads on"),
            self.keys.key_with("", ThreadCommand::HideMore, " shows fewer"),
            self.keys.key_with("", ThreadCommand::Search, " finds"),
        ];
        let steps = steps.into_iter().flatten().reduce(|before, step| before.and(", ").and(step))?;
        Some(self.own_message(&Message::from("Try first: ").and(steps)))
    }

    /// Notes that a command moves the reader or changes what shows.
    pub(super) fn note_first_step(&mut self, command: Command) {
        if self.is_demo() && matches!(command, Command::Motion(_) | Command::Thread(_)) {
            self.first_steps = FirstSteps::Taken;
        }
    }
}
