//! Hacker News: saved answers, and whole discussions from a simulated pair of services, one of which may be down.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lurker::model::{Comment, MarkKind, ScoreKind, State, Thread};
use lurker::site::hackernews::{self, Address, Loader, Services, recognise};
use lurker::site::value::Document;
use lurker::site::{Answer, Loader as _, Refusal, Request};
use proptest::prelude::*;
use serde_json::{Value, json};

const ITEMS: &str = include_str!("fixtures/hackernews/items.jsonl");
const POLL: &str = include_str!("fixtures/hackernews/poll.jsonl");
const OLD: &[u8] = include_bytes!("fixtures/hackernews/algolia-old.json");

/// Both services, serving these items.
struct Site {
    items: BTreeMap<u64, Value>,
    /// Algolia's trees, by the number of the item.
    trees: BTreeMap<u64, String>,
    /// What Algolia answers in place of a tree it does not have.
    algolia_status: u16,
    /// Items that Firebase fails on, with this status.
    broken: BTreeMap<u64, u16>,
    /// Every body is cut to this many thousandths of its length.
    cut: usize,
    requests: usize,
    most_in_flight: usize,
}

impl Site {
    fn of(lines: &str) -> Self {
        let items = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("an item"));
        Self {
            items: items.map(|item| (item["id"].as_u64().expect("a number"), item)).collect(),
            trees: BTreeMap::new(),
            algolia_status: 404,
            broken: BTreeMap::new(),
            cut: 1000,
            requests: 0,
            most_in_flight: 0,
        }
    }

    fn with_tree(mut self, id: u64, tree: impl Into<String>) -> Self {
        self.trees.insert(id, tree.into());
        self
    }

    /// Algolia's tree of an item in the order of the numbers; dead and deleted items go with all that is below them.
    fn tree_of(&self, id: u64, story: u64) -> Value {
        let item = &self.items[&id];
        let mut kids: Vec<u64> = item["kids"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        kids.sort_unstable();
        let is_alive =
            |kid: &&u64| self.items.get(kid).is_some_and(|item| item["dead"].is_null() && item["deleted"].is_null());
        let children: Vec<Value> = kids.iter().filter(is_alive).map(|&kid| self.tree_of(kid, story)).collect();
        json!({
            "id": id, "created_at_i": item["time"], "type": item["type"], "author": item["by"], "title": item["title"],
            "url": item["url"], "text": item["text"], "points": item["score"], "parent_id": item["parent"],
            "story_id": story, "children": children, "options": [],
        })
    }

    fn respond(&mut self, url: &str) -> Answer {
        self.requests += 1;
        let (status, body) = if let Some(id) = url.strip_prefix("https://hn.algolia.com/api/v1/items/") {
            match self.trees.get(&id.parse().expect("a number")) {
                Some(tree) => (200, tree.clone()),
                None => (self.algolia_status, "<html>Sorry</html>".to_owned()),
            }
        } else {
            let id = url.strip_prefix("https://hacker-news.firebaseio.com/v0/item/").expect("a known service");
            let id = id.trim_end_matches(".json").parse().expect("a number");
            let body = self.items.get(&id).map_or("null".to_owned(), Value::to_string);
            (self.broken.get(&id).copied().unwrap_or(200), body)
        };
        let end = body.len() * self.cut / 1000;
        Answer { status, url: url.to_owned(), body: body.as_bytes()[..end].to_vec(), ..Answer::default() }
    }

    /// Drives a loader to its end; `pick` chooses which of the waiting requests is answered next.
    fn load_picking(&mut self, target: &str, mut pick: impl FnMut(usize) -> usize) -> Loader {
        let mut loader = Loader::new(address(target));
        let mut waiting: Vec<Request> = Vec::new();
        loop {
            waiting.extend(loader.next());
            self.most_in_flight = self.most_in_flight.max(waiting.len());
            if waiting.is_empty() {
                return loader;
            }
            let request = waiting.swap_remove(pick(waiting.len()) % waiting.len());
            let answer = self.respond(&request.url);
            loader.answer(request.key, Ok(answer));
            _ = loader.snapshot();
        }
    }

    fn load(&mut self, target: &str) -> Result<Thread, Refusal> {
        self.load_picking(target, |_| 0).snapshot()
    }
}

