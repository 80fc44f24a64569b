//! Unread comments: each is read once it has been drawn, and motion leads to the next that was not.

use std::collections::HashSet;

use super::{Freshness, Row, Seen, ThreadView, Visibility};

impl ThreadView {
    /// Notes that what is on the screen has been drawn; whether a comment stands there for the first time. Placeholders are
    /// no comments to be read.
    pub fn note_shown(&mut self) -> bool {
        let mut is_first = false;
        for placed in self.screen() {
            if let Row::Comment(index) = placed.row
                && self.rows.visibility(index) >= Visibility::Line
            {
                is_first |= self.read.add(index);
            }
        }
        is_first
    }

    /// Whether the comment at `index` has stood on the screen, on this visit or an earlier one.
    pub fn is_read(&self, index: u32) -> bool {
        self.read.contains(index)
    }

    /// Whether the comment at `index` has stood on the screen on an earlier visit.
    pub fn was_read(&self, index: u32) -> bool {
        self.read.is_earlier(index)
    }

    /// Begins another visit: what has stood on the screen so far did on an earlier one.
    pub fn begin_visit(&mut self) {
        self.read.turn_earlier();
    }

    /// Takes what is known of earlier visits of the thread, beside what has been read on this one: `seen` is what was there when it was last left, `None` where it never was, and
    /// `read` are the ids of the comments that have stood on the screen so far.
    pub fn take_visits(&mut self, seen: Option<Seen>, read: HashSet<String>) {
        self.read.take_earlier(&self.thread, read);
        self.was_left = seen.is_some();
        self.selected.set_seen(&self.thread, seen);
        self.rebuild_rows();
    }

    /// Goes to the next comment that is new, has risen or was never on the screen, as [`ThreadView::next_new`] does.
    pub fn next_unread(&mut self) -> bool {
        self.next_shown(|view, index| view.freshness(index) != Freshness::Old || !view.is_read(index))
    }
}
