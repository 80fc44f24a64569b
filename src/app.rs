//! The program's state, and what events do to it. No I/O, no clock, no terminal: all of that comes in as events and goes
//! out as effects.

mod command;
mod keymap;
mod overlay;
mod page;
mod run;
mod sheet;

pub use command::{Command, Entry, GROUPS, Group};
pub use keymap::{Code, Key, KeyMap};
pub use overlay::{Fact, Overlay};
pub use page::{Loading, Page};
pub use sheet::{Piece, Sheet, Sign, Tone};

use std::sync::Arc;

use crate::model::{Listing, Story, Thread};
use crate::view::{Geometry, Thresholds};

/// The thresholds that a site's threads begin with: its name, hide below, full from.
pub type SiteThresholds = (&'static str, Option<i32>, Option<i32>);

/// When something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Where it serves.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// What the reader asked for on the command line or in the config.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most columns of text, at least 1.
    pub text_width: usize,
    /// When there is a map of the thread at the right edge; by itself on screens of at least [`WIDE`] columns.
    pub minimap: When,
    /// A score below which comments are hidden, whatever the site.
    pub min_score: Option<i32>,
    /// A score from which comments are in full, whatever the site.
    pub full_score: Option<i32>,
    /// The thresholds of single sites, instead of their own.
    pub site_thresholds: Vec<SiteThresholds>,
}

impl Options {
    /// The thresholds that a story begins with.
    pub fn thresholds(&self, story: &Story) -> Thresholds {
        let (hide, full) = story.thresholds;
        let own = self.site_thresholds.iter().find(|(site, ..)| *site == story.site);
        let (site_hide, site_full) = own.map_or((None, None), |(_, hide, full)| (*hide, *full));
        Thresholds::new(self.min_score.or(site_hide).or(hide), self.full_score.or(site_full).or(full))
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { text_width: 100, minimap: When::Auto, min_score: None, full_score: None, site_thresholds: Vec::new() }
    }
}

/// What happens to the program.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The mouse wheel was turned by this many notches, down if positive.
    Wheel(i32),
    /// The first mouse button went down on this column and line.
    Click(usize, usize),
    /// The mouse moved to this column and line with its first button down.
    Drag(usize, usize),
    /// The terminal has this many columns and lines.
    Resize(usize, usize),
    /// Time has passed.
    Tick,
    /// The thread of a request as far as it is here.
    Arrived {
        /// The request that it answers.
        request: u64,
        /// The thread so far.
        thread: Arc<Thread>,
        /// Comments loaded.
        loaded: u32,
        /// Comments that the site says there are.
        stated: Option<u32>,
    },
    /// A page of a list as far as it is here.
    Listed {
        /// The request that it answers.
        request: u64,
        /// The page so far.
        listing: Arc<Listing>,
    },
    /// A request is complete.
    Complete(u64),
    /// A request came to nothing further; the reason in one line.
    Failed(u64, String),
}

/// What the program wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Load what the source names; answers carry the number.
    Load {
        /// The number of the request.
        request: u64,
        /// What to load, as the reader named it.
        source: String,
    },
    /// Stop loading.
    Cancel(u64),
    /// Show an address in the browser.
    Browse(String),
    /// Put a text on the clipboard; the word says what it is.
    Copy(String, &'static str),
    /// Draw every cell anew.
    Redraw,
    /// Stop as Ctrl-Z does.
    Suspend,
    /// End the program.
    Quit,
}

/// The whole state.
#[derive(Clone, Debug)]
pub struct App {
    /// The keys in force.
    pub keys: KeyMap,
    /// What the reader asked for.
    pub options: Options,
    /// Columns and lines of the terminal.
    pub size: (usize, usize),
    /// The time of the last event, in seconds since 1970 UTC.
    pub now: i64,
    /// What is being read.
    pub page: Page,
    /// What lies over it.
    pub overlay: Option<Overlay>,
    /// A line for the reader, until the next key.
    pub message: Option<String>,
    requests: u64,
}

/// Lines at the foot of the screen: the threshold bar and the status line.
pub const FOOT: usize = 2;
/// Columns from which there is room for a map of the thread.
pub const WIDE: usize = 100;

impl App {
    /// A program about to read `source`.
    pub fn new(source: String, keys: KeyMap, options: Options, size: (usize, usize), now: i64) -> Self {
        Self { keys, options, size, now, page: Page::new(source), overlay: None, message: None, requests: 0 }
    }

