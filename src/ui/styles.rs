//! Styles: one for each purpose, made of the few colours of a theme.
//!
//! Everything that a colour says is also said by a word, a sign or an attribute; nothing is lost without colours.

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::Glyphs;
use super::link;
use super::palette::{Depth, Palette, between};
use crate::view::Standing;

/// The fading of guides into the background, in hundredths.
const FADED: u16 = 45;
/// The contrast of a bar, from the background towards the text, in hundredths.
const RAISED: u16 = 16;

/// Every style by what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    /// The drawn characters.
    pub glyphs: Glyphs,
    /// Whether addresses are given to the terminal as hyperlinks.
    pub hyperlinks: bool,
    /// The page under everything.
    pub page: Style,
    /// Running text.
    pub text: Style,
    /// Secondary text: ages, ids, previews.
    pub dim: Style,
    /// Titles and subjects.
    pub title: Style,
    /// Names.
    pub author: Style,
    /// The name of the story's author.
    pub op: Style,
    /// A score that stands low in its thread, in the middle, high, at the top: each with more weight than the one before.
    pub scores: [Style; 4],
    /// Quoted text.
    pub quote: Style,
    /// The bar beside quoted text.
    pub quote_bar: Style,
    /// Code blocks and literals.
    pub code: Style,
    /// Links.
    pub link: Style,
    /// Guides, one after the other by depth.
    pub guides: [Style; 6],
    /// Fold marks, likewise.
    pub marks: [Style; 6],
    /// The bar beside the reader's row.
    pub here: Style,
    /// Keys in help and hints.
    pub key: Style,
    /// Notes, messages and gauges.
    pub notice: Style,
    /// Errors.
    pub problem: Style,
    /// Warnings between the lines of a text, which no text can look like.
    pub warning: Style,
    /// The status line.
    pub status: Style,
    /// Search matches.
    pub search: Style,
    /// The word that says that something is new since the last visit.
    pub new: Style,
    /// The word that says that something has risen over the threshold since.
    pub risen: Style,
    /// The open tab of a tab bar.
    pub tab_open: Style,
    /// Any other tab.
    pub tab: Style,
    /// In a list: the rank.
    pub rank: Style,
    /// In a list: a title that was not visited.
    pub entry: Style,
    /// In a list: one that was.
    pub visited: Style,
    /// In a list: a story that a rule of the config sets apart, and its mark.
    pub highlight: Style,
    /// In a list: the domain that a title leads to.
    pub domain: Style,
    /// In a list: score, comments, author, age.
    pub meta: Style,
}

impl Styles {
    /// The terminal's own 16 colours, or none; drawn with line characters or with ASCII only.
    pub fn new(colour: bool, ascii: bool) -> Self {
        Self::themed(if colour { Palette::TERMINAL } else { Palette::PLAIN }, Depth::Sixteen, ascii)
    }

    /// The styles of a theme on a terminal of this depth, with the theme's background under everything.
    pub fn themed(palette: Palette, depth: Depth, ascii: bool) -> Self {
        let palette = palette.within(depth);
        let text = paint(palette.text);
        let bold = |style: Style| style.add_modifier(Modifier::BOLD);
        let dim = match palette.dim {
            Color::Reset => text.add_modifier(Modifier::DIM),
            colour => paint(colour),
        };
        let bar = match between(palette.background, palette.text, RAISED) {
            raised if raised != palette.background => text.bg(depth.nearest(raised)),
            _ => text.add_modifier(Modifier::REVERSED),
        };
        let hues = [palette.blue, palette.green, palette.purple, palette.cyan, palette.yellow, palette.red];
        let accent = bold(paint(palette.cyan));
        Self {
            glyphs: Glyphs::new(ascii),
            hyperlinks: false,
            page: text.patch(back(palette.background)),
            text,
            dim,
            title: bold(text),
            author: paint(palette.cyan),
            op: bold(paint(palette.purple)),
            scores: [dim, text, paint(palette.green), bold(paint(palette.green))],
            quote: paint(palette.quote),
            quote_bar: paint(palette.green),
            code: paint(palette.code),
            link: paint(palette.blue).add_modifier(Modifier::UNDERLINED),
            guides: hues.map(|hue| faded(hue, palette.background, depth)),
            marks: hues.map(paint),
            here: accent,
            key: accent,
            notice: paint(palette.yellow),
            problem: bold(paint(palette.red)),
            warning: bold(paint(palette.red)).add_modifier(Modifier::REVERSED),
            status: bar,
            search: paint(palette.yellow).add_modifier(Modifier::REVERSED),
            new: bold(paint(palette.green)),
            risen: bold(paint(palette.yellow)),
            tab_open: bold(text.add_modifier(Modifier::REVERSED)),
            tab: text,
            rank: dim,
            entry: bold(text),
            visited: dim,
            highlight: bold(paint(palette.yellow)),
            domain: paint(palette.quote),
            meta: dim,
        }
    }

    /// The same on the terminal's own background.
    #[must_use]
    pub fn unpainted(self) -> Self {
        Self { page: Style::new(), ..self }
    }

    /// A style that also leads to an address, where the terminal knows hyperlinks and the address is of the web or of mail.
    pub fn leading_to(&self, address: &str, style: Style) -> Style {
        if self.hyperlinks { link::leading_to(address, style) } else { style }
    }

    /// A score that stands so in its thread.
    pub fn score(&self, standing: Standing) -> Style {
        let [low, middle, high, top] = self.scores;
        match standing {
            Standing::Low => low,
            Standing::Middle => middle,
            Standing::High => high,
            Standing::Top => top,
        }
    }

    /// The guide of a level of depth.
    pub fn guide(&self, depth: usize) -> Style {
        self.guides[depth % self.guides.len()]
    }

    /// The fold mark of a level of depth.
    pub fn mark(&self, depth: usize) -> Style {
        self.marks[depth % self.marks.len()]
    }
}

fn paint(colour: Color) -> Style {
    if colour == Color::Reset { Style::new() } else { Style::new().fg(colour) }
}

fn back(colour: Color) -> Style {
    if colour == Color::Reset { Style::new() } else { Style::new().bg(colour) }
}

/// A guide: it is seen, but does not draw the eye.
fn faded(hue: Color, background: Color, depth: Depth) -> Style {
    match between(hue, background, FADED) {
        mixed if mixed != hue => paint(depth.nearest(mixed)),
        own => paint(own).add_modifier(Modifier::DIM),
    }
}
