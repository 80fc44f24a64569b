//! One tag: its name and its attributes.

use std::borrow::Cow;
use std::cmp::Ordering;

use memchr::memchr;

use super::decode::{Place, decode};
use crate::markup::clean::{clean, is_plain};

/// A tag. Names are in small letters.
#[derive(Debug, Default)]
pub(crate) struct Tag<'s> {
    /// Its name.
    pub(crate) name: String,
    /// Its attributes in their order, those of the same name too.
    attributes: Vec<Attribute<'s>>,
    /// Whether it ends with `/>`.
    pub(crate) closes_itself: bool,
}

/// An attribute of a tag.
#[derive(Debug)]
pub(crate) struct Attribute<'s> {
    /// Its name.
    pub(crate) name: Cow<'s, str>,
    /// Its value with references undone; empty where it has none.
    pub(crate) value: Cow<'s, str>,
    /// The quotes around its value.
    quote: Option<u8>,
}

impl<'s> Tag<'s> {
    /// The value of an attribute, the first of several; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|attribute| attribute.name == name).map_or("", |attribute| &attribute.value)
    }

    /// Whether it has an attribute.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute.name == name)
    }

    /// Whether it is of a class.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        let classes = self.get("class");
        match classes.len().cmp(&class.len()) {
            Ordering::Less => false,
            Ordering::Equal => classes == class,
            Ordering::Greater => classes.split_ascii_whitespace().any(|own| own == class),
        }
    }

    /// The number in an id such as `comment_body_66331684`, when the id is `prefix` and a number.
    pub(crate) fn numbered(&self, prefix: &str) -> Option<u64> {
        self.get("id").strip_prefix(prefix)?.parse().ok()
    }

    /// An id such as `comment_body_66331684` as what stands before the last line below, and the number.
    pub(crate) fn numbered_id(&self) -> Option<(&str, u64)> {
        let id = self.get("id");
        let digits = id.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (prefix, number) = id.split_at_checked(id.len() - digits)?;
        Some((prefix.strip_suffix('_')?, number.parse().ok()?))
    }

    /// Its attributes in their order.
    pub(crate) fn attributes(&self) -> &[Attribute<'s>] {
        &self.attributes
    }

    /// Reads the tag whose name begins at `start`, in place of what it was; gives the place behind it, or nothing where the
    /// source ends before it. The values of its attributes are cleaned where that is wanted.
    pub(super) fn read(&mut self, source: &'s str, start: usize, is_cleaning: bool) -> Option<usize> {
        let end = self.read_source(source, start)?;
        if !self.attributes.is_empty() {
            self.finish_values(source.get(start..end).unwrap_or_default(), is_cleaning);
        }
        Some(end)
    }

    /// Reads the names and values as they stand in the source.
    fn read_source(&mut self, source: &'s str, start: usize) -> Option<usize> {
        self.attributes.clear();
        self.closes_itself = false;
        let mut reader = Reader { source, at: start };
        self.name.clear();
        self.name.push_str(&reader.name(|byte| matches!(byte, b'/' | b'>')));
        loop {
            reader.take(is_blank);
            match reader.rest() {
                [] => return None,
                [b'>', ..] => return Some(reader.at + 1),
                [b'/', rest @ ..] => {
                    reader.at += 1;
                    self.closes_itself = rest.first() == Some(&b'>');
                }
                _ => self.attributes.push(reader.attribute()?),
            }
        }
    }

    /// Undoes the references in the values and cleans them. Most tags, of which `source` is that of this one, have nothing
    /// that either of it changes.
    fn finish_values(&mut self, source: &str, is_cleaning: bool) {
        let is_plain = is_plain(source);
        if is_plain && memchr(b'&', source.as_bytes()).is_none() {
            return;
        }
        for Attribute { value, quote, .. } in &mut self.attributes {
            if let Cow::Borrowed(written) = *value {
                *value = decode(written, Place::Value { quote: *quote });
            }
            let is_clean = is_plain && matches!(value, Cow::Borrowed(_));
            if is_cleaning
                && !is_clean
                && let Cow::Owned(cleaned) = clean(value)
            {
                *value = Cow::Owned(cleaned);
            }
        }
    }
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s [u8] {
        self.source.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes the bytes that are of a kind.
    fn take(&mut self, is: impl Fn(u8) -> bool) -> &'s str {
        let rest = self.rest();
        self.advance(rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len()))
    }

    /// Takes a name up to a blank or a byte that ends it, and puts it in small letters.
    fn name(&mut self, mut ends: impl FnMut(u8) -> bool) -> Cow<'s, str> {
        let (rest, mut is_small) = (self.rest(), true);
        let end = rest.iter().position(|&byte| {
            is_small &= !byte.is_ascii_uppercase() && byte != 0;
            ends(byte) || is_blank(byte)
        });
        let name = self.advance(end.unwrap_or(rest.len()));
        if is_small {
            return Cow::Borrowed(name);
        }
        Cow::Owned(name.to_ascii_lowercase().replace('\0', "\u{fffd}"))
    }

    fn advance(&mut self, count: usize) -> &'s str {
        let taken = self.source.get(self.at..self.at + count).unwrap_or_default();
        self.at += count;
        taken
    }

    /// Reads an attribute; `None` where the source ends in its value.
    fn attribute(&mut self) -> Option<Attribute<'s>> {
        let mut is_first = true;
        // The first sign is a part of the name, whatever it is.
        let name = self.name(|byte| !std::mem::take(&mut is_first) && matches!(byte, b'/' | b'>' | b'='));
        self.take(is_blank);
        if self.rest().first() != Some(&b'=') {
            return Some(Attribute { name, value: Cow::Borrowed(""), quote: None });
        }
        self.at += 1;
        self.take(is_blank);
        let quote = self.rest().first().copied().filter(|first| matches!(first, b'"' | b'\''));
        Some(Attribute { name, value: Cow::Borrowed(self.value(quote)?), quote })
    }

    /// Takes a value as it stands in the source, and the quotes around it.
    fn value(&mut self, quote: Option<u8>) -> Option<&'s str> {
        let Some(quote) = quote else {
            return self.rest().first().map(|_| self.take(|byte| !is_blank(byte) && byte != b'>'));
        };
        self.at += 1;
        let value = self.advance(memchr(quote, self.rest())?);
        self.at += 1;
        Some(value)
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}
