//! Slashdot: the story page's script state and tree, then `ajax.pl` rounds until every comment is whole.
//!
//! A story page holds its discussion twice: as script state (`D2.comments({…})`: who answers whom, scores, subjects) and
//! as markup (names, labels, dates, bodies). Most comments lack something in it: hidden ones have no body, one-line ones
//! no date and perhaps half a body, and of a long discussion the page lists only a part. `page` reads both in one pass
//! (`head`, `state`, `tree` over `tags`), `ajax` reads the answers that fill the gaps, `discussion` holds what is known,
//! and `loader` decides what to ask next.
//!
//! What the two disagree on: the script is believed about parents and about the subject of a reply that kept the default
//! one (the markup then reads `Re:`), the markup about everything else. A signature becomes the last paragraph of its
//! comment and starts with `-- `, as in mail.
//!
//! # What is assumed, and not known of the live site
//!
//! - `d2_seen=1`, a comment that does not exist, makes the server send everything in full. Where it does not, the loader
//!   asks for what the page does not list, and for the rest by number.
//! - `cids` may be repeated. Where that brings nothing, commas are tried once.
//! - A round may hold any number of comments; the loader stops when one brings nothing new, whatever total is stated,
//!   for totals are known to be off by a few.
//! - A `subject` in script state is HTML, as in the markup, so its entities are undone.
//! - A discussion whose story is not known can be had from `ajax.pl` alone, at `slashdot.org`; `comments.pl` itself
//!   answers 403.
//! - `m.slashdot.org/story/NUMBER` leads to a story page; its numbers are not the story ids of the other hosts.
//! - The site publishes no zone with its dates: New York's, as the feeds show. Where a year is missing, it is the one
//!   that puts the date within the year after the story.
//! - Comments with −2 points are parents that are never sent; they hold their replies, are asked for never, and count as
//!   neither loaded nor missing.
//! - The author of a hidden comment is not named; where its number is Anonymous Coward's, only the flag says so.

mod address;
mod ajax;
mod charset;
mod comment;
mod discussion;
mod head;
mod literal;
mod loader;
mod page;
mod refusal;
mod state;
mod tags;
mod time;
mod tree;

pub use address::{Address, recognise};
pub use loader::Loader;

use discussion::Discussion;

use super::Refusal;
use crate::model::Thread;

/// Reads a saved story page, without the network: what the page does not hold stays missing.
pub fn read_saved(bytes: &[u8]) -> Result<Thread, Refusal> {
    let source = charset::page(bytes, "");
    let page = page::read(&source);
    if !page.is_discussion() {
        return Err(refusal::of_page(&source, ""));
    }
    let discussion = Discussion::of_page(page, "");
    match discussion.is_hollow() {
        Some(refusal) => Err(refusal),
        None => Ok(discussion.thread(true)),
    }
}

/// Whether these bytes look like a saved story page of Slashdot.
pub fn looks_like(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    (text.contains("id=\"commentlisting\"") || text.contains("D2.discussion_id(")) && text.contains("slashdot")
}
