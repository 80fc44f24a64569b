//! The status line at every width: nothing in it covers anything else.

use std::sync::Arc;

use lurker::app::{App, Effect, Event, Key, Options, TransferLine};
use lurker::model::{Advice, Builder, Draft, Entry, Heading, Listing, LoadError, Story, Tab, Thread};
use lurker::shell::{shipped_keys, theme};
use lurker::ui::{Depth, Styles, draw};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::support::screen::{NOW, flat, text};

const LINES: u16 = 24;

fn thread() -> Thread {
    let mut builder = Builder::new();
    for id in ["1", "2", "3"] {
        let body = lurker::model::Text::unmarked("Lamps, lamps and lamps.");
        builder.push(&Draft { id, author: Some("ada"), body: body.borrow(), ..Draft::default() });
    }
    builder.finish(Story { title: "On lamps".to_owned(), ..Story::default() })
}

/// A thread of which some comments have come, at so many columns.
fn reader(columns: u16) -> App {
    let keys = shipped_keys().expect("the shipped keys");
    let mut app = App::new("x".to_owned(), keys, Options::default(), (columns.into(), LINES.into()), NOW);
    app.start();
    let arrived = Event::Arrived { request: 1, thread: Arc::new(thread()), loaded: 1204, stated: Some(12_345) };
    app.update(arrived, NOW);
    app
}

/// A list of stories, at so many columns.
fn list(columns: u16) -> App {
    let keys = shipped_keys().expect("the shipped keys");
    let mut app = App::new("x".to_owned(), keys, Options::default(), (columns.into(), LINES.into()), NOW);
    app.start();
    let entry = |id: u32| Entry {
        id: id.to_string(),
        title: format!("Story {id}"),
        url: format!("https://news.example/{id}"),
        ..Entry::default()
    };
    let listing = Listing { entries: (0..30).map(entry).collect(), ..Listing::default() };
    app.update(Event::Listed { request: 1, listing: Arc::new(listing) }, NOW);
    app
}

fn frame(app: &App, styles: &Styles) -> Buffer {
    let (columns, lines) = app.size();
    let area = Rect::new(0, 0, columns as u16, lines as u16);
    let mut buffer = Buffer::empty(area);
    draw(app, styles, area, &mut buffer);
    buffer
}

fn screen(app: &App) -> String {
    text(&frame(app, &Styles::new(true, false)))
}

fn status(app: &App) -> String {
    screen(app).lines().last().unwrap_or_default().trim_end().to_owned()
}

fn press(app: &mut App, keys: &str) {
    for key in keys.split(' ') {
        app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
    }
}

/// Every look, by whether the terminal's own ground is under the page.
fn looks() -> [Styles; 3] {
    let dark = Styles::themed(theme::shipped("dark").expect("it is shipped"), Depth::True, false);
    [Styles::new(true, false), Styles::new(false, true), dark]
}

#[test]
fn the_key_that_shows_more_is_hinted_at_once_something_is_hidden() {
    let mut builder = Builder::new();
    for number in 0..300 {
        let (id, score) = (number.to_string(), Some(number % 30));
        builder.push(&Draft { id: &id, author: Some("ada"), score, ..Draft::default() });
    }
    let thread = Arc::new(builder.finish(Story { title: "On lamps".to_owned(), ..Story::default() }));
    let mut app = reader(80);
    app.update(Event::Arrived { request: 1, thread, loaded: 300, stated: Some(300) }, NOW);
    app.update(Event::Complete(1), NOW);
    for key in [".", ".", ","] {
        press(&mut app, key);
        let words = flat(&screen(&app));
        assert!(words.contains(" hidden below ") && words.contains(". fewer , more"), "{}", screen(&app));
    }
}

