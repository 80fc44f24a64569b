//! Lemmy: addresses to threads, from saved answers and from a simulated instance with its limits.

use crate::support::corpus as captured;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lurker::app::plain;
use lurker::model::{Comment, Thread};
use lurker::site::Sample;
use lurker::site::lemmy::{LemmyLoader, looks_like, parse, read_saved};
use lurker::site::{Answer, LoadError, Loader as _, Request};
use serde_json::{Value, json};

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lemmy").join(name);
    fs::read_to_string(path).expect("the fixture can be read")
}

fn saved(json: &[u8]) -> Thread {
    assert!(looks_like(&Sample::of(json)));
    read_saved(&Sample::of(json)).expect("a thread")
}

/// A captured answer of the site.
fn corpus(name: &str) -> Vec<u8> {
    captured::corpus(&format!("lemmy/{name}"))
}

fn loader() -> LemmyLoader {
    LemmyLoader::new(parse("https://here.example/post/40", None).expect("an address of a post"))
}

fn json_answer(status: u16, body: &str) -> Answer {
    let content_type = "application/json".to_owned();
    Answer { status, url: String::new(), content_type, body: body.as_bytes().to_vec(), ..Answer::default() }
}

/// Answers until nothing is asked for; the requests that were made.
fn run(loader: &mut LemmyLoader, mut answer: impl FnMut(&str) -> Answer) -> Vec<String> {
    let mut asked = Vec::new();
    let mut waiting: Vec<Request> = Vec::new();
    loop {
        waiting.extend(loader.next());
        assert!(waiting.len() <= 2, "{waiting:?}");
        // The last one first: answers come in any order.
        let Some(request) = waiting.pop() else { return asked };
        assert!(request.form.is_none() && asked.len() < 401, "{request:?}");
        loader.answer(request.key, Ok(answer(&request.url)));
        asked.push(request.url);
    }
}

/// A line a comment: depth, id, author, score, state, what it says.
fn shown(thread: &Thread) -> Vec<String> {
    let line = |comment: Comment<'_>| {
        let author = comment.author().unwrap_or("–");
        let (score, state) = (comment.score().unwrap_or(-99), comment.state().name());
        let op = if comment.flags().op { " OP" } else { "" };
        format!("{} {} {author}{op} {score} {state} {:?}", comment.depth(), comment.id(), comment.body().plain)
    };
    thread.iter().map(line).collect()
}

const FIXTURE: [&str; 6] = [
    "0 101 bob 12 live \"small\\n\\nA clamp lamp: this.\"",
    "1 102 ann@far.example OP 2 deleted \"\"",
    "2 103 – 5 live \"code for @ann@far.example\"",
    "3 106 ann@far.example OP 1 live \"Thanks, I am the one who asked.\"",
    "1 104 bob 1 removed \"\"",
    "0 105 mod -3 live \"Keep it nice.\"",
];

fn check_story(thread: &Thread) {
    let story = thread.story();
    assert_eq!((story.site.as_str(), story.id.as_str()), ("lemmy", "here.example/40"));
    assert_eq!(story.url, "https://here.example/post/40");
    assert_eq!(story.title, "Which <b>lamp</b> for a *small* desk?");
    assert_eq!((story.author.as_str(), story.link.as_str()), ("ann@far.example", "https://lamps.example/guide"));
    assert_eq!(story.text.plain, "I have two, and see https://lamps.example/old.\n\nPrice (spoiler)\n\n20");
    assert_eq!((story.score, story.posted_at, story.stated_comments), (Some(31), Some(1_740_823_200), Some(6)));
    assert!(story.archived && story.score_range.is_none() && story.thresholds == (None, None));
    assert!(thread.notes().is_empty(), "{:?}", thread.notes());
}

#[test]
fn a_post_with_its_comments() {
    let mut loader = loader();
    assert_eq!(loader.snapshot().expect_err("nothing yet").to_string(), "Nothing has come from here.example yet");
    let asked = run(&mut loader, |url| {
        json_answer(200, &fixture(if url.contains("/post?") { "post-v3.json" } else { "comments-v3.json" }))
    });
    assert_eq!(
        asked,
        [
            "https://here.example/api/v3/post?id=40",
            "https://here.example/api/v3/comment/list?post_id=40&type_=All&sort=Hot&max_depth=50&limit=50",
        ]
    );
    let thread = loader.snapshot().expect("a thread");
    check_story(&thread);
    assert_eq!(shown(&thread), FIXTURE);
    let comment = thread.get(3).expect("four comments");
    assert_eq!((comment.url(), comment.posted_at()), ("https://here.example/comment/106", Some(1_740_913_200)));
}

