//! Loads a discussion: up to the story; its tree at once, or from there down item by item.

use std::collections::HashSet;

use super::address::HackerNewsAddress;
use super::discussion::Discussion;
use super::errors::{self, Expected};
use super::missing::MissingComments;
use super::post::{Kind, Post, read_bodies};
use super::{INFO, algolia, firebase};
use crate::model::{Cause, State, Thread, not_here};
use crate::site::json::Document;
use crate::site::queue::Queue;
use crate::site::{self, Answer, LoadError, Progress, Request, status};

/// A thread of Hacker News on its way.
///
/// 1. Tree and item of the number, at once. As soon as one of them is here, and is a story, it is shown.
/// 2. If it is a comment: up to its story, which Algolia names, or from parent to parent, whichever comes first.
/// 3. Where the story's tree came whole, and with as many comments as the story's item states, that is all. Where a few
///    are missing from a long discussion, the top-level comments that the tree lacks are requested, and what is below
///    them. Else every item, level by level; what the tree has brought stands in where an item cannot be loaded. While the
///    tree is long in coming, items are requested until it is here.
///
/// An item that neither service has is a comment that is missing, and nothing more.
#[derive(Debug)]
pub struct HackerNewsLoader {
    address: HackerNewsAddress,
    discussion: Discussion<'static>,
    /// The item under which everything stands, as far as that is known.
    head: u64,
    /// Whether `head` is final.
    is_rooted: bool,
    /// The results of the requests for the head's tree and for its item.
    tree: Outcome,
    item: Outcome,
    /// The items to request below the story, and whether the tree has been considered in that choice.
    walk: Walk,
    is_decided: bool,
    is_overdue: bool,
    steps: u32,
    queue: Queue<Resource>,
    requested: HashSet<Resource>,
    missing_comments: MissingComments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Resource {
    Tree(u64),
    Item(u64),
}

/// The items below the story that are requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walk {
    /// The parts of a poll alone.
    Nothing,
    /// Those that the tree lacks, as far as the lists of replies name them.
    Gaps,
    Everything,
}

/// The outcome of a request to one service.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Waiting,
    Here,
    /// Here up to where the answer was cut.
    Cut,
    Absent,
    Failed(LoadError),
}

/// The most requests at one time to the item service.
const MOST_IN_FLIGHT: usize = 30;

/// No discussion needs more requests than this; the largest known has 4,759 comments.
const MOST_REQUESTS: u32 = 20_000;

/// Of a discussion with more comments than this, a twentieth may be missing before every item is requested.
const MANY: u32 = 100;

/// The most steps from a comment up to its story.
const MOST_STEPS: u32 = 100;

impl HackerNewsLoader {
    /// A loader for this item, with nothing requested yet.
    pub fn new(address: HackerNewsAddress) -> Self {
        let head = address.id;
        let mut loader = Self {
            address,
            discussion: Discussion::default(),
            head,
            is_rooted: false,
            tree: Outcome::Waiting,
            item: Outcome::Waiting,
            walk: Walk::Nothing,
            is_decided: false,
            is_overdue: false,
            steps: 0,
            queue: Queue::of([]),
            requested: HashSet::new(),
            missing_comments: MissingComments::default(),
        };
        loader.request(Resource::Tree(head));
        loader.request(Resource::Item(head));
        loader
    }

    /// Queues a resource unless it was requested before.
    fn request(&mut self, resource: Resource) {
        if self.requested.insert(resource) {
            self.queue.push(resource);
        }
    }

    fn take_tree(&mut self, id: u64, outcome: Result<Answer, LoadError>) {
        let outcome = match errors::data(&self.address.algolia_url, Expected::Item, outcome) {
            Err(LoadError { cause: Cause::NotFound { .. }, .. }) => Outcome::Absent,
            Err(error) => Outcome::Failed(error),
            Ok(answer) => self.read_tree(id, &answer),
        };
        if id == self.head {
            self.tree = outcome;
        }
    }

    fn read_tree(&mut self, id: u64, answer: &Answer) -> Outcome {
        let document = Document::read(&answer.body);
        let root = document.root();
        if !root.get("children").is_list() && root.get("id").is_null() {
            return Outcome::Failed(errors::from_body(&self.address.algolia_url, Expected::Item, answer));
        }
        self.discussion.fill_with(read_bodies(algolia::tree(root, Some(id))));
        if document.damage().is_some() { Outcome::Cut } else { Outcome::Here }
    }

    fn take_item(&mut self, id: u64, outcome: Result<Answer, LoadError>) {
        let outcome = match errors::data(&self.address.firebase_url, Expected::Item, outcome) {
            Err(error) => Outcome::Failed(error),
            Ok(answer) => self.read_item(id, &answer),
        };
        if id == self.head {
            self.item = outcome;
            self.spread();
        } else {
            self.count(id, outcome);
            self.spread_from(id);
        }
    }

