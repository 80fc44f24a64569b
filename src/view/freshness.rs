//! Freshness: comments posted since an earlier visit, and comments risen over the threshold since.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::Thread;

/// The freshness of a comment, compared with an earlier visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// It was there, or there was no earlier visit.
    Old,
    /// It was not there.
    Posted,
    /// It was there with a score that the threshold hid and hides, and has one that it does not.
    Risen,
}

/// A comment as an earlier visit saw it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Past {
    /// It was not there.
    Absent,
    /// It was there, with its score if that was known.
    There(Option<i32>),
}

/// The comments of an earlier visit: ids, and the scores that the site gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// By id; copies share them.
    scores: Arc<HashMap<String, Option<i32>>>,
}

impl Seen {
    /// Everything in a thread.
    pub fn of(thread: &Thread) -> Self {
        let mut seen = Self::default();
        seen.add(thread);
        seen
    }

    /// Takes in what is in a thread too; what is not in it stays seen.
    pub fn add(&mut self, thread: &Thread) {
        Arc::make_mut(&mut self.scores).extend(thread.iter().map(|comment| (comment.id().to_owned(), comment.score())));
    }

    /// Takes in a comment that is in no thread any more.
    pub(super) fn keep(&mut self, id: &str, score: Option<i32>) {
        Arc::make_mut(&mut self.scores).insert(id.to_owned(), score);
    }

    /// The comment with this id, as it was seen.
    pub(super) fn past(&self, id: &str) -> Past {
        self.scores.get(id).map_or(Past::Absent, |score| Past::There(*score))
    }

    /// Every id and score, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<i32>)> {
        self.scores.iter().map(|(id, score)| (id.as_str(), *score))
    }
}

impl FromIterator<(String, Option<i32>)> for Seen {
    fn from_iter<I: IntoIterator<Item = (String, Option<i32>)>>(seen: I) -> Self {
        Self { scores: Arc::new(seen.into_iter().collect()) }
    }
}
