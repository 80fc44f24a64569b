//! Orders of a list's stories: the site's own, or by points, comments, time or new comments.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::list_memory::{Key, key};
use crate::model::Entry;

/// An order of a list's stories. Equals stand as the site has them; a story of which the number is not known stands last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListOrder {
    /// The site's own.
    #[default]
    Site,
    /// By score, the best first.
    Points,
    /// By the number of comments, most first.
    Comments,
    /// By time, the last one first.
    Newest,
    /// By the number of comments that are new, most first.
    New,
}

impl ListOrder {
    /// Every order with its name.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::Site, "site"),
        (Self::Points, "points"),
        (Self::Comments, "comments"),
        (Self::Newest, "newest"),
        (Self::New, "updated"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(order, _)| *order == self).map_or("site", |(_, name)| name)
    }

    /// What stands first, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Site => "as listed",
            Self::Points => "most points first",
            Self::Comments => "most comments first",
            Self::Newest => "newest first",
            Self::New => "most new comments first",
        }
    }
}

/// The order of a list, and the new comments of its stories as they were when it was put in order: what is read meanwhile
/// moves no story.
#[derive(Clone, Debug, Default)]
pub(super) struct ChosenOrder {
    pub(super) order: ListOrder,
    pub(super) new: HashMap<Key, u32>,
}

impl ChosenOrder {
    /// Puts the places of stories in this order; they come in the site's.
    pub(super) fn sort(&self, places: &mut [usize], entries: &[Entry]) {
        let by = |number: fn(&Entry) -> Option<i64>| {
            let number = move |place: &usize| entries.get(*place).and_then(number);
            move |place: &usize| Reverse(number(place))
        };
        match self.order {
            ListOrder::Site => {}
            ListOrder::Points => places.sort_by_key(by(|entry| entry.score.map(i64::from))),
            ListOrder::Comments => places.sort_by_key(by(|entry| entry.comments.map(i64::from))),
            ListOrder::Newest => places.sort_by_key(by(|entry| entry.posted_at)),
            ListOrder::New => {
                places.sort_by_key(|place| {
                    Reverse(entries.get(*place).and_then(|entry| self.new.get(&key(entry)).copied()))
                });
            }
        }
    }
}
