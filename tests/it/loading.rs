//! A discussion on its way: the program's own loop over a server that answers when the test wants it.

use crate::support::{screen, server, story};
use crate::undo::thread;
use std::sync::{Arc, Mutex};

use lurker::app::{App, Effect, Event, Key, Options, StoreRequest};
use lurker::model::{Builder, State};
use lurker::shell::shipped_keys;
use lurker::view::Row;
use screen::{Driver, NOW, read};
use server::{Ending, Gate, Received, Reply, Server};
use story::{PATH, Story, TITLE};

const LARGE: Story = Story { comments: 1046, listed: 100, whole: 3, round: 10 };
const SMALL: Story = Story { comments: 40, listed: 20, whole: 3, round: 10 };
const SIZE: (u16, u16) = (80, 24);

fn is_page(request: &Received) -> bool {
    request.path == PATH
}

/// Serves a story whole; its rounds wait behind a gate where there is one.
fn serve(story: Story, gate: Option<&Gate>) -> Server {
    let gate = gate.cloned();
    Server::start(move |request| {
        if is_page(request) {
            return Reply::ok(story.page()).header("Content-Type", "text/html; charset=utf-8");
        }
        let reply = Reply::ok(story.answer(&request.text()));
        gate.as_ref().map_or_else(|| reply.clone(), |gate| reply.clone().behind(gate))
    })
}

/// Opens the story on this server.
async fn open<T>(server: &Server, script: impl AsyncFnOnce(&mut Driver) -> T) -> T {
    read(&format!("{}{PATH}", server.url()), &server.url(), SIZE, script).await
}

#[tokio::test]
async fn a_story_of_a_thousand_comments_comes_whole_one_request_at_a_time() {
    let server = serve(LARGE, None);
    let thread = open(&server, async |driver| {
        driver.wait_for("· 1046 comments").await;
        driver.wait_gone("Esc stops").await;
        driver.thread()
    })
    .await;
    assert_eq!((thread.len(), thread.story().stated_comments), (1046, Some(1046)));
    for comment in thread.iter() {
        assert!(comment.body().plain.starts_with("Body of lamp"), "{}", comment.id());
        assert!(comment.posted_at().is_some() && comment.state() == State::Live, "{}", comment.id());
    }
    assert_eq!(thread.notes(), [""; 0]);
    let counts = server.counts();
    assert_eq!((counts.arrived, counts.peak), (106, 1), "a page, and 105 rounds of 10");
}

#[tokio::test]
async fn what_is_here_can_be_read_while_the_rest_is_on_its_way() {
    let gate = Gate::closed();
    let server = serve(LARGE, Some(&gate));
    open(&server, async |driver| {
        driver.wait_for(TITLE).await;
        driver.wait_for("3 of 1,046").await;
        server.until(|counts| counts.in_flight == 1 && counts.arrived == 2).await;
        driver.key("t").wait_for("1/100 ? help").await;
        assert!(driver.here().contains("Lamp 0"), "{}", driver.here());
        driver.key("j").wait_for("2/100 ? help").await;
        let reader = driver.here();
        assert!(reader.contains("reader1"), "{reader}");
        driver.key("?").wait_for("Keys").await;
        driver.key("esc").wait_gone("Esc closes").await;
        let line = |screen: &str| screen.lines().position(|line| line.starts_with('▌'));
        let before = line(&driver.screen());
        // Comments come above and below; the one under the eye stays on its line.
        for round in 1..=3 {
            gate.release();
            driver.wait_for(&format!("{} of 1,046", 10 * round)).await;
            assert_eq!((driver.here(), line(&driver.screen())), (reader.clone(), before), "round {round}");
        }
        gate.open();
        driver.wait_for("/1046 ? help").await;
        driver.wait_gone("Esc stops").await;
        assert_eq!((driver.here(), line(&driver.screen())), (reader, before));
    })
    .await;
}

