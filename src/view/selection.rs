//! Selections: thresholds, filter and modifiers, and their result for each comment of a thread.

use std::sync::Arc;

use super::cutoff::Rank;
use super::freshness::Past;
use super::levels::Levels;
use super::modifiers::highest_account;
use super::query::CommentFacts;
use super::read_comments::ReadComments;
use super::renumbering::Renumbering;
use super::scores::{Readable, Scored};
use super::{
    Authors, Bound, Cutoffs, Freshness, Mode, Modifier, Modifiers, Query, ReadingSpeed, Scores, Search, Seen,
    Thresholds, Visibility,
};
use crate::model::{Comment, State, Thread};

/// The reader's choice of comments. A filter takes the place of the thresholds while there is one: a match is in full,
/// whatever its score, and the rest is hidden. What a modifier or a mute hides is no match, unless the filter names its author.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The thresholds.
    pub thresholds: Thresholds,
    /// The filter, if there is one.
    pub filter: Option<Query>,
    /// The modifiers, which are added to scores before everything that looks at them.
    pub modifiers: Modifiers,
    /// The reader's notes on authors; those who are muted are hidden as by a modifier.
    pub authors: Authors,
    /// The comments of an earlier visit, if there was one.
    pub seen: Option<Seen>,
    /// The reader's speed, by which thresholds that are times are worked out.
    pub reading_speed: ReadingSpeed,
}

impl From<Thresholds> for Selection {
    fn from(thresholds: Thresholds) -> Self {
        Self { thresholds, ..Self::default() }
    }
}

/// A selection computed for one thread. A change of the selection or the thread requires computing it anew.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    selection: Selection,
    /// The scores with all modifiers; empty where there are none.
    scores: Vec<Option<i32>>,
    /// Whether a modifier or a mute hides each comment; empty where none does that.
    hides: Vec<bool>,
    /// The scores as levels, which a change of thresholds compares.
    levels: Levels,
    /// The distribution of the scores, without those that a modifier or a mute hides.
    distribution: Scores,
    /// The thresholds in this thread.
    cutoffs: Cutoffs,
    /// The thresholds that held when the thread was last left.
    earlier_thresholds: Thresholds,
    /// Those in this thread.
    earlier_cutoffs: Cutoffs,
    /// The comments as the earlier visit saw them, by the site's scores; empty if there was none. For those that are in the
    /// thread these hold, and what the selection has seen for all others.
    seen: Vec<Past>,
    /// The comments as the earlier visit saw them, with the same modifiers on their scores; empty if there was none.
    past: Vec<Past>,
    /// The comments that had stood on the screen when the filter was set; none where it does not ask for that.
    read: Option<Arc<ReadComments>>,
    /// Whether each comment meets the filter, and nothing keeps it hidden nevertheless; empty if there is none.
    matches: Vec<bool>,
    /// The number of changes of what it selects.
    version: u64,
    /// The number of those changes other than of thresholds.
    basis: u64,
}

impl Selected {
    /// Computes a selection for a thread.
    pub fn new(thread: &Thread, selection: Selection) -> Self {
        let mut selected = Self { earlier_thresholds: selection.thresholds, selection, ..Self::default() };
        selected.look_up_seen(thread);
        selected.work_out(thread);
        selected
    }

    /// The selection itself.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The site's score of the comment at `index`, and the score with all modifiers.
    pub fn score(&self, thread: &Thread, index: u32) -> (Option<i32>, Option<i32>) {
        let own = thread.score(index);
        (own, if self.scores.is_empty() { own } else { self.scores.get(index as usize).copied().flatten() })
    }

    /// The distribution of the scores, with all modifiers, and without the comments that a modifier or a mute hides.
    pub fn distribution(&self) -> &Scores {
        &self.distribution
    }

    /// The thresholds as they fall in the thread.
    pub fn cutoffs(&self) -> Cutoffs {
        self.cutoffs
    }

    /// Whether a modifier or a mute hides some comment.
    pub(super) fn hides_any(&self) -> bool {
        self.hides.contains(&true)
    }

