//! The score distribution of a thread, in the cells of the threshold bar.

use super::{Cutoffs, Scores};

/// A column of the threshold bar as it stands on the screen: the scores from `from` up to the next cell's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The lowest score in it.
    pub from: i32,
    /// Comments in it.
    pub comments: u64,
    /// Its lowest score in words; empty for the end of the scale, above all scores.
    pub label: String,
    /// The first screen column, that of the mark before it.
    pub x: usize,
    /// Columns: a mark, the label, the block, and those between them; of the end of the scale, the mark alone.
    pub width: usize,
    /// Columns between the label and the signs before and behind it.
    pub gaps: (usize, usize),
    /// Whether comments are hidden below it.
    pub hides_below: bool,
    /// Whether comments are in full from it on.
    pub full_from: bool,
}

/// Lays the distribution out from column `x` in at most `room` columns, each cell with its score: one cell a step of the
/// thresholds, or as many as it takes to fit. `gaps` are the columns between each score and its signs. Empty where no comment has a
/// score, or there is room for none.
pub fn cells(scores: &Scores, cutoffs: Cutoffs, (x, room): (usize, usize), gaps: (usize, usize)) -> Vec<Cell> {
    let Some((&end, starts)) = scores.bounds().split_last() else { return Vec::new() };
    if scores.classes().is_empty() {
        return Vec::new();
    }
    let labels = |merged: usize| starts.iter().step_by(merged).map(|from| from.to_string().len() + 2 + gaps.0 + gaps.1);
    let merged = (1..=starts.len()).find(|&merged| labels(merged).sum::<usize>() < room);
    let Some(merged) = merged else { return Vec::new() };
    let mut cells = Vec::with_capacity(starts.len() / merged + 2);
    let mut at = x;
    let mut ends = starts.iter().skip(merged).step_by(merged).chain([&end]);
    for &from in starts.iter().step_by(merged) {
        let to = ends.next().copied().unwrap_or(end);
        let label = from.to_string();
        let width = label.len() + 2 + gaps.0 + gaps.1;
        let comments = scores.between(from, to);
        cells.push(Cell { from, comments, label, x: at, width, gaps, hides_below: false, full_from: false });
        at += width;
    }
    let label = String::new();
    cells.push(Cell { from: end, comments: 0, label, x: at, width: 1, gaps, hides_below: false, full_from: false });
    if let Some(cell) = first_from(&mut cells, cutoffs.hide()) {
        cell.hides_below = true;
    }
    if let Some(cell) = first_from(&mut cells, cutoffs.full()) {
        cell.full_from = true;
    }
    cells
}

/// The first cell with no score below a threshold; the end of the scale where the threshold is above it.
fn first_from(cells: &mut [Cell], threshold: Option<i32>) -> Option<&mut Cell> {
    let threshold = threshold?;
    let place = cells.partition_point(|cell| cell.from < threshold).min(cells.len().saturating_sub(1));
    cells.get_mut(place)
}