#[test]
fn version_4_where_version_3_is_not() {
    let mut loader = loader();
    let asked = run(&mut loader, |url| match url {
        url if url.contains("/v3/") => json_answer(404, ""),
        url if url.contains("/post?") => json_answer(200, &fixture("post-v4.json")),
        _ => json_answer(200, &fixture("comments-v4.json")),
    });
    assert_eq!(asked[1], "https://here.example/api/v4/post?id=40");
    assert!(
        asked[2]
            .ends_with("/api/v4/comment/list?post_id=40&type_=all&sort=hot&time_range_seconds=0&max_depth=50&limit=50"),
        "{asked:?}"
    );
    let thread = loader.snapshot().expect("a thread");
    check_story(&thread);
    let (mut lines, mut expected) = (shown(&thread), FIXTURE.map(str::to_owned));
    lines.sort();
    expected.sort();
    assert_eq!(lines, expected);
    assert_eq!(thread.find("106").and_then(|index| thread.get(index)).map(Comment::depth), Some(3));
}

#[test]
fn saved_answers() {
    let both = fixture("post-v3.json") + &fixture("comments-v3.json");
    for source in [both, fixture("post-v4.json") + "\n" + &fixture("comments-v4.json")] {
        assert!(looks_like(&Sample::of(source.as_bytes())));
        let thread = read_saved(&Sample::of(source.as_bytes())).expect("a thread");
        check_story(&thread);
        assert_eq!(thread.len(), 6);
    }
    let list = read_saved(&Sample::of(fixture("comments-v3.json").as_bytes())).expect("a thread");
    assert_eq!((list.story().id.as_str(), list.len()), ("here.example/40", 6));
    assert_eq!(list.story().title, "Which <b>lamp</b> for a *small* desk?");
    assert!(
        !looks_like(&Sample::of(b"{\"comments\": []}"))
            && !looks_like(&Sample::of(b"<html>"))
            && !looks_like(&Sample::of(b""))
    );
    assert_eq!(
        read_saved(&Sample::of(b"{}")).expect_err("nothing").to_string(),
        "there is no post or comment of Lemmy in it"
    );
}