    /// The comments that a modifier or a mute hides, in preorder.
    pub(super) fn hidden_by_rule(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.hides).filter(|(_, hides)| **hides).map(|(index, _)| index)
    }

    /// Whether a modifier or a mute hides the comment at `index`, whatever its score.
    pub(super) fn hides_comment(&self, index: u32) -> bool {
        self.hides.get(index as usize) == Some(&true)
    }

    /// Whether each comment is a match of the filter, in preorder; `None` where there is no filter.
    pub(super) fn matches(&self) -> Option<&[bool]> {
        self.selection.filter.as_ref().map(|_| self.matches.as_slice())
    }

    /// Puts the visibility that each comment has by itself into `out`, overrides aside: by the filter if there is one, else
    /// by its score.
    pub(super) fn judge(&self, thread: &Thread, out: &mut Vec<Visibility>) {
        if let Some(matches) = self.matches() {
            out.clear();
            out.extend(matches.iter().map(|&met| if met { Visibility::Full } else { Visibility::Hidden }));
        } else {
            let answers = Some(thread.answers()).filter(|_| thread.story().top_level_bonus);
            self.levels.judge(self.cutoffs, answers, out);
        }
    }

    /// The mode of the comment at `index`: by the filter if there is one, else by its score with all modifiers.
    pub fn mode(&self, thread: &Thread, index: u32) -> Mode {
        match self.matches() {
            Some(matches) if matches.get(index as usize) == Some(&true) => Mode::Full,
            Some(_) => Mode::Hidden,
            None if self.hides_comment(index) => Mode::Hidden,
            None => {
                let bonus = thread.story().top_level_bonus && thread.answered(index).is_none();
                self.cutoffs.mode(Rank::of(self.score(thread, index).1, index), bonus)
            }
        }
    }

    /// The freshness of the comment at `index`.
    pub fn freshness(&self, thread: &Thread, index: u32) -> Freshness {
        match self.past.get(index as usize) {
            Some(Past::Absent) => Freshness::Posted,
            Some(Past::There(old)) if self.has_risen(thread, index, *old) => Freshness::Risen,
            Some(Past::There(_)) | None => Freshness::Old,
        }
    }

    /// Whether a comment was hidden by its score on the earlier visit, would be by the thresholds of now, and is not.
    fn has_risen(&self, thread: &Thread, index: u32, old: Option<i32>) -> bool {
        let hides = |cutoffs: Cutoffs, score| cutoffs.mode(Rank::of(score, index), false) == Mode::Hidden;
        !self.hides_comment(index)
            && hides(self.earlier_cutoffs, old)
            && hides(self.cutoffs, old)
            && !hides(self.cutoffs, self.score(thread, index).1)
    }

    /// The modifiers that apply to the comment at `index`. Walks the thread where new users count.
    pub(super) fn modifiers(&self, thread: &Thread, index: u32) -> Vec<&Modifier> {
        let is_new = matches!(self.past.get(index as usize), Some(Past::Absent));
        let in_thread = self.selection.modifiers.on(thread, &self.selection.authors);
        thread.get(index).map(|comment| in_thread.of(comment, is_new).collect()).unwrap_or_default()
    }

    /// The number of changes so far: where it is the same, so is what is selected.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Takes other thresholds.
    pub(super) fn set_thresholds(&mut self, thread: &Thread, thresholds: Thresholds) {
        if thresholds == self.selection.thresholds {
            return;
        }
        self.version += 1;
        self.selection.thresholds = thresholds;
        self.cutoffs = self.cutoffs_of(thread, thresholds);
        // The risen comments depend on them.
        if self.selection.filter.as_ref().is_some_and(Query::asks_for_risen) {
            self.find_matches(thread);
        }
    }

    /// The number of changes so far of all but the thresholds.
    pub(super) fn basis(&self) -> u64 {
        self.basis
    }

    /// What it is computed from, without what was computed.
    pub(super) fn uncomputed(&self) -> Self {
        Self {
            selection: self.selection.clone(),
            earlier_thresholds: self.earlier_thresholds,
            seen: self.seen.clone(),
            read: self.read.clone(),
            version: self.version,
            basis: self.basis,
            ..Self::default()
        }
    }

    /// Puts this selection, which was computed for another thread from the same basis, in the place of another one, whose
    /// thresholds it takes; `sees_all` as in [`renumber`](Self::renumber).
    pub(super) fn in_place_of(mut self, other: &Self, sees_all: bool, thread: &Thread) -> Self {
        let thresholds = other.selection.thresholds;
        if sees_all {
            self.earlier_thresholds = thresholds;
            self.earlier_cutoffs = self.cutoffs_of(thread, thresholds);
        }
        self.set_thresholds(thread, thresholds);
        self.version = other.version + 1;
        self
    }

    /// Computes it for another state of its thread; `sees_all` counts all comments of the old one as seen before.
    pub(super) fn renumber(&mut self, renumbering: &Renumbering<'_>, sees_all: bool) {
        if sees_all {
            self.see_all(renumbering.old());
        }
        self.carry(renumbering);
        self.work_out(renumbering.newer());
    }

    /// Takes another filter, or none, with the comments that have been read if it asks for them. What is read from then on
    /// changes nothing: it would go from under the reader's eyes.
    pub(super) fn set_filter(&mut self, thread: &Thread, filter: Option<Query>, read: Option<Arc<ReadComments>>) {
        self.version += 1;
        self.basis += 1;
        self.selection.filter = filter;
        self.read = read;
        self.find_matches(thread);
    }

    /// The comments that had stood on the screen when the filter was set; none where it does not ask for that.
    pub(super) fn read(&self) -> Option<&Arc<ReadComments>> {
        self.read.as_ref()
    }

    /// Carries over what goes by comments to another state of the thread, for which the selection is then to be computed.
    fn carry(&mut self, renumbering: &Renumbering<'_>) {
        if let Some(read) = &mut self.read {
            Arc::make_mut(read).carry(renumbering);
        }
        if let Some(seen) = &mut self.selection.seen {
            for comment in renumbering.gone() {
                if let Some(Past::There(score)) = self.seen.get(comment.index() as usize) {
                    seen.keep(comment.id(), *score);
                }
            }
            self.seen = renumbering.carry(&self.seen, Past::Absent, |comment| seen.past(comment.id()));
        }
    }

    /// Takes what was there on an earlier visit, or that there was none, and the thresholds with which that ended.
    pub(super) fn set_seen(&mut self, thread: &Thread, seen: Option<Seen>, thresholds: Thresholds) {
        self.selection.seen = seen;
        self.earlier_thresholds = thresholds;
        self.look_up_seen(thread);
        self.work_out(thread);
    }

    /// Counts all comments of the thread as seen with the scores that they have; whatever else was seen stays so. The
    /// selection is then to be computed.
    fn see_all(&mut self, thread: &Thread) {
        self.selection.seen.get_or_insert_default();
        self.earlier_thresholds = self.selection.thresholds;
        self.seen = thread.iter().map(|comment| Past::There(comment.score())).collect();
    }

    fn look_up_seen(&mut self, thread: &Thread) {
        let past = |seen: &Seen| thread.iter().map(|comment| seen.past(comment.id())).collect();
        self.seen = self.selection.seen.as_ref().map(past).unwrap_or_default();
    }

    /// Takes another selection, in which the same was seen, or the same for another thread.
    pub(super) fn change(&mut self, thread: &Thread, change: impl FnOnce(&mut Selection)) {
        change(&mut self.selection);
        self.work_out(thread);
    }

    fn work_out(&mut self, thread: &Thread) {
        self.version += 1;
        self.basis += 1;
        self.change_scores(thread);
        self.distribution = Scores::new(thread.story().score_range, self.scored(thread).map(|(_, scored)| scored));
        let judged = (0..thread.len())
            .map(|index| if self.hides_comment(index) { Err(()) } else { Ok(self.score(thread, index).1) });
        self.levels = Levels::new(self.distribution.classes(), judged);
        self.cutoffs = self.cutoffs_of(thread, self.selection.thresholds);
        self.earlier_cutoffs = self.cutoffs_of(thread, self.earlier_thresholds);
        self.find_matches(thread);
    }

    /// Applies modifiers and mutes, where there are any, to the scores of now and of the earlier visit.
    fn change_scores(&mut self, thread: &Thread) {
        let Selection { modifiers, authors, .. } = &self.selection;
        let any_hides = modifiers.any_hides() || authors.any_muted(&thread.story().site);
        self.scores.clear();
        self.hides.clear();
        self.past.clone_from(&self.seen);
        if modifiers.is_empty() && !any_hides {
            return;
        }
        let in_thread = modifiers.on(thread, authors);
        for comment in thread.iter() {
            let past = self.past.get_mut(comment.index() as usize);
            let (adds, is_hidden) = in_thread.change(comment, matches!(past, Some(Past::Absent)));
            if !modifiers.is_empty() {
                self.scores.push(in_thread.with(comment.score(), adds));
            }
            self.hides.extend(any_hides.then(|| is_hidden || authors.mutes(comment)));
            if let Some(Past::There(old)) = past {
                *old = in_thread.with(*old, adds);
            }
        }
    }

    /// The comments that have a score, and are not hidden whatever it is, in preorder.
    fn scored(&self, thread: &Thread) -> impl Iterator<Item = (u32, Scored)> {
        let may_show = |comment: &Comment<'_>| !self.hides_comment(comment.index());
        thread.iter().zip(thread.words()).filter(move |(comment, _)| may_show(comment)).filter_map(
            |(comment, &words)| {
                let score = self.score(thread, comment.index()).1?;
                Some((comment.index(), Scored { score, is_live: comment.state() == State::Live, words }))
            },
        )
    }

    fn cutoffs_of(&self, thread: &Thread, Thresholds { hide, full }: Thresholds) -> Cutoffs {
        let has_bonus = matches!(full, Some(Bound::Score(_)));
        Cutoffs::new(self.rank(thread, hide), self.rank(thread, full), has_bonus)
    }

    /// The lowest rank within a bound.
    fn rank(&self, thread: &Thread, bound: Option<Bound>) -> Rank {
        match bound {
            None => Rank::LAST,
            Some(Bound::Score(score)) => Rank::lowest_of(score),
            Some(Bound::Share(share)) => self.distribution.best_share(share).map_or(Rank::FIRST, Rank::lowest_of),
            Some(Bound::Time(seconds)) => self.rank_within(thread, self.selection.reading_speed.words_in(seconds)),
        }
    }

    /// The lowest rank of the best live comments that have no more words than these.
    fn rank_within(&self, thread: &Thread, words: u64) -> Rank {
        let Readable::Partly { score, words } = self.distribution.readable(words) else { return Rank::LAST };
        let mut left = words;
        let equals = self.scored(thread).filter(|(_, scored)| scored.score == score && scored.is_live);
        let fitting = equals.take_while(|(_, scored)| match left.checked_sub(u64::from(scored.words)) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        });
        match fitting.last() {
            Some((index, _)) => Rank::of(Some(score), index),
            None => score.checked_add(1).map_or(Rank::FIRST, Rank::lowest_of),
        }
    }

    fn find_matches(&mut self, thread: &Thread) {
        let mut matches = std::mem::take(&mut self.matches);
        matches.clear();
        if let Some(filter) = &self.selection.filter {
            let highest_account = if filter.asks_for_newest_account() { highest_account(thread) } else { None };
            let found = filter.needed_searches().map(|searches| found_by(&searches, thread));
            let may_meet = |index: u32| found.as_ref().is_none_or(|found| found[index as usize]);
            matches.extend(thread.iter().map(|comment| {
                let index = comment.index();
                let is_kept_hidden = self.hides_comment(index) && !filter.names_author(comment);
                if is_kept_hidden || !may_meet(index) {
                    return false;
                }
                let (score, freshness) = (self.score(thread, index).1, self.freshness(thread, index));
                let is_followed = self.selection.authors.follows(comment);
                let is_read = self.read.as_ref().is_some_and(|read| read.contains(index));
                filter.is_met(&CommentFacts { comment, score, freshness, highest_account, is_followed, is_read })
            }));
        }
        self.matches = matches;
    }
}

/// Whether one of some searches finds something in each comment of a thread, in preorder.
fn found_by(searches: &[&Search], thread: &Thread) -> Vec<bool> {
    let mut found = vec![false; thread.len() as usize];
    for index in searches.iter().flat_map(|search| search.run(thread, 0..thread.len())) {
        found[index as usize] = true;
    }
    found
}
