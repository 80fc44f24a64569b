//! The thread format: its page and its schema say what is written, and what is written is read again as it was.

use std::collections::BTreeSet;

use lurker::markup::{html, markdown};
use lurker::model::{Builder, Comment, Draft, MarkKind, Story, Text, Thread};
use lurker::print;
use lurker::shell::source::DEMO;
use lurker::site::{Content, saved};
use lurker::view::Selection;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::fixtures;
use crate::support::random::{config, seeds};
use crate::support::schema::faults;

const PAGE: &str = include_str!("../../docs/thread-format.md");
const SCHEMA: &str = include_str!("../../docs/thread-format.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

pub(crate) fn json(thread: &Thread) -> String {
    let mut out = Vec::new();
    print::json(thread, &Selection::default(), &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// The thread in a file, if one is there.
pub(crate) fn thread(bytes: &[u8]) -> Option<Thread> {
    match saved::read(bytes, None) {
        Ok(Content::Thread(thread)) => Some(*thread),
        Ok(Content::List(_)) | Err(_) => None,
    }
}

/// A thread of each fixture that has one, and the demo.
fn threads() -> Vec<(String, Thread)> {
    let mut files = fixtures::all();
    files.push(("the demo".to_owned(), DEMO.to_vec()));
    let threads: Vec<_> = files.into_iter().filter_map(|(name, bytes)| Some((name, thread(&bytes)?))).collect();
    assert!(threads.len() > 20, "{}", threads.len());
    threads
}

/// Checks that a thread is read from its JSON as it was.
pub(crate) fn check_round(first: &Thread, what: &str) {
    let text = json(first);
    let Some(second) = thread(text.as_bytes()) else {
        // Nothing is no discussion.
        assert!(first.is_empty() && first.story().title.is_empty(), "{what}: {text}");
        return;
    };
    assert_eq!(second.story(), first.story(), "{what}");
    assert_eq!(second.notes(), first.notes(), "{what}");
    assert_eq!(second.len(), first.len(), "{what}");
    let facts = |c: Comment<'_>| {
        let names = [c.author_id(), c.label(), c.subject(), c.url()].map(str::to_owned);
        let place = (c.id().to_owned(), c.parent().map(|parent| parent.id().to_owned()), c.depth(), c.replies());
        let rest = (c.score(), c.posted_at(), c.state(), c.flags(), c.author().map(str::to_owned));
        (place, names, rest, c.body().to_text())
    };
    for (one, other) in first.iter().zip(second.iter()) {
        assert_eq!(facts(other), facts(one), "{what}");
    }
    assert_eq!(json(&second), text, "{what}");
}

#[test]
fn every_thread_of_the_fixtures_goes_round_and_fits_the_schema() {
    let schema = schema();
    for (name, thread) in threads() {
        check_round(&thread, &name);
        let value = serde_json::from_str(&json(&thread)).expect("JSON");
        assert_eq!(faults(&schema, &value), Vec::<String>::new(), "{name}");
    }
}

/// The keys in the first cells of the page's tables.
fn keys_of_page(heading: &str) -> BTreeSet<String> {
    let section = PAGE.split("\n## ").find(|section| section.starts_with(heading)).expect("a section");
    let cells = section.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    let keys = cells.flat_map(|cell| cell.split(',').filter_map(|key| key.trim().strip_prefix('`')?.strip_suffix('`')));
    keys.map(str::to_owned).collect()
}

fn keys_of(object: Option<&Value>) -> BTreeSet<String> {
    object.and_then(Value::as_object).expect("an object").keys().cloned().collect()
}

#[test]
fn page_schema_and_output_have_the_same_keys() {
    let schema = schema();
    let texts = [html("<p>See <a href='https://a.example'>this</a>"), html("<p><code>&gt; no quote</code>")];
    let [text, odd] = texts;
    let flags = lurker::model::Flags { subscriber: true, ..lurker::model::Flags::default() };
    let mut builder = Builder::new();
    builder.push(&Draft { id: "1", flags, body: odd.borrow(), ..Draft::default() });
    builder.push(&Draft { id: "2", body: text.borrow(), ..Draft::default() });
    let written = json(&builder.finish(Story { title: "T".to_owned(), text: odd, ..Story::default() }));
    let written: Value = serde_json::from_str(&written).expect("JSON");
    let mut of_comments = keys_of(written.pointer("/comments/0"));
    of_comments.extend(keys_of(written.pointer("/comments/1")));
    for (heading, of_output, of_schema) in [
        ("The thread", keys_of(Some(&written)), "/properties"),
        ("A comment", of_comments, "/$defs/comment/properties"),
    ] {
        assert_eq!(keys_of_page(heading), of_output, "{heading}");
        assert_eq!(keys_of(schema.pointer(of_schema)), of_output, "{heading}");
    }
    let of_texts: BTreeSet<String> = ["text", "links", "verbatim", "marks"].map(str::to_owned).into();
    assert_eq!(keys_of_page("Texts"), of_texts);
    let names = lurker::model::MarkKind::BLOCKS.iter().chain(&lurker::model::MarkKind::INLINE).map(|(_, name)| *name);
    let names: BTreeSet<&str> = names.chain(["link"]).collect();
    let kinds = schema.pointer("/$defs/marks/items/prefixItems/0/enum").and_then(Value::as_array).expect("kinds");
    assert_eq!(kinds.iter().filter_map(Value::as_str).collect::<BTreeSet<_>>(), names);
    assert!(names.iter().all(|name| PAGE.contains(&format!("`{name}`")) || *name == "link"));
}

#[test]
fn the_example_of_the_page_can_be_read() {
    let example = PAGE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert_eq!(faults(&schema(), &serde_json::from_str(example).expect("JSON")), Vec::<String>::new());
    let thread = thread(example.as_bytes()).expect("a thread");
    let first = thread.get(0).expect("two comments");
    assert_eq!((thread.len(), first.body().marks.len(), thread.notes().len()), (2, 2, 0));
    assert!(thread.story().top_level_bonus && thread.story().thresholds == (Some(1), Some(4)));
}

pub(crate) fn of_one(text: &Text) -> Thread {
    let mut builder = Builder::new();
    builder.push(&Draft { id: "1", body: text.borrow(), ..Draft::default() });
    builder.finish(Story { title: "T".to_owned(), text: text.clone(), ..Story::default() })
}

#[test]
fn what_looks_like_a_block_goes_round() {
    let quotes = "<blockquote>".repeat(32);
    for source in [
        "a<p><code>&gt; b</code>",
        "<code>    x</code>",
        "- x<p>1. y<br>12. z",
        "<p>&gt;5 and <code>&gt; 6</code><p><code>- </code>",
        "<b>- a</b><ul><li>- b<li>1. c</ul>",
        &format!("{quotes}<pre>x\n  y</pre>z<ul><li>w"),
        "<ul><li>a<pre>b\n\n\nc</pre></ul><pre>    d\n\n</pre>",
        "<blockquote>a<p>&gt; b</blockquote><blockquote>c</blockquote>",
    ] {
        check_round(&of_one(&html(source)), source);
    }
    for source in ["- a\n\n      - b", "> > a\n> b\n\n1) x", "\\> a\n\n\\- b", "`> a`\n\n    > b"] {
        check_round(&of_one(&markdown(source)), source);
    }
}

#[test]
fn what_has_one_line_is_kept_on_one_line() {
    let mut builder = Builder::new();
    let draft = |id| Draft {
        id,
        author: Some(" A  B\u{a0}C "),
        subject: "x\ny",
        label: "\t",
        url: "http://u ",
        ..Draft::default()
    };
    builder.push(&draft(" 1 "));
    builder.push(&Draft { parent: Some("1\n"), posted_at: Some(i64::MAX), ..draft("2") });
    builder.note("one\n two");
    let posted_at = Some(i64::MIN);
    let thread = builder.finish(Story { title: " T  U".to_owned(), posted_at, ..Story::default() });
    check_round(&thread, "odd lines");
    let first = thread.get(1).expect("two comments");
    assert_eq!((first.author(), first.subject(), first.label(), first.depth()), (Some("A B C"), "x y", "", 1));
    assert_eq!((thread.story().title.as_str(), thread.story().posted_at, first.posted_at()), ("T U", None, None));
}

/// Any damage to a fixture makes another thread, or none; each goes round.
#[test]
fn a_damaged_fixture_goes_round() {
    let files = fixtures::all();
    seeds(300, |rng| {
        let (name, bytes) = rng.pick(&files);
        let alphabet = b"<>&\"'{}[]:,. \n\t0123456789-abc/\\;=#*`~_|()!\xe9";
        let damaged = rng.damage(bytes, 12, Some(alphabet));
        if let Some(thread) = thread(&damaged) {
            check_round(&thread, name);
        }
    });
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn any_body_goes_round(source in crate::markup::soup(), text in any::<String>()) {
        check_round(&of_one(&html(&source)), &source);
        check_round(&of_one(&html(&text)), &text);
    }

    #[test]
    fn any_markdown_goes_round(source in crate::markdown::soup(), text in any::<String>()) {
        check_round(&of_one(&markdown(&source)), &source);
        check_round(&of_one(&markdown(&text)), &text);
    }
}

#[test]
fn links_that_lurker_does_not_open_are_left_out_and_counted() {
    let text = r#"{"format":"lurker-thread-1","title":"T","url":"javascript:alert(1)","link":"file:///etc/passwd","comments":[
        {"id":"1","url":"data:x","text":"one two three","links":["javascript:x","https://a.example","JavaScript:y"],
         "marks":[["link",0,3,0],["link",4,7,1],["link",8,13,2]]}]}"#;
    let thread = thread(text.as_bytes()).expect("a thread");
    let body = thread.get(0).expect("a comment").body().to_text();
    assert_eq!(body.links, ["https://a.example"]);
    assert_eq!(body.marks.iter().map(|mark| (mark.start, mark.end)).collect::<Vec<_>>(), [(4, 7)]);
    assert_eq!(thread.story().link.clone() + &thread.story().url + thread.get(0).expect("one").url(), "");
    let left_out = [
        "left out: 5 addresses of another kind than http, https and mailto",
        "left out: 2 marks that do not fit their texts",
    ];
    assert_eq!(thread.notes(), left_out);
    check_round(&thread, text);
}

