//! How things look: every colour and every drawn character in one place.

use ratatui::style::{Color, Modifier, Style};

use crate::app::Key;

/// The characters that lurker draws of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// The line along a level of depth.
    pub guide: &'static str,
    /// The bar beside a quote.
    pub quote: &'static str,
    /// The bar beside the reader's row.
    pub here: &'static str,
    /// Before a comment in full.
    pub full: &'static str,
    /// Before a folded comment.
    pub folded: &'static str,
    /// Before a comment on one line.
    pub line: &'static str,
    /// Before a count of hidden comments.
    pub hidden: &'static str,
    /// Where a text was cut.
    pub cut: &'static str,
    /// Between the parts of a line.
    pub dot: &'static str,
    /// Columns of growing height, from nothing to full.
    pub blocks: [&'static str; 9],
    /// The marks of the two thresholds in their bar: hidden below, in full from.
    pub thresholds: [&'static str; 2],
    /// The done and the open part of a gauge.
    pub gauge: [&'static str; 2],
    /// The author pays for the site; keeps a journal; names a homepage.
    pub author_marks: [&'static str; 3],
    /// Where code goes on to the left and to the right.
    pub more: [&'static str; 2],
}

/// Line drawing and blocks.
const UNICODE: Glyphs = Glyphs {
    guide: "│",
    quote: "▎",
    here: "▌",
    full: "▾",
    folded: "▸",
    line: "▹",
    hidden: "⋯",
    cut: "…",
    dot: "·",
    blocks: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    thresholds: ["┊", "┃"],
    gauge: ["█", "░"],
    author_marks: ["*", "¶", "⌂"],
    more: ["‹", "›"],
};

/// ASCII alone, for terminals and fonts without the rest.
const ASCII: Glyphs = Glyphs {
    guide: "|",
    quote: ">",
    here: "#",
    full: "v",
    folded: "+",
    line: "-",
    hidden: ":",
    cut: "~",
    dot: "-",
    blocks: [" ", ".", ":", "-", "=", "+", "*", "%", "#"],
    thresholds: [":", "|"],
    gauge: ["#", "."],
    author_marks: ["*", "j", "h"],
    more: ["<", ">"],
};

/// Every style by what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    /// The drawn characters.
    pub glyphs: Glyphs,
    /// Running text.
    pub text: Style,
    /// What is there to be skipped: ages, ids, previews.
    pub dim: Style,
    /// Titles and subjects.
    pub title: Style,
    /// Names.
    pub author: Style,
    /// The name of the story's author.
    pub op: Style,
    /// A score that shows the comment in full, on one line, or hides it.
    pub scores: [Style; 3],
    /// Quoted text.
    pub quote: Style,
    /// Code blocks and literals.
    pub code: Style,
    /// Links.
    pub link: Style,
    /// Guides, one after the other by depth.
    pub guides: [Style; 6],
    /// The bar beside the reader's row.
    pub here: Style,
    /// Keys in help and hints.
    pub key: Style,
    /// Notes, messages and gauges.
    pub notice: Style,
    /// What went wrong.
    pub problem: Style,
    /// The status line.
    pub status: Style,
}

impl Styles {
    /// The terminal's own 16 colours, or none; drawn with line characters or with ASCII only.
    pub fn new(colour: bool, ascii: bool) -> Self {
        let plain = Style::new();
        let (bold, dim) = (plain.add_modifier(Modifier::BOLD), plain.add_modifier(Modifier::DIM));
        let fg = |colour_of: Color| if colour { plain.fg(colour_of) } else { plain };
        let guides = [Color::Blue, Color::Green, Color::Magenta, Color::Cyan, Color::Yellow, Color::Red];
        Self {
            glyphs: if ascii { ASCII } else { UNICODE },
            text: plain,
            dim,
            title: bold,
            author: fg(Color::Cyan),
            op: fg(Color::Magenta).add_modifier(Modifier::BOLD),
            scores: [fg(Color::Green).add_modifier(Modifier::BOLD), fg(Color::Yellow), dim],
            quote: fg(Color::Green),
            code: fg(Color::Yellow),
            link: fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
            guides: guides.map(|guide| fg(guide).add_modifier(Modifier::DIM)),
            here: fg(Color::Cyan).add_modifier(Modifier::BOLD),
            key: fg(Color::Cyan).add_modifier(Modifier::BOLD),
            notice: fg(Color::Yellow),
            problem: fg(Color::Red).add_modifier(Modifier::BOLD),
            status: plain.add_modifier(Modifier::REVERSED),
        }
    }

    /// A key as people know it, or as key files write it where only ASCII may be drawn.
    pub fn key_name(&self, key: Key) -> String {
        let shown = key.to_string();
        if self.glyphs.guide.is_ascii() && !shown.is_ascii() { key.name() } else { shown }
    }

    /// The guide of a level of depth.
    pub fn guide(&self, depth: usize) -> Style {
        self.guides[depth % self.guides.len()]
    }
}
