//! Orders of comments: against a plain model, on the screen, while comments arrive, and from the command line's text.

use std::sync::Arc;

use lurker::app::{App, Effect, Event, Key, Options};
use lurker::model::{Builder, Comment, Draft, Story, Text, Thread};
use lurker::shell::shipped_keys;
use lurker::view::{Geometry, Order, OrderedThread, Row, ThreadView, Thresholds};

use crate::support::random::seeds;
use crate::support::reader::at_most;
use crate::support::screen::{demo, flat};
use crate::support::trees::{build, forest, wild};

const GEOMETRY: Geometry = Geometry { width: 60, height: 20, text_width: 50 };
const NOW: i64 = 1_790_000_000;

/// By what siblings are sorted, the least first.
fn key(order: Order, comment: Comment<'_>) -> (bool, i64) {
    let last = |value: Option<i64>| (value.is_none(), value.unwrap_or(0));
    match order {
        Order::Site => (false, 0),
        Order::Newest | Order::Flat => last(comment.posted_at().map(|time| -time)),
        Order::Oldest => last(comment.posted_at()),
        Order::Score => last(comment.score().map(|score| -i64::from(score))),
        Order::Replies => (false, -i64::from(comment.replies())),
    }
}

/// The ids in an order, made the plain way.
fn model(thread: &Thread, order: Order) -> Vec<String> {
    let mut sorted: Vec<Comment<'_>> = thread.iter().collect();
    sorted.sort_by_key(|comment| key(order, *comment));
    let children = |parent: Option<u32>| {
        let mut children: Vec<_> =
            sorted.iter().copied().filter(|child| thread.parent(child.index()) == parent).collect();
        children.reverse();
        children
    };
    let id = |comment: &Comment<'_>| comment.id().to_owned();
    if order == Order::Flat {
        return sorted.iter().map(id).collect();
    }
    let (mut stack, mut ids) = (children(None), Vec::new());
    while let Some(comment) = stack.pop() {
        ids.push(id(&comment));
        stack.extend(children(Some(comment.index())));
    }
    ids
}

fn ids(thread: &Thread) -> Vec<String> {
    thread.iter().map(|comment| comment.id().to_owned()).collect()
}

#[test]
fn every_order_is_that_of_a_plain_model_and_keeps_what_answers_what() {
    seeds(300, |rng| {
        let thread = Arc::new(build(&if rng.chance(20) { wild(rng) } else { forest(rng) }, Story::default()));
        for (order, name) in Order::NAMES {
            let arranged = order.arrange(&thread);
            assert_eq!(ids(&arranged), model(&thread, order), "{name}");
            for comment in arranged.iter() {
                let before = thread.get(thread.find(comment.id()).expect("it is there")).expect("it is there");
                assert_eq!(comment.answered().map(Comment::id), before.parent().map(Comment::id), "{name}");
                assert_eq!(comment.body().plain, before.body().plain);
                let is_flat = order == Order::Flat;
                assert_eq!(comment.depth(), if is_flat { 0 } else { before.depth() }, "{name}");
                assert_eq!(comment.replies(), if is_flat { 0 } else { before.replies() }, "{name}");
            }
        }
    });
}

fn id_of(view: &ThreadView) -> Option<String> {
    let index = view.place().row.comment()?;
    view.thread().get(index).map(|comment| comment.id().to_owned())
}

#[test]
fn the_readers_line_stays_and_folds_go_with_their_comments() {
    seeds(200, |rng| {
        let thread = Arc::new(build(&forest(rng), Story::default()));
        let mut view = ThreadView::new(&thread, Thresholds::new(Some(rng.range(-2, 3)), Some(4)), GEOMETRY);
        for _ in 0..rng.below(30) {
            view.down();
        }
        view.change(ThreadView::toggle);
        view.set_matches((0..thread.len()).filter(|index| index % 3 == 0).collect());
        for _ in 0..4 {
            let (order, _) = *rng.pick(&Order::NAMES);
            let (place, id) = (view.place(), id_of(&view));
            let folds = |view: &ThreadView| {
                let mut folds: Vec<_> = view
                    .thread()
                    .iter()
                    .map(|comment| (comment.id().to_owned(), view.fold_override(comment.index())))
                    .collect();
                folds.sort_by(|one, other| one.0.cmp(&other.0));
                folds
            };
            let (folded, found) = (folds(&view), view.matches().len());
            view.add_order(OrderedThread::new(Arc::clone(view.site_thread()), order));
            let has_changed = view.set_order(order);
            assert_eq!((view.order(), folds(&view), view.matches().len()), (order, folded.clone(), found));
            // A row that is only there for its replies is gone where there is no tree, and so is a count below one.
            let is_kept = matches!(place.row, Row::Comment(_)) && id_of(&view) == id;
            if is_kept {
                assert_eq!(view.place().y, at_most(&view, place.y));
            } else if order != Order::Flat {
                assert_eq!(id_of(&view), id, "{}", order.name());
            }
            if has_changed && rng.chance(50) {
                view.undo();
                assert_eq!((id_of(&view), view.place().y, folds(&view)), (id, place.y, folded));
            }
        }
    });
}

