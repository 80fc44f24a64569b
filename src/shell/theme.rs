//! Themes: shipped ones, files of the reader's own, and the choice of one for a terminal.

use std::path::Path;
use std::{env, fs};

use ratatui::style::Color;

use super::hyperlink;
use super::toml_file::{Entry, Key, Mistakes, TomlFile};
use crate::app::When;
use crate::ui::{Depth, Palette, Styles};

/// The themes as shipped, by their names.
const SHIPPED: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("gruvbox", include_str!("../../assets/themes/gruvbox.toml")),
    ("solarized", include_str!("../../assets/themes/solarized.toml")),
];

/// Those of them that are taken up by themselves.
const SUITING: [&str; 2] = ["dark", "light"];

/// The theme of the terminal's own 16 colours.
const OWN: &str = "terminal";

/// The least contrast at which a shipped theme is taken up by itself, on a background that may differ from its own.
const READABLE: f64 = 3.0;

/// Names of terminals that show 256 colours without saying so in their names.
const COLOURFUL: [&str; 6] = ["alacritty", "kitty", "foot", "wezterm", "ghostty", "contour"];

/// Theme and hyperlinks, as the config sets them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Appearance {
    /// The theme that it names.
    pub theme: Option<Palette>,
    /// The setting for hyperlinks in the terminal.
    pub hyperlinks: When,
}

impl Appearance {
    /// The styles for the terminal that the program has, with colours or without, and with the background that it has told.
    pub fn styles(self, colour: bool, ascii: bool, background: Option<Color>) -> Styles {
        let variable = |name: &str| env::var(name).unwrap_or_default();
        let depth = depth(variable);
        let styles = match (self.theme, background) {
            _ if !colour => Styles::new(false, ascii),
            (Some(theme), _) => Styles::themed(theme, depth, ascii),
            (None, Some(background)) => Styles::themed(suiting(background), depth, ascii).unpainted(),
            (None, None) => Styles::new(true, ascii),
        };
        let hyperlinks = match self.hyperlinks {
            When::Auto => hyperlink::is_known(variable),
            When::Always => true,
            When::Never => false,
        };
        Styles { hyperlinks, ..styles }
    }

    /// Whether the styles depend on the background: where no theme is named, and the terminal has colours enough for one.
    pub fn needs_background(self, colour: bool) -> bool {
        let variable = |name: &str| env::var(name).unwrap_or_default();
        colour && self.theme.is_none() && depth(variable) != Depth::Sixteen && !is_screen(variable)
    }
}

/// What is wrong with a theme that the config names.
#[derive(Debug)]
pub enum ThemeError {
    /// There is no such theme, or its file cannot be read.
    Missing(String),
    /// All that is wrong in its file, each in a line with the file, the line in it, the key and the value.
    Wrong(Vec<String>),
}

impl ThemeError {
    /// The same as mistakes of the file whose key names the theme.
    pub(super) fn of(self, entry: &Entry) -> Mistakes {
        match self {
            Self::Missing(says) => entry.wrong(&says),
            Self::Wrong(lines) => entry.elsewhere(lines),
        }
    }
}

/// The theme of a name or, where it looks like one, of a file; a path that is not absolute begins at `folder`.
///
/// # Errors
/// There is no such theme, or its file is wrong.
pub fn named(name: &str, folder: Option<&Path>) -> Result<Palette, ThemeError> {
    if let Some(palette) = shipped(name) {
        return Ok(palette);
    }
    if !name.contains('/') && Path::new(name).extension().is_none_or(|extension| extension != "toml") {
        let names: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).chain([OWN]).collect();
        let says = format!("there is no such theme; there are {}, and files that end in .toml", names.join(", "));
        return Err(ThemeError::Missing(says));
    }
    let path = folder.unwrap_or(Path::new("")).join(name);
    let file = path.display().to_string();
    let text = fs::read_to_string(&path).map_err(|error| ThemeError::Missing(format!("{file}: {error}")))?;
    parse(&file, &text).map_err(ThemeError::Wrong)
}

/// A theme that comes with the program.
pub fn shipped(name: &str) -> Option<Palette> {
    let found = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
    // A test reads them all.
    found.and_then(|(file, text)| parse(file, text).ok()).or_else(|| (name == OWN).then_some(Palette::TERMINAL))
}

/// Reads a theme; colours that it does not name are the terminal's own.
///
/// # Errors
/// All that is wrong, each in a line with the file, the line in it, the key and the value.
pub fn parse(file: &str, text: &str) -> Result<Palette, Vec<String>> {
    let mut palette = Palette::TERMINAL;
    let keys = palette.slots().map(|(name, _)| Key::new(name, read_colour));
    let (mistakes, _) = TomlFile::new(file, text).read(&keys, &mut palette);
    if mistakes.is_empty() { Ok(palette) } else { Err(mistakes.into_iter().map(|mistake| mistake.says).collect()) }
}

fn read_colour(palette: &mut Palette, entry: &Entry) -> Result<(), Mistakes> {
    let colour = colour(entry.text()?)
        .ok_or_else(|| entry.wrong("is no colour; write \"#rrggbb\", a name as \"bright-red\", or \"default\""))?;
    palette.slots().into_iter().filter(|(name, _)| *name == entry.name()).for_each(|(_, slot)| *slot = colour);
    Ok(())
}

fn colour(written: &str) -> Option<Color> {
    if written == "default" { Some(Color::Reset) } else { written.parse().ok() }
}

