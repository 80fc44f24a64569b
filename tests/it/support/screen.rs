//! The program's own loop on a screen of memory: keys go in, frames come out, and the network is the test's.

use std::convert::Infallible;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lurker::app::{App, Event, Key, KeyMap, Network, Options};
use lurker::model::Thread;
use lurker::shell::desktop::{Desktop, Launch};
use lurker::shell::fetch::{Fetcher, Service};
use lurker::shell::http::{HostLimits, Settings, known_host_limits};
use lurker::shell::input::Input;
use lurker::shell::keeper::Keeper;
use lurker::shell::run::{Ending, Environment, run};
use lurker::shell::shipped_keys;
use lurker::shell::store_settings::{StorePolicy, StoreSettings};
use lurker::shell::store_worker::StoreWorker;
use lurker::shell::terminal_output::TerminalOutput;
use lurker::shell::terminal_size::TerminalSize;
use lurker::site::{SiteConfig, Sites};
use lurker::ui::Styles;
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::time::timeout;

/// How long a test waits for what it wants to see before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The time in these tests, in seconds since 1970 UTC: 2026-10-07, a day after the demo's story.
pub(crate) const NOW: i64 = 1_791_400_000;

/// The reader at the keyboard.
pub(crate) struct Driver {
    inputs: UnboundedSender<Input>,
    shown: watch::Receiver<Buffer>,
    size: Arc<Mutex<Size>>,
    now: Arc<AtomicI64>,
    noted: Arc<Noted>,
}

/// What the program asked of the system, and what was loaded.
#[derive(Default)]
pub(crate) struct Noted {
    browsed: Mutex<Vec<String>>,
    copied: Mutex<Vec<String>>,
    thread: Mutex<Option<Arc<Thread>>>,
}

/// Settings that wait long for a test's server, and hardly between attempts or for a host's rate.
pub(crate) fn settings() -> Settings {
    let unlimited = |host_limits| HostLimits { limits: Vec::new(), ..host_limits };
    let host_limits = known_host_limits().into_iter().map(unlimited).collect();
    Settings {
        timeout: PATIENCE,
        proxy: Some("none".to_owned()),
        backoff: Duration::from_millis(1),
        now: || NOW,
        reload_interval: Duration::ZERO,
        host_limits,
        ..Settings::default()
    }
}

/// Opens a target over the network's own fetcher on a screen of this many columns and lines, lets the script act on it,
/// and leaves. The server of that address counts as Slashdot.
pub(crate) async fn read<T>(
    target: &str,
    slashdot: &str,
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    let (sender, loaded) = unbounded_channel();
    let sites = Sites::default().with("slashdot", SiteConfig::at(slashdot));
    let mut settings = settings();
    settings.mirror("slashdot.org", &slashdot.parse().expect("an address"));
    drive(target, &mut Service::new(settings, sites, sender), loaded, size, script).await
}

/// The built-in discussion, loaded whole, on a screen of this many columns and lines.
pub(crate) async fn demo<T>(size: (u16, u16), script: impl AsyncFnOnce(&mut Driver) -> T) -> T {
    read("demo", "https://slashdot.org", size, async |driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        script(driver).await
    })
    .await
}

/// The built-in discussion with these keys.
pub(crate) async fn demo_with_keys<T>(keys: KeyMap, size: (u16, u16), script: impl AsyncFnOnce(&mut Driver) -> T) -> T {
    let (sender, loaded) = unbounded_channel();
    let mut service = Service::new(settings(), Sites::default(), sender);
    drive_as("demo", &mut service, loaded, Reading { keys, ..Reading::usual() }, size, async |driver: &mut Driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        script(driver).await
    })
    .await
}

/// Opens a target that needs no server, with options and styles of the test's own.
pub(crate) async fn read_as<T>(
    target: &str,
    visibility: (Options, Styles),
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    let (sender, loaded) = unbounded_channel();
    let (options, styles) = visibility;
    let reading = Reading { options, styles, ..Reading::usual() };
    drive_as(target, &mut Service::new(settings(), Sites::default(), sender), loaded, reading, size, script).await
}

/// The usual options, with the labels of all sites and without the row of hints.
pub(crate) fn options() -> Options {
    Options { labels: lurker::site::labels().map(str::to_owned).collect(), hints: false, ..Options::default() }
}

/// Opens a target that needs no server, at a time of the test's own, with the store in this folder.
pub(crate) async fn read_stored<T>(
    target: &str,
    folder: &Path,
    now: i64,
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    read_stored_from(target, Sites::default(), (folder, now, StorePolicy::Usual), script).await
}