    fn read_item(&mut self, id: u64, answer: &Answer) -> Outcome {
        let document = Document::read(&answer.body);
        match firebase::read(document.root(), Some(id)) {
            Some(post) => self.discussion.take(post),
            None if document.damage().is_none() && document.root().is_null() => return Outcome::Absent,
            None => return Outcome::Failed(errors::from_body(&self.address.firebase_url, Expected::Item, answer)),
        }
        self.missing_comments.good();
        if document.damage().is_some() { Outcome::Cut } else { Outcome::Here }
    }

    /// Counts what an answer lacks; an item that failed is a comment that is missing, unless the tree has it.
    fn count(&mut self, id: u64, outcome: Outcome) {
        match outcome {
            Outcome::Absent => self.missing_comments.absent.push(id),
            Outcome::Cut => self.missing_comments.cut += 1,
            Outcome::Failed(error) => {
                self.missing_comments.fail(error);
                self.discussion.take(Post { id, failed: true, ..Post::default() });
            }
            Outcome::Waiting | Outcome::Here => {}
        }
        if self.missing_comments.are_too_many() {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        let is_unknown =
            |resource: &Resource| matches!(resource, Resource::Item(id) if self.discussion.get(*id).is_none());
        self.missing_comments.given_up |= self.queue.waiting().any(is_unknown);
        self.queue.clear();
    }

    /// Goes up as far as what is here leads.
    fn climb(&mut self) {
        while !self.is_rooted {
            let kind = self.discussion.get(self.head).map(|post| post.kind);
            match (kind, self.above()) {
                (Some(Kind::Story), _) => self.root(),
                (_, Some(above)) => self.step_up(above),
                // More may be said of it.
                _ if !self.queue.is_done() => return,
                (Some(_), None) => self.root(),
                (None, None) => self.step_back(),
            }
        }
    }

    /// The id of the next post above: the story where Algolia names it, else the parent; `None` if already requested.
    fn above(&self) -> Option<u64> {
        let (expected, head) = (self.discussion.get(self.address.id), self.discussion.get(self.head));
        let named = [expected, head].into_iter().flatten().filter_map(|post| post.story);
        let is_new = |id: &u64| !self.requested.contains(&Resource::Item(*id)) && self.steps < MOST_STEPS;
        named.chain(head.and_then(|post| post.parent)).find(is_new)
    }

    fn step_up(&mut self, above: u64) {
        let is_story = self.discussion.posts().iter().any(|post| post.story == Some(above));
        self.steps += 1;
        (self.head, self.tree, self.item) = (above, Outcome::Waiting, Outcome::Waiting);
        if is_story {
            self.request(Resource::Tree(above));
        }
        self.request(Resource::Item(above));
    }

    /// Makes the topmost loaded post the head, because the posts above it could not be loaded.
    fn step_back(&mut self) {
        if let Some(top) = self.discussion.top_of(self.address.id) {
            self.missing_comments.last = self.item.error().or_else(|| self.tree.error()).cloned();
            (self.head, self.item) = (top, Outcome::Here);
        }
        self.root();
    }

    fn root(&mut self) {
        self.is_rooted = true;
        if self.discussion.get(self.head).is_some_and(|post| post.kind == Kind::Story) {
            self.request(Resource::Tree(self.head));
        }
        self.spread();
    }

    /// Queues the replies to the items that were requested on the way up.
    fn spread(&mut self) {
        let ids = self.discussion.posts().iter().map(|post| post.id);
        let asked: Vec<u64> = ids.filter(|id| self.requested.contains(&Resource::Item(*id))).collect();
        for id in asked {
            self.spread_from(id);
        }
    }

    /// Queues the replies to an item, as far as they are requested at all, and the choices of a poll.
    fn spread_from(&mut self, id: u64) {
        let Some(post) = self.discussion.get(id).filter(|_| self.is_rooted && self.item.is_here()) else { return };
        let is_wanted = |id: &&u64| match self.walk {
            Walk::Nothing => false,
            Walk::Gaps => self.discussion.get(**id).is_none(),
            Walk::Everything => true,
        };
        let below: Vec<u64> = post.kids.iter().filter(is_wanted).chain(&post.parts).copied().collect();
        for id in below {
            self.request(Resource::Item(id));
        }
    }

    /// Decides what to request below the story, once both services have answered, or the tree is long in coming.
    fn decide(&mut self) {
        let tree = Resource::Tree(self.head);
        let has_spoken = self.queue.waiting().chain(self.queue.in_flight()).all(|resource| *resource != tree);
        if self.is_decided || !self.is_rooted || !self.item.is_here() || !has_spoken && !self.is_overdue {
            return;
        }
        self.is_decided = has_spoken;
        self.walk = if self.tree == Outcome::Here { self.gaps() } else { Walk::Everything };
        if self.walk != Walk::Everything {
            // The requests queued while the tree was long in coming.
            for resource in self.queue.take_waiting() {
                self.requested.remove(&resource);
            }
        }
        self.spread();
    }

    /// The items to request after the tree came whole.
    fn gaps(&self) -> Walk {
        let (stated, live) = (self.stated().unwrap_or_default(), self.discussion.live());
        let missing = stated.saturating_sub(live);
        let is_reached = self.discussion.top_of(self.address.id) == Some(self.head);
        match missing {
            0 if is_reached => Walk::Nothing,
            _ if is_reached && stated > MANY && missing <= stated / 20 => Walk::Gaps,
            _ => Walk::Everything,
        }
    }

    fn stated(&self) -> Option<u32> {
        self.discussion.get(self.head).and_then(|post| post.descendants)
    }

    /// The errors of each service, without repeats in a row.
    fn errors(&self) -> Vec<LoadError> {
        let all = [self.tree.error(), self.item.error(), self.missing_comments.last.as_ref()];
        let mut errors: Vec<LoadError> = all.into_iter().flatten().cloned().collect();
        errors.dedup();
        errors
    }

    fn error(&self) -> LoadError {
        let errors = self.errors();
        if !self.queue.is_done() {
            LoadError::pending("Hacker News")
        } else if errors.is_empty() {
            errors::no_item(self.head)
        } else {
            errors::all_failed(errors)
        }
    }

    /// Notes on missing comments, for use once no request is left.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        match (&self.tree, &self.item) {
            (Outcome::Here, Outcome::Failed(error)) => {
                notes.push(format!("Hacker News's own order of the comments could not be loaded: {error}"));
            }
            (Outcome::Cut, Outcome::Failed(_) | Outcome::Absent) => {
                notes.push("The answer of the search service was cut off; what came before is here".to_owned());
            }
            _ => {}
        }
        notes.extend(self.missing_comments.notes(&self.discussion, self.item == Outcome::Cut));
        let missing = self.stated().unwrap_or_default().saturating_sub(self.discussion.live());
        if let Some(stated) = self.stated().filter(|_| missing > 2) {
            notes.push(not_here(missing as usize, stated as usize, "comment", "here"));
        }
        if self.discussion.get(self.head).is_some_and(|post| post.kind == Kind::Comment) {
            notes.push("The story that this comment belongs to could not be loaded".to_owned());
        }
        notes
    }
}

