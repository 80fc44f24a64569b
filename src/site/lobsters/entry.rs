//! Stories of Lobsters without their comments, as the entries of a list.

use url::Url;

use super::INFO;
use super::address::is_short_id;
use crate::model::{Entry, Listing, counted_of};
use crate::site::json::{Document, Value};
use crate::site::web;

/// The number of stories on a full page.
const PER_PAGE: usize = 25;

/// Reads one page of JSON, without a heading; `next` is set where the page is full. `None` where it is no list.
pub(super) fn listing(document: &Document, base: &str) -> Option<Listing> {
    if !document.root().is_list() {
        return None;
    }
    let all = document.root().items().count();
    let entries: Vec<Entry> = document.root().items().filter_map(|story| entry(story, base)).collect();
    let mut notes: Vec<String> = document.damage_note().into_iter().collect();
    if entries.len() < all {
        notes.push(format!("{} cannot be read", counted_of(all - entries.len(), all, "story")));
    }
    let next = (all >= PER_PAGE).then(String::new);
    Some(Listing { entries, next, notes, ..Listing::default() })
}

/// A story as an entry, with its page at this origin; `None` without an id or a title.
fn entry(story: Value<'_>, base: &str) -> Option<Entry> {
    let entry = read(story);
    let is_own = Url::parse(&entry.url).is_ok_and(|url| web::origin(&url) == base);
    let url = if is_own { entry.url } else { format!("{base}/s/{}", entry.id) };
    (is_short_id(&entry.id) && !entry.title.is_empty()).then_some(Entry { url, ..entry })
}

/// What a story says of itself; what it does not say is empty.
pub(super) fn read(story: Value<'_>) -> Entry {
    let tags: Vec<String> = story.get("tags").items().filter_map(Value::line).collect();
    Entry {
        site: INFO.name.to_owned(),
        id: story.get("short_id").line().unwrap_or_default(),
        title: story.get("title").line().unwrap_or_default(),
        url: story.get("comments_url").address(),
        link: story.get("url").address(),
        author: story.get("submitter_user").user_name().unwrap_or_default(),
        posted_at: story.get("created_at").moment(),
        score: story.get("score").score(),
        comments: story.get("comment_count").count(),
        place: tags.join(", "),
        ..Entry::default()
    }
}
