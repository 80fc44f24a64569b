//! Lists of Lemmy: their targets and addresses, and their pages from answers of both versions, whole and damaged.

use crate::support::corpus::corpus;
use std::fs;
use std::path::Path;

use lurker::app::plain;
use lurker::model::{Entry, Listing};
use lurker::site::Sample;
use lurker::site::lemmy::{looks_like_list, read_saved_list};
use lurker::site::list;
use lurker::site::{Answer, Content, ListTarget, LoadError, SiteConfig, Sites, saved, thread};
use serde_json::{Value, json};

const VERSIONS: [&str; 2] = ["v3", "v4"];

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lemmy").join(name);
    fs::read_to_string(path).expect("the fixture can be read")
}

fn sites(mirror: Option<&str>, sections: &[&str]) -> Sites {
    let sections = sections.iter().map(|&section| section.to_owned()).collect();
    let config = mirror.map(SiteConfig::at).unwrap_or_default().with_sections(sections);
    Sites::default().with("lemmy", config)
}

fn open(target: &str) -> Box<dyn ListTarget> {
    list(target, &Sites::default()).and_then(Result::ok).expect("a target of a list")
}

fn json_answer(status: u16, body: &str) -> Answer {
    Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() }
}

/// Loads one page; what was asked for, and what came of it.
fn load(
    list: &dyn ListTarget,
    from: Option<&str>,
    mut answer: impl FnMut(&str) -> Answer,
) -> (Vec<String>, Result<Listing, LoadError>) {
    let mut loader = list.loader(from);
    let mut asked = Vec::new();
    while let [request] = loader.next().as_slice() {
        assert!(loader.next().is_empty() && request.form.is_none() && asked.len() < 2, "{request:?}");
        loader.answer(request.key + 1, Err(LoadError::other("", "somebody else's")));
        loader.answer(request.key, Ok(answer(&request.url)));
        asked.push(request.url.clone());
    }
    (asked, loader.snapshot())
}

/// A line an entry.
fn shown(entries: &[Entry]) -> Vec<String> {
    let line = |entry: &Entry| {
        let Entry { id, title, author, place, .. } = entry;
        let (score, comments) = (entry.score.unwrap_or(-99), entry.comments.unwrap_or(99));
        format!("{id} {title:?} by {author:?} in {place} {score} {comments} {}", entry.link)
    };
    entries.iter().map(line).collect()
}

const FIXTURE: [&str; 4] = [
    "here.example/501 \"Rules of the *shed*\" by \"keeper\" in sheds 7 2 ",
    "here.example/502 \"A hinge that <never> squeaks\" by \"odo@far.example\" in hinges@far.example -4 31 \
     https://hinges.example/quiet?a=1",
    "here.example/506 \"Oil]0;x or grease?\" by \"\" in sheds 0 1 ",
    "here.example/507 \"Shut, at last\" by \"pia\" in doors@third.example 12 0 ",
];

fn check(listing: &Listing) {
    assert_eq!(shown(&listing.entries), FIXTURE);
    assert_eq!(listing.notes, ["Posts without a number or a title, which are left out: 1"]);
    let times: Vec<Option<i64>> = listing.entries.iter().map(|entry| entry.posted_at).collect();
    assert_eq!(times[..3], [Some(1_775_369_228), Some(1_775_365_200), Some(1_775_264_523)]);
    for entry in &listing.entries {
        let address = thread(&entry.url, &Sites::default()).expect("the address of a thread");
        assert!(address.site() == "lemmy" && entry.url.starts_with("https://here.example/post/"));
    }
}

