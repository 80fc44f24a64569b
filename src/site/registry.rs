//! The table of sites: one row for each, and targets looked up in it.

use std::sync::LazyLock;

use super::{Info, ListTarget, ParsedTarget, Site, SiteConfig, Target, ThreadTarget, web};

/// Every site, in the order in which the reader goes through them.
pub static SITES: [&Site; 6] = [
    &super::slashdot::SLASHDOT,
    &super::hackernews::HACKER_NEWS,
    &super::lobsters::LOBSTERS,
    &super::lemmy::LEMMY,
    &super::reddit::REDDIT,
    &super::discourse::DISCOURSE,
];

/// The reader's config of every site.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    configs: Vec<(&'static str, SiteConfig)>,
    more: Vec<&'static Site>,
}

impl Sites {
    /// With this for the site of this short name.
    #[must_use]
    pub fn with(mut self, site: &'static str, config: SiteConfig) -> Self {
        self.configs.retain(|(name, _)| *name != site);
        self.configs.push((site, config));
        self
    }

    /// With a site that is not in the table, as a test has one.
    #[must_use]
    pub fn with_site(mut self, site: &'static Site) -> Self {
        self.more.push(site);
        self
    }

    /// Every site: the table's, in its order, then those that were added.
    pub fn all(&self) -> impl Iterator<Item = &'static Site> {
        SITES.iter().chain(&self.more).copied()
    }

    /// The sites in the order in which an address is tried: those that may be on any host come last.
    pub fn most_certain_first(&self) -> impl Iterator<Item = &'static Site> {
        let those = |on_any_host| self.all().filter(move |site| site.info().on_any_host == on_any_host);
        those(false).chain(those(true))
    }

    /// The config of the site of this short name; an empty one if there is none.
    pub fn of(&self, site: &str) -> &SiteConfig {
        static NOTHING: LazyLock<SiteConfig> = LazyLock::new(SiteConfig::default);
        self.configs.iter().find(|(name, _)| *name == site).map_or(&NOTHING, |(_, config)| config)
    }
}

/// Facts about the site of this short name.
pub fn info(name: &str) -> Option<&'static Info> {
    SITES.iter().map(|site| site.info()).find(|info| info.name == name)
}

/// The labels that moderators of any site give, those with a command of their own first.
pub fn labels() -> impl Iterator<Item = &'static str> {
    SITES.iter().flat_map(|site| site.info().labels).copied()
}

/// Reads a target; `None` where no site knows it.
///
/// # Errors
/// The site that it names has no such list; the text names those it has.
pub fn parse(target: &str, sites: &Sites) -> Option<ParsedTarget> {
    sites.most_certain_first().find_map(|site| site.parse(target, sites.of(site.info().name)))
}

/// The thread that a target names; `None` where it names none.
pub fn thread(target: &str, sites: &Sites) -> Option<ThreadTarget> {
    parse(target, sites)?.ok()?.into_thread()
}

/// The list that a target names: `hn`, `hn/best`, `r/rust`, or the address of a list's page. `None` where it names none.
///
/// # Errors
/// The site that it names has no such list; the text names those it has.
pub fn list(target: &str, sites: &Sites) -> Option<Result<Box<dyn ListTarget>, String>> {
    parse(target, sites)?.map(Target::into_list).transpose()
}

/// The sites whose lists can be opened by their names alone, in their order.
pub fn sites_with_lists(sites: &Sites) -> Vec<String> {
    let names = sites.all().map(|site| site.info().name);
    names.filter(|name| matches!(list(name, sites), Some(Ok(_)))).map(str::to_owned).collect()
}

/// The sections of all sites, as they are opened: `hn/best`.
pub fn sections(sites: &Sites) -> Vec<String> {
    let lists = sites.all().filter_map(|site| list(site.info().name, sites)?.ok());
    lists.flat_map(|list| list.heading().tabs).map(|tab| tab.target).collect()
}

/// Whether a link is a thread of a site that is known: of those that may be on any host, only where the host is known as
/// one of theirs, or is that of the page with the link, `beside`. Many a blog has addresses of the same form.
pub fn is_surely_thread(link: &str, beside: &str, sites: &Sites) -> bool {
    let same_host = || {
        let (one, other) = (web::parse_url(link, "https"), web::parse_url(beside, "https"));
        one.zip(other).is_some_and(|(one, other)| web::same_host(&one, &other))
    };
    let is_thread = |site: &Site| matches!(site.parse(link, sites.of(site.info().name)), Some(Ok(Target::Thread(_))));
    let site = sites.most_certain_first().find(|site| link.contains("://") && is_thread(site));
    site.is_some_and(|site| (site.knows_host)(link, sites.of(site.info().name)) || same_host())
}
