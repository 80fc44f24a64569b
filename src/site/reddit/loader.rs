//! Loads a thread: a token, the thread, the comment that the address names, and then stub after stub.

use url::Url;

use super::address::{RedditAddress, parse};
use super::answer::{self, Shape};
use super::discussion::{Discussion, Taken};
use super::errors;
use super::resource::Resource;
use super::session::Session;
use super::stubs::{Call, Stubs};
use crate::model::Thread;
use crate::site::json::Document;
use crate::site::{self, Answer, LoadError, Progress, Request};

/// Loads one thread, one request at a time.
///
/// 1. A token, unless another load has one (see `session`).
/// 2. Of a share link: its page, whose address after redirects names the thread.
/// 3. The thread, with the 500 comments that Reddit sends at most.
/// 4. Where the comment that the address names is not among them: its branch, with what it answers.
/// 5. What stubs stand for, the largest first, and then the branches that go on on a page of their own, as long as
///    anything comes of it, and up to 64 requests in all. How much is left then stands in a note.
#[derive(Debug)]
pub struct RedditLoader {
    session: Session,
    address: RedditAddress,
    /// The resource that is requested next, or in flight.
    resource: Option<Resource>,
    requests: u32,
    discussion: Discussion,
    stubs: Stubs,
    error: Option<LoadError>,
}

/// No thread gets more requests than this, tokens aside: they bring some 6,000 comments, and use a good part of the
/// 100 a minute that Reddit grants.
const MAX_REQUESTS: u32 = 64;

/// The error of an answer of no use, and the status that it came with.
type Failed = (Option<u16>, LoadError);

impl RedditLoader {
    /// A loader for this thread. Where there is no token yet, it asks for the account's secret, which may wait.
    pub fn new(address: RedditAddress) -> Self {
        let session = Session::new(address.account.clone(), &instead(&address));
        let error = session.error().cloned();
        let discussion = Discussion::new(address.account.pages());
        let resource = Some(if address.id.is_some() { Resource::Thread } else { Resource::Share });
        Self { session, address, resource, requests: 0, discussion, stubs: Stubs::default(), error }
    }

    fn take(&mut self, resource: &Resource, answer: &Answer) -> Result<(), LoadError> {
        if let Resource::Share = resource {
            return self.take_share(answer);
        }
        let document = Document::read(&answer.body);
        errors::check(answer, &document, resource.name())?;
        let is_by_ids = matches!(resource, Resource::Stub(Call::More(_)));
        let errors = answer::errors(&document);
        let (post, things) = match Shape::of(&document) {
            Shape::Thread(post, things) if !is_by_ids => (Some(post), things),
            Shape::Branch(things) if is_by_ids && (errors.is_none() || !things.is_empty()) => (None, things),
            _ => {
                return Err(errors.map_or_else(
                    || errors::from_content(answer, resource.name()),
                    |line| errors::from_error_list(&line),
                ));
            }
        };
        let taken = self.discussion.take(post, things);
        self.discussion.note_damage(&document);
        self.put(resource, taken);
        Ok(())
    }

    /// Adds the stubs of an answer to the others, and continues.
    fn put(&mut self, resource: &Resource, taken: Taken) {
        let is_here = |id: &str| self.discussion.has(id);
        match resource {
            Resource::Stub(Call::More(_)) => self.stubs.answered(taken.stubs, taken.fresh > 0, is_here),
            _ => self.stubs.add(taken.stubs, is_here),
        }
        let absent = self.address.comment.clone().filter(|id| !self.discussion.has(id));
        match (resource, absent) {
            (Resource::Thread, Some(id)) => self.resource = Some(Resource::Comment(id)),
            (Resource::Comment(_), Some(_)) => self.note_absence(),
            _ => {}
        }
    }

    /// Takes the page of a share link: only its address counts, or the one that a login page would go on to.
    fn take_share(&mut self, answer: &Answer) -> Result<(), LoadError> {
        let account = self.session.account();
        let thread = |url: &str| parse(url, account).filter(|address| address.id.is_some());
        let url = Url::parse(&answer.url).ok();
        let mut query = url.iter().flat_map(Url::query_pairs);
        let behind_login = || query.find_map(|(name, value)| if name == "dest" { thread(&value) } else { None });
        let found = thread(&answer.url).or_else(behind_login);
        self.address = found.ok_or_else(|| errors::from_share(answer))?;
        self.resource = Some(Resource::Thread);
        Ok(())
    }

