//! What was saved from Slashdot: story pages, answers with comments, pages with lists, feeds; told from each other, and read without the network.

use super::discussion::Discussion;
use super::errors::{self, Sought};
use super::section::{self, HOME, Section};
use super::{ajax, feed, front, page};
use crate::model::{Heading, Listing, Thread};
use crate::site::{self, LoadError, charset};

/// Reads a saved story page, without the network: what the page does not hold stays missing.
pub fn read_saved(bytes: &[u8]) -> Result<Thread, LoadError> {
    let source = charset::page(bytes, "");
    let page = page::read(&source);
    if !page.is_discussion() {
        return Err(errors::from_page(&source, "", Sought::Story));
    }
    let discussion = Discussion::from_page(page, "");
    match discussion.is_hollow() {
        Some(error) => Err(error),
        None => Ok(discussion.thread(true)),
    }
}

/// Whether these bytes look like a saved story page of Slashdot.
pub fn looks_like(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    has_discussion(&text) && text.contains("slashdot")
}

/// Whether these bytes look like a saved answer of `ajax.pl`.
pub fn looks_like_answer(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.trim_start().starts_with('{') && text.contains("eval_first") && text.contains("comment_")
}

/// Reads a saved answer of `ajax.pl`: a part of a discussion, without its story.
pub fn read_answer(bytes: &[u8]) -> Result<Thread, LoadError> {
    let source = charset::answer(bytes, "");
    let number = number_in(&source);
    let update = ajax::read(&source, number).filter(|update| !update.shown.is_empty());
    let Some(update) = update else { return Err(errors::from_update(&source, "")) };
    let number = number.unwrap_or_default();
    let mut discussion = Discussion::from_number(number, &format!("https://slashdot.org/comments.pl?sid={number}"));
    discussion.take(update);
    discussion.note("This is an answer to a request for comments: a part of a discussion, without its story");
    Ok(discussion.thread(true))
}

/// The number of the discussion that the links of an answer name first.
fn number_in(source: &str) -> Option<u64> {
    let rest = source.split_once("sid=")?.1;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// Whether these bytes look like a saved page with a list. A story's page is none, though it lists its one story, and
/// be it that it is cut off before its discussion.
pub fn looks_like_front(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    if !text.contains("data-fhtype") || !text.contains("slashdot") || has_discussion(&text) {
        return false;
    }
    let front = front::read(&text, HOME);
    !front.entries.is_empty() && !front.is_story(HOME)
}

/// Reads a saved page with a list.
pub fn read_front(bytes: &[u8]) -> Result<Listing, LoadError> {
    let source = charset::page(bytes, "");
    let front = front::read(&source, HOME);
    if front.entries.is_empty() {
        return Err(errors::from_page(&source, "", Sought::List));
    }
    Ok(Listing { heading: heading_of(&front.address), entries: front.entries, next: None, notes: front.notes })
}

/// Whether these bytes look like a feed of Slashdot's.
pub fn looks_like_feed(bytes: &[u8]) -> bool {
    site::feed::looks_like(bytes) && feed::is_own(&site::feed::read(bytes), HOME)
}

/// Reads a saved feed.
pub fn read_feed(bytes: &[u8]) -> Result<Listing, LoadError> {
    let found = site::feed::read(bytes);
    let heading = heading_of(&found.page);
    feed::listing(&found, heading, HOME).ok_or_else(|| errors::from_page(&charset::guessed(bytes), "", Sought::Feed))
}

fn has_discussion(page: &str) -> bool {
    page.contains("id=\"commentlisting\"") || page.contains("D2.discussion_id(")
}

/// The list that a page's own address names; the front page where it has none.
fn heading_of(address: &str) -> Heading {
    section::from_page(address).unwrap_or_else(Section::front).heading()
}
