//! Loading: the requests of a page, and the answers to them.

use std::sync::Arc;

use super::page::{LoadOutcome, PendingLoad, ThreadSnapshot};
use super::{App, Effect, GlobalCommand, Page, ThreadCommand};
use crate::model::{Listing, LoadError, Thread};

impl App {
    /// Loads the page, for the first time or again.
    pub(super) fn load(&mut self) {
        self.cancel_load();
        let load = self.new_load();
        let (request, source) = (load.request, self.page.source().to_owned());
        self.page.begin_load(load);
        self.effects.push(Effect::Load { request, source, from: None });
    }

    /// Loads a further page of the list once the reader is near its end.
    pub(super) fn load_more(&mut self) {
        let wanted = self.page.list_mut().and_then(|list| list.wanted_page());
        let Some(from) = wanted else { return };
        let load = self.new_load();
        let (request, source) = (load.request, self.page.source().to_owned());
        if let Some(list) = self.page.list_mut() {
            list.begin_further(load);
        }
        self.effects.push(Effect::Load { request, source, from: Some(from) });
    }

    fn new_load(&mut self) -> PendingLoad {
        self.requests += 1;
        PendingLoad::new(self.requests, self.now)
    }

    /// Stops the page's load; whether there was one.
    fn cancel_load(&mut self) -> bool {
        let request = self.page.stop_load();
        self.effects.extend(request.map(Effect::Cancel));
        request.is_some()
    }

    /// The page that awaits the answer to a request, on the screen or below it.
    fn awaiting(&mut self, request: u64) -> Option<&mut Page> {
        std::iter::once(&mut self.page).chain(&mut self.back_stack).find(|page| awaits(page, request))
    }

    /// Takes a state of a thread that is loading.
    pub(super) fn take_thread(&mut self, request: u64, thread: Arc<Thread>, loaded: u32, stated: Option<u32>) {
        let (selection, geometry) = (self.options.selection(thread.story()), self.geometry());
        let is_on_screen = awaits(&self.page, request);
        let Some(page) = self.awaiting(request) else { return };
        let has_changed = page.take_thread(ThreadSnapshot { thread, loaded, stated }, selection, geometry);
        // The comments that came may have matches too.
        if is_on_screen && has_changed {
            self.search_again();
        }
    }

    /// Takes a page of a list as far as it is here.
    pub(super) fn take_listing(&mut self, request: u64, listing: &Arc<Listing>) {
        let (room, rules) = (self.list_room(), self.options.lists.clone());
        let filter = self.options.list_filter.take();
        if let Some(page) = self.awaiting(request) {
            page.take_listing(listing, room, rules);
            if let (Some(list), Some(query)) = (page.list_mut(), filter) {
                list.view_mut().set_filter(Some(query));
            }
        }
    }

    /// Notes the page's address on the web.
    pub(super) fn take_location(&mut self, request: u64, url: String) {
        if let Some(page) = self.awaiting(request) {
            page.locate(url);
        }
    }

    /// Notes how an answer comes along.
    pub(super) fn take_transfer(&mut self, request: u64, line: Option<String>) {
        if let Some(load) = self.awaiting(request).and_then(Page::load_mut) {
            load.transfer = line;
        }
    }

    /// Ends a load with all that came.
    pub(super) fn complete_load(&mut self, request: u64) {
        let is_on_screen = awaits(&self.page, request);
        let Some(page) = self.awaiting(request) else { return };
        let outcome = page.complete_load();
        if !is_on_screen {
            return;
        }
        if let Some(outcome) = outcome {
            self.say_outcome(outcome);
        }
        // A screen taller than one page of the list wants the next one at once.
        self.load_more();
    }

    /// Says what a thread's load has brought.
    fn say_outcome(&mut self, outcome: LoadOutcome) {
        match outcome {
            LoadOutcome::Complete { is_reload, has_changed } => {
                if is_reload {
                    self.say_new_comments();
                }
                if has_changed {
                    self.search_again();
                }
            }
            LoadOutcome::Incomplete { loaded, stated } => {
                let Some(thread) = self.page.thread().map(|view| Arc::clone(view.thread())) else { return };
                self.say_missing(&format!("{loaded} of {stated} comments came"), &thread);
            }
            LoadOutcome::Withheld { loaded, thread } => {
                self.say_missing(&format!("only {loaded} comments came, so what was here stays"), &thread);
            }
        }
    }

    /// Says how many comments a reload has brought.
    fn say_new_comments(&mut self) {
        let Some(view) = self.page.thread() else { return };
        let next = self.keys.key_for(ThreadCommand::NextNew, "goes there");
        self.message = Some(match view.new_count() {
            0 => "loaded again: nothing is new".to_owned(),
            1 => format!("loaded again: 1 comment is new{next}"),
            count => format!("loaded again: {count} comments are new{next}"),
        });
    }

    /// Says what is missing, why if that is known, and what to do.
    fn say_missing(&mut self, missing: &str, thread: &Thread) {
        let again = self.keys.key_for(GlobalCommand::Reload, "tries again");
        let why = thread.notes().first().map_or_else(String::new, |note| format!(" ({note})"));
        self.message = Some(format!("{missing}{again}{why}"));
    }

    /// Ends a load as failed.
    pub(super) fn fail_load(&mut self, request: u64, error: LoadError) {
        let is_on_screen = awaits(&self.page, request);
        let Some(page) = self.awaiting(request) else { return };
        let unshown = page.fail(error);
        if let Some(error) = unshown.filter(|_| is_on_screen) {
            self.message = Some(self.error_words(&error));
        }
    }

    /// Stops the page's load and says so; whether there was one.
    pub(super) fn stop_loading(&mut self) -> bool {
        if !self.cancel_load() {
            return false;
        }
        if self.page.has_content() {
            let again = self.keys.key_for(GlobalCommand::Reload, "loads it all");
            self.message = Some(format!("stopped; what came is here{again}"));
        } else {
            self.page.fail(LoadError::other("", "stopped before anything came"));
        }
        true
    }
}

/// Whether a page awaits the answer to a request.
fn awaits(page: &Page, request: u64) -> bool {
    page.load().is_some_and(|load| load.request == request)
}