    /// Continues without an answer where that is possible; else ends the load, and a note says why no more came.
    fn fail(&mut self, resource: &Resource, (status, error): Failed) {
        match resource {
            Resource::Comment(_) if status == Some(404) => self.note_absence(),
            Resource::Stub(Call::More(_)) if status == Some(404) => self.stubs.answered(Vec::new(), false, |_| false),
            Resource::Stub(Call::Below(_)) if status == Some(404) => {}
            Resource::Share | Resource::Thread => self.error = Some(error),
            Resource::Comment(_) | Resource::Stub(_) => {
                self.discussion.note(format!("The rest of the comments could not be loaded: {error}"));
                self.error = Some(error);
            }
        }
    }

    fn note_absence(&mut self) {
        self.discussion.note("The comment that the address names is not in the thread, or no longer");
    }

    /// Whether nothing more will come.
    fn is_over(&self) -> bool {
        self.error.is_some() || self.resource.is_none()
    }

    /// The number of comments and of branches behind stubs, and of comments that will not come.
    fn left(&self) -> (u64, u64, u64) {
        self.stubs.left(|id| self.discussion.has(id))
    }

    /// Notes on missing comments, for use once no request is left.
    fn notes(&self) -> Vec<String> {
        let (comments, branches, gone) = self.left();
        let is_cut = self.requests >= MAX_REQUESTS && comments + branches > 0;
        let asked = if is_cut { u64::from(self.requests) } else { 0 };
        let notes = [
            (asked, "Requests for this thread, the most that lurker makes"),
            (comments, "Behind “more comments”, and not loaded"),
            (branches, "Branches that continue on a page of their own, and not loaded"),
            (gone, "Comments that Reddit counts but no longer shows"),
        ];
        let is_told = |(count, _): &(u64, &str)| self.is_over() && *count > 0;
        notes.into_iter().filter(is_told).map(|(count, what)| format!("{what}: {count}")).collect()
    }
}

/// Ways to read a thread without a client id.
fn instead(address: &RedditAddress) -> String {
    let file = match &address.id {
        Some(id) => format!("https://www.reddit.com/comments/{id}.json?limit=500&raw_json=1"),
        None => format!("the thread that {} leads to, with .json at the end of its address,", address.url),
    };
    format!("open {file} in a browser where you are logged in, save it, and open the file with lurker")
}

impl site::Loader for RedditLoader {
    fn next(&mut self) -> Vec<Request> {
        if self.error.is_some() {
            return Vec::new();
        }
        if self.resource.is_none() && self.requests < MAX_REQUESTS {
            self.resource = self.stubs.next(|id| self.discussion.has(id)).map(Resource::Stub);
        }
        let url = self.resource.as_ref().map(|resource| resource.url(&self.address, self.session.account()));
        url.and_then(|url| self.session.request(&url)).into_iter().collect()
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some(outcome) = self.session.answer(key, outcome) else { return };
        let Some(resource) = self.resource.take() else { return };
        self.requests += 1;
        let taken = match outcome {
            Ok(answer) => self.take(&resource, &answer).map_err(|error| (Some(answer.status), error)),
            Err(error) => Err((None, error)),
        };
        if let Err(failed) = taken {
            self.fail(&resource, failed);
        }
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        let reason = || self.error.clone().unwrap_or_else(|| LoadError::pending("Reddit"));
        self.discussion.thread(self.notes()).ok_or_else(reason)
    }

    fn progress(&self) -> Progress {
        let (loaded, stated) = (self.discussion.loaded(), self.discussion.stated());
        let (comments, branches, _) = self.left();
        let is_whole = self.is_over() && self.error.is_none() && comments + branches == 0;
        // Reddit counts comments that it no longer sends; with nothing left to request, all that there are have come.
        Progress { loaded, stated: stated.map(|stated| if is_whole { stated.min(loaded) } else { stated }) }
    }
}
