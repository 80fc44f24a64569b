//! Rules for every list of stories: queries of the config that hide stories, or set them apart (`[lists]`), and the
//! density.

use super::query::StoryFacts;
use super::{Density, Query};
use crate::model::{Entry, Listing};

/// The rules of the config for the stories of every list.
#[derive(Clone, Debug, Default)]
pub struct ListRules {
    /// The stories that do not show.
    pub hide: Option<Query>,
    /// The stories that are marked.
    pub highlight: Option<Query>,
    /// How close stories stand on the screen.
    pub density: Density,
}

impl ListRules {
    /// A list as it is printed: without the stories that are hidden, and with a note of how many that are; and only with
    /// those that meet a filter, where there is one.
    #[must_use]
    pub fn printed(&self, listing: &Listing, filter: Option<&Query>) -> Listing {
        let mut listing = listing.clone();
        let is_met = |query: &Query, entry: &Entry| {
            query.is_met(&StoryFacts { entry, is_new: false, is_read: false, is_followed: false })
        };
        listing.entries.retain(|entry| filter.is_none_or(|query| is_met(query, entry)));
        let before = listing.entries.len();
        listing.entries.retain(|entry| !self.hide.as_ref().is_some_and(|query| is_met(query, entry)));
        listing.notes.extend(hidden_words(before - listing.entries.len()));
        listing
    }
}

/// The words for a number of hidden stories; `None` for 0.
pub(super) fn hidden_words(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} hidden by [lists] hide"))
}
