//! The filter: shows only comments that match a query, and their ancestors as placeholders.
//!
//! A filter takes the place of the thresholds, and begins with nothing opened or folded by hand: every match can be seen.
//! What a modifier or a mute hides stays hidden, unless the query names its author.
//! Folds and unfolds under a filter last until the filter is cleared; then all is as it was before.

use std::collections::HashMap;
use std::sync::Arc;

use super::fold_override::FoldOverrides;
use super::place::AnchoredPlace;
use super::{Query, Row, ThreadView};
use crate::model::Comment;

impl ThreadView {
    /// Sets, changes or clears the filter. The place before it can be gone back to.
    pub fn set_filter(&mut self, filter: Option<Query>) {
        let Some(query) = filter else { return self.clear_filter() };
        let overrides = std::mem::replace(&mut self.overrides, FoldOverrides::none(self.thread.len()));
        if self.aside.is_none() {
            self.remember();
            self.aside = Some(overrides);
        }
        let read = query.asks_for_read().then(|| Arc::new(self.read.clone()));
        self.selected.set_filter(&self.thread, Some(query), read);
        self.rebuild_rows();
    }

    /// Sets or changes the filter, and goes to the first comment that meets it, from the reader's own row on and round to the
    /// start. Until the reader moves from there, the place before the filter comes back with its end.
    pub fn filter_to_first(&mut self, query: Query) {
        let has_stayed =
            self.is_where_filter_led || self.place_before_filter().map(|before| before.place) == Some(self.home.place);
        let (from, leads_back) = (self.place.row, self.aside.is_none() || has_stayed);
        self.set_filter(Some(query));
        if let Some(first) = self.first_meeting(from).map(Row::Comment).filter(|first| *first != from) {
            self.go_row(first);
        }
        self.is_where_filter_led = leads_back;
    }

    /// The first comment that the filter shows, from a row on and round to the start.
    fn first_meeting(&self, from: Row) -> Option<u32> {
        let met = self.selected.matches()?;
        let (start, end) = (from.comment().unwrap_or_else(|| self.first_after(from)), self.thread.len());
        let is_met = |&index: &u32| met.get(index as usize) == Some(&true) && self.is_shown(Row::Comment(index));
        (start..end).chain(0..start).find(is_met)
    }

    /// The last place that can be gone back to: while the reader stays where the filter led, that from before.
    fn place_before_filter(&self) -> Option<AnchoredPlace> {
        self.jump.checked_sub(1).and_then(|last| self.jumps.get(last)).copied()
    }

    fn clear_filter(&mut self) {
        let Some(overrides) = self.aside.take() else { return };
        self.overrides = overrides;
        if let Some(before) = self.place_before_filter().filter(|_| self.is_where_filter_led) {
            self.home = before;
        }
        self.is_where_filter_led = false;
        self.selected.set_filter(&self.thread, None, None);
        self.rebuild_rows();
        // A reader who has not moved needs no way back.
        if self
            .jumps
            .get(..self.jump)
            .is_some_and(|jumps| jumps.last().is_some_and(|jump| jump.place == self.stand.place))
        {
            self.jump -= 1;
            self.jumps.truncate(self.jump);
        }
    }

    /// The filter in force.
    pub fn filter(&self) -> Option<&Query> {
        self.selected.selection().filter.as_ref()
    }

    /// The number of comments that the filter shows; `None` without a filter.
    pub fn matching(&self) -> Option<u32> {
        self.selected.matches().map(|matches| matches.iter().filter(|&&met| met).count() as u32)
    }

    /// The labels of the thread and how many comments have each, the most frequent first.
    pub fn labels(&self) -> Vec<(&str, u32)> {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for label in self.thread.iter().map(Comment::label).filter(|label| !label.is_empty()) {
            *counts.entry(label).or_default() += 1;
        }
        let mut labels: Vec<_> = counts.into_iter().collect();
        labels.sort_unstable_by_key(|&(label, count)| (u32::MAX - count, label));
        labels
    }
}
