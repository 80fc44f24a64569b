//! The way to a whole discussion: up to the story, its tree from Algolia beside its item from Firebase, or item by item.

use std::collections::{HashMap, HashSet, VecDeque};

use super::address::Address;
use super::discussion::Discussion;
use super::post::{Kind, Post};
use super::{algolia, firebase, refusal};
use crate::model::Thread;
use crate::site::value::Document;
use crate::site::{self, Answer, Progress, Refusal, Request};

/// A thread of Hacker News on its way.
///
/// 1. Tree and item of the number, at once. What came is shown.
/// 2. If it is a comment, the same of its story, where Algolia names that; else its parent's item, and so on upwards.
/// 3. Where the story's tree came whole: the top-level comments that it lacks, if the site says there are more than came,
///    and what stands over the wanted comment, if the tree lacks that.
///    Where it did not: every item, level by level.
///
/// An item that cannot be had is a comment that is missing, and nothing more.
#[derive(Debug)]
pub struct Loader {
    address: Address,
    discussion: Discussion,
    /// The item under which everything stands, as far as that is known.
    head: u64,
    tree: Outcome,
    item: Outcome,
    /// The item from which the last step up was made, and the state of its tree.
    below: Option<(u64, Outcome)>,
    steps: u32,
    /// Whether `head` is final.
    is_rooted: bool,
    is_single: bool,
    queue: VecDeque<Ask>,
    in_flight: HashMap<u32, Ask>,
    asks: u32,
    asked: HashSet<u64>,
    /// Items whose answers have been queued.
    spread: HashSet<u64>,
    losses: Losses,
}

#[derive(Clone, Copy, Debug)]
enum Ask {
    Tree(u64),
    Item(u64),
}

/// What came of asking one service for the head.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Unasked,
    Waiting,
    Here,
    /// Here up to where the answer was cut.
    Cut,
    Absent,
    Failed(String),
}

/// What could not be had.
#[derive(Debug, Default)]
struct Losses {
    failed: u32,
    in_a_row: u32,
    last: String,
    absent: u32,
    cut: u32,
    given_up: bool,
}

/// As many as the item service is to be asked at one time.
const MOST_IN_FLIGHT: usize = 30;

/// More requests than this no discussion needs; the largest known has 4,759 comments.
const MOST_REQUESTS: u32 = 20_000;

/// The most steps from a comment up to its story.
const MOST_STEPS: u32 = 100;

/// After this many failures one after another, the service is taken to be down.
const MOST_FAILURES: u32 = 40;

impl Loader {
    /// A loader for this item, with nothing asked for yet.
    pub fn new(address: Address) -> Self {
        let head = address.id;
        Self {
            address,
            discussion: Discussion::default(),
            head,
            tree: Outcome::Waiting,
            item: Outcome::Waiting,
            below: None,
            steps: 0,
            is_rooted: false,
            is_single: false,
            queue: VecDeque::from([Ask::Tree(head), Ask::Item(head)]),
            in_flight: HashMap::new(),
            asks: 0,
            asked: HashSet::from([head]),
            spread: HashSet::new(),
            losses: Losses::default(),
        }
    }

    fn take_tree(&mut self, id: u64, outcome: Result<Answer, Refusal>) {
        let service = &self.address.algolia_url;
        let outcome = match outcome {
            Err(refused) => Outcome::Failed(refusal::of_network(refused)),
            Ok(answer) if matches!(answer.status, 404 | 410) => Outcome::Absent,
            Ok(answer) => match refusal::of_answer(service, &answer) {
                Some(reason) => Outcome::Failed(reason),
                None => self.read_tree(id, &answer),
            },
        };
        if id == self.head {
            self.tree = outcome;
        }
    }

    fn read_tree(&mut self, id: u64, answer: &Answer) -> Outcome {
        let document = Document::read(&answer.body);
        let root = document.root();
        if !root.get("children").is_list() && root.get("id").is_null() {
            return Outcome::Failed(refusal::of_body(&self.address.algolia_url, answer));
        }
        for post in algolia::tree(root, Some(id)) {
            self.discussion.fill(post);
        }
        if document.damage().is_some() { Outcome::Cut } else { Outcome::Here }
    }

    fn take_item(&mut self, id: u64, outcome: Result<Answer, Refusal>) {
        let outcome = match outcome {
            Err(refused) => Outcome::Failed(refusal::of_network(refused)),
            Ok(answer) => match refusal::of_answer(&self.address.firebase_url, &answer) {
                Some(reason) => Outcome::Failed(reason),
                None => self.read_item(id, &answer),
            },
        };
        if id == self.head {
            self.item = outcome;
        } else {
            self.count(id, outcome);
        }
    }

