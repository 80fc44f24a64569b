//! Every site in small: where a server of the test stands in for it, and what it answers of a discussion of any shape.

#![allow(dead_code, unreachable_pub, reason = "many tests include this file, and none needs all of it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use lurker::site::Sites;
use lurker::site::hackernews::Services;

use super::server::{Received, Reply};

/// The comments of a discussion: each with its number, from 101 on, and the one that it answers, or 0.
pub type Shape = [(u64, u64)];

/// Three comments, of which the second answers the first.
pub const USUAL: &Shape = &[(101, 0), (102, 101), (103, 0)];

/// A site on a server of the test.
pub struct Site {
    /// Its short name.
    pub key: &'static str,
    /// What its messages call it; `HOST` where that is the server's own name.
    pub name: &'static str,
    /// What to open, on a server at this address.
    pub target: fn(&str) -> String,
    /// Its answer to a request.
    pub serve: fn(&Received, &Shape) -> Reply,
    /// Whether a request is for what comes first, and shows something when it has come.
    pub is_first: fn(&Received) -> bool,
    /// How many requests go out before any answer.
    pub at_once: usize,
    /// How many comments of the usual three are here to read when nothing but that has come; where there are none, the
    /// site's messages say why.
    pub kept: usize,
    /// Its own way to say that there were too many requests, and that they may come again so many seconds later.
    pub busy: fn() -> Reply,
    pub wait: u64,
}

/// The time in these tests, in seconds since 1970 UTC.
pub const NOW: i64 = 1_790_000_000;

