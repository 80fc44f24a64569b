//! Loads a discussion: the story page, then `ajax.pl` until every comment is here or nothing more comes.

use super::address::SlashdotAddress;
use super::discussion::Discussion;
use super::errors::{self, Expected};
use super::{ajax, page};
use crate::model::Thread;
use crate::site::grammar::origin_of;
use crate::site::queue::Queue;
use crate::site::{self, Answer, LoadError, Progress, Request, charset};

/// A thread of Slashdot on its way; one request at a time.
///
/// 1. The story page. What it holds is shown at once; when all of it is whole, that is all.
/// 2. `d2_seen=1`, a comment that does not exist, so that everything counts as unseen and comes back in full; then the
///    `d2_seen` that each answer gives, until the server has no more or an answer brings nothing.
/// 3. If comments are not listed still: the same from the `d2_seen` of what is held.
/// 4. If comments lack body, date or a part of their text still: these by number, 100 at a time. The numbers as one
///    parameter each, and where that brings nothing, once with commas.
#[derive(Debug)]
pub struct SlashdotLoader {
    address: SlashdotAddress,
    origin: String,
    referer: String,
    discussion: Option<Discussion<'static>>,
    error: Option<LoadError>,
    queue: Queue<Resource>,
    /// The last series that was begun.
    series: Series,
    commas: bool,
}

/// A resource that is requested.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Resource {
    Page,
    /// Comments that are not in this `d2_seen`.
    Unseen(String),
    /// Comments by number.
    Listed(Vec<u64>),
}

/// The series of requests after the page, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Series {
    Page,
    Everything,
    Unlisted,
    Lacking,
}

/// No discussion needs more requests than this: at 10 comments a round it is 10,000 comments.
const MAX_REQUESTS: u32 = 1000;

/// Comments in one request by number.
const BATCH: usize = 100;

/// The fake `d2_seen` under which everything counts as unseen.
const NOTHING_SEEN: &str = "1";

impl SlashdotLoader {
    /// A loader for this thread, with nothing requested yet.
    pub fn new(address: SlashdotAddress) -> Self {
        let discussion = address.discussion.map(|number| Discussion::from_number(number, &address.url));
        let everything = Resource::Unseen(NOTHING_SEEN.to_owned());
        let (series, first) =
            if discussion.is_some() { (Series::Everything, everything) } else { (Series::Page, Resource::Page) };
        Self {
            origin: origin_of(&address.url).unwrap_or_default(),
            referer: address.url.clone(),
            address,
            discussion,
            error: None,
            queue: Queue::of([first]),
            series,
            commas: false,
        }
    }

    fn request(&mut self, resource: Resource) -> Request {
        let Some(form) = self.form(&resource) else {
            return self.queue.request(resource, self.address.url.clone());
        };
        let headers = vec![
            ("Content-Type", "application/x-www-form-urlencoded".to_owned()),
            ("Referer", self.referer.clone()),
            ("X-Requested-With", "XMLHttpRequest".to_owned()),
        ];
        Request { form: Some(form), headers, ..self.queue.request(resource, format!("{}/ajax.pl", self.origin)) }
    }

    /// The body of a request to `ajax.pl`; `None` for the page.
    fn form(&self, resource: &Resource) -> Option<String> {
        let number = self.discussion.as_ref().and_then(Discussion::number).unwrap_or_default().to_string();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("op", "comments_fetch").append_pair("discussion_id", &number);
        match resource {
            Resource::Page => return None,
            Resource::Unseen(seen) => _ = form.append_pair("d2_seen", seen).append_pair("fetch_all", "1"),
            Resource::Listed(cids) => {
                let cids: Vec<String> = cids.iter().map(u64::to_string).collect();
                let values = if self.commas { vec![cids.join(",")] } else { cids };
                form.extend_pairs(values.iter().map(|value| ("cids", value)));
            }
        }
        Some(form.append_pair("threshold", "-1").append_pair("highlightthresh", "-1").finish())
    }

    fn take_page(&mut self, answer: &Answer) -> Result<(), LoadError> {
        errors::check(answer, Expected::Story)?;
        let source = charset::page(&answer.body, &answer.content_type);
        let page = page::read(&source);
        if !page.is_discussion() {
            return Err(errors::from_page(&source, &answer.url, Expected::Story));
        }
        let own = if answer.url.is_empty() { &self.address.url } else { &answer.url };
        self.origin = origin_of(own).unwrap_or_default();
        self.referer = own.split('#').next().unwrap_or_default().to_owned();
        self.discussion = Some(Discussion::from_page(page, &self.referer).read_bodies());
        self.next_series();
        Ok(())
    }

