//! Thresholds as scores, shares and times, their steps, and the bar, each against a plain model.

use std::sync::Arc;

use lurker::app::{App, Event, HintCell};
use lurker::model::{Builder, Draft, State, Story, Text, Thread};
use lurker::view::{Bound, Cell, Geometry, Mode, ReadingSpeed, Selection, Standing, ThreadView, Thresholds, cells};
use proptest::prelude::*;

use crate::undo::{press, reader_on, thread};

const GEOMETRY: Geometry = Geometry { width: 80, height: 24, text_width: 100 };

/// A comment of the plain model.
#[derive(Clone, Debug)]
struct Plain {
    score: Option<i32>,
    words: u32,
    is_live: bool,
}

fn plain_thread(comments: &[Plain], range: Option<(i32, i32)>) -> Arc<Thread> {
    let mut builder = Builder::new();
    for comment in comments {
        let body = Text::unmarked("word ".repeat(comment.words as usize).trim_end());
        let state = if comment.is_live { State::Live } else { State::Dead };
        builder.push(&Draft { score: comment.score, body: body.borrow(), state, ..Draft::default() });
    }
    Arc::new(builder.finish(Story { score_range: range, ..Story::default() }))
}

fn view(comments: &[Plain], range: Option<(i32, i32)>, thresholds: Thresholds, speed: u32) -> ThreadView {
    let selection = Selection { thresholds, reading_speed: ReadingSpeed::new(speed), ..Selection::default() };
    ThreadView::selected(plain_thread(comments, range), selection, GEOMETRY)
}

/// Whether each comment is within a bound.
fn within(comments: &[Plain], bound: Option<Bound>, speed: u32) -> Vec<bool> {
    let mut ranked: Vec<usize> =
        (0..comments.len()).filter(|&at| comments[at].score.is_some() && comments[at].is_live).collect();
    ranked.sort_by_key(|&at| std::cmp::Reverse(comments[at].score));
    let least = match bound {
        None => None,
        Some(Bound::Score(score)) => Some((score, usize::MAX)),
        Some(Bound::Share(share)) => {
            let wanted = (ranked.len() * usize::from(share)).div_ceil(10_000);
            let last = wanted.checked_sub(1).map(|last| comments[ranked[last]].score.expect("ranked by it"));
            Some((last.unwrap_or(i32::MAX), if last.is_none() { 0 } else { usize::MAX }))
        }
        Some(Bound::Time(seconds)) => {
            let mut left = u64::from(seconds) * u64::from(speed) / 60;
            let mut least = Some((i32::MAX, 0));
            let mut all_fit = true;
            for &at in &ranked {
                let words = u64::from(comments[at].words);
                if words > left {
                    all_fit = false;
                    // Where a score begins with one that is too long, all above that score is within.
                    let next = comments[at].score.expect("ranked by it");
                    if least.is_none_or(|(score, _)| score != next) {
                        least = Some(next.checked_add(1).map_or((next, 0), |above| (above, usize::MAX)));
                    }
                    break;
                }
                left -= words;
                least = Some((comments[at].score.expect("ranked by it"), at + 1));
            }
            if all_fit { None } else { least }
        }
    };
    let is_within = |(at, comment): (usize, &Plain)| match (comment.score, least) {
        (None, _) | (_, None) => true,
        (Some(score), Some((least, before))) => score > least || (score == least && at < before),
    };
    comments.iter().enumerate().map(is_within).collect()
}

fn modes(view: &ThreadView) -> Vec<Mode> {
    (0..view.thread().len()).map(|index| view.mode(index)).collect()
}

fn comment() -> impl Strategy<Value = Plain> {
    let score = prop_oneof![4 => (-1..6).prop_map(Some), 2 => (-300..3000).prop_map(Some), 1 => Just(None), 1 => any::<i32>().prop_map(Some)];
    (score, 0_u32..40, prop::bool::weighted(0.9)).prop_map(|(score, words, is_live)| Plain { score, words, is_live })
}

fn comments() -> impl Strategy<Value = Vec<Plain>> {
    prop_oneof![
        prop::collection::vec(comment(), 0..120),
        // One score, or two.
        (prop::collection::vec(any::<bool>(), 1..90), -5..9, 0..3).prop_map(|(which, low, apart)| {
            let plain = |high| Plain { score: Some(if high { low + apart } else { low }), words: 7, is_live: true };
            which.into_iter().map(plain).collect()
        }),
    ]
}

