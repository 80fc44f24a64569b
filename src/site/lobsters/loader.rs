//! The requests for a story: its JSON in one; from a bare comment, first those that tell the story it belongs to.

use super::address::{LobstersAddress, parse};
use super::{INFO, errors, story};
use crate::model::Thread;
use crate::site::grammar::origin_of;
use crate::site::json::Document;
use crate::site::one_request::progress;
use crate::site::queue::Queue;
use crate::site::{self, Answer, LoadError, Progress, Request};

/// A thread of Lobsters on its way; one request at a time.
///
/// 1. Of a bare comment: its JSON, whose address names the story; where that does not, the comment's page, which leads
///    to the story's.
/// 2. The story's JSON, which holds all comments. A merged story leads to another, whose short id then counts.
#[derive(Debug)]
pub struct LobstersLoader {
    origin: String,
    queue: Queue<Resource>,
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
        let origin = origin_of(&address.url).unwrap_or_default();
        let next = address.story.map(Resource::Story).or(address.comment.map(Resource::Comment));
        Self { origin, queue: Queue::of(next), outcome: Err(LoadError::pending(INFO.title)) }
    }

    /// Reads an answer: the thread, or what to request next.
    fn take(&mut self, resource: Resource, answer: &Answer) -> Result<(), LoadError> {
        errors::check(answer, &resource.name())?;
        match resource {
            Resource::Story(_) => self.outcome = Ok(story::read(&Document::read(&answer.body), &answer.body)?),
            Resource::Comment(id) => {
                let story = self.story_at(&comment_url(&answer.body)).or_else(|| self.story_at(&answer.url));
                self.queue.push(story.map_or(Resource::CommentPage(id), Resource::Story));
            }
            Resource::CommentPage(id) => {
                let story = self.story_at(&answer.url).ok_or_else(|| errors::no_story(&id))?;
                self.queue.push(Resource::Story(story));
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
        let Some(resource) = self.queue.next(1) else { return Vec::new() };
        let url = format!("{}{}", self.origin, resource.path());
        vec![self.queue.request(resource, url)]
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some(resource) = self.queue.answered(key) else { return };
        if let Err(error) = outcome.and_then(|answer| self.take(resource, &answer)) {
            self.outcome = Err(error);
        }
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        self.outcome.clone()
    }

    fn progress(&self) -> Progress {
        progress(&self.outcome)
    }
}
