//! Spoilers: words of a text that stay covered until the reader uncovers them, comment by comment.

use std::collections::BTreeSet;

use super::{Row, ThreadView};
use crate::model::{Comment, MarkKind, TextRef};

/// The texts whose spoilers were uncovered: comments by id, the story's by an empty one.
pub(super) type Uncovered = BTreeSet<String>;

/// The spoilers of a text, as byte ranges.
pub fn spoilers(text: TextRef<'_>) -> impl Iterator<Item = (u32, u32)> {
    let marks = text.marks.iter().filter(|mark| mark.kind == MarkKind::Spoiler);
    marks.map(|mark| (mark.start, mark.end))
}

impl ThreadView {
    /// Whether the spoilers in a row's text are covered.
    pub fn covers_spoilers(&self, row: Row) -> bool {
        self.text_id(row).is_some_and(|id| !self.uncovered.contains(id))
    }

    /// Uncovers the spoilers of the selected comment or story, or covers them again; returns whether they are covered then,
    /// `None` where it has none.
    pub fn toggle_spoilers(&mut self) -> Option<bool> {
        let row = self.place.row;
        spoilers(self.text(row)?).next()?;
        let id = self.text_id(row)?.to_owned();
        let was_covered = self.uncovered.insert(id.clone());
        if !was_covered {
            self.uncovered.remove(&id);
        }
        Some(!was_covered)
    }

    /// Uncovers the spoilers of the text at a column and line of the screen, if one of them is there and covered.
    pub fn uncover_at(&mut self, x: usize, y: i32) -> bool {
        let Some((row, text, byte)) = self.text_at(x, y) else { return false };
        let is_there = spoilers(text).any(|(start, end)| (start..end).contains(&byte));
        let id = self.text_id(row).map(str::to_owned).filter(|_| is_there);
        id.is_some_and(|id| self.uncovered.insert(id))
    }

    /// The text of a row: that of the story or of a comment.
    pub(super) fn text(&self, row: Row) -> Option<TextRef<'_>> {
        match row {
            Row::Story => Some(self.thread.story().text.borrow()),
            Row::Comment(index) => self.thread.get(index).map(Comment::body),
            Row::Marker(_) | Row::Rest | Row::Foot => None,
        }
    }

    fn text_id(&self, row: Row) -> Option<&str> {
        match row {
            Row::Story => Some(""),
            Row::Comment(index) => self.thread.get(index).map(Comment::id),
            Row::Marker(_) | Row::Rest | Row::Foot => None,
        }
    }
}
