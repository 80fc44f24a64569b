//! Saved answers of Hacker News: discussions and lists, from both services, whole and damaged.

use crate::support::corpus;
use crate::support::random::config;
use corpus::corpus;
use lurker::model::{Comment, Listing, MarkKind, ScoreKind, State, Thread};
use lurker::site::Sample;
use lurker::site::{Content, hackernews, saved};
use proptest::prelude::*;
use serde_json::{Value, json};

const ITEMS: &str = include_str!("../fixtures/hackernews/items.jsonl");
const OLD: &[u8] = include_bytes!("../fixtures/hackernews/algolia-old.json");
const SEARCH: &[u8] = include_bytes!("../fixtures/hackernews/search.json");
const COMMENT: &[u8] = include_bytes!("../fixtures/hackernews/algolia-comment.json");
const RECORDS: &[u8] = include_bytes!("../fixtures/hackernews/records.json");

fn thread(bytes: &[u8]) -> Thread {
    match saved::read(bytes, None).expect("it can be read") {
        Content::Thread(thread) => *thread,
        Content::List(listing) => unreachable!("{listing:?}"),
    }
}

fn list(bytes: &[u8]) -> Listing {
    match saved::read(bytes, None).expect("it can be read") {
        Content::List(listing) => *listing,
        Content::Thread(thread) => unreachable!("{thread:?}"),
    }
}

fn comments(thread: &Thread) -> Vec<&str> {
    thread.iter().map(Comment::id).collect()
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the thread")
}

fn stories(listing: &Listing) -> Vec<&str> {
    listing.entries.iter().map(|entry| entry.id.as_str()).collect()
}

#[test]
fn a_story_and_its_comments_in_the_order_of_the_site() {
    let thread = thread(ITEMS.as_bytes());
    let story = thread.story();
    assert_eq!((story.site.as_str(), story.id.as_str()), ("hn", "100"));
    assert_eq!(story.url, "https://news.ycombinator.com/item?id=100");
    assert_eq!((story.title.as_str(), story.author.as_str()), ("Ask HN: Which garden & why?", "gardener"));
    assert_eq!(story.text.plain, "Mine is a \"walled\" one.\n\nYours?");
    assert_eq!((story.score, story.score_kind, story.score_range), (Some(42), ScoreKind::Estimate, Some((-1, 5))));
    assert_eq!((story.stated_comments, story.posted_at), (Some(6), Some(1_700_000_000)));
    assert_eq!((story.thresholds, story.link.as_str()), ((None, None), ""));
    assert_eq!(comments(&thread), ["103", "104", "105", "106", "101", "102", "107", "108", "110", "112"]);
    let ada = comment(&thread, "101");
    assert_eq!((ada.author(), ada.url()), (Some("ada"), "https://news.ycombinator.com/item?id=101"));
    assert_eq!(ada.body().links().next(), Some("https://garden.example/a&b"));
    assert!(ada.body().marks.iter().any(|mark| mark.kind == MarkKind::Quote));
    let reply = comment(&thread, "102");
    assert!(reply.flags().op && reply.depth() == 1 && reply.body().plain.ends_with("wall(3);"));
}

#[test]
fn what_is_gone_keeps_its_place() {
    let thread = thread(ITEMS.as_bytes());
    for (id, state, text, score) in [
        ("103", State::Live, "A roof garden.", 1),
        ("104", State::Deleted, "", 1),
        ("106", State::Deleted, "", 0),
        ("107", State::Dead, "[flagged]", -1),
        ("108", State::Live, "Still alive down here.", 1),
        ("110", State::Dead, "[dead]", -1),
        ("112", State::Missing, "", 0),
    ] {
        let comment = comment(&thread, id);
        assert_eq!((comment.state(), comment.body().plain, comment.score()), (state, text, Some(score)), "{id}");
    }
    assert_eq!(comment(&thread, "104").author(), None);
}

