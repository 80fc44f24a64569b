//! Reloads: a newer state of the same thread; folds, place and jumps carry over by comment id.

use std::sync::Arc;

use super::renumbering::{Comparison, Renumbering};
use super::reorder::Orders;
use super::{OrderedThread, Row, Selected, ThreadView};
use crate::model::Thread;

impl ThreadView {
    /// Takes the first state that a reload brings: what is not in the thread so far counts as new from now on, and so does
    /// what has risen over the threshold since; in a thread that was left before, all stays new that has come since. Further
    /// states of the same load are for [`ThreadView::replace`].
    pub fn reload(&mut self, thread: impl Into<OrderedThread>) {
        self.take(thread.into(), !self.was_left);
    }

    /// Takes a newer state of the same thread, in the order that is to show. Place, folds, jumps and matches carry over by
    /// comment id; those of comments that are not in it are kept for a state that has them again.
    pub fn replace(&mut self, thread: impl Into<OrderedThread>) {
        self.take(thread.into(), false);
    }

    /// Takes a newer state; `sees_all` counts all comments of the present one as seen before.
    fn take(&mut self, mut ordered: OrderedThread, sees_all: bool) {
        let (thread, prepared) = (Arc::clone(ordered.thread()), ordered.take_prepared());
        self.orders = Orders::new(ordered);
        let comparison = prepared.as_ref().and_then(|prepared| prepared.comparison(&self.thread, &thread));
        let prepared = prepared.filter(|_| comparison.is_some());
        let selected = prepared.and_then(|prepared| prepared.selected(&self.selected, sees_all, &thread));
        let comparison = comparison.unwrap_or_else(|| Comparison::new(&self.thread, &thread));
        self.carry_over(thread, &comparison, |own, renumbering| match selected {
            Some(selected) => *own = selected,
            None => own.renumber(renumbering, sees_all),
        });
    }

    /// Shows the same comments in another order, or arrangement.
    pub(super) fn rearrange(&mut self, thread: Arc<Thread>) {
        let comparison = Comparison::new(&self.thread, &thread);
        self.carry_over(thread, &comparison, |own, renumbering| own.renumber(renumbering, false));
    }

    /// Shows another thread, and takes over what goes by its comments; `select` carries the selection over.
    fn carry_over(
        &mut self,
        thread: Arc<Thread>,
        comparison: &Comparison,
        select: impl FnOnce(&mut Selected, &Renumbering<'_>),
    ) {
        self.anchor();
        let renumbering = Renumbering::known(comparison);
        self.overrides.carry(&renumbering);
        if let Some(aside) = &mut self.aside {
            aside.carry(&renumbering);
        }
        self.history.carry(&renumbering, &thread);
        self.read.carry(&renumbering);
        select(&mut self.selected, &renumbering);
        self.home.place.row = self.carry_home(&renumbering);
        for jump in &mut self.jumps {
            jump.place.row = renumbering.near(jump.place.row);
        }
        let matches = self.results.comments().iter().filter_map(|&index| renumbering.of(index)).collect();
        drop(renumbering);
        self.thread = thread;
        self.set_search(self.results.search().cloned());
        self.set_matches(matches);
        self.update_rows();
    }

    fn carry_home(&mut self, renumbering: &Renumbering<'_>) -> Row {
        if let Some((row, id)) = &self.absent_home {
            if let Some(place) = renumbering.of_id(id) {
                let row = row.with_comment(place);
                self.absent_home = None;
                return row;
            }
        } else if let Some((id, None)) = self.home.place.row.comment().and_then(|index| renumbering.by_index(index)) {
            self.absent_home = Some((self.home.place.row, id.to_owned()));
        }
        renumbering.near(self.home.place.row)
    }
}
