//! The order in which changed cells are drawn: that which takes the fewest bytes between them.
//!
//! Cells between two changed ones are drawn again where they take fewer bytes than moving over them. Columns of single
//! cells (guides, the bar of the selected comment, the map) are drawn downwards, after the lines of text and style by style:
//! from one to the next is two bytes, and a style is sent once for all cells that have it.

use std::collections::BTreeMap;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Modifier, Style};

/// A cell with its column and line.
pub(super) type Placed<'a> = (u16, u16, &'a Cell);

/// The attributes that can be seen where there is no character.
pub(super) const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);
/// The most columns of a run of cells that is drawn as a part of a column.
const NARROW: usize = 2;
/// The fewest such runs that make a column.
const FEWEST: usize = 3;

/// Arranges changed cells, which come line by line. `standing` is the screen of `width` columns with these cells on it.
pub(super) fn arrange<'a>(changed: Vec<Placed<'a>>, standing: &'a [Cell], width: usize) -> Vec<Placed<'a>> {
    let runs = runs(changed, standing, width);
    let mut heights: BTreeMap<u16, usize> = BTreeMap::new();
    for (x, ..) in runs.iter().filter(|run| run.len() <= NARROW).filter_map(|run| run.first()) {
        *heights.entry(*x).or_default() += 1;
    }
    let column = |run: &[Placed]| {
        let x = run.first().map(|(x, ..)| *x).filter(|_| run.len() <= NARROW);
        x.filter(|x| heights.get(x).is_some_and(|&height| height >= FEWEST))
    };
    let mut styles: Vec<Style> = Vec::new();
    let place = |run: &Vec<Placed>| column(run).map(|x| (x, rank(&mut styles, run)));
    let places: Vec<Option<(u16, usize)>> = runs.iter().map(place).collect();
    let mut sorted: Vec<_> = places.into_iter().zip(runs).collect();
    // The sort is stable: text stays line by line before all columns, and the cells of one style go downwards.
    sorted.sort_by_key(|(place, _)| *place);
    sorted.into_iter().flat_map(|(_, run)| run).collect()
}

/// The number of the style in which a run begins, among those that were met before it.
fn rank(styles: &mut Vec<Style>, run: &[Placed]) -> usize {
    let style = run.first().map(|(.., cell)| cell.style()).unwrap_or_default();
    styles.iter().position(|known| *known == style).unwrap_or_else(|| {
        styles.push(style);
        styles.len() - 1
    })
}

/// Runs of cells side by side, with those between them that take fewer bytes than a move.
fn runs<'a>(changed: Vec<Placed<'a>>, standing: &'a [Cell], width: usize) -> Vec<Vec<Placed<'a>>> {
    let mut runs: Vec<Vec<Placed>> = Vec::new();
    for cell in changed {
        let run = runs.last_mut().and_then(|run| {
            let between = between(*run.last()?, cell, standing, width)?;
            Some((run, between))
        });
        if let Some((run, between)) = run {
            run.extend(between);
            run.push(cell);
        } else {
            runs.push(vec![cell]);
        }
    }
    runs
}

/// The cells between two, if to draw them takes no more bytes than to move over them; `None` where it takes more.
fn between<'a>(
    (from, line, before): Placed<'a>,
    (to, y, _): Placed<'a>,
    standing: &'a [Cell],
    width: usize,
) -> Option<Vec<Placed<'a>>> {
    // After a character of another width, the cursor is set anyway.
    let gap = usize::from(to).checked_sub(usize::from(from) + 1)?;
    let most = if gap == 1 { 3 } else { 4 };
    if line != y || gap > most || before.cell_width() != 1 {
        return None;
    }
    let start = usize::from(y) * width + usize::from(from) + 1;
    let cells = standing.get(start..start + gap)?;
    let bytes: usize = cells.iter().map(|cell| cell.symbol().len()).sum();
    let is_cheap = bytes <= most && cells.iter().all(|cell| cell.cell_width() == 1 && looks_like(cell, before));
    let placed = |(x, cell)| (x, y, cell);
    is_cheap.then(|| (from + 1..).zip(cells).map(placed).collect())
}

/// Whether a cell can be drawn in the style of another.
fn looks_like(cell: &Cell, other: &Cell) -> bool {
    let is_blank = cell.symbol() == " " && !(cell.modifier | other.modifier).intersects(SEEN_ON_BLANKS);
    let is_same = cell.fg == other.fg && cell.modifier == other.modifier && other.symbol() != " ";
    cell.bg == other.bg && cell.underline_color == other.underline_color && (is_blank || is_same)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    use super::*;

    fn order(before: [&str; 4], after: [&str; 4], style: impl Fn(&mut Buffer)) -> String {
        let area = Rect::new(0, 0, 16, 4);
        let mut buffers = [Buffer::empty(area), Buffer::empty(area)];
        for (buffer, lines) in buffers.iter_mut().zip([before, after]) {
            lines.iter().zip(0..).for_each(|(line, y)| buffer.set_string(0, y, line, Style::new()));
        }
        style(&mut buffers[1]);
        let [before, after] = buffers;
        arrange(before.diff(&after), &after.content, 16).iter().map(|(.., cell)| cell.symbol()).collect()
    }

    #[test]
    fn what_lies_between_is_drawn_where_that_is_shorter() {
        let blank = [""; 4];
        let none = |_: &mut Buffer| {};
        assert_eq!(order(blank, ["a bc  d    e     f", "", "", ""], none), "a bc  d    e");
        assert_eq!(order(blank, ["a      b", "", "", ""], none), "ab");
        assert_eq!(order(["xyz", "", "", ""], ["ayc", "", "", ""], none), "ayc");
        assert_eq!(order(["x│z", "x││z", "", ""], ["a│c", "a││c", "", ""], none), "a│cac");
        let red = |buffer: &mut Buffer| _ = buffer[(1, 0)].set_fg(Color::Red);
        assert_eq!(order(["xyz", "", "", ""], ["ayc", "", "", ""], red), "ayc", "its colour is a change");
        let both = |at| {
            let change = [Buffer::empty(Rect::new(0, 0, 3, 1)), Buffer::empty(Rect::new(0, 0, 3, 1))];
            let [mut one, mut other] = change;
            one.set_string(0, 0, "xyz", Style::new());
            other.set_string(0, 0, "ayc", Style::new());
            one[(at, 0)].set_fg(Color::Red);
            other[(at, 0)].set_fg(Color::Red);
            arrange(one.diff(&other), &other.content, 3).len()
        };
        assert_eq!([both(1), both(2)], [2, 3], "another colour takes more bytes than a move");
    }

    #[test]
    fn columns_are_drawn_downwards_after_the_text() {
        let lines = ["│      │text", "│      │", "│      │", "│"];
        assert_eq!(order([""; 4], lines, |_| {}), "│text││││││");
        let lines = ["a", "b", "c", "d"];
        let red = |buffer: &mut Buffer| [0, 2].into_iter().for_each(|y| _ = buffer[(0, y)].set_fg(Color::Red));
        assert_eq!(order([""; 4], lines, red), "acbd", "a style is sent once");
    }
}
