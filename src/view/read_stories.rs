//! Stories of a list that the reader has opened: the way to the next that was not, and hiding those that were.

use super::{ListView, StoryMemory};
use crate::model::Entry;

impl ListView {
    /// Takes what is remembered of the threads of stories.
    pub fn remember(&mut self, stories: &[(Entry, StoryMemory)]) {
        for (entry, memory) in stories {
            self.remember_visit(entry, memory.last_visit);
            self.note_stored(entry, memory.is_stored);
        }
    }

    /// The comments of a story that have come since its thread was last left; `None` where none have, or it was not
    /// visited.
    pub fn new_comments(&self, entry: &Entry) -> Option<u32> {
        let new = entry.comments?.saturating_sub(self.last_visit(entry)?.comments);
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