fn bound() -> impl Strategy<Value = Option<Bound>> {
    prop_oneof![
        Just(None),
        (-3..8).prop_map(|score| Some(Bound::Score(score))),
        any::<i32>().prop_map(|score| Some(Bound::Score(score))),
        (0_u16..=10_000).prop_map(|share| Some(Bound::Share(share))),
        (0_u32..900).prop_map(|seconds| Some(Bound::Time(seconds))),
    ]
}

fn range() -> impl Strategy<Value = Option<(i32, i32)>> {
    prop_oneof![Just(None), Just(Some((-1, 5))), Just(Some((-1, i32::MAX)))]
}

proptest! {
    #[test]
    fn modes_are_those_of_the_bounds(comments in comments(), hide in bound(), full in bound(), speed in 1_u32..400) {
        let view = view(&comments, None, Thresholds { hide, full }, speed);
        let (shown, whole) = (within(&comments, hide, speed), within(&comments, full, speed));
        let expected: Vec<Mode> = shown.iter().zip(&whole).map(|pair| match pair {
            (false, _) => Mode::Hidden,
            (true, false) => Mode::Line,
            (true, true) => Mode::Full,
        }).collect();
        prop_assert_eq!(modes(&view), expected);
        let read: u64 = comments.iter().zip(modes(&view)).filter(|(_, mode)| *mode == Mode::Full).map(|(comment, _)| u64::from(comment.words)).sum();
        prop_assert_eq!(view.minutes(), read.div_ceil(u64::from(speed)));
    }

    #[test]
    fn a_step_changes_what_shows_and_ten_lead_from_end_to_end(comments in comments(), range in range(), hide in bound(), full in bound()) {
        let mut view = view(&comments, range, Thresholds { hide, full }, 230);
        let scored = comments.iter().filter(|comment| comment.score.is_some()).count();
        for up in [false, true, false] {
            let mut presses = 0;
            loop {
                let before = modes(&view);
                if view.step_hide(up).is_err() {
                    break;
                }
                presses += 1;
                let changed = modes(&view).iter().zip(&before).filter(|(is, was)| is != was).count();
                prop_assert!(range == Some((-1, 5)) || changed > 0, "{:?}", view.thresholds());
            }
            // The first run begins anywhere, perhaps between two bounds.
            prop_assert!(presses <= 10, "{presses} presses");
            let hidden = modes(&view).iter().filter(|mode| **mode == Mode::Hidden).count();
            let expected = if up { scored } else { 0 };
            prop_assert!(range == Some((-1, 5)) || hidden == expected, "{hidden} hidden");
        }
    }

    #[test]
    fn thresholds_stay_within_the_scores_while_comments_arrive(comments in comments(), presses in prop::collection::vec((any::<bool>(), any::<bool>(), 0_usize..9), 1..40)) {
        let mut here = 0;
        let mut view = view(&comments[..0], None, Thresholds::default(), 230);
        for (hides, up, more) in presses {
            here = (here + more).min(comments.len());
            view.replace(plain_thread(&comments[..here], None));
            let moved = if hides { view.step_hide(up) } else { view.step_full(up) };
            let scores: Vec<i32> = comments[..here].iter().filter_map(|comment| comment.score).collect();
            prop_assert!(moved.is_err() || !scores.is_empty());
            for score in [view.cutoffs().hide(), view.cutoffs().full()].into_iter().flatten().filter(|_| moved.is_ok()) {
                let (low, high) = (scores.iter().min().expect("a score"), scores.iter().max().expect("a score"));
                prop_assert!((*low..=high.saturating_add(1)).contains(&score) || !hides, "{score} of {low} to {high}");
            }
            prop_assert!(view.cutoffs().hide() <= view.cutoffs().full());
        }
    }

    #[test]
    fn inner_steps_change_a_good_part(comments in comments()) {
        let view = view(&comments, None, Thresholds::default(), 230);
        let bounds = view.distribution().bounds();
        let scores: Vec<i32> = comments.iter().filter_map(|comment| comment.score).collect();
        prop_assert!(bounds.len() <= 10);
        let steps: Vec<usize> = bounds.windows(2).map(|pair| scores.iter().filter(|score| (pair[0]..pair[1]).contains(score)).count()).collect();
        for (at, step) in steps.iter().enumerate() {
            let is_outer = at == 0 || at + 1 == steps.len();
            prop_assert!(*step > 0 || scores.contains(&i32::MAX), "{bounds:?}: {steps:?}");
            prop_assert!(is_outer || step * 100 >= 3 * scores.len(), "{bounds:?}: {steps:?}");
        }
    }

    #[test]
    fn the_full_threshold_comes_back_when_the_hiding_one_does(comments in comments(), full in -1..6, presses in 0..9) {
        let mut view = view(&comments, None, Thresholds::new(None, Some(full)), 230);
        let before = modes(&view);
        let moved = (0..presses).filter(|_| view.step_hide(true).is_ok()).count();
        for _ in 0..moved {
            prop_assert!(view.step_hide(false).is_ok());
        }
        prop_assert_eq!(modes(&view), before);
    }

    #[test]
    fn standing_never_falls_with_the_score(comments in comments(), one in any::<i32>(), other in any::<i32>()) {
        let view = view(&comments, None, Thresholds::default(), 230);
        let scores = view.distribution();
        prop_assert!(scores.standing(one.min(other)) <= scores.standing(one.max(other)));
        let live: Vec<i32> = comments.iter().filter(|comment| comment.is_live).filter_map(|comment| comment.score).collect();
        let top = live.iter().filter(|score| scores.standing(**score) == Standing::Top).count();
        let low = live.iter().filter(|score| scores.standing(**score) == Standing::Low).count();
        // Half of the worst among the best may be beyond the tenth, as equals are not told apart.
        prop_assert!(top * 5 <= live.len(), "{top} of {}", live.len());
        prop_assert!(low < live.len() || live.is_empty(), "all of {} stand low", live.len());
    }

    #[test]
    fn the_bar_counts_every_comment_within_its_room(comments in comments(), range in range(), hide in bound(), full in bound(), x in 0_usize..5, room in 0_usize..120, gaps in (0_usize..2, 0_usize..2)) {
        let view = view(&comments, range, Thresholds { hide, full }, 230);
        let cells = cells(view.distribution(), view.cutoffs(), (x, room), gaps);
        let mut at = x;
        for (place, cell) in cells.iter().enumerate() {
            prop_assert_eq!(cell.x, at);
            let is_end = place + 1 == cells.len();
            prop_assert_eq!(&cell.label, &if is_end { String::new() } else { cell.from.to_string() });
            at += cell.width;
        }
        prop_assert!(cells.is_empty() || at <= x + room);
        let scored = comments.iter().filter_map(|comment| comment.score);
        let in_range = scored.filter(|score| range != Some((-1, 5)) || (-1..=5).contains(score)).filter(|score| *score < i32::MAX).count();
        let counted: u64 = cells.iter().map(|cell| cell.comments).sum();
        prop_assert!(cells.is_empty() || counted == in_range as u64, "{counted} of {in_range}");
        for (threshold, marked) in [
            (view.cutoffs().hide(), cells.iter().position(|cell| cell.hides_below)),
            (view.cutoffs().full(), cells.iter().position(|cell| cell.full_from)),
        ] {
            let expected = threshold.filter(|_| !cells.is_empty()).map(|threshold| {
                cells.iter().position(|cell| cell.from >= threshold).unwrap_or(cells.len() - 1)
            });
            prop_assert_eq!(marked, expected);
        }
    }
}

