//! The reader's place: a row and the screen line it is on, kept still while rows and sizes change.

use super::{Geometry, Row, RowLine, ThreadView};

/// The place of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The row that the reader is on.
    pub row: Row,
    /// The screen line of its first line; negative when a tall row is scrolled up past the top.
    pub y: i32,
}

impl ThreadView {
    /// Holds the place after the rows have changed: the same row on the same screen line, or, where the row is gone, its
    /// nearest shown ancestor on that line; at the top level, where there is none, the row that follows. The row is
    /// taken up again if it comes back before the reader moves.
    pub(super) fn settle(&mut self) {
        let Place { row, y } = self.home;
        self.line_before_shrinking = None;
        self.place = Place { row: if self.is_shown(row) { row } else { self.nearest(row) }, y };
        self.keep_on_screen();
    }

    /// Makes the current place the one that later changes keep.
    pub(super) fn arrive(&mut self) {
        self.home = self.place;
        self.line_before_shrinking = None;
        self.absent_home = None;
        self.is_where_filter_led = false;
    }

    /// Whether the row is shown.
    pub fn is_shown(&self, row: Row) -> bool {
        self.rows.position(row).is_ok()
    }

    /// Whether a comment is shown with its body.
    pub fn shows_body(&self, index: u32) -> bool {
        self.is_shown(Row::Comment(index)) && self.thread.get(index).is_some_and(|comment| self.is_open(comment))
    }

    /// The shown row nearest to a row that is not shown.
    fn nearest(&self, row: Row) -> Row {
        let own = row.comment().map(Row::Comment);
        let above = row.comment().into_iter().flat_map(|index| self.thread.lineage(index)).map(Row::Comment);
        let shown = own.into_iter().chain(above).find(|&row| self.is_shown(row));
        shown.unwrap_or_else(|| {
            let next = self.rows.position(row).unwrap_or_else(|near| near);
            match self.row_at(next) {
                Row::Foot if next > 0 => self.row_at(next - 1),
                row => row,
            }
        })
    }

    /// Moves the place as little as it takes for a line of its row to be on the screen, and for no line above the first row
    /// to be empty.
    pub(super) fn keep_on_screen(&mut self) {
        let at = self.position();
        let y = self.place.y.clamp(1 - self.own_height_at(at), self.geometry.height - 1);
        self.place.y = y.min(self.above(at, y));
    }

    /// Takes a new size. A row scrolled up past the top keeps the line that was topmost, by its place in the text. However many
    /// steps a screen becomes smaller in, the end is that of one step.
    pub fn resize(&mut self, geometry: Geometry) {
        let topmost = usize::try_from(self.place.y.saturating_neg()).ok().filter(|&line| line > 0);
        let anchor = topmost.and_then(|line| Anchor::at(&self.lines(self.place.row), line));
        let at_home = self.place.row == self.home.row;
        let before = self.line_before_shrinking.take().filter(|_| geometry.height <= self.geometry.height);
        self.geometry = geometry;
        self.place.y = before.unwrap_or(self.place.y);
        if let Some(anchor) = anchor {
            let line = anchor.find(&self.lines(self.place.row));
            self.place.y = i32::try_from(line).map_or(0, |line| -line);
        }
        // A row whose line is gone from the screen shows as much of itself as there is room for.
        if self.place.y >= geometry.height {
            self.line_before_shrinking = Some(self.place.y);
            self.place.y = (geometry.height - self.height_at(self.position())).max(0);
        }
        self.keep_on_screen();
        self.home.y = if at_home { self.place.y } else { self.home.y.min(geometry.height - 1) };
    }
}

/// A line of a row, so that it can be found again when the row is wrapped to another width.
enum Anchor {
    /// The line that shows this byte of the text.
    Text(u32),
    /// So many lines from the end.
    FromEnd(usize),
    /// So many lines from the start.
    FromStart(usize),
}

impl Anchor {
    fn at(lines: &[RowLine], line: usize) -> Option<Self> {
        if let RowLine::Text(text) = lines.get(line)? {
            return Some(Self::Text(text.start));
        }
        let later = lines.get(line..)?.iter().any(|line| matches!(line, RowLine::Text(_)));
        Some(if later { Self::FromStart(line) } else { Self::FromEnd(lines.len() - line) })
    }

    fn find(&self, lines: &[RowLine]) -> usize {
        match *self {
            Self::Text(byte) => {
                lines.iter().rposition(|line| matches!(line, RowLine::Text(text) if text.start <= byte)).unwrap_or(0)
            }
            Self::FromEnd(count) => lines.len().saturating_sub(count),
            Self::FromStart(line) => line.min(lines.len().saturating_sub(1)),
        }
    }
}
