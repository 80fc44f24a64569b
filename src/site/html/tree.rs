//! The tree of a page: its elements in preorder, with the ends of their subtrees, from one pass over the tokens.

use std::collections::HashMap;
use std::ops::Range;

use super::nesting::{self, ImpliedEnd};
use crate::markup::{Syntax, Tag, Token, Tokens};

/// The most levels that are walked up from an element, be it in search of what an end tag ends; browsers nest no deeper.
pub(super) const MAX_LEVELS: usize = 512;

/// Elements that may stay open at the end of a page.
const OPEN_AT_END: [&str; 13] =
    ["html", "body", "head", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "option", "colgroup"];

/// Stands for "no element".
const NONE: u32 = u32::MAX;

/// A range of bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bytes {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Bytes {
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// An element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The number of its name.
    pub(super) name: u32,
    pub(super) parent: u32,
    /// The index after the last element in it.
    pub(super) end: u32,
    /// The start of its tag in the source.
    pub(super) start: u32,
    /// The source between its tags.
    pub(super) inner: Bytes,
    /// Its text, among that of the page.
    pub(super) text: Bytes,
    /// Its attributes, among those of the page.
    attributes: (u32, u32),
}

#[derive(Clone, Copy, Debug)]
struct Attribute {
    name: u32,
    value: Bytes,
}

/// The elements of a page. It holds no source, only places in it.
#[derive(Debug, Default)]
pub(in crate::site) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    /// The values of all attributes, clean.
    values: String,
    /// The text of the page, without that of scripts and styles.
    text: String,
    is_too_deep: bool,
    is_cut: bool,
}

impl Tree {
    /// Reads a page, which may be damaged or cut in any way. Of more than 4 GiB the start is read.
    pub(in crate::site) fn read(source: &str) -> Self {
        #[cfg(test)]
        crate::site::parse_count::add(source.len());
        let source = source.get(..source.floor_char_boundary(NONE as usize)).unwrap_or(source);
        let mut builder = TreeBuilder::default();
        let mut tokens = Tokens::new(source, Syntax::Html).with_clean_values();
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(text) => builder.text(&text),
                Token::Start(tag, at) => builder.start_tag(tag, at),
                Token::End(name, at) => builder.end_tag(name, at.start as u32),
            }
        }
        builder.finish(source.len())
    }

    /// Whether something ends so far below its start that the end was not looked for.
    pub(super) fn is_too_deep(&self) -> bool {
        self.is_too_deep
    }

    /// Whether the source ends in an element that must be closed, and before the page's own end.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The number of elements.
    pub(super) fn len(&self) -> u32 {
        self.nodes.len() as u32
    }

    pub(super) fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    pub(super) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// The number of a name of elements or attributes, if the page has any of it.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(super) fn text(&self, bytes: Bytes) -> &str {
        bytes.of(&self.text)
    }

    /// The value of an attribute by name; the first of several counts.
    pub(super) fn attribute(&self, node: &Node, name: &str) -> Option<&str> {
        self.attribute_by_number(node, self.number(name)?)
    }

    pub(super) fn attribute_by_number(&self, node: &Node, name: u32) -> Option<&str> {
        let (first, end) = node.attributes;
        let own = self.attributes.get(first as usize..end as usize).unwrap_or_default();
        own.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.of(&self.values))
    }

    fn number_of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

/// A tree in the making.
#[derive(Default)]
struct TreeBuilder {
    tree: Tree,
    /// The elements that are open, the innermost last.
    open: Vec<u32>,
    /// How many of each name are open.
    counts: Vec<u32>,
    /// Whether the innermost element's text is not shown.
    is_unshown: bool,
    /// Whether the page's own end has come.
    is_ended: bool,
}

impl TreeBuilder {
    fn text(&mut self, text: &str) {
        if !self.is_unshown {
            self.tree.text.push_str(text);
        }
    }

