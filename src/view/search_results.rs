//! The results of a search over a thread.

use super::search::Search;

/// A search and the comments that it has found so far.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchResults {
    pub(super) search: Option<Search>,
    /// Indices of comments, ascending.
    pub(super) matches: Vec<u32>,
}
