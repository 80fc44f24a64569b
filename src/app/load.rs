//! Loading: what is asked for, and what each answer does to the page that asked.

use std::sync::Arc;

use super::{App, Command, Effect, Loading, Page};
use crate::model::{Listing, LoadError, Thread};

impl App {
    /// Loads the page anew.
    pub(super) fn load(&mut self) -> Vec<Effect> {
        self.load_from(None)
    }

    /// Loads the page, or a further page of its list.
    pub(super) fn load_from(&mut self, from: Option<String>) -> Vec<Effect> {
        let mut effects: Vec<Effect> = stop(&mut self.page).into_iter().collect();
        self.requests += 1;
        let request = self.requests;
        let (loaded, stated, since, is_further) = (0, None, self.now, from.is_some());
        let (is_reload, line, aside, list_aside) = (self.page.view.is_some(), None, None, None);
        self.page.loading = Some(Loading {
            request,
            loaded,
            stated,
            since,
            line,
            is_further,
            is_reload,
            has_come: false,
            aside,
            list_aside,
        });
        self.page.problem = None;
        effects.push(Effect::Load { request, source: self.page.source.clone(), from });
        effects
    }

    /// Loads a further page of the list once the reader is near its end.
    pub(super) fn load_more(&mut self) -> Vec<Effect> {
        let wanted = self.page.list.as_ref().and_then(|list| list.wants_more()).map(str::to_owned);
        match wanted {
            Some(from) if self.page.loading.is_none() => self.load_from(Some(from)),
            _ => Vec::new(),
        }
    }

    /// The page that awaits the answer to a request, on the screen or below it.
    fn awaiting(&mut self, request: u64) -> Option<&mut Page> {
        let awaits = |page: &&mut Page| page.loading.as_ref().is_some_and(|loading| loading.request == request);
        std::iter::once(&mut self.page).chain(&mut self.below).find(awaits)
    }

    fn is_shown(&self, request: u64) -> bool {
        self.page.loading.as_ref().is_some_and(|loading| loading.request == request)
    }

    pub(super) fn arrive(
        &mut self,
        request: u64,
        thread: Arc<Thread>,
        loaded: u32,
        stated: Option<u32>,
    ) -> Vec<Effect> {
        let (selection, geometry) = (self.options.selection(thread.story()), self.geometry());
        let is_shown = self.is_shown(request);
        let Some(page) = self.awaiting(request) else { return Vec::new() };
        let fewer = loaded < page.loaded;
        if let Some(loading) = &mut page.loading {
            (loading.loaded, loading.stated) = (loaded, stated);
            loading.aside = fewer.then(|| Arc::clone(&thread));
        }
        if !fewer {
            page.take(thread, loaded, selection, geometry);
        }
        // What is searched for may also be in what came.
        if is_shown && !fewer { self.search_again() } else { Vec::new() }
    }

    pub(super) fn list_arrives(&mut self, request: u64, listing: &Arc<Listing>) {
        let room = self.list_room();
        let Some(page) = self.awaiting(request) else { return };
        let Some(loading) = &mut page.loading else { return };
        loading.loaded = listing.entries.len() as u32;
        let is_further = loading.is_further;
        let here = page.list.as_ref().map_or(0, |list| list.entries().len());
        let fewer = !is_further && listing.entries.len() < here;
        loading.list_aside = fewer.then(|| Arc::clone(listing));
        if !fewer {
            page.take_list(listing, is_further, room);
        }
    }

    pub(super) fn located(&mut self, request: u64, url: String) {
        if let Some(page) = self.awaiting(request) {
            page.home = Some(url).filter(|url| !url.is_empty());
        }
    }

    pub(super) fn heard(&mut self, request: u64, line: Option<String>) {
        if let Some(loading) = self.awaiting(request).and_then(|page| page.loading.as_mut()) {
            loading.line = line;
        }
    }

    pub(super) fn complete(&mut self, request: u64) -> Vec<Effect> {
        let is_shown = self.is_shown(request);
        let room = self.list_room();
        let Some(page) = self.awaiting(request) else { return Vec::new() };
        let Some(loading) = page.loading.take() else { return Vec::new() };
        if let Some(listing) = &loading.list_aside {
            page.take_list(listing, false, room);
        }
        if let Some(list) = &mut page.list {
            list.close_page();
        } else if is_shown {
            return self.complete_thread(loading);
        }
        // A screen taller than one page of the list wants the next one at once.
        if is_shown { self.load_more() } else { Vec::new() }
    }

    fn complete_thread(&mut self, loading: Loading) -> Vec<Effect> {
        let Loading { loaded, stated, aside, is_reload, .. } = loading;
        let whole = stated.is_none_or(|stated| loaded >= stated);
        match aside {
            Some(thread) if whole => {
                let (selection, geometry) = (self.options.selection(thread.story()), self.geometry());
                self.page.take(thread, loaded, selection, geometry);
                self.say_news(is_reload);
                return self.search_again();
            }
            Some(thread) => self.say_missing(&format!("only {loaded} comments came, so what was here stays"), &thread),
            None => {
                let here = self.page.view.as_ref().map(|view| Arc::clone(view.thread()));
                match here {
                    Some(thread) if !whole => {
                        self.say_missing(&format!("{loaded} of {} comments came", stated.unwrap_or(loaded)), &thread);
                    }
                    _ => self.say_news(is_reload),
                }
            }
        }
        Vec::new()
    }

    /// Says how much a reload has brought.
    fn say_news(&mut self, is_reload: bool) {
        let Some(view) = self.page.view.as_ref().filter(|_| is_reload) else { return };
        let next = self.keys.hint(Command::NextNew, "goes there");
        self.message = Some(match view.new_count() {
            0 => "loaded again: nothing is new".to_owned(),
            1 => format!("loaded again: 1 comment is new{next}"),
            count => format!("loaded again: {count} comments are new{next}"),
        });
    }

    /// Says what is missing, why if that is known, and what to do.
    fn say_missing(&mut self, what: &str, thread: &Thread) {
        let again = self.keys.hint(Command::Reload, "tries again");
        let why = thread.notes().first().map_or_else(String::new, |note| format!(" ({note})"));
        self.message = Some(format!("{what}{again}{why}"));
    }

    pub(super) fn fail(&mut self, request: u64, error: LoadError) {
        let is_shown = self.is_shown(request);
        let Some(page) = self.awaiting(request) else { return };
        let is_further = page.loading.take().is_some_and(|loading| loading.is_further);
        if let Some(list) = page.list.as_mut().filter(|_| is_further) {
            list.hold(true);
        }
        if !page.has_content() {
            page.problem = Some(error);
        } else if is_shown {
            self.message = Some(self.error_words(&error));
        }
    }

    /// Esc: stops what is loading, and says so.
    pub(super) fn stop_loading(&mut self) -> Option<Effect> {
        let stopped = stop(&mut self.page)?;
        if self.page.has_content() {
            let again = self.keys.hint(Command::Reload, "loads it all");
            self.message = Some(format!("stopped; what came is here{again}"));
        } else {
            self.page.problem = Some(LoadError::other("", "stopped before anything came"));
        }
        Some(stopped)
    }
}

/// Ends the load of a page.
pub(super) fn stop(page: &mut Page) -> Option<Effect> {
    if let Some(list) = &mut page.list {
        list.close_page();
    }
    page.loading.take().map(|loading| Effect::Cancel(loading.request))
}
