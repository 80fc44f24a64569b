//! Slashdot: the story page's script state and tree, then `ajax.pl` rounds until every comment is whole.

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
