//! Documents of sites, of lurker's own form, and captures: whatever is read is clean, goes round and is not blown up.

use lurker::model::{Comment, Listing, MarkKind, TextRef, Thread};
use lurker::print::{self, TextOptions};
use lurker::shell::source::DEMO;
use lurker::site::{self, Content, Request, Sites, saved};
use lurker::view::Selection;
use serde_json::{Value, json};

use super::engine::shape;
use crate::support::texts::is_forbidden;
use crate::support::{fixtures, schema, texts};
use crate::thread_format;

const SCHEMA: &str = include_str!("../docs/thread-format.schema.json");
/// The most bytes that something in an input may unpack to.
pub(super) const UNPACKED: usize = 4 << 20;
const NOW: i64 = 1_791_474_000;

/// The fixtures whose names begin with one of these, or end with what stands behind a `*`.
pub(super) fn fixtures(names: &[&str]) -> Vec<Vec<u8>> {
    let is = |own: &str| {
        names.iter().any(|name| match name.split_once('*') {
            Some((folder, ending)) => own.starts_with(folder) && own.ends_with(ending),
            None => own.starts_with(name),
        })
    };
    fixtures::all().into_iter().filter(|(name, _)| is(name)).map(|(_, bytes)| bytes).collect()
}

/// Reads what is said to be of a site.
pub(super) fn check(bytes: &[u8], site: &str) -> u64 {
    content(saved::read_within(bytes, Some(site), UNPACKED), bytes.len())
}

/// Reads what may be of any.
pub(super) fn check_any(bytes: &[u8]) -> u64 {
    content(saved::read_within(bytes, None, UNPACKED), bytes.len())
}

/// What holds of whatever was read of so many bytes.
pub(super) fn content(read: Result<Content, site::LoadError>, bytes: usize) -> u64 {
    // Prints have a frame of their own; the rest comes of the input.
    let most = 20 * bytes + (1 << 16);
    match read {
        Ok(Content::Thread(thread)) => {
            let (shape, size) = (check_thread(&thread), sizes(&thread));
            assert!(size <= most, "{size} bytes are printed of {bytes}");
            shape
        }
        Ok(Content::List(list)) => check_list(&list, most),
        Err(error) => {
            assert_clean(&error.to_string());
            shape(without_numbers(&error.to_string()))
        }
    }
}

/// The length of the longest print.
fn sizes(thread: &Thread) -> usize {
    let options = TextOptions { width: 80, colour: false, ascii: false, now: NOW };
    let mut out = [Vec::new(), Vec::new()];
    let [text, markdown] = &mut out;
    print::text(thread, &Selection::default(), options, text).expect("a vector takes all");
    print::markdown(thread, &Selection::default(), markdown).expect("a vector takes all");
    out.iter().map(Vec::len).max().unwrap_or(0).max(thread_format::json(thread).len())
}

/// What holds of every thread, wherever it comes from.
pub(super) fn check_thread(thread: &Thread) -> u64 {
    thread_format::check_round(thread, "read again from its JSON");
    texts::check(&thread.story().text);
    let story = thread.story();
    for line in
        [&story.title, &story.author, &story.url, &story.link, &story.department].into_iter().chain(thread.notes())
    {
        assert_clean(line);
    }
    for comment in thread.iter() {
        texts::check(&comment.body().to_text());
        let lines = [comment.id(), comment.author_id(), comment.label(), comment.subject(), comment.url()];
        lines.into_iter().for_each(assert_clean);
        assert_clean(comment.author().unwrap_or_default());
    }
    let shape = thread_shape(thread);
    // Reading the schema's patterns takes longer than all else.
    if shape.is_multiple_of(16) {
        let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
        let value = serde_json::from_str(&thread_format::json(thread)).expect("JSON");
        assert_eq!(schema::faults(&schema, &value), Vec::<String>::new());
    }
    shape
}

fn check_list(list: &Listing, most: usize) -> u64 {
    let options = TextOptions { width: 80, colour: false, ascii: false, now: NOW };
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    let [text, markdown, json] = &mut out;
    print::stories_text(list, options, text).expect("a vector takes all");
    print::stories_markdown(list, NOW, markdown).expect("a vector takes all");
    print::stories_json(list, json).expect("a vector takes all");
    for print in out {
        assert!(print.len() <= most, "a list is printed with {} bytes", print.len());
        assert_clean(std::str::from_utf8(&print).expect("prints are UTF-8"));
    }
    let facts = list.entries.iter().map(|entry| {
        (
            entry.score.is_some(),
            entry.posted_at.is_some(),
            entry.comments.is_some(),
            entry.author.is_empty(),
            entry.link.is_empty(),
        )
    });
    let facts: std::collections::BTreeSet<_> = facts.collect();
    shape(("list", magnitude(list.entries.len()), notes(&list.notes), facts))
}

pub(super) fn assert_clean(text: &str) {
    assert!(!text.contains(is_forbidden), "{text:?}");
}

fn magnitude(count: usize) -> u32 {
    count.checked_ilog2().unwrap_or(u32::MAX)
}

fn without_numbers(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).take(60).collect()
}

fn notes(notes: &[String]) -> Vec<String> {
    notes.iter().map(|note| without_numbers(note)).take(8).collect()
}

