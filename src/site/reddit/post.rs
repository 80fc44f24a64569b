//! A post (`t3`) or a comment (`t1`) in JSON, read into a story, an entry or a comment.

use super::INFO;
use super::attachments::attachments;
use super::context::{AnswerContext, author, place};
use crate::markup;
use crate::model::{Builder, Draft, Entry, Flags, State, Story, Text};
use crate::site::json::Value;

/// Reads a post as the head of its thread.
pub(super) fn story(post: Value<'_>, context: &AnswerContext<'_>) -> Story {
    Story {
        text: text(post, context),
        archived: post.get("archived").is_true() || post.get("locked").is_true(),
        ..INFO.story_of(entry(post, context))
    }
}

/// The text of a post, and what it has beside that.
fn text(post: Value<'_>, context: &AnswerContext<'_>) -> Text {
    let mut text = context.body(post, ("selftext_html", "selftext"));
    text.append(&attachments(post, context));
    text
}

/// Adds a post among comments: its title is the subject, and its link stands above its text.
pub(super) fn push_post(post: Value<'_>, context: &AnswerContext<'_>, builder: &mut Builder) {
    let entry = entry(post, context);
    let mut body = if entry.link.is_empty() { Text::default() } else { Text::link(&entry.link) };
    body.append(&text(post, context));
    builder.push(&Draft {
        id: &format!("t3_{}", entry.id),
        author: Some(&*entry.author).filter(|author| !author.is_empty()),
        subject: &entry.title,
        url: &entry.url,
        score: entry.score,
        posted_at: entry.posted_at,
        body: body.borrow(),
        ..Draft::default()
    });
}

/// Reads a post as an entry of a list. Without an id or a title it is unusable.
pub(super) fn entry(post: Value<'_>, context: &AnswerContext<'_>) -> Entry {
    let id = context.line(post.get("id"));
    Entry {
        site: "reddit".to_owned(),
        url: context.page(post).unwrap_or_else(|| format!("{}/comments/{id}/", context.origin)),
        link: context.link(post, &id),
        title: context.line(post.get("title")),
        author: author(post).unwrap_or_default(),
        posted_at: post.get("created_utc").integer(),
        score: score(post, post.get("hide_score").is_true() || context.is_contest),
        comments: post.get("num_comments").integer().and_then(|count| u32::try_from(count).ok()),
        place: place(post),
        id,
        ..Entry::default()
    }
}

/// Reads a comment, and adds it under its parent.
pub(super) fn push(
    comment: Value<'_>,
    parent: Option<&str>,
    context: &AnswerContext<'_>,
    story: Option<&Story>,
    builder: &mut Builder,
) {
    let state = state(comment);
    let author = author(comment);
    let is_op = comment.get("is_submitter").is_true()
        || author.is_some() && author.as_ref() == story.map(|story| &story.author);
    let body = match state {
        State::Live => context.body(comment, ("body_html", "body")),
        _ => Text::default(),
    };
    let id = id(comment);
    builder.push(&Draft {
        id: &id,
        parent,
        author: author.as_deref(),
        label: label(comment),
        // Only where comments of many threads stand together do they say which thread each is of.
        subject: &context.line(comment.get("link_title")),
        url: &context.page(comment).or_else(|| Some(format!("{}_/{id}/", story?.url))).unwrap_or_default(),
        score: score(comment, comment.get("score_hidden").is_true() || context.is_contest),
        posted_at: comment.get("created_utc").integer(),
        state,
        flags: Flags { op: is_op, ..Flags::default() },
        body: body.borrow(),
        ..Draft::default()
    });
}

/// The id of a comment; empty where it has none.
pub(super) fn id(comment: Value<'_>) -> String {
    markup::clean_line(&comment.get("id").text().unwrap_or_default())
}

/// The comment that a thing answers, by id; nothing where it answers the post.
pub(super) fn parent(thing: Value<'_>) -> Option<String> {
    let parent = thing.get("parent_id").text()?;
    parent.strip_prefix("t1_").map(markup::clean_line)
}

fn state(comment: Value<'_>) -> State {
    let is_nobody = comment.get("author").text().is_none_or(|author| author == "[deleted]");
    match comment.get("body").text().as_deref().map(str::trim) {
        Some("[removed]" | "[ Removed by Reddit ]") if is_nobody => State::Removed,
        Some("[deleted]") if is_nobody => State::Deleted,
        None if comment.get("body_html").is_null() => State::Missing,
        _ => State::Live,
    }
}

fn label(comment: Value<'_>) -> &'static str {
    match comment.get("distinguished").text().as_deref() {
        Some("moderator") => "Moderator",
        Some("admin") => "Admin",
        _ => "",
    }
}

fn score(thing: Value<'_>, is_hidden: bool) -> Option<i32> {
    let score = thing.get("score").integer().filter(|_| !is_hidden)?;
    Some(score.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
}
