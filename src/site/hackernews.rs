//! Hacker News: the whole tree from Algolia in one answer, and the order, or every single item, from Firebase.
//!
//! Algolia's `/items/ID` nests a whole discussion, but in an order of its own, late by an unknown time, and without
//! `descendants`. Firebase's `/item/ID.json` is the site's own word on one item. So both are asked for the story: the tree
//! is Algolia's, title, score, count and the order of the top level are Firebase's. Where Algolia has no tree, every item
//! is asked for. `algolia` and `firebase` read answers into a `post`, `discussion` holds all that is known, `tree` puts it
//! in order, and `loader` decides what to ask next.
//!
//! Hacker News publishes no scores of comments; `tree` counts an activity score (SPEC §2).
//!
//! # What is shown of what is gone
//!
//! - Deleted comments stay where something kept stands below them, and are left out elsewhere. So do nodes of which
//!   Algolia says nothing but the id.
//! - Dead and flagged comments stay with whatever text there is, be it `[flagged]`; they score −1. Without any text they
//!   are treated as deleted ones are.
//! - `[delayed]` comments count as missing: their text comes later. So do items that could not be had.
//! - Items that Firebase answers with `null` are left out, and counted in a note.
//!
//! # What is assumed, and not known of the live services
//!
//! - Below the top level, the order that Algolia sends is kept.
//! - Where `descendants` says there is more than came, the top-level comments that Algolia lacks, and what is below them,
//!   are asked of Firebase; deeper ones that Algolia dropped with a dead parent are not looked for.
//! - `descendants` is known to be off by one or two, so that much is never called missing.
//! - An element of Algolia's `options` is a number or an object with `text` or `title` and perhaps `points`.

mod address;
mod algolia;
mod discussion;
mod firebase;
mod loader;
mod losses;
mod post;
mod refusal;
mod saved;
mod tree;

pub use address::{Address, Services, recognise};
pub use loader::Loader;
pub use saved::{looks_like, read_saved};
