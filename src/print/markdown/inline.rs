//! Inline marks of one line as Markdown; emphasis that Markdown would not read as such is left out.

use super::escape::{destination, escape_into, escape_start, keep_last_space};
use crate::model::{Mark, MarkKind, TextRef};

/// A mark that is written, cut to its line.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    kind: MarkKind,
}

impl Span {
    /// The part of a mark on a line, without the spaces at its ends.
    fn of(mark: &Mark, text: &str, (from, to): (usize, usize)) -> Option<Self> {
        let (start, end) = ((mark.start as usize).max(from), (mark.end as usize).min(to));
        let words = text.get(start..end)?;
        let start = start + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        (start < end).then_some(Self { start, end, kind: mark.kind })
    }

    fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether signs of both would stand side by side.
    fn touches(self, other: Self) -> bool {
        self.start == other.start || self.end == other.end || self.start == other.end || self.end == other.start
    }
}

/// Spans of one kind, which lie behind one another.
type Row = Vec<Span>;

/// The spans of a line that Markdown can have: links before all others, and nothing within literal text.
struct Spans {
    links: Row,
    literals: Row,
    strong: Row,
    emphasis: Row,
}

impl Spans {
    fn new(text: &str, marks: &[Mark], line: (usize, usize)) -> Self {
        let of = |is: fn(MarkKind) -> bool| -> Row {
            let marks = marks.iter().filter(|mark| is(mark.kind));
            marks.filter_map(|mark| Span::of(mark, text, line)).fold(Row::new(), joined)
        };
        let mut spans = Self {
            links: of(|kind| matches!(kind, MarkKind::Link(_))),
            literals: of(|kind| kind == MarkKind::Literal),
            strong: of(|kind| kind == MarkKind::Strong),
            emphasis: of(|kind| kind == MarkKind::Emphasis),
        };
        let Self { links, literals, strong, emphasis } = &mut spans;
        literals.retain(|literal| overlapping(links, *literal).iter().all(|link| link.holds(*literal)));
        for row in [&mut *strong, &mut *emphasis] {
            row.retain(|span| overlapping(links, *span).iter().all(|link| link.holds(*span) || span.holds(*link)));
            row.retain(|span| overlapping(literals, *span).iter().all(|literal| span.holds(*literal)));
            row.retain(|span| can_stand(text, *span, line, links, literals));
        }
        emphasis.retain(|span| {
            let nests = |other: &Span| other.holds(*span) || span.holds(*other);
            overlapping(strong, *span).iter().all(nests)
                && !beside(strong, *span).iter().any(|other| other.touches(*span))
        });
        spans
    }

    /// All but literals as signs at their places, in the order in which they are written.
    fn signs(&self, text: TextRef<'_>) -> Vec<(usize, String)> {
        let mut signs: Vec<(usize, bool, std::cmp::Reverse<usize>, u8, String)> = Vec::new();
        for (rank, row) in [&self.links, &self.strong, &self.emphasis].into_iter().enumerate() {
            for span in row {
                let rank = rank as u8;
                let (open, close) = sign(text, span.kind);
                signs.push((span.start, true, std::cmp::Reverse(span.end), rank, open));
                signs.push((span.end, false, std::cmp::Reverse(span.start), 9 - rank, close));
            }
        }
        signs.sort_unstable();
        signs.into_iter().map(|(at, _, _, _, sign)| (at, sign)).collect()
    }
}

/// A row with a span more: two of one kind that touch are one.
fn joined(mut row: Row, span: Span) -> Row {
    match row.last_mut().filter(|last| last.end == span.start && last.kind == span.kind) {
        Some(last) => last.end = span.end,
        None => row.push(span),
    }
    row
}

/// The spans of a row that share a character with this one.
fn overlapping(row: &[Span], span: Span) -> &[Span] {
    let first = row.partition_point(|other| other.end <= span.start);
    let last = row.partition_point(|other| other.start < span.end);
    row.get(first..last).unwrap_or_default()
}

/// The spans of a row that share a character or an end with this one.
fn beside(row: &[Span], span: Span) -> &[Span] {
    let first = row.partition_point(|other| other.end < span.start);
    let last = row.partition_point(|other| other.start <= span.end);
    row.get(first..last).unwrap_or_default()
}

