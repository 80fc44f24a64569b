//! A discussion as far as it is loaded: its post, its comments, and the gaps between them.

use std::collections::HashMap;

use super::INFO;
use super::answer::AnswerRows;
use super::names::body;
use super::row::{CommentRow, PostRow};
use crate::markup::clean_line;
use crate::model::{Builder, Draft, Flags, State, Story, Text, Thread, counted};
use crate::site::grammar::host;

/// The post and the comments, each once, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Discussion {
    /// Scheme and host of the instance whose numbers these are, or empty.
    origin: String,
    post: PostRow,
    rows: Vec<CommentRow>,
    places: HashMap<u64, usize>,
    notes: Vec<String>,
    /// Whose comments these are, if they are of one person and not of one post.
    person: Option<String>,
}

impl Discussion {
    /// Nothing of a post yet.
    pub(super) fn new(origin: String, post: Option<u64>) -> Self {
        Self { origin, post: PostRow { id: post, ..PostRow::default() }, ..Self::default() }
    }

    /// The discussion that saved answers are of, without their comments yet.
    pub(super) fn from_file(page: &AnswerRows) -> Self {
        let mut found = page.rows.iter().filter_map(|row| row.origin.clone());
        let origin = page.post.as_ref().and_then(|post| post.origin.clone()).or_else(|| found.next());
        let first = page.rows.first().and_then(|row| row.post.id);
        let is_one = page.rows.iter().all(|row| row.post.id == first);
        let post = page.post.as_ref().map_or(first.filter(|_| is_one), |post| post.id);
        let person = page.person.clone().or_else(|| (!is_one).then(String::new)).filter(|_| page.post.is_none());
        Self { person, ..Self::new(origin.unwrap_or_default(), post) }
    }

    /// Takes an answer; the numbers of the comments that were not here before.
    pub(super) fn take(&mut self, page: AnswerRows) -> Vec<u64> {
        if let Some(damage) = page.damage {
            self.note(format!("An answer is damaged at {damage}; what comes before that is here"));
        }
        if let Some(post) = page.post {
            self.post = post;
        }
        let mut news = Vec::new();
        for row in page.rows {
            if self.is_own(&row) && !self.places.contains_key(&row.id) {
                self.know(&row.post);
                self.places.insert(row.id, self.rows.len());
                news.push(row.id);
                self.rows.push(row);
            }
        }
        news
    }

    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn post_id(&self) -> Option<u64> {
        self.post.id
    }

    pub(super) fn loaded(&self) -> u32 {
        self.rows.len() as u32
    }

    pub(super) fn stated(&self) -> Option<u32> {
        self.post.stated
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn has_post(&self) -> bool {
        !self.post.title.is_empty()
    }

    /// The number of comments that the site states and that are not loaded.
    pub(super) fn missing(&self) -> u32 {
        let below: u32 =
            self.gaps().iter().filter(|gap| gap.is_top).fold(0, |sum, gap| sum.saturating_add(gap.missing));
        self.stated().unwrap_or_default().saturating_sub(self.loaded()).max(below)
    }

    /// The comments below which some are missing, those at the top first.
    pub(super) fn gaps(&self) -> Vec<Gap<'_>> {
        let mut here: HashMap<u64, u32> = HashMap::new();
        for above in self.rows.iter().flat_map(|row| &row.above) {
            *here.entry(*above).or_default() += 1;
        }
        let missing =
            |row: &CommentRow| row.stated_below.saturating_sub(here.get(&row.id).copied().unwrap_or_default());
        let open: HashMap<u64, u32> =
            self.rows.iter().map(|row| (row.id, missing(row))).filter(|(_, missing)| *missing > 0).collect();
        let gap = |row: &'_ CommentRow| Some((row.id, *open.get(&row.id)?));
        let outer = |row: &CommentRow| row.above.iter().rev().find(|above| open.contains_key(above)).copied();
        let mut inner: HashMap<u64, Vec<u32>> = HashMap::new();
        for row in &self.rows {
            if let (Some((_, missing)), Some(outer)) = (gap(row), outer(row)) {
                inner.entry(outer).or_default().push(missing);
            }
        }
        let gap = |row| {
            let (id, missing) = gap(row)?;
            let is_passed = inner.get(&id).is_some_and(|inner| inner.as_slice() == [missing]);
            Some(Gap { id, missing, above: &row.above, is_top: outer(row).is_none(), is_passed })
        };
        let mut gaps: Vec<Gap<'_>> = self.rows.iter().filter_map(gap).collect();
        gaps.sort_by_key(|gap| gap.above.len());
        gaps
    }

