//! Items as the entries of a list.

use std::collections::HashSet;

use super::address::page_url;
use super::post::{Kind, Post};
use crate::model::{Entry, Heading, Listing, canonical_address};

/// The number of stories on a page, the same as on the site.
pub(in crate::site::hackernews) const PER_PAGE: usize = 30;

/// Entries on their way into a list, and what is to be said of them.
#[derive(Debug, Default)]
pub(in crate::site::hackernews) struct Entries {
    pub(in crate::site::hackernews) entries: Vec<Entry>,
    pub(in crate::site::hackernews) notes: Vec<String>,
}

impl Entries {
    /// Reads items; what is deleted or dead, a comment, or there twice, is left out.
    pub(in crate::site::hackernews) fn of<'a>(posts: impl Iterator<Item = &'a Post<'a>>) -> Self {
        let mut met = HashSet::new();
        let shown = posts.filter(|post| is_shown(post) && met.insert(post.id));
        let (named, nameless): (Vec<&Post<'_>>, Vec<&Post<'_>>) = shown.partition(|post| !post.title.is_empty());
        let note = (!nameless.is_empty()).then(|| format!("Left out for want of a title: {}", nameless.len()));
        Self { entries: named.into_iter().map(entry).collect(), notes: note.into_iter().collect() }
    }

    pub(in crate::site::hackernews) fn listing(self, heading: Heading, next: Option<String>) -> Listing {
        Listing { heading, entries: self.entries, next, notes: self.notes }
    }
}

fn is_shown(post: &Post) -> bool {
    matches!(post.kind, Kind::Story | Kind::Unknown) && !post.dead && !post.deleted
}

fn entry(post: &Post) -> Entry {
    let url = page_url(post.id);
    Entry {
        site: "hn".to_owned(),
        id: post.id.to_string(),
        title: post.title.clone(),
        link: if canonical_address(&post.link) == canonical_address(&url) { String::new() } else { post.link.clone() },
        url,
        author: post.author.clone().unwrap_or_default(),
        posted_at: post.posted_at,
        score: post.points(),
        comments: post.descendants,
        ..Entry::default()
    }
}
