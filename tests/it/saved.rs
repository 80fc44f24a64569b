//! lurker's own JSON: goes round without loss, and damage costs only what it damaged.

use std::sync::LazyLock;

use crate::support::fixtures;
use crate::support::random::config;
use lurker::model::{Builder, Draft, Flags, MarkKind, ScoreKind, State, Story, Text, Thread};
use lurker::print;
use lurker::shell::source::DEMO;
use lurker::site::{Content, LoadError, saved};
use lurker::view::Thresholds;
use proptest::prelude::*;

/// The demo as lurker's JSON, made once.
static JSON: LazyLock<String> = LazyLock::new(|| json(&demo()));

fn demo() -> Thread {
    thread(DEMO).expect("the demo can be read")
}

/// The page in Slashdot's form that the demo was made of.
const PAGE: &[u8] = include_bytes!("../fixtures/demo.html");

fn json(thread: &Thread) -> String {
    let mut out = Vec::new();
    let (hide, full) = thread.story().thresholds;
    print::json(thread, &Thresholds::new(hide, full).into(), &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn thread(bytes: &[u8]) -> Result<Thread, LoadError> {
    saved::read(bytes, None).map(|content| match content {
        Content::Thread(thread) => *thread,
        Content::List(list) => unreachable!("{list:?}"),
    })
}

fn read(text: &str) -> Thread {
    thread(text.as_bytes()).expect("it can be read")
}

#[test]
fn the_demo_goes_round_without_loss() {
    let first = demo();
    let text = json(&first);
    let second = read(&text);
    assert_eq!(json(&second), text);
    assert_eq!(second.story(), first.story());
    for (one, other) in first.iter().zip(second.iter()) {
        assert_eq!(one.body().to_text(), other.body().to_text(), "{}", one.id());
        assert_eq!((one.flags(), one.state(), one.author()), (other.flags(), other.state(), other.author()));
    }
}

#[test]
fn the_demo_is_its_page() {
    let page = thread(PAGE).expect("a page of Slashdot");
    assert!(json(&page).as_bytes() == DEMO, "assets/demo.json is made of tests/fixtures/demo.html by `lurker -f json`");
}

#[test]
fn the_demo_shows_every_feature() {
    let thread = demo();
    assert!((60..=120).contains(&thread.len()), "{}", thread.len());
    let scores: std::collections::BTreeSet<i32> = thread.iter().filter_map(lurker::model::Comment::score).collect();
    assert_eq!(scores.into_iter().collect::<Vec<_>>(), [-1, 0, 1, 2, 3, 4, 5]);
    let labels = "Offtopic Flamebait Troll Redundant Insightful Interesting Informative Funny Overrated Underrated";
    for label in labels.split(' ').chain([""]) {
        assert!(thread.iter().any(|comment| comment.label() == label), "{label}");
    }
    let marked =
        |kind: fn(&MarkKind) -> bool| thread.iter().any(|c| c.body().marks.iter().any(|mark| kind(&mark.kind)));
    assert!(marked(|kind| matches!(kind, MarkKind::Quote)) && marked(|kind| matches!(kind, MarkKind::Code)));
    assert!(marked(|kind| matches!(kind, MarkKind::Item)) && marked(|kind| matches!(kind, MarkKind::Emphasis)));
    assert!(marked(|kind| matches!(kind, MarkKind::Strong)) && marked(|kind| matches!(kind, MarkKind::Literal)));
    assert!(marked(|kind| matches!(kind, MarkKind::Link(_))));
    let flagged = |flag: fn(Flags) -> bool| thread.iter().any(|comment| flag(comment.flags()));
    assert!(flagged(|f| f.op) && flagged(|f| f.anonymous) && flagged(|f| f.subscriber));
    assert!(flagged(|f| f.journal) && flagged(|f| f.homepage));
    assert!(thread.iter().map(lurker::model::Comment::depth).max() >= Some(11));
    let troll = |comment: lurker::model::Comment<'_>| comment.score() == Some(-1) && comment.label() == "Troll";
    assert!(thread.iter().any(|c| c.score() >= Some(4) && c.parent().is_some_and(troll)), "a good reply to a troll");
    let all: String = thread.iter().map(|comment| comment.body().plain.to_owned()).collect();
    for (what, range) in [("Hebrew", '\u{5d0}'..='\u{5ea}'), ("Arabic", '\u{627}'..='\u{64a}'), ("kana", 'ぁ'..='ん')]
    {
        assert!(all.chars().any(|character| range.contains(&character)), "{what}");
    }
    assert!(all.contains('\u{200d}'), "an emoji joined of several");
    let story = thread.story();
    assert!(story.archived && !story.fortune.is_empty() && !story.department.is_empty() && !story.link.is_empty());
    assert!(thread.notes().is_empty(), "{:?}", thread.notes());
    assert!(thread.iter().all(|c| c.state() == State::Live && c.posted_at().is_some() && !c.body().plain.is_empty()));
}

#[test]
fn a_cut_file_keeps_the_comments_before_the_cut() {
    let text = &*JSON;
    let at = text.match_indices("\"parent\"").nth(50).map(|(at, _)| at).expect("there are fifty");
    let thread = read(text.get(..at).expect("ASCII around it"));
    assert_eq!(thread.len(), 50);
    assert!(
        thread.notes().iter().any(|note| note.contains("; 50 comments before that are here")),
        "{:?}",
        thread.notes()
    );
}

#[test]
fn what_is_missing_or_odd_is_taken_as_it_is() {
    let thread = read(
        r#"{"format":"lurker-thread-1","title":"T","surprise":[{"x":1}],"comments":[
            {"id":"1","score":99999999999,"text":"one","marks":[["strong",0,3],["link",0,3,7],["strong",2,9],["glow",0,1]]},
            {"id":"2","parent":"1","author":null,"text":"> a\n\nb","state":"deleted","novelty":true},
            {"id":"3","parent":"nobody","text":"c"},{"id":"1","text":"again"},
            {"id":4,"parent":2,"author":[{}],"subject":1.5,"text":{"a":[1]},"label":false}]}"#,
    );
    assert_eq!(thread.len(), 4);
    assert_eq!(thread.find("4").and_then(|at| thread.parent(at)), thread.find("2"));
    let first = thread.get(0).expect("there are four");
    assert_eq!((first.score(), first.body().marks.len()), (Some(i32::MAX), 1));
    let second = thread.get(1).expect("there are four");
    assert_eq!((second.author(), second.state(), second.depth()), (None, State::Deleted, 1));
    assert_eq!(second.body().marks.first().map(|mark| mark.kind), Some(MarkKind::Quote));
    let notes = [
        "left out: 4 values of another type than the format has",
        "left out: 3 marks that do not fit their texts",
        "1 comment came twice; the first of each is kept",
        "1 comment without the one that it answers; at the top level",
    ];
    assert_eq!(thread.notes(), notes);
}