#[test]
fn posts_of_either_version() {
    let list = open("lemmy/here.example");
    let (asked, page) = load(&*list, None, |_| json_answer(200, &fixture("posts-v3.json")));
    assert_eq!(asked, ["https://here.example/api/v3/post/list?type_=All&sort=Active&limit=50"]);
    let page = page.expect("a page");
    check(&page);
    assert_eq!(page.heading, list.heading());
    assert_eq!(page.next.as_deref(), Some("v3 page_cursor P1f7"));

    // A status of 404 or 400 without an error that is known: the other version is asked.
    for (status, body) in [(404, ""), (400, "Query deserialize error"), (404, "<h1>Not found</h1>")] {
        let (asked, page) = load(&*list, None, |url| match url {
            url if url.contains("/v3/") => json_answer(status, body),
            _ => json_answer(200, &fixture("posts-v4.json")),
        });
        let expected =
            "https://here.example/api/v4/post/list?type_=all&sort=active&time_range_seconds=0&limit=50".to_owned();
        assert_eq!(asked[1..], [expected]);
        let page = page.expect("a page");
        check(&page);
        assert_eq!(page.next.as_deref(), Some("v4 page_cursor eyJkIjo3fQ"));
    }
}

#[test]
fn every_target() {
    for (target, canonical, title, url, asked) in [
        (
            "lemmy",
            "lemmy/lemmy.world/active",
            "Lemmy: lemmy.world, active",
            "https://lemmy.world/",
            "type_=All&sort=Active",
        ),
        (
            "lemmy/",
            "lemmy/lemmy.world/active",
            "Lemmy: lemmy.world, active",
            "https://lemmy.world/",
            "type_=All&sort=Active",
        ),
        ("lemmy/new", "lemmy/lemmy.world/new", "Lemmy: lemmy.world, new", "https://lemmy.world/", "type_=All&sort=New"),
        (
            "lemmy/c/rust",
            "lemmy/lemmy.world/c/rust/active",
            "Lemmy: rust on lemmy.world, active",
            "https://lemmy.world/c/rust",
            "type_=All&sort=Active&community_name=rust",
        ),
        (
            "lemmy/beehaw.org/top-week",
            "lemmy/beehaw.org/top-week",
            "Lemmy: beehaw.org, top-week",
            "https://beehaw.org/",
            "type_=All&sort=TopWeek",
        ),
        (
            "lemmy/lemmy.ml/c/rust@lemmy.world/new",
            "lemmy/lemmy.ml/c/rust@lemmy.world/new",
            "Lemmy: rust@lemmy.world on lemmy.ml, new",
            "https://lemmy.ml/c/rust@lemmy.world",
            "type_=All&sort=New&community_name=rust%40lemmy.world",
        ),
        (
            "lemmy/lemmy.ml/c/new@lemmy.ml",
            "lemmy/lemmy.ml/c/new/active",
            "Lemmy: new on lemmy.ml, active",
            "https://lemmy.ml/c/new",
            "type_=All&sort=Active&community_name=new",
        ),
        (
            "lemmy/127.0.0.1:8536/hot",
            "lemmy/127.0.0.1:8536/hot",
            "Lemmy: 127.0.0.1:8536, hot",
            "https://127.0.0.1:8536/",
            "type_=All&sort=Hot",
        ),
        (
            "lemmy/lemmy.ml/search:a b/c&d",
            "lemmy/lemmy.ml/search:a b/c&d",
            "Lemmy: “a b/c&d” on lemmy.ml",
            "https://lemmy.ml/search",
            "q=a+b%2Fc%26d&type_=Posts&sort=TopAll&listing_type=All",
        ),
    ] {
        let list = open(target);
        let heading = list.heading();
        assert_eq!((heading.target.as_str(), heading.title.as_str()), (canonical, title), "{target}");
        assert!(heading.url.split('?').next() == Some(url), "{}", heading.url);
        assert_eq!(open(canonical).heading(), heading, "{target}");
        let (requests, _) = load(&*list, None, |_| json_answer(500, ""));
        let what = if target.contains("search") { "search" } else { "post/list" };
        let origin = list.heading().url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        assert_eq!(requests, [format!("{origin}/api/v3/{what}?{asked}&limit=50")], "{target}");
        let host = origin.trim_start_matches("https://");
        assert_eq!(heading.search, Some(format!("lemmy/{host}/search:")));
    }
}

