//! Firebase's `/v0/item/ID.json`: one item, every field but the number perhaps absent.

use super::algolia::{id_of, line};
use super::post::{Kind, Order, Post};
use crate::site::json::Value;

/// Reads an item, which may have been requested by number; `None` where it is `null` or no item.
pub(super) fn read(item: Value<'_>, asked: Option<u64>) -> Option<Post<'static>> {
    let is_item = ["id", "type", "by", "time", "kids", "text"].iter().any(|&field| !item.get(field).is_null());
    let id = asked.filter(|_| is_item).or_else(|| id_of(item.get("id")))?;
    let kids: Vec<u64> = item.get("kids").items().filter_map(id_of).collect();
    let mut post = Post {
        id,
        kind: Kind::of(&item.get("type").text().unwrap_or_default()),
        parent: id_of(item.get("parent")).or_else(|| id_of(item.get("poll"))),
        author: line(item.get("by")),
        posted_at: item.get("time").integer(),
        title: line(item.get("title")).unwrap_or_default(),
        link: item.get("url").address(),
        score: item.get("score").integer(),
        descendants: item.get("descendants").integer().and_then(|count| u32::try_from(count).ok()),
        kids_order: if kids.is_empty() { Order::Other } else { Order::Ranked },
        kids,
        parts: item.get("parts").items().filter_map(id_of).collect(),
        deleted: item.get("deleted").boolean() == Some(true),
        dead: item.get("dead").boolean() == Some(true),
        ..Post::default()
    };
    if post.kind == Kind::Unknown && (!post.title.is_empty() || post.descendants.is_some()) {
        post.kind = Kind::Story;
    }
    post.set_text(item.get("text"));
    Some(post.with_body_read())
}
