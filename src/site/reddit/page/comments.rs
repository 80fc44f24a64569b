//! Comments on their way from a page into a thread, whatever its layout.

use crate::model::{Builder, Draft, Flags, State, Story, Text, Thread};
use crate::site::html::Document;
use crate::site::page_gaps::PageGaps;

/// A comment as a page shows it.
#[derive(Default)]
pub(super) struct PageComment {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    /// The author's name; nothing where the account is gone.
    pub(super) author: Option<String>,
    pub(super) is_op: bool,
    /// The word for a moderator or an admin, or nothing.
    pub(super) label: &'static str,
    /// The thread that it is of, where the page has comments of many.
    pub(super) subject: String,
    pub(super) url: String,
    pub(super) score: Option<i32>,
    pub(super) posted_at: Option<i64>,
    pub(super) body: Option<Text>,
}

/// The comments that have been read, and what is missing.
pub(super) struct Comments {
    builder: Builder,
    pub(super) gaps: PageGaps,
    /// Comments that the page counts instead of showing them, and branches that go on elsewhere.
    folded: u32,
    pub(super) continued: u32,
}

impl Comments {
    /// Nothing so far, of a page that states this number of comments.
    pub(super) fn new(page: Document<'_>, stated: Option<u32>) -> Self {
        Self { builder: Builder::new(), gaps: PageGaps::of(page, stated), folded: 0, continued: 0 }
    }

    pub(super) fn push(&mut self, comment: &PageComment, story: &Story) {
        let state = state(comment);
        let body = comment.body.as_ref().filter(|_| state == State::Live);
        let is_op = comment.is_op || comment.author.is_some() && comment.author.as_ref() == Some(&story.author);
        self.gaps.comments += 1;
        self.gaps.ids += u32::from(comment.id.is_empty());
        self.builder.push(&Draft {
            id: &comment.id,
            parent: comment.parent.as_deref(),
            author: comment.author.as_deref(),
            label: comment.label,
            subject: &comment.subject,
            url: &comment.url,
            score: comment.score,
            posted_at: comment.posted_at,
            state,
            flags: Flags { op: is_op, ..Flags::default() },
            body: body.map(Text::borrow).unwrap_or_default(),
            ..Draft::default()
        });
    }

    /// Counts the comments behind a mark, as many as the page says.
    pub(super) fn add_folded(&mut self, count: Option<u32>) {
        self.folded = self.folded.saturating_add(count.unwrap_or(0));
    }

    pub(super) fn note(&mut self, note: &str) {
        self.builder.note(note);
    }

    pub(super) fn thread(mut self, story: Story) -> Thread {
        let folded = (self.folded, "Behind “more comments”, and not on the page");
        let continued = (self.continued, "Branches that continue on a page of their own, and not on this");
        let counts = [folded, continued].into_iter().filter(|(count, _)| *count > 0);
        let notes = self.gaps.notes().into_iter().chain(counts.map(|(count, what)| format!("{what}: {count}")));
        notes.collect::<Vec<_>>().into_iter().for_each(|note| self.builder.note(note));
        self.builder.finish(story)
    }
}

/// The words in place of a text tell who took it away.
fn state(comment: &PageComment) -> State {
    match comment.body.as_ref().map(|body| body.plain.as_str()) {
        Some("[removed]" | "[ Removed by Reddit ]" | "Comment removed by moderator") => State::Removed,
        None | Some("[deleted]" | "Comment deleted by user" | "") if comment.author.is_none() => State::Deleted,
        None => State::Missing,
        Some(_) => State::Live,
    }
}
