//! Styles: one for each purpose, made of the few colours of a theme.
//!
//! Everything that a colour says is also said by a word, a sign or an attribute; nothing is lost without colours.

use ratatui::style::{Color, Modifier, Style};

use super::contrast::contrast;
use super::glyphs::Glyphs;
use super::link;
use super::palette::{Depth, Palette, between};
use crate::view::Standing;

/// The contrast of guides and rules, from the background towards the text, in hundredths: they are seen, but do not draw
/// the eye.
const FAINT: u16 = 26;
/// The contrast of a bar, from the background towards the text, in hundredths.
const RAISED: u16 = 16;
/// The same of the ground of boxes over the page.
const OVERLAY: u16 = 5;
/// The contrast that words need to be read.
const READABLE: f64 = 4.5;
/// The contrast of the ground of search matches, from the background towards yellow.
const MATCH: u16 = 24;
/// The contrast of the line that the reader is on, from the background towards the text.
const SELECTED: u16 = 6;

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
    /// The story's title: heavier than any comment.
    pub headline: Style,
    /// Names of pages, and headings in boxes.
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
    /// Guides, fold marks, rules, the map.
    pub guide: Style,
    /// Guides and marks on the way from the reader's row up to the top.
    pub path: Style,
    /// The ground of boxes over the page.
    pub overlay: Style,
    /// The bar beside the reader's row.
    pub here: Style,
    /// The ground of the line that the reader is on, over the styles of its words.
    pub selected: Style,
    /// The first words of that line, likewise.
    pub selected_lead: Style,
    /// Keys among words of the weight of text.
    pub key: Style,
    /// Keys of hints, whose words are dim, so that no weight is needed to set them apart.
    pub hint_key: Style,
    /// Notes, messages and gauges.
    pub notice: Style,
    /// Errors.
    pub problem: Style,
    /// Warnings between the lines of a text, which no text can look like.
    pub warning: Style,
    /// The status line.
    pub status: Style,
    /// Keys that it names, which are buttons.
    pub status_key: Style,
    /// A search match on the reader's row.
    pub match_here: Style,
    /// A search match on another row.
    pub match_elsewhere: Style,
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
    /// In a list: the part of a title that is no part of the sentence, over its style.
    pub apart: Style,
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
        let has_grounds = palette.background != Color::Reset;
        let ground = |raised| depth.nearest(between(palette.background, palette.text, raised));
        let bar = if has_grounds { text.bg(ground(RAISED)) } else { text.add_modifier(Modifier::REVERSED) };
        let lead = bold(Style::new()).remove_modifier(Modifier::DIM);
        let guide = if has_grounds { paint(ground(FAINT)) } else { dim };
        let accent = bold(paint(palette.cyan));
        let lit_on_bar = bold(paint(readable(palette, depth, ground(RAISED))));
        Self {
            glyphs: Glyphs::new(ascii),
            hyperlinks: false,
            page: text.patch(back(palette.background)),
            text,
            dim,
            headline: bold(text).add_modifier(Modifier::UNDERLINED),
            title: bold(text),
            author: text,
            op: bold(paint(palette.purple)),
            scores: [dim, text, paint(palette.green), bold(paint(palette.green))],
            quote: paint(palette.quote),
            quote_bar: paint(palette.green),
            code: paint(palette.code),
            link: paint(palette.blue).add_modifier(Modifier::UNDERLINED),
            guide,
            path: paint(palette.cyan),
            overlay: if has_grounds { Style::new().bg(ground(OVERLAY)) } else { Style::new() },
            here: accent,
            selected: if has_grounds { Style::new().bg(ground(SELECTED)) } else { Style::new() },
            selected_lead: if has_grounds { lead } else { lead.add_modifier(Modifier::REVERSED) },
            key: accent,
            hint_key: paint(palette.cyan),
            notice: paint(palette.yellow),
            problem: bold(paint(palette.red)),
            warning: bold(paint(palette.red)).add_modifier(Modifier::REVERSED),
            status: bar,
            status_key: if has_grounds { bar.patch(lit_on_bar) } else { bold(bar).add_modifier(Modifier::UNDERLINED) },
            match_here: paint(palette.yellow).add_modifier(Modifier::REVERSED),
            match_elsewhere: if has_grounds {
                text.bg(depth.nearest(between(palette.background, palette.yellow, MATCH)))
            } else {
                bold(paint(palette.yellow)).add_modifier(Modifier::UNDERLINED)
            },
            new: bold(paint(palette.green)),
            risen: bold(paint(palette.yellow)),
            tab_open: bold(text).add_modifier(Modifier::UNDERLINED),
            tab: dim,
            rank: dim,
            entry: text,
            // Beside unread titles, not by the colour alone.
            visited: if has_grounds { dim.add_modifier(Modifier::ITALIC) } else { dim },
            highlight: bold(paint(palette.yellow)),
            apart: dim,
            domain: dim,
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
}

/// The accent on a ground, as much nearer to the text as it takes to be read there.
fn readable(palette: Palette, depth: Depth, ground: Color) -> Color {
    let towards_text = |part| depth.nearest(between(palette.cyan, palette.text, part));
    let is_read = |colour: &Color| contrast(*colour, ground).is_none_or(|contrast| contrast >= READABLE);
    (0..=10).map(|part| towards_text(10 * part)).find(is_read).unwrap_or(palette.text)
}

fn paint(colour: Color) -> Style {
    if colour == Color::Reset { Style::new() } else { Style::new().fg(colour) }
}

fn back(colour: Color) -> Style {
    if colour == Color::Reset { Style::new() } else { Style::new().bg(colour) }
}
