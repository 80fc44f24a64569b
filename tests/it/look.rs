//! Looks: themes that can be read, no meaning in colours alone, ASCII where it is asked for, the map, and links.

use crate::support::{palettes, screen};
use std::path::PathBuf;
use std::{env, fs};

use lurker::app::{Event, Options, When, in_ascii};
use lurker::shell::theme;
use lurker::ui::{Depth, Styles, contrast, link};
use lurker::view::Thresholds;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use screen::{Driver, read_as};
use serde_json::json;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// A look by its name, and the background that it is made for.
type Named = (&'static str, Styles, Color);

/// The looks that are drawn with line characters.
fn looks() -> Vec<Named> {
    let theme = |name| theme::shipped(name).expect("it is shipped");
    let mut looks = vec![
        ("no colour", Styles::new(false, false), Color::Reset),
        ("terminal", Styles::new(true, false), Color::Reset),
    ];
    for name in ["dark", "light", "gruvbox", "solarized"] {
        for depth in [Depth::True, Depth::Indexed] {
            let palette = theme(name);
            looks.push((name, Styles::themed(palette, depth, false), depth.nearest(palette.background)));
        }
    }
    looks
}

/// A discussion with everything that is drawn in a way of its own, in ASCII.
fn fixture(name: &str) -> PathBuf {
    let code = "    fn main() { println!(\"a line of code that goes on for longer than any screen is wide, and on, and on, and on\"); }";
    let comment = |id: u32, parent: Option<u32>, score: Option<i32>| {
        json!({
            "id": id.to_string(), "parent": parent.map(|id| id.to_string()), "author": format!("writer{}", id % 7),
            "author_id": id.to_string(), "op": id.is_multiple_of(5), "author_marks": ["subscriber", "journal", "homepage"],
            "score": score, "label": if id.is_multiple_of(3) { "Funny" } else { "" }, "subject": format!("Subject {id}"),
            "posted_at": "2026-10-06T15:40:00Z", "url": format!("https://example.org/{id}"),
            "text": format!("> what was said\n\nBody {id} with words enough to need a second line on most screens, I think.\n\n{code}\n\n- an item\n- another"),
            "state": if id % 11 == 10 { "deleted" } else { "live" },
        })
    };
    let mut comments = Vec::new();
    for top in 0..20 {
        let first = top * 30;
        comments.push(comment(first, None, Some(i32::try_from(top % 6).expect("small"))));
        for below in 1..30 {
            let score = (below % 4 > 0).then(|| i32::try_from(below % 7).expect("small") - 1);
            comments.push(comment(first + below, Some(first + (below - 1) / 2 * 2), score));
        }
    }
    let thread = json!({
        "format": "lurker-thread-1", "site": "reddit", "id": "1", "url": "https://example.org/", "title": "A title in ASCII",
        "author": "writer0", "posted_at": "2026-10-06T15:40:00Z", "link": "https://example.org/article",
        "text": "The story's text.", "score": 5, "score_kind": "points", "archived": true, "fortune": "A fortune.",
        "notes": ["something was missing (it begins \u{201c}x\u{201d})"], "stated_comments": 700,
        "min_score": 1, "full_score": 4, "comments": comments,
    });
    let path = env::temp_dir().join(format!("lurker-look-{}-{name}.json", crate::support::unique()));
    fs::write(&path, thread.to_string().replacen('{', "{\"format\":\"lurker-thread-1\",", 1))
        .expect("a temporary file");
    path
}

/// What is pressed to see everything, and what is on the screen, or with a `!` no more, once it is done.
const TOUR: [(&str, &str); 19] = [
    ("?", "Keys"),
    ("G", "by the author of the story"),
    ("esc", "!Esc closes"),
    ("E t t l l l l l l f12", "F12 does"),
    ("i", "What this answers"),
    ("esc", "!Esc closes"),
    ("w", "Why it shows so"),
    ("esc", "!Esc closes"),
    ("s 9 9 x enter", "is no score"),
    ("esc", "!Esc closes"),
    ("/ b o d y enter", "32/600 \"body\""),
    ("esc", "!\"body\""),
    ("f i s : o p enter", "120 of 600"),
    ("esc", "!120 of 600"),
    ("> > > > f11", "F11 does"),
    ("= C f12", "F12 does"),
    ("G f11", "F11 does"),
    ("= g L", "Links"),
    ("esc", "!Esc closes"),
];

/// Shows every frame of the tour to `check`.
async fn tour(look: (Options, Styles), size: (u16, u16), name: &str, mut check: impl FnMut(&Buffer)) {
    let path = fixture(name);
    let read = read_as(path.to_str().expect("UTF-8"), look, size, async |driver: &mut Driver| {
        driver.wait_for("A title in ASCII").await;
        driver.wait_gone("loading").await;
        check(&driver.frame());
        for (keys, shows) in TOUR {
            driver.keys(keys);
            match shows.strip_prefix('!') {
                Some(gone) => driver.wait(gone, |screen| !in_ascii(screen).contains(gone)).await,
                None => driver.wait(shows, |screen| in_ascii(screen).contains(shows)).await,
            };
            check(&driver.frame());
        }
    });
    // It is large, and the callers hold it.
    Box::pin(read).await;
    fs::remove_file(path).expect("the file");
}

fn always(minimap: When) -> Options {
    Options { minimap, thresholds: Thresholds::new(Some(1), Some(4)), ..Options::default() }
}

/// The colours of a cell as they are seen.
fn seen(cell: &Cell) -> (Color, Color) {
    if cell.modifier.contains(Modifier::REVERSED) { (cell.bg, cell.fg) } else { (cell.fg, cell.bg) }
}

#[tokio::test]
async fn every_theme_can_be_read_in_every_place() {
    for (number, (name, styles, _)) in looks().into_iter().enumerate() {
        for size in SIZES {
            // Lines that repeat what indentation and place say are meant to stand back.
            let [_, some, best] = styles.glyphs.map;
            let lines = [styles.glyphs.guide, styles.glyphs.rule, some, best];
            tour((always(When::Always), styles), size, &format!("read{number}"), |frame| {
                for cell in frame.content.iter().filter(|cell| cell.symbol() != " ") {
                    let (text, ground) = seen(cell);
                    match name {
                        "no colour" => assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset)),
                        "terminal" => assert!(contrast(text, ground).is_none(), "{cell:?}"),
                        _ if lines.contains(&cell.symbol()) && styles.guide.fg == Some(cell.fg) => {}
                        _ => assert!(contrast(text, ground) >= Some(4.5), "{name}: {cell:?}"),
                    }
                }
            })
            .await;
        }
    }
}

