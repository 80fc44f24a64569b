//! What each command, click and turn of the wheel does.

use super::{App, Command, Effect, FOOT, Key, Overlay, overlay};
use crate::model::Comment;
use crate::view::{Row, Thresholds, View, cells};

/// Columns that one press scrolls code by.
const CODE_STEP: usize = 8;
/// Lines that one notch of the wheel scrolls by.
const WHEEL_STEP: i32 = 3;

impl App {
    pub(super) fn press(&mut self, key: Key) -> Vec<Effect> {
        self.message = None;
        if let Some(overlay) = self.overlay.take() {
            return self.press_overlay(overlay, key);
        }
        if let Some(command) = self.keys.command(key) {
            return self.run(command);
        }
        let help = self.keys.keys(Command::Help).next();
        self.message = help.map(|help| format!("{key} does nothing here; {help} shows the keys"));
        Vec::new()
    }

    fn run(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Quit | Command::Leave => return vec![Effect::Quit],
            Command::Suspend => return vec![Effect::Suspend],
            Command::Redraw => return vec![Effect::Redraw],
            Command::Reload => return self.load(),
            Command::Help => self.overlay = Some(Overlay::Help(0)),
            Command::Cancel => return self.cancel(),
            Command::BrowseStory => return self.browse_story(),
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
            Command::MinScore => self.overlay = Some(Overlay::MinScore(String::new())),
            Command::Ancestors => self.show_ancestors(),
            Command::Why => self.overlay = overlay::why(view).map(Overlay::Why),
            Command::CodeLeft => self.page.sideways = self.page.sideways.saturating_sub(CODE_STEP),
            Command::CodeRight => self.page.sideways += CODE_STEP,
            Command::FoldAll => view.fold_all(),
            Command::OpenAll => view.open_all(),
            Command::FoldBelow(levels) => view.fold_below(u32::from(levels)),
            Command::Automatic => view.automatic(),
            Command::Toggle | Command::OpenOrReply if hidden_here(view) > 0 => {
                let shown = hidden_here(view);
                view.open();
                let back = self.keys.keys(Command::JumpBack).next();
                let back = back.map_or_else(String::new, |back| format!("; {back} goes back"));
                self.message = Some(format!("shown, {shown} that were hidden{back}"));
            }
            _ => self.message = move_in(view, command).map(str::to_owned),
        }
    }

    fn step(&mut self, command: Command) {
        let Some(view) = &mut self.page.view else { return };
        if view.distribution().is_empty() {
            self.message = Some("no comment here has a score".to_owned());
            return;
        }
        let (old, scale) = (view.thresholds(), view.scale());
        view.set_thresholds(match command {
            Command::HideLess => old.step_hide(scale, false),
            Command::HideMore => old.step_hide(scale, true),
            Command::FullMore => old.step_full(scale, false),
            _ => old.step_full(scale, true),
        });
        if view.thresholds() == old {
            self.message = Some("no further: that is the end of the scale".to_owned());
        }
    }

    pub(super) fn set_min_score(&mut self, score: i32) {
        if let Some(view) = &mut self.page.view {
            view.set_thresholds(Thresholds::new(Some(score), view.thresholds().full()));
        }
    }

    fn show_ancestors(&mut self) {
        let Some(view) = &self.page.view else { return };
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

    fn cancel(&mut self) -> Vec<Effect> {
        let stopped = self.stop_loading();
        if stopped.is_some() {
            self.message = Some("stopped; what came is here".to_owned());
            if self.page.view.is_none() {
                self.page.problem = Some("stopped before anything came".to_owned());
            }
        }
        stopped.into_iter().collect()
    }

    fn browse_story(&mut self) -> Vec<Effect> {
        let story = self.page.view.as_ref().map(|view| view.thread().story().url.clone());
        let address = story.filter(|url| !url.is_empty()).unwrap_or_else(|| self.page.source.clone());
        if address.starts_with("http") {
            return vec![Effect::Browse(address)];
        }
        self.message = Some("this discussion has no address".to_owned());
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
                self.overlay = Some(Overlay::Links(links, 0));
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

    pub(super) fn wheel(&mut self, notches: i32) {
        if let Some(overlay) = self.overlay.take() {
            self.scroll_sheet(overlay, (notches * WHEEL_STEP) as isize);
        } else if let Some(view) = &mut self.page.view {
            view.wheel(notches * WHEEL_STEP);
        }
    }

    pub(super) fn click(&mut self, x: usize, y: usize) {
        self.message = None;
        if self.overlay.take().is_some() {
            return;
        }
        if self.is_bar(y) {
            self.drag(x, y);
            return;
        }
        let Some(view) = &mut self.page.view else { return };
        let line = i32::try_from(y).unwrap_or(i32::MAX);
        if line >= view.geometry().height {
            return;
        }
        view.select_line(line);
        let place = view.place();
        let mark = match place.row {
            Row::Comment(index) => view.thread().get(index).map(|comment| view.geometry().mark_column(comment.depth())),
            Row::Marker(_) | Row::Rest => Some(x),
            Row::Story | Row::Foot => None,
        };
        if line == place.y && mark.is_some_and(|mark| (mark..mark + 2).contains(&x)) {
            match place.row {
                Row::Comment(_) => _ = view.fold() || view.open(),
                _ => _ = view.open(),
            }
        }
    }

    /// A click or drag on the threshold bar moves the hiding threshold to the column under the mouse.
    pub(super) fn drag(&mut self, x: usize, y: usize) {
        if !self.is_bar(y) {
            return;
        }
        let room = self.size.0;
        let Some(view) = &mut self.page.view else { return };
        let cells = cells(view.distribution(), view.thresholds(), 1, room.saturating_sub(1));
        let hit = cells.iter().find(|cell| (cell.x..cell.x + cell.width).contains(&x));
        if let Some(cell) = hit {
            view.set_thresholds(Thresholds::new(Some(cell.bucket.from), view.thresholds().full()));
        }
    }

    fn is_bar(&self, y: usize) -> bool {
        self.size.1 > FOOT && y + FOOT == self.size.1
    }
}

/// How many hidden comments the reader's row stands for.
fn hidden_here(view: &View) -> u32 {
    match view.place().row {
        Row::Marker(owner) => view.shape().hidden_under(owner),
        Row::Rest => view.shape().hidden_at_root(),
        Row::Story | Row::Comment(_) | Row::Foot => 0,
    }
}

/// Moves or folds; returns what to say where there was nothing to do.
fn move_in(view: &mut View, command: Command) -> Option<&'static str> {
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
