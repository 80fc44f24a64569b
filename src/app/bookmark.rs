//! Bookmarks of comments and stories, and threads that are saved.

use super::clipboard_browser::address_here;
use super::own_lists::is_of_people;
use super::taking_back::Change;
use super::{App, Message, NewBookmark, PageContent, SAVED, StoreRequest};
use crate::model::{Comment, Entry, Story, story_key};
use crate::view::{Bookmark, Bookmarks, ThreadView, first_words};

/// Columns of the first words of a bookmarked comment.
const WORDS: usize = 80;

impl App {
    /// The reader's bookmarks.
    pub fn bookmarks(&self) -> &Bookmarks {
        &self.bookmarks
    }

    /// Bookmarks the comment or story that the reader is on, or takes its bookmark away, which the key for undo gives back.
    pub(super) fn toggle_bookmark(&mut self) {
        let Some(new) = self.bookmark_here() else {
            self.say("there is nothing to bookmark here");
            return;
        };
        if !self.bookmarks.contains(&bookmark_of(&new)) {
            self.put_bookmark(new);
            return;
        }
        let says = Message::from(format!("the {}'s bookmark is gone", noun(&new))).and(self.way_back());
        let bookmark = bookmark_of(&new);
        self.bookmarks.toggle(bookmark.clone(), new.url.clone());
        self.may_take_back(Change::Bookmark(Box::new(new)));
        self.remember(says, |says| StoreRequest::RemoveBookmark(bookmark, says));
        self.show_saved();
    }

    /// Makes a bookmark.
    pub(super) fn put_bookmark(&mut self, new: NewBookmark) {
        let (bookmark, what) = (bookmark_of(&new), noun(&new));
        if !self.bookmarks.contains(&bookmark) {
            self.bookmarks.toggle(bookmark, new.url.clone());
        }
        self.remember(format!("{what} bookmarked"), |says| StoreRequest::PutBookmark(Box::new(new), says));
        self.show_saved();
    }

    fn bookmark_here(&self) -> Option<NewBookmark> {
        match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => None,
            PageContent::Thread(thread) => {
                let new = bookmark_here(thread.view());
                // No address leads to the built-in discussion.
                let url = if self.is_demo() { String::new() } else { new.url };
                Some(NewBookmark { url, ..new })
            }
            PageContent::List(list) if is_of_people(list.view()) => None,
            PageContent::List(list) => list.view().entry().map(of_entry),
        }
    }

    /// Saves the thread that the reader is on, or of the story that they are on, or takes that back.
    pub(super) fn toggle_saved(&mut self) {
        let Some(new) = self.bookmark_here() else {
            self.say("there is nothing to save here");
            return;
        };
        if self.is_demo() {
            self.say("the demo is not remembered, and always here: there is nothing to save");
        } else if self.options.remembers {
            self.ask_store(StoreRequest::ToggleSaved { entry: Box::new(new.entry), takes_back: false });
        } else {
            self.say("there is no store to save in");
        }
    }

    /// Says whether a thread is saved now.
    pub(super) fn take_saved(&mut self, entry: Box<Entry>, is_saved: Option<bool>, takes_back: bool) {
        let Some(is_saved) = is_saved else {
            self.say("only what is stored can be saved: open it first");
            return;
        };
        let says = if is_saved { "saved: it stays until it is cleared" } else { "no longer saved" };
        let back = if takes_back { Message::default() } else { self.way_back() };
        if !takes_back {
            self.may_take_back(Change::Saved(entry));
        }
        self.say(Message::from(says).and(back));
        self.show_saved();
    }

    /// Reads the list of what is saved again, where that is on the screen.
    fn show_saved(&mut self) {
        if self.page.list().is_some_and(|list| list.heading().target == SAVED) {
            self.load();
        }
    }
}

/// The kind of what is bookmarked.
fn noun(new: &NewBookmark) -> &'static str {
    if new.comment.is_some() { "comment" } else { "story" }
}

fn bookmark_of(new: &NewBookmark) -> Bookmark {
    Bookmark { comment: new.comment.clone(), ..entry_bookmark(&new.entry) }
}

fn bookmark_here(view: &ThreadView) -> NewBookmark {
    let story = view.thread().story();
    let entry = Entry {
        site: story.site.clone(),
        id: story.id.clone(),
        title: story.title.clone(),
        url: story.url.clone(),
        link: story.link.clone(),
        author: story.author.clone(),
        posted_at: story.posted_at,
        score: story.score,
        comments: story.stated_comments,
        score_kind: story.score_kind.of_story(),
        ..Entry::default()
    };
    let url = address_here(view).to_owned();
    match view.place().row.comment().and_then(|index| view.thread().get(index)) {
        Some(comment) => of_comment(entry, comment, url),
        None => NewBookmark { url, ..of_entry(&entry) },
    }
}

fn of_comment(entry: Entry, comment: Comment<'_>, url: String) -> NewBookmark {
    let author = comment.author().unwrap_or_default().to_owned();
    let words = first_words(comment.body(), WORDS);
    NewBookmark { entry, comment: Some(comment.id().to_owned()), url, author, words }
}

fn of_entry(entry: &Entry) -> NewBookmark {
    let (url, author) = (entry.url.clone(), entry.author.clone());
    if entry.comment.is_empty() {
        return NewBookmark { entry: entry.clone(), comment: None, url, author, words: String::new() };
    }
    // What stands there is the comment's; nothing is told of its story but which one it is.
    let story = Entry { site: entry.site.clone(), id: entry.id.clone(), ..Entry::default() };
    NewBookmark { entry: story, comment: Some(entry.comment.clone()), url, author, words: entry.title.clone() }
}

/// The bookmark of a comment of a story.
pub fn comment_bookmark(story: &Story, id: &str) -> Bookmark {
    Bookmark { comment: Some(id.to_owned()), ..story_bookmark(story) }
}

/// The bookmark of a story.
pub fn story_bookmark(story: &Story) -> Bookmark {
    Bookmark { site: story.site.clone(), story: story_key(&story.id, &story.url), comment: None }
}

/// The bookmark of a story in a list, or of the comment that stands there.
pub fn entry_bookmark(entry: &Entry) -> Bookmark {
    let comment = Some(&entry.comment).filter(|comment| !comment.is_empty()).cloned();
    Bookmark { site: entry.site.clone(), story: story_key(&entry.id, &entry.url), comment }
}
