//! A page as a tree of elements: one flat array in preorder over the source, made in one pass over its tokens.
//!
//! What a page's reader wants of it is found by a [`Selector`](selector), in the elements below another. Texts come with
//! their references undone; the inside of an element is also there as it stands in the source, for `markup` to read.
//!
//! The tree is that of a browser as far as pages of discussions need it: elements without content, the ends that HTML
//! leaves out (`p`, `li`, cells and rows), end tags that cross, and what is still open at the end. Nothing is moved about,
//! as a browser moves what stands between the rows of a table.

mod nesting;
mod selector;
mod tree;

pub(in crate::site) use tree::Tree;

use self::selector::Selector;
use self::tree::{Bytes, MAX_LEVELS, Node};
use crate::markup;
use crate::model::Text;
use crate::site::web;

/// A page: its source, and the tree of its elements.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct Document<'d> {
    source: &'d str,
    tree: &'d Tree,
}

/// An element of a page.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct Element<'d> {
    document: Document<'d>,
    index: u32,
    node: &'d Node,
    /// The selector of elements in it that are left out of searches.
    left_out: &'static str,
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<'d> Document<'d> {
    /// A page and the tree that was made of this very source.
    pub(in crate::site) fn new(source: &'d str, tree: &'d Tree) -> Self {
        Self { source, tree }
    }

    /// Whether something ends so far below its start that the end was not looked for.
    pub(in crate::site) fn is_too_deep(self) -> bool {
        self.tree.is_too_deep()
    }

    /// Whether the source ends before the page does.
    pub(in crate::site) fn is_cut(self) -> bool {
        self.tree.is_cut()
    }

    /// The first element that a selector names.
    pub(in crate::site) fn find(self, selector: &str) -> Option<Element<'d>> {
        self.all(selector).next()
    }

    /// The elements that a selector names, in the order of the page.
    pub(in crate::site) fn all(self, selector: &str) -> impl Iterator<Item = Element<'d>> {
        self.within(None, "", selector)
    }

    /// The elements that a selector names and that are in no other of them.
    pub(in crate::site) fn outermost(self, selector: &str) -> impl Iterator<Item = Element<'d>> {
        let mut last: Option<Element<'d>> = None;
        self.all(selector).filter(move |element| {
            let is_within = last.is_some_and(|last| last.holds(*element));
            if !is_within {
                last = Some(*element);
            }
            !is_within
        })
    }

    /// The address that the page gives for itself: its canonical link, `og:url`, or what a browser noted as it saved it.
    /// Empty where it has none.
    pub(in crate::site) fn address(self) -> String {
        let link = self.find("link[rel=canonical][href^=http]").map(|link| link.get("href"));
        let meta = || self.find("meta[property=\"og:url\"][content^=http]").map(|meta| meta.get("content"));
        let mut all = [link, meta(), self.saved_from()].into_iter().flatten().map(web::address);
        all.find(|address| !address.is_empty()).unwrap_or_default()
    }

    /// A browser's title of the page, as one clean line.
    pub(in crate::site) fn title(self) -> String {
        self.find("title").map(Element::line).unwrap_or_default()
    }

    /// The address that a browser noted at the start of a page that it saved.
    pub(in crate::site) fn saved_from(self) -> Option<&'d str> {
        const NEAR: usize = 4096;
        let start = self.source.get(..self.source.floor_char_boundary(NEAR)).unwrap_or_default();
        let noted = start.split("<!--").skip(1).find_map(|comment| {
            let comment = comment.split("-->").next()?;
            let (_, rest) = comment.split_once("saved from url=(").or_else(|| comment.split_once("url: "))?;
            rest.find("http").and_then(|at| rest.get(at..))
        })?;
        noted.split(|c: char| c.is_whitespace() || c == '"').next()
    }

    fn get(self, index: u32) -> Option<Element<'d>> {
        self.tree.node(index).map(|node| Element { document: self, index, node, left_out: "" })
    }

    /// The elements that a selector names, in all of the page or below one of its elements; those that `left_out` names
    /// are passed over with all that is in them.
    fn within(self, scope: Option<u32>, left_out: &str, selector: &str) -> impl Iterator<Item = Element<'d>> {
        let (selector, left_out) = (Selector::read(selector, self.tree), Selector::read(left_out, self.tree));
        let (mut next, end) = match scope {
            Some(scope) => (scope + 1, self.tree.node(scope).map_or(0, |node| node.end)),
            None => (0, self.tree.len()),
        };
        let inside = std::iter::from_fn(move || {
            while next < end && left_out.names(next, scope, self.tree) {
                next = self.tree.node(next)?.end.max(next + 1);
            }
            let index = next;
            next += 1;
            (index < end).then_some(index)
        });
        let found = inside.filter(move |&index| selector.names(index, scope, self.tree));
        found.filter_map(move |index| self.get(index))
    }
}