    fn start_tag(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        self.open_tag(&tag.name, at.start as u32);
        for attribute in tag.attributes() {
            let (name, start) = (self.tree.number_of(&attribute.name), self.tree.values.len() as u32);
            self.tree.values.push_str(&attribute.value);
            let value = Bytes { start, end: self.tree.values.len() as u32 };
            self.tree.attributes.push(Attribute { name, value });
        }
        self.close_start_tag(at.end as u32, tag.closes_itself);
    }

    fn finish(mut self, end: usize) -> Tree {
        let is_closed = |index: &u32| OPEN_AT_END.contains(&self.name(*index));
        self.tree.is_cut = !self.is_ended && !self.open.iter().all(is_closed);
        while !self.open.is_empty() {
            self.close(end as u32);
        }
        self.tree
    }

    fn open_tag(&mut self, name: &str, start: u32) {
        let number = self.tree.number_of(name);
        self.counts.resize(self.tree.names.len(), 0);
        for ImpliedEnd { ended, within } in nesting::implied_ends(name) {
            self.end_nearest(ended, start, |around| within.contains(&around));
        }
        let parent = self.open.last().copied().unwrap_or(NONE);
        let (first, text) = (self.tree.attributes.len() as u32, self.tree.text.len() as u32);
        let nowhere = Bytes { start, end: start };
        self.tree.nodes.push(Node {
            name: number,
            parent,
            end: 0,
            start,
            inner: nowhere,
            text: Bytes { start: text, end: text },
            attributes: (first, first),
        });
    }

    fn close_start_tag(&mut self, at: u32, self_closing: bool) {
        let index = self.tree.nodes.len() as u32;
        let count = self.tree.attributes.len() as u32;
        let Some(node) = self.tree.nodes.last_mut() else { return };
        (node.end, node.inner, node.attributes.1) = (index, Bytes { start: at, end: at }, count);
        let name = node.name;
        let is_void = nesting::is_void(self.tree.name(name));
        if is_void || self_closing && self.is_open("svg") {
            return;
        }
        self.open.push(index - 1);
        self.count(name, 1);
        self.is_unshown = nesting::is_unshown(self.tree.name(name));
    }

    fn end_tag(&mut self, name: &str, at: u32) {
        self.is_ended |= matches!(name, "body" | "html");
        if !nesting::is_ignored_end(name) {
            self.end_nearest(&[name], at, |around| nesting::stops(name, around));
        }
    }

    /// Ends the innermost element of one of these names with all that is open in it, unless one that stops the search is
    /// nearer.
    fn end_nearest(&mut self, names: &[&str], at: u32, stops: impl Fn(&str) -> bool) {
        if !names.iter().any(|name| self.is_open(name)) {
            return;
        }
        let around = self.open.iter().rev().take(MAX_LEVELS).map(|&index| self.name(index));
        let found = around.enumerate().find(|(_, name)| names.contains(name) || stops(name));
        let is_too_deep = found.is_none() && self.open.len() > MAX_LEVELS;
        let levels = found.filter(|(_, name)| names.contains(name)).map_or(0, |(place, _)| place + 1);
        self.tree.is_too_deep |= is_too_deep;
        (0..levels).for_each(|_| self.close(at));
    }

    /// Ends the innermost element.
    fn close(&mut self, at: u32) {
        let Some(index) = self.open.pop() else { return };
        let (end, text) = (self.tree.nodes.len() as u32, self.tree.text.len() as u32);
        let Some(node) = self.tree.nodes.get_mut(index as usize) else { return };
        node.end = end;
        (node.inner.end, node.text.end) = (at, text);
        let name = node.name;
        self.count(name, -1);
        self.is_unshown = self.open.last().is_some_and(|&index| nesting::is_unshown(self.name(index)));
    }

    fn name(&self, index: u32) -> &str {
        self.tree.node(index).map_or("", |node| self.tree.name(node.name))
    }

    fn is_open(&self, name: &str) -> bool {
        let number = self.tree.number(name);
        number.and_then(|number| self.counts.get(number as usize)).is_some_and(|&count| count > 0)
    }

    fn count(&mut self, name: u32, step: i32) {
        if let Some(count) = self.counts.get_mut(name as usize) {
            *count = count.saturating_add_signed(step);
        }
    }
}
