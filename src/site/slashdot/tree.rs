//! The comments in a page's markup, or in a fragment of one: collected by the ids of their elements.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::comment::{self, Body, Shown};
use super::time::Stamp;
use crate::markup;
use crate::model::Flags;
use crate::site::markup_scan::{self, Regions, Sink, Tag};

/// The comments that a pass over markup found.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree<'a> {
    /// The comments with their numbers, each once.
    pub(super) comments: Vec<(u64, Shown<'a>)>,
    /// Whether there is a list of comments at all.
    pub(super) listing: bool,
    /// Whether the source ends in the middle of a comment.
    pub(super) cut: bool,
}

/// Collects comments out of the tags of a page or a fragment.
///
/// A comment's body is the source between its tags, found by counting `div`s. An id that can only belong to the frame
/// of a comment ends a body too, so that a body with a `div` too many does not swallow the comments after it.
#[derive(Default)]
pub(super) struct TreeSink<'a> {
    source: &'a str,
    comments: RawComments<'a>,
    regions: Regions<Part>,
    /// The comment whose frame is open; what has no number of its own belongs to it.
    current: u64,
    /// For every open `ul`, whose replies it holds.
    lists: Vec<Holder>,
    /// The number of `ul` that were closed and not opened here.
    closed_outside: usize,
    listing: bool,
    cut: bool,
}

/// The comment, or 0 for the story, whose replies a list holds.
#[derive(Clone, Copy, Debug)]
enum Holder {
    Comment(u64),
    /// That of a list which was open before the part of the page that is read; 0 is the innermost.
    Outside(usize),
}

/// A part of a comment's frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Subject,
    Score,
    By,
    Preposition,
    Name,
    Details,
    Small,
    Body(u64, usize),
    Signature(u64, usize),
}

/// The comments met so far. What is asked for is mostly the comment that was asked for last.
#[derive(Default)]
struct RawComments<'a> {
    all: Vec<(u64, Raw<'a>)>,
    places: HashMap<u64, usize>,
    last: usize,
}

impl<'a> RawComments<'a> {
    /// The comment of a number, which is met now at the latest.
    fn get(&mut self, cid: u64) -> &mut Raw<'a> {
        if self.all.get(self.last).is_none_or(|(last, _)| *last != cid) {
            self.last = *self.places.entry(cid).or_insert(self.all.len());
        }
        if self.last == self.all.len() {
            self.all.push((cid, Raw::default()));
        }
        &mut self.all[self.last].1
    }
}

/// The texts of one comment as they stand in the source.
#[derive(Clone, Debug, Default)]
struct Raw<'a> {
    parent: Option<Holder>,
    discussion: Option<u64>,
    subject: String,
    score: String,
    name: String,
    loose_name: String,
    after_name: String,
    /// Whether the byline's name and what belongs to it are past.
    named: bool,
    details: String,
    small: String,
    body: Option<&'a str>,
    signature: Option<&'a str>,
    cut: bool,
}

/// Reads a fragment that stands inside `#comment_CID`, or a part of one.
pub(super) fn fragment(source: &str) -> Tree<'_> {
    let mut sink = TreeSink::new(source);
    markup_scan::scan(source, &mut sink);
    sink.finish()
}

impl Tree<'_> {
    /// The numbers of the comments.
    pub(super) fn cids(&self) -> BTreeSet<u64> {
        self.comments.iter().map(|&(cid, _)| cid).collect()
    }
}

