//! Reddit's Atom feeds: lists of posts, and threads, which are flat in them.
//!
//! A feed has no scores, no counts and no parents. A thread's feed begins with its post; what a post says itself stands
//! between two comments of the markup, with the links `[link]` and `[comments]` behind it.

use super::address::{RedditAddress, parse};
use super::{Account, INFO};
use crate::markup;
use crate::model::{Builder, Cause, Draft, Entry, Flags, Heading, Listing, State, Story, Text, TextRef, Thread};
use crate::site::Sample;
use crate::site::feed::{self, Feed, Item};
use crate::site::{LoadError, web};

/// Whether a file is a feed of posts.
pub fn looks_like_list(file: &Sample<'_>) -> bool {
    file.feed().is_some_and(|feed| begins_with_post(feed) && !is_of_thread(feed))
}

/// Whether a file is the feed of a thread.
pub fn looks_like_thread(file: &Sample<'_>) -> bool {
    file.feed().is_some_and(|feed| begins_with_post(feed) && is_of_thread(feed))
}

/// Reads a feed of posts.
pub fn read_list(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let error = || not_read("holds no post", file.bytes());
    let feed = file.feed().ok_or_else(error)?;
    let entries: Vec<Entry> = feed.items.iter().filter_map(entry).collect();
    if entries.is_empty() {
        return Err(error());
    }
    let lost = feed.items.len() - entries.len();
    let lost = (lost > 0).then(|| format!("Left out, having no title or no address: {lost}"));
    let url = web::address(&feed.page);
    let heading = Heading { target: url.clone(), url, ..INFO.heading(&markup::clean_line(&feed.title)) };
    let notes = feed.end_note().into_iter().chain(lost).collect();
    Ok(Listing { heading, entries, next: None, notes })
}

fn not_read(says: &str, bytes: &[u8]) -> LoadError {
    let cause = Cause::Unexpected { says: says.to_owned(), begins: web::first_words(bytes) };
    LoadError::new("this feed of Reddit", cause)
}

/// Reads the feed of a thread.
pub fn read_thread(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let post = file.feed().and_then(|feed| feed.items.first().and_then(|post| Some((feed, post, entry(post)?))));
    let Some((feed, post, entry)) = post else {
        return Err(not_read("does not begin with a post", file.bytes()));
    };
    let mut builder = Builder::new();
    builder.note("A feed has neither scores nor the tree, and perhaps not all comments; they stand in its order");
    if let Some(note) = feed.end_note() {
        builder.note(note);
    }
    for item in feed.items.iter().skip(1) {
        push(item, &entry.author, &mut builder);
    }
    let text = own_text(&post.html).map(body).unwrap_or_default();
    Ok(builder.finish(Story { text, ..INFO.story_of(entry) }))
}

/// Whether the first entry of a feed is a post of Reddit's.
fn begins_with_post(feed: &Feed) -> bool {
    feed.items.first().is_some_and(|first| first.id.starts_with("t3_") && own_address(&first.link).is_some())
}

fn is_of_thread(feed: &Feed) -> bool {
    own_address(&feed.page).is_some() || feed.items.iter().any(|item| item.id.starts_with("t1_"))
}

/// Reads a post; `None` for what is none.
fn entry(item: &Item) -> Option<Entry> {
    let id = item.id.strip_prefix("t3_")?;
    let RedditAddress { url, .. } = own_address(&item.link)?;
    let title = markup::clean_line(&item.title);
    (!title.is_empty()).then(|| Entry {
        site: "reddit".to_owned(),
        title,
        url,
        link: outside(&item.html, id),
        author: author(item).unwrap_or_default(),
        posted_at: item.time,
        score: None,
        comments: None,
        place: markup::clean_line(&item.subject),
        id: markup::clean_line(id),
        ..Entry::default()
    })
}

/// The address that a post links to, unless that is the post itself; then empty.
fn outside(html: &str, id: &str) -> String {
    let links = feed::links(html);
    let link = links.iter().find(|(_, text)| text.trim() == "[link]").map(|(link, _)| web::address(link));
    let is_own = |link: &String| own_address(link).is_some_and(|own| own.id.as_deref() == Some(id));
    link.filter(|link| !is_own(link)).unwrap_or_default()
}

fn push(item: &Item, poster: &str, builder: &mut Builder) {
    let author = author(item);
    let body = body(own_text(&item.html).unwrap_or(&item.html));
    let state = match body.plain.as_str() {
        "[removed]" if author.is_none() => State::Removed,
        "[deleted]" if author.is_none() => State::Deleted,
        _ => State::Live,
    };
    builder.push(&Draft {
        id: &markup::clean_line(item.id.strip_prefix("t1_").unwrap_or(&item.id)),
        author: author.as_deref(),
        url: &web::address(&item.link),
        posted_at: item.time,
        state,
        flags: Flags { op: author.as_deref().is_some_and(|author| author == poster), ..Flags::default() },
        body: if state == State::Live { body.borrow() } else { TextRef::default() },
        ..Draft::default()
    });
}

/// The author's name, unless it is gone.
fn author(item: &Item) -> Option<String> {
    let name = markup::clean_line(item.author.strip_prefix("/u/").unwrap_or(&item.author));
    Some(name).filter(|name| !name.is_empty() && name != "[deleted]")
}

/// The part of an entry that somebody wrote.
fn own_text(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<!-- SC_OFF -->")?;
    Some(rest.split_once("<!-- SC_ON -->").map_or(rest, |(text, _)| text))
}

fn body(html: &str) -> Text {
    markup::html(
        &html
            .replace("href=\"/r/", "href=\"https://www.reddit.com/r/")
            .replace("href=\"/u/", "href=\"https://www.reddit.com/u/"),
    )
}

/// An address of the site itself; a feed is of no other server.
fn own_address(text: &str) -> Option<RedditAddress> {
    parse(text, &Account::default())
}
