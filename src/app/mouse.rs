//! The mouse: wheel, clicks and drags.

use super::double_click::ClickUse;
use super::{
    App, BACK_COLUMNS, Command, Effect, Event, GlobalCommand, HintCell, Motion, Overlay, Page, PageContent, Prompt,
    Question, TabLink, ThreadCommand,
};
use crate::view::{Query, Row, ThreadView, Visibility};

/// Lines that one notch of the wheel scrolls by.
const WHEEL_STEP: i32 = 3;
/// The columns of a thread before the words at its end for what is shown in its places.
const SHOWN_ABOVE_START: usize = 3;

/// The use of the mouse button while it is down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Held {
    /// None, or it is not down.
    #[default]
    Nothing,
    /// It went down on the map, which goes along with it.
    Map,
    /// It has asked to quit.
    Quit,
}

impl App {
    /// Takes an event. A click that quits does so when the button goes up, or whatever else the reader does next: the report
    /// of the release would reach the shell.
    pub(super) fn take_or_quit(&mut self, event: Event) {
        let is_click = matches!(event, Event::Click(..) | Event::ClickAgain(..));
        let is_further = matches!(
            event,
            Event::Release | Event::Key(_) | Event::Paste(_) | Event::Wheel(..) | Event::WheelAcross(..)
        );
        if self.held == Held::Quit && (is_click || is_further) {
            self.effects.push(Effect::Quit);
            return;
        }
        self.take(event);
        if is_click && self.effects.iter().any(|effect| matches!(effect, Effect::Quit)) {
            self.effects.retain(|effect| !matches!(effect, Effect::Quit));
            self.held = Held::Quit;
        }
    }

    /// Takes a turn of the wheel with the pointer on a column: it scrolls what lies there.
    pub(super) fn wheel(&mut self, notches: i32, x: usize) {
        self.message = None;
        self.has_clicked_back = false;
        if let Some(overlay) = self.overlay.take() {
            self.scroll_overlay(overlay, (notches * WHEEL_STEP) as isize);
        } else if x < self.columns().list {
            if let Some(list) = self.back_stack.last_mut().and_then(Page::list_mut) {
                list.view_mut().scroll_past(notches as isize);
                self.load_more_beside();
            }
        } else if let Some(thread) = self.page.thread_mut() {
            thread.view_mut().wheel(notches * WHEEL_STEP);
            self.note_first_step(Motion::Down.into());
        } else if let Some(list) = self.page.list_mut() {
            let view = list.view_mut();
            let stories = WHEEL_STEP.unsigned_abs() as usize / view.entry_lines();
            let has_moved = view.scroll(notches as isize * stories.max(1).cast_signed());
            if !has_moved && notches > 0 {
                view.hold(false);
            }
            self.load_more();
        }
    }

    /// Takes a click: on a message, on the foot of the screen, on what lies over the page, else on the page.
    pub(super) fn click(&mut self, x: usize, y: usize) {
        let is_message = self.is_on_message(x, y) && !self.is_on_overlay(x, y);
        if let Some(command) = self.named_at(x, y, is_message) {
            self.click_named(command);
            return;
        }
        if !is_message && self.overlay.is_none() && self.click_hint(x, y) {
            return;
        }
        self.message = None;
        self.has_clicked_back = false;
        self.bar_drag = None;
        self.count = None;
        self.held = Held::Nothing;
        // A message may cover what does something.
        if is_message {
            return;
        }
        if let Some(overlay) = self.overlay.take() {
            self.click_overlay(overlay, x, y);
        } else if let Some(prompt) = self.prompt.take() {
            // What is found while it is typed stays found, as on Enter.
            if is_found_while_typed(&prompt) {
                self.answer_prompt(&prompt);
            } else {
                self.give_up_prompt(prompt.question);
            }
        } else if self.is_status(y) {
            self.click_status(x);
        } else {
            self.click_page(x, y);
        }
    }

    /// The command of a key that words at a column and line of the screen name: those of a message, of the status line, or of
    /// a page with nothing to read on it.
    fn named_at(&self, x: usize, y: usize, is_message: bool) -> Option<Command> {
        if self.prompt.is_some() || (self.overlay.is_some() && !is_message) {
            return None;
        }
        let covering = self.message_box().filter(|_| is_message);
        let command = match covering {
            Some(message) => message.command_at(x, y),
            None if self.is_status(y) => self.named_in_status(x),
            None => self.named_in_error(x, y).or_else(|| self.named_in_list(x, y)),
        };
        command.filter(|command| command.scope().meets(self.page.scope()))
    }

    /// A click on a key that is named does what the key does.
    fn click_named(&mut self, command: Command) {
        (self.message, self.overlay, self.bar_drag, self.count) = (None, None, None, None);
        (self.has_clicked_back, self.held) = (false, Held::Nothing);
        self.run(command);
    }

