//! Slashdot: the story page's script state and tree, then `ajax.pl` rounds until every comment is whole; its lists of
//! stories, from their pages or else their feeds; and what was saved or copied of all that.
//!
//! A story page holds its discussion twice: as script state (`D2.comments({…})`: who answers whom, scores, subjects) and as
//! markup (names, labels, dates, bodies). Most comments lack something in it: hidden ones have no body, one-line ones no
//! date and perhaps half a body, and of a long discussion the page lists only a part. `page` reads both in one pass
//! (`head`, `state`, `tree`), `classic` the pages of before 2013 (by their elements), `ajax` reads the answers that fill
//! the gaps, `discussion` holds what is known, and `loader` decides what to ask next.
//!
//! What the two disagree on: the script is believed about parents and about the subject of a reply that kept the default
//! one (the markup then reads `Re:`), the markup about everything else. A signature becomes the last paragraph of its
//! comment and starts with `-- `, as in mail.
//!
//! # Lists
//!
//! `list` knows which lists a target names, `section` their addresses, `list_loader` loads one: `list_page` reads its page, each story as `head` reads the head
//! of a story page; where that is refused, `feed` reads its feed instead. On Slashdot a section is a host
//! (`ask.slashdot.org`). A mirror, as the reader's config may name one, is a single host; there a section is a folder
//! (`MIRROR/ask/?page=1`), a feed is under its own path (`MIRROR/Slashdot/slashdotMain`), and a story of whatever host is
//! requested at the mirror.
//!
//! # What is assumed, and not known of the live site
//!
//! - The page after one of a list is there where any link on it has `page=` with the number after its own.
//! - A section's feed is called as the section, with a large first letter; some are known to be called otherwise, and
//!   some to have none.
//! - A feed in which any story has a `slash:` count or section leaves out counts of 0.
//! - `d2_seen=1`, a comment that does not exist, makes the server send everything in full. Where it does not, the loader
//!   asks for what the page does not list, and for the rest by number.
//! - `cids` may be repeated. Where that brings nothing, commas are tried once.
//! - A round may hold any number of comments; the loader stops when one brings nothing new, whatever total is stated,
//!   for totals are known to be off by a few.
//! - A `subject` in script state is HTML, as in the markup, so its entities are undone.
//! - A discussion whose story is not known can be loaded from `ajax.pl` alone, at `slashdot.org`; `comments.pl` itself
//!   answers 403.
//! - `m.slashdot.org/story/NUMBER` leads to a story page; its numbers are not the story ids of the other hosts.
//! - The site publishes no zone with its dates: New York's, as the feeds show. Where a year is missing, it is the one
//!   that puts the date within the year after the story.
//! - Comments with −2 points are parents that are never sent; they hold their replies, are never requested, and count as
//!   neither loaded nor missing.
//! - The author of a hidden comment is not named; where its number is Anonymous Coward's, only the flag says so.

mod address;
mod ajax;
mod classic;
mod comment;
mod copied;
mod discussion;
mod entry;
mod errors;
mod feed;
mod head;
mod js_literal;
mod list;
mod list_loader;
mod list_page;
mod loader;
mod page;
mod saved;
mod section;
mod state;
mod time;
mod tree;

pub use address::{SlashdotAddress, parse};
pub use copied::{looks_like as looks_like_copied, read as read_copied};
pub use loader::SlashdotLoader;
pub use saved::{begin_saved, read_answer, read_feed, read_list_page, read_saved};
pub use saved::{looks_like, looks_like_answer, looks_like_feed, looks_like_list_page};

use super::Format;
use super::{ConfigKey, HostInfo, Info, Limit, Scoring, Site, SiteConfig, ThreadTarget};
use crate::model::ScoreKind;

/// The properties of the site.
static INFO: Info = Info {
    example: "https://slashdot.org/story/26/09/09/2151202 or slashdot:26/09/09/2151202",
    hints: &["slashdot"],
    sections: section::SECTIONS,
    labels: &LABELS,
    scoring: Scoring {
        kind: ScoreKind::Points,
        range: Some((-1, 5)),
        top_level_bonus: true,
        thresholds: (Some(1), Some(4)),
    },
    // It names no limit; a thread of 1,000 comments takes about 100 requests.
    hosts: &[HostInfo {
        name: "slashdot.org",
        in_flight: 1,
        limits: &[Limit::new(10, 1), Limit::new(240, 60)],
        timeout: None,
    }],
    config_keys: &[ConfigKey::address("url", &["slashdot.org"])],
    ..Info::new("slashdot", "Slashdot")
};

/// The labels that its moderators give, those with a tab of their own on its pages first.
const LABELS: [&str; 10] = [
    "Insightful",
    "Informative",
    "Interesting",
    "Funny",
    "Underrated",
    "Overrated",
    "Redundant",
    "Offtopic",
    "Flamebait",
    "Troll",
];

/// Slashdot, for the table of sites.
///
/// It names no limit, and being asked one thing after another is one: 1,046 comments in rounds of ten are 106 requests, each
/// as slow as the site's own answers.
pub static SLASHDOT: Site = Site::new(
    &INFO,
    thread,
    list::parse_name,
    list::parse_address,
    &[
        Format::thread("a story's page of Slashdot", looks_like, read_saved).beginning(begin_saved).certain(),
        Format::thread("comments from Slashdot's ajax.pl", looks_like_answer, read_answer),
        Format::thread("the copied text of a story's page of Slashdot", looks_like_copied, read_copied),
        Format::list("a page of Slashdot with stories", looks_like_list_page, read_list_page),
        Format::list("a feed of Slashdot", looks_like_feed, read_feed),
    ],
);

/// The thread that an address or a short form names.
fn thread(target: &str, config: &SiteConfig) -> Option<ThreadTarget> {
    let address = parse(target, config.url())?;
    let (page, comment) = (address.url.clone(), address.comment.clone());
    Some(ThreadTarget::new(&INFO, page, comment, move || SlashdotLoader::new(address.clone())))
}
