//! A backend for terminals that disagree about grapheme clusters: one gives a cluster the columns that it takes as a
//! whole, another gives each character of it its own.
//!
//! After such a cluster the cursor may be elsewhere than the cell after it, and a part of it may stay behind when the cell
//! changes. So a line that holds one, or held one, is erased and written whole whenever anything on it changes, and the
//! cursor is set anew before and after each of them. What a cluster takes too much is then overwritten, and at the end of
//! the line cut off: such lines are written without autowrap.

use std::collections::BTreeSet;
use std::mem;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::draw_order;
use super::hyperlink::{self, HyperlinkBackend};
use super::scroll::Scroll;
use super::terminal_size::TerminalSize;

/// A backend that can erase and scroll lines, and end lines where the screen ends.
pub trait LineBackend: Backend {
    /// Erases a line and puts the cursor at its start. Sends nothing by itself, so that the frame stays whole.
    ///
    /// # Errors
    /// The backend's error.
    fn erase_line(&mut self, y: u16) -> Result<(), Self::Error>;

    /// Whether what is written past the end of a line goes on in the next one (DECAWM).
    ///
    /// # Errors
    /// The backend's error.
    fn set_autowrap(&mut self, wraps: bool) -> Result<(), Self::Error>;

    /// Scrolls a region; the lines that come in are blank, in the terminal's own colours.
    ///
    /// # Errors
    /// The backend's error.
    fn scroll(&mut self, scroll: Scroll) -> Result<(), Self::Error>;
}

/// A backend that wraps another.
#[derive(Debug)]
pub struct ClusterBackend<B> {
    inner: B,
    /// The terminal's size, where somebody says when it changes.
    known_size: Option<TerminalSize>,
    /// Whether the terminal can scroll regions.
    scrolls: bool,
    is_cursor_hidden: bool,
    size: Size,
    /// The cells that the terminal was given, line by line.
    cells: Vec<Cell>,
    /// The lines that hold doubtful clusters, or held them when they were written last.
    doubtful: BTreeSet<u16>,
}

impl<B: HyperlinkBackend + LineBackend> ClusterBackend<B> {
    /// Wraps a backend.
    pub fn new(inner: B) -> Self {
        Self {
            inner,
            known_size: None,
            scrolls: false,
            is_cursor_hidden: false,
            size: Size::default(),
            cells: Vec::new(),
            doubtful: BTreeSet::new(),
        }
    }

    /// Asks for the size only where this one is not known.
    #[must_use]
    pub fn with_size(self, size: TerminalSize) -> Self {
        Self { known_size: Some(size), ..self }
    }

    /// Scrolls regions where that saves bytes; the terminal must be able to.
    #[must_use]
    pub fn with_scrolling(self, scrolls: bool) -> Self {
        Self { scrolls, ..self }
    }

    fn forget(&mut self) {
        self.cells.fill(Cell::EMPTY);
        self.doubtful.clear();
    }

    fn fit(&mut self) -> Result<(), B::Error> {
        let size = self.size()?;
        if size != self.size {
            self.size = size;
            self.cells = vec![Cell::EMPTY; usize::from(size.width) * usize::from(size.height)];
            self.doubtful.clear();
        }
        Ok(())
    }

    /// Scrolls, and draws what is then still different from the next frame.
    fn draw_scrolled(&mut self, scroll: Scroll, next: Vec<Cell>) -> Result<(), B::Error> {
        self.inner.scroll(scroll)?;
        scroll.apply(&mut self.cells, self.size.width.into());
        self.doubtful = self.doubtful.iter().filter_map(|&y| scroll.moved(y)).collect();
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        let standing = Buffer { area, content: mem::take(&mut self.cells) };
        let next = Buffer { area, content: next };
        let content = standing.diff(&next);
        self.cells = standing.content;
        self.draw_cells(content)
    }

