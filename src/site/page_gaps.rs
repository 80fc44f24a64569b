//! Parts of a saved page that are not there or were not understood, counted for the notes of its thread.

use crate::model::{Advice, Entry, Heading, Listing, LoadError, counted, not_here};
use crate::site::html::Document;

/// The counts of what a page's comments lack.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::site) struct PageGaps {
    /// The comments that were read.
    pub(in crate::site) comments: u32,
    /// The number of comments, as the page states it.
    pub(in crate::site) stated: Option<u32>,
    /// Comments of which the page must name the author, and lurker read none.
    pub(in crate::site) authors: u32,
    /// Comments with a date that was not understood.
    pub(in crate::site) dates: u32,
    /// Comments whose date is only an age.
    pub(in crate::site) ages: u32,
    /// Comments with a score that was not understood.
    pub(in crate::site) scores: u32,
    /// Comments whose number was not found.
    pub(in crate::site) ids: u32,
    /// Comments without a place in the tree.
    pub(in crate::site) places: u32,
    /// What is said of the page as a whole.
    page: PageFaults,
}

/// The note on a page that ends before its end.
pub(in crate::site) const CUT: &str = "The page is cut off; what stood behind that is lost";

/// What is wrong with a page as a whole.
#[derive(Clone, Copy, Debug, Default)]
struct PageFaults {
    is_cut: bool,
    is_too_deep: bool,
}

impl PageFaults {
    fn of(page: Document<'_>) -> Self {
        Self { is_cut: page.is_cut(), is_too_deep: page.is_too_deep() }
    }

    fn notes(self) -> impl Iterator<Item = String> {
        let cut = self.is_cut.then_some(CUT);
        let deep = self.is_too_deep.then_some("The page is nested too deeply; what answers what may be wrong in it");
        cut.into_iter().chain(deep).map(str::to_owned)
    }
}

/// A sentence for each thing that is wrong with a page as a whole: it is cut off, or nested too deeply.
pub(in crate::site) fn page_notes(page: Document<'_>) -> impl Iterator<Item = String> {
    PageFaults::of(page).notes()
}

impl PageGaps {
    /// Those of a page, before its comments are read; it states that it has this number of them.
    pub(in crate::site) fn of(page: Document<'_>, stated: Option<u32>) -> Self {
        Self { stated, page: PageFaults::of(page), ..Self::default() }
    }

    /// What is missing, a sentence for each kind.
    pub(in crate::site) fn notes(self) -> Vec<String> {
        let missing = self.stated.map(|stated| (stated.saturating_sub(self.comments), stated));
        let missing = missing.filter(|(missing, _)| *missing > 0);
        let mut notes: Vec<String> = missing
            .map(|(missing, stated)| not_here(missing as usize, stated as usize, "comment", "on the page"))
            .into_iter()
            .collect();
        let of_all = |count: u32, what: &str| {
            let verb = if count == 1 { "has" } else { "have" };
            (count > 0).then(|| format!("{} {verb} {what}", counted(count, "comment")))
        };
        notes.extend(of_all(self.ages, "only an age (“3 hours ago”) for a date, so their times are not known"));
        notes.extend(of_all(self.dates, "a date that could not be read"));
        notes.extend(of_all(self.authors, "an author who could not be read"));
        notes.extend(of_all(self.scores, "a score that could not be read"));
        notes.extend(of_all(self.ids, "a number that could not be read"));
        notes.extend(of_all(self.places, "no place in the tree that could be read"));
        notes.extend(self.page.notes());
        notes
    }
}

/// The list on a page: its entries, a note on those that are lost, and what is wrong with the page as a whole.
pub(in crate::site) fn list_of_page(
    page: Document<'_>,
    heading: Heading,
    entries: Vec<Entry>,
    lost: Option<String>,
) -> Listing {
    Listing { heading, entries, next: None, notes: lost.into_iter().chain(page_notes(page)).collect() }
}

/// The error for a page that holds no comments: `the login page of Lobsters`, and what to open in its place.
pub(in crate::site) fn no_discussion(page: &str, instead: impl Into<String>) -> LoadError {
    LoadError::other("this", format!("is {page}")).advise(Advice::Other(instead.into()))
}

#[cfg(test)]
mod tests {
    use super::PageGaps;
    use crate::site::html::{Document, Tree};

    #[test]
    fn each_gap_is_a_sentence() {
        assert!(PageGaps { comments: 3, stated: Some(3), ..PageGaps::default() }.notes().is_empty());
        let gaps = PageGaps { comments: 3, stated: Some(5), dates: 1, authors: 2, ..PageGaps::default() };
        let expected = [
            "2 of 5 comments are not on the page",
            "1 comment has a date that could not be read",
            "2 comments have an author who could not be read",
        ];
        assert_eq!(gaps.notes(), expected);
        let all = PageGaps { ages: 1, scores: 1, ids: 1, places: 1, ..PageGaps::default() };
        assert_eq!(all.notes().len(), 4);
        for (source, expected) in
            [("<div>a", "The page is cut off"), ("<div>a</div>", "1 of 1 comment is not on the page")]
        {
            let tree = Tree::read(source);
            let notes = PageGaps::of(Document::new(source, &tree), Some(1)).notes();
            assert!(notes.iter().any(|note| note.starts_with(expected)), "{notes:?}");
        }
    }
}
