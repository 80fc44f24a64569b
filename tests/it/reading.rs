//! Thresholds, folds, markers and jumps as the reader sees them: what is on the screen before and after some keys.

use crate::support::reader::at_most;
use crate::support::trees;
use std::sync::Arc;

use lurker::model::{Comment, Story, Thread};
use lurker::view::{Geometry, Query, Row, Search, ThreadView, Thresholds, Visibility};
use trees::{Plan, build};

/// A thread written as an outline: `-` for each level, an id, a score (`?` for none), an author.
fn thread(outline: &str) -> Thread {
    let mut path: Vec<String> = Vec::new();
    let mut plans = Vec::new();
    for line in outline.split(',').map(str::trim) {
        let depth = line.len() - line.trim_start_matches('-').len();
        let mut words = line.trim_start_matches('-').split(' ');
        let id = words.next().unwrap_or_default().to_owned();
        let score = words.next().and_then(|score| score.parse().ok());
        path.truncate(depth);
        plans.push(Plan {
            parent: path.last().cloned(),
            score,
            author: words.next().map(str::to_owned),
            id: id.clone(),
            ..Plan::default()
        });
        path.push(id);
    }
    build(&plans, Story { score_range: Some((-1, 5)), top_level_bonus: true, ..Story::default() })
}

/// What is shown: `>` where the reader is, `…` one line, `~` a placeholder, `+3` folded, `(3)` a count of hidden ones.
fn shown(view: &ThreadView) -> String {
    let mut said = Vec::new();
    for row in view.rows().iter() {
        let here = if row == view.place().row { ">" } else { "" };
        let depth = row.comment().and_then(|index| view.thread().get(index)).map_or(0, Comment::depth) as usize;
        match row {
            Row::Comment(index) => {
                let comment = view.thread().get(index).expect("a row of the thread");
                let visibility = match view.rows().visibility(index) {
                    _ if view.rows().is_folded(index) => format!("+{}", comment.replies()),
                    Visibility::Full => String::new(),
                    Visibility::Line => "…".to_owned(),
                    Visibility::Placeholder => "~".to_owned(),
                    Visibility::Hidden => "!".to_owned(),
                };
                said.push(format!("{}{here}{}{visibility}", "-".repeat(depth), comment.id()));
            }
            Row::Marker(index) => {
                said.push(format!("{}{here}({})", "-".repeat(depth + 1), view.rows().hidden_under(index)));
            }
            Row::Rest => said.push(format!("{here}({})", view.rows().hidden_at_root())),
            Row::Story | Row::Foot if !here.is_empty() => said.push(format!("{here}{row:?}")),
            Row::Story | Row::Foot => {}
        }
    }
    said.join(" ")
}

/// The keys of the specification, as far as they are the view's own; `@id` goes to a comment.
fn press(view: &mut ThreadView, keys: &str) {
    for key in keys.split(' ').filter(|key| !key.is_empty()) {
        match key {
            "." => _ = view.step_hide(true),
            "," => _ = view.step_hide(false),
            "]" => _ = view.step_full(true),
            "[" => _ = view.step_full(false),
            "C" => view.fold_all(),
            "E" => view.open_all(),
            "=" => view.automatic(),
            "Esc" => view.set_filter(None),
            _ if key.starts_with("f=") => view.set_filter(key.get(2..).and_then(|query| Query::parse(query).ok())),
            _ if key.starts_with("/=") => view.set_matches(search(view, key.get(2..).unwrap_or_default())),
            _ => match key.strip_prefix('@').map(|id| view.thread().find(id).expect("a comment of the thread")) {
                Some(index) => _ = view.jump_to(Row::Comment(index)),
                None => _ = press_on_row(view, key),
            },
        }
    }
}

fn search(view: &ThreadView, words: &str) -> Vec<u32> {
    let search = Search::new(words).expect("words");
    search.run(view.thread(), 0..view.thread().len())
}

fn press_on_row(view: &mut ThreadView, key: &str) -> bool {
    match key {
        "j" => view.down(),
        "k" => view.up(),
        "J" => view.next_sibling(),
        "K" => view.previous_sibling(),
        "h" => view.fold() || view.parent(),
        "l" => view.open() || view.first_reply(),
        "Enter" => view.toggle(),
        "c" => view.fold_thread(),
        "x" => view.fold_and_next(),
        "t" => view.next_top(),
        "T" => view.previous_top(),
        "p" => view.parent(),
        "a" => view.next_by_author(),
        "u" => view.next_new(),
        "n" => view.next_match(),
        "N" => view.previous_match(),
        "g" => view.top(),
        "G" => view.bottom(),
        "C-o" => view.back(),
        "Tab" => view.forth(),
        _ => {
            view.fold_below(key.parse().expect("a key that is known here"));
            true
        }
    }
}

