//! Whole discussions of Hacker News over the network's own client, from two servers, one of which may be down.

use crate::support::{corpus, server};
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use corpus::corpus;
use lurker::app::{Event, KnownState};
use lurker::model::{Comment, State, Thread};
use lurker::shell::fetch::{Fetcher, Service};
use lurker::shell::http::{HostLimits, Settings};
use lurker::site::{SiteConfig, Sites};
use serde_json::{Value, json};
use server::{Gate, PATIENCE, Received, Reply, Server};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

const ITEMS: &str = include_str!("../fixtures/hackernews/items.jsonl");

/// Firebase's items by number.
type Items = Arc<BTreeMap<u64, Value>>;

fn items(lines: &str) -> Items {
    let items = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("an item"));
    Arc::new(items.map(|item| (item["id"].as_u64().expect("a number"), item)).collect())
}

fn firebase(items: &Items) -> Server {
    Server::start(item_replies(items))
}

/// What Firebase answers.
fn item_replies(items: &Items) -> impl Fn(&Received) -> Reply + Send + Sync + 'static {
    let items = Arc::clone(items);
    move |request| {
        let id = number_in(request, "/v0/item/");
        Reply::ok(id.and_then(|id| items.get(&id)).map_or("null".to_owned(), Value::to_string))
    }
}

/// The number behind a part of the path.
fn number_in(request: &Received, before: &str) -> Option<u64> {
    request.path.strip_prefix(before)?.trim_end_matches(".json").parse().ok()
}

/// The story of these items, and all that stands below it in the order of `kids`: what is to be shown.
fn expected(items: &Items) -> (u64, Vec<String>) {
    let head =
        items.values().find(|item| item["type"] == "story").and_then(|item| item["id"].as_u64()).expect("a story");
    let mut order = Vec::new();
    let mut stack = vec![head];
    while let Some(item) = stack.pop().and_then(|id| items.get(&id)) {
        order.push(item["id"].to_string());
        stack.extend(
            item["kids"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_u64)
                .rev()
                .filter(|id| items.contains_key(id)),
        );
    }
    (head, order.split_off(1))
}

/// An address where nobody listens any more.
fn closed() -> String {
    let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    format!("http://{address}")
}

/// The program's own loading of a target from these two services.
fn load(target: &str, algolia: &str, firebase: &str) -> UnboundedReceiver<Event> {
    let (sender, events) = unbounded_channel();
    let in_flight = HostLimits { host: "127.0.0.1".to_owned(), in_flight: 30, limits: Vec::new(), timeout: None };
    let settings = Settings {
        timeout: PATIENCE,
        proxy: Some("none".to_owned()),
        backoff: Duration::from_millis(1),
        host_limits: vec![in_flight],
        ..Settings::default()
    };
    let config = SiteConfig::default().with("algolia_url", algolia).with("firebase_url", firebase);
    Service::new(settings, Sites::default().with("hn", config), sender).load(0, target, None, KnownState::Unknown);
    events
}

/// What came in the end.
async fn whole(mut events: UnboundedReceiver<Event>) -> Arc<Thread> {
    let mut last = None;
    loop {
        match timeout(PATIENCE, events.recv()).await.expect("an end in time") {
            Some(Event::Arrived { thread, .. }) => last = Some(thread),
            Some(Event::TransferProgress { .. } | Event::Located { .. }) => {}
            Some(Event::Complete(_)) => return last.expect("a thread"),
            other => unreachable!("{other:?}"),
        }
    }
}

fn ids(thread: &Thread) -> Vec<&str> {
    thread.iter().map(Comment::id).collect()
}

#[tokio::test]
async fn every_item_comes_in_the_order_of_the_site_with_algolia_or_without() {
    items_come_in_order(items(ITEMS)).await;
}

#[tokio::test]
#[ignore = "needs the captured answers: set LURKER_CORPUS to their folder"]
async fn captured_items_come_in_the_order_of_the_site() {
    let items = items(&String::from_utf8(corpus("hackernews/firebase-tree-43731168.jsonl")).expect("UTF-8"));
    assert_eq!(items.len(), 148);
    items_come_in_order(items).await;
}

