//! Lines of text: white space, inline marks, links, quotes by `>`, and code.

use super::address;
use crate::markup::characters::is_mark;
use crate::markup::clean;
use crate::markup::writer::{Block, Gap, MAX_DEPTH, Writer};
use crate::model::MarkKind;

const NO_BREAK_SPACE: char = '\u{A0}';

/// The format that a tag gives its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Emphasis,
    Strong,
    Literal,
    Spoiler,
}

impl Format {
    const ALL: [Self; 4] = [Self::Emphasis, Self::Strong, Self::Literal, Self::Spoiler];

    fn kind(self) -> MarkKind {
        match self {
            Self::Emphasis => MarkKind::Emphasis,
            Self::Strong => MarkKind::Strong,
            Self::Literal => MarkKind::Literal,
            Self::Spoiler => MarkKind::Spoiler,
        }
    }
}

struct Link {
    address: String,
    /// Its number in the text, once some of it is written.
    number: Option<u32>,
    /// Its start on this line.
    start: Option<u32>,
}

/// Writes runs of text as lines. Inline marks never cross the end of a line; they go on behind it.
pub(super) struct Lines<'t> {
    writer: Writer<'t>,
    /// Whether the line has text.
    begun: bool,
    /// White space since the last word, in columns.
    spaces: usize,
    /// The `>` that the line starts with.
    arrows: usize,
    /// The number of open blocks, quotes by `>` not counted.
    depth: usize,
    /// The number of open tags of each format, and the start of the format's mark on this line.
    formats: [u32; 4],
    starts: [Option<u32>; 4],
    link: Option<Link>,
    /// In code: the white space since its last word.
    code: Option<String>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(writer: Writer<'t>) -> Self {
        Self {
            writer,
            begun: false,
            spaces: 0,
            arrows: 0,
            depth: 0,
            formats: [0; 4],
            starts: [None; 4],
            link: None,
            code: None,
        }
    }

    pub(super) fn finish(mut self) {
        self.divide(Gap::None);
        self.writer.finish();
    }

    /// Writes a run of text from the source.
    pub(super) fn text(&mut self, run: &str) {
        let run = clean(run);
        if self.code.is_some() {
            return self.code_text(&run.replace(NO_BREAK_SPACE, " "));
        }
        let mut rest = &*run;
        while !rest.is_empty() {
            let words = if self.begun { plain_words(rest) } else { "" };
            let length = if words.is_empty() { end_of_piece(rest) } else { words.len() };
            let (taken, behind) = rest.split_at(length);
            if words.is_empty() {
                self.piece(taken);
            } else {
                self.word(taken);
            }
            rest = behind;
        }
    }

    /// Writes a word, and takes the blank behind it.
    fn piece(&mut self, piece: &str) {
        let word = piece.trim_end_matches([' ', '\n', NO_BREAK_SPACE]);
        if !word.is_empty() {
            self.word(word);
        }
        if piece.ends_with(NO_BREAK_SPACE) {
            self.spaces += 1;
        } else if piece.len() > word.len() {
            self.spaces = self.spaces.max(1);
        }
    }

    /// Writes a sign right behind the last word.
    pub(super) fn append(&mut self, sign: &str) {
        if self.begun {
            self.writer.push(sign);
        }
    }

    /// Ends the line, if it has text, and asks for a gap before the next.
    pub(super) fn divide(&mut self, gap: Gap) {
        self.end_marks();
        (self.begun, self.spaces, self.arrows) = (false, 0, 0);
        self.writer.divide(gap);
    }

    /// A line break that the writer requested; two of them divide paragraphs.
    pub(super) fn hard_break(&mut self) {
        if let Some(blank) = &mut self.code {
            blank.push('\n');
        } else if !self.begun && self.writer.gap() == Gap::Line {
            self.divide(Gap::Paragraph);
        } else {
            self.divide(Gap::Line);
        }
    }

    /// Opens a block; the line has been ended.
    pub(super) fn open(&mut self, block: Block) {
        self.writer.close_to(self.depth);
        self.writer.open(block);
        self.depth += 1;
    }

    /// Closes the block opened last.
    pub(super) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.writer.close_to(self.depth);
    }

    pub(super) fn open_code(&mut self) {
        self.divide(Gap::Paragraph);
        self.open(Block::Code);
        self.code = Some(String::new());
    }

    pub(super) fn close_code(&mut self) {
        if self.code.take().is_some() {
            self.divide(Gap::Paragraph);
            self.close();
        }
    }

    pub(super) fn is_code(&self) -> bool {
        self.code.is_some()
    }

    pub(super) fn open_format(&mut self, format: Format) {
        self.formats[format as usize] += 1;
    }

    pub(super) fn close_format(&mut self, format: Format) {
        let open = &mut self.formats[format as usize];
        *open = open.saturating_sub(1);
        if *open == 0 {
            self.end_format(format);
        }
    }

    pub(super) fn open_link(&mut self, address: String) {
        self.link = Some(Link { address, number: None, start: None });
    }

    /// Ends the link, and gives its address if some of it was written.
    pub(super) fn close_link(&mut self) -> Option<String> {
        self.end_link();
        self.link.take().filter(|link| link.number.is_some()).map(|link| link.address)
    }

    pub(super) fn is_link(&self) -> bool {
        self.link.is_some()
    }

    /// Whether there is a link of which nothing has been written.
    pub(super) fn is_empty_link(&self) -> bool {
        self.link.as_ref().is_some_and(|link| link.number.is_none() && link.start.is_none())
    }

    /// The length of the text so far, once the line has any.
    pub(super) fn place(&self) -> Option<u32> {
        self.begun.then(|| self.writer.len())
    }

    /// Puts brackets around the words that were written on this line since a place, where they are more than one.
    pub(super) fn bracket(&mut self, place: u32) {
        let words = self.writer.plain().get(place as usize..).unwrap_or_default();
        if !words.contains(' ') || words.contains('\n') || words.starts_with('(') {
            return;
        }
        self.writer.insert(place, "(");
        let shift = |start: &mut u32| *start += u32::from(*start >= place);
        self.starts.iter_mut().flatten().for_each(shift);
        if let Some(start) = self.link.as_mut().and_then(|link| link.start.as_mut()) {
            shift(start);
        }
        self.writer.push(")");
    }

    fn word(&mut self, word: &str) {
        if !self.begun {
            return self.first_word(word);
        }
        for _ in 0..std::mem::take(&mut self.spaces) {
            self.writer.push(" ");
        }
        self.start_marks();
        self.writer.push(word);
    }

    /// Starts a line, and takes the `>` before its first word for quotes.
    fn first_word(&mut self, word: &str) {
        let is_literal = self.is_on(Format::Literal);
        if is_literal && word.starts_with('>') {
            // In the plain form, right under a quote, it would be part of that.
            self.writer.divide(Gap::Paragraph);
        }
        let rest = if is_literal { word } else { word.trim_start_matches('>') };
        let is_glued = rest.len() < word.len() || self.spaces == 0;
        self.arrows += word.len() - rest.len();
        self.spaces = 0;
        if rest.is_empty() {
            return;
        }
        let is_comparison = self.arrows > 0 && is_glued && rest.starts_with(is_compared);
        self.quote(self.arrows - usize::from(is_comparison));
        self.begun = true;
        self.writer.begin_line();
        self.start_marks();
        self.writer.push(if is_comparison { ">" } else { "" });
        self.writer.push(rest);
    }

    /// Makes so many quotes by `>` the open ones; those of the line above go on.
    fn quote(&mut self, arrows: usize) {
        let wanted = self.depth + arrows.min(MAX_DEPTH.saturating_sub(self.depth));
        let kept = if self.writer.gap() == Gap::Line { wanted } else { self.depth };
        self.writer.close_to(kept);
        while self.writer.depth() < wanted {
            self.writer.open(Block::Quote);
        }
    }

    fn code_text(&mut self, run: &str) {
        let mut blank = self.code.as_mut().map(std::mem::take).unwrap_or_default();
        let body = run.trim_end_matches([' ', '\n']);
        if !body.is_empty() {
            blank.push_str(body);
            if !self.begun {
                self.begun = true;
                self.writer.begin_line();
                let indented = blank.len() - blank.trim_start_matches([' ', '\n']).len();
                let first = blank.get(..indented).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1);
                blank.drain(..first);
            }
            self.code_lines(&blank);
            blank.clear();
        }
        blank.push_str(run.get(body.len()..).unwrap_or_default());
        self.code = Some(blank);
    }

    fn code_lines(&mut self, lines: &str) {
        for (number, line) in lines.split('\n').enumerate() {
            if number > 0 {
                self.end_marks();
                self.writer.push("\n");
            }
            let words = line.trim_start_matches(' ');
            let (indent, _) = line.split_at(line.len() - words.len());
            self.writer.push(indent);
            if !words.is_empty() {
                self.start_marks();
                self.writer.push(words);
            }
        }
    }

    fn is_on(&self, format: Format) -> bool {
        self.formats[format as usize] > 0
    }

    fn start_marks(&mut self) {
        let here = self.writer.len();
        for format in Format::ALL {
            // Code is literal as it is.
            if self.is_on(format) && !(format == Format::Literal && self.is_code()) {
                self.starts[format as usize].get_or_insert(here);
            }
        }
        if let Some(link) = &mut self.link {
            link.start.get_or_insert(here);
        }
    }

    fn end_marks(&mut self) {
        self.end_link();
        for format in Format::ALL {
            self.end_format(format);
        }
    }

    fn end_format(&mut self, format: Format) {
        if let Some(start) = self.starts[format as usize].take() {
            self.writer.mark(start, format.kind());
        }
    }

    fn end_link(&mut self) {
        let Some(mut link) = self.link.take() else { return };
        if let Some(start) = link.start.take() {
            if link.number.is_none() {
                self.complete(start, &link.address);
            }
            let number = *link.number.get_or_insert_with(|| self.writer.link(&link.address));
            self.writer.mark(start, MarkKind::Link(number));
        }
        self.link = Some(link);
    }

    /// Shows a shortened address in full, unless marks divide it.
    fn complete(&mut self, start: u32, address: &str) {
        let shown = self.writer.plain().get(start as usize..).unwrap_or_default();
        let is_whole = self.writer.last_mark_end() <= start && self.starts.iter().flatten().all(|&at| at <= start);
        if is_whole && address::is_shortened(shown, address) {
            self.writer.take_back(start);
            self.writer.push(address);
        }
    }
}