#[test]
fn algolia_as_it_once_was_and_with_what_it_may_lack() {
    let thread = thread(OLD);
    assert_eq!(comments(&thread), ["301", "302", "303", "304"]);
    let first = comment(&thread, "301");
    assert_eq!((first.body().plain, first.posted_at()), ("First.\n\nSecond.", Some(1_241_172_300)));
    assert_eq!((first.score(), first.author()), (Some(0), Some("ada")));
    assert_eq!(comment(&thread, "302").state(), State::Deleted);
    assert_eq!((thread.story().score, thread.story().stated_comments), (Some(17), None));
}

#[test]
fn a_comment_heads_its_own_thread() {
    let thread = thread(COMMENT);
    assert_eq!((thread.story().title.as_str(), comments(&thread)), ("Comment by ada", vec!["617", "1079", "4544"]));
    assert_eq!(comment(&thread, "617").body().plain, "Moss likes 'old' walls.");
    assert!(thread.notes().is_empty(), "{:?}", thread.notes());
}

#[test]
fn search_hits_of_one_story_are_a_thread() {
    let hit = |id: u64, parent: u64, story: u64| {
        json!({"objectID": id.to_string(), "author": "ada", "comment_text": format!("Words of {id}"), "parent_id": parent,
            "story_id": story, "story_title": "Moss &amp; more", "created_at_i": 1000 + id, "_tags": ["comment"]})
    };
    let search = json!({"hits": [hit(12, 11, 10), hit(11, 10, 10), hit(13, 10, 10)], "nbHits": 3}).to_string();
    let thread = thread(search.as_bytes());
    assert_eq!((thread.story().title.as_str(), comments(&thread)), ("Moss & more", vec!["11", "12", "13"]));
    let mixed = json!({"hits": [hit(12, 11, 10), hit(21, 20, 20)]}).to_string();
    let error = hackernews::read_saved(&Sample::of(mixed.as_bytes())).expect_err("two stories");
    assert!(error.to_string().contains("search results"));
}