#[tokio::test]
async fn esc_stops_and_what_came_stays() {
    let gate = Gate::closed();
    let server = serve(SMALL, Some(&gate));
    open(&server, async |driver| {
        gate.release();
        driver.wait_for("10 of 40").await;
        server.until(|counts| counts.in_flight == 1 && counts.arrived == 3).await;
        driver.key("esc").wait_for("stopped; what came is here").await;
        let counts = server.until(|counts| counts.in_flight == 0).await;
        assert_eq!((counts.arrived, counts.abandoned), (3, 1));
        gate.open();
        driver.keys("t t").wait_for("6/20 ? help").await;
        let screen = driver.wait_gone("Esc stops").await;
        assert!(driver.here().contains("reader5") && screen.contains("Body of lamp 8"), "{screen}");
    })
    .await;
    assert_eq!(server.counts().arrived, 3, "nothing is asked for after Esc");
}

#[tokio::test]
async fn reloading_keeps_place_and_folds() {
    let server = serve(SMALL, None);
    open(&server, async |driver| {
        driver.wait_for("/40 ? help").await;
        driver.wait_gone("Esc stops").await;
        driver.keys("t h").wait_for("[+4]").await;
        driver.keys("t j").wait_for("7/40").await;
        let (reader, screen) = (driver.here(), driver.screen());
        assert!(reader.contains("reader6"), "{reader}");
        let requests = server.counts().arrived;
        driver.key("r");
        server.until(|counts| counts.arrived == 2 * requests).await;
        // All but the last line, which says what the reload brought.
        let rows = |screen: &str| screen.lines().rev().skip(1).map(str::to_owned).collect::<Vec<_>>();
        driver.wait_for("loaded again: nothing is new").await;
        assert_eq!(rows(&driver.screen()), rows(&screen));
    })
    .await;
}

#[tokio::test]
async fn reloading_while_it_loads_stops_the_first_load() {
    let gate = Gate::closed();
    let server = serve(SMALL, Some(&gate));
    open(&server, async |driver| {
        driver.wait_for("3 of 40").await;
        server.until(|counts| counts.in_flight == 1 && counts.arrived == 2).await;
        driver.key("r");
        server.until(|counts| counts.abandoned == 1 && counts.arrived == 4).await;
        gate.open();
        driver.wait_for("· 40 comments").await;
        driver.wait_gone("Esc stops").await;
    })
    .await;
}

