//! Faults on the way to every site, through the program's own fetcher, on a clock that is paused.
//!
//! Each fault ends in a line that says what happened and what to do, or in a thread with what came and the reason why no
//! more did.

use crate::support::{fake_sites, server};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fake_sites::{NOW, SITES, Shape, Site, USUAL};
use lurker::app::{Event, KnownState, keyed};
use lurker::model::{Comment, State, Thread};
use lurker::shell::fetch::{Fetcher, Service};
use lurker::shell::http::Settings;
use lurker::shell::shipped_keys;
use server::{Ending, Gate, Received, Reply, Server, zeros};
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::{Instant, timeout};

/// Longer than three times the time-out and the waits between, once for what comes first and once for the rest.
const LONG: Duration = Duration::from_mins(2);

/// What came of a load, or why nothing did.
struct Outcome {
    came: Result<Came, String>,
    took: Duration,
}

/// A thread, or a page of a list.
#[derive(Default)]
struct Came {
    /// What the comments say, and how the stories are called, as far as they can be read.
    texts: Vec<String>,
    /// What is noted of what is missing.
    notes: String,
    thread: Option<Arc<Thread>>,
}

impl Came {
    fn of(event: &Event) -> Option<Self> {
        let is_live = |comment: &Comment<'_>| comment.state() == State::Live && !comment.body().plain.is_empty();
        Some(match event {
            Event::Arrived { thread, .. } => Self {
                texts: thread.iter().filter(is_live).map(|comment| comment.body().plain.to_owned()).collect(),
                notes: thread.notes().join("\n"),
                thread: Some(Arc::clone(thread)),
            },
            Event::Listed { listing, .. } => Self {
                texts: listing.entries.iter().map(|entry| entry.title.clone()).collect(),
                notes: listing.notes.join("\n"),
                thread: None,
            },
            _ => return None,
        })
    }
}

impl Outcome {
    fn error(&self) -> &str {
        self.came.as_ref().err().map(String::as_str).expect("a refusal")
    }

    fn content(&self) -> &Came {
        self.came.as_ref().expect("a thread or a list")
    }

    fn thread(&self) -> &Thread {
        self.content().thread.as_deref().expect("a thread")
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.came {
            Ok(came) => write!(formatter, "{} things, {:?}", came.texts.len(), came.notes),
            Err(reason) => write!(formatter, "{reason:?}"),
        }
    }
}

/// Opens what the site has on the server at this address, as the program does, but with little room for what comes.
async fn load(site: &Site, url: &str) -> Outcome {
    load_into(site, url, 1 << 20).await
}

async fn load_into(site: &Site, url: &str, max_body: usize) -> Outcome {
    let begun = Instant::now();
    let (sender, mut events) = unbounded_channel();
    let mut settings = Settings { proxy: Some("none".to_owned()), max_body, now: || NOW, ..Settings::default() };
    settings.mirror(site.host, &url.parse().expect("an address"));
    let mut service = Service::new(settings, fake_sites::sites(url), sender);
    service.load(1, &(site.target)(url), None, KnownState::Unknown);
    let hidden = |text: &str| text.replace(&url.replace("http://", ""), "HOST");
    let (mut last, keys) = (Came::default(), shipped_keys().expect("the shipped keys"));
    let came = loop {
        match timeout(LONG, events.recv()).await.expect("an end in time").expect("an end") {
            Event::Failed(_, reason) => break Err(hidden(keyed(&reason, &keys).words())),
            Event::Complete(_) => break Ok(Came { notes: hidden(&last.notes), ..last }),
            Event::TransferProgress { .. } | Event::Located { .. } => {}
            event => last = Came::of(&event).expect("nothing but a thread or a list"),
        }
    };
    Outcome { came, took: begun.elapsed() }
}

