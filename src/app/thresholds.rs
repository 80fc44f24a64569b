//! Changes of a thread's thresholds, step by step or to a score that is typed.

use super::{App, GlobalCommand, ThreadCommand};
use crate::view::{FoldOverride, Thresholds};

/// A step of one of the thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ThresholdStep {
    /// The hiding one goes down.
    HideLess,
    /// The hiding one goes up.
    HideMore,
    /// The full one goes down.
    FullMore,
    /// The full one goes up.
    FullLess,
}

impl App {
    /// Moves a threshold by a step; says so where it does not move, or where that changes nothing.
    pub(super) fn step_thresholds(&mut self, step: ThresholdStep) {
        let Some(thread) = self.page.steer_thread() else { return };
        let view = thread.view();
        if view.filter().is_some() {
            let clears = self.keys.key_for(GlobalCommand::Cancel, "clears it");
            self.message = Some(format!("the filter decides what shows{clears}"));
            return;
        }
        if view.distribution().is_empty() {
            self.message = Some("no comment here has a score".to_owned());
            return;
        }
        let (old, scale) = (view.thresholds(), view.scale());
        match step {
            ThresholdStep::HideLess => thread.set_hide(old.step_hide(scale, false).hide()),
            ThresholdStep::HideMore => thread.set_hide(old.step_hide(scale, true).hide()),
            ThresholdStep::FullMore => thread.set_full(old.step_full(scale, false)),
            ThresholdStep::FullLess => thread.set_full(old.step_full(scale, true)),
        }
        if thread.view().thresholds() == old {
            let is_held = step == ThresholdStep::FullMore && old.full() == old.hide() && old.hide() > scale.lowest();
            let why = if is_held { "what is hidden cannot be in full" } else { "that is the end of the scale" };
            self.message = Some(format!("no further: {why}"));
        }
        self.say_overridden(old);
    }

    /// Says why other thresholds than these changed nothing, where everything was opened or folded by hand.
    fn say_overridden(&mut self, old: Thresholds) {
        let Some(view) = self.page.thread() else { return };
        let is_overridden = |index| view.fold_override(index) != FoldOverride::default();
        let count = view.thread().len();
        if view.thresholds() != old && count > 0 && (0..count).all(is_overridden) {
            let undo = self.keys.key_for(ThreadCommand::Automatic, "undoes that");
            self.message = Some(format!("everything was opened or folded by hand{undo}"));
        }
    }

    /// Sets the score below which comments are hidden, as near as the thread's scale has it.
    pub(super) fn set_min_score(&mut self, score: i32) {
        if let Some(thread) = self.page.thread_mut() {
            let score = thread.view().scale().nearest(score);
            thread.set_hide(Some(score));
        }
    }
}