#[test]
fn an_order_of_an_earlier_state_of_the_thread_is_not_taken() {
    let thread = |count: u32| Arc::new(replies(count));
    let (first, second) = (thread(3), thread(5));
    let mut view = ThreadView::new(&first, Thresholds::default(), GEOMETRY);
    let late = OrderedThread::new(Arc::clone(&first), Order::Newest);
    view.replace(&second);
    assert!(!view.add_order(late) && !view.set_order(Order::Newest));
    assert_eq!(view.thread().len(), 5);
}

/// So many comments, each later than the one before and the answer to it or to the story.
fn replies(count: u32) -> Thread {
    let mut builder = Builder::new();
    for number in 0..count {
        let (id, above) = (number.to_string(), (number / 2).to_string());
        builder.push(&Draft {
            id: &id,
            parent: (number % 3 > 0).then_some(above.as_str()),
            author: Some("ann"),
            posted_at: Some(NOW + i64::from(number)),
            body: Text::unmarked(format!("words of {number}")).borrow(),
            ..Draft::default()
        });
    }
    builder.finish(Story { title: "A story".to_owned(), ..Story::default() })
}

fn arrived(count: u32) -> Event {
    Event::Arrived { request: 1, thread: Arc::new(replies(count)), loaded: count, stated: Some(9) }
}

fn sorts(effects: Vec<Effect>) -> Vec<(u64, OrderedThread)> {
    let sorted = |effect| match effect {
        Effect::Sort { number, thread, order, shown } => {
            let sorted = OrderedThread::new(thread, order);
            Some((number, shown.into_iter().fold(sorted, |sorted, shown| sorted.compared_with(&shown))))
        }
        _ => None,
    };
    effects.into_iter().filter_map(sorted).collect()
}

fn opened(order: Order) -> App {
    let options = Options { order: Some(order), ..Options::default() };
    let mut app = App::new("test".to_owned(), shipped_keys().expect("right"), options, (70, 20), NOW);
    app.start();
    app
}

#[test]
fn what_arrives_is_sorted_before_it_shows_and_what_follows_waits_for_it() {
    let mut app = opened(Order::Newest);
    let first = sorts(app.update(arrived(3), NOW));
    assert!(app.page().thread().is_none());
    // The second state is given up for the third, which comes before the end.
    let later = [arrived(5), arrived(9), Event::Complete(1)];
    let none: Vec<_> = later.into_iter().flat_map(|event| app.update(event, NOW)).collect();
    assert!(none.is_empty() && app.is_loading());
    let [(number, thread)] = &first[..] else { unreachable!("one sort") };
    let second = sorts(app.update(Event::Sorted { number: *number, thread: thread.clone() }, NOW));
    assert_eq!(app.page().thread().map(|view| view.thread().len()), Some(3));
    let [(number, thread)] = &second[..] else { unreachable!("one sort") };
    app.update(Event::Sorted { number: *number, thread: thread.clone() }, NOW);
    let view = app.page().thread().expect("a thread");
    assert_eq!(ids(view.thread()), model(&replies(9), Order::Newest));
    assert_eq!((view.order(), app.is_loading()), (Order::Newest, false));
}

#[test]
fn a_state_in_place_of_a_large_one_is_compared_with_it_before_it_shows() {
    let mut app = opened(Order::Site);
    assert!(sorts(app.update(arrived(2_100), NOW)).is_empty());
    app.update(Event::Complete(1), NOW);
    for key in ["j", "j", "enter", "r"] {
        app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
    }
    let place = app.page().thread().expect("a thread").place();
    let request = app.page().load().map_or(0, |load| load.request);
    let (thread, loaded) = (Arc::new(replies(2_105)), 2_105);
    let compared = sorts(app.update(Event::Arrived { request, thread, loaded, stated: None }, NOW));
    app.update(Event::Complete(request), NOW);
    let [(number, thread)] = &compared[..] else { unreachable!("one comparison") };
    assert_eq!(app.page().thread().map(|view| view.thread().len()), Some(2_100));
    app.update(Event::Sorted { number: *number, thread: thread.clone() }, NOW);
    let view = app.page().thread().expect("a thread");
    assert_eq!((view.thread().len(), view.new_count(), view.place()), (2_105, 5, place));
    assert!(!app.is_loading());
}

