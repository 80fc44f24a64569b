//! Numbers with the word for what they count, in the singular for one.

use std::fmt::Display;

/// `1 point`, `2 points`, `0 comments`, `-1 points`; the word is that of one.
///
/// ```
/// assert_eq!(lurker::model::counted(1, "reply"), "1 reply");
/// assert_eq!(lurker::model::counted(2, "reply"), "2 replies");
/// ```
pub fn counted(number: impl Copy + Display + PartialEq + From<u8>, thing: &str) -> String {
    let is_one = number == 1.into();
    match thing.strip_suffix('y') {
        _ if is_one => format!("{number} {thing}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {thing}s"),
    }
}

/// `1 of 1 comment`, `2 of 5 comments`; the word is that of one.
pub fn counted_of(part: usize, all: usize, thing: &str) -> String {
    format!("{part} of {}", counted(all, thing))
}

/// The verb for so many: `is` or `are`.
pub fn is_or_are(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

/// `1 of 5 comments is not on the page`; `place` says where they should be, the word is that of one.
pub fn not_here(missing: usize, all: usize, thing: &str, place: &str) -> String {
    format!("{} {} not {place}", counted_of(missing, all, thing), is_or_are(missing))
}
