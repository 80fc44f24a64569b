//! The reader's place: a row and the screen line it is on, kept still while rows and sizes change.

use std::mem::{self, Discriminant};

use super::{Geometry, Row, RowLine, ThreadView};

/// The lines within which a line of text follows an empty one.
const NEXT_TEXT: usize = 100;

/// The place of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The row that the reader is on.
    pub row: Row,
    /// The screen line of its first line; negative when a tall row is scrolled up past the top.
    pub y: i32,
}

/// A place, and what it is found by on a screen of another size.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnchoredPlace {
    /// The place on a screen of that size.
    pub(super) place: Place,
    /// `None` where the place was kept on an earlier visit, on a screen of any size.
    geometry: Option<Geometry>,
    /// The line that was topmost, where the row was scrolled up past the top and sizes have changed since.
    anchor: Option<Anchor>,
}

impl AnchoredPlace {
    /// A place on a screen of a size.
    pub(super) fn new(place: Place, geometry: Geometry) -> Self {
        Self { place, geometry: Some(geometry), anchor: None }
    }

    /// A place that was kept on an earlier visit, with the byte of its text that began behind the top of the screen.
    pub(super) fn kept(place: Place, byte: Option<u32>) -> Self {
        let line = usize::try_from(place.y.saturating_neg()).ok();
        let anchor = line.zip(byte).map(|(line, byte)| Anchor::Kept { line, byte });
        Self { place, geometry: None, anchor }
    }
}

impl ThreadView {
    /// Holds the place after the rows have changed: the same row on the same screen line, or, where the row is gone, its
    /// nearest shown ancestor on that line; at the top level, where there is none, the row that follows. The row is
    /// taken up again if it comes back before the reader moves.
    pub(super) fn settle(&mut self) {
        let Place { row, y } = self.home.place;
        if self.is_shown(row) {
            self.stand = self.home;
            self.find_place();
        } else {
            self.stand = AnchoredPlace::new(Place { row: self.nearest(row), y }, self.geometry);
            self.find_place();
            // A row that is scrolled up past the top has another line there than the one in its place had.
            self.stand.place.y = y.max(self.place.y.min(0));
        }
    }

    /// Makes the current place the one that later changes keep.
    pub(super) fn arrive(&mut self) {
        self.stand = AnchoredPlace::new(self.place, self.geometry);
        self.home = self.stand;
        self.absent_home = None;
        self.is_where_filter_led = false;
    }

    /// Finds the place of the reader's row on a screen of the present size.
    pub(super) fn find_place(&mut self) {
        self.place.row = self.stand.place.row;
        self.place.y = self.wanted_line();
        self.keep_on_screen();
    }

    /// The screen line for the first line of the reader's row, if there are lines enough around it.
    fn wanted_line(&self) -> i32 {
        let AnchoredPlace { place: Place { row, y }, geometry, anchor } = self.stand;
        let y = match anchor.filter(|_| geometry != Some(self.geometry)) {
            Some(anchor) => i32::try_from(anchor.find(&self.lines(row))).map_or(0, |line| -line),
            None => y,
        };
        // A row whose line is gone from the screen shows as much of itself as there is room for.
        if y < self.geometry.height { y } else { (self.geometry.height - self.height_at(self.position())).max(0) }
    }

    /// Where the reader's row has moved because there were not lines enough around it, it stays.
    pub(super) fn stay_where_moved(&mut self) {
        if self.wanted_line() != self.place.y {
            self.stand = AnchoredPlace::new(self.place, self.geometry);
            self.home = self.stand;
        }
    }

    /// A place with the line that is topmost there, if it is a place on a screen of the present size.
    pub(super) fn anchored(&self, there: AnchoredPlace) -> AnchoredPlace {
        let topmost = usize::try_from(there.place.y.saturating_neg()).ok().filter(|&line| line > 0);
        let topmost = topmost.filter(|_| there.anchor.is_none() && there.geometry == Some(self.geometry));
        let anchor = topmost.and_then(|line| self.anchor_at(there.place.row, line));
        AnchoredPlace { anchor: anchor.or(there.anchor), ..there }
    }