#[test]
fn tabs_are_the_orders_of_the_place_or_what_the_config_names() {
    let targets = |target: &str, sites: &Sites| {
        let heading = list(target, sites).and_then(Result::ok).expect("a list").heading();
        let tabs: Vec<String> = heading.tabs.into_iter().map(|tab| format!("{} {}", tab.label, tab.target)).collect();
        (heading.target, tabs)
    };
    let (target, tabs) = targets("lemmy/lemmy.ml/c/rust", &Sites::default());
    assert_eq!((target.as_str(), tabs.len()), ("lemmy/lemmy.ml/c/rust/active", 7));
    assert_eq!(tabs[1], "hot lemmy/lemmy.ml/c/rust/hot");
    assert!(tabs.iter().any(|tab| tab.ends_with(&format!(" {target}"))));
    let own = sites(Some("http://127.0.0.1:8536"), &["c/rust", "hot", "beehaw.org"]);
    let (target, tabs) = targets("lemmy", &own);
    assert_eq!(target, "lemmy/127.0.0.1:8536/hot");
    assert_eq!(
        tabs,
        ["c/rust lemmy/127.0.0.1:8536/c/rust/hot", "hot lemmy/127.0.0.1:8536/hot", "beehaw.org lemmy/beehaw.org/hot"]
    );
    // A tab's target is that of the list that it opens, so that the reader sees where he is.
    assert_eq!(targets("lemmy/c/rust", &own).0, "lemmy/127.0.0.1:8536/c/rust/hot");
    assert_eq!(targets("lemmy/beehaw.org", &own).0, "lemmy/beehaw.org/hot");
}

#[test]
fn what_is_wrong_with_a_target_is_said() {
    for (target, part) in [
        ("lemmy/nowhere", "lemmy/nowhere: this names no instance; write lemmy/HOST"),
        ("lemmy/lemmy.ml/u/ada", "this names no list"),
        ("lemmy/lemmy.ml/c", "this names no list"),
        ("lemmy/lemmy.ml/c/a b", "this is no name of a community"),
        ("lemmy/lemmy.ml/c/a@b", "this is no name of a community"),
        ("lemmy/lemmy.ml/search:", "there are no words to search for"),
        ("lemmy/lemmy.ml/c/rust/loud", "an order behind it: active, hot, new"),
    ] {
        let says = list(target, &Sites::default()).and_then(Result::err).expect("no list");
        assert!(says.contains(part), "{says}");
    }
}

#[test]
fn addresses_of_pages() {
    let mirror = sites(Some("http://127.0.0.1:8536"), &[]);
    for (text, target) in [
        ("https://lemmy.world/", Some("lemmy/lemmy.world/active")),
        (" https://lemmy.world ", Some("lemmy/lemmy.world/active")),
        ("lemmy.world/", Some("lemmy/lemmy.world/active")),
        ("http://beehaw.org/?dataType=Post&sort=New", Some("lemmy/beehaw.org/new")),
        ("https://lemmy.world/c/rust", Some("lemmy/lemmy.world/c/rust/active")),
        ("lemmy.world/c/rust/", Some("lemmy/lemmy.world/c/rust/active")),
        ("https://lemmy.world/c/rust?sort=top", Some("lemmy/lemmy.world/c/rust/top")),
        ("https://programming.dev/c/rust@lemmy.ml", Some("lemmy/programming.dev/c/rust@lemmy.ml/active")),
        ("https://any.example/c/rust@lemmy.ml", Some("lemmy/any.example/c/rust@lemmy.ml/active")),
        ("http://127.0.0.1:8536/c/rust", Some("lemmy/127.0.0.1:8536/c/rust/active")),
        ("127.0.0.1:8536/", Some("lemmy/127.0.0.1:8536/active")),
        // Many a site has such paths.
        ("https://any.example/c/rust", None),
        ("https://any.example/", None),
        ("http://any.example/c/rust@lemmy.ml", None),
        ("https://lemmy.world/post/12", None),
        ("https://lemmy.world/communities", None),
        // This may be a file.
        ("lemmy.world", None),
        ("", None),
    ] {
        let found = list(text, &mirror).and_then(Result::ok).map(|list| list.heading().target);
        assert_eq!(found.as_deref(), target, "{text}");
    }
    let own = list("lemmy", &mirror).and_then(Result::ok).expect("a list").heading();
    assert_eq!(list(&own.url, &mirror).and_then(Result::ok).expect("its own page").heading(), own);
}

