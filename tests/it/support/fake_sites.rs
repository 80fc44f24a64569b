//! Every site in small: where a server of the test stands in for it, and what it answers of a discussion of any shape.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use lurker::site::{SiteConfig, Sites};

use super::server::{Received, Reply};

/// The comments of a discussion: each with its number, from 101 on, and the one that it answers, or 0.
pub(crate) type Shape = [(u64, u64)];

/// Three comments, of which the second answers the first.
pub(crate) const USUAL: &Shape = &[(101, 0), (102, 101), (103, 0)];

/// A site on a server of the test: one of its threads, or one of its lists.
pub(crate) struct Site {
    /// Its short name, with `list` behind it for a list.
    pub(crate) key: &'static str,
    /// What its messages call it; `HOST` where that is the server's own name.
    pub(crate) name: &'static str,
    /// Its own host, as whose the server is treated; of no account where it may be any.
    pub(crate) host: &'static str,
    /// What to open, on a server at this address.
    pub(crate) target: fn(&str) -> String,
    /// Its answer to a request.
    pub(crate) serve: fn(&Received, &Shape) -> Reply,
    /// Whether a request is for what comes first, and shows something when it has come.
    pub(crate) is_first: fn(&Received) -> bool,
    /// How many requests go out before any answer, and how many at most if each is answered in vain.
    pub(crate) asks: (usize, usize),
    /// How many of the usual three are here to read when nothing but what comes first has come; where there are none, the
    /// site's messages say why.
    pub(crate) kept: usize,
    /// Its own way to say that there were too many requests, and that they may come again so many seconds later.
    pub(crate) busy: fn() -> Reply,
    pub(crate) wait: u64,
}

impl Site {
    pub(crate) fn is_list(&self) -> bool {
        self.key.ends_with(" list")
    }
}

/// The time in these tests, in seconds since 1970 UTC.
pub(crate) const NOW: i64 = 1_790_000_000;

