//! Searching the comments of a thread: for words in the text of all at once, for an expression in each.

use std::ops::Range;

use super::Search;
use super::words::Words;
use crate::model::{Comment, SearchedText, Thread};
use crate::view::row_set::RowSet;

impl Search {
    /// The comments of a range that the pattern is found in, by index, ascending. A range past the end of the thread is cut.
    pub fn run(&self, thread: &Thread, comments: Range<u32>) -> Vec<u32> {
        let comments = comments.start..comments.end.min(thread.len());
        let Some(words) = &self.words else {
            return comments.filter(|&index| thread.get(index).is_some_and(|comment| self.is_in(comment))).collect();
        };
        match text_around(thread, comments.clone()) {
            Some(range) => self.in_text(words, thread, comments, range),
            None => comments.filter(|&index| self.is_in_own_text(words, thread, index)).collect(),
        }
    }

    /// The comments with some words, of a range of comments whose texts are in a range of the thread's text.
    fn in_text(&self, words: &Words, thread: &Thread, comments: Range<u32>, range: Range<usize>) -> Vec<u32> {
        let texts = Texts(thread.searched());
        let text = thread.text().as_bytes().get(..range.end).unwrap_or_default();
        let (mut nth, mut from) = (texts.nth_at(0, range.start), range.start);
        // Texts may stand in another order than comments.
        let mut found = RowSet::default();
        found.reset(comments.len());
        while let Some(place) = words.next(text, from) {
            nth = texts.nth_at(nth, place);
            let owner = thread.nth_in_text(nth).filter(|owner| comments.contains(&owner.index()));
            let is_found = |owner: &Comment<'_>| self.is_found_from(words, thread, (*owner, texts.get(nth)), place);
            if let Some(owner) = owner.filter(is_found) {
                found.insert((owner.index() - comments.start) as usize);
            }
            nth += 1;
            from = texts.get(nth).range().start;
        }
        found.from(0).map(|number| comments.start + number as u32).collect()
    }

    fn is_in_own_text(&self, words: &Words, thread: &Thread, index: u32) -> bool {
        thread.get(index).is_some_and(|comment| {
            let searched = comment.searched();
            let Range { start, end } = searched.range();
            let text = thread.text().as_bytes().get(..end).unwrap_or_default();
            let place = words.next(text, start);
            place.is_some_and(|place| self.is_found_from(words, thread, (comment, searched), place))
        })
    }

    /// Whether a comment has some words, a piece of which is at a place in its text or behind that, and not before.
    fn is_found_from(
        &self,
        words: &Words,
        thread: &Thread,
        (comment, searched): (Comment<'_>, SearchedText),
        place: usize,
    ) -> bool {
        if words.need_expression() {
            return self.is_in(comment);
        }
        let text = thread.text();
        let own = text.as_bytes().get(..searched.range().end).unwrap_or_default();
        let fields = searched.fields();
        let is_here = |place: usize| fields.iter().any(|field| words.are_in(text, field.clone(), place));
        std::iter::successors(Some(place), |&place| words.next(own, place + 1)).any(is_here)
    }
}

/// The range of a thread's text that has the texts of a range of comments; `None` where it has more of others.
fn text_around(thread: &Thread, comments: Range<u32>) -> Option<Range<usize>> {
    if comments == (0..thread.len()) {
        return Some(0..thread.text().len());
    }
    let mut ranges = comments.filter_map(|index| thread.get(index)).map(|comment| comment.searched().range());
    let first = ranges.next()?;
    let (around, own) = ranges.fold((first.clone(), first.len()), |(around, own), range| {
        (around.start.min(range.start)..around.end.max(range.end), own + range.len())
    });
    (around.len() <= 2 * own).then_some(around)
}

/// The texts of the comments as they stand in the thread's text.
struct Texts<'t>(&'t [SearchedText]);

impl Texts<'_> {
    /// The nth text; behind the last one, one behind all text.
    fn get(&self, nth: u32) -> SearchedText {
        self.0.get(nth as usize).copied().unwrap_or(SearchedText::BEHIND_ALL)
    }

    /// The text, from the nth on, in which a place is: the last one that starts there or before. It is near, as a rule.
    fn nth_at(&self, nth: u32, place: usize) -> u32 {
        let starts_before = |nth: u32| self.get(nth).range().start <= place;
        let (mut low, mut step) = (nth, 1);
        while starts_before(low + step) {
            low += step;
            step *= 2;
        }
        let mut high = low + step;
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if starts_before(middle) { low = middle } else { high = middle }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Builder, Draft, Story, Text};
    use crate::view::Order;

    /// Letters with forms in plenty, and what stands between words.
    const TEXT: &str = "[aAksKS\u{212a}ſßẞiIİıéÉσςΣ日ǆǅ. \u{a0}\n]{0,12}";

    proptest! {
        #[test]
        fn words_are_found_where_their_expression_is(
            typed in "[aksſiéσς日. ]{1,4}|[aAkKſİÉΣ日 ]{1,4}",
            comments in prop::collection::vec((TEXT, TEXT, TEXT, any::<bool>()), 1..20),
            (from, to) in (0..20_u32, 0..20_u32),
        ) {
            let mut builder = Builder::new();
            for (index, (body, subject, author, is_reply)) in comments.iter().enumerate() {
                // Every second reply comes long after what it answers.
                let parent = is_reply.then(|| (index / 2).to_string()).filter(|parent| *parent != index.to_string());
                let (id, body) = (index.to_string(), Text::unmarked(body.as_str()));
                let (parent, author) = (parent.as_deref(), Some(author.as_str()));
                builder.push(&Draft { id: &id, parent, author, subject, body: body.borrow(), url: "aks", ..Draft::default() });
            }
            let thread = Arc::new(builder.finish(Story::default()));
            let search = Search::new(&typed).expect("words");
            for thread in [Order::Flat.arrange(&thread), thread] {
                let is_found = |index: &u32| thread.get(*index).is_some_and(|comment| search.is_in(comment));
                let expected: Vec<u32> = (from..to.min(thread.len())).filter(is_found).collect();
                prop_assert_eq!(search.run(&thread, from..to), expected);
            }
        }
    }
}
