//! Which site an address belongs to, and the loader that it needs.

use super::{Loader, discourse, hackernews, lemmy, lobsters, reddit, slashdot, web};

/// What the reader's config says of the sites: other addresses, which then count as theirs (a mirror, a test server), and
/// which lists are on the tab bar.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    /// Slashdot's address.
    pub slashdot: Option<String>,
    /// The two services of Hacker News.
    pub hackernews: hackernews::Services,
    /// Lobsters' address.
    pub lobsters: Option<String>,
    /// Reddit's address, and what the reader asks it with.
    pub reddit: reddit::Account,
    /// The usual Lemmy instance's; any instance's own address is known without it.
    pub lemmy: Option<String>,
    /// The usual Discourse forum's; any forum's own address is known without it.
    pub discourse: Option<String>,
    /// The sections that the reader wants on a site's tab bar, by the site's short name.
    pub sections: Vec<(&'static str, Vec<String>)>,
}

impl Sites {
    /// The reader's own sections of a site, else these.
    pub fn sections(&self, site: &str, own: &[&str]) -> Vec<String> {
        let chosen = self.sections.iter().find(|(name, sections)| *name == site && !sections.is_empty());
        chosen.map_or_else(|| own.iter().map(|&name| name.to_owned()).collect(), |(_, sections)| sections.clone())
    }
}

/// A thread of a known site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// On Slashdot.
    Slashdot(slashdot::Address),
    /// On Hacker News.
    HackerNews(hackernews::Address),
    /// On Lobsters.
    Lobsters(lobsters::Address),
    /// On Reddit.
    Reddit(reddit::Address),
    /// On a Lemmy instance.
    Lemmy(lemmy::Address),
    /// On a Discourse forum.
    Discourse(discourse::Address),
}

impl Address {
    /// Reads an address or a short form; `None` where no site knows it.
    pub fn recognise(text: &str, sites: &Sites) -> Option<Self> {
        let slashdot = || slashdot::recognise(text, sites.slashdot.as_deref()).map(Self::Slashdot);
        let hackernews = || hackernews::recognise(text, &sites.hackernews).map(Self::HackerNews);
        let lobsters = || lobsters::recognise(text, sites.lobsters.as_deref()).map(Self::Lobsters);
        // A forum and a Lemmy instance may be on any host, so they come last.
        let discourse = || discourse::recognise(text, sites.discourse.as_deref()).map(Self::Discourse);
        let reddit = || reddit::recognise(text, &sites.reddit).map(Self::Reddit);
        let lemmy = || lemmy::recognise(text, sites.lemmy.as_deref()).map(Self::Lemmy);
        // A bare number is Hacker News's way to name an item.
        let number = || hackernews::recognise(&format!("hn:{}", text.trim()), &sites.hackernews).map(Self::HackerNews);
        let known = slashdot().or_else(hackernews).or_else(lobsters).or_else(reddit).or_else(lemmy).or_else(discourse);
        known.or_else(number)
    }

    /// Whether a link is a thread of a site that is known: of those that may be on any host, only where the host is known
    /// as one of theirs, or is that of the page with the link, `beside`. Many a blog has addresses of the same form.
    pub fn is_sure(link: &str, beside: &str, sites: &Sites) -> bool {
        let same_host = || {
            let (one, other) = (web::parse(link, "https"), web::parse(beside, "https"));
            one.zip(other).is_some_and(|(one, other)| web::same_host(&one, &other))
        };
        link.contains("://")
            && match Self::recognise(link, sites) {
                None => false,
                Some(Self::Lemmy(_)) => lemmy::is_of_instance(link, sites.lemmy.as_deref()) || same_host(),
                Some(Self::Discourse(_)) => discourse::is_of_forum(link, sites) || same_host(),
                Some(_) => true,
            }
    }

    /// The page of what is named, for a browser.
    pub fn page(&self) -> String {
        match self {
            Self::Slashdot(address) => address.url.clone(),
            Self::HackerNews(address) => address.page(),
            Self::Lobsters(address) => address.url.clone(),
            Self::Reddit(address) => address.url.clone(),
            Self::Lemmy(address) => address.url.clone(),
            Self::Discourse(address) => address.url.clone(),
        }
    }

    /// The comment that the address names within the thread, by id.
    pub fn comment(&self) -> Option<&str> {
        match self {
            Self::Slashdot(address) => address.comment.as_deref(),
            Self::HackerNews(address) => address.comment.as_deref(),
            Self::Lobsters(address) => address.comment.as_deref(),
            Self::Reddit(address) => address.comment.as_deref(),
            Self::Lemmy(address) => address.comment.as_deref(),
            Self::Discourse(address) => address.comment.as_deref(),
        }
    }

    /// What loads the thread.
    pub fn loader(self) -> Box<dyn Loader> {
        match self {
            Self::Slashdot(address) => Box::new(slashdot::Loader::new(address)),
            Self::HackerNews(address) => Box::new(hackernews::Loader::new(address)),
            Self::Lobsters(address) => Box::new(lobsters::Loader::new(address)),
            Self::Reddit(address) => Box::new(reddit::Loader::new(address)),
            Self::Lemmy(address) => Box::new(lemmy::Loader::new(address)),
            Self::Discourse(address) => Box::new(discourse::Loader::new(address)),
        }
    }
}
