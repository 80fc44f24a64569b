//! The picture in the README is a screen of the program, and stays one: `LURKER_PICTURE=1` writes it anew.

use crate::support::svg;
use std::sync::Arc;
use std::{env, fs};

use lurker::app::{App, Event, Key, Options};
use lurker::shell::shipped_keys;
use lurker::shell::source::DEMO;
use lurker::shell::theme;
use lurker::site::{Content, saved};
use lurker::ui::{Depth, Styles, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns and lines of the picture.
const SIZE: (u16, u16) = (104, 36);
/// What is pressed before it is taken.
const KEYS: [&str; 7] = ["t", "t", "t", "l", "j", "j", "j"];
/// Two days after the story of the demo was posted: Thursday, 8 October 2026, 15:40 UTC.
const NOW: i64 = 1_791_474_000;

fn screen(styles: &Styles) -> Buffer {
    let (columns, lines) = (usize::from(SIZE.0), usize::from(SIZE.1));
    let keys = shipped_keys().expect("the shipped keys are right");
    let mut app = App::new("demo".to_owned(), keys, Options::default(), (columns, lines), NOW);
    app.start();
    let thread = Arc::new(match saved::read(DEMO, None) {
        Ok(Content::Thread(thread)) => *thread,
        other => unreachable!("the demo is a thread, not {other:?}"),
    });
    let loaded = thread.len();
    app.update(Event::Arrived { request: 1, thread, loaded, stated: Some(loaded) }, NOW);
    app.update(Event::Complete(1), NOW);
    for key in KEYS {
        app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
    }
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    let mut buffer = Buffer::empty(area);
    draw(&app, styles, area, &mut buffer);
    buffer
}

#[test]
fn the_picture_in_the_readme_is_what_the_program_draws() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/screen.svg");
    let theme = theme::shipped("dark").expect("it is shipped");
    let styles = Styles::themed(theme, Depth::True, false);
    let now = svg::svg(&screen(&styles), styles.page);
    if env::var_os("LURKER_PICTURE").is_some() {
        fs::write(path, &now).expect("the picture can be written");
    }
    let kept = fs::read_to_string(path).expect("there is a picture");
    assert!(kept == now, "assets/screen.svg is no longer what the program draws; write it anew with LURKER_PICTURE=1");
}
