//! Every format is told from every other, and every file is parsed once.

use serde_json::json;

use super::{CAPTURE, native, read};
use crate::site::{Content, Format, SITES, Sample, parse_count};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/", $name))
    };
}

const OWN: &[u8] = br#"{"format":"lurker-thread-1","title":"T","comments":[{"id":"1","text":"One"}]}"#;

/// Files, and the format that each has.
const FILES: &[(&[u8], &str)] = &[
    (fixture!("slashdot/story-2026.html"), "a story's page of Slashdot"),
    (fixture!("slashdot/story-2013.html"), "a story's page of Slashdot"),
    (fixture!("slashdot/ajax-2026.txt"), "comments from Slashdot's ajax.pl"),
    (fixture!("slashdot/copied-2023.txt"), "the copied text of a story's page of Slashdot"),
    (fixture!("slashdot/story-2007.html"), "a story's page of Slashdot"),
    (fixture!("slashdot/front-2010.html"), "a page of Slashdot with stories"),
    (fixture!("slashdot/front-2015.html"), "a page of Slashdot with stories"),
    (fixture!("slashdot/front-2023.html"), "a page of Slashdot with stories"),
    (fixture!("slashdot/feed.rss"), "a feed of Slashdot"),
    (fixture!("slashdot/feed.rdf"), "a feed of Slashdot"),
    (fixture!("slashdot/feed.atom"), "a feed of Slashdot"),
    (fixture!("slashdot/feed-broken.rss"), "a feed of Slashdot"),
    (fixture!("hackernews/algolia-old.json"), "a discussion of Hacker News"),
    (fixture!("hackernews/items.jsonl"), "a discussion of Hacker News"),
    (fixture!("hackernews/poll.jsonl"), "a discussion of Hacker News"),
    (fixture!("hackernews/algolia-comment.json"), "a discussion of Hacker News"),
    (fixture!("hackernews/search.json"), "a list of Hacker News"),
    (fixture!("hackernews/records.json"), "a list of Hacker News"),
    (b"[502,\n503]", "a list of Hacker News"),
    (fixture!("hackernews/item-2012.html"), "a page of Hacker News"),
    (fixture!("hackernews/item-2014-complete.html"), "a page of Hacker News"),
    (fixture!("hackernews/item-2016.html"), "a page of Hacker News"),
    (fixture!("hackernews/item-2026.html"), "a page of Hacker News"),
    (fixture!("hackernews/more-2012.html"), "a page of Hacker News"),
    (fixture!("hackernews/permalink-2022.html"), "a page of Hacker News"),
    (fixture!("hackernews/newest-2011.html"), "a page of Hacker News with a list"),
    (fixture!("hackernews/news-2022.html"), "a page of Hacker News with a list"),
    (fixture!("lobsters/story-2019.json"), "a story of Lobsters"),
    (fixture!("lobsters/story-2026.json"), "a story of Lobsters"),
    (fixture!("lobsters/newest-2019.json"), "a list of Lobsters"),
    (fixture!("lobsters/hottest-2026.json"), "a list of Lobsters"),
    (fixture!("lemmy/comments-v3.json"), "comments of Lemmy"),
    (fixture!("lemmy/comments-v4.json"), "comments of Lemmy"),
    (fixture!("lemmy/post-v3.json"), "comments of Lemmy"),
    (fixture!("lemmy/post-v4.json"), "comments of Lemmy"),
    (fixture!("lemmy/person-v3.json"), "comments of Lemmy"),
    (fixture!("lemmy/posts-v3.json"), "a list of Lemmy"),
    (fixture!("lemmy/posts-v4.json"), "a list of Lemmy"),
    (fixture!("reddit/thread.json"), "comments of Reddit"),
    (fixture!("reddit/stream.json"), "comments of Reddit"),
    (fixture!("reddit/permalink.json"), "comments of Reddit"),
    (fixture!("reddit/list.json"), "a list of Reddit"),
    (fixture!("reddit/thread.atom"), "the feed of a thread of Reddit"),
    (fixture!("reddit/list.atom"), "a feed of Reddit"),
    (fixture!("reddit/search.atom"), "a feed of Reddit"),
    (fixture!("discourse/topic-2013.json"), "a topic of Discourse"),
    (fixture!("discourse/topic-2026.json"), "a topic of Discourse"),
    (fixture!("discourse/posts-2026.json"), "a topic of Discourse"),
    (fixture!("discourse/latest-2026.json"), "a list of Discourse"),
    (fixture!("discourse/search-2026.json"), "a list of Discourse"),
    (fixture!("lobsters/story-2026.html"), "a page of Lobsters"),
    (fixture!("lobsters/hottest-2015.html"), "a page of Lobsters with a list"),
    (fixture!("lemmy/post-2026.html"), "a page of Lemmy"),
    (fixture!("lemmy/posts-2026.html"), "a page of Lemmy with a list"),
    (fixture!("reddit/old-2019.html"), "a page of Reddit"),
    (fixture!("reddit/shreddit-2026.html"), "a page of Reddit"),
    (fixture!("reddit/old-list-2019.html"), "a page of Reddit with a list"),
    (fixture!("reddit/shreddit-list-2026.html"), "a page of Reddit with a list"),
    (fixture!("discourse/crawler-2026.html"), "a page of Discourse"),
    (fixture!("discourse/app-2026.html"), "a page of Discourse"),
    (fixture!("discourse/latest-2026.html"), "a page of Discourse with a list"),
    (OWN, "lurker's own JSON"),
    (b"{\"a\": [1]}", ""),
    (b"<html><title>slashdot</title>", ""),
    (b"<?xml version='1.0'?><rss><item><title>x</title></item></rss>", ""),
    (b"Dear diary", ""),
];