/// A site whose answers all go through `change`, save the one that comes first if that `is_spared`.
fn serve(
    site: &'static Site,
    is_spared: bool,
    change: impl Fn(&Received, Reply) -> Reply + Send + Sync + 'static,
) -> Server {
    Server::here(move |request| {
        let good = (site.serve)(request, USUAL);
        let is_spared = is_spared && (site.is_first)(request);
        fake_sites::pass(request).unwrap_or_else(|| if is_spared { good } else { change(request, good) })
    })
}

/// One line, that no stranger can do harm with, and with something to do in it.
fn is_helpful(line: &str) -> bool {
    let is_clean = !line.contains(char::is_control) && line.chars().count() < 400;
    let advice = ["with r", "with O", "check the address", "open one of its stories", "in the config"];
    is_clean && advice.iter().any(|advice| line.contains(advice)) && !line.contains("with r; try")
}

/// What each site says, by its short name; a list says what its site says, and an empty name is all others.
type Says = &'static [(&'static str, &'static str)];

fn said_by(site: &Site, says: Says) -> &'static str {
    let of = |name: &str| says.iter().find(|(key, _)| *key == name).map(|(_, words)| *words);
    let own = site.key.split(' ').next().unwrap_or_default();
    of(site.key).or_else(|| of(own)).or_else(|| of("")).expect("words for each site")
}

struct Fault {
    name: &'static str,
    /// What becomes of a good answer.
    reply: fn(&Site, Reply) -> Reply,
    /// How often it is asked for.
    attempts: usize,
    /// What is said where nothing else comes.
    says: Says,
    /// What is said where all but the first answer are like that, if not the same.
    later: Says,
}

const ONCE: usize = 1;
const THRICE: usize = 3;

const NETWORK: &[Fault] = &[
    Fault {
        name: "the connection is closed at once",
        reply: |_, good| good.ending(Ending::CloseAtOnce),
        attempts: THRICE,
        says: &[("", "HOST closed the connection without an answer that can be read")],
        later: &[],
    },
    Fault {
        name: "the connection is reset in the middle",
        reply: |_, good| good.ending(Ending::Reset),
        attempts: THRICE,
        says: &[("", "the connection to HOST broke off after ")],
        later: &[],
    },
    Fault {
        name: "the connection ends before the body does",
        reply: |_, good| good.ending(Ending::Truncate),
        attempts: THRICE,
        says: &[("", "the connection to HOST broke off after ")],
        later: &[],
    },
    Fault {
        name: "nothing comes",
        reply: |_, good| good.behind(&Gate::closed()),
        attempts: THRICE,
        says: &[("", "HOST did not answer within 15 s")],
        later: &[],
    },
    Fault {
        name: "nothing more comes",
        reply: |_, good| good.ending(Ending::Stall),
        attempts: THRICE,
        says: &[("", "HOST sent nothing more for 15 s, after ")],
        later: &[],
    },
    Fault {
        name: "a small answer unpacks to one without end",
        reply: |_, _| Reply::ok(zeros()).header("Content-Encoding", "gzip").ending(Ending::Endless(13)),
        attempts: ONCE,
        says: &[("", "HOST sent more than 1 MiB, which is the limit")],
        later: &[],
    },
    Fault {
        name: "the encoding is damaged",
        reply: |_, _| Reply::ok("no gzip at all").header("Content-Encoding", "gzip"),
        attempts: ONCE,
        says: &[("", "the answer of HOST cannot be decompressed after 0 bytes")],
        later: &[],
    },
    Fault {
        name: "a redirect leads to another scheme",
        reply: |_, _| Reply::redirect("file:///etc/passwd"),
        attempts: ONCE,
        says: &[("", "HOST redirects to what is no web address: file:///etc/passwd")],
        later: &[],
    },
];

