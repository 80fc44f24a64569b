//! The parts of a line in an overlay; the colours and glyphs of a part are chosen where it is drawn.

use unicode_width::UnicodeWidthStr;

use crate::model::Text;
use crate::view::wrap;

/// The most columns of words.
pub(super) const WIDEST: usize = 92;
/// The fewest columns of words that go on below themselves.
pub(super) const LEAST_WORDS: usize = 8;

/// The role of some words, which decides their style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each names what it is for")]
pub enum Tone {
    Text,
    Heading,
    Key,
    Dim,
    Author,
    Score,
    Quote,
    Warning,
}

/// A drawn mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each names what it marks")]
pub enum Glyph {
    Full,
    Line,
    Folded,
    Hidden,
    Bookmark,
    Stored,
    Followed,
    Subscriber,
    Journal,
    Homepage,
    Place,
    QuoteBar,
    Here,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Words(String, Tone),
    /// A drawn mark, one column.
    Glyph(Glyph),
    /// Keys by their names.
    Keys(String),
    /// A part of an address, and the whole of it.
    Link(String, String),
    /// Nothing up to this column.
    To(usize),
}

/// The columns of a line.
pub(super) fn columns(line: &[Span]) -> usize {
    line.iter().fold(0, |used, span| match span {
        Span::Words(words, _) | Span::Keys(words) | Span::Link(words, _) => used + words.width(),
        Span::Glyph(_) => used + 1,
        Span::To(column) if used > *column => used + 1,
        Span::To(column) => *column,
    })
}

/// What comes first, and from a column on words that go on below themselves where there is little room.
pub(super) fn hanging(first: Vec<Span>, column: usize, words: &str, width: usize) -> Vec<Vec<Span>> {
    let lines = wrap(Text::unmarked(words).borrow(), width.saturating_sub(column).max(LEAST_WORDS));
    let line = |(spans, line): (Vec<Span>, &str)| {
        let words = [Span::To(column), Span::Words(line.to_owned(), Tone::Text)];
        spans.into_iter().chain(words).collect()
    };
    let first = std::iter::once(first).chain(std::iter::repeat_with(Vec::new));
    first.zip(lines.iter().map(|line| line.of(words))).map(line).collect()
}