fn formats() -> Vec<&'static Format> {
    SITES.into_iter().flat_map(|site| site.formats).collect()
}

/// The titles of the formats that a file looks like.
fn told(file: &Sample<'_>) -> Vec<&'static str> {
    let is_own = native::looks_like(file) && matches!(native::read(file.bytes(), None), Ok(Some(_)));
    let own = is_own.then_some("lurker's own JSON");
    own.into_iter().chain(formats().into_iter().filter(|format| (format.is)(file)).map(|format| format.title)).collect()
}

#[test]
fn each_format_is_told_from_every_other() {
    for (bytes, title) in FILES {
        let expected: Vec<&str> = Some(*title).into_iter().filter(|title| !title.is_empty()).collect();
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        for marked in [bytes.to_vec(), [b"\xEF\xBB\xBF \n", *bytes].concat()] {
            assert_eq!(told(&Sample::of(&marked)), expected, "{start}");
        }
    }
    for format in formats() {
        assert!(FILES.iter().any(|(_, title)| *title == format.title), "no file of the format {}", format.title);
    }
}

#[test]
fn a_captured_answer_has_an_address_of_the_web_or_none() {
    let page = "https://slashdot.org/story/26/10/06/1512247/lamps";
    let moved = "https://hardware.slashdot.org/story/26/10/06/1512247/lamps";
    for (answered, expected) in [(moved, moved), (page, page), ("s", page), ("https\":x", page), ("javascript:x", page)]
    {
        let body = "<ul id=commentlisting><li id=tree_1></ul><title>Lamps</title>";
        let lines = [
            json!({"format": CAPTURE, "target": page}),
            json!({"request": {"url": page}, "answer": {"status": 200, "url": answered, "body": body}}),
        ];
        let file = lines.map(|line| line.to_string()).join("\n");
        let Ok(Content::Thread(thread)) = read(file.as_bytes(), None) else { unreachable!("{answered} is a thread") };
        assert_eq!(thread.story().url, expected);
    }
}

#[test]
fn a_file_is_parsed_once() {
    for (bytes, title) in FILES.iter().filter(|(_, title)| !title.is_empty()) {
        parse_count::take();
        read(bytes, None).unwrap_or_else(|error| unreachable!("{title}: {error}"));
        let whole = parse_count::take().into_iter().filter(|length| length + 4 > bytes.len()).count();
        assert_eq!(whole, usize::from(!title.starts_with("the copied text")), "{title}");
    }
}

#[test]
fn what_no_format_names_is_not_parsed() {
    // Of a page, the head is read for the words of the refusal.
    for (bytes, parsed) in [(&b"{\"a\": [1]}"[..], 0), (b"[[]]", 0), (b"<html><title>x</title>", 1), (b"Dear diary", 0)]
    {
        parse_count::take();
        assert!(read(bytes, None).is_err());
        assert_eq!(parse_count::take().len(), parsed);
    }
}
