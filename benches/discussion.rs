//! Costs on a generated discussion of 100 000 comments: medians, and ratios within this one run.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[path = "support/measure.rs"]
mod measure;

use std::sync::Arc;
use std::time::Duration;

use lurker::app::{App, Event, Key, Options, When};
use lurker::markup;
use lurker::model::{Builder, Draft, MarkKind, ScoreKind, Story, Text, Thread};
use lurker::print;
use lurker::shell::shipped_keys;
use lurker::site::saved;
use lurker::ui::{Styles, draw};
use lurker::view::{Bound, Geometry, Modifiers, Order, OrderedThread, Query, Search, Seen, ThreadView, Thresholds};
use measure::{Numbers, median, report};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde::Deserialize;

const LARGE: u32 = 100_000;
const SMALL: u32 = 1_000;
const SCREEN: (u16, u16) = (120, 40);
const NOW: i64 = 1_790_000_000;

fn main() {
    // `cargo test --benches` and the like only want to know that it runs.
    let size = if std::env::args().any(|arg| arg == "--bench") { LARGE } else { SMALL };
    let thread = Arc::new(discussion(size));
    let mut json = Vec::new();
    print::json(&thread, &Thresholds::new(Some(1), Some(4)).into(), &mut json).expect("a vector takes all");
    println!("{size} comments, {} kB of JSON", json.len() / 1000);
    loading(&json);
    changes(&thread);
    finding(&thread);
    frames(&thread);
    lines_down(size);
}

/// A discussion in the shape of a real one: most replies go to recent comments, bodies of 10 to 130 words, some with a
/// quote, a link or a word of emphasis.
fn discussion(size: u32) -> Thread {
    const WORDS: [&str; 16] = [
        "terminal", "the", "of", "a", "green", "latency", "which", "never", "catalog", "queue", "is", "and", "naïve",
        "日本", "keyboard", "they",
    ];
    let mut numbers = Numbers(7);
    let mut builder = Builder::new();
    for index in 0..u64::from(size) {
        let parent =
            (index > 0 && numbers.below(8) > 0).then(|| (index - 1 - numbers.below(index.min(40))).to_string());
        let words = 10 + numbers.below(120);
        let mut plain = String::new();
        for word in 0..words {
            plain.push_str(WORDS[numbers.below(16) as usize]);
            plain.push_str(if word + 1 == words {
                "."
            } else if word % 40 == 39 {
                "\n\n"
            } else {
                " "
            });
        }
        let mut body = Text::unmarked(plain);
        if numbers.below(5) == 0 {
            let end = body.plain.find(' ').unwrap_or(0) as u32;
            body.links.push(format!("https://example.org/{index}"));
            body.marks.push(lurker::model::Mark { start: 0, end, kind: MarkKind::Link(0) });
        }
        builder.push(&Draft {
            id: &index.to_string(),
            parent: parent.as_deref(),
            author: Some(WORDS[numbers.below(16) as usize]),
            label: ["", "Funny", "Insightful"][numbers.below(3) as usize],
            subject: "Re:Something said before",
            url: "https://example.org/comments.pl?sid=1&cid=2",
            score: Some(numbers.below(7) as i32 - 1),
            posted_at: Some(NOW - 1_000_000 + index.cast_signed()),
            body: body.borrow(),
            ..Draft::default()
        });
    }
    let range = Some((-1, 5));
    builder.finish(Story {
        title: "A story".to_owned(),
        score_range: range,
        score_kind: ScoreKind::Points,
        ..Story::default()
    })
}