impl<'a> TreeSink<'a> {
    /// A collector for `source`, which must be what is then scanned.
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, ..Self::default() }
    }

    /// The page.
    pub(super) fn source(&self) -> &'a str {
        self.source
    }

    /// Ends the body that is open, where a part of the page ends before a comment; whether nothing else is open there.
    pub(super) fn ends_before_comment(&mut self, end: usize) -> bool {
        if let Some(Part::Body(..) | Part::Signature(..)) = self.regions.inner() {
            for part in self.regions.leave_all() {
                self.end_part(part, end);
            }
        }
        self.regions.inner().is_none()
    }

    /// Takes what the rest of the page has; `None` where that has more of a comment that is here.
    pub(super) fn append(mut self, rest: Self) -> Option<Self> {
        let outside = |step: usize| {
            let place = self.lists.len().checked_sub(step + 1);
            place.map_or(Holder::Comment(0), |place| self.lists[place])
        };
        for (cid, mut raw) in rest.comments.all {
            if self.comments.places.contains_key(&cid) {
                return None;
            }
            if let Some(Holder::Outside(step)) = raw.parent {
                raw.parent = Some(outside(step));
            }
            self.comments.all.push((cid, raw));
        }
        let (listing, cut) = (self.listing || rest.listing, self.cut || rest.cut);
        Some(Self { regions: rest.regions, listing, cut, ..self })
    }

    /// Ends the page, and gives its comments.
    pub(super) fn finish(mut self) -> Tree<'a> {
        let end = self.source.len();
        for part in self.regions.leave_all() {
            if let Part::Body(cid, _) | Part::Signature(cid, _) = part {
                self.cut = true;
                self.comment(cid).cut = true;
            }
            self.end_part(part, end);
        }
        self.comments.all.retain(|&(cid, _)| cid > 0);
        let comments = self.comments.all.into_iter().map(|(cid, raw)| (cid, raw.read())).collect();
        Tree { comments, listing: self.listing, cut: self.cut }
    }

    fn comment(&mut self, cid: u64) -> &mut Raw<'a> {
        self.comments.get(cid)
    }

    fn here(&mut self) -> &mut Raw<'a> {
        self.comment(self.current)
    }

    fn end_part(&mut self, part: Part, at: usize) {
        let source = self.source;
        match part {
            Part::Body(cid, start) => self.comment(cid).body = source.get(start..at),
            Part::Signature(cid, start) => self.comment(cid).signature = source.get(start..at),
            _ => {}
        }
    }

    /// A tag within a body: nothing but a mark that the body is cut.
    fn inside(&mut self, tag: &Tag, cid: u64) {
        if tag.name == "span" && tag.has_class("substr") {
            self.comment(cid).cut = true;
        }
    }

    /// The lists and items that nest the comments; `id` is the tag's, with its number.
    fn nest(&mut self, tag: &Tag, id: Option<(&str, u64)>) {
        let around = || self.lists.last().copied().unwrap_or(Holder::Outside(self.closed_outside));
        match (tag.name.as_str(), id) {
            ("ul", Some(("commtree", cid))) => self.lists.push(Holder::Comment(cid)),
            ("ul", _) => {
                self.listing |= tag.get("id") == "commentlisting";
                let around = around();
                self.lists.push(around);
            }
            ("li", Some(("tree", cid))) => {
                let parent = around();
                self.current = cid;
                self.comment(cid).parent = Some(parent);
            }
            ("li", _) => {}
            (_, Some(("comment" | "comment_top", cid))) => self.current = cid,
            _ => {}
        }
    }

    /// The part that a tag opens; `id` is its own, with its number.
    fn part(&mut self, tag: &Tag, id: Option<(&str, u64)>, after: usize) -> Option<Part> {
        match id {
            Some(("comment_body", cid)) => {
                self.comment(cid).named = true;
                return Some(Part::Body(cid, after));
            }
            Some(("comment_sig", cid)) => return Some(Part::Signature(cid, after)),
            Some(("comment_shrunk", cid)) => self.comment(cid).cut = true,
            _ => {}
        }
        if self.current == 0 {
            return None;
        }
        match tag.name.as_str() {
            "a" => self.link(tag),
            "span" if matches!(id, Some(("comment_score", _))) => Some(Part::Score),
            "span" if tag.has_class("by") => Some(Part::By),
            "span" if tag.has_class("byby") => Some(Part::Preposition),
            "span" if matches!(id, Some(("comment_otherdetails", _))) => {
                self.here().named = true;
                Some(Part::Details)
            }
            "small" if self.regions.any(|part| part == Part::Details) => Some(Part::Small),
            _ => None,
        }
    }

    fn link(&mut self, tag: &Tag) -> Option<Part> {
        let href = tag.get("href");
        let here = self.here();
        here.discussion = here.discussion.or_else(|| discussion_in(href));
        if tag.numbered("comment_link_").is_some() {
            return Some(Part::Subject);
        }
        let first = here.name.is_empty();
        (first && href.contains("/~") && self.regions.inner() == Some(Part::By)).then_some(Part::Name)
    }
}

