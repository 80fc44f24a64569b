//! The lists of Hacker News: their addresses, and their pages from a simulated pair of services, one of which may be down.

use crate::support::random::config;
use std::collections::BTreeMap;

use lurker::model::{Entry, Listing};
use lurker::site::{self, ListTarget};
use lurker::site::{Answer, LoadError, Progress, SiteConfig, Sites, thread};
use proptest::prelude::*;
use serde_json::{Value, json};

const STORIES: &str = include_str!("../fixtures/hackernews/stories.jsonl");
const SEARCH: &[u8] = include_bytes!("../fixtures/hackernews/search.json");

/// In the site's order: a job, a dead, a deleted and an unknown one among them.
const NUMBERS: [u64; 9] = [502, 503, 501, 504, 506, 508, 505, 507, 509];

/// Status and body, or why there is no answer.
type Told = Result<(u16, &'static str), &'static str>;

/// The services, which have these lists and stories.
struct Site {
    numbers: BTreeMap<&'static str, String>,
    items: BTreeMap<u64, Value>,
    /// What is answered in place of all else, by a part of the addresses.
    down: Vec<(&'static str, Told)>,
    /// Every body is cut to this many thousandths of its length.
    cut: usize,
    asked: Vec<String>,
    most_in_flight: usize,
}

impl Site {
    fn new() -> Self {
        let items = STORIES.lines().map(|line| serde_json::from_str::<Value>(line).expect("an item"));
        let items = items.map(|item| (item["id"].as_u64().expect("a number"), item)).collect();
        let numbers = BTreeMap::from([("topstories", json!(NUMBERS).to_string())]);
        Self { numbers, items, down: Vec::new(), cut: 1000, asked: Vec::new(), most_in_flight: 0 }
    }

    fn with_list(mut self, name: &'static str, numbers: impl Into<String>) -> Self {
        self.numbers.insert(name, numbers.into());
        self
    }

    fn down(mut self, part: &'static str, answer: Told) -> Self {
        self.down.push((part, answer));
        self
    }

    fn respond(&mut self, url: &str) -> Result<Answer, LoadError> {
        self.asked.push(url.to_owned());
        let down = self.down.iter().find(|(part, _)| url.contains(part)).map(|(_, answer)| *answer);
        let (status, body) = match down {
            Some(answer) => {
                answer.map(|(status, body)| (status, body.to_owned())).map_err(|says| LoadError::other("", says))?
            }
            None => (200, self.body(url)),
        };
        let end = body.len() * self.cut / 1000;
        Ok(Answer { status, url: url.to_owned(), body: body.as_bytes()[..end].to_vec(), ..Answer::default() })
    }

    fn body(&self, url: &str) -> String {
        if let Some(name) = url.strip_prefix("https://hacker-news.firebaseio.com/v0/") {
            let name = name.strip_suffix(".json").expect("JSON");
            let item = name.strip_prefix("item/").map(|id| self.items.get(&id.parse().expect("a number")));
            return match item {
                Some(item) => item.map_or("null".to_owned(), Value::to_string),
                None => self.numbers.get(name).cloned().unwrap_or("null".to_owned()),
            };
        }
        let query = url.strip_prefix("https://hn.algolia.com/api/v1/").expect("a known service");
        let Some(tags) = query.strip_prefix("search?tags=story,(story_") else {
            return String::from_utf8(SEARCH.to_vec()).expect("UTF-8");
        };
        let (ids, rest) = tags.split_once(')').expect("a list");
        assert_eq!(rest, "&hitsPerPage=30&page=0");
        let mut ids: Vec<u64> = ids.split(",story_").map(|id| id.parse().expect("a number")).collect();
        ids.sort_unstable();
        let is_story = |item: &&Value| item["type"] == "story" && item["dead"].is_null() && item["deleted"].is_null();
        let hits: Vec<Value> = ids.iter().filter_map(|id| self.items.get(id)).filter(is_story).map(hit).collect();
        json!({"hits": hits, "nbPages": 1}).to_string()
    }

    /// Drives a page to its end; `pick` chooses which of the waiting requests is answered next.
    fn load(
        &mut self,
        target: &str,
        from: Option<&str>,
        mut pick: impl FnMut(usize) -> usize,
    ) -> Result<Listing, LoadError> {
        let mut loader = list(target).loader(from);
        let mut waiting = Vec::new();
        loop {
            waiting.extend(loader.next());
            self.most_in_flight = self.most_in_flight.max(waiting.len());
            if waiting.is_empty() {
                return loader.snapshot();
            }
            let request = waiting.swap_remove(pick(waiting.len()) % waiting.len());
            let outcome = self.respond(&request.url);
            loader.answer(request.key, outcome);
            if let Ok(listing) = loader.snapshot()
                && self.down.is_empty()
            {
                assert!(is_in_order(&ids(&listing)), "{:?}", ids(&listing));
            }
        }
    }

    fn top(&mut self) -> Result<Listing, LoadError> {
        self.load("hn", None, |_| 0)
    }
}

/// A story as Algolia has it, a little behind.
fn hit(item: &Value) -> Value {
    json!({"objectID": item["id"].to_string(), "title": item["title"], "url": item["url"], "author": item["by"],
        "points": item["score"].as_u64().map(|points| points - 1), "num_comments": item["descendants"],
        "created_at_i": item["time"], "_tags": ["story", format!("story_{}", item["id"])]})
}

fn is_in_order(ids: &[&str]) -> bool {
    let place = |id: &&str| NUMBERS.iter().position(|number| number.to_string() == *id);
    ids.is_sorted_by_key(place)
}

fn list(target: &str) -> Box<dyn ListTarget> {
    site::list(target, &Sites::default()).and_then(Result::ok).unwrap_or_else(|| unreachable!("{target} is no list"))
}

fn ids(listing: &Listing) -> Vec<&str> {
    listing.entries.iter().map(|entry| entry.id.as_str()).collect()
}

fn entry<'a>(listing: &'a Listing, id: &str) -> &'a Entry {
    listing.entries.iter().find(|entry| entry.id == id).expect("an entry of the list")
}

