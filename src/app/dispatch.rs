//! A key press: the prompt or overlay takes it, or it gives a command, which the page's own code runs.

use super::overlay::Help;
use super::read_on::EndOfThread;
use super::{App, Code, Command, Effect, GlobalCommand, Key, Message, Motion, Overlay, PageContent, ThreadCommand};

impl App {
    /// Takes a key.
    pub(super) fn press(&mut self, key: Key) {
        let closes_box = key.code == Code::Esc && self.prompt.is_none() && self.message_box().is_some();
        self.message = None;
        self.has_clicked_back = false;
        self.bar_drag = None;
        let (count, counted_key) = (self.count.take(), self.counted_key.take());
        let command = self.keys.command(key, self.page.scope());
        let quits = command == Some(GlobalCommand::Quit.into()) && !self.is_taken(key);
        // One way out there must be, whatever the config does to the keys. As in a shell, what is typed goes first.
        if key == Key::CTRL_C && (self.prompt.is_some() || self.overlay.is_some()) {
            self.close_asked();
        } else if key == Key::CTRL_C || quits {
            self.effects.push(Effect::Quit);
        } else if closes_box {
            // A message that covers a part of the page is one thing to close.
        } else if let Some(prompt) = self.prompt.take() {
            self.press_prompt(prompt, key);
        } else if let Some(overlay) = self.overlay.take() {
            self.press_overlay(overlay, key);
        } else if counted_key == Some(key) {
            // The second key of `5gg` says no more than the first.
        } else if let Some(count) = self.count_with(key, count) {
            self.count = Some(count);
        } else if let Some(command) = command {
            match count {
                Some(count) => {
                    let goes_to_number = matches!(command, Command::Motion(Motion::Top));
                    self.counted_key = Some(key).filter(|_| goes_to_number);
                    self.run_counted(command, count);
                }
                None => self.run(command),
            }
        } else {
            let help = self.keys.key_for(GlobalCommand::Help, "shows the keys");
            self.say(Message::from(format!("{key} does nothing here")).and(help));
        }
    }

    /// Whether a line that is typed, or an overlay, has a use of its own for the key, whatever the config gives it.
    fn is_taken(&self, key: Key) -> bool {
        match (&self.prompt, &self.overlay) {
            (Some(_), _) => key.is_text() || matches!(key.code, Code::Enter | Code::Esc | Code::Backspace),
            (None, Some(_)) => key.code == Code::Esc,
            (None, None) => false,
        }
    }

    /// Gives up what is being typed, or else closes the box.
    fn close_asked(&mut self) {
        match self.prompt.take() {
            Some(prompt) => self.give_up_prompt(prompt.question),
            None => self.overlay = None,
        }
    }

    /// Runs a command on the page.
    pub(super) fn run(&mut self, command: Command) {
        self.leave_end(command);
        self.note_first_step(command);
        if self.run_on_ways(command) {
            return;
        }
        match command {
            Command::Global(command) => self.run_global(command),
            Command::Motion(motion) => self.go(motion),
            Command::Thread(command) => self.run_in_thread(command),
            Command::List(command) => self.run_in_list(command),
        }
    }

    /// Notes that the end of the thread is left by any command but the one that reads on from it.
    pub(super) fn leave_end(&mut self, command: Command) {
        if command != ThreadCommand::ReadOn.into() {
            self.end_of_thread = EndOfThread::NotReached;
        }
    }

    fn run_global(&mut self, command: GlobalCommand) {
        match command {
            GlobalCommand::BrowseStory => self.browse_page(),
            GlobalCommand::CopyLink => self.copy_link(),
            GlobalCommand::Bookmark => self.toggle_bookmark(),
            GlobalCommand::Save => self.toggle_saved(),
            GlobalCommand::Author => self.ask_author(),
            GlobalCommand::Reload => self.load(),
            GlobalCommand::Watch => self.toggle_watch(),
            GlobalCommand::GoTo => self.ask_where_to_go(),
            GlobalCommand::Cancel => self.cancel(),
            GlobalCommand::Help => self.overlay = Some(Overlay::Help(Help::default())),
            GlobalCommand::Hints => self.toggle_hints(),
            GlobalCommand::ListBeside => self.toggle_side_list(),
            GlobalCommand::Redraw => self.effects.push(Effect::Redraw),
            GlobalCommand::Suspend => {
                self.watch = None;
                self.effects.push(Effect::Suspend);
            }
            GlobalCommand::Leave => self.leave(),
            GlobalCommand::Back if self.has_way_back() => self.leave(),
            GlobalCommand::Back => {
                let quits = self.keys.key_for(GlobalCommand::Leave, "quits");
                self.say(Message::from("nothing to go back to").and(quits));
            }
            GlobalCommand::Quit => self.effects.push(Effect::Quit),
        }
    }

    fn go(&mut self, motion: Motion) {
        match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {}
            PageContent::Thread(_) => self.go_in_thread(motion),
            PageContent::List(_) => self.go_in_list(motion),
        }
    }

    /// Stops loading; else clears the filter; else the search; else says that there is nothing of these, and how to leave.
    fn cancel(&mut self) {
        if self.stop_loading() || self.clear_filter() || self.clear_search() {
            return;
        }
        let does = if self.has_way_back() { "goes back" } else { "quits" };
        let leaves = self.keys.key_for(GlobalCommand::Leave, does);
        self.say(Message::from("nothing to close or clear").and(leaves));
    }
}
