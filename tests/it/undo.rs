//! Undo and redo bring back the screen cell for cell, whatever was folded, opened, hidden or filtered.

use std::sync::Arc;

use lurker::app::{App, Effect, Event, Key, KeyMap, Options, StoreAnswer};
use lurker::model::{Builder, Draft, Entry, Listing, Story, Text, Thread};
use lurker::shell::shipped_keys;
use lurker::ui::{Styles, draw};
use lurker::view::{Authors, Bookmarks, FoldOverride, ListView, Order, OrderedThread, Thresholds};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SCREEN: (u16, u16) = (70, 20);
/// The screen line of the threshold bar, above the hints and the status line.
const BAR: usize = 17;
const NOW: i64 = 1_790_000_000;
/// Each a change of what is shown, or nothing where it changes nothing.
const CHANGES: [&str; 23] = [
    "S n",
    "S r",
    "S f",
    "S up up enter",
    "C",
    "E",
    "=",
    "1",
    "2",
    "x",
    "c",
    "enter",
    "h",
    "l",
    ".",
    ",",
    "[",
    "]",
    "%",
    "esc",
    "f ctrl-u i s : o p enter",
    "f ctrl-u 3 enter",
    "s 5 0 % enter",
];
const MOTIONS: [&str; 8] = ["j", "j", "k", "J", "t", "pgdn", "G", "g"];

/// What a change may change: order, thresholds, filter, and the override of each comment.
type Shown = (Order, Thresholds, Option<String>, Vec<FoldOverride>);

pub(crate) fn thread(parents: &[usize], scores: &[i32]) -> Thread {
    let mut builder = Builder::new();
    for (index, (parent, score)) in parents.iter().zip(scores).enumerate() {
        let parent = (index > 0 && parent % 4 > 0).then(|| (parent % index).to_string());
        builder.push(&Draft {
            id: &index.to_string(),
            parent: parent.as_deref(),
            author: Some("ann"),
            score: Some(*score),
            posted_at: (parent_time(*score)).map(|time| NOW + time),
            body: Text::unmarked(format!("{index} says a few words, and then some more of them.")).borrow(),
            ..Draft::default()
        });
    }
    builder.finish(Story { title: "A story".to_owned(), ..Story::default() })
}

/// Few times, so that there are equals, and none for some.
fn parent_time(score: i32) -> Option<i64> {
    (score != 3).then(|| i64::from(score * 7 % 5))
}

fn reader(thread: Thread) -> App {
    reader_on((usize::from(SCREEN.0), usize::from(SCREEN.1)), thread)
}

/// A reader of a thread on a screen of so many columns and lines.
pub(crate) fn reader_on(size: (usize, usize), thread: Thread) -> App {
    reader_with(shipped_keys().expect("right"), size, thread)
}

/// The same with these keys.
pub(crate) fn reader_with(keys: KeyMap, size: (usize, usize), thread: Thread) -> App {
    let mut app = App::new("test".to_owned(), keys, Options::default(), size, NOW);
    app.start();
    let loaded = thread.len();
    app.update(Event::Arrived { request: 1, thread: Arc::new(thread), loaded, stated: None }, NOW);
    app.update(Event::Complete(1), NOW);
    app
}

pub(crate) fn press(app: &mut App, keys: &str) {
    for key in keys.split(' ') {
        let effects = app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
        sort(app, effects);
    }
}

/// The store tells what it holds: nothing.
fn tell_nothing(app: &mut App) {
    let (authors, bookmarks) = (Authors::default(), Bookmarks::default());
    let notes = StoreAnswer::Notes { authors, bookmarks, hides_read: false, typed: Vec::new() };
    app.update(Event::Stored(Box::new(notes)), NOW);
}

#[test]
fn what_the_reader_does_before_the_store_has_told_what_it_holds_stays() {
    let keys = || shipped_keys().expect("the shipped keys");
    let mut builder = Builder::new();
    builder.push(&Draft { id: "7", author: Some("ann"), ..Draft::default() });
    let story = Story { site: "lobsters".to_owned(), id: "1".to_owned(), ..Story::default() };
    let mut app = reader_with(keys(), (80, 24), builder.finish(story));
    press(&mut app, "j m M f");
    tell_nothing(&mut app);
    assert_eq!((app.bookmarks().iter().count(), app.authors().iter().count()), (1, 1));
    let mut app = App::new("test".to_owned(), keys(), Options::default(), (80, 24), NOW);
    app.start();
    let entry = Entry { id: "1".to_owned(), title: "A story".to_owned(), ..Entry::default() };
    let listing = Arc::new(Listing { entries: vec![entry], ..Listing::default() });
    app.update(Event::Listed { request: 1, listing }, NOW);
    press(&mut app, "H");
    tell_nothing(&mut app);
    let hides = |app: &App| app.page().list().is_some_and(ListView::hides_read);
    assert!(hides(&app));
    press(&mut app, "H");
    assert!(!hides(&app));
}

/// Puts threads in order as the program does beside the screen.
fn sort(app: &mut App, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::Sort { number, thread, order, .. } = effect {
            let further = app.update(Event::Sorted { number, thread: OrderedThread::new(thread, order) }, NOW);
            sort(app, further);
        }
    }
}

fn shown(app: &App) -> Shown {
    let view = app.page().thread().expect("a thread");
    let overrides = (0..view.thread().len()).map(|index| view.fold_override(index)).collect();
    (view.order(), view.thresholds(), view.filter().map(|query| query.text().to_owned()), overrides)
}

