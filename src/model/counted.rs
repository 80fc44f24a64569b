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
