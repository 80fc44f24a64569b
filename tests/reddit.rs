//! Reddit: saved threads, of every shape that the site has sent, and damaged ones.

use std::path::{Path, PathBuf};

use lurker::model::{Comment, ScoreKind, State, Thread};
use lurker::site::reddit::{self, Account, Loader, recognise};
use lurker::site::{Content, Loader as _, saved as content};

const THREAD: &str = include_str!("fixtures/reddit/thread.json");

fn saved(bytes: &[u8]) -> Thread {
    assert!(reddit::looks_like(bytes));
    reddit::read_saved(bytes).expect("a thread")
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the thread")
}

#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn corpus(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/reddit").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    bytes
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
fn the_network_is_left_alone() {
    let address = |text| recognise(text, &Account::default()).expect("an address");
    let mut loader = Loader::new(address("https://www.reddit.com/r/rust/comments/3hahrw/x/"));
    assert!(loader.next().is_empty());
    let line = loader.snapshot().expect_err("nothing").to_string();
    assert!(line.contains("client id") && line.contains("/comments/3hahrw.json") && !line.contains('\n'), "{line}");
    let share = Loader::new(address("https://www.reddit.com/r/rust/s/aBc")).snapshot().expect_err("nothing");
    assert!(share.to_string().contains("/s/aBc leads to"));
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
        if let Ok(cut) = reddit::read_saved(&THREAD.as_bytes()[..end]) {
            assert!(cut.notes().iter().any(|note| note.contains("damaged at line")) || end + 1 == THREAD.len());
        }
    }
    for noise in ["", "[]", "{}", "null", "<html>", "[[]]", "{\"kind\":\"Listing\",\"data\":{}}"] {
        assert!(reddit::read_saved(noise.as_bytes()).is_err(), "{noise}");
    }
}

#[test]
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
        let Some(bytes) = corpus(name) else { continue };
        let thread = saved(&bytes);
        assert_eq!((thread.len(), thread.notes().len()), (comments, notes), "{name}: {:?}", thread.notes());
        assert_eq!(thread.iter().filter(|comment| comment.state() == state.0).count(), state.1, "{name}");
        assert!(!thread.story().title.is_empty() && thread.story().stated_comments.is_some());
        let has_text = |comment: Comment<'_>| comment.state() != State::Live || !comment.body().plain.is_empty();
        let without: Vec<&str> = thread.iter().filter(|comment| !has_text(*comment)).map(Comment::id).collect();
        assert_eq!(without, [] as [&str; 0], "{name}");
    }
}
