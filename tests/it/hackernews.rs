//! Hacker News: saved answers, and whole discussions from a simulated pair of services, one of which may be down.

use crate::support::corpus;
use crate::support::random::{Rng, config, seeds};
use std::collections::BTreeMap;
use std::fmt::Write as _;

use corpus::corpus;
use lurker::model::{Comment, Estimate, State, Thread};
use lurker::site::Sample;
use lurker::site::hackernews::{self, HackerNewsAddress, HackerNewsLoader, Services, parse};
use lurker::site::{Answer, LoadError, Loader as _, Request};
use proptest::prelude::*;
use serde_json::{Value, json};

const ITEMS: &str = include_str!("../fixtures/hackernews/items.jsonl");
const POLL: &str = include_str!("../fixtures/hackernews/poll.jsonl");
const OLD: &[u8] = include_bytes!("../fixtures/hackernews/algolia-old.json");

/// Both services, serving these items.
struct Site {
    items: BTreeMap<u64, Value>,
    /// Algolia's trees, by the number of the item.
    trees: BTreeMap<u64, String>,
    /// What Algolia answers in place of a tree it does not have: status and body.
    algolia_answer: (u16, &'static str),
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
            algolia_answer: (404, ""),
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
                None => (self.algolia_answer.0, self.algolia_answer.1.to_owned()),
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
    fn load_picking(&mut self, target: &str, mut pick: impl FnMut(usize) -> usize) -> HackerNewsLoader {
        let mut loader = HackerNewsLoader::new(address(target));
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

    /// Drives a loader to its end without a look at what it has on the way, which takes time of its own.
    fn load_unwatched(&mut self, target: &str) -> Result<Thread, LoadError> {
        let mut loader = HackerNewsLoader::new(address(target));
        let mut waiting = loader.next();
        while let Some(request) = waiting.pop() {
            loader.answer(request.key, Ok(self.respond(&request.url)));
            waiting.extend(loader.next());
        }
        loader.snapshot()
    }

    fn load(&mut self, target: &str) -> Result<Thread, LoadError> {
        self.load_picking(target, |_| 0).snapshot()
    }
}

fn address(target: &str) -> HackerNewsAddress {
    parse(target, &Services::default()).expect("an address")
}

fn saved(bytes: &[u8]) -> Thread {
    assert!(hackernews::looks_like(&Sample::of(bytes)));
    hackernews::read_saved(&Sample::of(bytes)).expect("a thread")
}

fn ids(thread: &Thread) -> Vec<&str> {
    thread.iter().map(Comment::id).collect()
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the thread")
}

/// As Algolia has them in full; what it has of the second is its number alone.
const OPTIONS: &str = r#"[{"id":202,"text":"Fork &amp; barrow","points":7},201,{"id":204}]"#;

#[test]
fn a_poll_lists_its_choices() {
    let expected = "Vote:\n\n- Fork & barrow (7 points)\n- Spade (1 point)";
    assert_eq!(saved(POLL.as_bytes()).story().text.plain, expected);
    let tree = Site::of(POLL).tree_of(200, 200).to_string();
    let with_options = tree.replace("\"options\":[]", &format!("\"options\":{OPTIONS}"));
    // The one comment is asked for where the tree does not have it; the choices always are.
    for (tree, requests) in [(String::new(), 6), (tree.clone(), 5), (with_options, 5)] {
        let mut site = Site::of(POLL).with_tree(200, tree);
        let thread = site.load("hn:200").expect("a thread");
        assert_eq!((thread.story().text.plain.as_str(), ids(&thread)), (expected, vec!["203"]));
        assert_eq!((site.requests, thread.notes()), (requests, &["Listed, but not there: 1 comment".to_owned()][..]));
        assert_eq!(site.load("hn:201").expect("the poll of the choice").story().id, "200");
    }
    let alone = tree.replace("\"options\":[]", &format!("\"options\":{OPTIONS}"));
    let thread = Site::of("").with_tree(200, alone).load("hn:200").expect("a thread");
    assert_eq!(thread.story().text.plain, "Vote:\n\n- Fork & barrow (7 points)");
}

#[test]
fn the_tree_is_shown_at_once_and_the_order_comes_item_by_item() {
    let site = Site::of(ITEMS);
    let tree = site.tree_of(100, 100).to_string();
    let mut site = site.with_tree(100, tree);
    let mut loader = HackerNewsLoader::new(address("hn:100"));
    let requests = loader.next();
    let [tree, item] = requests.as_slice() else { unreachable!("{requests:?}") };
    loader.answer(tree.key, Ok(site.respond(&tree.url)));
    assert_eq!(loader.snapshot().map(|thread| ids(&thread).join(" ")).as_deref(), Ok("101 102 103 112"));
    loader.answer(item.key, Ok(site.respond(&item.url)));
    assert_eq!(loader.snapshot().map(|thread| ids(&thread).join(" ")).as_deref(), Ok("103 101 102 112"));
    assert_eq!(site.load("hn:100").map(|thread| ids(&thread).join(" ")), Ok(ids_of_items().join(" ")));
}

#[test]
fn without_firebase_the_tree_is_all_there_is() {
    let site = Site::of(ITEMS);
    let tree = site.tree_of(100, 100).to_string();
    let mut site = site.with_tree(100, tree);
    site.broken = [(100, 401)].into();
    let thread = site.load("https://news.ycombinator.com/item?id=100").expect("a thread without the order");
    assert_eq!((ids(&thread), site.requests), (vec!["101", "102", "103", "112"], 2));
    assert!(thread.notes()[0].contains("own order") && thread.notes()[0].contains("refused (401)"));
    // It goes down on the way: what the tree has stays, and what it lacks is missing.
    site.broken = (101..=113).map(|id| (id, 500)).collect();
    let thread = site.load("hn:100").expect("a thread");
    assert_eq!(ids(&thread), ["103", "101", "102", "107", "110", "112", "113"]);
    assert_eq!((comment(&thread, "101").state(), comment(&thread, "107").state()), (State::Live, State::Missing));
    let line = "hacker-news.firebaseio.com cannot answer now (500)";
    let expected = [
        format!("Could not be loaded: 3 comments: {line}"),
        format!("The site's own order of the answers to 4 comments could not be loaded: {line}"),
        "3 of 6 comments are not here".to_owned(),
    ];
    assert_eq!(thread.notes(), expected);
}

#[test]
fn without_algolia_every_item_is_asked_for() {
    for (status, body) in [(404, ""), (500, ""), (403, ""), (429, ""), (200, "<p>Sorry"), (200, ""), (200, "null")] {
        let mut site = Site { algolia_answer: (status, body), ..Site::of(ITEMS) };
        let thread = site.load("hn:100").expect("a thread");
        assert_eq!(ids(&thread), ids(&saved(ITEMS.as_bytes())), "{status} {body}");
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
    assert!(thread.notes().iter().any(|note| note.contains("Could not be loaded: 1 comment")), "{:?}", thread.notes());
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

#[test]
fn what_stands_over_the_wanted_comment_is_asked_for_if_the_tree_lacks_it() {
    let site = Site::of(ITEMS);
    let (story, comment) = (site.tree_of(100, 100).to_string(), site.tree_of(105, 100).to_string());
    let mut site = site.with_tree(100, story).with_tree(105, comment);
    let thread = site.load("hn:105").expect("a thread");
    assert_eq!(&ids(&thread)[..3], ["103", "104", "105"]);
    assert_eq!((comment_depth(&thread, "105"), thread.story().id.as_str()), (2, "100"));
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
    assert_eq!((thread.story().title.as_str(), ids(&thread)), ("Comment by bob", vec!["103", "104", "105", "106"]));
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
    let says = |mut site: Site| {
        let error = site.load("hn:100").expect_err("nothing is here");
        format!("{error}; {:?}", error.advice)
    };
    assert_eq!(says(Site::of("")), "Hacker News has no item 100; [Check(\"check the number\")]");
    let mut busy = Site { algolia_answer: (429, ""), ..Site::of(ITEMS) };
    busy.broken.insert(100, 403);
    let line = "Hacker News could not be loaded: hn.algolia.com asks to slow down (429); hacker-news.firebaseio.com \
                refused (403); [Other(\"wait a few minutes\"), Retry]";
    assert_eq!(says(busy), line);
    for (body, part) in [
        ("<html>Sorry</html>", "hn.algolia.com sent a web page instead of data (it begins “Sorry”)"),
        (" ", "hn.algolia.com sent an empty answer; [Retry, Browser]"),
        ("[7]", "hn.algolia.com sent something else than an item (it begins “[7]”)"),
    ] {
        let line = says(Site { algolia_answer: (200, body), ..Site::of("") });
        assert!(line.contains(part), "{line}");
    }
    let mut hollow = Site::of(ITEMS);
    hollow.broken = (101..120).map(|id| (id, 503)).collect();
    let service = "hacker-news.firebaseio.com cannot answer now (503); [Retry, Browser]";
    assert_eq!(says(hollow), format!("Hacker News says there are 6 comments but sent none: {service}"));
    let mut loader = HackerNewsLoader::new(address("hn:100"));
    for request in loader.next() {
        loader.answer(request.key, Err(LoadError::other("", format!("no way to {}", request.url))));
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

const LEVELS: u64 = 100_000;

#[test]
fn a_tree_of_any_depth_is_read() {
    let mut deep = r#"{"id":1,"type":"story","title":"Deep","created_at_i":1,"children":["#.to_owned();
    for id in 2..=LEVELS {
        _ = write!(deep, r#"{{"id":{id},"type":"comment","author":"a","text":"t","created_at_i":1,"children":["#);
    }
    deep.push_str(&"]}".repeat(LEVELS as usize));
    let cut = saved(&deep.as_bytes()[..deep.len() / 4]);
    assert!(cut.len() > 20_000 && cut.notes()[0].contains("damaged at line 1"));
    let mut site = Site::of("").with_tree(1, deep);
    site.broken.insert(1, 500);
    let thread = site.load_unwatched("hn:1").expect("a thread");
    assert_eq!((u64::from(thread.len()), site.requests, thread.notes().len()), (LEVELS - 1, 2, 1));
    let scores = [0, thread.len() - 1].map(|index| thread.score(index));
    assert_eq!((scores, thread.iter().last().map(Comment::depth)), ([Some(5), Some(0)], Some(thread.len() - 1)));
}

#[test]
fn items_of_any_depth_are_read() {
    let mut deep = r#"{"id":1,"type":"story","title":"Deep","time":1,"kids":[2]}"#.to_owned();
    for id in 2..=LEVELS {
        let (parent, kid) = (id - 1, id + 1);
        _ = write!(
            deep,
            "\n{{\"id\":{id},\"type\":\"comment\",\"by\":\"a\",\"text\":\"t\",\"parent\":{parent},\"kids\":[{kid}]}}"
        );
    }
    let thread = saved(deep.as_bytes());
    assert_eq!((u64::from(thread.len()), thread.notes().len()), (LEVELS - 1, 0));
    // Level by level there is a request for each, and an end to them.
    let mut site = Site::of(&deep);
    let thread = site.load_unwatched("hn:1").expect("a thread");
    assert_eq!((thread.len(), site.requests), (19_998, 20_000));
    assert!(thread.notes()[0].contains("too many requests"), "{:?}", thread.notes());
}

#[test]
fn tree_and_items_are_the_same_discussion() {
    let tree = Site::of(ITEMS).tree_of(100, 100).to_string();
    let (from_tree, from_items) = (saved(tree.as_bytes()), saved(ITEMS.as_bytes()));
    assert_eq!((from_tree.len(), from_items.len()), (4, 10));
    assert_same_discussion(ITEMS, 100, &from_tree, &from_items);
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn the_corpus_tree_with_and_without_algolia() {
    let lines = corpus("hackernews/firebase-tree-43731168.jsonl");
    let tree = corpus("hackernews/algolia-shaped-43731168.json");
    let lines = String::from_utf8(lines).expect("UTF-8");
    let from_file = saved(lines.as_bytes());
    assert_eq!((from_file.len(), from_file.story().stated_comments), (147, Some(145)));
    let mut alone = Site::of(&lines);
    let from_items = alone.load("hn:43731168").expect("a thread");
    assert_eq!((ids(&from_items), alone.requests), (ids(&from_file), 149));
    let mut both = Site::of(&lines).with_tree(43_731_168, String::from_utf8(tree.clone()).expect("UTF-8"));
    let from_both = both.load("hn:43731168").expect("a thread");
    let from_tree = saved(&tree);
    assert_eq!(from_tree.len(), 146);
    assert_eq!((from_both.len(), both.requests), (146, 2));
    assert_eq!(top_level(&from_both), top_level(&from_items));
    assert_same_discussion(&lines, 43_731_168, &from_tree, &from_items);
}

/// The items are in the order of the site, and what the tree has of them says the same.
fn assert_same_discussion(lines: &str, story: u64, from_tree: &Thread, from_items: &Thread) {
    assert_eq!(expected_order(lines, story), ids(from_items));
    for comment in from_tree.iter() {
        let other = from_items.get(from_items.find(comment.id()).expect("in both")).expect("in both");
        assert_eq!((comment.body().plain, comment.author()), (other.body().plain, other.author()));
        assert_eq!(comment.parent().map(Comment::id), other.parent().map(Comment::id));
        // What is gone is a reply as well, and the tree does not have it; nor does it know the order of replies.
        let (below, other_below) = (size(from_tree, comment), size(from_items, other));
        let activity = from_items.estimate(other.index()).map(Estimate::activity);
        assert!(below < other_below || comment.score() == activity, "{}", comment.id());
    }
}

/// A story of up to 60 comments in no order of their numbers, some of which are dead and have no replies.
fn story(rng: &mut Rng) -> String {
    let count = 2 + rng.below(60) as u64;
    let mut kids: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    let parents: Vec<u64> =
        (2..count).map(|id| if rng.chance(30) { 1 } else { 1 + rng.below(id as usize - 1) as u64 }).collect();
    for (id, parent) in (2..count).zip(&parents) {
        let siblings = kids.entry(*parent).or_default();
        siblings.insert(rng.below(siblings.len() + 1), id);
    }
    let dead: Vec<u64> = (2..count).filter(|id| !kids.contains_key(id) && rng.chance(20)).collect();
    let list = |id: u64| kids.get(&id).cloned().unwrap_or_default();
    let live = count - 2 - dead.len() as u64;
    let mut lines =
        json!({"id": 1, "type": "story", "by": "o", "title": "T", "time": 1, "descendants": live, "kids": list(1)})
            .to_string();
    for (id, parent) in (2..count).zip(&parents) {
        let mut item = json!({"id": id, "type": "comment", "by": "a", "text": "t", "time": id, "parent": parent, "kids": list(id)});
        if dead.contains(&id) {
            item["dead"] = true.into();
        }
        _ = write!(lines, "\n{item}");
    }
    rng.tell(lines)
}

#[test]
fn both_services_give_the_same_estimates_where_the_order_is_known() {
    seeds(200, |rng| {
        let lines = story(rng);
        let tree = Site::of(&lines).tree_of(1, 1).to_string();
        let from_items = Site::of(&lines).load("hn:1").expect("a thread");
        let mut both = Site::of(&lines).with_tree(1, tree.clone());
        let from_both = both.load("hn:1").expect("a thread");
        assert_eq!(both.requests, 2, "the tree is enough");
        let from_file = saved(tree.as_bytes());
        for thread in [&from_items, &from_both, &from_file] {
            for comment in thread.iter() {
                let estimate = thread.estimate(comment.index()).expect("it follows from what is here");
                assert_eq!(comment.score(), Some(estimate.score()));
                assert!((-1..=5).contains(&estimate.score()));
            }
        }
        let scores_alike = |thread: &Thread, is_ranked: fn(Comment<'_>) -> bool| {
            for comment in thread.iter() {
                let index = from_items.find(comment.id()).expect("in both");
                let expected = if is_ranked(comment) {
                    from_items.score(index)
                } else {
                    from_items.estimate(index).map(Estimate::activity)
                };
                assert_eq!(comment.score(), expected, "{}", comment.id());
            }
        };
        scores_alike(&from_both, |comment| comment.depth() == 0);
        scores_alike(&from_file, |_| false);
    });
}

/// The number of comments that begin with this one and stand below it.
fn size(thread: &Thread, comment: Comment<'_>) -> u32 {
    thread.after(comment.index()) - comment.index()
}

/// The live comments of the top level, in their order.
fn top_level(thread: &Thread) -> Vec<&str> {
    let is_live_top = |comment: &Comment<'_>| comment.depth() == 0 && comment.state() == State::Live;
    thread.iter().filter(is_live_top).map(Comment::id).collect()
}

/// Preorder by `kids`.
fn expected_order(lines: &str, story: u64) -> Vec<String> {
    let site = Site::of(lines);
    let kids = |item: &Value| item["kids"].as_array().into_iter().flatten().filter_map(Value::as_u64).rev().collect();
    let mut stack: Vec<u64> = kids(&site.items[&story]);
    let mut order = Vec::new();
    while let Some(id) = stack.pop() {
        let Some(item) = site.items.get(&id) else { continue };
        let below: Vec<u64> = kids(item);
        stack.extend(below);
        order.push(id.to_string());
    }
    order
}

#[test]
fn a_site_without_end_is_left_at_some_point() {
    let mut loader = HackerNewsLoader::new(address("hn:1"));
    let mut waiting = loader.next();
    let mut requests = 0_u64;
    while let Some(request) = waiting.pop() {
        requests += 1;
        let (first, second) = (requests * 2, requests * 2 + 1);
        let kind = if request.url.ends_with("/1.json") { "story" } else { "comment" };
        let body = json!({"type": kind, "by": "x", "title": "x", "text": "y", "kids": [first, second, 1]}).to_string();
        let status = if request.url.contains("algolia") { 404 } else { 200 };
        loader.answer(request.key, Ok(Answer { status, body: body.into_bytes(), ..Answer::default() }));
        waiting.extend(loader.next());
    }
    assert_eq!(requests, 20_000);
    let thread = loader.snapshot().expect("what came");
    assert!(thread.len() > 10_000 && thread.notes()[0].contains("too many requests"), "{:?}", thread.notes());
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn the_order_of_answers_does_not_matter(picks in prop::collection::vec(any::<usize>(), 1..60), with_tree: bool) {
        let mut site = Site::of(ITEMS);
        if with_tree {
            let tree = site.tree_of(100, 100).to_string();
            site.trees.insert(100, tree);
        }
        let mut picks = picks.into_iter().cycle();
        let loader = site.load_picking("hn:102", |_| picks.next().unwrap_or_default());
        let thread = loader.snapshot().expect("a thread");
        prop_assert_eq!(ids(&thread), ids_of_items());
        prop_assert_eq!(loader.progress().loaded, 5);
    }

    #[test]
    fn any_answer_is_survived(answers in prop::collection::vec((prop_oneof![Just(200_u16), 100..600_u16],
        "(\\[|\\{|\\}|\\]|,|:|\"(id|kids|children|parent|type|text|story|comment|by)\"|[0-9]|null){0,30}"), 1..20)) {
        let mut loader = HackerNewsLoader::new(address("hn:1"));
        let mut waiting = loader.next();
        let mut answers = answers.into_iter().cycle().take(500);
        while let (Some(request), Some((status, body))) = (waiting.pop(), answers.next()) {
            let answer = Answer { status, body: body.into_bytes(), ..Answer::default() };
            loader.answer(request.key, Ok(answer));
            waiting.extend(loader.next());
            if let Err(line) = loader.snapshot().map_err(|error| error.to_string()) {
                prop_assert!(!line.is_empty() && !line.contains(char::is_control));
            }
        }
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
        _ = hackernews::read_saved(&Sample::of(&ITEMS.as_bytes()[..end]));
        _ = hackernews::read_saved(&Sample::of(&OLD[..OLD.len() * cut / 1000]));
    }
}
