//! The threshold bar: the score distribution as columns, the two thresholds, and the counts of comments.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Styles;
use super::line_writer::LineWriter;
use crate::app::App;
use crate::view::{Cell, ThreadView, Thresholds, cells};

/// Draws the bar on one line.
pub(super) fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let Some(view) = app.page().thread() else { return };
    let counts = view.rows().counts();
    let room = usize::from(area.width).saturating_sub(1);
    let cells = cells(view.distribution(), view.thresholds(), 1, room);
    let most = cells.iter().map(|cell| cell.bucket.count).max().unwrap_or(0);
    for cell in &cells {
        let mut out = LineWriter::new(buffer, area, cell.x, 0);
        draw_cell(cell, most, view.thresholds(), styles, &mut out);
    }
    let after = cells.last().map_or(1, |cell| cell.x + cell.width + 2);
    let mut out = LineWriter::new(buffer, area, after, 0);
    let named = format!(
        "{} full {dot} {} line {dot} {} hidden",
        counts.full,
        counts.line,
        counts.hidden,
        dot = styles.glyphs.dot
    );
    let short = format!("{}/{}/{}", counts.full, counts.line, counts.hidden);
    let with_bounds = format!("{}  {named}", bounds(view));
    let words = [with_bounds, named, short].into_iter().find(|words| words.chars().count() <= out.room());
    out.put(&words.unwrap_or_default(), styles.dim);
}

fn bounds(view: &ThreadView) -> String {
    let thresholds = view.thresholds();
    let hide = thresholds.hide().map_or_else(|| "hide none".to_owned(), |hide| format!("hide < {hide}"));
    let full = thresholds.full().map_or_else(|| "all full".to_owned(), |full| format!("full >= {full}"));
    format!("{hide}  {full}")
}

fn draw_cell(cell: &Cell, most: u32, thresholds: Thresholds, styles: &Styles, out: &mut LineWriter<'_>) {
    let style = styles.score(thresholds.mode(Some(cell.bucket.from), false));
    let [hide_mark, full_mark] = styles.glyphs.thresholds;
    let mark = match (cell.full_from, cell.hides_below) {
        (true, _) => full_mark,
        (false, true) => hide_mark,
        (false, false) => " ",
    };
    out.put(mark, styles.key).put(&cell.label, style);
    out.put(styles.glyphs.blocks[height(cell.bucket.count, most)], style);
}

/// The height of a column in eighths: by the square root, so that few beside many can still be seen.
fn height(count: u32, most: u32) -> usize {
    if count == 0 || most == 0 {
        return 0;
    }
    let eighths = (64 * u64::from(count) / u64::from(most)).isqrt();
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
