//! The lists that the store has by itself: what is saved and bookmarked, what was read, and people with a note.

use crate::app::{HISTORY, PEOPLE, SAVED};
use crate::model::{Entry, Heading, Listing, Tab};
use crate::store::{Result, Store, StoredAuthor, StoredBookmark, StoredStory};
use crate::view::ago;

/// The most threads that the history lists.
const MOST: u32 = 1000;

/// A list of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnList {
    /// The threads that are saved, and every bookmark.
    Saved,
    /// The threads that were visited.
    History,
    /// The authors who are followed, muted or tagged.
    People,
}

impl OwnList {
    /// All, in the order of their tabs.
    pub(super) const ALL: [Self; 3] = [Self::Saved, Self::History, Self::People];
    /// Those that have a place among the sites.
    pub(super) const SITES: [Self; 2] = [Self::Saved, Self::History];

    /// The target that opens it.
    pub(super) fn target(self) -> &'static str {
        match self {
            Self::Saved => SAVED,
            Self::History => HISTORY,
            Self::People => PEOPLE,
        }
    }

    /// Its name for people.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Saved => "Saved",
            Self::History => "History",
            Self::People => "People",
        }
    }

    /// The list of a target.
    pub(super) fn named(target: &str) -> Option<Self> {
        // Bookmarks stand with what is saved, and are looked for by their own name.
        if target == "bookmarks" {
            return Some(Self::Saved);
        }
        Self::ALL.into_iter().find(|kind| kind.target() == target)
    }

    /// The list as a page of the screen.
    pub(super) fn listing(self, store: &Store, now: i64) -> Result<Listing> {
        let tab = |kind: Self| Tab { label: kind.target().to_owned(), target: kind.target().to_owned() };
        let (site, title, target) = (self.target().to_owned(), self.title().to_owned(), self.target().to_owned());
        let tabs = Self::ALL.map(tab).to_vec();
        let heading = Heading { site, title, target, tabs, ..Heading::default() };
        Ok(Listing { heading, entries: self.entries(store, Some(now))?, ..Listing::default() })
    }

    /// Its entries, the last one first; with their ages for people, and without for programs.
    pub(super) fn entries(self, store: &Store, now: Option<i64>) -> Result<Vec<Entry>> {
        Ok(self.items(store, now)?.into_iter().map(|item| item.entry).collect())
    }

    fn items(self, store: &Store, now: Option<i64>) -> Result<Vec<Item>> {
        match self {
            Self::Saved => saved(store, now),
            Self::History => {
                Ok(store.history(MOST)?.into_iter().map(|story| Item::of_story(story, "read", now)).collect())
            }
            Self::People => Ok(store.authors()?.into_iter().map(Item::of_author).collect()),
        }
    }
}

/// An entry of a list.
struct Item {
    entry: Entry,
    at: i64,
}

impl Item {
    fn of_story(story: StoredStory, what: &str, now: Option<i64>) -> Self {
        let StoredStory { entry, at, .. } = story;
        Self { entry: with_age(entry, what, at, now), at }
    }

    /// An author, with what the reader has noted as the place. No story has such an id.
    fn of_author(author: StoredAuthor) -> Self {
        let StoredAuthor { site, name, is_followed, is_muted, tag } = author;
        let tag = if tag.is_empty() { tag } else { format!("tagged {tag}") };
        let notes = [if is_muted { "muted" } else { "" }, if is_followed { "followed" } else { "" }, &tag];
        let notes: Vec<&str> = notes.into_iter().filter(|note| !note.is_empty()).collect();
        let (id, title, place) = (format!("@{name}"), name.clone(), notes.join(", "));
        Self { entry: Entry { site, id, title, author: name, place, ..Entry::default() }, at: 0 }
    }

    /// A comment: its first words, with its story as the place.
    fn of_comment(bookmark: StoredBookmark, now: Option<i64>) -> Self {
        let StoredBookmark { entry, comment, url, author, words, made_at } = bookmark;
        let (site, id, place, comment) = (entry.site, entry.id, entry.title, comment.unwrap_or_default());
        let title = if words.is_empty() { format!("a comment of {author}") } else { words };
        let comment = Entry { site, id, title, url, author, place, comment, ..Entry::default() };
        Self { entry: with_age(comment, "bookmarked", made_at, now), at: made_at }
    }
}

fn saved(store: &Store, now: Option<i64>) -> Result<Vec<Item>> {
    let stories = store.saved()?.into_iter().map(|story| {
        let what = match (story.is_saved, story.is_bookmarked) {
            (true, true) => "saved, bookmarked",
            (_, true) => "bookmarked",
            (_, false) => "saved",
        };
        Item::of_story(story, what, now)
    });
    let comments = store.bookmarks()?.into_iter().filter(|bookmark| bookmark.comment.is_some());
    let mut items: Vec<Item> = stories.chain(comments.map(|bookmark| Item::of_comment(bookmark, now))).collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    Ok(items)
}

fn with_age(mut entry: Entry, what: &str, at: i64, now: Option<i64>) -> Entry {
    if let Some(now) = now {
        let comma = if entry.place.is_empty() { "" } else { ", " };
        entry.place = format!("{}{comma}{what} {}", entry.place, ago(at, now));
    }
    entry
}
