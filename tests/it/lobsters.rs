//! Stories of Lobsters: every generation of the JSON, the corpus, damaged ones, and the way to them.

use crate::support::corpus::corpus;
use crate::support::random::seeds;

use lurker::app::plain;
use lurker::model::{Comment, State, Thread};
use lurker::site::Sample;
use lurker::site::lobsters::{self, parse};
use lurker::site::{Answer, LoadError, Loader, Progress};

const STORY_2026: &[u8] = include_bytes!("../fixtures/lobsters/story-2026.json");
const COMMENT_2026: &[u8] = include_bytes!("../fixtures/lobsters/comment-2026.json");
const GONE: &[u8] = include_bytes!("../fixtures/lobsters/story-gone.json");
const ODD: &[u8] = include_bytes!("../fixtures/lobsters/story-odd.json");
const GENERATIONS: [(u32, &[u8]); 6] = [
    (2019, include_bytes!("../fixtures/lobsters/story-2019.json")),
    (2021, include_bytes!("../fixtures/lobsters/story-2021.json")),
    (2022, include_bytes!("../fixtures/lobsters/story-2022.json")),
    (2023, include_bytes!("../fixtures/lobsters/story-2023.json")),
    (2024, include_bytes!("../fixtures/lobsters/story-2024.json")),
    (2026, STORY_2026),
];

fn saved(json: &[u8]) -> Thread {
    lobsters::read_saved(&Sample::of(json)).expect("a story")
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the story")
}

