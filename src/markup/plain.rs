//! The plain form of a text (quotes with `> `, code indented by four spaces, lists with their markers), both ways.
//!
//! Each line of the form is one line of the text behind the prefixes of the blocks around it, as in Markdown. A blank
//! line ends a quote, unless it is marked as well; a blank line of code is four spaces; two blank lines end a list,
//! which is written where code after a list would otherwise be read as part of it.

use std::fmt::Write;

use super::clean;
use super::writer::{Block, Gap, MAX_DEPTH, Writer};
use crate::model::{Mark, MarkKind, Text, TextRef};

const QUOTE: &str = "> ";
const CODE: &str = "    ";

/// Reads the plain form.
pub fn plain(source: &str) -> Text {
    let mut text = Text::default();
    plain_into(source, &mut text);
    text
}

/// Reads the plain form into a text, over what it held, so that a loader needs no new memory for each.
pub fn plain_into(source: &str, text: &mut Text) {
    let source = clean(source);
    let source = source.trim_matches('\n');
    let mut writer = Writer::new(text);
    if is_unmarked(source) {
        writer.push(source);
    } else {
        let mut reader = Reader { writer, blanks: 0, code_blanks: 0 };
        source.split('\n').for_each(|line| reader.line(line));
        writer = reader.writer;
    }
    writer.finish();
}

/// Whether no line could be anything but text of a paragraph.
fn is_unmarked(source: &str) -> bool {
    let is_text = |line: &str| !matches!(line.bytes().next(), Some(b'>' | b' ' | b'-' | b'0'..=b'9'));
    !source.contains("\n\n\n") && source.split('\n').all(is_text)
}

struct Reader<'t> {
    writer: Writer<'t>,
    /// Blank lines since the last text, outside code and in it.
    blanks: usize,
    code_blanks: usize,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        let (depth, rest) = self.go_on(line);
        let is_code = depth == self.writer.depth() && self.innermost() == Some(Block::Code);
        if rest.is_empty() && is_code {
            self.code_blanks += 1;
        } else if rest.is_empty() {
            self.blank(depth);
        } else if is_code {
            self.code(rest);
        } else {
            self.writer.close_to(depth);
            let rest = self.open(rest);
            self.text(rest);
        }
    }

    /// How many of the open blocks the line is in, and what is behind their prefixes.
    fn go_on<'a>(&self, line: &'a str) -> (usize, &'a str) {
        let mut rest = line;
        let mut depth = 0;
        while let Some(after) = self.writer.block(depth).and_then(|block| behind_prefix(block, rest)) {
            rest = after;
            depth += 1;
        }
        (depth, rest)
    }

    fn blank(&mut self, depth: usize) {
        self.blanks += 1;
        let is_item = |depth: &usize| self.writer.block(depth - 1).is_some_and(Block::is_item);
        let items = (1..=depth).rev().take_while(is_item).count();
        self.writer.close_to(if self.blanks > 1 { depth - items } else { depth });
        self.writer.divide(Gap::Paragraph);
    }

    fn code(&mut self, line: &str) {
        for _ in 0..self.code_blanks {
            self.writer.push("\n");
        }
        self.text(line);
    }

    /// Opens the blocks that start on this line, and gives what is behind their prefixes.
    fn open<'a>(&mut self, line: &'a str) -> &'a str {
        let mut rest = line;
        while self.writer.depth() < MAX_DEPTH && self.innermost() != Some(Block::Code) {
            let Some((block, after)) = opening(rest) else { break };
            self.writer.open(block);
            rest = after;
        }
        rest
    }

    fn text(&mut self, text: &str) {
        self.writer.begin_line();
        self.writer.push(text);
        self.writer.divide(Gap::Line);
        (self.blanks, self.code_blanks) = (0, 0);
    }

    fn innermost(&self) -> Option<Block> {
        self.writer.block(self.writer.depth().checked_sub(1)?)
    }
}

/// The rest of a line that goes on with a block.
fn behind_prefix(block: Block, line: &str) -> Option<&str> {
    match block {
        Block::Quote if line == QUOTE.trim_end() => Some(""),
        Block::Quote => line.strip_prefix(QUOTE),
        Block::Code => line.strip_prefix(CODE),
        Block::Bullet | Block::Numbered(_) if line.is_empty() => Some(line),
        Block::Bullet | Block::Numbered(_) => {
            let (indent, rest) = line.split_at_checked(block.marker().len())?;
            indent.bytes().all(|byte| byte == b' ').then_some(rest)
        }
    }
}

