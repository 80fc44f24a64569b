//! A thread or a list on the screen, or on its way there.

use std::sync::Arc;

use super::Scope;
use crate::model::{Listing, LoadError, Thread};
use crate::view::{Geometry, ListView, Selection, ThreadView, Thresholds};

/// A load under way.
#[derive(Clone, Debug)]
pub struct Loading {
    /// The number of the request.
    pub request: u64,
    /// Comments, or stories, loaded so far.
    pub loaded: u32,
    /// Comments that the site says there are.
    pub stated: Option<u32>,
    /// When it began, in seconds since 1970 UTC.
    pub since: i64,
    /// How an answer that takes long comes along, in words.
    pub line: Option<String>,
    /// Whether it is a further page of a list.
    pub is_further: bool,
    /// Whether it loads again what the reader has read.
    pub(super) is_reload: bool,
    /// Whether some of that has come.
    pub(super) has_come: bool,
    /// A reload's thread while there is less of it than of what is being read, which it must not take away.
    pub(super) aside: Option<Arc<Thread>>,
    /// The same of a list.
    pub(super) list_aside: Option<Arc<Listing>>,
}

/// What is being read.
#[derive(Clone, Debug)]
pub struct Page {
    /// What was asked for, as the reader named it.
    pub source: String,
    /// The comment to go to once it is here, by id.
    pub wanted: Option<String>,
    /// The thread, once some of it is here.
    pub view: Option<ThreadView>,
    /// The list, if it is one.
    pub list: Option<ListView>,
    /// The load under way.
    pub loading: Option<Loading>,
    /// Why there is nothing to read.
    pub problem: Option<LoadError>,
    /// Columns by which code is scrolled to the right.
    pub sideways: usize,
    /// The full threshold as the reader set it, from which the hiding one may have pushed it up.
    pub(super) own_full: Option<Thresholds>,
    /// The page's address on the web, where that is known before anything has come.
    pub(super) home: Option<String>,
    /// The number of the search under way.
    pub(super) searching: Option<u64>,
    /// Whether the reader wants to go to the first match once there is one.
    pub(super) wants_match: bool,
    /// How many comments are here, body and all.
    pub(super) loaded: u32,
}

impl Page {
    /// A page of which nothing is here yet.
    pub fn new(source: String) -> Self {
        let (wanted, view, list, loading, problem) = (None, None, None, None, None);
        let (own_full, home, searching) = (None, None, None);
        Self {
            source,
            wanted,
            view,
            list,
            loading,
            problem,
            sideways: 0,
            own_full,
            home,
            searching,
            wants_match: false,
            loaded: 0,
        }
    }

    /// Which commands are of use on it.
    pub fn place(&self) -> Scope {
        if self.list.is_some() { Scope::List } else { Scope::Thread }
    }

    /// Takes a state of the thread: the first one to look at, or a newer one of what is looked at.
    pub(super) fn take(&mut self, thread: Arc<Thread>, loaded: u32, selection: Selection, geometry: Geometry) {
        self.loaded = loaded;
        let begins = |loading: &mut Loading| loading.is_reload && !std::mem::replace(&mut loading.has_come, true);
        let is_reload = self.loading.as_mut().is_some_and(begins);
        let wanted = self.wanted.as_deref().and_then(|id| thread.find(id));
        match &mut self.view {
            Some(view) if is_reload => view.reload(thread),
            Some(view) => view.replace(thread),
            None => self.view = Some(ThreadView::selected(thread, selection, geometry)),
        }
        if let (Some(index), Some(view)) = (wanted, &mut self.view) {
            self.wanted = None;
            view.reveal(index);
        }
    }

    /// Takes a page of a list as far as it is here.
    pub(super) fn take_list(&mut self, listing: &Listing, is_further: bool, room: (usize, usize)) {
        self.list.get_or_insert_with(|| ListView::new(room)).take(listing, is_further);
    }

    /// The full threshold as the reader set it: what is in force now, unless the hiding one has pushed that up.
    pub(super) fn full_as_set(&self) -> Option<i32> {
        let in_force = self.view.as_ref().map(ThreadView::thresholds).unwrap_or_default();
        self.own_full.unwrap_or(in_force).full()
    }

    /// Its address on the web as far as that is known, else what was asked for.
    pub fn address(&self) -> &str {
        let story = self.view.as_ref().map(|view| view.thread().story().url.as_str());
        let list = || self.list.as_ref().map(|list| list.heading().url.as_str());
        let home = self.home.as_deref().unwrap_or(&self.source);
        story.or_else(list).filter(|url| !url.is_empty()).unwrap_or(home)
    }

    /// Whether that is an address that a browser can show.
    pub fn is_on_web(&self) -> bool {
        self.address().starts_with("http")
    }

    /// Whether a search has not found everything yet.
    pub fn is_searching(&self) -> bool {
        self.searching.is_some()
    }

    /// Whether anything of it is here to be read.
    pub fn has_content(&self) -> bool {
        self.view.is_some() || self.list.as_ref().is_some_and(|list| !list.entries().is_empty())
    }
}
