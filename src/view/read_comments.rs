//! Comments that have stood on the screen, in full or as their line.

use super::renumbering::Renumbering;
use super::{Freshness, Row, ThreadView, Visibility};

/// Which comments have stood on the screen.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadComments {
    /// One a comment.
    here: Vec<bool>,
}

impl ReadComments {
    /// None of so many.
    pub(super) fn none(comments: u32) -> Self {
        Self { here: vec![false; comments as usize] }
    }

    /// Carries them over to another state of the thread.
    pub(super) fn carry(&mut self, renumbering: &Renumbering<'_>) {
        let mut carried = vec![false; renumbering.len()];
        for (index, _) in (0..).zip(&self.here).filter(|(_, is_read)| **is_read) {
            if let Some(place) = renumbering.of(index) {
                carried[place as usize] = true;
            }
        }
        self.here = carried;
    }

    fn contains(&self, index: u32) -> bool {
        self.here.get(index as usize) == Some(&true)
    }
}

impl ThreadView {
    /// Notes that what is on the screen has been drawn. Placeholders are no comments to be read.
    pub fn note_shown(&mut self) {
        for placed in self.screen() {
            if let Row::Comment(index) = placed.row
                && self.rows.visibility(index) >= Visibility::Line
                && let Some(is_read) = self.read.here.get_mut(index as usize)
            {
                *is_read = true;
            }
        }
    }

    /// Whether the comment at `index` has stood on the screen since the thread was opened.
    pub fn is_read(&self, index: u32) -> bool {
        self.read.contains(index)
    }

    /// Goes to the next comment that is new, has risen or was never on the screen, as [`ThreadView::next_new`] does.
    pub fn next_unread(&mut self) -> bool {
        self.next_shown(|view, index| view.freshness(index) != Freshness::Old || !view.is_read(index))
    }
}
