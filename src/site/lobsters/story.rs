//! A story of Lobsters with its comments, in every generation of the JSON → thread.
//!
//! Changes over the years: until 2020-05 `upvotes` and `downvotes` stood beside the score; until 2022-05 there was no
//! `parent_comment`, so the tree is rebuilt from the order and `indent_level` (from 1), which in 2023-08 became `depth`
//! (from 0); until 2024-03 users were objects.

use super::address::HOME;
use super::{INFO, entry, errors};
use crate::markup::html;
use crate::model::{Builder, Draft, Flags, State, Story, Thread, counted_of, not_here};
use crate::site::json::{Document, Value};
use crate::site::{LoadError, web};

/// Whether this is a story at all: a comment or an error has neither title nor comments.
fn is_story(root: Value<'_>) -> bool {
    let has_comments = root.get("comments").items().next().is_some();
    root.get("short_id").line().is_some() && (root.get("title").line().is_some() || has_comments)
}

/// The thread of a story's JSON; `body` is its source.
///
/// # Errors
/// The JSON is no story; the error says what it seems to be.
pub(super) fn read(document: &Document, body: &[u8]) -> Result<Thread, LoadError> {
    if is_story(document.root()) { Ok(thread(document)) } else { Err(errors::from_body(body)) }
}

/// The thread, with a note on damage if there was any.
fn thread(document: &Document) -> Thread {
    let story = head(document.root());
    let mut builder = Builder::new();
    let mut levels = Levels::default();
    let all: Vec<Value<'_>> = document.root().get("comments").items().collect();
    for comment in all.iter().filter(|comment| is_comment(**comment)) {
        push(*comment, &mut levels, &story.author, &mut builder);
    }
    let read = builder.len();
    if let Some(note) = document.damage_note() {
        builder.note(note);
    }
    if read < all.len() {
        builder.note(format!("{} cannot be read", counted_of(all.len() - read, all.len(), "comment")));
    }
    let here = builder.loaded();
    if let Some(stated) = story.stated_comments.filter(|&stated| stated as usize > here) {
        builder.note(not_here(stated as usize - here, stated as usize, "comment", "here"));
    }
    builder.finish(story)
}

fn head(story: Value<'_>) -> Story {
    let entry = entry::read(story);
    Story {
        url: if entry.url.is_empty() { web::address(&format!("{HOME}/s/{}", entry.id)) } else { entry.url.clone() },
        text: html(&story.get("description").text().unwrap_or_default()),
        ..INFO.story_of(entry)
    }
}

fn is_comment(comment: Value<'_>) -> bool {
    comment.get("short_id").line().is_some() || comment.get("comment").line().is_some()
}

fn push(comment: Value<'_>, levels: &mut Levels, submitter: &str, builder: &mut Builder) {
    let id = comment.get("short_id").line().unwrap_or_default();
    let above = levels.parent(level(comment), &id);
    let parent = comment.get("parent_comment").line().or(above);
    let author = comment.get("commenting_user").user_name();
    let text = comment.get("comment").text();
    let body = html(text.as_deref().unwrap_or_default());
    let op = !submitter.is_empty() && author.as_deref() == Some(submitter);
    builder.push(&Draft {
        id: &id,
        parent: parent.as_deref(),
        author: author.as_deref(),
        url: &page(comment, &id),
        score: comment.get("score").score(),
        posted_at: comment.get("created_at").moment(),
        state: state(comment, text.as_deref()),
        flags: Flags { op, ..Flags::default() },
        body: body.borrow(),
        ..Draft::default()
    });
}

/// The depth of a comment, if the JSON states it.
fn level(comment: Value<'_>) -> Option<i64> {
    comment.get("depth").whole().or_else(|| comment.get("indent_level").whole()?.checked_sub(1))
}

/// The text tells a ban from a deletion; it stands where the comment's own text was.
fn state(comment: Value<'_>, text: Option<&str>) -> State {
    let is_deleted = comment.get("is_deleted").is_true();
    match text {
        _ if comment.get("is_moderated").is_true() => State::Removed,
        Some(text) if is_deleted && text.contains("banned user") => State::Removed,
        _ if is_deleted => State::Deleted,
        None => State::Missing,
        Some(_) => State::Live,
    }
}

fn page(comment: Value<'_>, id: &str) -> String {
    let known = ["url", "short_id_url"].map(|key| comment.get(key).address());
    known.into_iter().find(|url| !url.is_empty()).unwrap_or_else(|| web::address(&format!("{HOME}/c/{id}")))
}

/// Finds the parents of comments in preorder by their levels alone.
#[derive(Default)]
struct Levels {
    open: Vec<(i64, String)>,
}

impl Levels {
    /// The last comment of a lower level; the next comments may be below this one.
    fn parent(&mut self, level: Option<i64>, id: &str) -> Option<String> {
        let level = level?;
        while self.open.pop_if(|(above, _)| *above >= level).is_some() {}
        let parent = self.open.last().map(|(_, id)| id.clone());
        if !id.is_empty() {
            self.open.push((level, id.to_owned()));
        }
        parent
    }
}
