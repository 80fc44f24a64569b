//! Algolia's answers: a whole tree of items, or the flat hits of a search, read into posts.

use std::collections::HashSet;

use jiff::Timestamp;

use super::post::{Kind, Post};
use crate::markup;
use crate::site::json::Value;

/// Reads the tree of `/items/ID`, parents before children, without recursion.
///
/// An item that lacks its number, as one does whose end was cut off, is known by what its children say of their parent.
/// Of two items with one number the first is kept.
pub(super) fn tree(root: Value<'_>, id: Option<u64>) -> Vec<Post<'_>> {
    let mut items = Vec::new();
    let mut met = HashSet::new();
    let mut stack = vec![(root, None, id)];
    while let Some((item, parent, asked)) = stack.pop() {
        let [own_id, children] = item.get_each(["id", "children"]);
        let children: Vec<Value<'_>> = children.items().collect();
        let said = || children.iter().find_map(|child| id_of(child.get("parent_id")));
        let Some(id) = id_of(own_id).or(asked).or_else(said) else {
            stack.extend(children.into_iter().rev().map(|child| (child, parent, None)));
            continue;
        };
        if met.insert(id) {
            items.extend(choices(item, id));
            let kids = children.iter().filter_map(|child| id_of(child.get("id"))).collect();
            items.push(Post { kids, ..read(item, id, parent) });
        }
        stack.extend(children.into_iter().rev().map(|child| (child, Some(id), None)));
    }
    items
}

/// Reads the hits of a search, in their order.
pub(super) fn hits(list: Value<'_>) -> Vec<Post<'_>> {
    list.items().filter_map(|hit| Some(read(hit, id_of(hit.get("objectID"))?, None))).collect()
}

/// A number, as one or as its digits.
pub(super) fn id_of(value: Value<'_>) -> Option<u64> {
    let number = value.integer().or_else(|| value.text()?.parse().ok())?;
    u64::try_from(number).ok().filter(|&id| id > 0)
}

/// A text as one clean line, where there is anything in it.
pub(super) fn line(value: Value<'_>) -> Option<String> {
    Some(markup::html_line(&value.text()?)).filter(|line| !line.is_empty())
}

/// Reads an item.
fn read(item: Value<'_>, id: u64, parent: Option<u64>) -> Post<'_> {
    let [kind_name, tags, parent_id, story, author, seconds, written, title] =
        item.get_each(["type", "_tags", "parent_id", "story_id", "author", "created_at_i", "created_at", "title"]);
    let [url, points, comments, deleted, dead, text, comment_text, story_text] =
        item.get_each(["url", "points", "num_comments", "deleted", "dead", "text", "comment_text", "story_text"]);
    let comments = comments.integer().and_then(|count| u32::try_from(count).ok());
    let mut post = Post {
        id,
        kind: kind(kind_name, tags, title),
        parent: parent.or_else(|| id_of(parent_id)),
        story: id_of(story),
        author: line(author),
        posted_at: seconds.integer().or_else(|| written_time(written)),
        title: line(title).unwrap_or_default(),
        link: url.address(),
        score: points.integer(),
        descendants: comments.filter(|_| !is_job(kind_name, tags)),
        deleted: deleted.boolean() == Some(true),
        dead: dead.boolean() == Some(true),
        ..Post::default()
    };
    if let Some(text) = [text, comment_text, story_text].into_iter().find(|value| value.is_string()) {
        post.set_text(text);
    }
    post
}

/// Its kind; a search hit names it only among its tags, and an item with a title heads a page.
fn kind(name: Value<'_>, tags: Value<'_>, title: Value<'_>) -> Kind {
    let named = Kind::of(&name.text().unwrap_or_default());
    let mut tags = tags.items().filter_map(Value::text).map(|tag| Kind::of(&tag));
    match tags.find(|kind| *kind != Kind::Unknown).filter(|_| named == Kind::Unknown) {
        Some(tagged) => tagged,
        None if named == Kind::Unknown && title.text().is_some() => Kind::Story,
        None => named,
    }
}

/// Whether it is a job, on which nobody comments.
fn is_job(name: Value<'_>, tags: Value<'_>) -> bool {
    let is_named = |value: Value<'_>| value.text().is_some_and(|name| name == "job");
    is_named(name) || tags.items().any(is_named)
}

fn written_time(value: Value<'_>) -> Option<i64> {
    value.text()?.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// The choices of a poll, where they come with their text.
fn choices(item: Value<'_>, poll: u64) -> impl Iterator<Item = Post<'_>> {
    item.get("options").items().filter_map(move |choice| {
        let text = ["text", "title"].into_iter().find_map(|key| choice.get(key).text())?;
        let score = choice.get("points").integer();
        let html = text.into_owned();
        Some(Post {
            id: id_of(choice.get("id"))?,
            kind: Kind::Choice,
            parent: Some(poll),
            html,
            score,
            ..Post::default()
        })
    })
}
