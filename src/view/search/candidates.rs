//! The comments in whose texts a search may find something, by a look through the text of the whole thread.

use std::ops::Range;

use super::prefilter::Prefilter;
use crate::model::Thread;

/// The most bytes of other text, names and addresses, that are looked through between the texts of two comments.
const GAP: usize = 1024;

impl Prefilter {
    /// The comments of a range in which the piece is found, or that are to be looked at by themselves.
    pub(super) fn candidates(&self, thread: &Thread, comments: Range<u32>) -> Vec<u32> {
        let mut found = Vec::new();
        let mut starts = Vec::new();
        let mut first = comments.start;
        while first < comments.end {
            let end = stretch(thread, first..comments.end, &mut starts);
            if starts.is_empty() {
                found.push(first);
                first += 1;
            } else {
                let text = thread.text().as_bytes().get(..end).unwrap_or_default();
                found.extend(self.owners(text, &starts).map(|place| first + place as u32));
                first += starts.len() as u32;
            }
        }
        found
    }

    /// The places, among those at which the texts of comments start, of the comments in which the piece is found.
    fn owners(&self, text: &[u8], starts: &[usize]) -> impl Iterator<Item = usize> {
        let mut from = starts.first().copied();
        std::iter::from_fn(move || {
            let hit = self.find(text, from?)?;
            let next = starts.partition_point(|&start| start <= hit);
            from = starts.get(next).copied();
            next.checked_sub(1)
        })
    }
}

/// Finds the comments from the first of a range on whose texts follow each other; returns where the last text ends. There are
/// none where the first comment's own texts lie apart.
fn stretch(thread: &Thread, comments: Range<u32>, starts: &mut Vec<usize>) -> usize {
    starts.clear();
    let mut end = None;
    for comment in comments.filter_map(|index| thread.get(index)) {
        let Some(place) = comment.place_in_text(GAP) else { break };
        let follows = end.is_none_or(|end| (end..=end + GAP).contains(&place.start));
        if !follows {
            break;
        }
        starts.push(place.start);
        end = Some(place.end);
    }
    end.unwrap_or(0)
}
