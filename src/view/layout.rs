//! Layout: columns for a screen of a given size, and the lines of the rows that fit on it.

use std::ops::Range;

use super::{Line, Row, TextLine, ThreadView, Visibility, wrap, wrap_noted};
use crate::model::{Comment, State, Text};

/// Columns of one level of depth: a guide and a space.
const STEP: usize = 2;
/// Columns before code, which set it apart also where there are no colours.
pub const CODE_INDENT: usize = 2;
/// The column of the bar that marks the reader's row.
const GUTTER: usize = 1;

/// The lines around the body of a comment: its header, and the blank or the rule behind it.
const HEADER_AND_END: i32 = 2;

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

    /// Columns from the fold mark of a top-level comment to the end of the widest text there.
    pub fn measure(&self) -> usize {
        self.body_column(0) - self.mark_column(0) + self.body_width(0)
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
    /// The end of a discussion, before the next top-level comment.
    Rule,
    /// The header of a comment, whole, or all of it where it takes one row.
    Header,
    /// The first words of what a comment answers, where the tree is dissolved.
    Answered,
    /// Stands for a text that is not there.
    StandIn,
    /// The count of hidden comments.
    Marker,
    /// What was counted at the end, where that is shown in its places, and how to get there.
    ShownAbove,
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
    /// The screen line of the first of `lines`; negative when that is above the screen.
    pub y: i32,
    /// Its lines: all, or of a comment with a long body those on the screen.
    pub lines: Vec<RowLine>,
    /// The number of its lines that come before these.
    pub lines_before: i32,
}

impl Placed {
    /// The screen line of the row's first line; negative when that is above the screen.
    pub fn row_y(&self) -> i32 {
        self.y.saturating_sub(self.lines_before)
    }

    /// The screen line after its last one.
    pub fn end(&self) -> i32 {
        self.y.saturating_add(height(&self.lines))
    }

    /// The screen line after its last one that says something.
    pub fn text_end(&self) -> i32 {
        let is_empty = |line: &&RowLine| matches!(line, RowLine::Blank | RowLine::Rule);
        let empty = self.lines.iter().rev().take_while(is_empty).count();
        self.end() - i32::try_from(empty).unwrap_or(i32::MAX)
    }
}

/// The number of screen lines.
fn height(lines: &[RowLine]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX / 2)
}

impl ThreadView {
    /// Whether a modifier or a mute hides some comment, whatever its score.
    pub fn hides_by_rule(&self) -> bool {
        self.selected.hides_any()
    }

    /// The rows that show on the screen, from the top.
    pub fn screen(&self) -> Vec<Placed> {
        let (mut at, mut y) = (self.position(), self.place.y);
        while y > 0 && at > 0 {
            at -= 1;
            y -= self.height_at(at);
        }
        let mut placed = Vec::new();
        let bottom = self.geometry.height;
        let first = self.row_at(at);
        for row in std::iter::once(first).chain(self.rows.below(first)) {
            if y >= bottom {
                break;
            }
            if let Some(height) = self.long_height(row) {
                let on_screen = (-y).max(0)..height.min(bottom - y);
                let (first, lines) = (on_screen.start, self.long_lines(row, on_screen));
                placed.push(Placed { row, y: y + first, lines, lines_before: first });
                y = y.saturating_add(height);
            } else {
                placed.push(Placed { row, y, lines: self.lines(row), lines_before: 0 });
                y = placed.last().map_or(bottom, Placed::end);
            }
        }
        placed
    }

    /// The lines of a row at the current width.
    pub fn lines(&self, row: Row) -> Vec<RowLine> {
        let mut lines = match row {
            Row::Story => self.story_lines(),
            Row::Comment(index) => self.comment_lines(index),
            Row::Marker(_) | Row::Rest => vec![RowLine::Marker],
            Row::Foot => self.foot_lines(),
        };
        self.set_apart(row, &mut lines);
        lines
    }

