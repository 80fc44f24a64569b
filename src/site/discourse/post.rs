//! One post as sent, in every form that forums and their plugins give it.

use serde::de::MapAccess;

use crate::markup::{clean_line, html};
use crate::model::{State, Text};
use crate::site::json::{Any, Fields, List, Scalar, skip};

/// What `actions_summary` calls likes.
const LIKE: i64 = 2;

/// A post as sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Post {
    id: Scalar,
    number: Scalar,
    reply_to: Scalar,
    username: Scalar,
    created_at: Scalar,
    cooked: Scalar,
    kind: Scalar,
    hidden: Scalar,
    user_deleted: Scalar,
    deleted_at: Scalar,
    actions: Option<Vec<Action>>,
    body: Text,
    pub(super) avatar: Scalar,
    pub(super) topic_id: Scalar,
    pub(super) topic_slug: Scalar,
    pub(super) posts_count: Scalar,
}

/// How many readers did one kind of thing to a post.
#[derive(Clone, Debug, Default)]
pub(super) struct Action {
    id: Scalar,
    count: Scalar,
}

impl Fields for Post {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let slot = match name {
            "id" => &mut self.id,
            "post_number" => &mut self.number,
            "reply_to_post_number" => &mut self.reply_to,
            "username" => &mut self.username,
            "created_at" => &mut self.created_at,
            "cooked" => &mut self.cooked,
            "post_type" => &mut self.kind,
            "hidden" => &mut self.hidden,
            "user_deleted" => &mut self.user_deleted,
            "deleted_at" => &mut self.deleted_at,
            "avatar_template" => &mut self.avatar,
            "topic_id" => &mut self.topic_id,
            "topic_slug" => &mut self.topic_slug,
            "posts_count" => &mut self.posts_count,
            "actions_summary" => {
                return map.next_value_seed(Any(List(self.actions.get_or_insert_default())));
            }
            _ => return skip(map),
        };
        map.next_value_seed(Any(slot))
    }
}

impl Fields for Action {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "id" => map.next_value_seed(Any(&mut self.id)),
            "count" => map.next_value_seed(Any(&mut self.count)),
            _ => skip(map),
        }
    }
}

impl Post {
    /// Its place in the topic, from 1; without one it cannot be told from others.
    pub(super) fn number(&self) -> Option<i64> {
        self.number.int().filter(|&number| number > 0)
    }

    /// Its id on the forum, which the topic lists.
    pub(super) fn id(&self) -> Option<i64> {
        self.id.int()
    }

    /// The post that it answers.
    pub(super) fn reply_to(&self) -> Option<i64> {
        self.reply_to.int()
    }

    /// Whether it is a notice of the forum: closed, moved, split.
    pub(super) fn is_notice(&self) -> bool {
        self.kind.int() == Some(3)
    }

    /// What it says, once it has been read.
    pub(super) fn body(&self) -> &Text {
        &self.body
    }

    /// Who wrote it.
    pub(super) fn author(&self) -> Option<String> {
        self.username.filled().map(clean_line)
    }

    /// When it was posted, in seconds since 1970 UTC.
    pub(super) fn posted_at(&self) -> Option<i64> {
        self.created_at.moment()
    }

    /// Its likes; a regular post without an entry for them has none.
    pub(super) fn likes(&self) -> Option<i32> {
        let entry = self.actions.as_ref()?.iter().find(|action| action.id.int() == Some(LIKE));
        let is_regular = matches!(self.kind.int(), None | Some(1));
        entry.map_or(is_regular.then_some(0), |entry| entry.count.score())
    }

    /// What became of it.
    pub(super) fn state(&self) -> State {
        if self.user_deleted.is_true() {
            State::Deleted
        } else if self.deleted_at.filled().is_some() {
            State::Removed
        } else if self.hidden.is_true() {
            State::Dead
        } else if self.cooked == Scalar::Nothing {
            State::Missing
        } else {
            State::Live
        }
    }

    /// Reads its HTML, once; addresses without a host are of this origin.
    pub(super) fn read(&mut self, origin: &str) {
        if let Scalar::Text(cooked) = &mut self.cooked {
            self.body = html(&with_origin(&std::mem::take(cooked), origin));
        }
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