/// The block that a line starts, if it does, and the rest of the line.
fn opening(line: &str) -> Option<(Block, &str)> {
    let (block, rest) = match line.bytes().next()? {
        b'>' => (Block::Quote, line.strip_prefix(QUOTE)?),
        b' ' => (Block::Code, line.strip_prefix(CODE)?),
        b'-' => (Block::Bullet, line.strip_prefix("- ")?),
        b'0'..=b'9' => {
            let (digits, rest) = line.split_once(". ")?;
            let is_number = digits.len() <= 9 && (digits.len() == 1 || !digits.starts_with('0'));
            (Block::Numbered(digits.parse().ok().filter(|_| is_number)?), rest)
        }
        _ => return None,
    };
    rest.bytes().any(|byte| byte != b' ').then_some((block, rest))
}

/// Writes the plain form; reading it and writing it again gives the same.
pub fn to_plain(text: TextRef) -> String {
    let mut blocks = text.marks.iter().filter(|mark| mark.kind.is_block()).peekable();
    if blocks.peek().is_none() {
        return text.plain.to_owned();
    }
    let out = String::with_capacity(text.plain.len() + text.plain.len() / 8);
    let mut form = Form { out, text: text.plain, open: Vec::new(), items: 0, is_after_blank: false, is_list: false };
    let mut start = 0;
    for line in text.plain.split('\n') {
        let end = start + line.len();
        form.open.retain(|(mark, _)| mark.end as usize > start);
        let starting = std::iter::from_fn(|| blocks.next_if(|mark| (mark.start as usize) < end)).copied();
        if start > 0 {
            form.out.push('\n');
        }
        form.line(start, end, starting.collect());
        start = end + 1;
    }
    form.out
}

/// The plain form in the making.
struct Form<'a> {
    out: String,
    text: &'a str,
    /// The blocks that the line is in, with the lengths of their markers.
    open: Vec<(Mark, usize)>,
    /// How many items the last line with text was in, and whether it would be read as the start of one.
    items: usize,
    is_list: bool,
    /// Whether the last line was blank.
    is_after_blank: bool,
}

impl Form<'_> {
    fn line(&mut self, start: usize, end: usize, starting: Vec<Mark>) {
        let starts_code = starting.iter().any(|mark| mark.kind == MarkKind::Code);
        if starts_code && self.is_after_blank && (self.is_list || self.items > self.count(MarkKind::Item)) {
            self.blank_prefix();
            self.out.push('\n');
        }
        self.is_after_blank = start == end;
        if self.is_after_blank {
            return self.blank_prefix();
        }
        self.prefix();
        let mut at = start;
        for mark in starting {
            at = self.start(at, mark);
        }
        self.copy(at, end);
        self.items = self.count(MarkKind::Item);
        self.is_list = self.count(MarkKind::Code) == 0 && starts_item(self.text.get(at..end).unwrap_or_default());
    }

    fn count(&self, kind: MarkKind) -> usize {
        self.open.iter().filter(|(mark, _)| mark.kind == kind).count()
    }

    fn blank_prefix(&mut self) {
        self.prefix();
        if self.count(MarkKind::Code) == 0 {
            self.out.truncate(self.out.trim_end_matches(' ').len());
        }
    }

    fn prefix(&mut self) {
        for &(mark, marker) in &self.open {
            // Writing to a string cannot fail.
            _ = match mark.kind {
                MarkKind::Quote => self.out.write_str(QUOTE),
                MarkKind::Code => self.out.write_str(CODE),
                _ => write!(self.out, "{:marker$}", ""),
            };
        }
    }

    /// Opens a block behind what is before it on the line, and gives where the text goes on.
    fn start(&mut self, at: usize, mark: Mark) -> usize {
        let start = mark.start as usize;
        self.copy(at, start);
        let marker = match mark.kind {
            MarkKind::Quote => {
                self.out.push_str(QUOTE);
                0
            }
            MarkKind::Code => {
                self.out.push_str(CODE);
                0
            }
            _ => marker_len(self.text.get(start..).unwrap_or_default()),
        };
        self.copy(start, start + marker);
        self.open.push((mark, marker));
        start + marker
    }

    fn copy(&mut self, start: usize, end: usize) {
        self.out.push_str(self.text.get(start..end).unwrap_or_default());
    }
}

