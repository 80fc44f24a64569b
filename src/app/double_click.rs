//! A double-click: its second press is meant for what the first one came on, not for what that has put there.

use std::mem::{Discriminant, discriminant};

use super::{App, Effect, Overlay, Question};

/// The use that a click had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ClickUse {
    /// It selected, or did what a further click there may do again.
    #[default]
    Selected,
    /// It opened or closed something, so that a further press of the same double-click is not meant for what is there now.
    Changed,
}

/// Something that a click may change under the mouse: the page, and what lies over it.
#[derive(PartialEq, Eq)]
struct Ground {
    pages: usize,
    source: String,
    overlay: Option<Discriminant<Overlay>>,
    question: Option<Question>,
    is_message: bool,
    /// The number of the first story of a list that shows.
    first_story: Option<usize>,
}

impl App {
    /// Takes a click that is not part of a double-click, or the first press of one.
    pub(super) fn click_first(&mut self, x: usize, y: usize) {
        let before = self.ground(x, y);
        self.click_use = ClickUse::Selected;
        self.click(x, y);
        let leads_out =
            |effect: &Effect| matches!(effect, Effect::Browse(_) | Effect::Follow(_) | Effect::GoTo(_) | Effect::Quit);
        if self.ground(x, y) != before || self.effects.iter().any(leads_out) {
            self.click_use = ClickUse::Changed;
        }
    }

    /// Takes a further press of a double-click: nothing, where the press before it did more than select.
    pub(super) fn click_again(&mut self, x: usize, y: usize) {
        if self.click_use == ClickUse::Selected {
            self.click_first(x, y);
        }
    }

    fn ground(&self, x: usize, y: usize) -> Ground {
        Ground {
            pages: self.back_stack.len(),
            source: self.page.source().to_owned(),
            overlay: self.overlay.as_ref().map(discriminant),
            question: self.prompt.as_ref().map(|prompt| prompt.question),
            is_message: self.is_on_message(x, y),
            first_story: self.page.list().and_then(|list| list.screen().next()).map(|(_, number, _)| number),
        }
    }
}