fn address(target: &str) -> Address {
    recognise(target, &Services::default()).expect("an address")
}

fn saved(bytes: &[u8]) -> Thread {
    assert!(hackernews::looks_like(bytes));
    hackernews::read_saved(bytes).expect("a thread")
}

fn ids(thread: &Thread) -> Vec<&str> {
    thread.iter().map(Comment::id).collect()
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the thread")
}

#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn corpus(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/hackernews").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    bytes
}

#[test]
fn a_story_and_its_comments_in_the_order_of_the_site() {
    let thread = saved(ITEMS.as_bytes());
    let story = thread.story();
    assert_eq!((story.site.as_str(), story.id.as_str()), ("hn", "100"));
    assert_eq!(story.url, "https://news.ycombinator.com/item?id=100");
    assert_eq!((story.title.as_str(), story.author.as_str()), ("Ask HN: Which garden & why?", "gardener"));
    assert_eq!(story.text.plain, "Mine is a \"walled\" one.\n\nYours?");
    assert_eq!((story.score, story.score_kind, story.score_range), (Some(42), ScoreKind::Activity, Some((-1, 5))));
    assert_eq!((story.stated_comments, story.posted_at), (Some(6), Some(1_700_000_000)));
    assert_eq!((story.thresholds, story.link.as_str()), ((None, None), ""));
    assert_eq!(ids(&thread), ["103", "104", "105", "101", "102", "107", "108", "110", "112"]);
    let ada = comment(&thread, "101");
    assert_eq!((ada.author(), ada.url()), (Some("ada"), "https://news.ycombinator.com/item?id=101"));
    assert_eq!(ada.body().links().next(), Some("https://garden.example/a&b"));
    assert!(ada.body().marks.iter().any(|mark| mark.kind == MarkKind::Quote));
    let reply = comment(&thread, "102");
    assert!(reply.flags().op && reply.depth() == 1 && reply.body().plain.ends_with("wall(3);"));
}

#[test]
fn what_is_gone_stays_where_something_lives_below_it() {
    let thread = saved(ITEMS.as_bytes());
    for (id, state, text, score) in [
        ("103", State::Live, "A roof garden.", 1),
        ("104", State::Deleted, "", 1),
        ("107", State::Dead, "[flagged]", -1),
        ("108", State::Live, "Still alive down here.", 0),
        ("110", State::Dead, "[dead]", -1),
        ("112", State::Missing, "", 0),
    ] {
        let comment = comment(&thread, id);
        assert_eq!((comment.state(), comment.body().plain, comment.score()), (state, text, Some(score)), "{id}");
    }
    assert_eq!(thread.find("106"), None);
    assert_eq!(comment(&thread, "104").author(), None);
}

#[test]
fn algolia_as_it_once_was_and_with_what_it_may_lack() {
    let thread = saved(OLD);
    assert_eq!(ids(&thread), ["301", "302", "303"]);
    let first = comment(&thread, "301");
    assert_eq!((first.body().plain, first.posted_at()), ("First.\n\nSecond.", Some(1_241_172_300)));
    assert_eq!((first.score(), first.author()), (Some(0), Some("ada")));
    assert_eq!(comment(&thread, "302").state(), State::Deleted);
    assert_eq!((thread.story().score, thread.story().stated_comments), (Some(17), None));
}

#[test]
fn a_poll_lists_its_choices() {
    let expected = "Vote:\n\n- Fork & barrow (7 points)\n- Spade (5 points)";
    assert_eq!(saved(POLL.as_bytes()).story().text.plain, expected);
    let mut site = Site::of(POLL);
    let tree = site.tree_of(200, 200).to_string();
    site.trees.insert(200, tree);
    let thread = site.load("hn:200").expect("a thread");
    assert_eq!(thread.story().text.plain, expected);
    assert_eq!((ids(&thread), site.requests), (vec!["203"], 4));
}

#[test]
fn with_both_services_two_requests_are_enough() {
    let lines = ITEMS.lines().take(3).collect::<Vec<_>>().join("\n").replace("\"descendants\":6", "\"descendants\":2");
    let site = Site::of(&lines);
    let tree = site.tree_of(100, 100).to_string();
    let mut site = site.with_tree(100, tree);
    let thread = site.load("https://news.ycombinator.com/item?id=100").expect("a thread");
    assert_eq!((ids(&thread), site.requests), (vec!["101", "102"], 2));
    assert_eq!(thread.notes(), [] as [&str; 0]);
    site.broken.insert(100, 401);
    let thread = site.load("hn:100").expect("a thread without the order");
    assert_eq!(ids(&thread), ["101", "102"]);
    assert!(thread.notes()[0].contains("own order") && thread.notes()[0].contains("refused (401)"));
}

