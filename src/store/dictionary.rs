//! The dictionary of compressed contents: text in lurker's own form, whose keys then take next to nothing.
//!
//! It is a part of the file's format and must never change: what was compressed with it can be read with it alone.

/// The start of a list, and the starts of threads with comments of several sites.
pub(super) const DICTIONARY: &str = include_str!("dictionary.txt");
