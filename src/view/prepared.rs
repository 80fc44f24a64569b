//! Newer states of a thread, prepared beside the screen so that one can take the place of the state that shows at once.

use std::sync::Arc;

use super::renumbering::{Comparison, Renumbering};
use super::{Selected, ThreadView};
use crate::model::Thread;

/// The state of a thread that shows, as far as a newer one is prepared by it.
#[derive(Clone, Debug)]
pub struct ShownState {
    thread: Arc<Thread>,
    /// The selection, without what was computed.
    selected: Selected,
    /// Whether all comments of it will count as seen before.
    sees_all: bool,
}

/// What was prepared for a newer state.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    comparison: Comparison,
    /// The selection, computed for it.
    selected: Selected,
    /// The changes of the selection up to the one that was computed.
    basis: u64,
    sees_all: bool,
}

impl ThreadView {
    /// The state that shows, for [`OrderedThread::compared_with`](super::OrderedThread::compared_with): one for
    /// [`ThreadView::reload`], else for [`ThreadView::replace`].
    pub fn shown_state(&self, is_for_reload: bool) -> ShownState {
        let sees_all = is_for_reload && !self.was_left;
        ShownState { thread: Arc::clone(self.thread()), selected: self.selected.uncomputed(), sees_all }
    }
}

impl Prepared {
    /// Prepares a newer state.
    pub(super) fn new(shown: &ShownState, newer: &Arc<Thread>) -> Self {
        let ShownState { thread, selected, sees_all } = shown;
        let comparison = Comparison::new(thread, newer);
        let (mut selected, basis) = (selected.clone(), selected.basis());
        selected.renumber(&Renumbering::known(&comparison), *sees_all);
        Self { comparison, selected, basis, sees_all: *sees_all }
    }

    /// The comparison, if it is of these states.
    pub(super) fn comparison(&self, old: &Arc<Thread>, new: &Arc<Thread>) -> Option<Comparison> {
        self.comparison.is_of(old, new).then(|| self.comparison.clone())
    }

    /// The selection for the newer state in the place of the one that is in force, if that is the one it was computed from.
    pub(super) fn selected(self, now: &Selected, sees_all: bool, newer: &Thread) -> Option<Selected> {
        let is_of_this = self.basis == now.basis() && self.sees_all == sees_all;
        is_of_this.then(|| self.selected.in_place_of(now, sees_all, newer))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Builder, Draft, Story, Text};
    use crate::view::{Geometry, Modifiers, Order, OrderedThread, Query, Row, Thresholds};

    const GEOMETRY: Geometry = Geometry { width: 60, height: 20, text_width: 50 };

    /// The comments from one number on, each an answer to one before it or to the story.
    fn thread(from: u32, to: u32, raised: i32) -> Arc<Thread> {
        let mut builder = Builder::new();
        for number in from..to {
            let (id, above) = (number.to_string(), (number / 2).to_string());
            let (parent, score) =
                (Some(above.as_str()).filter(|_| number % 3 > 0), (number % 7).cast_signed() + raised);
            let body = Text::unmarked(if number % 4 == 0 { "tea" } else { "water" });
            builder.push(&Draft { id: &id, parent, score: Some(score), body: body.borrow(), ..Draft::default() });
        }
        Arc::new(builder.finish(Story::default()))
    }

    /// A change of what is selected, some of them of no more than the thresholds.
    fn change(view: &mut ThreadView, number: u8) {
        match number {
            0..=3 => view.set_thresholds(Thresholds::new(Some(i32::from(number)), Some(4))),
            4 => view.set_filter(Query::parse("tea OR is:risen").ok()),
            5 => view.set_filter(None),
            6 => {
                let mut modifiers = Modifiers::default();
                modifiers.add("tea", 2, "").expect("a query");
                modifiers.hide("score:5", "").expect("a query");
                view.set_modifiers(modifiers);
            }
            7 => drop(view.step_hide(true)),
            _ => {}
        }
    }

    fn told(view: &ThreadView) -> impl PartialEq + std::fmt::Debug {
        let comments: Vec<_> = (0..view.thread().len())
            .map(|index| (view.mode(index), view.score(index), view.freshness(index), view.rows().visibility(index)))
            .collect();
        let rows: Vec<Row> = view.rows().iter().collect();
        (comments, rows, view.rows().counts(), view.place(), view.cutoffs(), view.new_count())
    }

    proptest! {
        #[test]
        fn what_is_prepared_comes_as_if_it_were_not(
            changes in prop::collection::vec(0..9_u8, 0..4),
            meanwhile in prop::collection::vec(0..9_u8, 0..3),
            states in prop::collection::vec((0..5_u32, 20..60_u32, 0..3, any::<bool>()), 1..3),
            order in prop_oneof![Just(Order::Site), Just(Order::Replies)],
        ) {
            let mut view = ThreadView::new(thread(0, 40, 0), Thresholds::new(Some(1), Some(4)), GEOMETRY);
            for &number in &changes {
                change(&mut view, number);
            }
            let mut unprepared = view.clone();
            for (from, to, raised, is_reload) in states {
                let newer = OrderedThread::new(thread(from, to, raised), order);
                let prepared = newer.clone().compared_with(&view.shown_state(is_reload));
                for view in [&mut view, &mut unprepared] {
                    for &number in &meanwhile {
                        change(view, number);
                    }
                }
                if is_reload {
                    view.reload(prepared);
                    unprepared.reload(newer);
                } else {
                    view.replace(prepared);
                    unprepared.replace(newer);
                }
                prop_assert_eq!(told(&view), told(&unprepared));
            }
        }
    }
}