    /// Draws cells: lines with doubtful clusters whole, all else cell by cell.
    fn draw_cells(&mut self, content: Vec<(u16, u16, &Cell)>) -> Result<(), B::Error> {
        put_cells(&mut self.cells, self.size.width.into(), &content);
        let changed: BTreeSet<u16> = content.iter().map(|(_, y, _)| *y).collect();
        self.doubtful.extend(content.iter().filter(|(.., cell)| is_doubtful(cell.symbol())).map(|(_, y, _)| *y));
        let whole: Vec<u16> = changed.intersection(&self.doubtful).copied().collect();
        let plain = content.into_iter().filter(|(_, y, _)| !whole.contains(y)).collect();
        let width = usize::from(self.size.width);
        let plain = draw_order::arrange(plain, &self.cells, width);
        // Behind the last column the cursor is in no known place, so what follows begins with a move of its own.
        for cells in plain.split_inclusive(|(x, ..)| usize::from(*x) + 1 == width) {
            hyperlink::draw(&mut self.inner, cells.iter().copied())?;
        }
        self.write_lines(&whole)
    }

    fn write_line(&mut self, y: u16) -> Result<(), B::Error> {
        self.inner.erase_line(y)?;
        let width = usize::from(self.size.width);
        let line = self.cells.get(usize::from(y) * width..).and_then(|rest| rest.get(..width)).unwrap_or_default();
        let mut run: Vec<(u16, u16, &Cell)> = Vec::new();
        let mut holds = false;
        let mut x = 0;
        while let Some(cell) = line.get(x) {
            if is_doubtful(cell.symbol()) {
                holds = true;
                hyperlink::draw(&mut self.inner, run.drain(..))?;
                hyperlink::draw(&mut self.inner, std::iter::once((x as u16, y, cell)))?;
            } else {
                run.push((x as u16, y, cell));
            }
            x += columns(cell).max(1);
        }
        hyperlink::draw(&mut self.inner, run.into_iter())?;
        if !holds {
            self.doubtful.remove(&y);
        }
        Ok(())
    }

    fn write_lines(&mut self, lines: &[u16]) -> Result<(), B::Error> {
        if lines.is_empty() {
            return Ok(());
        }
        self.inner.set_autowrap(false)?;
        lines.iter().try_for_each(|&y| self.write_line(y))?;
        self.inner.set_autowrap(true)
    }
}

/// Puts cells onto a screen of `width` columns.
fn put_cells(screen: &mut [Cell], width: usize, content: &[(u16, u16, &Cell)]) {
    for &(x, y, cell) in content {
        let at = usize::from(y) * width + usize::from(x);
        if let Some(kept) = screen.get_mut(at) {
            kept.clone_from(cell);
        }
        // A wide character overwrites the cell behind it, which is not drawn again when the character goes.
        let covered = at + 1..(at + columns(cell)).min((usize::from(y) + 1) * width);
        screen.get_mut(covered).unwrap_or_default().fill(Cell::EMPTY);
    }
}

/// The number of columns that a cell takes.
fn columns(cell: &Cell) -> usize {
    usize::from(cell.cell_width())
}

/// Whether terminals may differ on how many columns a cluster takes, or on whether it is one with what is beside it.
fn is_doubtful(cluster: &str) -> bool {
    let mut characters = cluster.chars();
    let Some(base) = characters.next() else { return false };
    is_doubtful_alone(base) || !characters.all(is_accent)
}

/// Marks that every terminal puts on the character before them: the accents of Latin, Greek and Cyrillic, the vowel
/// points of Hebrew and of Arabic.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        && c.width() == Some(0)
}

fn is_doubtful_alone(c: char) -> bool {
    match c {
        // Scripts without characters that cling to others, for speed.
        ..'\u{300}'
        | '\u{370}'..='\u{481}'
        | '\u{2010}'..='\u{2bff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => false,
        // Regional indicators, skin tones, and first consonants of Hangul are one with others of their kind.
        '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}' => {
            true
        }
        _ => c.width().is_none_or(|width| width > 2) || String::from_iter(['a', c, 'a']).graphemes(true).count() < 3,
    }
}

