//! Reddit over the network: tokens, threads and their stubs, from saved answers and from a simulated site with its limits.

use crate::support::corpus as captured;
use crate::support::{fake_reddit, random, server};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use fake_reddit::Forum;
use lurker::app::{Event, KnownState};
use lurker::model::{Advice, Comment, Thread};
use lurker::shell::config::Config;
use lurker::shell::fetch::{Fetcher, Service};
use lurker::site::reddit::{Account, RedditLoader, parse};
use lurker::site::{Answer, LoadError, Loader as _, Request, Secret};
use random::{Rng, seeds};
use serde_json::{Value, json};
use server::{Received, Reply, Server};
use url::Url;

const TOKEN: &str = r#"{"access_token": "the-token", "token_type": "bearer", "expires_in": 86400, "scope": "*"}"#;
const THREAD: &str = "https://www.reddit.com/r/sheds/comments/thread/a_thread/";

fn account() -> Account {
    Account::new(None, "some_id".to_owned(), Secret::new(|| Ok("open-sesame".to_owned())))
}

fn loader(text: &str, account: &Account) -> RedditLoader {
    RedditLoader::new(parse(text, account).expect("an address of a thread"))
}

fn answer(status: u16, body: &str) -> Answer {
    let content_type = "application/json; charset=UTF-8".to_owned();
    Answer { status, content_type, body: body.as_bytes().to_vec(), ..Answer::default() }
}

