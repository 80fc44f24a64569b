//! The app under random events: the reader is on a row that shows, and every size of a screen can be drawn.

use std::sync::{Arc, LazyLock};

use lurker::app::{
    App, Code, Effect, Event, Key, KnownState, Options, Page, StoreAnswer, StoreRequest, ThreadMemory, TransferLine,
};
use lurker::model::{Listing, LoadError, Thread};
use lurker::shell::source::DEMO;
use lurker::shell::{shipped_keys, theme, vi_keys};
use lurker::site::{Content, saved};
use lurker::ui::{self, Depth, Styles};
use lurker::view::{LastVisit, OrderedThread, Seen, StoryMemory};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::Value;

use super::documents::fixtures;
use super::engine::shape;
use crate::support::fixtures::all;
use crate::support::texts::is_forbidden;
use crate::thread_format::{json, thread};

const NOW: i64 = 1_791_474_000;
/// Events of one input.
const MOST: usize = 150;
/// Effects that may wait for their outcome.
const WAITING: usize = 6;

/// Keys that are no characters, for the bytes below the space.
const NAMED: [Code; 16] = [
    Code::Enter,
    Code::Esc,
    Code::Tab,
    Code::Backspace,
    Code::Delete,
    Code::Up,
    Code::Down,
    Code::Left,
    Code::Right,
    Code::Home,
    Code::End,
    Code::PageUp,
    Code::PageDown,
    Code::F(1),
    Code::F(2),
    Code::Char('é'),
];

/// Series of keys, and of other bytes that stand for events.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let keys: [&[u8]; 16] = [
        b"\0jjjkJKtTG\x0b/the\0nnN\x01",
        b"\x01\0hl\0 \0b\0xcCEEc=zZzZ",
        b"\x02,,..[[]]%%%%s20%\0s10m\0s3\0==",
        b"\x03fby:ann OR score:>=2\0jjG\x01\x01f\"x\0",
        b"\x04SjjSjjjSjSkk\0pip",
        b"\x05123456789iwX\x01ymM\x06\x06\0M\x01",
        b"\x06?jjjj\x01?/fold\0\x01:hn:1\0q:r/rust\x02\x02\0",
        b"\x07RrrRr\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7rrr",
        b"\x08\xc0\x10\x10j\xc0\xff\xff\xc0\x01\x01j\xc0\x50\x18k\xc0\x00\x00\xc0\xa0\x05G",
        b"\x09\xa0\x05\x05\xa0\x05\x05\xa1\x30\x17\xb0\x20\x17\xb0\x30\x17\x90\x91\x92\x9f\x98",
        b"\x0a\xd0hello\0/\xd1\0f\xd2\x01",
        b"\x0bLj\0\x01|cat\0oOyY\\",
        b"\x0c\x82\x84\x85\x86\x95\x8f\x8e\x89\xf0\xf1\xf2\xf3",
        b"\x0dq\xe8\xe9\xea\xebq}{}}jj\0jq",
        b"\x0e\xf0\xf4jjj\xf0\xf0rXr\xe0\xf0uuuaaa",
        b"\x0fHj\0N/x\0\x01 12\0",
    ];
    keys.map(<[u8]>::to_vec).to_vec()
}

/// Threads of each site, and with them states of each that lack every third comment, or come to less.
static THREADS: LazyLock<Vec<Arc<Thread>>> = LazyLock::new(|| {
    let files = all().into_iter().map(|(_, bytes)| bytes).chain([DEMO.to_vec()]);
    let threads: Vec<Thread> = files.filter_map(|bytes| thread(&bytes)).filter(|thread| !thread.is_empty()).collect();
    let parts = threads.iter().flat_map(|whole| [3, 2].map(|every| without(whole, every)));
    let parts: Vec<Thread> = parts.flatten().collect();
    assert!(threads.len() > 30 && parts.len() > 30, "{} {}", threads.len(), parts.len());
    threads.into_iter().chain(parts).map(Arc::new).collect()
});

fn without(whole: &Thread, every: usize) -> Option<Thread> {
    let mut value: Value = serde_json::from_str(&json(whole)).expect("JSON");
    let comments = value.get_mut("comments")?.as_array_mut()?;
    let mut number = 0;
    comments.retain(|_| {
        number += 1;
        number % every != 0
    });
    thread(value.to_string().as_bytes())
}

static LISTS: LazyLock<Vec<Arc<Listing>>> = LazyLock::new(|| {
    let names =
        ["hackernews/news", "slashdot/front", "lobsters/hottest", "reddit/list", "lemmy/posts", "discourse/latest"];
    let lists = fixtures(&names).into_iter().filter_map(|bytes| match saved::read(&bytes, None) {
        Ok(Content::List(list)) => Some(Arc::new(*list)),
        Ok(Content::Thread(_)) | Err(_) => None,
    });
    lists.collect()
});

