//! The commands that are of use on a list of stories.

use std::collections::BTreeSet;

use super::navigation::site_of;
use super::own_lists::{is_of_people, may_hide_read};
use super::taking_back::Change;
use super::{App, Effect, HISTORY, ListCommand, Message, Motion, Page, Question, StoreRequest, tabs};
use crate::view::ListView;

const NO_STORY: &str = "there is no story here";
const AT_TOP: &str = "this is the top";
const AT_END: &str = "this is the end";

impl App {
    /// Runs a command on the list.
    pub(super) fn run_in_list(&mut self, command: ListCommand) {
        match command {
            ListCommand::OpenThread => self.open_entry(),
            ListCommand::NextUnread => self.next_unread(),
            ListCommand::MarkUnread => self.mark_unread(),
            ListCommand::HideRead => self.hide_read(),
            ListCommand::BrowseArticle => self.browse_article(),
            ListCommand::NextSection => self.step_section(1),
            ListCommand::PreviousSection => self.step_section(-1),
            ListCommand::Section(number) => self.turn_to_section(usize::from(number).saturating_sub(1)),
            ListCommand::NextSite => self.step_site(true),
            ListCommand::PreviousSite => self.step_site(false),
            ListCommand::FilterList => self.ask_list_filter(),
            ListCommand::SearchSite => self.ask_site_search(),
            ListCommand::Sort => self.ask_list_order(),
            ListCommand::Undo => self.undo_in_list(),
        }
    }

    /// Goes some way through the list, and loads its next page near the end.
    pub(super) fn go_in_list(&mut self, motion: Motion) {
        let Some(list) = self.page.list_mut() else { return };
        let view = list.view_mut();
        let (has_moved, otherwise) = match motion {
            Motion::Down => (view.go(1), AT_END),
            Motion::Up => (view.go(-1), AT_TOP),
            Motion::HalfPageDown => (view.page(1), AT_END),
            Motion::HalfPageUp => (view.page(-1), AT_TOP),
            Motion::PageDown => (view.page(2), AT_END),
            Motion::PageUp => (view.page(-2), AT_TOP),
            Motion::LineDown => (view.scroll(1), AT_END),
            Motion::LineUp => (view.scroll(-1), AT_TOP),
            Motion::Top => (view.top(), AT_TOP),
            Motion::Bottom => (view.bottom(), AT_END),
        };
        if !has_moved {
            view.hold(false);
        }
        self.load_more();
        if has_moved || self.is_loading() || self.page.error().is_some() {
            return;
        }
        let is_empty = self.page.list().is_some_and(ListView::is_empty);
        self.say(if is_empty { NO_STORY } else { otherwise });
    }

    /// Opens the discussion of the chosen story.
    pub(super) fn open_entry(&mut self) {
        let Some(list) = self.page.list() else { return };
        match list.address().map(str::to_owned) {
            Some(url) => self.open_over(url),
            None if is_of_people(list) => self.ask_author(),
            None => self.say(NO_STORY),
        }
    }

    /// Goes to the next story that was not opened.
    fn next_unread(&mut self) {
        let has_moved = self.page.list_mut().is_some_and(|list| list.view_mut().next_unread());
        self.load_more();
        if !has_moved {
            self.say("no further story here is unread");
        }
    }

    /// Takes back that the chosen story was opened.
    fn mark_unread(&mut self) {
        let Some(list) = self.page.list_mut() else { return };
        let Some(entry) = list.view_mut().mark_unread().map(Box::new) else {
            self.say("it was not opened");
            return;
        };
        self.forget_visit(&entry);
        self.forget_kept(&entry.url);
        self.may_take_back(Change::Unread(entry.clone()));
        if self.options.remembers {
            self.ask_store(StoreRequest::TakeBackVisit(entry));
        } else {
            self.say(Message::from("unread again").and(self.way_back()));
        }
    }

    /// Hides the stories that were opened, or shows them again, in this list and those of all sites to come. How many are
    /// hidden is on the status line.
    fn hide_read(&mut self) {
        let Some(list) = self.page.list_mut() else { return };
        if list.view().heading().target == HISTORY {
            self.say("this list is of what you have opened: nothing is hidden in it");
            return;
        }
        let (hides, is_for_all) = (!list.view().hides_read(), may_hide_read(list.view().heading()));
        if is_for_all {
            self.set_hides_read(hides);
            self.ask_store(StoreRequest::PutHidesRead(hides));
        } else {
            list.view_mut().set_hides_read(hides);
        }
        let back = self.keys.key_for(ListCommand::HideRead, "shows them");
        let kept = self.page.list().map_or(0, ListView::kept_for_new);
        let kept = (kept > 0).then(|| Message::from(format!(" but for {kept} with new comments")));
        let hidden = Message::from("what you have opened is hidden").and(kept).and(back);
        let says = if hides { hidden } else { "all stories".into() };
        self.say(says);
        self.load_more();
    }

