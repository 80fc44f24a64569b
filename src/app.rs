//! The program's state, and what events do to it. No I/O, no clock, no terminal: all of that comes in as events and goes
//! out as effects.

mod advice;
mod command;
mod find;
mod hints;
mod keymap;
mod list;
mod load;
mod mouse;
mod overlay;
mod overlay_content;
mod page;
mod prompt;
mod run;
mod stack;
mod tabs;

pub use advice::{keyed, plain};
pub use command::{COMMANDS, Command, Entry, Group, Scope};
pub use find::LABEL_TABS;
pub use keymap::{Code, Key, KeyMap};
pub use overlay::{Fact, Overlay};
pub use overlay_content::{Glyph, OverlayContent, Span, Tone};
pub use page::{Loading, Page};
pub use prompt::{Prompt, Question};
pub use tabs::{TabCell, tab_cells, tabs_start};

use std::sync::Arc;

use crate::model::{Listing, LoadError, Story, Thread};
use crate::view::{Geometry, Modifiers, Query, Search, Selection, Thresholds};

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
    /// The filter that threads begin with.
    pub filter: Option<Query>,
    /// What is added to scores.
    pub modifiers: Modifiers,
    /// The thresholds of single sites, instead of their own.
    pub site_thresholds: Vec<SiteThresholds>,
    /// The targets of the sites' lists, in the order in which the reader goes through them.
    pub sites: Vec<String>,
    /// Whether a row at the foot says which keys matter most.
    pub hints: bool,
}

impl Options {
    /// The thresholds that a story begins with.
    pub fn thresholds(&self, story: &Story) -> Thresholds {
        let (hide, full) = story.thresholds;
        let own = self.site_thresholds.iter().find(|(site, ..)| *site == story.site);
        let (site_hide, site_full) = own.map_or((None, None), |(_, hide, full)| (*hide, *full));
        Thresholds::new(self.min_score.or(site_hide).or(hide), self.full_score.or(site_full).or(full))
    }

    /// What a story's thread begins with: thresholds, filter and modifiers.
    pub fn selection(&self, story: &Story) -> Selection {
        let (filter, modifiers) = (self.filter.clone(), self.modifiers.clone());
        Selection { filter, modifiers, ..Selection::from(self.thresholds(story)) }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            text_width: 100,
            minimap: When::Auto,
            min_score: None,
            full_score: None,
            filter: None,
            modifiers: Modifiers::default(),
            site_thresholds: Vec::new(),
            sites: Vec::new(),
            hints: true,
        }
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
    /// Text was pasted.
    Paste(String),
    /// Another target is to be opened over what is on the screen, with the way back.
    Open(String),
    /// A search has found these comments so far.
    Found {
        /// The number of the search.
        number: u64,
        /// The comments, by index.
        matches: Vec<u32>,
        /// Whether these are all.
        is_all: bool,
    },
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
    /// What is asked for has this address on the web.
    Located {
        /// The request.
        request: u64,
        /// The address.
        url: String,
    },
    /// How an answer that takes long comes along: how much of it is here, or that its host asks to wait.
    Heard {
        /// The request.
        request: u64,
        /// The words, if there is anything to say.
        line: Option<String>,
    },
    /// A request is complete.
    Complete(u64),
    /// A request came to nothing further.
    Failed(u64, LoadError),
    /// What came of an effect outside the program, in a line for the reader.
    Said(String),
}

/// What the program wants done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Load what the source names; answers carry the number.
    Load {
        /// The number of the request.
        request: u64,
        /// What to load, as the reader named it.
        source: String,
        /// Of a list: which page of it, as the page before named it; `None` is the first.
        from: Option<String>,
    },
    /// Search a thread beside the screen; what is found carries the number. A search that was begun before is over.
    Search {
        /// The number of the search.
        number: u64,
        /// Where to search.
        thread: Arc<Thread>,
        /// What for.
        search: Search,
    },
    /// Stop loading.
    Cancel(u64),
    /// Show an address in the browser.
    Browse(String),
    /// Open an address: in lurker if that knows it (`Event::Open` then comes back), else in the browser.
    Follow(String),
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
    keys: KeyMap,
    /// What the reader asked for.
    options: Options,
    /// Columns and lines of the terminal.
    size: (usize, usize),
    /// The time of the last event, in seconds since 1970 UTC.
    now: i64,
    /// What is being read.
    page: Page,
    /// What lies over it.
    overlay: Option<Overlay>,
    /// What is being asked at the foot of the screen.
    prompt: Option<Prompt>,
    /// A line for the reader, until the next key.
    message: Option<String>,
    /// The pages that the reader came from, the last one last.
    below: Vec<Page>,
    /// Lists that were left for another section or site, and threads that were left.
    parked: Vec<Page>,
    /// What was typed last for each question.
    typed_last: Vec<(Question, String)>,
    requests: u64,
}