const TALK: &str = "a 3 ann, -b 0 bob, -c 4 ann, --d 2 cid, --e 1 bob, -f -1 cid, g 0 bob, -h 0 cid, i 2 ann, -j ? bob";

/// The talk at Slashdot's thresholds of an anonymous reader, 1 and 4, on a screen of 20 lines.
fn talk() -> ThreadView {
    let geometry = Geometry { width: 80, height: 20, text_width: 100 };
    ThreadView::new(Arc::new(thread(TALK)), Thresholds::new(Some(1), Some(4)), geometry)
}

#[test]
fn keys_do_what_the_key_table_says() {
    for (keys, expected) in [
        // Top-level comments are in full from one point less; unscored ones are below no threshold; the rest is counted.
        ("", ">Story a -(2) -c --d… --e… i… -j (2)"),
        // Moving T up pushes F along only where they would cross.
        (".", ">Story a -(2) -c --(1) --d… i… -j (2)"),
        (". .", ">Story a -(2) -c --(2) i~ -j (2)"),
        (". . . .", ">Story i~ -j (8)"),
        ("] ] , ,", ">Story a… -b… -c… --d… --e… -f… g… -h… i… -j"),
        (", , , ,", ">Story a -b… -c --d… --e… -f… g… -h… i… -j"),
        ("[ [ [ [", ">Story a -(2) -c --d --e i -j (2)"),
        // Enter on a count shows what it counts, one line each, and then there is nothing to count.
        ("@a j Enter", "a ->b… -c --d… --e… -f… i… -j (2)"),
        ("G k Enter", "a -(2) -c --d… --e… g… -h… i… -j >Foot"),
        // What was opened by hand stays when thresholds move, and `=` gives it back to them.
        ("@a j Enter g . . .", ">Story a~ -b… -c --(2) -f… i~ -j (2)"),
        ("@a j Enter g =", ">Story a -(2) -c --d… --e… i… -j (2)"),
        ("@d Enter g . .", ">Story a -(2) -c --(1) --d i~ -j (2)"),
        ("@c h g .", ">Story a -(2) -c+2 i… -j (2)"),
        ("@c h g . =", ">Story a -(2) -c --(1) --d… i… -j (2)"),
        // Enter shows more, then folds; h folds, then goes up; l opens, then goes to the first reply.
        ("@d Enter", "a -(2) -c -->d --e… i… -j (2)"),
        ("@d Enter Enter", "a -(2) -c -->d… --e… i… -j (2)"),
        ("@c Enter", "a -(2) ->c+2 i… -j (2)"),
        ("@c Enter Enter", "a -(2) ->c --d… --e… i… -j (2)"),
        ("@i Enter", "a -(2) -c --d… --e… >i -j (2)"),
        ("@i Enter Enter", "a -(2) -c --d… --e… >i+1 (2)"),
        ("@i Enter Enter Enter", "a -(2) -c --d… --e… >i… -j (2)"),
        ("@j Enter", "a -(2) -c --d… --e… i… ->j… (2)"),
        (". . @i Enter Enter", "a -(2) -c --(2) >i~ -j (2)"),
        ("@c h h", ">a -(2) -c+2 i… -j (2)"),
        ("@c h l l", "a -(2) -c -->d… --e… i… -j (2)"),
        ("@a l", "a -(2) ->c --d… --e… i… -j (2)"),
        // c folds the thread from its top, from anywhere in it, and opens it again.
        ("@e c", ">a+5 i… -j (2)"),
        ("@e c c", ">a -(2) -c --d… --e… i… -j (2)"),
        ("@e c C-o", ">a+5 i… -j (2)"),
        // x folds this one and goes on to what follows its replies.
        ("@c x", "a -(2) -c+2 >i… -j (2)"),
        ("@a x", "a+5 >i… -j (2)"),
        ("@i x", "a -(2) -c --d… --e… i+1 >(2)"),
        ("C", ">Story a+5 i+1 (2)"),
        ("1", ">Story a -(2) -c+2 i… -j+0 (2)"),
        ("E", ">Story a -b -c --d --e -f g -h i -j"),
        // A placeholder can be opened.
        (". . @i Enter", "a -(2) -c --(2) >i -j (2)"),
        // The reader's own goes: what it answers takes its place; it is taken up again when it comes back.
        ("@e .", "a -(2) ->c --(1) --d… i… -j (2)"),
        ("@e . . ,", "a -(2) ->c --(1) --d… i… -j (2)"),
        ("@e . . , ,", "a -(2) -c --d… -->e… i… -j (2)"),
        ("@e C", ">a+5 i+1 (2)"),
        ("@e C 1", "a -(2) ->c+2 i… -j+0 (2)"),
        ("@e C 2", "a -(2) -c --d+0 -->e+0 i… -j (2)"),
        ("@e C k j =", ">a -(2) -c --d… --e… i… -j (2)"),
        ("@e C Enter", ">a -(2) -c+2 i+1 (2)"),
        // Jumps are gone back and forth through; single steps are none.
        ("@c @j C-o", "a -(2) ->c --d… --e… i… -j (2)"),
        ("@c @j C-o Tab", "a -(2) -c --d… --e… i… ->j (2)"),
        ("@c j @j C-o", "a -(2) -c -->d… --e… i… -j (2)"),
        ("@c @j g C-o C-o Tab", "a -(2) -c --d… --e… i… ->j (2)"),
        ("g g @c C-o", ">Story a -(2) -c --d… --e… i… -j (2)"),
        ("@c @d . . C-o C-o Tab", "a -(2) ->c --(2) i~ -j (2)"),
        // Through the tree.
        ("@c J", "a -(2) ->c --d… --e… i… -j (2)"),
        ("@d J", "a -(2) -c --d… -->e… i… -j (2)"),
        ("@e K", "a -(2) -c -->d… --e… i… -j (2)"),
        ("@a J", "a -(2) -c --d… --e… >i… -j (2)"),
        ("@i T", ">a -(2) -c --d… --e… i… -j (2)"),
        ("@e T", ">a -(2) -c --d… --e… i… -j (2)"),
        ("@d t", "a -(2) -c --d… --e… >i… -j (2)"),
        ("@e p p", ">a -(2) -c --d… --e… i… -j (2)"),
        ("@a a", "a -(2) ->c --d… --e… i… -j (2)"),
        ("@i a", ">a -(2) -c --d… --e… i… -j (2)"),
    ] {
        let mut view = talk();
        press(&mut view, keys);
        assert_eq!(shown(&view), expected, "after {keys:?}");
    }
}

