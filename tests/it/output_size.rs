//! The bytes that a key sends to the terminal, on the demo at 120×40, and the screen that they make of the one before.

use std::cell::Cell as Kept;
use std::num::NonZeroU16;
use std::rc::Rc;
use std::sync::Arc;

use lurker::app::{App, Event, Key, Options, When};
use lurker::shell::cluster_backend::ClusterBackend;
use lurker::shell::source::DEMO;
use lurker::shell::{shipped_keys, theme};
use lurker::site::{Content, saved};
use lurker::ui::{self, Depth, Styles};
use ratatui::Terminal;
use ratatui::layout::Size;
use vt100::{Parser, Screen};

use crate::support::columns::{SizedScreen, Written};
use crate::support::random::seeds;

const SIZE: Size = Size::new(120, 40);
const NOW: i64 = 1_791_474_000;
const KEYS: [&str; 20] = [
    "j", "j", "j", "k", "k", "J", "K", "t", "T", "ctrl-d", "ctrl-u", "pgdn", "pgup", "enter", "h", "l", "?", "esc",
    "tab", "G",
];

type Screened = Terminal<ClusterBackend<SizedScreen>>;

fn screen(written: &Written) -> Screened {
    let backend = ClusterBackend::new(SizedScreen::new(written.clone(), Rc::new(Kept::new(SIZE))));
    Terminal::new(backend.with_scrolling(true)).expect("a screen")
}

fn terminal() -> Parser {
    let cells = |cells| NonZeroU16::new(cells).expect("a size above 0");
    let mut parser = Parser::default();
    parser.set_size(cells(SIZE.height), cells(SIZE.width));
    parser
}

/// The demo on a terminal.
struct Reader {
    app: App,
    styles: Styles,
    screen: Screened,
    written: Written,
    terminal: Parser,
    /// Lines by which the last frame scrolled.
    scrolled: usize,
}

impl Reader {
    fn new(minimap: When, styles: &Styles) -> Self {
        let (columns, lines) = (usize::from(SIZE.width), usize::from(SIZE.height));
        let keys = shipped_keys().expect("the shipped keys");
        let options = Options { minimap, ..Options::default() };
        let mut app = App::new("demo".to_owned(), keys, options, (columns, lines), NOW);
        app.start();
        let Ok(Content::Thread(thread)) = saved::read(DEMO, None) else { unreachable!("the demo is a thread") };
        let loaded = thread.len();
        app.update(Event::Arrived { request: 1, thread: Arc::new(*thread), loaded, stated: Some(loaded) }, NOW);
        app.update(Event::Complete(1), NOW);
        let written = Written::default();
        let screen = screen(&written);
        let mut reader = Self { app, styles: *styles, screen, written, terminal: terminal(), scrolled: 0 };
        reader.draw();
        reader
    }

    /// Draws, and counts the bytes.
    fn draw(&mut self) -> usize {
        let (app, styles) = (&self.app, &self.styles);
        self.screen.draw(|frame| ui::draw(app, styles, frame.area(), frame.buffer_mut())).expect("memory takes all");
        let written = self.written.take();
        self.terminal.process(written.as_bytes());
        self.scrolled = scrolled(&written);
        written.len()
    }

    fn send(&mut self, event: Event) -> usize {
        self.app.update(event, NOW);
        self.draw()
    }

    fn key(&mut self, key: &str) -> usize {
        self.send(Event::Key(Key::parse(key).expect("a key")))
    }
}

/// Lines that a frame scrolled: the number of those deleted at the top of a region, or inserted there.
fn scrolled(written: &str) -> usize {
    let mut sequences = written.split("\x1b[").filter_map(|sequence| sequence.strip_suffix(['M', 'L']));
    sequences.find_map(|lines| lines.parse().ok()).unwrap_or(0)
}