#[test]
fn the_bar_says_all_that_it_counts_and_shows_both_marks_from_40_columns_on() {
    for count in [1, 9, 110, 999] {
        let scores: Vec<i32> = (-9..88).cycle().take(count).collect();
        for keys in ["=", ". .", "%", "% %", "] ]"] {
            let mut app = reader_on((200, 24), thread(&vec![0; count], &scores));
            press(&mut app, keys);
            for columns in 40..=200 {
                app.update(Event::Resize(columns, 24), 0);
                let bar = app.threshold_bar().expect("a thread");
                let counts = app.page().thread().expect("a thread").rows().counts();
                let says = |count: u32, words: [&str; 2]| {
                    words.iter().any(|word| bar.words.contains(&format!("{count} {word}")))
                };
                assert!(says(counts.full, ["full", "in full"]), "{columns}: {}", bar.words);
                // What there is none of is not spoken of.
                for (count, words) in [(counts.line, ["brief", "on one line"]), (counts.hidden, ["hidden"; 2])] {
                    assert!(says(count, words) == (count > 0), "{columns}: {}", bar.words);
                }
                assert!(columns < 60 || counts.full == 0 || bar.words.contains(" min"), "{columns}: {}", bar.words);
                let thresholds = app.page().thread().expect("a thread").cutoffs();
                let is_marked = |is_marked: fn(&Cell) -> bool| bar.cells.iter().any(is_marked);
                assert_eq!(is_marked(|cell| cell.hides_below), thresholds.hide().is_some(), "{columns}: {bar:?}");
                assert_eq!(is_marked(|cell| cell.full_from), thresholds.full().is_some(), "{columns}: {bar:?}");
                assert!(bar.cells.len() >= if count > 110 { 2 } else { (count + 1).min(3) }, "{columns}: {bar:?}");
                let end = bar.words_at + bar.words.chars().count();
                assert!(end < columns && bar.keys.iter().all(|key| end + 2 <= key.x), "{bar:?}");
                assert!(bar.keys.last().is_none_or(|last| last.columns().end < columns), "{bar:?}");
                let is_hinted = app.hint_cells().iter().any(|cell| cell.hint.does == "fewer");
                assert!(columns < 80 || bar.keys.len() >= 2 || is_hinted || bar.cells.is_empty(), "{columns}: {bar:?}");
                let cells = bar.cells.iter().take(bar.cells.len().saturating_sub(1));
                assert!(cells.into_iter().all(|cell| cell.label == cell.from.to_string()), "{bar:?}");
            }
        }
    }
}