#[test]
fn a_filter_shows_what_meets_it_and_goes_without_a_trace() {
    for (keys, expected) in [
        // Matches are in full whatever their score, what they answer is kept as placeholders, the rest is counted.
        ("f=by:cid", ">Story a~ -(1) -c~ --(1) --d -f g~ -h (2)"),
        ("f=by:ann", ">Story a -(2) -c --(2) i -(1) (2)"),
        ("f=score:0", ">Story a~ -(4) -b g -h (2)"),
        ("f=is:op", ">Story (10)"),
        // No threshold counts meanwhile, and then the one of now.
        ("f=by:cid . . .", ">Story a~ -(1) -c~ --(1) --d -f g~ -h (2)"),
        ("f=by:cid . . . Esc", ">Story a~ -(2) -c --(2) i~ -j (2)"),
        // What was done by hand before does not count meanwhile, and is there again afterwards.
        ("E g f=by:cid", ">Story a~ -(1) -c~ --(1) --d -f g~ -h (2)"),
        ("C g f=by:cid", ">Story a~ -(1) -c~ --(1) --d -f g~ -h (2)"),
        ("C g f=by:cid Esc", ">Story a+5 i+1 (2)"),
        ("@d Enter g f=by:cid f=by:bob Esc", ">Story a -(2) -c --d --e… i… -j (2)"),
        // What is done by hand meanwhile counts until the filter goes.
        ("f=by:cid @a j Enter g", ">Story a~ -b… -c~ --(1) --d -f g~ -h (2)"),
        ("f=by:cid @c h g", ">Story a~ -(1) -c+2 -f g~ -h (2)"),
        ("f=by:cid @c h g =", ">Story a~ -(1) -c~ --(1) --d -f g~ -h (2)"),
        ("f=by:cid @c h g f=by:bob", ">Story a~ -(1) -b -c~ --(1) --e g -(1) i~ -j"),
        ("f=by:cid @c h g Esc", ">Story a -(2) -c --d… --e… i… -j (2)"),
        // Nothing that meets it: everything is counted, and can be shown.
        ("f=is:op G k Enter", "a… -b… -c… --d… --e… -f… g… -h… i… -j… >Foot"),
        ("f=is:op j j j k k k k", ">Story (10)"),
        // Whoever did not move is back where they were, whoever moved is where they went to and can go back.
        ("@i f=by:cid Esc", "a -(2) -c --d… --e… >i… -j (2)"),
        ("@i f=by:cid Esc C-o", ">Story a -(2) -c --d… --e… i… -j (2)"),
        ("@i f=by:cid @d Esc", "a -(2) -c -->d… --e… i… -j (2)"),
        ("@i f=by:cid @d Esc C-o C-o", "a -(2) -c --d… --e… >i… -j (2)"),
        ("@i f=by:cid @f Esc", ">a -(2) -c --d… --e… i… -j (2)"),
    ] {
        let mut view = talk();
        press(&mut view, keys);
        assert_eq!(shown(&view), expected, "after {keys:?}");
    }
}