/// The same with sites on servers of the test, and a use of the store by loads.
pub(crate) async fn read_stored_from<T>(
    target: &str,
    sites: Sites,
    (folder, now, policy): (&Path, i64, StorePolicy),
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    let settings = StoreSettings { is_enabled: true, max_bytes: 1 << 29, folder: Some(folder.to_owned()) };
    let store = StoreWorker::start(settings, || NOW);
    let (sender, loaded) = unbounded_channel();
    let service = Service::new(self::settings(), sites, sender);
    let mut service = service.with_store(store.clone(), policy);
    let network = if policy == StorePolicy::Offline { Network::Unused } else { Network::Used };
    let options = Options { remembers: store.is_there(), network, ..options() };
    let reading = Reading { options, store: store.clone(), now, ..Reading::usual() };
    let outcome = drive_as(target, &mut service, loaded, reading, (100, 30), script).await;
    store.finish();
    outcome
}

/// Runs the loop with any fetcher; `loaded` is where that sends its events.
pub(crate) async fn drive<T>(
    target: &str,
    fetcher: &mut dyn Fetcher,
    loaded: UnboundedReceiver<Event>,
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    drive_with(options(), target, fetcher, loaded, size, script).await
}

/// The same with options of the reader's own.
pub(crate) async fn drive_with<T>(
    options: Options,
    target: &str,
    fetcher: &mut dyn Fetcher,
    loaded: UnboundedReceiver<Event>,
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    drive_as(target, fetcher, loaded, Reading { options, ..Reading::usual() }, size, script).await
}

/// The same with keys of the reader's own.
pub(crate) async fn drive_with_keys<T>(
    keys: KeyMap,
    target: &str,
    fetcher: &mut dyn Fetcher,
    loaded: UnboundedReceiver<Event>,
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    drive_as(target, fetcher, loaded, Reading { keys, ..Reading::usual() }, (80, 24), script).await
}

/// What a reader brings along.
struct Reading {
    keys: KeyMap,
    options: Options,
    styles: Styles,
    store: StoreWorker,
    /// The time, in seconds since 1970 UTC.
    now: i64,
}

impl Reading {
    fn usual() -> Self {
        let keys = shipped_keys().expect("the shipped keys");
        Self { keys, options: options(), styles: Styles::new(true, false), store: StoreWorker::none(), now: NOW }
    }
}

async fn drive_as<T>(
    target: &str,
    fetcher: &mut dyn Fetcher,
    loaded: UnboundedReceiver<Event>,
    Reading { keys, options, styles, store, now }: Reading,
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    let noted = Arc::<Noted>::default();
    let (forward, answers) = unbounded_channel();
    let keeper = Keeper::new(store.telling(forward.clone()), forward.clone());
    tokio::spawn(note_threads(loaded, forward, Arc::clone(&noted)));
    let (inputs, receiver) = unbounded_channel();
    let (publish, shown) = watch::channel(Buffer::default());
    let shared = Arc::new(Mutex::new(Size::new(size.0, size.1)));
    let screen = Published { inner: TestBackend::new(size.0, size.1), size: Arc::clone(&shared), publish };
    let mut terminal = Terminal::new(screen).expect("a screen of memory");
    let app = App::new(target.to_owned(), keys, options, (size.0.into(), size.1.into()), now);
    let now = Arc::new(AtomicI64::new(now));
    let time = Arc::clone(&now);
    let mut host = Recorder(Arc::clone(&noted));
    let size = TerminalSize::default();
    let parts = Environment {
        inputs: receiver,
        answers,
        fetcher,
        keeper,
        desktop: &mut host,
        size,
        output: TerminalOutput::default(),
        clock: &|| time.load(Ordering::Relaxed),
        styles,
    };
    let mut driver = Driver { inputs, shown, size: shared, now, noted };
    let reading = async {
        let outcome = script(&mut driver).await;
        // Without a keyboard the loop ends.
        drop(driver);
        outcome
    };
    let (ending, outcome) = tokio::join!(run(app, &mut terminal, parts), reading);
    assert!(matches!(ending, Ok(Ending::Quit | Ending::Unread | Ending::Terminated(_))));
    outcome
}