fn times(one: Duration, other: Duration) -> String {
    format!("{:.2} ×", one.as_secs_f64() / other.as_secs_f64())
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the cost of reading")]
struct PlainThread {
    title: String,
    comments: Vec<PlainComment>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read for the cost of reading")]
struct PlainComment {
    id: String,
    parent: Option<String>,
    depth: u32,
    author: Option<String>,
    author_id: String,
    op: bool,
    anonymous: bool,
    score: Option<i32>,
    label: String,
    subject: String,
    posted_at: Option<String>,
    url: String,
    text: String,
    links: Vec<String>,
    state: String,
    mode: String,
}

fn loading(json: &[u8]) {
    let plain = median(9, || (), |()| serde_json::from_slice::<PlainThread>(json).expect("typed structs fit"));
    let own = median(9, || (), |()| saved::read(json, None).expect("lurker reads its own JSON"));
    report("serde_json into typed structs", plain, "");
    report("lurker's JSON into a thread", own, &format!("{} of that; at most 2 wanted", times(own, plain)));
    let body =
        "<p>One <i>word</i> and <a href=\"https:&#x2F;&#x2F;example.org\">a link</a>.<p>&gt; A quote of some length.";
    let html = median(9, || (), |()| (0..1000).map(|_| markup::html(body).plain.len()).sum::<usize>());
    report("1 000 short bodies of HTML", html, "");
}

fn geometry() -> Geometry {
    Geometry { width: usize::from(SCREEN.0), height: i32::from(SCREEN.1) - 2, text_width: 100 }
}

fn view(thread: &Arc<Thread>) -> ThreadView {
    ThreadView::new(Arc::clone(thread), Thresholds::new(Some(1), Some(4)), geometry())
}

fn changes(thread: &Arc<Thread>) {
    let mut view = view(thread);
    for _ in 0..200 {
        view.down();
    }
    let threshold = threshold_change(&mut view);
    report("a threshold change", threshold, "at most 1 ms wanted");
    let mut up = false;
    let step = |()| {
        up = !up;
        view.step_hide(up).is_ok()
    };
    report("a step of the hiding threshold", median(51, || (), step), "at most 1 ms wanted");
    let minutes = |minutes: u32| Bound::Time(minutes * 60);
    for (name, bounds) in [
        ("the best half, then the best fifth", [Bound::percent(50), Bound::percent(20)]),
        ("what can be read in 10 min, then in 100", [minutes(10), minutes(100)]),
    ] {
        let mut bounds = bounds.into_iter().cycle();
        let set = |()| {
            let full = bounds.next();
            view.set_thresholds(Thresholds { hide: None, full });
        };
        report(name, median(51, || (), set), "at most 1 ms wanted");
    }
    view.set_modifiers(modifiers());
    let modified = threshold_change(&mut view);
    let note = format!("{} of that; about 1 wanted", times(modified, threshold));
    report("a threshold change with modifiers", modified, &note);
    view.set_modifiers(Modifiers::new(lurker::site::labels()));
    let mut folded = false;
    let fold = median(
        51,
        || (),
        |()| {
            folded = !folded;
            if folded { view.fold_all() } else { view.automatic() }
        },
    );
    report("fold all, or back to automatic", fold, "at most 1 ms wanted");
    for order in [Order::Newest, Order::Replies, Order::Flat] {
        let took = median(9, || Arc::clone(thread), |thread| OrderedThread::new(thread, order));
        report(&format!("an order: {}", order.name()), took, "beside the screen; at most 60 ms wanted");
    }
    let mut orders = view.clone();
    orders.add_order(OrderedThread::new(Arc::clone(thread), Order::Newest));
    let mut is_newest = false;
    let show = |()| {
        is_newest = !is_newest;
        orders.set_order(if is_newest { Order::Newest } else { Order::Site })
    };
    report("an order that was made is shown", median(9, || (), show), "");
    let replace = median(5, || Arc::clone(thread), |thread| view.replace(thread));
    report("a newer thread in place of the old", replace, "");
}

fn threshold_change(view: &mut ThreadView) -> Duration {
    let mut up = false;
    median(
        51,
        || (),
        |()| {
            up = !up;
            view.set_thresholds(Thresholds::new(Some(if up { 2 } else { 1 }), Some(4)));
        },
    )
}

fn modifiers() -> Modifiers {
    let mut modifiers = Modifiers::new(lurker::site::labels());
    for (name, adds) in [("funny", -1), ("insightful", 1), ("by:keyboard", 2), ("long", 1), ("new-user", -1)] {
        modifiers.add(name, adds, "here").expect("a modifier that is right");
    }
    modifiers
}

/// Filter and search, in ratios to a look at every byte of the discussion.
fn finding(thread: &Arc<Thread>) {
    let visibility =
        || thread.iter().map(|comment| comment.body().plain.bytes().filter(|b| *b == b'!').count()).sum::<usize>();
    let bytes = median(11, || (), |()| visibility());
    report("every byte looked at", bytes, "");
    let of_that = |took| format!("{} of that", times(took, bytes));
    for (name, typed) in [
        ("a search that finds nothing", "catalogue of none"),
        ("a search for a frequent word", "keyboard"),
        ("a search for an expression", r"re:/\bnaïve\b.*quay$/"),
    ] {
        let search = Search::new(typed).expect("a pattern");
        let took = median(11, || (), |()| search.run(thread, 0..thread.len()));
        report(name, took, &of_that(took));
    }
    let mut view = view(thread);
    for typed in ["label:funny score:>=3", "catalogue OR -has:link by:queue", r"re:/[a-z]+ous\b/"] {
        let query = Query::parse(typed).expect("a query");
        let took = median(11, || query.clone(), |query| view.set_filter(Some(query)));
        report(&format!("filter {typed}"), took, &of_that(took));
    }
    let clear = |mut view: ThreadView| {
        view.set_filter(None);
        view
    };
    let cleared = median(11, || view.clone(), clear);
    report("the filter cleared", cleared, "at most 1 ms wanted");
    let took = median(5, modifiers, |modifiers| view.set_modifiers(modifiers));
    report("other modifiers", took, &of_that(took));
    let seen = Seen::of(thread);
    let took = median(5, || seen.clone(), |seen| view.set_seen(seen));
    report("what was seen on an earlier visit", took, &of_that(took));
    let reload = median(5, || Arc::clone(thread), |thread| view.reload(thread));
    report("a reload, its news found", reload, "");
}

fn reader(thread: &Arc<Thread>, minimap: When) -> App {
    let size = (usize::from(SCREEN.0), usize::from(SCREEN.1));
    let keys = shipped_keys().expect("the shipped keys are right");
    let options = Options { minimap, ..Options::default() };
    let mut app = App::new("bench".to_owned(), keys, options, size, NOW);
    app.start();
    let arrived = Event::Arrived { request: 1, thread: Arc::clone(thread), loaded: thread.len(), stated: None };
    app.update(arrived, NOW);
    app.update(Event::Complete(1), NOW);
    for key in [".", "["] {
        app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
    }
    app
}

fn frames(thread: &Arc<Thread>) {
    let without = frame(thread, When::Never);
    let with = frame(thread, When::Always);
    report("a frame of 120 × 40", without, "at most 0.5 ms wanted");
    report(
        "with the map of the thread",
        with,
        &format!("{:.3} ms more", (with.saturating_sub(without)).as_secs_f64() * 1e3),
    );
}

/// What one frame takes, with or without the map at the right edge.
fn frame(thread: &Arc<Thread>, minimap: When) -> Duration {
    let area = Rect::new(0, 0, SCREEN.0, SCREEN.1);
    let mut app = reader(thread, minimap);
    for _ in 0..500 {
        app.update(Event::Key(Key::parse("j").expect("a key")), NOW);
    }
    let styles = Styles::new(true, false);
    median(
        201,
        || Buffer::empty(area),
        |mut buffer| {
            draw(&app, &styles, area, &mut buffer);
            buffer
        },
    )
}

fn lines_down(size: u32) {
    let key = Event::Key(Key::parse("j").expect("a key"));
    let cost = |size| {
        let mut app = reader(&Arc::new(discussion(size)), When::Auto);
        let keys = 400;
        let all = median(
            9,
            || (),
            |()| {
                app.update(Event::Key(Key::parse("g").expect("a key")), NOW);
                for _ in 0..keys {
                    app.update(key.clone(), NOW);
                }
            },
        );
        all / keys
    };
    let (small, large) = (cost(SMALL.min(size)), cost(size));
    report("one line down of 1 000", small, "");
    report(&format!("one line down of {size}"), large, &format!("{} of that; about 1 wanted", times(large, small)));
}
