//! The estimate of a comment where a site publishes no scores, from its activity and its rank.

use super::thread::ROOT;
use super::{State, Thread};

/// Both ends of the scale.
const LEAST: i32 = -1;
const MOST: u32 = 5;

/// The facts that a comment's estimate is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// The comment's state on the site.
    pub state: State,
    /// Whether the site shows it paler, for readers voted it down.
    pub is_faded: bool,
    /// The live comments below it, at any depth.
    pub live_below: u32,
    /// Its place among its live siblings; `None` where the site's order of them is not known, and of what is not live.
    pub place: Option<SiblingPlace>,
}

/// A live comment's place among its live siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiblingPlace {
    /// The siblings before it.
    pub before: u32,
    /// All of them, itself included; more than `before`.
    pub all: u32,
}

impl Estimate {
    /// The activity *a*: ⌊log2(1 + live descendants)⌋, 0…5.
    pub fn activity(self) -> i32 {
        doublings(self.live_below.saturating_add(1))
    }

    /// The rank *r* of the i-th (from 0) of n live siblings: ⌊log2((n + 1) / (i + 1))⌋, 0…5; `None` without a place.
    pub fn rank(self) -> Option<i32> {
        // Rounding the quotient down first does not change the logarithm rounded down.
        let quotient = |place: SiblingPlace| place.all.saturating_add(1) / place.before.saturating_add(1);
        self.place.map(|place| doublings(quotient(place)))
    }

    /// The estimate, −1…5: −1 for what is dead or faded, else ⌊(a + r + 1) / 2⌋, and *a* alone without a rank.
    pub fn score(self) -> i32 {
        match self.rank() {
            _ if self.state == State::Dead || self.is_faded => LEAST,
            Some(rank) => i32::midpoint(self.activity(), rank + 1),
            None => self.activity(),
        }
    }

    fn without_place(self) -> Self {
        Self { place: None, ..self }
    }
}

/// The base-2 logarithm, rounded down and at most 5.
fn doublings(number: u32) -> i32 {
    number.max(1).ilog2().min(MOST).cast_signed()
}

/// The estimates of all comments, in preorder. `knows_order` says whether the order of the replies to the comment at an
/// index is the site's own, `None` stands for the top level; `is_faded` says whether its page shows the live comment at an
/// index paler than others.
pub fn estimates(
    thread: &Thread,
    knows_order: impl Fn(Option<u32>) -> bool,
    is_faded: impl Fn(u32) -> bool,
) -> Vec<Estimate> {
    let (parents, count) = (thread.answers(), thread.records.len());
    let state = |index: usize| thread.records[index].state;
    let lives = |index: usize| u32::from(state(index) == State::Live);
    // The top level is counted behind the last comment.
    let group = |index: usize| if parents[index] == ROOT { count } else { parents[index] as usize };
    let (mut live_below, mut live_replies) = (vec![0_u32; count + 1], vec![0_u32; count + 1]);
    for index in (0..count).rev() {
        live_below[group(index)] += live_below[index] + lives(index);
        live_replies[group(index)] += lives(index);
    }
    let mut before = vec![0_u32; count + 1];
    let estimate = |index: usize| {
        let group = group(index);
        let place = SiblingPlace { before: before[group], all: live_replies[group] };
        before[group] += lives(index);
        let is_placed = state(index) == State::Live && knows_order((group < count).then_some(group as u32));
        let is_faded = state(index) == State::Live && is_faded(index as u32);
        let (state, live_below) = (state(index), live_below[index]);
        Estimate { state, is_faded, live_below, place: is_placed.then_some(place) }
    };
    (0..count).map(estimate).collect()
}

impl Thread {
    /// The same thread with the estimates as its scores; `knows_order` and `is_faded` as for [`estimates`].
    #[must_use]
    pub fn with_estimates(mut self, knows_order: impl Fn(Option<u32>) -> bool, is_faded: impl Fn(u32) -> bool) -> Self {
        let estimates = estimates(&self, knows_order, is_faded);
        for (record, estimate) in self.records.iter_mut().zip(estimates) {
            record.score = Some(estimate.score());
        }
        self
    }

    /// The facts behind the estimate that the comment at `index` has as its score; `None` where its score does not follow
    /// from what is here, as in a file that was cut.
    ///
    /// A thread does not say where the site's order was known, but its scores do: with a rank and without one, hardly any
    /// siblings score alike. Those that do have a rank unless some others below the top level have none. A live comment
    /// with the lowest score is a faded one, for neither activity nor rank makes that.
    pub fn estimate(&self, index: u32) -> Option<Estimate> {
        let is_faded = |index: u32| self.score(index) == Some(LEAST);
        let ranked = estimates(self, |_| true, is_faded);
        let estimate = *ranked.get(index as usize)?;
        let fits_ranked = |index: u32| self.score(index) == Some(ranked[index as usize].score());
        let fits_unranked = |index: u32| self.score(index) == Some(ranked[index as usize].without_place().score());
        let may_be_ranked = self.siblings(index).all(fits_ranked);
        let may_be_unranked = self.siblings(index).all(fits_unranked);
        let has_unranked = || (0..self.len()).any(|other| fits_unranked(other) && !fits_ranked(other));
        match (may_be_ranked, may_be_unranked) {
            (true, true) if self.parent(index).is_some() && has_unranked() => Some(estimate.without_place()),
            (true, _) => Some(estimate),
            (false, true) => Some(estimate.without_place()),
            (false, false) => None,
        }
    }

    /// The comments that answer the same one, that at `index` among them.
    fn siblings(&self, index: u32) -> impl Iterator<Item = u32> {
        let parent = self.parent(index);
        let (first, end) = parent.map_or((0, self.len()), |parent| (parent + 1, self.after(parent)));
        std::iter::successors(Some(first), |&sibling| Some(self.after(sibling)))
            .take_while(move |&sibling| sibling < end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Estimate, SiblingPlace, State};

    #[test]
    fn activity_and_rank_double() {
        let activity = |live_below| Estimate { live_below, ..Estimate::default() }.activity();
        assert_eq!([0, 1, 2, 3, 6, 7, 14, 15, 30, 31, u32::MAX].map(activity), [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        let rank = |(before, all)| {
            let place = Some(SiblingPlace { before, all });
            Estimate { place, ..Estimate::default() }.rank()
        };
        let places = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (1, 17), (16, 17), (0, 30), (0, 31), (0, u32::MAX)];
        assert_eq!(places.map(rank), [1, 1, 0, 2, 1, 3, 0, 4, 5, 5].map(Some));
    }

    #[test]
    fn the_score_is_the_mean_rounded_up_and_the_least_of_what_is_dead_or_faded() {
        let estimate =
            Estimate { live_below: 5, place: Some(SiblingPlace { before: 1, all: 17 }), ..Estimate::default() };
        assert_eq!((estimate.activity(), estimate.rank(), estimate.score()), (2, Some(3), 3));
        assert_eq!(estimate.without_place().score(), 2);
        assert_eq!(Estimate { state: State::Dead, ..estimate }.score(), -1);
        assert_eq!(Estimate { is_faded: true, ..estimate }.score(), -1);
    }
}
