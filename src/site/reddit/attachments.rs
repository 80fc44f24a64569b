//! Attachments of a post: a gallery, a poll, the post that it hands on.

use std::fmt::Write;

use super::body::media_address;
use super::context::{AnswerContext, author, place};
use crate::markup;
use crate::model::{Text, counted};
use crate::site::json::Value;
use crate::site::web;

/// The attachments of a post as a text; empty where it has none.
pub(super) fn attachments(post: Value<'_>, context: &AnswerContext<'_>) -> Text {
    let mut html = of_post(post, context);
    // A post that hands on another one shows what that has.
    if let Some(original) = post.get("crosspost_parent_list").items().next() {
        let page = context.page(original).unwrap_or_default();
        let (title, by) = (context.line(original.get("title")), author(original).unwrap_or_default());
        let from = [place(original), if by.is_empty() { by } else { format!("by {by}") }].join(" ");
        let text = context.text(original.get("selftext_html"));
        let text = if text.is_empty() { escaped(&context.text(original.get("selftext"))) } else { text.into_owned() };
        html = format!(
            "<p>Crosspost of <a href=\"{}\">{}</a>, {}</p><blockquote>{text}{}</blockquote>{html}",
            escaped(&page),
            escaped(&title),
            escaped(from.trim()),
            of_post(original, context)
        );
    }
    markup::html(&html)
}

fn of_post(post: Value<'_>, context: &AnswerContext<'_>) -> String {
    gallery(post, context) + &poll(post.get("poll_data"), context)
}

/// The pictures of a gallery with their captions, in its order.
fn gallery(post: Value<'_>, context: &AnswerContext<'_>) -> String {
    let media = post.get("media_metadata");
    let mut html = String::new();
    for item in post.get("gallery_data").get("items").items() {
        let caption = escaped(&context.line(item.get("caption")));
        let address = media_address(media.get(&item.get("media_id").text().unwrap_or_default()));
        let image = address.map_or("image (not available)".to_owned(), |address| link(&address, "image"));
        let outside = web::address(&context.text(item.get("outbound_url")));
        let outside = if outside.is_empty() { outside } else { format!(" {}", link(&outside, &escaped(&outside))) };
        _ = write!(html, "<li>{image} {caption}{outside}</li>");
    }
    if html.is_empty() { html } else { format!("<ol>{html}</ol>") }
}

/// The options of a poll, with their votes where these are shown.
fn poll(poll: Value<'_>, context: &AnswerContext<'_>) -> String {
    let mut html = String::new();
    for option in poll.get("options").items() {
        let votes = option.get("vote_count").count().map(|votes| format!(": {}", counted(votes, "vote")));
        _ = write!(html, "<li>{}{}</li>", escaped(&context.line(option.get("text"))), votes.unwrap_or_default());
    }
    if html.is_empty() {
        return html;
    }
    let all = poll.get("total_vote_count").count().map(|votes| format!(", {}", counted(votes, "vote")));
    format!("<p>Poll{}:</p><ul>{html}</ul>", all.unwrap_or_default())
}

fn link(address: &str, words: &str) -> String {
    format!("<a href=\"{}\">{words}</a>", escaped(address))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
