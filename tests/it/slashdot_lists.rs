//! Slashdot's lists: which addresses are lists, what a front page and a feed give, and what is done where they are refused.

use crate::support::corpus::corpus;
use crate::support::random::seeds;

use lurker::model::{Advice, Entry, Heading, Listing};
use lurker::site::Sample;
use lurker::site::{self, ListTarget};
use lurker::site::{Answer, Content, LoadError, Request, SiteConfig, Sites, saved, thread};

const FRONT_2015: &[u8] = include_bytes!("../fixtures/slashdot/front-2015.html");
const FRONT_2023: &[u8] = include_bytes!("../fixtures/slashdot/front-2023.html");
const FEED_RDF: &[u8] = include_bytes!("../fixtures/slashdot/feed.rdf");
const FEED_RSS: &[u8] = include_bytes!("../fixtures/slashdot/feed.rss");
const FEED_ATOM: &[u8] = include_bytes!("../fixtures/slashdot/feed.atom");
const FEED_BROKEN: &[u8] = include_bytes!("../fixtures/slashdot/feed-broken.rss");
const STORY_2026: &[u8] = include_bytes!("../fixtures/slashdot/story-2026.html");
const STORY_2013: &[u8] = include_bytes!("../fixtures/slashdot/story-2013.html");

const MIRROR: &str = "http://127.0.0.1:8080";

fn mirrored() -> Sites {
    Sites::default().with("slashdot", SiteConfig::at("127.0.0.1:8080"))
}

fn find(target: &str, sites: &Sites) -> Box<dyn ListTarget> {
    site::list(target, sites).and_then(Result::ok).unwrap_or_else(|| unreachable!("{target} is a list"))
}

fn saved_list(bytes: &[u8]) -> Listing {
    match saved::read(bytes, None) {
        Ok(Content::List(listing)) => *listing,
        other => unreachable!("{other:?}"),
    }
}