#[test]
fn a_link_that_is_not_marked_stays_so() {
    for text in [
        r#""text":"see https://a.example","links":["https://a.example"],"marks":[]"#,
        r#""text":"","links":["https://a"]"#,
    ] {
        let file = format!(r#"{{"format":"lurker-thread-1","comments":[{{"id":"1",{text}}}]}}"#);
        let thread = thread(file.as_bytes()).expect("a thread");
        assert_eq!(thread.get(0).expect("a comment").body().marks, []);
        check_round(&thread, &file);
    }
}

#[test]
fn marks_over_the_end_of_a_line_are_left_out_and_counted() {
    let text = r#"{"format":"lurker-thread-1","comments":[{"id":"1","verbatim":"one\n\ntwo","links":["https://a.example"],
        "marks":[["strong",0,5],["emphasis",1,7],["link",0,8,0],["quote",3,8],["literal",3,5]]}]}"#;
    let thread = thread(text.as_bytes()).expect("a thread");
    let body = thread.get(0).expect("a comment").body().to_text();
    let kinds = body.marks.iter().map(|mark| (mark.start, mark.end, mark.kind)).collect::<Vec<_>>();
    assert_eq!(kinds, [(0, 3, MarkKind::Strong), (5, 8, MarkKind::Quote)]);
    assert_eq!(thread.notes(), ["left out: 3 marks that do not fit their texts"]);
    check_round(&thread, text);
}

