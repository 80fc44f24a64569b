//! Comments that have stood on the screen, in full or as their line.

use super::renumbering::Renumbering;

/// Which comments have stood on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// Takes in the comment at `index`.
    pub(super) fn add(&mut self, index: u32) {
        if let Some(is_read) = self.here.get_mut(index as usize) {
            *is_read = true;
        }
    }

    /// Whether the comment at `index` has.
    pub(super) fn contains(&self, index: u32) -> bool {
        self.here.get(index as usize) == Some(&true)
    }
}
