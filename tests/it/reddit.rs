//! Reddit: saved threads, of every shape that the site has sent, and damaged ones.

use crate::support::corpus as captured;

use lurker::model::{Comment, ScoreKind, State, Thread};
use lurker::site::Sample;
use lurker::site::reddit::{self, Account, RedditLoader, parse};
use lurker::site::{Content, Loader as _, saved as files};

const THREAD: &str = include_str!("../fixtures/reddit/thread.json");
const STREAM: &str = include_str!("../fixtures/reddit/stream.json");
const PERMALINK: &str = include_str!("../fixtures/reddit/permalink.json");

fn saved(bytes: &[u8]) -> Thread {
    assert!(reddit::looks_like(&Sample::of(bytes)));
    reddit::read_saved(&Sample::of(bytes)).expect("a thread")
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the thread")
}

/// A captured answer of the site.
fn corpus(name: &str) -> Vec<u8> {
    captured::corpus(&format!("reddit/{name}"))
}

#[test]
fn a_thread_with_all_that_reddit_does_to_comments() {
    let thread = saved(THREAD.as_bytes());
    let story = thread.story();
    assert_eq!((story.site.as_str(), story.id.as_str(), story.author.as_str()), ("reddit", "abc12", "gardener"));
    assert_eq!(story.url, "https://www.reddit.com/r/gardening/comments/abc12/spades/");
    assert_eq!((story.title.as_str(), story.text.plain.as_str()), ("Spades & forks: <which>?", "Say it."));
    assert_eq!((story.score, story.score_kind, story.score_range), (Some(12), ScoreKind::Points, None));
    assert_eq!((story.link.as_str(), story.archived, story.stated_comments), ("", true, Some(17)));
    for (id, depth, state, author, score, text) in [
        ("c1", 0, State::Live, Some("mod_ada"), Some(1), "Be kind, see the rules."),
        ("c2", 0, State::Deleted, None, Some(-4), ""),
        ("c3", 1, State::Live, Some("gardener"), None, "quoted\n\nForks."),
        ("c4", 0, State::Removed, None, Some(1), ""),
        ("c5", 0, State::Live, None, Some(i32::MAX), "Kept words."),
    ] {
        let comment = comment(&thread, id);
        assert_eq!((comment.depth(), comment.state(), comment.author()), (depth, state, author), "{id}");
        assert_eq!((comment.score(), comment.body().plain), (score, text), "{id}");
    }
    let first = comment(&thread, "c1");
    assert_eq!((first.label(), first.posted_at()), ("Moderator", Some(1_700_000_100)));
    assert_eq!(first.url(), "https://www.reddit.com/r/gardening/comments/abc12/spades/c1/");
    assert_eq!(first.body().links().next(), Some("https://www.reddit.com/r/gardening/wiki"));
    assert!(comment(&thread, "c3").flags().op);
    assert_eq!(thread.notes().len(), 2, "{:?}", thread.notes());
    assert!(thread.notes()[0].ends_with("not in the file: 12") && thread.notes()[1].ends_with("not in the file: 1"));
}

#[test]
fn without_raw_json_every_text_is_escaped_once_more() {
    let once_more = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (plain, escaped) = (saved(THREAD.as_bytes()), saved(once_more(THREAD).as_bytes()));
    assert_eq!(plain.story(), escaped.story());
    for (one, other) in plain.iter().zip(escaped.iter()) {
        assert_eq!((one.id(), one.body().plain), (other.id(), other.body().plain));
    }
}