    /// The discussion as a thread.
    pub(super) fn thread(&self) -> Thread {
        let mut builder = Builder::new();
        for note in &self.notes {
            builder.note(note.clone());
        }
        for row in &self.rows {
            self.push(row, &mut builder);
        }
        if let Some(note) = self.orphans() {
            builder.note(note);
        }
        builder.finish(self.story())
    }

    /// A note on the comments that answer one that is not here. Those of a person are all so.
    fn orphans(&self) -> Option<String> {
        let is_orphan = |row: &&CommentRow| row.above.last().is_some_and(|parent| !self.places.contains_key(parent));
        let orphans = self.rows.iter().filter(is_orphan).count();
        let says = "one that is not here; each stands under the nearest above it, or at the top";
        (orphans > 0 && self.person.is_none()).then(|| {
            format!("{} {} {says}", counted(orphans, "comment"), if orphans == 1 { "answers" } else { "answer" })
        })
    }

    /// Whether the comment is of this post. Of another post's comments none are, unless the file is about their author.
    fn is_own(&self, row: &CommentRow) -> bool {
        self.person.is_some() || row.post.id.is_none() || self.post.id.is_none() || row.post.id == self.post.id
    }

    /// Learns of the post from what stands beside a comment.
    fn know(&mut self, post: &PostRow) {
        if self.post.title.is_empty() && self.person.is_none() {
            self.post = PostRow { stated: self.post.stated, ..post.clone() };
        }
    }

    fn push(&self, row: &CommentRow, builder: &mut Builder) {
        let nearest = row.above.iter().rev().find(|above| self.places.contains_key(above));
        let (id, parent) = (row.id.to_string(), nearest.map(u64::to_string));
        let body = if row.state == State::Live { body(&row.content) } else { Text::default() };
        let is_op = row.author_id.is_some() && row.author_id == self.post.author_id && self.person.is_none();
        builder.push(&Draft {
            id: &id,
            parent: parent.as_deref(),
            author: row.author.as_deref(),
            // A person's number is one instance's own, and says nothing to people.
            author_id: "",
            url: &self.url("comment", Some(row.id), &row.home),
            score: row.score,
            posted_at: row.posted_at,
            state: row.state,
            flags: Flags { op: is_op, ..Flags::default() },
            body: body.borrow(),
            ..Draft::default()
        });
    }

    fn story(&self) -> Story {
        let post = &self.post;
        let is_live = post.state == State::Live;
        Story {
            id: self.id(),
            url: self.url("post", post.id, &post.home),
            title: self.title(),
            author: post.author.clone().unwrap_or_default(),
            posted_at: post.posted_at,
            link: post.link.clone(),
            text: if is_live { body(&post.content) } else { Text::default() },
            score: post.score,
            archived: post.is_locked,
            stated_comments: post.stated,
            ..INFO.story()
        }
    }

    fn title(&self) -> String {
        match (&self.person, self.post.state) {
            (Some(name), _) if name.is_empty() => "Comments of several posts".to_owned(),
            (Some(name), _) => format!("Comments by {}", clean_line(name)),
            (None, State::Live) => self.post.title.clone(),
            (None, State::Removed) => format!("{} (removed)", self.post.title),
            (None, _) => format!("{} (deleted)", self.post.title),
        }
    }

    /// Numbers are of one instance, so it is part of the id.
    fn id(&self) -> String {
        let number = self.post.id.map(|id| id.to_string()).unwrap_or_default();
        match host(&self.origin) {
            host if host.is_empty() || number.is_empty() => number,
            host => format!("{host}/{number}"),
        }
    }

    /// The address of a page here; where it is not known which instance this is, the one where it was written.
    fn url(&self, kind: &str, id: Option<u64>, home: &str) -> String {
        match id.filter(|_| !self.origin.is_empty()) {
            Some(id) => format!("{}/{kind}/{id}", self.origin),
            None => home.to_owned(),
        }
    }
}

/// A comment below which some are missing.
#[derive(Clone, Debug)]
pub(super) struct Gap<'d> {
    pub(super) id: u64,
    pub(super) missing: u32,
    /// Its ancestors.
    pub(super) above: &'d [u64],
    /// Whether it is below no other gap.
    pub(super) is_top: bool,
    /// Whether one comment below it lacks all that it does.
    pub(super) is_passed: bool,
}
