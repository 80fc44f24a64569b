//! One item of Hacker News, story or comment, as far as it is known.

use std::borrow::Cow;

use crate::markup;
use crate::model::{State, Text};
use crate::site::both_cores;
use crate::site::json::Value;

/// The kind of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Unknown,
    /// Also a job or a poll: what heads a page.
    Story,
    Comment,
    /// An option of a poll.
    Choice,
}

impl Kind {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "story" | "job" | "poll" => Self::Story,
            "comment" => Self::Comment,
            "pollopt" => Self::Choice,
            _ => Self::Unknown,
        }
    }
}

/// The order of an item's answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The search service's, by time or by nothing known.
    #[default]
    Other,
    /// The site's own, best first.
    Ranked,
}

/// The text of a comment. Of an answer that is here to its end texts are read when the thread is made, a few at a time: so
/// they are never in memory twice.
#[derive(Clone, Debug)]
pub(super) enum Body<'a> {
    /// A string of HTML, longer than any that stands in for a text.
    Source(Value<'a>),
    Read(Text),
}

impl<'a> Body<'a> {
    /// A comment's text, where the value is a string.
    pub(super) fn of(value: Value<'a>) -> Option<Self> {
        /// The most bytes of a string that is read at once, so that it is known where words stand in for a text.
        const SHORT: usize = 128;
        let html = value.text()?;
        Some(if html.len() > SHORT { Self::Source(value) } else { Self::Read(markup::html(&html)) })
    }

    /// The text.
    pub(super) fn text(&self) -> Cow<'_, Text> {
        match self {
            Self::Source(html) => Cow::Owned(markup::html(&html.text().unwrap_or_default())),
            Self::Read(text) => Cow::Borrowed(text),
        }
    }

    /// The bytes that the text takes, or a few more.
    pub(super) fn room(&self) -> usize {
        match self {
            Self::Source(html) => html.length(),
            Self::Read(text) => text.plain.len() + text.links.iter().map(String::len).sum::<usize>(),
        }
    }
}

/// An item; what no answer has said is `None` or empty.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each from a place of its own")]
pub(super) struct Post<'a> {
    pub(super) id: u64,
    pub(super) kind: Kind,
    pub(super) parent: Option<u64>,
    /// The story that it belongs to, as Algolia says.
    pub(super) story: Option<u64>,
    pub(super) author: Option<String>,
    pub(super) posted_at: Option<i64>,
    /// A comment's text.
    pub(super) body: Option<Body<'a>>,
    /// A story's or a choice's text as HTML, for the list of choices is added to it.
    pub(super) html: String,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) score: Option<i64>,
    /// The number of comments, as the site states it.
    pub(super) descendants: Option<u32>,
    /// Its answers: in the site's order once that is heard, else as the search service sends them.
    pub(super) kids: Vec<u64>,
    pub(super) kids_order: Order,
    /// The choices of a poll.
    pub(super) parts: Vec<u64>,
    pub(super) deleted: bool,
    pub(super) dead: bool,
    /// Whether its page shows it paler than others.
    pub(super) faded: bool,
    /// Requested, and not loaded.
    pub(super) failed: bool,
}

/// The largest number that an item may have; larger ones are made up for rows of a page that name none.
const MOST: u64 = u64::MAX / 2;

/// A made-up number for a row of a page, counted from 0.
pub(super) fn made_up(row: usize) -> u64 {
    MOST + 1 + row as u64
}

/// An item's number as the id of a comment.
pub(super) fn id_of(number: u64) -> String {
    if number > MOST { format!("#{}", number - MOST) } else { number.to_string() }
}

/// The same items with every text read, which need their answer no longer.
pub(super) fn read_bodies(posts: Vec<Post<'_>>) -> Vec<Post<'static>> {
    let texts = both_cores::map(&posts, |post| Some(post.body.as_ref()?.text().into_owned()));
    posts.into_iter().zip(texts).map(|(post, text)| post.with_text(text)).collect()
}

impl<'a> Post<'a> {
    /// The same with its text read, which needs its answer no longer.
    pub(super) fn with_body_read(self) -> Post<'static> {
        let text = self.body.as_ref().map(|body| body.text().into_owned());
        self.with_text(text)
    }

    fn with_text(self, text: Option<Text>) -> Post<'static> {
        Post { body: text.map(Body::Read), ..self }
    }

    /// Takes a text, whose role depends on the kind.
    pub(super) fn set_text(&mut self, value: Value<'a>) {
        match self.kind {
            Kind::Story | Kind::Choice => self.html = value.text().unwrap_or_default().into_owned(),
            Kind::Comment | Kind::Unknown => self.body = Body::of(value),
        }
    }

    /// Takes what another answer says of the same item: `newer` has the word where both speak.
    pub(super) fn merge(&mut self, newer: Self) {
        if newer.kind != Kind::Unknown {
            self.kind = newer.kind;
        }
        self.parent = newer.parent.or(self.parent);
        self.story = newer.story.or(self.story);
        self.author = newer.author.or(self.author.take());
        self.posted_at = newer.posted_at.or(self.posted_at);
        self.body = newer.body.or(self.body.take());
        self.score = newer.score.or(self.score);
        self.descendants = newer.descendants.or(self.descendants);
        fill(&mut self.html, newer.html);
        fill(&mut self.title, newer.title);
        fill(&mut self.link, newer.link);
        if !newer.kids.is_empty() {
            (self.kids, self.kids_order) = (newer.kids, newer.kids_order);
        }
        if !newer.parts.is_empty() {
            self.parts = newer.parts;
        }
        self.deleted |= newer.deleted;
        self.dead |= newer.dead;
        self.faded |= newer.faded;
        self.failed &= newer.failed;
    }

    /// About as many bytes as its texts take in a thread, or more.
    pub(super) fn room(&self) -> usize {
        /// The author and the address.
        const LINES: usize = 80;
        self.body.as_ref().map_or(0, Body::room) + LINES
    }

    /// Its score as the model counts.
    pub(super) fn points(&self) -> Option<i32> {
        self.score.map(|score| score.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }

    /// Its state, from its flags and the words that stand in for its text.
    pub(super) fn state(&self) -> State {
        let text = self.body.as_ref().map(|body| match body {
            Body::Source(_) => "",
            Body::Read(text) => text.plain.as_str(),
        });
        match text {
            _ if self.deleted => State::Deleted,
            Some("[dead]" | "[flagged]") => State::Dead,
            _ if self.dead => State::Dead,
            _ if self.failed => State::Missing,
            None if self.author.is_none() => State::Deleted,
            Some("[delayed]") | None => State::Missing,
            Some(_) => State::Live,
        }
    }

    /// Whether it is a comment that can be read.
    pub(super) fn is_live_comment(&self) -> bool {
        matches!(self.kind, Kind::Comment | Kind::Unknown) && self.state() == State::Live
    }
}

fn fill(own: &mut String, newer: String) {
    if !newer.is_empty() {
        *own = newer;
    }
}
