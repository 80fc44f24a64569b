//! No host is asked for more than it allows, nor before it wants: bursts through the client, on a clock that is paused.

use crate::support::{fake_sites, server, told};
use std::time::Duration;

use fake_sites::Site;
use lurker::app::KnownState;
use lurker::shell::fetch::{Fetcher, Service};
use lurker::shell::http::{Client, Settings};
use lurker::site::{Answer, Request};
use server::{Counts, Received, Reply, Server};
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const NOW: i64 = 1_790_000_000;
/// How long the server thinks about each request.
const LATENCY: Duration = Duration::from_millis(200);

/// A client to which this server is every host there is.
fn client(server: &Server) -> Client {
    let settings = Settings { proxy: Some(server.url()), now: || NOW, ..Settings::default() };
    Client::new(&settings).expect("a client")
}

fn get(url: &str) -> Request {
    Request { key: 0, url: url.to_owned(), form: None, headers: Vec::new() }
}

/// What came of so many requests at once.
struct Burst {
    arrivals: Vec<Instant>,
    peak: usize,
    refusals: Vec<String>,
}

async fn burst(url: &str, requests: usize) -> Burst {
    let server = Server::here(|_| Reply::ok("").after(LATENCY));
    let client = client(&server);
    let mut flight = JoinSet::new();
    for _ in 0..requests {
        let (client, request) = (client.clone(), get(url));
        flight.spawn(async move { client.send(&request).await });
    }
    let outcomes = flight.join_all().await;
    let refusals = outcomes.into_iter().filter_map(Result::err).map(|error| told(&error)).collect();
    let arrivals = server.log().iter().map(|received| received.at).collect();
    Burst { arrivals, peak: server.counts().peak, refusals }
}

impl Burst {
    /// The most requests within any stretch of time shorter than this.
    fn most_within(&self, window: Duration) -> usize {
        let within =
            |first: &Instant| self.arrivals.iter().filter(|at| **at >= *first && **at - *first < window).count();
        self.arrivals.iter().map(within).max().unwrap_or_default()
    }

