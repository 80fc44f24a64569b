//! Topics of Discourse: of all years and states, the corpus, damaged ones, and a simulated forum.

use crate::support::corpus as captured;
use crate::support::random::seeds;

use lurker::app::plain;
use lurker::model::{Comment, ScoreKind, State, Thread};
use lurker::site::Sample;
use lurker::site::discourse::{self, parse};
use lurker::site::{Answer, LoadError, Loader, Progress, Request};
use serde_json::{Value, json};

const TOPIC_2026: &[u8] = include_bytes!("../fixtures/discourse/topic-2026.json");
const TOPIC_2013: &[u8] = include_bytes!("../fixtures/discourse/topic-2013.json");
const POSTS_2026: &[u8] = include_bytes!("../fixtures/discourse/posts-2026.json");
const ODD: &[u8] = include_bytes!("../fixtures/discourse/topic-odd.json");

fn saved(json: &[u8]) -> Thread {
    discourse::read_saved(&Sample::of(json)).expect("a topic")
}

fn comment<'a>(thread: &'a Thread, id: &str) -> Comment<'a> {
    thread.find(id).and_then(|index| thread.get(index)).expect("a comment of the topic")
}

fn ids(thread: &Thread) -> Vec<&str> {
    thread.iter().map(Comment::id).collect()
}

