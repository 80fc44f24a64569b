//! A backend that mistrusts terminals about emoji: what they make of flags, skin tones and joined emoji differs by columns.
//!
//! After such a cluster the cursor may be elsewhere than a cell further, and a part of it may stay behind when the cell
//! changes. So a line that holds one, or held one, is erased and written whole whenever anything on it changes, and the
//! cursor is set anew after each of them.

use std::collections::BTreeSet;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

use super::hyperlink::{self, Leading};

/// A backend in front of another.
#[derive(Debug)]
pub struct Careful<B> {
    inner: B,
    size: Size,
    /// What the terminal shows, line by line.
    cells: Vec<Cell>,
    /// The lines that hold such clusters, or held them when they were written last.
    marked: BTreeSet<u16>,
}

impl<B: Leading> Careful<B> {
    /// In front of this backend.
    pub fn new(inner: B) -> Self {
        Self { inner, size: Size::default(), cells: Vec::new(), marked: BTreeSet::new() }
    }

    fn forget(&mut self) {
        self.cells.fill(Cell::EMPTY);
        self.marked.clear();
    }

    fn fit(&mut self) -> Result<(), B::Error> {
        let size = self.inner.size()?;
        if size != self.size {
            self.size = size;
            self.cells = vec![Cell::EMPTY; usize::from(size.width) * usize::from(size.height)];
            self.marked.clear();
        }
        Ok(())
    }

    fn write_line(&mut self, y: u16) -> Result<(), B::Error> {
        self.inner.set_cursor_position(Position { x: 0, y })?;
        self.inner.clear_region(ClearType::UntilNewLine)?;
        let width = usize::from(self.size.width);
        let line = self.cells.get(usize::from(y) * width..).and_then(|rest| rest.get(..width)).unwrap_or_default();
        let mut run: Vec<(u16, u16, &Cell)> = Vec::new();
        let mut holds = false;
        let mut x = 0;
        while let Some(cell) = line.get(x) {
            run.push((x as u16, y, cell));
            if is_doubtful(cell.symbol()) {
                holds = true;
                hyperlink::draw(&mut self.inner, run.drain(..))?;
            }
            x += cell.symbol().width().max(1);
        }
        hyperlink::draw(&mut self.inner, run.into_iter())?;
        if !holds {
            self.marked.remove(&y);
        }
        Ok(())
    }
}

/// Whether terminals differ on how many columns a cluster takes.
fn is_doubtful(cluster: &str) -> bool {
    let doubtful = |c: char| matches!(c, '\u{200d}' | '\u{20e3}' | '\u{fe0f}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}');
    cluster.len() > 3 && cluster.chars().any(doubtful)
}

impl<B: Leading> Backend for Careful<B> {
    type Error = B::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), B::Error> {
        self.fit()?;
        let content: Vec<(u16, u16, &Cell)> = content.collect();
        let width = usize::from(self.size.width);
        let mut changed = BTreeSet::new();
        for &(x, y, cell) in &content {
            let at = usize::from(y) * width + usize::from(x);
            if let Some(kept) = self.cells.get_mut(at) {
                kept.clone_from(cell);
            }
            // What a wide character covers is gone, and is not named again when that gives way.
            let covered = at + 1..(at + cell.symbol().width()).min((usize::from(y) + 1) * width);
            self.cells.get_mut(covered).unwrap_or_default().fill(Cell::EMPTY);
            if is_doubtful(cell.symbol()) {
                self.marked.insert(y);
            }
            changed.insert(y);
        }
        let whole: Vec<u16> = changed.intersection(&self.marked).copied().collect();
        hyperlink::draw(&mut self.inner, content.into_iter().filter(|(_, y, _)| !whole.contains(y)))?;
        whole.into_iter().try_for_each(|y| self.write_line(y))
    }

    fn hide_cursor(&mut self) -> Result<(), B::Error> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), B::Error> {
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
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), B::Error> {
        self.forget();
        self.inner.clear_region(region)
    }

    fn size(&self) -> Result<Size, B::Error> {
        self.inner.size()
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
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    impl Leading for TestBackend {
        fn lead(&mut self, _: Option<&(u32, String)>) -> Result<(), Self::Error> {
            Ok(())
        }
    }

    #[test]
    fn clusters_that_terminals_disagree_on_are_known() {
        for doubtful in ["🇳🇿", "👍🏽", "👨‍👩‍👧", "1️⃣", "❤️"] {
            assert!(is_doubtful(doubtful), "{doubtful}");
        }
        for sure in ["a", "é", "e\u{301}", "日", "👍", "שׁ"] {
            assert!(!is_doubtful(sure), "{sure}");
        }
    }

    #[test]
    fn the_screen_is_the_same_as_without_care() {
        let area = Rect::new(0, 0, 12, 3);
        let mut careful = Careful::new(TestBackend::new(12, 3));
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
            careful.draw(before.diff(&after).into_iter()).expect("a screen of memory");
            before = after;
            assert_eq!(seen(careful.inner.buffer()), seen(&before));
        }
        assert!(careful.marked.is_empty(), "what is gone is forgotten: {:?}", careful.marked);
    }

    /// The lines as they are seen: what a wide character covers is not.
    fn seen(buffer: &Buffer) -> Vec<String> {
        let line = |y| {
            let mut line = String::new();
            let mut x = 0;
            while let Some(cell) = buffer.cell((x, y)) {
                line.push_str(cell.symbol());
                x += cell.symbol().width().max(1) as u16;
            }
            line
        };
        (0..buffer.area.height).map(line).collect()
    }
}