/// The styles of a terminal of 16 colours, and those of one with 256 or with true colours and a page of its own.
fn looks() -> [Styles; 3] {
    let dark = || theme::shipped("dark").expect("it is shipped");
    let themed = |depth| Styles::themed(dark(), depth, false);
    [Styles::new(true, false), themed(Depth::Indexed), themed(Depth::True)]
}

#[test]
fn a_key_that_changes_nothing_sends_nothing() {
    for styles in looks() {
        let mut reader = Reader::new(When::Always, &styles);
        reader.key("g");
        reader.key("k");
        assert_eq!([reader.key("k"), reader.key("g"), reader.send(Event::Tick)], [0; 3]);
    }
}

/// With `LURKER_BYTES` set and `--no-capture`, it says how many.
#[test]
fn a_scrolled_line_takes_few_bytes() {
    for (minimap, most) in [(When::Never, 600), (When::Always, 1500)] {
        for (name, styles) in ["16 colours", "256 colours", "true colours"].into_iter().zip(looks()) {
            let mut reader = Reader::new(minimap, &styles);
            let mut check = |what: &str, presses: usize, press: &mut dyn FnMut(&mut Reader) -> usize| {
                let costs: Vec<usize> = (0..presses).map(|_| press(&mut reader) / reader.scrolled.max(1)).collect();
                let worst = costs.iter().max().expect("some");
                say(&format!("map {minimap:?}, {name}: {what} takes at most {worst} bytes a line: {costs:?}"));
                assert!(*worst <= most, "map {minimap:?}, {name}: {what}: {costs:?}");
            };
            check("a notch of the wheel", 30, &mut |reader| reader.send(Event::Wheel(1, 0)));
            check("a notch back", 30, &mut |reader| reader.send(Event::Wheel(-1, 0)));
            for key in ["j", "k"] {
                let costs: Vec<usize> = (0..20).map(|_| reader.key(key)).collect();
                say(&format!("map {minimap:?}, {name}: {key} takes {costs:?}"));
            }
        }
    }
}

#[expect(clippy::print_stdout, reason = "the figures are for whoever asks")]
fn say(line: &str) {
    if std::env::var_os("LURKER_BYTES").is_some() {
        println!("{line}");
    }
}

/// Every cell with its colours and attributes; of a blank one, the background.
fn cells(screen: &Screen) -> Vec<String> {
    let cell = |y, x| {
        let cell = screen.cell(y, x).expect("a cell");
        let seen = (cell.bgcolor(), cell.inverse(), cell.underline());
        if cell.has_contents() && cell.contents() != " " {
            format!("{} {:?} {seen:?} {:?}", cell.contents(), cell.fgcolor(), (cell.bold(), cell.dim(), cell.italic()))
        } else {
            format!("{seen:?}")
        }
    };
    (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| cell(y, x))).collect()
}

#[test]
fn what_was_scrolled_looks_as_drawn_anew() {
    seeds(4, |rng| {
        let styles = *rng.pick(&looks());
        let mut reader = Reader::new(*rng.pick(&[When::Never, When::Always]), &styles);
        for mut rng in rng.parts(25) {
            let key = *rng.pick(&[&["up", "down", "down"], KEYS.as_slice()].concat());
            match rng.tell(key) {
                "up" => reader.send(Event::Wheel(-1, 0)),
                "down" => reader.send(Event::Wheel(1, 0)),
                key => reader.key(key),
            };
            let (written, mut anew) = (Written::default(), terminal());
            let mut screen = screen(&written);
            screen.draw(|frame| ui::draw(&reader.app, &styles, frame.area(), frame.buffer_mut())).expect("memory");
            anew.process(written.take().as_bytes());
            let pairs = cells(reader.terminal.screen()).into_iter().zip(cells(anew.screen())).enumerate();
            let differing: Vec<_> = pairs.filter(|(_, (scrolled, anew))| scrolled != anew).take(3).collect();
            assert!(differing.is_empty(), "after {key}: {differing:?}");
        }
    });
}
