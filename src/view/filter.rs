//! The filter: shows only comments that match a query, and their ancestors as placeholders.
//!
//! A filter takes the place of the thresholds, and begins with nothing opened or folded by hand: every match can be seen.
//! What a modifier or a mute hides stays hidden, unless the query names its author.
//! Folds and unfolds under a filter last until the filter is cleared; then all is as it was before.

use std::collections::HashMap;
use std::sync::Arc;

use super::fold_override::FoldOverrides;
use super::{Query, ThreadView};
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

    fn clear_filter(&mut self) {
        let Some(overrides) = self.aside.take() else { return };
        self.overrides = overrides;
        self.selected.set_filter(&self.thread, None, None);
        self.rebuild_rows();
        // A reader who has not moved needs no way back.
        if self.jumps.get(..self.jump).is_some_and(|jumps| jumps.last() == Some(&self.place)) {
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