#[test]
fn without_html_the_markdown_is_read() {
    let text = r#"[{"data":{"children":[{"kind":"t3","data":{"id":"p1","title":"A &amp; b","author":"ada",
        "selftext":"&gt; quoted\n\nsee /r/sheds"}}]}},{"data":{"children":[{"kind":"t1","data":{"id":"c1","author":"bob",
        "body":"**loud** &lt;x&gt; &gt;!hidden!&lt; [rules](/r/sheds/wiki) &amp;#x200B;"}}]}}]"#;
    let unescaped = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    for text in [text, &unescaped] {
        let thread = reddit::read_saved(&Sample::of(text.as_bytes())).expect("a thread");
        let story = thread.story();
        assert_eq!((story.title.as_str(), story.text.plain.as_str()), ("A & b", "quoted\n\nsee /r/sheds"));
        assert_eq!(story.text.links, ["https://www.reddit.com/r/sheds"]);
        let body = comment(&thread, "c1").body();
        assert_eq!(body.plain.trim_end(), "loud <x> (spoiler: hidden) rules");
        assert_eq!(body.links().collect::<Vec<_>>(), ["https://www.reddit.com/r/sheds/wiki"]);
        assert_eq!(body.marks.len(), 3);
    }
}

#[test]
fn names_in_another_order_are_known() {
    // serde_json puts the names of objects in order.
    let value: serde_json::Value = serde_json::from_str(THREAD).expect("JSON");
    let Ok(Content::Thread(thread)) = files::read(value.to_string().as_bytes(), None) else { unreachable!("a thread") };
    assert_eq!(thread.len(), saved(THREAD.as_bytes()).len());
    let value: serde_json::Value = serde_json::from_str(include_str!("../fixtures/reddit/list.json")).expect("JSON");
    let read = files::read(value.to_string().as_bytes(), None);
    assert!(matches!(read, Ok(Content::List(list)) if list.entries.len() == 4));
}

#[test]
fn comments_of_many_threads_are_one_discussion() {
    let Ok(Content::Thread(thread)) = files::read(STREAM.as_bytes(), None) else { unreachable!("comments of Reddit") };
    let shown = |comment: Comment<'_>| format!("{} {} {}", comment.depth(), comment.id(), comment.subject());
    assert_eq!(
        thread.iter().map(shown).collect::<Vec<_>>(),
        ["0 s2 Which lamp?", "1 s1 Which lamp?", "0 s3 Sheds & <shelves>", "0 s4 Which lamp?"]
    );
    let story = thread.story();
    assert_eq!((story.title.as_str(), story.id.as_str()), ("New comments in r/sheds", "r/sheds/comments"));
    assert_eq!(story.url, "https://www.reddit.com/r/sheds/comments/");
    assert_eq!(comment(&thread, "s1").url(), "https://www.reddit.com/r/sheds/comments/t1/which_lamp/s1/");
    assert_eq!(comment(&thread, "s1").score(), None);
    assert_eq!(thread.notes(), ["These are comments of more than one thread, and no thread is whole"]);
    let one = STREAM.replace("\"bob\"", "\"ada\"").replace("\"cy\"", "\"ada\"");
    assert_eq!(saved(one.as_bytes()).story().title, "Comments by ada");
    let many = STREAM.replacen("r/sheds", "r/lamps", 1);
    assert_eq!(saved(many.as_bytes()).story().title, "New comments on Reddit");
}

#[test]
fn a_permalink_is_one_branch_of_its_thread() {
    let thread = saved(PERMALINK.as_bytes());
    let story = thread.story();
    assert_eq!((story.title.as_str(), story.author.as_str()), ("Which door for a shed?", "ada"));
    let text = "Left or right?\n\nPoll, 12 votes:\n\n- Left: 3 votes\n- Right: 9 votes";
    assert_eq!((story.text.plain.as_str(), story.score, story.stated_comments), (text, Some(64), Some(42)));
    let shown = |comment: Comment<'_>| format!("{} {} {}", comment.depth(), comment.id(), comment.state().name());
    assert_eq!(thread.iter().map(shown).collect::<Vec<_>>(), ["0 d2 live", "1 d3 live", "1 d4 removed"]);
    assert_eq!((comment(&thread, "d2").label(), comment(&thread, "d3").flags().op), ("Moderator", true));
    assert_eq!(
        thread.notes(),
        ["Behind “more comments”, and not in the file: 31", "This is one branch of the discussion, not all of it"]
    );
}

