//! Pages of Reddit that a browser saved: those of old.reddit.com, and those of www.reddit.com since 2023.

mod comments;
mod old;
mod shreddit;

use super::INFO;
use super::account::Account;
use crate::model::{Entry, Listing, Thread};
use crate::site::html::Document;
use crate::site::list::{complete_entries, whole};
use crate::site::page_gaps::list_of_page;
use crate::site::sample::{Kind, holds};
use crate::site::{LoadError, Sample, grammar, status};

/// Whether a file is a page with comments, or with one post.
pub fn looks_like_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && !is_list(file.html()) && layout(file.html()).is_some()
}

/// Whether a file is a page with a list of posts.
pub fn looks_like_list_page(file: &Sample<'_>) -> bool {
    may_be_page(file) && is_list(file.html())
}

/// Reads a saved page with comments, without the network.
///
/// # Errors
/// The page has neither a post nor a comment.
pub fn read_page(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let (page, origin) = (file.html(), origin(file.html()));
    let thread = match layout(page) {
        Some(Layout::Old) => Some(old::thread(page, &origin)),
        Some(Layout::Shreddit) => Some(shreddit::thread(page, &origin)),
        None => None,
    };
    thread.ok_or_else(|| status::unexpected("this page of Reddit", "has no post", &[]))
}

/// Reads a saved page with a list of posts.
///
/// # Errors
/// The page has no post.
pub fn read_list_page(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let (page, origin) = (file.html(), origin(file.html()));
    let entries: Vec<Entry> = match layout(page) {
        Some(Layout::Old) => old::entries(page, &origin),
        _ => shreddit::entries(page, &origin),
    };
    let (entries, lost) = complete_entries(entries.into_iter().map(whole), "Posts");
    let place = entries
        .first()
        .map(|first| first.place.clone())
        .filter(|place| entries.iter().all(|entry| entry.place == *place));
    let heading = INFO.heading(&place.unwrap_or_else(|| "a saved page".to_owned()));
    Ok(list_of_page(page, heading, entries, lost))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Old,
    Shreddit,
}

/// Before anything is parsed: whether the source has what one of the layouts marks its parts with.
fn may_be_page(file: &Sample<'_>) -> bool {
    let page = if file.kind() == Kind::Page { file.page() } else { "" };
    ["<shreddit-", "data-fullname", "thing_t1_"].iter().any(|mark| holds(page, mark))
}

fn layout(page: Document<'_>) -> Option<Layout> {
    if page.find("shreddit-post, shreddit-comment").is_some() {
        return Some(Layout::Shreddit);
    }
    page.find(".thing.comment, .thing.link, .thing[data-fullname]").map(|_| Layout::Old)
}

/// Whether a page has posts and no place for comments.
fn is_list(page: Document<'_>) -> bool {
    match layout(page) {
        Some(Layout::Old) => page.find(".thing.comment, .commentarea").is_none(),
        Some(Layout::Shreddit) => {
            let comments = "shreddit-comment, shreddit-comment-tree, shreddit-comments-page, shreddit-post[view-context=CommentsPage]";
            page.find(comments).is_none()
                && (page.all("shreddit-post").count() > 1 || page.find("shreddit-feed").is_some())
        }
        None => false,
    }
}

/// The origin of the site's pages; its own where the page has been saved from another host of it.
fn origin(page: Document<'_>) -> String {
    let origin = grammar::origin_of(&page.address()).filter(|origin| !origin.ends_with("reddit.com"));
    origin.unwrap_or_else(|| Account::default().pages().to_owned())
}
