//! One thing of Reddit's: a post (`t3`) or a comment (`t1`), read into what the model wants.

use std::borrow::Cow;

use url::Url;

use crate::markup;
use crate::model::{Builder, Draft, Flags, ScoreKind, State, Story, Text};
use crate::site::value::Value;

/// What holds for all things of one file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form {
    /// Saved without `raw_json=1`: `&`, `<` and `>` are escaped once more in every text.
    pub(super) is_escaped: bool,
    /// A contest, in which no score is shown.
    pub(super) is_contest: bool,
}

impl Form {
    fn text(self, value: Value<'_>) -> Cow<'_, str> {
        let text = value.text().unwrap_or_default();
        if self.is_escaped && text.contains('&') {
            Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        } else {
            text
        }
    }

    /// A text that the site sends twice: as HTML, and as the Markdown that it is made from.
    fn body(self, html: Value<'_>, markdown: Value<'_>) -> Text {
        let (html, markdown) = (self.text(html), self.text(markdown));
        if html.is_empty() {
            return markup::plain(&markdown);
        }
        let html = html.replace("href=\"//", "href=\"https://").replace("href=\"/", "href=\"https://www.reddit.com/");
        let text = markup::html(&html);
        // A comment that is nothing but `>` becomes an empty quote.
        if text.plain.is_empty() { Text::unmarked(markup::html_line(&markdown)) } else { text }
    }
}

/// Reads a post as the head of its thread.
pub(super) fn story(post: Value<'_>, form: Form) -> Story {
    let id = markup::clean_line(&form.text(post.get("id")));
    let is = |key: &str| post.get(key).boolean() == Some(true);
    let is_hidden = is("hide_score") || form.is_contest;
    Story {
        site: "reddit".to_owned(),
        url: page_url(post).unwrap_or_else(|| format!("https://www.reddit.com/comments/{id}/")),
        id,
        title: markup::clean_line(&form.text(post.get("title"))),
        author: author(post).unwrap_or_default(),
        posted_at: post.get("created_utc").integer(),
        link: if is("is_self") { String::new() } else { web_address(&form.text(post.get("url"))) },
        text: form.body(post.get("selftext_html"), post.get("selftext")),
        score: post.get("score").integer().filter(|_| !is_hidden).map(saturated),
        score_kind: ScoreKind::Points,
        archived: is("archived") || is("locked"),
        stated_comments: post.get("num_comments").integer().and_then(|count| u32::try_from(count).ok()),
        ..Story::default()
    }
}

/// Reads a comment, and adds it under its parent.
pub(super) fn push(comment: Value<'_>, parent: Option<&str>, form: Form, story: &Story, builder: &mut Builder) {
    let state = state(comment);
    let author = author(comment);
    let is = |key: &str| comment.get(key).boolean() == Some(true);
    let is_op = is("is_submitter") || author.as_ref().is_some_and(|author| *author == story.author);
    let is_hidden = is("score_hidden") || form.is_contest;
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
        url: &page_url(comment).unwrap_or_else(|| format!("{}_/{id}/", story.url)),
        score: comment.get("score").integer().filter(|_| !is_hidden).map(saturated),
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

fn state(comment: Value<'_>) -> State {
    let is_nobody = comment.get("author").text().is_none_or(|author| author == "[deleted]");
    match comment.get("body").text().as_deref().map(str::trim) {
        Some("[removed]" | "[ Removed by Reddit ]") if is_nobody => State::Removed,
        Some("[deleted]") if is_nobody => State::Deleted,
        None if comment.get("body_html").is_null() => State::Missing,
        _ => State::Live,
    }
}

/// The author's name, unless it is gone.
fn author(thing: Value<'_>) -> Option<String> {
    let name = markup::clean_line(&thing.get("author").text()?);
    Some(name).filter(|name| !name.is_empty() && name != "[deleted]")
}

fn label(comment: Value<'_>) -> &'static str {
    match comment.get("distinguished").text().as_deref() {
        Some("moderator") => "Moderator",
        Some("admin") => "Admin",
        _ => "",
    }
}

fn page_url(thing: Value<'_>) -> Option<String> {
    let path = thing.get("permalink").text().filter(|path| path.starts_with('/'))?;
    Some(web_address(&format!("https://www.reddit.com{path}")))
}

/// An address of the web, or nothing.
fn web_address(text: &str) -> String {
    let url = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(|url| markup::clean_line(url.as_str())).unwrap_or_default()
}

fn saturated(score: i64) -> i32 {
    score.clamp(i32::MIN.into(), i32::MAX.into()) as i32
}
