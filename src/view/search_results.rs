//! The results of a search over a thread.

use super::Row;
use super::search::Search;
use crate::model::Story;

/// A search and what it has found so far: the story, and comments.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchResults {
    search: Option<Search>,
    /// Whether the story's title or text matches.
    in_story: bool,
    /// Indices of comments, ascending.
    found: Vec<u32>,
    /// Those of them that nothing keeps hidden, where something does that with any comment.
    in_reach: Option<Vec<u32>>,
}

impl SearchResults {
    /// A search, of which nothing is found yet but in the story; or none.
    pub(super) fn new(search: Option<Search>, story: &Story) -> Self {
        let in_story = search.as_ref().is_some_and(|search| search.is_in_story(story));
        Self { search, in_story, ..Self::default() }
    }

    pub(super) fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    /// The comments found, by index, ascending; what is kept hidden among them.
    pub(super) fn comments(&self) -> &[u32] {
        &self.found
    }

    /// Notes which comments can be gone to, by index; `None` where all can.
    pub(super) fn reach(&mut self, is_in_reach: Option<&dyn Fn(u32) -> bool>) {
        self.in_reach = is_in_reach.map(|is| self.found.iter().copied().filter(|&index| is(index)).collect());
    }

    /// The number of comments found that cannot be gone to.
    pub(super) fn out_of_reach(&self) -> usize {
        self.in_reach.as_ref().map_or(0, |reached| self.found.len() - reached.len())
    }

    /// The comments that can be gone to.
    fn matches(&self) -> &[u32] {
        self.in_reach.as_ref().unwrap_or(&self.found)
    }

    /// Takes the comments found, in any order.
    pub(super) fn set_comments(&mut self, mut matches: Vec<u32>) {
        matches.sort_unstable();
        matches.dedup();
        self.found = matches;
    }

    /// Takes further comments, in any order.
    pub(super) fn add_comments(&mut self, mut matches: Vec<u32>) {
        matches.sort_unstable();
        let is_behind = self.found.last() < matches.first();
        self.found.extend(matches);
        if !is_behind {
            let all = std::mem::take(&mut self.found);
            self.set_comments(all);
        }
    }

    /// The number of matches, the story one of them.
    pub(super) fn len(&self) -> usize {
        usize::from(self.in_story) + self.matches().len()
    }

    /// The row of the match at a place among all.
    pub(super) fn at(&self, place: usize) -> Option<Row> {
        match place.checked_sub(usize::from(self.in_story)) {
            None => Some(Row::Story),
            Some(place) => self.matches().get(place).copied().map(Row::Comment),
        }
    }

    /// The number of matches before the comment at `index`, the story's among them.
    pub(super) fn before(&self, index: u32) -> usize {
        usize::from(self.in_story) + self.matches().partition_point(|&found| found < index)
    }
}
