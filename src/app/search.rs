//! Searching a thread: the words that are typed, the matches that come back, and the way through them.

use std::sync::Arc;

use super::page::{MatchGoal, RunningSearch, Steps, ThreadPage};
use super::{App, Effect, GlobalCommand, Message, Page, Question, ThreadCommand};
use crate::model::counted;
use crate::view::{Search, ThreadView};

const NO_MATCH: &str = "found in no comment of this thread";

impl App {
    /// Asks what to search for. While it is typed, the first match is gone to.
    pub(super) fn ask_search(&mut self) {
        self.search_start = self.page.thread().map(ThreadView::checkpoint);
        self.ask(Question::Search, "");
    }

    /// Searches for what is typed so far, beside the screen, from where typing began.
    pub(super) fn search_for(&mut self, typed: &str) {
        self.search_towards(typed, MatchGoal::First);
    }

    fn search_towards(&mut self, typed: &str, goal: MatchGoal) {
        let search = Search::new(typed);
        if let (Err(error), false) = (&search, typed.is_empty()) {
            self.say(error.says.clone());
        }
        let start = self.search_start.clone();
        let Some(thread) = self.page.thread_mut() else { return };
        if let Some(start) = start {
            thread.view_mut().restore(start);
        }
        let search = search.ok();
        let goal = search.is_some().then_some(goal);
        thread.view_mut().set_search(search);
        *thread.search_mut() = goal.map(|_| RunningSearch { number: 0, goal, is_first: true });
        self.search_again();
    }

    /// Searches for the same in the thread as it is now.
    pub(super) fn search_again(&mut self) {
        let Some(page) = self.page.thread_mut() else { return };
        let before = page.search_mut().take();
        let Some(search) = page.view().search().cloned() else { return };
        self.requests += 1;
        let number = self.requests;
        let goal = before.and_then(|before| before.goal);
        *page.search_mut() = Some(RunningSearch { number, goal, is_first: true });
        let thread = Arc::clone(page.view().thread());
        self.effects.push(Effect::Search { number, thread, search });
    }

    /// Takes further matches that a search has found.
    pub(super) fn take_matches(&mut self, number: u64, matches: Vec<u32>, is_all: bool) {
        let is_typed = self.search_start.is_some();
        let is_on_screen = running_search(&mut self.page).is_some_and(|(_, search)| search.number == number);
        let pages = std::iter::once(&mut self.page).chain(&mut self.back_stack);
        let Some((thread, search)) = pages.filter_map(running_search).find(|(_, search)| search.number == number)
        else {
            return;
        };
        let view = thread.view_mut();
        if search.is_first {
            view.set_matches(matches);
        } else {
            view.add_matches(matches);
        }
        let goes = |view: &mut ThreadView| match search.goal {
            Some(MatchGoal::First) => view.first_match(is_all),
            Some(MatchGoal::Next(Steps::One)) => view.next_match_of(is_all),
            // Round the ends, all must be known.
            Some(goal @ (MatchGoal::Next(Steps::Counted(_)) | MatchGoal::Previous(_))) => is_all && step(view, goal),
            None => false,
        };
        // While words are typed, what they open is no step of its own.
        let is_there = if is_typed { goes(view) } else { view.change(goes) };
        let goal = search.goal.filter(|_| !is_there);
        *thread.search_mut() = (!is_all).then_some(RunningSearch { number, goal, is_first: false });
        // What was found while it was typed is told of at the end of that.
        if is_on_screen && is_all && (goal.is_some() || (!is_typed && self.message.is_none())) {
            self.say_found(goal.is_none());
        }
    }

    /// Ends typing what to search for, and stays where that has led; where it is none, says so and gives the line back.
    pub(super) fn end_search(&mut self, typed: &str) {
        if let (Err(error), false) = (Search::new(typed), typed.is_empty()) {
            self.ask_again(Question::Search, typed, error);
            return;
        }
        let start = self.search_start.take();
        let Some(thread) = self.page.thread_mut() else { return };
        if let Some(start) = start {
            thread.view_mut().record(start);
        }
        let is_found = thread.view().match_place().0 > 0;
        if thread.view().search().is_some() && thread.search_mut().is_none() {
            self.say_found(is_found);
        }
    }

