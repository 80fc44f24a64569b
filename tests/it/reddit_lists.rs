//! Reddit's lists: which targets and addresses name them, their pages over the network, and lists in files.

use crate::support::corpus::corpus;

use lurker::model::{Advice, Heading, Listing};
use lurker::site::Sample;
use lurker::site::list;
use lurker::site::reddit;
use lurker::site::{Answer, Content, ListTarget, LoadError, SiteConfig, Sites, saved, thread};

const PAGE: &str = include_str!("../fixtures/reddit/list.json");
const TOKEN: &str = r#"{"access_token": "the-token", "token_type": "bearer", "expires_in": 3600}"#;

fn sites(url: Option<&str>) -> Sites {
    Sites::default().with("reddit", config(url))
}

fn config(url: Option<&str>) -> SiteConfig {
    url.map(SiteConfig::at).unwrap_or_default().with("client_id", "some_id")
}

fn named(target: &str, sites: &Sites) -> Box<dyn ListTarget> {
    list(target, sites).expect("a list").expect("a right target")
}

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() }
}

/// Loads a page, with a token first where there is none; what was asked for, and the page.
fn load(list: &dyn ListTarget, from: Option<&str>, reply: Answer) -> (String, Result<Listing, LoadError>) {
    let mut loader = list.loader(from);
    let mut request = loader.next().pop().expect("a request");
    if request.form.is_some() {
        assert!(loader.next().is_empty(), "one request at a time");
        loader.answer(request.key, Ok(answer(200, TOKEN)));
        request = loader.next().pop().expect("a request");
    }
    assert_eq!(request.headers, [("authorization", "bearer the-token".to_owned())]);
    loader.answer(request.key, Ok(reply));
    assert!(loader.next().is_empty());
    (request.url, loader.snapshot())
}

/// What the list asks for first, without the page's length.
fn asked(list: &dyn ListTarget) -> String {
    let (url, _) = load(list, None, answer(200, PAGE));
    url.replace("https://oauth.reddit.com", "").replace("limit=50&raw_json=1", "…")
}

#[test]
fn targets_and_addresses() {
    let sites = sites(None);
    for (targets, canonical, title, url, path) in [
        (
            vec!["reddit", "reddit/", "reddit/hot", "https://www.reddit.com/", "reddit.com", "old.reddit.com/hot.json"],
            "reddit/hot",
            "Reddit: hot",
            "/hot",
            "/r/popular/hot?…",
        ),
        (
            vec!["reddit/top/week", "https://www.reddit.com/top/?t=week"],
            "reddit/top/week",
            "Reddit: top (week)",
            "/top?t=week",
            "/r/popular/top?t=week&…",
        ),
        (
            vec![
                "r/rust",
                "r/rust/",
                "reddit/r/rust",
                "r/rust/hot",
                "https://www.reddit.com/r/rust",
                "np.reddit.com/r/rust/.json?after=t3_x",
            ],
            "reddit/r/rust/hot",
            "Reddit: r/rust, hot",
            "/r/rust/hot",
            "/r/rust/hot?…",
        ),
        (
            vec!["r/rust/top/all", "https://old.reddit.com/r/rust/top/?sort=top&t=all"],
            "reddit/r/rust/top/all",
            "Reddit: r/rust, top (all)",
            "/r/rust/top?t=all",
            "/r/rust/top?t=all&…",
        ),
        (
            vec!["r/rust/new", "https://www.reddit.com/r/rust/new/?t=week"],
            "reddit/r/rust/new",
            "Reddit: r/rust, new",
            "/r/rust/new",
            "/r/rust/new?…",
        ),
        (vec!["r/rust+go"], "reddit/r/rust+go/hot", "Reddit: r/rust+go, hot", "/r/rust+go/hot", "/r/rust+go/hot?…"),
        (
            vec!["reddit/search:clamp & lamp", "https://www.reddit.com/search/?q=clamp+%26+lamp&sort=new"],
            "reddit/search:clamp & lamp",
            "Reddit: “clamp & lamp”",
            "/search?q=clamp+%26+lamp&type=link",
            "/search?q=clamp+%26+lamp&type=link&…",
        ),
        (
            vec!["r/rust/search:a/b", "https://www.reddit.com/r/rust/search?q=a%2Fb&restrict_sr=on"],
            "reddit/r/rust/search:a/b",
            "Reddit: r/rust, “a/b”",
            "/r/rust/search?q=a%2Fb&type=link&restrict_sr=1",
            "/r/rust/search?q=a%2Fb&type=link&restrict_sr=1&…",
        ),
    ] {
        for target in targets {
            let list = named(target, &sites);
            let heading = list.heading();
            assert_eq!((heading.target.as_str(), heading.title.as_str()), (canonical, title), "{target}");
            assert_eq!(heading.url, format!("https://www.reddit.com{url}"), "{target}");
            assert_eq!(asked(list.as_ref()), path, "{target}");
        }
        assert_eq!(named(canonical, &sites).heading().target, canonical);
    }
}

