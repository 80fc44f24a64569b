//! Reddit's feeds: lists of posts, and threads without scores and tree.

use crate::support::corpus::corpus;

use lurker::model::{Comment, Entry, Listing, State, Thread};
use lurker::site::{self, Content, Sites, saved};

const LIST: &[u8] = include_bytes!("../fixtures/reddit/list.atom");
const SEARCH: &[u8] = include_bytes!("../fixtures/reddit/search.atom");
const THREAD: &[u8] = include_bytes!("../fixtures/reddit/thread.atom");

fn list(bytes: &[u8]) -> Listing {
    match saved::read(bytes, None) {
        Ok(Content::List(listing)) => *listing,
        other => unreachable!("{other:?}"),
    }
}

fn thread(bytes: &[u8]) -> Thread {
    match saved::read(bytes, Some("reddit")) {
        Ok(Content::Thread(thread)) => *thread,
        other => unreachable!("{other:?}"),
    }
}

fn utc(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

#[test]
fn a_feed_of_posts() {
    let listing = list(LIST);
    let heading = &listing.heading;
    assert_eq!((heading.site.as_str(), heading.title.as_str()), ("reddit", "Reddit: top scoring links : gardening"));
    assert_eq!(heading.url, "https://www.reddit.com/r/gardening/top?t=year");
    let [spade, own] = listing.entries.as_slice() else { unreachable!("{listing:?}") };
    assert_eq!(
        (spade.id.as_str(), spade.title.as_str(), spade.author.as_str()),
        ("1abc12", "A spade, 25\" <long>", "spade_ada")
    );
    assert_eq!(spade.url, "https://www.reddit.com/r/gardening/comments/1abc12/");
    assert_eq!((spade.link.as_str(), spade.place.as_str()), ("https://spades.example/1?a=1&b=2", "r/gardening"));
    assert_eq!((spade.posted_at, spade.score, spade.comments), (utc("2026-01-25T03:07:14Z"), None, None));
    assert_eq!((own.author.as_str(), own.link.as_str(), own.posted_at), ("", "", utc("2026-02-16T16:50:44Z")));
    assert_eq!(listing.notes, ["Left out, having no title or no address: 1"]);
    assert!(listing.entries.iter().all(|entry| site::thread(&entry.url, &Sites::default()).is_some()));
}

#[test]
fn the_feed_of_a_search() {
    let listing = list(SEARCH);
    assert_eq!(listing.heading.title, "Reddit: sheds: search results - door");
    assert_eq!(listing.heading.url, "https://www.reddit.com/r/sheds/search?q=door&restrict_sr=1&sort=top");
    let shown = |entry: &Entry| format!("{} {} {} {}", entry.id, entry.place, entry.author, entry.link);
    assert_eq!(
        listing.entries.iter().map(shown).collect::<Vec<_>>(),
        ["1shed7 r/sheds shed_ada ", "1shed8 r/sheds  https://hinges.example/long"]
    );
    assert!(listing.entries.iter().all(|entry| site::thread(&entry.url, &Sites::default()).is_some()));
    assert!(listing.notes.is_empty() && listing.entries.iter().all(|entry| entry.posted_at.is_some()));
}

#[test]
fn a_feed_of_a_thread() {
    let thread = thread(THREAD);
    let story = thread.story();
    assert_eq!((story.id.as_str(), story.title.as_str(), story.author.as_str()), ("1abc12", "A spade", "spade_ada"));
    assert_eq!((story.text.plain.as_str(), story.link.as_str(), story.score), ("See this.", "", None));
    assert_eq!(story.text.links, ["https://www.reddit.com/r/gardening/wiki"]);
    let rows: Vec<(&str, Option<&str>, State, &str)> =
        thread.iter().map(|comment| (comment.id(), comment.author(), comment.state(), comment.body().plain)).collect();
    let expected = [
        ("n001", Some("fork_bob"), State::Live, "Forks & rakes."),
        ("n002", Some("spade_ada"), State::Live, "No."),
        ("n003", None, State::Live, "Still here."),
        ("n004", None, State::Removed, ""),
    ];
    assert_eq!(rows, expected);
    let own = thread.get(1).expect("there are four");
    assert!(own.flags().op && own.posted_at() == utc("2026-01-25T05:00:00Z") && own.score().is_none());
    assert_eq!(own.url(), "https://www.reddit.com/r/gardening/comments/1abc12/a_spade/n002/");
    assert!(thread.iter().all(|comment| comment.depth() == 0));
    assert!(
        thread.notes().len() == 1 && thread.notes()[0].contains("neither scores nor the tree"),
        "{:?}",
        thread.notes()
    );
}

/// Where to cut: everywhere in a release build (`cargo test --release`), else at some places.
fn cuts(from: usize, to: usize) -> impl Iterator<Item = usize> {
    (from..to).step_by(if cfg!(debug_assertions) { 3 } else { 1 })
}

#[test]
fn cut_anywhere_what_stood_before_is_kept() {
    let ends = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.match_indices("</entry>").map(|(at, end)| at + end.len()).collect::<Vec<_>>()
    };
    let (list_bytes, thread_bytes) = (LIST.trim_ascii_end(), THREAD.trim_ascii_end());
    let (of_list, of_thread) = (ends(list_bytes), ends(thread_bytes));
    for end in cuts(of_list[0], list_bytes.len()) {
        let cut = list(&LIST[..end]);
        let whole = of_list.iter().filter(|&&at| at <= end).count().min(2);
        assert!(cut.entries.len() >= whole && cut.notes.iter().any(|note| note.contains("cut off")), "cut at {end}");
        assert_eq!(cut.entries[..whole], list(LIST).entries[..whole], "cut at {end}");
    }
    for end in cuts(of_thread[0], thread_bytes.len()) {
        let cut = thread(&THREAD[..end]);
        let whole = of_thread.iter().filter(|&&at| at <= end).count() - 1;
        assert!(cut.len() as usize >= whole && cut.notes().iter().any(|note| note.contains("cut off")), "cut at {end}");
    }
    for end in cuts(0, of_thread[0]) {
        drop(saved::read(&THREAD[..end], None));
        drop(saved::read(&LIST[..end.min(LIST.len())], Some("reddit")));
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_feeds_of_posts() {
    for (name, posts) in [("listing-2026-07.rss", 25), ("search-2026-07.rss", 25)] {
        let bytes = corpus(&format!("reddit/blocked-and-rss/{name}"));
        let listing = list(&bytes);
        assert_eq!((listing.entries.len(), listing.notes.len()), (posts, 0), "{name}");
        for entry in &listing.entries {
            assert!(
                !entry.author.is_empty() && entry.posted_at.is_some() && entry.place.starts_with("r/"),
                "{entry:?}"
            );
            assert!(site::thread(&entry.url, &Sites::default()).is_some(), "{entry:?}");
        }
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn a_captured_feed_of_a_thread() {
    let thread = thread(&corpus("reddit/blocked-and-rss/thread-2026-07.rss"));
    assert!(thread.len() > 10 && thread.notes().len() == 1, "{} {:?}", thread.len(), thread.notes());
    assert!(
        thread.iter().all(|comment: Comment<'_>| !comment.body().plain.is_empty() && comment.posted_at().is_some())
    );
    assert!(thread.iter().any(|comment| comment.flags().op) && !thread.story().text.plain.is_empty());
}
