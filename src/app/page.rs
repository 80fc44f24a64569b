//! A page: a thread or a list that the reader has opened, from the first request on.

mod list;
mod pending_load;
mod pending_sort;
mod thread;
mod visit;

pub use list::ListPage;
pub use pending_load::PendingLoad;
pub(super) use pending_sort::{OrderGoal, PendingOrder, PendingSort};
pub use thread::ThreadPage;
pub(super) use thread::{LoadOutcome, MatchGoal, RunningSearch, Steps, ThreadSnapshot};
pub(super) use visit::PageVisit;

use std::sync::Arc;

use super::Scope;
use crate::model::{Listing, LoadError};
use crate::view::{Geometry, ListRules, ListView, Selection, ThreadView};

/// Seconds for which a thread that was loaded is not asked for again.
pub const THREAD_FRESH_FOR: i64 = 60;

/// A thread or a list that the reader has opened.
#[derive(Clone, Debug)]
pub struct Page {
    /// The target, as the reader named it.
    source: String,
    /// The address on the web, where it is known before anything has arrived.
    located_url: Option<String>,
    /// The id of the comment to go to once it is here.
    requested_comment: Option<String>,
    /// A state of the thread that is being put in order, before it shows.
    sort: Option<PendingSort>,
    /// The visit of the thread.
    visit: Option<PageVisit>,
    /// Whether the last load could bring only what is stored.
    is_as_stored: bool,
    /// The time at which the last load began that brought all that it asked a site for, in seconds since 1970 UTC.
    loaded_at: Option<i64>,
    /// The chosen one of the ways that lead on where it could not be loaded.
    way_out: usize,
    content: PageContent,
}

/// The part of a page that is here, with the load that is under way.
#[derive(Clone, Debug)]
pub enum PageContent {
    /// Nothing is here, and nothing is loading.
    Unloaded,
    /// Nothing is here yet.
    Loading(PendingLoad),
    /// Nothing is here, because the load failed.
    Failed(LoadError),
    /// A thread, as far as it is here.
    Thread(Box<ThreadPage>),
    /// A list of stories, as far as it is here.
    List(Box<ListPage>),
}

impl Page {
    /// A page of which nothing is here yet.
    pub(super) fn new(source: String) -> Self {
        Self {
            source,
            located_url: None,
            requested_comment: None,
            sort: None,
            visit: None,
            is_as_stored: false,
            loaded_at: None,
            way_out: 0,
            content: PageContent::Unloaded,
        }
    }

    /// The target, as the reader named it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The part of it that is here.
    pub fn content(&self) -> &PageContent {
        &self.content
    }

