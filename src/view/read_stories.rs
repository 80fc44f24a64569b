//! Stories of a list that were opened, or are stored: the way to the next unread one, and hiding those that were read.

use super::list_memory::{StoreUse, key};
use super::{LastVisit, ListView, StoryMemory};
use crate::model::Entry;

impl ListView {
    /// Takes what is remembered of the threads of stories.
    pub fn remember(&mut self, stories: &[(Entry, StoryMemory)]) {
        let (mut opened, mut new) = (Vec::new(), Vec::new());
        for (entry, memory) in stories {
            let counted_before = self.new_comments(entry).is_some();
            self.remember_visit(entry, memory.last_visit);
            self.note_stored(entry, memory.stored);
            let counts_now = self.new_comments(entry).is_some();
            let is_told = self.read.told.insert(key(entry));
            if counts_now && (is_told || !counted_before) {
                new.push(key(entry));
            } else if is_told && self.read.hides && memory.last_visit.is_some() {
                opened.push(key(entry));
            }
        }
        if !opened.is_empty() || !new.is_empty() {
            self.change_hidden(|list| {
                list.read.stories.extend(opened);
                for story in &new {
                    list.read.stories.remove(story);
                }
            });
        }
        self.sort_by_new();
    }

    /// The comments of a story that have come since its thread was last left, and can be read: where only what is stored can
    /// be, those that are stored. `None` where there are none, or it was not visited.
    ///
    /// Those of muted authors are among them, though the thread does not count these: a site's list tells how many comments
    /// there are and not whose, and a newer state that is stored would have to be unpacked whole, for every story of the list,
    /// to tell it.
    pub fn new_comments(&self, entry: &Entry) -> Option<u32> {
        let all = entry.comments?;
        let in_reach = if self.marks_stored() { self.stored_comments(entry)?.min(all) } else { all };
        self.more_than_left(entry, in_reach)
    }

    /// The comments that the site has more than when a story's thread was last left, whether they can be read or not.
    pub fn new_on_site(&self, entry: &Entry) -> Option<u32> {
        self.more_than_left(entry, entry.comments?)
    }

    /// Whether the site has more comments on a story than are here, or else than are stored.
    pub fn counts_more_than(&self, entry: &Entry, here: Option<u32>) -> bool {
        let known = here.or_else(|| self.stored_comments(entry)).filter(|_| entry.comment.is_empty());
        known.is_some_and(|known| entry.comments.is_some_and(|comments| comments > known))
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

    /// Takes back that a story was marked unread; with its last visit, where there was one.
    pub fn mark_read(&mut self, entry: &Entry, last_visit: Option<LastVisit>) {
        self.memory.visited.insert(key(entry));
        self.remember_visit(entry, last_visit);
    }

    /// The number of stories that show although what was read is hidden, since comments of them are new.
    pub fn kept_for_new(&self) -> usize {
        self.shown().filter(|entry| self.is_visited(entry) && self.new_comments(entry).is_some()).count()
    }

    /// Whether stories that were opened are hidden.
    pub fn hides_read(&self) -> bool {
        self.read.hides
    }

    /// Notes that something of the discussion at this address was shown.
    pub fn note_opened(&mut self, address: &str) {
        let opened: Vec<_> = self.entries().iter().filter(|entry| entry.url == address).map(key).collect();
        self.memory.visited.extend(opened);
    }

    /// Whether the reader has opened a story.
    pub fn is_visited(&self, entry: &Entry) -> bool {
        self.memory.visited.contains(&key(entry))
    }

    /// Takes back that a story was opened; whether it was.
    pub fn forget_visit(&mut self, entry: &Entry) -> bool {
        self.memory.last_visits.remove(&key(entry));
        self.memory.visited.remove(&key(entry))
    }

    /// Takes the last visit of a story's thread, where there was one.
    pub fn remember_visit(&mut self, entry: &Entry, visit: Option<LastVisit>) {
        if let Some(visit) = visit {
            self.memory.visited.insert(key(entry));
            self.memory.last_visits.insert(key(entry), visit);
        }
    }

    /// Takes how many comments of a story are stored; `None` where its thread is not.
    pub(super) fn note_stored(&mut self, entry: &Entry, comments: Option<u32>) {
        match comments {
            Some(comments) => _ = self.memory.stored.insert(key(entry), comments),
            None => _ = self.memory.stored.remove(&key(entry)),
        }
    }

    /// The comments of a story that are stored.
    pub(super) fn stored_comments(&self, entry: &Entry) -> Option<u32> {
        self.memory.stored.get(&key(entry)).copied()
    }

    /// Whether what is stored is marked, since nothing else can be read now.
    pub(super) fn marks_stored(&self) -> bool {
        self.memory.store == StoreUse::Alone
    }

    /// Takes what the store is to the list.
    pub fn use_store(&mut self, store: StoreUse) {
        self.memory.store = store;
    }

    /// Whether a story is marked as stored.
    pub fn is_marked_stored(&self, entry: &Entry) -> bool {
        self.marks_stored() && self.memory.stored.contains_key(&key(entry))
    }

    /// The last visit of a story's thread.
    pub(super) fn last_visit(&self, entry: &Entry) -> Option<LastVisit> {
        self.memory.last_visits.get(&key(entry)).copied()
    }
}
