//! Lists of stories: their targets and their tabs.

use std::fmt::Debug;

use super::Loader;
use crate::model::{Heading, Listing, Tab};

/// A list of a known site.
pub trait ListTarget: Debug + Send {
    /// What it is, before any of it has come.
    fn heading(&self) -> Heading;

    /// What loads its first page, or the page that `Listing::next` named.
    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>>;
}

/// The tabs of a site for these sections.
pub(in crate::site) fn tabs(site: &str, sections: &[String]) -> Vec<Tab> {
    let tab = |section: &String| Tab { label: section.clone(), target: format!("{site}/{section}") };
    sections.iter().map(tab).collect()
}