#[tokio::test]
async fn lists_can_be_read_in_every_theme_and_draw_in_ascii() {
    const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lobsters/hottest-2026.json");
    for (name, styles, _) in looks() {
        for (size, ascii) in SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]) {
            let styles = if ascii { Styles::new(true, true) } else { styles };
            read_as(LIST, (Options::default(), styles), size, async |driver: &mut Driver| {
                driver.wait_for("points").await;
                driver.keys("j / a").wait_for("only with: a").await;
                for cell in driver.frame().content.iter().filter(|cell| cell.symbol() != " ") {
                    let (text, ground) = seen(cell);
                    match name {
                        _ if ascii => assert!(cell.symbol().is_ascii(), "{cell:?}"),
                        "no colour" => assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset)),
                        "terminal" => assert!(contrast(text, ground).is_none(), "{cell:?}"),
                        _ => assert!(contrast(text, ground) >= Some(4.5), "{name}: {cell:?}"),
                    }
                }
            })
            .await;
        }
    }
}

#[tokio::test]
async fn all_looks_say_the_same() {
    for size in SIZES {
        let mut said: Option<Vec<Vec<String>>> = None;
        for (number, (name, styles, _)) in looks().into_iter().enumerate() {
            let mut frames = Vec::new();
            tour((always(When::Auto), styles), size, &format!("same{number}"), |frame| {
                frames.push(frame.content.iter().map(|cell| cell.symbol().to_owned()).collect());
            })
            .await;
            assert!(*said.get_or_insert_with(|| frames.clone()) == frames, "{name} at {size:?}");
        }
    }
}