#[test]
fn matches_and_news_are_gone_round() {
    for (keys, expected) in [
        // A match that is hidden or folded away is shown.
        ("/=cid n", "a -(2) -c -->d --e… i… -j (2)"),
        ("/=cid n n", "a -(1) -c --d --e… ->f i… -j (2)"),
        ("/=cid n n n", "a -(1) -c --d --e… -f g~ ->h i… -j"),
        ("/=cid N C-o", ">Story a -(2) -c --d… --e… g~ -h i… -j"),
        ("/=bob @e n", "a -(2) -c --d… --e… >g -(1) i… -j"),
        ("C g /=cid n", "a -(2) -c -->d --e+0 i+1 (2)"),
        ("/=nobody n N", ">Story a -(2) -c --d… --e… i… -j (2)"),
        // New comments are found in folded ones too, but not below the threshold.
        ("u", "a -(2) -c -->d… --e… i… -j (2)"),
        ("u u", "a -(2) -c --d… --e… i… ->j (2)"),
        ("u u u", "a -(2) -c -->d… --e… i… -j (2)"),
        ("C g u", "a -(2) -c -->d+0 --e+0 i+1 (2)"),
        ("u . . u u", "a -(2) -c --(2) i~ ->j (2)"),
    ] {
        let mut view = talk();
        view.set_seen("abcefgi".chars().map(|id| (id.to_string(), Some(5))).collect());
        press(&mut view, keys);
        assert_eq!(shown(&view), expected, "after {keys:?}");
    }
}

#[test]
fn the_screen_stays_where_it_is() {
    for keys in ["f=by:bob", "f=is:anon", "f=by:bob Esc", "C", "E", "1", "=", ". .", "c", "[ [ [", "] , ,"] {
        let mut view = talk();
        press(&mut view, "@e");
        let y = view.place().y;
        assert!(y > 5);
        press(&mut view, keys);
        assert_eq!(view.place().y, at_most(&view, y), "after {keys:?}");
    }
}

#[test]
fn a_reload_in_pieces_forgets_nothing() {
    let mut view = talk();
    press(&mut view, "@i h @d Enter @e");
    let (before, place) = (shown(&view), view.place());
    for piece in ["a 3 ann, x 5 new", "x 5 new", "a 3 ann, -c 4 ann, --e 1 bob"] {
        view.replace(Arc::new(thread(piece)));
        assert_eq!(view.place().y, at_most(&view, place.y), "{}", shown(&view));
    }
    assert_eq!(shown(&view), "a -c -->e…");
    view.replace(Arc::new(thread(TALK)));
    assert_eq!((shown(&view), view.place()), (before, place));
}

#[test]
fn a_comment_of_the_top_level_that_is_gone_leaves_the_reader_near_by() {
    let mut view = talk();
    press(&mut view, "@i");
    let y = view.place().y;
    view.replace(Arc::new(thread("a 3 ann, -c 4 ann, k 5 new")));
    assert_eq!((shown(&view).as_str(), view.place().y), ("a ->c k", at_most(&view, y)));
}