#[test]
fn what_a_file_does_not_say_of_its_scores_is_as_on_its_site() {
    let story = |facts: &str| {
        let scores = r#""comments":[{"id":"1","score":0},{"id":"2","score":7}]"#;
        read(&format!(r#"{{"format":"lurker-thread-1",{facts}{scores}}}"#))
    };
    let facts = |text: &str| {
        let thread = story(text);
        let own = thread.story().clone();
        assert_eq!(read(&json(&thread)).story(), &own, "{text}");
        (own.score_kind, own.score_range, own.top_level_bonus, own.thresholds)
    };
    let (points, open) = (ScoreKind::Points, (None, None));
    assert_eq!(facts(r#""site":"slashdot","#), (points, Some((-1, 5)), true, (Some(1), Some(4))));
    assert_eq!(facts(r#""site":"hn","#), (ScoreKind::Estimate, Some((-1, 5)), false, open));
    assert_eq!(facts(r#""site":"hn","score_kind":"activity","#).0, ScoreKind::Estimate);
    assert_eq!(facts(r#""site":"discourse","score_kind":"glow","#), (ScoreKind::Likes, None, false, open));
    assert_eq!(facts(r#""site":"elsewhere","#), (points, None, false, open));
    let stated = r#""site":"slashdot","score_range":null,"top_level_bonus":false,"site_thresholds":[null,2],"#;
    assert_eq!(facts(stated), (points, None, false, (None, Some(2))));
    assert!(story(r#""site":"reddit","#).story().hides_scores);
    // A scale that no site has is cut to what is there.
    let scale = |facts: &str| {
        let thread = story(facts);
        let again = read(&json(&thread));
        assert_eq!((again.story(), again.notes()), (thread.story(), thread.notes()));
        (thread.story().score_range, thread.notes().to_vec())
    };
    let note = |end: &str| vec![format!("the file's scale of scores, -1 to 2147483647, {end}")];
    let wide = r#""score_range":[-1,2147483648],"#;
    assert_eq!(scale(wide), (Some((0, 7)), note("is cut to 0 to 7")));
    assert_eq!(scale(&format!(r#""site":"hn",{wide}"#)), (Some((-1, 7)), note("is cut to -1 to 7")));
    let odd = || vec!["left out: 1 value of another type than the format has".to_owned()];
    assert_eq!(scale(r#""score_range":[5,-1],"#), (None, odd()));
    assert_eq!(scale(r#""score_range":[1],"#), (None, odd()));
    assert_eq!(scale(r#""score_range":[0,100],"#), (Some((0, 100)), vec![]));
    assert_eq!(scale(r#""score_range":[200,1000],"#).0, None);
    let far = read(&format!(
        r#"{{"format":"lurker-thread-1",{wide}"comments":[{{"id":"1","score":0}},{{"id":"2","score":2000000000}}]}}"#
    ));
    assert_eq!((far.story().score_range, far.notes()), (None, &note("is taken as open")[..]));
}

#[test]
fn links_that_another_program_names_are_links() {
    let text = r#"{"format":"lurker-thread-1","comments":[
        {"id":"1","text":"See https://a.example/x and that.","links":["https://a.example/x","https://b.example/"]}]}"#;
    let thread = read(text);
    let body = thread.get(0).expect("a comment").body();
    let marks: Vec<_> = body.marks.iter().map(|mark| (mark.start, mark.end, mark.kind)).collect();
    assert_eq!(marks, [(4, 23, MarkKind::Link(0))]);
    assert_eq!(body.links().count(), 2);
}

#[test]
fn hostile_text_is_harmless_wherever_it_stands() {
    let bad = "\\u001b]0;owned\\u0007\\u202e\\u009b31m\\u0000x";
    let text = format!(
        r#"{{"format":"lurker-thread-1","site":"{bad}","title":"{bad}","author":"{bad}","link":"{bad}","text":"{bad}",
        "department":"{bad}","fortune":"{bad}","notes":["{bad}"],"comments":[{{"id":"{bad}","author":"{bad}",
        "label":"{bad}","subject":"{bad}","author_id":"{bad}","url":"{bad}","text":"{bad}","links":["{bad}"]}}]}}"#
    );
    let written = json(&read(&text));
    assert!(!written.contains("\\u00") && written.chars().all(|c| !c.is_control() || c == '\n'), "{written}");
    assert!(!written.contains('\u{202e}') && written.contains('x'));
}

#[test]
fn what_is_no_discussion_says_what_it_is() {
    let error = |bytes: &[u8]| thread(bytes).map(|_| ()).expect_err("no discussion").to_string();
    assert_eq!(error(b" \n"), "it is empty");
    assert_eq!(
        error(b"Dear diary,\n\x1b[31mtoday"),
        "it is no discussion that lurker knows; it begins: Dear diary, [31mtoday"
    );
    assert_eq!(error(b"{\"format\":\"lurker-thread-1\""), "the JSON is damaged at line 1, column 28");
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn any_cut_and_any_byte_is_survived(at in 0..60_000_usize, byte in any::<u8>(), place in 0..60_000_usize) {
        let mut bytes = JSON.clone().into_bytes();
        bytes.truncate(at.max(1));
        let place = place % bytes.len();
        bytes[place] = byte;
        if let Ok(thread) = thread(&bytes) {
            for comment in thread.iter() {
                prop_assert!(comment.body().plain.chars().all(|c| !c.is_control() || c == '\n'));
                prop_assert!(!comment.subject().chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn random_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = saved::read(&bytes, None);
        let mut own = b"{\"format\":\"lurker-thread-1\",".to_vec();
        own.extend(bytes);
        let _ = saved::read(&own, None);
    }
}

#[test]
fn neither_markup_nor_binary_data_is_quoted() {
    let cases: [(&[u8], &str); 7] = [
        (b"<html><p>Hello", "it is a page of another kind"),
        (b"\xEF\xBB\xBF <?xml version='1.0'?><x>", "it is a page of another kind"),
        (b"{\"hello\": 1}", "it is JSON of another kind"),
        (b"[{\"hello\": 1}]", "it is JSON of another kind"),
        (b"PK\x03\x04\0\0", "it is a zip archive, as office documents and e-books are too"),
        (b"caf\xe9 cr\xe8me", "it begins: caf\u{fffd} cr\u{fffd}me"),
        ("Caf\u{e9}".as_bytes(), "it begins: Caf\u{e9}"),
    ];
    for (bytes, says) in cases {
        let error = saved::read(bytes, None).map(|_| ()).expect_err("no discussion").to_string();
        assert_eq!(error, format!("it is no discussion that lurker knows; {says}"));
    }
}

#[test]
fn what_is_here_and_what_could_not_be_loaded_are_all_there_is() {
    let mut noted = 0;
    for (name, bytes) in fixtures::all() {
        let Ok(Content::Thread(thread)) = saved::read(&bytes, None) else { continue };
        for note in thread.notes().iter().filter_map(|note| note.strip_suffix(" comments could not be loaded")) {
            let (missing, all) = note.split_once(" of ").expect("a part of all");
            let number = |digits: &str| digits.parse::<u32>().expect("a number");
            assert!(thread.loaded() + number(missing) <= number(all), "{name}: {} and {note}", thread.loaded());
            noted += 1;
        }
    }
    assert!(noted > 1);
}

/// A thread of so many comments, each of which answers the one before it or the story.
fn long(size: u32) -> Thread {
    let mut builder = Builder::new();
    for number in 0..size {
        let (id, parent) = (number.to_string(), number.checked_sub(1).map(|before| before.to_string()));
        let body = Text::unmarked(format!("Comment {number} says a thing or two.\n\nAnd one more."));
        let parent = parent.as_deref().filter(|_| number % 5 > 0);
        builder.push(&Draft { id: &id, parent, author: Some("ada"), body: body.borrow(), ..Draft::default() });
    }
    builder.finish(Story { id: "1".to_owned(), title: "A long one".to_owned(), ..Story::default() })
}

/// Reads a file as it comes; the thread, and the numbers of comments of its earlier states.
fn coming(bytes: &[u8]) -> (Result<Content, LoadError>, Vec<u32>) {
    let mut shown: Vec<Thread> = Vec::new();
    let content = saved::read_coming(bytes, None, 1 << 20, &mut |thread| shown.push(thread));
    if let Ok(Content::Thread(whole)) = &content {
        for state in &shown {
            assert_eq!(state.story(), whole.story());
            for (early, late) in state.iter().zip(whole.iter()) {
                assert_eq!(
                    (early.id(), early.depth(), early.body().plain),
                    (late.id(), late.depth(), late.body().plain)
                );
            }
        }
    }
    (content, shown.iter().map(Thread::len).collect())
}

#[test]
fn a_large_file_shows_before_all_of_it_is_read() {
    let text = json(&long(3000));
    let (content, shown) = coming(text.as_bytes());
    let Ok(Content::Thread(thread)) = content else { unreachable!("a thread") };
    assert_eq!((json(&thread), shown), (text.clone(), vec![200, 2000]));
    // What decides how it shows must have been read.
    let behind = text.replacen("\"score_kind\":\"points\",", "", 1).replacen("}]}", "}],\"score_kind\":\"points\"}", 1);
    let (content, shown) = coming(behind.as_bytes());
    let Ok(Content::Thread(thread)) = content else { unreachable!("a thread") };
    assert_eq!((json(&thread), shown), (text, Vec::new()));
}

#[test]
fn a_part_that_is_large_shows_where_it_is_little_beside_the_whole() {
    let text = json(&long(21_000));
    let all = vec![200, 2000, 20_000];
    for (stated, expected) in [("21000", vec![200, 2000]), ("200000", all.clone()), ("4294967295", all.clone())] {
        let stating = text.replacen("\"loaded_comments\":21000", &format!("\"loaded_comments\":{stated}"), 1);
        assert_eq!(coming(stating.as_bytes()).1, expected, "{stated} stated");
    }
    let silent = text.replacen("\"loaded_comments\":21000,", "", 1);
    assert_eq!(coming(silent.as_bytes()).1, all);
}

#[test]
fn what_comes_is_read_as_what_is_here() {
    let long = json(&long(2500));
    let other = long.replacen("}]}", "}],\"format\":\"lurker-thread-2\"}", 1);
    let cut = long.get(..long.len() / 2).expect("ASCII");
    let mut files = fixtures::all();
    let own = [
        DEMO,
        long.as_bytes(),
        other.as_bytes(),
        cut.as_bytes(),
        b"\xEF\xBB\xBF \n{\"format\" : \"lurker-thread-1\"",
        b"",
    ];
    files
        .extend(own.map(|bytes| (String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned(), bytes.to_vec())));
    for (name, bytes) in files {
        let plain = |content: Result<Content, LoadError>| match content {
            Ok(Content::Thread(thread)) => json(&thread),
            Ok(Content::List(listing)) => format!("{listing:?}"),
            Err(error) => error.to_string(),
        };
        assert_eq!(plain(coming(&bytes).0), plain(saved::read_within(&bytes, None, 1 << 20)), "{name}");
    }
}