/// The app, and what it waits for.
struct Reader {
    app: App,
    styles: Styles,
    effects: Vec<Effect>,
    now: i64,
    is_over: bool,
    size: (usize, usize),
}

impl Reader {
    fn new(first: u8) -> Self {
        let keys = if first % 4 == 3 { vi_keys() } else { shipped_keys() };
        let options = Options {
            labels: vec!["Funny".to_owned(), "Troll".to_owned()],
            sites: vec!["slashdot".to_owned(), "hn".to_owned()],
            remembers: first.is_multiple_of(2),
            ..Options::default()
        };
        let size = (80, 24);
        let mut app = App::new("demo".to_owned(), keys.expect("the shipped keys"), options, size, NOW);
        let styles = match first % 3 {
            0 => Styles::new(false, true),
            1 => Styles::new(true, false),
            _ => Styles::themed(theme::shipped("dark").expect("it is shipped"), Depth::True, false),
        };
        let effects = app.start();
        let mut reader = Self { app, styles, effects, now: NOW, is_over: false, size };
        // The first load, of one thread or another, or of a list.
        reader.answer(usize::from(first), 0);
        reader
    }

    fn send(&mut self, event: Event) {
        if let Event::Resize(columns, lines) = event {
            self.size = (columns, lines);
        }
        let effects = self.app.update(event, self.now);
        for effect in effects {
            match effect {
                Effect::Quit => self.is_over = true,
                Effect::Load { .. }
                | Effect::Search { .. }
                | Effect::Wait(..)
                | Effect::Sort { .. }
                | Effect::Store(_) => {
                    self.effects.push(effect);
                }
                Effect::Follow(target) => self.effects.push(Effect::Follow(target)),
                _ => {}
            }
        }
        self.check();
        self.draw();
    }

    /// Gives an effect its outcome, of which the byte says how it goes.
    fn answer(&mut self, which: usize, how: usize) {
        if self.effects.is_empty() {
            return;
        }
        let effect = self.effects.remove(which % self.effects.len());
        match effect {
            Effect::Load { request, source, .. } => self.answer_load(request, &source, which, how),
            Effect::Search { number, thread, search } => {
                let matches = search.run(&thread, 0..thread.len());
                self.send(Event::Found { number, matches, is_all: !how.is_multiple_of(3) });
            }
            Effect::Sort { number, thread, order, .. } => {
                self.send(Event::Sorted { number, thread: OrderedThread::new(thread, order) });
            }
            Effect::Wait(number, _) => self.send(Event::WaitOver(number)),
            Effect::Follow(target) => self.send(Event::Open(target)),
            Effect::Store(request) => self.answer_store(request, which),
            _ => {}
        }
    }

    fn answer_load(&mut self, request: u64, source: &str, which: usize, how: usize) {
        let is_list = !source.contains(':') && source != "demo" && !which.is_multiple_of(5);
        match how % 8 {
            7 => self.send(Event::Failed(request, LoadError::other("it", "is not there"))),
            6 => {
                let line = TransferLine { words: "1 MiB so far".to_owned(), short: "1 MiB".to_owned() };
                self.send(Event::TransferProgress { request, line: Some(line) });
            }
            5 => self.send(Event::Located { request, url: "https://a.example/x".to_owned(), comment: None }),
            _ if is_list => self.send(Event::Listed { request, listing: Arc::clone(&LISTS[which % LISTS.len()]) }),
            _ => {
                let thread = Arc::clone(&THREADS[(which + how * 7) % THREADS.len()]);
                let loaded = thread.len();
                self.send(Event::Arrived { request, thread, loaded, stated: Some(loaded + which as u32 % 3) });
            }
        }
        if how % 4 != 3 {
            self.send(Event::Complete(request));
        } else if how % 8 == 3 {
            // More of it may come.
            let again = Effect::Load { request, source: source.to_owned(), from: None, known: KnownState::Shown };
            self.effects.push(again);
        }
    }

    fn answer_store(&mut self, request: StoreRequest, which: usize) {
        let answer = match request {
            StoreRequest::BeginVisit(number, thread) => {
                let seen = thread.iter().filter(|comment| comment.index() as usize % 3 != which % 3);
                let seen: Seen = seen.map(|comment| (comment.id().to_owned(), comment.score())).collect();
                let read = thread.iter().step_by(1 + which % 4).map(|comment| comment.id().to_owned()).collect();
                StoreAnswer::Visit(number, Box::new(ThreadMemory { seen: Some(seen), read, state: None }))
            }
            StoreRequest::Stories(entries) => {
                let memory = |number: usize| StoryMemory {
                    last_visit: (number % 3 == which % 3).then_some(LastVisit { comments: number as u32 }),
                    stored: (number % 2 == which % 2).then_some(7),
                };
                let entries = entries.into_iter().enumerate();
                StoreAnswer::Stories(entries.map(|(number, entry)| (entry, memory(number))).collect())
            }
            StoreRequest::TakeBackVisit(entry) => StoreAnswer::TakenBack {
                entry,
                is_done: which.is_multiple_of(2),
                before: Some(LastVisit { comments: 1 }),
            },
            _ => return,
        };
        self.send(Event::Stored(Box::new(answer)));
    }

