//! The menu of an author: to follow or mute them, to give them a tag, or to take all that away.

use super::menu::{Choice, choice};
use super::own_lists::is_of_people;
use super::taking_back::Change;
use super::{App, Key, Message, Overlay, Page, PageContent, Question, Scope, StoreRequest};
use crate::view::{Attitude, Author, AuthorNote, Authors};

/// The choices with what they do.
pub(super) const CHOICES: [(&str, &str); 4] = [
    ("mute", "hide what they write"),
    ("follow", "mark what they write"),
    ("tag", "your word beside the name"),
    ("nothing", "none of these"),
];

impl App {
    /// The reader's notes on authors.
    pub fn authors(&self) -> &Authors {
        &self.authors
    }

    /// Shows the menu of the author of the comment or story that the reader is on.
    pub(super) fn ask_author(&mut self) {
        let Some(author) = self.author_here() else {
            self.say("nobody is named here");
            return;
        };
        let chosen = self.first_choice(&author);
        self.overlay = Some(Overlay::Author(author, chosen));
    }

    /// Where the cursor of an author's menu begins: at what holds for them, so that nothing is changed by accident; in the
    /// list of people at what undoes it.
    fn first_choice(&self, author: &Author) -> usize {
        let attitude = self.authors.note(&author.site, &author.name).and_then(|note| note.attitude);
        match attitude {
            _ if self.page.list().is_some_and(is_of_people) => CHOICES.len() - 1,
            Some(Attitude::Followed) => 1,
            Some(Attitude::Muted) | None => 0,
        }
    }

    fn author_here(&self) -> Option<Author> {
        let (site, name) = match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => return None,
            PageContent::Thread(thread) => {
                let view = thread.view();
                let story = view.thread().story();
                let name = match view.place().row.comment() {
                    Some(index) => view.thread().get(index).filter(|it| !it.flags().anonymous)?.author()?,
                    None => &story.author,
                };
                (&story.site, name)
            }
            PageContent::List(list) => {
                let entry = list.view().entry()?;
                (&entry.site, entry.author.as_str())
            }
        };
        (!name.is_empty()).then(|| Author { site: site.clone(), name: name.to_owned() })
    }

    /// Gives a key to the menu of an author.
    pub(super) fn press_author(&mut self, author: Author, chosen: usize, key: Key) {
        let lines = self.lines_of(self.keys.command(key, Scope::Thread));
        match choice(&CHOICES.map(|(name, _)| name), chosen, key, lines) {
            Choice::Take(place) => self.choose_for_author(author, place),
            Choice::Move(place) => self.overlay = Some(Overlay::Author(author, place)),
        }
    }

    /// Does what stands at a place of an author's menu.
    pub(super) fn choose_for_author(&mut self, author: Author, place: usize) {
        let note = self.authors.note(&author.site, &author.name).cloned().unwrap_or_default();
        let name = author.name.clone();
        match place {
            0 => {
                let note = AuthorNote { attitude: Some(Attitude::Muted), ..note };
                let back = self.way_back();
                self.note_author(author, note, Message::from(format!("{name} is muted")).and(back));
            }
            1 => {
                let note = AuthorNote { attitude: Some(Attitude::Followed), ..note };
                self.note_author(author, note, format!("you follow {name}"));
            }
            2 => {
                self.tagged_author = Some(author);
                self.ask(Question::Tag, &note.tag);
            }
            _ => {
                let says = format!("{name} is neither muted nor followed, and has no tag");
                self.note_author(author, AuthorNote::default(), says);
            }
        }
    }

    /// Gives the author whose menu was open the tag that was typed; an empty one takes the tag away.
    pub(super) fn set_tag(&mut self, tag: &str) {
        let Some(author) = self.tagged_author.take() else { return };
        let (name, tag) = (author.name.clone(), tag.to_owned());
        let note = self.authors.note(&author.site, &author.name).cloned().unwrap_or_default();
        let says = if tag.is_empty() { format!("{name} has no tag") } else { format!("{name} is tagged") };
        self.note_author(author, AuthorNote { tag, ..note }, says);
    }

    /// Takes a note on an author, so that the key for undo takes it back.
    fn note_author(&mut self, author: Author, note: AuthorNote, says: impl Into<Message>) {
        let before = self.authors.note(&author.site, &author.name).cloned().unwrap_or_default();
        if before != note {
            self.may_take_back(Change::Note(author.clone(), before));
        }
        self.put_author(author, note, says);
    }

    /// Takes a note on an author, shows it on every page, and has it kept.
    pub(super) fn put_author(&mut self, author: Author, note: AuthorNote, says: impl Into<Message>) {
        self.authors.set(author.clone(), note.clone());
        self.show_authors();
        self.remember(says, |says| StoreRequest::PutAuthor(author, note, says));
        if self.page.list().is_some_and(is_of_people) {
            self.load();
        }
    }

    /// Shows the reader's notes on authors on every page.
    pub(super) fn show_authors(&mut self) {
        let authors = self.authors.clone();
        self.pages_mut().for_each(|page| page.set_authors(&authors));
    }
}

impl Page {
    /// Shows the reader's notes on authors.
    pub(super) fn set_authors(&mut self, authors: &Authors) {
        if let Some(thread) = self.thread_mut() {
            thread.view_mut().set_authors(authors);
        }
        if let Some(list) = self.list_mut() {
            list.view_mut().set_authors(authors);
        }
    }
}
