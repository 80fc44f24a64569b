//! Builds a `Text`: divides its lines, and turns open blocks into marks once something is written in them.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::model::{Mark, MarkKind, Text};

/// The greatest depth of quotes and lists; a deeper one is shown at this depth.
pub(super) const MAX_DEPTH: usize = 32;

/// The gap between two lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    Line,
    Paragraph,
}

/// A block that may nest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Quote,
    Bullet,
    Numbered(u32),
    Code,
}

impl Block {
    pub(super) fn is_item(self) -> bool {
        matches!(self, Self::Bullet | Self::Numbered(_))
    }

    /// The marker on the block's first line, in the text itself.
    pub(super) fn marker(self) -> Cow<'static, str> {
        match self {
            Self::Bullet => Cow::Borrowed("- "),
            Self::Numbered(number) => Cow::Owned(format!("{number}. ")),
            Self::Quote | Self::Code => Cow::Borrowed(""),
        }
    }

    pub(super) fn kind(self) -> MarkKind {
        match self {
            Self::Quote => MarkKind::Quote,
            Self::Code => MarkKind::Code,
            Self::Bullet | Self::Numbered(_) => MarkKind::Item,
        }
    }
}

/// A text in the making. Blocks without text leave no trace, and a gap is only written before the line after it.
pub(super) struct Writer<'t> {
    text: &'t mut Text,
    blocks: Vec<(Block, Option<u32>)>,
    gap: Gap,
    /// The end of the quote closed last, and the number of blocks around it.
    quoted: (usize, usize),
}

impl<'t> Writer<'t> {
    /// Writes into a text, over what it held.
    pub(super) fn new(text: &'t mut Text) -> Self {
        text.plain.clear();
        text.marks.clear();
        text.links.clear();
        Self { text, blocks: Vec::new(), gap: Gap::None, quoted: (0, 0) }
    }

    /// Closes what is open.
    pub(super) fn finish(mut self) {
        self.close_to(0);
        self.text.marks.sort_by_key(|mark| (mark.start, Reverse(mark.end), rank(mark.kind)));
    }

    pub(super) fn plain(&self) -> &str {
        &self.text.plain
    }

    /// The length so far, which is where what comes next will start.
    pub(super) fn len(&self) -> u32 {
        self.text.plain.len() as u32
    }

    pub(super) fn gap(&self) -> Gap {
        self.gap
    }

    /// Asks for at least this gap before the next line.
    pub(super) fn divide(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// The number of open blocks.
    pub(super) fn depth(&self) -> usize {
        self.blocks.len()
    }

    /// The block at this depth.
    pub(super) fn block(&self, depth: usize) -> Option<Block> {
        self.blocks.get(depth).map(|&(block, _)| block)
    }

    pub(super) fn open(&mut self, block: Block) {
        self.blocks.push((block, None));
    }

    /// Closes blocks until this many are open.
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.blocks.len() > depth {
            if let Some((block, Some(start))) = self.blocks.pop() {
                self.mark(start, block.kind());
                if block == Block::Quote {
                    self.quoted = (self.text.plain.len(), self.blocks.len());
                }
            }
        }
    }

    /// Starts a line: the gap, then the markers of the items that start here.
    pub(super) fn begin_line(&mut self) {
        let depth = self.blocks.iter().take_while(|(_, start)| start.is_some()).count();
        if self.block(depth) == Some(Block::Quote) && self.quoted == (self.text.plain.len(), depth) {
            // Right under another quote, in the plain form, it would be part of that.
            self.divide(Gap::Paragraph);
        }
        if !self.text.plain.is_empty() {
            self.text.plain.push_str(match self.gap {
                Gap::None => "",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        for (block, start) in self.blocks.iter_mut().filter(|(_, start)| start.is_none()) {
            *start = Some(self.text.plain.len() as u32);
            self.text.plain.push_str(&block.marker());
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.plain.push_str(text);
    }

    /// Puts a sign in front of what was written after this length.
    pub(super) fn insert(&mut self, at: u32, sign: &str) {
        if self.text.plain.is_char_boundary(at as usize) {
            self.text.plain.insert_str(at as usize, sign);
            for mark in self.text.marks.iter_mut().rev().take_while(|mark| mark.end > at) {
                mark.end += sign.len() as u32;
                mark.start += if mark.start >= at { sign.len() as u32 } else { 0 };
            }
        }
    }

    /// Takes back what was written after this length; no mark may reach beyond it.
    pub(super) fn take_back(&mut self, len: u32) {
        self.text.plain.truncate(len as usize);
    }

    /// Marks what was written since `start`, unless that is nothing.
    pub(super) fn mark(&mut self, start: u32, kind: MarkKind) {
        let end = self.len();
        if start < end {
            self.text.marks.push(Mark { start, end, kind });
        }
    }

    /// The end of the last mark; 0 if there is none.
    pub(super) fn last_mark_end(&self) -> u32 {
        self.text.marks.last().map_or(0, |mark| mark.end)
    }

    /// Adds an address, and gives its number.
    pub(super) fn link(&mut self, address: &str) -> u32 {
        self.text.links.push(address.to_owned());
        self.text.links.len() as u32 - 1
    }
}

/// Of two marks on one range, the outer comes first.
fn rank(kind: MarkKind) -> u8 {
    match kind {
        MarkKind::Quote => 0,
        MarkKind::Item => 1,
        MarkKind::Code => 2,
        MarkKind::Link(_) => 3,
        MarkKind::Strong => 4,
        MarkKind::Emphasis => 5,
        MarkKind::Literal => 6,
        MarkKind::Spoiler => 7,
    }
}
