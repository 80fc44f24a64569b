//! Loading: the requests of a page, and the answers to them.

use std::sync::Arc;

use super::own_lists::{is_own, may_hide_read};
use super::page::{LoadOutcome, PendingLoad, PendingSort, ThreadSnapshot};
use super::{App, Effect, Event, GlobalCommand, KnownState, Message, Page, StoreRequest, ThreadCommand, TransferLine};
use crate::model::{Listing, LoadError, Thread, counted, is_or_are};
use crate::view::{Order, OrderedThread, Selection, StoreUse, ThreadView};

/// A state with more comments is compared with the next one beside the screen.
const LARGE: u32 = 2_000;

/// What the key for the next new comment does.
const NEXT_NEW: &str = "goes to these, then to the unread";

impl App {
    /// Loads the page, for the first time or again.
    pub(super) fn load(&mut self) {
        self.cancel_load();
        let load = self.new_load();
        let (request, source) = (load.request, self.page.source().to_owned());
        let known = if self.page.thread().is_some() || self.page.list().is_some() {
            KnownState::Shown
        } else if self.is_counted_as_new() {
            KnownState::Outdated
        } else {
            KnownState::Unknown
        };
        self.page.begin_load(load);
        self.effects.push(Effect::Load { request, source, from: None, known });
    }

    /// Loads a further page of the list once the reader is near its end.
    pub(super) fn load_more(&mut self) {
        let next = PendingLoad::new(self.requests + 1, self.now);
        let begun = begin_further(&mut self.page, next);
        self.take_further(begun);
    }

    /// The same for the list beside the thread.
    pub(super) fn load_more_beside(&mut self) {
        let next = PendingLoad::new(self.requests + 1, self.now);
        let begun = self.back_stack.last_mut().and_then(|page| begin_further(page, next));
        self.take_further(begun);
    }

    fn take_further(&mut self, begun: Option<Effect>) {
        if begun.is_some() {
            self.requests += 1;
            self.effects.extend(begun);
        }
    }

    fn new_load(&mut self) -> PendingLoad {
        self.requests += 1;
        PendingLoad::new(self.requests, self.now)
    }

    /// Stops the page's load; whether there was one.
    fn cancel_load(&mut self) -> bool {
        self.finish_sort();
        let request = self.page.stop_load();
        self.effects.extend(request.map(Effect::Cancel));
        request.is_some()
    }

    /// The page that awaits the answer to a request, on the screen or below it.
    fn awaiting(&mut self, request: u64) -> Option<&mut Page> {
        std::iter::once(&mut self.page).chain(&mut self.back_stack).find(|page| awaits(page, request))
    }

    /// Takes a state of a thread that is loading, in the site's order; in another one it shows once it is sorted, and in place
    /// of a large one once the two are compared.
    pub(super) fn take_thread(&mut self, request: u64, thread: Arc<Thread>, loaded: u32, stated: Option<u32>) {
        let (first, number) = (self.options.order(thread.story()), self.requests + 1);
        let Some(page) = self.awaiting(request) else { return };
        let order = page.thread().map_or(first, ThreadView::order);
        let large = page.thread_mut().filter(|thread| thread.view().thread().len() > LARGE);
        let shown = large.map(|thread| Box::new(thread.shown_state()));
        if order == Order::Site && shown.is_none() {
            self.show_snapshot(request, ThreadSnapshot { thread: thread.into(), loaded, stated });
            return;
        }
        let later = Vec::new();
        *page.sort_mut() = Some(PendingSort { number, request, thread: Arc::clone(&thread), loaded, stated, later });
        self.requests = number;
        self.effects.push(Effect::Sort { number, thread, order, shown });
    }

    /// Keeps what a load brings while an earlier state of its thread is being sorted; gives every other event back.
    pub(super) fn defer(&mut self, event: Event) -> Option<Event> {
        let (Event::Arrived { request, .. } | Event::Complete(request) | Event::Failed(request, _)) = event else {
            return Some(event);
        };
        match self.awaiting(request).and_then(|page| page.sort_mut().as_mut()) {
            Some(sort) => {
                sort.keep(event);
                None
            }
            None => Some(event),
        }
    }