#[test]
fn keys_are_hinted_at_where_they_have_something_to_do() {
    let mut app = reader(120);
    app.update(Event::Complete(1), NOW);
    for (keys, folds) in [("g", false), ("j", true), ("G", false), ("k", true)] {
        press(&mut app, keys);
        assert_eq!(screen(&app).contains("Enter fold"), folds, "after {keys}: {}", screen(&app));
    }
    assert!(!screen(&app).contains("u next unread"), "no earlier state of the thread is known");
    press(&mut app, "r");
    let mut builder = Builder::new();
    for id in ["1", "2", "3", "4"] {
        builder.push(&Draft { id, author: Some("ada"), ..Draft::default() });
    }
    let thread = Arc::new(builder.finish(Story { title: "On lamps".to_owned(), ..Story::default() }));
    app.update(Event::Arrived { request: 2, thread, loaded: 4, stated: Some(4) }, NOW);
    app.update(Event::Complete(2), NOW);
    assert!(screen(&app).contains("u next new"), "{}", screen(&app));
    // Once that has been gone to, the comment that the reader stands on is none to go to.
    press(&mut app, "G k");
    app.update(Event::Drawn, NOW);
    press(&mut app, "u f12");
    assert!(!screen(&app).contains("u next"), "{}", screen(&app));
    press(&mut app, "u");
    assert!(screen(&app).contains("everything was on the screen"), "{}", screen(&app));
}

/// What a key is said to do.
fn hint(app: &App, key: &str) -> Option<&'static str> {
    let key = Key::parse(key).expect("a key");
    app.hints().into_iter().find_map(|(hinted, does)| (hinted == key).then_some(does))
}

#[test]
fn what_leads_on_says_whether_to_what_is_new_or_only_unread() {
    let all = |count: u32| {
        let mut builder = Builder::new();
        for id in (0..count).map(|id| id.to_string()) {
            builder.push(&Draft { id: &id, author: Some("ada"), ..Draft::default() });
        }
        Arc::new(builder.finish(Story { title: "On lamps".to_owned(), ..Story::default() }))
    };
    let mut app = reader(120);
    app.update(Event::Arrived { request: 1, thread: all(60), loaded: 60, stated: None }, NOW);
    app.update(Event::Complete(1), NOW);
    press(&mut app, "r");
    app.update(Event::Arrived { request: 2, thread: all(62), loaded: 62, stated: None }, NOW);
    app.update(Event::Complete(2), NOW);
    let numbers = (0..).map_while(|_| {
        app.update(Event::Drawn, NOW);
        let said = hint(&app, "u")?;
        press(&mut app, "u");
        Some((said, app.page().thread()?.place().row.comment()?))
    });
    let numbers: Vec<_> = numbers.take(9).collect();
    let is_new = |said: &str, number: u32| said == if number >= 60 { "next new" } else { "next unread" };
    assert!(numbers.len() > 3 && numbers.iter().all(|(said, number)| is_new(said, *number)), "{numbers:?}");
    assert!(numbers[0].0 == "next new" && numbers[8].0 == "next unread", "{numbers:?}");
}

#[test]
fn reading_on_says_where_it_leads() {
    let is_wait = |effect: &Effect| if let Effect::Wait(number, _) = effect { Some(*number) } else { None };
    let space = || Event::Key(Key::parse("space").expect("a key"));
    let [first_story, ..] = opened(120);
    let mut last_story = list(120);
    last_story.update(Event::Complete(1), NOW);
    press(&mut last_story, "G");
    last_story.update(Event::Open("another".to_owned()), NOW);
    last_story.update(Event::Arrived { request: 2, thread: Arc::new(thread()), loaded: 3, stated: None }, NOW);
    last_story.update(Event::Complete(2), NOW);
    let mut without_list = reader(120);
    without_list.update(Event::Complete(1), NOW);
    for (mut app, at_end) in [(first_story, Some("next story")), (last_story, None), (without_list, None)] {
        let mut said = Vec::new();
        for key in ["g", "j", "j", "j", "j", "j", "k", "G"] {
            press(&mut app, key);
            said.push(hint(&app, "space"));
            let (place, mut after) = (app.page().thread().expect("a thread").place(), app.clone());
            let first = after.update(space(), NOW);
            let has_moved = after.page().thread().expect("a thread").place() != place;
            assert_eq!(has_moved, said.last() == Some(&Some("read on")), "{key}: {said:?}");
            // The press after a pause.
            for number in first.iter().filter_map(is_wait) {
                after.update(Event::WaitOver(number), NOW);
            }
            let still = (has_moved, hint(&after, "space"));
            let says_next = after.message().is_some_and(|message| message.words().contains("goes to the next story"));
            assert!(has_moved || says_next == (still.1 == Some("next story")), "{key}: {:?}", after.message());
            after.update(space(), NOW);
            let is_there = after.page().thread().is_some_and(|view| !view.thread().is_empty());
            assert!(still.0 || is_there == (still.1 != Some("next story")), "{key}: {said:?}\n{}", screen(&after));
        }
        assert_eq!((said[0], said[7]), (Some("read on"), at_end), "{said:?}");
    }
}

