//! The thread: one flat array of comments in preorder over one text buffer.

use std::sync::Arc;

use super::text::{Links, Span};
use super::{Mark, SearchedText, Story, TextRef};

/// The state of a comment on its site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// There to be read.
    #[default]
    Live,
    /// Taken back by its author.
    Deleted,
    /// Taken away by the site.
    Removed,
    /// Hidden by the site's readers (Hacker News's dead and flagged).
    Dead,
    /// Its text could not be loaded.
    Missing,
}

impl State {
    /// Every state, with the name that JSON gives it.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::Live, "live"),
        (Self::Deleted, "deleted"),
        (Self::Removed, "removed"),
        (Self::Dead, "dead"),
        (Self::Missing, "missing"),
    ];

    /// The name that JSON gives it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(state, _)| *state == self).map_or("live", |(_, name)| name)
    }
}

/// Facts about a comment's author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each shown on its own")]
pub struct Flags {
    /// Written by the author of the story.
    pub op: bool,
    /// Written without a name.
    pub anonymous: bool,
    /// Slashdot's star: the author pays for the site.
    pub subscriber: bool,
    /// The author keeps a journal on the site.
    pub journal: bool,
    /// The author names a homepage.
    pub homepage: bool,
}

/// The shape of the tree, each fact of all comments in preorder: what a threshold change and a fold walk, and no more.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// Index of the parent, or `ROOT`.
    pub(super) parents: Vec<u32>,
    /// Comments in the subtree, this one included; at least 1.
    pub(super) sizes: Vec<u32>,
    pub(super) depths: Vec<u32>,
    /// A bit a comment: whether its subtree has another one.
    pub(super) replied: Vec<u64>,
}

/// A comment as stored, without its place in the tree; all text is in the thread's buffer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CommentRecord {
    pub(super) score: Option<i32>,
    pub(super) posted_at: Option<i64>,
    pub(super) state: State,
    pub(super) flags: Flags,
    pub(super) lacks_author: bool,
    /// The place of its text among those of all comments.
    pub(super) text: u32,
    pub(super) id: Span,
    pub(super) author_id: Span,
    pub(super) label: Span,
    pub(super) url: Span,
    pub(super) marks: Span,
    pub(super) links: Span,
}

/// Stands for "no parent": the comment answers the story.
pub const ROOT: u32 = u32::MAX;

/// A whole discussion. Never changes; a reload makes another one.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    pub(super) story: Story,
    pub(super) tree: Tree,
    pub(super) records: Vec<CommentRecord>,
    /// Words in the body of each comment.
    pub(super) words: Vec<u32>,
    pub(super) texts: Arc<Texts>,
    pub(super) notes: Vec<String>,
    /// Comments of which the text could not be loaded.
    pub(super) missing: u32,
    /// Whether the tree is dissolved: every comment stands at the top level. The parents still name what each answers.
    pub(super) is_flat: bool,
    /// The comments in the order in which their texts stand; empty where that is preorder.
    pub(super) by_text: Vec<u32>,
}

/// All text of a thread, shared by the orders of its comments.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Ids stand apart, so that looking through them does not go through all text.
    pub(super) ids: String,
    pub(super) buffer: String,
    /// Of each comment, in the order of the buffer.
    pub(super) searched: Vec<SearchedText>,
    pub(super) marks: Vec<Mark>,
    pub(super) links: Vec<Span>,
}

impl Thread {
    /// The story: title, link, text.
    pub fn story(&self) -> &Story {
        &self.story
    }

    /// Notes on what was damaged or missing when the thread was read, a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The same with more notes behind its own.
    #[must_use]
    pub fn with_notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// The same without notes, as of a thread that is on its way.
    #[must_use]
    pub fn without_notes(self) -> Self {
        Self { notes: Vec::new(), ..self }
    }

    /// The number of comments.
    pub fn len(&self) -> u32 {
        self.records.len() as u32
    }

    /// The number of comments that are here: all but those whose text could not be loaded.
    pub fn loaded(&self) -> u32 {
        self.len() - self.missing
    }

    /// The comments that the site says there are, or those that are here where these are more.
    pub fn known_comments(&self) -> u32 {
        self.story().stated_comments.unwrap_or_default().max(self.len())
    }

