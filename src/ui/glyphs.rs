//! Glyphs: the characters that lurker draws itself, as line drawing and blocks or as ASCII alone.

use std::borrow::Cow;

use crate::app::in_ascii;

/// The characters that lurker draws of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// The line along a level of depth.
    pub guide: &'static str,
    /// The line between two discussions.
    pub rule: &'static str,
    /// The corners of a box: at the top left and right, at the bottom left and right.
    pub corners: [&'static str; 4],
    /// The mark that closes a box.
    pub close: &'static str,
    /// The bar beside a quote.
    pub quote: &'static str,
    /// The bar beside the reader's row.
    pub here: &'static str,
    /// Before a warning.
    pub warning: &'static str,
    /// Before a comment in full.
    pub full: &'static str,
    /// Before a folded comment.
    pub folded: &'static str,
    /// Before a comment on one line.
    pub line: &'static str,
    /// Before a count of hidden comments.
    pub hidden: &'static str,
    /// At the end of a text that was cut.
    pub cut: &'static str,
    /// Between the parts of a line.
    pub dot: &'static str,
    /// Columns of growing height, from nothing to full.
    pub blocks: [&'static str; 9],
    /// The marks of the two thresholds in their bar: hidden below, in full from.
    pub thresholds: [&'static str; 2],
    /// The done and the open part of a gauge.
    pub gauge: [&'static str; 2],
    /// Before a comment or story that is bookmarked.
    pub bookmark: &'static str,
    /// Beside a story whose thread is stored, where there is no room for the word.
    pub stored: &'static str,
    /// Behind the name of an author whom the reader follows.
    pub followed: &'static str,
    /// The author pays for the site; keeps a journal; names a homepage.
    pub author_marks: [&'static str; 3],
    /// At the left and the right edge of code that continues there.
    pub more: [&'static str; 2],
    /// Between a score and what modifiers make of it.
    pub arrow: &'static str,
    /// Before the words that a comment answers, where there is no tree.
    pub answers: &'static str,
    /// A stretch of the thread in the map beside it: nothing shown, something, the best scores.
    pub map: [&'static str; 3],
    /// A column of a spoiler that is covered.
    pub cover: &'static str,
    /// The reader's place in that map.
    pub place: &'static str,
    /// Before a story that a rule of the config sets apart.
    pub highlight: &'static str,
    /// Above a character that something is wrong with.
    pub wrong: &'static str,
}

impl Glyphs {
    /// The glyphs of one kind or the other.
    pub(super) fn new(ascii: bool) -> Self {
        if ascii { ASCII } else { UNICODE }
    }

    /// lurker's own words in these characters; text from sites is left as it is.
    pub fn own<'a>(&self, words: &'a str) -> Cow<'a, str> {
        if self.guide.is_ascii() { in_ascii(words) } else { Cow::Borrowed(words) }
    }
}

/// Line drawing and blocks.
const UNICODE: Glyphs = Glyphs {
    guide: "│",
    rule: "─",
    corners: ["┌", "┐", "└", "┘"],
    close: "×",
    quote: "▎",
    here: "▌",
    warning: "!",
    full: "▾",
    folded: "▸",
    line: "▹",
    hidden: "⋯",
    cut: "…",
    dot: "·",
    blocks: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    thresholds: ["┊", "┃"],
    gauge: ["█", "░"],
    bookmark: "⚑",
    stored: "✓",
    followed: "✦",
    author_marks: ["*", "¶", "⌂"],
    more: ["‹", "›"],
    arrow: "→",
    answers: "↳",
    map: [" ", "│", "┃"],
    cover: "░",
    place: "◀",
    highlight: "★",
    wrong: "▼",
};

/// ASCII alone, for terminals and fonts without the rest.
const ASCII: Glyphs = Glyphs {
    guide: "|",
    rule: "-",
    corners: ["+", "+", "+", "+"],
    close: "x",
    quote: ">",
    here: "#",
    warning: "!",
    full: "v",
    folded: "+",
    line: ">",
    hidden: ":",
    cut: "~",
    dot: "-",
    blocks: [" ", ".", ":", "-", "=", "+", "*", "%", "#"],
    thresholds: [":", "|"],
    gauge: ["#", "."],
    bookmark: "@",
    stored: "s",
    followed: "&",
    author_marks: ["*", "j", "h"],
    more: ["<", ">"],
    arrow: "->",
    answers: "^",
    map: [" ", ".", "#"],
    cover: "#",
    place: "<",
    highlight: "*",
    wrong: "v",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_are_spelt_in_ascii() {
        let words = "Shift-← (it begins “x”) é –";
        assert_eq!(Glyphs::new(true).own(words), "Shift-Left (it begins \"x\") é -");
        assert_eq!(Glyphs::new(false).own(words), words);
    }
}
