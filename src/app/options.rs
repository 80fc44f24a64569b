//! The options that the command line and the config set.

use crate::model::Story;
use crate::view::{ListRules, Modifiers, Query, Selection, Thresholds};

/// The thresholds that a site's threads begin with: its name, hide below, full from.
pub type SiteThresholds = (&'static str, Option<i32>, Option<i32>);

/// The condition on which something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// On screens that have room for it.
    #[default]
    Auto,
    /// On every screen.
    Always,
    /// On no screen.
    Never,
}

/// The options of the command line and the config.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most columns of text, at least 1.
    pub text_width: usize,
    /// The screens that have a map of the thread at the right edge; [`WIDE`](super::WIDE) columns are room for it.
    pub minimap: When,
    /// A score below which comments are hidden, whatever the site.
    pub min_score: Option<i32>,
    /// A score from which comments are in full, whatever the site.
    pub full_score: Option<i32>,
    /// The filter that threads begin with.
    pub filter: Option<Query>,
    /// The filter that the first list begins with.
    pub list_filter: Option<Query>,
    /// The modifiers, which are added to scores.
    pub modifiers: Modifiers,
    /// The rules for every list.
    pub lists: ListRules,
    /// The thresholds of single sites, instead of their own.
    pub site_thresholds: Vec<SiteThresholds>,
    /// The labels that can be filtered by with a command of their own, in the order of the commands.
    pub labels: Vec<String>,
    /// The targets of the sites' lists, in the order in which the reader goes through them.
    pub sites: Vec<String>,
    /// A line for the reader at the start, on something in the config.
    pub remark: Option<String>,
    /// Whether a row at the foot says which keys matter most.
    pub hints: bool,
}

impl Options {
    /// The thresholds that a story begins with.
    pub fn thresholds(&self, story: &Story) -> Thresholds {
        let (hide, full) = story.thresholds;
        let own = self.site_thresholds.iter().find(|(site, ..)| *site == story.site);
        let (site_hide, site_full) = own.map_or((None, None), |(_, hide, full)| (*hide, *full));
        Thresholds::new(self.min_score.or(site_hide).or(hide), self.full_score.or(site_full).or(full))
    }

    /// The selection that a story's thread begins with: thresholds, filter and modifiers.
    pub fn selection(&self, story: &Story) -> Selection {
        let (filter, modifiers) = (self.filter.clone(), self.modifiers.clone());
        Selection { filter, modifiers, ..Selection::from(self.thresholds(story)) }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            text_width: 100,
            minimap: When::Auto,
            min_score: None,
            full_score: None,
            filter: None,
            list_filter: None,
            modifiers: Modifiers::default(),
            lists: ListRules::default(),
            site_thresholds: Vec::new(),
            labels: Vec::new(),
            sites: Vec::new(),
            remark: None,
            hints: true,
        }
    }
}