#[test]
fn names_and_addresses_of_lists() {
    let (freshness, algolia) = ("https://news.ycombinator.com/", "https://hn.algolia.com/?q=");
    for (text, target, page, first) in [
        ("hn", "hn/top", String::new(), "v0/topstories.json"),
        ("hn/", "hn/top", String::new(), "v0/topstories.json"),
        ("hn/news", "hn/top", String::new(), "v0/topstories.json"),
        ("hn/new", "hn/new", "newest".to_owned(), "v0/newstories.json"),
        ("hn/newest", "hn/new", "newest".to_owned(), "v0/newstories.json"),
        ("hn/best", "hn/best", "best".to_owned(), "v0/beststories.json"),
        ("hn/ask", "hn/ask", "ask".to_owned(), "v0/askstories.json"),
        ("hn/show", "hn/show", "show".to_owned(), "v0/showstories.json"),
        ("hn/jobs", "hn/jobs", "jobs".to_owned(), "v0/jobstories.json"),
        ("https://news.ycombinator.com", "hn/top", String::new(), "v0/topstories.json"),
        (" news.ycombinator.com/news?p=2 ", "hn/top", String::new(), "v0/topstories.json"),
        ("http://www.news.ycombinator.com/newest", "hn/new", "newest".to_owned(), "v0/newstories.json"),
        ("https://news.ycombinator.com/jobs?p=x#y", "hn/jobs", "jobs".to_owned(), "v0/jobstories.json"),
        ("https://hacker-news.firebaseio.com/v0/showstories.json", "hn/show", "show".to_owned(), "v0/showstories.json"),
    ] {
        let list = list(text);
        let heading = list.heading();
        assert_eq!((heading.target.as_str(), heading.url), (target, format!("{freshness}{page}")), "{text}");
        assert!(heading.tabs.iter().any(|tab| tab.target == target) && heading.search.as_deref() == Some("hn/search:"));
        assert!(list.loader(None).next()[0].url.ends_with(first), "{text}");
    }
    for (text, target, page, first) in [
        ("hn/search:stone  wall", "hn/search:stone wall", "stone+wall", "search?query=stone+wall&tags=story"),
        ("hn/search: a&b=c:d/é ", "hn/search:a&b=c:d/é", "a%26b%3Dc%3Ad%2F%C3%A9", "a%26b%3Dc%3Ad%2F%C3%A9&tags=story"),
        (
            "hn/search-by-date:wall",
            "hn/search-by-date:wall",
            "wall&sort=byDate",
            "search_by_date?query=wall&tags=story",
        ),
        ("https://hn.algolia.com/?q=stone%20wall", "hn/search:stone wall", "stone+wall", "query=stone+wall&tags=story"),
        (
            "hn.algolia.com/?dateRange=all&query=wall&sort=byDate&type=story",
            "hn/search-by-date:wall",
            "wall&sort=byDate",
            "search_by_date?query=wall&tags=story",
        ),
        ("hn.algolia.com/api/v1/search?query=wall&page=3", "hn/search:wall", "wall", "search?query=wall&tags=story"),
    ] {
        let list = list(text);
        let heading = list.heading();
        assert_eq!((heading.target.as_str(), heading.url), (target, format!("{algolia}{page}")), "{text}");
        let url = list.loader(None).next().remove(0).url;
        assert!(url.ends_with(&format!("{first}&hitsPerPage=30&page=0")), "{url}");
    }
}

