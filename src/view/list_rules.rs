//! Rules for every list of stories: queries of the config that hide stories, or set them apart (`[lists]`), and the
//! density.

use super::query::StoryFacts;
use super::{AuthorNote, Authors, Density, Query};
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
    /// A list as it is printed: without the stories that are hidden, or whose authors are muted, and only with those that meet
    /// a filter, where there is one; and beside it how many are hidden, in words.
    #[must_use]
    pub fn printed(&self, listing: &Listing, authors: &Authors, filter: Option<&Query>) -> (Listing, Vec<String>) {
        let mut listing = listing.clone();
        let is_met = |query: &Query, entry: &Entry| {
            let is_followed = authors.note(&entry.site, &entry.author).is_some_and(AuthorNote::is_followed);
            query.is_met(&StoryFacts { entry, is_new: false, is_read: false, is_followed })
        };
        listing.entries.retain(|entry| filter.is_none_or(|query| is_met(query, entry)));
        let met = listing.entries.len();
        listing.entries.retain(|entry| !self.hide.as_ref().is_some_and(|query| is_met(query, entry)));
        let shown = listing.entries.len();
        listing.entries.retain(|entry| !authors.hide_story(entry, filter));
        let muted = shown - listing.entries.len();
        let left_out = hidden_words(met - shown).into_iter().chain(muted_words(muted)).collect();
        (listing, left_out)
    }
}

/// The words for a number of hidden stories; `None` for 0.
pub(super) fn hidden_words(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} hidden by [lists] hide"))
}

/// The words for a number of stories of muted authors; `None` for 0.
pub(super) fn muted_words(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} of muted authors hidden"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Attitude, Author, ListView};

    #[test]
    fn paper_leaves_out_the_stories_that_the_screen_does() {
        let story = |(id, author, title): (&str, &str, &str)| Entry {
            site: "north".to_owned(),
            id: id.to_owned(),
            author: author.to_owned(),
            title: title.to_owned(),
            ..Entry::default()
        };
        let stories = [("1", "ann", "Oil"), ("2", "wick", "Oil"), ("3", "wick", "Dull"), ("4", "eve", "Dull")];
        let listing = Listing { entries: stories.map(story).to_vec(), ..Listing::default() };
        let note = |name: &str, attitude| {
            let author = Author { site: "north".to_owned(), name: name.to_owned() };
            (author, AuthorNote { attitude: Some(attitude), tag: String::new() })
        };
        let authors: Authors = [note("wick", Attitude::Muted), note("ann", Attitude::Followed)].into_iter().collect();
        let query = |text: &str| Query::for_stories(text).expect(text);
        let rules = ListRules { hide: Some(query("title:dull")), ..ListRules::default() };
        for (filter, shown, notes) in [
            (None, "1", &["2 hidden by [lists] hide", "1 of muted authors hidden"][..]),
            (Some("by:wick"), "2", &["1 hidden by [lists] hide"]),
            (Some("-by:wick"), "1", &["1 hidden by [lists] hide"]),
            (Some("is:followed"), "1", &[]),
        ] {
            let filter = filter.map(query);
            let (printed, left_out) = rules.printed(&listing, &authors, filter.as_ref());
            assert_eq!(printed.entries.iter().map(|entry| entry.id.as_str()).collect::<String>(), shown, "{filter:?}");
            assert_eq!(left_out, notes, "{filter:?}");
            let mut list = ListView::new((80, 20), rules.clone());
            list.set_authors(&authors);
            list.take(&listing, false);
            list.set_filter(filter);
            assert_eq!(list.shown().collect::<Vec<_>>(), printed.entries.iter().collect::<Vec<_>>());
            assert_eq!(list.hidden_words().unwrap_or_default(), notes.join(", "));
        }
        let (of_others, left_out) = rules.printed(&listing, &Authors::default(), None);
        assert_eq!((of_others.entries.len(), left_out.len()), (2, 1));
    }
}
