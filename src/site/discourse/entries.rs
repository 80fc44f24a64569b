//! The topics of a list's JSON or of a search's as entries.

use std::collections::HashMap;

use super::INFO;
use super::address::topic_url;
use super::topic::title;
use crate::markup::html_line;
use crate::model::Entry;
use crate::site::grammar::host;
use crate::site::json::{Document, Value};
use crate::site::list::complete_entries;

/// Whether an answer is a list of topics.
pub(super) fn is_list(document: &Document<'_>) -> bool {
    let topic = topics(document.root()).and_then(|topics| topics.items().next());
    topic.is_some_and(|topic| !topic.get("posts_count").is_null() && !topic.any(&["title", "fancy_title"]).is_null())
}

/// The topics of a list, or of a search, which has none where it found nothing.
pub(super) fn topics(root: Value<'_>) -> Option<Value<'_>> {
    let topics = [root.get("topic_list").get("topics"), root.get("topics")].into_iter().find(|topics| topics.is_list());
    topics.or_else(|| Some(root.get("topics")).filter(|_| root.get("grouped_search_result").is_object()))
}

/// The topics as entries, and what is said of those that are not here.
pub(super) fn read(document: &Document<'_>, topics: Value<'_>, origin: &str) -> (Vec<Entry>, Vec<String>) {
    let context = Context::of(document.root(), origin);
    let topics = topics.items().filter(|topic| topic.is_whole()).map(|topic| context.entry(topic));
    let (entries, lost) = complete_entries(topics, "Topics");
    (entries, lost.into_iter().chain(document.damage_note()).collect())
}

/// The names in a list, by the number under this key.
fn named<'v>(
    list: Value<'v>,
    key: &str,
    name: impl Fn(Value<'v>) -> Option<String>,
) -> impl Iterator<Item = (i64, String)> {
    list.items().filter_map(move |item| Some((item.get(key).whole()?, name(item)?)))
}

/// The tables beside the topics, which topics refer to by number.
struct Context<'o> {
    origin: &'o str,
    users: HashMap<i64, String>,
    categories: HashMap<i64, String>,
    /// The author of the first post, by topic; only a search has posts.
    authors: HashMap<i64, String>,
}

impl<'o> Context<'o> {
    fn of(root: Value<'_>, origin: &'o str) -> Self {
        let category =
            |category: Value<'_>| Some(html_line(&category.get("name").text()?)).filter(|name| !name.is_empty());
        let author = |post: Value<'_>| post.user_name().filter(|_| post.get("post_number").whole() == Some(1));
        let mut categories = named(root.get("categories"), "id", category).collect::<HashMap<_, _>>();
        categories.extend(named(root.get("topic_list").get("categories"), "id", category));
        Self {
            origin,
            users: named(root.get("users"), "id", Value::user_name).collect(),
            categories,
            authors: named(root.get("posts"), "topic_id", author).collect(),
        }
    }

    /// A topic as an entry; `None` without a number or a title.
    fn entry(&self, topic: Value<'_>) -> Option<Entry> {
        let id = topic.get("id").id()?;
        let number = i64::try_from(id).ok()?;
        let category = topic.get("category_id").whole().and_then(|id| self.categories.get(&id));
        Some(Entry {
            site: INFO.name.to_owned(),
            id: format!("{}/{id}", host(self.origin)),
            title: title(topic)?,
            url: topic_url(self.origin, topic.get("slug").line().as_deref(), &id.to_string()),
            link: topic.get("featured_link").address(),
            author: self.author(topic).or_else(|| self.authors.get(&number).cloned()).unwrap_or_default(),
            posted_at: topic.get("created_at").moment(),
            score: topic.get("like_count").score(),
            score_kind: INFO.scoring.kind,
            comments: topic.get("posts_count").count().map(|posts| posts.saturating_sub(1)),
            place: category.cloned().unwrap_or_default(),
            ..Entry::default()
        })
    }

    /// The author of a topic: the poster described as the original one, in English at least, or else the first one.
    fn author(&self, topic: Value<'_>) -> Option<String> {
        let posters = || topic.get("posters").items();
        let says_so = |poster: &Value<'_>| {
            poster.get("description").text().is_some_and(|says| says.to_ascii_lowercase().contains("original poster"))
        };
        let poster = posters().find(says_so).or_else(|| posters().next())?;
        let by_number = || self.users.get(&poster.get("user_id").whole()?).cloned();
        by_number().or_else(|| poster.get("user").user_name())
    }
}