#[test]
fn a_mirror_keeps_its_scheme_and_port() {
    let mirror = sites(Some("http://127.0.0.1:8536"), &[]);
    let list = list("lemmy/127.0.0.1:8536/c/sheds", &mirror).and_then(Result::ok).expect("a list");
    let (asked, page) = load(&*list, None, |_| json_answer(200, &fixture("posts-v3.json")));
    assert!(asked[0].starts_with("http://127.0.0.1:8536/api/v3/post/list?"), "{asked:?}");
    for entry in page.expect("a page").entries {
        assert!(entry.url.starts_with("http://127.0.0.1:8536/post/") && entry.id.starts_with("127.0.0.1:8536/"));
        assert!(thread(&entry.url, &mirror).is_some(), "{}", entry.url);
    }
}

/// An instance with so many posts, whose pages are told by what the older or the newer interface tells.
struct Instance {
    posts: usize,
    has_v3: bool,
    has_cursors: bool,
}

impl Instance {
    fn answer(&self, url: &str) -> Answer {
        let is_v4 = url.contains("/v4/");
        if !is_v4 && !self.has_v3 {
            return json_answer(404, "");
        }
        let (_, query) = url.split_once('?').expect("a query");
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        assert_eq!(value("limit"), Some("50"));
        let start: usize = match (value("page"), value("page_cursor")) {
            (Some(page), None) => (page.parse::<usize>().expect("a number") - 1) * 50,
            (None, Some(cursor)) => cursor.trim_start_matches('P').parse().expect("a number"),
            _ => 0,
        };
        let end = (start + 50).min(self.posts);
        let rows: Vec<Value> = (start..end)
            .map(|number| json!({"post": {"id": number + 1, "name": format!("Post {number}")}, "creator": {"name": "u"}}))
            .collect();
        let next = (is_v4 && end < self.posts || !is_v4 && self.has_cursors && end > start)
            .then(|| json!({"next_page": format!("P{end}")}));
        let mut answer = json!({if is_v4 { "items" } else { "posts" }: rows});
        if let (Some(Value::Object(next)), Some(answer)) = (next, answer.as_object_mut()) {
            answer.extend(next);
        }
        json_answer(200, &answer.to_string())
    }
}