impl<B: HyperlinkBackend + LineBackend> Backend for ClusterBackend<B> {
    type Error = B::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), B::Error> {
        self.fit()?;
        let content: Vec<(u16, u16, &Cell)> = content.collect();
        let width = usize::from(self.size.width);
        // Fewer cells than a line has are no scrolled block, and an empty screen has none.
        if self.scrolls && content.len() > width && self.cells.iter().any(|cell| *cell != Cell::EMPTY) {
            let mut next = self.cells.clone();
            put_cells(&mut next, width, &content);
            if let Some(scroll) = Scroll::find(&self.cells, &next, width) {
                return self.draw_scrolled(scroll, next);
            }
        }
        self.draw_cells(content)
    }

    /// Sends nothing where the cursor is hidden already.
    fn hide_cursor(&mut self) -> Result<(), B::Error> {
        if !mem::replace(&mut self.is_cursor_hidden, true) {
            self.inner.hide_cursor()?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), B::Error> {
        self.is_cursor_hidden = false;
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, B::Error> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), B::Error> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), B::Error> {
        self.forget();
        self.is_cursor_hidden = false;
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), B::Error> {
        self.forget();
        self.is_cursor_hidden = false;
        self.inner.clear_region(region)
    }

    fn size(&self) -> Result<Size, B::Error> {
        let ask = || self.inner.size();
        self.known_size.as_ref().map_or_else(ask, |known| known.get(ask))
    }

    fn window_size(&mut self) -> Result<WindowSize, B::Error> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> Result<(), B::Error> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::backend::TestBackend;
    use ratatui::style::Style;

    use super::*;

    impl HyperlinkBackend for TestBackend {
        fn lead(&mut self, _: Option<&(u32, String)>) -> Result<(), Self::Error> {
            Ok(())
        }
    }

    impl LineBackend for TestBackend {
        fn erase_line(&mut self, y: u16) -> Result<(), Self::Error> {
            self.set_cursor_position(Position { x: 0, y })?;
            self.clear_region(ClearType::UntilNewLine)
        }

        fn set_autowrap(&mut self, _: bool) -> Result<(), Self::Error> {
            Ok(())
        }

        fn scroll(&mut self, _: Scroll) -> Result<(), Self::Error> {
            unreachable!("it was not asked to scroll")
        }
    }

    #[test]
    fn clusters_that_terminals_disagree_on_are_known() {
        for doubtful in [
            "🇳🇿",
            "👍🏽",
            "👨‍👩‍👧",
            "1️⃣",
            "❤️",
            "हि",
            "ते",
            "বা",
            "కా",
            "கா",
            "കാ",
            "กำ",
            "ကာ",
            "កា",
            "\u{600}1",
            "\u{1112}",
            "\u{1112}\u{1161}\u{11ab}",
            "ｶﾞ",
            // What would be one with the cell before or after it.
            "ा",
            "ำ",
            "🇳",
            "🏽",
            "\u{600}",
        ] {
            assert!(is_doubtful(doubtful), "{doubtful}");
        }
        for sure in ["a", "é", "e\u{301}", "日", "👍", "שׁ", "ب\u{64e}", "한", "か", "क", "│", "…"] {
            assert!(!is_doubtful(sure), "{sure}");
        }
    }

    #[test]
    fn the_screen_is_the_same_as_without_care() {
        let area = Rect::new(0, 0, 12, 3);
        let mut backend = ClusterBackend::new(TestBackend::new(12, 3));
        let mut before = Buffer::empty(area);
        for lines in [
            ["a 🇳🇿 b", "plain", "日本語"],
            ["a 🇳🇿 c", "👍🏽👍🏽 x", "日本"],
            // What was under a wide character does not come back with it.
            ["a 🇳🇿 cdef", "plain text", "日本 x"],
            ["a 🇳🇿 日本", "日本 🇳🇿", "日本 y"],
            ["a 🇳🇿 x y", "a b 🇳🇿", "日本"],
            ["", "plain", ""],
        ] {
            let mut after = Buffer::empty(area);
            for (line, y) in lines.iter().zip(0..) {
                after.set_string(0, y, line, Style::new());
            }
            backend.draw(before.diff(&after).into_iter()).expect("a screen of memory");
            before = after;
            assert_eq!(seen(backend.inner.buffer()), seen(&before));
        }
        assert!(backend.doubtful.is_empty(), "what is gone is forgotten: {:?}", backend.doubtful);
    }

    /// The lines as they are seen: what a wide character covers is not.
    fn seen(buffer: &Buffer) -> Vec<String> {
        let line = |y| {
            let mut line = String::new();
            let mut x = 0;
            while let Some(cell) = buffer.cell((x, y)) {
                line.push_str(cell.symbol());
                x += columns(cell).max(1) as u16;
            }
            line
        };
        (0..buffer.area.height).map(line).collect()
    }
}
