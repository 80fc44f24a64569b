//! A story of Lobsters with its comments, in every generation of the JSON → thread.
//!
//! What changed over the years: until 2020-05 `upvotes` and `downvotes` stood beside the score; until 2022-05 there was no
//! `parent_comment`, so the tree is rebuilt from the order and `indent_level` (from 1), which in 2023-08 became `depth`
//! (from 0); until 2024-03 users were objects.

use serde::de::MapAccess;

use crate::markup::{clean_line, html};
use crate::model::{Builder, Draft, Flags, State, Story, Thread};
use crate::site::json::{Any, Fields, List, Scalar, UserName, address, skip};

/// A story as sent.
#[derive(Clone, Debug, Default)]
pub(super) struct StoryIn {
    id: Scalar,
    created_at: Scalar,
    title: Scalar,
    link: Scalar,
    score: Scalar,
    comment_count: Scalar,
    description: Scalar,
    comments_url: Scalar,
    submitter: Scalar,
    comments: Vec<CommentIn>,
}

/// A comment as sent.
#[derive(Clone, Debug, Default)]
pub(super) struct CommentIn {
    id: Scalar,
    created_at: Scalar,
    is_deleted: Scalar,
    is_moderated: Scalar,
    score: Scalar,
    parent: Scalar,
    body: Scalar,
    depth: Scalar,
    indent_level: Scalar,
    user: Scalar,
    url: Scalar,
    short_url: Scalar,
}

impl Fields for StoryIn {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let slot = match name {
            "short_id" => &mut self.id,
            "created_at" => &mut self.created_at,
            "title" => &mut self.title,
            "url" => &mut self.link,
            "score" => &mut self.score,
            "comment_count" => &mut self.comment_count,
            "description" => &mut self.description,
            "comments_url" => &mut self.comments_url,
            "submitter_user" => return map.next_value_seed(Any(UserName(&mut self.submitter))),
            "comments" => return map.next_value_seed(Any(List(&mut self.comments))),
            _ => return skip(map),
        };
        map.next_value_seed(Any(slot))
    }
}

impl Fields for CommentIn {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let slot = match name {
            "short_id" => &mut self.id,
            "created_at" => &mut self.created_at,
            "is_deleted" => &mut self.is_deleted,
            "is_moderated" => &mut self.is_moderated,
            "score" => &mut self.score,
            "parent_comment" => &mut self.parent,
            "comment" => &mut self.body,
            "depth" => &mut self.depth,
            "indent_level" => &mut self.indent_level,
            "url" => &mut self.url,
            "short_id_url" => &mut self.short_url,
            "commenting_user" => return map.next_value_seed(Any(UserName(&mut self.user))),
            _ => return skip(map),
        };
        map.next_value_seed(Any(slot))
    }
}

impl StoryIn {
    /// Whether this is a story at all: a comment or an error has neither title nor comments.
    pub(super) fn is_story(&self) -> bool {
        self.id.filled().is_some() && (self.title.filled().is_some() || !self.comments.is_empty())
    }

    /// The thread, with the note on damage if there was any.
    pub(super) fn thread(&self, damage: Option<String>) -> Thread {
        let mut builder = Builder::new();
        let mut levels = Levels::default();
        let submitter = clean_line(self.submitter.text());
        let comments: Vec<&CommentIn> = self.comments.iter().filter(|comment| comment.is_comment()).collect();
        for comment in &comments {
            comment.push(&mut builder, &mut levels, &submitter);
        }
        if let Some(damage) = damage {
            builder.note(damage);
        }
        let lost = self.comments.len() - comments.len();
        if lost > 0 {
            builder.note(format!("{lost} of {} comments cannot be read", self.comments.len()));
        }
        let (loaded, stated) = (comments.len(), self.comment_count.count());
        if let Some(stated) = stated.filter(|&stated| stated as usize > loaded) {
            builder.note(format!("{} of {stated} comments are not here", stated as usize - loaded));
        }
        builder.finish(self.head(submitter))
    }

    fn head(&self, author: String) -> Story {
        let id = clean_line(self.id.text());
        let page = address(self.comments_url.text());
        Story {
            site: "lobsters".to_owned(),
            url: if page.is_empty() { address(&format!("https://lobste.rs/s/{id}")) } else { page },
            id,
            title: clean_line(self.title.text()),
            author,
            posted_at: self.created_at.moment(),
            link: address(self.link.text()),
            text: html(self.description.text()),
            score: self.score.score(),
            stated_comments: self.comment_count.count(),
            ..Story::default()
        }
    }
}

impl CommentIn {
    fn is_comment(&self) -> bool {
        self.id.filled().is_some() || self.body.filled().is_some()
    }

    fn push(&self, builder: &mut Builder, levels: &mut Levels, submitter: &str) {
        let id = clean_line(self.id.text());
        let above = levels.parent(self.level(), &id);
        let parent = self.parent.filled().map(clean_line).or(above);
        let author = self.user.filled().map(clean_line);
        let body = html(self.body.text());
        let op = !submitter.is_empty() && author.as_deref() == Some(submitter);
        builder.push(&Draft {
            id: &id,
            parent: parent.as_deref(),
            author: author.as_deref(),
            url: &self.address(&id),
            score: self.score.score(),
            posted_at: self.created_at.moment(),
            state: self.state(),
            flags: Flags { op, ..Flags::default() },
            body: body.borrow(),
            ..Draft::default()
        });
    }

    /// How many comments are above it, if the JSON says so.
    fn level(&self) -> Option<i64> {
        self.depth.int().or_else(|| self.indent_level.int()?.checked_sub(1))
    }

    /// The text tells a ban from a deletion; it stands where the comment's own text was.
    fn state(&self) -> State {
        match (self.is_moderated.is_true(), self.is_deleted.is_true()) {
            (true, _) => State::Removed,
            (false, true) if self.body.text().contains("banned user") => State::Removed,
            (false, true) => State::Deleted,
            (false, false) if self.body == Scalar::Nothing => State::Missing,
            (false, false) => State::Live,
        }
    }

    fn address(&self, id: &str) -> String {
        let known = [&self.url, &self.short_url].map(|url| address(url.text()));
        known.into_iter().find(|url| !url.is_empty()).unwrap_or_else(|| address(&format!("https://lobste.rs/c/{id}")))
    }
}

/// Who is above whom in preorder, told by levels alone.
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
