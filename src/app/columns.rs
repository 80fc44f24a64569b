//! The columns of the screen: those of the list beside a thread, of the margins, of the thread, and of the map.

use super::{App, Page, When};
use crate::view::{Geometry, ListView};

/// Columns from which a thread that was opened from a list has the list beside it.
pub const WIDE_FOR_LIST: usize = 160;
/// Columns from which there is room for a map of the thread.
pub const WIDE_FOR_MAP: usize = 100;
/// Columns of the map and the blank ones before and behind it: next to the last column a cursor goes down a line in two
/// bytes, where behind the last one it must be set anew.
pub const MAP_COLUMNS: usize = 3;
/// The columns of a list beside a thread, with the blank ones behind it: three tenths of the screen, within this range.
const LIST_COLUMNS: (usize, usize) = (48, 64);
/// The fewest columns of a list on a screen that has as many, however narrow the texts of threads are to be.
const NARROWEST_LIST: usize = 80;
/// The blank column and the line behind a list beside a thread.
pub const LIST_EDGE: usize = 2;
/// Columns that a thread takes beside those of its text: the reader's bar, the fold mark, and the steps of a few replies.
const BESIDE_TEXT: usize = 12;

/// The columns of the screen of a thread, from the left: the list, a margin, the thread, the other margin, the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The list beside the thread with a blank column and the line behind it; 0 where there is none.
    pub list: usize,
    /// The first column of the thread.
    pub thread: usize,
    /// The columns of the thread, with the margin behind it.
    pub thread_width: usize,
    /// The columns of the map; 0 where there is none.
    pub map: usize,
}

impl App {
    /// The columns of a thread's screen. The text stands in the middle of what a wide screen leaves.
    pub fn columns(&self) -> Columns {
        let columns = self.size.0;
        let has_map = match self.options.minimap {
            When::Auto => columns >= WIDE_FOR_MAP,
            When::Always => true,
            When::Never => false,
        };
        let map = if has_map { MAP_COLUMNS } else { 0 };
        let list =
            if self.side_list().is_some() { (columns * 3 / 10).clamp(LIST_COLUMNS.0, LIST_COLUMNS.1) } else { 0 };
        let room = columns.saturating_sub(list + map);
        let margin = room.saturating_sub(self.options.text_width.saturating_add(BESIDE_TEXT)) / 2;
        Columns { list, thread: list + margin, thread_width: (room - margin).max(1), map }
    }

    /// The room for the thread.
    pub fn geometry(&self) -> Geometry {
        Geometry {
            width: self.columns().thread_width,
            height: i32::try_from(self.size.1.saturating_sub(self.frame()).max(1)).unwrap_or(i32::MAX),
            text_width: self.options.text_width,
        }
    }

    /// The list beside the thread: the one that it was opened from, on a screen with room for both.
    pub fn side_list(&self) -> Option<&ListView> {
        let has_room = self.size.0 >= WIDE_FOR_LIST && self.options.list_beside != When::Never && self.frame() > 0;
        if has_room && self.page.list().is_none() { self.back_stack.last().and_then(Page::list) } else { None }
    }

    /// The first column of a list that has the screen for itself, and its columns: as many as a thread takes, in the middle of
    /// a wide screen.
    pub fn list_columns(&self) -> (usize, usize) {
        let measure = self.options.text_width.saturating_add(BESIDE_TEXT).max(NARROWEST_LIST);
        let left = self.size.0.saturating_sub(measure) / 2;
        (left, self.size.0.saturating_sub(2 * left).max(1))
    }

    /// The room for a list that has the screen for itself, in columns and lines.
    pub fn list_room(&self) -> (usize, usize) {
        let below_tabs = self.list_top().saturating_sub(1);
        (self.list_columns().1, self.size.1.saturating_sub(self.frame() + below_tabs).max(1))
    }

    /// The first line of a list that has the screen for itself: below the tab bar, with an empty line between them where
    /// stories have such lines too.
    pub fn list_top(&self) -> usize {
        if self.frame() == 0 {
            return 0;
        }
        let room = (self.list_columns().1, self.size.1.saturating_sub(self.frame()));
        1 + self.options.lists.density.lines(room).1
    }

    /// Gives the page on the screen, and the list beside it, the room that they have.
    pub(super) fn fit_page(&mut self) {
        let (columns, geometry, room) = (self.columns(), self.geometry(), self.list_room());
        self.page.resize(geometry, room);
        let beside = self.back_stack.last_mut().filter(|_| columns.list > 0).and_then(Page::list_mut);
        if let Some(list) = beside {
            list.view_mut().stand_beside((columns.list.saturating_sub(LIST_EDGE), room.1));
        }
    }

    /// Shows the list beside the thread, or takes it away; the place stays on its line. Where there is no room for one,
    /// says so.
    pub(super) fn toggle_side_list(&mut self) {
        if self.size.0 < WIDE_FOR_LIST {
            self.say(format!("the list shows beside a thread on screens of at least {WIDE_FOR_LIST} columns"));
            return;
        }
        let shows = self.options.list_beside == When::Never;
        self.options.list_beside = if shows { When::Auto } else { When::Never };
        self.fit_page();
        self.message = match shows {
            true if self.side_list().is_none() => Some("the list shows beside a thread that was opened from it".into()),
            true => None,
            false => Some("threads have the screen for themselves".into()),
        };
    }
}
