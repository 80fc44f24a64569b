//! The state of the program, which events change and which asks for effects; no I/O, no clock, no terminal.

mod author_menu;
mod bookmark;
mod clipboard_browser;
mod code_scroll;
mod columns;
mod command;
mod command_table;
mod count;
mod dispatch;
mod double_click;
mod empty_list;
mod empty_page;
mod error_words;
mod estimate_words;
mod event;
mod filter;
mod first_steps;
mod go_to;
mod help;
mod hints;
mod keymap;
mod link_overlay;
mod list_commands;
mod list_order;
mod load;
mod menu;
mod message;
mod message_box;
mod mouse;
mod navigation;
mod options;
mod order;
mod overlay;
mod overlay_content;
mod overlay_keys;
mod own_lists;
mod page;
mod prompt;
mod prompt_history;
mod prompt_line;
mod read_on;
mod reasons;
mod remember;
mod search;
mod span;
mod spelling;
mod status_line;
mod status_words;
mod store_request;
mod tabs;
mod taking_back;
mod thread_commands;
mod threshold_bar;
mod thresholds;
mod visit;
mod watch;
mod way_out;

pub use bookmark::{comment_bookmark, entry_bookmark, story_bookmark};
pub use columns::{Columns, LIST_EDGE, MAP_COLUMNS, WIDE_FOR_LIST, WIDE_FOR_MAP};
pub use command::{Command, GlobalCommand, ListCommand, Motion, Scope, ThreadCommand};
pub use command_table::{COMMANDS, Entry, Group};
pub use empty_list::EMPTY_LIST_MARGIN;
pub use empty_page::EmptyPage;
pub use error_words::{keyed, plain};
pub use event::{Effect, Event, KnownState, Piped, TransferLine};
pub use hints::{HintCell, KeyHint};
pub use keymap::{Code, Key, KeyMap};
pub use message::Message;
pub use message_box::MessageBox;
pub use options::{Network, Options, SiteOrder, SiteThresholds, When};
pub use overlay::{Fact, Help, Overlay};
pub use overlay_content::{OverlayContent, OverlayRoom};
pub use page::{ListPage, Page, PageContent, PendingLoad, THREAD_FRESH_FOR, ThreadPage};
pub use prompt::{Prompt, Question};
pub use prompt_history::PROMPTS;
pub use prompt_line::PromptLine;
pub use span::{Glyph, Span, Tone};
pub use spelling::in_ascii;
pub use status_line::{BACK_COLUMNS, filter_count};
pub use status_words::StatusWords;
pub use store_request::{NewBookmark, StoreAnswer, StoreRequest, ThreadMemory, Visited};
pub use tabs::{TabCell, TabKind, TabLink};
pub use threshold_bar::{BAR_START, ThresholdBar};
pub use way_out::WayOut;

use self::double_click::ClickUse;
use self::first_steps::FirstSteps;
use self::go_to::Completion;
use self::mouse::Held;
use self::read_on::EndOfThread;
use self::taking_back::ChangeHere;
use self::threshold_bar::BarDrag;
use self::watch::Watch;
use crate::view::{Author, Authors, Bookmarks, Checkpoint, ListPlace, Query};

/// The whole state.
#[derive(Clone, Debug)]
pub struct App {
    /// The keys in force.
    keys: KeyMap,
    /// The options of the command line and the config.
    options: Options,
    /// Columns and lines of the terminal.
    size: (usize, usize),
    /// The time of the last event, in seconds since 1970 UTC.
    now: i64,
    /// The page on the screen.
    page: Page,
    /// The overlay over it.
    overlay: Option<Overlay>,
    /// The prompt at the foot of the screen.
    prompt: Option<Prompt>,
    /// A line for the reader, until the next key.
    message: Option<Message>,
    /// The count that is being typed for the next command.
    count: Option<u32>,
    /// The key that went to the number of a count: in `5gg`, as vi has it, another one belongs to it.
    counted_key: Option<Key>,
    /// Whether the last thing that the reader did was a click on the hint that leads back.
    has_clicked_back: bool,
    /// Whether the reader has done something in the built-in discussion.
    first_steps: FirstSteps,
    /// The use of the last click.
    click_use: ClickUse,
    /// The pages that the reader came from, the last one last: the first one and the last ones of many.
    back_stack: Vec<Page>,
    /// The pages that are kept as the reader left them: threads, and lists left for another section or site; the last one last.
    kept: Vec<Page>,
    /// The reader's notes on authors.
    authors: Authors,
    /// Whether lists of sites hide the stories that were read; `None` until the reader or the store has said so.
    hides_read: Option<bool>,
    /// The reader's bookmarks.
    bookmarks: Bookmarks,
    /// The changes that the key for undo takes back beside those of threads, the last one last.
    changes: Vec<ChangeHere>,
    /// The author whose tag is being typed.
    tagged_author: Option<Author>,
    /// The lines that were typed for each question, the last one first.
    typed: Vec<(Question, Vec<String>)>,
    /// What the thread looked like before the words that are being typed to search for; `None` while none are.
    search_start: Option<Checkpoint>,
    /// The same before the filter that is being typed.
    filter_start: Option<Box<Checkpoint>>,
    /// The filter of the list before the one that is being typed, and the place in the list.
    list_filter_start: Option<(Option<Query>, Option<ListPlace>)>,
    /// Whether the reader has asked to read on at the end of the thread.
    end_of_thread: EndOfThread,
    /// What Tab has put into the line where the reader types where to go.
    completion: Option<Completion>,
    /// The drag on the threshold bar, while the mouse button is down.
    bar_drag: Option<BarDrag>,
    /// The use of the mouse button that is down.
    held: Held,
    /// The wait for the next load of the thread, while it is watched.
    watch: Option<Watch>,
    /// The number of the last load, search, sort or wait.
    requests: u64,
    /// The effects of the event that is being taken.
    effects: Vec<Effect>,
}

