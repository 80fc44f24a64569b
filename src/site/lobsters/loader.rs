//! The requests for a story: its JSON in one; from a bare comment, first those that tell the story it belongs to.

use super::address::{LobstersAddress, parse};
use super::{INFO, errors, story};
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
    next: Option<Resource>,
    in_flight: Option<(u32, Resource)>,
    requests: u32,
    outcome: Result<Thread, LoadError>,
}

/// The purpose of a request.
#[derive(Clone, Debug)]
enum Resource {
    Comment(String),
    CommentPage(String),
    Story(String),
}

impl Resource {
    fn path(&self) -> String {
        match self {
            Self::Comment(id) => format!("/c/{id}.json"),
            Self::CommentPage(id) => format!("/c/{id}"),
            Self::Story(id) => format!("/s/{id}.json"),
        }
    }

    /// Its name in an error.
    fn name(&self) -> String {
        match self {
            Self::Comment(id) | Self::CommentPage(id) => format!("comment {id}"),
            Self::Story(id) => format!("story {id}"),
        }
    }
}

impl LobstersLoader {
    /// A loader for this thread, with nothing requested yet.
    pub fn new(address: LobstersAddress) -> Self {
        let origin = address.origin();
        let next = address.story.map(Resource::Story).or(address.comment.map(Resource::Comment));
        Self { origin, next, in_flight: None, requests: 0, outcome: Err(LoadError::pending(INFO.title)) }
    }

    /// Reads an answer: the thread, or what to request next.
    fn take(&mut self, resource: Resource, answer: &Answer) -> Result<(), LoadError> {
        if let Some(error) = errors::from_status(answer, &resource.name()) {
            return Err(error);
        }
        match resource {
            Resource::Story(_) => self.outcome = Ok(story::read(&Document::read(&answer.body), &answer.body)?),
            Resource::Comment(id) => {
                let story = self.story_at(&comment_url(&answer.body)).or_else(|| self.story_at(&answer.url));
                self.next = Some(story.map_or(Resource::CommentPage(id), Resource::Story));
            }
            Resource::CommentPage(id) => {
                let story = self.story_at(&answer.url).ok_or_else(|| errors::no_story(&id))?;
                self.next = Some(Resource::Story(story));
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
        let Some(resource) = self.next.take() else { return Vec::new() };
        self.requests += 1;
        let url = format!("{}{}", self.origin, resource.path());
        self.in_flight = Some((self.requests, resource));
        vec![Request { key: self.requests, url, form: None, headers: Vec::new() }]
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some((_, resource)) = self.in_flight.take_if(|(requested, _)| *requested == key) else { return };
        if let Err(error) = outcome.and_then(|answer| self.take(resource, &answer)) {
            self.outcome = Err(error);
        }
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        self.outcome.clone()
    }

    fn progress(&self) -> Progress {
        let thread = self.outcome.as_ref().ok();
        Progress {
            loaded: thread.map_or(0, Thread::len),
            stated: thread.and_then(|thread| thread.story().stated_comments),
        }
    }
}