#[test]
fn saved_comments_of_a_person() {
    let thread = saved(fixture("person-v3.json").as_bytes());
    assert_eq!((thread.story().title.as_str(), thread.story().author.as_str()), ("Comments by bob", ""));
    assert_eq!(
        shown(&thread),
        [
            "0 202 bob 5 live \"Felt lasts: see this.\"",
            "0 201 bob -1 live \"Saw it off.\"",
            "1 203 bob 2 live \"And paint it.\"",
        ]
    );
    let urls: Vec<&str> = thread.iter().map(Comment::url).collect();
    assert_eq!(urls, [202, 201, 203].map(|id| format!("https://here.example/comment/{id}")));
    assert!(thread.notes().is_empty(), "{:?}", thread.notes());
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn a_captured_post() {
    let thread = saved(&corpus("lemoa-post-v0.19-2024-01.json"));
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.score, story.stated_comments), ("lemmy.ml/10133939", Some(268), Some(416)));
    assert_eq!((story.author.as_str(), story.posted_at), ("kzhe@lemmy.zip", Some(1_704_418_275)));
    assert_eq!(story.text.links, ["https://lemmy.world/post/10314727"]);
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn the_captured_comments_of_a_person() {
    let thread = saved(&corpus("lemoa-person-v0.19-2024-01.json"));
    assert_eq!((thread.story().title.as_str(), thread.len()), ("Comments by kzhe", 10));
    assert!(thread.iter().all(|comment| comment.url().starts_with("https://lemmy.ml/comment/")));
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_comments_of_a_post() {
    let thread = saved(&corpus("lemmy-kt-GetCommentsResponse-v0.18-2023-08.json"));
    assert_eq!((thread.story().title.as_str(), thread.story().id.as_str()), ("Test post!", "localhost/1"));
    let first = thread.get(0).expect("a comment");
    assert_eq!((first.id(), first.posted_at(), first.score()), ("3", Some(1_691_314_971), Some(1)));
}

#[test]
fn every_truncation_and_any_order() {
    let both = fixture("post-v3.json") + &fixture("comments-v3.json");
    for end in (0..both.len()).step_by(7) {
        if let Ok(thread) = read_saved(&Sample::of(both.get(..end).unwrap_or_default().as_bytes())) {
            assert!(thread.len() <= 6 && !thread.story().title.is_empty());
        }
    }
    let (post, list) = (fixture("post-v3.json"), fixture("comments-v3.json"));
    for end in (0..list.len()).step_by(97) {
        let mut loader = loader();
        run(&mut loader, |url| {
            let whole = if url.contains("/post?") { &post } else { &list };
            json_answer(200, whole.get(..end.min(whole.len())).unwrap_or_default())
        });
        match loader.snapshot() {
            Ok(thread) => assert!(!thread.notes().is_empty() && !thread.is_empty(), "{end}"),
            Err(error) => assert!(error.to_string().contains("here.example"), "{error}"),
        }
    }
    let mut rows: Value = serde_json::from_str(&list).expect("JSON");
    for turn in 0..6 {
        rows["comments"].as_array_mut().expect("a list").rotate_left(turn);
        let thread = read_saved(&Sample::of((post.clone() + &rows.to_string()).as_bytes())).expect("a thread");
        let mut lines = shown(&thread);
        lines.sort();
        let mut expected = FIXTURE.map(str::to_owned);
        expected.sort();
        assert_eq!(lines, expected);
    }
}

/// An instance with one post, which keeps to the limits of the real ones.
struct Instance {
    /// Number → path and points.
    comments: BTreeMap<u64, Vec<u64>>,
    /// Comments that are counted and never sent.
    filtered: Vec<u64>,
    /// Version 1.0: its older interface knows no pages, and the newer one has cursors.
    is_new: bool,
    /// After version 1.0: there is no older interface.
    is_newest: bool,
}

impl Instance {
    fn new(count: u64, top: u64) -> Self {
        let mut comments: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for id in 1..=count {
            let parent = if id <= top { None } else { Some(1 + id * 7919 % (id - 1).min(60 + top)) };
            let mut path = parent.map(|parent| comments[&parent].clone()).unwrap_or_default();
            path.push(id);
            comments.insert(id, path);
        }
        Self { comments, filtered: Vec::new(), is_new: false, is_newest: false }
    }

    /// How many comments are below each.
    fn below(&self) -> BTreeMap<u64, u32> {
        let mut below = BTreeMap::new();
        for id in self.comments.values().flat_map(|path| &path[..path.len() - 1]) {
            *below.entry(*id).or_default() += 1;
        }
        below
    }

    fn view(&self, id: u64, below: &BTreeMap<u64, u32>) -> Value {
        let path: Vec<String> = [0].iter().chain(&self.comments[&id]).map(u64::to_string).collect();
        json!({
            "comment": {"id": id, "creator_id": id % 9, "post_id": 40, "content": format!("Words of {id}"), "removed": false,
                "deleted": false, "published": "2025-03-01T11:00:00Z", "ap_id": format!("https://x.example/comment/{id}"),
                "path": path.join("."), "score": id % 50, "child_count": below.get(&id)},
            "creator": {"id": id % 9, "name": format!("u{}", id % 9), "local": true},
            "post": {"id": 40, "name": "Many"},
        })
    }

    fn answer(&self, url: &str) -> Answer {
        let query = |name: &str| {
            let pairs = url.split_once('?').map_or("", |(_, query)| query);
            pairs.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        if self.is_newest && url.contains("/v3/") {
            return json_answer(404, "");
        }
        if url.contains("/post?") {
            let post =
                json!({"post": {"id": 40, "name": "Many"}, "counts": {"comments": self.comments.len(), "score": 1}});
            return json_answer(200, &json!({"post_view": post}).to_string());
        }
        let mut rows: Vec<u64> = self.comments.keys().copied().filter(|id| !self.filtered.contains(id)).collect();
        let root: Option<u64> = query("parent_id").map(|id| id.parse().expect("a number"));
        rows.retain(|id| root.is_none_or(|root| self.comments[id].contains(&root)));
        let is_v4 = url.contains("/v4/");
        let cursor = query("page_cursor").map_or(1, |page| page.trim_start_matches('P').parse().expect("a number"));
        let mut next = Value::Null;
        if let Some(depth) = query("max_depth") {
            let start = root.map_or(0, |root| self.comments[&root].len());
            let depth: usize = depth.parse().expect("a number");
            rows.retain(|id| self.comments[id].len() <= start + depth);
            // Labels of a path are compared as texts.
            let parent = |id: &u64| {
                let path = &self.comments[id];
                path[..path.len() - 1].iter().map(u64::to_string).collect::<Vec<_>>()
            };
            rows.sort_by_key(|id| (parent(id), u64::MAX - id % 50));
            if is_v4 {
                // The deepest parents come first.
                rows.reverse();
                next = if rows.len() > cursor * 300 { json!(format!("P{}", cursor + 1)) } else { Value::Null };
                rows.drain(..((cursor - 1) * 300).min(rows.len()));
            }
            rows.truncate(300);
        } else {
            let page: usize = match query("page") {
                _ if is_v4 => cursor,
                Some(page) if !self.is_new => page.parse().expect("a number"),
                _ => 1,
            };
            let more = rows.len() > page * 50;
            rows = rows.into_iter().skip((page - 1) * 50).take(50).collect();
            next = if is_v4 && more { json!(format!("P{}", page + 1)) } else { Value::Null };
        }
        let below = self.below();
        let rows: Vec<Value> = rows.into_iter().map(|id| self.view(id, &below)).collect();
        let name = if is_v4 { "items" } else { "comments" };
        json_answer(200, &json!({name: rows, "next_page": next}).to_string())
    }
}

fn check_whole(instance: &Instance, loader: &LemmyLoader) {
    let thread = loader.snapshot().expect("a thread");
    assert_eq!(thread.len() as usize, instance.comments.len() - instance.filtered.len());
    for comment in thread.iter() {
        let path = &instance.comments[&comment.id().parse::<u64>().expect("a number")];
        let mut above = path[..path.len() - 1].iter().rev().filter(|id| !instance.filtered.contains(id));
        assert_eq!(comment.parent().map(|parent| parent.id().to_owned()), above.next().map(u64::to_string));
    }
    let is_due = |note: &String| !instance.filtered.is_empty() && note.contains("one that is not here");
    assert!(thread.notes().iter().all(is_due), "{:?}", thread.notes());
}

#[test]
fn trees_beyond_300_rows_are_completed() {
    for (count, top, most) in [(914, 30, 45), (914, 290, 40), (914, 600, 40), (3000, 50, 80), (299, 20, 2), (40, 40, 2)]
    {
        let instance = Instance::new(count, top);
        let mut loader = loader();
        let asked = run(&mut loader, |url| instance.answer(url));
        check_whole(&instance, &loader);
        assert_eq!((u64::from(loader.progress().loaded), loader.progress().stated), (count, Some(count as u32)));
        assert!(asked.len() <= most, "{}", asked.len());
    }
}

#[test]
fn deep_chains_are_completed() {
    let mut instance = Instance::new(0, 0);
    instance.comments = (1..=500).map(|id| (id, (1..=id).collect())).collect();
    let mut loader = loader();
    let asked = run(&mut loader, |url| instance.answer(url));
    check_whole(&instance, &loader);
    assert!(asked.len() <= 20, "{}", asked.len());
}

#[test]
fn version_1_0_has_pages_only_in_its_new_interface() {
    let mut instance = Instance::new(914, 600);
    instance.is_new = true;
    let mut loader = loader();
    run(&mut loader, |url| instance.answer(url));
    check_whole(&instance, &loader);
}

#[test]
fn version_4_has_pages_of_the_tree() {
    for (count, top, most) in [(914, 30, 6), (914, 600, 6), (3000, 50, 13), (299, 20, 3)] {
        let mut instance = Instance::new(count, top);
        instance.is_newest = true;
        let mut loader = loader();
        let asked = run(&mut loader, |url| instance.answer(url));
        check_whole(&instance, &loader);
        assert!(asked.len() <= most, "{}", asked.len());
        assert!(asked.iter().skip(2).all(|url| url.contains("&time_range_seconds=0&")), "{asked:?}");
    }
}

#[test]
fn filtered_comments_are_not_searched_for_long() {
    let mut instance = Instance::new(280, 20);
    instance.filtered = vec![30, 41, 57, 100, 120, 200, 201];
    let mut loader = loader();
    let asked = run(&mut loader, |url| instance.answer(url));
    check_whole(&instance, &loader);
    assert!(asked.len() <= 8, "{}", asked.len());
}

#[test]
fn errors_say_what_to_do() {
    let page = "<html><title>Just a moment...</title>";
    for (status, body, part) in [
        (404, "{\"error\":\"couldnt_find_post\"}", "no such post (404); check the address"),
        (400, "{\"error\":\"couldnt_find_post\"}", "no such post (400); check the address"),
        (400, "{\"error\":\"rate_limit_error\"}", "slow down (400); try again in a minute"),
        (429, "", "slow down (429)"),
        (403, page, "refused (403): it may be asking for a browser check; open it in a browser"),
        (503, page, "refused (503)"),
        (503, "<p>Back \u{1b}[2Jsoon", "cannot answer now (503)"),
        (200, "<title>Making sure you're not a bot!</title>", "browser check"),
        (200, "", "empty answer"),
        (200, "{}", "does not answer as Lemmy does"),
        (404, "<h1>Not found</h1>", "does not answer as Lemmy does (404)"),
        (401, "{\"error\":\"instance_is_private\"}", "members only"),
        (500, "{\"error\":\"o\\u001bdd\"}", "error “odd” (500)"),
    ] {
        let mut loader = loader();
        run(&mut loader, |_| json_answer(status, body));
        let line = plain(&loader.snapshot().expect_err("an error"));
        assert!(line.contains(part) && line.starts_with("here.example") && !line.contains(char::is_control), "{line}");
    }
}

#[test]
fn no_answer_is_an_error_too() {
    let mut loader = loader();
    let request = loader.next().pop().expect("a request");
    loader.answer(99, Err(LoadError::other("", "of another request")));
    loader.answer(request.key, Err(LoadError::other("here.example", "cannot be reached")));
    assert!(loader.next().is_empty());
    assert_eq!(loader.snapshot().expect_err("an error").to_string(), "here.example cannot be reached");
}

#[test]
fn what_came_stays_when_the_rest_does_not() {
    let instance = Instance::new(914, 30);
    let mut loader = loader();
    let mut answers = 0;
    run(&mut loader, |url| {
        answers += 1;
        if answers > 3 { json_answer(400, "{\"error\":\"rate_limit_error\"}") } else { instance.answer(url) }
    });
    let thread = loader.snapshot().expect("a thread");
    assert!(
        thread.len() >= 300 && thread.notes().iter().any(|note| note.contains("slow down")),
        "{:?}",
        thread.notes()
    );
}

#[test]
fn a_post_without_comments_and_one_whose_comments_are_kept_back() {
    for stated in [0, 5] {
        let mut loader = loader();
        run(&mut loader, |url| {
            let post = json!({"post_view": {"post": {"id": 40, "name": "Quiet"}, "counts": {"comments": stated}}});
            json_answer(200, &if url.contains("/post?") { post } else { json!({"comments": []}) }.to_string())
        });
        match loader.snapshot() {
            Ok(thread) => assert!(stated == 0 && thread.is_empty() && thread.story().title == "Quiet"),
            Err(error) => {
                assert!(stated == 5 && error.to_string().contains("says there are 5 comments"), "{error}");
            }
        }
    }
}

#[test]
fn a_comment_leads_to_its_post() {
    let mut loader = LemmyLoader::new(parse("https://here.example/comment/103", None).expect("an address"));
    let asked = run(&mut loader, |url| {
        json_answer(200, &fixture(if url.contains("/post?") { "post-v3.json" } else { "comments-v3.json" }))
    });
    assert_eq!(asked[0], "https://here.example/api/v3/post?comment_id=103");
    check_story(&loader.snapshot().expect("a thread"));
}
