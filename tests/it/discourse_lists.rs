//! Lists of Discourse: their targets and addresses, and their pages, whole and damaged.

use crate::support::corpus::corpus;
use lurker::app::plain;
use lurker::model::{Entry, Listing};
use lurker::site::Sample;
use lurker::site::discourse::{looks_like_list, read_saved_list};
use lurker::site::list;
use lurker::site::{Answer, Content, ListTarget, LoadError, SiteConfig, Sites, saved, thread};
use serde_json::{Value, json};

const LATEST: &str = include_str!("../fixtures/discourse/latest-2026.json");
const SEARCH: &str = include_str!("../fixtures/discourse/search-2026.json");
const TOPICS: [&str; 4] = [
    include_str!("../fixtures/discourse/topic-2026.json"),
    include_str!("../fixtures/discourse/topic-2013.json"),
    include_str!("../fixtures/discourse/topic-odd.json"),
    include_str!("../fixtures/discourse/posts-2026.json"),
];

fn sites(mirror: Option<&str>, sections: &[&str]) -> Sites {
    let sections = sections.iter().map(|&section| section.to_owned()).collect();
    let config = mirror.map(SiteConfig::at).unwrap_or_default().with_sections(sections);
    Sites::default().with("discourse", config)
}

fn open(target: &str, sites: &Sites) -> Box<dyn ListTarget> {
    list(target, sites).and_then(Result::ok).expect("a target of a list")
}

fn answer(status: u16, url: &str, body: &str) -> Answer {
    Answer { status, url: url.to_owned(), body: body.as_bytes().to_vec(), ..Answer::default() }
}

/// Loads one page with one request; what was asked for, and what came of it.
fn load(
    list: &dyn ListTarget,
    from: Option<&str>,
    answer: impl FnOnce(&str) -> Answer,
) -> (String, Result<Listing, LoadError>) {
    let mut loader = list.loader(from);
    let request = loader.next().pop().expect("a request");
    assert!(loader.next().is_empty() && request.form.is_none());
    loader.answer(request.key, Ok(answer(&request.url)));
    assert!(loader.next().is_empty());
    let page = loader.snapshot();
    assert_eq!(loader.progress().loaded as usize, page.as_ref().map_or(0, |page| page.entries.len()));
    (request.url, page)
}

/// A line an entry.
fn shown(entries: &[Entry]) -> Vec<String> {
    let line = |entry: &Entry| {
        let Entry { id, title, author, place, .. } = entry;
        let (score, comments) = (entry.score.unwrap_or(-99), entry.comments.unwrap_or(99));
        format!("{id} {title:?} by {author:?} in {place:?} {score} {comments} {}", entry.link)
    };
    entries.iter().map(line).collect()
}

const FIXTURE: [&str; 4] = [
    "forum.example.org/71 \"Read this before you bring rocks\" by \"ada\" in \"Rock & roll\" 9 0 ",
    "forum.example.org/77 \"Where do <you> \\\"keep\\\" rocks?\" by \"cleo\" in \"Storage\" 31 13 https://rocks.example/keep",
    "forum.example.org/78 \"Boxes & [31mbags\" by \"cleo\" in \"\" 0 2 ",
    "forum.example.org/80 \"Old rocks\" by \"dan\" in \"\" -99 0 ",
];

fn check(listing: &Listing) {
    assert_eq!(shown(&listing.entries), FIXTURE);
    assert_eq!(listing.notes, ["Topics without a number or a title, which are left out: 2"]);
    let urls: Vec<&str> = listing.entries.iter().map(|entry| entry.url.as_str()).collect();
    assert_eq!(urls[1], "https://forum.example.org/t/where-do-you-keep-your-rocks/77");
    assert_eq!(urls[3], "https://forum.example.org/t/-/80");
    for url in urls {
        assert!(thread(url, &Sites::default()).is_some_and(|address| address.site() == "discourse"), "{url}");
    }
    let times: Vec<Option<i64>> = listing.entries.iter().map(|entry| entry.posted_at).collect();
    assert_eq!((times[0], times[3]), (Some(1_777_726_800), Some(1_360_009_586)));
}