#[test]
fn what_algolia_drops_with_a_dead_parent_comes_from_firebase() {
    let mut site = Site::of(ITEMS);
    let tree = site.tree_of(100, 100).to_string();
    site.trees.insert(100, tree);
    let thread = site.load("hn:100").expect("a thread");
    assert_eq!(ids(&thread), ["103", "101", "102", "107", "108", "110", "112"]);
    assert!(site.requests < 8, "{} requests", site.requests);
}

#[test]
fn without_algolia_every_item_is_asked_for() {
    for status in [404, 500, 403, 429, 200] {
        let mut site = Site { algolia_status: status, ..Site::of(ITEMS) };
        let thread = site.load("hn:100").expect("a thread");
        assert_eq!(ids(&thread), ids(&saved(ITEMS.as_bytes())), "{status}");
        assert_eq!(thread.notes(), ["Listed, but not there: 1 comment"]);
    }
}

#[test]
fn an_item_that_fails_is_a_comment_that_is_missing() {
    let mut site = Site::of(ITEMS);
    site.broken.insert(103, 500);
    let thread = site.load("hn:100").expect("a thread");
    assert_eq!(ids(&thread), ["103", "101", "102", "107", "108", "110", "112"]);
    assert_eq!(comment(&thread, "103").state(), State::Missing);
    assert!(thread.notes().iter().any(|note| note.contains("Could not be had: 1 comment")), "{:?}", thread.notes());
}

#[test]
fn a_permalink_leads_up_to_the_story() {
    assert_eq!(address("https://news.ycombinator.com/item?id=105").comment.as_deref(), Some("105"));
    let whole = ids_of_items();
    let mut alone = Site::of(ITEMS);
    assert_eq!(ids(&alone.load("hn:105").expect("a thread")), whole);
    let named = Site::of(ITEMS);
    let (story, comment) = (named.tree_of(100, 100).to_string(), named.tree_of(102, 100).to_string());
    let mut named = named.with_tree(100, story).with_tree(102, comment);
    let loader = named.load_picking("hn:102", |_| 0);
    let thread = loader.snapshot().expect("a thread");
    assert!(thread.story().id == "100" && thread.find("102").is_some());
    assert_eq!(comment_depth(&thread, "102"), 1);
}

fn ids_of_items() -> Vec<String> {
    ids(&saved(ITEMS.as_bytes())).into_iter().map(str::to_owned).collect()
}

fn comment_depth(thread: &Thread, id: &str) -> u32 {
    comment(thread, id).depth()
}

#[test]
fn a_comment_whose_story_cannot_be_had_heads_its_own_thread() {
    let mut site = Site::of(ITEMS);
    site.broken.insert(100, 500);
    let thread = site.load("hn:104").expect("what is below the comment's topmost ancestor");
    assert_eq!((thread.story().title.as_str(), ids(&thread)), ("Comment by bob", vec!["103", "104", "105"]));
    assert!(thread.notes().iter().any(|note| note.contains("story")), "{:?}", thread.notes());
}

#[test]
fn an_endless_walk_up_ends() {
    let items: Vec<String> = (1..=500)
        .map(|id| json!({"id": id, "by": "x", "type": "comment", "text": "y", "parent": id + 1}).to_string())
        .collect();
    let mut site = Site::of(&items.join("\n"));
    let thread = site.load("hn:1").expect("as far as it goes");
    assert_eq!(thread.len(), 101);
    let circle = r#"{"id":1,"by":"x","type":"comment","text":"y","parent":2,"kids":[2]}
{"id":2,"by":"x","type":"comment","text":"y","parent":1,"kids":[1]}"#;
    assert_eq!(Site::of(circle).load("hn:1").map(|thread| thread.len()), Ok(2));
}

