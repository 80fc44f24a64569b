//! In which orders an instance lists its posts, and what its two interfaces call them.

/// An order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sort {
    /// Its name in a target.
    pub(super) name: &'static str,
    /// Its name in version 3, which the pages' addresses have too.
    pub(super) v3: &'static str,
    /// Its name in version 4.
    pub(super) v4: &'static str,
    /// The greatest age of a post for version 4, in seconds; 0 for any age.
    pub(super) seconds: u32,
}

const DAY: u32 = 24 * 60 * 60;

/// The order where none is named.
pub(super) const ACTIVE: Sort = sort("active", "Active", "active", 0);

const SORTS: [Sort; 13] = [
    ACTIVE,
    sort("hot", "Hot", "hot", 0),
    sort("new", "New", "new", 0),
    sort("old", "Old", "old", 0),
    sort("scaled", "Scaled", "scaled", 0),
    sort("controversial", "Controversial", "controversial", 0),
    sort("comments", "MostComments", "most_comments", 0),
    sort("new-comments", "NewComments", "new_comments", 0),
    sort("top", "TopDay", "top", DAY),
    sort("top-week", "TopWeek", "top", 7 * DAY),
    sort("top-month", "TopMonth", "top", 30 * DAY),
    sort("top-year", "TopYear", "top", 365 * DAY),
    sort("top-all", "TopAll", "top", 0),
];

const fn sort(name: &'static str, v3: &'static str, v4: &'static str, seconds: u32) -> Sort {
    Sort { name, v3, v4, seconds }
}

/// The tabs where the reader has not chosen others.
pub(super) const USUAL: [&str; 7] = ["active", "hot", "new", "scaled", "top", "top-week", "top-all"];

impl Sort {
    /// The order that a target names.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        SORTS.iter().find(|sort| sort.name == name)
    }

    /// The order that a page's address names, in the words of either version.
    pub(super) fn from_page(name: &str) -> Option<&'static Self> {
        SORTS.iter().find(|sort| sort.v3.eq_ignore_ascii_case(name) || sort.v4 == name)
    }
}
