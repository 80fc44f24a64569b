//! The scores of a thread: how many comments have each, the steps of the thresholds between them, and where one stands.

use std::collections::BTreeMap;

/// The most bounds that the thresholds of an open scale step through, both ends included.
const MOST_BOUNDS: usize = 10;
/// A step between two bounds changes at least so many hundredths of the comments; the outermost may change fewer.
const LEAST_STEP: u64 = 3;
/// A site's own range that is wider counts as an open scale.
const WIDEST_RANGE: i64 = 20;

/// So many scores around 0 are counted without a look for them.
const SMALL: i32 = 256;

/// The comments of a thread that have one score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScoreClass {
    /// Their score.
    pub score: i32,
    /// Their number.
    pub comments: u32,
    /// The number of those that are live: neither deleted nor removed, dead or missing.
    pub live: u32,
    /// The words in the live ones.
    pub words: u64,
}

/// A comment as far as the statistics of its thread count it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub(super) score: i32,
    pub(super) is_live: bool,
    pub(super) words: u32,
}

/// Where a score stands among the live comments of its thread: by the half of those with the same score and all with a
/// better one, so that many equals stand in the middle of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In the lower half.
    Low,
    /// In the better half.
    Middle,
    /// In the best quarter.
    High,
    /// In the best tenth.
    Top,
}

/// The scores of a thread's comments, with all modifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// By score, ascending; none without a comment.
    classes: Vec<ScoreClass>,
    /// Live comments.
    live: u32,
    /// The bounds between which the thresholds step, ascending: from the lowest score to one above the highest.
    bounds: Vec<i32>,
    is_open: bool,
    /// The lowest scores that stand in the middle, high and at the top.
    standings: [i32; 3],
}

/// The best comments that can be read in some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readable {
    /// All of them.
    All,
    /// Those above this score, and then of this score as many as these words allow.
    Partly { score: i32, words: u64 },
}

impl Scores {
    /// Counts the comments that have a score, on a site whose scores keep to `range`.
    pub(super) fn new(range: Option<(i32, i32)>, comments: impl Iterator<Item = Scored>) -> Self {
        let classes = count(comments);
        let range = range.filter(|&(low, high)| (0..=WIDEST_RANGE).contains(&(i64::from(high) - i64::from(low))));
        let bounds = match range {
            Some((low, high)) => (low..=high.saturating_add(1)).collect(),
            None => open_bounds(&classes),
        };
        let live = classes.iter().map(|class| class.live).sum();
        let standings = [50, 25, 10].map(|percent| lowest_within(&classes, live, percent));
        Self { classes, live, bounds, is_open: range.is_none(), standings }
    }

    /// The comments of each score, ascending; empty where none has a score.
    pub fn classes(&self) -> &[ScoreClass] {
        &self.classes
    }

    /// The comments with a score from `from` on and below `to`.
    pub fn between(&self, from: i32, to: i32) -> u64 {
        self.classes
            .iter()
            .filter(|class| (from..to).contains(&class.score))
            .map(|class| u64::from(class.comments))
            .sum()
    }

    /// The bounds between which the thresholds step, ascending: on a site's own range every score of it and one above; else
    /// scores that divide the comments, from the lowest score to one above the highest.
    pub fn bounds(&self) -> &[i32] {
        &self.bounds
    }

    /// The bound to which a threshold at `from` steps, `None` for no bound; `Err` at the end of the scale. On an open
    /// scale each step changes what some comment shows; on any, the one that leaves no bound does.
    pub(super) fn step(&self, from: Option<i32>, up: bool) -> Result<Option<i32>, EndOfScale> {
        let (Some(&lowest), Some(&highest)) = (self.bounds.first(), self.bounds.last()) else { return Err(EndOfScale) };
        let lowest_here = self.classes.first().map_or(lowest, |class| class.score);
        let from = from.unwrap_or(lowest_here).clamp(lowest, highest);
        let changes = |&to: &i32| !self.is_open || self.between(from.min(to), from.max(to)) > 0;
        let to = if up {
            self.bounds.iter().copied().filter(|&to| to > from).find(changes)
        } else {
            self.bounds.iter().copied().rev().filter(|&to| to < from).find(changes)
        };
        let to = to.ok_or(EndOfScale)?;
        Ok(if self.is_open && to == lowest { None } else { Some(to) })
    }

