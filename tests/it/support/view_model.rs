//! A model of what a thread must show: slow, simple, and made from the specification.

use std::collections::HashMap;

use lurker::model::{Comment, Thread};
use lurker::view::{Counts, FoldOverride, Opened, Row, Visibility};

use super::query_model::Asked;

/// What a thread shows, by the words of the specification.
pub(crate) struct Model {
    pub(crate) visibilities: Vec<Visibility>,
    pub(crate) rows: Vec<Row>,
    pub(crate) under: Vec<u32>,
    pub(crate) rest: u32,
    words: Vec<u32>,
}

impl Model {
    pub(crate) fn of(thread: &Thread, asked: &Asked, overrides: &HashMap<String, FoldOverride>) -> Self {
        let count = thread.len();
        let fold_override = |index: u32| overrides.get(id(thread, index)).copied().unwrap_or_default();
        let mut visibilities: Vec<Visibility> =
            (0..count).map(|index| own_look(thread, asked, fold_override(index), index)).collect();
        for index in 0..count {
            if matches!(visibilities[index as usize], Visibility::Full | Visibility::Line) {
                for above in above(thread, index) {
                    if visibilities[above as usize] == Visibility::Hidden {
                        visibilities[above as usize] = Visibility::Placeholder;
                    }
                }
            }
        }
        let (mut under, mut rest) = (vec![0; count as usize], 0);
        for index in (0..count).filter(|&index| visibilities[index as usize] == Visibility::Hidden) {
            match above(thread, index).into_iter().find(|&above| visibilities[above as usize] != Visibility::Hidden) {
                Some(owner) => under[owner as usize] += 1,
                None => rest += 1,
            }
        }
        let mut rows = vec![Row::Story];
        for index in 0..count {
            let folded = above(thread, index).into_iter().any(|above| fold_override(above).folded);
            if visibilities[index as usize] == Visibility::Hidden || folded {
                continue;
            }
            rows.push(Row::Comment(index));
            if under[index as usize] > 0 && !fold_override(index).folded {
                rows.push(Row::Marker(index));
            }
        }
        rows.extend((rest > 0).then_some(Row::Rest));
        rows.push(Row::Foot);
        Self { visibilities, rows, under, rest, words: thread.words().to_vec() }
    }

    pub(crate) fn counts(&self) -> Counts {
        let count = |wanted: &[Visibility]| {
            self.visibilities.iter().filter(|visibility| wanted.contains(visibility)).count() as u32
        };
        Counts {
            words: self.words_in_full(),
            full: count(&[Visibility::Full]),
            line: count(&[Visibility::Line]),
            hidden: count(&[Visibility::Hidden, Visibility::Placeholder]),
        }
    }

    fn words_in_full(&self) -> u64 {
        let pairs = self.visibilities.iter().zip(&self.words);
        pairs.filter(|(visibility, _)| **visibility == Visibility::Full).map(|(_, words)| u64::from(*words)).sum()
    }

    pub(crate) fn shows(&self, row: Row) -> bool {
        self.rows.contains(&row)
    }
}

pub(crate) fn own_look(thread: &Thread, asked: &Asked, fold_override: FoldOverride, index: u32) -> Visibility {
    let comment = thread.get(index).expect("an index of the thread");
    let less = i32::from(thread.story().top_level_bonus && comment.answered().is_none());
    let (hide, full) = asked.bounds();
    match (fold_override.opened, asked.meets(thread, index), asked.score(thread, index)) {
        (Some(Opened::Line), ..) => Visibility::Line,
        (None, Some(false), _) => Visibility::Hidden,
        (None, None, _) if asked.hides(thread, index) => Visibility::Hidden,
        (None, None, Some(score)) if hide.is_some_and(|hide| score < hide) => Visibility::Hidden,
        (None, None, Some(score)) if full.is_some_and(|full| score < (full - less).max(hide.unwrap_or(i32::MIN))) => {
            Visibility::Line
        }
        (Some(Opened::Full), ..) | (None, Some(true) | None, _) => Visibility::Full,
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