/// Every style of text by its name.
fn styles_of_text(styles: &Styles) -> Vec<(&'static str, Style)> {
    let [low, middle, high, top] = styles.scores;
    vec![
        ("text", styles.text),
        ("dim", styles.dim),
        ("title", styles.title),
        ("author", styles.author),
        ("op", styles.op),
        ("low", low),
        ("middle", middle),
        ("high", high),
        ("top", top),
        ("quote", styles.quote),
        ("quote bar", styles.quote_bar),
        ("code", styles.code),
        ("link", styles.link),
        ("here", styles.here),
        ("key", styles.key),
        ("notice", styles.notice),
        ("problem", styles.problem),
        ("status", styles.status),
        ("key in a message", styles.status_key),
        ("match here", styles.match_here),
        ("match elsewhere", styles.match_elsewhere),
        ("new", styles.new),
        ("risen", styles.risen),
        ("open tab", styles.tab_open),
        ("tab", styles.tab),
        ("rank", styles.rank),
        ("entry", styles.entry),
        ("visited", styles.visited),
        ("domain", styles.domain),
        ("meta", styles.meta),
    ]
}

#[test]
fn every_style_has_the_contrast_of_text_on_its_background() {
    for (name, styles, background) in looks().into_iter().filter(|(.., background)| *background != Color::Reset) {
        for (what, style) in styles_of_text(&styles).into_iter().chain([("path", styles.path)]) {
            let (text, ground) = (style.fg.expect("a colour"), style.bg.unwrap_or(background));
            let contrast = contrast(text, ground).expect("both are known");
            assert!(contrast >= 4.5, "{what} of {name}: {contrast:.2}");
            assert!(!style.add_modifier.contains(Modifier::DIM), "{what} of {name} would be less than its colour");
        }
    }
}

#[test]
fn the_terminals_own_colours_can_be_read_on_five_palettes() {
    let styles = Styles::new(true, false);
    for (name, background, colours) in palettes::NAMED {
        for (what, style) in styles_of_text(&styles).into_iter().chain([("path", styles.path), ("apart", styles.apart)])
        {
            let Some(colour) = style.fg.filter(|colour| *colour != Color::Reset) else { continue };
            let contrast =
                contrast(palettes::shown(colour, &colours), palettes::rgb(background)).expect("both are known");
            assert!(contrast >= 3.0, "{what} on {name}: {contrast:.2}");
        }
    }
}

#[test]
fn without_colours_attributes_tell_apart_what_no_word_or_sign_does() {
    for (name, styles, _) in looks() {
        for (one, other) in [
            (styles.match_here, styles.text),
            (styles.match_elsewhere, styles.text),
            (styles.match_elsewhere, styles.match_here),
            (styles.match_here, styles.quote),
            (styles.match_elsewhere, styles.quote),
            (styles.match_elsewhere, styles.link),
            (styles.link, styles.text),
            (styles.entry, styles.visited),
            (styles.tab_open, styles.tab),
            (styles.status, styles.text),
            (styles.title, styles.text),
            (styles.new, styles.dim),
        ] {
            let bare = |style: Style| (style.add_modifier, style.bg);
            assert_ne!(bare(one), bare(other), "{name}: {one:?} {other:?}");
        }
    }
}

#[tokio::test]
async fn ascii_is_ascii_in_every_place() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        let styles = Styles::new(true, true);
        let options = Options { ascii: true, ..always(When::Always) };
        tour((options, styles), size, "ascii", |frame| {
            let odd: Vec<&Cell> = frame.content.iter().filter(|cell| !cell.symbol().is_ascii()).collect();
            assert!(odd.is_empty(), "{odd:?}");
        })
        .await;
    }
}

/// The text of a column.
fn column(frame: &Buffer, x: u16) -> String {
    (0..frame.area.height).filter_map(|y| frame.cell((x, y))).map(Cell::symbol).collect()
}

/// The demo on a screen of this many columns, with or without the map.
async fn demo<T>(minimap: When, columns: u16, script: impl AsyncFnOnce(&mut Driver) -> T) -> T {
    let options = Options { minimap, hints: false, ..Options::default() };
    read_as("demo", (options, Styles::new(true, false)), (columns, 40), async |driver: &mut Driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        script(driver).await
    })
    .await
}