#[test]
fn an_answer_with_more_comments_is_a_branch() {
    let text = r#"{"json":{"errors":[],"data":{"things":[
        {"kind":"t1","data":{"id":"m1","parent_id":"t1_up","link_id":"t3_abc12","author":"ada","body":"one","replies":""}},
        {"kind":"t1","data":{"id":"m2","parent_id":"t1_m1","link_id":"t3_abc12","author":"bob","body":"two","replies":""}},
        {"kind":"more","data":{"count":4,"id":"m3","parent_id":"t1_m1","children":["m3","m4"]}}]}}}"#;
    let Ok(Content::Thread(thread)) = files::read(text.as_bytes(), None) else { unreachable!("a branch") };
    let shown: Vec<(&str, u32)> = thread.iter().map(|comment| (comment.id(), comment.depth())).collect();
    assert_eq!(shown, [("m1", 0), ("m2", 1)]);
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.url.as_str()), ("abc12", "https://www.reddit.com/comments/abc12/"));
    assert_eq!(comment(&thread, "m2").url(), "https://www.reddit.com/comments/abc12/_/m2/");
    assert_eq!(thread.notes()[0], "Behind “more comments”, and not in the file: 4");
    assert_eq!(thread.notes()[1], "This is one branch of the discussion, not all of it");
}

