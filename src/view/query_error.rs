//! Errors in queries and in patterns to search for, each with the place of the character that is wrong.

use unicode_width::UnicodeWidthStr;

/// An error in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The offset of the character that is wrong, in bytes; the length of the query where something is missing at its end.
    pub at: usize,
    /// The error, in words for the reader.
    pub says: String,
}

impl QueryError {
    pub(super) fn new(at: usize, says: impl Into<String>) -> Self {
        Self { at, says: says.into() }
    }

    /// The query on one line, and on the next a `^` under the character that is wrong.
    pub fn caret(&self, query: &str) -> String {
        let shown = |text: &str| text.replace(char::is_control, " ");
        let column = shown(query.get(..self.at).unwrap_or(query)).width();
        format!("{}\n{}^", shown(query), " ".repeat(column))
    }
}