    /// The nearest bound that makes a difference: on a site's own range, one of it or one above.
    pub fn nearest(&self, score: i32) -> i32 {
        match (self.bounds.first(), self.bounds.last()) {
            (Some(&low), Some(&high)) if !self.is_open => score.clamp(low, high),
            _ => score,
        }
    }

    /// The lowest score of the best comments, so many hundredths of a percent of the live ones; `None` where that is none
    /// of them.
    pub(super) fn best_share(&self, share: u16) -> Option<i32> {
        let wanted = (u64::from(self.live) * u64::from(share)).div_ceil(10_000);
        let mut counted = 0;
        let last = self.classes.iter().rev().find(|class| {
            counted += u64::from(class.live);
            counted >= wanted
        });
        last.filter(|_| wanted > 0).map(|class| class.score)
    }

    /// The best live comments with no more words than these, best first until the next would be too long.
    pub(super) fn readable(&self, words: u64) -> Readable {
        let mut left = words;
        for class in self.classes.iter().rev() {
            match left.checked_sub(class.words) {
                Some(rest) => left = rest,
                None => return Readable::Partly { score: class.score, words: left },
            }
        }
        Readable::All
    }

    /// Where a score stands.
    pub fn standing(&self, score: i32) -> Standing {
        let [middle, high, top] = self.standings;
        match score {
            score if score >= top => Standing::Top,
            score if score >= high => Standing::High,
            score if score >= middle => Standing::Middle,
            _ => Standing::Low,
        }
    }
}

/// There is no further bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndOfScale;

/// Counts the comments of each score, ascending.
fn count(comments: impl Iterator<Item = Scored>) -> Vec<ScoreClass> {
    // Nearly all comments have one of a few small scores: those are counted by their number, the rest in a tree.
    let mut small = [ScoreClass::default(); SMALL as usize];
    let mut others = BTreeMap::<i32, ScoreClass>::new();
    for Scored { score, is_live, words } in comments {
        let number = score.checked_add(SMALL / 2).and_then(|number| usize::try_from(number).ok());
        let class = match number.and_then(|number| small.get_mut(number)) {
            Some(class) => class,
            None => others.entry(score).or_default(),
        };
        class.score = score;
        class.comments += 1;
        class.live += u32::from(is_live);
        class.words += if is_live { u64::from(words) } else { 0 };
    }
    let small = small.into_iter().filter(|class| class.comments > 0);
    let mut classes: Vec<ScoreClass> = others.into_values().chain(small).collect();
    classes.sort_unstable_by_key(|class| class.score);
    classes
}

/// The lowest score that stands within the best so many percent; one above every score where none does.
fn lowest_within(classes: &[ScoreClass], live: u32, percent: u64) -> i32 {
    let mut better = 0;
    let within = classes.iter().rev().take_while(|class| {
        let place = 2 * better + u64::from(class.live);
        better += u64::from(class.live);
        place * 100 <= 2 * percent * u64::from(live)
    });
    within.last().map_or(i32::MAX, |class| class.score)
}

/// The bounds of an open scale: 1, 2 and 5 times the powers of ten on both sides of 0, where they divide the comments, but
/// merged until they are few and every step between two of them changes enough.
fn open_bounds(classes: &[ScoreClass]) -> Vec<i32> {
    let (Some(first), Some(last)) = (classes.first(), classes.last()) else { return Vec::new() };
    let all: u64 = classes.iter().map(|class| u64::from(class.comments)).sum();
    let mut bounds = vec![first.score];
    bounds.extend(ladder().filter(|bound| (first.score.saturating_add(1)..=last.score).contains(bound)));
    // The comments from each bound up to the next.
    let mut steps = vec![0_u64; bounds.len()];
    for class in classes {
        let at = bounds.partition_point(|bound| *bound <= class.score) - 1;
        steps[at] += u64::from(class.comments);
    }
    while let Some(at) = smallest_step(&steps, all) {
        let merged = if steps[at - 1] <= steps[at + 1] { at } else { at + 1 };
        steps[merged - 1] += steps.remove(merged);
        bounds.remove(merged);
    }
    bounds.push(last.score.saturating_add(1));
    bounds
}

