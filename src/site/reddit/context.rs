//! Fields that posts and comments have alike, read in the context of their answer.

use std::borrow::Cow;

use super::body::{body, with_media};
use crate::markup;
use crate::model::Text;
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
    pub(super) fn text<'v>(&self, value: Value<'v>) -> Cow<'v, str> {
        let text = value.text().unwrap_or_default();
        if self.is_escaped && text.contains('&') {
            Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        } else {
            text
        }
    }

    pub(super) fn line(&self, value: Value<'_>) -> String {
        markup::clean_line(&self.text(value))
    }

    /// The text of a thing under these keys: HTML, and the Markdown that it is made from.
    pub(super) fn body(&self, thing: Value<'_>, (html, markdown): (&str, &str)) -> Text {
        let markdown = self.text(thing.get(markdown));
        body(&self.text(thing.get(html)), &with_media(&markdown, thing.get("media_metadata")), self.origin)
    }

    /// The page of a post or a comment.
    pub(super) fn page(&self, thing: Value<'_>) -> Option<String> {
        let path = thing.get("permalink").text().filter(|path| path.starts_with('/'))?;
        Some(web::address(&format!("{}{path}", self.origin))).filter(|url| !url.is_empty())
    }

    /// The address that a post links to; empty where that is its own page.
    pub(super) fn link(&self, post: Value<'_>, id: &str) -> String {
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

/// The subreddit or profile of a post or comment: `r/rust`, `u/ada`.
pub(super) fn place(thing: Value<'_>) -> String {
    let named = |key| thing.get(key).text().map(|name| markup::clean_line(&name)).filter(|name| !name.is_empty());
    named("subreddit_name_prefixed").or_else(|| Some(format!("r/{}", named("subreddit")?))).unwrap_or_default()
}

/// The author's name, unless it is gone.
pub(super) fn author(thing: Value<'_>) -> Option<String> {
    let name = markup::clean_line(&thing.get("author").text()?);
    Some(name).filter(|name| !name.is_empty() && name != "[deleted]")
}
