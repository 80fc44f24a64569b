//! A count of parses, for the test that every file is parsed once.

use std::cell::RefCell;

thread_local! {
    static LENGTHS: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Counts a parse of a text of this length, in bytes.
pub(in crate::site) fn add(length: usize) {
    LENGTHS.with_borrow_mut(|lengths| lengths.push(length));
}

/// The length of every text that was parsed on this thread since this was called last.
pub(in crate::site) fn take() -> Vec<usize> {
    LENGTHS.take()
}
