//! Pictures of real screens, kept in `assets/`: that of the README, and those that show how lurker looks at four sizes, in
//! two themes, in 16 colours and in none. `LURKER_PICTURE=1` writes them anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use lurker::app::{App, Effect, Event, Key, Options};
use lurker::model::{Entry, Heading, Listing, Tab, Thread};
use lurker::shell::shipped_keys;
use lurker::shell::source::DEMO;
use lurker::shell::theme;
use lurker::site::{Content, saved};
use lurker::ui::{Depth, Styles, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::support::svg;

/// Two days after the story of the demo was posted: Thursday, 8 October 2026, 15:40 UTC.
const NOW: i64 = 1_791_474_000;
const HOUR: i64 = 3600;
/// What is pressed before a thread is drawn: the reader stands on a reply in the third discussion.
const THREAD_KEYS: [&str; 7] = ["t", "t", "t", "l", "j", "j", "j"];
/// What is pressed before a list is drawn.
const LIST_KEYS: [&str; 2] = ["j", "j"];
const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 60), (40, 12)];
/// The size at which every look is drawn.
const USUAL: (u16, u16) = (120, 40);

/// A story of the list: title, where it leads, author, hours since it was posted, score, comments.
type Story = (&'static str, &'static str, &'static str, i64, i32, u32);

const STORIES: [Story; 20] = [
    ("A small library brings back its card catalogue", "lamplight.example", "wick", 2, 412, 187),
    ("Show HN: A bell that rings when the tide turns", "tidebell.example", "marlow", 3, 96, 41),
    ("The last lighthouse keepers (2017)", "shorewords.example", "ines_b", 5, 268, 93),
    ("How a paper map is folded, and why it never folds back", "folds.example", "ada", 6, 151, 77),
    ("Ask HN: What do you write down by hand?", "", "quill", 7, 88, 312),
    ("Slow clocks: keeping time with water [video]", "hourglass.example", "tern", 9, 64, 12),
    (
        "A compiler for knitting patterns that fits on one page, and what its author learned from forty years of wool",
        "purl.example",
        "stitch",
        11,
        530,
        204,
    ),
    ("Who owns the wind above a village?", "commons.example", "oak", 12, 73, 58),
    ("Sorting pebbles by sound", "gravel.example", "pim", 13, 47, 9),
    ("Bridges that sing, and the engineers who tune them", "spans.example", "rivet", 14, 119, 36),
    ("Teaching a class of ten-year-olds to read a river", "meander.example", "heron", 15, 201, 66),
    ("An index of forgotten tools [pdf]", "shed.example", "adze", 17, 58, 21),
    ("Show HN: Letters that arrive a year later", "slowpost.example", "stamp", 18, 35, 17),
    ("The mathematics of a good queue", "waiting.example", "erlang", 20, 342, 128),
    ("Why old radios glow", "valve.example", "anode", 21, 91, 30),
    ("A field guide to weather vanes (2009)", "vanes.example", "cock", 22, 26, 4),
    ("Reading by the light of a screen, without being read", "quiet.example", "moth", 23, 187, 142),
    ("One hundred years of the same bakery ledger", "crumb.example", "rye", 25, 143, 49),
    ("Ropes, knots, and the people who argue about them", "hitch.example", "bight", 26, 79, 88),
    ("The town that moved its church by hand", "rollers.example", "nave", 28, 66, 15),
];

fn list() -> Listing {
    let tab = |label: &str| Tab { label: label.to_owned(), target: format!("hn/{label}") };
    let entry = |(id, (title, host, author, hours, score, comments)): (usize, &Story)| Entry {
        site: "hn".to_owned(),
        id: id.to_string(),
        title: (*title).to_owned(),
        url: format!("https://news.ycombinator.com/item?id={id}"),
        link: if host.is_empty() { String::new() } else { format!("https://{host}/{id}") },
        author: (*author).to_owned(),
        posted_at: Some(NOW - hours * HOUR),
        score: Some(*score),
        comments: Some(*comments),
        ..Entry::default()
    };
    let heading = Heading {
        site: "hn".to_owned(),
        title: "Hacker News: top".to_owned(),
        target: "hn/top".to_owned(),
        tabs: ["top", "new", "best", "ask", "show", "jobs"].map(tab).to_vec(),
        ..Heading::default()
    };
    Listing { heading, entries: STORIES.iter().enumerate().map(entry).collect(), ..Listing::default() }
}

fn demo() -> Thread {
    match saved::read(DEMO, None) {
        Ok(Content::Thread(thread)) => *thread,
        other => unreachable!("the demo is a thread, not {other:?}"),
    }
}

fn draw_app(mut app: App, arrival: Event, keys: &[&str], styles: &Styles, (columns, lines): (u16, u16)) -> Buffer {
    app.start();
    app.update(arrival, NOW);
    app.update(Event::Complete(1), NOW);
    for key in keys {
        app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
    }
    let area = Rect::new(0, 0, columns, lines);
    let mut buffer = Buffer::empty(area);
    draw(&app, styles, area, &mut buffer);
    buffer
}

fn app(target: &str, (columns, lines): (u16, u16)) -> App {
    let keys = shipped_keys().expect("the shipped keys are right");
    App::new(target.to_owned(), keys, Options::default(), (usize::from(columns), usize::from(lines)), NOW)
}

fn draw_thread(styles: &Styles, size: (u16, u16)) -> Buffer {
    let thread = Arc::new(demo());
    let loaded = thread.len();
    let arrival = Event::Arrived { request: 1, thread, loaded, stated: Some(loaded) };
    draw_app(app("demo", size), arrival, &THREAD_KEYS, styles, size)
}

fn draw_list(styles: &Styles, size: (u16, u16)) -> Buffer {
    let arrival = Event::Listed { request: 1, listing: Arc::new(list()) };
    draw_app(app("hn", size), arrival, &LIST_KEYS, styles, size)
}

fn themed(name: &str) -> Styles {
    Styles::themed(theme::shipped(name).expect("it is shipped"), Depth::True, false)
}

/// Help in two columns.
fn draw_help(styles: &Styles, size: (u16, u16)) -> Buffer {
    let arrival = Event::Listed { request: 1, listing: Arc::new(list()) };
    draw_app(app("hn", size), arrival, &["?"], styles, size)
}

/// A thread with the list that it was opened from beside it.
fn draw_beside(styles: &Styles, (columns, lines): (u16, u16)) -> Buffer {
    let mut app = app("hn", (columns, lines));
    app.start();
    app.update(Event::Listed { request: 1, listing: Arc::new(list()) }, NOW);
    app.update(Event::Complete(1), NOW);
    let effects = app.update(Event::Key(Key::parse("enter").expect("a key")), NOW);
    let request = |effect: &Effect| if let Effect::Load { request, .. } = effect { Some(*request) } else { None };
    let request = effects.iter().find_map(request).expect("the thread is loaded");
    let thread = Arc::new(demo());
    let loaded = thread.len();
    app.update(Event::Arrived { request, thread, loaded, stated: Some(loaded) }, NOW);
    app.update(Event::Complete(request), NOW);
    let area = Rect::new(0, 0, columns, lines);
    let mut buffer = Buffer::empty(area);
    draw(&app, styles, area, &mut buffer);
    buffer
}

/// Every picture: its file, and what is in it.
fn pictures() -> Vec<(PathBuf, String)> {
    let dark = themed("dark");
    let looks = [
        ("light", themed("light")),
        ("16-colours", Styles::new(true, false)),
        ("no-colours", Styles::new(false, false)),
    ];
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let mut pictures = vec![(assets.join("screen.svg"), svg::svg(&draw_thread(&dark, (104, 36)), dark.page))];
    let sized = SIZES.map(|size| (size, "dark", dark));
    for (size, look, styles) in sized.into_iter().chain(looks.map(|(look, styles)| (USUAL, look, styles))) {
        let name = |page| assets.join(format!("screens/{page}-{}x{}-{look}.svg", size.0, size.1));
        pictures.push((name("thread"), svg::svg(&draw_thread(&styles, size), styles.page)));
        pictures.push((name("list"), svg::svg(&draw_list(&styles, size), styles.page)));
    }
    let (name, size) = (|page| assets.join(format!("screens/{page}-dark.svg")), (200, 60));
    pictures.push((name("help-200x60"), svg::svg(&draw_help(&dark, size), dark.page)));
    pictures.push((name("beside-200x60"), svg::svg(&draw_beside(&dark, size), dark.page)));
    pictures
}

#[test]
fn the_pictures_are_what_the_program_draws() {
    for (path, now) in pictures() {
        if env::var_os("LURKER_PICTURE").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            fs::write(&path, &now).expect("the picture can be written");
        }
        let kept = fs::read_to_string(&path).expect("there is a picture");
        assert!(kept == now, "{path:?} is not what the program draws now; write it anew with LURKER_PICTURE=1");
    }
}
