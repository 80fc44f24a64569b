//! What each command does in a thread, and those that are the same everywhere.

use super::{App, Code, Command, Effect, Key, Overlay, Question, Scope, overlay};
use crate::model::Comment;
use crate::view::{FoldOverride, Row, ThreadView, Thresholds};

/// Columns that one press scrolls code by.
const CODE_STEP: usize = 8;

impl App {
    pub(super) fn press(&mut self, key: Key) -> Vec<Effect> {
        self.message = None;
        let command = self.keys.command(key, self.page.place());
        // One way out there must be, whatever the config does to the keys.
        if key == Key::CTRL_C || command == Some(Command::Quit) && !self.is_taken(key) {
            return vec![Effect::Quit];
        }
        if let Some(prompt) = self.prompt.take() {
            return self.press_prompt(prompt, key);
        }
        if let Some(overlay) = self.overlay.take() {
            return self.press_overlay(overlay, key);
        }
        if let Some(command) = command {
            return self.run(command);
        }
        self.message = Some(format!("{key} does nothing here{}", self.keys.hint(Command::Help, "shows the keys")));
        Vec::new()
    }

    /// Whether a line that is typed, or an overlay, has a use of its own for the key, whatever the config gives it.
    fn is_taken(&self, key: Key) -> bool {
        match (&self.prompt, &self.overlay) {
            (Some(_), _) => key.is_text() || matches!(key.code, Code::Enter | Code::Esc | Code::Backspace),
            (None, Some(_)) => key.code == Code::Esc,
            (None, None) => false,
        }
    }

    fn run(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Quit => return vec![Effect::Quit],
            Command::Leave => return self.leave(),
            Command::Suspend => return vec![Effect::Suspend],
            Command::Redraw => return vec![Effect::Redraw],
            Command::Reload => return self.load(),
            Command::Help => self.overlay = Some(Overlay::Help(0)),
            Command::Hints => self.toggle_hints(),
            Command::Cancel => return self.cancel(),
            Command::BrowseStory => return self.browse_story(),
            _ if self.page.place() == Scope::List => return self.run_in_list(command),
            Command::Search | Command::NextMatch | Command::PreviousMatch | Command::Filter | Command::Label(_) => {
                return self.run_find(command);
            }
            Command::BrowseComment | Command::CopyLink | Command::CopyText | Command::Links => {
                return self.take_out(command);
            }
            _ => self.run_on_view(command),
        }
        Vec::new()
    }

    fn run_on_view(&mut self, command: Command) {
        let Some(view) = &mut self.page.view else { return };
        self.page.wanted = None;
        match command {
            Command::HideLess | Command::HideMore | Command::FullMore | Command::FullLess => self.step(command),
            Command::MinScore => self.ask(Question::MinScore, ""),
            Command::Ancestors => self.show_ancestors(),
            Command::Why => match overlay::why(view) {
                Some(facts) => self.overlay = Some(Overlay::Why(facts)),
                None => self.message = Some("no comment here".to_owned()),
            },
            Command::CodeLeft => self.page.sideways = self.page.sideways.saturating_sub(CODE_STEP),
            Command::CodeRight => self.page.sideways += CODE_STEP,
            Command::FoldAll => view.fold_all(),
            Command::OpenAll => view.open_all(),
            Command::FoldBelow(levels) => view.fold_below(u32::from(levels)),
            Command::Automatic => view.automatic(),
            Command::Toggle | Command::OpenOrReply if hidden_here(view) > 0 => {
                let shown = hidden_here(view);
                view.open();
                let back = self.keys.hint(Command::JumpBack, "goes back");
                self.message = Some(format!("shown, {shown} that were hidden{back}"));
            }
            _ => self.message = move_in(view, command).map(str::to_owned),
        }
    }

    fn step(&mut self, command: Command) {
        let own_full = self.page.full_as_set();
        let Some(view) = &mut self.page.view else { return };
        if view.filter().is_some() {
            self.message =
                Some(format!("the filter decides what shows{}", self.keys.hint(Command::Cancel, "clears it")));
            return;
        }
        if view.distribution().is_empty() {
            self.message = Some("no comment here has a score".to_owned());
            return;
        }
        let (old, scale) = (view.thresholds(), view.scale());
        view.set_thresholds(match command {
            // What it was pushed up from, it comes down to again.
            Command::HideLess => Thresholds::new(old.step_hide(scale, false).hide(), own_full),
            Command::HideMore => old.step_hide(scale, true),
            Command::FullMore => old.step_full(scale, false),
            _ => old.step_full(scale, true),
        });
        let is_of_hide = matches!(command, Command::HideLess | Command::HideMore);
        self.page.own_full = is_of_hide.then_some(Thresholds::new(None, own_full));
        if view.thresholds() == old {
            let held = command == Command::FullMore && old.full() == old.hide() && old.hide() > scale.lowest();
            let why = if held { "what is hidden cannot be in full" } else { "that is the end of the scale" };
            self.message = Some(format!("no further: {why}"));
        }
        self.say_held(old);
    }

    /// Says why other thresholds changed nothing, where that is because of what was opened or folded by hand.
    fn say_held(&mut self, old: Thresholds) {
        let Some(view) = &self.page.view else { return };
        let (now, is_hand) = (view.thresholds(), |index| view.fold_override(index) != FoldOverride::default());
        let count = view.thread().len();
        if now != old && count > 0 && (0..count).all(is_hand) {
            let undo = self.keys.hint(Command::Automatic, "undoes that");
            self.message = Some(format!("everything was opened or folded by hand{undo}"));
        }
    }

    pub(super) fn set_min_score(&mut self, score: i32) {
        let own_full = self.page.full_as_set();
        if let Some(view) = &mut self.page.view {
            let score = view.scale().nearest(score);
            view.set_thresholds(Thresholds::new(Some(score), own_full));
            self.page.own_full = Some(Thresholds::new(None, own_full));
        }
    }

    fn show_ancestors(&mut self) {
        let Some(view) = &self.page.view else { return };
        if view.place().row.comment().is_none() {
            self.message = Some("no comment here".to_owned());
            return;
        }
        let mut above: Vec<u32> =
            view.place().row.comment().into_iter().flat_map(|index| view.thread().ancestors(index)).collect();
        above.reverse();
        if above.is_empty() {
            self.message = Some("this is the top level: it answers the story".to_owned());
        } else {
            // The nearest one is the last, and the one that is wanted most.
            self.scroll_sheet(Overlay::Ancestors(above, 0), isize::MAX);
        }
    }

    /// Esc: stops loading, or clears search and filter.
    fn cancel(&mut self) -> Vec<Effect> {
        if let Some(stopped) = self.stop_loading() {
            return vec![stopped];
        }
        if self.clear_find() {
            return Vec::new();
        }
        match &mut self.page.list {
            Some(list) if !list.filter().is_empty() => list.set_filter(""),
            _ => {
                let does = if self.has_way_back() { "goes back" } else { "quits" };
                self.message = self.keys.keys(Command::Leave).next().map(|key| format!("{key} {does}"));
            }
        }
        Vec::new()
    }

    fn browse_story(&mut self) -> Vec<Effect> {
        if self.page.is_on_web() {
            return vec![Effect::Browse(self.page.address().to_owned())];
        }
        self.message = Some("this has no address on the web".to_owned());
        Vec::new()
    }

    /// Commands that take something of the comment out of the program.
    fn take_out(&mut self, command: Command) -> Vec<Effect> {
        let Some(view) = &self.page.view else { return Vec::new() };
        let story = view.thread().story();
        let comment = view.place().row.comment().and_then(|index| view.thread().get(index));
        let address = comment.map_or(story.url.as_str(), |comment| comment.url());
        let body = comment.map_or(story.text.borrow(), Comment::body);
        let effect = match command {
            Command::BrowseComment if !address.is_empty() => Some(Effect::Browse(address.to_owned())),
            Command::CopyLink if !address.is_empty() => Some(Effect::Copy(address.to_owned(), "address")),
            Command::CopyText if !body.plain.is_empty() => Some(Effect::Copy(crate::markup::to_plain(body), "text")),
            _ => None,
        };
        if command == Command::Links {
            let own = comment.is_none().then_some(story.link.as_str()).filter(|link| !link.is_empty());
            let links: Vec<String> = own.into_iter().chain(body.links()).map(str::to_owned).collect();
            if !links.is_empty() {
                self.overlay = Some(Overlay::Links(links, 0, 0));
                return Vec::new();
            }
        }
        if effect.is_none() {
            self.message = Some(match command {
                Command::Links => "there is no link here".to_owned(),
                Command::CopyText => "there is no text here".to_owned(),
                _ => "this has no address".to_owned(),
            });
        }
        effect.into_iter().collect()
    }
}