#[test]
fn noise_is_refused() {
    for noise in ["", "{}", "[]", "null", "{\"children\":[]}", "<html>", "{\"hits\":[]}", "[[[[", "\u{0}"] {
        assert!(hackernews::read_saved(&Sample::of(noise.as_bytes())).is_err(), "{noise}");
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn other_sites_files_are_left_alone() {
    for name in [
        "lobsters/s-tdfoqh-2025-02.json",
        "reddit/flags/newest-format-2025-10.json",
        "discourse/discourse_api-topic.json",
    ] {
        let bytes = corpus(name);
        assert!(!hackernews::looks_like(&Sample::of(&bytes)), "{name}");
    }
}

#[test]
fn saved_lists() {
    let hits = list(SEARCH);
    assert_eq!((stories(&hits), &hits.next, hits.notes.len()), (vec!["501", "502", "503", "507"], &None, 0));
    assert_eq!((hits.heading.title.as_str(), hits.heading.target.as_str()), ("Hacker News: a saved list", ""));
    let numbers = list(b" [502,\n503]");
    assert_eq!((stories(&numbers), numbers.entries[0].title.as_str()), (vec!["502", "503"], "Item 502"));
    assert_eq!(numbers.notes, ["The file holds only the numbers of the stories; open one to see what it is"]);
    let cut = list(b"[502,503,50");
    assert_eq!((stories(&cut), cut.notes.len()), (vec!["502", "503"], 2));
    let comment = |story: u64| json!({"objectID": "700", "comment_text": "x", "story_id": story, "created_at_i": 1, "_tags": ["comment"]});
    let story = json!({"objectID": "501", "title": "Walls", "created_at_i": 1, "_tags": ["story"]});
    let mixed = list(json!({"hits": [comment(9), story, comment(501)]}).to_string().as_bytes());
    assert_eq!(
        (stories(&mixed), mixed.notes.clone()),
        (vec!["501"], vec!["Comments among the stories, which are left out: 2".to_owned()])
    );
    assert_eq!(thread(json!({"hits": [story, comment(501)]}).to_string().as_bytes()).len(), 1);
    for other in
        ["[]", "[1,null]", "[-1]", "[1.5,\"x\"]", "[0]", "{\"hits\":[]}", "[[1]]", "", "<p>\"hits\" \"objectID\""]
    {
        assert!(!hackernews::looks_like_list(&Sample::of(other.as_bytes())), "{other}");
        assert!(hackernews::read_saved_list(&Sample::of(other.as_bytes())).is_err(), "{other}");
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_discussions_are_whole() {
    for (name, count) in
        [("firebase-tree-43731168.jsonl", 147), ("algolia-shaped-43731168.json", 146), ("algolia-items-17.json", 3)]
    {
        let bytes = corpus(&format!("hackernews/{name}"));
        let thread = thread(&bytes);
        assert_eq!((thread.len(), thread.notes().len()), (count, 0), "{name}");
        assert!(thread.iter().all(|comment| comment.body().plain.is_empty() == (comment.state() == State::Deleted)));
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn a_captured_comment_heads_its_own_thread() {
    let thread = thread(&corpus("hackernews/algolia-items-17.json"));
    assert_eq!((thread.story().title.as_str(), comments(&thread)), ("Comment by pg", vec!["17", "1079", "454426"]));
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_numbers_of_stories_are_a_list() {
    let listing = list(&corpus("hackernews/firebase-newstories-2025-04.json"));
    assert_eq!((listing.entries.len(), listing.notes.len()), (500, 1));
    assert_eq!(listing.entries[0].url, "https://news.ycombinator.com/item?id=43733061");
}

#[test]
fn a_file_of_many_answers_is_a_list_of_their_stories_and_each_of_them_can_be_read() {
    let records = [("a", SEARCH), ("b", SEARCH)]
        .map(|(url, reply)| json!({"url": url, "reply": serde_json::from_slice::<Value>(reply).expect("JSON")}));
    let own = list(json!(records).to_string().as_bytes());
    assert_eq!(own.entries, list(SEARCH).entries, "each story once");
    assert!(own.notes.iter().any(|note| note.starts_with("The file holds 2 answers")), "{:?}", own.notes);
    // The stories and the poll; a comment's story is no more than its title.
    let mixed = list(RECORDS);
    assert_eq!(stories(&mixed), ["801", "804"]);
    let (lists, contents) = answers_of(RECORDS);
    // The one that is left is a user.
    assert_eq!((lists, contents), (2, 4));
    let none = json!([{"url": "a", "karma": 3}, {"url": "b", "karma": 4}]).to_string();
    let says = saved::read(none.as_bytes(), Some("hn")).map(|_| ()).expect_err("no stories").to_string();
    assert_eq!(says, "these are 2 records of karma, url, and not one answer of Hacker News");
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_records_are_a_list_and_each_of_them_can_be_read() {
    let bytes = corpus("hackernews/algolia-fixtures-2019.json");
    assert_eq!(list(&bytes).entries.len(), 13);
    // The one that is left is a user.
    assert_eq!(answers_of(&bytes), (18, 25));
}

/// How many of the answers in a file are lists of one story, and how many can be read at all.
fn answers_of(records: &[u8]) -> (usize, usize) {
    let records: Value = serde_json::from_slice(records).expect("JSON");
    let replies = records.as_array().expect("a list").iter().map(|record| record["reply"].to_string());
    let contents: Vec<Content> = replies.filter_map(|reply| saved::read(reply.as_bytes(), None).ok()).collect();
    let is_of_one = |content: &&Content| matches!(content, Content::List(listing) if listing.entries.len() == 1);
    (contents.iter().filter(is_of_one).count(), contents.len())
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn any_bytes_are_survived(cut in 0..2000_usize, place in 0..2000_usize, byte: u8) {
        for whole in [SEARCH, b"[501,502,503]"] {
            let mut bytes = whole[..cut.min(whole.len())].to_vec();
            if let Some(at) = bytes.get_mut(place) {
                *at = byte;
            }
            _ = hackernews::looks_like_list(&Sample::of(&bytes));
            if let Ok(listing) = hackernews::read_saved_list(&Sample::of(&bytes)) {
                prop_assert!(listing.entries.iter().all(|entry| !entry.title.contains(char::is_control)));
            }
        }
    }
}
