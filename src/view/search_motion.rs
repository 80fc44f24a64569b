//! Motion from match to match of the search; folds above a match are opened.

use super::search_results::SearchResults;
use super::{Row, RowLine, Search, ThreadView, Visibility};

impl ThreadView {
    /// Takes another search, of which nothing is found yet, or none.
    pub fn set_search(&mut self, search: Option<Search>) {
        self.results = SearchResults { search, matches: Vec::new() };
    }

    /// The search in force, whose ranges are to be highlighted.
    pub fn search(&self) -> Option<&Search> {
        self.results.search.as_ref()
    }

    /// Takes the comments that the search has found in this thread so far, in any order.
    pub fn set_matches(&mut self, mut matches: Vec<u32>) {
        matches.retain(|&index| index < self.thread.len());
        matches.sort_unstable();
        matches.dedup();
        self.results.matches = matches;
    }

    /// The comments found so far, in preorder. After [`ThreadView::replace`] they are those that were found before and are
    /// still there; whoever searches, searches the new thread.
    pub fn matches(&self) -> &[u32] {
        &self.results.matches
    }

    /// The number of the match that the reader is on, from 1 (0 if on none), and the number of matches.
    pub fn match_place(&self) -> (usize, usize) {
        let matches = &self.results.matches;
        let own = match self.place.row {
            Row::Comment(index) => matches.binary_search(&index).map_or(0, |at| at + 1),
            _ => 0,
        };
        (own, matches.len())
    }

    /// Goes to the next match, going round at the end; opens the way to it. `false` if there is no match.
    pub fn next_match(&mut self) -> bool {
        self.match_from(self.first_after(self.place.row))
    }

    /// Goes to the match before, going round at the start; opens the way to it. `false` if there is no match.
    pub fn previous_match(&mut self) -> bool {
        let end = self.first_from(self.place.row);
        let before = self.results.matches.iter().rev().find(|&&index| index < end);
        let found = before.or(self.results.matches.last()).copied();
        found.is_some_and(|index| self.show_match(index))
    }

    /// Goes to the reader's own comment if it is a match, else as [`ThreadView::next_match`].
    pub fn first_match(&mut self) -> bool {
        self.match_from(self.first_from(self.place.row))
    }

    /// The first comment that stands on a row or below it.
    fn first_from(&self, row: Row) -> u32 {
        if let Row::Comment(index) = row { index } else { self.first_after(row) }
    }

    /// Goes to the first match from a comment on.
    fn match_from(&mut self, start: u32) -> bool {
        let next = self.results.matches.iter().find(|&&index| index >= start);
        let found = next.or(self.results.matches.first()).copied();
        found.is_some_and(|index| self.show_match(index))
    }

    fn show_match(&mut self, index: u32) -> bool {
        self.reveal(index);
        self.show_matching_line(index);
        true
    }

    /// Scrolls as little as it takes for the first found line of a comment to be on the screen, with some lines around it.
    fn show_matching_line(&mut self, index: u32) {
        let body = self.thread.get(index).map(|comment| comment.body().plain).unwrap_or_default();
        let byte = self.results.search.as_ref().and_then(|search| search.first(body));
        let Some(byte) = byte.filter(|_| self.rows.visibility(index) == Visibility::Full) else { return };
        let is_match = |line: &RowLine| matches!(line, RowLine::Text(text) if text.end > byte);
        let line = self.lines(Row::Comment(index)).iter().position(is_match);
        let Some(line) = line.and_then(|line| i32::try_from(line).ok()) else { return };
        let screen = self.geometry.height;
        let y = self.place.y + line;
        if !(0..screen).contains(&y) {
            let margin = screen / 5;
            let wanted = self.place.y + y.clamp(margin, screen - 1 - margin) - y;
            self.place.y = self.bounded(self.position(), wanted, self.blank());
            self.arrive();
        }
    }
}