    /// Starts loading.
    pub fn start(&mut self) -> Vec<Effect> {
        self.load()
    }

    /// Takes an event that happened at `now`, in seconds since 1970 UTC.
    pub fn update(&mut self, event: Event, now: i64) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::Key(key) => return self.press(key),
            Event::Wheel(notches) => self.wheel(notches),
            Event::Click(x, y) => self.click(x, y),
            Event::Drag(x, y) => self.drag(x, y),
            Event::Resize(columns, lines) => self.resize((columns, lines)),
            Event::Tick => {}
            Event::Arrived { request, thread, loaded, stated } => self.arrive(request, thread, loaded, stated),
            Event::Listed { .. } => {}
            Event::Complete(request) => self.complete(request),
            Event::Failed(request, reason) => self.fail(request, reason),
        }
        Vec::new()
    }

    /// Whether answers are awaited.
    pub fn is_loading(&self) -> bool {
        self.page.loading.is_some()
    }

    /// The room for the thread in a terminal of this size.
    pub fn geometry(&self) -> Geometry {
        let (columns, lines) = self.size;
        let has_map = match self.options.minimap {
            When::Auto => columns >= WIDE,
            When::Always => true,
            When::Never => false,
        };
        Geometry {
            width: columns.saturating_sub(usize::from(has_map)).max(1),
            height: i32::try_from(lines.saturating_sub(FOOT).max(1)).unwrap_or(i32::MAX),
            text_width: self.options.text_width,
        }
    }

    fn resize(&mut self, size: (usize, usize)) {
        self.size = size;
        let geometry = self.geometry();
        if let Some(view) = &mut self.page.view {
            view.resize(geometry);
        }
    }

    fn load(&mut self) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.stop_loading().into_iter().collect();
        self.requests += 1;
        self.page.loading =
            Some(Loading { request: self.requests, loaded: 0, stated: None, since: self.now, aside: None });
        self.page.problem = None;
        effects.push(Effect::Load { request: self.requests, source: self.page.source.clone() });
        effects
    }

    fn stop_loading(&mut self) -> Option<Effect> {
        self.page.loading.take().map(|loading| Effect::Cancel(loading.request))
    }

    fn awaits(&self, request: u64) -> bool {
        self.page.loading.as_ref().is_some_and(|loading| loading.request == request)
    }

    fn arrive(&mut self, request: u64, thread: Arc<Thread>, loaded: u32, stated: Option<u32>) {
        if !self.awaits(request) {
            return;
        }
        let fewer = loaded < self.page.loaded;
        if let Some(loading) = &mut self.page.loading {
            (loading.loaded, loading.stated) = (loaded, stated);
            loading.aside = fewer.then(|| Arc::clone(&thread));
        }
        if !fewer {
            self.take(thread, loaded);
        }
    }

    fn complete(&mut self, request: u64) {
        if !self.awaits(request) {
            return;
        }
        let Some(Loading { loaded, stated, aside, .. }) = self.page.loading.take() else { return };
        let whole = stated.is_none_or(|stated| loaded >= stated);
        match aside {
            Some(thread) if whole => self.take(thread, loaded),
            Some(thread) => self.say_missing(&format!("only {loaded} comments came, so what was here stays"), &thread),
            None => {
                let here = self.page.view.as_ref().map(|view| Arc::clone(view.thread()));
                if let (Some(thread), false) = (here, whole) {
                    self.say_missing(&format!("{loaded} of {} comments came", stated.unwrap_or(loaded)), &thread);
                }
            }
        }
    }

    /// Says what is missing, why if that is known, and what to do.
    fn say_missing(&mut self, what: &str, thread: &Thread) {
        let again =
            self.keys.keys(Command::Reload).next().map_or_else(String::new, |key| format!("; {key} tries again"));
        let why = thread.notes().first().map_or_else(String::new, |note| format!(" ({note})"));
        self.message = Some(format!("{what}{again}{why}"));
    }

    fn take(&mut self, thread: Arc<Thread>, loaded: u32) {
        let thresholds = self.options.thresholds(thread.story());
        let geometry = self.geometry();
        self.page.take(thread, loaded, thresholds, geometry);
    }

    fn fail(&mut self, request: u64, reason: String) {
        if self.awaits(request) {
            self.page.loading = None;
            if self.page.view.is_none() {
                self.page.problem = Some(reason);
            } else {
                self.message = Some(reason);
            }
        }
    }
}
