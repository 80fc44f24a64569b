//! JSON that comes piece by piece: an object whose long list is read in batches of items and is never in memory whole.
//!
//! Nothing depends on the size of the pieces, and everything is as if the text had been read as one
//! [`Document`](super::Document): commas, damage and its place, what is kept of it.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::{self, Read};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::field::in_words;
use super::reader::{self, Part};
use super::window::Window;
use super::{Document, Node, Value, string};

/// An object, with one long list in it under a key.
pub(in crate::site) struct ObjectInPieces<'s> {
    window: Window<'s>,
    key: &'static str,
    place: Place,
    /// Whether only a comma or a bracket may follow.
    needs_comma: bool,
    /// The nodes of the items in the window, one behind the other.
    items: Vec<Node>,
    /// Whether the list begins with those items; one under the same key before it does not count.
    is_begun: bool,
    /// The nodes of the pair that is looked at.
    pair: Vec<Node>,
    rest: Rest,
    /// The same where the list began.
    rest_before: Rest,
    damage: Option<(usize, usize)>,
}

/// The place in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    InObject,
    InList,
    Behind,
    End,
}

/// Some items of the list that stand one behind the other.
#[derive(Default)]
pub(in crate::site) struct Batch {
    items: Document<'static>,
    /// Whether the list begins with them; one under the same key before it does not count.
    pub(in crate::site) begins: bool,
    /// Whether all of the text had been read from its source.
    pub(in crate::site) is_all_here: bool,
    rest: Rest,
}

impl Batch {
    /// The items: whole, or a string that the end of the text cuts.
    pub(in crate::site) fn items(&self) -> impl Iterator<Item = Value<'_>> {
        self.items.roots()
    }

    /// What had been read before them, with an empty list in place of the long one. It looks cut.
    pub(in crate::site) fn rest(&self) -> Document<'static> {
        self.rest.read()
    }
}

/// The text without the items of the list, up to a place. It grows, and batches that came before share it.
#[derive(Clone, Default)]
struct Rest {
    text: Arc<Mutex<String>>,
    length: usize,
}

impl Rest {
    fn text(&self) -> MutexGuard<'_, String> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&mut self, text: &str) {
        self.text().push_str(text);
        self.length += text.len();
    }

    /// Adds a comma before a pair that is not the first.
    fn push_comma(&mut self) {
        self.push(if self.length > 1 { "," } else { "" });
    }

    fn read(&self) -> Document<'static> {
        let text = self.text().get(..self.length).unwrap_or_default().to_owned();
        Document::of(Cow::Owned(text))
    }
}

impl<'s> ObjectInPieces<'s> {
    /// Begins to read; the list is the one under `key`.
    ///
    /// # Errors
    /// The source's error.
    pub(in crate::site) fn open(source: impl Read + Send + 's, key: &'static str) -> io::Result<Self> {
        Ok(Self {
            window: Window::open(Box::new(source))?,
            key,
            place: Place::Before,
            needs_comma: false,
            items: Vec::new(),
            is_begun: false,
            pair: Vec::new(),
            rest: Rest::default(),
            rest_before: Rest::default(),
            damage: None,
        })
    }

    /// Reads on to more items or the end; the batch, in the memory of one that is of no use any more. `None` at the end.
    ///
    /// # Errors
    /// The source's error.
    pub(in crate::site) fn next(&mut self, used: Batch) -> io::Result<Option<Batch>> {
        while self.place != Place::End {
            match self.step() {
                Ok(()) => {}
                Err(at) if self.window.is_last() || !may_go_on(self.window.text(), at) => self.break_off(at),
                Err(_) if self.items.is_empty() => self.window.fill()?,
                Err(_) => break,
            }
        }
        let is_any = self.is_begun || !self.items.is_empty();
        Ok(is_any.then(|| self.batch(used)))
    }

    /// Gives the items in the window away, with its text.
    fn batch(&mut self, used: Batch) -> Batch {
        let Batch { items: Document { source, mut nodes, .. }, .. } = used;
        nodes.clear();
        let source = self.window.give_away(source.into_owned());
        let nodes = mem::replace(&mut self.items, nodes);
        Batch {
            items: Document { source: Cow::Owned(source), nodes, ..Document::default() },
            begins: mem::take(&mut self.is_begun),
            is_all_here: self.window.is_last(),
            rest: self.rest_before.clone(),
        }
    }