    /// Takes a thread that has been sorted: a state that a load has brought, or the order that the reader wants.
    pub(super) fn take_sorted(&mut self, number: u64, thread: OrderedThread) {
        let mut pages = std::iter::once(&mut self.page).chain(&mut self.back_stack);
        match pages.find_map(|page| page.sort_mut().take_if(|sort| sort.number == number)) {
            Some(sort) => self.end_sort(sort, thread),
            None => self.take_order(number, thread),
        }
    }

    /// Shows a state of a thread that has been sorted, and takes what the load has brought since.
    fn end_sort(&mut self, sort: PendingSort, thread: OrderedThread) {
        let PendingSort { request, loaded, stated, later, .. } = sort;
        self.show_snapshot(request, ThreadSnapshot { thread, loaded, stated });
        for event in later {
            self.take(event);
        }
    }

    /// Sorts at once what is being sorted of the page's thread, so that a load that is stopped leaves what it brought.
    fn finish_sort(&mut self) {
        while let Some(sort) = self.page.sort_mut().take() {
            let site = Arc::clone(&sort.thread);
            let first = self.options.order(site.story());
            let order = self.page.thread().map_or(first, ThreadView::order);
            self.end_sort(sort, OrderedThread::new(site, order));
        }
    }

    /// Shows a state of a thread that is loading.
    fn show_snapshot(&mut self, request: u64, snapshot: ThreadSnapshot) {
        self.drop_list_filter();
        let selection = self.options.selection(snapshot.thread.site().story());
        let (selection, geometry) = (Selection { authors: self.authors.clone(), ..selection }, self.geometry());
        let is_on_screen = awaits(&self.page, request);
        let Some(page) = self.awaiting(request) else { return };
        let opened = page.thread().is_none().then(|| page.source().to_owned());
        let has_changed = page.take_thread(snapshot, selection, geometry);
        if let Some(source) = opened {
            self.note_opened(&source);
        }
        self.begin_visit(|page| awaits(page, request), false);
        // The comments that came may have matches too.
        if is_on_screen && has_changed {
            self.search_again();
        }
    }

    /// Notes in every list that something of a discussion was shown.
    pub(super) fn note_opened(&mut self, address: &str) {
        self.pages_mut().filter_map(Page::list_mut).for_each(|list| list.view_mut().note_opened(address));
    }

    /// Takes a page of a list as far as it is here.
    pub(super) fn take_listing(&mut self, request: u64, listing: &Arc<Listing>) {
        let (room, rules) = (self.list_room(), self.options.lists.clone());
        let (filter, authors) = (self.list_filter(), self.authors.clone());
        let store = match (self.options.is_offline(), self.options.remembers) {
            (true, _) => StoreUse::Alone,
            (false, true) => StoreUse::Beside,
            (false, false) => StoreUse::Absent,
        };
        let hides_read = self.hides_read == Some(true) && may_hide_read(&listing.heading);
        if let Some(page) = self.awaiting(request) {
            let is_first = page.list().is_none();
            page.take_listing(listing, room, rules);
            if let Some(list) = page.list_mut() {
                list.view_mut().use_store(store);
                if is_own(&listing.heading.target) {
                    list.view_mut().be_own();
                }
                if is_first && hides_read {
                    list.view_mut().set_hides_read(true);
                }
            }
            page.set_authors(&authors);
            if let (Some(list), Some(query)) = (page.list_mut(), filter) {
                list.view_mut().set_filter(Some(query));
            }
            self.ask_store(StoreRequest::Stories(listing.entries.clone()));
        }
    }

    /// Notes the page's address on the web, and which comment the target of a thread that is not here yet names.
    pub(super) fn take_location(&mut self, request: u64, url: String, comment: Option<String>) {
        if let Some(page) = self.awaiting(request) {
            page.locate(url);
            if page.thread().is_none() {
                page.request_comment(comment);
            }
        }
    }

    /// Notes how an answer comes along.
    pub(super) fn take_transfer(&mut self, request: u64, line: Option<TransferLine>) {
        if let Some(load) = self.awaiting(request).and_then(Page::load_mut) {
            load.transfer = line;
        }
    }

    /// Notes what is to be said at the end of a load that has brought only what is stored. A list then marks the stories that
    /// can be read.
    pub(super) fn take_stored_remark(&mut self, request: u64, line: String) {
        let Some(page) = self.awaiting(request) else { return };
        if let Some(list) = page.list_mut() {
            list.view_mut().use_store(StoreUse::Alone);
        }
        if let Some(load) = page.load_mut() {
            load.remark = Some(line);
        }
    }