#[test]
fn what_is_no_list() {
    let sites = sites(None);
    for target in [
        "reddit/best",
        "r/",
        "r/a",
        "r/rust/top/decade",
        "r/rust/hot/week",
        "reddit/search: ",
        "r/rust/wiki",
        "r/ru-st",
        "reddit/top/week/x",
    ] {
        let line = list(target, &sites).expect("a target of Reddit's").expect_err("wrong");
        assert!(line.contains("no list of Reddit") && line.contains("reddit/search:WORDS"), "{line}");
    }
    for address in [
        "https://www.reddit.com/r/rust/comments/3hahrw/",
        "https://www.reddit.com/r/rust/wiki/index",
        "https://redd.it/",
        "https://www.reddit.com/user/ada",
        "https://www.reddit.com/search?q=",
        "https://notreddit.com/r/rust",
        "rust",
    ] {
        assert!(list(address, &sites).is_none(), "{address}");
    }
}

#[test]
fn tabs_stay_in_the_subreddit() {
    let sections = ["new", "top", "r/go"].map(str::to_owned).to_vec();
    let usual = sites(None);
    let own = Sites::default().with("reddit", config(None).with_sections(sections));
    let tabs = |target: &str, sites: &Sites| {
        let Heading { tabs, search, .. } = named(target, sites).heading();
        let tabs = tabs.into_iter().map(|tab| format!("{} {}", tab.label, tab.target)).collect::<Vec<_>>().join(", ");
        (tabs, search.unwrap_or_default())
    };
    let expect = |tabs: &str, search: &str| (tabs.to_owned(), search.to_owned());
    assert_eq!(
        tabs("reddit", &usual),
        expect("hot reddit/hot, new reddit/new, top reddit/top, rising reddit/rising", "reddit/search:")
    );
    assert_eq!(
        tabs("r/rust/top/week", &own),
        expect("new reddit/r/rust/new, top reddit/r/rust/top/week, r/go reddit/r/go", "reddit/r/rust/search:")
    );
    assert_eq!(tabs("reddit", &own).0, "new reddit/new, top reddit/top, r/go reddit/r/go");
}

