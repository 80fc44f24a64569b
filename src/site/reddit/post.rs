//! A post (`t3`) or a comment (`t1`) in JSON, read into a story, an entry or a comment.

use std::borrow::Cow;

use super::INFO;
use super::body::body;
use crate::markup;
use crate::model::{Builder, Draft, Entry, Flags, State, Story, Text};
use crate::site::json::Value;
use crate::site::web;

/// The properties that all posts and comments of one answer share.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnswerContext<'a> {
    /// The address of the site's pages.
    pub(super) origin: &'a str,
    /// Sent without `raw_json=1`: `&`, `<` and `>` are escaped once more in every text.
    pub(super) is_escaped: bool,
    /// A contest, in which no score is shown.
    pub(super) is_contest: bool,
}

impl AnswerContext<'_> {
    fn text<'v>(&self, value: Value<'v>) -> Cow<'v, str> {
        let text = value.text().unwrap_or_default();
        if self.is_escaped && text.contains('&') {
            Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        } else {
            text
        }
    }

    fn line(&self, value: Value<'_>) -> String {
        markup::clean_line(&self.text(value))
    }

    fn body(&self, html: Value<'_>, markdown: Value<'_>) -> Text {
        body(&self.text(html), &self.text(markdown), self.origin)
    }

    /// The page of a post or a comment.
    fn page(&self, thing: Value<'_>) -> Option<String> {
        let path = thing.get("permalink").text().filter(|path| path.starts_with('/'))?;
        Some(web::address(&format!("{}{path}", self.origin))).filter(|url| !url.is_empty())
    }

    /// The address that a post links to; empty where that is its own page.
    fn link(&self, post: Value<'_>, id: &str) -> String {
        let url = self.text(post.get("url"));
        let path = post.get("permalink").text().filter(|path| !path.is_empty());
        let is_page = path.is_some_and(|path| url.ends_with(&*path)) || url.ends_with(&format!("/gallery/{id}"));
        if is_page || post.get("is_self").is_true() {
            String::new()
        } else if url.starts_with('/') {
            // A post that hands on another one links to it within the site.
            web::address(&format!("{}{url}", self.origin))
        } else {
            web::address(&url)
        }
    }
}

/// Reads a post as the head of its thread.
pub(super) fn story(post: Value<'_>, form: &AnswerContext<'_>) -> Story {
    Story {
        text: form.body(post.get("selftext_html"), post.get("selftext")),
        archived: post.get("archived").is_true() || post.get("locked").is_true(),
        ..INFO.story_of(entry(post, form))
    }
}

/// Reads a post as an entry of a list. Without an id or a title it is unusable.
pub(super) fn entry(post: Value<'_>, form: &AnswerContext<'_>) -> Entry {
    let id = form.line(post.get("id"));
    Entry {
        site: "reddit".to_owned(),
        url: form.page(post).unwrap_or_else(|| format!("{}/comments/{id}/", form.origin)),
        link: form.link(post, &id),
        title: form.line(post.get("title")),
        author: author(post).unwrap_or_default(),
        posted_at: post.get("created_utc").integer(),
        score: score(post, post.get("hide_score").is_true() || form.is_contest),
        comments: post.get("num_comments").integer().and_then(|count| u32::try_from(count).ok()),
        place: place(post),
        id,
    }
}

/// The subreddit or profile of a post or comment: `r/rust`, `u/ada`.
pub(super) fn place(thing: Value<'_>) -> String {
    let named = |key| thing.get(key).text().map(|name| markup::clean_line(&name)).filter(|name| !name.is_empty());
    named("subreddit_name_prefixed").or_else(|| Some(format!("r/{}", named("subreddit")?))).unwrap_or_default()
}

/// Reads a comment, and adds it under its parent.
pub(super) fn push(
    comment: Value<'_>,
    parent: Option<&str>,
    form: &AnswerContext<'_>,
    story: Option<&Story>,
    builder: &mut Builder,
) {
    let state = state(comment);
    let author = author(comment);
    let is_op = comment.get("is_submitter").is_true()
        || author.is_some() && author.as_ref() == story.map(|story| &story.author);
    let body = match state {
        State::Live => form.body(comment.get("body_html"), comment.get("body")),
        _ => Text::default(),
    };
    let id = id(comment);
    builder.push(&Draft {
        id: &id,
        parent,
        author: author.as_deref(),
        label: label(comment),
        // Only where comments of many threads stand together do they say which thread each is of.
        subject: &form.line(comment.get("link_title")),
        url: &form.page(comment).or_else(|| Some(format!("{}_/{id}/", story?.url))).unwrap_or_default(),
        score: score(comment, comment.get("score_hidden").is_true() || form.is_contest),
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

/// The author's name, unless it is gone.
pub(super) fn author(thing: Value<'_>) -> Option<String> {
    let name = markup::clean_line(&thing.get("author").text()?);
    Some(name).filter(|name| !name.is_empty() && name != "[deleted]")
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