    /// Says that nothing was found, and how much of what was is kept hidden.
    fn say_found(&mut self, is_found: bool) {
        let Some(view) = self.page.thread() else { return };
        let hidden = view.found_out_of_reach();
        let (hider, place, clears) = if view.filter().is_some() {
            let clears = self.keys.key_for(GlobalCommand::Cancel, "clears it");
            ("the filter shows", "behind the filter", clears)
        } else {
            ("rules and mutes leave", "in what rules and mutes hide", Message::default())
        };
        match (is_found, hidden) {
            (true, 0) => {}
            (false, 0) => self.say(NO_MATCH),
            (true, more) => self.say(Message::from(format!("{more} more {place}")).and(clears)),
            (false, _) => {
                let says = format!("found in nothing that {hider}, and {} {place}", counted(hidden, "time"));
                self.say(Message::from(says).and(clears));
            }
        }
    }

    /// Gives up typing what to search for: all is as it was before.
    pub(super) fn give_up_search(&mut self) {
        self.clear_search();
        if let (Some(start), Some(thread)) = (self.search_start.take(), self.page.thread_mut()) {
            thread.view_mut().restore(start);
        }
    }

    /// Searches for what was searched for last, in whatever thread that was, and says for what.
    fn search_for_last(&mut self, goal: MatchGoal) {
        let last = self.typed_last(Question::Search).to_owned();
        if last.is_empty() {
            let searches = self.keys.key_for(ThreadCommand::Search, "searches");
            self.say(Message::from("nothing is searched for yet").and(searches));
        } else {
            self.say(format!("again: “{last}”"));
            self.search_towards(&last, goal);
        }
    }

    /// Goes to another match; where nothing is searched for, searches for the last words again.
    pub(super) fn step_match(&mut self, goal: MatchGoal) {
        let Some(thread) = self.page.thread_mut() else { return };
        if thread.view().search().is_none() {
            self.search_for_last(goal);
            return;
        }
        let before = thread.view().place();
        // What is not found yet may be next: it is gone to once it is here.
        if let Some(running) = *thread.search_mut() {
            let goes_on = |view: &mut ThreadView| goal == MatchGoal::Next(Steps::One) && view.next_match_of(false);
            if !thread.view_mut().change(goes_on) {
                *thread.search_mut() = Some(RunningSearch { goal: Some(goal), ..running });
            }
            return;
        }
        let has_moved = thread.view_mut().change(|view| step(view, goal));
        let after = thread.view().place();
        let (is_round, end) = match goal {
            MatchGoal::First | MatchGoal::Next(_) => (after.row < before.row, "top"),
            MatchGoal::Previous(_) => (after.row > before.row, "end"),
        };
        let is_only = after == before && thread.view().match_place().1 == 1;
        if !has_moved {
            self.say_found(false);
        } else if is_only {
            self.say("this is the only match");
        } else if is_round {
            self.say(format!("searched on from the {end}"));
        }
    }

    /// Takes the search away; whether there was one.
    pub(super) fn clear_search(&mut self) -> bool {
        let Some(thread) = self.page.thread_mut().filter(|thread| thread.view().search().is_some()) else {
            return false;
        };
        thread.view_mut().set_search(None);
        *thread.search_mut() = None;
        true
    }
}

/// Goes to another match, of all that are known; whether there is any.
fn step(view: &mut ThreadView, goal: MatchGoal) -> bool {
    match goal {
        MatchGoal::First => view.first_match(true),
        MatchGoal::Next(Steps::One) => view.next_match(),
        MatchGoal::Previous(Steps::One) => view.previous_match(),
        MatchGoal::Next(Steps::Counted(count)) => view.go_matches_on(count),
        MatchGoal::Previous(Steps::Counted(count)) => view.go_matches_back(count),
    }
}

/// A page's thread and the search that runs over it.
fn running_search(page: &mut Page) -> Option<(&mut ThreadPage, RunningSearch)> {
    let thread = page.thread_mut()?;
    let search = (*thread.search_mut())?;
    Some((thread, search))
}