#[test]
fn page_after_page_until_there_is_none() {
    for (posts, has_v3, has_cursors, pages) in [
        (0, true, false, 1),
        (50, true, false, 2),
        (120, true, false, 3),
        (120, true, true, 4),
        (120, false, false, 3),
        (30, false, true, 1),
        (5100, true, false, 100),
    ] {
        let instance = Instance { posts, has_v3, has_cursors };
        let list = open("lemmy/here.example/new");
        let (mut from, mut loaded, mut count): (Option<String>, Vec<Entry>, usize) = (None, Vec::new(), 0);
        loop {
            let (asked, page) = load(&*list, from.as_deref(), |url| instance.answer(url));
            let page = page.expect("a page");
            assert_eq!(asked.len(), if from.is_none() && !has_v3 { 2 } else { 1 });
            loaded.extend(page.entries);
            count += 1;
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        let ids: Vec<String> = (1..=posts.min(5000)).map(|id| format!("here.example/{id}")).collect();
        assert_eq!((loaded.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>(), count), (ids, pages));
    }
}

#[test]
fn a_page_that_no_list_has_named() {
    let list = open("lemmy/here.example");
    for from in ["", "v3", "v3 page", "v5 page 2", "v3 offset 2", "2"] {
        let (asked, page) = load(&*list, Some(from), |_| json_answer(200, "{}"));
        assert_eq!(
            (asked.len(), page.expect_err("no page").to_string().as_str()),
            (0, "here.example has no such page of the list")
        );
    }
    let (asked, _) = load(&*list, Some("v4 page_cursor a b&c"), |_| json_answer(404, ""));
    assert_eq!(asked.len(), 1);
    assert!(asked[0].ends_with("&limit=50&page_cursor=a+b%26c"), "{asked:?}");
}

#[test]
fn searches_of_every_version() {
    let list = open("lemmy/here.example/search:hinge");
    let rows: Value = serde_json::from_str(&fixture("posts-v3.json")).expect("JSON");
    let found = json!({"type_": "Posts", "comments": [], "posts": rows["posts"], "communities": [], "users": []});
    let (_, page) = load(&*list, None, |_| json_answer(200, &found.to_string()));
    let page = page.expect("a page");
    check(&page);
    assert_eq!(page.next, None);
    let rows: Value = serde_json::from_str(&fixture("posts-v4.json")).expect("JSON");
    let mut tagged = rows["items"].clone();
    for row in tagged.as_array_mut().expect("a list") {
        row["type_"] = json!("post");
    }
    let others =
        [json!({"type_": "community", "community": {"name": "x"}}), json!({"comment": {"id": 1}, "post": {"id": 2}})];
    tagged.as_array_mut().expect("a list").extend(others);
    for found in [
        json!({"comments": [], "posts": rows["items"], "persons": [], "next_page": "abc"}),
        json!({"search": tagged, "next_page": "abc"}),
    ] {
        let (asked, page) = load(&*list, None, |url| {
            if url.contains("/v3/") { json_answer(404, "") } else { json_answer(200, &found.to_string()) }
        });
        assert_eq!(asked[1], "https://here.example/api/v4/search?search_term=hinge&q=hinge&type_=posts&limit=50");
        let page = page.expect("a page");
        check(&page);
        assert_eq!(page.next.as_deref(), Some("v4 page_cursor abc"));
    }
}

#[test]
fn errors_say_what_to_do() {
    let page = "<html><title>Just a moment...</title>";
    for (target, status, body, requests, part) in [
        ("lemmy/here.example", 400, "{\"error\":\"rate_limit_error\"}", 1, "slow down (400); try again in a minute"),
        ("lemmy/here.example", 400, "{\"error\":\"too_many_requests\"}", 1, "slow down (400)"),
        ("lemmy/here.example", 429, "", 1, "slow down (429)"),
        (
            "lemmy/here.example",
            403,
            page,
            1,
            "refused (403): it may be asking for a browser check; open it in a browser",
        ),
        ("lemmy/here.example", 503, page, 1, "refused (503)"),
        ("lemmy/here.example", 502, "<p>Back \u{1b}[2Jsoon", 1, "cannot answer now (502) (it begins “Back [2Jsoon”)"),
        ("lemmy/here.example", 200, page, 1, "browser check"),
        (
            "lemmy/here.example",
            200,
            "<!doctype html><title>A blog</title>",
            1,
            "does not answer as Lemmy does (it begins “A blog”)",
        ),
        ("lemmy/here.example", 200, "", 1, "empty answer"),
        ("lemmy/here.example", 200, "null", 1, "does not answer as Lemmy does (it begins “null”)"),
        ("lemmy/here.example", 200, "{}", 1, "does not answer as Lemmy does"),
        (
            "lemmy/here.example",
            404,
            "<h1>Nothing here</h1>",
            2,
            "does not answer as Lemmy does (404) (it begins “Nothing here”)",
        ),
        (
            "lemmy/here.example",
            400,
            "Query deserialize error: unknown variant",
            2,
            "(400) (it begins “Query deserialize",
        ),
        (
            "lemmy/here.example/c/x",
            404,
            "{\"error\":\"couldnt_find_community\"}",
            1,
            "has no such community (404); check its name, or ask the instance",
        ),
        (
            "lemmy/here.example/c/x",
            404,
            "{\"error\":\"not_found\"}",
            1,
            "has no such community (404); check its name, or ask the instance",
        ),
        ("lemmy/here.example", 404, "{\"error\":\"not_found\"}", 1, "has no such list (404)"),
        ("lemmy/here.example", 400, "{\"error\":\"instance_is_private\"}", 1, "members only"),
        ("lemmy/here.example", 500, "{\"error\":\"o\\u001bdd\"}", 1, "error “odd” (500)"),
    ] {
        let (asked, page) = load(&*open(target), None, |_| json_answer(status, body));
        let line = plain(&page.expect_err("an error"));
        assert!(line.contains(part) && line.starts_with("here.example") && !line.contains(char::is_control), "{line}");
        assert_eq!(asked.len(), requests, "{line}");
    }
    let mut loader = open("lemmy/here.example").loader(None);
    assert_eq!(loader.snapshot().expect_err("nothing yet").to_string(), "Nothing has come from here.example yet");
    let request = loader.next().pop().expect("a request");
    loader.answer(request.key, Err(LoadError::other("here.example", "cannot be reached")));
    assert!(loader.next().is_empty());
    assert_eq!(loader.snapshot().expect_err("an error").to_string(), "here.example cannot be reached");
}

#[test]
fn what_stands_before_damage_stays() {
    let list = open("lemmy/here.example");
    for version in VERSIONS {
        let whole = fixture(&format!("posts-{version}.json"));
        let mut before = 0;
        for end in (0..whole.len()).step_by(5) {
            let (_, page) = load(&*list, None, |_| json_answer(200, whole.get(..end).unwrap_or_default()));
            match page {
                Ok(page) => {
                    assert!(page.notes.iter().any(|note| note.starts_with("The JSON is damaged at line ")), "{end}");
                    assert!(!page.entries.is_empty(), "{end}");
                    assert!(page.entries.len() >= before && shown(&page.entries) == FIXTURE[..page.entries.len()]);
                    before = page.entries.len();
                }
                Err(error) => assert!(before == 0 && error.to_string().starts_with("here.example"), "{error}"),
            }
        }
        assert_eq!(before, FIXTURE.len(), "{version}");
    }
}

#[test]
fn saved_lists() {
    for version in VERSIONS {
        let bytes = fixture(&format!("posts-{version}.json")).into_bytes();
        assert!(looks_like_list(&Sample::of(&bytes)));
        let Ok(Content::List(listing)) = saved::read(&bytes, None) else { unreachable!("a list of posts") };
        check(&listing);
        assert_eq!(listing.heading.title, "Lemmy: saved posts of here.example");
        assert_eq!((listing.heading.target.as_str(), listing.next), ("lemmy/here.example/active", None));
    }
    for name in ["post-v3.json", "post-v4.json", "comments-v3.json", "comments-v4.json", "person-v3.json"] {
        let bytes = fixture(name).into_bytes();
        assert!(!looks_like_list(&Sample::of(&bytes)), "{name}");
        assert!(matches!(saved::read(&bytes, None), Ok(Content::Thread(_))), "{name}");
    }
    for other in ["", "{}", "<html>", "{\"posts\":[]}", "{\"posts\":[{\"post\":{\"ap_id\":1}}]}"] {
        assert!(!looks_like_list(&Sample::of(other.as_bytes())), "{other}");
        assert!(read_saved_list(&Sample::of(other.as_bytes())).is_err(), "{other}");
    }
    let cut = read_saved_list(&Sample::of(b"{\"posts\":[{\"post\":{\"id\":1,\"name\":\"cut"))
        .expect_err("nothing whole")
        .to_string();
    assert_eq!(cut, "there is no post of Lemmy before the JSON is damaged at line 1, column 38");
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_discussions_are_no_lists() {
    for (name, comments) in [
        ("lemoa-post-v0.19-2024-01.json", 0),
        ("lemoa-person-v0.19-2024-01.json", 10),
        ("lemmy-kt-GetCommentsResponse-v0.18-2023-08.json", 2),
    ] {
        let bytes = corpus(&format!("lemmy/{name}"));
        let Ok(Content::Thread(thread)) = saved::read(&bytes, None) else { unreachable!("{name} is a discussion") };
        assert!(!looks_like_list(&Sample::of(&bytes)) && thread.len() == comments, "{name}: {}", thread.len());
    }
}

#[test]
fn posts_of_an_unknown_instance_keep_the_address_where_they_were_written() {
    let rows: Value = serde_json::from_str(&fixture("posts-v4.json")).expect("JSON");
    let mut remote = rows["items"].clone();
    for row in remote.as_array_mut().expect("a list") {
        for part in ["post", "creator", "community"] {
            row[part]["local"] = json!(false);
        }
    }
    let listing = read_saved_list(&Sample::of(json!({"items": remote}).to_string().as_bytes())).expect("a list");
    let ids: Vec<&str> = listing.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["here.example/501", "far.example/88", "here.example/506", "third.example/507"]);
}