/// The kinds of what is in a thread, and about how many there are.
fn thread_shape(thread: &Thread) -> u64 {
    let story = thread.story();
    let head = (
        story.title.is_empty(),
        story.author.is_empty(),
        story.posted_at.is_some(),
        story.score.is_some(),
        story.stated_comments.is_some(),
    );
    let depth = thread.iter().map(Comment::depth).max().map_or(0, |depth| magnitude(depth as usize));
    let mut kinds: Vec<u64> = thread
        .iter()
        .map(|comment| {
            let facts = (
                comment.author().is_some(),
                comment.score().is_some(),
                comment.posted_at().is_some(),
                comment.label().is_empty(),
            );
            shape((
                facts,
                format!("{:?}", comment.state()),
                format!("{:?}", comment.flags()),
                text_shape(comment.body()),
            ))
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.truncate(4);
    shape((head, magnitude(thread.len() as usize), depth, notes(thread.notes()), kinds))
}

/// The kinds of marks of a text.
pub(super) fn text_shape(text: TextRef<'_>) -> u64 {
    let mut kinds: Vec<String> = text
        .marks
        .iter()
        .map(|mark| match mark.kind {
            MarkKind::Link(_) => "link".to_owned(),
            kind => format!("{kind:?}"),
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    shape((kinds, magnitude(text.plain.len()) / 3, text.plain.contains('\n')))
}

/// Every thread of the fixtures in lurker's own form, the demo, and all that the form may have.
pub(super) fn own_form() -> Vec<Vec<u8>> {
    let threads = fixtures::all().into_iter().filter_map(|(_, bytes)| thread_format::thread(&bytes));
    let threads = threads.filter(|thread| (1..40).contains(&thread.len()));
    let mut seeds: Vec<Vec<u8>> = threads.map(|thread| thread_format::json(&thread).into_bytes()).collect();
    let marks = json!([
        ["quote", 0, 3],
        ["strong", 4, 7],
        ["spoiler", 4, 7],
        ["link", 8, 13, 0],
        ["code", 14, 17],
        ["item", 18, 23]
    ]);
    let comment = json!({"id": "1", "parent": null, "author": "ann", "author_id": "7", "score": 3, "label": "Funny",
        "subject": "S", "url": "https://a.example/1", "posted_at": "2026-01-01T00:00:00Z", "state": "deleted",
        "text": "> one\n\ntwo three\n\n    x\n\n- item", "links": ["https://a.example/"], "marks": []});
    let marked = json!({"id": "2", "parent": "1", "text": "one two three\ncod\n- ite", "verbatim": "one two three\ncod\n- ite",
        "links": ["https://a.example/"], "marks": marks});
    seeds.push(
        json!({"format": "lurker-thread-1", "title": "T", "comments": [comment, marked]}).to_string().into_bytes(),
    );
    seeds.push(DEMO.to_vec());
    for seed in &mut seeds {
        seed.truncate(24_000);
    }
    seeds
}

/// What is opened for the captures.
const TARGETS: [(&str, &str); 12] = [
    ("slashdot", "https://slashdot.org/story/26/10/06/1512247/lamps"),
    ("slashdot", "slashdot"),
    ("hackernews", "hn:1"),
    ("hackernews", "hn"),
    ("lobsters", "https://lobste.rs/s/lamps1"),
    ("lobsters", "lobsters"),
    ("lemmy", "https://lemmy.world/post/1"),
    ("lemmy", "lemmy/lemmy.world/c/rust"),
    ("reddit", "https://www.reddit.com/r/rust/comments/lamps1/x/"),
    ("reddit", "r/rust"),
    ("discourse", "https://discourse.example/t/lamps/1"),
    ("discourse", "discourse/discourse.example"),
];

/// Captures in which each request is answered by some fixture of its site.
pub(super) fn captures() -> Vec<Vec<u8>> {
    let all = fixtures::all();
    let made =
        TARGETS.iter().flat_map(|(folder, target)| (0..8).filter_map(|turn| capture(folder, target, turn, &all)));
    let captures: Vec<Vec<u8>> = made.collect();
    assert!(captures.len() > 60, "{} captures", captures.len());
    captures
}

fn capture(folder: &str, target: &str, turn: usize, all: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let bodies: Vec<&[u8]> =
        all.iter().filter(|(name, _)| name.starts_with(folder)).map(|(_, bytes)| bytes.as_slice()).collect();
    let mut lines = vec![json!({"format": "lurker-capture-1", "target": target}).to_string()];
    let mut answer = |request: &Request, number: usize| {
        let body = String::from_utf8_lossy(bodies[(turn * 3 + number) % bodies.len()]).into_owned();
        lines.push(json!({"request": {"url": request.url, "form": request.form}, "answer": {"status": 200, "url": request.url, "body": body}}).to_string());
        site::Answer { status: 200, url: request.url.clone(), body: body.into_bytes(), ..site::Answer::default() }
    };
    match site::parse(target, &Sites::default())?.ok()? {
        site::Target::Thread(thread) => load(thread.loader(), &mut answer),
        site::Target::List(list) => load(list.loader(None), &mut answer),
    }
    // Lines after the first are `serde_json`'s own, whose keys are in order; the first must begin with its format.
    let mut bytes = lines.join("\n").into_bytes();
    bytes.truncate(40_000);
    Some(bytes)
}

fn load<T>(mut loader: Box<dyn site::Loader<T>>, answer: &mut dyn FnMut(&Request, usize) -> site::Answer) {
    let mut number = 0;
    while number < 6 {
        let requests = loader.next();
        if requests.is_empty() {
            break;
        }
        for request in requests {
            let answer = answer(&request, number);
            loader.answer(request.key, Ok(answer));
            number += 1;
        }
    }
}
