//! Loads one page of a list: a token where there is none, and the page.

use super::account::Account;
use super::answer::Shape;
use super::entries;
use super::errors;
use super::session::Session;
use crate::model::{Heading, Listing};
use crate::site::json::Document;
use crate::site::{self, Answer, LoadError, Progress, Request};

/// A page of a list on its way.
#[derive(Debug)]
pub(super) struct RedditListLoader {
    session: Session,
    url: String,
    heading: Heading,
    outcome: Option<Result<Listing, LoadError>>,
}

impl RedditListLoader {
    /// The page at this address. Where there is no token yet, it asks for the account's secret, which may wait; `instead`
    /// says what can be done without a client id.
    pub(super) fn new(account: Account, url: String, heading: Heading, instead: &str) -> Self {
        let session = Session::new(account, instead);
        let outcome = session.error().cloned().map(Err);
        Self { session, url, heading, outcome }
    }

    fn read(&self, answer: &Answer) -> Result<Listing, LoadError> {
        let document = Document::read(&answer.body);
        errors::check(answer, &document, "list of posts")?;
        // A list may be empty, but it is a list.
        let is_list = document.root().get("data").get("children").is_list();
        if !is_list || matches!(Shape::of(&document), Shape::Stream(_)) {
            return Err(errors::from_content(answer, "list of posts"));
        }
        Ok(entries::listing(self.heading.clone(), &document, self.session.account().pages()))
    }
}

impl site::Loader<Listing> for RedditListLoader {
    fn next(&mut self) -> Vec<Request> {
        if self.outcome.is_some() { Vec::new() } else { self.session.request(&self.url).into_iter().collect() }
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let outcome = self.session.answer(key, outcome);
        self.outcome = outcome.map(|outcome| outcome.and_then(|answer| self.read(&answer)));
    }

    fn snapshot(&self) -> Result<Listing, LoadError> {
        self.outcome.clone().unwrap_or_else(|| Err(LoadError::pending("Reddit")))
    }

    fn progress(&self) -> Progress {
        let loaded = self.outcome.iter().flatten().map(|page| page.entries.len() as u32).sum();
        Progress { loaded, stated: None }
    }
}