impl Sink for TreeSink<'_> {
    fn open(&mut self, tag: &Tag, at: Range<usize>) {
        let (id, body) = (tag.numbered_id(), self.regions.inner());
        if let Some(Part::Body(cid, _) | Part::Signature(cid, _)) = body {
            if !id.is_some_and(|(prefix, _)| FRAMES.contains(&prefix)) {
                self.inside(tag, cid);
                self.regions.enter(&tag.name, None);
                return;
            }
            for part in self.regions.leave_all() {
                self.end_part(part, at.start);
            }
        }
        self.nest(tag, id);
        let part = self.part(tag, id, at.end);
        self.regions.enter(&tag.name, part);
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        if name == "ul" && !self.regions.any(|part| matches!(part, Part::Body(..) | Part::Signature(..))) {
            self.closed_outside += usize::from(self.lists.pop().is_none());
        }
        for part in self.regions.leave(name) {
            self.end_part(part, at.start);
        }
    }

    fn text(&mut self, text: &str) {
        let inner = self.regions.inner();
        if self.current == 0 || matches!(inner, Some(Part::Body(..) | Part::Signature(..) | Part::Preposition)) {
            return;
        }
        let here = self.here();
        match inner {
            Some(Part::Subject) => here.subject.push_str(text),
            Some(Part::Score) => here.score.push_str(text),
            Some(Part::Name) => here.name.push_str(text),
            Some(Part::By) if here.name.is_empty() => here.loose_name.push_str(text),
            Some(Part::Details) => here.details.push_str(text),
            Some(Part::Small) => here.small.push_str(text),
            _ if !here.name.is_empty() && !here.named => here.after_name.push_str(text),
            _ => {}
        }
    }
}

/// What stands before the number in ids that can only belong to the frame of a comment, never to what somebody wrote.
const FRAMES: [&str; 8] =
    ["tree", "comment", "comment_top", "comment_sub", "comment_body", "comment_sig", "comment_shrunk", "replyto"];

/// The discussion in a link such as `//slashdot.org/comments.pl?sid=24093420&cid=…`.
fn discussion_in(href: &str) -> Option<u64> {
    let (_, query) = href.split_once("comments.pl?")?;
    query.split('&').find_map(|pair| pair.strip_prefix("sid=")?.parse().ok())
}

impl Holder {
    /// The comment's number; a list that was never opened is the story's.
    fn cid(self) -> u64 {
        match self {
            Self::Comment(cid) => cid,
            Self::Outside(_) => 0,
        }
    }
}

impl<'a> Raw<'a> {
    fn read(self) -> Shown<'a> {
        let (score, label) = comment::score(&self.score);
        let (author, uid) = self.by();
        let small = self.small.to_ascii_lowercase();
        Shown {
            parent: self.parent.map(Holder::cid),
            discussion: self.discussion,
            subject: markup::clean_line(&self.subject),
            score,
            label,
            author: Some(author).filter(|author| !author.is_empty()),
            uid,
            flags: Flags {
                subscriber: self.after_name.contains('*'),
                journal: small.contains("journal"),
                homepage: small.contains("homepage"),
                ..Flags::default()
            },
            stamp: Stamp::find(&self.details),
            body: self.body.map(|body| Body::Source { body, signature: self.signature }),
            cut: self.cut,
            is_line: false,
        }
    }

    /// The author's name and number. The number stands after the name, and where no link holds the name, in it.
    fn by(&self) -> (String, Option<i64>) {
        let name = if self.name.trim().is_empty() { &self.loose_name } else { &self.name };
        let name = markup::clean_line(name);
        let uid = self.after_name.split_once('(').and_then(|(_, rest)| comment::uid(rest.split(')').next()?));
        if uid.is_some() {
            return (name, uid);
        }
        comment::name_and_uid(&name)
    }
}
