//! Lists of stories: a site's front page, a section, or search results.

use super::{ScoreKind, canonical_address};

/// One story of a list. Every text in it is clean (see `markup::clean`) before it gets here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The site's short name: `slashdot`, `hn`, …
    pub site: String,
    /// The site's own id of the thread.
    pub id: String,
    /// The title, one line.
    pub title: String,
    /// The address of its discussion, which lurker opens.
    pub url: String,
    /// The address that the story links to; empty when that is nothing but its own page.
    pub link: String,
    /// The author; empty when unknown.
    pub author: String,
    /// The time of posting, in seconds since 1970 UTC.
    pub posted_at: Option<i64>,
    /// Its score, if the site has one.
    pub score: Option<i32>,
    /// What the score counts.
    pub score_kind: ScoreKind,
    /// The number of comments, as the site states it.
    pub comments: Option<u32>,
    /// The number of them that the site counts as good; `None` where it does not say.
    pub good: Option<u32>,
    /// Its place on the site, in the site's own words (a section, a community, tags); or empty.
    pub place: String,
    /// The id of the comment of that thread that it stands for; empty for the story itself.
    pub comment: String,
}

/// The name of a story within its site, by which it is the same wherever it comes from: the site's id of it, or else the
/// canonical form of its address.
pub fn story_key(id: &str, url: &str) -> String {
    if id.is_empty() { canonical_address(url) } else { id.to_owned() }
}

/// A tab of a list: another list of the same site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// The text in the tab bar: `best`.
    pub label: String,
    /// The target that opens it: `hn/best`.
    pub target: String,
}

/// The heading of a list, which is known before its stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The site's short name.
    pub site: String,
    /// The site's and the list's name for people: `Hacker News: best`.
    pub title: String,
    /// The target that opens the list in lurker: `hn/best`.
    pub target: String,
    /// The list's page on the web, or empty.
    pub url: String,
    /// The lists beside it, itself among them where it is one of them.
    pub tabs: Vec<Tab>,
    /// The start of a search target, before the words (`hn/search:`); `None` where the site has no search.
    pub search: Option<String>,
}

/// A list, or one page of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The list's heading.
    pub heading: Heading,
    /// The stories in the site's order.
    pub entries: Vec<Entry>,
    /// The loader's own name for the next page; `None` at the end.
    pub next: Option<String>,
    /// Notes on what was damaged or missing, a sentence each.
    pub notes: Vec<String>,
}