#[test]
fn a_list_of_topics() {
    let list = open("discourse/forum.example.org", &Sites::default());
    let (asked, page) = load(&*list, None, |_| answer(200, "", LATEST));
    assert_eq!(asked, "https://forum.example.org/latest.json");
    let page = page.expect("a page");
    check(&page);
    assert_eq!((&page.heading, page.next.as_deref()), (&list.heading(), Some("1")));
}

#[test]
fn every_target() {
    let host = "forum.example.org";
    for (rest, canonical, title, page, asked) in [
        ("", "/latest", "HOST, latest", "/latest", "/latest.json?page=3"),
        ("/latest", "/latest", "HOST, latest", "/latest", "/latest.json?page=3"),
        ("/top/", "/top", "HOST, top", "/top", "/top.json?page=3"),
        ("/hot", "/hot", "HOST, hot", "/hot", "/hot.json?page=3"),
        ("/new", "/new", "HOST, new", "/latest?order=created", "/latest.json?order=created&page=3"),
        (
            "/c/help/7",
            "/c/help/7/latest",
            "help on HOST, latest",
            "/c/help/7/l/latest",
            "/c/help/7/l/latest.json?page=3",
        ),
        (
            "/c/a/b/help/7/top",
            "/c/a/b/help/7/top",
            "help on HOST, top",
            "/c/a/b/help/7/l/top",
            "/c/a/b/help/7/l/top.json?page=3",
        ),
        (
            "/tag/new",
            "/tag/new/latest",
            "tag new on HOST, latest",
            "/tag/new/l/latest",
            "/tag/new/l/latest.json?page=3",
        ),
        (
            "/tag/new/4/new",
            "/tag/new/4/new",
            "tag new on HOST, new",
            "/tag/new/4/l/latest?order=created",
            "/tag/new/4/l/latest.json?order=created&page=3",
        ),
        (
            "/search: a/b&c ",
            "/search:a/b&c",
            "“a/b&c” on HOST",
            "/search?q=a%2Fb%26c",
            "/search.json?q=a%2Fb%26c&page=3",
        ),
    ] {
        let (target, canonical) = (format!("discourse/{host}{rest}"), format!("discourse/{host}{canonical}"));
        let list = open(&target, &Sites::default());
        let heading = list.heading();
        assert_eq!(
            (&heading.target, &heading.title),
            (&canonical, &format!("Discourse: {}", title.replace("HOST", host)))
        );
        assert_eq!(heading.url, format!("https://{host}{page}"));
        assert_eq!(heading.search, Some(format!("discourse/{host}/search:")));
        assert_eq!(open(&canonical, &Sites::default()).heading(), heading, "{target}");
        let (url, _) = load(&*list, Some("3"), |_| answer(500, "", ""));
        assert_eq!(url, format!("https://{host}{asked}"));
        // Its page is the address of the same list.
        if !rest.contains("search") {
            let known = sites(Some("https://forum.example.org"), &[]);
            let again = lurker::site::list(&heading.url, &known).and_then(Result::ok).expect("its own page");
            assert_eq!(again.heading().target, heading.target);
        }
    }
}

#[test]
fn the_usual_forum_and_its_tabs() {
    let says = list("discourse", &Sites::default()).and_then(Result::err).expect("no usual forum");
    assert_eq!(says, "discourse: name a forum, as in discourse/HOST, or set url under [sites.discourse] in the config");
    assert!(list("discourse/top", &Sites::default()).and_then(Result::err).is_some());
    let own = sites(Some("http://127.0.0.1:3000"), &["c/help/7", "top", "users.rust-lang.org"]);
    let heading = open("discourse", &own).heading();
    assert_eq!(
        (heading.target.as_str(), heading.url.as_str()),
        ("discourse/127.0.0.1:3000/top", "http://127.0.0.1:3000/top")
    );
    let targets = |target: &str, sites: &Sites| -> Vec<String> {
        open(target, sites).heading().tabs.into_iter().map(|tab| format!("{} {}", tab.label, tab.target)).collect()
    };
    assert_eq!(
        targets("discourse/c/help/7", &own),
        [
            "c/help/7 discourse/127.0.0.1:3000/c/help/7/top",
            "top discourse/127.0.0.1:3000/c/help/7/top",
            "users.rust-lang.org discourse/users.rust-lang.org/top"
        ]
    );
    let usual = targets("discourse/a.example/tag/x", &Sites::default());
    assert_eq!(usual[..2], ["latest discourse/a.example/tag/x/latest", "hot discourse/a.example/tag/x/hot"]);
    assert_eq!(open("discourse/c/help/7", &own).heading().target, "discourse/127.0.0.1:3000/c/help/7/top");
}