/// The words at the start of a text with one space between each two, which are written as they stand.
fn plain_words(text: &str) -> &str {
    const FIRST_OF_NO_BREAK_SPACE: u8 = 0xC2;
    let mut was_space = true;
    let end = text.bytes().position(|byte| {
        let is_space = byte == b' ';
        let is_end = matches!(byte, b'\n' | FIRST_OF_NO_BREAK_SPACE) || is_space && was_space;
        was_space = is_space;
        is_end
    });
    let Some(end) = end else { return text.trim_end_matches(' ') };
    let words = text.get(..end).unwrap_or_default();
    // Other signs begin with the same byte, and are a part of their word.
    if text.as_bytes().get(end) == Some(&FIRST_OF_NO_BREAK_SPACE) && !text.get(end..).is_some_and(starts_blank) {
        return words.rsplit_once(' ').map_or("", |(words, _)| words);
    }
    words.trim_end_matches(' ')
}

fn starts_blank(text: &str) -> bool {
    text.starts_with([' ', '\n', NO_BREAK_SPACE])
}

/// The place behind the first blank of a text.
fn end_of_piece(text: &str) -> usize {
    text.split_inclusive([' ', '\n', NO_BREAK_SPACE]).next().map_or(0, str::len)
}

/// Whether a `>` before this character is no quote: it means "more than", or the character is a mark that needs a base.
fn is_compared(c: char) -> bool {
    c.is_ascii_digit() || c == '=' || is_mark(c)
}
