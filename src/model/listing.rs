//! Lists of stories: a site's front page, a section, or search results.

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
    /// What the story links to; empty when that is nothing but its own page.
    pub link: String,
    /// Who posted it; empty when unknown.
    pub author: String,
    /// When it was posted, in seconds since 1970 UTC.
    pub posted_at: Option<i64>,
    /// Its score, if the site has one.
    pub score: Option<i32>,
    /// How many comments the site says there are.
    pub comments: Option<u32>,
    /// Where on the site it stands, in the site's own words (a section, a community, tags); or empty.
    pub place: String,
}

/// A tab of a list: another list of the same site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// What the tab bar shows: `best`.
    pub label: String,
    /// What opens it: `hn/best`.
    pub target: String,
}

/// The heading of a list, which is known before its stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The site's short name.
    pub site: String,
    /// The site's and the list's name for people: `Hacker News: best`.
    pub title: String,
    /// What opens the list in lurker: `hn/best`.
    pub target: String,
    /// The list's page on the web, or empty.
    pub url: String,
    /// The lists beside it, itself among them where it is one of them.
    pub tabs: Vec<Tab>,
    /// What opens a search when the words are put behind it (`hn/search:`); `None` where the site has no search.
    pub search: Option<String>,
}

/// A list, or one page of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What it is.
    pub heading: Heading,
    /// The stories in the site's order.
    pub entries: Vec<Entry>,
    /// What its loader needs for the page after this one; `None` at the end.
    pub next: Option<String>,
    /// What was damaged or missing, a sentence each.
    pub notes: Vec<String>,
}