/// Lines around a thread, hints aside: the threshold bar and the status line below it. Around a list: the tab bar above it
/// and the status line below.
const FRAME: usize = 2;
/// Columns from which there is room for a map of the thread.
pub const WIDE: usize = 100;

impl App {
    /// A program about to read `source`.
    pub fn new(source: String, keys: KeyMap, options: Options, size: (usize, usize), now: i64) -> Self {
        let (below, parked, typed_last) = (Vec::new(), Vec::new(), Vec::new());
        let (overlay, prompt, message) = (None, None, None);
        let (page, requests) = (Page::new(source), 0);
        Self { keys, options, size, now, page, overlay, prompt, message, below, parked, typed_last, requests }
    }

    /// Goes to the comment with this id once it is here.
    #[must_use]
    pub fn at_comment(mut self, id: Option<&str>) -> Self {
        self.page.wanted = id.map(str::to_owned);
        self
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
            Event::Wheel(notches) => return self.wheel(notches),
            Event::Click(x, y) => return self.click(x, y),
            Event::Drag(x, y) => self.drag(x, y),
            Event::Paste(text) => return self.paste(&text),
            Event::Found { number, matches, is_all } => self.found(number, matches, is_all),
            Event::Open(target) => return self.open_over(target),
            Event::Resize(columns, lines) => self.resize((columns, lines)),
            Event::Tick => {}
            Event::Arrived { request, thread, loaded, stated } => {
                return self.arrive(request, thread, loaded, stated);
            }
            Event::Listed { request, listing } => self.list_arrives(request, &listing),
            Event::Located { request, url } => self.located(request, url),
            Event::Heard { request, line } => self.heard(request, line),
            Event::Complete(request) => return self.complete(request),
            Event::Failed(request, error) => self.fail(request, error),
            Event::Said(line) => self.message = Some(line),
        }
        Vec::new()
    }

    /// The keys in force.
    pub fn keys(&self) -> &KeyMap {
        &self.keys
    }

    /// Columns and lines of the terminal.
    pub fn size(&self) -> (usize, usize) {
        self.size
    }

    /// The time of the last event, in seconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// What is being read.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// What lies over the page.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// What is being asked at the foot of the screen.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// A line for the reader, until the next key.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Whether the reader leaves without having had anything to read.
    pub fn is_unread(&self) -> bool {
        self.page.problem.is_some() && !self.has_way_back()
    }

    /// Whether answers are awaited.
    pub fn is_loading(&self) -> bool {
        self.page.loading.is_some()
    }

    /// Whether there is a page to go back to.
    pub fn has_way_back(&self) -> bool {
        !self.below.is_empty()
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
            height: i32::try_from(lines.saturating_sub(self.frame()).max(1)).unwrap_or(i32::MAX),
            text_width: self.options.text_width,
        }
    }

    /// The room for a list, in columns and lines.
    pub fn list_room(&self) -> (usize, usize) {
        (self.size.0.max(1), self.size.1.saturating_sub(self.frame()).max(1))
    }

    /// Lines of the screen that the page does not have for itself; where there are no more than that, it has them all.
    pub fn frame(&self) -> usize {
        let frame = FRAME + usize::from(self.has_hints());
        if self.size.1 > frame { frame } else { 0 }
    }

    fn resize(&mut self, size: (usize, usize)) {
        self.size = size;
        self.fit_page();
    }

    /// Gives the page on the screen the terminal's size.
    fn fit_page(&mut self) {
        let (geometry, room) = (self.geometry(), self.list_room());
        if let Some(view) = &mut self.page.view {
            view.resize(geometry);
        }
        if let Some(list) = &mut self.page.list {
            list.resize(room);
        }
    }
}