/// The screen without its last lines, where hints and messages are.
fn screen(app: &App) -> Buffer {
    let area = Rect::new(0, 0, SCREEN.0, SCREEN.1);
    let mut buffer = Buffer::empty(area);
    draw(app, &Styles::new(true, false), area, &mut buffer);
    for (x, y) in (0..SCREEN.0).flat_map(|x| [(x, SCREEN.1 - 2), (x, SCREEN.1 - 1)]) {
        buffer[(x, y)].reset();
    }
    buffer
}

proptest! {
    #[test]
    fn every_change_is_undone_and_redone(
        parents in prop::collection::vec(any::<usize>(), 1..40),
        scores in prop::collection::vec(-2..9, 40),
        steps in prop::collection::vec((0..CHANGES.len(), prop::collection::vec(0..MOTIONS.len(), 0..4)), 1..12),
    ) {
        let mut app = reader(thread(&parents, &scores));
        let mut history = Vec::new();
        for (change, motions) in steps {
            for motion in motions {
                press(&mut app, MOTIONS[motion]);
            }
            let (before, was) = (screen(&app), shown(&app));
            press(&mut app, CHANGES[change]);
            let after = screen(&app);
            if shown(&app) == was {
                continue;
            }
            press(&mut app, "z");
            prop_assert_eq!(screen(&app), before.clone(), "{} is not undone", CHANGES[change]);
            press(&mut app, "Z");
            prop_assert_eq!(screen(&app), after.clone(), "{} is not redone", CHANGES[change]);
            history.push((before, after));
        }
        for (before, _) in history.iter().rev() {
            press(&mut app, "z");
            prop_assert_eq!(&screen(&app), before);
        }
        press(&mut app, "z");
        prop_assert!(app.message().is_some_and(|message| message.words().contains("nothing to undo")));
        // What is redone leads to where the reader was when the next change was made.
        for (next, _) in history.iter().skip(1) {
            press(&mut app, "Z");
            prop_assert_eq!(&screen(&app), next);
        }
    }
}

#[test]
fn a_hundred_changes_are_kept() {
    let mut app = reader(thread(&[0; 30], &[3; 30]));
    for number in 0..120 {
        press(&mut app, if number % 2 == 0 { "C" } else { "E" });
    }
    let undone = (0..200).take_while(|_| {
        press(&mut app, "z");
        app.message().is_none()
    });
    assert_eq!(undone.count(), 100);
}

#[test]
fn an_undo_after_a_reload_goes_by_the_ids_of_comments() {
    let mut app = reader(thread(&[0; 6], &[3; 6]));
    press(&mut app, "j j enter");
    let folded: Vec<FoldOverride> = shown(&app).3;
    press(&mut app, "r");
    let mut builder = Builder::new();
    for id in ["9", "0", "1", "2", "3", "4", "5"] {
        builder.push(&Draft { id, score: Some(3), body: Text::unmarked("x").borrow(), ..Draft::default() });
    }
    let newer = Arc::new(builder.finish(Story { title: "A story".to_owned(), ..Story::default() }));
    app.update(Event::Arrived { request: 2, thread: newer, loaded: 7, stated: None }, NOW);
    app.update(Event::Complete(2), NOW);
    assert_eq!(shown(&app).3.get(1..), Some(folded.as_slice()));
    press(&mut app, "z");
    assert!(shown(&app).3.iter().all(|fold_override| *fold_override == FoldOverride::default()));
}

#[test]
fn an_undo_to_an_order_from_before_a_reload_sorts_again() {
    let scores: Vec<i32> = (0..8).collect();
    let mut app = reader(thread(&[0; 8], &scores));
    press(&mut app, "S n S o G");
    let before = screen(&app);
    press(&mut app, "z r");
    assert_eq!(shown(&app).0, Order::Newest);
    let arrived = Event::Arrived {
        request: app_request(&app),
        thread: Arc::new(thread(&[0; 8], &scores)),
        loaded: 8,
        stated: None,
    };
    let effects = app.update(arrived, NOW);
    sort(&mut app, effects);
    let request = app_request(&app);
    app.update(Event::Complete(request), NOW);
    assert_eq!(shown(&app).0, Order::Newest);
    press(&mut app, "Z");
    assert_eq!(shown(&app).0, Order::Oldest);
    press(&mut app, "G");
    assert_eq!(screen(&app), before);
}

fn app_request(app: &App) -> u64 {
    app.page().load().map_or(0, |load| load.request)
}

#[test]
fn a_drag_on_the_bar_is_one_step_also_where_it_begins_on_a_mark() {
    let mut app = reader(thread(&[0; 30], &(0..30).map(|index| index % 6).collect::<Vec<_>>()));
    press(&mut app, ". .");
    let before = screen(&app);
    let cells = |app: &App| app.threshold_bar().expect("a thread").cells;
    let mark = cells(&app).iter().find(|cell| cell.hides_below).map(|cell| cell.x).expect("a mark");
    let columns: Vec<usize> = cells(&app).iter().map(|cell| cell.x).collect();
    app.update(Event::Click(mark, BAR), NOW);
    assert_eq!(screen(&app), before, "the mark stands there already");
    for column in columns.into_iter().rev() {
        app.update(Event::Drag(column, BAR), NOW);
    }
    assert_ne!(screen(&app), before);
    press(&mut app, "z");
    assert_eq!(screen(&app), before);
    // A drag that goes on after a key was pressed moves nothing.
    app.update(Event::Drag(1, BAR), NOW);
    assert_eq!(screen(&app), before);
}

#[test]
fn a_click_on_the_bar_says_that_a_filter_decides() {
    let mut app = reader(thread(&[0; 9], &[1, 2, 3, 1, 2, 3, 1, 2, 3]));
    press(&mut app, "f 3 enter");
    let before = shown(&app);
    app.update(Event::Click(2, BAR), NOW);
    assert!(app.message().is_some_and(|message| message.words().contains("the filter decides what shows")));
    assert!(shown(&app) == before);
}