/// Whether Markdown reads stars around a span as emphasis: within them must be a word, or a sign where outside is no word.
fn can_stand(text: &str, span: Span, (from, to): (usize, usize), links: &[Span], literals: &[Span]) -> bool {
    let words = text.get(span.start..span.end).unwrap_or_default();
    let before = text.get(from..span.start).and_then(|before| before.chars().next_back());
    let after = text.get(span.end..to).and_then(|after| after.chars().next());
    let (start, end) = (signs_at(span.start, span, links, literals), signs_at(span.end, span, links, literals));
    let fits = |inside: Option<char>, outside: Option<char>, signs: SignsAt| {
        let is_open = signs.outside || outside.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
        let is_word = !signs.inside && inside.is_some_and(char::is_alphanumeric);
        is_word || is_open && (signs.inside || inside.is_some_and(|c| c.is_ascii_punctuation()))
    };
    fits(words.chars().next(), before, start) && fits(words.chars().next_back(), after, end)
}

/// Whether signs of a link or of literal text stand at an end of a span, within it and outside of it.
struct SignsAt {
    inside: bool,
    outside: bool,
}

fn signs_at(place: usize, span: Span, links: &[Span], literals: &[Span]) -> SignsAt {
    let here = Span { start: place, end: place, ..span };
    let is_inner = |other: &Span| span.holds(*other) && (other.kind == MarkKind::Literal || !other.holds(span));
    let others = beside(links, here).iter().chain(beside(literals, here));
    let (inner, outer): (Vec<&Span>, Vec<&Span>) = others.partition(|other| is_inner(other));
    SignsAt { inside: !inner.is_empty(), outside: outer.iter().any(|other| other.start == place || other.end == place) }
}

fn sign(text: TextRef<'_>, kind: MarkKind) -> (String, String) {
    match kind {
        MarkKind::Link(number) => {
            ("[".to_owned(), format!("]({})", destination(text.link(number).unwrap_or_default())))
        }
        MarkKind::Strong => ("**".to_owned(), "**".to_owned()),
        _ => ("*".to_owned(), "*".to_owned()),
    }
}

/// Writes the text from `from` to `to`, which is the rest of a line, with those of its marks that Markdown can have. Gives
/// the numbers of the links.
pub(super) fn write_line(text: TextRef<'_>, marks: &[Mark], (from, to): (usize, usize), out: &mut String) -> Vec<u32> {
    let spans = Spans::new(text.plain, marks, (from, to));
    let mut writer = Writer { plain: text.plain, literals: &spans.literals, at: from, is_start: true, out };
    for (place, sign) in spans.signs(text) {
        writer.text_to(place);
        writer.sign(&sign);
    }
    writer.text_to(to);
    if text.plain.get(from..to).is_some_and(|line| line.ends_with(' ')) {
        keep_last_space(out);
    }
    let number = |span: &Span| if let MarkKind::Link(number) = span.kind { Some(number) } else { None };
    spans.links.iter().filter_map(number).collect()
}

struct Writer<'a> {
    plain: &'a str,
    literals: &'a [Span],
    at: usize,
    /// Whether nothing stands on the line yet.
    is_start: bool,
    out: &'a mut String,
}

impl Writer<'_> {
    fn text_to(&mut self, place: usize) {
        while let Some((first, rest)) = self.literals.split_first().filter(|(first, _)| first.start < place) {
            self.words_to(first.start);
            self.literal(self.plain.get(first.start..first.end).unwrap_or_default());
            self.at = first.end;
            self.literals = rest;
        }
        self.words_to(place);
    }

    fn words_to(&mut self, place: usize) {
        let words = self.plain.get(self.at..place).unwrap_or_default();
        if words.is_empty() {
            return;
        }
        let rest = if self.is_start { escape_start(words, self.out) } else { words };
        escape_into(rest, self.out);
        (self.is_start, self.at) = (false, place);
    }

    fn sign(&mut self, sign: &str) {
        if sign == "[" && self.out.ends_with('!') {
            // Or it would be an image.
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push_str(sign);
        self.is_start = false;
    }

    /// Literal text between more backticks than it has in a row.
    fn literal(&mut self, words: &str) {
        let ticks = "`".repeat(1 + longest_run(words, b'`'));
        let is_padded =
            words.starts_with('`') || words.ends_with('`') || (words.starts_with(' ') && words.ends_with(' '));
        let space = if is_padded { " " } else { "" };
        self.out.extend([&*ticks, space, words, space, &*ticks]);
        self.is_start = false;
    }
}

/// The length of the longest run of a sign.
pub(super) fn longest_run(text: &str, sign: u8) -> usize {
    let mut run = 0;
    let lengths = text.bytes().map(|byte| {
        run = if byte == sign { run + 1 } else { 0 };
        run
    });
    lengths.max().unwrap_or(0)
}