fn marker_len(line: &str) -> usize {
    opening(line).filter(|(block, _)| block.is_item()).map_or(0, |(block, _)| block.marker().len())
}

/// Whether the line would be read as an item, at the start or in other blocks.
fn starts_item(line: &str) -> bool {
    let blocks = std::iter::successors(opening(line), |(_, rest)| opening(rest));
    blocks.take(MAX_DEPTH).any(|(block, _)| block.is_item())
}

#[cfg(test)]
mod tests {
    use super::{plain, plain_into, to_plain};
    use crate::markup::html;
    use crate::model::{Mark, MarkKind, Text};

    #[test]
    fn ordinary_text_has_no_marks() {
        for text in ["", "a", "one\n\ntwo\nlines\n\nthree - four > five", "é\n\n“x”"] {
            assert_eq!(plain(text), Text::unmarked(text), "{text:?}");
        }
    }

    #[test]
    fn blocks_are_read() {
        let mark = |start, end, kind| Mark { start, end, kind };
        let table = [
            ("> a\n>\n> b\n\nc", "a\n\nb\n\nc", vec![mark(0, 4, MarkKind::Quote)]),
            ("> > a\n> b", "a\nb", vec![mark(0, 3, MarkKind::Quote), mark(0, 1, MarkKind::Quote)]),
            ("a\n\n    b\n    \n    \n      c\n\nd", "a\n\nb\n\n\n  c\n\nd", vec![mark(3, 10, MarkKind::Code)]),
            (
                "- a\n  - b\n12. c",
                "- a\n- b\n12. c",
                vec![mark(0, 7, MarkKind::Item), mark(4, 7, MarkKind::Item), mark(8, 13, MarkKind::Item)],
            ),
            ("- a\n\n  b\n\nc", "- a\n\nb\n\nc", vec![mark(0, 6, MarkKind::Item)]),
            ("-     a\n      b", "- a\nb", vec![mark(0, 5, MarkKind::Item), mark(2, 5, MarkKind::Code)]),
            ("- a\n\n\n    b", "- a\n\nb", vec![mark(0, 3, MarkKind::Item), mark(5, 6, MarkKind::Code)]),
            (">a\n-b\n1.c\n01. d\n   e\n-\n>", ">a\n-b\n1.c\n01. d\n   e\n-\n>", vec![]),
            ("\n\na\n\n\n\nb\n\n", "a\n\nb", vec![]),
        ];
        let mut text = Text::default();
        for (source, expected, marks) in table {
            plain_into(source, &mut text);
            assert_eq!((text.plain.as_str(), &text.marks), (expected, &marks), "{source:?}");
        }
    }

    #[test]
    fn texts_are_written() {
        let table = [
            ("a<p>&gt; b<p>c", "a\n\n> b\n\nc"),
            ("<blockquote>a<p>b<blockquote>c</blockquote></blockquote>", "> a\n>\n> b\n>\n> > c"),
            ("<pre>a\n\n  b</pre>", "    a\n    \n      b"),
            ("<blockquote><pre>a\n\nb</pre></blockquote>", ">     a\n>     \n>     b"),
            ("<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>", "- a\n  - b\n\n- c\n\n  d"),
            ("<ol start=10><li>a<pre>b</pre></ol>", "10. a\n\n        b"),
            ("<ul><li>a</ul><pre>b</pre>", "- a\n\n\n    b"),
            ("<ul><li><blockquote>a<br>b</blockquote></ul>", "- > a\n  > b"),
            ("12. a<pre>b\n\nc</pre>", "12. a\n\n\n    b\n    \n    c"),
        ];
        for (source, expected) in table {
            let form = to_plain(html(source).borrow());
            assert_eq!(form, expected, "{source}");
            assert_eq!(to_plain(plain(&form).borrow()), form, "{source}");
        }
    }
}
