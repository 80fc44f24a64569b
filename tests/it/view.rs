//! The rows of a thread and the reader's place in it, against slow and simple models made from the specification.

use crate::support::{random, reader, trees};
use std::collections::HashSet;
use std::sync::Arc;

use lurker::markup;
use lurker::model::{Builder, Comment, Draft, State, Story};
use lurker::view::{Geometry, Row, RowLine, ThreadView, Thresholds, Visibility, wrap};
use random::seeds;
use reader::{Op, Reader, geometry, total};
use trees::forest;

const LARGE: Geometry = Geometry { width: 80, height: 100_000, text_width: 70 };

#[test]
fn random_trees_show_what_they_must() {
    seeds(1000, |rng| {
        let mut reader = Reader::new(rng, Geometry { width: 80, height: 24, text_width: 100 });
        reader.check_shape();
        for mut rng in rng.parts(8) {
            let comments = reader.view.thread().len();
            let op = if rng.chance(60) { Op::change(&mut rng, comments) } else { Op::motion(&mut rng, comments, 24) };
            reader.predict(&op);
            op.run(&mut reader.view, &reader.story);
            reader.check_shape();
        }
    });
}

#[test]
fn sixty_steps_on_any_screen() {
    seeds(20, |rng| {
        let geometry = geometry(&mut rng.part());
        let mut reader = Reader::new(rng, geometry);
        for mut rng in rng.parts(60) {
            let op = reader.any_op(&mut rng);
            reader.step(&op);
        }
    });
}

#[test]
fn the_place_holds_through_many_changes() {
    seeds(50, |rng| {
        let geometry = Geometry { width: 30 + rng.below(50), height: rng.range(5, 50), text_width: 100 };
        let mut reader = Reader::new(rng, geometry);
        for _ in 0..5 {
            let moves = rng.below(6);
            for mut rng in rng.parts(5).into_iter().take(moves) {
                let op = Op::motion(&mut rng, reader.view.thread().len(), geometry.height);
                reader.step(&op);
            }
            for mut rng in rng.parts(8) {
                let comments = reader.view.thread().len();
                let op = if rng.chance(25) { reader.reload(&mut rng) } else { Op::change(&mut rng, comments) };
                if op.holds() {
                    reader.step(&op);
                }
            }
        }
    });
}

/// What stands on the screen of a view, and where.
fn shown(view: &ThreadView) -> impl PartialEq + std::fmt::Debug + use<> {
    (view.place(), view.screen())
}

#[test]
fn sizes_that_end_at_the_first_show_the_first_screen() {
    seeds(60, |rng| {
        let geometry = geometry(&mut rng.part());
        let mut reader = Reader::new(rng, geometry);
        for mut rng in rng.parts(12) {
            let op = reader.any_op(&mut rng);
            op.run(&mut reader.view, &reader.story);
            let (first, before) = (reader.view.geometry(), shown(&reader.view));
            let count = rng.below(5);
            for mut rng in rng.parts(count) {
                reader.view.resize(reader::geometry(&mut rng));
            }
            reader.view.resize(first);
            assert_eq!(shown(&reader.view), before, "{op:?}");
        }
    });
}

/// A thread of a long comment in HTML and a short answer, on a screen of some columns.
fn long_comment(html: &str, width: usize) -> ThreadView {
    let (long, short) = (markup::html(html), markup::html("<p>An answer that scores little."));
    let mut builder = Builder::new();
    builder.push(&Draft { id: "1", score: Some(5), body: long.borrow(), ..Draft::default() });
    builder.push(&Draft { id: "2", parent: Some("1"), score: Some(0), body: short.borrow(), ..Draft::default() });
    let thread = Arc::new(builder.finish(Story::default()));
    let mut view = ThreadView::new(thread, Thresholds::new(Some(0), Some(0)), size(width, 24));
    view.go_to_comment(0);
    view
}

fn size(width: usize, height: i32) -> Geometry {
    Geometry { width, height, text_width: 100 }
}

