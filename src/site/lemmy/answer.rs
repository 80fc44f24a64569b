//! An answer of either version, read row by row: what stands before damage is kept.

use super::row::{CommentRow, PostRow};
use crate::site::json::{Document, Value};

/// The content of one or several answers.
#[derive(Debug, Default)]
pub(super) struct AnswerRows {
    pub(super) post: Option<PostRow>,
    pub(super) rows: Vec<CommentRow>,
    /// Whether there is a list of comments, though it may be empty.
    pub(super) is_list: bool,
    /// The cursor of the next page; `None` where the answer names none.
    pub(super) cursor: Option<String>,
    /// The name of the error that the site answered with.
    pub(super) error: Option<String>,
    /// Whose page this is.
    pub(super) person: Option<String>,
    /// The place of the damage, in words; `None` if the answer is whole.
    pub(super) damage: Option<String>,
}

/// Reads the answers in a text, one behind the other.
pub(super) fn read(document: &Document) -> AnswerRows {
    let mut page = AnswerRows { damage: document.damage_place_of_series(), ..AnswerRows::default() };
    for answer in document.roots() {
        page.take(answer);
    }
    page
}

impl AnswerRows {
    /// Whether there is anything of a discussion.
    pub(super) fn is_any(&self) -> bool {
        self.post.is_some() || !self.rows.is_empty() || self.is_list && self.person.is_none()
    }

    fn take(&mut self, answer: Value<'_>) {
        let post = PostRow::of(answer.get("post_view"));
        self.post = post.filter(|post| post.id.is_some()).or_else(|| self.post.take());
        let lists = ["comments", "items"].map(|key| answer.get(key));
        self.is_list |= lists.into_iter().any(Value::is_list);
        let rows = lists.into_iter().flat_map(Value::items).chain([answer.get("comment_view")]);
        self.rows.extend(rows.filter_map(CommentRow::of));
        let text = |value: Value<'_>| value.text().map(String::from);
        self.cursor = text(answer.get("next_page")).or_else(|| self.cursor.take());
        self.error = text(answer.get("error")).or_else(|| self.error.take());
        self.person = text(answer.get("person_view").get("person").get("name")).or_else(|| self.person.take());
    }
}
