//! Visits: from opening a thread to leaving it. The store is told of them, and what it remembers is taken up.

use std::time::Duration;

use super::page::{OrderGoal, PageVisit};
use super::{App, DEMO, Effect, Page, StoreRequest, ThreadMemory};
use crate::view::{Place, ReadingState, Row};

/// The time after which what was read is kept, so that little is lost with the program.
const PAUSE: Duration = Duration::from_secs(2);
const TOP: Place = Place { row: Row::Story, y: 0 };

impl App {
    /// Begins a visit of the thread on a page, unless one is under way.
    pub(super) fn begin_visit(&mut self, is_wanted: impl Fn(&Page) -> bool, is_as_left: bool) {
        if !self.options.remembers {
            return;
        }
        let number = self.requests + 1;
        let page = std::iter::once(&mut self.page).chain(&mut self.back_stack).find(|page| is_wanted(page));
        let Some(page) = page.filter(|page| page.visit().is_none() && page.source() != DEMO) else { return };
        let Some(thread) = page.thread().map(|view| view.site_thread().clone()) else { return };
        // What has neither id nor address could not be found again.
        if thread.story().id.is_empty() && thread.story().url.is_empty() {
            return;
        }
        *page.visit_mut() = Some(PageVisit { number, takes_up: !is_as_left, wait: None });
        if let Some(thread) = page.thread_mut() {
            thread.view_mut().begin_visit();
        }
        self.requests = number;
        self.effects.push(Effect::Store(StoreRequest::BeginVisit(number, thread)));
    }

    /// Takes what is remembered of the thread of a visit.
    pub(super) fn take_memory(&mut self, number: u64, memory: ThreadMemory) {
        let is_on_screen = self.page.visit().is_some_and(|visit| visit.number == number);
        let set = (self.options.thresholds, self.options.order);
        let Some(page) = self.visited_page(number) else { return };
        let Some(visit) = page.visit_mut() else { return };
        let takes_up = std::mem::take(&mut visit.takes_up);
        let has_aim = page.requests_comment();
        let Some(thread) = page.thread_mut() else { return };
        let view = thread.view_mut();
        view.take_visits(memory.seen, memory.state.as_ref().map(|state| state.thresholds), memory.read);
        let Some(state) = memory.state.filter(|_| takes_up) else { return };
        let goes_to_place = !has_aim && view.place() == TOP;
        let here = view.place().row.comment().filter(|&index| view.shows_body(index));
        let state = ReadingState { thresholds: set.0.or(state.thresholds), ..state };
        view.take_up(&state, goes_to_place);
        // What was folded or hidden then is not to take away what the reader has before them already.
        if let Some(index) = here.filter(|&index| !view.shows_body(index)) {
            view.reveal(index);
        }
        let order = set.1.unwrap_or(state.order);
        if is_on_screen && order != view.order() {
            self.reach(OrderGoal::TakeUp(order));
        }
        if is_on_screen {
            self.say_new_since_visit();
        }
    }

    /// Notes which comments the reader has before them, and has it kept after a pause.
    pub(super) fn note_shown(&mut self) {
        if self.overlay.is_some() {
            return;
        }
        let is_first = self.page.thread_mut().is_some_and(|thread| thread.view_mut().note_shown());
        let wait = self.requests + 1;
        if let Some(visit) = self.page.visit_mut()
            && is_first
            && visit.wait.is_none()
        {
            visit.wait = Some(wait);
            self.requests = wait;
            self.effects.push(Effect::Wait(wait, PAUSE));
        }
    }

    /// Keeps what was read on the visit that has waited for this.
    pub(super) fn note_visit(&mut self, wait: u64) {
        let mut pages = std::iter::once(&mut self.page).chain(&mut self.back_stack);
        let page = pages.find(|page| page.visit().is_some_and(|visit| visit.wait == Some(wait)));
        let Some(page) = page else { return };
        if let Some(visit) = page.visit_mut() {
            visit.wait = None;
        }
        let noted = page.visited();
        self.effects.extend(noted.map(|(number, visited)| Effect::Store(StoreRequest::NoteVisit(number, visited))));
    }

    /// Ends the visit of the page on the screen, which the reader leaves.
    pub(super) fn end_visit(&mut self) {
        self.effects.extend(end_visit(&mut self.page));
    }

    /// Ends the visits of all pages, since the program ends.
    pub fn end(&mut self) -> Vec<Effect> {
        std::iter::once(&mut self.page).chain(&mut self.back_stack).filter_map(end_visit).collect()
    }

    fn visited_page(&mut self, visit: u64) -> Option<&mut Page> {
        let mut pages = std::iter::once(&mut self.page).chain(&mut self.back_stack);
        pages.find(|page| page.visit().is_some_and(|own| own.number == visit))
    }
}

/// Ends the visit of a page; what the store is told of it.
pub(super) fn end_visit(page: &mut Page) -> Option<Effect> {
    let (visited, is_partial) = (page.visited(), page.is_left_partial());
    *page.visit_mut() = None;
    let (number, visited) = visited?;
    let request = if is_partial { StoreRequest::NoteVisit } else { StoreRequest::EndVisit };
    Some(Effect::Store(request(number, visited)))
}
