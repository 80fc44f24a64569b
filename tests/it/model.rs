//! The builder against a slow and simple one, on good and on broken sources; and trees too large for recursion.

use crate::support::{random, trees};
use std::time::{Duration, Instant};

use lurker::model::{Builder, Comment, Draft, State, Story, Text, Thread};
use random::seeds;
use trees::{Plan, build, forest, wild};

/// What the builder has to make of some comments, worked out the slow way.
struct Expected<'a> {
    /// The first of each id, in the order in which they came.
    taken: Vec<&'a Plan>,
    /// For each of these, the one it answers.
    parents: Vec<Option<usize>>,
    twice: usize,
    orphans: usize,
    circles: usize,
}

impl<'a> Expected<'a> {
    fn of(plans: &'a [Plan]) -> Self {
        let mut taken: Vec<&Plan> = Vec::new();
        for plan in plans {
            if plan.id.is_empty() || taken.iter().all(|other| other.id != plan.id) {
                taken.push(plan);
            }
        }
        let mut orphans = 0;
        let mut parents = Vec::new();
        for plan in &taken {
            let found = plan.parent.as_ref().map(|id| taken.iter().position(|other| other.id == *id));
            orphans += usize::from(found == Some(None));
            parents.push(found.flatten());
        }
        let mut circles = 0;
        for first in 0..parents.len() {
            let circle = Self::circle(&parents, first);
            if circle.iter().min() == Some(&first) {
                parents[first] = None;
                circles += 1;
            }
        }
        Self { twice: plans.len() - taken.len(), taken, parents, orphans, circles }
    }

    /// The circle that a comment is part of; empty where it is in none.
    fn circle(parents: &[Option<usize>], start: usize) -> Vec<usize> {
        let mut path = vec![start];
        let mut at = parents[start];
        while let Some(above) = at {
            if above == start {
                return path;
            }
            if path.len() > parents.len() {
                return Vec::new();
            }
            path.push(above);
            at = parents[above];
        }
        Vec::new()
    }

    fn preorder(&self, parent: Option<usize>, depth: u32, out: &mut Vec<(usize, Option<usize>, u32, u32)>) {
        for child in (0..self.taken.len()).filter(|&child| self.parents[child] == parent) {
            let place = out.len();
            out.push((child, parent, depth, 0));
            self.preorder(Some(child), depth + 1, out);
            out[place].3 = (out.len() - place) as u32;
        }
    }
}

fn check(plans: &[Plan]) {
    let thread = build(plans, Story::default());
    let expected = Expected::of(plans);
    let mut order = Vec::new();
    expected.preorder(None, 0, &mut order);
    assert_eq!(order.len(), expected.taken.len());
    assert_eq!(thread.len() as usize, order.len());
    assert_eq!(thread.is_empty(), order.is_empty());
    assert_eq!(thread.iter().len(), order.len());
    let place_of = |wanted: usize| order.iter().position(|(index, ..)| *index == wanted).map(|place| place as u32);
    for (comment, (place, &(index, parent, depth, size))) in thread.iter().zip((0..).zip(&order)) {
        let plan = expected.taken[index];
        assert!(plan.id.is_empty() || comment.id() == plan.id, "{} is not {}", comment.id(), plan.id);
        assert_eq!(comment.index(), place);
        assert_eq!(comment.parent().map(Comment::index), parent.and_then(place_of));
        assert_eq!(thread.parent(place), parent.and_then(place_of));
        assert_eq!(comment.depth(), depth);
        assert_eq!(thread.ancestors(place).count(), depth as usize);
        assert_eq!(comment.replies(), size - 1);
        assert_eq!(thread.after(place), place + size);
        assert_eq!(thread.find(comment.id()), Some(place));
        says_the_same(comment, plan);
    }
    check_notes(&thread, &expected);
}

fn says_the_same(comment: Comment<'_>, plan: &Plan) {
    assert_eq!(comment.author(), plan.author.as_deref());
    assert_eq!(comment.author_id(), plan.author_id);
    assert_eq!(comment.label(), plan.label);
    assert_eq!(comment.subject(), plan.subject);
    assert_eq!(comment.url(), plan.url);
    assert_eq!(comment.score(), plan.score);
    assert_eq!(comment.posted_at(), plan.posted_at);
    assert_eq!(comment.state(), plan.state);
    assert_eq!(comment.flags(), plan.flags);
    assert_eq!(comment.body().to_text(), plan.body);
}

/// One note for each kind of damage, that starts with how often it was met.
fn check_notes(thread: &Thread, expected: &Expected<'_>) {
    let told = [(expected.twice, "twice"), (expected.orphans, "without the one"), (expected.circles, "circle")];
    let told: Vec<_> = told.into_iter().filter(|(count, _)| *count > 0).collect();
    assert_eq!(thread.notes().len(), told.len(), "{:?}", thread.notes());
    for (count, word) in told {
        let fits = |note: &&String| note.contains(word) && note.starts_with(&format!("{count} "));
        assert_eq!(thread.notes().iter().filter(fits).count(), 1, "{count} {word}: {:?}", thread.notes());
    }
}

