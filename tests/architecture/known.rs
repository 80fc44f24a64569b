//! Circles that are known, by the need in each that is to go; one that is gone must be struck out here.

/// The first of the two needs the second, which needs it in turn, by way of others or not.
pub(crate) const CIRCULAR: [(&str, &str); 20] = [
    ("app/overlay.rs", "app/overlay_content.rs"),
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
    ("site/registry.rs", "site/list.rs"),
    ("site/registry.rs", "site/lobsters.rs"),
    ("site/registry.rs", "site/reddit.rs"),
    ("site/registry.rs", "site/saved.rs"),
    ("site/registry.rs", "site/slashdot.rs"),
    ("view/freshness.rs", "view/shape.rs"),
    ("view/search.rs", "view/query.rs"),
];