/// Lines around a thread, hints aside: the threshold bar and the status line below it. Around a list: the tab bar above it
/// and the status line below.
const FRAME: usize = 2;
/// The target of the built-in discussion, which is new whenever it is opened.
pub const DEMO: &str = "demo";
/// The target of the list of what is saved and bookmarked.
pub const SAVED: &str = "saved";
/// The target of the list of what was read.
pub const HISTORY: &str = "history";
/// The target of the list of whom the reader follows, mutes or has given a tag.
pub const PEOPLE: &str = "people";

impl App {
    /// A program about to read `source`.
    pub fn new(source: String, keys: KeyMap, options: Options, size: (usize, usize), now: i64) -> Self {
        Self {
            keys,
            options,
            size,
            now,
            page: Page::new(source),
            overlay: None,
            prompt: None,
            message: None,
            count: None,
            counted_key: None,
            has_clicked_back: false,
            first_steps: FirstSteps::default(),
            click_use: ClickUse::default(),
            back_stack: Vec::new(),
            kept: Vec::new(),
            authors: Authors::default(),
            hides_read: None,
            bookmarks: Bookmarks::default(),
            changes: Vec::new(),
            tagged_author: None,
            typed: Vec::new(),
            search_start: None,
            filter_start: None,
            list_filter_start: None,
            end_of_thread: EndOfThread::default(),
            completion: None,
            bar_drag: None,
            held: Held::default(),
            watch: None,
            requests: 0,
            effects: Vec::new(),
        }
    }

    /// Starts loading.
    pub fn start(&mut self) -> Vec<Effect> {
        self.message = self.options.remark.take().map(Message::from);
        self.ask_store(StoreRequest::Notes);
        self.load();
        std::mem::take(&mut self.effects)
    }

    /// Takes an event that happened at `now`, in seconds since 1970 UTC.
    pub fn update(&mut self, event: Event, now: i64) -> Vec<Effect> {
        self.now = now;
        self.take_or_quit(event);
        std::mem::take(&mut self.effects)
    }

    fn take(&mut self, event: Event) {
        let Some(event) = self.defer(event) else { return };
        match event {
            Event::Key(key) => self.press(key),
            Event::Wheel(notches, x) => self.wheel(notches, x),
            Event::WheelAcross(notches, at) => self.wheel_across(notches, at),
            Event::Click(x, y) => self.click_first(x, y),
            Event::ClickAgain(x, y) => self.click_again(x, y),
            Event::Drag(x, y) => self.drag(x, y),
            Event::Paste(text) => self.paste(&text),
            Event::Found { number, matches, is_all } => self.take_matches(number, matches, is_all),
            Event::Sorted { number, thread } => self.take_sorted(number, thread),
            Event::Open(target) => self.open_over(target),
            Event::Resize(columns, lines) => self.resize((columns, lines)),
            Event::Tick | Event::Release => {}
            Event::Drawn => self.note_shown(),
            Event::WaitOver(number) => {
                self.end_of_thread = self.end_of_thread.waited(number);
                self.note_visit(number);
                self.load_watched(number);
            }
            Event::Stored(answer) => self.take_stored(*answer),
            Event::Arrived { request, thread, loaded, stated } => self.take_thread(request, thread, loaded, stated),
            Event::Listed { request, listing } => self.take_listing(request, &listing),
            Event::Located { request, url, comment } => self.take_location(request, url, comment),
            Event::TransferProgress { request, line } => self.take_transfer(request, line),
            Event::AsStored { request, line } => self.take_stored_remark(request, line),
            Event::Complete(request) => self.complete_load(request),
            Event::Failed(request, error) => self.fail_load(request, error),
            Event::Report(line) => self.say(line),
        }
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

    /// The page on the screen.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The overlay over the page.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// The prompt at the foot of the screen.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// A line for the reader, until the next key.
    pub fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// Says something, until the next key.
    fn say(&mut self, message: impl Into<Message>) {
        self.message = Some(message.into());
    }

    /// Whether the reader leaves a page that could not be loaded, and nothing else was open.
    pub fn is_unread(&self) -> bool {
        self.page.error().is_some() && !self.has_way_back()
    }

    /// Whether answers are awaited.
    pub fn is_loading(&self) -> bool {
        self.page.load().is_some()
    }

    /// Whether there is a page to go back to.
    pub fn has_way_back(&self) -> bool {
        !self.back_stack.is_empty()
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
}
