//! The way between pages: one opened over another, back again, and from one list to another beside it.

use super::own_lists::is_own;
use super::visit::end_visit;
use super::{App, Effect, GlobalCommand, Message, PEOPLE, Page, PageContent, StoreRequest};
use crate::model::canonical_address;
use crate::view::{ListView, ThreadView};

/// The most pages that are below the one on the screen; each may have a large thread.
const MOST_BELOW: usize = 32;
/// The most pages that are kept as the reader left them.
const MOST_KEPT: usize = 32;
/// The most of them that are threads, which may be large.
const MOST_KEPT_THREADS: usize = 8;

impl App {
    /// Opens a target over the page; leaving it leads back here. A thread that was left is there as it was left, and
    /// is loaded again meanwhile where that is due, or the list that it was opened from counts new comments of it. A comment
    /// of the thread on the screen is only a step away.
    pub(super) fn open_over(&mut self, target: String) {
        if self.step_to_comment(&target) {
            return;
        }
        let known = self.kept.iter().rposition(|page| is_thread(page) && is_same_place(page.source(), &target));
        let next = known.map_or_else(|| Page::new(target), |index| self.kept.remove(index));
        self.watch = None;
        let before = std::mem::replace(&mut self.page, next);
        self.put_below(before);
        (self.overlay, self.prompt, self.message) = (None, None, None);
        self.fit_page();
        if known.is_none() {
            self.load();
        } else {
            let source = self.page.source().to_owned();
            self.note_opened(&source);
            self.begin_visit(|_| true, true);
            let is_due = self.page.is_due_again(self.now) || self.is_counted_as_new();
            if is_due && !self.options.is_offline() {
                self.load();
            } else {
                let again = self.keys.key_for(GlobalCommand::Reload, "loads it again");
                let again = Some(again).filter(|_| !self.options.is_offline());
                self.say(Message::from("as you left it").and(again));
            }
        }
    }

    /// Puts a page on top of those that the reader came from. Of too many, the one behind the first is left for good: the way
    /// back still ends where the program began.
    fn put_below(&mut self, page: Page) {
        self.back_stack.push(page);
        if self.back_stack.len() > MOST_BELOW {
            let forgotten = self.back_stack.remove(1);
            self.part_with(forgotten);
        }
    }

    /// Ends what goes on for a page that no way leads back to. A thread is kept for when it is opened again.
    fn part_with(&mut self, mut left: Page) {
        self.effects.extend(end_visit(&mut left));
        let stopped = left.stop_load();
        self.effects.extend(stopped.map(Effect::Cancel));
        // A thread that was cut short is better loaded again.
        if is_thread(&left) && stopped.is_none() {
            self.keep(left);
        }
    }

    /// Forgets how the thread at an address was left, which the reader has declared unread.
    pub(super) fn forget_kept(&mut self, address: &str) {
        self.kept.retain(|page| !(is_thread(page) && page.source() == address));
    }

    /// Whether the list that the page was opened from counts comments of it that are new, or more than are here.
    pub(super) fn is_counted_as_new(&self) -> bool {
        let list = self.back_stack.last().and_then(Page::list);
        let chosen = list.and_then(|list| Some((list, list.entry()?)));
        let here = self.page.thread().map(|view| view.thread().known_comments());
        let is_new = |list: &ListView, entry| list.new_on_site(entry).is_some() || list.counts_more_than(entry, here);
        chosen.is_some_and(|(list, entry)| entry.url == self.page.source() && is_new(list, entry))
    }

    /// Goes to the comment of the thread on the screen that has this address; whether there is one.
    fn step_to_comment(&mut self, address: &str) -> bool {
        let Some(thread) = self.page.thread().map(ThreadView::thread) else { return false };
        let has_address = |&index: &u32| thread.get(index).is_some_and(|comment| comment.url() == address);
        let found = (0..thread.len()).find(has_address);
        found.is_some_and(|index| self.step_to(index))
    }

