//! A comment of lurker's own JSON, from its object into the builder.

use std::borrow::Cow;

use super::text::TextIn;
use super::{LeftOut, line};
use crate::model::{Builder, Draft, Flags, State, Text};
use crate::site::json::Value;

/// The state of this name; live where there is none.
fn state(name: Value<'_>) -> Option<State> {
    let name = name.text()?;
    State::NAMES.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
}

/// A comment as it stands in the file.
#[derive(Default)]
pub(super) struct CommentIn<'t> {
    id: Cow<'t, str>,
    parent: Option<Cow<'t, str>>,
    author: Option<Cow<'t, str>>,
    author_id: Cow<'t, str>,
    label: Cow<'t, str>,
    subject: Cow<'t, str>,
    url: Cow<'t, str>,
    pub(super) score: Option<i32>,
    posted_at: Option<i64>,
    state: State,
    flags: Flags,
    text: TextIn<'t>,
}

impl<'t> CommentIn<'t> {
    pub(super) fn of(comment: Value<'t>, left_out: &mut LeftOut) -> Self {
        let mut own = Self::default();
        for (key, value) in comment.pairs() {
            let mut line = |value| left_out.typed(value, line);
            match &*key {
                "id" => own.id = line(value).unwrap_or_default(),
                "parent" => own.parent = line(value),
                "author" => own.author = line(value),
                "author_id" => own.author_id = line(value).unwrap_or_default(),
                "op" => own.flags.op = left_out.is_true(value),
                "anonymous" => own.flags.anonymous = left_out.is_true(value),
                "author_marks" => own.mark_author(value, left_out),
                "score" => own.score = left_out.typed(value, Value::score),
                "label" => own.label = line(value).unwrap_or_default(),
                "subject" => own.subject = line(value).unwrap_or_default(),
                "posted_at" => own.posted_at = left_out.typed(value, Value::moment),
                "url" => own.url = left_out.address(value),
                "state" => own.state = left_out.typed(value, state).unwrap_or_default(),
                key => _ = own.text.take(key, value),
            }
        }
        own
    }

    fn mark_author(&mut self, marks: Value<'_>, left_out: &mut LeftOut) {
        for mark in left_out.items(marks) {
            match mark.text().as_deref() {
                Some("subscriber") => self.flags.subscriber = true,
                Some("journal") => self.flags.journal = true,
                Some("homepage") => self.flags.homepage = true,
                _ => left_out.values += 1,
            }
        }
    }

    pub(super) fn push(&self, text: &mut Text, left_out: &mut LeftOut, builder: &mut Builder) {
        self.text.read(text, left_out);
        builder.push(&Draft {
            id: &self.id,
            parent: self.parent.as_deref(),
            author: self.author.as_deref(),
            author_id: &self.author_id,
            label: &self.label,
            subject: &self.subject,
            url: &self.url,
            score: self.score,
            posted_at: self.posted_at,
            state: self.state,
            flags: self.flags,
            body: text.borrow(),
        });
    }
}
