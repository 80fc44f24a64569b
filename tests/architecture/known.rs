//! What breaks a rule and is known; what does so no longer must be struck out here.

/// The first of the two needs the second, which needs it in turn, by way of others or not.
pub(crate) const CIRCULAR: [(&str, &str); 18] = [
    // An address makes the loader of what it leads to.
    ("site/discourse/address.rs", "site/discourse/loader.rs"),
    ("site/hackernews/address.rs", "site/hackernews/loader.rs"),
    ("site/lemmy/address.rs", "site/lemmy/loader.rs"),
    ("site/lobsters/address.rs", "site/lobsters/loader.rs"),
    ("site/reddit/address.rs", "site/reddit/loader.rs"),
    ("site/slashdot/address.rs", "site/slashdot/loader.rs"),
    ("site/discourse/entries.rs", "site/discourse/list.rs"),
    ("site/lemmy/entries.rs", "site/lemmy/list.rs"),
    ("site/lemmy/pages.rs", "site/lemmy/list.rs"),
    // The one table of the sites, and the trait that each of them is reached by.
    ("site/registry.rs", "site/discourse.rs"),
    ("site/registry.rs", "site/hackernews.rs"),
    ("site/registry.rs", "site/lemmy.rs"),
    ("site/registry.rs", "site/lobsters.rs"),
    ("site/registry.rs", "site/reddit.rs"),
    ("site/registry.rs", "site/saved.rs"),
    ("site/registry.rs", "site/slashdot.rs"),
    ("view/freshness.rs", "view/row_list.rs"),
    ("view/search.rs", "view/query.rs"),
];

/// Files whose first line begins with a question word, or is too long.
pub(crate) const FIRST_LINES: [&str; 24] = [
    "site/charset.rs",
    "site/config.rs",
    "site/discourse/address.rs",
    "site/discourse/list.rs",
    "site/discourse/section.rs",
    "site/grammar.rs",
    "site/hackernews/address.rs",
    "site/hackernews/discussion.rs",
    "site/hackernews/tree.rs",
    "site/json/field.rs",
    "site/lemmy/address.rs",
    "site/lemmy/discussion.rs",
    "site/lemmy/list.rs",
    "site/lobsters/address.rs",
    "site/reddit/address.rs",
    "site/reddit/answer.rs",
    "site/reddit/ask.rs",
    "site/reddit/body.rs",
    "site/reddit/saved.rs",
    "site/saved.rs",
    "site/slashdot/address.rs",
    "site/slashdot/discussion.rs",
    "site/slashdot/entry.rs",
    "site/slashdot/saved.rs",
];
