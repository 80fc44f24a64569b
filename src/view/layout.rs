//! Layout: columns for a screen of a given size, and the lines of the rows that fit on it.

use super::{Line, Row, TextLine, ThreadView, Visibility, wrap, wrap_noted};
use crate::model::Text;

/// Columns of one level of depth: a guide and a space.
const STEP: usize = 2;
/// The column of the bar that marks the reader's row.
const GUTTER: usize = 1;

/// The room for the thread, in columns and rows, without the bars at the foot of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// Columns, at least 1.
    pub width: usize,
    /// Screen lines, at least 1.
    pub height: i32,
    /// The most columns that a body is wrapped to, at least 1.
    pub text_width: usize,
}

impl Geometry {
    /// The levels of depth that get a guide of their own; deeper ones share the last, and show their depth as a number.
    pub fn deepest_guide(&self) -> usize {
        (self.width * 2 / 5).saturating_sub(GUTTER + STEP) / STEP
    }

    /// The column of the fold mark of a comment.
    pub fn mark_column(&self, depth: u32) -> usize {
        GUTTER + STEP * (depth as usize).min(self.deepest_guide())
    }

    /// The column of the text of a comment.
    pub fn body_column(&self, depth: u32) -> usize {
        self.mark_column(depth) + STEP
    }

    /// Columns for the text of a comment, at least 1.
    pub fn body_width(&self, depth: u32) -> usize {
        self.width.saturating_sub(self.body_column(depth) + 1).clamp(1, self.text_width.max(1))
    }
}

/// One screen line of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowLine {
    /// A piece of the story's title.
    Title(Line),
    /// Source, author, age, counts.
    Meta,
    /// The address that the story links to.
    Link,
    /// A piece of the story's text, or of a comment's.
    Text(Line),
    /// A piece of the note on where a link of that text leads; the number is the link's.
    LeadsTo(u32, Line),
    /// A piece of a note on what was damaged or missing; the number is the note's place.
    Note(usize, Line),
    /// Nothing.
    Blank,
    /// The header of a comment, whole, or all of it where it takes one row.
    Header,
    /// The first words of what a comment answers, where the tree is dissolved.
    Answered,
    /// Stands for a text that is not there.
    StandIn,
    /// The count of hidden comments.
    Marker,
    /// The end of the discussion, with what there was of it.
    End,
    /// That the site takes no more comments.
    Archived,
    /// A piece of the fortune at the foot.
    Fortune(Line),
}

impl From<TextLine> for RowLine {
    fn from(line: TextLine) -> Self {
        match line {
            TextLine::Words(line) => Self::Text(line),
            TextLine::LeadsTo(number, line) => Self::LeadsTo(number, line),
        }
    }
}

/// A row as it stands on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The row.
    pub row: Row,
    /// The screen line of its first line; negative when that is above the screen.
    pub y: i32,
    /// All its lines.
    pub lines: Vec<RowLine>,
}

impl Placed {
    /// The screen line after its last one.
    pub fn end(&self) -> i32 {
        self.y.saturating_add(height(&self.lines))
    }
}

/// The number of screen lines.
fn height(lines: &[RowLine]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX / 2)
}

impl ThreadView {
    /// The rows that show on the screen, from the top.
    pub fn screen(&self) -> Vec<Placed> {
        let (mut at, mut y) = (self.position(), self.place.y);
        while y > 0 && at > 0 {
            at -= 1;
            y -= self.height_at(at);
        }
        let mut placed = Vec::new();
        let bottom = self.geometry.height;
        for &row in self.rows.as_slice().get(at..).unwrap_or_default() {
            if y >= bottom {
                break;
            }
            let lines = self.lines(row);
            placed.push(Placed { row, y, lines });
            y = placed.last().map_or(bottom, Placed::end);
        }
        placed
    }

    /// The lines of a row at the current width.
    pub fn lines(&self, row: Row) -> Vec<RowLine> {
        match row {
            Row::Story => self.story_lines(),
            Row::Comment(index) => self.comment_lines(index),
            Row::Marker(_) | Row::Rest => vec![RowLine::Marker],
            Row::Foot => self.foot_lines(),
        }
    }

    fn comment_lines(&self, index: u32) -> Vec<RowLine> {
        let mut lines = vec![RowLine::Header];
        if self.rows.visibility(index) == Visibility::Full
            && !self.rows.is_folded(index)
            && let Some(comment) = self.thread.get(index)
        {
            if comment.is_in_flat() && comment.answered().is_some() {
                lines.push(RowLine::Answered);
            }
            let body = wrap_noted(comment.body(), self.geometry.body_width(comment.depth()));
            if body.is_empty() {
                lines.push(RowLine::StandIn);
            }
            lines.extend(body.into_iter().map(RowLine::from));
            lines.push(RowLine::Blank);
        }
        lines
    }

    fn story_lines(&self) -> Vec<RowLine> {
        let story = self.thread.story();
        let width = self.geometry.body_width(0);
        let mut lines = plain_lines(&story.title, width, RowLine::Title);
        lines.push(RowLine::Meta);
        if !story.link.is_empty() {
            lines.push(RowLine::Link);
        }
        for (number, note) in self.thread.notes().iter().enumerate() {
            lines.extend(plain_lines(note, width, |line| RowLine::Note(number, line)));
        }
        lines.push(RowLine::Blank);
        if !story.text.plain.is_empty() {
            lines.extend(wrap_noted(story.text.borrow(), width).into_iter().map(RowLine::from));
            lines.push(RowLine::Blank);
        }
        lines
    }

    fn foot_lines(&self) -> Vec<RowLine> {
        let story = self.thread.story();
        let mut lines = vec![RowLine::Blank, RowLine::End];
        if story.archived {
            lines.push(RowLine::Archived);
        }
        if !story.fortune.is_empty() {
            lines.push(RowLine::Blank);
            lines.extend(plain_lines(&story.fortune, self.geometry.body_width(0), RowLine::Fortune));
        }
        lines
    }

    /// The position of the reader's row among the rows.
    pub(super) fn position(&self) -> usize {
        self.rows.position(self.place.row).unwrap_or_else(|near| near.min(self.rows.as_slice().len().saturating_sub(1)))
    }

    pub(super) fn row_at(&self, position: usize) -> Row {
        self.rows.as_slice().get(position).copied().unwrap_or(Row::Foot)
    }

    /// The lines that the row at a position takes.
    pub(super) fn height_at(&self, position: usize) -> i32 {
        height(&self.lines(self.row_at(position)))
    }
}

fn plain_lines(text: &str, width: usize, kind: impl Fn(Line) -> RowLine) -> Vec<RowLine> {
    wrap(Text::unmarked(text).borrow(), width).into_iter().map(kind).collect()
}
