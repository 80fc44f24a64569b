//! A page with nothing to read on it: that it is loading, or why nothing came, and the keys that help.

use std::ops::Range;

use super::hints::HINT_GAP;
use super::{App, Command, GlobalCommand, HintCell, Key, Message, Page, WayOut};
use crate::model::Entry;
use crate::view::ListView;

/// The most columns of its words, and those that stay free at both sides.
const WIDEST: usize = 76;
const MARGIN: usize = 2;
/// Below so many columns, what a key does is said in one word.
const NARROW: usize = 24;

/// A page with nothing to read on it, as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptyPage {
    /// Whether it says what went wrong.
    pub is_error: bool,
    /// Its words, line by line.
    pub lines: Vec<Message>,
    /// The column of the screen in which they begin.
    pub column: usize,
    /// The line of the screen on which they begin.
    pub top: usize,
    /// The ways to what is stored, each with its line on the screen, and whether it is the chosen one.
    pub ways: Vec<(usize, WayOut, bool)>,
    /// The keys that help, each with its line on the screen.
    pub buttons: Vec<(usize, HintCell)>,
}

impl App {
    /// The page on the screen, where there is nothing to read on it.
    pub fn empty_page(&self) -> EmptyPage {
        let error = self.page.error();
        let words = match error {
            Some(error) => self.own_message(&self.error_words(error)),
            None => self.loading_words().into(),
        };
        let (first, room) = self.page_lines();
        let (left, columns) = self.page_columns();
        let mut rows = if error.is_some() { self.button_rows(left + MARGIN..left + columns) } else { Vec::new() };
        let width = columns.saturating_sub(2 * MARGIN).clamp(1, WIDEST);
        let mut lines = words.wrapped(width);
        // The reason matters most, then the keys: the first of them before the end of a long reason, all of them before the
        // end of the advice, and that before an empty line.
        let reason = error
            .map_or(0, |error| Message::from(self.own_words(&self.on_screen(error).to_string())).wrapped(width).len());
        let kept = room.saturating_sub(rows.len()).max(reason.min(room.saturating_sub(1))).max(1);
        rows.truncate(room.saturating_sub(kept));
        let is_cut = lines.len() > kept;
        lines.truncate(kept);
        if let Some(last) = lines.last_mut().filter(|_| is_cut) {
            let end = if last.width() < width {
                last.words().len()
            } else {
                last.words().char_indices().next_back().map_or(0, |(at, _)| at)
            };
            *last = last.part(0..end).and(self.own_words("…"));
        }
        let gap = usize::from(lines.len() + rows.len() < room);
        // The ways stand between words and keys, with an empty line behind them; all of them or none.
        let ways = self.ways_out();
        let taken = lines.len() + gap + rows.len();
        let (ways, ways_lines) =
            if ways.is_empty() || taken + ways.len() + 1 > room { (&[][..], 0) } else { (ways, ways.len() + 1) };
        let top = first + room.saturating_sub(taken + ways_lines) / 3;
        let below = top + lines.len() + gap;
        let chosen = self.page.way_out();
        let ways = ways.iter().enumerate().map(|(place, way)| (below + place, *way, place == chosen)).collect();
        let rows = rows.into_iter().zip(below + ways_lines..);
        let buttons = rows.flat_map(|(row, y)| row.into_iter().map(move |cell| (y, cell))).collect();
        EmptyPage { is_error: error.is_some(), lines, column: left + MARGIN, top, ways, buttons }
    }

    /// The way that an error's page shows on a line of the screen, at this column.
    pub(super) fn way_at(&self, x: usize, y: usize) -> Option<usize> {
        let (left, columns) = self.page_columns();
        let page = self.empty_page();
        page.ways.iter().position(|(line, ..)| *line == y).filter(|_| (left..left + columns).contains(&x))
    }

    /// The key that an error's page names at a column and line of the screen.
    pub(super) fn button_at(&self, x: usize, y: usize) -> Option<Key> {
        self.page.error()?;
        let page = self.empty_page();
        let is_here = |(line, cell): &&(usize, HintCell)| *line == y && cell.columns().contains(&x);
        page.buttons.iter().find(is_here).map(|(_, cell)| cell.hint.key)
    }

    /// The command of a key that the words of an error's page name at a column and line of the screen.
    pub(super) fn named_in_error(&self, x: usize, y: usize) -> Option<Command> {
        self.page.error()?;
        let page = self.empty_page();
        page.lines.get(y.checked_sub(page.top)?)?.command_at(x.checked_sub(page.column)?)
    }

    /// The first line of the page on the screen, and its lines.
    fn page_lines(&self) -> (usize, usize) {
        match self.page.list() {
            Some(_) => (self.list_top(), self.list_room().1),
            None => (0, self.size.1.saturating_sub(self.frame())),
        }
    }

    /// The first column of the page on the screen, and its columns: those that what comes will have.
    fn page_columns(&self) -> (usize, usize) {
        match self.page.list() {
            Some(_) => self.list_columns(),
            None => (self.columns().thread, self.columns().thread_width),
        }
    }

    /// That the page is loading, and the reason why that takes long.
    fn loading_words(&self) -> String {
        let transfer = self.page.load().and_then(|load| load.transfer.as_ref());
        let line = transfer.map_or_else(String::new, |line| format!("\n\n{}", line.words));
        format!("loading {}{line}", self.page_name())
    }

    /// The name of a page with nothing to read on it.
    pub fn page_name(&self) -> &str {
        let list = self.page.list().map_or("", |list| list.heading().title.as_str());
        let title = self.opened_entry().map_or(list, |entry| &entry.title);
        if title.is_empty() { self.page.source() } else { title }
    }

    /// The story of the list below that the page was opened for.
    pub(super) fn opened_entry(&self) -> Option<&Entry> {
        let chosen = self.back_stack.last().and_then(Page::list).and_then(ListView::entry);
        chosen.filter(|entry| entry.url == self.page.source() && !entry.title.is_empty())
    }

    /// The keys that help where nothing could be loaded, on as many rows of these columns as they take.
    fn button_rows(&self, columns: Range<usize>) -> Vec<Vec<HintCell>> {
        let leave = if self.has_way_back() { "go back" } else { "quit" };
        let browse = if columns.len() < NARROW { "browser" } else { "open in the browser" };
        let mut rows: Vec<Vec<HintCell>> = Vec::new();
        for (command, does) in
            [(GlobalCommand::Reload, "try again"), (GlobalCommand::BrowseStory, browse), (GlobalCommand::Leave, leave)]
        {
            let is_of_use = match command {
                GlobalCommand::BrowseStory => self.page.is_on_web(),
                GlobalCommand::Reload => self.can_load_again(),
                _ => true,
            };
            let Some(key) = self.keys.keys(command).next().filter(|_| is_of_use) else { continue };
            let hint = self.key_hint(key, does);
            let behind = rows.last().and_then(|row| row.last()).map(|cell| cell.columns().end + HINT_GAP);
            match behind.filter(|x| x + hint.width() < columns.end) {
                Some(x) => rows.last_mut().into_iter().for_each(|row| row.push(HintCell { x, hint: hint.clone() })),
                None => rows.push(vec![HintCell { x: columns.start, hint }]),
            }
        }
        rows
    }
}