#[test]
fn what_holds_no_comments_is_told_apart() {
    const STYLE: &str = "<style>h1 { background: url(//www.redditstatic.com/x.png) }</style>";
    let page = |words: &str| format!("<!doctype html>{STYLE}{words}");
    for (text, part) in [
        (r#"{"access_token": "a", "token_type": "bearer", "scope": "*"}"#.to_owned(), "an access token of Reddit"),
        (
            r#"{"reason": "private", "message": "Forbidden", "error": 403}"#.to_owned(),
            "could not answer (403 Forbidden)",
        ),
        (r#"{"json":{"errors":[],"data":{"things":[]}}}"#.to_owned(), "no thread of Reddit"),
        (r#"{"kind":"Listing","data":{"children":[]}}"#.to_owned(), "a list of Reddit's with nothing in it"),
        (page("<h1>whoa there, pardner!</h1>"), "blocks a network or program"),
        (page("<title>reddit.com: over 18?</title>"), "of age"),
        (page("<title>A thread</title>"), "a web page of Reddit; [Other(\"save the thread's address"),
    ] {
        let error = files::read(text.as_bytes(), None).expect_err("no comments");
        let line = format!("{error}; {:?}", error.advice);
        assert!(line.contains(part) && !line.contains('\n'), "{line}");
    }
    for text in ["<html><title>Elsewhere</title>", r#"{"error": 3}"#, r#"{"data": {"children": [{"kind": "t1"}]}}"#] {
        assert!(
            !reddit::looks_like(&Sample::of(text.as_bytes())) && !reddit::looks_like_list(&Sample::of(text.as_bytes())),
            "{text}"
        );
    }
    let feed = format!("<?xml version=\"1.0\"?><feed>{STYLE}");
    assert!(!reddit::looks_like(&Sample::of(feed.as_bytes())));
}

#[test]
fn the_network_is_left_alone() {
    let address = |text| parse(text, &Account::default()).expect("an address");
    let mut loader = RedditLoader::new(address("https://www.reddit.com/r/rust/comments/3hahrw/x/"));
    assert!(loader.next().is_empty());
    let error = loader.snapshot().expect_err("nothing");
    let line = format!("{error}; {:?}", error.advice);
    assert!(line.contains("client id") && line.contains("/comments/3hahrw.json") && !line.contains('\n'), "{line}");
    let share = RedditLoader::new(address("https://www.reddit.com/r/rust/s/aBc")).snapshot().expect_err("nothing");
    assert!(format!("{:?}", share.advice).contains("/s/aBc leads to"), "{share:?}");
}

#[test]
fn depth_damage_and_other_files() {
    const LEVELS: usize = 100_000;
    let (post, _) = THREAD.split_once("{\"kind\":\"t1\"").expect("a comment");
    let open = r#"{"kind":"t1","data":{"id":"","author":"a","body":"b","replies":{"data":{"children":["#;
    let deep = format!("{post}{}{}]}}}}]", open.repeat(LEVELS), "]}}}}".repeat(LEVELS));
    let thread = saved(deep.as_bytes());
    assert_eq!((thread.len() as usize, thread.notes().len()), (LEVELS, 0), "{:?}", thread.notes());
    assert_eq!(thread.get(thread.len() - 1).map(Comment::depth), Some(LEVELS as u32 - 1));
    for end in 0..THREAD.len() {
        if let Ok(cut) = reddit::read_saved(&Sample::of(&THREAD.as_bytes()[..end])) {
            assert!(cut.notes().iter().any(|note| note.contains("damaged at line")) || end + 1 == THREAD.len());
        }
    }
    for noise in ["", "[]", "{}", "null", "<html>", "[[]]", "{\"kind\":\"Listing\",\"data\":{}}"] {
        assert!(reddit::read_saved(&Sample::of(noise.as_bytes())).is_err(), "{noise}");
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn the_threads_of_the_corpus() {
    for (name, comments, notes, state) in [
        ("3hahrw-sort-old-2021/001-comments.json", 526, 1, (State::Deleted, 12)),
        ("3hahrw-sort-old-2021/002-comments.json", 3, 1, (State::Deleted, 1)),
        ("flags/98vj9e-permalink-context100-2020-07.json", 3, 1, (State::Live, 3)),
        ("flags/fjn0j9-stickied-collapsed-deleted-2020-07.json", 114, 0, (State::Deleted, 1)),
        ("flags/fo7p5b-poll-2020-07.json", 489, 2, (State::Deleted, 12)),
        ("flags/gx8r8z-distinguished-stickied-removed-2020-07.json", 8, 0, (State::Removed, 1)),
        ("flags/mcqjl8-selftext-media-2023-10.json", 2, 0, (State::Live, 2)),
        ("flags/newest-format-2025-10.json", 1, 0, (State::Live, 1)),
    ] {
        let bytes = corpus(name);
        let thread = saved(&bytes);
        assert_eq!((thread.len(), thread.notes().len()), (comments, notes), "{name}: {:?}", thread.notes());
        assert_eq!(thread.iter().filter(|comment| comment.state() == state.0).count(), state.1, "{name}");
        assert!(!thread.story().title.is_empty() && thread.story().stated_comments.is_some());
        let has_text = |comment: Comment<'_>| comment.state() != State::Live || !comment.body().plain.is_empty();
        let without: Vec<&str> = thread.iter().filter(|comment| !has_text(*comment)).map(Comment::id).collect();
        assert_eq!(without, [] as [&str; 0], "{name}");
    }
    for (name, part) in [
        ("3hahrw-sort-old-2021/000-token.json", "an access token of Reddit"),
        ("blocked-and-rss/403-network-policy-block-2026.html", "blocks a network or program"),
        ("blocked-and-rss/old-reddit-over18-interstitial-2026.html", "whether its reader is of age"),
    ] {
        let bytes = corpus(name);
        let line = files::read(&bytes, None).expect_err("no comments").to_string();
        assert!(line.contains(part), "{name}: {line}");
    }
    let bytes = corpus("flags/r-comments-flat-score_hidden-2023-11.json");
    let thread = saved(&bytes);
    assert_eq!((thread.len(), thread.iter().filter(|comment| comment.depth() > 0).count()), (100, 0));
    assert!(thread.iter().all(|comment| comment.score().is_none() && !comment.subject().is_empty()));
}

#[test]
fn numbers_of_a_page_are_added_up_to_what_can_be_told() {
    let page = include_str!("../fixtures/reddit/shreddit-2026.html");
    let more = "<faceplate-partial src='/svc/shreddit/more-comments/x'>2147483648 more replies</faceplate-partial>";
    let page = page.replace("</body>", &format!("{}</body>", more.repeat(3)));
    let Ok(Content::Thread(thread)) = files::read(page.as_bytes(), None) else { unreachable!("a page of Reddit") };
    assert!(thread.notes().contains(&"Behind “more comments”, and not on the page: 4294967295".to_owned()));
}
