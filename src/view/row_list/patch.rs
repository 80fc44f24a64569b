//! Patches of the rows where a few comments are opened or folded: what is around those is computed, and no more.

use super::{RowList, inside, number};
use crate::model::Thread;
use crate::view::fold_override::FoldOverrides;
use crate::view::{Selected, Visibility};

/// The most comments that are opened or folded one by one.
const FEW: usize = 64;

/// A stretch of rows to be listed anew: those inside `owner`, or at the top level, up to a number.
type Stretch = (Option<u32>, usize);

impl RowList {
    /// Takes other overrides under the same selection; `false` where so many comments are opened in other ways that everything
    /// is to be computed.
    pub(super) fn patch(&mut self, thread: &Thread, selected: &Selected, overrides: &FoldOverrides) -> bool {
        let opened: Vec<u32> = overrides.opened_apart(&self.overrides).take(FEW + 1).collect();
        let folded: Vec<u32> = overrides.folds_apart(&self.overrides).take(FEW + 1).collect();
        if opened.len() > FEW {
            return false;
        }
        self.overrides = overrides.clone();
        let mut stretches = Vec::new();
        for index in opened {
            let by_hand = overrides.of(index).opened.map(Visibility::from);
            let own = by_hand.unwrap_or_else(|| selected.mode(thread, index).into());
            stretches.extend(self.reopen(thread, index, own));
        }
        if folded.len() > FEW {
            stretches = vec![(None, number(thread.len()))];
        } else {
            stretches.extend(folded.into_iter().map(|index| (Some(index), number(thread.after(index)))));
        }
        self.list_stretches(thread, stretches);
        true
    }

    /// Lists stretches of rows anew.
    fn list_stretches(&mut self, thread: &Thread, mut stretches: Vec<Stretch>) {
        // Those above come first, so that what is inside shows where it is to show.
        stretches.sort_unstable();
        let first = |owner: Option<u32>| owner.map_or(0, |owner| inside(thread, owner).start);
        for &(owner, end) in &stretches {
            if owner.is_none_or(|owner| self.rows.contains(number(owner))) {
                self.list_rows(thread, first(owner)..end);
            }
        }
        if let Some(&(owner, _)) = stretches.first() {
            self.rows.count_from(first(owner));
        }
    }

    /// Lets the comment at `index` show this much by itself; returns the rows that are to be listed anew.
    fn reopen(&mut self, thread: &Thread, index: u32, own: Visibility) -> Option<Stretch> {
        let before = std::mem::replace(&mut self.own[index as usize], own);
        self.recount(before, own, thread.words()[index as usize]);
        let owner = match (before, own) {
            (Visibility::Hidden, Visibility::Hidden) => return None,
            (Visibility::Hidden, _) if !self.is_shown(index) => self.show(thread, index),
            (_, Visibility::Hidden) if !self.has_shown_reply(thread, index) => self.hide(thread, index),
            _ => return None,
        };
        Some((owner, number(index) + 2))
    }

    fn recount(&mut self, before: Visibility, after: Visibility, words: u32) {
        let counts = &mut self.counts;
        for (visibility, by) in [(before, -1), (after, 1)] {
            let count = match visibility {
                Visibility::Full => &mut counts.full,
                Visibility::Line => &mut counts.line,
                Visibility::Hidden | Visibility::Placeholder => &mut counts.hidden,
            };
            *count = count.wrapping_add_signed(by);
            if visibility == Visibility::Full {
                counts.words = counts.words.wrapping_add_signed(i64::from(by) * i64::from(words));
            }
        }
    }

    /// Shows a hidden comment, and those above it as placeholders; returns what is shown above all of these.
    fn show(&mut self, thread: &Thread, index: u32) -> Option<u32> {
        let size = |index: u32| thread.after(index) - index;
        let (mut at, mut shown_below) = (index, 0);
        loop {
            self.set_shown(at, true);
            self.set_hidden_under(at as usize, size(at) - 1 - shown_below);
            shown_below = size(at);
            match thread.parent(at) {
                Some(parent) if !self.is_shown(parent) => at = parent,
                owner => {
                    let slot = self.slot(owner);
                    self.set_hidden_under(slot, self.counted_on(slot) - shown_below);
                    return owner;
                }
            }
        }
    }

    /// Hides a comment below which all is hidden, and the placeholders that were kept for it alone; returns what is shown above
    /// all of these.
    fn hide(&mut self, thread: &Thread, index: u32) -> Option<u32> {
        let mut at = index;
        loop {
            self.set_shown(at, false);
            let owner = thread.parent(at);
            let slot = self.slot(owner);
            self.count_on(slot, thread.after(at) - at);
            match owner {
                Some(owner) if self.own[slot] == Visibility::Hidden && !self.has_shown_reply(thread, owner) => {
                    at = owner;
                }
                _ => return owner,
            }
        }
    }

    /// The place of the count of what is hidden under a comment, or at the top level.
    fn slot(&self, owner: Option<u32>) -> usize {
        owner.map_or(self.own.len(), |owner| owner as usize)
    }

    fn set_shown(&mut self, index: u32, is_shown: bool) {
        set(&mut self.shown, index as usize, is_shown);
    }

    fn set_hidden_under(&mut self, slot: usize, hidden: u32) {
        self.hidden_under[slot] = hidden;
        set(&mut self.marked, slot, hidden > 0);
    }
}

/// Sets a bit, or takes it away.
fn set(bits: &mut [u64], at: usize, is_set: bool) {
    let bit = 1 << (at % 64);
    bits[at / 64] = if is_set { bits[at / 64] | bit } else { bits[at / 64] & !bit };
}