    /// Some of those lines: from one on, at most so many.
    pub(super) fn lines_from(&self, row: Row, first: usize, most: usize) -> Vec<RowLine> {
        if self.long_height(row).is_none() {
            return self.lines(row).into_iter().skip(first).take(most).collect();
        }
        let [first, end] = [first, first.saturating_add(most)].map(|line| i32::try_from(line).unwrap_or(i32::MAX));
        self.long_lines(row, first..end)
    }

    /// The number of those lines.
    pub(super) fn line_count(&self, row: Row) -> usize {
        let long = self.long_height(row).and_then(|height| usize::try_from(height).ok());
        long.unwrap_or_else(|| self.lines(row).len())
    }

    /// Whether the last line of a row is empty or a rule.
    pub(super) fn ends_empty(&self, row: Row) -> bool {
        self.long_height(row).is_some() || matches!(self.lines(row).last(), Some(RowLine::Blank | RowLine::Rule))
    }

    /// The lines that a row takes without an empty one or a rule at its end, on which alone nobody can stand.
    pub(super) fn own_height_at(&self, position: usize) -> i32 {
        let height = self.height_at(position);
        if height > 1 { height - i32::from(self.ends_empty(self.row_at(position))) } else { height }
    }

    /// Puts a rule between a discussion and the next one, at the end of the last row of the first. Top-level comments of
    /// one line each stand together.
    fn set_apart(&self, row: Row, lines: &mut Vec<RowLine>) {
        let Some(next) = self.comment_below(row).filter(|next| next.depth() == 0) else { return };
        let is_reply = self.row_depth(row) > 0;
        match lines.last_mut() {
            Some(last @ RowLine::Blank) => *last = RowLine::Rule,
            _ if is_reply || self.is_open(next) => lines.push(RowLine::Rule),
            _ => {}
        }
    }

    /// The comment that the next row is.
    fn comment_below(&self, row: Row) -> Option<Comment<'_>> {
        self.rows.position(row).ok()?;
        let Row::Comment(index) = self.rows.below(row).next()? else { return None };
        self.thread.get(index)
    }

    /// The depth at which a row stands: a marker's is that of the replies that it counts.
    pub fn row_depth(&self, row: Row) -> u32 {
        let own = row.comment().and_then(|index| self.thread.get(index)).map_or(0, Comment::depth);
        own + u32::from(matches!(row, Row::Marker(_)))
    }

    /// Whether the body of a comment shows. Of what is gone the header says all there is.
    pub(super) fn is_open(&self, comment: Comment<'_>) -> bool {
        let index = comment.index();
        self.rows.visibility(index) == Visibility::Full && !self.rows.is_folded(index) && !is_gone(comment)
    }

    fn comment_lines(&self, index: u32) -> Vec<RowLine> {
        let mut lines = vec![RowLine::Header];
        if let Some(comment) = self.thread.get(index).filter(|comment| self.is_open(*comment)) {
            if quotes_what_it_answers(comment) {
                lines.push(RowLine::Answered);
            }
            let width = self.geometry.body_width(comment.depth());
            if let Some(body) = self.wrapped.of(&self.thread, comment, width) {
                lines.extend(body.from(0, usize::MAX).into_iter().map(RowLine::from));
            } else {
                let body = wrap_noted(comment.body(), width);
                if body.is_empty() {
                    lines.push(RowLine::StandIn);
                }
                lines.extend(body.into_iter().map(RowLine::from));
            }
            lines.push(RowLine::Blank);
        }
        lines
    }

    /// The number of the lines of a row that is a comment with a long body; `None` for any other.
    fn long_height(&self, row: Row) -> Option<i32> {
        let Row::Comment(index) = row else { return None };
        let comment = self.thread.get(index).filter(|comment| self.is_open(*comment))?;
        let body = self.wrapped.of(&self.thread, comment, self.geometry.body_width(comment.depth()))?;
        let around = i32::from(quotes_what_it_answers(comment)) + HEADER_AND_END;
        Some(i32::try_from(body.len()).unwrap_or(i32::MAX / 2) + around)
    }

    /// Some of the lines of a row that is a comment with a long body: header, body, and the line behind it.
    fn long_lines(&self, row: Row, wanted: Range<i32>) -> Vec<RowLine> {
        let Some(comment) = row.comment().and_then(|index| self.thread.get(index)) else { return Vec::new() };
        let width = self.geometry.body_width(comment.depth());
        let Some(body) = self.wrapped.of(&self.thread, comment, width) else { return Vec::new() };
        let head = [RowLine::Header].into_iter().chain(quotes_what_it_answers(comment).then_some(RowLine::Answered));
        let mut end = vec![RowLine::Blank];
        self.set_apart(row, &mut end);
        let start = usize::try_from(wanted.start).unwrap_or(0);
        let before = head.clone().count();
        let (from, wanted) = (start.saturating_sub(before).min(body.len()), wanted.len());
        let words = body.from(from, wanted).into_iter().map(RowLine::from);
        let behind = start.saturating_sub(before + from);
        head.skip(start).chain(words).chain(end).skip(behind).take(wanted).collect()
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
        let shown = if self.shown_from_end() > 0 { Some(RowLine::ShownAbove) } else { None };
        let mut lines: Vec<_> = shown.into_iter().chain([RowLine::Blank, RowLine::End]).collect();
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
        self.rows.position(self.place.row).unwrap_or_else(|near| near.min(self.rows.len().saturating_sub(1)))
    }

    pub(super) fn row_at(&self, position: usize) -> Row {
        self.rows.get(position).unwrap_or(Row::Foot)
    }

    /// The lines that the row at a position takes.
    pub(super) fn height_at(&self, position: usize) -> i32 {
        let row = self.row_at(position);
        self.long_height(row).unwrap_or_else(|| height(&self.lines(row)))
    }
}

