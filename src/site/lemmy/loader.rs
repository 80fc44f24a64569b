//! The requests for a post, the tree of its comments, then what the tree left out: two at a time, until nothing comes.

use std::collections::HashSet;

use super::LemmyAddress;
use super::answer::{self, AnswerRows};
use super::api::{Api, LAST_PAGE, PAGE_ROWS};
use super::discussion::{Discussion, Gap};
use super::errors::{self, Meaning};
use crate::model::Thread;
use crate::site::grammar::{host, origin_of};
use crate::site::json::Document;
use crate::site::queue::Queue;
use crate::site::{self, Answer, LoadError, Progress, Request, status};

/// Loads one post with its comments.
///
/// 1. The post, from `/api/v3` or else `/api/v4`.
/// 2. The tree of its comments; in version 4 with its further pages.
/// 3. Where comments are missing: the tree below each comment that lacks some, from the top down. Where those are many
///    more than the flat pages would be, the pages come first.
/// 4. If the tree was cut and comments are missing still: flat pages, from the oldest on, until one brings nothing.
#[derive(Debug)]
pub struct LemmyLoader {
    origin: String,
    host: String,
    comment: Option<String>,
    api: Api,
    discussion: Discussion,
    /// The error that ended the load.
    error: Option<LoadError>,
    queue: Queue<Resource>,
    stage: Stage,
    /// An answer with a tree was as long as the site allows.
    is_cut: bool,
    /// Comments whose replies were requested.
    asked: HashSet<u64>,
    /// Comments below which no more comes.
    searched: HashSet<u64>,
    /// The number of requests in a row below a comment that brought nothing.
    fruitless: u32,
    /// Comments that flat pages brought.
    paged: HashSet<u64>,
}

/// The purpose of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Resource {
    Post(Api),
    /// The tree of all comments, or of those below one; and where its page begins.
    Tree(Option<u64>, Option<String>),
    /// A flat page: its number, and where it begins.
    Flat(Api, u32, Option<String>),
}

/// The parts of the load that are complete.
#[derive(Clone, Copy, Debug, Default)]
struct Stage {
    /// The tree has come.
    has_tree: bool,
    /// Flat pages were begun.
    is_paging: bool,
    /// Everything has come, or further requests are pointless.
    is_over: bool,
}

/// No tree has more rows than this, whatever is requested.
const TREE_ROWS: usize = 300;
/// No discussion needs more requests than this.
const MAX_REQUESTS: u32 = 400;
/// The most requests at one time to an instance.
const MAX_IN_FLIGHT: usize = 2;
/// After so many requests in a row that brought nothing, comments are missing because they are not sent.
const MAX_FRUITLESS: u32 = 5;

impl LemmyLoader {
    /// A loader for this post, with nothing requested yet.
    pub fn new(address: LemmyAddress) -> Self {
        let origin = origin_of(&address.url).unwrap_or_default();
        Self {
            host: host(&origin).to_owned(),
            discussion: Discussion::new(origin.clone(), address.post),
            origin,
            comment: address.comment,
            api: Api::V3,
            error: None,
            queue: Queue::of([Resource::Post(Api::V3)]),
            stage: Stage::default(),
            is_cut: false,
            asked: HashSet::new(),
            searched: HashSet::new(),
            fruitless: 0,
            paged: HashSet::new(),
        }
    }

    fn url(&self, resource: &Resource) -> String {
        let post = self.discussion.post_id().map(|id| id.to_string()).unwrap_or_default();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let (api, path) = match resource {
            Resource::Post(api) => {
                match &self.comment {
                    Some(comment) if post.is_empty() => query.append_pair("comment_id", comment),
                    _ => query.append_pair("id", &post),
                };
                (*api, "post")
            }
            Resource::Tree(below, cursor) => {
                query.append_pair("post_id", &post).extend_pairs(self.api.comments("Hot"));
                query.append_pair("max_depth", "50").append_pair("limit", &PAGE_ROWS.to_string());
                query.extend_pairs(below.map(|id| ("parent_id", id.to_string())));
                query.extend_pairs(cursor.as_ref().map(|cursor| ("page_cursor", cursor)));
                (self.api, "comment/list")
            }
            Resource::Flat(api, page, cursor) => {
                query.append_pair("post_id", &post).extend_pairs(api.comments("Old"));
                query.append_pair("limit", &PAGE_ROWS.to_string());
                query.extend_pairs((*api == Api::V3).then(|| ("page", page.to_string())));
                query.extend_pairs(cursor.as_ref().map(|cursor| ("page_cursor", cursor)));
                (*api, "comment/list")
            }
        };
        format!("{}/{path}?{}", api.root(&self.origin), query.finish())
    }

