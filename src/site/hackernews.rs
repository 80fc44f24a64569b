//! Hacker News: the whole tree from Algolia in one answer, and the order, or every single item, from Firebase.
//!
//! Algolia's `/items/ID` nests a whole discussion in one answer, but in an order of its own, late by an unknown time, and
//! without what is dead and all that answers it. Firebase's `/item/ID.json` is the site's own word, on one item. So both are
//! asked for the story: the tree is Algolia's, the order of its top level Firebase's, and that is all where the tree has as
//! many comments as the story states. Where it lacks some, or is not to be loaded, or is long in coming, items are asked for.
//! `algolia` and `firebase` read answers into a `post`, `discussion` holds all that is known, `tree` puts it in order, and
//! `loader` decides what to ask next.
//!
//! A `list` is a section, whose numbers are Firebase's and whose stories a `page` has from Algolia at once where it can, or
//! a `search`, which is Algolia's alone. `entry` makes stories of either.
//!
//! Hacker News publishes no scores of comments; `tree` counts an activity score (SPEC §2).
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
//! - Jobs and polls do not answer to `tags=story`, so those of a page are asked for one by one.
//! - A search has as many pages as `nbPages` says.

mod address;
mod algolia;
mod discussion;
mod entry;
mod errors;
mod firebase;
mod list;
mod loader;
mod losses;
mod page;
mod post;
mod saved;
mod search;
mod tree;

pub use address::{Address, Services, recognise};
pub use list::SITE;
pub use loader::Loader;
pub use saved::{looks_like, looks_like_list, read_saved, read_saved_list};
