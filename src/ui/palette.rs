//! Palettes: the few colours that all styles are made of, reduced to those that a terminal can show.

use ratatui::style::Color;

use super::contrast::{contrast, rgb};

/// The colours of a theme, by what they are for or what they look like; `Color::Reset` is the terminal's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The background.
    pub background: Color,
    /// Running text.
    pub text: Color,
    /// Secondary text.
    pub dim: Color,
    /// Quoted text.
    pub quote: Color,
    /// Code.
    pub code: Color,
    /// Errors.
    pub red: Color,
    /// Notes, what was searched for.
    pub yellow: Color,
    /// High scores, what is new.
    pub green: Color,
    /// Keys, the reader's row and the way up from it.
    pub cyan: Color,
    /// Links.
    pub blue: Color,
    /// The story's author.
    pub purple: Color,
}

impl Palette {
    /// No colour at all.
    pub const PLAIN: Self = Self {
        background: Color::Reset,
        text: Color::Reset,
        dim: Color::Reset,
        quote: Color::Reset,
        code: Color::Reset,
        red: Color::Reset,
        yellow: Color::Reset,
        green: Color::Reset,
        cyan: Color::Reset,
        blue: Color::Reset,
        purple: Color::Reset,
    };

    /// The terminal's own 16 colours. Nobody knows how they look, nor on which background, so running text has none. Red, blue
    /// and magenta are the bright ones: the others can hardly be read on black in many terminals.
    pub const TERMINAL: Self = Self {
        red: Color::LightRed,
        yellow: Color::Yellow,
        green: Color::Green,
        cyan: Color::Cyan,
        blue: Color::LightBlue,
        purple: Color::LightMagenta,
        ..Self::PLAIN
    };

    /// Every colour with its name in theme files; the background comes first.
    pub fn slots(&mut self) -> [(&'static str, &mut Color); 11] {
        [
            ("background", &mut self.background),
            ("text", &mut self.text),
            ("dim", &mut self.dim),
            ("quote", &mut self.quote),
            ("code", &mut self.code),
            ("red", &mut self.red),
            ("yellow", &mut self.yellow),
            ("green", &mut self.green),
            ("cyan", &mut self.cyan),
            ("blue", &mut self.blue),
            ("purple", &mut self.purple),
        ]
    }

    /// The least contrast that a colour of text has on a background, as far as both are known.
    pub fn least_contrast(mut self, background: Color) -> f64 {
        let texts = self.slots().into_iter().skip(1);
        texts.filter_map(|(_, colour)| contrast(*colour, background)).fold(f64::INFINITY, f64::min)
    }

    /// The colours as a terminal of this depth can show them. One of 16 shows its own where others are requested.
    #[must_use]
    pub fn within(mut self, depth: Depth) -> Self {
        let mut own = Self::TERMINAL;
        for ((_, colour), (_, own)) in self.slots().into_iter().zip(own.slots()) {
            *colour = if depth == Depth::Sixteen && rgb(*colour).is_some() { *own } else { depth.nearest(*colour) };
        }
        self
    }
}

/// The number of colours that a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Its own 16.
    Sixteen,
    /// Xterm's 256.
    Indexed,
    /// Eight bits each of red, green and blue.
    True,
}

impl Depth {
    /// The nearest colour that can be shown. Of 256, never one of the first 16, which people change.
    pub fn nearest(self, colour: Color) -> Color {
        match colour {
            Color::Rgb(..) if self == Self::Indexed => {
                let distance = |index: &u8| match (rgb(Color::Indexed(*index)), rgb(colour)) {
                    (Some(one), Some(other)) => {
                        one.into_iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
                    }
                    _ => u32::MAX,
                };
                (16..=255).min_by_key(distance).map_or(colour, Color::Indexed)
            }
            _ => colour,
        }
    }
}

/// A colour between two, so many hundredths of the way to the second; the first where one of them is not known.
pub(super) fn between(one: Color, other: Color, hundredths: u16) -> Color {
    let (Some(from), Some(to)) = (rgb(one), rgb(other)) else { return one };
    let mix = |at: usize| {
        let sum = u16::from(from[at]) * (100 - hundredths.min(100)) + u16::from(to[at]) * hundredths.min(100);
        (sum / 100) as u8
    };
    Color::Rgb(mix(0), mix(1), mix(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_256_is_never_one_that_people_change() {
        for (colour, nearest) in [
            (Color::Rgb(0, 0, 0), 16),
            (Color::Rgb(255, 255, 255), 231),
            (Color::Rgb(255, 0, 0), 196),
            (Color::Rgb(8, 8, 8), 232),
            (Color::Rgb(128, 128, 128), 244),
            (Color::Rgb(0x86, 0xb3, 0xf5), 111),
        ] {
            assert_eq!(Depth::Indexed.nearest(colour), Color::Indexed(nearest), "{colour:?}");
            assert_eq!(Depth::True.nearest(colour), colour);
        }
        assert_eq!(Depth::Indexed.nearest(Color::Red), Color::Red);
    }

    #[test]
    fn a_terminal_of_16_colours_shows_its_own() {
        let theme =
            Palette { red: Color::Rgb(1, 2, 3), text: Color::Rgb(9, 9, 9), blue: Color::Cyan, ..Palette::PLAIN };
        let shown = theme.within(Depth::Sixteen);
        assert_eq!((shown.red, shown.text, shown.blue), (Color::LightRed, Color::Reset, Color::Cyan));
    }

    #[test]
    fn mixing_needs_both() {
        assert_eq!(between(Color::Rgb(0, 100, 200), Color::Rgb(100, 0, 200), 25), Color::Rgb(25, 75, 200));
        assert_eq!(between(Color::Reset, Color::Rgb(1, 1, 1), 50), Color::Reset);
    }
}
