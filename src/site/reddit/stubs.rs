//! The stubs in a thread, each for comments that were left out, and the order in which they are requested.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashSet, VecDeque};

use super::address::is_id;
use crate::site::json::Value;

/// The most comments that one request may name.
const MAX_IDS: usize = 100;

/// The site shows no comment deeper than this in one answer, and may not find one by its id alone.
const SITE_DEPTH: u32 = 10;

/// Comments left out below another: by their ids, or without any, where the subtree continues on its own page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stub {
    /// The comment that they answer; none for answers to the post.
    parent: Option<String>,
    /// Their depth in the thread.
    depth: u32,
    ids: Vec<String>,
    /// The number of comments, those below them included, as the site states it; 0 where it states none.
    count: u64,
}

impl Stub {
    /// Reads a thing of the kind `more`.
    pub(super) fn read(data: Value<'_>, depth: u32, parent: Option<String>) -> Self {
        let id = |id: Value<'_>| id.text().filter(|id| is_id(id)).map(Cow::into_owned);
        let ids = data.get("children").items().filter_map(id).collect();
        let count = data.get("count").integer().and_then(|count| u64::try_from(count).ok()).unwrap_or_default();
        Self { parent, depth, ids, count }
    }

    /// The number of comments that it stands for, as far as is known.
    pub(super) fn weight(&self) -> u64 {
        self.count.max(self.ids.len() as u64)
    }
}

/// The next request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// These comments, which are equally deep, and their replies.
    More(Vec<String>),
    /// The replies below this comment.
    Below(String),
}

/// The stubs of a thread.
///
/// Every call either brings comments that were not here, or is the last for what it requested; so the calls end.
#[derive(Debug, Default)]
pub(super) struct Stubs {
    waiting: Vec<Stub>,
    /// Ids that wait in `waiting`.
    known: HashSet<String>,
    /// The stubs that the call in flight requests.
    asked: Vec<Stub>,
    /// Ids that did not come when they were requested.
    gone: HashSet<String>,
    /// Comments whose branches are to be requested, and those that were or are.
    branches: VecDeque<String>,
    begun: HashSet<String>,
    /// Comments that are requested one by one, if nothing else brought them.
    strays: VecDeque<String>,
    /// Comments in stubs that name nothing to request.
    lost: u64,
}

impl Stubs {
    /// Takes the stubs of an answer; `is_here` tells which comments came.
    pub(super) fn add(&mut self, stubs: Vec<Stub>, is_here: impl Fn(&str) -> bool) {
        for mut stub in stubs {
            let had_ids = !stub.ids.is_empty();
            stub.ids.retain(|id| !is_here(id) && !self.gone.contains(id) && self.known.insert(id.clone()));
            match stub.parent {
                _ if !stub.ids.is_empty() => self.waiting.push(stub),
                _ if had_ids => {}
                Some(parent) if is_id(&parent) => self.branch(parent),
                _ => self.lost = self.lost.saturating_add(stub.count.max(1)),
            }
        }
    }

    /// The next call: the comments of the largest stub, with those of other stubs at the same depth; once no ids wait, a
    /// branch.
    pub(super) fn next(&mut self, is_here: impl Fn(&str) -> bool) -> Option<Call> {
        let Some(depth) = self.waiting.iter().max_by_key(|stub| stub.weight()).map(|stub| stub.depth) else {
            let stray = || std::iter::from_fn(|| self.strays.pop_front()).find(|id| !is_here(id));
            return self.branches.pop_front().or_else(stray).map(Call::Below);
        };
        self.waiting.sort_by_key(|stub| (stub.depth != depth, Reverse(stub.weight())));
        let mut ids = Vec::new();
        for stub in self.waiting.iter_mut().take_while(|stub| stub.depth == depth) {
            if ids.len() == MAX_IDS {
                break;
            }
            let part = stub.split(MAX_IDS - ids.len());
            ids.extend(part.ids.iter().cloned());
            self.asked.push(part);
        }
        self.waiting.retain(|stub| !stub.ids.is_empty());
        for id in &ids {
            self.known.remove(id);
        }
        Some(Call::More(ids))
    }

    /// Takes what came of the last call: the stubs of its answer, and whether it brought any comment.
    ///
    /// Ids that neither came nor are in a stub of the answer wait again: the site fills its answer with what is below the
    /// first of them. After an answer without anything new they are given up; but where they are deeper than the site
    /// looks, the pages of their parents may have them, or their own.
    pub(super) fn answered(&mut self, stubs: Vec<Stub>, has_brought: bool, is_here: impl Fn(&str) -> bool) {
        let asked = std::mem::take(&mut self.asked);
        if has_brought {
            self.add(stubs, &is_here);
            self.add(asked.into_iter().map(|stub| Stub { count: 0, ..stub }).collect(), is_here);
        } else {
            self.give_up(asked);
            self.add(stubs, is_here);
        }
    }

    /// The number of comments that still wait, of branches, and of comments that the site names but did not send.
    pub(super) fn left(&self, is_here: impl Fn(&str) -> bool) -> (u64, u64, u64) {
        let waiting = self.waiting.iter().chain(&self.asked).map(Stub::weight).fold(self.lost, u64::saturating_add);
        let gone = self.gone.iter().filter(|id| !is_here(id)).count();
        (waiting, self.branches.len() as u64, gone as u64)
    }

    fn give_up(&mut self, asked: Vec<Stub>) {
        for stub in asked {
            if stub.depth >= SITE_DEPTH {
                if let Some(parent) = stub.parent {
                    self.branch(parent);
                }
                self.strays.extend(stub.ids.iter().cloned());
            }
            self.gone.extend(stub.ids);
        }
    }

    fn branch(&mut self, parent: String) {
        if self.begun.insert(parent.clone()) {
            self.branches.push_back(parent);
        }
    }
}

impl Stub {
    /// Takes its first ids out, up to so many, with their share of the count.
    fn split(&mut self, most: usize) -> Self {
        let rest = self.ids.split_off(most.min(self.ids.len()));
        let ids = std::mem::replace(&mut self.ids, rest);
        let taken = if self.ids.is_empty() { self.count } else { ids.len() as u64 };
        self.count = self.count.saturating_sub(taken);
        Self { parent: self.parent.clone(), depth: self.depth, ids, count: taken }
    }
}
