//! Stories of a list that the reader has opened: the way to the next that was not, and hiding those that were.

use super::ListView;

impl ListView {
    /// Goes to the next story that was not opened; `false` where none follows.
    pub fn next_unread(&mut self) -> bool {
        let is_unread = |place: &usize| self.shown_entry(*place).is_some_and(|entry| !self.is_visited(entry));
        let next = (self.chosen() + 1..self.len()).find(is_unread);
        next.is_some_and(|place| self.choose(place))
    }

    /// Takes back that the chosen story was opened; `false` where it was not.
    pub fn mark_unread(&mut self) -> bool {
        let Some(entry) = self.entry().cloned() else { return false };
        self.forget_visit(&entry)
    }

    /// Hides the stories that were opened, or shows them again; whether they are hidden now. Those that are opened later stay
    /// until then.
    pub fn toggle_read(&mut self) -> bool {
        let hides = !self.hides_read();
        self.set_hides_read(hides);
        hides
    }
}
