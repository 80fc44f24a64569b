//! Unread comments: each is read once it has been drawn, and motion leads to the next that was not.

use super::{Freshness, Row, ThreadView, Visibility};

impl ThreadView {
    /// Notes that what is on the screen has been drawn. Placeholders are no comments to be read.
    pub fn note_shown(&mut self) {
        for placed in self.screen() {
            if let Row::Comment(index) = placed.row
                && self.rows.visibility(index) >= Visibility::Line
            {
                self.read.add(index);
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
