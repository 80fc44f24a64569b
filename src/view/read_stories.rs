//! Stories of a list that the reader has opened: the way to the next that was not, and hiding those that were.

use super::{ListView, StoryMemory};
use crate::model::Entry;

impl ListView {
    /// Takes what is remembered of the threads of stories.
    pub fn remember(&mut self, stories: &[(Entry, StoryMemory)]) {
        for (entry, memory) in stories {
            self.remember_visit(entry, memory.last_visit);
            self.note_stored(entry, memory.stored);
        }
    }

    /// The comments of a story that have come since its thread was last left, and can be read: where only what is stored can
    /// be, those that are stored. `None` where there are none, or it was not visited.
    pub fn new_comments(&self, entry: &Entry) -> Option<u32> {
        let all = entry.comments?;
        let in_reach = if self.marks_stored() { self.stored_comments(entry)?.min(all) } else { all };
        self.more_than_left(entry, in_reach)
    }

    /// The comments that the site has more than when a story's thread was last left, whether they can be read or not.
    pub fn new_on_site(&self, entry: &Entry) -> Option<u32> {
        self.more_than_left(entry, entry.comments?)
    }

    fn more_than_left(&self, entry: &Entry, comments: u32) -> Option<u32> {
        let new = comments.saturating_sub(self.last_visit(entry)?.comments);
        Some(new).filter(|new| *new > 0)
    }

    /// Goes to the next story that was not opened; `false` where none follows.
    pub fn next_unread(&mut self) -> bool {
        let is_unread = |place: &usize| self.shown_entry(*place).is_some_and(|entry| !self.is_visited(entry));
        let next = (self.chosen() + 1..self.len()).find(is_unread);
        next.is_some_and(|place| self.choose(place))
    }

    /// Takes back that the chosen story was opened, and gives the story; `None` where it was not.
    pub fn mark_unread(&mut self) -> Option<Entry> {
        let entry = self.entry()?.clone();
        self.forget_visit(&entry).then_some(entry)
    }

    /// Hides the stories that were opened, or shows them again; whether they are hidden now. Those that are opened later stay
    /// until then.
    pub fn toggle_read(&mut self) -> bool {
        let hides = !self.hides_read();
        self.set_hides_read(hides);
        hides
    }
}
