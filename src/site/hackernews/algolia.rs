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
pub(super) fn tree(root: Value<'_>, id: Option<u64>) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut met = HashSet::new();
    let mut stack = vec![(root, None, id)];
    while let Some((item, parent, asked)) = stack.pop() {
        let children: Vec<Value<'_>> = item.get("children").items().collect();
        let said = || children.iter().find_map(|child| id_of(child.get("parent_id")));
        let Some(id) = id_of(item.get("id")).or(asked).or_else(said) else {
            stack.extend(children.into_iter().rev().map(|child| (child, parent, None)));
            continue;
        };
        if met.insert(id) {
            choices(item, id, &mut posts);
            let kids = children.iter().filter_map(|child| id_of(child.get("id"))).collect();
            posts.push(Post { kids, ..read(item, id, parent) });
        }
        stack.extend(children.into_iter().rev().map(|child| (child, Some(id), None)));
    }
    posts
}

/// Reads the hits of a search, in their order.
pub(super) fn hits(list: Value<'_>) -> Vec<Post> {
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

fn read(item: Value<'_>, id: u64, parent: Option<u64>) -> Post {
    let mut post = Post {
        id,
        kind: kind(item),
        parent: parent.or_else(|| id_of(item.get("parent_id"))),
        story: id_of(item.get("story_id")),
        author: line(item.get("author")),
        posted_at: item.get("created_at_i").integer().or_else(|| written_time(item.get("created_at"))),
        title: line(item.get("title")).unwrap_or_default(),
        link: item.get("url").address(),
        score: item.get("points").integer(),
        descendants: item
            .get("num_comments")
            .integer()
            .and_then(|count| u32::try_from(count).ok())
            .filter(|_| !is_job(item)),
        deleted: item.get("deleted").boolean() == Some(true),
        dead: item.get("dead").boolean() == Some(true),
        ..Post::default()
    };
    let text = ["text", "comment_text", "story_text"].into_iter().find_map(|key| item.get(key).text());
    post.set_text(text.as_deref());
    post
}

/// Its kind; a search hit names it only among its tags, and an item with a title heads a page.
fn kind(item: Value<'_>) -> Kind {
    let named = Kind::of(&item.get("type").text().unwrap_or_default());
    let mut tags = item.get("_tags").items().filter_map(Value::text).map(|tag| Kind::of(&tag));
    match tags.find(|kind| *kind != Kind::Unknown).filter(|_| named == Kind::Unknown) {
        Some(tagged) => tagged,
        None if named == Kind::Unknown && item.get("title").text().is_some() => Kind::Story,
        None => named,
    }
}

/// Whether it is a job, on which nobody comments.
fn is_job(item: Value<'_>) -> bool {
    let is_named = |value: Value<'_>| value.text().is_some_and(|name| name == "job");
    is_named(item.get("type")) || item.get("_tags").items().any(is_named)
}

fn written_time(value: Value<'_>) -> Option<i64> {
    value.text()?.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// The choices of a poll, where they come with their text.
fn choices(item: Value<'_>, poll: u64, posts: &mut Vec<Post>) {
    for choice in item.get("options").items() {
        let text = ["text", "title"].into_iter().find_map(|key| choice.get(key).text());
        let (Some(id), Some(text)) = (id_of(choice.get("id")), text) else { continue };
        let score = choice.get("points").integer();
        let html = text.into_owned();
        posts.push(Post { id, kind: Kind::Choice, parent: Some(poll), html, score, ..Post::default() });
    }
}