async fn items_come_in_order(items: Items) {
    let (head, order) = expected(&items);
    assert_eq!(order.len() + 1, items.len());
    let site = firebase(&items);
    let tree = tree_of(&items, head).to_string();
    let algolia = Server::script([Reply::ok(tree)]);
    let thread = whole(load(&format!("hn:{head}"), &algolia.url(), &site.url())).await;
    let alone = whole(load(&format!("hn:{head}"), &closed(), &site.url())).await;
    assert_eq!(live(&thread), live(&alone), "nothing that can be read is missing");
    let tops: Vec<&str> = thread.iter().filter(|comment| comment.depth() == 0).map(Comment::id).collect();
    let wanted: Vec<&str> = order.iter().map(String::as_str).filter(|id| tops.contains(id)).collect();
    assert_eq!(tops, wanted, "the top level is in the order of the site");
    for reply in [
        Reply::status(404),
        Reply::status(500),
        Reply::ok(""),
        Reply::ok("<html>We are down for maintenance</html>"),
        Reply::ok("").ending(server::Ending::CloseAtOnce),
    ] {
        let algolia = Server::script([reply.clone()]);
        let thread = whole(load(&format!("hn:{head}"), &algolia.url(), &site.url())).await;
        assert_eq!(ids(&thread), order, "{reply:?}");
        assert!(thread.iter().all(|comment| comment.body().plain.is_empty() == is_silent(comment)));
    }
    let thread = whole(load(&format!("hn:{head}"), &closed(), &site.url())).await;
    assert_eq!(ids(&thread), order, "nobody listens");
    assert!(site.counts().peak <= 30, "{}", site.counts().peak);
}

/// The comments that can be read, by id.
fn live(thread: &Thread) -> std::collections::BTreeSet<&str> {
    thread.iter().filter(|comment| comment.state() == State::Live).map(Comment::id).collect()
}

/// Whether nothing is known of what it said.
fn is_silent(comment: Comment<'_>) -> bool {
    matches!(comment.state(), State::Deleted | State::Missing)
}

/// Algolia's tree of an item, the oldest first; dead and deleted items go with all that is below them.
fn tree_of(items: &Items, id: u64) -> Value {
    let item = &items[&id];
    let kids = item["kids"].as_array().into_iter().flatten().filter_map(Value::as_u64);
    let is_alive = |kid: &u64| items.get(kid).is_some_and(|item| item["dead"].is_null() && item["deleted"].is_null());
    let mut kids: Vec<u64> = kids.filter(is_alive).collect();
    kids.sort_unstable();
    json!({"id": id, "created_at_i": item["time"], "type": item["type"], "author": item["by"], "title": item["title"],
        "url": item["url"], "text": item["text"], "points": item["score"], "parent_id": item["parent"],
        "children": kids.into_iter().map(|kid| tree_of(items, kid)).collect::<Vec<_>>()})
}

#[tokio::test(start_paused = true)]
async fn an_algolia_that_never_answers_holds_nothing_up() {
    let items = items(ITEMS);
    let (head, order) = expected(&items);
    let (site, gate) = (Server::here(item_replies(&items)), Gate::closed());
    let closed = gate.clone();
    let algolia = Server::here(move |_| Reply::status(404).behind(&closed));
    let mut events = load(&format!("hn:{head}"), &algolia.url(), &site.url());
    loop {
        match timeout(PATIENCE, events.recv()).await.expect("all comments in time") {
            Some(Event::Arrived { thread, .. }) if ids(&thread) == order => break,
            Some(Event::Arrived { .. } | Event::TransferProgress { .. } | Event::Located { .. }) => {}
            other => unreachable!("{other:?}"),
        }
    }
    gate.open();
    let thread = whole(events).await;
    assert_eq!(ids(&thread), order);
}