#[test]
fn what_is_wrong_with_a_target_is_said() {
    for (target, part) in [
        ("discourse/nowhere", "discourse/nowhere: this names no forum; write discourse/HOST"),
        ("discourse/a.example/u/ada", "this names no list"),
        ("discourse/a.example/c/help", "this names no list"),
        ("discourse/a.example/c/help/x", "this names no list"),
        ("discourse/a.example/tag", "this names no list"),
        ("discourse/a.example/tag/a b", "this names no list"),
        ("discourse/a.example/search:", "there are no words to search for"),
        ("discourse/a.example/loud", "an order behind it: latest, hot, top, new"),
    ] {
        let says = list(target, &Sites::default()).and_then(Result::err).expect("no list");
        assert!(says.contains(part), "{says}");
    }
}

#[test]
fn addresses_of_pages() {
    let mirror = sites(Some("http://127.0.0.1:3000"), &[]);
    for (text, target) in [
        ("https://any.example/c/help/7", Some("discourse/any.example/c/help/7/latest")),
        ("https://any.example/c/rocks/help/7/l/top?period=all", Some("discourse/any.example/c/rocks/help/7/top")),
        ("https://any.example/c/help/7.json", Some("discourse/any.example/c/help/7/latest")),
        ("https://users.rust-lang.org/", Some("discourse/users.rust-lang.org/latest")),
        ("users.rust-lang.org/top", Some("discourse/users.rust-lang.org/top")),
        ("https://meta.discourse.org/latest?order=created", Some("discourse/meta.discourse.org/new")),
        ("https://meta.discourse.org/tag/rest-api/12", Some("discourse/meta.discourse.org/tag/rest-api/12/latest")),
        ("http://127.0.0.1:3000", Some("discourse/127.0.0.1:3000/latest")),
        ("127.0.0.1:3000/tag/x/l/hot", Some("discourse/127.0.0.1:3000/tag/x/hot")),
        // Many a site has such paths.
        ("any.example/c/help/7", None),
        ("https://any.example/c/help", None),
        ("https://any.example/tag/x", None),
        ("https://any.example/latest", None),
        ("https://any.example/", None),
        ("https://meta.discourse.org/about", None),
        ("https://meta.discourse.org/t/a-slug/12", None),
        ("users.rust-lang.org", None),
    ] {
        let found = list(text, &mirror).and_then(Result::ok).map(|list| list.heading().target);
        assert_eq!(found.as_deref(), target, "{text}");
    }
}

#[test]
fn a_forum_under_another_address_keeps_its_scheme_and_port() {
    let mirror = sites(Some("http://127.0.0.1:3000"), &[]);
    let list = open("discourse/c/help/7", &mirror);
    let (asked, page) = load(&*list, None, |url| answer(200, url, LATEST));
    assert_eq!(asked, "http://127.0.0.1:3000/c/help/7/l/latest.json");
    for entry in page.expect("a page").entries {
        assert!(entry.url.starts_with("http://127.0.0.1:3000/t/") && entry.id.starts_with("127.0.0.1:3000/"));
        let address = thread(&entry.url, &mirror).expect("a thread");
        assert_eq!((address.site(), address.page()), ("discourse", entry.url.as_str()));
    }
    // One that has moved is read from where it is.
    let (_, page) = load(&*list, None, |_| answer(200, "https://new.example/c/help/7/l/latest.json", LATEST));
    assert!(page.expect("a page").entries.iter().all(|entry| entry.url.starts_with("https://new.example/t/")));
}

