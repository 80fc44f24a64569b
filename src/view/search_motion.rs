//! Motion from match to match of the search; folds above a match are opened.

use super::search_results::SearchResults;
use super::{Row, RowLine, Search, ThreadView, Visibility};

impl ThreadView {
    /// Takes another search, of which nothing is found yet but in the story, or none.
    pub fn set_search(&mut self, search: Option<Search>) {
        self.results = SearchResults::new(search, self.thread.story());
    }

    /// The search in force, whose ranges are to be highlighted.
    pub fn search(&self) -> Option<&Search> {
        self.results.search()
    }

    /// Takes the comments that the search has found in this thread so far, in any order.
    pub fn set_matches(&mut self, mut matches: Vec<u32>) {
        matches.retain(|&index| index < self.thread.len());
        self.results.set_comments(matches);
        self.find_matches_in_reach();
    }

    /// Takes further comments that the search has found in this thread, in any order.
    pub fn add_matches(&mut self, mut matches: Vec<u32>) {
        matches.retain(|&index| index < self.thread.len());
        self.results.add_comments(matches);
        self.find_matches_in_reach();
    }

    /// The comments found so far, in preorder. After [`ThreadView::replace`] they are those that were found before and are
    /// still there; whoever searches, searches the new thread.
    pub fn matches(&self) -> &[u32] {
        self.results.comments()
    }

    /// The number of comments found that the filter hides, or without one a modifier or a mute, and nobody has opened: the way
    /// through the matches passes them by.
    pub fn found_out_of_reach(&self) -> usize {
        self.results.out_of_reach()
    }

    pub(super) fn find_matches_in_reach(&mut self) {
        let (selected, overrides) = (&self.selected, &self.overrides);
        let meets_filter = |index: u32| selected.matches().is_some_and(|met| met[index as usize]);
        let may_be_opened = |index| !selected.hides_comment(index) || overrides.of(index).opened.is_some();
        self.results.reach(match selected.matches() {
            Some(_) => Some(&meets_filter),
            None if selected.hides_any() => Some(&may_be_opened),
            None => None,
        });
    }

    /// The number of the match that the reader is on, from 1 (0 if on none), and the number of matches.
    pub fn match_place(&self) -> (usize, usize) {
        let (from, after) = (self.matches_before(self.place.row), self.matches_through(self.place.row));
        (if after > from { after } else { 0 }, self.results.len())
    }

    /// Goes to the next match, going round at the end; opens the way to it. `false` if there is no match. In a comment that
    /// goes on below the screen, what is found there is next.
    pub fn next_match(&mut self) -> bool {
        self.show_found_below() || self.go_to_match(self.matches_through(self.place.row)) || self.go_to_match(0)
    }

    /// Goes to the match before, going round at the start; opens the way to it. `false` if there is no match. In a comment that
    /// begins above the screen, what is found there is next.
    pub fn previous_match(&mut self) -> bool {
        let before = self.matches_before(self.place.row).checked_sub(1).or(self.results.len().checked_sub(1));
        self.show_found_above() || before.is_some_and(|place| self.go_to_match(place))
    }

    /// Goes so many matches on, counted as their numbers are, going round at the end; opens the way. `false` if there is no match.
    pub fn go_matches_on(&mut self, count: usize) -> bool {
        let next = self.matches_through(self.place.row) + count.saturating_sub(1);
        next.checked_rem(self.results.len()).is_some_and(|place| self.go_to_match(place))
    }

    /// Goes so many matches back, counted as their numbers are, going round at the start; opens the way. `false` if there is no
    /// match.
    pub fn go_matches_back(&mut self, count: usize) -> bool {
        let all = self.results.len();
        let Some(back) = count.checked_rem(all) else { return false };
        self.go_to_match((self.matches_before(self.place.row) + all - back) % all)
    }

    /// Goes to the next match, but not round to the start before all of them are known.
    pub fn next_match_of(&mut self, is_all: bool) -> bool {
        let is_ahead = self.matches_through(self.place.row) < self.results.len();
        (is_all || is_ahead) && self.next_match()
    }

