//! JSON that comes piece by piece: an object whose one long list is read item by item, and is never in memory whole.
//!
//! Nothing depends on the size of the pieces, and everything is as if the text had been read as one
//! [`Document`](super::Document): commas, damage and its place, what is kept of it.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::{self, Read};
use std::mem;

use super::field::in_words;
use super::reader::{self, Part};
use super::window::Window;
use super::{Document, Value, string};

/// An object, with one long list in it under a key.
pub(in crate::site) struct ObjectInPieces<'s> {
    window: Window<'s>,
    key: &'static str,
    place: Place,
    /// Whether only a comma or a bracket may follow.
    needs_comma: bool,
    /// The item that is looked at, over and over in the same memory.
    item: Document<'static>,
    /// The text so far, without the items of the list.
    rest: String,
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

/// The next thing in the text.
pub(in crate::site) enum Piece<'a> {
    /// The list begins; one under the same key before it does not count.
    List,
    /// An item of the list: whole, or a string that the end of the text cuts.
    Item(Value<'a>),
}

/// A step through the text.
enum Step {
    On,
    List,
    Item,
}

impl<'s> ObjectInPieces<'s> {
    /// Begins to read; the list is the one under `key`.
    ///
    /// # Errors
    /// The source's error.
    pub(in crate::site) fn open(source: impl Read + 's, key: &'static str) -> io::Result<Self> {
        Ok(Self {
            window: Window::open(Box::new(source))?,
            key,
            place: Place::Before,
            needs_comma: false,
            item: Document::default(),
            rest: String::new(),
            damage: None,
        })
    }

    /// Reads on until the list begins, to its next item, or to the end.
    ///
    /// # Errors
    /// The source's error.
    pub(in crate::site) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        while self.place != Place::End {
            match self.step() {
                Ok(Step::List) => return Ok(Some(Piece::List)),
                Ok(Step::Item) => return Ok(Some(Piece::Item(self.item.root()))),
                Err(at) if !self.window.is_last() && may_go_on(self.window.text(), at) => self.window.fill()?,
                Err(at) if self.break_off(at) => return Ok(Some(Piece::Item(self.item.root()))),
                Ok(Step::On) | Err(_) => {}
            }
        }
        Ok(None)
    }

    /// Whether all of the text has been read from its source.
    pub(in crate::site) fn is_all_here(&self) -> bool {
        self.window.is_last()
    }

    /// What was read so far, with an empty list in place of the long one. Before the end, it looks cut.
    pub(in crate::site) fn rest(&self) -> Document<'_> {
        Document::of(Cow::Borrowed(&self.rest))
    }

    /// The place where the text stops being one object, in words; `None` if all of it is one.
    pub(in crate::site) fn damage_place(&self) -> Option<String> {
        self.damage.map(in_words)
    }

    /// Reads a bracket, a comma, a pair or an item. Where it cannot, the byte at which the text is damaged or ends.
    fn step(&mut self) -> Result<Step, usize> {
        let text = self.window.text();
        let at = behind_blank(text, 0);
        let next = text.as_bytes().get(at).copied();
        let (place, needs_comma) = match (self.place, next) {
            (Place::Before, Some(b'{')) => {
                self.rest.push('{');
                (Place::InObject, false)
            }
            (Place::InObject, Some(b'}')) => {
                self.rest.push('}');
                (Place::Behind, false)
            }
            (Place::InList, Some(b']')) => (Place::InObject, true),
            (Place::InObject | Place::InList, Some(b',')) if self.needs_comma => (self.place, false),
            (Place::InObject, Some(_)) if !self.needs_comma => return self.pair(at),
            (Place::InList, Some(_)) if !self.needs_comma => return self.list_item(at),
            (Place::Behind, None) if self.window.is_last() => (Place::End, false),
            _ => return Err(at),
        };
        self.window.pass(if place == Place::End { at } else { at + 1 });
        (self.place, self.needs_comma) = (place, needs_comma);
        Ok(Step::On)
    }

    /// Reads a pair, or its beginning where that is the list's.
    fn pair(&mut self, at: usize) -> Result<Step, usize> {
        let text = self.window.text();
        let bytes = text.as_bytes();
        if bytes.get(at) != Some(&b'"') {
            return Err(at);
        }
        let key_end = string::end(bytes, at + 1).ok_or(text.len())?;
        let colon = behind_blank(text, key_end);
        if bytes.get(colon) != Some(&b':') {
            return Err(colon);
        }
        let start = behind_blank(text, colon + 1);
        let is_list =
            bytes.get(start) == Some(&b'[') && text.get(at..key_end).is_some_and(|key| string::read(key) == self.key);
        let end = if is_list { start + 1 } else { start + self.value(start)? };
        self.rest.push_str(if self.rest.len() > 1 { "," } else { "" });
        self.rest.push_str(self.window.text().get(at..end).unwrap_or_default());
        self.window.pass(end);
        if is_list {
            self.rest.push(']');
            (self.place, self.needs_comma) = (Place::InList, false);
            return Ok(Step::List);
        }
        self.needs_comma = true;
        Ok(Step::On)
    }

    fn list_item(&mut self, at: usize) -> Result<Step, usize> {
        let length = self.value(at)?;
        self.take_item(at, length);
        self.needs_comma = true;
        Ok(Step::Item)
    }

    /// Reads the value at a byte of the window, and gives its length if it is whole.
    fn value(&mut self, at: usize) -> Result<usize, usize> {
        let rest = self.window.text().get(at..).unwrap_or_default();
        let Part { end, is_whole } = reader::read_part(rest, &mut self.item);
        // A number might go on in what has not come yet.
        let is_whole = is_whole && (end < rest.len() || self.window.is_last());
        if is_whole { Ok(end) } else { Err(at + end) }
    }

    /// Takes the value that was read last as an item.
    fn take_item(&mut self, at: usize, length: usize) {
        let source = self.item.source.to_mut();
        source.clear();
        source.push_str(self.window.text().get(at..at + length).unwrap_or_default());
        self.window.pass(at + length);
    }

    /// Ends at damage, and keeps what stands before it of a pair. Whether a string of the list is cut, which is an item too.
    fn break_off(&mut self, damage: usize) -> bool {
        self.damage = Some(self.window.line_and_column(damage));
        let place = mem::replace(&mut self.place, Place::End);
        let text = self.window.text();
        let at = behind_blank(text, 0);
        match place {
            Place::InObject if !self.needs_comma => {
                self.rest.push_str(if self.rest.len() > 1 { "," } else { "" });
                self.rest.push_str(text.get(at..).unwrap_or_default());
                false
            }
            Place::InObject => {
                // The last pair is whole, and a number at the end of a text looks cut.
                self.rest.push('}');
                false
            }
            Place::InList if !self.needs_comma && text.as_bytes().get(at) == Some(&b'"') => {
                self.take_item(at, text.len() - at);
                true
            }
            _ => false,
        }
    }
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
