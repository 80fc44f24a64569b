//! Makes a text from outside harmless to a terminal, and leaves what is legitimate.

use std::borrow::Cow;

/// Cleans a text of several lines (placeholder until the markup layer lands).
pub fn clean(text: &str) -> Cow<'_, str> {
    Cow::Owned(text.chars().filter(|&c| c == '\n' || !c.is_control()).collect())
}

/// Cleans a text of one line: as [`clean`], and every run of white space is one space, none at the ends.
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