/// A line for the reader that no status line has room for.
fn long_message() -> String {
    "the words of a message that goes on for long ".repeat(8).trim_end().to_owned()
}

#[test]
fn a_message_has_one_style_over_all_that_it_covers() {
    for (columns, styles) in [30, 40, 80, 120].into_iter().flat_map(|columns| looks().map(|styles| (columns, styles))) {
        for mut app in [reader(columns), list(columns)] {
            app.update(Event::Complete(1), NOW);
            app.update(Event::Report(long_message()), NOW);
            let message = app.message_box().expect("a message over the foot");
            let rows = message.rows();
            // A thread keeps its bar.
            let foot = if app.page().list().is_some() { 0 } else { app.frame() };
            assert!(rows.len() > 1 && rows.end + foot == usize::from(LINES), "{rows:?}");
            let frame = frame(&app, &styles);
            let help = message.help.map_or(usize::from(columns), |(start, _)| start);
            let is_of_message =
                |place: usize| place % usize::from(columns) < help || place / usize::from(columns) + 1 < rows.end;
            let covered: Vec<_> = frame
                .content
                .iter()
                .enumerate()
                .skip(rows.start * usize::from(columns))
                .take(rows.len() * usize::from(columns))
                .filter(|(place, _)| is_of_message(*place))
                .map(|(_, cell)| cell)
                .collect();
            let style = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
            let odd = covered.iter().find(|cell| style(cell) != style(covered[0]));
            assert!(odd.is_none(), "{columns}: {odd:?} beside {:?}", covered[0]);
        }
    }
}

#[test]
fn a_click_on_a_message_takes_it_away_and_does_nothing_else() {
    for columns in [40, 80, 120] {
        for mut app in [reader(columns), list(columns)] {
            app.update(Event::Complete(1), NOW);
            app.update(Event::Click(3, usize::from(LINES) - 1), NOW);
            let before = screen(&app);
            app.update(Event::Report(long_message()), NOW);
            let message = app.message_box().expect("a message over the foot");
            let (rows, help) = (message.rows(), message.help.map_or(usize::MAX, |(start, _)| start));
            for (x, y) in rows.clone().flat_map(|y| (0..usize::from(columns)).map(move |x| (x, y))) {
                app.update(Event::Report(long_message()), NOW);
                assert_ne!(screen(&app), before);
                let effects = app.update(Event::Click(x, y), NOW);
                assert!(effects.is_empty(), "{x}, {y}: {effects:?}");
                // Where it covers the key for help, it has that in its last line.
                if app.overlay().is_some() {
                    assert!(y + 1 == rows.end && x >= help, "{x}, {y}");
                    press(&mut app, "esc");
                }
                assert_eq!(screen(&app), before, "{x}, {y}");
            }
        }
    }
}

/// A thread, a page that could not be loaded and one that is loading, each opened over another page.
fn opened(columns: u16) -> [App; 3] {
    let opened = |mut app: App| {
        app.update(Event::Complete(1), NOW);
        app.update(Event::Open("another".to_owned()), NOW);
        app
    };
    let (mut over_list, mut over_thread, loading) =
        (opened(list(columns)), opened(reader(columns)), opened(list(columns)));
    over_list.update(Event::Arrived { request: 2, thread: Arc::new(thread()), loaded: 3, stated: None }, NOW);
    over_list.update(Event::Complete(2), NOW);
    over_thread.update(Event::Failed(2, LoadError::other("a.server.example", "refused the connection")), NOW);
    [over_list, over_thread, loading]
}

