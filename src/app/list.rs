//! What commands do in a list of stories.

use super::stack::site_of;
use super::{App, Command, Effect, Question, tabs};
use crate::view::ListView;

impl App {
    /// Runs a command that is of use in a list; nothing for those that are not.
    pub(super) fn run_in_list(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::OpenThread => return self.open_entry(),
            Command::NextSection => return self.step_section(1),
            Command::PreviousSection => return self.step_section(-1),
            Command::Section(number) => return self.turn_to_section(usize::from(number) - 1),
            Command::NextSite => return self.step_site(1),
            Command::PreviousSite => return self.step_site(-1),
            Command::FilterList => {
                let filter = self.page.list.as_ref().map_or("", |list| list.filter()).to_owned();
                self.ask(Question::FilterList, &filter);
            }
            Command::SearchSite => self.ask_site(),
            Command::BrowseArticle | Command::CopyLink => return self.take_entry_out(command),
            _ => return self.move_in_list(command),
        }
        Vec::new()
    }

    fn move_in_list(&mut self, command: Command) -> Vec<Effect> {
        let Some(list) = &mut self.page.list else { return Vec::new() };
        let (moved, otherwise) = match command {
            Command::Down => (list.go(1), "this is the end"),
            Command::Up => (list.go(-1), "this is the top"),
            Command::HalfPageDown => (list.page(1), "this is the end"),
            Command::HalfPageUp => (list.page(-1), "this is the top"),
            Command::PageDown => (list.page(2), "this is the end"),
            Command::PageUp => (list.page(-2), "this is the top"),
            Command::Top => (list.top(), "this is the top"),
            Command::Bottom => (list.bottom(), "this is the end"),
            _ => return Vec::new(),
        };
        if !moved {
            list.hold(false);
        }
        let effects = self.load_more();
        if !moved && self.page.loading.is_none() {
            self.message = Some(otherwise.to_owned());
        }
        effects
    }

    /// Opens the discussion of the chosen story.
    pub(super) fn open_entry(&mut self) -> Vec<Effect> {
        if let Some(url) = self.page.list.as_mut().and_then(ListView::visit) {
            return self.open_over(url);
        }
        self.message = Some("there is no story here".to_owned());
        Vec::new()
    }

    fn step_section(&mut self, by: isize) -> Vec<Effect> {
        let Some(heading) = self.page.list.as_ref().map(ListView::heading) else { return Vec::new() };
        let count = heading.tabs.len();
        let next = match tabs::here(heading) {
            Some(here) => here.checked_add_signed(by).filter(|next| *next < count),
            None => (count > 0).then_some(0),
        };
        if let Some(next) = next {
            return self.turn_to_section(next);
        }
        self.message = Some("no further section on this side".to_owned());
        Vec::new()
    }

    /// Turns to one of the tabs, counted from 0.
    pub(super) fn turn_to_section(&mut self, index: usize) -> Vec<Effect> {
        let heading = self.page.list.as_ref().map(ListView::heading);
        let target = heading.and_then(|heading| heading.tabs.get(index)).map(|tab| tab.target.clone());
        if let Some(target) = target {
            return self.turn_to(&target);
        }
        self.message = Some("there is no such section".to_owned());
        Vec::new()
    }

    fn step_site(&mut self, by: isize) -> Vec<Effect> {
        let sites = &self.options.sites;
        let here = sites.iter().position(|site| site == site_of(&self.page));
        let count = isize::try_from(sites.len()).unwrap_or(0);
        let place = here.and_then(|here| isize::try_from(here).ok()).unwrap_or(-by.min(0) - 1);
        if count == 0 {
            return Vec::new();
        }
        let next = usize::try_from((place + by).rem_euclid(count)).unwrap_or(0);
        let target = sites.get(next).map(|site| self.last_list_of(site)).unwrap_or_default();
        self.turn_to(&target)
    }

    fn ask_site(&mut self) {
        let has_search = self.page.list.as_ref().is_some_and(|list| list.heading().search.is_some());
        if has_search {
            self.ask(Question::SearchSite, "");
        } else {
            self.message = Some("this site has no search that lurker could ask".to_owned());
        }
    }

    /// Opens what a search of the site finds.
    pub(super) fn search_site(&mut self, words: &str) -> Vec<Effect> {
        let search = self.page.list.as_ref().and_then(|list| list.heading().search.clone());
        search.map(|search| self.open_over(format!("{search}{words}"))).unwrap_or_default()
    }

    /// Commands that take something of the chosen story out of the program.
    fn take_entry_out(&mut self, command: Command) -> Vec<Effect> {
        let Some(entry) = self.page.list.as_ref().and_then(|list| list.entry()) else {
            self.message = Some("there is no story here".to_owned());
            return Vec::new();
        };
        let article = if entry.link.is_empty() { &entry.url } else { &entry.link };
        vec![match command {
            Command::CopyLink => Effect::Copy(entry.url.clone(), "address"),
            _ => Effect::Browse(article.clone()),
        }]
    }
}
