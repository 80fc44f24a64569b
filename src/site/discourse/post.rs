//! One post, in every form that forums and their plugins give it.

use super::poll::with_polls;
use crate::markup::html;
use crate::model::{State, Text};
use crate::site::json::Value;

/// The id of likes in `actions_summary`.
const LIKE: i64 = 2;
/// The values of `post_type` for a post of a person, and for a notice of the forum: closed, moved, split.
const REGULAR: i64 = 1;
const NOTICE: i64 = 3;

/// A post.
#[derive(Clone, Debug)]
pub(super) struct Post {
    /// Its id on the forum, which the topic lists.
    pub(super) id: Option<i64>,
    /// The number of the post that it answers.
    pub(super) reply_to: Option<i64>,
    pub(super) author: Option<String>,
    /// In seconds since 1970 UTC.
    pub(super) posted_at: Option<i64>,
    pub(super) likes: Option<i32>,
    pub(super) state: State,
    pub(super) is_notice: bool,
    pub(super) body: Text,
}

impl Post {
    /// Reads a post; in what it says, addresses without a host are of this origin.
    pub(super) fn of(post: Value<'_>, origin: &str) -> Self {
        let kind = post.get("post_type").whole();
        Self {
            id: post.get("id").whole(),
            reply_to: post.get("reply_to_post_number").whole(),
            author: post.get("username").line(),
            posted_at: post.get("created_at").moment(),
            likes: likes(post.get("actions_summary"), kind.is_none_or(|kind| kind == REGULAR)),
            state: state(post),
            is_notice: kind == Some(NOTICE),
            body: post.get("cooked").text().map(|cooked| body(&cooked, post, origin)).unwrap_or_default(),
        }
    }

    /// Whether it came with what it says; notices often say nothing.
    pub(super) fn is_here(&self) -> bool {
        self.is_notice || self.state != State::Missing
    }

    /// Its place in the topic, from 1; without one it cannot be told from others.
    pub(super) fn number(post: Value<'_>) -> Option<i64> {
        post.get("post_number").whole().filter(|&number| number > 0)
    }
}

fn body(cooked: &str, post: Value<'_>, origin: &str) -> Text {
    html(&with_origin(&with_polls(cooked, post.get("polls")), origin))
}

/// The likes among what was done to a post; a regular one without an entry for them has none.
fn likes(actions: Value<'_>, is_regular: bool) -> Option<i32> {
    let is_told = actions.is_list() || actions.is_object();
    let entry = actions.items().find(|action| action.get("id").whole() == Some(LIKE));
    entry.map_or((is_told && is_regular).then_some(0), |entry| entry.get("count").score())
}

fn state(post: Value<'_>) -> State {
    if post.get("user_deleted").is_true() {
        State::Deleted
    } else if post.get("deleted_at").line().is_some() {
        State::Removed
    } else if post.get("hidden").is_true() {
        State::Dead
    } else if post.get("cooked").text().is_none() {
        State::Missing
    } else {
        State::Live
    }
}

/// The HTML with its addresses of the form `/t/…` made whole, within tags alone.
fn with_origin(html: &str, origin: &str) -> String {
    if origin.is_empty() {
        return html.to_owned();
    }
    let mut whole = String::with_capacity(html.len() + 64);
    for (place, piece) in html.split('<').enumerate() {
        whole.push_str(if place == 0 { "" } else { "<" });
        let (tag, text) = piece.split_at(if place == 0 { 0 } else { piece.find('>').unwrap_or(0) });
        let (tag, name) = (tag.replace("=\"//", "=\"https://"), [" href=\"/", " src=\"/"]);
        let with = |name: &str| name.replace('/', &format!("{origin}/"));
        whole.push_str(&name.iter().fold(tag, |tag, name| tag.replace(name, &with(name))));
        whole.push_str(text);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::with_origin;

    #[test]
    fn addresses_in_tags_alone_become_whole() {
        for (html, expected) in [
            (
                "<a class=\"x\" href=\"/t/1\">href=\"/a\"</a>",
                "<a class=\"x\" href=\"https://f.org/t/1\">href=\"/a\"</a>",
            ),
            ("<img src=\"//cdn.org/x.png\">", "<img src=\"https://cdn.org/x.png\">"),
            (" href=\"/x\" <", " href=\"/x\" <"),
            ("<a href=\"https://a.org/b\">", "<a href=\"https://a.org/b\">"),
        ] {
            assert_eq!(with_origin(html, "https://f.org"), expected);
            assert_eq!(with_origin(html, ""), html);
        }
    }
}