fn utc(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

/// A captured answer of the site.
fn corpus(name: &str) -> Vec<u8> {
    captured::corpus(&format!("discourse/{name}"))
}

/// The note on posts whose parents are not here.
fn orphans(count: usize) -> String {
    let they = if count == 1 { "it answers" } else { "they answer" };
    format!("{} without the one that {they}; at the top level", lurker::model::counted(count as u64, "comment"))
}

#[test]
fn the_head_of_a_topic() {
    let thread = saved(TOPIC_2026);
    let story = thread.story();
    assert_eq!((story.site.as_str(), story.id.as_str()), ("discourse", "forum.example.org/77"));
    assert_eq!(story.url, "https://forum.example.org/t/where-do-you-keep-your-rocks/77");
    assert_eq!((story.title.as_str(), story.author.as_str()), ("Where do <you> \"keep\" rocks?", "desk"));
    assert_eq!((story.link.as_str(), story.score), ("https://rocks.example/keep", Some(12)));
    assert_eq!((story.score_kind, story.score_range, story.thresholds), (ScoreKind::Likes, None, (None, None)));
    assert_eq!((story.posted_at, story.archived), (utc("2026-05-02T13:00:00Z"), true));
    assert_eq!(story.text.plain, "Where do you keep them?");
    assert_eq!(story.stated_comments, Some(11));
    assert_eq!(thread.notes(), ["1 notice of the forum is left out", &orphans(1)]);
}

#[test]
fn replies_make_a_tree() {
    let thread = saved(TOPIC_2026);
    assert_eq!(ids(&thread), ["2", "3", "4", "13", "5", "8", "10", "11", "12", "14", "15"]);
    let parents: Vec<Option<&str>> = thread.iter().map(|comment| comment.parent().map(Comment::id)).collect();
    let expected = [None, Some("2"), Some("3"), Some("4"), None, None, None, Some("10"), None, None, None];
    assert_eq!(parents, expected);
    let four = comment(&thread, "4");
    assert_eq!(four.url(), "https://forum.example.org/t/where-do-you-keep-your-rocks/77/4");
    assert_eq!((four.author(), four.flags().op, four.posted_at()), (Some("desk"), true, utc("2026-05-02T13:04:00Z")));
}

#[test]
fn states_and_likes() {
    let thread = saved(TOPIC_2026);
    for (id, state, likes) in [
        ("2", State::Live, Some(5)),
        ("4", State::Live, Some(0)),
        ("10", State::Deleted, Some(0)),
        ("12", State::Dead, Some(0)),
        ("13", State::Removed, Some(0)),
        ("14", State::Live, None),
    ] {
        let comment = comment(&thread, id);
        assert_eq!((comment.state(), comment.score()), (state, likes), "{id}");
    }
}

#[test]
fn quotes_boxes_faces_and_addresses() {
    let thread = saved(TOPIC_2026);
    let quote = comment(&thread, "3").body();
    assert!(quote.plain.ends_with("On a shelf.\n\nMine too :smile: says @ada in the other topic."), "{}", quote.plain);
    let links: Vec<&str> = quote.links().collect();
    assert_eq!(links, ["https://forum.example.org/u/ada", "https://forum.example.org/t/other/78"]);
    let onebox = comment(&thread, "5").body();
    assert!(onebox.plain.contains("Keeping rocks") && onebox.plain.contains("How to."), "{}", onebox.plain);
}

#[test]
fn a_topic_of_2013() {
    let thread = saved(TOPIC_2013);
    assert_eq!((ids(&thread), thread.story().id.as_str()), (vec!["2", "14"], "57"));
    assert_eq!((comment(&thread, "2").score(), comment(&thread, "14").score()), (Some(3), Some(1)));
    assert_eq!((thread.story().url.as_str(), comment(&thread, "14").url()), ("", ""));
    assert_eq!((thread.story().score, thread.story().posted_at), (Some(0), utc("2013-02-04T20:26:26Z")));
    assert!(thread.notes().is_empty(), "{:?}", thread.notes());
}

#[test]
fn some_posts_of_a_topic() {
    let thread = saved(POSTS_2026);
    assert_eq!(ids(&thread), ["3", "4", "5"]);
    let shape: Vec<u32> = thread.iter().map(Comment::depth).collect();
    assert_eq!((shape, thread.story().title.as_str()), (vec![0, 1, 0], "Discourse topic 77"));
    assert_eq!(thread.story().stated_comments, Some(13));
    assert_eq!(thread.notes(), ["11 of 14 posts are not here", &orphans(1)]);
    assert_eq!(thread.story().id, "forum.example.org/77");
    assert!(thread.iter().all(|comment| comment.author().is_some() && comment.posted_at().is_some()));
    assert!(thread.iter().all(|comment| !comment.body().plain.is_empty()));
}

#[test]
fn a_wrong_type_loses_that_field_alone() {
    let thread = saved(ODD);
    assert_eq!(ids(&thread), ["2", "3", "4"]);
    let story = thread.story();
    assert!(story.title.starts_with("A & ") && !story.title.contains(char::is_control), "{}", story.title);
    assert_eq!((story.link.as_str(), story.archived, story.author.as_str()), ("", false, ""));
    let (two, three, four) = (comment(&thread, "2"), comment(&thread, "3"), comment(&thread, "4"));
    assert_eq!((two.author(), two.depth(), two.posted_at(), two.state()), (Some("bob"), 0, None, State::Live));
    assert_eq!((three.parent().map(Comment::id), three.score(), three.author()), (Some("2"), Some(4), None));
    assert_eq!((four.state(), four.depth()), (State::Missing, 0));
}

#[test]
fn a_post_without_its_text_is_not_counted_as_here() {
    let mut loader = loader("https://forum.example.org/t/slug/77");
    run(&mut loader, |request| Ok(answer(200, &request.url, ODD)));
    let thread = loader.snapshot().expect("a thread");
    assert_eq!((thread.len(), thread.loaded()), (3, 2));
    assert_eq!(loader.progress(), Progress { loaded: 2, stated: Some(13) });
    // The first post, which is no comment, and the last one came without a text.
    assert_eq!(thread.notes(), ["12 of 14 posts are not here"]);
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn the_corpus_is_whole() {
    for (name, comments, stated, first, last) in [
        ("cf-t_2108_posts.json", 19, 445, "2", "20"),
        ("cf-t_2108_posts_pn_41.json", 20, 445, "21", "40"),
        ("cf-t_2108_post_452.json", 20, 445, "433", "452"),
        ("discourse_api-topic.json", 3, 3, "2", "14"),
    ] {
        let json = corpus(name);
        assert!(discourse::looks_like(&Sample::of(&json)), "{name}");
        let thread = saved(&json);
        assert_eq!((thread.len(), thread.story().stated_comments), (comments, Some(stated)), "{name}");
        for id in [first, last] {
            assert!(!comment(&thread, id).body().plain.is_empty(), "{name}: {id}");
        }
        assert!(thread.iter().all(|comment| comment.author().is_some() && comment.posted_at().is_some()));
        let is_cut = stated != comments;
        assert_eq!(thread.notes().iter().any(|note| note.contains("not here")), is_cut, "{name}: {:?}", thread.notes());
        let is_known = |note: &String| note.contains("not here") || note.contains("without the one that they answer");
        assert!(thread.notes().iter().all(is_known), "{name}: {:?}", thread.notes());
        let replies = serde_json::from_slice::<Value>(&json).map(|json| replies_within(&json)).expect("JSON");
        assert_eq!(thread.iter().filter(|comment| comment.depth() > 0).count(), replies, "{name}");
    }
    let thread = saved(&corpus("cf-t_2108_post_452.json"));
    assert_eq!(thread.story().id, "discuss.criticalfallibilism.com/2108");
}

/// The number of posts that answer another one of the same answer that is not the first.
fn replies_within(json: &Value) -> usize {
    let posts = json["post_stream"]["posts"].as_array().expect("posts");
    let has = |number: &Value| *number != 1 && posts.iter().any(|post| post["post_number"] == *number);
    posts.iter().filter(|post| has(&post["reply_to_post_number"])).count()
}

#[test]
fn every_truncation_gives_what_it_holds() {
    for json in [TOPIC_2026, TOPIC_2013, POSTS_2026, ODD] {
        let whole = saved(json).len();
        let mut before = 0;
        for cut in (0..json.len()).filter(|cut| cut % 3 == 0 || cut + 9 > json.len()) {
            match discourse::read_saved(&Sample::of(&json[..cut])) {
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
        let whole = *rng.pick(&[TOPIC_2026, TOPIC_2013, POSTS_2026, ODD]);
        let json = rng.damage(whole, 7, None);
        _ = discourse::looks_like(&Sample::of(&json));
        if let Ok(thread) = discourse::read_saved(&Sample::of(&json)) {
            assert!(thread.iter().all(|comment| !comment.body().plain.contains('\u{1b}')));
        }
    });
}

/// A forum with one topic.
struct Forum {
    posts: Vec<Value>,
    /// Posts that are listed and never sent.
    lost: Vec<i64>,
    requests: usize,
}

impl Forum {
    /// A topic of so many posts, with gaps in the numbers.
    fn new(count: i64) -> Self {
        let mut numbers: Vec<i64> = Vec::new();
        let posts = (0..count).map(|place| {
            let gap = i64::from(place % 64 == 9);
            let number = numbers.last().map_or(1, |last| last + 1 + gap);
            let parent = numbers.get(numbers.len() * 31 % 97 % numbers.len().max(1)).filter(|_| place % 5 < 2);
            let reply_to = json!(parent);
            numbers.push(number);
            json!({
                "id": 18_000 + place * 5, "post_number": number, "post_type": 1, "username": format!("u{place}"),
                "reply_to_post_number": reply_to, "cooked": format!("<p>Words of {number}</p>"), "posts_count": count,
                "created_at": "2026-05-02T13:00:00.000Z", "actions_summary": [{"id": 2, "count": place}],
                "hidden": false, "user_deleted": false, "deleted_at": null, "topic_id": 2108, "topic_slug": "slug"
            })
        });
        Self { posts: posts.collect(), lost: Vec::new(), requests: 0 }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.requests += 1;
        let url = url::Url::parse(&request.url).expect("a URL");
        let json = match url.path() {
            "/t/2108.json" => {
                let stream: Vec<&Value> = self.posts.iter().map(|post| &post["id"]).collect();
                json!({"post_stream": {"posts": self.posts[..self.posts.len().min(20)], "stream": stream}, "id": 2108,
                       "title": "Many words", "slug": "slug", "posts_count": self.posts.len()})
            }
            "/t/2108/posts.json" => {
                let asked: Vec<i64> = url.query_pairs().filter_map(|(_, id)| id.parse().ok()).collect();
                assert!(url.query_pairs().all(|(name, _)| name == "post_ids[]") && asked.len() <= 20);
                let is_sent = |post: &&Value| {
                    post["id"].as_i64().is_some_and(|id| asked.contains(&id) && !self.lost.contains(&id))
                };
                // A forum does not promise to keep the order.
                let posts: Vec<&Value> = self.posts.iter().rev().filter(is_sent).collect();
                json!({"post_stream": {"posts": posts}, "id": 2108})
            }
            path => unreachable!("{path}"),
        };
        answer(200, &request.url, json.to_string().as_bytes())
    }
}

fn answer(status: u16, url: &str, body: &[u8]) -> Answer {
    Answer { status, url: url.to_owned(), content_type: String::new(), body: body.to_vec(), ..Answer::default() }
}

fn loader(target: &str) -> discourse::DiscourseLoader {
    discourse::DiscourseLoader::new(parse(target, None).expect("an address"))
}

/// Loads to the end; never more than one request at a time.
fn run(loader: &mut discourse::DiscourseLoader, mut answer: impl FnMut(&Request) -> Result<Answer, LoadError>) {
    while let [request] = loader.next().as_slice() {
        assert!(loader.next().is_empty(), "a second request in flight");
        loader.answer(request.key + 1, Err(LoadError::other("", "Somebody else's")));
        loader.answer(request.key, answer(request));
    }
}

#[test]
fn a_topic_of_446_posts_comes_whole_and_in_order() {
    let mut forum = Forum::new(446);
    let mut loader = loader("http://127.0.0.1:8080/t/slug/2108/452");
    assert!(loader.snapshot().is_err());
    let mut before = 0;
    while let [request] = loader.next().as_slice() {
        let answer = forum.answer(request);
        loader.answer(request.key, Ok(answer));
        let (progress, thread) = (loader.progress(), loader.snapshot().expect("what is here so far"));
        assert_eq!((progress.loaded, progress.stated), (thread.len(), Some(445)));
        assert!(progress.loaded > before && thread.notes().is_empty(), "{:?}", thread.notes());
        before = progress.loaded;
    }
    assert_eq!((forum.requests, loader.progress()), (23, Progress { loaded: 445, stated: Some(445) }));
    let thread = loader.snapshot().expect("a thread");
    for post in forum.posts.iter().skip(1) {
        let comment = comment(&thread, &post["post_number"].to_string());
        let parent = post["reply_to_post_number"].as_i64().filter(|&number| number > 1);
        assert_eq!(comment.parent().map(|parent| parent.id().to_owned()), parent.map(|number| number.to_string()));
        assert_eq!(comment.body().plain, format!("Words of {}", post["post_number"]));
        assert_eq!(comment.url(), format!("http://127.0.0.1:8080/t/slug/2108/{}", post["post_number"]));
        assert_eq!(comment.score().map(i64::from), post["actions_summary"][0]["count"].as_i64());
    }
    for index in 0..thread.len() {
        let siblings = thread.iter().filter(|comment| thread.parent(comment.index()) == thread.parent(index));
        let numbers: Vec<u32> = siblings.filter_map(|comment| comment.id().parse().ok()).collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
    }
}

#[test]
fn lost_posts_are_asked_for_once_and_noted() {
    let mut forum = Forum::new(70);
    forum.lost =
        forum.posts[20..40].iter().chain(&forum.posts[50..52]).filter_map(|post| post["id"].as_i64()).collect();
    let mut loader = loader("discourse:forum.example.org/2108");
    run(&mut loader, |request| Ok(forum.answer(request)));
    let thread = loader.snapshot().expect("a thread");
    assert_eq!((thread.len(), forum.requests), (47, 4));
    assert_eq!(thread.notes(), ["22 of 70 posts are not here", &orphans(4)]);
}

#[test]
fn a_failed_window_keeps_what_came() {
    let limited =
        r#"{"errors":["Slow down"],"error_type":"rate_limit","extras":{"wait_seconds":12,"time_left":"12 seconds"}}"#;
    for (status, body, part) in [
        (429, limited, "slow down (429)"),
        (500, "", "cannot answer now (500)"),
        (200, "<html>Maintenance", "a page instead of a topic"),
    ] {
        let mut forum = Forum::new(70);
        let mut loader = loader("https://forum.example.org/t/slug/2108");
        run(&mut loader, |request| {
            let whole = forum.answer(request);
            Ok(if forum.requests == 3 { answer(status, &request.url, body.as_bytes()) } else { whole })
        });
        let thread = loader.snapshot().expect("what came");
        assert_eq!((thread.len(), forum.requests), (39, 3));
        assert!(thread.notes().iter().any(|note| note.contains(part)), "{:?}", thread.notes());
        assert!(thread.notes().iter().any(|note| note == "30 of 70 posts are not here"), "{:?}", thread.notes());
    }
}

#[test]
fn damaged_answers_never_harm_nor_loop() {
    seeds(60, |rng| {
        let mut forum = Forum::new(66);
        let mut loader = loader("https://forum.example.org/t/slug/2108");
        run(&mut loader, |request| {
            let mut answer = forum.answer(request);
            let mut rng = rng.part();
            match rng.below(4) {
                0..2 => {}
                2 => answer.body.truncate(rng.below(answer.body.len())),
                _ => answer.body = rng.damage(&answer.body, 1, None),
            }
            Ok(answer)
        });
        assert!(forum.requests <= 4, "{}", forum.requests);
        match loader.snapshot() {
            Ok(thread) => assert!(thread.len() >= 65 || !thread.notes().is_empty()),
            Err(error) => assert!(forum.requests == 1, "{error}"),
        }
    });
}

#[test]
fn a_topic_that_was_moved_goes_on_under_its_new_number() {
    let mut forum = Forum::new(30);
    let mut loader = loader("https://forum.example.org/t/77");
    run(&mut loader, |request| {
        let moved = request.url.replace("forum.example.org/t/77.json", "new.example.org/t/2108.json");
        Ok(forum.answer(&Request { url: moved, ..request.clone() }))
    });
    let thread = loader.snapshot().expect("a thread");
    assert_eq!((thread.len(), thread.story().id.as_str()), (29, "new.example.org/2108"));
}

#[test]
fn an_error_says_what_to_do() {
    let login = r#"{"errors":["You need to be logged in to do that."],"error_type":"not_logged_in"}"#;
    let private = r#"{"errors":["You are not \u001b[31mpermitted."],"error_type":"invalid_access"}"#;
    for (status, body, part) in [
        (403, login, "forum.example.org shows this to its members only (403)"),
        (403, private, "refused (403) (“You are not"),
        (403, "<html>", "forum.example.org refused (403); open it in a browser"),
        (
            404,
            r#"{"errors":["Not found"],"error_type":"not_found"}"#,
            "no such topic, or hides it (404); check the address",
        ),
        (429, "", "slow down (429); try again in a minute"),
        (429, r#"{"extras":{"wait_seconds":7}}"#, "in 7 seconds"),
        (200, "<!doctype html><title>A blog</title>", "no Discourse forum (it begins “A blog”)"),
        (200, "null", "something else than a Discourse topic (it begins “null”)"),
        (200, "{}", "something else than a Discourse topic"),
        (200, "", "empty answer"),
    ] {
        let mut loader = loader("https://forum.example.org/t/slug/2108");
        run(&mut loader, |request| Ok(answer(status, &request.url, body.as_bytes())));
        let error = loader.snapshot().err().unwrap_or_else(|| unreachable!("{body} was taken"));
        let says = plain(&error);
        assert!(says.contains(part) && !says.contains(char::is_control), "{says}");
    }
    let mut offline = loader("https://forum.example.org/t/slug/2108");
    run(&mut offline, |_| Err(LoadError::other("", "The network is down")));
    assert_eq!(offline.snapshot().err(), Some(LoadError::other("", "The network is down")));
}

#[test]
fn a_list_without_end_is_left_and_so_is_a_forum_that_sends_nothing() {
    for (brings, expected) in [(1, 1000), (0, 6)] {
        let mut loader = loader("https://forum.example.org/t/slug/2108");
        let mut requests = 0;
        run(&mut loader, |request| {
            requests += 1;
            let stream: Vec<u32> = (0..30_000).collect();
            let post = json!({"id": requests, "post_number": requests, "username": "ann", "cooked": "<p>Lamps</p>"});
            let json = json!({"post_stream": {"posts": vec![post; brings], "stream": if requests == 1 { stream } else { vec![] }},
                              "title": "Endless", "id": 2108});
            Ok(answer(200, &request.url, json.to_string().as_bytes()))
        });
        assert_eq!(requests, expected);
        let thread = loader.snapshot().expect("what came");
        assert!(thread.is_empty() == (brings == 0) && !thread.notes().is_empty());
        let says = "sent 5 answers without a post";
        assert_eq!(thread.notes().iter().any(|note| note.contains(says)), brings == 0, "{:?}", thread.notes());
    }
}
