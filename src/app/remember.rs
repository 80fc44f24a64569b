//! Remembering: what the store is asked to keep, and what it tells.

use super::{App, DEMO, Effect, ListCommand, Message, Page, StoreAnswer, StoreRequest};
use crate::model::Entry;

impl App {
    /// Has the store do something, where there is one.
    pub(super) fn ask_store(&mut self, request: StoreRequest) {
        if self.options.remembers {
            self.effects.push(Effect::Store(request));
        }
    }

    /// Whether the page is the built-in discussion, of which the store keeps nothing.
    pub(super) fn is_demo(&self) -> bool {
        self.page.source() == DEMO
    }

    /// Has the store keep something, and says so once it is kept; without a store, that it is remembered for a while; of the
    /// built-in discussion, that it is not.
    pub(super) fn remember(&mut self, says: impl Into<Message>, request: impl FnOnce(Message) -> StoreRequest) {
        if self.options.remembers && self.is_demo() {
            self.say(says.into().and("; the demo is not remembered"));
        } else if self.options.remembers {
            self.effects.push(Effect::Store(request(says.into())));
        } else {
            self.say(says.into().and("; lurker remembers this until it ends"));
        }
    }

    /// Takes an answer of the store.
    pub(super) fn take_stored(&mut self, answer: StoreAnswer) {
        match answer {
            StoreAnswer::Notes { authors, bookmarks, hides_read, typed } => {
                self.take_typed(typed);
                // What the reader has noted before the store has told is newer.
                let noted = std::mem::replace(&mut self.authors, authors);
                noted.iter().for_each(|(author, note)| self.authors.set(author, note.clone()));
                let bookmarked = std::mem::replace(&mut self.bookmarks, bookmarks);
                self.bookmarks.extend(bookmarked);
                self.show_authors();
                // So is what they hide.
                if self.hides_read.is_none() {
                    self.set_hides_read(hides_read);
                }
            }
            StoreAnswer::Kept(says) => self.say(says),
            StoreAnswer::Visit(number, memory) => self.take_memory(number, *memory),
            StoreAnswer::Stories(stories) => {
                for list in self.pages_mut().filter_map(Page::list_mut) {
                    list.view_mut().remember(&stories);
                }
            }
            StoreAnswer::TakenBack { entry, is_done, before } => {
                // What was asked before may have been answered meanwhile.
                self.forget_visit(&entry);
                for list in self.pages_mut().filter_map(Page::list_mut) {
                    list.view_mut().remember_visit(&entry, before);
                }
                let back = self.keys.key_for(ListCommand::Undo, "takes that back");
                self.say(match (is_done, before) {
                    (true, Some(_)) => Message::from("the last visit is taken back; there was one before").and(back),
                    (true, None) => Message::from("unread again").and(back),
                    (false, _) => "no visit to take back".into(),
                });
                if !is_done {
                    self.forget_unread(&entry);
                }
            }
            StoreAnswer::Saved { entry, is_saved, takes_back } => self.take_saved(entry, is_saved, takes_back),
            StoreAnswer::PutBack { entry, is_done, last } => {
                for list in self.pages_mut().filter_map(Page::list_mut) {
                    if is_done {
                        list.view_mut().mark_read(&entry, last);
                    } else {
                        // Whoever has opened it since has read it.
                        list.view_mut().remember_visit(&entry, last);
                    }
                }
                self.say_put_back(is_done);
            }
        }
    }

    /// Takes back in every list that a story was opened.
    pub(super) fn forget_visit(&mut self, entry: &Entry) {
        for list in self.pages_mut().filter_map(Page::list_mut) {
            list.view_mut().forget_visit(entry);
        }
    }

    /// Every page: that on the screen, those below it, and those that are kept.
    pub(super) fn pages_mut(&mut self) -> impl Iterator<Item = &mut Page> {
        std::iter::once(&mut self.page).chain(&mut self.back_stack).chain(&mut self.kept)
    }
}
