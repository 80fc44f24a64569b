//! Reddit over the network: tokens, threads and their stubs, from saved answers and from a simulated site with its limits.

#[path = "support/forum.rs"]
mod forum;
#[path = "support/trees.rs"]
mod trees;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use forum::Forum;
use lurker::model::Thread;
use lurker::site::reddit::{Account, Loader, Secret, recognise};
use lurker::site::{Answer, Loader as _, Refusal, Request};
use serde_json::{Value, json};
use trees::{Rng, seeds};
use url::Url;

const TOKEN: &str = r#"{"access_token": "the-token", "token_type": "bearer", "expires_in": 86400, "scope": "*"}"#;
const THREAD: &str = "https://www.reddit.com/r/sheds/comments/thread/a_thread/";

fn account() -> Account {
    Account::new(None, "some_id".to_owned(), Secret::new(|| Ok("open-sesame".to_owned())))
}

fn loader(text: &str, account: &Account) -> Loader {
    Loader::new(recognise(text, account).expect("an address of a thread"))
}

fn answer(status: u16, body: &str) -> Answer {
    let content_type = "application/json; charset=UTF-8".to_owned();
    Answer { status, content_type, body: body.as_bytes().to_vec(), ..Answer::default() }
}

/// Answers until nothing is asked for, and the requests for a token with one; the addresses that were asked for.
fn run(loader: &mut Loader, mut reply: impl FnMut(&str) -> Answer) -> Vec<String> {
    let mut asked = Vec::new();
    loop {
        let mut requests = loader.next();
        assert!(requests.len() <= 1 && loader.next().is_empty(), "one request at a time");
        let Some(request) = requests.pop() else { return asked };
        assert!(asked.len() < 70, "too many requests");
        let is_token = request.url.ends_with("/api/v1/access_token");
        assert_eq!(request.form.is_some(), is_token, "{request:?}");
        let reply = if is_token { answer(200, TOKEN) } else { reply(&request.url) };
        loader.answer(request.key, Ok(reply));
        asked.push(request.url);
    }
}

fn parts(url: &str) -> (String, BTreeMap<String, String>) {
    let url = Url::parse(url).expect("an address");
    (url.path().to_owned(), url.query_pairs().into_owned().collect())
}

fn serve(forum: &Forum, url: &str) -> Answer {
    let (path, query) = parts(url);
    assert_eq!(query.get("raw_json").map(String::as_str), Some("1"), "{url}");
    assert!(query.get("children").is_none_or(|ids| ids.split(',').count() <= 100), "{url}");
    forum.answer(&path, &query).map_or_else(|| answer(404, r#"{"message": "Not Found", "error": 404}"#), |body| answer(200, &body))
}

/// What each comment answers, by id.
fn shape(thread: &Thread) -> BTreeMap<String, Option<String>> {
    thread.iter().map(|comment| (comment.id().to_owned(), comment.parent().map(|above| above.id().to_owned()))).collect()
}

/// A thread of random shape: wide, or deep, or both.
fn random(rng: &mut Rng, is_strict: bool) -> Forum {
    let count = 1 + rng.below(300);
    let (deep, top) = (rng.below(90), rng.below(60));
    let parents = (0..count).map(|n| match n {
        0 => None,
        n if rng.chance(deep) => Some(n - 1),
        _ if rng.chance(top) => None,
        n => Some(rng.below(n)),
    });
    let mut forum = Forum::new(parents.collect());
    forum.is_strict = is_strict;
    forum.unsent = forum.leaves().into_iter().filter(|_| rng.chance(5)).collect();
    forum
}

#[test]
fn whatever_the_shape_all_comments_come_in_their_places() {
    for is_strict in [false, true] {
        seeds(100, |rng| {
            let forum = random(rng, is_strict);
            let mut loader = loader(THREAD, &account());
            let asked = run(&mut loader, |url| serve(&forum, url));
            let thread = loader.snapshot().expect("a thread");
            let (came, all) = (shape(&thread), forum.shape());
            assert!(came.iter().all(|(id, above)| all.get(id) == Some(above)), "comments in other places");
            if asked.len() < 65 {
                let unsent = format!("Not loaded: {} comments that Reddit names but does not send", forum.unsent.len());
                let note = Some(unsent).filter(|_| !forum.unsent.is_empty());
                assert_eq!((came.len(), thread.notes()), (all.len(), note.as_slice()), "{asked:?}");
            }
        });
    }
}
