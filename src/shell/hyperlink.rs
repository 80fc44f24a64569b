//! Hyperlinks in the terminal: OSC 8 around the cells of a link, where the terminal is known to support it.
//!
//! The sequence is that of <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>: `OSC 8 ; id=N ; address ST`
//! before the cells, the same without both behind them. The number lets a terminal see the parts of a wrapped link as one.
//! Addresses come from `ui::link`, which lets nothing but printable ASCII through.

use ratatui::backend::Backend;
use ratatui::buffer::Cell;
use ratatui::style::Color;

use crate::ui::link;

/// Programs that name themselves in `TERM_PROGRAM` and know hyperlinks.
const PROGRAMS: [&str; 9] = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "mintty", "contour"];
/// Parts of the names of terminals that know hyperlinks.
const TERMINALS: [&str; 7] = ["alacritty", "kitty", "foot", "wezterm", "ghostty", "contour", "rio"];
/// Variables that a terminal with hyperlinks sets: kitty, Windows Terminal, Konsole, `DomTerm`.
const VARIABLES: [&str; 4] = ["KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM"];
/// The first version of VTE (GNOME Terminal and others) whose hyperlinks are sound: 0.50.1.
const VTE: u32 = 5001;
/// The first version of tmux that passes hyperlinks on.
const TMUX: (u32, u32) = (3, 4);

/// Whether the terminal is known to have hyperlinks, by what the environment says of it.
///
/// Programs inside tmux and GNU screen inherit the terminal's variables, so those two are asked first.
pub(super) fn is_known(variable: impl Fn(&str) -> String) -> bool {
    let is_set = |name: &&str| !variable(name).is_empty();
    let (name, program) = (variable("TERM"), variable("TERM_PROGRAM"));
    if matches!(name.as_str(), "" | "dumb" | "linux") || is_set(&"STY") {
        return false;
    }
    if is_set(&"TMUX") {
        return program == "tmux" && version(&variable("TERM_PROGRAM_VERSION")) >= TMUX;
    }
    PROGRAMS.contains(&program.as_str())
        || TERMINALS.iter().any(|known| name.contains(known))
        || VARIABLES.iter().any(is_set)
        || variable("VTE_VERSION").parse().is_ok_and(|version: u32| version >= VTE)
}

/// The first two numbers of a version such as `3.4a`.
fn version(text: &str) -> (u32, u32) {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// A backend that can say where the cells that follow lead.
pub trait HyperlinkBackend: Backend {
    /// Sets the address and number of the link for the cells that follow; `None` is no link.
    ///
    /// # Errors
    /// The backend's error.
    fn lead(&mut self, target: Option<&(u32, String)>) -> Result<(), Self::Error>;
}

/// Draws cells, each run of those that lead to one address as a hyperlink.
pub(super) fn draw<'a, B: HyperlinkBackend>(
    backend: &mut B,
    content: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> Result<(), B::Error> {
    let mut content = content.peekable();
    while let Some(leads) = content.peek().map(|(_, _, cell)| cell.underline_color) {
        let run = std::iter::from_fn(|| content.next_if(|(_, _, cell)| cell.underline_color == leads));
        if leads == Color::Reset {
            backend.draw(run)?;
            continue;
        }
        let target = link::target(leads);
        if target.is_some() {
            backend.lead(target.as_ref())?;
        }
        // The colour is a number to be read here, and not to be seen.
        let cells: Vec<(u16, u16, Cell)> = run.map(|(x, y, cell)| (x, y, unmarked(cell))).collect();
        backend.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        if target.is_some() {
            backend.lead(None)?;
        }
    }
    Ok(())
}

fn unmarked(cell: &Cell) -> Cell {
    let mut cell = cell.clone();
    cell.underline_color = Color::Reset;
    cell
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::shell::ansi_backend::AnsiBackend;
    use crate::ui::Styles;

    #[test]
    fn terminals_are_known_by_what_they_set() {
        for (set, known) in [
            (&[("TERM", "xterm-256color")][..], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7402")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "4804")], false),
            (&[("TERM", "xterm-kitty")], true),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], true),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], false),
            (&[("TERM", "screen-256color"), ("STY", "1.pts"), ("VTE_VERSION", "7402")], false),
            (&[("TERM", "tmux-256color"), ("TMUX", "/tmp/x"), ("VTE_VERSION", "7402")], false),
            (
                &[("TERM", "tmux-256color"), ("TMUX", "x"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.3a")],
                false,
            ),
            (
                &[("TERM", "tmux-256color"), ("TMUX", "x"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.5")],
                true,
            ),
            (&[("TERM", "linux"), ("KITTY_WINDOW_ID", "1")], false),
        ] {
            let variable = |name: &str| {
                set.iter().find(|(known, _)| *known == name).map_or_else(String::new, |(_, value)| (*value).to_owned())
            };
            assert_eq!(is_known(variable), known, "{set:?}");
        }
    }

    #[test]
    fn only_the_cells_of_a_link_stand_in_the_sequence() {
        let styles = Styles { hyperlinks: true, ..Styles::new(false, false) };
        let link = styles.leading_to("https://example.org/\u{1b}]0;x\u{7}", Style::new());
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        buffer.set_string(0, 0, "a ", Style::new());
        buffer.set_string(2, 0, "日本 b", link);
        let mut written = Vec::new();
        let mut backend = AnsiBackend::new(&mut written);
        draw(&mut backend, Buffer::empty(buffer.area).diff(&buffer).into_iter()).expect("memory takes all");
        let written = String::from_utf8(written).expect("UTF-8");
        let (before, rest) = written.split_once("\x1b]8;id=").expect("a link");
        let (target, rest) = rest.split_once("\x1b\\").expect("its end");
        let (inside, after) = rest.split_once("\x1b]8;;\x1b\\").expect("the end of its text");
        assert!(before.contains('a') && target.ends_with(";https://example.org/%1B]0;x%07"), "{target}");
        assert!(["日", "本", "b"].iter().all(|part| inside.contains(part)) && !after.contains("]8;"), "{inside}");
        assert!(!written.contains("\x1b[58"), "the number is not shown as a colour");
    }
}
