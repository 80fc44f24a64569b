//! The comments of a thread from one answer or many, each once, and the stubs of those that were left out.

use std::collections::{HashMap, HashSet};

use super::answer::{is_comment, is_post, is_stub, things_of};
use super::context::AnswerContext;
use super::post;
use super::stubs::Stub;
use crate::model::{Builder, Story, Thread};
use crate::site::json::{Document, Value};

/// A thread on its way.
#[derive(Debug, Default)]
pub(super) struct Discussion {
    origin: String,
    story: Option<Story>,
    builder: Builder,
    /// The depth of each comment, by id.
    depths: HashMap<String, u32>,
    is_contest: bool,
    is_single: bool,
    is_part: bool,
}

/// The comments and stubs that an answer brought.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The number of comments in the answer that were not loaded before.
    pub(super) fresh: u32,
    /// The stubs in the answer, for comments that it left out.
    pub(super) stubs: Vec<Stub>,
    /// The number of things that are no comments.
    pub(super) others: usize,
}

impl Discussion {
    /// A discussion with nothing in it, of a site whose pages are here.
    pub(super) fn new(origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..Self::default() }
    }

    /// The discussion of one answer, after which no other comes.
    pub(super) fn single(origin: &str) -> Self {
        Self { is_single: true, ..Self::new(origin) }
    }

    /// Heads the discussion, unless it has a head.
    pub(super) fn head(&mut self, story: impl FnOnce() -> Story) {
        self.story.get_or_insert_with(story);
    }

    /// Takes a post, as the head of the discussion, and things at the top of an answer.
    pub(super) fn take(&mut self, post: Option<Value<'_>>, things: Vec<Value<'_>>) -> Taken {
        self.is_contest |= post.is_some_and(|post| post.get("contest_mode").boolean() == Some(true));
        let origin = self.origin.clone();
        let context =
            AnswerContext { origin: &origin, is_escaped: is_escaped(post, &things), is_contest: self.is_contest };
        if let Some(post) = post {
            self.head(|| post::story(post, &context));
        }
        self.walk(things, &context)
    }

    /// Notes where an answer stops to be JSON, if it does.
    pub(super) fn note_damage(&mut self, document: &Document) {
        if let Some(note) = document.damage_note() {
            self.note(note);
        }
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.builder.note(note);
    }

    /// Whether a comment is here.
    pub(super) fn has(&self, id: &str) -> bool {
        self.depths.contains_key(id)
    }

    /// Whether comments stand at the top that answer others, which are elsewhere.
    pub(super) fn is_part(&self) -> bool {
        self.is_part
    }

    pub(super) fn loaded(&self) -> u32 {
        self.builder.len() as u32
    }

    /// The number of comments, as the site states it.
    pub(super) fn stated(&self) -> Option<u32> {
        self.story.as_ref()?.stated_comments
    }

    /// The thread so far, with more notes; nothing before it has a head.
    pub(super) fn thread(&self, notes: Vec<String>) -> Option<Thread> {
        let story = self.story.clone()?;
        let mut builder = self.builder.clone();
        for note in notes {
            builder.note(note);
        }
        Some(builder.finish(story))
    }

    fn walk(&mut self, things: Vec<Value<'_>>, context: &AnswerContext<'_>) -> Taken {
        let beside = if self.is_single { ids(&things) } else { HashSet::new() };
        let mut taken = Taken::default();
        let mut walked: Vec<String> = Vec::new();
        let mut stack: Vec<(Value<'_>, Option<usize>)> = things.into_iter().rev().map(|thing| (thing, None)).collect();
        while let Some((thing, above)) = stack.pop() {
            let data = thing.get("data");
            let above = above.and_then(|above| walked.get(above)).cloned();
            if is_stub(thing) {
                let parent = above.or_else(|| post::parent(data));
                taken.stubs.push(Stub::read(data, self.depth_below(parent.as_deref()), parent));
            } else if is_comment(thing) {
                let parent = above.or_else(|| self.parent(data, &beside));
                let replies = things_of(data.get("replies")).into_iter().rev();
                stack.extend(replies.map(|reply| (reply, Some(walked.len()))));
                walked.push(self.push(data, parent.as_deref(), context, &mut taken));
            } else if is_post(thing) {
                post::push_post(data, context, &mut self.builder);
            } else {
                taken.others += 1;
            }
        }
        taken
    }

    /// The comment that one at the top of an answer says it answers. Where that can no longer come, it stands at the top.
    fn parent(&mut self, comment: Value<'_>, beside: &HashSet<String>) -> Option<String> {
        let parent = post::parent(comment)?;
        if self.is_single && !beside.contains(&parent) {
            self.is_part = true;
            return None;
        }
        Some(parent)
    }

    /// Adds a comment unless it is here; its id, or the one that the builder makes up where it has none.
    fn push(
        &mut self,
        comment: Value<'_>,
        parent: Option<&str>,
        context: &AnswerContext<'_>,
        taken: &mut Taken,
    ) -> String {
        let id = post::id(comment);
        if self.has(&id) {
            return id;
        }
        let depth = self.depth_below(parent);
        post::push(comment, parent, context, self.story.as_ref(), &mut self.builder);
        taken.fresh += 1;
        let id = if id.is_empty() { format!("#{}", self.builder.len()) } else { id };
        self.depths.insert(id.clone(), depth);
        id
    }

    fn depth_below(&self, parent: Option<&str>) -> u32 {
        parent.and_then(|parent| self.depths.get(parent)).map_or(0, |depth| depth + 1)
    }
}

fn ids(things: &[Value<'_>]) -> HashSet<String> {
    things.iter().map(|thing| post::id(thing.get("data"))).collect()
}

/// Whether the texts are escaped once more than they should be: HTML then has no tag that is one; and where no HTML was
/// sent, no text has a sign that would be escaped, but some have it escaped.
pub(super) fn is_escaped(post: Option<Value<'_>>, things: &[Value<'_>]) -> bool {
    const HTML: [&str; 2] = ["body_html", "selftext_html"];
    const MARKDOWN: [&str; 3] = ["body", "selftext", "title"];
    let all = || things.iter().map(|thing| thing.get("data")).chain(post);
    let mut html = all().flat_map(|thing| HTML.map(|key| thing.get(key))).filter_map(Value::text).peekable();
    if html.peek().is_some() {
        return html.any(|html| html.trim_start().starts_with("&lt;"));
    }
    let mut is_any = false;
    let is_none_bare = all().flat_map(|thing| MARKDOWN.map(|key| thing.get(key))).filter_map(Value::text).all(|text| {
        is_any |= ["&lt;", "&gt;", "&amp;"].iter().any(|sign| text.contains(sign));
        !text.contains(['<', '>'])
    });
    is_any && is_none_bare
}
