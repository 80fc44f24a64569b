//! A tolerant reader of JSON into one flat array: any depth, any damage, and no more work than the text is long.
//!
//! The text stays as it came and each value is eight bytes beside it; strings and numbers are read when they are asked
//! for. What comes before damage is kept, and the damage has a place.

mod beside;
mod field;
mod pieces;
mod reader;
mod string;
mod window;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cmp::Ordering;

pub(in crate::site) use beside::for_each_batch;
pub(in crate::site) use pieces::{Batch, ObjectInPieces};
use reader::Outcome;

/// A JSON text that has been read as far as it can be.
#[derive(Clone, Debug, Default)]
pub struct Document<'t> {
    source: Cow<'t, str>,
    nodes: Vec<Node>,
    /// The byte where a second value begins.
    second: Option<usize>,
    /// The byte where the text stops to be JSON.
    damage: Option<usize>,
    /// The lists and objects that damage left open, the outermost first.
    open: Vec<u32>,
}

/// The most bytes of a text that are read: places in it are 31 bits long.
const MOST_BYTES: usize = (1 << 31) - 1;

/// One value, or the key before one, in the order of the text.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The byte of the text where it begins.
    start: u32,
    /// See [`end`](Self::end); the highest bit says of a string whether there are escapes in it.
    end_and_escapes: u32,
}

impl Node {
    const ESCAPES: u32 = 1 << 31;

    fn new(start: usize, end: usize, has_escapes: bool) -> Self {
        let escapes = if has_escapes { Self::ESCAPES } else { 0 };
        Self { start: start as u32, end_and_escapes: end as u32 | escapes }
    }

    /// Of a list or an object: the node after all that is in it. Of anything else: the byte after it.
    fn end(self) -> u32 {
        self.end_and_escapes & !Self::ESCAPES
    }

    /// Whether it is a string with escapes in it.
    fn has_escapes(self) -> bool {
        self.end_and_escapes & Self::ESCAPES != 0
    }
}

impl<'t> Document<'t> {
    /// Reads a text, in which several values may stand one behind the other; bytes that are no UTF-8 are replaced.
    pub fn read(bytes: &'t [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        #[cfg(test)]
        crate::site::parse_count::add(bytes.len());
        // The check alone is several times as fast as the one that replaces.
        Self::of(str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed))
    }

    fn of(source: Cow<'t, str>) -> Self {
        let Outcome { nodes, second, damage, open } = reader::read(&source);
        Self { source, nodes, second, damage, open }
    }

    /// The outermost value, of several the first; missing where there is none.
    pub fn root(&self) -> Value<'_> {
        self.value(0)
    }

    /// The outermost values.
    pub fn roots(&self) -> impl Iterator<Item = Value<'_>> {
        let mut rest = Inside { document: self, next: 0, end: self.nodes.len() as u32 };
        std::iter::from_fn(move || rest.take())
    }

    /// The place where the text stops being one value, as line and column from 1; `None` if all of it is one value.
    pub fn damage(&self) -> Option<(usize, usize)> {
        let nothing = || self.nodes.is_empty().then_some(self.source.len());
        self.second.or(self.damage).or_else(nothing).map(|at| self.line_and_column(at))
    }

    /// The place where the text stops being a series of values, as line and column from 1; `None` if all of it is one.
    pub fn damage_of_series(&self) -> Option<(usize, usize)> {
        self.damage.map(|at| self.line_and_column(at))
    }

    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = self.source.get(..at).unwrap_or(&self.source);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    fn value(&self, place: usize) -> Value<'_> {
        let exists = place < self.nodes.len();
        Value { document: self, place: if exists { place as u32 } else { MISSING } }
    }
}

/// Stands for a value that is not there.
const MISSING: u32 = u32::MAX;

/// A value in a document; a missing one reads as `null`.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    document: &'a Document<'a>,
    place: u32,
}