    /// Hides the stories that were opened in the lists of all sites, or shows them.
    pub(super) fn set_hides_read(&mut self, hides: bool) {
        self.hides_read = Some(hides);
        for list in self.pages_mut().filter_map(Page::list_mut) {
            if may_hide_read(list.view().heading()) {
                list.view_mut().set_hides_read(hides);
            }
        }
    }

    /// Opens the next or previous story of the list that this thread was opened from; the list's choice moves along.
    pub(super) fn step_story(&mut self, by: isize) {
        let list = self.back_stack.last_mut().and_then(Page::list_mut);
        let Some(list) = list else {
            self.say("this was not opened from a list");
            return;
        };
        if !list.view_mut().go(by) {
            self.say(if by > 0 { "this is the last story of the list" } else { "this is the first story of the list" });
            return;
        }
        self.leave();
        self.open_entry();
    }

    /// Shows what the chosen story links to in the browser, else its discussion.
    fn browse_article(&mut self) {
        let Some(view) = self.page.list() else { return };
        match view.entry().filter(|_| !is_of_people(view)) {
            Some(entry) => {
                let article = if entry.link.is_empty() { &entry.url } else { &entry.link };
                self.effects.push(Effect::Browse(article.clone()));
            }
            None => self.say(NO_STORY),
        }
    }

    /// Copies the address of the chosen story's discussion.
    pub(super) fn copy_entry_link(&mut self) {
        let Some(view) = self.page.list() else { return };
        match view.entry().filter(|_| !is_of_people(view)) {
            Some(entry) => self.effects.push(Effect::Copy(entry.url.clone(), "address")),
            None => self.say(NO_STORY),
        }
    }

    fn step_section(&mut self, by: isize) {
        let Some(heading) = self.page.list().map(ListView::heading) else { return };
        let count = heading.tabs.len();
        let next = match tabs::here(heading) {
            Some(here) => here.checked_add_signed(by).filter(|next| *next < count),
            None => (count > 0).then_some(0),
        };
        match next {
            Some(next) => self.turn_to_section(next),
            None => self.say("no further section on this side"),
        }
    }

    /// Turns to one of the tabs, counted from 0.
    pub(super) fn turn_to_section(&mut self, index: usize) {
        let Some(heading) = self.page.list().map(ListView::heading) else { return };
        match heading.tabs.get(index).map(|tab| tab.target.clone()) {
            Some(_) if tabs::here(heading) == Some(index) => self.say("this is that section"),
            Some(target) => self.turn_to(&target),
            None => self.say("there is no such section"),
        }
    }

    /// Turns to the next site, or to the previous one.
    pub(super) fn step_site(&mut self, is_forth: bool) {
        let Some((before, next)) = self.neighbouring_sites() else {
            self.say("there is no other site");
            return;
        };
        let target = self.last_list_of(if is_forth { next } else { before });
        self.turn_to(&target);
    }

    /// The sites before and behind that of the page, round both ends; `None` where there is no other.
    pub(super) fn neighbouring_sites(&self) -> Option<(&str, &str)> {
        let sites = self.sites_in_reach();
        let here = sites.iter().position(|site| *site == site_of(&self.page)).unwrap_or_default();
        let before = here.checked_sub(1).unwrap_or(sites.len().saturating_sub(1));
        let next = if here + 1 < sites.len() { here + 1 } else { 0 };
        (sites.len() > 1).then(|| (sites[before], sites[next]))
    }

    /// The sites that steps go through, that of the page among them: those of the tab bar, and behind them by name those whose
    /// lists the reader came from.
    fn sites_in_reach(&self) -> Vec<&str> {
        let mut sites: Vec<&str> = self.options.sites.iter().map(String::as_str).collect();
        let lists = self.kept.iter().chain([&self.page]).filter(|page| page.list().is_some()).map(site_of);
        let others: BTreeSet<&str> = lists.filter(|site| !sites.contains(site)).collect();
        sites.extend(others);
        sites
    }

    /// Turns to the list of a site that the reader saw last, else to its front page.
    pub(super) fn turn_to_site(&mut self, index: usize) {
        let Some(target) = self.options.sites.get(index).map(|site| self.last_list_of(site)) else { return };
        self.turn_to(&target);
    }

    /// Asks for the words to search the site for; where it has no search, for those to filter its list by, so that what is
    /// typed runs no commands.
    fn ask_site_search(&mut self) {
        let Some(view) = self.page.list() else { return };
        if view.heading().search.is_some() {
            self.ask(Question::SearchSite, "");
        } else {
            self.say(format!("lurker cannot search {}; this filters the list", site_of(&self.page)));
            self.ask_list_filter();
        }
    }

    fn undo_in_list(&mut self) {
        if !self.take_back() {
            self.say("nothing to undo in this list");
        }
    }

    /// Opens the list of stories that a search of the site finds.
    pub(super) fn search_site(&mut self, words: &str) {
        let search = self.page.list().and_then(|view| view.heading().search.clone());
        if let Some(search) = search {
            self.open_over(format!("{search}{words}"));
        }
    }
}