    fn took(&self) -> Duration {
        self.arrivals.last().zip(self.arrivals.first()).map_or(Duration::ZERO, |(last, first)| *last - *first)
    }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// An address; requests to it at once; how many of them may be in flight; the most in so many seconds; and the seconds
/// after which all are answered, for a limit is no reason to dawdle.
type Case = (&'static str, usize, usize, &'static [(usize, u64)], u64);

const CASES: [Case; 7] = [
    ("http://slashdot.org/x", 106, 1, &[], 30),
    ("http://lobste.rs/x", 65, 1, &[(4, 1), (30, MINUTE), (100, 10 * MINUTE), (400, HOUR)], 130),
    ("http://oauth.reddit.com/x", 150, 1, &[(100, MINUTE)], 80),
    // A Lemmy instance or a Discourse forum: 180 and 200 in a minute.
    ("http://lemmy.world/x", 300, 2, &[(50, 10), (180, MINUTE)], 100),
    ("http://127.0.0.1/x", 70, 2, &[(50, 10)], 15),
    ("http://hacker-news.firebaseio.com/x", 300, 30, &[], 5),
    ("http://hn.algolia.com/x", 40, 2, &[(10_000, HOUR)], 10),
];

#[tokio::test(start_paused = true)]
async fn no_host_is_asked_faster_than_it_allows() {
    for (url, requests, in_flight, limits, seconds) in CASES {
        let burst = burst(url, requests).await;
        assert_eq!((burst.arrivals.len(), &*burst.refusals), (requests, &[][..]), "{url}");
        assert_eq!(burst.peak, in_flight, "{url}");
        for &(most, seconds) in limits {
            let found = burst.most_within(Duration::from_secs(seconds));
            assert!(found <= most, "{url}: {found} requests in {seconds} s");
        }
        assert!(burst.took() < Duration::from_secs(seconds), "{url}: {:?}", burst.took());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_minutes_is_said_instead_of_sat_out() {
    let burst = burst("http://lobste.rs/x", 103).await;
    assert_eq!(burst.arrivals.len(), 100);
    let says = "lobste.rs was asked as often as lurker asks a site, so wait 7 minutes [RetryLater]";
    assert_eq!(burst.refusals, [says; 3]);
}

/// A server whose first answer is this one.
fn first(reply: Reply) -> Server {
    let first = std::sync::Mutex::new(Some(reply));
    Server::here(move |_| first.lock().expect("no panic").take().unwrap_or_else(|| Reply::ok("good")))
}

fn reddit(status: u16, left: &str, reset: &str) -> Reply {
    Reply::status(status).header("x-ratelimit-remaining", left).header("x-ratelimit-reset", reset)
}

fn gap(log: &[Received]) -> f64 {
    (log[1].at - log[0].at).as_secs_f64()
}

async fn good(client: &Client, url: &str) -> Vec<u8> {
    client.send(&get(url)).await.map(|Answer { body, .. }| body).expect("an answer")
}

#[tokio::test(start_paused = true)]
async fn each_site_is_asked_again_when_it_says_and_not_before() {
    let busy = Reply::status(429);
    let lemmy = Reply::of(400, r#"{"error":"rate_limit_error"}"#);
    for (url, reply, seconds) in [
        ("http://lobste.rs/x", busy.clone().header("RateLimit-Reset", "1790000017"), 17.0),
        ("http://oauth.reddit.com/x", reddit(429, "0.0", "12.5"), 12.5),
        ("http://meta.discourse.org/x", busy.header("Retry-After", "9"), 9.0),
        ("http://lemmy.world/x", lemmy, 20.0),
        ("http://slashdot.org/x", Reply::status(503).header("Retry-After", "30"), 30.0),
        ("http://slashdot.org/x", Reply::status(520).header("Retry-After", "59"), 59.0),
    ] {
        let server = first(reply);
        assert_eq!(good(&client(&server), url).await, b"good", "{url}");
        let log = server.log();
        assert_eq!(log.len(), 2, "{url}");
        assert!((seconds..seconds + 2.0).contains(&gap(&log)), "{url}: {}", gap(&log));
    }
}

#[tokio::test(start_paused = true)]
async fn the_next_request_waits_where_the_last_one_used_up_what_was_left() {
    let (server, url) = (first(reddit(200, "0.0", "30.0")), "http://oauth.reddit.com/x");
    let client = client(&server);
    assert_eq!(good(&client, url).await, b"status 200", "what came is not held back");
    assert_eq!(good(&client, url).await, b"good");
    assert!(gap(&server.log()) >= 30.0);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_would_wait_for_minutes_is_not_made_and_other_hosts_are_asked_meanwhile() {
    let server = first(reddit(200, "0", "281.0"));
    let client = client(&server);
    good(&client, "http://oauth.reddit.com/x").await;
    let says = told(&client.send(&get("http://oauth.reddit.com/y")).await.expect_err("too soon"));
    assert_eq!(says, "reddit.com asks to wait 5 minutes [RetryLater]");
    assert_eq!(good(&client, "http://lobste.rs/x").await, b"good");
    assert!(gap(&server.log()) < 1.0);
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_without_a_time_are_not_asked_again() {
    let server = first(Reply::status(429));
    assert_eq!(good(&client(&server), "http://lobste.rs/x").await, b"status 429");
    assert_eq!(server.log().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_in_trouble_gets_more_time_with_each_attempt() {
    let server = Server::here(|_| Reply::status(500));
    assert_eq!(good(&client(&server), "http://slashdot.org/x").await, b"status 500");
    let log = server.log();
    assert_eq!(log.len(), 3);
    assert!((0.25..0.7).contains(&gap(&log)), "{}", gap(&log));
    assert!((0.5..1.2).contains(&gap(&log[1..])), "{}", gap(&log[1..]));
}

#[tokio::test(start_paused = true)]
async fn algolia_may_think_for_longer_than_others() {
    let server = Server::here(|_| Reply::ok("good").after(Duration::from_secs(41)));
    let client = client(&server);
    assert_eq!(good(&client, "http://hn.algolia.com/x").await, b"good");
    let begun = Instant::now();
    let says = told(&client.send(&get("http://lemmy.world/x")).await.expect_err("too slow"));
    assert_eq!(says, "lemmy.world did not answer within 15 s [Retry]");
    assert_eq!(server.log().len(), 4, "three attempts");
    assert!((45..50).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

/// Requests that are made, and given up by the reader who holds a key, one every 30 ms for ten seconds.
async fn held(url: &str) -> Burst {
    let server = Server::here(|_| Reply::ok("").after(LATENCY));
    let client = client(&server);
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) {
        let request = get(url);
        let _ = tokio::time::timeout(Duration::from_millis(30), client.send(&request)).await;
    }
    let arrivals = server.log().iter().map(|received| received.at).collect();
    Burst { arrivals, peak: server.counts().peak, refusals: Vec::new() }
}

#[tokio::test(start_paused = true)]
async fn requests_that_are_given_up_count_as_others_do() {
    for (url, _, in_flight, limits, _) in CASES {
        let burst = held(url).await;
        assert!(burst.peak <= in_flight, "{url}: {} in flight", burst.peak);
        assert!(!burst.arrivals.is_empty(), "{url}");
        for &(most, seconds) in limits {
            let found = burst.most_within(Duration::from_secs(seconds));
            assert!(found <= most, "{url}: {found} requests in {seconds} s");
        }
    }
}

/// What a site's server sees while a reader holds the key that loads its page again, for ten seconds.
async fn held_reloads(site: &'static Site) -> Counts {
    let server = Server::here(move |request| {
        fake_sites::pass(request).unwrap_or_else(|| (site.serve)(request, fake_sites::USUAL)).after(LATENCY)
    });
    let (sender, _events) = unbounded_channel();
    let mut settings = Settings { proxy: Some("none".to_owned()), now: || NOW, ..Settings::default() };
    settings.mirror(site.host, &server.url().parse().expect("an address"));
    let mut service = Service::new(settings, fake_sites::sites(&server.url()), sender);
    let target = (site.target)(&server.url());
    for request in 1..=333 {
        service.load(request, &target, None, KnownState::Unknown);
        sleep(Duration::from_millis(30)).await;
        service.cancel(request);
    }
    server.counts()
}

#[tokio::test(start_paused = true)]
async fn a_held_key_loads_a_page_again_every_two_seconds_at_most() {
    for site in fake_sites::SITES {
        let counts = held_reloads(site).await;
        // None lives to see an answer, so each load makes the requests that it begins with.
        let (begins_with, _) = site.asks;
        assert!((2..=6 * begins_with).contains(&counts.arrived), "{}: {counts:?}", site.key);
        assert!(counts.peak <= begins_with, "{}: {counts:?}", site.key);
    }
}
