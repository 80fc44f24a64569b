//! Printing: a thread or a list as text, JSON or Markdown, with the thresholds, filter and modifiers that the
//! screen would have.

mod json;
mod markdown;
mod stories;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use stories::{stories_json, stories_markdown, stories_text};
pub use text::{TextOptions, shown, text};

use jiff::Timestamp;

use crate::model::Comment;

/// Columns before a line of a text for each byte that its lines have on average, and for a comment as a whole. So a text of
/// short lines at a great depth, or in many quotes, does not become twenty times as long.
const COLUMNS: (usize, usize) = (8, 512);

/// The most columns before each line of a text.
fn columns_before(text: &str) -> usize {
    let (a_byte, at_all) = COLUMNS;
    (a_byte * text.len() + at_all) / (1 + text.bytes().filter(|&byte| byte == b'\n').count())
}

/// The levels by which comments stand in, each at most one more than the comment that it answers.
struct Levels {
    most: usize,
    columns: usize,
    /// The levels of the last comment and of those above it.
    above: Vec<usize>,
}

impl Levels {
    /// At most so many levels, of so many columns.
    fn new(most: usize, columns: usize) -> Self {
        Self { most, columns, above: Vec::new() }
    }

    /// The level of a comment; those before it have been asked for.
    fn of(&mut self, comment: Comment<'_>) -> usize {
        let room = columns_before(comment.body().plain) / self.columns;
        self.above.truncate(comment.depth() as usize);
        let next = self.above.last().map_or(0, |level| level + 1);
        let level = next.min(self.most).min(room);
        self.above.push(level);
        level
    }
}

/// A time as RFC 3339 has it, in UTC; nothing for a time out of the years −9999 to 9999.
fn rfc3339(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().map(|time| time.to_string())
}