#[test]
fn the_way_back_is_marked_whatever_is_said_and_a_click_goes_it() {
    let long = long_message();
    let said = ["opened", "opening https://example.org/a/long/way/to/an/article?of=it&that=is with x", &long];
    // Motions, commands that say something, and such as the page has no use for.
    let walk = "j o y v G r esc u f12 p x n m W w E H g";
    for (columns, lines) in
        (20..40).chain((40..=130).step_by(18)).flat_map(|columns| [LINES, 7].map(|lines| (columns, lines)))
    {
        for mut app in opened(columns) {
            app.update(Event::Resize(columns.into(), lines.into()), NOW);
            for key in walk.split(' ') {
                press(&mut app, key);
                if app.overlay().is_some() || app.prompt().is_some() {
                    press(&mut app, "esc");
                }
                let own = app.clone();
                let with_words = said.iter().map(|words| {
                    let mut app = app.clone();
                    app.update(Event::Report((*words).to_owned()), NOW);
                    app
                });
                for mut app in with_words.chain([own]) {
                    assert!(status(&app).starts_with(" ‹"), "{columns}, {key}:\n{}", screen(&app));
                    app.update(Event::Click(1, usize::from(lines) - 1), NOW);
                    assert!(!app.has_way_back(), "{columns}, {key}:\n{}", screen(&app));
                }
            }
        }
    }
}

#[test]
fn a_question_says_how_to_end_it_and_leaves_room_for_the_answer() {
    for (columns, lines) in [(30, 12), (40, 12), (40, 24), (80, 24)] {
        for keys in ["/", "f", "s", ":", "|", "| tab"] {
            let mut app = reader(columns);
            app.update(Event::Resize(columns.into(), lines), NOW);
            app.update(Event::Complete(1), NOW);
            press(&mut app, keys);
            let shown = screen(&app);
            assert!(shown.contains("Enter goes   Esc gives up"), "{columns}, {keys}:\n{shown}");
            let label = status(&app);
            assert!(label.len() <= usize::from(columns) / 2, "{columns}, {keys}: {label}");
            press(&mut app, "x");
            assert!(status(&app).contains(": x"), "{columns}, {keys}: {}", status(&app));
        }
    }
}

#[test]
fn marks_say_where_a_typed_line_goes_on_out_of_sight() {
    for columns in [30, 40, 80] {
        let mut app = reader(columns);
        app.update(Event::Complete(1), NOW);
        press(&mut app, "f");
        app.update(Event::Paste("short".to_owned()), NOW);
        assert!(!status(&app).contains(['‹', '›']));
        app.update(Event::Paste("x日".repeat(60)), NOW);
        let end = status(&app);
        assert!(end.starts_with(" filter: ‹") && !end.contains('›'), "{end}");
        press(&mut app, "left left left left left left left left");
        let middle = status(&app);
        assert!(middle.starts_with(" filter: ‹"), "{middle}");
        press(&mut app, "home");
        let start = status(&app);
        assert!(start.starts_with(" filter: short") && start.ends_with('›'), "{start}");
    }
}

#[test]
fn what_has_come_and_the_place_stand_apart() {
    for columns in 30..200 {
        let mut app = reader(columns);
        let line = "2.4 MB of 31.0 MB, 1.2 MB/s from a.server.with.a.long.name.example".to_owned();
        let transfer = TransferLine { words: line.clone(), short: "2.4 MB".to_owned() };
        app.update(Event::TransferProgress { request: 1, line: Some(transfer) }, NOW + 75);
        let shown = status(&app);
        let places = ["  story/3", "  ? help", "  ?"];
        let Some((left, place)) = places.iter().find_map(|place| shown.rsplit_once(place)) else {
            assert!(columns < 60, "{shown}");
            continue;
        };
        assert!(["", "  ? help", "  ?"].contains(&place), "{columns}: {shown}");
        let words = left.trim_end().trim_start_matches([' ', '█', '░']);
        let short = ["75 s  2.4 MB  Esc stops", "2.4 MB  Esc stops", "Esc stops"].map(str::to_owned);
        let whole = [&[format!("75 s  {line}  Esc stops")], &short[..]].concat();
        let ends = whole.iter().any(|whole| words == format!("1,204 of 12,345  {whole}"));
        assert!(ends || words == "1,204 of 12,345", "{columns}: {shown}");
    }
}

#[test]
fn the_reason_why_a_load_takes_long_is_said_on_every_screen() {
    for columns in 30..200_u16 {
        let keys = shipped_keys().expect("the shipped keys");
        let mut app = App::new("x".to_owned(), keys, Options::default(), (columns.into(), LINES.into()), NOW);
        app.start();
        let words = "a.server.with.a.long.name.example is asked again in 51 s".to_owned();
        let line = TransferLine { words: words.clone(), short: "wait 51 s".to_owned() };
        app.update(Event::TransferProgress { request: 1, line: Some(line) }, NOW + 8);
        let screen = screen(&app);
        let page = screen.lines().take(usize::from(LINES) - 1).flat_map(str::split_whitespace).collect::<String>();
        assert!(page.contains(&words.replace(' ', "")), "{screen}");
        assert!(columns < 40 || status(&app).contains("51 s"), "{screen}");
    }
}