impl Outcome {
    fn is_here(&self) -> bool {
        matches!(self, Self::Here | Self::Cut)
    }

    /// The error of a failed request.
    fn error(&self) -> Option<&LoadError> {
        if let Self::Failed(error) = self { Some(error) } else { None }
    }
}

impl site::Loader for HackerNewsLoader {
    fn next(&mut self) -> Vec<Request> {
        let mut requests = Vec::new();
        loop {
            if self.queue.requests() >= MOST_REQUESTS {
                self.give_up();
            }
            let Some(resource) = self.queue.next(MOST_IN_FLIGHT) else { return requests };
            let url = match resource {
                Resource::Tree(id) => self.address.tree_url(id),
                Resource::Item(id) => self.address.item_url(id),
            };
            requests.push(self.queue.request(resource, url));
        }
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        match self.queue.answered(key) {
            Some(Resource::Tree(id)) => self.take_tree(id, outcome),
            Some(Resource::Item(id)) => self.take_item(id, outcome),
            None => return,
        }
        self.climb();
        self.decide();
    }

    fn overdue(&mut self) {
        self.is_overdue = true;
        self.decide();
    }

    fn snapshot(&self) -> Result<Thread, LoadError> {
        let head = self.discussion.get(self.head).filter(|_| self.is_rooted).ok_or_else(|| self.error())?;
        let notes = if self.queue.is_done() { self.notes() } else { Vec::new() };
        let thread = self.discussion.thread(self.head, notes);
        let is_hollow = thread.iter().all(|comment| comment.state() == State::Missing);
        match head.descendants.filter(|&stated| stated > 0 && is_hollow && self.queue.is_done()) {
            Some(stated) => Err(status::no_comments(INFO.title, stated, self.errors())),
            None => Ok(thread),
        }
    }

    fn progress(&self) -> Progress {
        Progress { loaded: self.discussion.live(), stated: self.stated() }
    }
}