    /// What was read so far, with an empty list in place of the long one. Before the end, it looks cut.
    pub(in crate::site) fn rest(&self) -> Document<'static> {
        self.rest.read()
    }

    /// The place where the text stops being one object, in words; `None` if all of it is one.
    pub(in crate::site) fn damage_place(&self) -> Option<String> {
        self.damage.map(in_words)
    }

    /// Reads a piece more from the source, and says whether there was any.
    ///
    /// # Errors
    /// The source's error.
    pub(in crate::site) fn reads_on(&mut self) -> io::Result<bool> {
        self.window.fill()?;
        Ok(!self.window.is_last())
    }

    /// Reads a bracket, a comma, a pair or an item. Where it cannot, the byte at which the text is damaged or ends.
    fn step(&mut self) -> Result<(), usize> {
        let text = self.window.text();
        let at = behind_blank(text, self.window.at());
        let next = text.as_bytes().get(at).copied();
        let (place, needs_comma) = match (self.place, next) {
            (Place::Before, Some(b'{')) => {
                self.rest.push("{");
                (Place::InObject, false)
            }
            (Place::InObject, Some(b'}')) => {
                self.rest.push("}");
                (Place::Behind, false)
            }
            (Place::InList, Some(b']')) => (Place::InObject, true),
            (Place::InObject | Place::InList, Some(b',')) if self.needs_comma => (self.place, false),
            (Place::InObject, Some(_)) if !self.needs_comma => return self.pair(at),
            (Place::InList, Some(_)) if !self.needs_comma => return self.item(at),
            (Place::Behind, None) if self.window.is_last() => (Place::End, false),
            _ => return Err(at),
        };
        self.window.pass_to(if place == Place::End { at } else { at + 1 });
        (self.place, self.needs_comma) = (place, needs_comma);
        Ok(())
    }

    /// Reads a pair, or its beginning where that is the list's.
    fn pair(&mut self, at: usize) -> Result<(), usize> {
        let text = self.window.text();
        let bytes = text.as_bytes();
        if bytes.get(at) != Some(&b'"') {
            return Err(at);
        }
        let string::End { at: key_end, has_escapes } = string::end(bytes, at + 1);
        let key_end = key_end.ok_or(text.len())?;
        let colon = behind_blank(text, key_end);
        if bytes.get(colon) != Some(&b':') {
            return Err(colon);
        }
        let start = behind_blank(text, colon + 1);
        let is_long_list = |key| string::read(key, has_escapes) == self.key;
        let is_list = bytes.get(start) == Some(&b'[') && text.get(at..key_end).is_some_and(is_long_list);
        self.pair.clear();
        let end = if is_list { start + 1 } else { value(&self.window, start, &mut self.pair)? };
        self.rest.push_comma();
        self.rest.push(text.get(at..end).unwrap_or_default());
        self.window.pass_to(end);
        self.needs_comma = !is_list;
        if is_list {
            self.rest.push("]");
            self.place = Place::InList;
            // Those of an earlier list do not count.
            self.items.clear();
            (self.is_begun, self.rest_before) = (true, self.rest.clone());
        }
        Ok(())
    }

    fn item(&mut self, at: usize) -> Result<(), usize> {
        let end = value(&self.window, at, &mut self.items)?;
        self.window.pass_to(end);
        self.needs_comma = true;
        Ok(())
    }

    /// Ends at damage, and keeps what stands before it of a pair, and a string of the list that is cut.
    fn break_off(&mut self, damage: usize) {
        self.damage = Some(self.window.line_and_column(damage));
        let place = mem::replace(&mut self.place, Place::End);
        let text = self.window.text();
        let at = behind_blank(text, self.window.at());
        match place {
            Place::InObject if !self.needs_comma => {
                self.rest.push_comma();
                self.rest.push(text.get(at..).unwrap_or_default());
            }
            // The last pair is whole, and a number at the end of a text looks cut.
            Place::InObject => self.rest.push("}"),
            Place::InList if !self.needs_comma && text.as_bytes().get(at) == Some(&b'"') => {
                let has_escapes = string::end(text.as_bytes(), at + 1).has_escapes;
                self.items.push(Node::new(at, text.len(), has_escapes));
            }
            _ => {}
        }
    }
}

/// Reads the value at a byte of the window, and puts its nodes behind those that are there if it is whole. Gives the byte
/// behind it, or the one at which it is damaged or ends.
fn value(window: &Window<'_>, at: usize, nodes: &mut Vec<Node>) -> Result<usize, usize> {
    let (text, before) = (window.text(), nodes.len());
    let Part { end, is_whole } = reader::read_part(text, at, nodes);
    // A number might go on in what has not come yet.
    if is_whole && (end < text.len() || window.is_last()) {
        return Ok(end);
    }
    nodes.truncate(before);
    Err(end)
}

/// The place from `at` on behind what is blank.
fn behind_blank(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Whether what looks like damage at a byte may only be the end of what is here: of a word, a number, or all else.
fn may_go_on(text: &str, at: usize) -> bool {
    const LONGEST_WORD: usize = "false".len();
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    rest.len() < LONGEST_WORD || rest.iter().all(|&byte| reader::is_number_part(byte))
}