/// The sites. Whatever can be loaded is a row here, and all faults go over it.
pub(crate) const SITES: &[Site] = &[
    Site {
        key: "slashdot",
        name: "Slashdot",
        host: "slashdot.org",
        target: |url| format!("{url}{STORY}"),
        serve: slashdot,
        is_first: |request| request.path == STORY,
        asks: (1, 1),
        kept: 1,
        busy: || Reply::status(429).header("Retry-After", "12"),
        wait: 12,
    },
    Site {
        key: "slashdot list",
        name: "Slashdot",
        host: "slashdot.org",
        target: |_| "slashdot".to_owned(),
        serve: slashdot_list,
        is_first: |request| request.path == "/",
        // The page, and then the feed.
        asks: (1, 2),
        kept: 3,
        busy: || Reply::status(429).header("Retry-After", "12"),
        wait: 12,
    },
    Site {
        key: "hn",
        name: "Hacker News",
        host: "hacker-news.firebaseio.com",
        target: |_| "hn:1".to_owned(),
        serve: hackernews,
        is_first: |request| request.path == "/v0/item/1.json",
        asks: (2, 2),
        kept: 0,
        busy: || Reply::status(429).header("Retry-After", "12"),
        wait: 12,
    },
    Site {
        key: "hn list",
        name: "Hacker News",
        host: "hacker-news.firebaseio.com",
        target: |_| "hn".to_owned(),
        serve: hackernews_list,
        is_first: |request| request.path == "/v0/topstories.json",
        // The numbers, and then the closest list of the other service.
        asks: (1, 2),
        kept: 0,
        busy: || Reply::status(429).header("Retry-After", "12"),
        wait: 12,
    },
    Site {
        key: "lobsters",
        name: "Lobsters",
        host: "lobste.rs",
        target: |url| format!("{url}/s/lamps1"),
        serve: lobsters,
        is_first: |request| request.path == "/s/lamps1.json",
        asks: (1, 1),
        kept: 3,
        busy: || Reply::status(429).header("RateLimit-Reset", "1790000017"),
        wait: 17,
    },
    Site {
        key: "lobsters list",
        name: "Lobsters",
        host: "lobste.rs",
        target: |_| "lobsters".to_owned(),
        serve: lobsters_list,
        is_first: |request| request.path == "/hottest.json",
        asks: (1, 1),
        kept: 3,
        busy: || Reply::status(429).header("RateLimit-Reset", "1790000017"),
        wait: 17,
    },
    Site {
        key: "reddit",
        name: "Reddit",
        host: "reddit.com",
        target: |url| format!("{url}/comments/lamps1"),
        serve: reddit,
        is_first: |request| request.path == "/comments/lamps1",
        // Once more with a new token, where the first is not taken.
        asks: (1, 2),
        kept: 3,
        busy: || Reply::status(429).header("x-ratelimit-remaining", "0.0").header("x-ratelimit-reset", "23.0"),
        wait: 23,
    },
    Site {
        key: "reddit list",
        name: "Reddit",
        host: "reddit.com",
        target: |_| "r/lamps".to_owned(),
        serve: reddit_list,
        is_first: |request| request.path.starts_with("/r/lamps"),
        asks: (1, 2),
        kept: 3,
        busy: || Reply::status(429).header("x-ratelimit-remaining", "0.0").header("x-ratelimit-reset", "23.0"),
        wait: 23,
    },
    Site {
        key: "lemmy",
        name: "HOST",
        host: "",
        target: |url| format!("{url}/post/1"),
        serve: lemmy,
        is_first: |request| request.path == "/api/v3/post",
        asks: (1, 1),
        kept: 0,
        busy: || Reply::of(400, r#"{"error":"rate_limit_error"}"#),
        wait: 20,
    },
    Site {
        key: "lemmy list",
        name: "HOST",
        host: "",
        target: |_| "lemmy".to_owned(),
        serve: lemmy_list,
        is_first: |request| request.path == "/api/v3/post/list",
        asks: (1, 1),
        kept: 3,
        busy: || Reply::of(400, r#"{"error":"rate_limit_error"}"#),
        wait: 20,
    },
    Site {
        key: "discourse",
        name: "HOST",
        host: "",
        target: |url| format!("{url}/t/lamps/1"),
        serve: discourse,
        is_first: |request| request.path == "/t/1.json",
        asks: (1, 1),
        kept: 1,
        busy: || {
            Reply::of(429, r#"{"errors":["You are too fast."],"extras":{"wait_seconds":9}}"#).header("Retry-After", "9")
        },
        wait: 9,
    },
    Site {
        key: "discourse list",
        name: "HOST",
        host: "",
        target: |_| "discourse".to_owned(),
        serve: discourse_list,
        is_first: |request| request.path == "/latest.json",
        asks: (1, 1),
        kept: 3,
        busy: || {
            Reply::of(429, r#"{"errors":["You are too fast."],"extras":{"wait_seconds":9}}"#).header("Retry-After", "9")
        },
        wait: 9,
    },
];

/// The config under which a server at this address is each of the sites.
pub(crate) fn sites(url: &str) -> Sites {
    let config = SiteConfig::at(url).with("client_id", "some_id");
    let services = SiteConfig::default().with("algolia_url", url).with("firebase_url", url);
    let sites = SITES.iter().map(|site| site.key).filter(|name| *name != "hn");
    sites.fold(Sites::default(), |sites, name| sites.with(name, config.clone())).with("hn", services)
}

/// The answer to what is asked for before anything else, of which no reader knows: a token.
pub(crate) fn pass(request: &Received) -> Option<Reply> {
    let is_login = request.path == "/api/v1/access_token";
    is_login.then(|| json(r#"{"access_token":"the-token","token_type":"bearer","expires_in":86400}"#))
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
        let html = joined(shape, |id, _| format!("comment_{id}: {:?}", text(id)));
        let ids = joined(shape, |id, _| id.to_string());
        let facts = joined(shape, |_, parent| fact(parent));
        return Reply::ok(format!(
            "{{ eval_first: \"D2.updateMoreNum(0);\", html: {{ {html} }}, update_data: {{ new_cids_order: [{ids}], \
             new_cids_data: [{facts}] }} }}"
        ));
    }
    let facts = joined(shape, |id, parent| format!("{id}: {}", fact(parent)));
    let mut page = format!(
        "<!DOCTYPE html><html><head><title>Lamps - Slashdot</title></head><body><h1>Lamps</h1>\
         <span class=\"totalcommentcnt\">{}</span><script>D2.comments({{ {facts} }}); D2.discussion_id(1);</script>\
         <ul id=\"commentlisting\">",
        count(shape)
    );
    for (at, &(id, _)) in shape.iter().enumerate() {
        let inner = if at == 0 { text(id) } else { String::new() };
        let _ = write!(page, "<li id=\"tree_{id}\" class=\"comment\"><div id=\"comment_{id}\">{inner}</div></li>");
    }
    Reply::ok(page + "</ul></body></html>").header("Content-Type", "text/html")
}

/// One service has the tree of what can be reached, the other each item.
fn hackernews(request: &Received, shape: &Shape) -> Reply {
    let Some(number) = request.path.strip_prefix("/v0/item/") else { return json(tree(shape)) };
    let number: u64 = number.trim_end_matches(".json").parse().unwrap_or_default();
    let kids = |is_kid: &dyn Fn(u64, u64) -> bool| {
        let kids: Vec<(u64, u64)> = shape.iter().copied().filter(|&(id, parent)| is_kid(id, parent)).collect();
        joined(&kids, |id, _| id.to_string())
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

/// Each comment as it is shown, with commas between.
fn joined(shape: &Shape, show: impl Fn(u64, u64) -> String) -> String {
    shape.iter().map(|&(id, parent)| show(id, parent)).collect::<Vec<_>>().join(",")
}

/// How many comments there are.
fn count(shape: &Shape) -> usize {
    shape.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len()
}

fn lobsters(_: &Received, shape: &Shape) -> Reply {
    let short = |id: u64| if id == 0 { "null".to_owned() } else { format!("\"c{id}\"") };
    let comments = joined(shape, |id, parent| {
        format!(
            r#"{{"short_id":{},"parent_comment":{},"score":2,"commenting_user":"ada","comment":"<p>Words of {id}.</p>"}}"#,
            short(id),
            short(parent)
        )
    });
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
    let comments = joined(shape, |id, parent| {
        let path = if parent == 0 { format!("0.{id}") } else { format!("0.{parent}.{id}") };
        format!(
            r#"{{"comment":{{"id":{id},"post_id":1,"path":"{path}","content":"Words of {id}."}},"creator":{creator},"post":{post},"counts":{{"score":2,"child_count":0}}}}"#
        )
    });
    json(format!(r#"{{"comments":[{comments}]}}"#))
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
        let all = [&[(1, 0)], shape].concat();
        let posts = joined(&all[..all.len().min(2)], post);
        let stream = joined(&all, |number, _| (9000 + number).to_string());
        return json(format!(
            r#"{{"id":1,"title":"Lamps","posts_count":{},"post_stream":{{"posts":[{posts}],"stream":[{stream}]}}}}"#,
            1 + count(shape)
        ));
    }
    let asked: BTreeSet<u64> = url::form_urlencoded::parse(request.query.as_bytes())
        .filter_map(|(_, value)| value.parse::<u64>().ok()?.checked_sub(9000))
        .collect();
    let wanted: Vec<(u64, u64)> = shape.iter().copied().filter(|(number, _)| asked.contains(number)).collect();
    json(format!(r#"{{"post_stream":{{"posts":[{}]}}}}"#, joined(&wanted, post)))
}

/// The front page, and its feed.
fn slashdot_list(request: &Received, shape: &Shape) -> Reply {
    let path = |id: u64| format!("slashdot.org/story/26/10/06/1512{id}/lamp");
    let listed = |show: &dyn Fn(u64) -> String| shape.iter().map(|&(id, _)| show(id)).collect::<String>();
    if request.path != "/" {
        let items =
            listed(&|id| format!("<item><title>Words of {id}.</title><link>https://{}</link></item>", path(id)));
        let feed = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{items}</channel></rss>");
        return Reply::ok(feed).header("Content-Type", "text/xml");
    }
    let stories = listed(&|id| {
        format!(
            "<article id=\"firehose-{id}\" data-fhid=\"{id}\" data-fhtype=\"story\" class=\"fhitem fhitem-story\">\
             <h2 class=\"story\"><span id=\"title-{id}\" class=\"story-title\"><a href=\"//{}\">Words of {id}.</a></span>\
             </h2></article>",
            path(id)
        )
    });
    let head = "<html><head><title>Slashdot</title></head><body><div id=\"firehoselist\">";
    Reply::ok(format!("{head}{stories}</div></body></html>")).header("Content-Type", "text/html")
}

fn hackernews_list(request: &Received, shape: &Shape) -> Reply {
    if request.path == "/v0/topstories.json" {
        return json(format!("[{}]", joined(shape, |id, _| id.to_string())));
    }
    let hits = joined(shape, |id, _| {
        format!(r#"{{"objectID":"{id}","_tags":["story"],"author":"wick","points":5,"title":"Words of {id}."}}"#)
    });
    json(format!(r#"{{"hits":[{hits}]}}"#))
}

fn lobsters_list(_: &Received, shape: &Shape) -> Reply {
    let stories = joined(shape, |id, _| {
        format!(
            r#"{{"short_id":"c{id}","title":"Words of {id}.","score":5,"comment_count":2,"submitter_user":"wick"}}"#
        )
    });
    json(format!("[{stories}]"))
}

/// A post as it stands in a listing.
fn reddit_post(id: &str, title: &str, comments: usize) -> String {
    format!(
        r#"{{"kind":"t3","data":{{"id":"{id}","name":"t3_{id}","title":"{title}","author":"wick","score":5,"is_self":true,"num_comments":{comments},"permalink":"/r/lamps/comments/{id}/lamps/"}}}}"#
    )
}

/// The comments side by side; each says what it answers.
fn reddit(_: &Received, shape: &Shape) -> Reply {
    let comment = |id: u64, parent: u64| {
        let parent = if parent == 0 { "t3_lamps1".to_owned() } else { format!("t1_c{parent}") };
        format!(
            r#"{{"kind":"t1","data":{{"id":"c{id}","name":"t1_c{id}","parent_id":"{parent}","link_id":"t3_lamps1","author":"ada","score":2,"body":"Words of {id}.","replies":""}}}}"#
        )
    };
    let listing = |things: &str| format!(r#"{{"kind":"Listing","data":{{"children":[{things}]}}}}"#);
    let post = reddit_post("lamps1", "Lamps", count(shape));
    json(format!("[{},{}]", listing(&post), listing(&joined(shape, comment))))
}

fn reddit_list(_: &Received, shape: &Shape) -> Reply {
    let posts = joined(shape, |id, _| reddit_post(&format!("p{id}"), &format!("Words of {id}."), 2));
    json(format!(r#"{{"kind":"Listing","data":{{"children":[{posts}]}}}}"#))
}

fn lemmy_list(_: &Received, shape: &Shape) -> Reply {
    let posts = joined(shape, |id, _| {
        format!(
            r#"{{"post":{{"id":{id},"name":"Words of {id}.","ap_id":"https://far.example/post/{id}"}},"counts":{{"comments":2}}}}"#
        )
    });
    json(format!(r#"{{"posts":[{posts}]}}"#))
}

fn discourse_list(_: &Received, shape: &Shape) -> Reply {
    let topics =
        joined(shape, |id, _| format!(r#"{{"id":{id},"title":"Words of {id}.","slug":"words","posts_count":3}}"#));
    json(format!(r#"{{"topic_list":{{"topics":[{topics}]}}}}"#))
}

fn json(text: impl Into<Vec<u8>>) -> Reply {
    Reply::ok(text).header("Content-Type", "application/json; charset=utf-8")
}
