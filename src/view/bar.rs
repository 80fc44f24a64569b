//! The score distribution of a thread, in the cells of the threshold bar.

use super::selection::Selected;
use super::threshold::{Scale, Thresholds};
use crate::model::Thread;

/// One column of the distribution: the scores from `from` up to the next column's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The lowest score in it.
    pub from: i32,
    /// Comments in it.
    pub count: u32,
}

/// The distribution of a thread's scores over the steps of its scale; empty where no comment has a score.
pub(super) fn distribution(thread: &Thread, selected: &Selected, scale: Scale) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = steps(scale).into_iter().map(|from| Bucket { from, count: 0 }).collect();
    let mut scored = false;
    for score in (0..thread.len()).filter_map(|index| selected.score(thread, index).1) {
        let at = buckets.partition_point(|bucket| bucket.from <= score).saturating_sub(1);
        if let Some(bucket) = buckets.get_mut(at) {
            bucket.count += 1;
            scored = true;
        }
    }
    if scored { buckets } else { Vec::new() }
}

fn steps(scale: Scale) -> Vec<i32> {
    let (low, high) = match scale {
        Scale::Bounded { low, high } => return (low..=high).collect(),
        Scale::Open { low, high } => (low, high),
    };
    let above =
        std::iter::successors(scale.step(None, true), |&from| scale.step(Some(from), true).filter(|&to| to > from));
    std::iter::once(low).chain(above.take_while(|&from| from <= high)).collect()
}

/// A column of the threshold bar as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its scores and count.
    pub bucket: Bucket,
    /// Its score, right-aligned; empty where there is no room for scores.
    pub label: String,
    /// The first screen column, that of the mark before it.
    pub x: usize,
    /// Columns: a mark, the label, the block.
    pub width: usize,
    /// Whether comments are hidden below it.
    pub hides_below: bool,
    /// Whether comments are in full from it on.
    pub full_from: bool,
}

/// The longest distribution that has its room before all else on the bar, with a column for every step.
const SHORT: usize = 8;
/// Screen columns that a longer one leaves to the words beside it, and the least that it keeps.
const WORDS: usize = 64;
const LEAST: usize = 12;

/// Lays the distribution out from column `x` in at most `room` columns: with its scores, else without, else as much as
/// fits. A long one leaves room for the words beside it: its steps are merged, in three columns at least with their scores,
/// else without.
pub fn cells(buckets: &[Bucket], thresholds: Thresholds, x: usize, room: usize) -> Vec<Cell> {
    if buckets.len() <= SHORT {
        return lay_out(buckets, 1, thresholds, x, room);
    }
    let room = room.min(room.saturating_sub(WORDS).max(LEAST));
    let labelled = (1..=buckets.len() / 3).find(|merged| columns(buckets, *merged, true) <= room);
    let fitting = labelled.or_else(|| (1..buckets.len()).find(|merged| columns(buckets, *merged, false) <= room));
    lay_out(buckets, fitting.unwrap_or(buckets.len()), thresholds, x, room)
}

/// The screen columns of a distribution with so many steps merged into one.
fn columns(buckets: &[Bucket], merged: usize, labelled: bool) -> usize {
    let label = |bucket: &Bucket| if labelled { bucket.from.to_string().len() } else { 0 };
    buckets.iter().step_by(merged).map(|bucket| label(bucket) + 2).sum()
}

fn lay_out(buckets: &[Bucket], merged: usize, thresholds: Thresholds, x: usize, room: usize) -> Vec<Cell> {
    let labelled = columns(buckets, merged, true) <= room;
    let last = buckets.len().saturating_sub(1) / merged.max(1);
    let first_from = |threshold: Option<i32>| {
        let place = threshold.and_then(|bound| buckets.iter().position(|bucket| bucket.from >= bound));
        place.map(|place| place.div_ceil(merged).min(last))
    };
    let (hide, full) = (first_from(thresholds.hide()), first_from(thresholds.full()));
    let mut cells = Vec::with_capacity(last + 1);
    let mut at = x;
    for (place, buckets) in buckets.chunks(merged.max(1)).enumerate() {
        let from = buckets.first().map_or(0, |bucket| bucket.from);
        let bucket = Bucket { from, count: buckets.iter().map(|bucket| bucket.count).sum() };
        let label = if labelled { from.to_string() } else { String::new() };
        let width = label.len() + 2;
        if at + width > x + room {
            break;
        }
        let (hides_below, full_from) = (hide == Some(place), full == Some(place));
        cells.push(Cell { bucket, label, x: at, width, hides_below, full_from });
        at += width;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_drop_their_scores_where_there_is_no_room() {
        let buckets: Vec<Bucket> = (-1..=5).map(|from| Bucket { from, count: 1 }).collect();
        let thresholds = Thresholds::new(Some(1), Some(4));
        let wide = cells(&buckets, thresholds, 1, 40);
        assert_eq!((wide[0].label.as_str(), wide[0].x, wide[1].x), ("-1", 1, 5));
        assert!(wide[2].hides_below && wide[5].full_from);
        let narrow = cells(&buckets, thresholds, 0, 15);
        assert!(narrow.len() == 7 && narrow.iter().all(|cell| cell.label.is_empty() && cell.width == 2));
        assert_eq!(cells(&buckets, thresholds, 0, 5).len(), 2);
    }

    #[test]
    fn long_scales_are_merged_and_leave_room_for_words() {
        let steps = steps(Scale::Open { low: -60, high: 30_000 });
        let buckets: Vec<Bucket> = steps.iter().map(|&from| Bucket { from, count: 1 }).collect();
        for (room, labelled) in [(200, true), (119, true), (99, true), (79, false), (20, false), (12, false)] {
            let cells = cells(&buckets, Thresholds::new(Some(2), Some(20_000)), 1, room);
            assert_eq!(cells.iter().map(|cell| cell.bucket.count).sum::<u32>(), steps.len() as u32, "{room}");
            let last = cells.last().expect("a cell");
            assert!(last.x + last.width <= 1 + room.saturating_sub(WORDS).max(LEAST), "{room}: {cells:?}");
            assert_eq!(cells.iter().all(|cell| !cell.label.is_empty()), labelled, "{room}");
            assert_eq!(cells.iter().filter(|cell| cell.hides_below).count(), 1, "{room}");
            assert!(last.full_from || cells.len() == steps.len(), "{room}: {cells:?}");
        }
        assert!(cells(&buckets, Thresholds::default(), 1, 1).is_empty());
    }

    #[test]
    fn open_scales_start_at_the_lowest_score() {
        assert_eq!(steps(Scale::Open { low: -3, high: 30 }), [-3, -2, -1, 0, 1, 2, 5, 10, 20]);
        assert_eq!(steps(Scale::Open { low: 7, high: 7 }), [7]);
        assert_eq!(steps(Scale::Bounded { low: -1, high: 1 }), [-1, 0, 1]);
    }
}
