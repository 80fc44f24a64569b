//! The state of a reader in a thread by comment ids, to be kept and taken up again: folds, thresholds, order and place.

use std::collections::HashMap;

use super::place::AnchoredPlace;
use super::{FoldOverride, Order, Place, Row, ThreadView, Thresholds};
use crate::model::Comment;

/// Folds, thresholds, order and place of a thread, by comment ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingState {
    /// The thresholds as they were set.
    pub thresholds: Thresholds,
    /// The order of the comments.
    pub order: Order,
    /// The comment that the reader is on; `None` for the story.
    pub place: Option<String>,
    /// The line of the screen on which its row stands.
    pub line: i32,
    /// Where that row is scrolled up past the top: the byte of its text at which the first line begins that is on the screen.
    pub byte: Option<u32>,
    /// The comments that were folded or opened by hand.
    pub folds: Vec<(String, FoldOverride)>,
}

impl ThreadView {
    /// The present state, to be kept.
    pub fn reading_state(&self) -> ReadingState {
        let Place { row, y } = self.place;
        // The row at the end is no comment; who stands there has come to the last one.
        let comment = row.comment().or_else(|| self.thread.len().checked_sub(1).filter(|_| row != Row::Story));
        ReadingState {
            thresholds: self.thresholds(),
            order: self.order(),
            place: comment.and_then(|index| self.thread.get(index)).map(|comment| comment.id().to_owned()),
            line: y,
            byte: self.topmost_byte().filter(|_| row.comment().is_some()),
            folds: self.aside.as_ref().unwrap_or(&self.overrides).by_id(&self.thread),
        }
    }

    /// Takes up folds and thresholds of a state that was kept, and its place where `goes_to_place` is set. A comment that is
    /// not here yet is folded or opened once it is. The place goes to such a comment then, on the present line, unless the
    /// reader has moved meanwhile. The order is for [`ThreadView::set_order`].
    pub fn take_up(&mut self, state: &ReadingState, goes_to_place: bool) {
        let places: HashMap<&str, u32> = self.thread.iter().map(|it| (it.id(), Comment::index(it))).collect();
        let overrides = self.aside.as_mut().unwrap_or(&mut self.overrides);
        for (id, fold_override) in &state.folds {
            overrides.set_by_id(id, places.get(id.as_str()).copied(), *fold_override);
        }
        let place = state.place.as_ref().filter(|_| goes_to_place);
        match place.map(|id| (id, places.get(id.as_str()).copied())) {
            Some((_, Some(index))) => {
                let place = Place { row: Row::Comment(index), y: state.line };
                self.home = AnchoredPlace::kept(place, state.byte);
            }
            Some((id, None)) => self.absent_home = Some((Row::Comment(0), id.clone())),
            None => {}
        }
        self.set_thresholds(state.thresholds);
    }
}
