//! Lists of stories: their targets and their tabs.

use std::fmt::Debug;

use super::Loader;
use crate::model::{Entry, Heading, Listing, Tab};

/// A list of a known site.
pub trait ListTarget: Debug + Send {
    /// The heading of the list, before any of it has come.
    fn heading(&self) -> Heading;

    /// A loader for its first page, or for the page that `Listing::next` named.
    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>>;
}

/// The tabs of a site for these sections.
pub(in crate::site) fn tabs(site: &str, sections: &[String]) -> Vec<Tab> {
    let tab = |section: &String| Tab { label: section.clone(), target: format!("{site}/{section}") };
    sections.iter().map(tab).collect()
}

/// An entry, if it has what opens it and what is shown of it.
pub(in crate::site) fn whole(entry: Entry) -> Option<Entry> {
    Some(entry).filter(|entry| !entry.id.is_empty() && !entry.title.is_empty())
}

/// The entries of those rows that are whole, and a note on how many are not; `name` is that of the rows: `Posts`.
pub(in crate::site) fn complete_entries(
    rows: impl Iterator<Item = Option<Entry>>,
    name: &str,
) -> (Vec<Entry>, Option<String>) {
    let rows: Vec<Option<Entry>> = rows.collect();
    let lost = rows.iter().filter(|entry| entry.is_none()).count();
    let note = (lost > 0).then(|| format!("{name} without a number or a title, which are left out: {lost}"));
    (rows.into_iter().flatten().collect(), note)
}
