//! Bookmarks: the comments and stories that the reader wants to find again.

use std::collections::BTreeMap;

/// What is bookmarked: a comment, or a story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bookmark {
    /// The site's short name.
    pub site: String,
    /// The key of the story; see [`crate::model::story_key`].
    pub story: String,
    /// The id of the comment; `None` for the story itself.
    pub comment: Option<String>,
}

/// The reader's bookmarks, each with its address on the web; empty where it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmarks {
    addresses: BTreeMap<Bookmark, String>,
}

impl Bookmarks {
    /// Whether this is bookmarked.
    pub fn contains(&self, bookmark: &Bookmark) -> bool {
        self.addresses.contains_key(bookmark)
    }

    /// Bookmarks what is not, else takes its bookmark away; whether it is bookmarked now.
    pub fn toggle(&mut self, bookmark: Bookmark, address: String) -> bool {
        let is_new = self.addresses.remove(&bookmark).is_none();
        if is_new {
            self.addresses.insert(bookmark, address);
        }
        is_new
    }

    /// Takes in other bookmarks.
    pub fn extend(&mut self, others: Self) {
        self.addresses.extend(others.addresses);
    }

    /// Every bookmark with its address.
    pub fn iter(&self) -> impl Iterator<Item = (&Bookmark, &str)> {
        self.addresses.iter().map(|(bookmark, address)| (bookmark, address.as_str()))
    }
}

impl FromIterator<(Bookmark, String)> for Bookmarks {
    fn from_iter<I: IntoIterator<Item = (Bookmark, String)>>(bookmarks: I) -> Self {
        Self { addresses: bookmarks.into_iter().collect() }
    }
}