/// Passes events on, and keeps the last thread.
async fn note_threads(mut loaded: UnboundedReceiver<Event>, forward: UnboundedSender<Event>, noted: Arc<Noted>) {
    while let Some(event) = loaded.recv().await {
        if let Event::Arrived { thread, .. } = &event {
            *lock(&noted.thread) = Some(Arc::clone(thread));
        }
        if forward.send(event).is_err() {
            return;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Driver {
    /// Presses keys, named as in key files: `j`, `esc`, `ctrl-d`.
    pub(crate) fn key(&mut self, name: &str) -> &mut Self {
        let key = Key::parse(name).expect("a key's name");
        self.send(Event::Key(key))
    }

    /// Presses one key after another.
    pub(crate) fn keys(&mut self, names: &str) -> &mut Self {
        names.split_whitespace().fold(self, Self::key)
    }

    /// Lets so many seconds go by.
    pub(crate) fn later(&mut self, seconds: i64) -> &mut Self {
        self.now.fetch_add(seconds, Ordering::Relaxed);
        self
    }

    pub(crate) fn send(&mut self, event: Event) -> &mut Self {
        self.inputs.send(Input::Event(event)).expect("the loop runs");
        self
    }

    pub(crate) fn resize(&mut self, columns: u16, lines: u16) -> &mut Self {
        *lock(&self.size) = Size::new(columns, lines);
        self.inputs.send(Input::Resized).expect("the loop runs");
        self
    }

    /// Waits until a text is on the screen, however it is wrapped.
    pub(crate) async fn wait_for(&mut self, text: &str) -> String {
        self.wait(text, |screen| flat(screen).contains(text)).await
    }

    /// Waits until a text is on the screen no more.
    pub(crate) async fn wait_gone(&mut self, text: &str) -> String {
        self.wait(&format!("{text} gone"), |screen| !flat(screen).contains(text)).await
    }

    /// Waits until a frame is as wanted, and gives it.
    pub(crate) async fn wait(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        text(&self.wait_frame(what, |frame| wanted(&text(frame))).await)
    }

    /// The same for its cells.
    pub(crate) async fn wait_frame(&mut self, what: &str, wanted: impl Fn(&Buffer) -> bool) -> Buffer {
        let outcome = timeout(PATIENCE, self.shown.wait_for(wanted)).await;
        let found = outcome.ok().and_then(Result::ok).map(|buffer| buffer.clone());
        assert!(found.is_some(), "waited in vain for {what}; the screen:\n{}", self.screen());
        found.unwrap_or_default()
    }

    /// The last frame: a line of text for each of the screen, without the space at its end.
    pub(crate) fn screen(&self) -> String {
        text(&self.shown.borrow())
    }

    /// The last frame, cell by cell.
    pub(crate) fn frame(&self) -> Buffer {
        self.shown.borrow().clone()
    }

    /// The line on which the reader is: the first one with the mark.
    pub(crate) fn here(&self) -> String {
        self.screen().lines().find(|line| line.trim_start().starts_with('▌')).unwrap_or_default().to_owned()
    }

    pub(crate) fn browsed(&self) -> Vec<String> {
        lock(&self.noted.browsed).clone()
    }

    pub(crate) fn copied(&self) -> Vec<String> {
        lock(&self.noted.copied).clone()
    }

    /// The thread as last loaded.
    pub(crate) fn thread(&self) -> Arc<Thread> {
        lock(&self.noted.thread).clone().expect("a thread has come")
    }
}

/// A frame as [`Driver::screen`] gives it.
pub(crate) fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let line = |cells: &[Cell]| cells.iter().map(Cell::symbol).collect::<String>().trim_end().to_owned();
    buffer.content.chunks(width).map(line).collect::<Vec<_>>().join("\n")
}

/// The words of a screen with one space between any two.
pub(crate) fn flat(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A browser and a clipboard that only note what they were given.
struct Recorder(Arc<Noted>);

impl Desktop for Recorder {
    fn browse(&mut self, address: &str) -> Launch {
        lock(&self.0.browsed).push(address.to_owned());
        Launch::Said(format!("opened {address}"))
    }

    fn copy(&mut self, text: &str, what: &str) -> String {
        lock(&self.0.copied).push(text.to_owned());
        format!("copied the {what}")
    }

    fn suspend(&mut self) {}
}

/// A screen of memory that gives each whole frame away, and takes its size from the test.
struct Published {
    inner: TestBackend,
    size: Arc<Mutex<Size>>,
    publish: watch::Sender<Buffer>,
}

impl Published {
    fn fit(&mut self) {
        let size = *lock(&self.size);
        if self.inner.buffer().area.as_size() != size {
            self.inner.resize(size.width, size.height);
        }
    }
}

impl Backend for Published {
    type Error = Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Infallible> {
        self.fit();
        let area = self.inner.buffer().area;
        // A frame may have been laid out just before the size changed.
        self.inner.draw(content.filter(|(x, y, _)| area.contains(Position::new(*x, *y))))
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.fit();
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), Infallible> {
        self.fit();
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(*lock(&self.size))
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        self.publish.send_replace(self.inner.buffer().clone());
        self.inner.flush()
    }
}