    fn read_item(&mut self, id: u64, answer: &Answer) -> Outcome {
        let document = Document::read(&answer.body);
        match firebase::read(document.root(), Some(id)) {
            Some(post) => self.discussion.take(post),
            None if document.damage().is_none() && document.root().is_null() => return Outcome::Absent,
            None => return Outcome::Failed(refusal::of_body(&self.address.firebase_url, answer)),
        }
        self.losses.in_a_row = 0;
        if self.is_rooted {
            self.spread_from(id);
            self.reach();
        }
        if document.damage().is_some() { Outcome::Cut } else { Outcome::Here }
    }

    /// Counts what an answer lacks; an item that failed is a comment that is missing.
    fn count(&mut self, id: u64, outcome: Outcome) {
        match outcome {
            Outcome::Absent => self.losses.absent += 1,
            Outcome::Cut => self.losses.cut += 1,
            Outcome::Failed(reason) => {
                self.losses.failed += 1;
                self.losses.in_a_row += 1;
                self.losses.last = reason;
                self.discussion.take(Post { id, failed: true, ..Post::default() });
            }
            Outcome::Unasked | Outcome::Waiting | Outcome::Here => {}
        }
        if self.losses.in_a_row >= MOST_FAILURES {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        self.losses.given_up |= !self.queue.is_empty();
        self.queue.clear();
    }

    /// Once both services have spoken of the head: goes up, or begins to fill in what is missing.
    fn advance(&mut self) {
        if self.is_rooted || self.tree == Outcome::Waiting || self.item == Outcome::Waiting {
            return;
        }
        let head = self.discussion.get(self.head);
        match (head.map(|post| post.kind), head.and_then(|post| self.above(post))) {
            (None, _) => self.step_back(),
            (Some(_), Some(above)) => self.step_up(above),
            (Some(Kind::Story), None) if self.tree == Outcome::Unasked => {
                self.queue.push_back(Ask::Tree(self.head));
                self.tree = Outcome::Waiting;
            }
            (Some(_), None) => self.fill(),
        }
    }

    /// The item over a comment: its story where Algolia names it, else its parent; one that was not asked for before.
    fn above(&self, post: &Post) -> Option<u64> {
        let is_comment = post.kind == Kind::Comment || post.kind == Kind::Unknown && post.parent.is_some();
        let is_new = |id: &u64| !self.asked.contains(id) && self.steps < MOST_STEPS;
        post.story.into_iter().chain(post.parent).find(is_new).filter(|_| is_comment)
    }

    fn step_up(&mut self, above: u64) {
        let names_story = self.discussion.get(self.head).is_some_and(|post| post.story == Some(above));
        let tree = if names_story { Outcome::Waiting } else { Outcome::Unasked };
        if names_story {
            self.queue.push_back(Ask::Tree(above));
        }
        self.steps += 1;
        self.asked.insert(above);
        self.queue.push_back(Ask::Item(above));
        self.below = Some((self.head, std::mem::replace(&mut self.tree, tree)));
        (self.head, self.item) = (above, Outcome::Waiting);
    }

    /// What is above could not be had, so the thread begins where it was left.
    fn step_back(&mut self) {
        let (tree, item) = (self.tree.clone(), self.item.clone());
        if let Some((head, below)) = self.below.take() {
            (self.head, self.tree) = (head, below);
            for reason in [item, tree] {
                if let Outcome::Failed(reason) = reason {
                    self.losses.last = reason;
                }
            }
        }
        self.fill();
    }

    /// Asks for all that is missing below the head.
    fn fill(&mut self) {
        self.is_rooted = true;
        let Some(head) = self.discussion.get(self.head) else { return };
        let lacks = head.descendants.is_some_and(|stated| stated > self.discussion.live());
        let parts = if self.discussion.choices(head).is_empty() { head.parts.clone() } else { Vec::new() };
        self.is_single = self.tree != Outcome::Here;
        self.want(parts);
        if self.is_single || lacks {
            self.spread_from(self.head);
        }
        self.reach();
    }

    /// Asks for what stands between the wanted comment and the tree, which may lack that.
    fn reach(&mut self) {
        let mut at = self.address.id;
        for _ in self.discussion.posts() {
            let above = self.discussion.get(at).filter(|post| post.id != self.head).and_then(|post| post.parent);
            match above {
                Some(above) if self.discussion.get(above).is_some() => at = above,
                Some(above) => return self.want(vec![above]),
                None => return,
            }
        }
    }

    fn spread_from(&mut self, id: u64) {
        if self.spread.insert(id) {
            let kids = self.discussion.get(id).map(|post| post.kids.clone()).unwrap_or_default();
            self.want(kids);
        }
    }

    /// Queues items that were not asked for; of those that were, what answers them.
    fn want(&mut self, ids: Vec<u64>) {
        let mut ids = VecDeque::from(ids);
        while let Some(id) = ids.pop_front() {
            let is_known = !self.is_single && self.discussion.get(id).is_some();
            if is_known {
                continue;
            }
            if self.asked.insert(id) {
                self.queue.push_back(Ask::Item(id));
            } else if let Some(post) = self.discussion.get(id).filter(|_| self.spread.insert(id)) {
                ids.extend(&post.kids);
            }
        }
    }

    fn is_done(&self) -> bool {
        self.queue.is_empty() && self.in_flight.is_empty()
    }

    fn stated(&self) -> Option<u32> {
        self.discussion.get(self.head).and_then(|post| post.descendants)
    }

    /// Why something is missing, each service's reason.
    fn reasons(&self) -> Vec<&str> {
        let of_head = [&self.tree, &self.item].into_iter().filter_map(|outcome| match outcome {
            Outcome::Failed(reason) => Some(reason.as_str()),
            _ => None,
        });
        let mut reasons: Vec<&str> = of_head.chain([self.losses.last.as_str()]).collect();
        reasons.retain(|reason| !reason.is_empty());
        reasons.dedup();
        reasons
    }

    fn refusal(&self) -> Refusal {
        let reasons = self.reasons();
        if !self.is_done() {
            Refusal("Nothing has come from Hacker News yet".to_owned())
        } else if reasons.is_empty() {
            refusal::no_item(self.head)
        } else {
            refusal::nothing(&reasons)
        }
    }

    /// What is to be said of what is missing, once nothing more will come.
    fn notes(&self) -> Vec<String> {
        let Losses { failed, absent, cut, given_up, .. } = self.losses;
        let mut notes = Vec::new();
        match (&self.tree, &self.item) {
            (Outcome::Here, Outcome::Failed(reason)) => {
                notes.push(format!("Hacker News's own order of the comments could not be had: {reason}"));
            }
            (Outcome::Cut, Outcome::Failed(_) | Outcome::Absent) => {
                notes.push("The answer of the search service was cut off; what came before is here".to_owned());
            }
            _ => {}
        }
        if failed > 0 {
            notes.push(format!("Could not be had: {}: {}", counted(failed, "comment"), self.losses.last));
        }
        if given_up {
            notes.push("Not every comment was asked for: too many requests, or too many failures".to_owned());
        }
        if absent > 0 {
            notes.push(format!("Listed, but not there: {}", counted(absent, "comment")));
        }
        if cut > 0 || self.item == Outcome::Cut {
            notes.push(format!("Cut off on the way: {} of the item service", counted(cut.max(1), "answer")));
        }
        let missing = self.stated().unwrap_or_default().saturating_sub(self.discussion.live());
        if let Some(stated) = self.stated().filter(|_| missing > 2) {
            notes.push(format!("{missing} of {stated} comments are not here"));
        }
        if self.discussion.get(self.head).is_some_and(|post| post.kind == Kind::Comment) {
            notes.push("The story that this comment belongs to could not be had".to_owned());
        }
        notes
    }
}

/// `1 comment`, `2 comments`.
fn counted(number: u32, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

impl site::Loader for Loader {
    fn next(&mut self) -> Vec<Request> {
        let mut requests = Vec::new();
        while self.in_flight.len() < MOST_IN_FLIGHT {
            if self.asks >= MOST_REQUESTS {
                self.give_up();
            }
            let Some(ask) = self.queue.pop_front() else { break };
            self.asks += 1;
            self.in_flight.insert(self.asks, ask);
            let url = match ask {
                Ask::Tree(id) => self.address.tree_url(id),
                Ask::Item(id) => self.address.item_url(id),
            };
            requests.push(Request { key: self.asks, url, form: None, headers: Vec::new() });
        }
        requests
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, Refusal>) {
        match self.in_flight.remove(&key) {
            Some(Ask::Tree(id)) => self.take_tree(id, outcome),
            Some(Ask::Item(id)) => self.take_item(id, outcome),
            None => return,
        }
        self.advance();
    }

    fn snapshot(&self) -> Result<Thread, Refusal> {
        let head = self.discussion.get(self.head).ok_or_else(|| self.refusal())?;
        if !self.is_rooted && head.kind != Kind::Story {
            return Err(self.refusal());
        }
        let notes = if self.is_done() { self.notes() } else { Vec::new() };
        let thread = self.discussion.thread(self.head, notes);
        let is_hollow = thread.iter().all(|comment| comment.state() == crate::model::State::Missing);
        match head.descendants.filter(|&stated| stated > 0 && is_hollow && self.is_done()) {
            Some(stated) => Err(refusal::none_came(stated, &self.reasons())),
            None => Ok(thread),
        }
    }

    fn progress(&self) -> Progress {
        Progress { loaded: self.discussion.live(), stated: self.stated() }
    }
}
