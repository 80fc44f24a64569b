//! Boxes over the page: all are scrolled and closed by the same keys, and what looks like a key in one takes a click.

use std::sync::Arc;

use lurker::app::{App, Effect, Event, Key, Options, Span};
use lurker::model::{Builder, Draft, Entry, Listing, Story, Text, Thread};
use lurker::shell::shipped_keys;
use lurker::ui::{Styles, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::support::screen::{NOW, text};

/// The sizes at which boxes are looked at.
const SIZES: [(usize, usize); 3] = [(40, 12), (80, 24), (120, 40)];
/// Two addresses of one host that begin alike.
const LINKS: [&str; 2] = [
    "https://lamps.north.example/a/long/way/through/the/year/2026/to/the/first/of/two/pages-that-begin-alike/one.html",
    "https://lamps.north.example/a/long/way/through/the/year/2026/to/the/first/of/two/pages-that-begin-alike/two.html",
];

/// Five comments, each a reply to the one before; the fourth is longer than any box.
fn thread() -> Thread {
    let mut builder = Builder::new();
    for number in 1..=5_usize {
        let words = if number == 4 { "Long words of the fourth. ".repeat(200) } else { format!("Words of {number}.") };
        let mut body = Text::unmarked(words);
        body.links.extend(LINKS.map(str::to_owned));
        let (id, parent, author) = (number.to_string(), (number - 1).to_string(), format!("writer{number}"));
        let parent = (number > 1).then_some(parent.as_str());
        builder.push(&Draft {
            id: &id,
            parent,
            author: Some(&author),
            body: body.borrow(),
            score: Some(3),
            ..Draft::default()
        });
    }
    builder.finish(Story { title: "On lamps".to_owned(), ..Story::default() })
}

/// A thread on a screen of this size, with the reader on its last comment.
fn reader((columns, lines): (usize, usize)) -> App {
    let keys = shipped_keys().expect("the shipped keys");
    let mut app = App::new("x".to_owned(), keys, Options::default(), (columns, lines), NOW);
    app.start();
    app.update(Event::Arrived { request: 1, thread: Arc::new(thread()), loaded: 5, stated: Some(5) }, NOW);
    app.update(Event::Complete(1), NOW);
    press(&mut app, "t l l l l");
    app
}

fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    keys.split(' ').flat_map(|key| app.update(Event::Key(Key::parse(key).expect("a key")), NOW)).collect()
}

fn screen(app: &App) -> String {
    let (columns, lines) = app.size();
    let area = Rect::new(0, 0, columns as u16, lines as u16);
    let mut buffer = Buffer::empty(area);
    draw(app, &Styles::new(true, false), area, &mut buffer);
    text(&buffer)
}

/// The column and line at which some words begin.
fn place_of(app: &App, words: &str) -> (usize, usize) {
    let screen = screen(app);
    let found = screen.lines().zip(0..).find_map(|(line, y)| Some((line.split_once(words)?.0.width(), y)));
    found.unwrap_or_else(|| unreachable!("{words} is not on\n{screen}"))
}

fn click(app: &mut App, words: &str) -> Vec<Effect> {
    let (x, y) = place_of(app, words);
    app.update(Event::Click(x, y), NOW)
}

#[test]
fn every_box_closes_by_the_same_keys_and_by_a_click_on_the_words_for_that() {
    for size in SIZES {
        for opens in ["?", "i", "w", "S", "M", "L"] {
            let mut app = reader(size);
            for closes in ["esc", "q", opens] {
                press(&mut app, opens);
                assert!(app.overlay().is_some(), "{opens} at {size:?}:\n{}", screen(&app));
                assert!(press(&mut app, closes).is_empty() && app.overlay().is_none(), "{opens} and {closes}");
            }
            press(&mut app, opens);
            click(&mut app, "Esc closes");
            assert!(app.overlay().is_none(), "{opens} at {size:?}");
        }
    }
}

#[test]
fn the_row_of_hints_names_no_key_while_a_box_takes_them() {
    let list = |size| {
        let keys = shipped_keys().expect("the shipped keys");
        let mut app = App::new("x".to_owned(), keys, Options::default(), size, NOW);
        app.start();
        let entry = |id: u32| Entry { id: id.to_string(), title: format!("Story {id}"), ..Entry::default() };
        let entries = (0..9).map(entry).collect();
        app.update(Event::Listed { request: 1, listing: Arc::new(Listing { entries, ..Listing::default() }) }, NOW);
        app.update(Event::Complete(1), NOW);
        app
    };
    let row = |app: &App| screen(app).lines().rev().nth(1).unwrap_or_default().to_owned();
    let names_keys =
        |app: &App| !app.hint_cells().is_empty() || row(app).contains("q quit") || row(app).contains("find");
    for size in [(80, 24), (120, 40), (160, 50)] {
        let mut searched = reader(size);
        press(&mut searched, "/ W o r d s enter");
        for (reader, boxes) in [(searched, "? i w S M L"), (reader(size), "? i w S M L"), (list(size), "? s")] {
            for opens in boxes.split(' ') {
                let mut app = reader.clone();
                assert!(names_keys(&app), "{}", screen(&app));
                press(&mut app, opens);
                assert!(app.overlay().is_some() && !names_keys(&app), "{opens}:\n{}", screen(&app));
                assert!(screen(&app).contains("Esc closes"), "{opens}:\n{}", screen(&app));
                press(&mut app, "esc");
                assert_eq!(row(&app), row(&reader), "{opens}");
            }
        }
    }
}

