//! The posts of an answer of either version, or of a saved one, as entries of a list.

use super::address::parse;
use super::row::PostRow;
use crate::model::{Entry, State, canonical_address};
use crate::site::grammar::host;
use crate::site::json::{Document, Value};
use crate::site::list::complete_entries;

/// The content of a page of posts.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) notes: Vec<String>,
    /// The number of posts in the answer, including those that are left out.
    pub(super) rows: usize,
    /// The cursor of the next page; `None` where the answer names none.
    pub(super) cursor: Option<String>,
}

/// Reads the posts; `None` where the answer has no list. `origin` is the instance's, if that is known.
///
/// Removed and deleted posts are left out.
pub(super) fn read(document: &Document<'_>, origin: Option<&str>) -> Option<Found> {
    let posts = list(document.root())?;
    let posts: Vec<PostRow> = posts.items().filter(|row| is_post(*row)).filter_map(PostRow::of).collect();
    let named = posts.iter().find_map(|post| post.origin.as_deref());
    let origin = origin.or(named);
    let live = posts.iter().filter(|post| post.state == State::Live);
    let (entries, lost) = complete_entries(live.map(|post| entry(post, origin)), "Posts");
    Some(Found {
        entries,
        notes: lost.into_iter().chain(document.damage_note()).collect(),
        rows: posts.len(),
        cursor: document.root().get("next_page").text().map(String::from),
    })
}

/// Whether an answer is a list of posts, and no discussion with its post.
pub(super) fn is_list(document: &Document<'_>) -> bool {
    let root = document.root();
    let has_comments = ["comments", "comment_view", "post_view"].into_iter().any(|key| {
        let value = root.get(key);
        value.is_object() || value.items().next().is_some()
    });
    let row = list(root).and_then(|posts| posts.items().next());
    !has_comments && row.is_some_and(|row| is_post(row) && !row.get("post").get("ap_id").is_null())
}

/// The list of posts in an answer: version 3 and searches have `posts`, version 4 `items`, its first searches `search`.
fn list(root: Value<'_>) -> Option<Value<'_>> {
    ["posts", "items", "search", "results"].into_iter().map(|key| root.get(key)).find(|list| list.is_list())
}

/// Whether a row is a post: a comment's has one too, and what a search finds may be anything.
fn is_post(row: Value<'_>) -> bool {
    let kind = row.get("type_").text();
    row.get("comment").is_null() && kind.is_none_or(|kind| kind.eq_ignore_ascii_case("post"))
}

/// A post as an entry. Where it is not known which instance sent it, its address is that where it was written.
fn entry(post: &PostRow, origin: Option<&str>) -> Option<Entry> {
    let url = match origin {
        Some(origin) => format!("{origin}/post/{}", post.id?),
        None => parse(&post.home, None)?.url,
    };
    let (origin, id) = url.split_once("/post/").filter(|_| !post.title.is_empty())?;
    let link = canonical_address(&post.link);
    let is_own = [&url, &post.home].into_iter().any(|page| canonical_address(page) == link);
    Some(Entry {
        site: "lemmy".to_owned(),
        id: format!("{}/{id}", host(origin)),
        title: post.title.clone(),
        link: if is_own { String::new() } else { post.link.clone() },
        author: post.author.clone().unwrap_or_default(),
        posted_at: post.posted_at,
        score: post.score,
        comments: post.stated,
        place: post.community.clone(),
        url,
        ..Entry::default()
    })
}