#[test]
fn what_is_no_list_and_what_is_wrong_with_it() {
    for text in [
        "hackernews",
        "https://news.ycombinator.com/item?id=1",
        "https://news.ycombinator.com/user?id=ada",
        "https://news.ycombinator.com/newest/x",
        "https://news.ycombinator.com.example/newest",
        "https://news.ycombinator.com:8080/newest",
        "ftp://news.ycombinator.com/newest",
        "https://hn.algolia.com/",
        "https://hn.algolia.com/?q=%20",
        "https://hn.algolia.com/about?q=x",
        "https://hacker-news.firebaseio.com/v0/maxitem.json",
        "https://walls.example/v0/topstories.json",
    ] {
        assert!(site::list(text, &Sites::default()).is_none(), "{text}");
    }
    let wrong = |text| site::list(text, &Sites::default()).and_then(Result::err).unwrap_or_default();
    assert_eq!(
        wrong("hn/worst"),
        "Hacker News has no list worst; there are hn/top, hn/new, hn/best, hn/ask, hn/show, hn/jobs and hn/search:WORDS"
    );
    assert_eq!(wrong("hn/search: "), "say what to look for: hn/search:WORDS");
    assert_eq!(wrong("hn/search-by-date:"), "say what to look for: hn/search-by-date:WORDS");
}

#[test]
fn other_servers_and_the_readers_own_tabs() {
    let config = SiteConfig::default()
        .with("algolia_url", "http://127.0.0.1:81/")
        .with("firebase_url", "http://127.0.0.1:80/")
        .with_sections(vec!["best".to_owned(), "jobs".to_owned()]);
    let sites = Sites::default().with("hn", config);
    let first = |text: &str| {
        let list = site::list(text, &sites).and_then(Result::ok).expect("a list");
        let tabs: Vec<String> = list.heading().tabs.into_iter().map(|tab| tab.label).collect();
        assert_eq!(tabs, ["best", "jobs"]);
        list.loader(None).next().remove(0).url
    };
    assert_eq!(first("hn"), "http://127.0.0.1:80/v0/topstories.json");
    assert_eq!(first("http://127.0.0.1/v0/beststories.json"), "http://127.0.0.1:80/v0/beststories.json");
    let search = "http://127.0.0.1:81/api/v1/search?query=x&tags=story&hitsPerPage=30&page=0";
    assert_eq!((first("hn/search:x"), first("http://127.0.0.1:81/?q=x")), (search.to_owned(), search.to_owned()));
    let page = "http://127.0.0.1:81/api/v1/search?query=x&tags=story&hitsPerPage=30&page=4";
    let list = site::list("hn/search:x", &sites).and_then(Result::ok).expect("a list");
    assert_eq!(list.loader(Some("5")).next().remove(0).url, page);
}

