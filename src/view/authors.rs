//! Notes on authors: whom the reader follows or mutes on each site, and the tags that the reader gave.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::Query;
use crate::model::{Comment, Entry};

/// An author: somebody on one site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// The site's short name.
    pub site: String,
    /// The name there.
    pub name: String,
}

/// Whether the reader wants to see more of an author, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attitude {
    /// Their comments are marked.
    Followed,
    /// Their comments are hidden.
    Muted,
}

/// The reader's note on an author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorNote {
    /// Whether they are followed or muted.
    pub attitude: Option<Attitude>,
    /// Words that stand beside the name; empty for none.
    pub tag: String,
}

/// The reader's notes on authors. A name is one person on each site, in the letters that the site writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authors {
    /// By site and name; none that says nothing.
    notes: BTreeMap<String, BTreeMap<String, AuthorNote>>,
}

impl Authors {
    /// The note on an author.
    pub fn note(&self, site: &str, name: &str) -> Option<&AuthorNote> {
        self.notes.get(site)?.get(name)
    }

    /// The note on the author of a comment; none where the comment has no name.
    pub(super) fn of(&self, comment: Comment<'_>) -> Option<&AuthorNote> {
        let notes = self.notes.get(&comment.story().site)?;
        notes.get(comment.author().filter(|_| !comment.flags().anonymous)?)
    }

    /// Makes this the note on an author; one that says nothing is none.
    pub fn set(&mut self, author: Author, note: AuthorNote) {
        let Author { site, name } = author;
        if note == AuthorNote::default() {
            self.notes.get_mut(&site).and_then(|notes| notes.remove(&name));
        } else {
            self.notes.entry(site).or_default().insert(name, note);
        }
    }

    /// Every author with a note.
    pub fn iter(&self) -> impl Iterator<Item = (Author, &AuthorNote)> {
        self.notes.iter().flat_map(|(site, notes)| {
            notes.iter().map(|(name, note)| (Author { site: site.clone(), name: name.clone() }, note))
        })
    }

    /// Whether somebody of a site is muted.
    pub(super) fn any_muted(&self, site: &str) -> bool {
        self.notes.get(site).is_some_and(|notes| notes.values().any(AuthorNote::is_muted))
    }

    /// Whether the author of a comment is muted.
    pub(super) fn mutes(&self, comment: Comment<'_>) -> bool {
        self.of(comment).is_some_and(AuthorNote::is_muted)
    }

    /// Whether a list leaves out a story because its author is muted: a filter that names them shows it.
    pub(super) fn hide_story(&self, entry: &Entry, filter: Option<&Query>) -> bool {
        let is_muted = self.note(&entry.site, &entry.author).is_some_and(AuthorNote::is_muted);
        is_muted && !filter.is_some_and(|query| query.names(&entry.author))
    }

    /// Whether the author of a comment is followed.
    pub(super) fn follows(&self, comment: Comment<'_>) -> bool {
        self.of(comment).is_some_and(AuthorNote::is_followed)
    }
}

impl AuthorNote {
    /// Whether the author is muted.
    pub fn is_muted(&self) -> bool {
        self.attitude == Some(Attitude::Muted)
    }

    /// Whether the author is followed.
    pub fn is_followed(&self) -> bool {
        self.attitude == Some(Attitude::Followed)
    }

    /// The columns that it takes behind the name: a mark, and the tag in brackets.
    pub(super) fn width(&self) -> usize {
        let tag = if self.tag.is_empty() { 0 } else { self.tag.width() + 3 };
        tag + if self.is_followed() { 2 } else { 0 }
    }
}

impl FromIterator<(Author, AuthorNote)> for Authors {
    fn from_iter<I: IntoIterator<Item = (Author, AuthorNote)>>(notes: I) -> Self {
        let mut authors = Self::default();
        notes.into_iter().for_each(|(author, note)| authors.set(author, note));
        authors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_says_nothing_is_none() {
        let ann = || Author { site: "north".to_owned(), name: "ann".to_owned() };
        let muted = AuthorNote { attitude: Some(Attitude::Muted), tag: String::new() };
        let mut authors: Authors = [(ann(), muted.clone())].into_iter().collect();
        assert_eq!(authors.note("north", "ann"), Some(&muted));
        assert_eq!([authors.note("south", "ann"), authors.note("north", "Ann")], [None; 2]);
        assert!(authors.any_muted("north") && !authors.any_muted("south"));
        assert_eq!(authors.iter().collect::<Vec<_>>(), [(ann(), &muted)]);
        authors.set(ann(), AuthorNote::default());
        assert!(authors.iter().next().is_none() && !authors.any_muted("north"));
    }
}