impl<'d> Element<'d> {
    /// Its name, in lower case.
    pub(in crate::site) fn name(self) -> &'d str {
        self.document.tree.name(self.node.name)
    }

    /// An attribute's value, references undone; empty when it has none.
    pub(in crate::site) fn get(self, name: &str) -> &'d str {
        self.document.tree.attribute(self.node, name).unwrap_or_default()
    }

    /// Whether it has an attribute, be it empty.
    pub(in crate::site) fn has(self, name: &str) -> bool {
        self.document.tree.attribute(self.node, name).is_some()
    }

    /// Whether it is of this class.
    pub(in crate::site) fn has_class(self, class: &str) -> bool {
        self.get("class").split_ascii_whitespace().any(|word| word == class)
    }

    /// What stands in its id behind this prefix; `None` where the id begins otherwise.
    pub(in crate::site) fn id_after(self, prefix: &str) -> Option<&'d str> {
        self.get("id").trim().strip_prefix(prefix)
    }

    /// Its text as it stands on the page, that of scripts and styles left out.
    pub(in crate::site) fn text(self) -> &'d str {
        self.document.tree.text(self.node.text)
    }

    /// Its text as one clean line.
    pub(in crate::site) fn line(self) -> String {
        markup::clean_line(self.text())
    }

    /// The text in it that is in none of its elements, as one clean line.
    pub(in crate::site) fn own_line(self) -> String {
        let mut own = String::new();
        let mut from = self.node.text.start;
        for child in self.children() {
            own.push_str(self.document.tree.text(Bytes { start: from, end: child.node.text.start }));
            own.push(' ');
            from = child.node.text.end;
        }
        own.push_str(self.document.tree.text(Bytes { start: from, end: self.node.text.end }));
        markup::clean_line(&own)
    }

    /// The source between its tags.
    pub(in crate::site) fn inner(self) -> &'d str {
        self.source(self.node.inner)
    }

    /// The source between its start tag and the start of an element in it.
    pub(in crate::site) fn inner_before(self, element: Element<'_>) -> &'d str {
        self.source(Bytes { start: self.node.inner.start, end: element.node.start })
    }

    /// What stands in it, as a text; addresses in it that begin with a slash are of this origin.
    pub(in crate::site) fn body(self, origin: &str) -> Text {
        markup::html_within(self.inner(), origin)
    }

    /// The element around it.
    pub(in crate::site) fn parent(self) -> Option<Self> {
        self.document.get(self.node.parent)
    }

    /// The elements around it, the nearest first; no more of them than a page of any site has.
    pub(in crate::site) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |element| element.parent()).take(MAX_LEVELS)
    }

    /// The same element, in which searches pass over those that a selector names, with all that is in them: a comment
    /// without what answers it.
    pub(in crate::site) fn without(self, left_out: &'static str) -> Self {
        Self { left_out, ..self }
    }

    /// The elements right in it.
    pub(in crate::site) fn children(self) -> impl Iterator<Item = Self> {
        let first = self.document.get(self.index + 1).filter(|first| first.index < self.node.end);
        std::iter::successors(first, |child| child.next())
    }

    /// The element behind it, within the same one.
    pub(in crate::site) fn next(self) -> Option<Self> {
        let after = self.document.get(self.node.end)?;
        (after.node.parent == self.node.parent).then_some(after)
    }

    /// The first element in it that a selector names.
    pub(in crate::site) fn find(self, selector: &str) -> Option<Self> {
        self.all(selector).next()
    }

    /// The elements in it that a selector names, in the order of the page.
    pub(in crate::site) fn all(self, selector: &str) -> impl Iterator<Item = Self> {
        self.document.within(Some(self.index), self.left_out, selector)
    }

    /// Whether an element is in it.
    pub(in crate::site) fn holds(self, other: Element<'_>) -> bool {
        (self.index + 1..self.node.end).contains(&other.index)
    }

    fn source(self, bytes: Bytes) -> &'d str {
        bytes.of(self.document.source)
    }
}

/// The replies that stand in what they answer: tells the parents of comments that come in the order of the page.
#[derive(Debug, Default)]
pub(in crate::site) struct ReplyStack<'d> {
    open: Vec<(Element<'d>, String)>,
    /// The element with the last text.
    text: Option<Element<'d>>,
}

impl<'d> ReplyStack<'d> {
    /// Takes the element that holds a comment and all that answers it; gives the id of the nearest comment around.
    pub(in crate::site) fn enter(&mut self, frame: Element<'d>, id: &str) -> Option<String> {
        while self.open.pop_if(|(around, _)| !around.holds(frame)).is_some() {}
        let parent = self.open.last().map(|(_, id)| id.clone());
        self.open.push((frame, id.to_owned()));
        parent
    }

    /// The text of a comment. What stands within the text of another is a part of that, and read with it alone.
    pub(in crate::site) fn body(&mut self, element: Element<'d>, origin: &str) -> Text {
        if self.text.is_some_and(|text| text.holds(element)) {
            return Text::default();
        }
        self.text = Some(element);
        element.body(origin)
    }
}

#[cfg(test)]
mod tests;