#[test]
fn a_page_and_the_one_after_it() {
    let list = named("r/sheds", &sites(None));
    let (url, page) = load(list.as_ref(), None, answer(200, PAGE));
    assert_eq!(url, "https://oauth.reddit.com/r/sheds/hot?limit=50&raw_json=1");
    let page = page.expect("a page");
    assert_eq!((&page.heading, page.next.as_deref()), (&list.heading(), Some("t3_p4")));
    assert_eq!(page.notes, ["Posts without an id or a title, left out: 2", "Left out, as they are no posts: 1"]);
    let shown = |entry: &lurker::model::Entry| {
        let of = entry.url.replace("https://www.reddit.com", "");
        format!(
            "{} {:?} {of} [{}] {} {:?} {:?} {}",
            entry.id, entry.title, entry.link, entry.author, entry.score, entry.comments, entry.place
        )
    };
    let entries: Vec<String> = page.entries.iter().map(shown).collect();
    assert_eq!(
        entries,
        [
            "p1 \"Sheds & shelves: <which>?\" /r/sheds/comments/p1/sheds_shelves/ [] ada Some(12) Some(3) r/sheds",
            "p2 \"A lamp\" /r/sheds/comments/p2/a_lamp/ [https://lamps.example/?a=1&b=2] bob None Some(0) r/sheds",
            "p3 \"Handed on\" /user/cy/comments/p3/handed_on/ [https://www.reddit.com/r/lamps/comments/q9/first/] cy Some(-2) None u/cy",
            "p4 \"Pictures\" /comments/p4/ []  Some(7) Some(1) r/sheds",
        ]
    );
    assert_eq!(page.entries[0].posted_at, Some(1_700_000_000));
    let (url, end) = load(
        list.as_ref(),
        page.next.as_deref(),
        answer(200, r#"{"kind":"Listing","data":{"after":null,"children":[]}}"#),
    );
    assert_eq!(url, "https://oauth.reddit.com/r/sheds/hot?limit=50&raw_json=1&after=t3_p4");
    let end = end.expect("a page");
    assert_eq!((end.entries.len(), end.next), (0, None));
}

#[test]
fn entries_open_in_lurker_under_another_address_too() {
    for mirror in [None, Some("http://127.0.0.1:81")] {
        let sites = sites(mirror);
        let list = named("r/sheds", &sites);
        let (url, page) = load(list.as_ref(), None, answer(200, PAGE));
        let page = page.expect("a page");
        let origin = mirror.unwrap_or("https://www.reddit.com");
        assert!(
            url.starts_with(mirror.unwrap_or("https://oauth.reddit.com")) && list.heading().url.starts_with(origin)
        );
        for entry in &page.entries {
            assert!(entry.url.starts_with(origin), "{}", entry.url);
            let thread = thread(&entry.url, &sites).expect("a thread");
            let is_its = thread.page().contains(&format!("/comments/{}/", entry.id));
            assert!(thread.site() == "reddit" && is_its, "{thread:?}");
        }
    }
    let sites = sites(Some("http://127.0.0.1:81"));
    for target in ["127.0.0.1:81/r/sheds/new", "http://127.0.0.1:81/r/sheds/new/", "https://www.reddit.com/r/sheds/new"]
    {
        assert_eq!(named(target, &sites).heading().target, "reddit/r/sheds/new", "{target}");
    }
}

#[test]
fn without_an_id_nothing_is_asked_for() {
    for (target, file) in [
        ("reddit", "https://www.reddit.com/hot.json "),
        ("r/rust/top/week", "https://www.reddit.com/r/rust/top.json?t=week "),
        ("r/rust/search:a b", "https://www.reddit.com/r/rust/search.json?q=a+b&type=link&restrict_sr=1 "),
    ] {
        let mut loader = named(target, &Sites::default()).loader(None);
        assert!(loader.next().is_empty());
        let error = loader.snapshot().expect_err("no id");
        let [Advice::Config(key), Advice::Other(instead)] = error.advice.as_slice() else { unreachable!("{error:?}") };
        assert!(key == "client_id under [sites.reddit]" && instead.contains(file), "{instead}");
    }
}

#[test]
fn each_refusal_says_what_to_do() {
    let list = named("r/sheds", &sites(None));
    for (reply, part) in [
        (answer(403, r#"{"reason":"private","message":"Forbidden","error":403}"#), "subreddit is private (403)"),
        (answer(404, r#"{"reason":"banned","message":"Not Found","error":404}"#), "banned the subreddit"),
        (
            answer(404, r#"{"message":"Not Found","error":404}"#),
            "no such list of posts (404); [Check(\"check the address\")]",
        ),
        (
            Answer { url: "https://oauth.reddit.com/subreddits/search.json?q=sheds".to_owned(), ..answer(200, PAGE) },
            "no such subreddit",
        ),
        (answer(200, "<html><p>Shell"), "a web page instead of JSON (200) (it begins “Shell”)"),
        (answer(200, "null"), "sent no list of posts (it begins “null”)"),
        (answer(200, r#"{"kind":"Listing","data":{"children":[{"kind":"t1","data":{}}]}}"#), "sent no list of posts"),
        (answer(401, ""), "Reddit does not take the token"),
    ] {
        let mut loader = list.loader(None);
        // A 401 is answered with a new token, and then with the same again.
        for _ in 0..5 {
            let Some(request) = loader.next().pop() else { break };
            loader.answer(request.key, Ok(if request.form.is_some() { answer(200, TOKEN) } else { reply.clone() }));
        }
        let error = loader.snapshot().expect_err("an error");
        let line = format!("{error}; {:?}", error.advice);
        assert!(loader.next().is_empty() && line.contains(part), "{part}: {line}");
    }
    let (_, cut) = load(list.as_ref(), None, answer(200, PAGE.get(..PAGE.len() / 2).expect("ASCII")));
    let cut = cut.expect("a part of the page");
    assert!(!cut.entries.is_empty() && cut.notes.iter().any(|note| note.starts_with("The JSON is damaged at line")));
}

#[test]
fn lists_in_files() {
    let Ok(Content::List(page)) = saved::read(PAGE.as_bytes(), None) else { unreachable!("it is a list") };
    assert_eq!((page.entries.len(), page.next, page.heading.title.as_str()), (4, None, "Reddit"));
    let escaped = PAGE.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let Ok(Content::List(same)) = saved::read(escaped.as_bytes(), Some("reddit")) else { unreachable!("it is a list") };
    assert_eq!(same.entries, page.entries);
    assert!(reddit::read_list(&Sample::of(b"[]")).is_err());
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn a_captured_list() {
    let bytes = corpus("reddit/listing-r-hackernews-2024-06.json");
    let Ok(Content::List(page)) = saved::read(&bytes, None) else { unreachable!("it is a list") };
    assert_eq!((page.entries.len(), page.notes.len()), (25, 0));
    for entry in &page.entries {
        assert!(
            thread(&entry.url, &Sites::default()).is_some_and(|address| address.site() == "reddit"),
            "{}",
            entry.url
        );
        assert!(!entry.title.is_empty() && entry.comments.is_some() && entry.place.starts_with("r/"));
    }
    assert_eq!(page.entries.iter().filter(|entry| entry.score.is_none()).count(), 3, "hidden by their subreddits");
}