#[tokio::test]
async fn the_map_has_a_column_of_its_own() {
    let beside = demo(When::Auto, 120, async |driver: &mut Driver| driver.frame()).await;
    let without = demo(When::Never, 117, async |driver: &mut Driver| driver.frame()).await;
    for x in 0..117 {
        let above = |frame: &Buffer| column(frame, x).chars().take(38).collect::<String>();
        assert_eq!(above(&beside), above(&without), "column {x}");
    }
    for (minimap, columns, has) in
        [(When::Auto, 99, false), (When::Auto, 100, true), (When::Never, 120, false), (When::Always, 40, true)]
    {
        let frame = demo(minimap, columns, async |driver: &mut Driver| driver.frame()).await;
        assert_eq!(column(&frame, columns - 2).starts_with('◀'), has, "{minimap:?} {columns}");
    }
}

#[tokio::test]
async fn the_map_shows_where_the_reader_is_and_where_something_is_shown() {
    demo(When::Auto, 120, async |driver: &mut Driver| {
        let map = |frame: &Buffer| column(frame, 118).chars().take(38).collect::<Vec<_>>();
        let place = |frame: &Buffer| map(frame).iter().position(|c| *c == '◀');
        assert_eq!(place(&driver.frame()), Some(0));
        driver.key("G").wait_for("end/110").await;
        assert_eq!(place(&driver.frame()), Some(37));
        driver.key("g").wait_for("story/110").await;
        let mut last = 0;
        for number in 0..12 {
            let before = driver.screen();
            driver.key("t").wait("the next one", |screen| screen != before).await;
            let now = place(&driver.frame()).expect("a place");
            assert!(now >= last, "{number}");
            last = now;
        }
        assert!(last > 10);
        // Whatever the thresholds make of it, the place in the whole thread stays.
        driver.keys("g . .").wait_for("below 3").await;
        let few = map(&driver.frame());
        driver.keys("E f12").wait_for("does nothing").await;
        let all = map(&driver.frame());
        let blank = |map: &[char]| map.iter().filter(|c| **c == ' ').count();
        assert!(blank(&few) > 3 && blank(&all) == 0, "{few:?} {all:?}");
        for map in [&few, &all] {
            assert!(map.contains(&'│') && map.contains(&'┃'), "{map:?}");
        }
    })
    .await;
}

/// The words of a frame that lead somewhere, with where.
fn leads(frame: &Buffer) -> Vec<(String, String)> {
    let mut leads: Vec<(String, String)> = Vec::new();
    let mut last = None;
    for cell in &frame.content {
        let target = link::target(cell.underline_color).map(|(_, address)| address);
        match (&target, leads.last_mut()) {
            (Some(address), Some((words, _))) if last.as_ref() == Some(address) => words.push_str(cell.symbol()),
            (Some(address), _) => leads.push((cell.symbol().to_owned(), address.clone())),
            (None, _) => {}
        }
        last = target;
    }
    leads
}

#[tokio::test]
async fn links_lead_where_they_say_and_only_where_they_may() {
    let styles = Styles { hyperlinks: true, ..Styles::new(true, false) };
    for (styles, expected) in [(styles, true), (Styles::new(true, false), false)] {
        read_as("demo", (Options::default(), styles), (120, 40), async |driver: &mut Driver| {
            driver.wait_for("Library Brings Back").await;
            driver.wait_gone("loading").await;
            assert_eq!(!leads(&driver.frame()).is_empty(), expected);
            driver.key("L").wait_for("Links").await;
            let in_list = leads(&driver.frame());
            assert_eq!(in_list.iter().any(|(words, address)| words.trim() == address), expected, "{in_list:?}");
            driver.key("esc").wait_gone("Links").await;
            driver.keys("E f12").wait_for("does nothing").await;
            for _ in 0..30 {
                let before = driver.screen();
                for (_, address) in leads(&driver.frame()) {
                    assert!(address.starts_with("http") || address.starts_with("mailto:"), "{address}");
                }
                driver
                    .key("pgdn")
                    .wait("a page further", |screen| screen != before || screen.contains("the end"))
                    .await;
            }
        })
        .await;
    }
}