fn utc(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

#[test]
fn every_generation_is_the_same_thread() {
    let expected = [
        ("aaaaa1", None, 0, "ada", 5),
        ("aaaaa2", Some("aaaaa1"), 1, "bob", -3),
        ("aaaaa3", Some("aaaaa2"), 2, "ada", 2),
        ("aaaaa4", Some("aaaaa1"), 1, "cleo", 1),
        ("aaaaa5", None, 0, "desk", 7),
        ("aaaaa6", Some("aaaaa5"), 1, "bob", 1),
    ];
    for (year, json) in GENERATIONS {
        assert!(lobsters::looks_like(&Sample::of(json)), "{year}");
        let thread = saved(json);
        assert_eq!((thread.len(), thread.notes().len()), (6, 0), "{year}: {:?}", thread.notes());
        for (comment, (id, parent, depth, author, score)) in thread.iter().zip(expected) {
            assert_eq!((comment.id(), comment.parent().map(Comment::id)), (id, parent), "{year}");
            assert_eq!((comment.depth(), comment.author(), comment.score()), (depth, Some(author), Some(score)));
            assert_eq!(comment.body().plain, format!("Words of {id}, with code and a link."), "{year}");
            assert_eq!(comment.body().link(0), Some(format!("https://rocks.example/{id}").as_str()));
            assert_eq!(comment.url(), format!("https://lobste.rs/s/rocks1/where_do_you_keep_your_rocks#c_{id}"));
            assert_eq!(comment.posted_at(), utc("2019-05-02T14:00:00Z"));
            assert_eq!((comment.state(), comment.flags().op), (State::Live, author == "desk"), "{year}");
        }
    }
}

#[test]
fn the_head_of_a_story() {
    let thread = saved(STORY_2026);
    let story = thread.story();
    assert_eq!((story.site.as_str(), story.id.as_str()), ("lobsters", "rocks1"));
    assert_eq!(story.url, "https://lobste.rs/s/rocks1/where_do_you_keep_your_rocks");
    assert_eq!((story.title.as_str(), story.author.as_str()), ("Where Do You Keep Your Rocks?", "desk"));
    assert_eq!((story.link.as_str(), story.score), ("https://rocks.example/keep", Some(42)));
    assert_eq!((story.posted_at, story.stated_comments), (utc("2019-05-02T13:00:00Z"), Some(6)));
    assert_eq!((story.thresholds, story.score_range, story.department.as_str()), ((None, None), None, ""));
}

#[test]
fn what_is_gone_keeps_its_place_and_its_words() {
    let thread = saved(GONE);
    for (id, state, text) in [
        ("gone01", State::Deleted, "Comment removed by author"),
        ("gone02", State::Removed, "Comment removed by moderator mod: Off-topic."),
        ("gone03", State::Removed, "Comment from banned user removed"),
    ] {
        let comment = comment(&thread, id);
        assert_eq!((comment.state(), comment.body().plain), (state, text));
    }
    assert_eq!(comment(&thread, "here01").parent().map(Comment::id), Some("gone01"));
    assert_eq!(comment(&thread, "here02").score(), Some(-10));
    // The site does not count what is gone.
    assert_eq!((thread.len(), thread.story().stated_comments, thread.notes().len()), (5, Some(2), 0));
    assert_eq!((thread.story().text.plain.as_str(), thread.story().link.as_str()), ("A reader asks:\n\nWhere?", ""));
}

#[test]
fn a_wrong_type_loses_that_field_alone() {
    let thread = saved(ODD);
    assert_eq!(thread.len(), 3);
    assert!(!thread.story().title.contains(char::is_control) && thread.story().title.starts_with("Odd"));
    assert_eq!((thread.story().score, thread.story().posted_at, thread.story().author.as_str()), (None, None, ""));
    let (one, two) = (comment(&thread, "odd001"), comment(&thread, "odd002"));
    assert_eq!((one.author(), one.score(), one.state(), one.posted_at()), (Some("ada"), Some(6), State::Live, None));
    assert_eq!(one.url(), "https://lobste.rs/c/odd001");
    assert_eq!((two.author(), two.score(), two.parent().map(Comment::id)), (None, Some(2), Some("odd001")));
    let three = comment(&thread, "odd003");
    assert_eq!((three.score(), three.state(), three.depth()), (None, State::Missing, 0));
    assert_eq!(thread.notes(), ["5 of 8 comments cannot be read", "2 of 4 comments are not here"]);
}

#[test]
fn a_list_is_no_story() {
    assert_no_story(include_bytes!("../fixtures/lobsters/hottest-2026.json"));
    assert_no_story(include_bytes!("../fixtures/lobsters/newest-2019.json"));
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn captured_stories_are_whole() {
    for (name, count, depth) in
        [("s-d9ucpe-2021-04.json", 7, 1), ("s-tdfoqh-2023-08.json", 10, 2), ("s-tdfoqh-2025-02.json", 10, 2)]
    {
        let json = corpus(&format!("lobsters/{name}"));
        assert!(lobsters::looks_like(&Sample::of(&json)), "{name}");
        let thread = saved(&json);
        assert_eq!((thread.len(), thread.story().stated_comments), (count, Some(count)), "{name}");
        assert_eq!(thread.iter().map(Comment::depth).max(), Some(depth), "{name}");
        assert!(thread.notes().is_empty(), "{name}: {:?}", thread.notes());
        assert!(thread.iter().all(|comment| comment.score().is_some() && comment.posted_at().is_some()));
        assert!(thread.iter().all(|comment| comment.author().is_some() && !comment.body().plain.is_empty()));
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn a_story_captured_in_two_generations_has_one_shape() {
    let shape = |name: &str| -> Vec<(String, Option<u32>)> {
        let thread = saved(&corpus(name));
        thread.iter().map(|comment| (comment.id().to_owned(), thread.parent(comment.index()))).collect()
    };
    assert_eq!(shape("lobsters/s-tdfoqh-2023-08.json"), shape("lobsters/s-tdfoqh-2025-02.json"));
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn a_captured_list_is_no_story() {
    assert_no_story(&corpus("lobsters/hottest-2025-02.json"));
}

fn assert_no_story(list: &[u8]) {
    assert!(!lobsters::looks_like(&Sample::of(list)));
    assert!(lobsters::read_saved(&Sample::of(list)).is_err_and(|error| error.to_string().contains("list")));
}

#[test]
fn every_truncation_gives_what_it_holds() {
    for json in [STORY_2026, GONE, ODD, GENERATIONS[0].1, COMMENT_2026] {
        let whole = lobsters::read_saved(&Sample::of(json)).map_or(0, |thread| thread.len());
        let mut before = 0;
        for cut in 0..json.len() {
            match lobsters::read_saved(&Sample::of(&json[..cut])) {
                Ok(thread) => {
                    assert!((before..=whole).contains(&thread.len()), "{} after {before} at {cut}", thread.len());
                    assert!(cut + 2 > json.len() || thread.notes().iter().any(|note| note.contains("damaged")));
                    before = thread.len();
                }
                Err(error) => assert!(before == 0 && !error.to_string().contains(char::is_control), "{error}"),
            }
        }
        assert_eq!(before, whole);
    }
}

#[test]
fn noise_never_harms() {
    seeds(3000, |rng| {
        let whole = *rng.pick(&[STORY_2026, GONE, ODD, GENERATIONS[1].1]);
        let json = rng.damage(whole, 7, None);
        _ = lobsters::looks_like(&Sample::of(&json));
        if let Ok(thread) = lobsters::read_saved(&Sample::of(&json)) {
            assert!(thread.iter().all(|comment| !comment.body().plain.contains('\u{1b}')));
        }
    });
}

#[test]
fn a_story_is_one_request() {
    let address = parse("https://lobste.rs/s/rocks1/x#c_aaaaa3", None).expect("an address");
    assert_eq!(address.comment.as_deref(), Some("aaaaa3"));
    let mut loader = lobsters::LobstersLoader::new(address);
    assert!(loader.snapshot().is_err());
    assert_eq!(loader.progress(), Progress::default());
    let requests = loader.next();
    let [request] = requests.as_slice() else { unreachable!("{requests:?}") };
    assert_eq!(request.url, "https://lobste.rs/s/rocks1.json");
    assert!(loader.next().is_empty());
    loader.answer(request.key + 1, Err(LoadError::other("", "Somebody else's")));
    loader.answer(request.key, Ok(answer(200, &request.url, STORY_2026)));
    assert!(loader.next().is_empty());
    assert_eq!(loader.snapshot().map(|thread| thread.len()), Ok(6));
    assert_eq!(loader.progress(), Progress { loaded: 6, stated: Some(6) });
}

#[test]
fn a_comment_leads_to_its_story() {
    let no_story = br#"{"short_id":"aaaaa3","url":"https://lobste.rs/c/aaaaa3"}"#;
    for (body, page) in [(COMMENT_2026, None), (no_story.as_slice(), Some("http://127.0.0.1:8080/s/rocks1/x"))] {
        let mut loader = lobsters::LobstersLoader::new(
            parse("127.0.0.1:8080/c/aaaaa3", Some("127.0.0.1:8080")).expect("an address"),
        );
        let mut asked = Vec::new();
        while let [request] = loader.next().as_slice() {
            asked.push(request.url.rsplit_once(":8080").map_or("", |(_, path)| path).to_owned());
            let answer = match asked.last().map(String::as_str) {
                Some("/c/aaaaa3.json") => answer(200, &request.url, body),
                Some("/c/aaaaa3") => answer(200, page.unwrap_or_default(), b"<html>"),
                _ => answer(200, &request.url, STORY_2026),
            };
            loader.answer(request.key, Ok(answer));
        }
        let expected: &[&str] = if page.is_some() {
            &["/c/aaaaa3.json", "/c/aaaaa3", "/s/rocks1.json"]
        } else {
            &["/c/aaaaa3.json", "/s/rocks1.json"]
        };
        assert_eq!(asked, expected);
        assert!(loader.snapshot().is_ok_and(|thread| thread.find("aaaaa3").is_some()));
    }
}

#[test]
fn a_damaged_comment_never_harms_nor_loops() {
    for cut in 0..COMMENT_2026.len() {
        let mut loader = lobsters::LobstersLoader::new(parse("lobste.rs/c/aaaaa3", None).expect("an address"));
        let mut asked = 0;
        while let [request] = loader.next().as_slice() {
            asked += 1;
            let body = if request.url.contains("/c/") { &COMMENT_2026[..cut] } else { STORY_2026 };
            loader.answer(request.key, Ok(answer(200, &request.url, body)));
        }
        let outcome = loader.snapshot();
        assert_eq!(asked, 2, "{cut}");
        assert!(outcome.is_ok_and(|thread| thread.len() == 6) || cut < COMMENT_2026.len() - 2, "{cut}");
    }
}

#[test]
fn a_merged_story_counts_by_its_own_id() {
    let mut loader = lobsters::LobstersLoader::new(parse("lobsters:merged", None).expect("an address"));
    let request = loader.next().remove(0);
    assert_eq!(request.url, "https://lobste.rs/s/merged.json");
    loader.answer(request.key, Ok(answer(200, "https://lobste.rs/s/rocks1.json", STORY_2026)));
    assert_eq!(loader.snapshot().map(|thread| thread.story().id.clone()).as_deref(), Ok("rocks1"));
}

#[test]
fn an_error_says_what_to_do() {
    for (target, status, body, part) in [
        ("lobsters:rocks1", 404, "", "no story rocks1 (404); check the address"),
        ("lobste.rs/c/aaaaa3", 400, "can't find comment", "no comment aaaaa3 (400); check the address"),
        ("lobsters:rocks1", 429, "Slow down for 90 seconds", "try again in 90 seconds"),
        ("lobsters:rocks1", 429, "<p>Retry after 5 <b>Minutes</b>", "asks to slow down (429); try again in 5 minutes"),
        ("lobsters:rocks1", 429, "1 hour!", "try again in an hour"),
        ("lobsters:rocks1", 429, "No.", "asks to slow down (429); wait a few minutes"),
        ("lobsters:rocks1", 401, "", "refused (401)"),
        ("lobsters:rocks1", 200, "<title>Just a moment...</title>", "asks for a browser check"),
        ("lobsters:rocks1", 200, "[]", "is a list, not the JSON of one Lobsters story"),
        ("lobsters:rocks1", 200, "null", "not the JSON of a Lobsters story"),
        ("lobsters:rocks1", 200, "<!doctype html><p>Hello</p>", "a page instead of JSON (it begins “Hello”)"),
        ("lobsters:rocks1", 200, "", "empty answer"),
        ("lobste.rs/c/aaaaa3", 200, "null", "does not say which story comment aaaaa3 belongs to"),
    ] {
        let mut loader = lobsters::LobstersLoader::new(parse(target, None).expect("an address"));
        while let [request] = loader.next().as_slice() {
            loader.answer(request.key, Ok(answer(status, &request.url, body.as_bytes())));
        }
        let error = loader.snapshot().err().unwrap_or_else(|| unreachable!("{body} was taken"));
        let says = plain(&error);
        assert!(says.contains(part), "{says}");
    }
}

fn answer(status: u16, url: &str, body: &[u8]) -> Answer {
    Answer { status, url: url.to_owned(), content_type: String::new(), body: body.to_vec(), ..Answer::default() }
}