    /// The next resource to request, if there is one.
    fn next_resource(&mut self) -> Option<Resource> {
        if let Some(resource) = self.queue.next(MAX_IN_FLIGHT) {
            return Some(resource);
        }
        let is_paging = self.queue.in_flight().any(|resource| matches!(resource, Resource::Flat(..)));
        if is_paging || !self.stage.has_tree || self.stage.is_over || self.missing() == 0 {
            return None;
        }
        if let Some(gap) = self.next_gap() {
            self.asked.insert(gap);
            return Some(Resource::Tree(Some(gap), None));
        }
        let begins = self.queue.is_done() && !self.stage.is_paging && self.is_worth_pages();
        self.stage.is_paging |= begins;
        begins.then_some(Resource::Flat(self.api, 1, None))
    }

    /// The topmost comment below which some are missing, and below which was not asked.
    fn next_gap(&self) -> Option<u64> {
        if self.fruitless >= MAX_FRUITLESS {
            return None;
        }
        let asking: HashSet<u64> = self.queue.in_flight().filter_map(Resource::below).collect();
        let is_free = |id: &u64| !asking.contains(id) && !self.searched.contains(id);
        let is_open =
            |gap: &Gap<'_>| !self.asked.contains(&gap.id) && is_free(&gap.id) && gap.above.iter().all(is_free);
        let gaps: Vec<Gap<'_>> =
            self.discussion.gaps().into_iter().filter(|gap| !gap.is_passed && is_open(gap)).collect();
        let pages = (self.discussion.stated().unwrap_or_default() / PAGE_ROWS + 4) as usize;
        let top = gaps.iter().filter(|gap| gap.is_top).count();
        let are_many = !self.stage.is_paging && top + self.asked.len() > pages && self.is_worth_pages();
        gaps.first().filter(|_| !are_many).map(|gap| gap.id)
    }

    /// The number of missing comments; at least 1 where the site states no number and the tree was cut.
    fn missing(&self) -> u32 {
        let is_unsure = self.is_cut && self.discussion.stated().is_none();
        self.discussion.missing().max(u32::from(is_unsure))
    }

    fn is_worth_pages(&self) -> bool {
        let missing = u64::from(self.missing());
        missing > 0 && (self.is_cut || missing * 20 > u64::from(self.discussion.stated().unwrap_or_default()))
    }

    fn take(&mut self, resource: &Resource, answer: &Answer) -> Result<(), (Meaning, LoadError)> {
        let page = answer::read(&Document::read(&answer.body));
        errors::check(&self.host, "post", answer, page.error.as_deref())?;
        let is_readable = match resource {
            Resource::Post(_) => page.post.is_some() || page.damage.is_some() && self.is_of_lemmy(answer),
            Resource::Tree(..) | Resource::Flat(..) => page.is_list,
        };
        if !is_readable {
            return Err((Meaning::Final, errors::from_content(&self.host, answer)));
        }
        match resource {
            Resource::Post(api) => self.take_post(*api, page),
            Resource::Tree(below, _) => self.take_tree(*below, page),
            Resource::Flat(api, number, _) => self.take_flat(*api, *number, page),
        }
        Ok(())
    }

    /// Whether a damaged answer may have been a post, and its comments can be requested all the same.
    fn is_of_lemmy(&self, answer: &Answer) -> bool {
        self.discussion.post_id().is_some() && answer.body.trim_ascii_start().starts_with(b"{")
    }

    fn take_post(&mut self, api: Api, page: AnswerRows) {
        self.api = api;
        self.discussion.take(page);
        self.queue.push(Resource::Tree(None, None));
    }

