//! The threshold bar: the score distribution as columns with the two thresholds, and words beside them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Styles;
use super::line_writer::LineWriter;
use crate::app::{App, BAR_START, HintCell};
use crate::view::Cell;

/// Draws the bar on one line.
pub(super) fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let (Some(view), Some(bar)) = (app.page().thread(), app.threshold_bar()) else { return };
    let most = bar.cells.iter().map(|cell| cell.comments).max().unwrap_or(0);
    // What the thresholds leave in full stands out, as it does in the thread.
    let mut is_full = view.cutoffs().full().is_none();
    for cell in &bar.cells {
        let mut out = LineWriter::new(buffer, area, cell.x, 0);
        is_full |= cell.full_from;
        draw_cell(cell, most, if is_full { styles.text } else { styles.dim }, styles, &mut out);
    }
    LineWriter::new(buffer, area, BAR_START, 0).put(bar.label, styles.dim);
    LineWriter::new(buffer, area, bar.words_at, 0).put(&styles.glyphs.own(&bar.words), styles.dim);
    for HintCell { x, hint } in &bar.keys {
        let mut out = LineWriter::new(buffer, area, *x, 0);
        out.put(&hint.name, styles.hint_key).put(&format!(" {}", hint.does), styles.dim);
    }
}

fn draw_cell(cell: &Cell, most: u64, style: Style, styles: &Styles, out: &mut LineWriter<'_>) {
    let [hide_mark, full_mark] = styles.glyphs.thresholds;
    let mark = match (cell.full_from, cell.hides_below) {
        (true, _) => full_mark,
        (false, true) => hide_mark,
        (false, false) => " ",
    };
    out.put(mark, styles.key);
    if !cell.label.is_empty() {
        out.skip(cell.gaps.0)
            .put(&cell.label, style)
            .skip(cell.gaps.1)
            .put(styles.glyphs.blocks[height(cell.comments, most)], style);
    }
}

/// The height of a column in eighths: by the square root, so that few beside many can still be seen.
fn height(count: u64, most: u64) -> usize {
    if count == 0 || most == 0 {
        return 0;
    }
    let eighths = (64 * count / most).isqrt();
    (eighths as usize).clamp(1, 8)
}

#[cfg(test)]
mod tests {
    use super::height;

    #[test]
    fn few_can_be_seen_beside_many() {
        assert_eq!([(0, 9), (1, 1000), (250, 1000), (1000, 1000), (0, 0)].map(|(c, m)| height(c, m)), [0, 1, 4, 8, 0]);
    }
}
