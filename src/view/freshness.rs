//! Freshness: comments posted since an earlier visit, and comments risen over the threshold since.

use std::collections::HashMap;

use super::{Row, ThreadView, Visibility};
use crate::model::Thread;

/// The freshness of a comment, compared with an earlier visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// It was there, or there was no earlier visit.
    Old,
    /// It was not there.
    Posted,
    /// It was there with a score that the threshold hides, and has one that it does not.
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
    scores: HashMap<String, Option<i32>>,
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
        self.scores.extend(thread.iter().map(|comment| (comment.id().to_owned(), comment.score())));
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
        Self { scores: seen.into_iter().collect() }
    }
}

impl ThreadView {
    /// The freshness of the comment at `index`, at the thresholds in force.
    pub fn freshness(&self, index: u32) -> Freshness {
        self.selected.freshness(&self.thread, index)
    }

    /// The number of comments that are new, or have risen over the threshold.
    pub fn new_count(&self) -> u32 {
        (0..self.thread.len()).filter(|&index| self.freshness(index) != Freshness::Old).count() as u32
    }

    /// Goes to the next new comment that no threshold and no filter hides, going round at the end; unfolds what is above
    /// it.
    pub fn next_new(&mut self) -> bool {
        let own = self.place.row.comment();
        let start = self.first_after(self.place.row);
        let mut round = (start..self.thread.len()).chain(0..start);
        let found = round.find(|&index| {
            self.freshness(index) != Freshness::Old
                && self.rows.visibility(index) >= Visibility::Line
                && own != Some(index)
        });
        let Some(index) = found else { return false };
        if self.unfold_above(index) {
            self.rebuild_rows();
        }
        let moved = self.jump_to(Row::Comment(index));
        self.arrive();
        moved
    }

    /// The first comment that stands below a row.
    pub(super) fn first_after(&self, row: Row) -> u32 {
        match row {
            Row::Story => 0,
            Row::Comment(index) | Row::Marker(index) => (index + 1).min(self.thread.len()),
            Row::Rest | Row::Foot => self.thread.len(),
        }
    }
}
