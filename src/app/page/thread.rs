//! A thread on a page: its view, its load, its running search, and the settings that the reader chose for it.

use std::sync::Arc;

use super::{PendingLoad, PendingOrder};
use crate::model::Thread;
use crate::view::{OrderedThread, ShownState, ThreadView};

/// A thread, as far as it is here.
#[derive(Clone, Debug)]
pub struct ThreadPage {
    view: ThreadView,
    load: Option<ThreadLoad>,
    /// The number of comments that are here, body and all.
    loaded: u32,
    /// Columns by which code is scrolled to the right, as far as its lines go.
    sideways: usize,
    search: Option<RunningSearch>,
    order: Option<PendingOrder>,
}

/// A thread's load under way.
#[derive(Clone, Debug)]
struct ThreadLoad {
    load: PendingLoad,
    stage: Stage,
    /// The last snapshot, where it has fewer comments than are being read.
    withheld: Option<OrderedThread>,
}

/// The stage of a load, which decides whether a snapshot is compared with what the reader has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is the first load of the thread.
    First,
    /// It is a reload of which nothing shows yet.
    ReloadBegun,
    /// It is a reload of which something shows.
    ReloadShown,
}

impl Stage {
    fn is_reload(self) -> bool {
        match self {
            Self::First => false,
            Self::ReloadBegun | Self::ReloadShown => true,
        }
    }
}

/// A search that has not found everything yet.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct RunningSearch {
    /// Its number.
    pub(in crate::app) number: u64,
    /// The match that the reader wants to go to once it is found.
    pub(in crate::app) goal: Option<MatchGoal>,
    /// Whether it has told of nothing yet: what is known is from an earlier state of the thread.
    pub(in crate::app) is_first: bool,
}

/// The way from match to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Steps {
    /// To what is next, which may be another place of the same comment, on another part of it than the screen shows.
    One,
    /// Over so many matches, as their numbers count them.
    Counted(usize),
}

/// A match that the reader goes to once it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum MatchGoal {
    /// The first one from the reader's row on, going round at the end.
    First,
    /// The one so many further on than the reader's row, going round at the end.
    Next(Steps),
    /// The one so many further back than the reader's row, going round at the start.
    Previous(Steps),
}

/// A state of a thread that a load has brought.
pub(in crate::app) struct ThreadSnapshot {
    pub(in crate::app) thread: OrderedThread,
    /// Comments loaded.
    pub(in crate::app) loaded: u32,
    /// Comments that the site says there are.
    pub(in crate::app) stated: Option<u32>,
}

/// The end of a thread's load.
pub(in crate::app) enum LoadOutcome {
    /// All comments came.
    Complete {
        /// Whether it was a reload.
        is_reload: bool,
        /// Whether the thread changed at the end.
        has_changed: bool,
    },
    /// Fewer comments came than the site says there are.
    Incomplete {
        /// Comments loaded.
        loaded: u32,
        /// Comments that the site says there are.
        stated: u32,
    },
    /// Fewer comments came than are here, so that these stay.
    Withheld {
        /// Comments loaded.
        loaded: u32,
        /// The thread that does not show.
        thread: Arc<Thread>,
    },
}

impl ThreadPage {
    /// The first state of a thread.
    pub(super) fn new(view: ThreadView, mut load: PendingLoad, snapshot: &ThreadSnapshot) -> Self {
        (load.loaded, load.stated) = (snapshot.loaded, snapshot.stated);
        Self {
            view,
            load: Some(ThreadLoad { load, stage: Stage::First, withheld: None }),
            loaded: snapshot.loaded,
            sideways: 0,
            search: None,
            order: None,
        }
    }

    /// The thread as the reader looks at it.
    pub fn view(&self) -> &ThreadView {
        &self.view
    }

    /// Columns by which code is scrolled to the right, as far as its lines go.
    pub fn sideways(&self) -> usize {
        self.sideways
    }

    /// Whether a search has not found everything yet.
    pub fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// Whether the thread is being loaded for the first time, so that more of it may be there than has come.
    pub(super) fn is_partial(&self) -> bool {
        self.load.as_ref().is_some_and(|load| load.stage == Stage::First)
    }

    /// The load under way.
    pub(super) fn load(&self) -> Option<&PendingLoad> {
        self.load.as_ref().map(|load| &load.load)
    }

    pub(super) fn load_mut(&mut self) -> Option<&mut PendingLoad> {
        self.load.as_mut().map(|load| &mut load.load)
    }

    pub(super) fn begin_reload(&mut self, load: PendingLoad) {
        self.load = Some(ThreadLoad { load, stage: Stage::ReloadBegun, withheld: None });
    }

    pub(super) fn end_load(&mut self) {
        self.load = None;
    }

    /// The state that shows, for the next one that the load brings to be prepared.
    pub(in crate::app) fn shown_state(&self) -> ShownState {
        self.view.shown_state(self.load.as_ref().is_some_and(|load| load.stage == Stage::ReloadBegun))
    }

    /// Takes a newer state of the thread. One with fewer comments than are here is withheld. Returns whether it shows.
    pub(super) fn take(&mut self, snapshot: ThreadSnapshot) -> bool {
        let Some(load) = &mut self.load else { return false };
        (load.load.loaded, load.load.stated) = (snapshot.loaded, snapshot.stated);
        if snapshot.loaded < self.loaded {
            load.withheld = Some(snapshot.thread);
            return false;
        }
        load.withheld = None;
        let stage = load.stage;
        if stage.is_reload() {
            load.stage = Stage::ReloadShown;
        }
        self.show(snapshot.thread, snapshot.loaded, stage);
        true
    }

    fn show(&mut self, thread: OrderedThread, loaded: u32, stage: Stage) {
        self.loaded = loaded;
        // It has another order only if the reader has chosen one since it was sorted.
        let thread = thread.in_order(self.view.order());
        match stage {
            Stage::First | Stage::ReloadShown => self.view.replace(thread),
            Stage::ReloadBegun => self.view.reload(thread),
        }
    }

    /// Ends the load as complete; nothing where there was none.
    pub(super) fn complete_load(&mut self) -> Option<LoadOutcome> {
        let ThreadLoad { load, stage, withheld } = self.load.take()?;
        let missing = load.stated.filter(|stated| load.loaded < *stated);
        Some(match (withheld, missing) {
            (Some(thread), Some(_)) => {
                LoadOutcome::Withheld { loaded: load.loaded, thread: Arc::clone(thread.thread()) }
            }
            (Some(thread), None) => {
                self.show(thread, load.loaded, stage);
                LoadOutcome::Complete { is_reload: stage.is_reload(), has_changed: true }
            }
            (None, Some(stated)) => LoadOutcome::Incomplete { loaded: load.loaded, stated },
            (None, None) => LoadOutcome::Complete { is_reload: stage.is_reload(), has_changed: false },
        })
    }

    pub(in crate::app) fn view_mut(&mut self) -> &mut ThreadView {
        &mut self.view
    }

    /// Scrolls code to the right by so many columns in all.
    pub(in crate::app) fn scroll_code_to(&mut self, columns: usize) {
        self.sideways = columns;
    }

    /// The search that has not found everything yet.
    pub(in crate::app) fn search_mut(&mut self) -> &mut Option<RunningSearch> {
        &mut self.search
    }

    /// The sort of this thread that is under way.
    pub(in crate::app) fn order(&self) -> Option<PendingOrder> {
        self.order
    }

    /// The same, to be changed.
    pub(in crate::app) fn order_mut(&mut self) -> &mut Option<PendingOrder> {
        &mut self.order
    }
}