/// The step that is to be merged with another one: the smallest of those between the outermost, where it is too small or
/// there are too many.
fn smallest_step(steps: &[u64], all: u64) -> Option<usize> {
    let inner = 1..steps.len().saturating_sub(1);
    let smallest = inner.min_by_key(|&at| steps[at])?;
    (steps[smallest] * 100 < LEAST_STEP * all || steps[smallest] == 0 || steps.len() >= MOST_BOUNDS).then_some(smallest)
}

/// 1, 2 and 5 times every power of ten that fits, on both sides of 0, ascending.
fn ladder() -> impl Iterator<Item = i32> {
    let magnitudes = (0..10).flat_map(|power| [1_i64, 2, 5].map(|digit| digit * 10_i64.pow(power)));
    let magnitudes = magnitudes.filter_map(|magnitude| i32::try_from(magnitude).ok());
    magnitudes.clone().collect::<Vec<_>>().into_iter().rev().map(|value| -value).chain([0]).chain(magnitudes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(range: Option<(i32, i32)>, counts: &[(i32, u32)]) -> Scores {
        let one = |score| Scored { score, is_live: true, words: 10 };
        Scores::new(range, counts.iter().flat_map(|&(score, count)| (0..count).map(move |_| one(score))))
    }

    #[test]
    fn a_sites_own_range_has_every_score_and_one_above() {
        let scores = scores(Some((-1, 5)), &[(1, 3), (2, 1)]);
        assert_eq!(scores.bounds(), [-1, 0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(scores.step(Some(1), true), Ok(Some(2)));
        assert_eq!(scores.step(None, true), Ok(Some(2)), "below 2 is the first that hides something");
        assert_eq!([scores.step(Some(6), true), scores.step(Some(-1), false)], [Err(EndOfScale); 2]);
    }

    #[test]
    fn an_open_scale_has_bounds_that_divide_its_comments() {
        let forum = scores(None, &[(-37, 1), (-8, 1), (0, 4), (1, 60), (2, 30), (3, 20), (7, 12), (40, 8), (900, 1)]);
        assert_eq!(forum.bounds(), [-37, 1, 2, 5, 10, 50, 901]);
        assert_eq!(scores(None, &[(1, 5)]).bounds(), [1, 2]);
        assert_eq!(scores(None, &[(0, 1), (1, 1)]).bounds(), [0, 1, 2]);
        assert!(scores(None, &[]).bounds().is_empty());
        let ends = scores(None, &[(i32::MIN, 1), (i32::MAX, 1)]);
        assert_eq!((ends.bounds().first(), ends.bounds().last()), (Some(&i32::MIN), Some(&i32::MAX)));
    }

    #[test]
    fn a_range_out_of_all_proportion_counts_as_open() {
        assert_eq!(scores(Some((-1, i32::MAX)), &[(3, 2)]).bounds(), [3, 4]);
        assert_eq!(scores(Some((5, -1)), &[(3, 2)]).bounds(), [3, 4]);
    }

    #[test]
    fn standing_is_by_the_place_among_all() {
        let scores = scores(None, &[(0, 60), (1, 10), (2, 15), (9, 10), (50, 5)]);
        assert_eq!(
            [0, 1, 2, 9, 50, 70].map(|score| scores.standing(score)),
            [Standing::Low, Standing::Middle, Standing::High, Standing::Top, Standing::Top, Standing::Top]
        );
    }

    #[test]
    fn equals_stand_in_the_middle() {
        assert_eq!(scores(None, &[(1, 9)]).standing(1), Standing::Middle);
    }
}
