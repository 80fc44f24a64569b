//! Changes of a thread's thresholds: step by step, through shares of the best, or to a bound that is typed.

use super::{App, GlobalCommand, Message, ThreadCommand};
use crate::view::{Bound, EndOfScale, ThreadView, Thresholds};

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
        self.change_thresholds(|view, _| {
            let moved = match step {
                ThresholdStep::HideLess => view.step_hide(false),
                ThresholdStep::HideMore => view.step_hide(true),
                ThresholdStep::FullMore => view.step_full(false),
                ThresholdStep::FullLess => view.step_full(true),
            };
            moved.err().map(|EndOfScale| at_end(step, view).to_owned())
        });
    }

    /// Goes on through the shares: all in full; the best half, fifth and twentieth in full and the rest on one line each; the
    /// thresholds that the thread began with.
    pub(super) fn next_share(&mut self) {
        self.change_thresholds(|view, own| {
            let share = |percent| Thresholds { hide: None, full: Some(Bound::percent(percent)) };
            let shares = [
                (Thresholds::default(), "all in full"),
                (share(50), "the best half in full, the rest on one line each"),
                (share(20), "the best fifth in full, the rest on one line each"),
                (share(5), "the best twentieth in full, the rest on one line each"),
                (own, "as it was at first"),
            ];
            let here = shares.iter().position(|(thresholds, _)| *thresholds == view.thresholds());
            let next = here.map_or(0, |here| (here + 1) % shares.len());
            let (thresholds, says) = shares[next];
            view.set_thresholds(thresholds);
            Some(says.to_owned())
        });
    }

    /// Shows the best so many of a hundred comments in full, and the rest on one line each.
    pub(super) fn share_in_full(&mut self, percent: u32) {
        let percent = percent.clamp(1, 100);
        self.change_thresholds(|view, _| {
            view.set_thresholds(Thresholds { hide: None, full: Some(Bound::percent(percent as u8)) });
            Some(format!("the best {percent}% in full, the rest on one line each"))
        });
    }

    /// Hides what is outside a bound; a score is taken as near as the thread's scale has it.
    pub(super) fn set_hide(&mut self, bound: Bound) {
        self.change_thresholds(|view, _| {
            let bound = match bound {
                Bound::Score(score) => Bound::Score(view.distribution().nearest(score)),
                Bound::Share(_) | Bound::Time(_) => bound,
            };
            view.set_thresholds(Thresholds { hide: Some(bound), ..view.thresholds() });
            None
        });
    }

    /// Whether thresholds decide what of the thread shows; says what does where they do not.
    pub(super) fn thresholds_decide(&mut self) -> bool {
        let Some(view) = self.page.thread() else { return false };
        if view.filter().is_some() {
            let clears = self.keys.key_for(GlobalCommand::Cancel, "clears it");
            self.say(Message::from("the filter decides what shows").and(clears));
            return false;
        }
        let has_scores = !view.distribution().classes().is_empty();
        if !has_scores {
            self.say("no comment here has a score");
        }
        has_scores
    }

    /// Changes the thresholds where they decide what shows; `change` is given those that the thread began with, and
    /// returns what is to be said.
    fn change_thresholds(&mut self, change: impl FnOnce(&mut ThreadView, Thresholds) -> Option<String>) {
        if !self.thresholds_decide() {
            return;
        }
        let Some(thread) = self.page.steer_thread() else { return };
        let view = thread.view_mut();
        let own = self.options.thresholds(view.thread().story());
        let before = view.thresholds();
        self.message = view.change(|view| change(view, own)).map(Message::from);
        if view.thresholds() == before {
            return;
        }
        let resets = self.keys.key_for(ThreadCommand::Automatic, "resets them");
        if view.is_all_by_hand() {
            self.say(Message::from("all stay as opened or folded").and(resets));
            return;
        }
        if let (None, kept @ 1..) = (&self.message, view.opened_against_thresholds()) {
            let stay = if kept == 1 { "stays" } else { "stay" };
            self.say(Message::from(format!("{kept} {stay} as opened")).and(resets));
        }
    }
}

/// Why a threshold did not move.
fn at_end(step: ThresholdStep, view: &ThreadView) -> &'static str {
    let hides = view.rows().counts().hidden > 0;
    let is_held = hides && view.cutoffs().hide().is_some() && view.cutoffs().full() == view.cutoffs().hide();
    match step {
        ThresholdStep::HideLess => "no further: nothing is hidden by its score",
        ThresholdStep::HideMore => "no further: everything with a score is hidden",
        ThresholdStep::FullMore if is_held => "no further: what is hidden cannot be in full",
        ThresholdStep::FullMore => "no further: everything is in full",
        ThresholdStep::FullLess => "no further: nothing with a score is in full",
    }
}
