//! Stories of Lobsters without their comments, as the entries of a list.

use url::Url;

use super::address::is_short_id;
use crate::model::{Entry, Listing};
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
        notes.push(format!("{} of {all} stories cannot be read", all - entries.len()));
    }
    let next = (all >= PER_PAGE).then(String::new);
    Some(Listing { entries, next, notes, ..Listing::default() })
}

fn entry(story: Value<'_>, base: &str) -> Option<Entry> {
    let id = story.get("short_id").line().filter(|id| is_short_id(id))?;
    let tags: Vec<String> = story.get("tags").items().filter_map(Value::line).collect();
    let page = story.get("comments_url").address();
    let is_own = Url::parse(&page).is_ok_and(|url| web::origin(&url) == base);
    Some(Entry {
        site: "lobsters".to_owned(),
        title: story.get("title").line()?,
        url: if is_own { page } else { format!("{base}/s/{id}") },
        link: story.get("url").address(),
        author: story.get("submitter_user").user_name().unwrap_or_default(),
        posted_at: story.get("created_at").moment(),
        score: story.get("score").score(),
        comments: story.get("comment_count").count(),
        place: tags.join(", "),
        id,
    })
}
