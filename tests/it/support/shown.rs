//! What a thread must show: slow, simple, and made from the specification.

use std::collections::HashMap;

use lurker::model::{Comment, Thread};
use lurker::view::{Counts, Hand, Look, Opened, Row};

use super::wishes::Asked;

/// What a thread shows, by the words of the specification.
pub(crate) struct Model {
    pub(crate) looks: Vec<Look>,
    pub(crate) rows: Vec<Row>,
    pub(crate) under: Vec<u32>,
    pub(crate) rest: u32,
}

impl Model {
    pub(crate) fn of(thread: &Thread, asked: &Asked, hands: &HashMap<String, Hand>) -> Self {
        let count = thread.len();
        let hand = |index: u32| hands.get(id(thread, index)).copied().unwrap_or_default();
        let mut looks: Vec<Look> = (0..count).map(|index| own_look(thread, asked, hand(index), index)).collect();
        for index in 0..count {
            if matches!(looks[index as usize], Look::Full | Look::Line) {
                for above in above(thread, index) {
                    if looks[above as usize] == Look::Hidden {
                        looks[above as usize] = Look::Placeholder;
                    }
                }
            }
        }
        let (mut under, mut rest) = (vec![0; count as usize], 0);
        for index in (0..count).filter(|&index| looks[index as usize] == Look::Hidden) {
            match above(thread, index).into_iter().find(|&above| looks[above as usize] != Look::Hidden) {
                Some(owner) => under[owner as usize] += 1,
                None => rest += 1,
            }
        }
        let mut rows = vec![Row::Story];
        for index in 0..count {
            let folded = above(thread, index).into_iter().any(|above| hand(above).folded);
            if looks[index as usize] == Look::Hidden || folded {
                continue;
            }
            rows.push(Row::Comment(index));
            if under[index as usize] > 0 && !hand(index).folded {
                rows.push(Row::Marker(index));
            }
        }
        rows.extend((rest > 0).then_some(Row::Rest));
        rows.push(Row::Foot);
        Self { looks, rows, under, rest }
    }

    pub(crate) fn counts(&self) -> Counts {
        let count = |wanted: &[Look]| self.looks.iter().filter(|look| wanted.contains(look)).count() as u32;
        Counts {
            full: count(&[Look::Full]),
            line: count(&[Look::Line]),
            hidden: count(&[Look::Hidden, Look::Placeholder]),
        }
    }

    pub(crate) fn shows(&self, row: Row) -> bool {
        self.rows.contains(&row)
    }
}

pub(crate) fn own_look(thread: &Thread, asked: &Asked, hand: Hand, index: u32) -> Look {
    let comment = thread.get(index).expect("an index of the thread");
    let less = i32::from(thread.story().top_level_bonus && comment.depth() == 0);
    let (hide, full) = (asked.thresholds.hide(), asked.thresholds.full());
    match (hand.opened, asked.meets(thread, index), asked.score(thread, index)) {
        (Some(Opened::Line), ..) => Look::Line,
        (None, Some(false), _) => Look::Hidden,
        (None, None, Some(score)) if hide.is_some_and(|hide| score < hide) => Look::Hidden,
        (None, None, Some(score)) if full.is_some_and(|full| score < full - less) => Look::Line,
        (Some(Opened::Full), ..) | (None, Some(true) | None, _) => Look::Full,
    }
}

pub(crate) fn id(thread: &Thread, index: u32) -> &str {
    thread.get(index).expect("an index of the thread").id()
}

pub(crate) fn above(thread: &Thread, index: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut at = thread.get(index).and_then(Comment::parent);
    while let Some(comment) = at {
        found.push(comment.index());
        at = comment.parent();
    }
    found
}