#[test]
fn refusals_say_what_to_do() {
    let refusal = |mut site: Site| site.load("hn:100").expect_err("nothing is here").to_string();
    assert_eq!(refusal(Site::of("")), "Hacker News has no item 100; check the number");
    let mut busy = Site { algolia_status: 429, ..Site::of(ITEMS) };
    busy.broken.insert(100, 403);
    let line = "Hacker News could not be read: hn.algolia.com asks to slow down (429); hacker-news.firebaseio.com \
                refused (403); try again in a few minutes with r";
    assert_eq!(refusal(busy), line);
    let page = refusal(Site { algolia_status: 200, ..Site::of("") });
    assert!(page.contains("hn.algolia.com sent a web page instead of data (it begins “Sorry”)"), "{page}");
    let mut hollow = Site::of(ITEMS);
    hollow.broken = (101..120).map(|id| (id, 503)).collect();
    assert!(refusal(hollow).contains("says there are 6 comments but none could be had"));
    let mut loader = Loader::new(address("hn:100"));
    for request in loader.next() {
        loader.answer(request.key, Err(Refusal(format!("no way to {}", request.url))));
    }
    let line = loader.snapshot().expect_err("no way").to_string();
    assert!(line.contains("no way to https://hn.algolia.com") && line.contains("no way to https://hacker-news"));
}

#[test]
fn a_service_that_goes_down_is_not_asked_forever() {
    let kids: Vec<u64> = (2..3000).collect();
    let mut site = Site::of(&json!({"id": 1, "type": "story", "title": "x", "kids": kids}).to_string());
    site.broken = (2..3000).map(|id| (id, 500)).collect();
    let thread = site.load("hn:1").expect("the head");
    assert!(site.requests < 100 && site.most_in_flight == 30, "{} {}", site.requests, site.most_in_flight);
    assert!(thread.notes().iter().any(|note| note.contains("too many failures")));
}

#[test]
fn search_hits_of_one_story_are_a_thread() {
    let hit = |id: u64, parent: u64, story: u64| {
        json!({"objectID": id.to_string(), "author": "ada", "comment_text": format!("Words of {id}"), "parent_id": parent,
            "story_id": story, "story_title": "Moss &amp; more", "created_at_i": 1000 + id, "_tags": ["comment"]})
    };
    let search = json!({"hits": [hit(12, 11, 10), hit(11, 10, 10), hit(13, 10, 10)], "nbHits": 3}).to_string();
    let thread = saved(search.as_bytes());
    assert_eq!((thread.story().title.as_str(), ids(&thread)), ("Moss & more", vec!["11", "12", "13"]));
    let mixed = json!({"hits": [hit(12, 11, 10), hit(21, 20, 20)]}).to_string();
    let refusal = hackernews::read_saved(mixed.as_bytes()).expect_err("two stories");
    assert!(refusal.to_string().contains("search results"));
}