#[test]
fn the_keys_stand_where_the_size_of_the_screen_has_them_in_every_thread() {
    let scores: [Vec<i32>; 5] = [
        vec![3],
        (-1..6).cycle().take(9).collect(),
        (-1..6).cycle().take(999).collect(),
        (-9..88).cycle().take(110).collect(),
        (0..3000).map(|number| number * 7).collect(),
    ];
    let mut readers: Vec<App> =
        scores.iter().map(|scores| reader_on((80, 24), thread(&vec![0; scores.len()], scores))).collect();
    for columns in 20..=220 {
        let mut places = readers.iter_mut().map(|app| {
            app.update(Event::Resize(columns, 24), 0);
            let row_of_hints = app.hint_cells();
            let sign = |cell: &HintCell| ["[", "]", ".", ","].contains(&cell.hint.name.as_str());
            let cells = |cells: Vec<HintCell>| cells.into_iter().filter(sign).collect::<Vec<_>>();
            (cells(app.threshold_bar().expect("a thread").keys), cells(row_of_hints))
        });
        let (in_bar, in_hints) = places.next().expect("a reader");
        assert!(columns < 80 || in_bar.len() + in_hints.len() == 4, "{columns}: {in_bar:?} {in_hints:?}");
        assert_eq!(in_bar.is_empty(), columns < 100, "{columns}: {in_bar:?}");
        for others in places {
            assert_eq!(others, (in_bar.clone(), in_hints.clone()), "{columns}");
        }
    }
}

#[test]
fn the_scale_stays_where_it_is_whatever_the_thresholds_are() {
    let scale = |app: &App| {
        let bar = app.threshold_bar().expect("a thread");
        let cells: Vec<_> = bar.cells.iter().map(|cell| (cell.from, cell.x, cell.width)).collect();
        (bar.label, cells, bar.words_at)
    };
    for count in [9, 110, 999] {
        let scores: Vec<i32> = (-9..88).cycle().take(count).collect();
        for columns in (40..=200).step_by(4) {
            let mut app = reader_on((columns, 24), thread(&vec![0; count], &scores));
            let before = scale(&app);
            for x in before.1[0].1..before.2 {
                app.update(Event::Click(x, 21), 0);
                assert_eq!(scale(&app), before, "{columns}: a click on {x}");
            }
            for keys in ["%", "%", "%", "s 1 0 m enter", ".", "]", "f x enter"] {
                press(&mut app, keys);
                assert_eq!(scale(&app), before, "{columns}: {keys}");
            }
        }
    }
}
