//! Loads a list of stories: its page, and where that is refused, its feed.

use std::time::Duration;

use url::Url;

use super::address;
use super::errors::{self, Expected};
use super::feed;
use super::list_page;
use super::section::Section;
use crate::model::{Cause, Listing};
use crate::site::one_request::progress;
use crate::site::queue::Queue;
use crate::site::{Answer, LoadError, Loader, Progress, Request, charset};

/// Slashdot asks not to read a feed more often than every half hour.
pub(super) const FEED_FRESH_FOR: Duration = Duration::from_mins(30);
const PAGE_FRESH_FOR: Duration = Duration::from_mins(1);

/// A page of a list on its way. One request; a second one, for the feed, where the newest page of a list that has one
/// was refused, save where Slashdot knows no such list or asks to slow down.
pub(super) struct SlashdotListLoader {
    section: Section,
    page: u32,
    queue: Queue<Source>,
    /// Whether the stories are those of the feed.
    is_feed: bool,
    /// The error of the page, while the feed is requested.
    page_error: Option<LoadError>,
    outcome: Result<Listing, LoadError>,
}

/// The resource that is requested.
#[derive(Clone, Copy, Debug)]
enum Source {
    Page,
    Feed,
}

impl SlashdotListLoader {
    /// A loader for this page of a section, with nothing requested yet.
    pub(super) fn new(section: Section, page: u32) -> Self {
        let outcome = Err(LoadError::pending("Slashdot"));
        Self { section, page, queue: Queue::of([Source::Page]), is_feed: false, page_error: None, outcome }
    }

    fn take_page(&mut self, outcome: Result<Answer, LoadError>) {
        self.outcome = outcome.and_then(|answer| self.read_page(&answer));
        let has_feed = self.page == 0 && self.section.feed().is_some();
        let is_final = |error: &LoadError| matches!(error.cause, Cause::NotFound { .. } | Cause::RateLimited(_));
        if let Some(error) = self.outcome.as_ref().err().filter(|error| has_feed && !is_final(error)) {
            self.page_error = Some(error.clone());
            self.queue.push(Source::Feed);
        }
    }

    fn read_page(&self, answer: &Answer) -> Result<Listing, LoadError> {
        errors::check(answer, Expected::List)?;
        let asked = self.section.url(self.page);
        let url = if answer.url.is_empty() { &asked } else { &answer.url };
        // A mirror may redirect to another host, but its stories are still to be requested at the mirror.
        let is_slashdot = Url::parse(url).is_ok_and(|url| address::slashdot(&url).is_some());
        let source = charset::page(&answer.body, &answer.content_type);
        let mut page = list_page::read(&source, if is_slashdot { url } else { &asked });
        // An older page without stories is the end of the list.
        if page.entries.is_empty() && (self.page == 0 || !errors::is_ordinary(&source)) {
            return Err(errors::from_page(&source, url, Expected::List));
        }
        page.notes.extend(self.note_of_place(url));
        let next = self.page.checked_add(1).filter(|next| page.pages.contains(next)).map(|next| next.to_string());
        Ok(Listing { heading: self.section.heading(), entries: page.entries, next, notes: page.notes })
    }

    /// Whether a section was requested, and another host answered.
    fn note_of_place(&self, url: &str) -> Option<String> {
        let (asked, home) = (Url::parse(&self.section.url(0)).ok()?, Url::parse(url).ok()?);
        let is_elsewhere = !self.section.name.is_empty() && asked.host_str() != home.host_str();
        let host = home.host_str().unwrap_or_default();
        is_elsewhere.then(|| format!("Slashdot sent {host} in place of the section {}", self.section.name))
    }

    fn take_feed(&mut self, outcome: Result<Answer, LoadError>) {
        let Some(page) = self.page_error.take() else { return };
        let home = self.section.url(0);
        self.is_feed = true;
        let listing = outcome.and_then(|answer| feed::from_answer(&answer, self.section.heading(), &home));
        self.outcome = match listing {
            Ok(mut listing) => {
                listing.notes.insert(0, format!("From the feed, which has only the newest stories: {page}"));
                Ok(listing)
            }
            Err(feed) => Err(errors::no_list(page, feed)),
        };
    }
}

impl Loader<Listing> for SlashdotListLoader {
    fn next(&mut self) -> Vec<Request> {
        let Some(source) = self.queue.next(1) else { return Vec::new() };
        let url = match source {
            Source::Page => Some(self.section.url(self.page)),
            Source::Feed => self.section.feed(),
        };
        url.map(|url| self.queue.request(source, url)).into_iter().collect()
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        match self.queue.answered(key) {
            Some(Source::Page) => self.take_page(outcome),
            Some(Source::Feed) => self.take_feed(outcome),
            None => {}
        }
    }

    fn snapshot(&self) -> Result<Listing, LoadError> {
        self.outcome.clone()
    }

    fn progress(&self) -> Progress {
        progress(&self.outcome)
    }

    fn fresh_for(&self) -> Duration {
        if self.is_feed { FEED_FRESH_FOR } else { PAGE_FRESH_FOR }
    }
}