#[test]
fn marks_that_lie_over_others_are_left_out_and_counted() {
    let marks = (0..1000).map(|end| format!(r#"["strong",0,{}],["link",0,{},0]"#, end + 1, end + 1));
    let marks: Vec<String> = marks.collect();
    let text = format!(
        r#"{{"format":"lurker-thread-1","comments":[{{"id":"1","text":"{}","links":["http://a"],"marks":[{},["emphasis",0,1]]}}]}}"#,
        "x".repeat(1000),
        marks.join(",")
    );
    let thread = thread(text.as_bytes()).expect("a thread");
    assert_eq!(thread.get(0).expect("a comment").body().marks.len(), 3);
    assert_eq!(thread.notes(), ["left out: 1998 marks that do not fit their texts"]);
}

#[test]
fn only_the_files_own_key_makes_it_of_the_format() {
    let said = |text: &str| {
        format!(
            r#"{{"id":1,"type":"story","title":"T","author":"a","created_at_i":1,"points":3,"children":[
            {{"id":2,"type":"comment","author":"b","created_at_i":2,"text":"{text}","parent_id":1,"story_id":1,"children":[]}}]}}"#
        )
    };
    for text in ["I read lurker-thread-1 files", "I read lurker-stories-1 files", r#"{\"format\":\"lurker-thread-1\"}"#]
    {
        let thread = thread(said(text).as_bytes()).expect("a thread");
        assert_eq!((thread.story().site.as_str(), thread.len()), ("hn", 1), "{text}");
        assert!(thread.get(0).is_some_and(|comment| comment.body().plain.contains("lurker-")), "{text}");
    }
    let last = r#"{"comments":[{"id":"1","text":"a"}],"format":"lurker-thread-1","title":"T"}"#;
    assert_eq!(thread(last.as_bytes()).map(|thread| thread.len()), Some(1));
}

#[test]
fn values_of_another_type_are_counted_wherever_they_stand() {
    for (file, expected) in [
        (r#"{"format":"lurker-thread-1","title":"T","comments":{"id":"1"}}"#, 1),
        (r#"{"format":"lurker-thread-1","title":"T","site":[1],"fortune":[1],"comments":[{"id":"1"}]}"#, 2),
        (r#"{"format":"lurker-thread-1","title":"T","notes":"x","archived":1,"comments":[{"id":"1","op":1}]}"#, 3),
    ] {
        let word = if expected == 1 { "value" } else { "values" };
        let note = format!("left out: {expected} {word} of another type than the format has");
        assert_eq!(thread(file.as_bytes()).expect("a thread").notes(), [note], "{file}");
    }
}
