//! A thread as JSON, `lurker-thread-1`: one object, comments in preorder. `docs/thread-format.md` describes it.

use std::io::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::rfc3339;
use crate::markup::{reads_back, to_plain};
use crate::model::{Comment, Mark, MarkKind, TextRef, Thread};
use crate::view::{Mode, RowList, Selected, Selection};

/// The name of the format.
pub(super) const FORMAT: &str = "lurker-thread-1";

#[derive(Serialize)]
struct ThreadOut<'a> {
    format: &'static str,
    site: &'a str,
    id: &'a str,
    url: &'a str,
    title: &'a str,
    author: &'a str,
    posted_at: Option<String>,
    link: &'a str,
    #[serde(flatten)]
    text: TextOut<'a>,
    score: Option<i32>,
    score_kind: &'static str,
    score_range: Option<(i32, i32)>,
    top_level_bonus: bool,
    site_thresholds: (Option<i32>, Option<i32>),
    department: &'a str,
    fortune: &'a str,
    archived: bool,
    stated_comments: Option<u32>,
    loaded_comments: u32,
    min_score: Option<i32>,
    full_score: Option<i32>,
    notes: &'a [String],
    comments: Comments<'a>,
}

/// A text with its links and marks.
#[derive(Serialize)]
struct TextOut<'a> {
    text: String,
    links: Vec<&'a str>,
    /// The text itself, where its plain form would be read otherwise; then its blocks are among the marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    verbatim: Option<&'a str>,
    /// Without them, links are marked where they stand in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    marks: Option<Vec<MarkOut>>,
}

impl<'a> TextOut<'a> {
    fn new(text: TextRef<'a>) -> Self {
        let form = to_plain(text);
        let verbatim = Some(text.plain).filter(|_| !reads_back(text, &form));
        let marks = text.marks.iter().filter(|mark| verbatim.is_some() || !mark.kind.is_block());
        let marks: Vec<MarkOut> = marks.filter_map(MarkOut::new).collect();
        let links: Vec<&str> = text.links().collect();
        let marks = Some(marks).filter(|marks| !marks.is_empty() || !links.is_empty());
        Self { text: form, links, verbatim, marks }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum MarkOut {
    Plain(&'static str, u32, u32),
    Link(&'static str, u32, u32, u32),
}

impl MarkOut {
    fn new(mark: &Mark) -> Option<Self> {
        let mut named = MarkKind::BLOCKS.iter().chain(&MarkKind::INLINE);
        match mark.kind {
            MarkKind::Link(number) => Some(Self::Link("link", mark.start, mark.end, number)),
            kind => named.find(|(known, _)| *known == kind).map(|(_, name)| Self::Plain(name, mark.start, mark.end)),
        }
    }
}

struct Comments<'a>(&'a Thread, RowList);

impl Serialize for Comments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len() as usize))?;
        for comment in self.0.iter() {
            list.serialize_element(&CommentOut::new(comment, self.1.visibility(comment.index()).mode()))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct CommentOut<'a> {
    id: &'a str,
    parent: Option<&'a str>,
    depth: u32,
    author: Option<&'a str>,
    author_id: &'a str,
    op: bool,
    anonymous: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author_marks: Vec<&'static str>,
    score: Option<i32>,
    label: &'a str,
    subject: &'a str,
    posted_at: Option<String>,
    url: &'a str,
    #[serde(flatten)]
    text: TextOut<'a>,
    state: &'static str,
    mode: &'static str,
}

impl<'a> CommentOut<'a> {
    fn new(comment: Comment<'a>, mode: Mode) -> Self {
        let flags = comment.flags();
        let of_author = [("subscriber", flags.subscriber), ("journal", flags.journal), ("homepage", flags.homepage)];
        Self {
            id: comment.id(),
            parent: comment.parent().map(Comment::id),
            depth: comment.depth(),
            author: comment.author(),
            author_id: comment.author_id(),
            op: flags.op,
            anonymous: flags.anonymous,
            author_marks: of_author.into_iter().filter(|(_, set)| *set).map(|(name, _)| name).collect(),
            score: comment.score(),
            label: comment.label(),
            subject: comment.subject(),
            posted_at: comment.posted_at().and_then(rfc3339),
            url: comment.url(),
            text: TextOut::new(comment.body()),
            state: comment.state().name(),
            mode: mode.name(),
        }
    }
}

/// Writes a thread as one JSON object and a line break. Modes are by the selection, scores are the site's own.
///
/// # Errors
/// The writer's error.
pub fn json(thread: &Thread, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let story = thread.story();
    let selected = Selected::new(thread, selection.clone());
    let row_list = RowList::automatic(thread, &selected);
    let whole = ThreadOut {
        format: FORMAT,
        site: &story.site,
        id: &story.id,
        url: &story.url,
        title: &story.title,
        author: &story.author,
        posted_at: story.posted_at.and_then(rfc3339),
        link: &story.link,
        text: TextOut::new(story.text.borrow()),
        score: story.score,
        score_kind: story.score_kind.name(),
        score_range: story.score_range,
        top_level_bonus: story.top_level_bonus,
        site_thresholds: story.thresholds,
        department: &story.department,
        fortune: &story.fortune,
        archived: story.archived,
        stated_comments: story.stated_comments,
        loaded_comments: thread.len(),
        min_score: selected.cutoffs().hide(),
        full_score: selected.cutoffs().full(),
        notes: thread.notes(),
        comments: Comments(thread, row_list),
    };
    serde_json::to_writer(&mut *out, &whole)?;
    out.write_all(b"\n")
}
