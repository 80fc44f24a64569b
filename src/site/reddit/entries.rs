//! A page of a list: the posts of a listing, each an entry.

use super::answer::{is_post, things_of};
use super::context::AnswerContext;
use super::discussion::is_escaped;
use super::post;
use crate::markup;
use crate::model::{Entry, Heading, Listing};
use crate::site::json::Document;

/// Reads the posts of a listing. What is damaged or left out is said in notes.
pub(super) fn listing(heading: Heading, document: &Document, origin: &str) -> Listing {
    let things = things_of(document.root());
    let context = AnswerContext { origin, is_escaped: is_escaped(None, &things), is_contest: false };
    let posts = things.iter().filter(|thing| is_post(**thing)).map(|post| post::entry(post.get("data"), &context));
    let (entries, useless): (Vec<Entry>, Vec<Entry>) =
        posts.partition(|entry| !entry.id.is_empty() && !entry.title.is_empty());
    let mut notes = Vec::new();
    if !useless.is_empty() {
        notes.push(format!("Posts without an id or a title, left out: {}", useless.len()));
    }
    let others = things.iter().filter(|thing| !is_post(**thing)).count();
    if others > 0 {
        notes.push(format!("Left out, as they are no posts: {others}"));
    }
    notes.extend(document.damage_note());
    let after = document.root().get("data").get("after").text().map(|after| markup::clean_line(&after));
    let next = after.filter(|after| !after.is_empty() && !entries.is_empty());
    Listing { heading, entries, next, notes }
}
