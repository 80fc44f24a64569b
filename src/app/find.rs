//! Searching and filtering a thread: what is typed, what a search beside the screen finds, and going through it.

use std::sync::Arc;

use super::{App, Command, Effect, Page, Question};
use crate::view::{Query, Search, ThreadView};

/// The label tabs of Slashdot, by the number of their command; the first shows everything.
pub const LABEL_TABS: [&str; 5] = ["", "Insightful", "Informative", "Interesting", "Funny"];

impl App {
    /// Runs a command that finds; nothing for others.
    pub(super) fn run_find(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Search => self.ask(Question::Search, ""),
            Command::Filter => {
                let text = self.view().and_then(ThreadView::filter).map_or("", Query::text).to_owned();
                self.ask(Question::Filter, &text);
            }
            Command::NextMatch | Command::PreviousMatch => self.step_match(command),
            Command::Label(number) => self.filter_by_label(usize::from(number)),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self) -> Option<&ThreadView> {
        self.page.view.as_ref()
    }

    /// Looks for what is typed so far, beside the screen.
    pub(super) fn search_for(&mut self, typed: &str) -> Vec<Effect> {
        let search = Search::new(typed);
        if let (Err(error), false) = (&search, typed.is_empty()) {
            self.message = Some(error.says.clone());
        }
        let Some(view) = &mut self.page.view else { return Vec::new() };
        view.set_search(search.ok());
        self.search_again()
    }

    /// Looks for the same in the thread as it is now.
    pub(super) fn search_again(&mut self) -> Vec<Effect> {
        self.page.searching = None;
        let Some(view) = &self.page.view else { return Vec::new() };
        let Some(search) = view.search().cloned() else { return Vec::new() };
        self.requests += 1;
        let thread = Arc::clone(view.thread());
        self.page.searching = Some(self.requests);
        vec![Effect::Search { number: self.requests, thread, search }]
    }

    /// Takes what a search has found so far.
    pub(super) fn found(&mut self, number: u64, matches: Vec<u32>, is_all: bool) {
        let pages = std::iter::once(&mut self.page).chain(&mut self.below);
        let Some(page) = pages.into_iter().find(|page| page.searching == Some(number)) else { return };
        if is_all {
            page.searching = None;
        }
        let Some(view) = &mut page.view else { return };
        view.set_matches(matches);
        if std::mem::take(&mut page.wants_match) && !go_to_first(page) {
            page.wants_match = !is_all;
            if is_all {
                self.message = Some(NOT_FOUND.to_owned());
            }
        }
    }

    /// Enter after what was searched for: goes to the first match from here on, now or once it is found.
    pub(super) fn end_search(&mut self) {
        if self.view().is_none_or(|view| view.search().is_none()) || go_to_first(&mut self.page) {
            return;
        }
        if self.page.searching.is_some() {
            self.page.wants_match = true;
        } else {
            self.message = Some(NOT_FOUND.to_owned());
        }
    }

    fn step_match(&mut self, command: Command) {
        let Some(view) = &mut self.page.view else { return };
        if view.search().is_none() {
            self.message = Some(format!("nothing is searched for yet{}", self.keys.hint(Command::Search, "searches")));
            return;
        }
        let is_next = command == Command::NextMatch;
        let before = view.place().row;
        let moved = if is_next { view.next_match() } else { view.previous_match() };
        let after = view.place().row;
        if !moved {
            self.message = Some(NOT_FOUND.to_owned());
        } else if after == before {
            self.message = Some("this is the only match".to_owned());
        } else if (after < before) == is_next {
            let end = if is_next { "top" } else { "end" };
            self.message = Some(format!("searched on from the {end}"));
        }
    }

    /// Sets the filter that was typed; where it is none, says so and gives the line back with the cursor on what is wrong.
    pub(super) fn set_filter(&mut self, text: &str) {
        let Some(view) = &mut self.page.view else { return };
        if text.trim().is_empty() {
            view.set_filter(None);
            return;
        }
        match Query::parse(text) {
            Ok(query) => {
                view.set_filter(Some(query));
                if view.matching() == Some(0) {
                    self.message = Some("no comment meets this".to_owned());
                }
            }
            Err(error) => {
                self.ask(Question::Filter, text);
                if let Some(prompt) = &mut self.prompt {
                    prompt.typed.go(error.at);
                }
                self.message = Some(error.says);
            }
        }
    }

    fn filter_by_label(&mut self, number: usize) {
        let Some(view) = &mut self.page.view else { return };
        let label = LABEL_TABS.get(number).copied().unwrap_or_default();
        if label.is_empty() {
            view.set_filter(None);
        } else if view.labels().iter().any(|(known, _)| known.eq_ignore_ascii_case(label)) {
            view.set_filter(Some(Query::of_label(label)));
        } else {
            self.message = Some(format!("no comment here has the label {label}"));
        }
    }

    /// Takes the search or the filter away, the one that was there last first; whether there was any.
    pub(super) fn clear_find(&mut self) -> bool {
        let Some(view) = &mut self.page.view else { return false };
        if view.search().is_some() {
            view.set_search(None);
            (self.page.searching, self.page.wants_match) = (None, false);
            return true;
        }
        let has_filter = view.filter().is_some();
        if has_filter {
            view.set_filter(None);
        }
        has_filter
    }
}

const NOT_FOUND: &str = "found in no comment of this thread";

fn go_to_first(page: &mut Page) -> bool {
    page.view.as_mut().is_some_and(ThreadView::first_match)
}
