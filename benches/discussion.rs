//! Costs on generated discussions of 1 000 to 1 000 000 comments: medians, and ratios within this one run.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[path = "support/measure.rs"]
mod measure;

use std::sync::Arc;
use std::time::{Duration, Instant};

use lurker::app::{App, Effect, Event, Key, Options, When};
use lurker::model::{Builder, Draft, MarkKind, ScoreKind, Story, Text, Thread};
use lurker::shell::shipped_keys;
use lurker::ui::{Styles, draw};
use lurker::view::{
    Bound, Geometry, Mode, Modifiers, Order, OrderedThread, Query, Search, Seen, ThreadView, Thresholds,
};
use measure::{Numbers, median, report};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const LARGE: u32 = 100_000;
const SMALL: u32 = 1_000;
/// Sizes at which what the reader waits for is measured, and the most that it may take there, in ms.
const SIZES: [(u32, f64); 4] = [(1_000, 0.1), (10_000, 0.5), (100_000, 1.0), (1_000_000, 4.0)];
const SCREEN: (u16, u16) = (120, 40);
const NOW: i64 = 1_790_000_000;

fn main() {
    // `cargo test --benches` and the like only want to know that it runs.
    let is_bench = std::env::args().any(|arg| arg == "--bench");
    let size = if is_bench { LARGE } else { SMALL };
    let thread = Arc::new(discussion(size, 120));
    println!("{size} comments");
    orders(&thread);
    finding(&thread);
    frames(&thread);
    lines_down(size);
    long_bodies(if is_bench { 5_000_000 } else { 50_000 });
    drop(thread);
    for (size, most) in SIZES.into_iter().take(if is_bench { SIZES.len() } else { 1 }) {
        // A million short comments: the changes look at no text.
        let thread = Arc::new(discussion(size, if size > LARGE { 2 } else { 120 }));
        println!("\nchanges of what shows of {size} comments");
        changes(&thread, &format!("at most {most} ms wanted"));
        folds(&thread, most);
    }
}