const STATUSES: &[Fault] = &[
    Fault {
        name: "503 for ever",
        reply: |_, _| Reply::of(503, "<h1>Down for\u{1b}[2J repairs</h1>"),
        attempts: THRICE,
        says: &[
            ("slashdot", "Slashdot cannot answer now (503) (it begins “Down for"),
            ("hn", "HOST cannot answer now (503)"),
            ("lobsters", "Lobsters cannot answer now (503) (it begins “Down for"),
            ("reddit", "Reddit cannot answer now (503) (it begins “Down for"),
            ("lemmy", "HOST cannot answer now (503) (it begins “Down for"),
            ("discourse", "HOST cannot answer now (503) (it begins “Down for"),
        ],
        later: &[],
    },
    Fault {
        name: "too many requests, whatever is waited for",
        reply: |site, _| (site.busy)(),
        attempts: THRICE,
        says: &[
            ("slashdot", "Slashdot asks to slow down (429); wait a few minutes, then try again with r"),
            ("hn", "HOST asks to slow down (429)"),
            ("lobsters", "Lobsters asks to slow down (429); wait a few minutes, then try again with r"),
            ("reddit", "Reddit asks to slow down (429); wait a few minutes, then try again with r"),
            ("lemmy", "HOST asks to slow down (400); try again in a minute with r"),
            ("discourse", "HOST asks to slow down (429); try again in 9 seconds with r"),
        ],
        later: &[],
    },
    Fault {
        name: "too many requests, and nothing for ten minutes",
        reply: |_, _| Reply::status(429).header("Retry-After", "600"),
        attempts: ONCE,
        says: &[("", " asks to wait 10 minutes")],
        later: &[],
    },
    Fault {
        name: "too many requests, and no time is named",
        reply: |_, _| Reply::of(429, ""),
        attempts: ONCE,
        says: &[("", "asks to slow down (429)")],
        later: &[],
    },
    Fault {
        name: "refused with a page that checks the browser",
        reply: |_, _| Reply::of(403, CHECK),
        attempts: ONCE,
        says: &[
            ("slashdot", "Slashdot refused (403): it may be asking for a browser check; open it in the browser with O"),
            ("lemmy", "HOST refused (403): it may be asking for a browser check; open it in the browser with O"),
            ("reddit", "Reddit sent a web page instead of JSON (403) (it begins “Just a moment...”)"),
            ("", " refused (403)"),
        ],
        later: &[],
    },
    Fault {
        name: "a login is wanted",
        reply: |_, _| Reply::of(401, ""),
        attempts: ONCE,
        says: &[
            ("slashdot", "Slashdot wants a login (401)"),
            ("lemmy", "HOST wants a login (401)"),
            ("discourse", "HOST wants a login (401)"),
            ("reddit", "Reddit does not take the token that it gave (401)"),
            ("", " refused (401)"),
        ],
        later: &[],
    },
    Fault {
        name: "a status that nobody knows",
        reply: |_, _| Reply::of(418, "I am a teapot"),
        attempts: ONCE,
        says: &[("", " answered with status 418")],
        later: &[],
    },
];

const CHECK: &str =
    "<!DOCTYPE html><title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>";
const PAGE: &str = "<!DOCTYPE html><title>Hello</title><p>Here is \u{1b}]0;nothing\u{7}.";
const LOGIN: &str = "<form action='/login'><input name='unickname'> Log in, please</form>";