/// The bytes of the text in the topmost line, which is one of the first comment.
fn topmost(view: &ThreadView) -> std::ops::Range<u32> {
    let line = view.lines(Row::Comment(0))[view.place().y.unsigned_abs() as usize];
    let RowLine::Text(line) = line else { unreachable!("{line:?} is no text") };
    line.start..line.end.max(line.start + 1)
}

/// Texts that are taller than a screen of any of the sizes in [`SERIES`].
fn tall_texts() -> [(&'static str, String); 6] {
    let words = (0..1500).map(|number| format!("word{number} ")).collect::<Vec<_>>().concat();
    let japanese = "行を読む人は、幅が変わっても同じ行を読み続けたい。".repeat(80);
    let code = (0..300).map(|number| format!("let x{number} = f({number});\n")).collect::<Vec<_>>().concat();
    let paragraphs =
        (0..60).map(|number| format!("<p>Paragraph {number} of some words, and more.")).collect::<Vec<_>>().concat();
    [
        ("a paragraph", format!("<p>{words}")),
        ("a paragraph that is remembered as it was wrapped", format!("<p>{}", words.repeat(4))),
        ("Japanese", format!("<p>{japanese}")),
        ("code", format!("<p>Before it.<pre><code>{code}</code></pre>")),
        ("a quote", format!("<blockquote><p>{words}</blockquote>")),
        ("paragraphs", paragraphs),
    ]
}

const SERIES: [&[(usize, i32)]; 5] = [
    &[(70, 24)],
    &[(100, 24), (13, 24), (60, 24)],
    &[(41, 24), (42, 24), (43, 24), (44, 24), (43, 24), (42, 24), (41, 24)],
    &[(70, 12), (40, 3), (110, 40)],
    &[(7, 5), (1, 1), (80, 24)],
];

#[test]
fn the_word_that_is_read_stays_through_any_widths() {
    for (what, html) in tall_texts() {
        for lines in [1, 61, 64] {
            for sizes in SERIES {
                let mut view = long_comment(&html, 40);
                view.scroll(lines + 3);
                let (before, word) = (shown(&view), topmost(&view).start);
                for round in 0..3 {
                    for &(width, height) in sizes {
                        view.resize(size(width, height));
                        assert!(topmost(&view).contains(&word), "{what}, {lines} down, {width} columns, round {round}");
                    }
                    view.resize(size(40, 24));
                    assert_eq!(shown(&view), before, "{what}, {lines} down, by {sizes:?}, round {round}");
                }
            }
        }
    }
}

#[test]
fn the_word_that_is_read_stays_over_visits_on_screens_of_any_width() {
    for (what, html) in tall_texts() {
        for down in 60..70 {
            let mut left = long_comment(&html, 40);
            left.scroll(down);
            let state = left.reading_state();
            // An empty line between paragraphs has no word; that is the next line's then.
            let word = state.byte.expect("a long text");
            for width in [13, 39, 40, 41, 70, 100] {
                let mut found = long_comment(&html, width);
                found.top();
                found.take_up(&state, true);
                if width == 40 {
                    assert_eq!(shown(&found), shown(&left), "{what}, {down} down");
                } else {
                    assert!(topmost(&found).contains(&word), "{what}, {down} down, {width} columns");
                }
            }
        }
    }
}

#[test]
fn the_word_that_is_read_stays_through_other_changes_at_another_width() {
    for (what, html) in tall_texts() {
        let mut view = long_comment(&html, 40);
        view.scroll(64);
        let (before, word) = (shown(&view), topmost(&view).start);
        view.resize(size(70, 24));
        // The answer goes, the comment goes too and comes back, and all comes again.
        for hide in [1, 6, 0] {
            view.change(|view| view.set_thresholds(Thresholds::new(Some(hide), Some(hide))));
        }
        view.reload(Arc::clone(view.thread()));
        assert!(topmost(&view).contains(&word), "{what}");
        view.resize(size(40, 24));
        assert_eq!(shown(&view), before, "{what}");
        // So do the places to go back to, and those that an undo brings back.
        assert!(view.change(|view| view.jump_to(Row::Comment(1))), "{what}");
        view.resize(size(70, 24));
        assert!(view.back() && topmost(&view).contains(&word), "{what}");
        let word = topmost(&view).start;
        assert!(view.change(ThreadView::toggle), "{what}");
        view.resize(size(100, 24));
        assert!(view.undo() && topmost(&view).contains(&word), "{what}");
    }
}

#[test]
fn empty_threads_bear_everything() {
    seeds(60, |rng| {
        let geometry = geometry(&mut rng.part());
        let mut reader = Reader::new(rng, geometry);
        reader.step(&Op::Replace(Vec::new()));
        for mut rng in rng.parts(60) {
            let mut op = reader.any_op(&mut rng);
            if let Op::Replace(plans) | Op::Reload(plans) = &mut op {
                plans.clear();
            }
            reader.step(&op);
        }
    });
}

#[test]
fn comments_have_the_lines_of_their_look() {
    seeds(500, |rng| {
        let geometry = geometry(&mut rng.part());
        let reader = Reader::new(rng, geometry);
        let view = &reader.view;
        for comment in view.thread().iter() {
            let mut expected = vec![RowLine::Header];
            let is_full = |comment: Comment<'_>| {
                let is_gone = comment.state() != State::Live && comment.body().plain.is_empty();
                view.rows().visibility(comment.index()) == Visibility::Full && !is_gone
            };
            if is_full(comment) {
                let body = wrap(comment.body(), view.geometry().body_width(comment.depth()));
                expected.extend(body.is_empty().then_some(RowLine::StandIn));
                expected.extend(body.into_iter().map(RowLine::Text));
                expected.push(RowLine::Blank);
            }
            // A rule stands between two discussions, unless both are single lines.
            let below = view.rows().iter().skip_while(|row| *row != Row::Comment(comment.index())).nth(1);
            let next = below.and_then(|row| if let Row::Comment(next) = row { view.thread().get(next) } else { None });
            if let Some(next) = next.filter(|next| next.depth() == 0) {
                let had_blank = expected.pop_if(|line| *line == RowLine::Blank).is_some();
                expected.extend((had_blank || comment.depth() > 0 || is_full(next)).then_some(RowLine::Rule));
            }
            assert_eq!(view.lines(Row::Comment(comment.index())), expected);
        }
    });
}