#[test]
fn a_long_line_is_typed_over_the_whole_width() {
    for columns in (30..120).step_by(7) {
        let mut app = reader(columns);
        app.update(Event::Complete(1), NOW);
        app.update(Event::Key(Key::parse("/").expect("a key")), NOW);
        for typed in 1..150 {
            app.update(Event::Paste("x".to_owned()), NOW);
            let shown = status(&app);
            let end = shown.split("  ").next().unwrap_or_default();
            assert!(end.ends_with('x'), "{columns}, {typed}: {shown}");
            assert!(shown.ends_with('x') || shown.ends_with(" found so far"), "{columns}, {typed}: {shown}");
        }
        // What stands behind the cursor ends at the edge.
        app.update(Event::Key(Key::parse("home").expect("a key")), NOW);
        let shown = status(&app);
        assert!(shown.starts_with(" find: xxxxxxx") && !shown.contains("found"), "{columns}: {shown}");
    }
}

/// A page that could not be loaded, over another one or not.
fn failed((columns, lines): (usize, usize), is_over: bool) -> App {
    let mut app = list(columns as u16);
    app.update(Event::Resize(columns, lines), NOW);
    app.update(Event::Complete(1), NOW);
    let target = "https://news.example/lamps".to_owned();
    let (mut app, request) = if is_over {
        app.update(Event::Open(target), NOW);
        (app, 2)
    } else {
        let keys = shipped_keys().expect("the shipped keys");
        let mut app = App::new(target, keys, Options::default(), (columns, lines), NOW);
        app.start();
        (app, 1)
    };
    let error =
        LoadError::other("a.server.with.a.long.name.example", "refused the connection, as it does every evening");
    app.update(Event::Failed(request, error.advise(Advice::Retry).advise(Advice::Browser)), NOW);
    app
}

/// The column and line at which some words begin.
fn place_of(screen: &str, words: &str) -> Option<(usize, usize)> {
    screen.lines().zip(0..).find_map(|(line, y)| Some((line.split_once(words)?.0.width(), y)))
}

#[test]
fn the_keys_of_an_error_are_whole_and_take_clicks() {
    for size in [(30, 12), (40, 12), (40, 24), (80, 24), (120, 40)] {
        for (is_over, leave) in [(true, "q go back"), (false, "q quit")] {
            let mut first = failed(size, is_over);
            // Hints say the same below.
            if first.hints().len() > 1 && size.1 >= 16 {
                press(&mut first, "f2");
            }
            first.update(Event::Click(3, size.1 - 1), NOW);
            for words in ["r try again", "O open in the browser", leave] {
                let mut app = first.clone();
                let shown = screen(&app);
                let Some((x, y)) = place_of(&shown, words) else { unreachable!("{words} at {size:?}:\n{shown}") };
                let mut effects = app.update(Event::Click(x + words.len() - 1, y), NOW);
                // To quit, the button goes up first; a hand that is not quite still does nothing meanwhile.
                if words == "q quit" {
                    assert!(effects.is_empty(), "{effects:?}");
                    assert!(app.update(Event::Drag(x, y), NOW).is_empty());
                    let next = [Event::Release, Event::Key(Key::parse("j").expect("a key"))];
                    let of_each = next.map(|event| app.clone().update(event, NOW));
                    assert!(of_each.iter().all(|effects| matches!(effects[..], [Effect::Quit])), "{of_each:?}");
                    effects = app.update(Event::Release, NOW);
                }
                match words {
                    "r try again" => assert!(matches!(effects[..], [Effect::Load { .. }]), "{effects:?}"),
                    "O open in the browser" => assert!(matches!(effects[..], [Effect::Browse(_)]), "{effects:?}"),
                    "q quit" => assert!(matches!(effects[..], [Effect::Quit]), "{effects:?}"),
                    _ => assert!(app.page().error().is_none()),
                }
            }
        }
    }
}