    /// The thread, once some of it is here.
    pub fn thread(&self) -> Option<&ThreadView> {
        match &self.content {
            PageContent::Thread(thread) => Some(thread.view()),
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) | PageContent::List(_) => None,
        }
    }

    /// The list, once it is known that the page is one.
    pub fn list(&self) -> Option<&ListView> {
        match &self.content {
            PageContent::List(list) => Some(list.view()),
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) | PageContent::Thread(_) => None,
        }
    }

    /// The load under way.
    pub fn load(&self) -> Option<&PendingLoad> {
        match &self.content {
            PageContent::Unloaded | PageContent::Failed(_) => None,
            PageContent::Loading(load) => Some(load),
            PageContent::Thread(thread) => thread.load(),
            PageContent::List(list) => list.load(),
        }
    }

    /// The error for which there is nothing to read.
    pub fn error(&self) -> Option<&LoadError> {
        match &self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Thread(_) => None,
            PageContent::Failed(error) => Some(error),
            PageContent::List(list) => list.error(),
        }
    }

    /// Whether there is a thread, or a story of a list, to be read.
    pub fn has_content(&self) -> bool {
        match &self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => false,
            PageContent::Thread(_) => true,
            PageContent::List(list) => !list.view().entries().is_empty(),
        }
    }

    /// Whether a filter decides which comments or stories show.
    pub fn has_filter(&self) -> bool {
        match &self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => false,
            PageContent::Thread(thread) => thread.view().filter().is_some(),
            PageContent::List(list) => list.view().filter().is_some(),
        }
    }

    /// The commands that are of use on it.
    pub fn scope(&self) -> Scope {
        if self.list().is_some() { Scope::List } else { Scope::Thread }
    }

    /// Its address on the web as far as that is known, else its target.
    pub fn address(&self) -> &str {
        let stated = match &self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => "",
            PageContent::Thread(thread) => thread.view().thread().story().url.as_str(),
            PageContent::List(list) => list.view().heading().url.as_str(),
        };
        if stated.is_empty() { self.located_url.as_deref().unwrap_or(&self.source) } else { stated }
    }

    /// Whether that is an address that a browser can show.
    pub fn is_on_web(&self) -> bool {
        self.address().starts_with("http")
    }

    /// The thread, to change what is seen of it.
    pub(super) fn thread_mut(&mut self) -> Option<&mut ThreadPage> {
        match &mut self.content {
            PageContent::Thread(thread) => Some(thread),
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) | PageContent::List(_) => None,
        }
    }

    /// The thread, to be moved by the reader, whom the requested comment then no longer takes away.
    pub(super) fn steer_thread(&mut self) -> Option<&mut ThreadPage> {
        let PageContent::Thread(thread) = &mut self.content else { return None };
        self.requested_comment = None;
        Some(thread)
    }

    /// The list, to change what is seen of it.
    pub(super) fn list_mut(&mut self) -> Option<&mut ListPage> {
        match &mut self.content {
            PageContent::List(list) => Some(list),
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) | PageContent::Thread(_) => None,
        }
    }

    /// Gives it the room that it has on the screen.
    pub(super) fn resize(&mut self, geometry: Geometry, list_room: (usize, usize)) {
        match &mut self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {}
            PageContent::Thread(thread) => thread.view_mut().resize(geometry),
            PageContent::List(list) => list.view_mut().resize(list_room),
        }
    }

    /// Whether there is a comment to go to once it is here.
    pub(super) fn requests_comment(&self) -> bool {
        self.requested_comment.is_some()
    }

    /// The visit of the thread.
    pub(super) fn visit(&self) -> Option<PageVisit> {
        self.visit
    }

    /// The visit of the thread, to be changed.
    pub(super) fn visit_mut(&mut self) -> &mut Option<PageVisit> {
        &mut self.visit
    }

    /// Goes to the comment with this id once it is here.
    pub(super) fn request_comment(&mut self, id: Option<String>) {
        self.requested_comment = id;
    }

    /// Notes its address on the web; empty where there is none.
    pub(super) fn locate(&mut self, url: String) {
        self.located_url = Some(url).filter(|url| !url.is_empty());
    }

    /// Whether the last load could bring only what is stored.
    pub fn is_as_stored(&self) -> bool {
        self.is_as_stored
    }

    /// Whether it is of a site, and its last load is too long ago, or could not ask the site.
    pub(super) fn is_due_again(&self, now: i64) -> bool {
        let is_fresh = |then: i64| (0..THREAD_FRESH_FOR).contains(&(now - then));
        self.located_url.is_some() && !self.loaded_at.is_some_and(is_fresh)
    }

    /// Notes whether the load that ends could bring only what is stored. A further page makes the list no newer.
    pub(super) fn note_as_stored(&mut self, is_as_stored: bool) {
        self.loaded_at = self.load().map(|load| load.since).filter(|_| !is_as_stored);
        let is_further = matches!(&self.content, PageContent::List(list) if list.is_loading_further());
        self.is_as_stored = is_as_stored || is_further && self.is_as_stored;
    }

    /// The chosen one of the ways that lead on where it could not be loaded.
    pub(super) fn way_out(&self) -> usize {
        self.way_out
    }

    /// Chooses one of them.
    pub(super) fn choose_way(&mut self, place: usize) {
        self.way_out = place;
    }

    /// Begins a load from its start.
    pub(super) fn begin_load(&mut self, load: PendingLoad) {
        match &mut self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {
                self.content = PageContent::Loading(load);
            }
            PageContent::Thread(thread) => thread.begin_reload(load),
            PageContent::List(list) => list.begin_load(load),
        }
    }

    /// The load under way, to note its progress.
    pub(super) fn load_mut(&mut self) -> Option<&mut PendingLoad> {
        match &mut self.content {
            PageContent::Unloaded | PageContent::Failed(_) => None,
            PageContent::Loading(load) => Some(load),
            PageContent::Thread(thread) => thread.load_mut(),
            PageContent::List(list) => list.load_mut(),
        }
    }

    /// Takes a state of the thread: the first one, or a newer one. Returns whether it is what shows now.
    pub(super) fn take_thread(&mut self, snapshot: ThreadSnapshot, selection: Selection, geometry: Geometry) -> bool {
        let is_shown = if let PageContent::Thread(thread) = &mut self.content {
            thread.take(snapshot)
        } else {
            let Some(load) = self.load().cloned() else { return false };
            let view = ThreadView::selected(snapshot.thread.clone(), selection, geometry);
            self.content = PageContent::Thread(Box::new(ThreadPage::new(view, load, &snapshot)));
            true
        };
        if is_shown {
            self.go_to_requested_comment();
        }
        is_shown
    }

    /// The state of the thread that is being put in order.
    pub(super) fn sort_mut(&mut self) -> &mut Option<PendingSort> {
        &mut self.sort
    }

    fn go_to_requested_comment(&mut self) {
        let Some(id) = &self.requested_comment else { return };
        let PageContent::Thread(thread) = &mut self.content else { return };
        // An address of some sites does not say whether it is a story's or a comment's.
        let is_story = thread.view().thread().story().id == *id;
        let comment = thread.view().thread().find(id);
        if let Some(index) = comment {
            thread.view_mut().reveal(index);
        }
        if is_story || comment.is_some() {
            self.requested_comment = None;
        }
    }

    /// Takes a page of a list as far as it is here.
    pub(super) fn take_listing(&mut self, listing: &Arc<Listing>, room: (usize, usize), rules: ListRules) {
        if self.list().is_none() {
            let Some(load) = self.load().cloned() else { return };
            self.content = PageContent::List(Box::new(ListPage::new(room, rules, load)));
        }
        if let PageContent::List(list) = &mut self.content {
            list.take(listing);
        }
    }

    /// Ends the load as failed. The error comes back where there is something to read all the same.
    pub(super) fn fail(&mut self, error: LoadError) -> Option<LoadError> {
        match &mut self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {
                self.content = PageContent::Failed(error);
                None
            }
            PageContent::Thread(thread) => {
                thread.end_load();
                Some(error)
            }
            PageContent::List(list) => list.fail(error),
        }
    }

    /// Ends the load as complete; of a thread, with what it has brought.
    pub(super) fn complete_load(&mut self) -> Option<LoadOutcome> {
        match &mut self.content {
            PageContent::Unloaded | PageContent::Failed(_) => None,
            PageContent::Loading(_) => {
                self.content = PageContent::Unloaded;
                None
            }
            PageContent::Thread(thread) => thread.complete_load(),
            PageContent::List(list) => {
                list.complete_load();
                None
            }
        }
    }

    /// Stops the load under way, and gives the number of its request.
    pub(super) fn stop_load(&mut self) -> Option<u64> {
        self.sort = None;
        let request = self.load()?.request;
        match &mut self.content {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {
                self.content = PageContent::Unloaded;
            }
            PageContent::Thread(thread) => thread.end_load(),
            PageContent::List(list) => list.end_load(),
        }
        Some(request)
    }
}
