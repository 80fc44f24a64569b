//! The event loop: what arrives while a frame is being written, and a screen that fails.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;

use lurker::app::{App, Event, Key, KnownState, Options};
use lurker::model::{Builder, Draft, Story};
use lurker::shell::desktop::{Desktop, Launch};
use lurker::shell::fetch::Fetcher;
use lurker::shell::input::Input;
use lurker::shell::keeper::Keeper;
use lurker::shell::run::{Ending, Environment, run};
use lurker::shell::shipped_keys;
use lurker::shell::store_settings::StoreSettings;
use lurker::shell::store_worker::StoreWorker;
use lurker::shell::terminal_output::TerminalOutput;
use lurker::shell::terminal_size::TerminalSize;
use lurker::store::ThreadKey;
use lurker::ui::Styles;
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::store::Folder;

/// More keys than the loop takes between two frames.
const MANY: usize = 5000;

/// A screen at which somebody types while a frame is written to it.
struct BusyScreen {
    inner: TestBackend,
    frames: usize,
    /// Takes what is typed during the second frame.
    typed: UnboundedSender<Input>,
    last: Option<Input>,
    /// The frame that cannot be written.
    fails_at: usize,
}

impl BusyScreen {
    fn type_keys(&mut self) {
        let Some(last) = self.last.take() else { return };
        for _ in 0..MANY {
            self.typed.send(key("z")).expect("the loop runs");
        }
        self.typed.send(last).expect("the loop runs");
    }
}

fn key(name: &str) -> Input {
    Input::Event(Event::Key(Key::parse(name).expect("a key")))
}

impl Backend for BusyScreen {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Self::Error> {
        of_memory(self.inner.draw(content))
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        of_memory(self.inner.hide_cursor())
    }

    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        of_memory(self.inner.show_cursor())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        of_memory(self.inner.get_cursor_position())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        of_memory(self.inner.set_cursor_position(position))
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        of_memory(self.inner.clear())
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Self::Error> {
        of_memory(self.inner.clear_region(region))
    }

    fn size(&self) -> Result<Size, Self::Error> {
        of_memory(self.inner.size())
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        of_memory(self.inner.window_size())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.frames += 1;
        if self.frames == 2 {
            self.type_keys();
        }
        if self.frames == self.fails_at {
            return Err(io::Error::other("the screen is gone"));
        }
        of_memory(self.inner.flush())
    }
}

/// A screen of memory cannot fail.
fn of_memory<T>(outcome: Result<T, Infallible>) -> io::Result<T> {
    outcome.map_err(|never| match never {})
}

/// Nothing is loaded, opened or copied.
struct Nothing;

impl Fetcher for Nothing {
    fn load(&mut self, _: u64, _: &str, _: Option<&str>, _: KnownState) {}

    fn cancel(&mut self, _: u64) {}

    fn knows(&self, _: &str, _: &str) -> bool {
        false
    }
}

impl Desktop for Nothing {
    fn browse(&mut self, _: &str) -> Launch {
        Launch::Said(String::new())
    }

    fn copy(&mut self, _: &str, _: &str) -> String {
        String::new()
    }

    fn suspend(&mut self) {}
}

/// Runs the loop; its end, and the frames that it drew after that in which the keys were typed.
async fn run_until(last: Input) -> (Ending, usize) {
    let (typed, inputs) = unbounded_channel();
    let (_answer, answers) = unbounded_channel();
    let backend = BusyScreen { inner: TestBackend::new(80, 24), frames: 0, typed, last: Some(last), fails_at: 0 };
    let mut screen = Terminal::new(backend).expect("a screen of memory");
    let keys = shipped_keys().expect("the shipped keys");
    let environment = Environment {
        inputs,
        answers,
        fetcher: &mut Nothing,
        keeper: Keeper::new(StoreWorker::none(), unbounded_channel().0),
        desktop: &mut Nothing,
        size: TerminalSize::default(),
        output: TerminalOutput::default(),
        clock: &|| 0,
        styles: Styles::new(true, false),
    };
    let app = App::new("demo".to_owned(), keys, Options::default(), (80, 24), 0);
    let ending = run(app, &mut screen, environment).await.expect("a screen of memory");
    (ending, screen.backend().frames - 2)
}

#[tokio::test]
async fn what_ends_the_program_goes_before_the_keys_typed_while_a_frame_was_written() {
    assert_eq!(run_until(key("ctrl-c")).await, (Ending::Quit, 0));
    assert_eq!(run_until(Input::Terminate(138)).await, (Ending::Terminated(138), 0));
    let (_, frames) = run_until(key("q")).await;
    assert!(frames > 2, "any other key waits for its turn");
}

/// Gives a thread for every target.
struct One(UnboundedSender<Event>);

impl Fetcher for One {
    fn load(&mut self, request: u64, _: &str, _: Option<&str>, _: KnownState) {
        let mut builder = Builder::new();
        builder.push(&Draft { id: "7", ..Draft::default() });
        let thread = Arc::new(builder.finish(story()));
        for event in [Event::Arrived { request, thread, loaded: 1, stated: None }, Event::Complete(request)] {
            self.0.send(event).expect("the loop runs");
        }
    }

    fn cancel(&mut self, _: u64) {}

    fn knows(&self, _: &str, _: &str) -> bool {
        false
    }
}

fn story() -> Story {
    Story { site: "hn".to_owned(), id: "1".to_owned(), ..Story::default() }
}

#[tokio::test]
async fn a_visit_ends_also_where_the_screen_fails() {
    let folder = Folder::new("screen-fails");
    let settings = StoreSettings { folder: Some(folder.path().to_owned()), ..StoreSettings::default() };
    let store = StoreWorker::start(settings, || 0);
    let ((typed, inputs), (answer, answers)) = (unbounded_channel(), unbounded_channel());
    let fails_at = 4;
    let backend = BusyScreen { inner: TestBackend::new(80, 24), frames: 0, typed: typed.clone(), last: None, fails_at };
    let mut screen = Terminal::new(backend).expect("a screen of memory");
    let environment = Environment {
        inputs,
        answers,
        fetcher: &mut One(answer.clone()),
        keeper: Keeper::new(store.clone(), answer),
        desktop: &mut Nothing,
        size: TerminalSize::default(),
        output: TerminalOutput::default(),
        clock: &|| 70,
        styles: Styles::new(true, false),
    };
    // Each brings a frame.
    (0..2 * fails_at).for_each(|_| typed.send(Input::Resized).expect("the loop runs"));
    let options = Options { remembers: true, ..Options::default() };
    let app = App::new("hn:1".to_owned(), shipped_keys().expect("the shipped keys"), options, (80, 24), 0);
    let typing = async {
        for _ in 0..40 {
            tokio::task::yield_now().await;
            let _ = typed.send(Input::Resized);
        }
    };
    let (ending, ()) = tokio::join!(run(app, &mut screen, environment), typing);
    assert_eq!(ending.map_err(|error| error.to_string()), Err("the screen is gone".to_owned()));
    store.finish();
    let left =
        store.read(|store| Ok(store.entries(&[ThreadKey::of(&story())])?[0].and_then(|entry| entry.left_at))).await;
    assert_eq!(left, Some(Some(70)));
}
