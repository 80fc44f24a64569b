//! The table of sites: one row for each, through which everything that is known of it is reached.

use std::fmt::Debug;
use std::time::Duration;

use super::list::{Found, ListTarget};
use super::saved::Format;
use super::{Answer, Loader, SiteConfig, Sites, web};

/// Every site, in the order in which the reader goes through them.
pub static SITES: [&dyn Site; 6] = [
    &super::slashdot::Slashdot,
    &super::hackernews::HackerNews,
    &super::lobsters::Lobsters,
    &super::lemmy::Lemmy,
    &super::reddit::Reddit,
    &super::discourse::Discourse,
];

/// A site: what is known of it, and what is found out by code.
pub trait Site: Sync {
    /// What is known of it.
    fn info(&self) -> &'static Info;

    /// The thread that an address or a short form names.
    fn thread(&self, text: &str, config: &SiteConfig) -> Option<Box<dyn ThreadTarget>>;

    /// The list that stands behind `NAME/`; the site's front page where nothing does.
    ///
    /// # Errors
    /// Why there is no such list, and which there are.
    fn list_named(&self, rest: &str, config: &SiteConfig) -> Found;

    /// The list whose page this address is.
    fn list_at(&self, address: &str, config: &SiteConfig) -> Option<Box<dyn ListTarget>>;

    /// Whether the host of an address is known as the site's. Only a site that may be on any host has addresses on others.
    fn knows_host(&self, _address: &str, _config: &SiteConfig) -> bool {
        true
    }

    /// The kinds of files that are saved from it, those that are told most surely first.
    fn formats(&self) -> &'static [Format];

    /// How long to leave it alone if this answer is its own way to say that it was asked too much (HTTP has 429).
    fn rate_limit_wait(&self, _answer: &Answer) -> Option<Duration> {
        None
    }
}

/// What is known of a site.
#[derive(Debug)]
pub struct Info {
    /// Its short name, which its targets begin with.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The same within a sentence: `a Discourse forum`.
    pub phrase: &'static str,
    /// What a target that is a thread of it looks like, in words for people.
    pub example: &'static str,
    /// Words in a target that say that a thread of it was meant.
    pub hints: &'static [&'static str],
    /// First words of targets, beside its name, that are its lists': `r` of `r/rust`.
    pub prefixes: &'static [&'static str],
    /// Whether any host may be one of it, so that its addresses are told by their form alone.
    pub on_any_host: bool,
    /// The hosts that want more care than others, or less.
    pub hosts: &'static [HostInfo],
    /// What the config may say of it, beside its thresholds and sections.
    pub config_keys: &'static [ConfigKey],
}

/// How a host and its subdomains are treated, all together.
#[derive(Debug)]
pub struct HostInfo {
    /// Its name, in lower case.
    pub name: &'static str,
    /// The most requests at one time, at least 1.
    pub in_flight: usize,
    /// The most requests in a while; each of these holds.
    pub limits: &'static [Limit],
    /// A time-out that is longer than the usual one.
    pub timeout: Option<Duration>,
}

/// The most requests that a host bears within any stretch of time as long as this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many, at least 1.
    pub requests: usize,
    /// In which time.
    pub within: Duration,
}

impl Limit {
    /// So many requests in so many seconds.
    pub const fn new(requests: usize, seconds: u64) -> Self {
        Self { requests, within: Duration::from_secs(seconds) }
    }
}

/// A key under `[sites.NAME]` in the config.
#[derive(Debug)]
pub struct ConfigKey {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: KeyKind,
}

/// What a key of the config holds.
#[derive(Debug)]
pub enum KeyKind {
    /// An address that stands in for these hosts, and is treated as the first of them is.
    Address(&'static [&'static str]),
    /// A text, whether it is right, and what is said of one that is not.
    Text(fn(&str) -> bool, &'static str),
    /// A command that prints a secret.
    SecretCommand,
}

impl ConfigKey {
    /// A key for an address that stands in for these hosts.
    pub(in crate::site) const fn address(name: &'static str, hosts: &'static [&'static str]) -> Self {
        Self { name, kind: KeyKind::Address(hosts) }
    }
}

/// A thread of a site, named by an address.
pub trait ThreadTarget: Debug + Send {
    /// The short name of its site.
    fn site(&self) -> &'static str;

    /// Its page, for a browser.
    fn page(&self) -> String;

    /// The comment that the address names within it, by id.
    fn comment(&self) -> Option<&str>;

    /// What loads it.
    fn loader(&self) -> Box<dyn Loader>;
}

/// The sites in the order in which an address is tried: those that may be on any host come last.
pub fn most_certain_first() -> impl Iterator<Item = &'static dyn Site> {
    let those = |on_any_host| SITES.iter().copied().filter(move |site| site.info().on_any_host == on_any_host);
    those(false).chain(those(true))
}

/// The thread that an address or a short form names; `None` where no site knows it.
pub fn thread(text: &str, sites: &Sites) -> Option<Box<dyn ThreadTarget>> {
    most_certain_first().find_map(|site| site.thread(text, sites.of(site.info().name)))
}

/// Whether a link is a thread of a site that is known: of those that may be on any host, only where the host is known as
/// one of theirs, or is that of the page with the link, `beside`. Many a blog has addresses of the same form.
pub fn is_surely_thread(link: &str, beside: &str, sites: &Sites) -> bool {
    let same_host = || {
        let (one, other) = (web::parse_url(link, "https"), web::parse_url(beside, "https"));
        one.zip(other).is_some_and(|(one, other)| web::same_host(&one, &other))
    };
    let is_thread_of = |site: &dyn Site| {
        let config = sites.of(site.info().name);
        site.thread(link, config).map(|_| site.knows_host(link, config))
    };
    let found = || most_certain_first().find_map(is_thread_of);
    link.contains("://") && found().is_some_and(|is_known| is_known || same_host())
}
