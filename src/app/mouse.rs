//! The mouse: wheel, clicks and drags.

use super::{App, Effect, Overlay, PageContent, tab_cells, tabs_start};
use crate::view::{Row, ThreadView};

/// Lines that one notch of the wheel scrolls by.
const WHEEL_STEP: i32 = 3;

impl App {
    /// Takes a turn of the wheel.
    pub(super) fn wheel(&mut self, notches: i32) {
        if let Some(overlay) = self.overlay.take() {
            self.scroll_overlay(overlay, (notches * WHEEL_STEP) as isize);
        } else if let Some(thread) = self.page.thread_mut() {
            thread.view_mut().wheel(notches * WHEEL_STEP);
        } else if let Some(list) = self.page.list_mut() {
            list.view_mut().go(notches as isize);
            self.load_more();
        }
    }

    /// Takes a click: it closes what lies over the page, else goes to the page.
    pub(super) fn click(&mut self, x: usize, y: usize) {
        self.message = None;
        self.bar_drag = None;
        if let Some(overlay) = self.overlay.take() {
            self.click_overlay(&overlay, x, y);
            return;
        }
        if self.prompt.take().is_some() {
            return;
        }
        match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {}
            PageContent::Thread(_) => self.click_text(x, y),
            PageContent::List(_) => self.click_list(x, y),
        }
    }

    /// A click on a thread: on a covered spoiler it uncovers that, on a link it follows that too.
    fn click_text(&mut self, x: usize, y: usize) {
        let Some(thread) = self.page.thread_mut() else { return };
        let screen_line = i32::try_from(y).unwrap_or(i32::MAX);
        if thread.view_mut().uncover_at(x, screen_line) {
            return;
        }
        let link = thread.view().link_at(x, screen_line).map(str::to_owned);
        self.click_thread(x, y);
        self.effects.extend(link.map(Effect::Follow));
    }

    /// A click on a choice of a menu takes it. Any click closes an overlay.
    fn click_overlay(&mut self, overlay: &Overlay, x: usize, y: usize) {
        let line = self.overlay_content(overlay).line_at(self.size, x, y);
        match (overlay, line) {
            (Overlay::Orders(_), Some(line)) => self.choose_order(line),
            (Overlay::Author(author, _), Some(line)) => self.choose_for_author(author.clone(), line),
            (Overlay::Help(_) | Overlay::Ancestors(..) | Overlay::Why(_) | Overlay::Links(..), _)
            | (Overlay::Orders(_) | Overlay::Author(..), None) => {}
        }
    }

    /// A click on a tab turns to it; one on a story chooses it, and opens it if it was chosen already.
    fn click_list(&mut self, x: usize, y: usize) {
        let room = self.list_room();
        let Some(below_tabs) = y.checked_sub(1) else {
            self.click_tab(x);
            return;
        };
        let Some(list) = self.page.list_mut().filter(|_| below_tabs < room.1) else { return };
        match list.view_mut().select_line(below_tabs) {
            Some(true) => self.open_entry(),
            Some(false) | None => self.load_more(),
        }
    }

    fn click_tab(&mut self, x: usize) {
        let Some(view) = self.page.list() else { return };
        let start = tabs_start(view.heading());
        let cells = tab_cells(view.heading(), &self.keys, self.size.0.saturating_sub(start));
        let hit = cells.iter().find(|cell| (start + cell.x..start + cell.x + cell.width()).contains(&x));
        if let Some(cell) = hit {
            self.turn_to_section(cell.index);
        }
    }

    /// A click on a row selects it; one on its fold mark folds or opens it.
    fn click_thread(&mut self, x: usize, y: usize) {
        if self.is_bar(y) {
            self.click_bar(x);
            return;
        }
        let Some(thread) = self.page.thread_mut() else { return };
        let view = thread.view_mut();
        let line = i32::try_from(y).unwrap_or(i32::MAX);
        if line >= view.geometry().height {
            return;
        }
        view.select_line(line);
        if line != view.place().y || !is_on_mark(view, x) {
            return;
        }
        match view.place().row {
            Row::Comment(_) => _ = view.change(|view| view.fold() || view.open()),
            Row::Marker(_) | Row::Rest => _ = view.change(ThreadView::open),
            Row::Story | Row::Foot => {}
        }
    }

    /// Takes a drag with the first button down: on the threshold bar, one of its marks goes along.
    pub(super) fn drag(&mut self, x: usize) {
        if let Some(drag) = self.bar_drag.take() {
            self.drag_bar(drag, x);
        }
    }

    fn is_bar(&self, y: usize) -> bool {
        self.frame() > 0 && y + self.frame() == self.size.1
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
