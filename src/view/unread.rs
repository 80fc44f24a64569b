//! Unread comments: each is read once its last line has been drawn, and motion leads to the next that was not.

use std::collections::HashSet;

use super::{Freshness, Row, Seen, ThreadView, Visibility};

impl ThreadView {
    /// Notes that what is on the screen has been drawn; whether a comment has been read there for the first time: one whose
    /// last line of text is not below the screen. Placeholders are no comments to be read.
    pub fn note_shown(&mut self) -> bool {
        let mut is_first = false;
        let bottom = self.geometry.height;
        for placed in self.screen() {
            if let Row::Comment(index) = placed.row
                && self.rows.visibility(index) >= Visibility::Line
                && placed.text_end() <= bottom
            {
                is_first |= self.read.add(index);
            }
        }
        is_first
    }

    /// Whether the comment at `index` was read, on this visit or an earlier one.
    pub fn is_read(&self, index: u32) -> bool {
        self.read.contains(index)
    }

    /// Whether the comment at `index` was read on an earlier visit.
    pub fn was_read(&self, index: u32) -> bool {
        self.read.is_earlier(index)
    }

    /// Begins another visit: what was read so far was so on an earlier one.
    pub fn begin_visit(&mut self) {
        self.read.turn_earlier();
    }

    /// Takes what is known of earlier visits of the thread, beside what has been read on this one: `seen` is what was there
    /// when it was last left, `None` where it never was, and `read` are the ids of the comments that have stood on the
    /// screen so far.
    pub fn take_visits(&mut self, seen: Option<Seen>, read: HashSet<String>) {
        self.read.take_earlier(&self.thread, read);
        self.was_left = seen.is_some();
        self.selected.set_seen(&self.thread, seen);
        self.rebuild_rows();
    }

    /// Whether some state of the thread was seen before this one, so that it is known what is new.
    pub fn was_seen_before(&self) -> bool {
        self.selected.selection().seen.is_some()
    }

    /// Goes to the next comment that is new, has risen or was never read, as [`ThreadView::next_new`] does; but what is folded
    /// away stays so. Those that are new or have risen come first, until each has been read or gone to: they are what the
    /// reader came back for.
    pub fn next_unread(&mut self) -> bool {
        let own = self.first_after(self.place.row);
        let visible: Vec<Row> = self.screen().iter().map(|placed| placed.row).collect();
        let is_ahead = |index: u32| index >= own && visible.contains(&Row::Comment(index));
        let is_fresh = |view: &Self, index: u32| view.freshness(index) != Freshness::Old && !view.is_folded_away(index);
        self.next_shown(|view, index| is_fresh(view, index) && (!view.is_read(index) || is_ahead(index)))
            || self.next_shown(|view, index| !view.is_read(index) && !view.is_folded_away(index))
            || self.next_shown(is_fresh)
    }

    /// The number of comments that are unread, and neither hidden nor shown since they are folded away.
    pub fn unread_in_folds(&self) -> usize {
        let is_shown = |index: u32| self.rows.visibility(index) >= Visibility::Line;
        let is_counted = |&index: &u32| is_shown(index) && self.is_unread(index) && self.is_folded_away(index);
        (0..self.thread.len()).filter(is_counted).count()
    }

    fn is_unread(&self, index: u32) -> bool {
        self.freshness(index) != Freshness::Old || !self.is_read(index)
    }

    /// Whether a comment that no threshold hides has no row, for it is inside a fold.
    fn is_folded_away(&self, index: u32) -> bool {
        !self.is_shown(Row::Comment(index))
    }
}
