//! The way through pages: one opened over another, back again, and lists that give way to a list beside them.

use super::load::stop;
use super::{App, Command, Effect, Page};

/// So many pages that were left are kept as they were.
const MOST_PARKED: usize = 32;
/// So many of them may be threads, which may be large.
const MOST_THREADS: usize = 8;

impl App {
    /// Opens a target over the page; leaving it leads back here. A thread that was left is there as it was left.
    pub(super) fn open_over(&mut self, target: String) -> Vec<Effect> {
        let known = self.parked.iter().rposition(|page| page.view.is_some() && page.source == target);
        let next = known.map_or_else(|| Page::new(target), |place| self.parked.remove(place));
        let before = std::mem::replace(&mut self.page, next);
        self.below.push(before);
        (self.overlay, self.prompt, self.message) = (None, None, None);
        self.fit_page();
        if known.is_none() {
            return self.load();
        }
        self.message = Some(format!("as you left it{}", self.keys.hint(Command::Reload, "loads it again")));
        Vec::new()
    }

    /// Leaves the page: goes back to the one below it, or ends.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        let Some(below) = self.below.pop() else { return vec![Effect::Quit] };
        let mut left = std::mem::replace(&mut self.page, below);
        self.fit_page();
        let mut effects: Vec<Effect> = stop(&mut left).into_iter().collect();
        if left.view.is_some() && effects.is_empty() {
            self.park(left);
        }
        effects.extend(self.load_more());
        effects
    }

    /// Puts another list in the place of this one, which is kept as it is for when the reader comes back.
    pub(super) fn turn_to(&mut self, target: &str) -> Vec<Effect> {
        if is_list(&self.page, target) {
            return Vec::new();
        }
        let known = self.parked.iter().rposition(|page| is_list(page, target));
        let next = known.map_or_else(|| Page::new(target.to_owned()), |place| self.parked.remove(place));
        let mut left = std::mem::replace(&mut self.page, next);
        let mut effects: Vec<Effect> = stop(&mut left).into_iter().collect();
        self.park(left);
        self.fit_page();
        effects.extend(if self.page.has_content() { self.load_more() } else { self.load() });
        effects
    }

    fn park(&mut self, page: Page) {
        self.parked.push(page);
        let threads = self.parked.iter().filter(|page| page.view.is_some()).count();
        let oldest = self.parked.iter().position(|page| page.view.is_some()).filter(|_| threads > MOST_THREADS);
        if let Some(place) = oldest.or((self.parked.len() > MOST_PARKED).then_some(0)) {
            self.parked.remove(place);
        }
    }

    /// The list of this site that the reader saw last, else its front page.
    pub(super) fn last_list_of(&self, site: &str) -> String {
        let last = self.parked.iter().rev().find(|page| page.list.is_some() && site_of(page) == site);
        last.map_or_else(|| site.to_owned(), |page| page.source.clone())
    }
}

/// Whether a page is the list that a target names.
fn is_list(page: &Page, target: &str) -> bool {
    page.source == target || page.list.as_ref().is_some_and(|list| list.heading().target == target)
}

/// The site that a page's list is of.
pub(super) fn site_of(page: &Page) -> &str {
    let heading = page.list.as_ref().map(|list| list.heading().site.as_str()).filter(|site| !site.is_empty());
    heading.unwrap_or_else(|| page.source.split('/').next().unwrap_or_default())
}
