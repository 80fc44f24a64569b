//! Undo beside the changes of a thread: of notes on authors, orders of lists, and of marking a story unread.

use super::{App, Command, ListCommand, Message, NewBookmark, Page, StoreRequest, ThreadCommand};
use crate::model::Entry;
use crate::view::{Author, AuthorNote, ListOrder, ListPlace, ListView, ThreadView};

/// The most changes that are taken back.
const MOST: usize = 100;

/// A change that can be taken back.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Of the note on an author, which was this before.
    Note(Author, AuthorNote),
    /// The list was put in another order; it was in this one before.
    Order(ListOrder),
    /// A story's thread was saved, or is saved no longer.
    Saved(Box<Entry>),
    /// A bookmark was taken away.
    Bookmark(Box<NewBookmark>),
    /// A story that had been opened was marked unread.
    Unread(Box<Entry>),
}

/// A change with the page where it was made.
#[derive(Clone, Debug)]
pub(super) struct ChangeHere {
    change: Change,
    source: String,
    /// The number of changes that had been made of the page's thread.
    step: usize,
    /// The place in the page's list.
    place: Option<ListPlace>,
}

impl App {
    /// Takes a change that is about to be made on this page, so that the key for undo takes it back.
    pub(super) fn may_take_back(&mut self, change: Change) {
        let (source, step) = (self.page.source().to_owned(), self.step_here());
        let place = self.page.list().and_then(ListView::place);
        self.changes.push(ChangeHere { change, source, step, place });
        let surplus = self.changes.len().saturating_sub(MOST);
        self.changes.drain(..surplus);
    }

    /// The number of changes that have been made of the page's thread; a list has none.
    fn step_here(&self) -> usize {
        self.page.thread().map_or(0, ThreadView::step)
    }

    /// The key that takes a change of this page back, in words behind what is said of the change.
    pub(super) fn way_back(&self) -> Message {
        let undo: Command =
            if self.page.list().is_some() { ListCommand::Undo.into() } else { ThreadCommand::Undo.into() };
        self.keys.key_for(undo, "takes that back")
    }

    /// Takes back the last such change that was made on this page, if nothing else of its thread was changed since; whether
    /// there was one. In a list the reader is then where they made it.
    pub(super) fn take_back(&mut self) -> bool {
        let (step, source) = (self.step_here(), self.page.source());
        let Some(last) = self.changes.iter().rposition(|change| change.source == source) else { return false };
        if self.changes[last].step != step {
            return false;
        }
        let ChangeHere { change, place, .. } = self.changes.remove(last);
        match change {
            Change::Note(author, before) => {
                let says = format!("{} is as before", author.name);
                self.put_author(author, before, says);
            }
            Change::Order(before) => self.put_list_order(before),
            Change::Saved(entry) => self.ask_store(StoreRequest::ToggleSaved { entry, takes_back: true }),
            Change::Bookmark(new) => self.put_bookmark(*new),
            Change::Unread(entry) => self.put_back_visit(entry),
        }
        if let (Some(list), Some(place)) = (self.page.list_mut(), place) {
            list.view_mut().return_to(&place);
        }
        self.load_more();
        true
    }

    fn put_back_visit(&mut self, entry: Box<Entry>) {
        if self.options.remembers {
            self.ask_store(StoreRequest::PutBackVisit(entry));
            return;
        }
        let is_done = self.page.list().is_some_and(|list| !list.is_visited(&entry));
        for list in self.pages_mut().filter_map(Page::list_mut).filter(|_| is_done) {
            list.view_mut().mark_read(&entry, None);
        }
        self.say_put_back(is_done);
    }

    /// Says whether it was taken back that a story is unread.
    pub(super) fn say_put_back(&mut self, is_done: bool) {
        let says = if is_done { "the story is as before" } else { "it was opened again since, and stays as it is" };
        self.say(says);
    }

    /// Forgets that a story was marked unread, since there was nothing of it to take back.
    pub(super) fn forget_unread(&mut self, story: &Entry) {
        let is_it = |change: &ChangeHere| matches!(&change.change, Change::Unread(entry) if **entry == *story);
        if let Some(last) = self.changes.iter().rposition(is_it) {
            self.changes.remove(last);
        }
    }
}