const BODIES: &[Fault] = &[
    Fault {
        name: "a web page where JSON was promised, or another page",
        reply: |_, _| Reply::ok(PAGE).header("Content-Type", "text/html"),
        attempts: ONCE,
        says: &[
            ("slashdot list", "This page of Slashdot has no story (it begins “Hello Here is "),
            ("slashdot", "This is not a Slashdot story page (it begins “Hello Here is "),
            ("hn", "HOST sent a web page instead of data (it begins “Hello Here is "),
            ("lobsters", "Lobsters sent a page instead of JSON (it begins “Hello Here is "),
            ("reddit", "Reddit sent a web page instead of JSON (200) (it begins “Hello Here is "),
            ("lemmy", "HOST does not answer as Lemmy does (it begins “Hello Here is "),
            (
                "discourse list",
                "HOST sent a page instead of a list of topics, so it may be no Discourse forum (it begins “Hello",
            ),
            (
                "discourse",
                "HOST sent a page instead of a topic, so it may be no Discourse forum (it begins “Hello Here is ",
            ),
        ],
        later: &[
            ("slashdot", "Slashdot sent something else than comments (it begins “Hello Here is "),
            ("discourse", "sent a page instead of a topic"),
        ],
    },
    Fault {
        name: "JSON that nobody expects",
        reply: |_, _| Reply::ok(r#"{"hello":"Here is nothing."}"#).header("Content-Type", "application/json"),
        attempts: ONCE,
        says: &[
            ("slashdot list", "This page of Slashdot has no story (it begins “{\"hello\":"),
            ("slashdot", "This is not a Slashdot story page (it begins “{\"hello\":"),
            ("hn list", "HOST sent something else than a list (it begins “{\"hello\":"),
            ("hn", "HOST sent something else than an item (it begins “{\"hello\":"),
            ("lobsters list", "This is not the JSON of a list of Lobsters stories (it begins “{\"hello\":"),
            ("lobsters", "This is not the JSON of a Lobsters story (it begins “{\"hello\":"),
            ("reddit list", "Reddit sent no list of posts (it begins “{\"hello\":"),
            ("reddit", "Reddit sent no thread (it begins “{\"hello\":"),
            ("lemmy", "HOST does not answer as Lemmy does (it begins “{\"hello\":"),
            ("discourse list", "HOST sent something else than a Discourse list of topics (it begins “{\"hello\":"),
            ("discourse", "HOST sent something else than a Discourse topic (it begins “{\"hello\":"),
        ],
        later: &[
            ("hn list", "HOST sent something else than an item (it begins “{\"hello\":"),
            ("slashdot", "2 of 3 comments could not be loaded"),
            ("discourse", "2 of 4 posts are not here"),
        ],
    },
    Fault {
        name: "a page that checks the browser, as if all were well",
        reply: |_, _| Reply::ok(CHECK).header("Content-Type", "text/html"),
        attempts: ONCE,
        says: &[
            ("slashdot", "Slashdot asks for a browser check; open it in the browser with O"),
            ("lobsters", "Lobsters asks for a browser check; open it in the browser with O"),
            ("discourse", "HOST asks for a browser check; open it in the browser with O"),
            ("lemmy", "HOST asks for a browser check; open it in the browser with O"),
            ("", "(it begins “Just a moment...”)"),
        ],
        later: &[],
    },
    Fault {
        name: "a redirect leads to a page to log in on",
        reply: |_, _| Reply::redirect("/login?to=there"),
        attempts: ONCE,
        says: &[
            ("discourse", "HOST shows this to its members only (200); log in there, or open it in the browser with O"),
            ("slashdot list", "Slashdot asks for a login instead of the list of stories"),
            ("slashdot", "Slashdot asks for a login instead of the story"),
            ("reddit list", "Reddit asks for a login instead of the list of posts; open it in the browser with O"),
            ("reddit", "Reddit asks for a login instead of the thread; open it in the browser with O"),
            ("discourse", "HOST shows this to its members only (200); log in there, or open it in the browser with O"),
            ("", "(it begins “Log in, please”)"),
        ],
        later: &[],
    },
    Fault {
        name: "a redirect leads in a circle",
        reply: |_, _| Reply::redirect("/round"),
        attempts: ONCE,
        says: &[("", "more than 10 redirects, the last from HOST")],
        later: &[],
    },
    Fault {
        name: "null",
        reply: |_, _| Reply::ok("null"),
        attempts: ONCE,
        says: &[("", "(it begins “null”)")],
        later: &[],
    },
    Fault {
        name: "nothing at all",
        reply: |_, _| Reply::ok(""),
        attempts: ONCE,
        says: &[
            ("slashdot", "Slashdot sent an empty answer; try again with r"),
            ("hn", "HOST sent an empty answer"),
            ("lobsters", "Lobsters sent an empty answer; try again with r"),
            ("reddit", "Reddit sent an empty answer; try again with r"),
            ("lemmy", "HOST sent an empty answer; try again with r"),
            ("discourse", "HOST sent an empty answer; try again with r"),
        ],
        later: &[("slashdot", "2 of 3 comments could not be loaded")],
    },
    Fault {
        name: "no text at all",
        reply: |_, _| Reply::ok(*b"\x80\xff\xfe\0\x1bgarbage\xc3"),
        attempts: ONCE,
        says: &[("", "garbage")],
        later: &[],
    },
    Fault {
        name: "100,000 lists in one another",
        reply: |_, _| Reply::ok("[".repeat(100_000)),
        attempts: ONCE,
        says: &[
            ("lobsters list", "(it begins “[[[[["),
            ("lobsters", "This is a list, not the JSON of one Lobsters story"),
            ("", "(it begins “[[[[["),
        ],
        later: &[],
    },
    Fault {
        name: "100,000 elements in one another",
        reply: |_, _| Reply::ok("<div>".repeat(100_000)),
        attempts: ONCE,
        says: &[
            ("slashdot list", "This page of Slashdot has no story"),
            ("slashdot", "This is not a Slashdot story page"),
            ("hn", "HOST sent a web page instead of data"),
            ("lobsters", "Lobsters sent a page instead of JSON"),
            ("reddit", "Reddit sent a web page instead of JSON"),
            ("lemmy", "HOST does not answer as Lemmy does"),
            ("discourse list", "HOST sent a page instead of a list of topics"),
            ("discourse", "HOST sent a page instead of a topic"),
        ],
        later: &[
            ("slashdot", "Slashdot sent something else than comments"),
            ("discourse", "sent a page instead of a topic"),
        ],
    },
];

/// Each fault at each site: where everything is like that, and where only what comes first is not.
async fn check(faults: &'static [Fault]) {
    for fault in faults {
        for site in SITES {
            let server = faulty(site, fault, false);
            let outcome = load(site, &server.url()).await;
            let (words, context) = (said_by(site, fault.says), format!("{}: {}: {outcome:?}", fault.name, site.key));
            assert!(outcome.came.is_err(), "{context}");
            assert!(outcome.error().contains(words) && is_helpful(outcome.error()), "{context}, not {words:?}");
            let is_named = [site.name, "HOST", "127.0.0.1"].iter().any(|name| outcome.error().contains(name));
            let asked = server.log().iter().filter(|request| !is_aside(request)).count();
            let (least, most) = site.asks;
            let times = asked / fault.attempts;
            assert!(
                is_named && asked % fault.attempts == 0 && (least..=most).contains(&times),
                "{context}, {asked} times"
            );
            check_later(fault, site).await;
        }
    }
}

async fn check_later(fault: &'static Fault, site: &'static Site) {
    let server = faulty(site, fault, true);
    let outcome = load(site, &server.url()).await;
    let has_own = fault.later.iter().any(|(key, _)| *key == site.key);
    let words = said_by(site, if has_own { fault.later } else { fault.says });
    let context = format!("{}, later: {}: {outcome:?}, not {words:?}", fault.name, site.key);
    assert_eq!(outcome.came.is_err(), site.kept == 0, "{context}");
    if site.kept == 0 {
        assert!(outcome.error().contains(words) && is_helpful(outcome.error()), "{context}");
    } else {
        let is_all = site.kept == USUAL.len();
        // A note says what happened, and no key.
        let words = words.split("; ").next().unwrap_or_default();
        let Came { texts, notes, .. } = outcome.content();
        assert!(texts.len() == site.kept && (is_all || notes.contains(words)), "{context}");
        assert!(notes.lines().all(|note| !note.contains(char::is_control)), "{context}");
    }
}

fn faulty(site: &'static Site, fault: &'static Fault, is_spared: bool) -> Server {
    serve(site, is_spared, move |request, good| match &*request.path {
        "/login" => Reply::ok(LOGIN).header("Content-Type", "text/html"),
        "/round" => Reply::redirect("/round/again"),
        "/round/again" => Reply::redirect("/round"),
        _ => (fault.reply)(site, good),
    })
}

/// Whether a redirect led there, or it is for what is asked for beforehand.
fn is_aside(request: &Received) -> bool {
    request.path == "/login" || request.path.starts_with("/round") || fake_sites::pass(request).is_some()
}

#[tokio::test(start_paused = true)]
async fn what_the_network_does_is_said() {
    check(NETWORK).await;
}

#[tokio::test(start_paused = true)]
async fn what_a_status_means_is_said() {
    check(STATUSES).await;
}

#[tokio::test(start_paused = true)]
async fn what_came_instead_is_said() {
    check(BODIES).await;
}

#[tokio::test(start_paused = true)]
async fn a_host_where_nobody_listens_is_said_at_once() {
    for site in SITES {
        let server = serve(site, false, |_, good| good);
        let url = server.url();
        drop(server);
        let outcome = load(site, &url).await;
        let says = outcome.error();
        assert!(says.contains("HOST refused the connection") && is_helpful(says), "{}: {outcome:?}", site.key);
        assert!(outcome.took < Duration::from_secs(1), "{}: {:?}", site.key, outcome.took);
    }
}

/// A server that answers the first request for each thing with `reply`, and all others as they should be.
fn at_first(site: &'static Site, reply: fn(&Site, Reply) -> Reply) -> Server {
    let met = Mutex::new(BTreeSet::new());
    serve(site, false, move |request, good| {
        let what = (request.path.clone(), request.query.clone(), request.text());
        if met.lock().expect("no panic").insert(what) { reply(site, good) } else { good }
    })
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_not_said() {
    let faults: [fn(&Site, Reply) -> Reply; 5] = [
        |_, _| Reply::status(500),
        |_, good| good.ending(Ending::Reset),
        |_, good| good.ending(Ending::Truncate),
        |_, good| good.ending(Ending::Stall),
        |site, _| (site.busy)(),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        for site in SITES {
            let server = at_first(site, fault);
            let outcome = load(site, &server.url()).await;
            let is_whole =
                outcome.came.as_ref().is_ok_and(|came| came.texts.len() == USUAL.len() && came.notes.is_empty());
            assert!(is_whole, "{}: {number}: {outcome:?}", site.key);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_site_is_asked_again_before_the_time_that_it_names() {
    for site in SITES {
        let server = serve(site, false, |_, _| (site.busy)());
        load(site, &server.url()).await;
        let log: Vec<Received> = server.log().into_iter().filter(|request| !is_aside(request)).collect();
        let (at_once, _) = site.asks;
        let gap = log[at_once].at - log[at_once - 1].at;
        assert!(gap >= Duration::from_secs(site.wait), "{}: {gap:?}", site.key);
        assert!(gap < Duration::from_secs(site.wait + 2), "{}: {gap:?}", site.key);
    }
}

/// A change of the bytes of every answer, and whether anything is lost by it.
type Damage = (&'static str, fn(String) -> Vec<u8>, bool);

const DAMAGES: [Damage; 5] = [
    ("cut in the middle", |text| text.as_bytes()[..text.len() / 2].to_vec(), true),
    ("cut near the end", |text| text.as_bytes()[..text.len() * 3 / 4].to_vec(), true),
    (
        "bytes that are no text",
        |text| text.replace("Words", "W\0ds").bytes().map(|b| if b == 0 { 0xff } else { b }).collect(),
        false,
    ),
    (
        "100,000 lists in a field that nobody asks for",
        |text| {
            let deep = format!("{{\"deep\": {}{}, ", "[".repeat(100_000), "]".repeat(100_000));
            text.replacen('{', &deep, 1).into_bytes()
        },
        false,
    ),
    ("100,000 elements in a comment", |text| text.replacen("Words", &"<i>".repeat(100_000), 1).into_bytes(), false),
];

#[tokio::test(start_paused = true)]
async fn what_is_damaged_is_read_as_far_as_it_goes() {
    for (name, damage, loses) in DAMAGES {
        for site in SITES {
            let change = move |body| damage(String::from_utf8(body).expect("a mirror sends text"));
            let server = serve(site, false, move |_, good| good.map(change));
            let outcome = load(site, &server.url()).await;
            let context = format!("{name}: {}: {outcome:?}", site.key);
            match &outcome.came {
                Err(error) => assert!(loses && is_helpful(error), "{context}"),
                Ok(Came { texts, notes, thread }) if loses => {
                    let is_told = ["damaged", "ut off", "ould not be loaded"].iter().any(|told| notes.contains(told));
                    let has_head = thread.as_ref().is_some_and(|thread| !thread.story().title.is_empty());
                    assert!(is_told && (has_head || !texts.is_empty()), "{context}");
                }
                Ok(Came { texts, notes, .. }) => {
                    let is_whole = texts.len() == USUAL.len() && texts.iter().all(|text| text.contains("of 10"));
                    assert!(is_whole && notes.is_empty(), "{context}");
                }
            }
        }
    }
}

/// Comments that no site should send, the numbers that remain, and what is noted of them where all sites can see it.
const SHAPES: [(&str, &Shape, &[u64], &str); 5] = [
    ("numbers that come twice", &[(101, 0), (102, 101), (101, 0), (102, 0), (103, 0)], &[101, 102, 103], ""),
    ("two that answer each other", &[(101, 0), (102, 103), (103, 102)], &[101, 102, 103], "in a circle"),
    ("nothing but a circle", &[(101, 102), (102, 101)], &[101, 102], "in a circle"),
    ("one that answers itself", &[(101, 101), (102, 0)], &[101, 102], ""),
    ("none at all", &[], &[], ""),
];

/// A site whose discussion has these comments.
fn shaped(site: &'static Site, shape: Vec<(u64, u64)>) -> Server {
    Server::here(move |request| fake_sites::pass(request).unwrap_or_else(|| (site.serve)(request, &shape)))
}

#[tokio::test(start_paused = true)]
async fn comments_of_any_shape_make_a_tree() {
    for (name, shape, numbers, note) in SHAPES {
        for site in SITES.iter().filter(|site| !site.is_list()) {
            let server = shaped(site, shape.to_vec());
            let outcome = load(site, &server.url()).await;
            let mut found: Vec<u64> = outcome.thread().iter().filter_map(|comment| number(comment.id())).collect();
            found.sort_unstable();
            let Came { texts, notes, .. } = outcome.content();
            let is_all = found == numbers && texts.len() == numbers.len();
            assert!(is_all && notes.contains(note), "{name}: {}: {outcome:?} {found:?}", site.key);
        }
    }
}

/// The number of a comment, whatever a site writes before it.
fn number(id: &str) -> Option<u64> {
    id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// So many comments, each of which answers the one before.
fn chain(comments: u64) -> Vec<(u64, u64)> {
    (101..101 + comments).map(|id| (id, if id == 101 { 0 } else { id - 1 })).collect()
}

/// Opens a chain of so many comments.
async fn descend(site: &'static Site, comments: u64) {
    let server = shaped(site, chain(comments));
    let outcome = load_into(site, &server.url(), 64 << 20).await;
    let depths: Vec<u64> = outcome.thread().iter().map(|comment| comment.depth().into()).collect();
    assert!(depths.iter().copied().eq(0..comments), "{}: {outcome:?}", site.key);
}

#[tokio::test(start_paused = true)]
async fn answers_to_answers_to_answers_are_a_thread() {
    for site in SITES.iter().filter(|site| !site.is_list()) {
        descend(site, 1000).await;
    }
    // Where JSON is nested as the comments are, that is two levels each.
    for site in SITES.iter().filter(|site| site.key == "hn") {
        descend(site, 50_000).await;
    }
}
