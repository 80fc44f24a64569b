//! The part of a comment's text that is searched: its author, its subject and its body, one behind the other.

use std::ops::Range;

/// Where in all text of a thread a comment's author, subject and body stand, one right behind the other.
///
/// Those of all comments lie in the order of the text, so that a search reads them as it goes, and leaps to no comment.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchedText {
    pub(super) author: u32,
    pub(super) subject: u32,
    pub(super) body: u32,
    pub(super) end: u32,
}

impl SearchedText {
    /// Stands behind all text.
    pub const BEHIND_ALL: Self = Self { author: u32::MAX, subject: u32::MAX, body: u32::MAX, end: u32::MAX };

    /// All of it.
    pub fn range(self) -> Range<usize> {
        self.author as usize..self.end as usize
    }

    /// The ranges of the author, the subject and the body.
    pub fn fields(self) -> [Range<usize>; 3] {
        let Self { author, subject, body, end } = self;
        [author..subject, subject..body, body..end].map(|field| field.start as usize..field.end as usize)
    }

    /// The author, the subject and the body.
    pub(super) fn of(self, buffer: &str) -> [&str; 3] {
        self.fields().map(|field| buffer.get(field).unwrap_or_default())
    }
}
