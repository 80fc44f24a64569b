//! Pages of Hacker News that a browser saved, of every layout since 2012: one item with its comments, and lists.
//!
//! A discussion is a flat list of rows, each as far indented as it is deep; the tree follows from their order. The colour
//! of a text is the only sign of its score: what was voted down is paler.

mod comments;
mod item;
mod list;

use memchr::memmem;

use crate::model::{Listing, Thread};
use crate::site::html::{Document, Element, Tree};
use crate::site::page_gaps::no_discussion;
use crate::site::sample::{Kind, holds};
use crate::site::{LoadError, Sample, web};

/// Whether a file is a page of the site that is no list, be it one without a discussion.
pub fn looks_like_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && !is_list(file.html())
}

/// Whether a file is a page with a list of stories.
pub fn looks_like_list_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && is_list(file.html())
}

/// Reads a saved page of an item, without the network.
///
/// # Errors
/// The page holds no item; the error says what to open.
pub fn read_page(file: &Sample<'_>) -> Result<Thread, LoadError> {
    item::read(file.html()).ok_or_else(|| no_item(file.html()))
}

/// Reads a saved page with a list of stories.
///
/// # Errors
/// There is no story on it.
pub fn read_list_page(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let listing = list::read(file.html());
    if listing.entries.is_empty() { Err(no_item(file.html())) } else { Ok(listing) }
}

/// Reads the comments that are whole in the start of a saved page of an item; `None` for fewer than fill a screen.
pub fn begin_page(start: &Sample<'_>) -> Option<Thread> {
    const FEWEST: u32 = 20;
    let page = start.page();
    let end = memmem::rfind(page.as_bytes(), b"athing comtr")?;
    let page = page.get(..end)?;
    // The tag of the row that is left out is cut, and so no tag.
    let thread = item::read(Document::new(page, &Tree::read(page)))?;
    (thread.len() >= FEWEST).then_some(thread)
}

/// The bar at the top of every page, or what the page of the login has.
fn may_be_page(file: &Sample<'_>) -> bool {
    const MARKS: [&str; 3] = ["pagetop", "hnmain", "news.ycombinator.com"];
    let page = if matches!(file.kind(), Kind::Page | Kind::Text) { file.page() } else { "" };
    MARKS.iter().any(|mark| holds(page, mark)) && is_own(file.html())
}

fn is_own(page: Document<'_>) -> bool {
    let has_bar = || page.find(".pagetop a[href*=newcomments], .pagetop a[href*=ycombinator], #hnmain").is_some();
    let is_titled = || page.find("title").is_some_and(|title| title.line().ends_with("Hacker News"));
    has_bar() || is_titled() && page.find("td.subtext, td.default, .athing, form[action*=login]").is_some()
}

/// Whether a page lists stories: an item's page has a place to answer, or comments.
fn is_list(page: Document<'_>) -> bool {
    let is_item = page.find("html[op=item], table.fatitem, td.default, textarea[name=text]").is_some();
    !is_item && page.find("td.subtext").is_some()
}

fn no_item(page: Document<'_>) -> LoadError {
    let target = page.saved_from().and_then(item_in).map_or_else(|| "hn:8863".to_owned(), |id| format!("hn:{id}"));
    no_discussion("a page of Hacker News without a story", format!("open the discussion by its number, as {target}"))
}

/// The item that a link leads to, be it relative.
fn item_in(href: &str) -> Option<u64> {
    let (path, query) = href.split_once('?')?;
    let is_item = path == "item" || path.ends_with("/item");
    let id = query.split(['&', '#']).find_map(|pair| pair.strip_prefix("id="))?;
    id.parse().ok().filter(|&id: &u64| is_item && id > 0)
}

/// The name in the first link to a person.
fn author(within: Element<'_>) -> Option<String> {
    let link = within.find("a.hnuser, a[href*=\"user?id=\"]")?;
    Some(link.line()).filter(|name| !name.is_empty())
}

/// The time in `title="2026-03-13T19:30:59 1773430259"`.
fn time(within: Element<'_>) -> Option<i64> {
    let title = within.find(".age[title]")?.get("title");
    let seconds = title.split_whitespace().nth(1).and_then(|seconds| seconds.parse().ok());
    seconds.or_else(|| crate::site::moment::moment(title))
}

/// The item that a story is about; empty where that is its own page, or no page of the web.
fn link(title: Element<'_>) -> String {
    let href = title.get("href");
    if item_in(href).is_some() { String::new() } else { web::address(href) }
}
