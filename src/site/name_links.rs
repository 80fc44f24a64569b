//! Names of communities and people in a text, made links as their sites do.

use std::cmp::Reverse;
use std::ops::Range;

use crate::model::{Mark, MarkKind, Text};

/// Makes links of the names in these ranges, in their order, with the address of each; not within links and code.
pub(in crate::site) fn link_names(text: &mut Text, names: Vec<(Range<usize>, String)>) {
    let taken = Taken::new(&text.marks);
    let names: Vec<_> = names.into_iter().filter(|(range, _)| !taken.meets(range)).collect();
    if names.is_empty() {
        return;
    }
    for (range, address) in names {
        let kind = MarkKind::Link(text.links.len() as u32);
        text.links.push(address);
        text.marks.push(Mark { start: range.start as u32, end: range.end as u32, kind });
    }
    text.marks.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
    number_in_order(text);
}

/// The ranges of links and code, by their starts; beside each the furthest end of those up to it.
struct Taken(Vec<(usize, usize)>);

impl Taken {
    fn new(marks: &[Mark]) -> Self {
        let is_taken = |kind| matches!(kind, MarkKind::Link(_) | MarkKind::Code | MarkKind::Literal);
        let mut furthest = 0;
        let taken = marks.iter().filter(|mark| is_taken(mark.kind)).map(|mark| {
            furthest = furthest.max(mark.end as usize);
            (mark.start as usize, furthest)
        });
        Self(taken.collect())
    }

    /// Whether a range has something of them in it.
    fn meets(&self, range: &Range<usize>) -> bool {
        let before = self.0.partition_point(|(start, _)| *start < range.end);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, end)| *end > range.start)
    }
}

/// Gives the links the numbers that they have in the order of the text.
fn number_in_order(text: &mut Text) {
    let mut places: Vec<Option<u32>> = vec![None; text.links.len()];
    let mut links = Vec::with_capacity(text.links.len());
    for mark in &mut text.marks {
        let MarkKind::Link(number) = &mut mark.kind else { continue };
        let Some(place) = places.get_mut(*number as usize) else { continue };
        let old = std::mem::take(number) as usize;
        *number = *place.get_or_insert_with(|| {
            links.extend(text.links.get(old).cloned());
            links.len() as u32 - 1
        });
    }
    text.links = links;
}
