//! The minimap at the right edge: shown comments and their scores along the whole thread, and the reader's place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Styles;
use super::line_writer::LineWriter;
use crate::view::{Row, Standing, ThreadView, Visibility};

/// The most rows that are looked at for a line of the map, taken evenly from its stretch: so it costs the same for any
/// thread.
const LOOKED_AT: usize = 32;

/// The column of the map in its area, which begins with a blank one.
const COLUMN: usize = 1;

/// Draws the map. Each line stands for as many comments as any other, give or take one.
pub(super) fn draw(view: &ThreadView, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let (comments, lines) = (u64::from(view.thread().len()), u64::from(area.height));
    if comments == 0 || area.is_empty() {
        return;
    }
    let here = match view.place().row {
        Row::Story => 0,
        Row::Comment(index) | Row::Marker(index) => ((u64::from(index) + 1) * lines - 1) / comments,
        Row::Rest | Row::Foot => lines - 1,
    };
    let start = |line: u64| (line * comments / lines) as u32;
    for line in 0..lines {
        let (glyph, style) = if line == here {
            (styles.glyphs.place, styles.here)
        } else {
            // With fewer comments than lines, several lines stand for the same comment.
            shade(view, styles, start(line), start(line + 1).max(start(line) + 1))
        };
        LineWriter::new(buffer, area, COLUMN, line as usize).put(glyph, style);
    }
}

/// One cell for the comments from `first` up to `end`: blank where none is shown, a mark where a quarter or more of them
/// stand at the top. It has no more shades, for the map is glanced at, and a calm one scrolls with few bytes.
fn shade(view: &ThreadView, styles: &Styles, first: u32, end: u32) -> (&'static str, Style) {
    let row_list = view.rows();
    let position = |index| row_list.position(Row::Comment(index)).unwrap_or_else(|near| near);
    let rows = position(first)..position(end);
    let step = rows.len().div_ceil(LOOKED_AT).max(1);
    let (mut is_shown, mut top) = (false, 0);
    for at in rows.step_by(step) {
        if let Some(Row::Comment(index)) = row_list.get(at)
            && row_list.visibility(index) > Visibility::Placeholder
        {
            is_shown = true;
            top += if view.standing(index) == Some(Standing::Top) { step } else { 0 };
        }
    }
    let [none, some, best] = styles.glyphs.map;
    match is_shown {
        false => (none, styles.guide),
        true if top * 4 < (end - first) as usize => (some, styles.guide),
        true => (best, styles.guide),
    }
}