    /// Where the reader's row is scrolled up past the top: the byte at which the first line of its text begins that is on the
    /// screen.
    pub(super) fn topmost_byte(&self) -> Option<u32> {
        let line = usize::try_from(self.place.y.saturating_neg()).ok().filter(|&line| line > 0)?;
        text_from(&self.lines_from(self.place.row, line, NEXT_TEXT), 0)
    }

    /// What a line of a row is found by at another width. Of a long row only the lines around are looked at.
    fn anchor_at(&self, row: Row, line: usize) -> Option<Anchor> {
        let lines = self.lines_from(row, line, NEXT_TEXT);
        if let Some((kind, start)) = start_of(lines.first()?) {
            return Some(Anchor::Text(kind, start));
        }
        let later = text_from(&lines, 0).is_some();
        Some(if later { Anchor::FromStart(line) } else { Anchor::FromEnd(self.line_count(row) - line) })
    }

    /// Notes what the reader's place is found by, before something changes.
    pub(super) fn anchor(&mut self) {
        (self.home, self.stand) = (self.anchored(self.home), self.anchored(self.stand));
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

    /// Takes a new size. A row scrolled up past the top keeps the line that was topmost when the reader came there, by its place
    /// in the text: whatever sizes lie between, the same size shows the same lines.
    pub fn resize(&mut self, geometry: Geometry) {
        if geometry == self.geometry {
            return;
        }
        self.anchor();
        self.geometry = geometry;
        self.find_place();
    }
}

/// A line of a row, so that it can be found again when the row is wrapped to another width.
#[derive(Clone, Copy, Debug)]
enum Anchor {
    /// The line that shows this byte of one of the row's texts.
    Text(LineKind, u32),
    /// The line at which this byte of the row's own text was the first that began on the screen: so many lines from the start
    /// where it is so again, else the one that shows that byte.
    Kept { line: usize, byte: u32 },
    /// So many lines from the end.
    FromEnd(usize),
    /// So many lines from the start.
    FromStart(usize),
}

/// Which of the texts of a row a line is of: its kind, and the number of the link or note.
type LineKind = (Discriminant<RowLine>, usize);

impl Anchor {
    fn find(&self, lines: &[RowLine]) -> usize {
        match *self {
            Self::Text(kind, byte) => {
                let is_it = |line: &RowLine| start_of(line).is_some_and(|(of, start)| of == kind && start <= byte);
                lines.iter().rposition(is_it).unwrap_or(0)
            }
            Self::Kept { line, byte } if text_from(lines, line) == Some(byte) => line,
            Self::Kept { byte, .. } => {
                let is_it = |line: &RowLine| matches!(line, RowLine::Text(text) if text.start <= byte);
                lines.iter().rposition(is_it).unwrap_or(0)
            }
            Self::FromEnd(count) => lines.len().saturating_sub(count),
            Self::FromStart(line) => line.min(lines.len().saturating_sub(1)),
        }
    }
}

/// The byte at which the first line of the row's own text begins, from a line on.
fn text_from(lines: &[RowLine], line: usize) -> Option<u32> {
    let start = |line: &RowLine| if let RowLine::Text(text) = line { Some(text.start) } else { None };
    lines.get(line..)?.iter().find_map(start)
}

/// Which text a line is of, and the byte of it that the line starts with; `None` for an empty line, of which there are many.
fn start_of(line: &RowLine) -> Option<(LineKind, u32)> {
    let (number, start) = match line {
        RowLine::Title(text) | RowLine::Text(text) | RowLine::Fortune(text) => (0, text.start),
        RowLine::LeadsTo(number, text) => (*number as usize, text.start),
        RowLine::Note(number, text) => (*number, text.start),
        RowLine::Blank | RowLine::Rule => return None,
        RowLine::Meta
        | RowLine::Link
        | RowLine::Header
        | RowLine::Answered
        | RowLine::StandIn
        | RowLine::Marker
        | RowLine::ShownAbove
        | RowLine::End
        | RowLine::Archived => (0, 0),
    };
    Some(((mem::discriminant(line), number), start))
}
