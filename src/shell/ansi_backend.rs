//! A backend that sends as few bytes as a cell needs: styles and the cursor are only sent where they change.
//!
//! The sequences are those of ECMA-48 (CUP, CUF, ED, EL, SGR) and of xterm (`ctlseqs`).

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::cluster_backend::LineBackend;
use super::draw_order::SEEN_ON_BLANKS;
use super::hyperlink::HyperlinkBackend;
use super::scroll::Scroll;

/// Each attribute with the number that sets it and the one that takes it back.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// A terminal behind a writer.
#[derive(Debug)]
pub struct AnsiBackend<W: Write> {
    out: W,
    /// The style in force; the terminal's own between two frames.
    style: Rendition,
}

/// Colours and attributes, as SGR sets them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rendition {
    fg: Color,
    bg: Color,
    attributes: Modifier,
}

impl<W: Write> AnsiBackend<W> {
    /// A backend that writes here.
    pub fn new(out: W) -> Self {
        Self { out, style: Rendition::default() }
    }

    fn set_style(&mut self, style: Rendition) -> io::Result<()> {
        if style != self.style {
            let change = style.change(self.style);
            self.style = style;
            self.out.write_all(change.as_bytes())?;
        }
        Ok(())
    }

    /// Moves the cursor, which is on the line and column `from` where that is known, by the shortest way.
    fn go(&mut self, from: Option<(u16, u16)>, x: u16, y: u16) -> io::Result<()> {
        if from == Some((x, y)) {
            return Ok(());
        }
        let there = if x == 0 { format!("\x1b[{}H", y + 1) } else { format!("\x1b[{};{}H", y + 1, x + 1) };
        let way = from.and_then(|from| way(from, (x, y))).filter(|way| way.len() < there.len());
        self.out.write_all(way.unwrap_or(there).as_bytes())
    }
}

/// The way from one column and line to another, along the line or downwards: line feeds, a carriage return or backspaces,
/// and CUF. `None` upwards. A line feed does not scroll, for the line below is one of the screen.
fn way((from, line): (u16, u16), (x, y): (u16, u16)) -> Option<String> {
    let down = "\n".repeat(usize::from(y.checked_sub(line)?));
    let right = |from: u16| match x - from {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        columns => format!("\x1b[{columns}C"),
    };
    let along = if x >= from { right(from) } else { "\x08".repeat(usize::from(from - x)) };
    let anew = format!("\r{}", right(0));
    Some(down + if anew.len() < along.len() { &anew } else { &along })
}

impl Rendition {
    fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, attributes: cell.modifier }
    }

    /// The style of a symbol where another is in force: of a blank only the background is seen, unless a line or reversed
    /// colours are.
    fn without_unseen(self, symbol: &str, current: Self) -> Self {
        let is_blank = symbol == " " && !(self.attributes | current.attributes).intersects(SEEN_ON_BLANKS);
        if is_blank { Self { bg: self.bg, ..current } } else { self }
    }

    /// The shortest sequence that makes this style of another.
    fn change(self, from: Self) -> String {
        let anew = self.parameters(Self::default());
        let anew = if anew.is_empty() { "\x1b[m".to_owned() } else { format!("\x1b[;{anew}m") };
        let change = format!("\x1b[{}m", self.parameters(from));
        if change.len() < anew.len() { change } else { anew }
    }

    /// The numbers that make this style of another: attributes taken back, attributes set, colours.
    fn parameters(self, from: Self) -> String {
        let lost = from.attributes - self.attributes;
        // Bold and dim are taken back by one number, and so are both blinks.
        let is_off = |number| ATTRIBUTES.iter().any(|(attribute, _, off)| *off == number && lost.contains(*attribute));
        let taken = ATTRIBUTES.iter().filter(|(attribute, ..)| lost.contains(*attribute)).map(|(.., off)| *off);
        let is_set = |(attribute, _, off): &&(Modifier, u8, u8)| {
            self.attributes.contains(*attribute) && (!from.attributes.contains(*attribute) || is_off(*off))
        };
        let set = ATTRIBUTES.iter().filter(is_set).map(|(_, on, _)| *on);
        let mut numbers: Vec<String> = taken.chain(set).map(|number| number.to_string()).collect();
        numbers.dedup();
        numbers.extend((self.fg != from.fg).then(|| colour(self.fg, 30)));
        numbers.extend((self.bg != from.bg).then(|| colour(self.bg, 40)));
        numbers.join(";")
    }
}

/// The numbers of a colour, on 30 for text and 40 for the background. The first 16 are sent as those of 256: terminals make
/// bold text brighter in the others.
fn colour(colour: Color, base: u8) -> String {
    match colour {
        Color::Reset => (base + 9).to_string(),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
        _ => format!("{};5;{}", base + 8, index(colour)),
    }
}