    /// Goes to a comment of the thread on the screen and opens the way to it; whether there is a thread.
    pub(super) fn step_to(&mut self, index: u32) -> bool {
        let Some(page) = self.page.steer_thread() else { return false };
        page.view_mut().reveal(index);
        (self.overlay, self.prompt, self.message) = (None, None, None);
        true
    }

    /// Leaves the page: goes back to the one below it, or ends. Where it would end, the filter of a list goes first: its list
    /// is what one goes back to, as from a search.
    pub(super) fn leave(&mut self) {
        if self.leads_to_all_stories() {
            self.clear_filter();
            let quits = self.keys.key_for(GlobalCommand::Leave, "quits");
            self.say(Message::from("all stories").and(quits));
            return;
        }
        let Some(below) = self.back_stack.pop() else {
            self.effects.push(Effect::Quit);
            return;
        };
        self.watch = None;
        let left = std::mem::replace(&mut self.page, below);
        self.part_with(left);
        self.fit_page();
        if let Some(list) = self.page.list() {
            let entries = list.entries().to_vec();
            self.ask_store(StoreRequest::Stories(entries));
        }
        // Who stands there may have changed meanwhile.
        if self.page.source() == PEOPLE {
            self.load();
        }
        self.load_more();
    }

    /// Whether leaving the page leads to all stories of its list, of which a filter shows some.
    pub(super) fn leads_to_all_stories(&self) -> bool {
        !self.has_way_back() && self.page.list().is_some_and(|list| list.filter().is_some())
    }

    /// Puts another list in the place of this one, which is kept as it is for when the reader comes back.
    pub(super) fn turn_to(&mut self, target: &str) {
        if is_list(&self.page, target) {
            return;
        }
        let known = self.kept.iter().rposition(|page| is_list(page, target));
        let next = known.map_or_else(|| Page::new(target.to_owned()), |index| self.kept.remove(index));
        self.end_visit();
        let mut left = std::mem::replace(&mut self.page, next);
        self.effects.extend(left.stop_load().map(Effect::Cancel));
        self.keep(left);
        self.fit_page();
        // What the store lists may have changed meanwhile.
        if self.page.has_content() && !is_own(target) {
            self.load_more();
        } else {
            self.load();
        }
    }

    /// Keeps a page that the reader has left, and gives up the oldest one of too many.
    fn keep(&mut self, page: Page) {
        self.kept.push(page);
        let threads = self.kept.iter().filter(|page| is_thread(page)).count();
        if threads > MOST_KEPT_THREADS {
            if let Some(oldest) = self.kept.iter().position(is_thread) {
                self.kept.remove(oldest);
            }
        } else if self.kept.len() > MOST_KEPT {
            self.kept.remove(0);
        }
    }

    /// The list of this site that the reader saw last, else its front page.
    pub(super) fn last_list_of(&self, site: &str) -> String {
        let last = self.kept.iter().rev().find(|page| page.list().is_some() && site_of(page) == site);
        last.map_or_else(|| site.to_owned(), |page| page.source().to_owned())
    }
}

/// Whether a page shows a thread.
fn is_thread(page: &Page) -> bool {
    matches!(page.content(), PageContent::Thread(_))
}

/// Whether a page is the list that a target names.
fn is_list(page: &Page, target: &str) -> bool {
    is_same_place(page.source(), target) || page.list().is_some_and(|list| list.heading().target == target)
}

/// Whether two targets name the same page and the same comment on it.
fn is_same_place(one: &str, other: &str) -> bool {
    let fragment = |target: &str| target.split_once('#').map_or("", |(_, fragment)| fragment).to_owned();
    canonical_address(one) == canonical_address(other) && fragment(one) == fragment(other)
}

/// The site that a page's list is of.
pub(super) fn site_of(page: &Page) -> &str {
    let stated = page.list().map_or("", |list| list.heading().site.as_str());
    if stated.is_empty() { page.source().split('/').next().unwrap_or_default() } else { stated }
}