/// The shipped theme that can be read on a background, made for that; else the terminal's own colours.
fn suiting(background: Color) -> Palette {
    let themes = SUITING.into_iter().filter_map(shipped);
    let mut readable = themes.filter(|theme| theme.least_contrast(background) >= READABLE);
    readable.next().map_or(Palette::TERMINAL, |theme| Palette { background, ..theme })
}

/// Whether the terminal is GNU screen. It hands a question for the background on, but answers the one behind it at once, so
/// that the first answer may come when somebody else has the terminal; and it knows no true colours, whatever `COLORTERM`,
/// which is inherited by what runs inside it, says of the terminal around it.
fn is_screen(variable: impl Fn(&str) -> String) -> bool {
    !variable("STY").is_empty() || variable("TERM").starts_with("screen") && variable("TMUX").is_empty()
}

/// The number of colours that the terminal shows, by its variables in the environment.
fn depth(variable: impl Fn(&str) -> String) -> Depth {
    let name = variable("TERM");
    let says_true = matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") || name.ends_with("-direct");
    if matches!(name.as_str(), "" | "dumb" | "linux") {
        Depth::Sixteen
    } else if says_true && !is_screen(&variable) {
        Depth::True
    } else if name.contains("256color") || COLOURFUL.iter().any(|known| name.contains(known)) {
        Depth::Indexed
    } else {
        Depth::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_in_a_theme_is_named_by_file_line_and_key() {
        for (text, says) in [
            ("text = \"#1e2030\"\nred = 3", "mine.toml, line 2: red = 3: must be a text in quotes"),
            ("text = \"#fff\"", "mine.toml, line 1: text = \"#fff\": is no colour; write \"#rrggbb\""),
            ("text = \"red\"\npink = \"red\"", "mine.toml, line 2: pink: there is no such key; there are back"),
            ("text = \"red\"\nyelow = \"red\"", "mine.toml, line 2: yelow: there is no such key; did you mean yellow?"),
            ("red = ", "mine.toml, line 1: red: "),
        ] {
            let lines = parse("mine.toml", text).expect_err("it is wrong");
            assert!(lines.len() == 1 && lines.iter().all(|line| line.starts_with(says)), "{lines:?}");
        }
        let all = parse("mine.toml", "text = 1\nred = 2\npink = 3").expect_err("it is wrong");
        assert_eq!(all.len(), 3, "{all:?}");
        let right = parse("", "text = \"#010203\"\nblue = \"bright-blue\"\nred = \"default\"").expect("it is right");
        assert_eq!((right.text, right.blue, right.red), (Color::Rgb(1, 2, 3), Color::LightBlue, Color::Reset));
        assert_eq!(right.green, Color::Green);
    }

    #[test]
    fn a_theme_is_a_name_or_a_file() {
        assert!(
            ["dark", "light", "gruvbox", "solarized", "terminal"].into_iter().all(|name| named(name, None).is_ok())
        );
        let none = named("drak", None).expect_err("there is none");
        assert!(
            matches!(&none, ThemeError::Missing(says) if says.starts_with("there is no such theme; there are dark, light, gruvbox, solarized, terminal,")),
            "{none:?}"
        );
        let gone = named("gone.toml", Some(Path::new("/nonexistent"))).expect_err("there is no such file");
        assert!(matches!(&gone, ThemeError::Missing(says) if says.starts_with("/nonexistent/gone.toml: ")), "{gone:?}");
    }

    #[test]
    fn the_theme_suits_the_background() {
        let of = |background| {
            let suits = suiting(background);
            [("dark", shipped("dark")), ("light", shipped("light")), ("terminal", Some(Palette::TERMINAL))]
                .into_iter()
                .find(|(_, theme)| theme.is_some_and(|theme| theme.text == suits.text))
                .map(|(name, _)| name)
        };
        let grey = |level| Color::Rgb(level, level, level);
        for (background, name) in [
            (grey(0), "dark"),
            (Color::Rgb(0x00, 0x2b, 0x36), "dark"),
            (grey(0x3a), "dark"),
            (grey(0x80), "terminal"),
            (Color::Rgb(0xfd, 0xf6, 0xe3), "light"),
            (grey(255), "light"),
        ] {
            assert_eq!(of(background), Some(name), "{background:?}");
        }
    }

    #[test]
    fn terminals_say_how_many_colours_they_show() {
        for (term, colorterm, sty, shows) in [
            ("xterm-256color", "", "", Depth::Indexed),
            ("xterm-256color", "truecolor", "", Depth::True),
            ("tmux-256color", "24bit", "", Depth::True),
            ("screen.xterm-256color", "truecolor", "1.pts", Depth::Indexed),
            ("screen", "truecolor", "1.pts", Depth::Sixteen),
            ("screen-256color", "truecolor", "", Depth::Indexed),
            ("xterm-kitty", "", "", Depth::Indexed),
            ("xterm-direct", "", "", Depth::True),
            ("xterm", "", "", Depth::Sixteen),
            ("xterm", "yes", "", Depth::Sixteen),
            ("linux", "truecolor", "", Depth::Sixteen),
            ("", "", "", Depth::Sixteen),
        ] {
            let variable = |name: &str| {
                [("TERM", term), ("COLORTERM", colorterm), ("STY", sty)]
                    .into_iter()
                    .find(|(known, _)| *known == name)
                    .map_or_else(String::new, |(_, value)| value.to_owned())
            };
            assert_eq!(depth(variable), shows, "{term} {colorterm} {sty}");
        }
    }
}
