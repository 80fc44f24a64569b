//! Levels: the scores of a thread's comments as small numbers, compared with thresholds many at a time.

use super::cutoff::Rank;
use super::{Cutoffs, ScoreClass, Visibility};
use crate::model::ROOT;

/// Below every threshold: a rule hides the comment.
const HIDDEN: u32 = 0;
/// Above every threshold: a comment without a score.
const UNSCORED: u32 = u32::MAX;

/// The level of each comment of a thread: the place of its score among all scores of the thread, the lowest is 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    /// One a comment.
    levels: Vec<u32>,
    /// The score of each level from 1 on, ascending.
    scores: Vec<i32>,
}

/// A threshold among levels: comments of the level itself reach it only before some place in the thread.
#[derive(Clone, Copy, Debug)]
struct Bound {
    level: u32,
    end: usize,
}

impl Levels {
    /// The levels of comments; a score is `Err` where a rule hides its comment. `classes` has every other score.
    pub(super) fn new(classes: &[ScoreClass], scores: impl Iterator<Item = Result<Option<i32>, ()>>) -> Self {
        let mut own = Self { levels: Vec::new(), scores: classes.iter().map(|class| class.score).collect() };
        let level = |score: Result<Option<i32>, ()>| match score {
            Err(()) => HIDDEN,
            Ok(None) => UNSCORED,
            Ok(Some(score)) => own.level(score),
        };
        own.levels = scores.map(level).collect();
        own
    }

    /// Puts the visibilities that the thresholds give into `out`. `answers` is the comment that each one answers, where the
    /// site gives a bonus to those that answer the story.
    pub(super) fn judge(&self, cutoffs: Cutoffs, answers: Option<&[u32]>, out: &mut Vec<Visibility>) {
        let bounds = cutoffs.ranks().map(|rank| self.bound(rank));
        let len = self.levels.len();
        let mut ends = bounds.map(|bound| bound.end.min(len));
        ends.sort_unstable();
        out.clear();
        for end in ends.into_iter().chain([len]) {
            let stretch = out.len()..end;
            let [hide, full, with_bonus] = bounds.map(|bound| bound.level_from(stretch.start));
            let levels = self.levels.get(stretch.clone()).unwrap_or_default();
            match answers.and_then(|answers| answers.get(stretch)) {
                None => out.extend(levels.iter().map(|&level| judge(level, hide, full))),
                Some(answers) => out.extend(
                    levels
                        .iter()
                        .zip(answers)
                        .map(|(&level, &answers)| judge(level, hide, if answers == ROOT { with_bonus } else { full })),
                ),
            }
        }
    }

    /// The level that a score has, or would have.
    fn level(&self, score: i32) -> u32 {
        1 + self.scores.partition_point(|&other| other < score) as u32
    }

    fn bound(&self, rank: Rank) -> Bound {
        let (score, last) = (rank.score(), rank.index());
        let level = self.level(score);
        let is_there = self.scores.get(level as usize - 1) == Some(&score);
        Bound { level, end: if is_there { (last as usize).saturating_add(1) } else { usize::MAX } }
    }
}

impl Bound {
    /// The lowest level that reaches it from a place in the thread on, up to the next end of a bound.
    fn level_from(self, place: usize) -> u32 {
        self.level + u32::from(place >= self.end)
    }
}

/// Without branches: scores follow no pattern that a processor could guess.
fn judge(level: u32, hide: u32, full: u32) -> Visibility {
    let shown = if level >= full { Visibility::Full } else { Visibility::Line };
    if level >= hide { shown } else { Visibility::Hidden }
}
