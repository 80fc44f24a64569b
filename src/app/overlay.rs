//! Overlays: boxes over the page that take the keys.

use crate::view::Author;

/// Something that lies over the thread and takes the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The key map, scrolled down by so many lines.
    Help(usize),
    /// The comments that the reader's row answers, from the top level, scrolled down by so many lines.
    Ancestors(Vec<u32>, usize),
    /// The reasons for the visibility of the comment.
    Why(Vec<Fact>),
    /// The orders that comments can have; which one is chosen.
    Orders(usize),
    /// The menu of an author; which choice the cursor is on.
    Author(Author, usize),
    /// The links of the comment: addresses, which one is chosen, and the number typed so far.
    Links(Vec<String>, usize, usize),
}

/// One line of an explanation: what it is about, and what is so.
pub type Fact = (&'static str, String);