/// How many hidden comments the reader's row stands for.
fn hidden_here(view: &ThreadView) -> u32 {
    match view.place().row {
        Row::Marker(owner) => view.shape().hidden_under(owner),
        Row::Rest => view.shape().hidden_at_root(),
        Row::Story | Row::Comment(_) | Row::Foot => 0,
    }
}

/// Moves or folds; returns what to say where there was nothing to do.
fn move_in(view: &mut ThreadView, command: Command) -> Option<&'static str> {
    let page = view.geometry().height;
    let (done, otherwise) = match command {
        Command::Down => (view.down(), "this is the end"),
        Command::Up => (view.up(), "this is the top"),
        Command::NextSibling => (view.next_sibling(), "no further reply on this level"),
        Command::PreviousSibling => (view.previous_sibling(), "no earlier reply on this level"),
        Command::FoldOrParent => (view.fold() || view.parent(), "this is the top"),
        Command::OpenOrReply => (view.open() || view.first_reply(), "no reply to this one is shown"),
        Command::NextTop => (view.next_top(), "no further comment on the top level"),
        Command::PreviousTop => (view.previous_top(), "this is the top"),
        Command::Parent => (view.parent(), "this is the top"),
        Command::NextNew => (view.next_new(), "no further comment is new since this was loaded before"),
        Command::NextByAuthor => (view.next_by_author(), "no other comment by this author is shown"),
        Command::HalfPageDown => (view.scroll((page / 2).max(1)), "this is the end"),
        Command::HalfPageUp => (view.scroll(-(page / 2).max(1)), "this is the top"),
        Command::PageDown => (view.scroll((page - 2).max(1)), "this is the end"),
        Command::PageUp => (view.scroll(-(page - 2).max(1)), "this is the top"),
        Command::Top => (view.top(), "this is the top"),
        Command::Bottom => (view.bottom(), "this is the end"),
        Command::JumpBack => (view.back(), "no place to go back to"),
        Command::JumpForth => (view.forth(), "no place to go forth to"),
        Command::Toggle => (view.toggle(), "nothing to open or fold here"),
        Command::FoldThread => (view.fold_thread(), "no comment here"),
        Command::FoldAndNext => (view.fold_and_next(), "this is the end"),
        _ => (true, ""),
    };
    (!done).then_some(otherwise)
}
