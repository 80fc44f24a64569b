//! Lemmy: a post, one request for the tree of its comments, then whatever that left out.
//!
//! `answer` reads what either version of the interface sends, row by row, so that a cut answer keeps what came before;
//! `discussion` holds what is known and where comments are missing; `loader` decides what to ask next.
//!
//! A request for a tree (`max_depth`) brings at most 300 rows whatever `limit` and `page` say, so the rest is asked for
//! by node, and as the last resort in flat pages. Siblings keep the site's order as far as one answer has it.
//!
//! # What is assumed, and not known of the live sites
//!
//! - Every number is of one instance. A comment's own address elsewhere (`ap_id`) is used only where a saved file does
//!   not tell whose numbers it has.
//! - A status of 404 or 400 without an error that is known means that the interface is another: `/api/v4` is tried.
//! - Version 1.0 serves `/api/v3` without pages; where flat pages repeat, those of `/api/v4` are asked for.
//! - Few comments that are stated and never sent are filtered ones (bots, blocked instances): less than a twentieth is not
//!   searched for in flat pages.
//! - A creator who is not local is shown with the host, as Lemmy does. A deleted account's name is gone.

mod address;
mod answer;
mod discussion;
mod loader;
mod refusal;
mod row;

pub use address::{Address, recognise};
pub use loader::Loader;

use discussion::Discussion;

use super::Refusal;
use crate::model::Thread;

/// Reads saved answers, one or several in a file: a post, a list of comments, a person's page.
pub fn read_saved(bytes: &[u8]) -> Result<Thread, Refusal> {
    let page = answer::read(&String::from_utf8_lossy(bytes));
    if !page.is_any() {
        return Err(refusal::of_file(page.damage.as_deref()));
    }
    let mut discussion = Discussion::of_file(&page);
    discussion.take(page);
    Ok(discussion.thread())
}

/// Whether these bytes look like saved answers of Lemmy.
pub fn looks_like(bytes: &[u8]) -> bool {
    const READ: usize = 1 << 16;
    let start = String::from_utf8_lossy(bytes.get(..READ).unwrap_or(bytes));
    let has = |name: &str| start.contains(&format!("\"{name}\""));
    let is_row = has("ap_id") && has("creator_id") && (has("path") || has("community_id"));
    start.trim_start().starts_with('{')
        && is_row
        && ["comments", "items", "post_view", "comment_view"].into_iter().any(has)
}