/// A discussion in the shape of a real one: most replies go to recent comments, bodies of 10 words and up to so many more,
/// some with a quote, a link or a word of emphasis.
fn discussion(size: u32, words: u64) -> Thread {
    const WORDS: [&str; 16] = [
        "terminal", "the", "of", "a", "green", "latency", "which", "never", "catalog", "queue", "is", "and", "naïve",
        "日本", "keyboard", "they",
    ];
    let mut numbers = Numbers(7);
    let mut builder = Builder::new();
    for index in 0..u64::from(size) {
        let parent =
            (index > 0 && numbers.below(8) > 0).then(|| (index - 1 - numbers.below(index.min(40))).to_string());
        let words = 10 + numbers.below(words);
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

fn geometry() -> Geometry {
    Geometry { width: usize::from(SCREEN.0), height: i32::from(SCREEN.1) - 2, text_width: 100 }
}

fn view(thread: &Arc<Thread>) -> ThreadView {
    ThreadView::new(Arc::clone(thread), Thresholds::new(Some(1), Some(4)), geometry())
}

/// Thresholds, and what goes with them.
fn changes(thread: &Arc<Thread>, wanted: &str) {
    let mut view = view(thread);
    for _ in 0..200 {
        view.down();
    }
    let threshold = threshold_change(&mut view);
    report("a threshold change", threshold, wanted);
    let mut up = false;
    let step = |()| {
        up = !up;
        view.change(|view| view.step_hide(up).is_ok())
    };
    report("a step of the hiding threshold, to be undone", median(51, || (), step), wanted);
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
        report(name, median(51, || (), set), wanted);
    }
    if thread.len() <= LARGE {
        view.set_modifiers(modifiers());
        report("a threshold change with modifiers", threshold_change(&mut view), wanted);
    }
    view.set_filter(Some(Query::parse("score:>=3").expect("a query")));
    let filtered = view;
    let clear = |mut view: ThreadView| {
        view.set_filter(None);
        view
    };
    report("the filter cleared", median(11, || filtered.clone(), clear), wanted);
}

/// Folds, each a step that can be undone.
fn folds(thread: &Arc<Thread>, most: f64) {
    let mut view = view(thread);
    let wanted = format!("at most {most} ms wanted");
    let mut folded = false;
    let all = |()| {
        folded = !folded;
        view.change(|view| if folded { view.fold_all() } else { view.automatic() });
    };
    report("fold all, or back to automatic", median(51, || (), all), &wanted);
    let wanted = format!("at most {} ms wanted", (most / 8.0).max(0.05));
    view.automatic();
    for (name, least) in [("fold one with few replies, or unfold it", 2), ("one with most of a thread", u32::MAX)] {
        let size = |index: &u32| thread.after(*index) - index;
        let fitting = (thread.len() / 2..thread.len()).find(|index| size(index) > least);
        let largest = || (0..thread.len()).max_by_key(size).unwrap_or(0);
        view.reveal(fitting.unwrap_or_else(largest));
        let one = median(101, || (), |()| view.change(|view| view.fold() || view.open()));
        report(name, one, &wanted);
    }
    opened(&mut view, &wanted);
    let mut back = false;
    let undo = |()| {
        back = !back;
        if back { view.undo() } else { view.redo() }
    };
    report("that undone, or redone", median(101, || (), undo), &wanted);
    let nothing = median(101, || (), |()| view.change(|view| view.set_thresholds(view.thresholds())));
    report("a change that changes nothing", nothing, &wanted);
}

/// One comment opened, on one line and hidden.
fn opened(view: &mut ThreadView, wanted: &str) {
    view.automatic();
    let thread = Arc::clone(view.thread());
    let find = |view: &ThreadView, mode| (thread.len() / 2..thread.len()).find(|&index| view.mode(index) == mode);
    let line = find(view, Mode::Line).unwrap_or(0);
    view.go_to_comment(line);
    report("Enter on one line, then on it in full", median(101, || (), |()| view.change(ThreadView::toggle)), wanted);
    let hidden = find(view, Mode::Hidden).unwrap_or(0);
    view.change(|view| view.reveal(hidden));
    let mut is_shown = true;
    let hidden = |()| {
        is_shown = !is_shown;
        if is_shown { view.redo() } else { view.undo() }
    };
    report("a hidden one opened, or hidden again", median(101, || (), hidden), wanted);
    view.automatic();
}

fn orders(thread: &Arc<Thread>) {
    for order in [Order::Newest, Order::Replies, Order::Flat] {
        let took = median(9, || Arc::clone(thread), |thread| OrderedThread::new(thread, order));
        report(&format!("an order: {}", order.name()), took, "beside the screen; at most 60 ms wanted");
    }
    let mut view = view(thread);
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

/// Filter and search, in ratios to a search for the same bytes by `memchr` in all text of the discussion.
fn finding(thread: &Arc<Thread>) {
    let text = thread.text().as_bytes();
    println!("{} MB of text", text.len() / 1_000_000);
    for (name, typed, most) in [
        ("a search that finds nothing, in any case", "catalogue of none", Some(4)),
        ("the same as typed", "Catalogue of none", Some(2)),
        ("a search for a frequent word, in any case", "keyboard", Some(4)),
        ("the same as typed", "Re:Something", Some(2)),
        ("a search for an expression", r"re:/\bnaïve\b.*quay$/", None),
    ] {
        let search = Search::new(typed).expect("a pattern");
        let took = median(11, || (), |()| search.run(thread, 0..thread.len()));
        let plain = typed.trim_start_matches("re:/");
        let yardstick = median(11, || (), |()| memchr::memmem::find_iter(text, plain).count());
        let wanted = most.map(|most| format!("; at most {most} wanted")).unwrap_or_default();
        report(
            name,
            took,
            &format!("{} of memmem's {:.1} ms{wanted}", times(took, yardstick), yardstick.as_secs_f64() * 1e3),
        );
    }
    let bytes = median(11, || (), |()| memchr::memchr_iter(b'!', text).count());
    report("every byte looked at", bytes, "");
    let of_that = |took| format!("{} of that", times(took, bytes));
    let mut view = view(thread);
    for typed in ["label:funny score:>=3", "catalogue of none", "catalogue OR -has:link by:queue", r"re:/[a-z]+ous\b/"]
    {
        let query = Query::parse(typed).expect("a query");
        let took = median(11, || query.clone(), |query| view.set_filter(Some(query)));
        report(&format!("filter {typed}"), took, &of_that(took));
    }
    let took = median(5, modifiers, |modifiers| view.set_modifiers(modifiers));
    report("other modifiers", took, &of_that(took));
    let mut view = self::view(thread);
    let seen = Seen::of(thread);
    let took = median(5, || seen.clone(), |seen| view.set_seen(seen));
    report("what was seen on an earlier visit", took, &of_that(took));
    typing(thread);
    let newer = Arc::new(discussion(thread.len() + 100, 120));
    let compared = median(5, || view.shown_state(true), |shown| OrderedThread::from(&newer).compared_with(&shown));
    report("a newer state compared, beside the screen", compared, "");
    reload("a reload, its news found", &view, &newer);
    view.set_filter(Some(Query::parse("catalog by:queue").expect("a query")));
    reload("the same under a filter", &view, &newer);
    view.set_filter(None);
    view.set_modifiers(modifiers());
    reload("the same with modifiers", &view, &newer);
}

/// What a prepared state takes to come in the place of the one that shows.
fn reload(name: &str, view: &ThreadView, newer: &Arc<Thread>) {
    let ordered = OrderedThread::from(newer).compared_with(&view.shown_state(true));
    let reload = |(mut view, newer): (ThreadView, OrderedThread)| {
        view.reload(newer);
        view
    };
    report(name, median(5, || (view.clone(), ordered.clone()), reload), "at most 5 ms wanted");
}

/// A search while its words are typed: what each key takes on the screen's task, with all that is found for it.
fn typing(thread: &Arc<Thread>) {
    const SLICE: u32 = 10_000;
    let mut app = reader(thread, When::Auto);
    let (mut longest, mut beside, mut to_first) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for key in ["/", "k", "e", "y", "b", "o", "a", "r", "d", "space", "q", "u", "e"] {
        let key = Event::Key(Key::parse(key).expect("a key"));
        let mut on_screen = Duration::ZERO;
        let mut update = |event: Event| {
            let begun = Instant::now();
            let effects = app.update(event, NOW);
            on_screen += begun.elapsed();
            effects
        };
        for effect in update(key) {
            let Effect::Search { number, thread, search } = effect else { continue };
            let begun = Instant::now();
            let slices = (0..thread.len()).step_by(SLICE as usize);
            let found: Vec<Vec<u32>> = slices.map(|start| search.run(&thread, start..start + SLICE)).collect();
            beside = beside.max(begun.elapsed());
            let begun = Instant::now();
            search.run(&thread, 0..SLICE);
            to_first = to_first.max(begun.elapsed());
            for matches in found {
                update(Event::Found { number, matches, is_all: false });
            }
            update(Event::Found { number, matches: Vec::new(), is_all: true });
        }
        longest = longest.max(on_screen);
    }
    report("a key of a search that is typed, the longest", longest, "at most 16 ms wanted");
    report("its first 10 000 comments, beside the screen", to_first, "at most 16 ms wanted");
    report("all of them, beside the screen", beside, "");
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
        let mut app = reader(&Arc::new(discussion(size, 120)), When::Auto);
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

/// Keys among a few comments so long that wrapping one takes longer than drawing a screen: the first time and again.
fn long_bodies(bytes: usize) {
    let units = ["Words of some length, and more of them. ", "日本語の文章は長い。", "word", "a line\n"];
    let mut builder = Builder::new();
    for (index, unit) in units.into_iter().enumerate() {
        let body = Text::unmarked(unit.repeat(bytes / unit.len()));
        // Without a score no threshold hides them.
        builder.push(&Draft { id: &index.to_string(), body: body.borrow(), ..Draft::default() });
    }
    let thread = Arc::new(builder.finish(Story { title: "Long".to_owned(), ..Story::default() }));
    println!("4 comments of {bytes} bytes");
    let area = Rect::new(0, 0, SCREEN.0, SCREEN.1);
    let styles = Styles::new(true, false);
    let mut app = reader(&thread, When::Auto);
    let mut press = |key: &str| {
        let begun = Instant::now();
        app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
        draw(&app, &styles, area, &mut Buffer::empty(area));
        begun.elapsed()
    };
    for key in ["j", "j", "G", "k", "k", "T", "k", "g", "j", "j", "J", "K", "G", "T"] {
        let first = press(key);
        report(&format!("{key} there, drawn, at first"), first, "at most 10 ms wanted");
    }
    for key in ["j", "k", "G", "T", "g"] {
        let again: Vec<Duration> = (0..3).map(|_| press(key)).collect();
        let longest = again.into_iter().max().unwrap_or_default();
        report(&format!("{key} again"), longest, "at most 1 ms wanted");
    }
}
