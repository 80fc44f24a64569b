//! Hacker News: the whole tree from Algolia in one answer, and the order, or every single item, from Firebase.
//!
//! Algolia's `/items/ID` nests a whole discussion in one answer, but in an order of its own, late by an unknown time, and
//! without what is dead and all that answers it. Firebase's `/item/ID.json` is the site's own word, on one item. So both are
//! requested the story: the tree is Algolia's, the order of its top level Firebase's, and that is all where the tree has as
//! many comments as the story states. Where it lacks some, or is not to be loaded, or is long in coming, items are requested.
//! `algolia` and `firebase` read answers into a `post`, `discussion` gathers them, `tree` puts them in order, and `loader`
//! decides on the next requests; `missing` counts the comments that could not be loaded.
//!
//! A `list` is a `section`, whose numbers are Firebase's and whose stories a `list_loader` has from Algolia at once where it
//! can, or
//! a `search`, which is Algolia's alone. `entry` makes stories of either.
//!
//! Hacker News publishes no scores of comments, so theirs are estimates ([`Estimate`](crate::model::Estimate)): by the
//! activity below each, and by its rank among its siblings where their order is the site's, which is that of Firebase's
//! `kids`. A file of Algolia's alone has no ranks, and its tree has them at the top level. A saved `page` has all of them, and
//! shows what was voted down.
//!
//! # What is shown of what is gone
//!
//! - Deleted comments stay, as do nodes of which Algolia says nothing but the id.
//! - Dead and flagged comments stay with whatever text there is, be it `[flagged]`; they score −1.
//! - `[delayed]` comments count as missing: their text comes later. So do items that could not be loaded.
//! - Items that Firebase answers with `null` are left out, and counted in a note.
//! - A list leaves out what is deleted, dead or `null`, as the site does.
//!
//! # What is assumed, and not known of the live services
//!
//! - Below the top level, and where Firebase is down, the order that Algolia sends is kept.
//! - `descendants` is known to be off by one or two, so that much is never called missing.
//! - An element of Algolia's `options` is a number, or an object with an `id`, `text` or `title`, and perhaps `points`. What
//!   it lacks comes from Firebase, by the poll's `parts`.
//! - Jobs and polls do not answer to `tags=story`, so those of a page are requested one by one.
//! - A search has as many pages as `nbPages` says.

mod address;
mod algolia;
mod discussion;
mod entry;
mod errors;
mod firebase;
mod list;
mod list_loader;
mod loader;
mod missing;
mod page;
mod post;
mod saved;
mod search;
mod section;
mod tree;

pub use address::{HackerNewsAddress, Services, parse};
pub use loader::HackerNewsLoader;
pub use page::{begin_page, looks_like_list_page, looks_like_page, read_list_page, read_page};
pub use saved::{begin_saved, looks_like, looks_like_list, read_saved, read_saved_list};

use std::time::Duration;

use super::Format;
use super::{ConfigKey, HostInfo, Info, Limit, Scoring, Site, SiteConfig, ThreadTarget};
use crate::model::ScoreKind;

/// The properties of the site.
static INFO: Info = Info {
    example: "https://news.ycombinator.com/item?id=8863 or hn:8863",
    hints: &["ycombinator", "hn:", "hn.algolia"],
    sections: &section::NAMES,
    scoring: Scoring { kind: ScoreKind::Estimate, range: Some((-1, 5)), ..Scoring::VOTES },
    hosts: &[
        // It names no limit, and each comment is a request.
        HostInfo { name: "hacker-news.firebaseio.com", in_flight: 30, limits: &[Limit::new(150, 1)], timeout: None },
        // The limit is that of each address. Threads of thousands of comments take it that long.
        HostInfo {
            name: "hn.algolia.com",
            in_flight: 2,
            limits: &[Limit::new(10, 1), Limit::new(10_000, 3600)],
            timeout: Some(Duration::from_mins(1)),
        },
    ],
    config_keys: &[
        ConfigKey::address("url", &[]),
        ConfigKey::address("algolia_url", &["hn.algolia.com"]),
        ConfigKey::address("firebase_url", &["hacker-news.firebaseio.com"]),
    ],
    ..Info::new("hn", "Hacker News")
};

/// Hacker News, for the table of sites.
pub static HACKER_NEWS: Site = Site::new(
    &INFO,
    thread,
    list::parse_name,
    list::parse_address,
    &[
        Format::thread("a discussion of Hacker News", looks_like, read_saved).beginning(begin_saved),
        Format::list("a list of Hacker News", looks_like_list, read_saved_list),
        Format::thread("a page of Hacker News", looks_like_page, read_page).beginning(begin_page),
        Format::list("a page of Hacker News with a list", looks_like_list_page, read_list_page),
    ],
);

/// The thread that an address or a short form names.
fn thread(target: &str, config: &SiteConfig) -> Option<ThreadTarget> {
    let services = Services::of(config);
    // A bare number is the site's way to name an item.
    let address = parse(target, &services).or_else(|| parse(&format!("hn:{}", target.trim()), &services))?;
    let (page, comment) = (address::page_url(address.id), address.comment.clone());
    Some(ThreadTarget::new(&INFO, page, comment, move || HackerNewsLoader::new(address.clone())))
}
