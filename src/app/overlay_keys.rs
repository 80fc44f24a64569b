//! Keys and the wheel on an overlay.

use super::menu::chosen_after;
use super::overlay::Help;
use super::{App, Code, Command, Effect, GlobalCommand, Key, Motion, Overlay, Scope, ThreadCommand};

impl App {
    /// Gives a key to the overlay. Every overlay closes on Esc, on the key that leaves and on the one that opened it.
    pub(super) fn press_overlay(&mut self, mut overlay: Overlay, key: Key) {
        if let Overlay::Help(help) = &mut overlay {
            let command = self.keys.command(key, self.page.scope());
            if help.type_key(key, command.is_some_and(|command| command == self.help_search())) {
                self.overlay = Some(overlay);
                return;
            }
            if help.words.is_some() && key.code == Code::Esc {
                self.overlay = Some(Overlay::Help(Help::default()));
                return;
            }
        }
        let command = self.keys.command(key, Scope::Thread);
        let leaves = [GlobalCommand::Cancel.into(), GlobalCommand::Leave.into(), overlay.command()];
        if key.code == Code::Esc || command.is_some_and(|command| leaves.contains(&command)) {
            return;
        }
        match overlay {
            Overlay::Help(_) | Overlay::Ancestors(..) | Overlay::Why(..) => {
                self.scroll_overlay(overlay, self.lines_of(command));
            }
            Overlay::Orders(chosen) => self.press_orders(chosen, key),
            Overlay::ListOrders(chosen) => self.press_list_orders(chosen, key),
            Overlay::Author(author, chosen) => self.press_author(author, chosen, key),
            Overlay::Links(links, chosen, typed) => self.press_links(links, chosen, typed, key),
        }
    }

    /// The lines that a command scrolls an overlay by, or moves the choice in it.
    pub(super) fn lines_of(&self, command: Option<Command>) -> isize {
        const ALL: isize = isize::MAX;
        let page = isize::try_from(self.overlay_room().most_lines()).map_or(1, |room| (room - 2).max(1));
        match command {
            Some(Command::Motion(motion)) => match motion {
                Motion::Down | Motion::LineDown => 1,
                Motion::Up | Motion::LineUp => -1,
                Motion::HalfPageDown | Motion::PageDown => page,
                Motion::HalfPageUp | Motion::PageUp => -page,
                Motion::Top => -ALL,
                Motion::Bottom => ALL,
            },
            Some(Command::Thread(ThreadCommand::Toggle | ThreadCommand::ReadOn)) => page,
            Some(Command::Thread(ThreadCommand::ReadBack)) => -page,
            Some(Command::Global(_) | Command::Thread(_) | Command::List(_)) | None => 0,
        }
    }

    /// Puts an overlay on the screen, scrolled by lines as far as it goes.
    pub(super) fn scroll_overlay(&mut self, mut overlay: Overlay, lines: isize) {
        if let Some(first) = overlay.first_mut() {
            *first = first.saturating_add_signed(lines);
        }
        let possible = self.overlay_content(&overlay).first;
        if let Some(first) = overlay.first_mut() {
            *first = possible;
        }
        self.overlay = Some(overlay);
    }

    /// Gives a key to the list of links.
    fn press_links(&mut self, links: Vec<String>, chosen: usize, typed: usize, key: Key) {
        if let Code::Char(digit @ '0'..='9') = key.code {
            self.type_link_number(links, chosen, typed, digit);
            return;
        }
        let link = links.get(chosen).cloned();
        let command = self.keys.command(key, Scope::Thread);
        let next = match command {
            Some(Command::Thread(ThreadCommand::Toggle | ThreadCommand::OpenOrReply)) => {
                self.effects.extend(link.map(Effect::Follow));
                return;
            }
            Some(Command::Thread(ThreadCommand::BrowseComment)) => {
                self.effects.extend(link.map(Effect::Browse));
                return;
            }
            Some(Command::Global(GlobalCommand::CopyLink)) => {
                self.effects.extend(link.map(|link| Effect::Copy(link, "link")));
                return;
            }
            Some(Command::Motion(_) | Command::Global(_) | Command::Thread(_) | Command::List(_)) | None => {
                chosen_after(self.lines_of(command), chosen, links.len())
            }
        };
        self.overlay = Some(Overlay::Links(links, next, 0));
    }

    /// Takes a digit of a link's number, and opens the link once no further digit could follow.
    fn type_link_number(&mut self, links: Vec<String>, chosen: usize, typed: usize, digit: char) {
        let number = typed * 10 + digit.to_digit(10).map_or(0, |digit| digit as usize);
        if number == 0 || number > links.len() {
            self.say(format!("there are {} links here", links.len()));
            self.overlay = Some(Overlay::Links(links, chosen, 0));
        } else if number * 10 > links.len() {
            self.effects.extend(links.into_iter().nth(number - 1).map(Effect::Follow));
        } else {
            self.overlay = Some(Overlay::Links(links, number - 1, number));
        }
    }
}
