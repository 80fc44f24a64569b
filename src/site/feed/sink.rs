//! Collects a feed from its tags: the parts of items, and their ends.

use std::ops::Range;

use super::{Feed, Item};
use crate::site::markup_scan::{Sink, Tag};

/// A part of a feed or of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Title,
    Link,
    OriginalLink,
    Id,
    Author,
    Published,
    Updated,
    Html,
    Subject,
    Comments,
    HitParade,
    Section,
}

/// The element that is being read.
struct Open {
    part: Part,
    name: String,
    /// The number of open elements of its name.
    depth: u32,
    /// The offset of its content, if that is XHTML and taken as it stands.
    raw: Option<usize>,
    text: String,
}

/// Collects a feed. Nothing in it nests deeper than one element within one item, whatever the feed nests.
pub(super) struct FeedSink<'a> {
    source: &'a str,
    feed: Feed,
    item: Option<Item>,
    /// The item's time of change, which serves as its time of publication if it has no better one.
    updated: Option<i64>,
    open: Option<Open>,
    is_whole: bool,
}

impl<'a> FeedSink<'a> {
    /// A collector for `source`, which must be what is then scanned.
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, feed: Feed::default(), item: None, updated: None, open: None, is_whole: false }
    }

    /// Ends the feed, and gives its content.
    pub(super) fn finish(mut self) -> Feed {
        self.end_item(self.source.len());
        self.feed.is_cut = !self.is_whole;
        self.feed
    }

    fn end_item(&mut self, at: usize) {
        self.end_part(at);
        if let Some(mut item) = self.item.take() {
            item.time = item.time.or(self.updated.take());
            self.feed.items.push(item);
        }
    }

    fn end_part(&mut self, at: usize) {
        let Some(open) = self.open.take() else { return };
        let raw = open.raw.and_then(|start| self.source.get(start..at));
        self.keep(open.part, raw.unwrap_or(&open.text).trim());
    }

    fn keep(&mut self, part: Part, text: &str) {
        let Some(item) = &mut self.item else {
            match part {
                Part::Title => keep_first(&mut self.feed.title, text),
                Part::Link => keep_first(&mut self.feed.page, text),
                _ => {}
            }
            return;
        };
        match part {
            Part::Title => keep_first(&mut item.title, text),
            Part::Link => keep_first(&mut item.link, text),
            Part::OriginalLink => keep_first(&mut item.original_link, text),
            Part::Id => keep_first(&mut item.id, text),
            Part::Author => keep_first(&mut item.author, text),
            Part::Subject => keep_first(&mut item.subject, text),
            Part::Section => keep_first(&mut item.section, text),
            Part::Published => item.time = item.time.or_else(|| time(text)),
            Part::Updated => self.updated = self.updated.or_else(|| time(text)),
            Part::Comments => item.comments = item.comments.or_else(|| text.parse().ok()),
            Part::HitParade => keep_first(&mut item.hit_parade, text),
            Part::Html if text.len() > item.html.len() => text.clone_into(&mut item.html),
            Part::Html => {}
        }
    }

    /// Takes what stands in the attributes of a tag; says whether that is all there is to take of it.
    fn take_attributes(&mut self, tag: &Tag) -> bool {
        match tag.name.as_str() {
            "link" if !tag.get("href").is_empty() => {
                if matches!(tag.get("rel"), "" | "alternate") {
                    self.keep(Part::Link, tag.get("href"));
                }
                true
            }
            "category" if !tag.get("term").is_empty() => {
                let name = if tag.get("label").is_empty() { tag.get("term") } else { tag.get("label") };
                self.keep(Part::Subject, name);
                true
            }
            _ => false,
        }
    }

    /// A tag within an element that continues: its text is of a piece, and in HTML the tag is part of it.
    fn inside(&mut self, name: &str, at: Range<usize>, step: i32) {
        let Some(open) = &mut self.open else { return };
        let written = self.source.get(at).unwrap_or_default();
        // A tag that closes itself comes a second time as its own end.
        if open.part == Part::Html && (step > 0 || written.starts_with("</")) {
            open.text.push_str(written);
        }
        if open.name == name {
            open.depth = open.depth.saturating_add_signed(step);
        }
    }
}

impl Sink for FeedSink<'_> {
    fn open(&mut self, tag: &Tag, at: Range<usize>) {
        let name = tag.name.as_str();
        if matches!(name, "item" | "entry") {
            self.end_item(at.start);
            self.item = Some(Item::default());
            return;
        }
        if let Some(open) = &self.open {
            if !ends(open.part, name) {
                return self.inside(name, at, 1);
            }
            self.end_part(at.start);
        }
        if self.take_attributes(tag) {
            return;
        }
        if let Some(part) = part_of(name) {
            let raw = (tag.get("type") == "xhtml").then_some(at.end);
            self.open = Some(Open { part, name: name.to_owned(), depth: 1, raw, text: String::new() });
        }
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        match name {
            "item" | "entry" => return self.end_item(at.start),
            "rss" | "rdf:rdf" | "feed" => self.is_whole = true,
            _ => {}
        }
        match &self.open {
            Some(open) if open.name == name && open.depth == 1 => self.end_part(at.start),
            Some(_) => self.inside(name, at, -1),
            None => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.text.push_str(text);
        }
    }
}

fn part_of(name: &str) -> Option<Part> {
    Some(match name {
        "title" => Part::Title,
        "link" => Part::Link,
        "feedburner:origlink" => Part::OriginalLink,
        "guid" | "id" => Part::Id,
        // Atom's `author` holds a `name`, which ends it.
        "author" | "name" | "dc:creator" => Part::Author,
        "pubdate" | "published" | "dc:date" => Part::Published,
        "updated" => Part::Updated,
        "description" | "summary" | "content" | "content:encoded" => Part::Html,
        "dc:subject" | "category" => Part::Subject,
        "slash:comments" => Part::Comments,
        "slash:hit_parade" => Part::HitParade,
        "slash:section" => Part::Section,
        _ => return None,
    })
}

/// Whether a start tag shows that the open element was never closed. HTML has elements of some of the names itself.
fn ends(open: Part, name: &str) -> bool {
    let is_only_of_feeds = name.contains(':') || matches!(name, "pubdate" | "guid" | "published" | "updated");
    part_of(name).is_some() && (open != Part::Html || is_only_of_feeds)
}

fn keep_first(place: &mut String, text: &str) {
    if place.is_empty() {
        text.clone_into(place);
    }
}

/// A time in the form of mail (`Wed, 20 Mar 2013 14:57:00 GMT`) or of RFC 3339.
fn time(text: &str) -> Option<i64> {
    let time =
        text.parse::<jiff::Timestamp>().or_else(|_| jiff::fmt::rfc2822::parse(text).map(|time| time.timestamp()));
    time.ok().map(jiff::Timestamp::as_second)
}