#[test]
fn every_box_that_is_longer_than_the_screen_says_so_and_scrolls() {
    for size in [(40, 8), (40, 12), (80, 10), (80, 24)] {
        for opens in ["?", "i", "w"] {
            let mut app = reader(size);
            press(&mut app, opens);
            let content = |app: &App| app.overlay_content(app.overlay().expect("a box"));
            let is_long = content(&app).lines.len() > size.1 - 2;
            assert_eq!(screen(&app).contains("↑ ↓ scroll"), is_long, "{opens} at {size:?}:\n{}", screen(&app));
            let is_fixed = |key: &str, app: &mut App| {
                let before = content(app).first;
                press(app, key);
                assert!(app.overlay().is_some(), "{opens} and {key} at {size:?}");
                content(app).first == before
            };
            press(&mut app, "g");
            for key in ["down", "j", "pgdn", "space", "G"] {
                let is_at_end = content(&app).first + size.1 - 2 >= content(&app).lines.len();
                assert!(!is_fixed(key, &mut app) || is_at_end, "{opens} and {key} at {size:?}");
            }
            press(&mut app, "G");
            for key in ["up", "k", "pgup", "b", "g"] {
                let is_at_top = content(&app).first == 0;
                assert!(!is_fixed(key, &mut app) || is_at_top, "{opens} and {key} at {size:?}");
            }
            if is_long {
                click(&mut app, "↑ ↓ scroll");
                assert_eq!(content(&app).first, 1);
            }
        }
    }
}

#[test]
fn what_a_comment_answers_begins_with_the_name_of_who_wrote_it() {
    for size in SIZES {
        let mut app = reader(size);
        press(&mut app, "i");
        let shown = screen(&app);
        let first = shown.lines().skip_while(|line| !line.contains("What this answers")).nth(1).unwrap_or_default();
        assert!(first.contains("writer4"), "{shown}");
    }
    // What fits is there from the top on.
    let mut app = reader((80, 24));
    press(&mut app, "p p i");
    assert!(screen(&app).contains("writer1") && screen(&app).contains("writer2"), "{}", screen(&app));
}

#[test]
fn links_of_one_host_can_be_told_apart() {
    for size in SIZES {
        let mut app = reader(size);
        press(&mut app, "L");
        for (chosen, link) in LINKS.iter().enumerate() {
            let mut shown = [String::new(), String::new()];
            for span in app.overlay_content(app.overlay().expect("links")).lines.into_iter().flatten() {
                if let Span::Link(words, address) = span {
                    shown[usize::from(address == LINKS[1])].push_str(&words);
                }
            }
            // The chosen one is there whole, the other one with its host and its end.
            let [here, there] = if chosen == 0 { &shown } else { &[shown[1].clone(), shown[0].clone()] };
            let other = if chosen == 0 { "two.html" } else { "one.html" };
            assert_eq!(here, link);
            let without_scheme = there.trim_start_matches("https://");
            assert!(without_scheme.starts_with("lamps.north.example/") && there.ends_with(other), "{there}");
            let effects = click(&mut app.clone(), other);
            assert!(matches!(&effects[..], [Effect::Follow(url)] if url.ends_with(other)), "{effects:?}");
            let (x, y) = place_of(&app, "Links");
            let row = screen(&app).lines().skip(y).position(|line| line.contains("▌ ")).unwrap_or_default() + y;
            let effects = app.clone().update(Event::Click(x + 6, row), NOW);
            assert!(matches!(&effects[..], [Effect::Follow(url)] if url == link), "{effects:?}");
            press(&mut app, "down");
        }
    }
}

#[test]
fn menus_say_how_to_take_a_line() {
    for size in SIZES {
        for opens in ["S", "M"] {
            let mut app = reader(size);
            press(&mut app, opens);
            assert!(screen(&app).contains("Enter or a letter picks"), "{}", screen(&app));
        }
    }
}

#[test]
fn help_stays_where_a_click_names_nothing() {
    for size in SIZES {
        let mut app = reader(size);
        press(&mut app, "?");
        let before = screen(&app);
        let (x, y) = place_of(&app, "To begin with");
        for (x, y) in [(x, y), (x - 2, y - 1), (x + 20, y)] {
            app.update(Event::Click(x, y), NOW);
            assert_eq!(screen(&app), before, "{x}, {y}");
        }
        click(&mut app, "/ searches");
        assert!(screen(&app).contains("Keys: /"), "{}", screen(&app));
    }
}

#[test]
fn a_search_in_help_finds_sections_by_their_heading() {
    for (words, lines) in [
        ("threshold", ["hide fewer", "fewer in full", "all in full; the best half"]),
        ("mouse", ["scrolls", "selects; on what", "on the bar below"]),
    ] {
        let mut app = reader((100, 60));
        press(&mut app, "? /");
        for letter in words.chars() {
            press(&mut app, &letter.to_string());
        }
        let shown = screen(&app);
        for line in lines {
            assert!(shown.contains(line), "{words}, {line}:\n{shown}");
        }
        press(&mut app, "ctrl-u");
        assert!(screen(&app).contains("Keys: / ") && screen(&app).contains("Moving"), "{}", screen(&app));
    }
}

#[test]
fn keys_in_help_stay_in_their_column() {
    for size in [(60, 200), (80, 200), (140, 120), (200, 120)] {
        let mut app = reader(size);
        press(&mut app, "?");
        let shown = screen(&app);
        let column = |keys: &str, words: &str| {
            let (x, y) = place_of(&app, keys);
            let line: String = shown.lines().nth(y).unwrap_or_default().chars().skip(x).collect();
            line.split_once(words).map(|(before, _)| before.width())
        };
        let all = [
            column("Ctrl-o Shift-Tab ", "back to where"),
            column("Ctrl-l ", "draw the screen"),
            column("Esc ", "close what is open"),
        ];
        assert!(all[0].is_some() && all.iter().all(|at| *at == all[0]), "{all:?} at {size:?}:\n{shown}");
    }
}