#[tokio::test]
async fn leaving_stops_the_load() {
    let gate = Gate::closed();
    let server = serve(SMALL, Some(&gate));
    open(&server, async |driver| {
        driver.wait_for("3 of 40").await;
        server.until(|counts| counts.in_flight == 1 && counts.arrived == 2).await;
        driver.key("q");
    })
    .await;
    assert_eq!(server.counts().arrived, 2);
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_the_keys_do_it() {
    let refuses = Mutex::new(true);
    let server = Server::start(move |request| {
        if std::mem::replace(&mut *refuses.lock().expect("no panic"), false) {
            return Reply::status(403);
        }
        if is_page(request) { Reply::ok(SMALL.page()) } else { Reply::ok(SMALL.answer(&request.text())) }
    });
    let address = format!("{}{PATH}", server.url());
    open(&server, async |driver| {
        driver
            .wait_for("Slashdot refused (403): it may be asking for a browser check; open it in the browser with O")
            .await;
        driver.wait_for("r try again O open in the browser q quit").await;
        driver.key("O").wait_for("opened http").await;
        assert_eq!(driver.browsed(), std::slice::from_ref(&address));
        driver.key("j").wait_for("Slashdot refused (403)").await;
        driver.key("r").wait_for("· 40 comments").await;
        driver.wait_gone("refused").await;
    })
    .await;
}

#[tokio::test]
async fn an_error_gives_its_reason_first_on_the_smallest_screens_too() {
    let server = Server::start(|_| Reply::status(403));
    open(&server, async |driver| {
        driver.wait_for("r try again").await;
        driver.resize(20, 5).wait_for("Slashdot refused (403): it may b… r try again").await;
        driver.resize(20, 9).wait_for("browser check;… r try again O browser q quit").await;
        driver.resize(40, 12).wait_for("open it in the browser with O r try again O open in the browser q quit").await;
    })
    .await;
}

#[tokio::test]
async fn without_a_network_the_screen_says_so() {
    let server = serve(SMALL, None);
    let url = server.url();
    drop(server);
    let host = url.trim_start_matches("http://").to_owned();
    read(&format!("{url}{PATH}"), &url, SIZE, async |driver| {
        driver.wait_for(&format!("{host} refused the connection")).await;
        driver.wait_for("r try again").await;
    })
    .await;
    // No label may be that long, so nothing is asked of a name server.
    let unknown = format!("http://{}.invalid", "a".repeat(64));
    read(&format!("{unknown}{PATH}"), &unknown, SIZE, async |driver| {
        driver.wait_for("(are you offline?); check the address and the connection, then try again with r").await;
    })
    .await;
}

#[tokio::test]
async fn comments_stay_where_only_the_rest_is_refused() {
    let server = Server::start(|request| if is_page(request) { Reply::ok(SMALL.page()) } else { Reply::status(403) });
    open(&server, async |driver| {
        driver.wait_for("The rest of the comments could not be loaded: Slashdot refused (403)").await;
        driver.wait_for("37 of 40 comments could not be loaded").await;
        driver.wait_gone("Esc stops").await;
        driver.key("t").wait_for("Body of lamp 0").await;
    })
    .await;
    assert_eq!(server.counts().arrived, 2, "a refusal is not asked again");
}

#[tokio::test]
async fn a_page_that_is_cut_is_read_as_far_as_it_goes_and_filled() {
    let page = SMALL.page();
    let (before, _) = page.split_once("of lamp 2").expect("a body");
    let cut = before.to_owned();
    let server = Server::start(move |request| {
        if is_page(request) { Reply::ok(cut.as_str()) } else { Reply::ok(SMALL.answer(&request.text())) }
    });
    let thread = open(&server, async |driver| {
        driver.wait_for("The page is cut off in the middle of a comment").await;
        driver.wait_for("/40 ? help").await;
        driver.wait_gone("Esc stops").await;
        driver.thread()
    })
    .await;
    assert!(thread.iter().all(|comment| comment.body().plain.ends_with("which burns all night.")));
}

#[tokio::test]
async fn a_page_that_breaks_off_on_the_way_is_asked_for_again() {
    let breaks = Mutex::new([Ending::Reset, Ending::Truncate].into_iter());
    let server = Server::start(move |request| {
        let ending = breaks.lock().expect("no panic").next().unwrap_or(Ending::Whole);
        let page = if is_page(request) { SMALL.page() } else { SMALL.answer(&request.text()) };
        Reply::ok(page).ending(ending)
    });
    open(&server, async |driver| {
        driver.wait_for("· 40 comments").await;
        driver.wait_gone("Esc stops").await;
    })
    .await;
}

#[tokio::test]
async fn a_page_that_breaks_off_each_time_is_an_error_that_says_so() {
    let server = Server::start(|_| Reply::ok(SMALL.page()).ending(Ending::Truncate));
    open(&server, async |driver| {
        driver.wait_for("broke off after").await;
        driver.wait_for("r try again").await;
    })
    .await;
    assert_eq!(server.counts().arrived, 3);
}

#[tokio::test]
async fn esc_before_anything_came_says_so() {
    let gate = Gate::closed();
    let held = gate.clone();
    let server = Server::start(move |_| Reply::ok(SMALL.page()).behind(&held));
    open(&server, async |driver| {
        server.until(|counts| counts.in_flight == 1).await;
        driver.wait_for("loading http").await;
        driver.key("esc").wait_for("stopped before anything came").await;
        driver.wait_for("r try again").await;
        server.until(|counts| counts.abandoned == 1).await;
    })
    .await;
}

#[test]
fn of_too_many_pages_the_one_behind_the_first_is_left_for_good() {
    let size = (usize::from(SIZE.0), usize::from(SIZE.1));
    let options = Options { remembers: true, ..Options::default() };
    let mut app = App::new("hn:1".to_owned(), shipped_keys().expect("right"), options, size, NOW);
    app.start();
    // What is ended when another page is opened.
    let open = |app: &mut App, number: u64| -> Vec<String> {
        let ended = |effect: &Effect| match effect {
            Effect::Cancel(request) => Some(format!("request {request}")),
            Effect::Store(StoreRequest::EndVisit(..)) => Some("visit".to_owned()),
            _ => None,
        };
        app.update(Event::Open(format!("hn:{number}")), NOW).iter().filter_map(ended).collect()
    };
    assert!(open(&mut app, 2).is_empty());
    let story = lurker::model::Story { id: "2".to_owned(), ..lurker::model::Story::default() };
    let read = Arc::new(Builder::new().finish(story));
    app.update(Event::Arrived { request: 2, loaded: 0, stated: Some(0), thread: read }, NOW);
    app.update(Event::Complete(2), NOW);
    for number in 3..=33 {
        assert!(open(&mut app, number).is_empty(), "{number}");
    }
    assert_eq!((open(&mut app, 34), open(&mut app, 35)), (vec!["visit".to_owned()], vec!["request 4".to_owned()]));
    let mut back = Vec::new();
    loop {
        back.push(app.page().source().to_owned());
        let effects = app.update(Event::Key(Key::parse("q").expect("a key")), NOW);
        if effects.iter().any(|effect| matches!(effect, Effect::Quit)) {
            break;
        }
    }
    let expected: Vec<String> = (4..=35).rev().chain([1]).map(|number| format!("hn:{number}")).collect();
    assert_eq!(back, expected);
}

#[test]
fn a_requested_comment_is_gone_to_also_after_a_page_was_open_over_the_loading_thread() {
    let size = (usize::from(SIZE.0), usize::from(SIZE.1));
    let mut app = App::new("hn:1".to_owned(), shipped_keys().expect("right"), Options::default(), size, NOW);
    let effects = app.start();
    let request = effects.iter().find_map(|effect| match effect {
        Effect::Load { request, .. } => Some(*request),
        _ => None,
    });
    let request = request.expect("a load");
    let arrived = |count: usize| {
        let thread = Arc::new(thread(&vec![0; count], &vec![1; count]));
        Event::Arrived { request, loaded: thread.len(), stated: Some(2), thread }
    };
    app.update(Event::Located { request, url: "https://a.example/1".to_owned(), comment: Some("1".to_owned()) }, NOW);
    app.update(arrived(1), NOW);
    assert_eq!(app.page().thread().map(|view| view.place().row), Some(Row::Story));
    app.update(Event::Open("demo".to_owned()), NOW);
    app.update(Event::Key(Key::parse("q").expect("a key")), NOW);
    app.update(arrived(2), NOW);
    assert_eq!(app.page().thread().map(|view| view.place().row), Some(Row::Comment(1)));
}

#[test]
fn a_thread_that_is_left_while_it_loads_first_has_nothing_new_the_next_time() {
    let size = (usize::from(SIZE.0), usize::from(SIZE.1));
    let options = Options { remembers: true, ..Options::default() };
    for (is_complete, is_reloaded, ends) in [(false, false, false), (true, false, true), (true, true, true)] {
        let mut app = App::new("hn:1".to_owned(), shipped_keys().expect("right"), options.clone(), size, NOW);
        app.start();
        let story = lurker::model::Story { id: "1".to_owned(), ..lurker::model::Story::default() };
        let read = Arc::new(Builder::new().finish(story));
        app.update(Event::Arrived { request: 1, loaded: 0, stated: Some(20), thread: read }, NOW);
        if is_complete {
            app.update(Event::Complete(1), NOW);
        }
        if is_reloaded {
            app.update(Event::Key(Key::parse("r").expect("a key")), NOW);
        }
        let told = app.end();
        let has = |is: fn(&StoreRequest) -> bool| {
            told.iter().any(|effect| matches!(effect, Effect::Store(request) if is(request)))
        };
        let ended = has(|request| matches!(request, StoreRequest::EndVisit(..)));
        let noted = has(|request| matches!(request, StoreRequest::NoteVisit(..)));
        assert_eq!((ended, noted), (ends, !ends), "complete: {is_complete}, loading again: {is_reloaded}");
    }
}
