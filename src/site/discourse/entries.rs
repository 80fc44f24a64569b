//! The topics of a list's JSON or of a search's as entries.

use std::collections::HashMap;

use super::address::topic_url;
use super::errors;
use super::list::DiscourseList;
use super::topic::{origin_in_pictures, title, user_name};
use crate::markup::html_line;
use crate::model::{Entry, Heading, Listing};
use crate::site::Sample;
use crate::site::grammar::{host, origin_of};
use crate::site::json::{Document, Value};
use crate::site::{Answer, ListTarget as _, LoadError, damage, web};

/// A search has no more pages than this.
const LAST_FOUND: u32 = 10;

/// Reads the answer to the request for a page of a list.
///
/// # Errors
/// What the forum says, or what it sent instead.
pub(super) fn from_answer(list: &DiscourseList, page: u32, answer: &Answer) -> Result<Listing, LoadError> {
    if let Some(error) = errors::from_answer(answer, list.host(), "list") {
        return Err(error);
    }
    let document = Document::read(&answer.body);
    let topics = topics(document.root());
    let topics = topics.ok_or_else(|| errors::from_body(&answer.body, list.host(), "list of topics"))?;
    // A forum that has moved answers from its new address.
    let origin = origin_of(&answer.url).unwrap_or_else(|| list.origin.clone());
    let (entries, notes) = entries(&document, topics, &origin);
    if let Some(place) = document.damage_place().filter(|_| entries.is_empty()) {
        return Err(damage::before_first_entry(list.host(), &place));
    }
    let next = has_next(document.root(), page).then(|| (page + 1).to_string());
    Ok(Listing { heading: list.heading(), next: next.filter(|_| !entries.is_empty()), entries, notes })
}

/// Whether an answer is a list of topics.
pub(super) fn is_list(document: &Document<'_>) -> bool {
    let topic = topics(document.root()).and_then(|topics| topics.items().next());
    topic.is_some_and(|topic| !topic.get("posts_count").is_null() && !topic.any(&["title", "fancy_title"]).is_null())
}

/// Reads a saved list.
///
/// # Errors
/// What the file is instead, or that it does not tell which forum it is of.
pub(super) fn read_saved(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let document = file.document();
    let root = document.root();
    let topics = topics(root).ok_or_else(|| errors::from_body(file.bytes(), "the forum", "list of topics"))?;
    let users = root.get("users").items().chain(root.get("posts").items());
    let origin = origin_in_pictures(users).ok_or_else(errors::no_forum)?;
    let (entries, notes) = entries(document, topics, &origin);
    if entries.is_empty() {
        return Err(damage::none_in_file("topic of Discourse", document.damage_place().as_deref()));
    }
    let list = DiscourseList::from_file(origin);
    let heading = Heading { title: format!("Discourse: saved topics of {}", list.host()), ..list.heading() };
    Ok(Listing { heading, entries, next: None, notes })
}

/// The topics of a list, or of a search, which has none where it found nothing.
fn topics(root: Value<'_>) -> Option<Value<'_>> {
    let topics = [root.get("topic_list").get("topics"), root.get("topics")].into_iter().find(|topics| topics.is_list());
    topics.or_else(|| Some(root.get("topics")).filter(|_| root.get("grouped_search_result").is_object()))
}

/// The topics as entries, and what is said of those that are not here.
fn entries(document: &Document<'_>, topics: Value<'_>, origin: &str) -> (Vec<Entry>, Vec<String>) {
    let context = Context::of(document.root(), origin);
    let read: Vec<Option<Entry>> =
        topics.items().filter(|topic| topic.is_whole()).map(|topic| context.entry(topic)).collect();
    let lost = read.iter().filter(|entry| entry.is_none()).count();
    let lost = (lost > 0).then(|| format!("Topics without a number or a title, which are left out: {lost}"));
    (read.into_iter().flatten().collect(), lost.into_iter().chain(document.damage_note()).collect())
}

/// Whether the answer says that there is another page.
fn has_next(root: Value<'_>, page: u32) -> bool {
    let more = root.get("grouped_search_result").get("more_full_page_results");
    let has_more_found = !more.is_null() && more.boolean() != Some(false) && page < LAST_FOUND;
    root.get("topic_list").get("more_topics_url").line().is_some() || has_more_found
}

/// What stands beside the topics and is told of them by number.
struct Context<'o> {
    origin: &'o str,
    users: HashMap<i64, String>,
    categories: HashMap<i64, String>,
    /// Who wrote the first post, by topic; only a search has posts.
    authors: HashMap<i64, String>,
}

impl<'o> Context<'o> {
    fn of(root: Value<'_>, origin: &'o str) -> Self {
        let named = |list: Value<'_>, key: &str, name: fn(Value<'_>) -> Option<String>| -> HashMap<i64, String> {
            list.items().filter_map(|item| Some((item.get(key).whole()?, name(item)?))).collect()
        };
        let category: fn(Value<'_>) -> Option<String> =
            |category| Some(html_line(&category.get("name").text()?)).filter(|name| !name.is_empty());
        let author: fn(Value<'_>) -> Option<String> =
            |post| user_name(post).filter(|_| post.get("post_number").whole() == Some(1));
        let mut categories = named(root.get("categories"), "id", category);
        categories.extend(named(root.get("topic_list").get("categories"), "id", category));
        Self {
            origin,
            users: named(root.get("users"), "id", user_name),
            categories,
            authors: named(root.get("posts"), "topic_id", author),
        }
    }

    /// A topic as an entry; `None` without a number or a title.
    fn entry(&self, topic: Value<'_>) -> Option<Entry> {
        let id = topic.get("id").id()?;
        let number = i64::try_from(id).ok()?;
        let category = topic.get("category_id").whole().and_then(|id| self.categories.get(&id));
        Some(Entry {
            site: "discourse".to_owned(),
            id: format!("{}/{id}", host(self.origin)),
            title: title(topic)?,
            url: topic_url(self.origin, topic.get("slug").line().as_deref(), &id.to_string()),
            link: topic.get("featured_link").text().map(|link| web::address(&link)).unwrap_or_default(),
            author: self.author(topic).or_else(|| self.authors.get(&number).cloned()).unwrap_or_default(),
            posted_at: topic.get("created_at").moment(),
            score: topic.get("like_count").score(),
            comments: topic.get("posts_count").count().map(|posts| posts.saturating_sub(1)),
            place: category.cloned().unwrap_or_default(),
        })
    }

    /// Who began a topic: the poster of whom that is said, in English at least, or else the first one.
    fn author(&self, topic: Value<'_>) -> Option<String> {
        let posters = || topic.get("posters").items();
        let says_so = |poster: &Value<'_>| {
            poster.get("description").text().is_some_and(|says| says.to_ascii_lowercase().contains("original poster"))
        };
        let poster = posters().find(says_so).or_else(|| posters().next())?;
        let by_number = || self.users.get(&poster.get("user_id").whole()?).cloned();
        by_number().or_else(|| user_name(poster.get("user")))
    }
}