#[test]
fn a_load_that_is_stopped_while_it_is_sorted_leaves_what_it_brought() {
    let mut app = opened(Order::Flat);
    app.update(arrived(3), NOW);
    app.update(arrived(5), NOW);
    app.update(Event::Key(Key::parse("esc").expect("a key")), NOW);
    let view = app.page().thread().expect("a thread");
    assert_eq!(ids(view.thread()), model(&replies(5), Order::Flat));
    assert!(!app.is_loading());
}

#[test]
fn an_order_that_was_chosen_while_a_newer_state_came_is_of_that_state() {
    let mut app = opened(Order::Site);
    app.update(arrived(3), NOW);
    app.update(Event::Key(Key::parse("S").expect("a key")), NOW);
    let first = sorts(app.update(Event::Key(Key::parse("n").expect("a key")), NOW));
    app.update(arrived(9), NOW);
    let [(number, thread)] = &first[..] else { unreachable!("one sort") };
    let second = sorts(app.update(Event::Sorted { number: *number, thread: thread.clone() }, NOW));
    let [(number, thread)] = &second[..] else { unreachable!("one sort") };
    app.update(Event::Sorted { number: *number, thread: thread.clone() }, NOW);
    let view = app.page().thread().expect("a thread");
    assert_eq!(ids(view.thread()), model(&replies(9), Order::Newest));
}

#[tokio::test]
async fn an_order_is_chosen_by_letter_keys_or_mouse_and_said() {
    demo((100, 40), async |driver| {
        let before = driver.keys("t t").wait_for("18/110").await;
        let words = |line: String| line.chars().take(60).collect::<String>();
        let here = words(driver.here());
        let line = |screen: &str| screen.lines().position(|line| line.starts_with('▌'));
        let box_shown = driver.key("S").wait_for("most replies first").await;
        assert!(flat(&box_shown).contains("site as on the site (now)"), "{box_shown}");
        let screen = driver.key("n").wait_for("newest first; z takes that back").await;
        assert_eq!((words(driver.here()), line(&screen)), (here, line(&before)), "{screen}");
        assert!(flat(&screen).contains("newest "), "{screen}");
        driver.keys("S j enter").wait_for("oldest first; z").await;
        // A first letter that two names have goes from one to the other.
        driver.keys("S s enter").wait_for("best score first; z").await;
        let shown = driver.key("S").wait_for("flat, newest first").await;
        let found = shown.lines().zip(0..).find_map(|(line, y)| Some((line.split_once("flat, newest first")?.0, y)));
        let (before_it, y) = found.expect("it is there");
        let x = before_it.chars().count();
        driver.send(Event::Click(x, y)).wait_for("flat, newest first; z").await;
        // The whole line of a choice takes a click, from its first letter on, also where the box is as wide as its foot.
        let shown = driver.key("S").wait_for("oldest first").await;
        let found =
            shown.lines().zip(0..).find_map(|(line, y)| Some((line.split_once("oldest ")?.0.chars().count(), y)));
        let (x, y) = found.expect("it is there");
        driver.send(Event::Click(x, y)).wait_for("oldest first; z").await;
        driver.keys("z S esc").wait_gone("Order").await;
        driver.keys("z z z z").wait("the screen as it was", |screen| screen == before).await;
        let top = driver.keys("S n g").wait_for("story/110").await;
        assert!(flat(&top).contains("110 comments · newest first"), "{top}");
        let (y, line) = top.lines().zip(0..).map(|(line, y)| (y, line)).last().expect("the status line");
        let x = line.split_once("newest  story/110").expect("the order").0.chars().count();
        driver.send(Event::Click(x, y)).wait_for("most replies first").await;
    })
    .await;
}

#[tokio::test]
async fn where_there_is_no_tree_the_parent_key_goes_to_what_is_answered() {
    demo((100, 40), async |driver| {
        driver.keys("E S f").wait_for("flat, newest first; z").await;
        driver.keys("g j").wait_for("1/110").await;
        let screen = driver.screen();
        let answered = screen.lines().find_map(|line| line.split_once("↳ ")).expect("the newest answers something").1;
        let (author, words) = answered.split_once(": ").expect("an author");
        let words: String = words.chars().take(20).collect();
        let screen = driver.key("p").wait_gone("flat 1/110").await;
        let here = driver.here();
        assert!(here.contains(author.trim()) && flat(&screen).contains(words.trim()), "{answered}: {screen}");
    })
    .await;
}