/// Answers until nothing is asked for, and the requests for a token with one; the addresses that were asked for.
fn run(loader: &mut RedditLoader, mut reply: impl FnMut(&str) -> Answer) -> Vec<String> {
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
    forum
        .answer(&path, &query)
        .map_or_else(|| answer(404, r#"{"message": "Not Found", "error": 404}"#), |body| answer(200, &body))
}

/// What each comment answers, by id.
fn shape(thread: &Thread) -> BTreeMap<String, Option<String>> {
    thread
        .iter()
        .map(|comment| (comment.id().to_owned(), comment.parent().map(|above| above.id().to_owned())))
        .collect()
}

/// A thread of random shape: wide, or deep, or both.
fn random(rng: &mut Rng, is_strict: bool) -> Forum {
    let count = 1 + rng.below(160);
    let (deep, nested) = (rng.below(90), 100 - rng.below(60));
    let parents = rng.parts(160).into_iter().take(count).enumerate().map(|(n, mut rng)| match n {
        0 => None,
        n if rng.chance(deep) => Some(n - 1),
        n if rng.chance(nested) => Some(rng.below(n)),
        _ => None,
    });
    let mut forum = Forum::new(rng.tell(parents.collect()));
    (forum.tree, forum.more, forum.is_strict) = (30, 10, is_strict);
    forum.unsent = forum.leaves().into_iter().filter(|_| rng.chance(5)).collect();
    forum
}

#[test]
fn whatever_the_shape_all_comments_come_in_their_places() {
    for is_strict in [false, true] {
        let whole = Cell::new(0);
        seeds(60, |rng| {
            let forum = random(rng, is_strict);
            let mut loader = loader(THREAD, &account());
            let asked = run(&mut loader, |url| serve(&forum, url));
            let thread = loader.snapshot().expect("a thread");
            let (came, all) = (shape(&thread), forum.shape());
            assert!(came.iter().all(|(id, above)| all.get(id) == Some(above)), "comments in other places");
            if asked.len() < 65 {
                let unsent = format!("Comments that Reddit counts but no longer shows: {}", forum.unsent.len());
                let note = Some(unsent).filter(|_| !forum.unsent.is_empty());
                assert_eq!((came.len(), thread.notes()), (all.len(), note.as_slice()), "{asked:?}");
                assert_eq!(loader.progress().stated, Some(all.len() as u32), "nothing is awaited any more");
                whole.set(whole.get() + 1);
            }
        });
        assert!(whole.get() > 50, "only {} came whole", whole.get());
    }
}

#[test]
fn a_thread_is_asked_for_under_the_account_and_its_stubs_from_the_largest_on() {
    let mut parents = vec![None; 250];
    parents.extend([Some(0), Some(0), Some(1), Some(2), Some(250), Some(250)]);
    let mut forum = Forum::new(parents);
    (forum.tree, forum.more, forum.levels) = (3, 100, 2);
    let mut loader = loader(THREAD, &account());
    assert_eq!(loader.snapshot().expect_err("nothing").to_string(), "Nothing has come from Reddit yet");
    let asked = run(&mut loader, |url| serve(&forum, url));
    assert_eq!(asked[0], "https://www.reddit.com/api/v1/access_token");
    assert_eq!(asked[1], "https://oauth.reddit.com/comments/thread?limit=500&sort=confidence&raw_json=1&threaded=1");
    let ids = |n: usize| parts(&asked[n]).1.get("children").map(|ids| ids.split(',').count());
    // Of 247 at the top and 4 below them, those of one depth together.
    assert_eq!((2..asked.len()).map_while(ids).collect::<Vec<_>>(), [100, 100, 47, 4]);
    assert!(
        asked[2]
            .starts_with("https://oauth.reddit.com/api/morechildren?api_type=json&link_id=t3_thread&children=k3%2Ck4")
    );
    assert!(asked[6].starts_with("https://oauth.reddit.com/comments/thread/_/k250?limit=500"), "{asked:?}");
    let thread = loader.snapshot().expect("a thread");
    assert_eq!((shape(&thread), thread.notes()), (forum.shape(), [].as_slice()));
    assert_eq!(loader.progress().loaded, 256);
}

#[test]
fn no_more_than_64_requests() {
    let mut forum = Forum::new(vec![None; 7000]);
    (forum.tree, forum.more) = (500, 100);
    let mut loader = loader(THREAD, &account());
    let asked = run(&mut loader, |url| serve(&forum, url));
    assert_eq!((asked.len(), loader.progress().loaded), (65, 500 + 63 * 100));
    let thread = loader.snapshot().expect("a thread");
    assert_eq!(
        thread.notes(),
        ["Requests for this thread, the most that lurker makes: 64", "Behind “more comments”, and not loaded: 200"]
    );
}

fn listing(children: &[Value]) -> Value {
    json!({"kind": "Listing", "data": {"after": null, "children": children}})
}

fn post() -> Value {
    let data = json!({"id": "thread", "title": "A thread", "author": "ada", "is_self": true, "num_comments": 9});
    listing(&[json!({"kind": "t3", "data": data})])
}

fn comment(id: &str, above: &str, replies: &[Value]) -> Value {
    let data = json!({"id": id, "parent_id": above, "author": "bob", "body": "words", "replies": listing(replies)});
    json!({"kind": "t1", "data": data})
}

fn stub(above: &str, count: u32, ids: &[&str]) -> Value {
    json!({"kind": "more", "data": {"count": count, "id": "_", "parent_id": above, "children": ids}})
}

fn more(things: &[Value]) -> String {
    json!({"json": {"errors": [], "data": {"things": things}}}).to_string()
}

#[test]
fn a_site_that_always_names_more_is_left_in_the_end() {
    let stubs = [stub("t3_thread", 5, &["k8", "k9"]), stub("t1_k1", 0, &[]), stub("t3_thread", 3, &[])];
    let thread = json!([
        post(),
        listing(&[comment("k1", "t3_thread", &[stubs[1].clone()]), stubs[0].clone(), stubs[2].clone()])
    ]);
    let branch =
        json!([post(), listing(&[comment("k1", "t3_thread", &[stubs[1].clone(), stub("t1_k1", 4, &["k9"])])])]);
    let mut loader = loader(THREAD, &account());
    let asked = run(&mut loader, |url| match parts(url).0.as_str() {
        "/comments/thread" => answer(200, &thread.to_string()),
        "/comments/thread/_/k1" => answer(200, &branch.to_string()),
        _ => answer(200, &more(&stubs)),
    });
    assert_eq!(asked.len(), 4, "a token, the thread, both ids once, the branch once: {asked:?}");
    let notes = loader.snapshot().expect("a thread").notes().to_vec();
    assert_eq!(
        notes,
        ["Behind “more comments”, and not loaded: 6", "Comments that Reddit counts but no longer shows: 2"]
    );
}

#[test]
fn comments_that_come_twice_stay_once_and_siblings_in_the_order_of_their_coming() {
    let first = comment("k1", "t3_thread", &[comment("k3", "t1_k1", &[]), stub("t1_k1", 2, &["k2", "k4"])]);
    let thread = json!([post(), listing(&[first.clone(), comment("k5", "t3_thread", &[stub("t1_k5", 0, &[])])])]);
    let branch = json!([post(), listing(&[comment("k5", "t3_thread", &[comment("k6", "t1_k5", &[])]), first])]);
    let things = [comment("k2", "t1_k1", &[]), comment("k3", "t1_k1", &[]), comment("k4", "t1_k2", &[])];
    let mut loader = loader(THREAD, &account());
    run(&mut loader, |url| match parts(url).0.as_str() {
        "/comments/thread" => answer(200, &thread.to_string()),
        "/comments/thread/_/k5" => answer(200, &branch.to_string()),
        _ => answer(200, &more(&things)),
    });
    let thread = loader.snapshot().expect("a thread");
    let order: Vec<(u32, &str)> = thread.iter().map(|comment| (comment.depth(), comment.id())).collect();
    assert_eq!(order, [(0, "k1"), (1, "k3"), (1, "k2"), (2, "k4"), (0, "k5"), (1, "k6")]);
    assert_eq!(thread.notes(), [""; 0]);
}

#[test]
fn the_comment_that_an_address_names_is_had() {
    let mut forum = Forum::new((0..40).map(|n: usize| n.checked_sub(1)).collect());
    forum.tree = 3;
    let text = |id: &str| format!("https://www.reddit.com/r/sheds/comments/thread/_/{id}/");
    let mut near = loader(&text("k2"), &account());
    let asked = run(&mut near, |url| serve(&forum, url));
    assert!(asked.iter().all(|url| !url.contains("context")), "{asked:?}");
    let mut far = loader(&text("k30"), &account());
    let asked = run(&mut far, |url| serve(&forum, url));
    assert!(asked[2].starts_with("https://oauth.reddit.com/comments/thread/_/k30?context=8&limit=500"), "{asked:?}");
    let thread = far.snapshot().expect("a thread");
    assert_eq!((shape(&thread), thread.notes()), (forum.shape(), [].as_slice()));
    let mut none = loader(&text("k99"), &account());
    run(&mut none, |url| serve(&forum, url));
    let thread = none.snapshot().expect("a thread");
    assert_eq!(thread.len(), 40);
    assert_eq!(thread.notes(), ["The comment that the address names is not in the thread, or no longer"]);
}

#[test]
fn a_share_link_is_followed() {
    let share = "https://www.reddit.com/r/sheds/s/aBc123";
    let there = "https://www.reddit.com/r/sheds/comments/thread/a_thread/k1/?share_id=x";
    let login = "https://www.reddit.com/login/?reason=lor2&dest=https%3A%2F%2Fwww.reddit.com%2Fr%2Fsheds%2Fcomments%2Fthread%2F";
    let forum = Forum::new(vec![None, Some(0)]);
    for (end, status) in [(there, 403), (login, 200)] {
        let mut loader = loader(share, &account());
        let asked = run(&mut loader, |url| match url {
            url if url == share => Answer { url: end.to_owned(), ..answer(status, "<html>") },
            url => serve(&forum, url),
        });
        assert_eq!((asked.len(), loader.snapshot().map(|thread| thread.len())), (3, Ok(2)), "{asked:?}");
    }
    for (end, status, part) in [
        (share, 404, "no such share link (404)"),
        (share, 403, "does not say where the share link leads (403); [Browser, Other("),
        ("https://www.reddit.com/login/?dest=%2F", 200, "does not say where"),
        ("https://elsewhere.example/comments/thread", 200, "does not say where"),
    ] {
        let mut loader = loader(share, &account());
        let asked = run(&mut loader, |_| Answer { url: end.to_owned(), ..answer(status, "<html>") });
        let error = loader.snapshot().expect_err("no thread");
        let line = format!("{error}; {:?}", error.advice);
        assert!(asked.len() == 2 && line.contains(part), "{line}");
    }
}

/// The next request, which must be there.
fn next(loader: &mut RedditLoader) -> Request {
    loader.next().pop().expect("a request")
}

fn header(request: &Request) -> String {
    let headers: Vec<String> = request.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    headers.join(", ")
}

#[test]
fn one_token_serves_all_loads_and_is_renewed_once() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let secret = Secret::new(move || Ok(format!("secret-{}", counter.fetch_add(1, Ordering::Relaxed))));
    let account = Account::new(None, "some_id".to_owned(), secret);
    let forum = Forum::new(vec![None]);
    let mut first = loader(THREAD, &account);
    let request = next(&mut first);
    assert_eq!((request.form.as_deref(), asked.load(Ordering::Relaxed)), (Some("grant_type=client_credentials"), 1));
    assert!(header(&request).starts_with("authorization: Basic "), "{}", header(&request));
    first.answer(request.key, Ok(answer(200, TOKEN)));
    let request = next(&mut first);
    assert_eq!(header(&request), "authorization: bearer the-token");
    first.answer(request.key, Ok(serve(&forum, &request.url)));
    let mut second = loader(THREAD, &account);
    let request = next(&mut second);
    assert_eq!((header(&request).as_str(), asked.load(Ordering::Relaxed)), ("authorization: bearer the-token", 1));
    second.answer(request.key, Ok(answer(401, r#"{"message": "Unauthorized", "error": 401}"#)));
    let request = next(&mut second);
    assert_eq!((request.form.is_some(), asked.load(Ordering::Relaxed)), (true, 2));
    second.answer(request.key, Ok(answer(200, &TOKEN.replace("the-token", "another-token"))));
    let request = next(&mut second);
    assert_eq!(header(&request), "authorization: bearer another-token");
    second.answer(request.key, Ok(answer(401, "")));
    assert!(second.next().is_empty());
    let error = second.snapshot().expect_err("an error");
    assert_eq!(error.to_string(), "Reddit does not take the token that it gave (401)");
    assert!(matches!(&error.advice[..], [Advice::Check(what)] if what.starts_with("check client_id")), "{error:?}");
}

#[test]
fn without_a_secret_nothing_is_asked_for() {
    let secret = Secret::new(|| Err(LoadError::other("client_secret_command:", "the command failed")));
    let mut locked = loader(THREAD, &Account::new(None, "some_id".to_owned(), secret));
    assert!(locked.next().is_empty());
    assert_eq!(locked.snapshot().expect_err("locked").to_string(), "client_secret_command: the command failed");
    let unasked = Secret::new(|| Err(LoadError::other("the secret", "was asked for all the same")));
    let mut without = loader(THREAD, &Account::new(None, String::new(), unasked));
    assert!(without.next().is_empty());
    let line = crate::support::told(&without.snapshot().expect_err("no id"));
    for part in ["client id", "Responsible Builder Policy", "[sites.reddit]", "/comments/thread.json?"] {
        assert!(line.contains(part), "{line}");
    }
}

#[test]
fn nothing_secret_is_shown_at_any_time() {
    let account = account();
    let forum = Forum::new(vec![None, Some(0)]);
    let mut loader = loader(THREAD, &account);
    let mut shown = format!("{loader:?}");
    while let Some(request) = loader.next().pop() {
        write!(shown, "{request:?}{loader:?}").expect("a string takes all");
        let reply = if request.form.is_some() { answer(200, TOKEN) } else { serve(&forum, &request.url) };
        loader.answer(request.key, Ok(reply));
        write!(shown, "{loader:?}{account:?}").expect("a string takes all");
    }
    assert!(shown.contains("some_id") && shown.contains("a_thread"));
    for secret in ["sesame", "the-token", "c29tZV9pZDpvcGVuLXNlc2FtZQ=="] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn another_server_stands_in_for_all_of_it() {
    let account = Account::new(Some("http://127.0.0.1:81/".to_owned()), "some_id".to_owned(), Secret::default());
    let forum = Forum::new(vec![None, Some(0)]);
    let mut loader = loader(THREAD, &account);
    let asked = run(&mut loader, |url| serve(&forum, url));
    assert_eq!(asked[0], "http://127.0.0.1:81/api/v1/access_token");
    assert!(asked[1].starts_with("http://127.0.0.1:81/comments/thread?"), "{asked:?}");
    let thread = loader.snapshot().expect("a thread");
    assert_eq!(thread.story().url, "http://127.0.0.1:81/r/sheds/comments/thread/a_thread/");
    assert_eq!(
        thread.get(0).map(|comment| comment.url().to_owned()).as_deref(),
        Some("http://127.0.0.1:81/r/sheds/comments/thread/a_thread/_/k0/")
    );
}

#[test]
fn each_refusal_says_what_to_do() {
    const BLOCK: &str = "<!doctype html><title>Blocked</title><h1>whoa there, pardner!</h1>";
    let error =
        |reason: &str, status: u16| json!({"reason": reason, "message": "Forbidden", "error": status}).to_string();
    let way = |url: &str| Answer { url: url.to_owned(), ..answer(200, "<html><title>Log in</title>") };
    let of_login = [
        (
            answer(401, r#"{"message": "Unauthorized", "error": 401}"#),
            "does not know this client id with this secret (401); [Check(\"check client_id and client_secret_command under",
        ),
        (answer(200, r#"{"error": "invalid_grant"}"#), "only an installed app has no secret"),
        (answer(400, r#"{"error": "unsupported_grant_type"}"#), "without a login (unsupported_grant_type)"),
        (answer(403, BLOCK), "blocks this network or program (403"),
        (answer(200, r#"{"access_token": ""}"#), "sent no token"),
        (answer(200, r#"{"access_token": "a\nb"}"#), "sent no token"),
        (answer(200, ""), "sent an empty answer"),
        (answer(500, "oops"), "cannot answer now (500) (it begins “oops”); [RetryLater]"),
        (answer(429, "{}"), "slow down (429); [Other(\"wait a few minutes\"), Retry]"),
    ];
    let of_thread = [
        (answer(403, &error("private", 403)), "private (403): only its members can read it; [Browser]"),
        (answer(403, &error("quarantined", 403)), "quarantined (403)"),
        (answer(404, &error("banned", 404)), "has banned the subreddit (404)"),
        (answer(403, r#"{"message": "Forbidden", "error": 403}"#), "Reddit refused (403) (it begins “{"),
        (answer(403, BLOCK), "“whoa there, pardner!”); [RetryLater, Other(\"try from another network\"), Browser]"),
        (answer(200, BLOCK), "“whoa there, pardner!”"),
        (answer(403, "<html><body>Shell</body>"), "sent a web page instead of JSON (403) (it begins “Shell”)"),
        (answer(200, "<html><title>reddit.com: over 18?</title>"), "whether its reader is of age"),
        (
            answer(404, r#"{"message": "Not Found", "error": 404}"#),
            "no such thread (404); [Check(\"check the address\")]",
        ),
        (answer(404, "<html>"), "no such thread (404)"),
        (answer(429, "<html>Too many"), "slow down (429)"),
        (answer(503, "<html>Our CDN"), "cannot answer now (503) (it begins “Our CDN”)"),
        (answer(200, "null"), "sent no thread (it begins “null”); [Retry, Browser]"),
        (answer(200, ""), "sent an empty answer; [Retry]"),
        (answer(200, "[]"), "sent no thread"),
        (answer(418, "tea"), "status 418 (it begins “tea”)"),
        (way("https://www.reddit.com/login/?reason=lor2&dest=x"), "asks for a login instead of the thread"),
        (way("https://www.reddit.com/over18?dest=x"), "of age"),
        (way("https://oauth.reddit.com/subreddits/search?q=x"), "no such subreddit"),
    ];
    let first = of_login.map(|case| (true, case));
    for (is_login, (reply, part)) in first.into_iter().chain(of_thread.map(|case| (false, case))) {
        let mut loader = loader(THREAD, &account());
        let mut request = next(&mut loader);
        if !is_login {
            loader.answer(request.key, Ok(answer(200, TOKEN)));
            request = next(&mut loader);
        }
        loader.answer(request.key, Ok(reply));
        assert!(loader.next().is_empty(), "{part}");
        let error = loader.snapshot().expect_err("an error");
        let line = format!("{error}; {:?}", error.advice);
        assert!(line.contains(part) && !line.contains(char::is_control), "{part}: {line}");
    }
}

#[test]
fn what_came_stays_when_the_rest_is_refused() {
    let mut forum = Forum::new(vec![None; 400]);
    (forum.tree, forum.more) = (100, 100);
    for (reply, part) in [
        (Ok(answer(429, "")), "slow down (429)"),
        (
            Ok(answer(200, r#"{"json": {"errors": [["RATELIMIT", "take a break", "ratelimit"]]}}"#)),
            "“RATELIMIT: take a break”",
        ),
        (Ok(answer(200, "[]")), "sent no comments"),
        (Err(LoadError::other("oauth.reddit.com", "refused the connection")), "refused the connection"),
    ] {
        let mut loader = loader(THREAD, &account());
        for _ in 0..3 {
            let request = next(&mut loader);
            let reply = if request.form.is_some() { answer(200, TOKEN) } else { serve(&forum, &request.url) };
            loader.answer(request.key, Ok(reply));
        }
        let request = next(&mut loader);
        loader.answer(request.key, reply);
        assert!(loader.next().is_empty());
        let thread = loader.snapshot().expect("a thread");
        assert_eq!((thread.len(), thread.notes().len()), (200, 2), "{:?}", thread.notes());
        assert!(
            thread.notes()[0].starts_with("The rest of the comments could not be loaded: ")
                && thread.notes()[0].contains(part)
        );
        assert_eq!(thread.notes()[1], "Behind “more comments”, and not loaded: 200");
    }
}

#[test]
fn a_cut_answer_is_read_as_far_as_it_goes() {
    let forum = Forum::new(vec![None, Some(0), None, None]);
    let body = forum.answer("/comments/thread", &BTreeMap::new()).expect("the thread");
    for end in 0..body.len() {
        let mut loader = loader(THREAD, &account());
        run(&mut loader, |_| answer(200, body.get(..end).expect("ASCII")));
        match loader.snapshot() {
            Ok(thread) => assert!(thread.notes().iter().any(|note| note.starts_with("The JSON is damaged at line"))),
            Err(line) => assert!(
                line.to_string().contains("empty answer") || line.to_string().contains("sent no thread"),
                "{line}"
            ),
        }
    }
}

#[test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
fn the_thread_of_the_corpus_comes_whole() {
    let folder = captured::folder().join("reddit/3hahrw-sort-old-2021");
    let manifest = fs::read(folder.join("MANIFEST.json")).expect("what was asked for");
    let manifest: Vec<Value> = serde_json::from_slice(&manifest).expect("JSON");
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for entry in &manifest {
        files.insert(parts(&text(entry, "uri")).0.trim_end_matches('/').to_owned(), text(entry, "file"));
    }
    let mut loader = loader("https://www.reddit.com/r/funny/comments/3hahrw/", &account());
    let asked = run(&mut loader, |url| {
        let file = files.get(&parts(url).0).expect("an answer of the corpus");
        answer(200, &fs::read_to_string(folder.join(file)).expect("a file"))
    });
    assert_eq!(asked.len(), manifest.len(), "each answer once");
    let thread = loader.snapshot().expect("a thread");
    let count = |key: &str| -> u64 { manifest.iter().filter_map(|entry| entry["counts"][key].as_u64()).sum() };
    // The head of each branch is in the thread already.
    assert_eq!(u64::from(thread.len()), count("t1") - count("cont"));
    assert_eq!((thread.len(), thread.story().stated_comments), (534, Some(529)));
    assert_eq!(thread.iter().map(Comment::depth).max(), Some(11));
    assert_eq!(thread.notes(), [""; 0]);
}

/// A folder of this test's own, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("lurker-reddit-{}", crate::support::unique()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    /// How often the command of the config ran.
    fn runs(&self) -> usize {
        fs::read_to_string(self.0.join("runs")).unwrap_or_default().lines().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// Loads twice with the service of the program itself, under this config.
async fn load_twice(config: &str, target: &str) -> [Result<u32, String>; 2] {
    let Config { network: settings, sites, .. } = Config::parse("config.toml", config).expect("a right config");
    let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
    let mut service = Service::new(settings, sites, sender);
    let mut outcomes = [Ok(0), Ok(0)];
    for outcome in &mut outcomes {
        service.load(0, target, None, KnownState::Unknown);
        while let Some(event) = events.recv().await {
            match event {
                Event::Arrived { thread, .. } => *outcome = Ok(thread.len()),
                Event::Failed(_, reason) => {
                    *outcome = Err(reason.to_string());
                    break;
                }
                Event::Located { .. } | Event::TransferProgress { .. } => {}
                Event::Complete(_) => break,
                other => unreachable!("{other:?}"),
            }
        }
    }
    outcomes
}

#[tokio::test]
async fn the_command_for_the_secret_runs_when_a_token_is_wanted_and_not_before() {
    let forum = Forum::new(vec![None, Some(0), None]);
    let server = Server::start(move |request: &Received| {
        let query = url::form_urlencoded::parse(request.query.as_bytes()).into_owned().collect();
        match request.header("authorization").unwrap_or_default() {
            "Basic c29tZV9pZDpvcGVuLXNlc2FtZQ==" if request.path == "/api/v1/access_token" => Reply::ok(TOKEN),
            "bearer the-token" => forum.answer(&request.path, &query).map_or_else(|| Reply::status(404), Reply::ok),
            _ => Reply::status(401),
        }
    });
    let folder = Folder::new();
    let target = format!("{}/r/sheds/comments/thread/a_thread/", server.url());
    let config = |id: &str, command: &str| {
        let (url, folder) = (server.url(), folder.0.display());
        let command = format!("echo x >>{folder}/runs; {command}");
        format!(
            "[network]\nproxy = \"none\"\n[sites.reddit]\nurl = \"{url}\"\nclient_id = \"{id}\"\n\
             client_secret_command = '{command}'\n"
        )
    };
    let right = config("some_id", "echo open-sesame; echo more");
    assert_eq!(load_twice(&right, &target).await, [Ok(3), Ok(3)]);
    // One token serves both, and one request was on its way at a time.
    assert_eq!((folder.runs(), server.log().len(), server.counts().peak), (1, 3, 1));
    let [without, _] = load_twice(&config("", "echo open-sesame"), &target).await;
    assert!(without.is_err_and(|line| line.contains("client id")));
    assert_eq!((folder.runs(), server.log().len()), (1, 3));
    let locked = "config.toml, line 6: client_secret_command: the command failed (exit status: 3): locked";
    let outcomes = load_twice(&config("some_id", "echo locked >&2; exit 3"), &target).await;
    assert_eq!(outcomes, [Err(locked.to_owned()), Err(locked.to_owned())]);
    assert_eq!((folder.runs(), server.log().len()), (3, 3), "what failed may succeed the next time");
    let [wrong, _] = load_twice(&config("some_id", "echo wrong"), &target).await;
    let line = wrong.expect_err("a wrong secret");
    assert!(line.contains("does not know this client id with this secret (401)") && !line.contains("wrong"), "{line}");
}
