//! A text's blocks as Markdown has them: quotes, lists, fenced code, and paragraphs with their line breaks.

use super::escape::{escape, link};
use super::inline::{longest_run, write_line};
use crate::model::{Mark, MarkKind, TextRef};
use crate::print::columns_before;

/// Writes a text, every line behind `indent` columns or as many as it has room for, and a line break at its end.
pub(super) fn write_body(text: TextRef<'_>, indent: usize, out: &mut String) {
    let mut body = Body {
        text,
        most: indent + columns_before(text.plain).saturating_sub(indent),
        prefix: " ".repeat(indent),
        open: Vec::new(),
        numbers: Vec::new(),
        last: Last::Nothing,
        shown: vec![false; text.link_count() as usize],
        out,
    };
    let (mut blocks, mut inline): (Vec<Mark>, Vec<Mark>) = text.marks.iter().partition(|mark| mark.kind.is_block());
    (blocks, inline) = (blocks.into_iter().rev().collect(), inline.into_iter().rev().collect());
    let mut marks: Vec<Mark> = Vec::new();
    let mut start = 0;
    for line in text.plain.split('\n') {
        let end = start + line.len();
        let is_here = |mark: &Mark| (mark.start as usize) < end;
        let starting: Vec<Mark> = std::iter::from_fn(|| blocks.pop_if(|mark| is_here(mark))).collect();
        marks.retain(|mark| mark.end as usize > start);
        marks.extend(std::iter::from_fn(|| inline.pop_if(|mark| is_here(mark))));
        body.line((start, end), &starting, &marks);
        start = end + 1;
    }
    body.end();
}

/// The line before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// None, or it was blank.
    Nothing,
    /// A line of a paragraph, which may go on.
    Text,
    /// The end of a block.
    Block,
}

/// A block that is open, and the prefix before it.
struct Open {
    mark: Mark,
    before: usize,
    /// The fence of code.
    fence: Option<String>,
}

struct Body<'a> {
    text: TextRef<'a>,
    /// The most columns before a line.
    most: usize,
    /// What stands before each line of the open blocks.
    prefix: String,
    open: Vec<Open>,
    /// Of each depth, the number of the last item and the sign behind it.
    numbers: Vec<Option<(u64, char)>>,
    last: Last,
    /// Whether each link has been written.
    shown: Vec<bool>,
    out: &'a mut String,
}

impl Body<'_> {
    fn line(&mut self, (start, end): (usize, usize), starting: &[Mark], marks: &[Mark]) {
        let kept = self.open.iter().take_while(|open| open.mark.end as usize > start).count();
        self.close_to(kept);
        if self.is_code() {
            return self.code_line(start, end);
        }
        if start == end {
            return self.end_line();
        }
        match self.last {
            Last::Nothing => {}
            Last::Text if starting.is_empty() => self.out.push_str("\\\n"),
            Last::Text | Last::Block => self.divide(),
        }
        self.out.push_str(&self.prefix);
        let mut at = start;
        for mark in starting {
            at = self.start(at, end, *mark);
            if self.is_code() {
                return self.code_line(at, end);
            }
        }
        for number in write_line(self.text, marks, (at, end), self.out) {
            if let Some(shown) = self.shown.get_mut(number as usize) {
                *shown = true;
            }
        }
        self.last = Last::Text;
    }

    /// Ends the line of a paragraph, if one is begun, and the paragraph with it.
    fn end_line(&mut self) {
        if self.last == Last::Text {
            self.out.push('\n');
            self.last = Last::Block;
        }
    }

    /// Ends a paragraph or a block with a blank line.
    fn divide(&mut self) {
        self.end_line();
        // A line without the signs of quotes begins them anew, which looks the same.
        if self.prefix.len() <= self.most / 2 {
            self.out.push_str(self.prefix.trim_end());
        }
        self.out.push('\n');
        self.last = Last::Nothing;
    }

    /// Opens a block on a line that is begun, and gives the place of the text behind its sign.
    fn start(&mut self, at: usize, end: usize, mark: Mark) -> usize {
        let start = (mark.start as usize).max(at);
        let line = self.text.plain.get(start..end).unwrap_or_default();
        let before = self.prefix.len();
        let (sign, length) = match mark.kind {
            MarkKind::Quote => ("> ".to_owned(), 0),
            MarkKind::Code => (String::new(), 0),
            _ => match self.item(line) {
                Some(sign) => (sign.clone(), sign.len()),
                None => return at,
            },
        };
        if before + sign.len() > self.most || start > at {
            return at;
        }
        self.out.push_str(&sign);
        self.prefix.push_str(if mark.kind == MarkKind::Quote { "> " } else { "" });
        self.prefix.extend(std::iter::repeat_n(' ', length));
        let fence = (mark.kind == MarkKind::Code).then(|| self.fence(mark));
        if let Some(fence) = &fence {
            self.out.extend([fence, "\n"]);
        }
        self.open.push(Open { mark, before, fence });
        start + length
    }

    /// The sign of an item, with a space; an item whose number does not follow the one before it begins a list of its own.
    fn item(&mut self, line: &str) -> Option<String> {
        let depth = self.open.len();
        self.numbers.truncate(depth + 1);
        self.numbers.resize(depth + 1, None);
        let (number, _) = line.split_at_checked(line.bytes().take(9).take_while(u8::is_ascii_digit).count())?;
        if line.starts_with("- ") {
            self.numbers[depth] = None;
            return Some("- ".to_owned());
        }
        let number = line.get(number.len()..)?.starts_with(". ").then(|| number.parse::<u64>().ok())??;
        let sign = match self.numbers[depth] {
            Some((last, sign)) if last + 1 == number => sign,
            Some((_, '.')) => ')',
            _ => '.',
        };
        self.numbers[depth] = Some((number, sign));
        let digits = line.split_once('.').map_or("", |(digits, _)| digits);
        Some(format!("{digits}{sign} "))
    }

    fn fence(&self, mark: Mark) -> String {
        let code = self.text.plain.get(mark.start as usize..mark.end as usize).unwrap_or_default();
        "`".repeat((longest_run(code, b'`') + 1).max(3))
    }

    fn is_code(&self) -> bool {
        self.open.last().is_some_and(|open| open.fence.is_some())
    }

    fn code_line(&mut self, start: usize, end: usize) {
        let line = self.text.plain.get(start..end).unwrap_or_default();
        let prefix = if line.is_empty() { self.prefix.trim_end() } else { &self.prefix };
        self.out.extend([prefix, line, "\n"]);
        self.last = Last::Block;
    }

    /// Closes blocks until so many are open.
    fn close_to(&mut self, count: usize) {
        while self.open.len() > count {
            let Some(open) = self.open.pop() else { return };
            if let Some(fence) = open.fence {
                self.out.extend([&*self.prefix, &*fence, "\n"]);
                self.last = Last::Block;
            } else {
                self.end_line();
            }
            self.prefix.truncate(open.before);
        }
    }

    /// Ends the text; addresses that it does not show stand below it.
    fn end(&mut self) {
        self.close_to(0);
        let shown = std::mem::take(&mut self.shown);
        for (address, _) in self.text.links().zip(shown).filter(|(_, is_shown)| !is_shown) {
            self.divide();
            self.out.extend([&*self.prefix, &link(&escape(address), address)]);
            self.last = Last::Text;
        }
        self.end_line();
    }
}