    fn take_update(&mut self, resource: &Resource, answer: &Answer) -> Result<(), LoadError> {
        errors::check(answer, Expected::Story)?;
        let Some(discussion) = &mut self.discussion else { return Ok(()) };
        let source = charset::answer(&answer.body, &answer.content_type);
        let Some(update) = ajax::read(&source, discussion.number()) else {
            return Err(errors::from_update(&source, &answer.url));
        };
        let (seen, more) = (update.seen.clone(), update.more);
        let news = discussion.take(update);
        match resource {
            Resource::Listed(cids) => {
                let brought = cids.iter().any(|cid| news.contains(cid));
                self.after_listed(resource, brought);
            }
            Resource::Page | Resource::Unseen(_) => {
                let seen = seen.unwrap_or_else(|| discussion.packed_seen());
                let again = Resource::Unseen(seen);
                if !news.is_empty() && more != Some(0) && again != *resource {
                    self.queue.push(again);
                } else {
                    self.next_series();
                }
            }
        }
        Ok(())
    }

    /// After a batch by number: the next one; or the same with commas, once, if it brought nothing.
    fn after_listed(&mut self, resource: &Resource, brought: bool) {
        if brought {
            self.next_batch();
        } else if !self.commas {
            self.commas = true;
            self.queue.push(resource.clone());
        }
    }

    fn next_batch(&mut self) {
        let mut cids = self.discussion.as_ref().map(Discussion::lacking).unwrap_or_default();
        cids.truncate(BATCH);
        if !cids.is_empty() {
            self.queue.push(Resource::Listed(cids));
        }
    }

    /// Begins the next series that has something to bring.
    fn next_series(&mut self) {
        let Some(discussion) = &mut self.discussion else { return };
        let (lacking, unlisted) = (!discussion.lacking().is_empty(), discussion.has_unlisted());
        if !lacking && !unlisted {
            return;
        }
        if discussion.number().is_none() {
            discussion.note("The page does not say which discussion it is of, so no more could be asked for");
            return;
        }
        let held = discussion.packed_seen();
        if self.series < Series::Everything {
            self.series = Series::Everything;
            self.queue.push(Resource::Unseen(NOTHING_SEEN.to_owned()));
        } else if self.series < Series::Unlisted && unlisted && !held.is_empty() {
            self.series = Series::Unlisted;
            self.queue.push(Resource::Unseen(held));
        } else if self.series < Series::Lacking {
            self.series = Series::Lacking;
            self.next_batch();
        }
    }

    /// Ends the load with this error, and notes it on the discussion if one is loaded.
    fn fail(&mut self, error: LoadError) {
        if let Some(discussion) = &mut self.discussion {
            discussion.note(&format!("The rest of the comments could not be loaded: {error}"));
        }
        self.error = Some(error);
    }
}

impl site::Loader for SlashdotLoader {
    fn next(&mut self) -> Vec<Request> {
        self.queue.next(1).map(|resource| self.request(resource)).into_iter().collect()
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some(resource) = self.queue.answered(key) else { return };
        let taken = outcome.and_then(|answer| match resource {
            Resource::Page => self.take_page(&answer),
            Resource::Unseen(_) | Resource::Listed(_) => self.take_update(&resource, &answer),
        });
        if let Err(error) = taken {
            self.fail(error);
        }
        if self.queue.requests() >= MAX_REQUESTS {
            self.queue.clear();
        }
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        let reason = || self.error.clone().unwrap_or_else(|| LoadError::pending("Slashdot"));
        let discussion = self.discussion.as_ref().ok_or_else(reason)?;
        if discussion.is_empty() && (self.error.is_some() || !self.queue.is_done() && self.address.discussion.is_some())
        {
            return Err(reason());
        }
        match discussion.is_hollow().filter(|_| self.queue.is_done()) {
            Some(error) => Err(error),
            None => Ok(discussion.thread(self.queue.is_done())),
        }
    }

    fn progress(&self) -> Progress {
        let discussion = self.discussion.as_ref();
        Progress { loaded: discussion.map_or(0, Discussion::loaded), stated: discussion.and_then(Discussion::stated) }
    }
}