impl<'a> Value<'a> {
    /// The value under a key, the last one where the key is there more than once; missing if there is none.
    #[must_use]
    pub fn get(self, key: &str) -> Value<'a> {
        let found = self.members().filter(|(name, _)| name.is_key(key)).last();
        found.map_or(Value { place: MISSING, ..self }, |(_, value)| value)
    }

    /// The values under some keys, each as [`get`](Self::get) has it, in one pass.
    pub(in crate::site) fn get_each<const N: usize>(self, keys: [&str; N]) -> [Value<'a>; N] {
        let mut found = [Value { place: MISSING, ..self }; N];
        for (name, value) in self.pairs() {
            if let Some(place) = keys.iter().position(|key| *key == name) {
                found[place] = value;
            }
        }
        found
    }

    /// The items of a list; nothing for anything else.
    pub fn items(self) -> impl Iterator<Item = Value<'a>> {
        let mut rest = self.inside(b'[');
        std::iter::from_fn(move || rest.take())
    }

    /// The pairs of an object in their order, doubles included; nothing for anything else.
    pub fn pairs(self) -> impl Iterator<Item = (Cow<'a, str>, Value<'a>)> {
        self.members().map(|(name, value)| (name.text().unwrap_or_default(), value))
    }

    /// A string's text, its escapes undone. Not clean yet.
    pub fn text(self) -> Option<Cow<'a, str>> {
        self.is_string().then(|| string::read(self.raw(), self.has_escapes()))
    }

    /// A number without its fraction; what is too large becomes the largest.
    pub fn integer(self) -> Option<i64> {
        let number = self.number()?;
        number.parse().ok().or_else(|| Some(self.float()? as i64))
    }

    /// A number.
    pub fn float(self) -> Option<f64> {
        self.number()?.parse().ok()
    }

    /// `true` or `false`.
    pub fn boolean(self) -> Option<bool> {
        match self.first()? {
            b't' => Some(true),
            b'f' => Some(false),
            _ => None,
        }
    }

    /// Whether it is `null` or missing.
    pub fn is_null(self) -> bool {
        matches!(self.first(), None | Some(b'n'))
    }

    /// Whether it came whole: no damage is in it.
    pub fn is_whole(self) -> bool {
        self.document.open.binary_search(&self.place).is_err()
    }

    /// Whether it is a string.
    pub fn is_string(self) -> bool {
        self.first() == Some(b'"')
    }

    /// The number of bytes that it takes in the text.
    pub(in crate::site) fn length(self) -> usize {
        self.raw().len()
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.first() == Some(b'[')
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.first() == Some(b'{')
    }

    fn members(self) -> impl Iterator<Item = (Value<'a>, Value<'a>)> {
        let mut rest = self.inside(b'{');
        std::iter::from_fn(move || Some((rest.take()?, rest.take()?)))
    }

    fn inside(self, bracket: u8) -> Inside<'a> {
        let end = self.node().filter(|_| self.first() == Some(bracket)).map_or(0, Node::end);
        Inside { document: self.document, next: self.place.saturating_add(1), end }
    }

    fn node(self) -> Option<Node> {
        self.document.nodes.get(self.place as usize).copied()
    }

    /// The first byte, which says what kind of value it is.
    fn first(self) -> Option<u8> {
        self.document.source.as_bytes().get(self.node()?.start as usize).copied()
    }

    /// A string's or a number's own stretch of the text.
    fn raw(self) -> &'a str {
        let range = self.node().map(|node| node.start as usize..node.end() as usize);
        range.and_then(|range| self.document.source.get(range)).unwrap_or_default()
    }

    fn has_escapes(self) -> bool {
        self.node().is_some_and(Node::has_escapes)
    }

    fn number(self) -> Option<&'a str> {
        matches!(self.first()?, b'-' | b'0'..=b'9').then(|| self.raw())
    }

    fn is_key(self, key: &str) -> bool {
        let raw = self.raw();
        match raw.len().cmp(&(key.len() + 2)) {
            Ordering::Less => false,
            Ordering::Equal => raw.get(1..=key.len()) == Some(key) && raw.ends_with('"'),
            // What is written with escapes is longer than what it means.
            Ordering::Greater => self.has_escapes() && string::read(raw, true) == key,
        }
    }
}

/// The rest of a list or an object.
struct Inside<'a> {
    document: &'a Document<'a>,
    next: u32,
    end: u32,
}

impl<'a> Inside<'a> {
    fn take(&mut self) -> Option<Value<'a>> {
        let value = (self.next < self.end).then(|| self.document.value(self.next as usize))?;
        let nests = value.is_list() || value.is_object();
        self.next = if nests { value.node()?.end() } else { self.next + 1 };
        Some(value)
    }
}