#[test]
fn a_page_in_the_order_of_the_site() {
    let mut services = Site::new();
    let listing = services.top().expect("a list");
    assert_eq!(ids(&listing), ["502", "503", "501", "508", "507"]);
    assert_eq!((listing.next.as_deref(), listing.heading.title.as_str()), (None, "Hacker News: top"));
    assert_eq!(listing.notes, ["Left out for want of a title: 1"]);
    let walls = Entry {
        site: "hn".to_owned(),
        id: "501".to_owned(),
        title: "Dry stone walls & how they drain".to_owned(),
        url: "https://news.ycombinator.com/item?id=501".to_owned(),
        link: "https://walls.example/drain?a=1&b=2".to_owned(),
        author: "ada".to_owned(),
        posted_at: Some(1_700_000_000),
        score: Some(30),
        comments: Some(12),
        ..Entry::default()
    };
    assert_eq!(entry(&listing, "501"), &walls);
    assert_eq!((entry(&listing, "503").comments, entry(&listing, "503").score), (None, Some(1)));
    assert_eq!((entry(&listing, "502").link.as_str(), entry(&listing, "507").link.as_str()), ("", ""));
    assert_eq!(entry(&listing, "507").title, "Show HN: A wall made of text");
    assert_eq!(entry(&listing, "508").comments, Some(9));
    for entry in &listing.entries {
        let address = thread(&entry.url, &Sites::default()).expect("a thread");
        assert_eq!((address.site(), address.comment()), ("hn", Some(entry.id.as_str())));
    }
    // The list, the stories, and five that are no living story.
    assert_eq!((services.asked.len(), services.most_in_flight), (7, 5), "{:?}", services.asked);
}

#[test]
fn stories_appear_as_they_arrive() {
    let mut services = Site::new();
    let mut loader = list("hn").loader(None);
    assert_eq!(loader.progress(), Progress::default());
    for (loaded, shown) in [(0, ""), (3, "502 501 507")] {
        let requests = loader.next();
        let [request] = requests.as_slice() else { unreachable!("{requests:?}") };
        loader.answer(request.key, services.respond(&request.url));
        assert_eq!(loader.snapshot().map_or(String::new(), |listing| ids(&listing).join(" ")), shown);
        assert_eq!(loader.progress(), Progress { loaded, stated: Some(9) });
    }
    let job = loader.next().into_iter().find(|request| request.url.ends_with("/503.json")).expect("the job");
    loader.answer(job.key, services.respond(&job.url));
    assert_eq!(loader.snapshot().map(|listing| ids(&listing).join(" ")).as_deref(), Ok("502 503 501 507"));
}

#[test]
fn without_algolia_every_story_is_asked_for() {
    for answer in [
        Ok((404, "")),
        Ok((500, "")),
        Ok((429, "")),
        Ok((200, "")),
        Ok((200, "null")),
        Ok((200, "{\"message\":\"hits\"}")),
        Ok((200, "<html>Sorry</html>")),
        Err("hn.algolia.com refused the connection"),
    ] {
        let mut services = Site::new().down("algolia", answer);
        let listing = services.top().expect("a list");
        assert_eq!(ids(&listing), ["502", "503", "501", "508", "507"], "{answer:?}");
        assert_eq!((entry(&listing, "501").score, services.most_in_flight), (Some(31), 9));
        assert_eq!(listing.notes, ["Left out for want of a title: 1"]);
    }
}

