//! The score distribution of a thread, in the cells of the threshold bar.

use super::{Scale, Selected, Thresholds};
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

/// Lays the distribution out from column `x` in at most `room` columns: with its scores, else without, else as much as
/// fits.
pub fn cells(buckets: &[Bucket], thresholds: Thresholds, x: usize, room: usize) -> Vec<Cell> {
    let labels: Vec<String> = buckets.iter().map(|bucket| bucket.from.to_string()).collect();
    let labelled = labels.iter().map(|label| label.chars().count() + 2).sum::<usize>() <= room;
    let first_from = |threshold: Option<i32>| threshold.and_then(|bound| buckets.iter().position(|b| b.from >= bound));
    let (hide, full) = (first_from(thresholds.hide()), first_from(thresholds.full()));
    let mut cells = Vec::with_capacity(buckets.len());
    let mut at = x;
    for (place, (bucket, label)) in buckets.iter().zip(labels).enumerate() {
        let label = if labelled { label } else { String::new() };
        let width = label.chars().count() + 2;
        if at + width > x + room {
            break;
        }
        let (hides_below, full_from) = (hide == Some(place), full == Some(place));
        cells.push(Cell { bucket: *bucket, label, x: at, width, hides_below, full_from });
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
    fn open_scales_start_at_the_lowest_score() {
        assert_eq!(steps(Scale::Open { low: -3, high: 30 }), [-3, -2, -1, 0, 1, 2, 5, 10, 20]);
        assert_eq!(steps(Scale::Open { low: 7, high: 7 }), [7]);
        assert_eq!(steps(Scale::Bounded { low: -1, high: 1 }), [-1, 0, 1]);
    }
}
