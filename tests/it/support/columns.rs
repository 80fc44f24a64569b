//! A terminal in small: what is written to it → the cells that it shows. It joins the characters of a grapheme cluster, or
//! gives each its own columns, as terminals differ.

use std::cell::{Cell as Kept, RefCell};
use std::io;
use std::rc::Rc;

use lurker::shell::ansi_backend::AnsiBackend;
use lurker::shell::cluster_backend::LineBackend;
use lurker::shell::hyperlink::HyperlinkBackend;
use lurker::shell::scroll::Scroll;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};
use unicode_segmentation::UnicodeSegmentation;

/// What stands in one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Column {
    /// The text that begins in it; empty in the columns behind a wide one's first.
    pub(crate) text: String,
    /// The first column of that text, and how many it takes.
    start: usize,
    length: usize,
}

/// The terminal.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    joins: bool,
    size: (usize, usize),
    lines: Vec<Vec<Column>>,
    at: (usize, usize),
    autowrap: bool,
    /// The first and the last line of the scroll region.
    region: (usize, usize),
    /// Lines that were scrolled so far.
    pub(crate) scrolled: usize,
    /// Whether anything went on in the next line.
    pub(crate) has_wrapped: bool,
}

impl Columns {
    pub(crate) fn new(joins: bool, size: (usize, usize)) -> Self {
        let mut new = Self {
            joins,
            size,
            lines: Vec::new(),
            at: (0, 0),
            autowrap: true,
            region: (0, 0),
            scrolled: 0,
            has_wrapped: false,
        };
        new.resize(size);
        new
    }

    /// Takes another size; until something is written, anything may stand on the screen.
    pub(crate) fn resize(&mut self, size: (usize, usize)) {
        (self.size, self.region) = (size, (0, size.1 - 1));
        let rubbish = |start| Column { text: "#".to_owned(), start, length: 1 };
        self.lines = vec![(0..size.0).map(rubbish).collect(); size.1];
    }

    /// The lines, column by column.
    pub(crate) fn texts(&self) -> Vec<Vec<&str>> {
        self.lines.iter().map(|line| line.iter().map(|column| column.text.as_str()).collect()).collect()
    }

    /// Takes what is written. Colours and hyperlinks do not part the characters of a cluster.
    pub(crate) fn write(&mut self, written: &str) {
        let mut text = String::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once('\x1b') {
            text.push_str(before);
            if let Some(link) = after.strip_prefix(']') {
                rest = link.split_once("\x1b\\").expect("the end of a hyperlink").1;
                continue;
            }
            let end = after.find(|c: char| c.is_ascii_alphabetic()).expect("the end of a sequence");
            let (parameters, tail) = (after.get(1..end).expect("CSI"), after.get(end + 1..).unwrap_or_default());
            rest = tail;
            if !after.get(end..).unwrap_or_default().starts_with('m') {
                self.text(&std::mem::take(&mut text));
                self.sequence(after.as_bytes()[end], parameters);
            }
        }
        text.push_str(rest);
        self.text(&text);
    }

    fn sequence(&mut self, end: u8, parameters: &str) {
        match (end, parameters) {
            (b'H', _) => {
                let mut numbers = parameters.split(';').map(|number| number.parse::<usize>().unwrap_or(1));
                let (y, x) = (numbers.next().unwrap_or(1) - 1, numbers.next().unwrap_or(1) - 1);
                self.at = (x.min(self.size.0 - 1), y.min(self.size.1 - 1));
            }
            (b'C', _) => self.at.0 += parameters.parse::<usize>().unwrap_or(1),
            (b'J', "2") => (0..self.size.1).for_each(|y| self.erase(y, 0)),
            (b'K', "" | "0") => self.erase(self.at.1, self.at.0),
            (b'r', "") => (self.region, self.at) = ((0, self.size.1 - 1), (0, 0)),
            (b'r', _) => {
                let (top, bottom) = parameters.split_once(';').expect("two lines");
                let line = |text: &str| text.parse::<usize>().expect("a line") - 1;
                (self.region, self.at) = ((line(top), line(bottom)), (0, 0));
                assert!(self.region.0 < self.region.1 && self.region.1 < self.size.1, "{parameters}");
            }
            (b'M' | b'L', _) => self.scroll(parameters.parse().expect("a count"), end == b'M'),
            (b'h', "?7") => self.autowrap = true,
            (b'l', "?7") => self.autowrap = false,
            _ => assert_eq!(parameters, "?25", "a sequence that is not known: {}", char::from(end)),
        }
    }

