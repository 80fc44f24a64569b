//! Estimates of comments, on random trees, against their definition counted out one by one.

use crate::support::random::{Rng, seeds};
use crate::support::trees::{build, forest};
use lurker::model::{Comment, ScoreKind, State, Story, Thread};

/// The number of doublings of `of`, at most 5, that do not exceed `number`.
fn doublings(number: u32, of: u32) -> i32 {
    (1..=5).take_while(|doublings| of << doublings <= number).count().try_into().expect("at most 5")
}

/// The estimate of a comment, counted over the whole thread.
fn expected(thread: &Thread, index: u32, is_ranked: bool) -> i32 {
    let state = |index: u32| thread.get(index).map(Comment::state);
    let live = |index: &u32| state(*index) == Some(State::Live);
    let below = (index + 1..thread.after(index)).filter(live).count() as u32;
    let siblings = (0..thread.len()).filter(|&other| thread.parent(other) == thread.parent(index)).filter(live);
    let siblings: Vec<u32> = siblings.collect();
    let activity = doublings(1 + below, 1);
    let place = siblings.iter().position(|&other| other == index).filter(|_| is_ranked);
    match (state(index), place) {
        (Some(State::Dead), _) => -1,
        (_, Some(before)) => (activity + doublings(siblings.len() as u32 + 1, before as u32 + 1) + 1) / 2,
        (_, None) => activity,
    }
}

fn estimated(rng: &mut Rng, knows_order: impl Fn(Option<u32>) -> bool) -> Thread {
    let story = Story { score_kind: ScoreKind::Estimate, score_range: Some((-1, 5)), ..Story::default() };
    build(&forest(rng), story).with_estimates(knows_order, |_| false)
}

#[test]
fn estimates_are_as_defined() {
    seeds(300, |rng| {
        let salt = rng.below(7) as u32;
        let knows = |parent: Option<u32>| parent.is_none_or(|parent| (parent + salt).is_multiple_of(3));
        let thread = estimated(rng, knows);
        for index in 0..thread.len() {
            let score = thread.score(index);
            assert_eq!(score, Some(expected(&thread, index, knows(thread.parent(index)))), "{index}");
            assert!(score >= Some(-1) && score <= Some(5));
        }
    });
}

#[test]
fn the_facts_behind_an_estimate_follow_from_the_thread() {
    for knows in [|_: Option<u32>| true, |parent: Option<u32>| parent.is_none(), |_: Option<u32>| false] {
        seeds(200, |rng| {
            let thread = estimated(rng, knows);
            for comment in thread.iter() {
                let estimate = thread.estimate(comment.index()).expect("all of the thread is here");
                assert_eq!(comment.score(), Some(estimate.score()));
                let may_have_place = comment.state() == State::Live && knows(comment.parent().map(Comment::index));
                // Siblings that score alike in both ways may be given a place at the top level, where nothing tells.
                let is_open = comment.depth() == 0 || thread.len() < 4;
                assert!(estimate.place.is_some() == may_have_place || is_open, "{}", comment.id());
            }
        });
    }
}

#[test]
fn what_is_faded_scores_least_and_its_siblings_stay_explained() {
    seeds(100, |rng| {
        let thread = build(&forest(rng), Story::default()).with_estimates(|_| true, |index| index % 3 == 1);
        for comment in thread.iter() {
            let estimate = thread.estimate(comment.index()).expect("all of the thread is here");
            assert_eq!(comment.score(), Some(estimate.score()));
            assert_eq!(estimate.is_faded, comment.index() % 3 == 1 && comment.state() == State::Live);
        }
    });
}

#[test]
fn a_score_that_does_not_follow_is_not_explained() {
    let thread = build(&[], Story::default());
    assert_eq!(thread.estimate(0), None);
    seeds(100, |rng| {
        let plans = forest(rng);
        let thread = build(&plans, Story::default());
        for comment in thread.iter() {
            let is_possible = [true, false].map(|ranked| Some(expected(&thread, comment.index(), ranked)));
            let is_faded = comment.state() == State::Live && comment.score() == Some(-1);
            if !is_possible.contains(&comment.score()) && !is_faded {
                assert_eq!(thread.estimate(comment.index()), None);
            }
        }
    });
}