    /// Whether there is no comment.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The comment at `index` in preorder.
    pub fn get(&self, index: u32) -> Option<Comment<'_>> {
        Some(Comment { thread: self, record: self.records.get(index as usize)?, index })
    }

    /// All comments in preorder.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Comment<'_>> + ExactSizeIterator {
        self.records.iter().enumerate().map(|(index, record)| Comment { thread: self, record, index: index as u32 })
    }

    /// The index of the comment with this id; walks the thread.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.iter().find(|comment| comment.id() == id).map(Comment::index)
    }

    /// The ancestors of the comment at `index`, nearest first.
    pub fn ancestors(&self, index: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(self.parent(index), |&above| self.parent(above))
    }

    /// The parent of the comment at `index`.
    pub fn parent(&self, index: u32) -> Option<u32> {
        self.answered(index).filter(|_| !self.is_flat)
    }

    /// The comment that the one at `index` answers: its parent, in a dissolved tree too.
    pub fn answered(&self, index: u32) -> Option<u32> {
        self.tree.parents.get(index as usize).copied().filter(|&parent| parent != ROOT)
    }

    /// The comments that the one at `index` answers, nearest first: its ancestors, in a dissolved tree too.
    pub fn lineage(&self, index: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(self.answered(index), |&above| self.answered(above))
    }

    /// All text of the comments: of each what is searched, and then the rest.
    pub fn text(&self) -> &str {
        &self.texts.buffer
    }

    /// Where the searched text of each comment stands, in the order of the text.
    pub fn searched(&self) -> &[SearchedText] {
        &self.texts.searched
    }

    /// The comment whose text stands at a place among those of all comments.
    pub fn nth_in_text(&self, place: u32) -> Option<Comment<'_>> {
        self.get(self.by_text.get(place as usize).copied().unwrap_or(place))
    }

    /// Whether the tree is dissolved: every comment stands at the top level.
    pub fn is_flat(&self) -> bool {
        self.is_flat
    }

    /// The comment that each one answers, in preorder: its parent, in a dissolved tree too; [`ROOT`] where that is the story.
    pub fn answers(&self) -> &[u32] {
        &self.tree.parents
    }

    /// The number of comments in the subtree of each one, itself included, in preorder.
    pub fn sizes(&self) -> &[u32] {
        &self.tree.sizes
    }

    /// Whether each comment has replies in the tree, in preorder: a bit each, 64 a word, the lowest bit of a word first.
    pub fn replied(&self) -> &[u64] {
        &self.tree.replied
    }

    /// The score of the comment at `index`, if known.
    pub fn score(&self, index: u32) -> Option<i32> {
        self.records.get(index as usize).and_then(|record| record.score)
    }

    /// Words in the body of each comment, in preorder. White space divides words; where a script has none between
    /// words (Han, kana), two characters count as a word.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// The index after the last comment of the subtree at `index`.
    pub fn after(&self, index: u32) -> u32 {
        self.tree.sizes.get(index as usize).map_or(index, |size| index + size)
    }
}

/// One comment of a thread, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Comment<'a> {
    thread: &'a Thread,
    record: &'a CommentRecord,
    index: u32,
}

impl<'a> Comment<'a> {
    /// Its place in preorder.
    pub fn index(self) -> u32 {
        self.index
    }

    /// The site's own id.
    pub fn id(self) -> &'a str {
        self.record.id.of(&self.thread.texts.ids)
    }

    /// The story that its thread is about.
    pub fn story(self) -> &'a Story {
        &self.thread.story
    }

    /// The comment above it in the tree.
    pub fn parent(self) -> Option<Comment<'a>> {
        self.thread.get(self.thread.parent(self.index)?)
    }

    /// The comment that it answers: its parent, in a dissolved tree too.
    pub fn answered(self) -> Option<Comment<'a>> {
        self.thread.get(self.thread.answered(self.index)?)
    }

    /// Whether the tree of its thread is dissolved.
    pub fn is_in_flat(self) -> bool {
        self.thread.is_flat
    }

    /// The number of comments above it: 0 at the top level.
    pub fn depth(self) -> u32 {
        self.thread.tree.depths.get(self.index as usize).copied().unwrap_or(0)
    }

    /// The number of comments below it, at any depth.
    pub fn replies(self) -> u32 {
        self.thread.after(self.index) - self.index - 1
    }

    /// Its score, if known.
    pub fn score(self) -> Option<i32> {
        self.record.score
    }

    /// The moderators' label (`Funny`), or empty.
    pub fn label(self) -> &'a str {
        self.record.label.of(&self.thread.texts.buffer)
    }

    /// The author's name; `None` when deleted or unknown.
    pub fn author(self) -> Option<&'a str> {
        (!self.record.lacks_author).then(|| self.texts()[0])
    }

    /// The author's number or id on the site, or empty.
    pub fn author_id(self) -> &'a str {
        self.record.author_id.of(&self.thread.texts.buffer)
    }

    /// Its subject line, or empty.
    pub fn subject(self) -> &'a str {
        self.texts()[1]
    }

    /// Its own address.
    pub fn url(self) -> &'a str {
        self.record.url.of(&self.thread.texts.buffer)
    }

    /// The time of posting, in seconds since 1970 UTC.
    pub fn posted_at(self) -> Option<i64> {
        self.record.posted_at
    }

    /// Its state on the site.
    pub fn state(self) -> State {
        self.record.state
    }

    /// Facts about its author.
    pub fn flags(self) -> Flags {
        self.record.flags
    }

    /// Where its author, its subject and its body stand in the thread's text.
    pub fn searched(self) -> SearchedText {
        self.thread.texts.searched.get(self.record.text as usize).copied().unwrap_or_default()
    }

    /// Its author, its subject and its body.
    fn texts(self) -> [&'a str; 3] {
        self.searched().of(&self.thread.texts.buffer)
    }

    /// Its text.
    pub fn body(self) -> TextRef<'a> {
        let texts = &*self.thread.texts;
        TextRef {
            plain: self.texts()[2],
            marks: slice(&texts.marks, self.record.marks),
            links: Links::Shared(slice(&texts.links, self.record.links), &texts.buffer),
        }
    }
}

fn slice<T>(all: &[T], span: Span) -> &[T] {
    let start = span.start as usize;
    all.get(start..start + span.len as usize).unwrap_or_default()
}