    /// Goes to the first match from the reader's own row on; once `is_all` of them are known, round to the start too.
    pub fn first_match(&mut self, is_all: bool) -> bool {
        self.go_to_match(self.matches_before(self.place.row)) || (is_all && self.go_to_match(0))
    }

    /// The number of matches above a row.
    fn matches_before(&self, row: Row) -> usize {
        match row {
            Row::Story => 0,
            Row::Comment(index) => self.results.before(index),
            row => self.results.before(self.first_after(row)),
        }
    }

    /// The number of matches above a row and on it.
    fn matches_through(&self, row: Row) -> usize {
        self.results.before(self.first_after(row))
    }

    /// Goes to the match at a place among all; `false` if there are not so many.
    fn go_to_match(&mut self, place: usize) -> bool {
        let Some(row) = self.results.at(place) else { return false };
        if let Row::Comment(index) = row {
            self.open_way(index);
        }
        let found = self.search().and_then(|search| search.first(self.found_text(row)));
        let line = found.and_then(|byte| self.line_of(row, byte));
        self.jump_without_scrolling(row, line.or(Some(0)));
        self.arrive();
        if let Some(byte) = found {
            self.show_line_of(row, byte);
        }
        true
    }

    /// Scrolls to the first line of the reader's own row below the screen in which something is found; `false` if there is none.
    fn show_found_below(&mut self) -> bool {
        let (row, lines) = (self.place.row, self.lines(self.place.row));
        let below = usize::try_from(self.geometry.height - self.place.y).unwrap_or_default();
        let Some(start) = lines.get(below..).and_then(|lines| lines.iter().find_map(text_start)) else { return false };
        let found = self.search().and_then(|search| search.first(self.found_text(row).get(start as usize..)?));
        found.is_some_and(|byte| self.show_line_of(row, start + byte))
    }

    /// Scrolls to the last line of the reader's own row above the screen in which something is found; `false` if there is none.
    fn show_found_above(&mut self) -> bool {
        let (row, lines) = (self.place.row, self.lines(self.place.row));
        let above = usize::try_from(-self.place.y).unwrap_or_default();
        let Some(end) = lines.get(..above).and_then(|lines| lines.iter().rev().find_map(text_end)) else {
            return false;
        };
        let found = self.search().and_then(|search| search.ranges(self.found_text(row).get(..end as usize)?).pop());
        found.is_some_and(|(byte, _)| self.show_line_of(row, byte))
    }

    /// The text of a row in which matches have lines of their own: all of it is on the screen or around it.
    fn found_text(&self, row: Row) -> &str {
        match row {
            Row::Story => &self.thread.story().text.plain,
            Row::Comment(index) if self.rows.visibility(index) == Visibility::Full => {
                self.thread.get(index).map(|comment| comment.body().plain).unwrap_or_default()
            }
            Row::Comment(_) | Row::Marker(_) | Row::Rest | Row::Foot => "",
        }
    }

    /// Scrolls as little as it takes for the line of a row's text with this byte to be on the screen, with some lines around
    /// it; `false` if there is no such line.
    fn show_line_of(&mut self, row: Row, byte: u32) -> bool {
        let Some(line) = self.line_of(row, byte) else { return false };
        let screen = self.geometry.height;
        let y = self.place.y + line;
        if !(0..screen).contains(&y) {
            let margin = screen / 5;
            let wanted = self.place.y + y.clamp(margin, screen - 1 - margin) - y;
            self.place.y = self.bounded(self.position(), wanted, self.blank_below());
            self.arrive();
        }
        true
    }

    /// The line of a row that has a byte of its text, counted from the row's first.
    fn line_of(&self, row: Row, byte: u32) -> Option<i32> {
        let line = self.lines(row).iter().position(|line| text_end(line).is_some_and(|end| end > byte));
        i32::try_from(line?).ok()
    }
}

/// The byte of a row's text at which one of its lines begins; `None` for a line of anything else.
fn text_start(line: &RowLine) -> Option<u32> {
    if let RowLine::Text(text) = line { Some(text.start) } else { None }
}

/// The byte of a row's text behind one of its lines.
fn text_end(line: &RowLine) -> Option<u32> {
    if let RowLine::Text(text) = line { Some(text.end) } else { None }
}
