//! Texts of many scripts on terminals that join the characters of a cluster and on those that do not: after any change the
//! screen is as if it had just been drawn whole.

use std::cell::Cell as Kept;
use std::rc::Rc;
use std::sync::Arc;

use lurker::app::{App, Code, Effect, Event, Key, Options};
use lurker::markup::clean;
use lurker::model::{Story, Text, Thread};
use lurker::shell::cluster_backend::ClusterBackend;
use lurker::shell::shipped_keys;
use lurker::ui::{self, Styles};
use ratatui::Terminal;
use ratatui::buffer::CellWidth;
use ratatui::layout::Size;
use unicode_segmentation::UnicodeSegmentation;

use crate::support::columns::{Columns, SizedScreen, Written};
use crate::support::random::{Rng, seeds};
use crate::support::trees::{build, forest};

const NOW: i64 = 1_791_400_000;
/// A word of each script or kind whose clusters terminals give different columns, and some of those that none does.
const WORDS: [&str; 30] = [
    "word",
    "naïve",
    "e\u{301}a\u{308}",
    "日本語の文章",
    "한국어",
    "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
    "ｶﾞｷﾞﾊﾟ",
    "हिन्दी में",
    "वाक्यों",
    "বাংলা ভাষা",
    "తెలుగు లో",
    "தமிழ் கோ",
    "മലയാളം",
    "น้ำทำคำ",
    "မြန်မာစာ",
    "ភាសាខ្មែរ",
    "සිංහල",
    "བོད་སྐད",
    "\u{600}123",
    "العَرَبِيَّة",
    "עברית שָׁלוֹם",
    "می\u{200c}خواهم",
    "👩‍👩‍👧‍👦",
    "👨🏽‍🚀👍🏿",
    "🇳🇿🇩🇪",
    "❤️1️⃣☎",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "🏽",
    "ा",
    "x",
];
const KEYS: [&str; 22] = [
    "j", "k", "j", "k", "space", "b", "J", "K", "enter", "tab", "g", "G", "f", ".", ",", "]", "[", "t", "?", "esc",
    "ctrl-d", "u",
];

/// A text of such words, of the worst that may be made of them, and of what they are made of.
fn text(rng: &mut Rng, words: usize) -> String {
    let mut text = String::new();
    for mut rng in rng.parts(words) {
        let word = *rng.pick(&WORDS);
        match rng.below(20) {
            0..16 => text.push_str(word),
            16 => text.extend(word.chars().rev()),
            17 => text.push_str(&word.graphemes(true).next().unwrap_or_default().repeat(1 + rng.below(60))),
            18 => text.extend(std::iter::repeat_n(word.chars().last().unwrap_or(' '), rng.below(60))),
            _ => text.extend(["👩\u{200d}".repeat(rng.below(300)).as_str(), "👧"]),
        }
        text.push_str(rng.pick::<&str>(&[" ", " ", " ", "", "\n\n"]));
    }
    rng.tell(clean(text.trim()).into_owned())
}

fn thread(rng: &mut Rng) -> Thread {
    let mut plans = forest(rng);
    for (plan, mut rng) in plans.iter_mut().zip(rng.parts(40)) {
        let words = rng.below(40);
        plan.subject = text(&mut rng, 2).replace('\n', " ");
        plan.author = Some(text(&mut rng, 1).replace('\n', " "));
        plan.body = Text::unmarked(text(&mut rng, words));
    }
    let title = text(rng, 6).replace('\n', " ");
    build(&plans, Story { title, site: "x".to_owned(), ..Story::default() })
}

/// One terminal that is drawn on from the first frame on.
struct Shown {
    screen: Terminal<ClusterBackend<SizedScreen>>,
    written: Written,
    size: Rc<Kept<Size>>,
    terminals: [Columns; 2],
}

impl Shown {
    fn new(size: Size) -> Self {
        let (written, size) = (Written::default(), Rc::new(Kept::new(size)));
        let backend = ClusterBackend::new(SizedScreen::new(written.clone(), Rc::clone(&size))).with_scrolling(true);
        let columns = (size.get().width.into(), size.get().height.into());
        let terminals = [true, false].map(|joins| Columns::new(joins, columns));
        let mut shown = Self { screen: Terminal::new(backend).expect("a screen"), written, size, terminals };
        shown.clear();
        shown
    }

