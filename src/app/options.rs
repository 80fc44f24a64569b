//! The options that the command line and the config set.

use crate::model::Story;
use crate::view::{ListRules, Modifiers, Order, Query, ReadingSpeed, Selection, Thresholds};

/// A site's name, and the thresholds that its threads begin with.
pub type SiteThresholds = (&'static str, Thresholds);

/// A site's name, and the order that its threads begin with.
pub type SiteOrder = (&'static str, Order);

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

/// The use of the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// Sites are asked.
    #[default]
    Used,
    /// No site is asked, and only what is stored can be read.
    Unused,
}

/// The options of the command line and the config.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most columns of text, at least 1.
    pub text_width: usize,
    /// The screens that have a map of the thread at the right edge; [`WIDE_FOR_MAP`](super::WIDE_FOR_MAP) columns are room
    /// for it.
    pub minimap: When,
    /// The screens on which a thread that was opened from a list has the list beside it;
    /// [`WIDE_FOR_LIST`](super::WIDE_FOR_LIST) columns are room for both, and others never have it.
    pub list_beside: When,
    /// The thresholds, whatever the site.
    pub thresholds: Thresholds,
    /// The reader's speed.
    pub reading_speed: ReadingSpeed,
    /// The filter that threads begin with.
    pub filter: Option<Query>,
    /// The filter that a list begins with that is opened first.
    pub list_filter: Option<Query>,
    /// What is wrong with the filter for threads or for lists, where it is right for the other and it is not known yet which
    /// is opened.
    pub filter_mistake: Option<String>,
    /// The modifiers, which are added to scores.
    pub modifiers: Modifiers,
    /// The rules for every list.
    pub lists: ListRules,
    /// The thresholds of single sites, by name, instead of their own.
    pub site_thresholds: Vec<SiteThresholds>,
    /// The order of comments, whatever the site.
    pub order: Option<Order>,
    /// The orders of single sites, by name.
    pub site_orders: Vec<SiteOrder>,
    /// The labels that can be filtered by with a command of their own, in the order of the commands.
    pub labels: Vec<String>,
    /// The targets of the sites' lists, in the order in which the reader goes through them.
    pub sites: Vec<String>,
    /// Their sections, as they are opened.
    pub sections: Vec<String>,
    /// A line for the reader at the start, on something in the config.
    pub remark: Option<String>,
    /// Whether there is a store, which remembers things beyond the end of the program.
    pub remembers: bool,
    /// Whether sites are asked.
    pub network: Network,
    /// Whether the screen is drawn in ASCII.
    pub ascii: bool,
    /// Whether a row at the foot says which keys matter most.
    pub hints: bool,
}

impl Options {
    /// Whether only what is stored can be read.
    pub fn is_offline(&self) -> bool {
        self.network == Network::Unused
    }

    /// The thresholds that a story begins with.
    pub fn thresholds(&self, story: &Story) -> Thresholds {
        let (hide, full) = story.thresholds;
        let configured = self.site_thresholds.iter().find(|(site, _)| *site == story.site);
        let configured = configured.map_or(Thresholds::default(), |(_, thresholds)| *thresholds);
        self.thresholds.or(configured).or(Thresholds::new(hide, full))
    }

    /// The order that a story's comments begin with.
    pub fn order(&self, story: &Story) -> Order {
        let configured = self.site_orders.iter().find(|(site, _)| *site == story.site).map(|(_, order)| *order);
        self.order.or(configured).unwrap_or_default()
    }

    /// The selection that a story's thread begins with: thresholds, filter and modifiers.
    pub fn selection(&self, story: &Story) -> Selection {
        let (filter, modifiers) = (self.filter.clone(), self.modifiers.clone());
        Selection { filter, modifiers, reading_speed: self.reading_speed, ..Selection::from(self.thresholds(story)) }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            text_width: 100,
            minimap: When::Auto,
            list_beside: When::Auto,
            thresholds: Thresholds::default(),
            reading_speed: ReadingSpeed::default(),
            filter: None,
            list_filter: None,
            filter_mistake: None,
            modifiers: Modifiers::default(),
            lists: ListRules::default(),
            site_thresholds: Vec::new(),
            order: None,
            site_orders: Vec::new(),
            labels: Vec::new(),
            sites: Vec::new(),
            sections: Vec::new(),
            remark: None,
            remembers: false,
            network: Network::default(),
            ascii: false,
            hints: true,
        }
    }
}