    fn take_tree(&mut self, below: Option<u64>, page: AnswerRows) {
        let (rows, cursor) = (page.rows.len(), page.cursor.clone());
        let is_new = !self.discussion.take(page).is_empty();
        let is_cut = rows >= TREE_ROWS;
        self.is_cut |= is_cut;
        self.stage.has_tree = true;
        if below.is_some() {
            self.fruitless = if is_new { 0 } else { self.fruitless + 1 };
            self.searched.extend(below.filter(|_| !is_new && !is_cut));
        }
        if is_new && cursor.is_some() {
            self.queue.push(Resource::Tree(below, cursor));
        }
    }

    fn take_flat(&mut self, api: Api, number: u32, page: AnswerRows) {
        let (is_empty, cursor) = (page.rows.is_empty(), page.cursor.clone());
        let before = self.paged.len();
        self.paged.extend(page.rows.iter().map(|row| row.id));
        let is_new = self.paged.len() > before;
        self.discussion.take(page);
        let has_next = if api == Api::V3 { number < LAST_PAGE } else { cursor.is_some() };
        if is_new && has_next {
            self.queue.push(Resource::Flat(api, number + 1, cursor));
        } else if is_empty || api == Api::V4 {
            self.stage.is_over = true;
        } else if self.missing() > 0 && number < LAST_PAGE {
            // The same page again: version 1.0 behind the older interface.
            self.paged.clear();
            self.queue.push(Resource::Flat(Api::V4, 1, None));
        }
    }

    /// Continues without the answer where that is possible; else ends the load, and a note says why no more came.
    fn fail(&mut self, resource: &Resource, meaning: Meaning, error: LoadError) {
        match (resource, meaning) {
            (Resource::Post(Api::V3), Meaning::NoRoute) => self.queue.push(Resource::Post(Api::V4)),
            (Resource::Tree(None, None), Meaning::NoRoute) if self.api == Api::V3 => {
                self.api = Api::V4;
                self.queue.push(resource.clone());
            }
            (Resource::Tree(Some(id), _), Meaning::NoRoute | Meaning::Gone) => {
                self.searched.insert(*id);
                self.fruitless += 1;
            }
            (Resource::Flat(Api::V4, 1, None), Meaning::NoRoute) if self.api == Api::V3 => {}
            _ => self.stop(error),
        }
    }

    fn stop(&mut self, error: LoadError) {
        self.stage.is_over = true;
        self.queue.clear();
        self.discussion.note(format!("The rest of the comments could not be loaded: {error}"));
        self.error.get_or_insert(error);
    }

    /// The error to show while there is no thread.
    fn reason(&self) -> LoadError {
        self.error.clone().unwrap_or_else(|| LoadError::pending(&self.host))
    }

    /// The error for a thread whose comments are all missing.
    fn no_comments(&self) -> Option<LoadError> {
        match self.discussion.stated() {
            Some(0) => None,
            _ if !self.discussion.is_empty() || !self.queue.is_done() => None,
            stated => self.error.clone().or_else(|| Some(status::no_comments(&self.host, stated?, Vec::new()))),
        }
    }
}

impl Resource {
    fn below(&self) -> Option<u64> {
        match self {
            Self::Tree(below, _) => *below,
            Self::Post(_) | Self::Flat(..) => None,
        }
    }
}

impl site::Loader for LemmyLoader {
    fn next(&mut self) -> Vec<Request> {
        let mut requests = Vec::new();
        while self.queue.has_room(MAX_IN_FLIGHT) && self.queue.requests() < MAX_REQUESTS {
            let Some(resource) = self.next_resource() else { break };
            let url = self.url(&resource);
            requests.push(self.queue.request(resource, url));
        }
        requests
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some(resource) = self.queue.answered(key) else { return };
        let taken = match outcome {
            Ok(answer) => self.take(&resource, &answer),
            Err(error) => Err((Meaning::Final, error)),
        };
        if let Err((meaning, error)) = taken {
            self.fail(&resource, meaning, error);
        }
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        if !self.discussion.has_post() && self.discussion.is_empty() {
            return Err(self.reason());
        }
        self.no_comments().map_or_else(|| Ok(self.discussion.thread()), Err)
    }

    fn progress(&self) -> Progress {
        Progress { loaded: self.discussion.loaded(), stated: self.discussion.stated() }
    }
}
