//! Unread comments: each is read once its last line has been drawn, and motion leads to the next that was not.

use std::collections::HashSet;

use super::{Freshness, Placed, Row, Seen, ThreadView, Thresholds, Visibility};

impl ThreadView {
    /// Notes that what is on the screen has been drawn; whether a comment has been read there for the first time: one whose
    /// last line of text is not below the screen. Placeholders are no comments to be read.
    pub fn note_shown(&mut self) -> bool {
        let mut is_first = false;
        for index in self.shown_to_their_ends() {
            is_first |= self.read.add(index);
        }
        is_first
    }

    /// The comments on the screen whose last line of text is not below it.
    fn shown_to_their_ends(&self) -> Vec<u32> {
        let bottom = self.geometry.height;
        let is_to_its_end = |placed: &Placed| placed.text_end() <= bottom;
        let comments = self.screen().into_iter().filter(is_to_its_end).filter_map(|placed| match placed.row {
            Row::Comment(index) if self.rows.visibility(index) >= Visibility::Line => Some(index),
            _ => None,
        });
        comments.collect()
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
    /// when it was last left, `None` where it never was, `thresholds` held then, if that is known, and `read` are the ids of
    /// the comments that have stood on the screen so far.
    pub fn take_visits(&mut self, seen: Option<Seen>, thresholds: Option<Thresholds>, read: HashSet<String>) {
        self.read.take_earlier(&self.thread, read);
        self.was_left = seen.is_some();
        let thresholds = thresholds.unwrap_or(self.selected.selection().thresholds);
        self.selected.set_seen(&self.thread, seen, thresholds);
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

    /// Whether [`ThreadView::next_unread`] leads anywhere once what is on the screen has been drawn.
    pub fn leads_to_unread(&self) -> bool {
        let drawn = self.shown_to_their_ends();
        let is_met = |index: u32| {
            self.rows.visibility(index) >= Visibility::Line
                && (self.freshness(index) != Freshness::Old || !(self.is_read(index) || drawn.contains(&index)))
                && !self.is_folded_away(index)
        };
        let own = self.place.row.comment();
        (0..self.thread.len()).any(|index| own != Some(index) && is_met(index))
    }

    /// Whether what [`ThreadView::next_unread`] leads to, once what is on the screen has been drawn, is new or has risen.
    pub fn leads_to_new(&self) -> bool {
        if !self.was_seen_before() {
            return false;
        }
        let (drawn, own) = (self.shown_to_their_ends(), self.place.row.comment());
        let visible: Vec<Row> = self.screen().iter().map(|placed| placed.row).collect();
        let after = self.first_after(self.place.row);
        let is_read = |index: u32| self.is_read(index) || drawn.contains(&index);
        let is_ahead = |index: u32| index >= after && visible.contains(&Row::Comment(index));
        let is_fresh = |index: u32| self.freshness(index) != Freshness::Old;
        let is_met = |index: u32| {
            own != Some(index) && self.rows.visibility(index) >= Visibility::Line && !self.is_folded_away(index)
        };
        let all = || 0..self.thread.len();
        let mut fresh = all().filter(|&index| is_fresh(index) && is_met(index)).peekable();
        // What is new and was read comes last.
        let has_fresh = fresh.peek().is_some();
        has_fresh
            && (fresh.any(|index| !is_read(index) || is_ahead(index))
                || !all().any(|index| !is_fresh(index) && !is_read(index) && is_met(index)))
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