/// The sites. Whatever can be loaded is a row here, and all faults go over it.
pub const SITES: &[Site] = &[
    Site {
        key: "slashdot",
        name: "Slashdot",
        target: |url| format!("{url}{STORY}"),
        serve: slashdot,
        is_first: |request| request.path == STORY,
        at_once: 1,
        kept: 1,
        busy: || Reply::status(429).header("Retry-After", "12"),
        wait: 12,
    },
    Site {
        key: "hn",
        name: "Hacker News",
        target: |_| "hn:1".to_owned(),
        serve: hackernews,
        is_first: |request| request.path == "/v0/item/1.json",
        at_once: 2,
        kept: 0,
        busy: || Reply::status(429).header("Retry-After", "12"),
        wait: 12,
    },
    Site {
        key: "lobsters",
        name: "Lobsters",
        target: |url| format!("{url}/s/lamps1"),
        serve: lobsters,
        is_first: |request| request.path == "/s/lamps1.json",
        at_once: 1,
        kept: 3,
        busy: || Reply::status(429).header("RateLimit-Reset", "1790000017"),
        wait: 17,
    },
    Site {
        key: "lemmy",
        name: "HOST",
        target: |url| format!("{url}/post/1"),
        serve: lemmy,
        is_first: |request| request.path == "/api/v3/post",
        at_once: 1,
        kept: 0,
        busy: || Reply::of(400, r#"{"error":"rate_limit_error"}"#),
        wait: 20,
    },
    Site {
        key: "discourse",
        name: "HOST",
        target: |url| format!("{url}/t/lamps/1"),
        serve: discourse,
        is_first: |request| request.path == "/t/1.json",
        at_once: 1,
        kept: 1,
        busy: || {
            Reply::of(429, r#"{"errors":["You are too fast."],"extras":{"wait_seconds":9}}"#).header("Retry-After", "9")
        },
        wait: 9,
    },
];

/// The config under which a server at this address is each of the sites.
pub fn sites(url: &str) -> Sites {
    let own = || Some(url.to_owned());
    let hackernews = Services { algolia: url.to_owned(), firebase: url.to_owned() };
    Sites { slashdot: own(), hackernews, lobsters: own(), lemmy: own(), discourse: own(), ..Sites::default() }
}

const STORY: &str = "/story/26/10/06/1512247/lamps";

/// The page gives the first comment whole, and `ajax.pl` all of them.
fn slashdot(request: &Received, shape: &Shape) -> Reply {
    let text = |id| {
        format!(
            "<div class=\"title\"><h4><a id=\"comment_link_{id}\">Lamp</a> <span id=\"comment_score_{id}\">(Score:2)</span>\
             </h4></div><span id=\"comment_otherdetails_{id}\">on Tuesday October 06, 2026 @11:50AM (#{id})</span>\
             <div id=\"comment_body_{id}\">Words of {id}.</div>"
        )
    };
    let fact = |parent| format!("{{ uid: 7, pid: {parent}, points: 2, kids: [] }}");
    if request.path != STORY {
        let html: Vec<String> = shape.iter().map(|(id, _)| format!("comment_{id}: {:?}", text(id))).collect();
        let ids: Vec<String> = shape.iter().map(|(id, _)| id.to_string()).collect();
        let facts: Vec<String> = shape.iter().map(|(_, parent)| fact(parent)).collect();
        return Reply::ok(format!(
            "{{ eval_first: \"D2.updateMoreNum(0);\", html: {{ {} }}, update_data: {{ new_cids_order: [{}], \
             new_cids_data: [{}] }} }}",
            html.join(", "),
            ids.join(", "),
            facts.join(", ")
        ));
    }
    let facts: Vec<String> = shape.iter().map(|(id, parent)| format!("{id}: {}", fact(parent))).collect();
    let mut page = format!(
        "<!DOCTYPE html><html><head><title>Lamps - Slashdot</title></head><body><h1>Lamps</h1>\
         <span class=\"totalcommentcnt\">{}</span><script>D2.comments({{ {} }}); D2.discussion_id(1);</script>\
         <ul id=\"commentlisting\">",
        count(shape),
        facts.join(", ")
    );
    for (at, (id, _)) in shape.iter().enumerate() {
        let inner = if at == 0 { text(id) } else { String::new() };
        let _ = write!(page, "<li id=\"tree_{id}\" class=\"comment\"><div id=\"comment_{id}\">{inner}</div></li>");
    }
    Reply::ok(page + "</ul></body></html>").header("Content-Type", "text/html")
}

/// One service has the tree of what can be reached, the other each item.
fn hackernews(request: &Received, shape: &Shape) -> Reply {
    let Some(number) = request.path.strip_prefix("/v0/item/") else { return json(tree(shape)) };
    let number: u64 = number.trim_end_matches(".json").parse().unwrap_or_default();
    let kids = |of: &dyn Fn(u64, u64) -> bool| {
        let kids = shape.iter().filter(|(id, parent)| of(*id, *parent)).map(|(id, _)| id.to_string());
        kids.collect::<Vec<_>>().join(",")
    };
    if number == 1 {
        let above: BTreeMap<u64, u64> = shape.iter().copied().collect();
        // A comment whose own answers lead back to it is reached from here.
        let is_top = |id, parent| parent == 0 || above.get(&parent) == Some(&id);
        return json(format!(
            r#"{{"id":1,"type":"story","by":"wick","title":"Lamps","time":{NOW},"descendants":{},"kids":[{}]}}"#,
            count(shape),
            kids(&is_top)
        ));
    }
    let Some((id, parent)) = shape.iter().find(|(id, _)| *id == number) else { return json("null") };
    let parent = (*parent).max(1);
    json(format!(
        r#"{{"id":{id},"type":"comment","by":"ada","parent":{parent},"text":"Words of {id}.","kids":[{}]}}"#,
        kids(&|_, parent| parent == *id)
    ))
}

/// The tree below the story, without recursion: a discussion may be deep.
fn tree(shape: &Shape) -> String {
    enum Step {
        Open(u64, u64),
        Close,
    }
    let mut below: BTreeMap<u64, Vec<Step>> = BTreeMap::new();
    for &(id, parent) in shape.iter().rev() {
        below.entry(parent).or_default().push(Step::Open(id, parent.max(1)));
    }
    let mut text = r#"{"id":1,"type":"story","author":"wick","title":"Lamps","children":["#.to_owned();
    let mut steps = below.remove(&0).unwrap_or_default();
    while let Some(step) = steps.pop() {
        let Step::Open(id, parent) = step else {
            text += "]}";
            continue;
        };
        let comma = if text.ends_with('[') { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"id":{id},"type":"comment","author":"ada","parent_id":{parent},"text":"Words of {id}.","children":["#
        );
        steps.push(Step::Close);
        steps.extend(below.remove(&id).unwrap_or_default());
    }
    text + "]}"
}

/// How many comments there are.
fn count(shape: &Shape) -> usize {
    shape.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len()
}

fn lobsters(_: &Received, shape: &Shape) -> Reply {
    let short = |id: u64| if id == 0 { "null".to_owned() } else { format!("\"c{id}\"") };
    let comments = shape.iter().map(|&(id, parent)| {
        format!(
            r#"{{"short_id":{},"parent_comment":{},"score":2,"commenting_user":"ada","comment":"<p>Words of {id}.</p>"}}"#,
            short(id),
            short(parent)
        )
    });
    let comments = comments.collect::<Vec<_>>().join(",");
    json(format!(
        r#"{{"short_id":"lamps1","title":"Lamps","score":5,"comment_count":{},"submitter_user":"wick","comments":[{comments}]}}"#,
        count(shape)
    ))
}

fn lemmy(request: &Received, shape: &Shape) -> Reply {
    let post = r#"{"id":1,"name":"Lamps","ap_id":"https://far.example/post/1"}"#;
    let creator = r#"{"id":7,"name":"ada","actor_id":"https://far.example/u/ada"}"#;
    if request.path.ends_with("/post") {
        return json(format!(
            r#"{{"post_view":{{"post":{post},"creator":{creator},"counts":{{"comments":{},"score":5}}}}}}"#,
            count(shape)
        ));
    }
    let comments = shape.iter().map(|&(id, parent)| {
        let path = if parent == 0 { format!("0.{id}") } else { format!("0.{parent}.{id}") };
        format!(
            r#"{{"comment":{{"id":{id},"post_id":1,"path":"{path}","content":"Words of {id}."}},"creator":{creator},"post":{post},"counts":{{"score":2,"child_count":0}}}}"#
        )
    });
    json(format!(r#"{{"comments":[{}]}}"#, comments.collect::<Vec<_>>().join(",")))
}

/// The topic gives its first comment whole, and the list of all.
fn discourse(request: &Received, shape: &Shape) -> Reply {
    let post = |number: u64, parent: u64| {
        let parent = if parent == 0 { "null".to_owned() } else { parent.to_string() };
        format!(
            r#"{{"id":{},"post_number":{number},"reply_to_post_number":{parent},"username":"ada","cooked":"<p>Words of {number}.</p>","post_type":1,"topic_id":1}}"#,
            9000 + number
        )
    };
    if request.path == "/t/1.json" {
        let posts = shape.iter().take(1).map(|&(number, parent)| post(number, parent));
        let posts = [post(1, 0)].into_iter().chain(posts).collect::<Vec<_>>().join(",");
        let numbers = [1].into_iter().chain(shape.iter().map(|(number, _)| *number));
        let stream = numbers.map(|number| (9000 + number).to_string()).collect::<Vec<_>>().join(",");
        return json(format!(
            r#"{{"id":1,"title":"Lamps","posts_count":{},"post_stream":{{"posts":[{posts}],"stream":[{stream}]}}}}"#,
            1 + count(shape)
        ));
    }
    let asked: BTreeSet<u64> = url::form_urlencoded::parse(request.query.as_bytes())
        .filter_map(|(_, value)| value.parse::<u64>().ok()?.checked_sub(9000))
        .collect();
    let posts = shape.iter().filter(|(number, _)| asked.contains(number)).map(|&(number, parent)| post(number, parent));
    json(format!(r#"{{"post_stream":{{"posts":[{}]}}}}"#, posts.collect::<Vec<_>>().join(",")))
}

fn json(text: impl Into<Vec<u8>>) -> Reply {
    Reply::ok(text).header("Content-Type", "application/json; charset=utf-8")
}