#[test]
fn next_and_previous_visit_every_row() {
    seeds(200, |rng| {
        let mut reader = Reader::brief(rng, LARGE);
        for mut rng in rng.parts(4) {
            Op::change(&mut rng, reader.view.thread().len()).run(&mut reader.view, &reader.story);
        }
        let view = &mut reader.view;
        view.top();
        let mut seen = vec![view.place().row];
        while view.down() {
            seen.push(view.place().row);
        }
        assert_eq!(seen, view.rows().iter().collect::<Vec<_>>());
        seen.clear();
        seen.push(view.place().row);
        while view.up() {
            seen.push(view.place().row);
        }
        seen.reverse();
        assert_eq!(seen, view.rows().iter().collect::<Vec<_>>());
    });
}

#[test]
fn going_down_shows_every_line() {
    seeds(15, |rng| {
        let geometry = geometry(&mut rng.part());
        let mut all = forest(rng);
        all.truncate(8);
        let mut reader = Reader::of(rng, all, geometry);
        for mut rng in rng.parts(3) {
            Op::change(&mut rng, reader.view.thread().len()).run(&mut reader.view, &reader.story);
        }
        let view = &mut reader.view;
        view.top();
        let mut seen = HashSet::new();
        let bound = 2 * total(view) + i32::try_from(view.rows().len()).expect("few rows");
        for _ in 0..=bound {
            for placed in view.screen() {
                for (number, y) in (0..placed.lines.len()).zip(placed.y..) {
                    if (0..geometry.height).contains(&y) {
                        seen.insert((placed.row, number));
                    }
                }
            }
            if !view.down() {
                break;
            }
        }
        assert_eq!(view.place().row, Row::Foot, "the way down has an end");
        for row in view.rows().iter() {
            for (number, line) in view.lines(row).into_iter().enumerate() {
                assert!(
                    matches!(line, RowLine::Blank | RowLine::Rule) || seen.contains(&(row, number)),
                    "line {number} of {row:?} never seen"
                );
            }
        }
    });
}

