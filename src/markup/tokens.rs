//! The tokens of HTML: one pass over a source, which hands out texts, start tags and end tags with their places.
//!
//! The rules are those of the tokenizer of the HTML standard (chapter 13.2.5), as far as they decide on texts and tags:
//! comments, doctypes and errors are passed over. What needs no change is lent from the source. Every step looks for the
//! next byte that matters, so that time is linear in the source, whatever a stranger sends.

mod decode;
mod raw_text;
mod tag;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};

use self::decode::{Place, decode};
use self::raw_text::RawText;
pub(crate) use self::tag::Tag;

/// A token of the source.
#[derive(Debug)]
pub(crate) enum Token<'t, 's> {
    /// A text between two tags, comments or ends of the source, with its references undone and its lines ended by `'\n'`.
    Text(Cow<'s, str>),
    /// A start tag, and where it stands.
    Start(&'t Tag<'s>, Range<usize>),
    /// The name of an end tag in small letters, and where the tag stands.
    End(&'t str, Range<usize>),
}

/// The language of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// HTML: the inside of some elements (`title`, `script`) is text, whatever it looks like.
    Html,
    /// XML, read as HTML without such elements; of CDATA sections nothing is read.
    Xml,
}

/// The tokens of a source, one after another.
#[derive(Debug)]
pub(crate) struct Tokens<'s> {
    source: &'s str,
    at: usize,
    syntax: Syntax,
    /// Whether the values of attributes are cleaned.
    is_cleaning: bool,
    /// The element whose inside is text, if the last start tag was of such a one.
    raw_text: Option<RawText>,
    /// Whether the source ends in such an element.
    ends_in_raw_text: bool,
    tag: Tag<'s>,
}

impl<'s> Tokens<'s> {
    /// The tokens of a source, which may be damaged or cut in any way.
    pub(crate) fn new(source: &'s str, syntax: Syntax) -> Self {
        Self { source, at: 0, syntax, is_cleaning: false, raw_text: None, ends_in_raw_text: false, tag: Tag::default() }
    }

    /// The same, with the values of attributes made clean.
    pub(crate) fn with_clean_values(self) -> Self {
        Self { is_cleaning: true, ..self }
    }

    /// The same from a place on, which must be one between two tokens.
    pub(crate) fn starting_at(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// Whether the place reached is the end of the source, and a tag that begins there would be read as one.
    pub(crate) fn ends_between_tokens(&self) -> bool {
        self.at == self.source.len() && !self.ends_in_raw_text && !self.source.ends_with("</")
    }

    /// The next token, or nothing at the end of the source. A tag that the source cuts is none.
    pub(crate) fn next(&mut self) -> Option<Token<'_, 's>> {
        loop {
            let text = self.text();
            if !text.is_empty() {
                return Some(Token::Text(text));
            }
            let start = self.at;
            match self.markup()? {
                Markup::Passed => {}
                Markup::Start => return Some(Token::Start(&self.tag, start..self.at)),
                Markup::End => return Some(Token::End(&self.tag.name, start..self.at)),
            }
        }
    }

    /// Reads the text up to the next markup or the end.
    fn text(&mut self) -> Cow<'s, str> {
        let start = self.at;
        let (end, place) = match self.raw_text.take() {
            Some(element) => {
                let end = element.end(self.source, start);
                self.ends_in_raw_text = end == self.source.len();
                (end, element.place())
            }
            None => self.end_of_text(),
        };
        self.at = end;
        decode(self.source.get(start..end).unwrap_or_default(), place)
    }

    /// The start of the next markup, and whether what stands before it must be put together around `</>`, which is nothing.
    fn end_of_text(&self) -> (usize, Place) {
        let (mut at, mut place) = (self.at, Place::Text);
        while let Some(found) = self.find(b'<', at) {
            match self.bytes(found + 1) {
                [b'/', b'>', ..] => place = Place::TextWithEmptyEnds,
                [b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?', ..] | [b'/', _, ..] => return (found, place),
                _ => {}
            }
            at = found + 1;
        }
        (self.source.len(), place)
    }

    /// Reads the markup that begins here; `None` where the source ends in it.
    fn markup(&mut self) -> Option<Markup> {
        match self.bytes(self.at + 1) {
            [b'a'..=b'z' | b'A'..=b'Z', ..] => {
                self.at = self.tag.read(self.source, self.at + 1, self.is_cleaning)?;
                self.raw_text = RawText::of(&self.tag.name).filter(|_| self.syntax == Syntax::Html);
                Some(Markup::Start)
            }
            [b'/', b'a'..=b'z' | b'A'..=b'Z', ..] => {
                self.at = self.tag.read(self.source, self.at + 2, false)?;
                Some(Markup::End)
            }
            [b'!', b'-', b'-', ..] => {
                self.at = self.end_of_comment(self.at + "<!--".len())?;
                Some(Markup::Passed)
            }
            // A doctype, an instruction, or what is taken for a comment.
            _ => {
                self.at = self.find(b'>', self.at + 1)? + 1;
                Some(Markup::Passed)
            }
        }
    }

    /// The place behind a comment whose content begins at `start`.
    fn end_of_comment(&self, start: usize) -> Option<usize> {
        let content = self.bytes(start);
        for empty in [&b">"[..], b"->"] {
            if content.starts_with(empty) {
                return Some(start + empty.len());
            }
        }
        memmem::find_iter(content, "--").find_map(|dashes| {
            let end = start + dashes + "--".len();
            match self.bytes(end) {
                [b'>', ..] => Some(end + 1),
                // Of three dashes the last two may be the end.
                [b'!' | b'-', b'>', ..] => Some(end + 2),
                [b'-', b'!', b'>', ..] => Some(end + 3),
                _ => None,
            }
        })
    }

    fn find(&self, byte: u8, from: usize) -> Option<usize> {
        memchr(byte, self.bytes(from)).map(|found| from + found)
    }

    fn bytes(&self, from: usize) -> &'s [u8] {
        self.source.as_bytes().get(from..).unwrap_or_default()
    }
}

/// The markup that was read.
enum Markup {
    /// Nothing that makes a token.
    Passed,
    Start,
    End,
}
