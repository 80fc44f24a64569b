//! Feeds: RSS 2.0, RSS 1.0 (RDF) and Atom, however malformed, into plain items.
//!
//! A feed is read as a stream of tags and never as XML that must be well-formed, for the feeds that sites send are not: a
//! blank line before the declaration, the wrong charset, a bare `&`, HTML's entities, an item that is never closed, an end
//! in the middle. Elements are known by the names that everybody writes (`dc:date`), whether or not the prefix is
//! declared. Of two elements of one kind the first counts; of two texts the longer.

mod sink;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use super::charset;
use super::markup_scan::{self, Sink, Tag};

/// A feed. Its texts are as they came, entities undone once: whoever takes them cleans them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::site) struct Feed {
    /// Its title.
    pub(in crate::site) title: String,
    /// The page on the web that it is the feed of.
    pub(in crate::site) page: String,
    /// Its items.
    pub(in crate::site) items: Vec<Item>,
    /// Whether it ends before its end.
    pub(in crate::site) is_cut: bool,
}

/// One item of a feed; what it does not have is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::site) struct Item {
    /// The title.
    pub(in crate::site) title: String,
    /// Its address.
    pub(in crate::site) link: String,
    /// The link as it was before a service that counts readers was put in between.
    pub(in crate::site) original_link: String,
    /// The feed's own id for it.
    pub(in crate::site) id: String,
    /// Its author.
    pub(in crate::site) author: String,
    /// The time of publication, or else of the last change, in seconds since 1970 UTC.
    pub(in crate::site) time: Option<i64>,
    /// Its description or content, which is HTML.
    pub(in crate::site) html: String,
    /// Its first subject or category.
    pub(in crate::site) subject: String,
    /// `slash:comments`.
    pub(in crate::site) comments: Option<u32>,
    /// `slash:hit_parade`: the numbers of comments with a score of at least -1, 0, … 5, divided by commas.
    pub(in crate::site) hit_parade: String,
    /// `slash:section`.
    pub(in crate::site) section: String,
}

impl Feed {
    /// A sentence on its end, if that is missing.
    pub(in crate::site) fn end_note(&self) -> Option<String> {
        self.is_cut.then(|| "The feed is cut off; what comes before that is here".to_owned())
    }
}

/// Whether a text begins as a feed does.
pub(in crate::site) fn looks_like(text: &str) -> bool {
    const READ: usize = 4096;
    let start = text.get(..text.floor_char_boundary(READ)).unwrap_or(text).to_ascii_lowercase();
    let first = start.split('<').skip(1).find(|tag| !tag.starts_with(['?', '!']));
    first.is_some_and(|tag| ["rss", "rdf:rdf", "feed"].iter().any(|root| is_named(tag, root)))
}

/// Reads a feed as far as it goes.
pub(in crate::site) fn read(bytes: &[u8]) -> Feed {
    let source = charset::guessed(bytes);
    let source = without_cdata(&source);
    let mut sink = sink::FeedSink::new(&source);
    markup_scan::scan_xml(&source, &mut sink);
    sink.finish()
}

/// The links in a piece of HTML: where each leads, and its text.
pub(in crate::site) fn links(html: &str) -> Vec<(String, String)> {
    let mut links = Links::default();
    markup_scan::scan(html, &mut links);
    links.0
}

#[derive(Default)]
struct Links(Vec<(String, String)>);

impl Sink for Links {
    fn open(&mut self, tag: &Tag, _: Range<usize>) {
        if tag.name == "a" {
            self.0.push((tag.get("href").to_owned(), String::new()));
        }
    }

    fn close(&mut self, _: &str, _: Range<usize>) {}

    fn text(&mut self, text: &str) {
        if let Some((_, own)) = self.0.last_mut() {
            own.push_str(text);
        }
    }
}

fn is_named(tag: &str, name: &str) -> bool {
    tag.strip_prefix(name).is_some_and(|rest| rest.starts_with(|after: char| after.is_whitespace() || after == '>'))
}

/// The source with what CDATA holds written as other text is.
fn without_cdata(source: &str) -> Cow<'_, str> {
    const OPEN: &str = "<![CDATA[";
    if !source.contains(OPEN) {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.len() + source.len() / 4);
    let mut rest = source;
    while let Some((before, inside)) = rest.split_once(OPEN) {
        let (inside, after) = inside.split_once("]]>").unwrap_or((inside, ""));
        text.push_str(before);
        for character in inside.chars() {
            match character {
                '<' => text.push_str("&lt;"),
                '&' => text.push_str("&amp;"),
                other => text.push(other),
            }
        }
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}