#[test]
fn hints_offer_what_can_be_done() {
    let hinted = |app: &App| -> Vec<&str> { app.hints().into_iter().map(|(_, does)| does).collect() };
    let listed = |heading: Heading, entries: Vec<Entry>| {
        let keys = shipped_keys().expect("the shipped keys");
        let mut app = App::new("x".to_owned(), keys, Options::default(), (120, 24), NOW);
        app.start();
        app.update(
            Event::Listed { request: 1, listing: Arc::new(Listing { heading, entries, ..Listing::default() }) },
            NOW,
        );
        app.update(Event::Complete(1), NOW);
        app
    };
    let tab = |name: &str| Tab { label: name.to_owned(), target: name.to_owned() };
    let heading =
        |target: &str| Heading { target: target.to_owned(), tabs: vec![tab("one"), tab("two")], ..Heading::default() };
    let story = |id: &str| Entry { id: id.to_owned(), title: "A story".to_owned(), ..Entry::default() };
    let stories = || vec![story("1"), story("2")];
    let all = ["quit", "next", "read", "next section", "filter", "order", "all keys", "article", "hide hints"];
    let without = |some: &[&str]| -> Vec<&str> { all.into_iter().filter(|does| !some.contains(does)).collect() };
    assert_eq!(hinted(&listed(heading("one"), stories())), all);
    assert_eq!(hinted(&listed(heading("two"), stories())), without(&["next section"]));
    assert_eq!(hinted(&listed(Heading::default(), stories())), without(&["next section"]));
    assert_eq!(hinted(&listed(heading("one"), vec![story("1")])), without(&["next", "order"]));
    assert_eq!(hinted(&listed(heading("one"), Vec::new())), without(&["next", "read", "filter", "article", "order"]));
    let row = |app: &App| screen(app).lines().rev().nth(1).unwrap_or_default().to_owned();
    let mut narrow = listed(heading("one"), stories());
    narrow.update(Event::Resize(80, 24), NOW);
    if row(&narrow).is_empty() {
        press(&mut narrow, "f2");
    }
    assert!(row(&narrow).contains("/ filter   s order"), "{}", row(&narrow));
    // An order, the origin of the list and a filter leave the place on narrow screens.
    press(&mut narrow, "s c j");
    for (columns, words) in [(40, "comments  2/2  ? help"), (36, "comments  2/2  ?"), (32, "2/2  ?"), (20, "?")] {
        narrow.update(Event::Resize(columns, 24), NOW);
        assert!(status(&narrow).ends_with(words), "{columns}: {}", status(&narrow));
    }
    let mut filtered = listed(heading("one"), stories());
    press(&mut filtered, "/ z enter");
    assert_eq!(hinted(&filtered)[..3], ["clear the filter", "all stories", "next section"]);
    assert_eq!(hinted(&failed((120, 24), false)), ["quit", "try again", "browser", "all keys"]);
    let keys = shipped_keys().expect("the shipped keys");
    let mut loading = App::new("x".to_owned(), keys, Options::default(), (120, 24), NOW);
    loading.start();
    assert_eq!(hinted(&loading), ["stop loading", "quit", "all keys", "hide hints"]);
}

#[test]
fn hints_that_go_away_say_how_they_come_back() {
    let mut app = reader(80);
    app.update(Event::Complete(1), NOW);
    press(&mut app, "f2");
    assert!(status(&app).contains("hints are hidden; F2 shows them"), "{}", status(&app));
}

#[test]
fn an_empty_list_of_ones_own_says_how_something_comes_there() {
    for (target, says) in [
        (
            "saved",
            "nothing is saved or bookmarked yet: W on a story or in its thread saves that, m on a story or comment bookmarks",
        ),
        ("history", "nothing was read yet: every thread that you open comes here"),
    ] {
        for columns in [40, 80] {
            let keys = shipped_keys().expect("the shipped keys");
            let mut app = App::new(target.to_owned(), keys, Options::default(), (columns, 24), NOW);
            app.start();
            let heading = Heading { target: target.to_owned(), ..Heading::default() };
            app.update(Event::Listed { request: 1, listing: Arc::new(Listing { heading, ..Listing::default() }) }, NOW);
            app.update(Event::Complete(1), NOW);
            assert!(flat(&screen(&app)).contains(says), "{}", screen(&app));
        }
    }
}