#[test]
fn without_the_sites_list_the_search_service_has_one() {
    for (section, query) in [
        ("top", "search?tags=front_page"),
        ("new", "search_by_date?tags=story"),
        ("ask", "search_by_date?tags=ask_hn"),
        ("show", "search_by_date?tags=show_hn"),
        ("jobs", "search_by_date?tags=job"),
    ] {
        let mut services = Site::new().down("firebaseio", Ok((401, "{\"error\":\"Permission denied\"}")));
        let listing = services.load(&format!("hn/{section}"), Some("2"), |_| 0);
        let asked = services.asked.last().map(String::as_str);
        assert_eq!(asked, Some(format!("https://hn.algolia.com/api/v1/{query}&hitsPerPage=30&page=1").as_str()));
        let listing = listing.expect("a list");
        assert_eq!((ids(&listing), listing.next.as_deref()), (vec!["501", "502", "503", "507"], Some("3")));
        assert_eq!(entry(&listing, "503").comments, None);
        let note = "Hacker News's own list could not be loaded, so this is the search service's: \
                    hacker-news.firebaseio.com refused (401)";
        assert_eq!(listing.notes, [note]);
    }
}

#[test]
fn pages_follow_one_another() {
    let many: Vec<u64> = (1000..1065).collect();
    let mut services = Site::new().with_list("newstories", json!(many).to_string());
    services.items =
        many.iter().map(|&id| (id, json!({"id": id, "type": "story", "title": format!("Wall {id}")}))).collect();
    let mut next = None;
    let mut sizes = Vec::new();
    let mut seen = Vec::new();
    loop {
        let listing = services.load("hn/new", next.as_deref(), |_| 0).expect("a page");
        sizes.push(listing.entries.len());
        seen.extend(listing.entries.into_iter().map(|entry| entry.id.parse::<u64>().expect("a number")));
        next = listing.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!((sizes, seen), (vec![30, 30, 5], many));
    let third = services.load("https://news.ycombinator.com/newest?p=3", None, |_| 0).expect("a page");
    assert_eq!((third.entries.len(), third.next), (5, None));
    let beyond =
        services.load("https://news.ycombinator.com/newest?p=4", None, |_| 0).expect_err("nothing").to_string();
    assert_eq!(beyond, "Hacker News has no stories on page 4 of new");
}

#[test]
fn jobs_are_asked_for_at_once() {
    let mut services = Site::new().with_list("jobstories", "[503]");
    let listing = services.load("hn/jobs", None, |_| 0).expect("a list");
    assert_eq!((ids(&listing), services.asked.len()), (vec!["503"], 2));
}

#[test]
fn a_page_says_what_it_lacks() {
    let mut services = Site::new().down("item/", Ok((503, "")));
    let listing = services.top().expect("what Algolia has");
    assert_eq!(ids(&listing), ["502", "501", "507"]);
    let note = "Could not be loaded: 5 of the stories: hacker-news.firebaseio.com cannot answer now (503)";
    assert_eq!(listing.notes, ["Left out for want of a title: 1", note]);
    let cut = Site { cut: 700, ..Site::new() }.top().expect("the beginning");
    assert!(cut.notes.iter().any(|note| note.contains("cut off")), "{:?}", cut.notes);
}

#[test]
fn refusals_say_what_to_do() {
    let advice = "[Retry, Browser]";
    let words = |error: LoadError| format!("{error}; {:?}", error.advice);
    for (numbers, rest, line) in [
        (
            Ok((500, "")),
            Ok((500, "")),
            "firebaseio.com cannot answer now (500); hn.algolia.com cannot answer now (500)",
        ),
        (Ok((200, "")), Ok((404, "")), "firebaseio.com sent an empty answer; hn.algolia.com has no such hits (404)"),
        (
            Ok((200, "null")),
            Ok((200, "<p>Log in")),
            "something else than a list (it begins “null”); hn.algolia.com sent a web page instead of data (it begins “Log in”)",
        ),
        (
            Err("no way there"),
            Ok((200, "{}")),
            "no way there; hn.algolia.com sent something else than hits (it begins “{}”)",
        ),
    ] {
        let mut services = Site::new().down("v0/", numbers).down("algolia", rest);
        let says = words(services.top().expect_err("nothing"));
        assert!(
            says.starts_with("Hacker News could not be loaded: ") && says.ends_with(&format!("{line}; {advice}")),
            "{says}"
        );
        let best = words(services.load("hn/best", None, |_| 0).expect_err("there is no other"));
        assert!(!best.contains("algolia") && best.ends_with(advice), "{best}");
    }
    let busy = Site::new().down("v0/", Ok((429, ""))).down("algolia", Ok((429, ""))).top().expect_err("busy");
    assert!(busy.is_rate_limit() && words(busy).ends_with("[Other(\"wait a few minutes\"), Retry]"));
    let gone = Site::new().with_list("topstories", "[504,505,506]").top().expect_err("all gone").to_string();
    assert_eq!(gone, "Hacker News has no stories on page 1 of top");
    assert_eq!(
        list("hn").loader(None).snapshot().expect_err("nothing yet").to_string(),
        "Nothing has come from Hacker News yet"
    );
}

#[test]
fn a_search_is_one_request_a_page() {
    let search = |answer: Result<(u16, &str), &str>, from: Option<&str>| {
        let mut loader = list("hn/search:wall").loader(from);
        let request = loader.next().remove(0);
        let answer = answer.map(|(status, body)| Answer { status, body: body.into(), ..Answer::default() });
        loader.answer(request.key, answer.map_err(|says| LoadError::other("", says)));
        assert!(loader.next().is_empty());
        loader.snapshot()
    };
    let hits = std::str::from_utf8(SEARCH).expect("UTF-8");
    let first = search(Ok((200, hits)), None).expect("a page");
    assert_eq!((ids(&first), first.next.as_deref()), (vec!["501", "502", "503", "507"], Some("2")));
    assert_eq!((first.notes.len(), first.heading.title.as_str()), (0, "Hacker News: search for “wall”"));
    assert_eq!(search(Ok((200, hits)), Some("3")).map(|listing| listing.next), Ok(None));
    let none = search(Ok((200, r#"{"hits":[],"nbPages":0}"#)), None).expect("an answer");
    assert_eq!((none.entries.len(), none.notes.join("")), (0, "Nothing was found".to_owned()));
    let cut = search(Ok((200, hits.get(..900).expect("ASCII"))), None).expect("the beginning");
    assert!(cut.entries.len() == 3 && cut.notes[0].contains("damaged at line 4"), "{cut:?}");
    for (answer, part) in [
        (Ok((429, "")), "asks to slow down (429); [Other(\"wait a few minutes\"), Retry]"),
        (Ok((200, "<html>")), "hn.algolia.com sent a web page instead of data"),
        (Ok((200, "null")), "hn.algolia.com sent something else than hits (it begins “null”)"),
        (Ok((400, "{}")), "hn.algolia.com answered with status 400"),
        (Err("no way there"), "no way there"),
    ] {
        let error = search(answer, None).expect_err("an error");
        let says = format!("{error}; {:?}", error.advice);
        assert!(says.contains(part), "{says}");
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn the_order_of_answers_does_not_matter(picks in prop::collection::vec(any::<usize>(), 1..20), cut in 0..=1000_usize) {
        let mut picks = picks.into_iter().cycle();
        let mut services = Site { cut, ..Site::new() };
        let outcome = services.load("hn", None, |_| picks.next().unwrap_or_default());
        prop_assert!(services.asked.len() <= 11);
        match outcome {
            Ok(listing) if cut == 1000 => prop_assert_eq!(ids(&listing), ["502", "503", "501", "508", "507"]),
            Ok(listing) => prop_assert!(!listing.notes.is_empty()),
            Err(says) => prop_assert!(cut < 1000 && !says.to_string().is_empty() && !says.to_string().contains(char::is_control)),
        }
    }
}
