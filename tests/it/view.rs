//! The rows of a thread and the reader's place in it, against slow and simple models made from the specification.

use crate::support::{random, reader, trees};
use std::collections::HashSet;

use lurker::model::{Comment, State};
use lurker::view::{Geometry, Row, RowLine, ThreadView, Visibility, wrap};
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
