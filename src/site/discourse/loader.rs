//! The requests for a whole topic: its JSON with the first posts and the ids of all, then the others by id.

use super::address::DiscourseAddress;
use super::errors;
use super::topic::Topic;
use crate::model::Thread;
use crate::site::grammar::{host, origin_of};
use crate::site::json::Document;
use crate::site::queue::Queue;
use crate::site::{self, Answer, LoadError, Progress, Request};

/// A topic on its way; one request at a time.
///
/// 1. The topic. Its first 20 posts are shown at once.
/// 2. The posts that its list names and that have not come, 20 at a time and each requested once.
#[derive(Debug)]
pub struct DiscourseLoader {
    /// The topic's number, as the forum gives it.
    number: i64,
    origin: String,
    host: String,
    topic: Option<Topic>,
    queue: Queue<Resource>,
    /// The last answers in a row that brought no post.
    empty_answers: u32,
    /// The error that ended the load.
    error: Option<LoadError>,
}

/// The purpose of a request.
#[derive(Debug)]
enum Resource {
    Topic,
    /// Posts by their ids.
    Posts(Vec<i64>),
}

/// The number of posts per request, as on the site's own page.
const BATCH: usize = 20;

/// No topic needs more requests than this: it is 20,000 posts, and forums close a topic at 10,000.
const MAX_REQUESTS: u32 = 1000;

/// The answers in a row without any post after which the forum is taken to send no more.
const MAX_EMPTY_ANSWERS: u32 = 5;

impl DiscourseLoader {
    /// A loader for this topic, with nothing requested yet.
    pub fn new(address: DiscourseAddress) -> Self {
        let DiscourseAddress { url, topic, .. } = address;
        let origin = origin_of(&url).unwrap_or_default();
        let host = host(&origin).to_owned();
        Self {
            number: topic.cast_signed(),
            origin,
            host,
            topic: None,
            queue: Queue::of([Resource::Topic]),
            empty_answers: 0,
            error: None,
        }
    }

    fn url(&self, resource: &Resource) -> String {
        let path = format!("{}/t/{}", self.origin, self.number);
        match resource {
            Resource::Topic => format!("{path}.json"),
            Resource::Posts(ids) => {
                let mut query = url::form_urlencoded::Serializer::new(String::new());
                query.extend_pairs(ids.iter().map(|id| ("post_ids[]", id.to_string())));
                format!("{path}/posts.json?{}", query.finish())
            }
        }
    }

    fn take(&mut self, answer: &Answer) -> Result<(), LoadError> {
        errors::check(answer, &self.host, "topic")?;
        match &mut self.topic {
            None => self.take_topic(answer),
            Some(topic) => {
                let brought = topic.take(&Document::read(&answer.body));
                if brought == 0 && !answer.body.trim_ascii_start().starts_with(b"{") {
                    return Err(errors::from_body(&answer.body, &self.host, "topic"));
                }
                self.empty_answers = if brought == 0 { self.empty_answers + 1 } else { 0 };
                if self.empty_answers == MAX_EMPTY_ANSWERS {
                    let says = format!("sent {MAX_EMPTY_ANSWERS} answers without a post");
                    return Err(LoadError::other(&self.host, says));
                }
                Ok(())
            }
        }
    }

    fn take_topic(&mut self, answer: &Answer) -> Result<(), LoadError> {
        // A forum that has moved answers from its new address.
        if let Some(own) = origin_of(&answer.url) {
            host(&own).clone_into(&mut self.host);
            self.origin = own;
        }
        let mut topic = Topic::from_origin(self.origin.clone());
        topic.take(&Document::read(&answer.body));
        if !topic.is_topic() {
            return Err(errors::from_body(&answer.body, &self.host, "topic"));
        }
        self.number = topic.id().unwrap_or(self.number);
        for batch in topic.lacking().chunks(BATCH) {
            self.queue.push(Resource::Posts(batch.to_vec()));
        }
        self.topic = Some(topic);
        Ok(())
    }

    /// Ends the load with this error, and notes it on the topic if one is loaded.
    fn fail(&mut self, error: LoadError) {
        self.queue.clear();
        if let Some(topic) = &mut self.topic {
            topic.note(format!("The rest of the posts could not be loaded: {error}"));
        }
        self.error = Some(error);
    }
}

impl site::Loader for DiscourseLoader {
    fn next(&mut self) -> Vec<Request> {
        let Some(resource) = self.queue.next(1) else { return Vec::new() };
        let url = self.url(&resource);
        vec![self.queue.request(resource, url)]
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        if self.queue.answered(key).is_none() {
            return;
        }
        if let Err(error) = outcome.and_then(|answer| self.take(&answer)) {
            self.fail(error);
        }
        if self.queue.requests() >= MAX_REQUESTS {
            self.queue.clear();
        }
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        let reason = || self.error.clone().unwrap_or_else(|| LoadError::pending(&self.host));
        self.topic.as_ref().map(|topic| topic.thread(self.queue.is_done())).ok_or_else(reason)
    }

    fn progress(&self) -> Progress {
        let topic = self.topic.as_ref();
        Progress { loaded: topic.map_or(0, Topic::loaded), stated: topic.and_then(Topic::stated) }
    }
}