/// Where each motion must lead, by the words of the specification; `None` where it leads nowhere.
fn leads_to(op: &Op, view: &ThreadView) -> Option<Row> {
    let (rows, thread, row) = (view.rows().iter().collect::<Vec<_>>(), view.thread(), view.place().row);
    let at = rows.iter().position(|other| *other == row)?;
    let is = |row: &Row, wanted: &dyn Fn(u32) -> bool| matches!(row, Row::Comment(index) if wanted(*index));
    let top = |index: u32| thread.parent(index).is_none();
    let sibling =
        |index: u32| row.comment().is_some_and(|own| index != own && thread.parent(index) == thread.parent(own));
    let next = |wanted: &dyn Fn(u32) -> bool| rows[at + 1..].iter().find(|row| is(row, wanted)).copied();
    let previous = |wanted: &dyn Fn(u32) -> bool| rows[..at].iter().rev().find(|row| is(row, wanted)).copied();
    match (op, row.comment()) {
        (Op::Down, _) | (Op::FirstReply, None) => rows.get(at + 1).copied(),
        (Op::Up, _) => at.checked_sub(1).map(|at| rows[at]),
        (Op::NextTop, _) | (Op::NextSibling, None) => next(&top),
        (Op::PreviousTop, _) | (Op::PreviousSibling, None) => Some(previous(&top).unwrap_or(Row::Story)),
        (Op::NextSibling, Some(_)) => next(&sibling),
        (Op::PreviousSibling, Some(_)) => previous(&sibling),
        (Op::Parent, own) => Some(match row {
            Row::Marker(owner) => Row::Comment(owner),
            // Where the tree is dissolved, what is answered may be hidden.
            _ => own
                .and_then(|own| thread.lineage(own).map(Row::Comment).find(|row| rows.contains(row)))
                .unwrap_or(Row::Story),
        }),
        (Op::FirstReply, Some(own)) => {
            let marker = Row::Marker(own);
            next(&|index| thread.parent(index) == Some(own))
                .or((rows.contains(&marker) && row != marker).then_some(marker))
        }
        (Op::NextByAuthor, own) => {
            let author = thread.get(own?)?.author()?;
            let by = |index: u32| thread.get(index).and_then(Comment::author) == Some(author);
            next(&by).or_else(|| rows[..at].iter().find(|row| is(row, &by)).copied())
        }
        _ => None,
    }
}

#[test]
fn motions_lead_where_they_must() {
    let motions = [
        Op::Down,
        Op::Up,
        Op::NextSibling,
        Op::PreviousSibling,
        Op::Parent,
        Op::FirstReply,
        Op::NextTop,
        Op::PreviousTop,
        Op::NextByAuthor,
    ];
    seeds(200, |rng| {
        let mut reader = Reader::brief(rng, LARGE);
        for mut rng in rng.parts(3) {
            Op::change(&mut rng, reader.view.thread().len()).run(&mut reader.view, &reader.story);
        }
        reader.view.top();
        loop {
            for op in &motions {
                let mut view = reader.view.clone();
                let (before, expected) = (view.place(), leads_to(op, &view));
                let said = op.run(&mut view, &reader.story);
                assert_eq!(view.place().row, expected.unwrap_or(before.row), "{op:?} from {before:?}");
                assert_eq!(said, view.place() != before, "{op:?} from {before:?}");
            }
            if !reader.view.down() {
                break;
            }
        }
    });
}
