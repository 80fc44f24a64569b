//! What clicks, drags and the wheel do.

use super::{App, Effect, Scope, tab_cells, tabs_start};
use crate::view::{Row, Thresholds, cells};

/// Lines that one notch of the wheel scrolls by.
const WHEEL_STEP: i32 = 3;

impl App {
    pub(super) fn wheel(&mut self, notches: i32) -> Vec<Effect> {
        if let Some(overlay) = self.overlay.take() {
            self.scroll_sheet(overlay, (notches * WHEEL_STEP) as isize);
        } else if let Some(view) = &mut self.page.view {
            view.wheel(notches * WHEEL_STEP);
        } else if let Some(list) = &mut self.page.list {
            list.go(notches as isize);
            return self.load_more();
        }
        Vec::new()
    }

    pub(super) fn click(&mut self, x: usize, y: usize) -> Vec<Effect> {
        self.message = None;
        if self.overlay.take().is_some() || self.prompt.take().is_some() {
            return Vec::new();
        }
        if self.page.place() == Scope::List {
            return self.click_list(x, y);
        }
        let on_screen = i32::try_from(y).unwrap_or(i32::MAX);
        let link = self.page.view.as_ref().and_then(|view| view.link_at(x, on_screen)).map(str::to_owned);
        self.click_thread(x, y);
        link.map(Effect::Follow).into_iter().collect()
    }

    /// A click on a tab turns to it; one on a story chooses it, and opens it if it was chosen already.
    fn click_list(&mut self, x: usize, y: usize) -> Vec<Effect> {
        let Some(list) = &self.page.list else { return Vec::new() };
        let Some(below) = y.checked_sub(1) else {
            let start = tabs_start(list.heading());
            let cells = tab_cells(list.heading(), &self.keys, self.size.0.saturating_sub(start));
            let hit = cells.iter().find(|cell| (start + cell.x..start + cell.x + cell.width()).contains(&x));
            return hit.map(|cell| self.turn_to_section(cell.index)).unwrap_or_default();
        };
        let is_list = below < self.list_room().1;
        match self.page.list.as_mut().filter(|_| is_list).and_then(|list| list.select_line(below)) {
            Some(true) => self.open_entry(),
            _ => self.load_more(),
        }
    }

    fn click_thread(&mut self, x: usize, y: usize) {
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
        let (room, own_full) = (self.size.0, self.page.full_as_set());
        let Some(view) = &mut self.page.view else { return };
        let cells = cells(view.distribution(), view.thresholds(), 1, room.saturating_sub(1));
        let hit = cells.iter().find(|cell| (cell.x..cell.x + cell.width).contains(&x));
        if let Some(cell) = hit {
            view.set_thresholds(Thresholds::new(Some(cell.bucket.from), own_full));
            self.page.own_full = Some(Thresholds::new(None, own_full));
        }
    }

    fn is_bar(&self, y: usize) -> bool {
        self.frame() > 0 && y + self.frame() == self.size.1
    }
}