/// The number of a colour among 256.
fn index(colour: Color) -> u8 {
    match colour {
        Color::Reset | Color::Rgb(..) | Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number) => number,
    }
}

impl<W: Write> Backend for AnsiBackend<W> {
    type Error = io::Error;

    /// Takes the cursor to be anywhere, at the start and after a character that is not one column wide: terminals differ.
    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut cursor = None;
        for (x, y, cell) in content {
            self.go(cursor, x, y)?;
            self.set_style(Rendition::of(cell).without_unseen(cell.symbol(), self.style))?;
            self.out.write_all(cell.symbol().as_bytes())?;
            cursor = (cell.cell_width() == 1).then(|| (x + 1, y));
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        write!(self.out, "\x1b[?25l")
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        write!(self.out, "\x1b[?25h")
    }

    /// The answer would come among the keys, so nobody may ask.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.go(None, x, y)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        // Erased cells take the background in force.
        self.set_style(Rendition::default())?;
        self.out.write_all(match region {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        })
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    /// Ends the frame in the terminal's own style.
    fn flush(&mut self) -> io::Result<()> {
        self.set_style(Rendition::default())?;
        self.out.flush()
    }
}

impl<W: Write> LineBackend for AnsiBackend<W> {
    fn erase_line(&mut self, y: u16) -> io::Result<()> {
        self.go(None, 0, y)?;
        self.clear_region(ClearType::UntilNewLine)
    }

    fn set_autowrap(&mut self, wraps: bool) -> io::Result<()> {
        self.out.write_all(if wraps { b"\x1b[?7h" } else { b"\x1b[?7l" })
    }

    /// Sets the region (DECSTBM), deletes or inserts lines at its top (DL, IL), and gives the region up. SU and SD would say
    /// the same, but the Linux console lacks them.
    fn scroll(&mut self, Scroll { top, bottom, lines }: Scroll) -> io::Result<()> {
        // The lines that come in take the background in force.
        self.set_style(Rendition::default())?;
        let (top, bottom, count) = (top + 1, bottom + 1, lines.unsigned_abs());
        let end = if lines > 0 { 'M' } else { 'L' };
        write!(self.out, "\x1b[{top};{bottom}r\x1b[{top}H\x1b[{count}{end}\x1b[r")
    }
}

impl<W: Write> HyperlinkBackend for AnsiBackend<W> {
    fn lead(&mut self, target: Option<&(u32, String)>) -> io::Result<()> {
        match target {
            Some((number, address)) => write!(self.out, "\x1b]8;id={number};{address}\x1b\\"),
            None => write!(self.out, "\x1b]8;;\x1b\\"),
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    fn rendition(style: Style) -> Rendition {
        Rendition::of(Cell::default().set_style(style))
    }

    #[test]
    fn a_style_is_sent_as_the_change_of_the_one_before() {
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let dim = bold.add_modifier(Modifier::DIM);
        let (red, page) = (Style::new().fg(Color::Red), Style::new().bg(Color::Rgb(30, 30, 46)));
        for (from, to, sent) in [
            (plain, bold, "\x1b[1m"),
            (bold, plain, "\x1b[m"),
            (dim, bold, "\x1b[;1m"),
            (dim.patch(page), bold.patch(page), "\x1b[22;1m"),
            (bold, bold.patch(red), "\x1b[38;5;1m"),
            (bold.patch(red), red, "\x1b[22m"),
            (page.patch(red), page, "\x1b[39m"),
            (page, page.fg(Color::Indexed(200)), "\x1b[38;5;200m"),
            (page.patch(dim), red, "\x1b[;38;5;1m"),
        ] {
            assert_eq!(rendition(to).change(rendition(from)), sent, "{from:?} {to:?}");
        }
    }

    #[test]
    fn a_frame_moves_the_cursor_only_over_gaps() {
        let mut out = Vec::new();
        let mut backend = AnsiBackend::new(&mut out);
        let red = Cell::new("r").set_style(Style::new().fg(Color::Red)).clone();
        let (plain, wide) = (Cell::new("p"), Cell::new("日"));
        let blank = Cell::new(" ");
        let cells = [(0, 0, &red), (1, 0, &blank), (3, 0, &plain), (9, 0, &wide), (11, 0, &plain), (4, 2, &red)];
        backend.draw(cells.into_iter()).and_then(|()| backend.flush()).expect("a vector takes all");
        let sent = "\x1b[1H\x1b[38;5;1mr \x1b[C\x1b[mp\x1b[5C日\x1b[1;12Hp\x1b[3;5H\x1b[38;5;1mr\x1b[m";
        assert_eq!(String::from_utf8(out).expect("UTF-8"), sent);
    }
}