/// A forum with so many topics.
fn forum(url: &str, topics: usize) -> Answer {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let is_search = url.contains("/search.json");
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page=")).map(|page| page.parse().expect("a number"));
    let start = page.map_or(0, |page: usize| page - usize::from(is_search)) * 30;
    let end = (start + 30).min(topics);
    let rows: Vec<Value> =
        (start..end).map(|id| json!({"id": id + 1, "title": format!("Topic {id}"), "slug": "s"})).collect();
    let json = if is_search {
        json!({"posts": [], "topics": rows, "grouped_search_result": {"more_full_page_results": (end < topics).then_some(true)}})
    } else if end < topics {
        json!({"topic_list": {"topics": rows, "more_topics_url": "/latest?page=9"}})
    } else {
        json!({"topic_list": {"topics": rows}})
    };
    answer(200, url, &json.to_string())
}

#[test]
fn page_after_page_until_there_is_none() {
    for (target, topics, pages, loaded) in [
        ("discourse/a.example", 0, 1, 0),
        ("discourse/a.example/new", 30, 1, 30),
        ("discourse/a.example/c/help/7/top", 100, 4, 100),
        ("discourse/a.example/search:x", 0, 1, 0),
        ("discourse/a.example/search:x", 100, 4, 100),
        ("discourse/a.example/search:x", 1000, 10, 300),
    ] {
        let list = open(target, &Sites::default());
        let (mut from, mut ids, mut count): (Option<String>, Vec<String>, usize) = (None, Vec::new(), 0);
        loop {
            let (_, page) = load(&*list, from.as_deref(), |url| forum(url, topics));
            let page = page.expect("a page");
            ids.extend(page.entries.into_iter().map(|entry| entry.id));
            count += 1;
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        let expected: Vec<String> = (1..=loaded).map(|id| format!("a.example/{id}")).collect();
        assert_eq!((ids, count), (expected, pages), "{target} {topics}");
    }
}

#[test]
fn a_search_finds_topics() {
    let list = open("discourse/forum.example.org/search:shelf", &Sites::default());
    let (_, page) = load(&*list, None, |_| answer(200, "", SEARCH));
    let page = page.expect("a page");
    let expected = [
        "forum.example.org/77 \"Where do <you> \\\"keep\\\" rocks?\" by \"\" in \"Storage\" -99 13 ",
        "forum.example.org/81 \"A shelf of my own\" by \"cleo\" in \"\" -99 1 ",
    ];
    assert_eq!((shown(&page.entries), page.next.as_deref()), (expected.map(str::to_owned).to_vec(), Some("2")));
    let nothing = json!({"posts": [], "users": [], "grouped_search_result": {"more_full_page_results": null}});
    let (_, page) = load(&*list, None, |_| answer(200, "", &nothing.to_string()));
    assert!(page.is_ok_and(|page| page.entries.is_empty() && page.next.is_none()));
}

#[test]
fn errors_say_what_to_do() {
    let login = r#"{"errors":["You need to be logged in to do that."],"error_type":"not_logged_in"}"#;
    let limited = r#"{"errors":["Slow down"],"error_type":"rate_limit","extras":{"time_left":"12 seconds"}}"#;
    let page = "https://forum.example.org/latest.json";
    for (status, url, body, part) in [
        (
            403,
            page,
            login,
            "forum.example.org shows this to its members only (403); log in there, or open it in a browser",
        ),
        (200, "https://forum.example.org/login", "<!doctype html><title>Log in</title>", "members only (200)"),
        (200, "https://forum.example.org/session/sso?x", "<html>", "members only (200)"),
        (403, page, "<html>", "forum.example.org refused (403); open it in a browser"),
        (
            404,
            page,
            r#"{"errors":["Not found"],"error_type":"not_found"}"#,
            "no such list, or hides it (404); check the address",
        ),
        (429, page, limited, "slow down (429); wait 12 seconds, then try again"),
        (429, page, r#"{"failed":"FAILED","message":"Slow down"}"#, "slow down (429); try again in a minute"),
        (422, page, r#"{"failed":"FAILED","message":"Too \u001b[31mshort"}"#, "status 422 (“Too [31mshort”)"),
        (503, page, "", "cannot answer now (503)"),
        (302, page, "", "answered with status 302"),
        (200, page, "<!doctype html><title>A blog</title>", "no Discourse forum (it begins “A blog”)"),
        (200, page, "null", "something else than a Discourse list of topics (it begins “null”)"),
        (200, page, "{}", "something else than a Discourse list of topics"),
        (200, page, "", "empty answer"),
        (200, page, "{\"topic_list\":{\"topics\":[", "damaged at line 1, column 26, before its first entry; try again"),
    ] {
        let list = open("discourse/forum.example.org", &Sites::default());
        let (_, page) = load(&*list, None, |_| answer(status, url, body));
        let line = plain(&page.expect_err("an error"));
        assert!(
            line.contains(part) && line.starts_with("forum.example.org") && !line.contains(char::is_control),
            "{line}"
        );
    }
    let loader = open("discourse/forum.example.org", &Sites::default()).loader(None);
    assert_eq!(loader.snapshot().expect_err("nothing yet").to_string(), "Nothing has come from forum.example.org yet");
}

#[test]
fn what_stands_before_damage_stays() {
    let list = open("discourse/forum.example.org", &Sites::default());
    for (json, whole) in [(LATEST, 4), (SEARCH, 2)] {
        let mut before = 0;
        for end in (0..json.len()).step_by(5) {
            let (_, page) = load(&*list, None, |_| answer(200, "", json.get(..end).unwrap_or_default()));
            match page {
                Ok(page) => {
                    assert!(page.notes.iter().any(|note| note.starts_with("The JSON is damaged at line ")), "{end}");
                    assert!(!page.entries.is_empty(), "{end}");
                    assert!((before..=whole).contains(&page.entries.len()), "{end}");
                    before = page.entries.len();
                }
                Err(error) => {
                    assert!(before == 0 && error.to_string().starts_with("forum.example.org"), "{error}");
                }
            }
        }
        assert_eq!(before, whole);
    }
}

#[test]
fn saved_lists() {
    assert!(looks_like_list(&Sample::of(LATEST.as_bytes())) && looks_like_list(&Sample::of(SEARCH.as_bytes())));
    let Ok(Content::List(listing)) = saved::read(LATEST.as_bytes(), None) else { unreachable!("a list of topics") };
    check(&listing);
    assert_eq!(listing.heading.title, "Discourse: saved topics of forum.example.org");
    assert_eq!((listing.heading.target.as_str(), listing.next), ("discourse/forum.example.org/latest", None));
    assert!(matches!(saved::read(SEARCH.as_bytes(), None), Ok(Content::List(list)) if list.entries.len() == 2));
    for topic in TOPICS {
        assert!(!looks_like_list(&Sample::of(topic.as_bytes())));
        assert!(matches!(saved::read(topic.as_bytes(), None), Ok(Content::Thread(_))));
    }
    for (other, says) in [
        ("", "sent an empty answer"),
        ("{}", "something else than a Discourse list of topics"),
        ("<html>", "a page instead of a list of topics"),
        (
            "{\"users\":[{\"avatar_template\":\"/user_avatar/a.example/x\"}],\"topic_list\":{\"topics\":[{\"id\":1,",
            "there is no topic of Discourse before the JSON is damaged at line 1, column 91",
        ),
        ("{\"topic_list\":{\"topics\":[{\"id\":1,\"title\":\"x\"}]}}", "does not say which Discourse forum it is of"),
    ] {
        assert!(!looks_like_list(&Sample::of(other.as_bytes())), "{other}");
        let error = read_saved_list(&Sample::of(other.as_bytes())).expect_err("no list").to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_topics_are_no_lists() {
    for (name, comments) in [
        ("cf-t_2108_posts.json", 19),
        ("cf-t_2108_posts_pn_41.json", 20),
        ("cf-t_2108_post_452.json", 20),
        ("discourse_api-topic.json", 3),
    ] {
        let bytes = corpus(&format!("discourse/{name}"));
        let Ok(Content::Thread(thread)) = saved::read(&bytes, None) else { unreachable!("{name} is a topic") };
        assert!(!looks_like_list(&Sample::of(&bytes)) && thread.len() == comments, "{name}: {}", thread.len());
    }
}

#[test]
fn the_score_of_a_topic_is_its_likes() {
    let list = crate::support::pages::listing(LATEST.as_bytes());
    let mut out = Vec::new();
    let options = lurker::print::TextOptions { width: 80, colour: false, ascii: false, now: 1_791_474_000 };
    lurker::print::stories_text(&list, options, &mut out).expect("a vector takes all");
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(text.contains(" like") && !text.contains(" point"), "{text}");
}
