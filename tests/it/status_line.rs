//! The status line at every width: nothing in it covers anything else.

use std::sync::Arc;

use lurker::app::{App, Event, Key, Options};
use lurker::model::{Builder, Draft, Story, Thread};
use lurker::shell::shipped_keys;
use lurker::ui::{Styles, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::support::screen::{NOW, text};

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

fn status(app: &App, columns: u16) -> String {
    let area = Rect::new(0, 0, columns, LINES);
    let mut buffer = Buffer::empty(area);
    draw(app, &Styles::new(true, false), area, &mut buffer);
    text(&buffer).lines().last().unwrap_or_default().trim_end().to_owned()
}

#[test]
fn what_has_come_and_the_place_stand_apart() {
    for columns in 30..200 {
        let mut app = reader(columns);
        let line = "2.4 MB of 31.0 MB, 1.2 MB/s from a.server.with.a.long.name.example".to_owned();
        app.update(Event::TransferProgress { request: 1, line: Some(line.clone()) }, NOW + 75);
        let shown = status(&app, columns);
        let Some((left, place)) = shown.rsplit_once("  story/3").or(shown.rsplit_once("  ? help")) else {
            assert!(columns < 60, "{shown}");
            continue;
        };
        assert!(place.is_empty() || place == "  ? help", "{columns}: {shown}");
        let words = left.trim_end().trim_start_matches([' ', '█', '░']);
        let whole = [format!("75 s  {line}  Esc stops"), "75 s  Esc stops".to_owned(), "Esc stops".to_owned()];
        let ends = whole.iter().any(|whole| words == format!("1,204 of 12,345  {whole}"));
        assert!(ends || words == "1,204 of 12,345", "{columns}: {shown}");
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
            let shown = status(&app, columns);
            let end = shown.split("  ").next().unwrap_or_default();
            assert!(end.ends_with('x'), "{columns}, {typed}: {shown}");
            assert!(shown.ends_with('x') || shown.ends_with(" found so far"), "{columns}, {typed}: {shown}");
        }
        // What stands behind the cursor ends at the edge.
        app.update(Event::Key(Key::parse("home").expect("a key")), NOW);
        let shown = status(&app, columns);
        assert!(shown.starts_with(" find: xxxxxxx") && !shown.contains("found"), "{columns}: {shown}");
    }
}
