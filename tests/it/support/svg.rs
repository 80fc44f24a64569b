//! A screen → SVG, for the picture in the README: real text, so that it can be searched and stays small.

use std::fmt::Write;

use super::palettes;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Size of one cell, in SVG units.
const CELL: (usize, usize) = (9, 19);
/// Room around the screen.
const MARGIN: usize = 14;

/// Draws a screen; what has no colour of its own has those of the page.
pub(crate) fn svg(buffer: &Buffer, page: Style) -> String {
    let page = (page.fg.unwrap_or(Color::White), page.bg.unwrap_or(Color::Black));
    let (width, height) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (outer_width, outer_height) = (width * CELL.0 + 2 * MARGIN, height * CELL.1 + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {outer_width} {outer_height}\" width=\"{outer_width}\" \
         height=\"{outer_height}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"15\">\n<rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{}\"/>\n",
        colour(page.1, page.1)
    );
    for y in 0..height {
        let cells: Vec<&Cell> = (0..width).filter_map(|x| buffer.cell((x as u16, y as u16))).collect();
        let mut x = 0;
        while x < width {
            let start = x;
            let mut text = String::new();
            while x < width && alike(cells[start], cells[x]) {
                text.push_str(cells[x].symbol());
                x += cells[x].symbol().width().max(1);
            }
            run(&mut out, cells[start], page, &text, (start, y), x - start);
        }
    }
    out + "</svg>\n"
}

fn alike(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

fn run(out: &mut String, cell: &Cell, page: (Color, Color), text: &str, (x, y): (usize, usize), columns: usize) {
    let (left, top, width) = (MARGIN + x * CELL.0, MARGIN + y * CELL.1, columns * CELL.0);
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let (foreground, background) = (colour(cell.fg, page.0), colour(cell.bg, page.1));
    let (foreground, background) = if reversed { (background, foreground) } else { (foreground, background) };
    if background != colour(page.1, page.1) {
        let _ = writeln!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{background}\"/>",
            CELL.1
        );
    }
    let kept = text.trim_end();
    if kept.trim().is_empty() {
        return;
    }
    let indent = kept.chars().take_while(|c| *c == ' ').count();
    let (left, width) = (left + indent * CELL.0, (kept.width() - indent) * CELL.0);
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.62\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        style += if cell.modifier.contains(modifier) { attribute } else { "" };
    }
    let words = kept.trim_start().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"{}\" fill=\"{foreground}\"{style} textLength=\"{width}\" xml:space=\"preserve\">{words}</text>",
        top + 14
    );
}

/// A colour as SVG writes it: those of themes as they are, the terminal's own as xterm has them.
fn colour(colour: Color, otherwise: Color) -> String {
    let (_, _, xterm) = palettes::NAMED[0];
    match palettes::shown(if colour == Color::Reset { otherwise } else { colour }, &xterm) {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        own => own.to_string().to_lowercase(),
    }
}