fn utc(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

type Outcome = Result<Answer, LoadError>;

/// Loads a list to the end, one request at a time; gives what it comes to and the addresses that were asked.
fn load(
    list: &dyn ListTarget,
    from: Option<&str>,
    server: impl Fn(&str) -> Outcome,
) -> (Result<Listing, LoadError>, Vec<String>) {
    let mut loader = list.loader(from);
    let mut asked = Vec::new();
    while let [Request { key, url, form: None, .. }] = loader.next().as_slice() {
        assert!(loader.next().is_empty() && loader.snapshot().is_err());
        asked.push(url.clone());
        loader.answer(*key + 7, Err(LoadError::other("", "the answer to something else")));
        loader.answer(*key, server(url).map(|answer| Answer { url: url.clone(), ..answer }));
    }
    let outcome = loader.snapshot();
    assert_eq!(loader.progress().loaded as usize, outcome.as_ref().map_or(0, |listing| listing.entries.len()));
    (outcome, asked)
}

fn answer(status: u16, body: &[u8]) -> Answer {
    Answer { status, body: body.to_vec(), ..Answer::default() }
}

fn is_feed(url: &str) -> bool {
    url.contains("/Slashdot/slashdot")
}

#[test]
fn what_a_target_or_an_address_names() {
    let (own, mirror) = (Sites::default(), mirrored());
    for (text, sites, target, url) in [
        ("slashdot", &own, "slashdot", "https://slashdot.org/"),
        ("slashdot/", &own, "slashdot", "https://slashdot.org/"),
        ("slashdot/ask", &own, "slashdot/ask", "https://ask.slashdot.org/"),
        ("slashdot/YRO/", &own, "slashdot/yro", "https://yro.slashdot.org/"),
        ("slashdot/rocks", &own, "slashdot/rocks", "https://rocks.slashdot.org/"),
        ("slashdot/ask?page=2", &own, "slashdot/ask?page=2", "https://ask.slashdot.org/?page=2"),
        ("slashdot/?page=2", &own, "slashdot/?page=2", "https://slashdot.org/?page=2"),
        ("https://slashdot.org/", &own, "slashdot", "https://slashdot.org/"),
        (" http://www.slashdot.org ", &own, "slashdot", "https://slashdot.org/"),
        ("m.slashdot.org", &own, "slashdot", "https://slashdot.org/"),
        ("//ask.slashdot.org/?page=3#x", &own, "slashdot/ask?page=3", "https://ask.slashdot.org/?page=3"),
        (
            "https://slashdot.org/index2.pl?utm_source=x&page=1",
            &own,
            "slashdot/?page=1",
            "https://slashdot.org/?page=1",
        ),
        ("slashdot", &mirror, "slashdot", "http://127.0.0.1:8080/"),
        ("slashdot/ask?page=1", &mirror, "slashdot/ask?page=1", "http://127.0.0.1:8080/ask/?page=1"),
        ("http://127.0.0.1:8080", &mirror, "slashdot", "http://127.0.0.1:8080/"),
        ("127.0.0.1:8080/ask/?page=1", &mirror, "slashdot/ask?page=1", "http://127.0.0.1:8080/ask/?page=1"),
        ("https://ask.slashdot.org/", &mirror, "slashdot/ask", "http://127.0.0.1:8080/ask/"),
    ] {
        let heading = find(text, sites).heading();
        assert_eq!((heading.target.as_str(), heading.url.as_str()), (target, url), "{text}");
        assert_eq!((heading.site.as_str(), heading.search), ("slashdot", None));
        let again = find(&heading.target, sites).heading();
        assert_eq!((again.target, again.url), (heading.target, heading.url), "{text}");
    }
    for (text, sites, url) in [
        ("https://rss.slashdot.org/Slashdot/slashdotMain", &own, "https://rss.slashdot.org/Slashdot/slashdotMain"),
        ("http://rss.slashdot.org/slashdot/slashdotITatom/", &own, "https://rss.slashdot.org/slashdot/slashdotITatom"),
        (
            "http://127.0.0.1:8080/Slashdot/slashdotAskSlashdot",
            &mirror,
            "http://127.0.0.1:8080/Slashdot/slashdotAskSlashdot",
        ),
    ] {
        let heading = find(text, sites).heading();
        assert_eq!((heading.target.as_str(), heading.url.as_str()), (url, url), "{text}");
    }
}

#[test]
fn what_names_no_list() {
    for text in [
        "",
        "ask",
        "slashdotted",
        "https://slashdot.org/story/26/05/02/1259237/rocks",
        "https://slashdot.org/?fhfilter=rocks",
        "https://slashdot.org/?issue=20150114",
        "https://slashdot.org/?page=two",
        "https://slashdot.org/~nick",
        "https://slashdot.org/ask",
        "https://a.b.slashdot.org/",
        "https://rss.slashdot.org/",
        "https://rss.slashdot.org/Slashdot/other",
        "https://slashdot.org.evil.example/",
        "https://evilslashdot.org/",
        "https://slashdot.org@evil.example/",
        "https://slashdot.org:99/",
        "ftp://slashdot.org/",
        "http://127.0.0.1:8080/",
    ] {
        assert!(site::list(text, &Sites::default()).is_none(), "{text}");
    }
    for text in
        ["http://127.0.0.1:9/", "http://127.0.0.1:8080/story/", "http://127.0.0.1:8080/a/b", "127.0.0.1:8080/faq.shtml"]
    {
        assert!(site::list(text, &mirrored()).is_none(), "{text}");
    }
    for text in [
        "slashdot/search:rocks",
        "slashdot/ask/x",
        "slashdot/ask?page=x",
        "slashdot/ask?x",
        "slashdot/rss",
        "slashdot/a.b",
    ] {
        let line = site::list(text, &Sites::default()).and_then(Result::err).unwrap_or_default();
        assert!(line.contains("its sections are words such as ask, news"), "{text}: {line}");
    }
}

#[test]
fn the_tabs_are_the_readers_own_sections_behind_the_front_page() {
    let tabs = |heading: &Heading| {
        heading.tabs.iter().map(|tab| format!("{}={}", tab.label, tab.target)).collect::<Vec<_>>().join(" ")
    };
    let heading = find("slashdot", &Sites::default()).heading();
    assert!(tabs(&heading).starts_with("front=slashdot ask=slashdot/ask news=slashdot/news"), "{heading:?}");
    assert_eq!(heading.title, "Slashdot");
    let sites = Sites::default().with("slashdot", SiteConfig::default().with_sections(vec!["bsd".to_owned()]));
    let heading = find("slashdot/apple?page=4", &sites).heading();
    assert_eq!(
        (tabs(&heading).as_str(), heading.title.as_str()),
        ("front=slashdot bsd=slashdot/bsd", "Slashdot: apple, page 4")
    );
}

#[test]
fn a_feed_says_how_many_comments_are_good() {
    let listing = saved_list(FEED_RDF);
    let counts: Vec<_> = listing.entries.iter().map(|entry| (entry.comments, entry.good)).collect();
    assert_eq!(counts, [(Some(0), Some(0)), (Some(59), Some(0))]);
    let feed = String::from_utf8_lossy(FEED_RDF);
    for (counts, good) in [("59,59,56,52,12, 7 ,1", Some(7)), ("", None), ("59", None), ("59,59,56,52,8,x,0", None)] {
        let changed = feed.replace("59,59,56,52,8,0,0", counts);
        assert_eq!(saved_list(changed.as_bytes()).entries[1].good, good, "{counts}");
    }
}

#[test]
fn a_front_page_as_it_was_until_2015() {
    let listing = saved_list(FRONT_2015);
    assert_eq!((listing.heading.target.as_str(), listing.next, listing.notes), ("slashdot", None, Vec::new()));
    let site = || "slashdot".to_owned();
    let expected = [
        Entry {
            site: site(),
            id: "15/01/14/2252221".into(),
            title: "A Kettle That \"Hums\" — Café Owners Rejoice".into(),
            url: "https://hardware.slashdot.org/story/15/01/14/2252221/a-kettle-that-hums".into(),
            link: "http://hum.example/kettle?b=1".into(),
            author: "kettledesk".into(),
            posted_at: utc("2015-01-15T01:20:00Z"),
            score: None,
            comments: Some(1011),
            place: "hardware".into(),
            ..Entry::default()
        },
        Entry {
            site: site(),
            id: "15/07/01/1200000".into(),
            title: "Paper, Again".into(),
            url: "https://slashdot.org/story/15/07/01/1200000/paper-again".into(),
            author: "Night Desk".into(),
            posted_at: utc("2015-07-01T12:05:00Z"),
            comments: Some(0),
            place: "Paper".into(),
            ..Entry::default()
        },
    ];
    assert_eq!(listing.entries, expected);
}

#[test]
fn a_front_page_as_it_is_since_2018() {
    let listing = saved_list(FRONT_2023);
    assert_eq!(listing.heading.target, "slashdot/ask");
    assert_eq!(listing.notes, ["1 story without a title or an address was left out"]);
    let [law, buttons, drawer] = listing.entries.as_slice() else { unreachable!("{listing:?}") };
    assert_eq!((law.title.as_str(), law.author.as_str(), law.comments), ("A Law Against Spoons", "LampDesk", Some(83)));
    assert_eq!((law.link.as_str(), law.place.as_str()), ("https://spoons.example/2023/law/", "yro"));
    assert_eq!(law.posted_at, utc("2023-02-10T01:25:00Z"));
    assert_eq!(buttons.url, "https://slashdot.org/story/23/02/09/2127238/");
    assert_eq!((buttons.author.as_str(), buttons.comments), ("EditorDavid", Some(0)));
    assert_eq!(buttons.posted_at, utc("2023-03-12T19:34:00Z"));
    assert_eq!((drawer.id.as_str(), drawer.comments, drawer.posted_at), ("23/02/10/0142216", None, None));
}

#[test]
fn every_story_of_a_list_opens() {
    let sites = mirrored();
    let ask = find("slashdot/ask", &sites);
    for (page, feed) in [(FRONT_2015, None), (FRONT_2023, None), (b"", Some(FEED_RDF)), (b"", Some(FEED_RSS))] {
        let (outcome, _) =
            load(ask.as_ref(), None, |url| Ok(answer(200, if is_feed(url) { feed.unwrap_or_default() } else { page })));
        let listing = outcome.expect("a list");
        for entry in &listing.entries {
            assert!(entry.url.starts_with(&format!("{MIRROR}/story/")), "{}", entry.url);
            let address = thread(&entry.url, &sites).expect("a thread");
            assert_eq!((address.site(), address.page()), ("slashdot", entry.url.as_str()));
        }
    }
    for bytes in [FRONT_2015, FRONT_2023, FEED_RDF, FEED_RSS, FEED_ATOM, FEED_BROKEN] {
        for entry in saved_list(bytes).entries {
            assert!(entry.url.starts_with("https://") && entry.url.contains(".org/story/"), "{}", entry.url);
            assert!(thread(&entry.url, &Sites::default()).is_some(), "{}", entry.url);
        }
    }
}

#[test]
fn the_three_kinds_of_feeds() {
    type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, Option<u32>, &'static str);
    let kinds: [(&[u8], &str, [Row; 2]); 3] = [
        (
            FEED_RDF,
            "slashdot",
            [
                (
                    "26/05/02/1151202",
                    "Lamps in the Attic Cost £5",
                    "https://lamps.example/attic?x=1",
                    "LampDesk",
                    "2026-05-02T13:00:00Z",
                    Some(0),
                    "hardware",
                ),
                (
                    "26/05/02/1043258",
                    "A Bell for Every Door",
                    "",
                    "BellDesk",
                    "2026-05-02T12:00:00Z",
                    Some(59),
                    "bells",
                ),
            ],
        ),
        (
            FEED_RSS,
            "slashdot",
            [
                (
                    "13/03/20/1433239",
                    "Open Shelf Launches \"Open\" Shelves",
                    "",
                    "NightDesk",
                    "2013-03-20T14:57:00Z",
                    Some(2),
                    "news",
                ),
                (
                    "13/03/20/1322250",
                    "Five Chairs, One Table",
                    "",
                    "DayDesk",
                    "2013-03-20T13:30:00Z",
                    Some(0),
                    "furniture",
                ),
            ],
        ),
        (
            FEED_ATOM,
            "slashdot/ask",
            [
                ("19/11/03/0501234", "Do Clocks Dream?", "", "ClockDesk", "2019-11-03T05:34:00Z", Some(17), "ask"),
                (
                    "19/11/03/0401234",
                    "Sand & Glass",
                    "https://sand.example/a&b",
                    "SandDesk",
                    "2019-11-03T04:34:00Z",
                    Some(0),
                    "sand",
                ),
            ],
        ),
    ];
    for (bytes, target, rows) in kinds {
        let listing = saved_list(bytes);
        assert_eq!((listing.heading.target.as_str(), listing.next, listing.notes), (target, None, Vec::new()));
        assert_eq!(listing.entries.len(), rows.len());
        for (entry, (id, title, link, author, time, comments, place)) in listing.entries.iter().zip(rows) {
            assert_eq!((entry.id.as_str(), entry.title.as_str(), entry.link.as_str()), (id, title, link));
            assert_eq!(
                (entry.author.as_str(), entry.posted_at, entry.comments),
                (author, utc(time), comments),
                "{title}"
            );
            assert_eq!((entry.place.as_str(), entry.score), (place, None), "{title}");
        }
    }
}

#[test]
fn a_malformed_feed_keeps_its_stories() {
    let listing = saved_list(FEED_BROKEN);
    let titles: Vec<&str> = listing.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Salt & Pepper – Café Owners &unknown; Weep", "Never", "The Last"]);
    let authors: Vec<&str> = listing.entries.iter().map(|entry| entry.author.as_str()).collect();
    assert_eq!(authors, ["SaltDesk", "LooseDesk", ""]);
    let links: Vec<&str> = listing.entries.iter().map(|entry| entry.link.as_str()).collect();
    assert_eq!(links, ["https://salt.example/?a=1&b=2", "https://loose.example/", ""]);
    let cut = "The feed is cut off; what comes before that is here";
    assert_eq!(listing.notes, [cut, "2 stories without a title or an address were left out"]);
}

#[test]
fn a_page_that_answers_is_all_that_is_asked_for() {
    let front = find("slashdot", &Sites::default());
    let (outcome, asked) = load(front.as_ref(), None, |_| Ok(answer(200, FRONT_2015)));
    let listing = outcome.expect("a list");
    assert_eq!(asked, ["https://slashdot.org/"]);
    assert_eq!((listing.entries.len(), listing.next.as_deref(), listing.notes.len()), (2, Some("1"), 0));
    assert_eq!(listing.heading, front.heading());
    let (outcome, asked) = load(front.as_ref(), Some("1"), |_| Ok(answer(200, FRONT_2015)));
    assert_eq!(asked, ["https://slashdot.org/?page=1"]);
    assert_eq!(outcome.expect("a list").next, None, "nothing leads on to page 2");
    let ask = find("slashdot/ask", &Sites::default());
    let (outcome, _) = load(ask.as_ref(), None, |_| Ok(answer(200, FRONT_2023)));
    let listing = outcome.expect("a list");
    assert_eq!((listing.entries.len(), listing.next.as_deref(), listing.notes.len()), (3, Some("1"), 1));
}

const ORDINARY_END: &str =
    "<div id=\"firehoselist\"></div><script src=\"/cdn-cgi/challenge-platform/scripts/jsd/main.js\"></script></html>";

#[test]
fn where_the_page_is_refused_its_feed_stands_in() {
    let page = |status, body: &str| Ok(answer(status, body.as_bytes()));
    let pages: [(Outcome, &str); 7] = [
        (page(403, "no"), "Slashdot refused (403): it may be asking for a browser check"),
        (page(503, "<title>Just a moment...</title>"), "Slashdot refused (503): it may be asking for a browser check"),
        (page(500, "Ow; so much"), "Slashdot cannot answer now (500) (it begins “Ow; so much”)"),
        (page(200, "<title>Just a moment...</title><form id=challenge-form>"), "Slashdot asks for a browser check"),
        (page(200, "<form><input name=unickname></form>"), "Slashdot asks for a login instead of the list of stories"),
        (page(200, ORDINARY_END), "This page of Slashdot has no story"),
        (
            Err(LoadError::other("slashdot.org", "did not answer within 15 s")),
            "slashdot.org did not answer within 15 s",
        ),
    ];
    for (page, reason) in pages {
        let front = find("slashdot", &Sites::default());
        let (outcome, asked) =
            load(front.as_ref(), None, |url| if is_feed(url) { Ok(answer(200, FEED_RDF)) } else { page.clone() });
        let listing = outcome.unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(asked, ["https://slashdot.org/", "https://rss.slashdot.org/Slashdot/slashdotMain"]);
        assert_eq!(listing.notes, [format!("From the feed, which has only the newest stories: {reason}")]);
        assert_eq!((listing.entries.len(), listing.next, &listing.heading), (2, None, &front.heading()));
        let (outcome, _) =
            load(front.as_ref(), None, |url| if is_feed(url) { Ok(answer(404, b"")) } else { page.clone() });
        let error = outcome.expect_err("nothing");
        let says = format!("Slashdot's page and feed could not be loaded: {reason}; Slashdot has no such feed (404)");
        assert_eq!(error.to_string(), says);
        assert_eq!(error.advice.last(), Some(&Advice::Check("check the address".to_owned())));
    }
}

#[test]
fn what_a_feed_may_be_instead() {
    for (status, body, reason) in [
        (200, &b""[..], "Slashdot sent an empty answer; [Retry]"),
        (200, b"<title>Just a moment...</title>", "Slashdot asks for a browser check; [Browser]"),
        (200, b"<rss><channel><title>Slashdot</title></channel></rss>", "This feed of Slashdot has no story"),
        (200, b"null", "This feed of Slashdot has no story (it begins “null”); [Browser]"),
        (429, b"", "Slashdot asks to slow down (429); [Other(\"wait a few minutes\"), Retry]"),
    ] {
        let feed = find("https://rss.slashdot.org/Slashdot/slashdotMain", &Sites::default());
        let (outcome, asked) = load(feed.as_ref(), None, |_| Ok(answer(status, body)));
        let error = outcome.expect_err("no list");
        let line = format!("{error}; {:?}", error.advice);
        assert!(line.starts_with(reason) && !line.contains(char::is_control), "{line}");
        assert_eq!(asked, ["https://rss.slashdot.org/Slashdot/slashdotMain"]);
    }
}

#[test]
fn the_feed_is_not_asked_for_in_vain() {
    for (target, status, asks) in [
        ("slashdot", 404, 1),
        ("slashdot", 429, 1),
        ("slashdot/?page=2", 403, 1),
        ("slashdot/yro", 403, 1),
        ("slashdot/ask", 403, 2),
    ] {
        let list = find(target, &Sites::default());
        let (outcome, asked) = load(list.as_ref(), None, |_| Ok(answer(status, b"")));
        assert!(outcome.expect_err("nothing").to_string().contains(&format!("({status})")));
        assert_eq!(asked.len(), asks, "{target}");
    }
    for (target, feed) in [
        ("slashdot/ask", "https://rss.slashdot.org/Slashdot/slashdotAskSlashdot"),
        ("slashdot/it", "https://rss.slashdot.org/Slashdot/slashdotIT"),
        ("slashdot/apple", "https://rss.slashdot.org/Slashdot/slashdotApple"),
    ] {
        let list = find(target, &Sites::default());
        let (_, asked) = load(list.as_ref(), None, |_| Ok(answer(403, b"")));
        assert_eq!(asked.last().map(String::as_str), Some(feed));
    }
    let (_, asked) = load(find("slashdot/ask", &mirrored()).as_ref(), None, |_| Ok(answer(403, b"")));
    assert_eq!(asked, [format!("{MIRROR}/ask/"), format!("{MIRROR}/Slashdot/slashdotAskSlashdot")]);
}

#[test]
fn the_end_of_the_older_pages_and_a_section_that_is_none() {
    let front = find("slashdot", &Sites::default());
    let (outcome, _) = load(front.as_ref(), Some("900"), |_| Ok(answer(200, ORDINARY_END.as_bytes())));
    let listing = outcome.expect("an empty page");
    assert_eq!((listing.entries.len(), listing.next), (0, None));
    let (outcome, _) = load(front.as_ref(), Some("900"), |_| Ok(answer(200, b"<title>Just a moment...</title>")));
    assert!(outcome.expect_err("a check").to_string().contains("browser check"));
    let mut loader = find("slashdot/rocks", &Sites::default()).loader(None);
    let key = loader.next().first().map(|request| request.key).expect("a request");
    let elsewhere = Answer { url: "https://slashdot.org/".to_owned(), ..answer(200, FRONT_2015) };
    loader.answer(key, Ok(elsewhere));
    let listing = loader.snapshot().expect("a list");
    assert_eq!(listing.notes, ["Slashdot sent slashdot.org in place of the section rocks"]);
    let mut loader = find("slashdot", &mirrored()).loader(None);
    let key = loader.next().first().map(|request| request.key).expect("a request");
    loader.answer(key, Ok(Answer { url: "http://elsewhere.example/x".to_owned(), ..answer(200, FRONT_2015) }));
    let listing = loader.snapshot().expect("a list");
    assert!(listing.entries.iter().all(|entry| entry.url.starts_with(&format!("{MIRROR}/story/"))), "{listing:?}");
}

#[test]
fn a_story_page_is_no_list_wherever_it_is_cut() {
    for page in [STORY_2026, STORY_2013] {
        for end in cuts(page.len()) {
            let cut = page.get(..end).expect("a part of it");
            assert!(!lurker::site::slashdot::looks_like_list_page(&Sample::of(cut)), "cut at {end}");
        }
    }
}

/// Where to cut a source of this length: everywhere in a release build (`cargo test --release`), else at some places.
fn cuts(length: usize) -> impl Iterator<Item = usize> {
    (0..length).step_by(if cfg!(debug_assertions) { 7 } else { 1 }).chain(length.checked_sub(1))
}

/// Cuts a list anywhere: no story that stood whole before the cut is lost or changed. `end` ends each story.
fn assert_kept(bytes: &[u8], end: &str) {
    let all = saved_list(bytes);
    let ends: Vec<usize> = bytes
        .windows(end.len())
        .enumerate()
        .filter(|(_, part)| *part == end.as_bytes())
        .map(|(at, _)| at + end.len())
        .collect();
    let mut most = 0;
    for end in cuts(bytes.len()) {
        let stood = ends.iter().filter(|&&at| at <= end).count().min(all.entries.len());
        let Ok(Content::List(cut)) = saved::read(bytes.get(..end).expect("a part of it"), None) else {
            assert!(most == 0 && stood == 0, "lost at {end}");
            continue;
        };
        assert!(cut.entries.iter().zip(&all.entries).take(stood).all(|(kept, whole)| kept == whole), "cut at {end}");
        assert!(cut.entries.len() >= stood && cut.entries.len() >= most, "cut at {end}");
        assert!(*cut == all || cut.notes.iter().any(|note| note.contains("cut off")), "cut at {end}");
        assert!(cut.entries.iter().all(|entry| !entry.title.is_empty() && !entry.title.contains(char::is_control)));
        most = cut.entries.len();
    }
    assert_eq!(most, all.entries.len());
}

#[test]
fn a_list_cut_anywhere_keeps_what_stood_before() {
    assert_kept(FRONT_2015, "</article>");
    assert_kept(FRONT_2023, "</time></span></div>");
    assert_kept(FEED_RDF, "</item>");
    assert_kept(FEED_RSS, "</item>");
    assert_kept(FEED_ATOM, "</entry>");
}

#[test]
fn noise_is_survived() {
    let alphabet = b"<>/=\"'&;[]!-\n\0\x1b\xff\xc3 ax5";
    seeds(700, |rng| {
        let whole = *rng.pick(&[FRONT_2015, FRONT_2023, FEED_RDF, FEED_RSS, FEED_ATOM, FEED_BROKEN]);
        let damaged = rng.damage(whole, 60, Some(alphabet));
        match saved::read(&damaged, None) {
            Ok(Content::List(listing)) => {
                for Entry { title, author, place, id, url, link, .. } in &listing.entries {
                    assert!(![title, author, place, id, url, link].iter().any(|text| text.contains(char::is_control)));
                }
            }
            Ok(Content::Thread(thread)) => unreachable!("{thread:?}"),
            Err(error) => assert!(!error.to_string().contains(char::is_control), "{error}"),
        }
    });
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn corpus_lists() {
    for (name, stories, commented) in [
        ("front-2015-01.html", 15, 15),
        ("front-2023-02.html", 3, 3),
        ("feed-2013-03.rss", 25, 14),
        ("feed-2026-09.rdf", 3, 2),
    ] {
        let bytes = corpus(&format!("slashdot/{name}"));
        let listing = saved_list(&bytes);
        assert_eq!((listing.entries.len(), listing.notes.as_slice()), (stories, [].as_slice()), "{name}");
        assert_eq!(listing.entries.iter().filter(|entry| entry.comments > Some(0)).count(), commented, "{name}");
        for entry in &listing.entries {
            assert!(entry.posted_at.is_some() && !entry.author.is_empty() && !entry.place.is_empty(), "{entry:?}");
            assert!(thread(&entry.url, &Sites::default()).is_some() && !entry.url.contains('?'), "{entry:?}");
            assert!(!entry.link.contains("slashdot") && !entry.link.contains("utm_"), "{entry:?}");
        }
    }
}
