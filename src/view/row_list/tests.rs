//! Rows that were patched against rows that were made anew.

use proptest::prelude::*;

use super::*;
use crate::model::{Builder, Draft, Story};
use crate::view::{FoldOverride, Opened, Selection, Thresholds};

/// A change of what shows; the number is a comment's, or a threshold.
#[derive(Clone, Copy, Debug)]
enum Change {
    Hide(i32),
    Fold(usize),
    Unfold(usize),
    Open(usize, Option<Opened>),
    FoldAll,
    OpenAll,
    Automatic,
}

fn change() -> impl Strategy<Value = Change> {
    let opened = prop_oneof![Just(None), Just(Some(Opened::Full)), Just(Some(Opened::Line))];
    prop_oneof![
        2 => (-2..8).prop_map(Change::Hide),
        6 => any::<usize>().prop_map(Change::Fold),
        6 => any::<usize>().prop_map(Change::Unfold),
        3 => (any::<usize>(), opened).prop_map(|(index, opened)| Change::Open(index, opened)),
        1 => Just(Change::FoldAll),
        1 => Just(Change::OpenAll),
        1 => Just(Change::Automatic),
    ]
}

/// A thread in which each comment answers one of the few before it, or the story.
fn thread(comments: usize, seed: u64) -> Thread {
    let mut builder = Builder::new();
    let mut number = seed;
    for index in 0..comments {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let random = (number >> 33) as usize;
        let parent = (index > 0 && !random.is_multiple_of(9)).then(|| (index - 1 - random % index.min(5)).to_string());
        let score = [-1, 0, 1, 2, 3, 4, 5].get(random % 8).copied();
        builder.push(&Draft { id: &index.to_string(), parent: parent.as_deref(), score, ..Draft::default() });
    }
    let thread = builder.finish(Story { top_level_bonus: seed.is_multiple_of(2), ..Story::default() });
    if seed.is_multiple_of(7) { thread.flat(&(0..thread.len()).rev().collect::<Vec<_>>()) } else { thread }
}

/// Whether two lists say the same of rows and comments.
fn are_alike(one: &RowList, other: &RowList, thread: &Thread) -> bool {
    let comment = |rows: &RowList, index| (rows.visibility(index), rows.is_folded(index), rows.hidden_under(index));
    let counts = |rows: &RowList| (rows.hidden_at_root(), rows.counts());
    (0..thread.len()).all(|index| comment(one, index) == comment(other, index))
        && one.iter().eq(other.iter())
        && counts(one) == counts(other)
}

fn make(change: Change, selected: &mut Selected, overrides: &mut FoldOverrides, thread: &Thread) {
    let at = |index: usize| (index % thread.len() as usize) as u32;
    match change {
        Change::Hide(score) => selected.set_thresholds(thread, Thresholds::new(Some(score), Some(4))),
        Change::Fold(index) => overrides.set(at(index), |fold_override| fold_override.folded = true),
        Change::Unfold(index) => overrides.set(at(index), |fold_override| fold_override.folded = false),
        Change::Open(index, opened) => overrides.set(at(index), |fold_override| fold_override.opened = opened),
        Change::FoldAll => overrides.fold_all(),
        Change::OpenAll => overrides.fill(FoldOverride { opened: Some(Opened::Full), folded: false }),
        Change::Automatic => overrides.clear(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn patched_rows_are_those_that_are_made_anew(
        comments in prop_oneof![1_usize..40, 300_usize..700, 4_090_usize..8_200],
        seed in any::<u64>(),
        steps in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..10),
    ) {
        let thread = thread(comments, seed);
        let mut selected = Selected::new(&thread, Selection::from(Thresholds::new(Some(1), Some(4))));
        let mut overrides = FoldOverrides::none(thread.len());
        let mut patched = RowList::automatic(&thread, &selected);
        for changes in steps {
            for &change in &changes {
                make(change, &mut selected, &mut overrides, &thread);
            }
            patched.update(&thread, &selected, &overrides);
            let mut anew = RowList::default();
            anew.rebuild(&thread, &selected, &overrides);
            prop_assert!(are_alike(&patched, &anew, &thread), "{:?} of {} comments", changes, comments);
            for (position, row) in patched.iter().enumerate().step_by(37) {
                prop_assert_eq!((patched.get(position), patched.position(row)), (Some(row), Ok(position)));
                let above: Vec<Row> = patched.above(row).take(3).collect();
                let expected: Vec<Row> = (position.saturating_sub(3)..position).rev().filter_map(|at| patched.get(at)).collect();
                prop_assert_eq!(above, expected);
            }
        }
    }
}