#[test]
fn good_sources_make_the_tree_that_they_mean() {
    seeds(4_000, |rng| check(&forest(rng)));
}

#[test]
fn broken_sources_lose_nothing() {
    seeds(4_000, |rng| check(&wild(rng)));
}

fn plans(of: &[(&str, Option<&str>)]) -> Vec<Plan> {
    let plan = |&(id, parent): &(&str, Option<&str>)| Plan {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        ..Plan::default()
    };
    of.iter().map(plan).collect()
}

fn outline(of: &[(&str, Option<&str>)]) -> String {
    let thread = build(&plans(of), Story::default());
    let lines: Vec<_> =
        thread.iter().map(|comment| format!("{}{}", "-".repeat(comment.depth() as usize), comment.id())).collect();
    lines.join(" ")
}

#[test]
fn outlines() {
    let none: Option<&str> = None;
    for (source, expected) in [
        (vec![], ""),
        (vec![("a", none), ("b", Some("a")), ("c", none), ("d", Some("a"))], "a -b -d c"),
        (vec![("b", Some("a")), ("a", none)], "a -b"),
        // Its parent never came: at the top level, where it came.
        (vec![("a", none), ("b", Some("x")), ("c", none)], "a b c"),
        // Of two with one id the first stays, and its replies with it.
        (vec![("a", none), ("b", none), ("a", Some("b")), ("c", Some("a"))], "a -c b"),
        // Circles are cut at their first comment, and keep their place among the others.
        (vec![("a", Some("a"))], "a"),
        (vec![("b", Some("c")), ("c", Some("b")), ("d", none)], "b -c d"),
        (vec![("t", Some("c")), ("b", Some("c")), ("c", Some("b")), ("d", none)], "b -c --t d"),
        (vec![("", none), ("", Some("")), ("a", Some("#1"))], "#1 -a #2"),
    ] {
        assert_eq!(outline(&source), expected);
    }
}

#[test]
fn an_empty_thread_answers_every_question() {
    let thread = Builder::new().finish(Story::default());
    assert!(thread.is_empty() && thread.notes().is_empty() && thread.iter().next().is_none());
    assert!(thread.get(0).is_none() && thread.find("").is_none() && thread.parent(7).is_none());
    assert_eq!((thread.after(7), thread.score(7), thread.ancestors(7).count()), (7, None, 0));
}

#[test]
fn notes_of_the_source_come_first() {
    let mut builder = Builder::new();
    builder.note("the page was cut");
    builder.push(&Draft { id: "a", parent: Some("x"), ..Draft::default() });
    assert_eq!((builder.len(), builder.is_empty()), (1, false));
    let thread = builder.finish(Story::default());
    assert_eq!(thread.notes()[0], "the page was cut");
    assert_eq!(thread.notes().len(), 2);
}

/// So many comments, each one's parent named by `parent`.
fn giant(count: u32, parent: impl Fn(u32) -> Option<u32>) -> Thread {
    let body = Text::unmarked("text");
    let mut builder = Builder::new();
    for number in 0..count {
        let (id, parent) = (number.to_string(), parent(number).map(|parent| parent.to_string()));
        builder.push(&Draft { id: &id, parent: parent.as_deref(), body: body.borrow(), ..Draft::default() });
    }
    builder.finish(Story::default())
}

#[test]
fn a_million_comments_of_any_shape() {
    let begun = Instant::now();
    let chain = giant(1_000_000, |number| number.checked_sub(1));
    assert_eq!(chain.get(999_999).map(Comment::depth), Some(999_999));
    assert_eq!((chain.after(0), chain.after(1)), (1_000_000, 1_000_000));
    assert_eq!(chain.ancestors(999_999).count(), 999_999);
    drop(chain.clone());
    drop(chain);
    let siblings = giant(1_000_000, |number| (number > 0).then_some(0));
    assert_eq!((siblings.after(0), siblings.after(1)), (1_000_000, 2));
    // A chain from its end: every reply comes before what it answers.
    let upward = giant(200_000, |number| Some(number + 1).filter(|&above| above < 200_000));
    assert_eq!(upward.get(0).map(Comment::id), Some("199999"));
    let circle = giant(200_000, |number| Some((number + 1) % 200_000));
    assert_eq!((circle.after(0), circle.notes().len()), (200_000, 1));
    let pairs = giant(200_000, |number| Some(number ^ 1));
    assert_eq!((pairs.after(0), pairs.len()), (2, 200_000));
    // Some seconds in a debug build; far more where a shape takes quadratic time.
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
}

#[test]
fn texts_lie_in_one_buffer_and_stay_apart() {
    seeds(10, |rng| {
        let plan = |(number, mut rng)| Plan {
            id: format!("c{number}"),
            body: trees::body(&mut rng),
            state: State::Dead,
            ..Plan::default()
        };
        let plans: Vec<Plan> = rng.parts(100).into_iter().enumerate().map(plan).collect();
        check(&rng.tell(plans));
    });
}