    fn click_page(&mut self, x: usize, y: usize) {
        if let Some(key) = self.button_at(x, y) {
            self.press(key);
            return;
        }
        if let Some(place) = self.way_at(x, y) {
            self.take_way(place);
            return;
        }
        match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {
                if x < self.columns().list && y + self.frame() < self.size.1 {
                    self.click_side_list(y);
                }
            }
            PageContent::Thread(_) if self.is_bar(y) => self.click_bar(x),
            PageContent::Thread(_) if y + self.frame() > self.size.1 => {}
            PageContent::Thread(_) => self.click_beside_or_on_thread(x, y),
            PageContent::List(_) => self.click_list(x, y),
        }
    }

    /// A click on a hint does what its key does; whether there is one.
    fn click_hint(&mut self, x: usize, y: usize) -> bool {
        let is_row = self.has_hint_row() && y + 2 == self.size.1;
        let cells = if is_row { self.hint_cells() } else { Vec::new() };
        let is_here = |cell: &&HintCell| cell.columns().contains(&x);
        let Some(key) = cells.iter().find(is_here).map(|cell| cell.hint.key) else { return false };
        let command = self.keys.command(key, self.page.scope()).filter(|_| self.prompt.is_none());
        let leaves = command == Some(GlobalCommand::Leave.into());
        let leads_back = leaves && self.has_way_back();
        // The second click of two in a row is not meant for the page that the first one led to.
        if leaves && !leads_back && std::mem::take(&mut self.has_clicked_back) {
            self.say("a further click here quits");
            return true;
        }
        self.press(key);
        self.has_clicked_back = leads_back;
        true
    }

    /// A click on the status line: its first columns lead back, where that is possible; who speaks
    /// leads to the header of the comment.
    fn click_status(&mut self, x: usize) {
        if x <= BACK_COLUMNS && self.has_way_back() {
            self.run(GlobalCommand::Leave.into());
        } else if x < self.status_room() && self.page.load().is_none() {
            let begun_above = self.comment_begun_above();
            if let (Some(index), Some(thread)) = (begun_above, self.page.thread_mut()) {
                thread.view_mut().go_to_comment(index);
            }
        }
    }

    fn click_beside_or_on_thread(&mut self, x: usize, y: usize) {
        let columns = self.columns();
        if x < columns.list {
            self.click_side_list(y);
        } else if x >= columns.thread + columns.thread_width {
            self.click_map(y);
        } else {
            self.click_text(x.saturating_sub(columns.thread), y);
        }
    }

    /// A click on the list beside the thread opens a story in the thread's place.
    fn click_side_list(&mut self, y: usize) {
        let Some(list) = self.back_stack.last_mut().and_then(Page::list_mut) else { return };
        if list.view_mut().select_line(y).is_some() {
            self.leave();
            self.open_entry();
        }
    }

    /// A click on the map goes to the comments that its line stands for.
    fn click_map(&mut self, y: usize) {
        let Some(thread) = self.page.steer_thread() else { return };
        thread.view_mut().go_to_part(y);
        self.held = Held::Map;
    }

    /// A click on a thread: on a covered spoiler it uncovers that, on a sign of cut code it moves that, on a link it follows
    /// that too.
    fn click_text(&mut self, x: usize, y: usize) {
        let Some(thread) = self.page.thread_mut() else { return };
        let screen_line = i32::try_from(y).unwrap_or(i32::MAX);
        if thread.view_mut().uncover_at(x, screen_line) {
            self.click_use = ClickUse::Changed;
            return;
        }
        if self.click_code_sign(x, y) {
            return;
        }
        let Some(thread) = self.page.thread() else { return };
        let (link, rows) = (thread.link_at(x, screen_line).map(str::to_owned), thread.rows().len());
        self.click_thread(x, y);
        if self.page.thread().is_none_or(|thread| thread.rows().len() != rows) {
            self.click_use = ClickUse::Changed;
        }
        self.effects.extend(link.map(Effect::Follow));
    }

    /// Whether an overlay has this column and line of the screen.
    fn is_on_overlay(&self, x: usize, y: usize) -> bool {
        self.overlay.as_ref().is_some_and(|overlay| self.overlay_content(overlay).covers(x, y))
    }

    /// A click on a line of an overlay takes what it names, one on a key at its foot does what that does, and one beside it
    /// or on its mark closes it.
    fn click_overlay(&mut self, overlay: Overlay, x: usize, y: usize) {
        let content = self.overlay_content(&overlay);
        if content.closes_at(x, y) {
            return;
        }
        if let Some(key) = content.foot_key_at(x, y) {
            self.overlay = Some(overlay);
            self.press(key);
            return;
        }
        let Some((line, column)) = content.place_at(x, y) else {
            self.overlay = Some(overlay).filter(|_| content.covers(x, y));
            return;
        };
        match overlay {
            Overlay::Orders(_) => self.choose_order(line),
            Overlay::ListOrders(_) => self.choose_list_order(line),
            Overlay::Author(author, _) => self.choose_for_author(author, line),
            Overlay::Links(links, chosen, _) => {
                let place = self.link_at_line(&links, chosen, line);
                self.effects.extend(links.into_iter().nth(place).map(Effect::Follow));
            }
            Overlay::Help(help) => match self.help_command(&help, content.room.word_columns(), (line, column)) {
                Some(command) => self.run(command),
                None => self.overlay = Some(Overlay::Help(help)),
            },
            Overlay::Ancestors(..) | Overlay::Why(..) => self.overlay = Some(overlay),
        }
    }

    /// A click on a tab turns to it; one on a story chooses it, and opens it if it was chosen already.
    fn click_list(&mut self, x: usize, y: usize) {
        let room = self.list_room();
        if y == 0 && self.frame() > 0 {
            self.click_tab(x);
            return;
        }
        let Some(below_tabs) = y.checked_sub(self.list_top()) else { return };
        let Some(list) = self.page.list_mut().filter(|_| below_tabs < room.1) else { return };
        match list.view_mut().select_line(below_tabs) {
            Some(true) => self.open_entry(),
            Some(false) | None => self.load_more(),
        }
    }

    /// A click on the tab bar turns to a section, or to a site.
    fn click_tab(&mut self, x: usize) {
        let Some(view) = self.page.list() else { return };
        let bar = self.tab_bar(view.heading());
        match bar.iter().find(|cell| cell.columns().contains(&x)).and_then(|cell| cell.link) {
            Some(TabLink::Section(section)) => self.turn_to_section(section),
            Some(TabLink::Site(site)) => self.turn_to_site(site),
            Some(TabLink::PreviousSite) => self.step_site(false),
            Some(TabLink::NextSite) => self.step_site(true),
            None => {}
        }
    }

    /// A click on a row selects it. One on its fold mark folds or opens it; one on the header of a row that was selected
    /// already does what the key for it does.
    fn click_thread(&mut self, x: usize, y: usize) {
        let Some(thread) = self.page.steer_thread() else { return };
        let view = thread.view_mut();
        let line = i32::try_from(y).unwrap_or(i32::MAX);
        if line >= view.geometry().height {
            return;
        }
        let (before, start) = (view.place().row, view.jump_start());
        view.select_line(line);
        let (place, is_mark) = (view.place(), is_on_mark(view, x));
        match place.row {
            Row::Comment(_) | Row::Marker(_) | Row::Rest if line != place.y => {}
            // What is hidden opens, as its closed mark says.
            Row::Comment(index) if is_mark && view.rows().visibility(index) == Visibility::Placeholder => {
                view.change(|view| _ = view.toggle());
            }
            Row::Comment(_) if is_mark => _ = view.change(|view| view.fold() || view.open()),
            Row::Marker(_) | Row::Rest => {
                self.run(ThreadCommand::Toggle.into());
                // To choose the count and to show what it stands for is one jump, from where the reader was.
                if let Some(thread) = self.page.thread_mut().filter(|_| place.row != before) {
                    thread.view_mut().join_jumps(start);
                }
            }
            // On the words for what is shown in its places.
            Row::Foot if line == place.y && view.shown_from_end() > 0 => self.click_shown_above(x),
            Row::Comment(_) if place.row == before => self.run(ThreadCommand::Toggle.into()),
            Row::Comment(_) | Row::Story | Row::Foot => {}
        }
    }

    /// A click on the words at the end for what is shown in its places: on the key that they name, what it does, else what the
    /// key for a row does.
    fn click_shown_above(&mut self, x: usize) {
        let Some(view) = self.page.thread() else { return };
        let command =
            x.checked_sub(SHOWN_ABOVE_START).and_then(|column| self.shown_above_words(view).command_at(column));
        self.run(command.unwrap_or_else(|| ThreadCommand::Toggle.into()));
    }

    /// Takes a drag with the first button down: from the threshold bar, one of its marks goes along; from the map, the thread.
    pub(super) fn drag(&mut self, x: usize, y: usize) {
        if let Some(drag) = self.bar_drag.take() {
            self.drag_bar(drag, x);
        } else if let Some(thread) =
            self.page.steer_thread().filter(|_| self.held == Held::Map && self.overlay.is_none())
        {
            let view = thread.view_mut();
            let last = usize::try_from(view.geometry().height - 1).unwrap_or_default();
            view.go_on_to_part(y.min(last));
        }
    }

    pub(super) fn is_status(&self, y: usize) -> bool {
        self.frame() > 0 && y + 1 == self.size.1
    }

    fn is_bar(&self, y: usize) -> bool {
        self.frame() > 0 && y + self.frame() == self.size.1
    }
}

/// Whether the page shows already what is being typed.
fn is_found_while_typed(prompt: &Prompt) -> bool {
    let text = prompt.typed.text();
    match prompt.question {
        Question::Search => !text.is_empty(),
        Question::Filter => Query::parse(text).is_ok(),
        _ => false,
    }
}

/// Whether a column is one of the fold mark of the reader's row.
fn is_on_mark(view: &ThreadView, x: usize) -> bool {
    match view.place().row {
        Row::Comment(index) => {
            let mark = view.thread().get(index).map(|comment| view.geometry().mark_column(comment.depth()));
            mark.is_some_and(|mark| (mark..mark + 2).contains(&x))
        }
        Row::Marker(_) | Row::Rest => true,
        Row::Story | Row::Foot => false,
    }
}