#[tokio::test]
async fn the_bar_of_a_long_scale_shows_the_bounds_and_takes_clicks() {
    let comment = |(id, score): (usize, i32)| json!({"id": id.to_string(), "author": "a", "score": score, "text": "x"});
    let scores = [-60, -12, -7, -3, -1, 0, 1, 1, 2, 3, 7, 15, 40, 90, 170, 480, 900, 2_200, 7_000, 30_000];
    let comments: Vec<_> = scores.into_iter().enumerate().map(comment).collect();
    let thread = json!({"site": "lemmy", "title": "Long", "score_kind": "points", "comments": comments});
    let path = env::temp_dir().join(format!("lurker-look-{}-long.json", crate::support::unique()));
    fs::write(&path, thread.to_string().replacen('{', "{\"format\":\"lurker-thread-1\",", 1))
        .expect("a temporary file");
    for (columns, lines) in SIZES {
        let look = (Options { hints: false, ..Options::default() }, Styles::new(true, false));
        read_as(path.to_str().expect("UTF-8"), look, (columns, lines), async |driver: &mut Driver| {
            driver.wait("all", |screen| screen.contains("20 full") || screen.contains("20 in full")).await;
            driver.keys("s 1 0 0 enter").wait_for("14 hidden").await;
            driver.wait("six in full", |screen| screen.contains("6 full") || screen.contains("6 in full")).await;
            // The first cell holds the lowest scores, so nothing is below it.
            driver
                .send(Event::Click(2, usize::from(lines) - 2))
                .wait("all in full", |screen| screen.contains("20 full") || screen.contains("20 in full"))
                .await;
            driver.wait_gone(" hidden").await;
        })
        .await;
    }
    fs::remove_file(path).expect("the file");
}

#[tokio::test]
async fn a_narrow_header_keeps_the_subject_the_score_and_the_name() {
    for (columns, parts) in [
        (40, &["That is not", "3 ", "Select"][..]),
        (60, &["That is not", "3 Informative", "Selectric Avenue"]),
        (100, &["That is not", "3 Informative", "Selectric Avenue", "1d"]),
    ] {
        screen::demo((columns, 12), async |driver| {
            driver
                .keys("/ S e l e c t r i c enter")
                .wait("the match", |screen| screen.contains("1/") && screen.contains("“Select"))
                .await;
            let here = driver.here();
            for part in parts {
                assert!(here.contains(part), "{part}: {here}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn every_comment_with_a_subject_says_it_on_every_screen() {
    for columns in [40, 50, 60, 80] {
        screen::demo((columns, 90), async |driver| {
            let folded = driver.key("C").wait_for("[+").await;
            for subject in ["Two seconds", "Ask the p", "That is not", "How to f", "Not one w", "Keeping t"] {
                assert!(folded.contains(subject), "{subject}: {folded}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_tag_without_room_is_cut_and_takes_nothing_with_it() {
    for columns in [40, 50, 60, 80] {
        screen::demo((columns, 12), async |driver| {
            let asks = |screen: &str| screen.lines().last().is_some_and(|line| line.trim_start().starts_with("tag"));
            driver.keys("t M t").wait("the prompt", asks).await;
            let tag = "somebody who knows more about birds than others do".to_owned();
            driver.send(Event::Paste(tag)).key("enter").wait_for("is tagged").await;
            let here = driver.key("f12").wait_gone("is tagged").await;
            let here = here.lines().find(|line| line.starts_with('▌')).expect("the reader's line");
            assert!(
                here.contains("[some") && here.contains('…') && (columns < 60 || here.contains("1d")),
                "{columns}: {here}"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn a_comment_on_one_line_tells_its_content_also_on_a_narrow_screen() {
    screen::demo((40, 200), async |driver| {
        let screen = driver.screen();
        let is_shallow = |line: &&str| line.split_once('▹').is_some_and(|(before, _)| before.chars().count() < 6);
        let is_hidden = |line: &&str| line.contains("▹ hidden");
        let lines: Vec<&str> = screen.lines().filter(is_shallow).filter(|line| !is_hidden(line)).collect();
        assert!(lines.len() > 3, "{screen}");
        for line in lines {
            let words = line.trim_end_matches([' ', '│', '┃', '◀']);
            assert!(words.ends_with('…') || line.contains("Luxury"), "{line:?}");
        }
    })
    .await;
}
