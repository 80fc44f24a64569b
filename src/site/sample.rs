//! A file whose format is to be told: its start, its kind, and what is read of it as a whole, which is read once.

use std::borrow::Cow;
use std::cell::OnceCell;

use memchr::memmem;

use crate::site::charset;
use crate::site::feed::{self, Feed};
use crate::site::html;
use crate::site::json::Document;

/// The number of bytes that tell a format. Names of fields and of hosts stand long before this in all captured files;
/// it is this much because a topic's or a post's own text may come before the field that tells.
const START: usize = 1 << 17;

/// A file, or what came by standard input.
#[derive(Debug)]
pub struct Sample<'b> {
    bytes: &'b [u8],
    /// Whether a byte order mark says that it is UTF-8, whatever it says of itself.
    is_marked: bool,
    start: Cow<'b, str>,
    kind: Kind,
    document: OnceCell<Document<'b>>,
    page: OnceCell<Cow<'b, str>>,
    tree: OnceCell<html::Tree>,
    feed: OnceCell<Feed>,
}

/// The kind of a file, by its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) enum Kind {
    /// JSON that begins with an object; more may stand behind it, one a line.
    Object,
    /// JSON that begins with a list.
    List,
    /// A page, or markup of any kind that is no feed.
    Page,
    /// RSS or Atom.
    Feed,
    /// Anything else.
    Text,
}

/// Whether a word stands anywhere in a page, which may be large.
pub(in crate::site) fn holds(page: &str, word: &str) -> bool {
    memmem::find(page.as_bytes(), word.as_bytes()).is_some()
}

impl<'b> Sample<'b> {
    /// A sample of these bytes, of which the start is looked at now.
    pub fn of(bytes: &'b [u8]) -> Self {
        let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF");
        let is_marked = unmarked.is_some();
        let bytes = unmarked.unwrap_or(bytes);
        let start = String::from_utf8_lossy(bytes.get(..START).unwrap_or(bytes));
        let kind = match start.trim_start().chars().next() {
            Some('{') => Kind::Object,
            Some('[') => Kind::List,
            _ if feed::looks_like(&start) => Kind::Feed,
            Some('<') => Kind::Page,
            _ => Kind::Text,
        };
        let (document, page, tree, feed) = (OnceCell::new(), OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { bytes, is_marked, start, kind, document, page, tree, feed }
    }

    /// All of it, without a byte order mark.
    pub(in crate::site) fn bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// Its start as text.
    pub(in crate::site) fn start(&self) -> &str {
        &self.start
    }

    /// Its kind.
    pub(in crate::site) fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it is JSON of any form.
    pub(in crate::site) fn is_json(&self) -> bool {
        matches!(self.kind, Kind::Object | Kind::List)
    }

    /// Whether the start names any of these fields of JSON. Told before anything is parsed, so that a large file of
    /// another site is not.
    pub(in crate::site) fn names_any(&self, fields: &[&str]) -> bool {
        self.is_json() && fields.iter().any(|field| self.start.contains(&format!("\"{field}\"")))
    }

    /// Whether the start names all of these fields of JSON.
    pub(in crate::site) fn names_all(&self, fields: &[&str]) -> bool {
        fields.iter().all(|field| self.names_any(&[field]))
    }

    /// Whether it is an object that names a format near one of its ends. Who speaks of the format in a text has not written
    /// it, but the JSON of most sites need not be read to tell that.
    pub(in crate::site) fn may_be_of_format(&self, name: &str) -> bool {
        const NEAR: usize = 1 << 16;
        let end = self.bytes.get(self.bytes.len().saturating_sub(NEAR)..).unwrap_or(self.bytes);
        self.kind == Kind::Object && (self.start.contains(name) || String::from_utf8_lossy(end).contains(name))
    }

    /// Whether it is an object whose own key `format` has this name.
    pub(in crate::site) fn is_of_format(&self, name: &str) -> bool {
        let is_own = || self.document().root().get("format").text().is_some_and(|own| own == name);
        self.may_be_of_format(name) && is_own()
    }

    /// All of it as JSON.
    pub(in crate::site) fn document(&self) -> &Document<'b> {
        self.document.get_or_init(|| Document::read(self.bytes))
    }

    /// All of it as a page's source.
    pub(in crate::site) fn page(&self) -> &str {
        let decoded = || charset::page(self.bytes, "");
        self.page.get_or_init(|| if self.is_marked { String::from_utf8_lossy(self.bytes) } else { decoded() })
    }

    /// All of it as a page's elements.
    pub(in crate::site) fn html(&self) -> html::Document<'_> {
        html::Document::new(self.page(), self.tree.get_or_init(|| html::Tree::read(self.page())))
    }

    /// Whether it is a page with any of these words in its source and an element that the selector finds. The words are
    /// looked for first, so that the page of another site is not read into a tree.
    pub(in crate::site) fn is_page_with(&self, words: &[&str], selector: &str) -> bool {
        let has_word = || words.iter().any(|word| holds(self.page(), word));
        self.kind == Kind::Page && has_word() && self.html().find(selector).is_some()
    }

    /// All of it as a feed, if it is one.
    pub(in crate::site) fn feed(&self) -> Option<&Feed> {
        (self.kind == Kind::Feed).then(|| self.feed.get_or_init(|| feed::read(self.bytes)))
    }
}