/// Whether the first words of what a comment answers stand above its body.
fn quotes_what_it_answers(comment: Comment<'_>) -> bool {
    comment.is_in_flat() && comment.answered().is_some()
}

/// Whether nothing but its place is left of a comment.
pub fn is_gone(comment: Comment<'_>) -> bool {
    comment.state() != State::Live && comment.body().plain.is_empty()
}

fn plain_lines(text: &str, width: usize, kind: impl Fn(Line) -> RowLine) -> Vec<RowLine> {
    wrap(Text::unmarked(text).borrow(), width).into_iter().map(kind).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Builder, Draft, Story, Thread};
    use crate::view::Thresholds;

    fn thread(bodies: &[String]) -> Arc<Thread> {
        let mut builder = Builder::new();
        for (number, body) in bodies.iter().enumerate() {
            let (id, body) = (number.to_string(), Text::unmarked(body.as_str()));
            builder.push(&Draft { id: &id, body: body.borrow(), ..Draft::default() });
        }
        Arc::new(builder.finish(Story::default()))
    }

    #[test]
    fn long_bodies_take_the_lines_that_they_are_wrapped_to() {
        let repeated = |unit: &str| unit.repeat(40_000 / unit.len());
        let bodies = ["words of some length ", "word", "日本語の文章。", "line\n", "line\n\n", "é "].map(repeated);
        let other = bodies.clone().map(|body| format!("{body} and more"));
        let mut view =
            ThreadView::new(thread(&bodies), Thresholds::default(), Geometry { width: 80, height: 24, text_width: 70 });
        for (width, bodies) in [(80, &bodies), (40, &bodies), (80, &bodies), (80, &other)] {
            view.replace(thread(bodies));
            view.resize(Geometry { width, height: 24, text_width: 70 });
            for index in 0..bodies.len() as u32 {
                let row = Row::Comment(index);
                let comment = view.thread().get(index).expect("a comment");
                let body = wrap_noted(comment.body(), view.geometry().body_width(comment.depth()));
                let lines = view.lines(row);
                let words: Vec<RowLine> = body.into_iter().map(RowLine::from).collect();
                assert_eq!(lines[1..lines.len() - 1], words, "{index} at {width}");
                assert_eq!(view.long_height(row), Some(height(&lines)), "{index} at {width}");
            }
        }
    }
}
