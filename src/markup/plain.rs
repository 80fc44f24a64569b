//! The plain form of a text (quotes with `> `, code indented by four spaces, lists with their markers), both ways.
//!
//! Each line of the form is one line of the text behind the prefixes of the blocks around it, as in Markdown. A blank
//! line ends a quote, unless it is marked as well; a blank line of code is four spaces; each further blank line ends
//! one item, which is written where code after a list would otherwise be read as part of it.

use std::fmt::Write;

use memchr::memchr_iter;

use super::clean;
use super::writer::{Block, Gap, MAX_DEPTH, Writer};
use crate::model::{Mark, MarkKind, Text, TextRef};

const QUOTE: &str = "> ";
const CODE: &str = "    ";

/// Columns of prefixes before a line for each byte that lines have on average, and for the text as a whole: a text of short
/// lines in deep blocks, of which some then have no prefix, does not become twenty times as long.
const COLUMNS_A_BYTE: usize = 8;
const COLUMNS_AT_ALL: usize = 512;

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
    let bytes = source.as_bytes();
    let may_begin = |start: usize| match bytes.get(start..) {
        Some([b'>' | b' ' | b'-' | b'0'..=b'9', ..]) => false,
        // Two blank lines are one too many.
        Some([b'\n', behind @ ..]) => !behind.starts_with(b"\n"),
        _ => true,
    };
    may_begin(0) && memchr_iter(b'\n', bytes).all(|end| may_begin(end + 1))
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

    /// The number of open blocks that the line continues, and the rest of the line after their prefixes.
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
        let ends_item = self.blanks > 1
            && depth.checked_sub(1).and_then(|last| self.writer.block(last)).is_some_and(Block::is_item);
        self.writer.close_to(depth - usize::from(ends_item));
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

/// The rest of a line that continues a block.
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

/// Writes the plain form; reading it and writing it again gives the same, unless lines were so short for the depth of their
/// blocks that some have no prefix.
pub fn to_plain(text: TextRef) -> String {
    let mut blocks = text.marks.iter().filter(|mark| mark.kind.is_block()).peekable();
    if blocks.peek().is_none() {
        return text.plain.to_owned();
    }
    let out = String::with_capacity(text.plain.len() + text.plain.len() / 8);
    let lines = 1 + text.plain.bytes().filter(|&byte| byte == b'\n').count();
    let most = (COLUMNS_A_BYTE * text.plain.len() + COLUMNS_AT_ALL) / lines;
    let mut form = Form { out, text: text.plain, most, open: Vec::new(), last: Vec::new(), is_after_blank: false };
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

/// Whether reading the plain form of a text gives its words and blocks again. A paragraph that looks like a block is read as
/// one, and blocks can stand deeper than any is read.
pub fn reads_back(text: TextRef, form: &str) -> bool {
    let mut blocks = text.marks.iter().filter(|mark| mark.kind.is_block()).peekable();
    if blocks.peek().is_none() && is_unmarked(form) {
        return !form.starts_with('\n') && !form.ends_with('\n');
    }
    let read = plain(form);
    read.plain == text.plain && blocks.eq(&read.marks)
}

/// The plain form in the making.
struct Form<'a> {
    out: String,
    text: &'a str,
    /// The most columns before a line.
    most: usize,
    /// The blocks that the line is in, with the lengths of their prefixes.
    open: Vec<(Mark, usize)>,
    /// The blocks that the last line with text will be read to be in, whether they are marked or its text looks so.
    last: Vec<MarkKind>,
    /// Whether the last line was blank.
    is_after_blank: bool,
}

impl Form<'_> {
    fn line(&mut self, start: usize, end: usize, starting: Vec<Mark>) {
        if self.is_after_blank && starting.first().is_some_and(|mark| mark.kind == MarkKind::Code) {
            self.end_items();
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
        self.remember(at, end);
    }

    /// Ends the items that the last line was in, but this is not.
    fn end_items(&mut self) {
        let ended = self.last.iter().skip(self.open.len()).take_while(|&&kind| kind == MarkKind::Item).count();
        for _ in 0..ended {
            self.blank_prefix();
            self.out.push('\n');
        }
    }

    fn remember(&mut self, start: usize, end: usize) {
        let line = self.text.get(start..end).filter(|_| !self.is_code()).unwrap_or_default();
        let read = std::iter::successors(opening(line), |(_, rest)| opening(rest));
        self.last.clear();
        self.last.extend(self.open.iter().map(|(mark, _)| mark.kind));
        self.last.extend(read.map(|(block, _)| block.kind()).take(MAX_DEPTH));
    }

    fn is_code(&self) -> bool {
        self.open.last().is_some_and(|(mark, _)| mark.kind == MarkKind::Code)
    }

    fn blank_prefix(&mut self) {
        self.prefix();
        if !self.is_code() {
            self.out.truncate(self.out.trim_end_matches(' ').len());
        }
    }

    fn prefix(&mut self) {
        for &(mark, columns) in &self.open {
            // Writing to a string cannot fail.
            _ = match mark.kind {
                MarkKind::Quote if columns > 0 => self.out.write_str(QUOTE),
                _ => write!(self.out, "{:columns$}", ""),
            };
        }
    }

    /// Opens a block behind what is before it on the line, and gives the offset of the text after it.
    fn start(&mut self, at: usize, mark: Mark) -> usize {
        let start = mark.start as usize;
        self.copy(at, start);
        let marker = if mark.kind == MarkKind::Item { marker_len(self.text, start) } else { 0 };
        let prefix = match mark.kind {
            MarkKind::Quote => QUOTE,
            MarkKind::Code => CODE,
            _ => "",
        };
        let columns = prefix.len() + marker;
        let has_room = self.open.iter().map(|(_, columns)| columns).sum::<usize>() + columns <= self.most;
        self.out.push_str(if has_room { prefix } else { "" });
        self.copy(start, start + marker);
        self.open.push((mark, if has_room { columns } else { 0 }));
        start + marker
    }

    fn copy(&mut self, start: usize, end: usize) {
        self.out.push_str(self.text.get(start..end).unwrap_or_default());
    }
}

/// The length of the marker at a place: a number of nine digits has the longest, with a character behind it.
fn marker_len(text: &str, start: usize) -> usize {
    let end = text.floor_char_boundary(start + "123456789. ".len() + 4);
    opening(text.get(start..end).unwrap_or_default())
        .filter(|(block, _)| block.is_item())
        .map_or(0, |(block, _)| block.marker().len())
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
    #[test]
    fn large_hostile_input_ends() {
        for unit in ["> ", "> a\n", "- ", "1. ", "    ", "    a\n", "    \n", "\n", ">\n", "- a\n  ", "1", "- a\n\n\n"]
        {
            let text = plain(&unit.repeat((1 << 20) / unit.len()));
            assert!(to_plain(text.borrow()).len() < 40 << 20, "{unit:?}");
        }
    }
}
