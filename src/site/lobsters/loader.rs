//! The way to a story: its JSON in one request; from a bare comment, first to the story that it belongs to.

use super::address::{LobstersAddress, parse};
use super::errors;
use crate::model::Thread;
use crate::site::json::Document;
use crate::site::{self, Answer, LoadError, Progress, Request};

/// A thread of Lobsters on its way; one request at a time.
///
/// 1. Of a bare comment: its JSON, whose address names the story; where that does not, the comment's page, which leads
///    to the story's.
/// 2. The story's JSON, which holds all comments. A merged story leads to another, whose short id then counts.
#[derive(Debug)]
pub struct LobstersLoader {
    origin: String,
    next: Option<Ask>,
    in_flight: Option<(u32, Ask)>,
    asks: u32,
    thread: Option<Thread>,
    refusal: Option<LoadError>,
}

#[derive(Clone, Debug)]
enum Ask {
    Comment(String),
    CommentPage(String),
    Story(String),
}

impl Ask {
    fn path(&self) -> String {
        match self {
            Self::Comment(id) => format!("/c/{id}.json"),
            Self::CommentPage(id) => format!("/c/{id}"),
            Self::Story(id) => format!("/s/{id}.json"),
        }
    }

    /// What is asked for, in words.
    fn what(&self) -> String {
        match self {
            Self::Comment(id) | Self::CommentPage(id) => format!("comment {id}"),
            Self::Story(id) => format!("story {id}"),
        }
    }
}

impl LobstersLoader {
    /// A loader for this thread, with nothing asked for yet.
    pub fn new(address: LobstersAddress) -> Self {
        let origin = address.origin();
        let next = address.story.map(Ask::Story).or(address.comment.map(Ask::Comment));
        Self { origin, next, in_flight: None, asks: 0, thread: None, refusal: None }
    }

    fn take(&mut self, ask: Ask, answer: &Answer) -> Result<(), LoadError> {
        if let Some(refusal) = errors::from_status(answer, &ask.what()) {
            return Err(refusal);
        }
        match ask {
            Ask::Story(_) => self.thread = Some(super::read_saved(&answer.body)?),
            Ask::Comment(id) => {
                let story = self.story_at(&comment_url(&answer.body)).or_else(|| self.story_at(&answer.url));
                self.next = Some(story.map_or(Ask::CommentPage(id), Ask::Story));
            }
            Ask::CommentPage(id) => {
                let story = self.story_at(&answer.url).ok_or_else(|| errors::no_story(&id))?;
                self.next = Some(Ask::Story(story));
            }
        }
        Ok(())
    }

    /// The story that an address of the site names.
    fn story_at(&self, url: &str) -> Option<String> {
        parse(url, Some(&self.origin))?.story
    }
}

/// The address of a comment in its story.
fn comment_url(body: &[u8]) -> String {
    Document::read(body).root().get("url").text().unwrap_or_default().into_owned()
}

impl site::Loader for LobstersLoader {
    fn next(&mut self) -> Vec<Request> {
        if self.in_flight.is_some() {
            return Vec::new();
        }
        let Some(ask) = self.next.take() else { return Vec::new() };
        self.asks += 1;
        let url = format!("{}{}", self.origin, ask.path());
        self.in_flight = Some((self.asks, ask));
        vec![Request { key: self.asks, url, form: None, headers: Vec::new() }]
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some((_, ask)) = self.in_flight.take_if(|(asked, _)| *asked == key) else { return };
        self.refusal = outcome.and_then(|answer| self.take(ask, &answer)).err();
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        let reason = || {
            self.refusal.clone().unwrap_or_else(|| LoadError::sentence("Nothing has come from Lobsters yet".to_owned()))
        };
        self.thread.clone().ok_or_else(reason)
    }

    fn progress(&self) -> Progress {
        let thread = self.thread.as_ref();
        Progress {
            loaded: thread.map_or(0, Thread::len),
            stated: thread.and_then(|thread| thread.story().stated_comments),
        }
    }
}
