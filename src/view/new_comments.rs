//! Comments that are new or have risen over the threshold: their number, and motion from one to the next.

use super::{Freshness, Row, ThreadView, Visibility};

impl ThreadView {
    /// The freshness of the comment at `index`, at the thresholds in force.
    pub fn freshness(&self, index: u32) -> Freshness {
        self.selected.freshness(&self.thread, index)
    }

    /// The number of comments that are new, or have risen over the threshold, without those that a modifier or a mute hides.
    pub fn new_count(&self) -> u32 {
        let is_new = |&index: &u32| self.freshness(index) != Freshness::Old && !self.selected.hides_comment(index);
        (0..self.thread.len()).filter(is_new).count() as u32
    }

    /// Goes to the next new comment that no threshold and no filter hides, going round at the end; unfolds what is above
    /// it.
    pub fn next_new(&mut self) -> bool {
        self.next_shown(|view, index| view.freshness(index) != Freshness::Old)
    }

    /// Goes to the next comment of a kind that no threshold and no filter hides, going round at the end; unfolds what is
    /// above it.
    pub(super) fn next_shown(&mut self, is_wanted: impl Fn(&Self, u32) -> bool) -> bool {
        let own = self.place.row.comment();
        let start = self.first_after(self.place.row);
        let mut round = (start..self.thread.len()).chain(0..start);
        let is_shown = |index: u32| self.rows.visibility(index) >= Visibility::Line && own != Some(index);
        let found = round.find(|&index| is_shown(index) && is_wanted(self, index));
        let Some(index) = found else { return false };
        if self.unfold_above(index) {
            self.rebuild_rows();
        }
        let moved = self.jump_without_scrolling(Row::Comment(index), None);
        self.arrive();
        moved
    }

    /// The first comment that stands below a row.
    pub(super) fn first_after(&self, row: Row) -> u32 {
        match row {
            Row::Story => 0,
            Row::Comment(index) | Row::Marker(index) => (index + 1).min(self.thread.len()),
            Row::Rest | Row::Foot => self.thread.len(),
        }
    }
}