    /// Ends a load with all that came.
    pub(super) fn complete_load(&mut self, request: u64) {
        let is_on_screen = awaits(&self.page, request);
        let Some(page) = self.awaiting(request) else { return };
        let remark = page.load_mut().and_then(|load| load.remark.take());
        page.note_as_stored(remark.is_some());
        let outcome = page.complete_load();
        if !is_on_screen {
            return;
        }
        if let Some(outcome) = outcome {
            self.say_outcome(outcome);
        }
        if remark.is_some() {
            self.message = remark.map(Message::from);
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
                } else {
                    self.say_new_since_visit();
                }
                if has_changed {
                    self.search_again();
                }
            }
            LoadOutcome::Incomplete { loaded, stated } => {
                let Some(thread) = self.page.thread().map(|view| Arc::clone(view.thread())) else { return };
                self.say_missing(&format!("{loaded} of {} came", counted(stated, "comment")), &thread);
            }
            LoadOutcome::Withheld { loaded, thread } => {
                self.say_missing(&format!("only {} came, so what was here stays", counted(loaded, "comment")), &thread);
            }
        }
    }

    /// Says how many comments a reload has brought.
    fn say_new_comments(&mut self) {
        let Some(view) = self.page.thread() else { return };
        let next = self.keys.key_for(ThreadCommand::NextNew, NEXT_NEW);
        self.say(match view.new_count() {
            0 => "loaded again: nothing is new".into(),
            count => {
                Message::from(format!("loaded again: {} {} new", counted(count, "comment"), is_or_are(count as usize)))
                    .and(next)
            }
        });
    }

    /// Says how many comments are new since the last visit, unless there is something else to say.
    pub(super) fn say_new_since_visit(&mut self) {
        let count = self.page.thread().map_or(0, ThreadView::new_count);
        if count > 0 && self.message.is_none() && self.page.load().is_none() {
            let next = self.keys.key_for(ThreadCommand::NextNew, NEXT_NEW);
            self.say(
                Message::from(format!("{} {} new", counted(count, "comment"), is_or_are(count as usize))).and(next),
            );
        }
    }

    /// Says what is missing, why if that is known, and what to do.
    fn say_missing(&mut self, missing: &str, thread: &Thread) {
        let again = self.keys.key_for(GlobalCommand::Reload, "tries again");
        let why = thread.notes().first().map_or_else(String::new, |note| format!(" ({note})"));
        self.say(Message::from(missing).and(again).and(why));
    }

    /// Ends a load as failed.
    pub(super) fn fail_load(&mut self, request: u64, error: LoadError) {
        let is_on_screen = awaits(&self.page, request);
        let is_without_network = self.options.remembers && error.is_of_network();
        let Some(page) = self.awaiting(request) else { return };
        // Without a network only what is stored can be read.
        if let Some(list) = page.list_mut().filter(|list| is_without_network && !list.view().entries().is_empty()) {
            list.view_mut().use_store(StoreUse::Alone);
            page.note_as_stored(true);
        }
        let unshown = page.fail(error);
        if let Some(error) = unshown.filter(|_| is_on_screen) {
            self.say(self.error_words(&error));
        }
    }

    /// Stops the page's load and says so; whether there was one.
    pub(super) fn stop_loading(&mut self) -> bool {
        if !self.cancel_load() {
            return false;
        }
        if self.page.has_content() {
            let again = self.keys.key_for(GlobalCommand::Reload, "loads it all");
            self.say(Message::from("stopped; what came is here").and(again));
        } else {
            self.page.fail(LoadError::other("", "stopped before anything came"));
        }
        true
    }
}

/// Begins to load a further page of a list, where the reader is near its end.
fn begin_further(page: &mut Page, load: PendingLoad) -> Option<Effect> {
    let (request, source) = (load.request, page.source().to_owned());
    let list = page.list_mut()?;
    let from = list.wanted_page()?;
    list.begin_further(load);
    Some(Effect::Load { request, source, from: Some(from), known: KnownState::Unknown })
}

/// Whether a page awaits the answer to a request.
fn awaits(page: &Page, request: u64) -> bool {
    page.load().is_some_and(|load| load.request == request)
}