    fn clear(&mut self) {
        self.screen.resize(self.size.get().into()).expect("memory takes all");
    }

    fn resize(&mut self, size: Size) {
        self.size.set(size);
        self.terminals.iter_mut().for_each(|terminal| terminal.resize((size.width.into(), size.height.into())));
        self.clear();
    }

    /// Draws, and gives what the buffer holds, column by column.
    fn draw(&mut self, app: &App, styles: &Styles) -> Vec<Vec<String>> {
        let frame = self.screen.draw(|frame| ui::draw(app, styles, frame.area(), frame.buffer_mut()));
        let buffer = frame.expect("memory takes all").buffer.clone();
        let written = self.written.take();
        self.terminals.iter_mut().for_each(|terminal| terminal.write(&written));
        let lines = buffer.content().chunks(usize::from(buffer.area.width).max(1));
        lines
            .map(|line| {
                let mut texts = vec![String::new(); line.len()];
                let mut x = 0;
                while let Some(cell) = line.get(x) {
                    cell.symbol().clone_into(&mut texts[x]);
                    x += usize::from(cell.cell_width()).max(1);
                }
                texts
            })
            .collect()
    }

    fn check(&mut self, app: &App, styles: &Styles) {
        let meant = self.draw(app, styles);
        assert_eq!(self.terminals[0].texts(), meant, "a terminal that joins shows what is meant");
        let mut anew = Self::new(self.size.get());
        anew.draw(app, styles);
        for (terminal, anew) in self.terminals.iter().zip(&anew.terminals) {
            assert_eq!(terminal.texts(), anew.texts(), "as drawn anew");
            assert!(!terminal.has_wrapped, "no line goes on in the next");
        }
    }
}

/// Starts the program; the number of its first load.
fn request(app: &mut App) -> u64 {
    let loads = app.start().into_iter().find_map(|effect| match effect {
        Effect::Load { request, .. } => Some(request),
        _ => None,
    });
    loads.expect("something to load")
}

fn size(rng: &mut Rng) -> Size {
    let size = Size::new(8 + rng.below(63) as u16, 4 + rng.below(21) as u16);
    rng.tell(size)
}

#[test]
fn after_any_change_the_screen_is_as_drawn_anew() {
    let scrolled = Kept::new(0);
    seeds(12, |rng| {
        let first = size(rng);
        let options = Options { hints: rng.chance(50), ..Options::default() };
        let keys = shipped_keys().expect("the shipped keys");
        let mut app = App::new("x".to_owned(), keys, options, (first.width.into(), first.height.into()), NOW);
        let styles = Styles { hyperlinks: rng.chance(50), ..Styles::new(true, rng.chance(30)) };
        let request = request(&mut app);
        let mut shown = Shown::new(first);
        shown.check(&app, &styles);
        app.update(Event::Arrived { request, thread: Arc::new(thread(rng)), loaded: 1, stated: None }, NOW);
        app.update(Event::Complete(request), NOW);
        shown.check(&app, &styles);
        for mut rng in rng.parts(40) {
            if rng.chance(5) {
                let size = size(&mut rng);
                shown.resize(size);
                app.update(Event::Resize(size.width.into(), size.height.into()), NOW);
            } else {
                let key = *rng.pick(&KEYS);
                app.update(Event::Key(Key::parse(rng.tell(key)).expect("a key")), NOW);
            }
            shown.check(&app, &styles);
        }
        scrolled.set(scrolled.get() + shown.terminals[0].scrolled);
    });
    assert!(scrolled.get() > 100, "regions were scrolled");
}

#[test]
fn what_is_pasted_is_cleaned() {
    let keys = shipped_keys().expect("the shipped keys");
    let mut app = App::new("x".to_owned(), keys, Options::default(), (80, 24), NOW);
    let request = request(&mut app);
    app.update(
        Event::Arrived { request, thread: Arc::new(build(&[], Story::default())), loaded: 0, stated: None },
        NOW,
    );
    app.update(Event::Key(Key::plain(Code::Char('/'))), NOW);
    app.update(Event::Paste("\ta\u{202e}b\n\nc\x1b[31m\td\u{200b}\u{301}\r\n".to_owned()), NOW);
    let typed = app.prompt().map(|prompt| prompt.typed.text().to_owned());
    assert_eq!(typed.as_deref(), Some("ab c[31m d\u{301}"));
}