    /// Deletes or inserts lines at the cursor, within the scroll region.
    fn scroll(&mut self, count: usize, deletes: bool) {
        let (top, bottom) = self.region;
        assert!((top..=bottom).contains(&self.at.1) && count <= bottom - self.at.1, "lines of the region");
        let blank = |width| (0..width).map(|start| Column { text: " ".to_owned(), start, length: 1 }).collect();
        for _ in 0..count {
            let (gone, new) = if deletes { (self.at.1, bottom) } else { (bottom, self.at.1) };
            self.lines.remove(gone);
            self.lines.insert(new, blank(self.size.0));
        }
        self.scrolled += count;
    }

    /// Writes text, and moves where line feeds, carriage returns and backspaces are in it.
    fn text(&mut self, text: &str) {
        let is_move = |c| matches!(c, '\n' | '\r' | '\x08');
        for part in text.split_inclusive(is_move) {
            let text = part.trim_end_matches(is_move);
            self.characters(text);
            let Some(moves) = part.get(text.len()..).filter(|moves| !moves.is_empty()) else { continue };
            assert!(moves == "\r" || self.at.0 < self.size.0, "from a column that is known");
            match moves {
                "\n" => self.at.1 += 1,
                "\r" => self.at.0 = 0,
                _ => self.at.0 -= 1,
            }
            assert!(self.at.1 < self.size.1, "a line feed does not scroll");
        }
    }

    fn characters(&mut self, text: &str) {
        let width = |part: &str| usize::from(part.cell_width());
        if self.joins {
            text.graphemes(true).for_each(|cluster| self.put(cluster, width(cluster)));
        } else {
            text.chars().for_each(|c| self.put(c.encode_utf8(&mut [0; 4]), width(c.encode_utf8(&mut [0; 4]))));
        }
    }

    fn put(&mut self, text: &str, length: usize) {
        let (columns, lines) = self.size;
        let (mut x, mut y) = self.at;
        if length == 0 {
            let before = self.lines[y][x.saturating_sub(1)].start;
            self.lines[y][before].text.push_str(text);
            return;
        }
        if x + length > columns && self.autowrap {
            self.has_wrapped = true;
            (x, y) = (0, y + 1);
            if y == lines {
                self.lines.remove(0);
                self.lines.push(self.lines[0].clone());
                y -= 1;
                self.erase(y, 0);
            }
        }
        let start = x.min(columns.saturating_sub(length));
        (start..columns.min(start + length)).for_each(|x| self.give_way(x, y));
        for x in start..columns.min(start + length) {
            let text = if x == start { text.to_owned() } else { String::new() };
            self.lines[y][x] = Column { text, start, length };
        }
        self.at = (start + length, y);
    }

    /// Takes away all of what stands in a column.
    fn give_way(&mut self, x: usize, y: usize) {
        let Column { start, length, .. } = self.lines[y][x];
        for x in start..self.size.0.min(start + length) {
            self.lines[y][x] = Column { text: " ".to_owned(), start: x, length: 1 };
        }
    }

    fn erase(&mut self, y: usize, from: usize) {
        (from..self.size.0).for_each(|x| self.give_way(x, y));
        for x in from..self.size.0 {
            self.lines[y][x] = Column { text: " ".to_owned(), start: x, length: 1 };
        }
    }
}

/// What was written and not yet taken.
#[derive(Clone, Default)]
pub(crate) struct Written(Rc<RefCell<Vec<u8>>>);

impl Written {
    /// What was written since this was asked last.
    pub(crate) fn take(&self) -> String {
        String::from_utf8(self.0.take()).expect("UTF-8")
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The program's own backend, of a size that the test sets.
pub(crate) struct SizedScreen {
    inner: AnsiBackend<Written>,
    size: Rc<Kept<Size>>,
}

impl SizedScreen {
    pub(crate) fn new(written: Written, size: Rc<Kept<Size>>) -> Self {
        Self { inner: AnsiBackend::new(written), size }
    }
}

impl HyperlinkBackend for SizedScreen {
    fn lead(&mut self, target: Option<&(u32, String)>) -> io::Result<()> {
        self.inner.lead(target)
    }
}

impl LineBackend for SizedScreen {
    fn erase_line(&mut self, y: u16) -> io::Result<()> {
        self.inner.erase_line(y)
    }

    fn set_autowrap(&mut self, wraps: bool) -> io::Result<()> {
        self.inner.set_autowrap(wraps)
    }

    fn scroll(&mut self, scroll: Scroll) -> io::Result<()> {
        self.inner.scroll(scroll)
    }
}

impl Backend for SizedScreen {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size.get())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size.get(), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