    /// The reader is on a row that shows, or on a story that is there.
    fn check(&self) {
        let page = self.app.page();
        if let Some(view) = page.thread() {
            let place = view.place();
            assert!(view.is_shown(place.row), "{place:?}");
            let lines = i32::try_from(view.lines(place.row).len()).expect("few lines");
            assert!((1 - lines..view.geometry().height).contains(&place.y), "no line of {place:?} is on the screen");
            assert!(view.rows().iter().is_sorted(), "rows stand in their order");
        }
        if let Some(list) = page.list() {
            assert!(list.chosen() < list.len().max(1), "{} of {}", list.chosen(), list.len());
        }
    }

    fn draw(&self) {
        let area = Rect::new(0, 0, self.size.0 as u16, self.size.1 as u16);
        let mut buffer = Buffer::empty(area);
        ui::draw(&self.app, &self.styles, area, &mut buffer);
        let harmful = buffer.content().iter().find(|cell| cell.symbol().contains(|c| c == '\n' || is_forbidden(c)));
        assert!(harmful.is_none(), "{harmful:?}");
    }

    fn take(&mut self, byte: u8, next: &mut impl Iterator<Item = u8>) {
        let mut number = || usize::from(next.next().unwrap_or(0));
        let event = match byte {
            0x20..0x7f => Event::Key(Key::plain(Code::Char(char::from(byte)))),
            0..0x20 => {
                let code = NAMED[usize::from(byte) % NAMED.len()];
                Event::Key(Key { shift: byte >= 0x10, ..Key::plain(code) })
            }
            0x7f => Event::Key(Key { alt: true, ..Key::plain(Code::Char(',')) }),
            0x80..0x90 => {
                let letters = ['d', 'u', 'f', 'b', 'e', 'y', 'o', 'l', 'p', 'n', 'r', 'a', 'k', 'w', 'z', 'g'];
                Event::Key(Key { ctrl: true, ..Key::plain(Code::Char(letters[usize::from(byte - 0x80)])) })
            }
            0x98 => Event::WheelAcross(if number() % 2 == 0 { 1 } else { -1 }, (number() * 2, number())),
            0x90..0xa0 => Event::Wheel(i32::from(byte) - 0x98, usize::from(byte) % 3 * 90),
            0xa0..0xac => Event::Click(number() * 2, number()),
            0xac..0xb0 => Event::ClickAgain(number() * 2, number()),
            0xb0..0xc0 => Event::Drag(number() * 2, number()),
            0xc0..0xd0 => Event::Resize(number() % 251, number() % 81),
            0xd0..0xe0 => Event::Paste(
                ["", "words", "a\nb\u{202e}\x1b[2J", "by:ann", "20%", "hn:1"][usize::from(byte) % 6].to_owned(),
            ),
            0xe0..0xf0 => return self.answer(usize::from(byte), number()),
            0xf0..0xf8 => Event::Drawn,
            0xf8..0xfc => Event::Tick,
            _ => Event::Report("a report".to_owned()),
        };
        self.send(event);
    }
}

pub(super) fn check(bytes: &[u8]) -> u64 {
    let mut bytes = bytes.iter().copied();
    let mut reader = Reader::new(bytes.next().unwrap_or(0));
    for _ in 0..MOST {
        let Some(byte) = bytes.next() else { break };
        reader.now += i64::from(byte % 4);
        reader.take(byte, &mut bytes);
        if reader.effects.len() > WAITING {
            reader.answer(0, usize::from(byte));
        }
        if reader.is_over {
            break;
        }
    }
    state(&reader.app)
}

/// Where an input has led.
fn state(app: &App) -> u64 {
    let page: &Page = app.page();
    let overlay = app.overlay().map(|overlay| format!("{overlay:?}").chars().take(8).collect::<String>());
    let prompt = app.prompt().map(|prompt| format!("{:?}", prompt.question));
    let thread = page
        .thread()
        .map(|view| (view.filter().is_some(), view.order(), view.rows().len().min(20), view.thread().len().min(8)));
    let list = page.list().map(|list| (list.filter().is_some(), list.len().min(4)));
    shape((
        overlay,
        prompt,
        thread,
        list,
        page.error().is_some(),
        app.is_loading(),
        app.has_way_back(),
        app.message().is_some(),
    ))
}
