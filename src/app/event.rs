//! The events that change the state, and the effects on what is outside the program.

use std::sync::Arc;
use std::time::Duration;

use super::{Key, StoreAnswer, StoreRequest};
use crate::model::{Listing, LoadError, Thread};
use crate::view::{Order, OrderedThread, Search, ShownState};

/// An event that changes the state.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The mouse wheel was turned by this many notches, down if positive, while the pointer was on this column.
    Wheel(i32, usize),
    /// The mouse wheel was turned sideways by this many notches, to the right if positive, over this column and line.
    WheelAcross(i32, (usize, usize)),
    /// The first mouse button went down on this column and line.
    Click(usize, usize),
    /// It went down there again at once: a double-click, or a further press of one.
    ClickAgain(usize, usize),
    /// The mouse moved to this column and line with its first button down.
    Drag(usize, usize),
    /// A mouse button went up.
    Release,
    /// The terminal has this many columns and lines.
    Resize(usize, usize),
    /// Text was pasted.
    Paste(String),
    /// Another target is to be opened over what is on the screen, with the way back.
    Open(String),
    /// A search has found further comments.
    Found {
        /// The number of the search.
        number: u64,
        /// The comments, by index.
        matches: Vec<u32>,
        /// Whether there are no more.
        is_all: bool,
    },
    /// A thread has been put in order.
    Sorted {
        /// The number of the sort.
        number: u64,
        /// The thread in that order.
        thread: OrderedThread,
    },
    /// Time has passed.
    Tick,
    /// The state has been drawn.
    Drawn,
    /// The time of the [`Effect::Wait`] with this number has passed.
    WaitOver(u64),
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
    /// The thread that is loading has this address on the web.
    Located {
        /// The request.
        request: u64,
        /// The address.
        url: String,
        /// The id of the comment that the target names.
        comment: Option<String>,
    },
    /// The progress of an answer that takes long: the bytes that are here, or the time until its host is asked again.
    TransferProgress {
        /// The request.
        request: u64,
        /// The words, if there is anything to say.
        line: Option<TransferLine>,
    },
    /// What a request has brought is from the store, and nothing newer can be loaded now.
    AsStored {
        /// The request.
        request: u64,
        /// Why, and how old it is.
        line: String,
    },
    /// A request is complete.
    Complete(u64),
    /// A request came to nothing further.
    Failed(u64, LoadError),
    /// The store answers.
    Stored(Box<StoreAnswer>),
    /// The result of an effect, in a line for the reader.
    Report(String),
}

/// An effect on what is outside the program.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Load what the source names; answers carry the number.
    Load {
        /// The number of the request.
        request: u64,
        /// The target, as the reader named it.
        source: String,
        /// Of a list: the page to load, as the page before named it; `None` is the first.
        from: Option<String>,
        /// The state of what is loaded, as far as it is known before.
        known: KnownState,
    },
    /// Search a thread beside the screen; what is found carries the number. A search that was begun before is over.
    Search {
        /// The number of the search.
        number: u64,
        /// The thread to search.
        thread: Arc<Thread>,
        /// The search.
        search: Search,
    },
    /// Send [`Event::WaitOver`] with this number after this time.
    Wait(u64, Duration),
    /// Put a thread, which has the site's order, in order beside the screen; what comes of it carries the number.
    Sort {
        /// The number of the sort.
        number: u64,
        /// The thread in the site's order.
        thread: Arc<Thread>,
        /// The order.
        order: Order,
        /// The state of the same thread that shows, in whose place it is to come.
        shown: Option<Box<ShownState>>,
    },
    /// Stop loading.
    Cancel(u64),
    /// Have the store do something.
    Store(StoreRequest),
    /// Show an address in the browser.
    Browse(String),
    /// Open an address: in lurker if that knows it (`Event::Open` then comes back), else in the browser.
    Follow(String),
    /// Open what the reader has typed, if it names something (`Event::Open` then comes back); else say what it may have meant.
    GoTo(String),
    /// Put a text on the clipboard; the word says what it is.
    Copy(String, &'static str),
    /// Give a text to a command that the reader has typed.
    Pipe(Piped, String),
    /// Draw every cell anew.
    Redraw,
    /// Stop as Ctrl-Z does.
    Suspend,
    /// End the program.
    Quit,
}

/// The state of what is to be loaded, as far as it is known before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownState {
    /// Nothing is known: what is stored may do.
    Unknown,
    /// It is on the screen already, and is asked for anew.
    Shown,
    /// The site has more than is stored, which is asked for however young that is.
    Outdated,
}

/// A text for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piped {
    /// This text.
    Text(String),
    /// All that is shown of the thread.
    Shown,
}

/// The progress of an answer that takes long, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferLine {
    /// All that is known: `lobste.rs asks to wait 12 s`.
    pub words: String,
    /// The same for a narrow screen: `wait 12 s`.
    pub short: String,
}