#[test]
fn depth_and_noise_are_survived() {
    const LEVELS: u64 = 200_000;
    let mut deep = r#"{"id":1,"type":"story","title":"Deep","created_at_i":1,"children":["#.to_owned();
    for id in 2..LEVELS {
        _ = write!(deep, r#"{{"id":{id},"type":"comment","author":"a","text":"t","created_at_i":1,"children":["#);
    }
    deep.push_str(&"]}".repeat(LEVELS as usize - 1));
    let thread = saved(deep.as_bytes());
    assert_eq!((u64::from(thread.len()), thread.notes().len()), (LEVELS - 2, 0));
    assert_eq!(thread.get(0).and_then(Comment::score), Some(5));
    let cut = saved(&deep.as_bytes()[..deep.len() / 2]);
    assert!(cut.len() > 50_000 && cut.notes()[0].contains("damaged at line 1"));
    for noise in ["", "{}", "[]", "null", "{\"children\":[]}", "<html>", "{\"hits\":[]}", "[[[[", "\u{0}"] {
        assert!(hackernews::read_saved(noise.as_bytes()).is_err(), "{noise}");
    }
}

#[test]
fn the_corpus_tree_with_and_without_algolia() {
    let Some(lines) = corpus("firebase-tree-43731168.jsonl") else { return };
    let Some(tree) = corpus("algolia-shaped-43731168.json") else { return };
    let lines = String::from_utf8(lines).expect("UTF-8");
    let from_file = saved(lines.as_bytes());
    assert_eq!((from_file.len(), from_file.story().stated_comments), (146, Some(145)));
    let mut alone = Site::of(&lines);
    let from_items = alone.load("hn:43731168").expect("a thread");
    assert_eq!((ids(&from_items), alone.requests), (ids(&from_file), 149));
    let mut both = Site::of(&lines).with_tree(43_731_168, String::from_utf8(tree.clone()).expect("UTF-8"));
    let from_both = both.load("hn:43731168").expect("a thread");
    assert_eq!((from_both.len(), both.requests), (146, 2));
    let top = |thread: &Thread| {
        thread.iter().filter(|comment| comment.depth() == 0).map(|comment| comment.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(top(&from_both), top(&from_items));
    assert_eq!(expected_order(&lines), ids(&from_items));
    for comment in from_both.iter() {
        let other = from_items.get(from_items.find(comment.id()).expect("in both")).expect("in both");
        assert_eq!((comment.body().plain, comment.score()), (other.body().plain, other.score()));
    }
    assert_eq!(saved(&tree).len(), 146);
}

/// Preorder by `kids`, of what is not deleted.
fn expected_order(lines: &str) -> Vec<String> {
    let site = Site::of(lines);
    let kids = |item: &Value| item["kids"].as_array().into_iter().flatten().filter_map(Value::as_u64).rev().collect();
    let mut stack: Vec<u64> = kids(&site.items[&43_731_168]);
    let mut order = Vec::new();
    while let Some(id) = stack.pop() {
        let below: Vec<u64> = kids(&site.items[&id]);
        stack.extend(below);
        if site.items[&id]["deleted"].is_null() {
            order.push(id.to_string());
        }
    }
    order
}

#[test]
fn the_other_files_of_the_corpus() {
    if let Some(bytes) = corpus("algolia-items-17.json") {
        let thread = saved(&bytes);
        assert_eq!((thread.story().title.as_str(), ids(&thread)), ("Comment by pg", vec!["17", "1079", "454426"]));
        assert_eq!(
            thread.get(0).map(|comment| comment.body().plain),
            Some("Is there anywhere to eat on Sandhill Road?")
        );
    }
    for name in ["algolia-fixtures-2019.json", "firebase-newstories-2025-04.json"] {
        let Some(bytes) = corpus(name) else { continue };
        assert!(hackernews::read_saved(&bytes).is_err(), "{name}");
        assert_eq!(Document::read(&bytes).damage(), None, "{name}");
    }
}

#[test]
fn other_sites_files_are_left_alone() {
    for name in [
        "lobsters/s-tdfoqh-2025-02.json",
        "reddit/flags/newest-format-2025-10.json",
        "discourse/discourse_api-topic.json",
    ] {
        let Some(bytes) = corpus(&format!("../{name}")) else { continue };
        assert!(!hackernews::looks_like(&bytes), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_order_of_answers_does_not_matter(picks in prop::collection::vec(any::<usize>(), 1..60), with_tree: bool) {
        let mut site = Site::of(ITEMS);
        let mut expected = ids_of_items();
        if with_tree {
            let tree = site.tree_of(100, 100).to_string();
            site.trees.insert(100, tree);
            expected.retain(|id| id != "104" && id != "105");
        }
        let mut picks = picks.into_iter().cycle();
        let loader = site.load_picking("hn:102", |_| picks.next().unwrap_or_default());
        let thread = loader.snapshot().expect("a thread");
        prop_assert_eq!(ids(&thread), expected);
        prop_assert_eq!(loader.progress().loaded, if with_tree { 4 } else { 5 });
    }

    #[test]
    fn every_answer_may_be_cut(cut in 0..1000_usize, with_tree: bool) {
        let mut site = Site { cut, ..Site::of(ITEMS) };
        if with_tree {
            let tree = site.tree_of(100, 100).to_string();
            site.trees.insert(100, tree);
        }
        if let Ok(thread) = site.load("hn:100") {
            prop_assert!(!thread.notes().is_empty() || thread.len() >= 7, "{:?}", thread.notes());
        }
        prop_assert!(site.requests < 20);
        let end = ITEMS.len() * cut / 1000;
        _ = hackernews::read_saved(&ITEMS.as_bytes()[..end]);
        _ = hackernews::read_saved(&OLD[..OLD.len() * cut / 1000]);
    }
}
