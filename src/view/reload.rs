//! Reloads: a newer state of the same thread; folds, place and jumps carry over by comment id.

use std::sync::Arc;

use super::renumbering::{Comparison, Renumbering};
use super::reorder::Orders;
use super::{OrderedThread, Row, ThreadView};
use crate::model::Thread;

impl ThreadView {
    /// Takes the first state that a reload brings: what is not in the thread so far counts as new from now on, and so does
    /// what has risen over the threshold since; in a thread that was left before, all stays new that has come since. Further
    /// states of the same load are for [`ThreadView::replace`].
    pub fn reload(&mut self, thread: impl Into<OrderedThread>) {
        if !self.was_left {
            self.selected.see_all(&self.thread);
        }
        self.replace(thread);
    }

    /// Takes a newer state of the same thread, in the order that is to show. Place, folds, jumps and matches carry over by
    /// comment id; those of comments that are not in it are kept for a state that has them again.
    pub fn replace(&mut self, thread: impl Into<OrderedThread>) {
        self.take(thread.into());
        self.select(|_| {});
    }

    fn take(&mut self, mut ordered: OrderedThread) {
        let (thread, comparison) = (Arc::clone(ordered.thread()), ordered.take_comparison());
        self.orders = Orders::new(ordered);
        self.carry_over(thread, comparison);
    }

    /// Shows another thread, and takes over what goes by its comments. The selection must be computed for it then.
    pub(super) fn carry_over(&mut self, thread: Arc<Thread>, comparison: Option<Comparison>) {
        let old = Arc::clone(&self.thread);
        let renumbering = Renumbering::known(&old, &thread, comparison);
        self.overrides.carry(&renumbering);
        if let Some(aside) = &mut self.aside {
            aside.carry(&renumbering);
        }
        self.history.carry(&renumbering, &thread);
        self.read.carry(&renumbering);
        self.selected.carry(&renumbering);
        self.home.row = self.carry_home(&renumbering);
        for jump in &mut self.jumps {
            jump.row = renumbering.near(jump.row);
        }
        let matches = self.results.comments().iter().filter_map(|&index| renumbering.of(index)).collect();
        drop(renumbering);
        self.thread = thread;
        self.set_search(self.results.search().cloned());
        self.set_matches(matches);
    }

    fn carry_home(&mut self, renumbering: &Renumbering<'_>) -> Row {
        if let Some((row, id)) = &self.absent_home {
            if let Some(place) = renumbering.of_id(id) {
                let row = row.with_comment(place);
                self.absent_home = None;
                return row;
            }
        } else if let Some((id, None)) = self.home.row.comment().and_then(|index| renumbering.by_index(index)) {
            self.absent_home = Some((self.home.row, id.to_owned()));
        }
        renumbering.near(self.home.row)
    }
}
