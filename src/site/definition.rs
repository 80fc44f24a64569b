//! The definition of a site: the facts that the reader has to know of it, and the functions by which it is reached.

use std::fmt;
use std::time::Duration;

use super::Format;
use super::list::ListTarget;
use super::{Answer, Loader, Scoring, SiteConfig};
use crate::markup::clean_line;
use crate::model::{Entry, Heading, Story};

/// A site: its facts, and the functions that read its targets, its files and its own form of a rate limit.
#[derive(Debug)]
pub struct Site {
    /// Facts about it.
    pub(in crate::site) info: &'static Info,
    /// Reads the address of a thread, or a short form of the site's own; `None` if it is not this site's.
    pub(in crate::site) thread: fn(&str, &SiteConfig) -> Option<ThreadTarget>,
    /// Reads a list's name, which stands behind `NAME/` in a target.
    pub(in crate::site) list_by_name: fn(&str, &SiteConfig) -> ParsedTarget,
    /// Reads the address of a list; `None` if it is not this site's.
    pub(in crate::site) list_by_address: fn(&str, &SiteConfig) -> Option<Target>,
    /// Whether the host of an address is known as the site's. Only a site that may be on any host has addresses on others.
    pub(in crate::site) knows_host: fn(&str, &SiteConfig) -> bool,
    /// The formats of files that are saved from it, those that are told most surely first.
    pub(in crate::site) formats: &'static [Format],
    /// The pause that an answer asks for, if it is the site's own form of a rate limit (HTTP has 429).
    pub(in crate::site) rate_limit_wait: fn(&Answer) -> Option<Duration>,
}

impl Site {
    /// A site that stays on its own hosts, and has no form of its own of a rate limit.
    pub(in crate::site) const fn new(
        info: &'static Info,
        thread: fn(&str, &SiteConfig) -> Option<ThreadTarget>,
        list_by_name: fn(&str, &SiteConfig) -> ParsedTarget,
        list_by_address: fn(&str, &SiteConfig) -> Option<Target>,
        formats: &'static [Format],
    ) -> Self {
        let (knows_host, rate_limit_wait) =
            (always_known as fn(&str, &SiteConfig) -> bool, no_wait as fn(&Answer) -> _);
        Self { info, thread, list_by_name, list_by_address, knows_host, formats, rate_limit_wait }
    }

    /// Facts about the site.
    pub fn info(&self) -> &'static Info {
        self.info
    }

    /// Reads a target: an address, a short form of the site's own, or `NAME/LIST`. `None` if it is not this site's.
    ///
    /// # Errors
    /// The site has no such list; the text names those it has.
    pub fn parse(&self, target: &str, config: &SiteConfig) -> Option<ParsedTarget> {
        if let Some(thread) = (self.thread)(target, config) {
            return Some(Ok(Target::Thread(thread)));
        }
        match self.info.list_name(target) {
            // What is wrong with a name is told with the name.
            Some(name) => Some((self.list_by_name)(name, config).map_err(|says| clean_line(&says))),
            None => (self.list_by_address)(target, config).map(Ok),
        }
    }

    /// The pause that this answer asks for, if it is the site's own form of a rate limit.
    pub fn rate_limit_wait(&self, answer: &Answer) -> Option<Duration> {
        (self.rate_limit_wait)(answer)
    }
}

fn always_known(_: &str, _: &SiteConfig) -> bool {
    true
}

fn no_wait(_: &Answer) -> Option<Duration> {
    None
}

/// Facts about a site.
#[derive(Debug)]
pub struct Info {
    /// Its short name, which its targets begin with.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The same within a sentence: `a Discourse forum`.
    pub phrase: &'static str,
    /// An example of a target that names a thread, in words for people.
    pub example: &'static str,
    /// Words in a target that say that a thread of it was meant.
    pub hints: &'static [&'static str],
    /// First words of targets, beside its name, that are its lists': `r` of `r/rust`.
    pub prefixes: &'static [&'static str],
    /// Whether any host may be one of it, so that its addresses are told by their form alone.
    pub on_any_host: bool,
    /// The lists on its tab bar, unless the reader's config has others; the first is the front page, but where a site has a
    /// tab for that beside these.
    pub sections: &'static [&'static str],
    /// The labels that its moderators give, those with a command of their own first.
    pub labels: &'static [&'static str],
    /// The kind, the scale and the thresholds of its comments' scores.
    pub scoring: Scoring,
    /// Whether it keeps a comment's score to itself for a while.
    pub hides_scores: bool,
    /// The hosts that want more care than others, or less.
    pub hosts: &'static [HostInfo],
    /// The most that each host bears, of a site that may be on any host.
    pub limits: &'static [Limit],
    /// The keys that its config may have, beside its thresholds and sections.
    pub config_keys: &'static [ConfigKey],
}

/// The limits of a host and its subdomains, shared by all of them.
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
    /// The number of requests, at least 1.
    pub requests: usize,
    /// The length of the stretch.
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
    /// The kind of its value.
    pub kind: KeyKind,
}

/// The kind of a config key's value.
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

impl ConfigKey {
    /// Whether its value is an address that stands in for the site's.
    pub fn is_address(&self) -> bool {
        matches!(self.kind, KeyKind::Address(_))
    }
}

impl Info {
    /// A site without anything of its own but its names.
    pub(in crate::site) const fn new(name: &'static str, title: &'static str) -> Self {
        Self {
            name,
            title,
            phrase: title,
            example: "",
            hints: &[],
            prefixes: &[],
            on_any_host: false,
            sections: &[],
            labels: &[],
            scoring: Scoring::VOTES,
            hides_scores: false,
            hosts: &[],
            limits: &[],
            config_keys: &[],
        }
    }

    /// The heading of a list with this title, beside the site's.
    pub(in crate::site) fn heading(&self, title: &str) -> Heading {
        Heading { site: self.name.to_owned(), title: format!("{}: {title}", self.title), ..Heading::default() }
    }

    /// The part of a story that is the same for each of its threads.
    pub(in crate::site) fn story(&self) -> Story {
        let Scoring { kind, range, top_level_bonus, thresholds } = self.scoring;
        Story {
            site: self.name.to_owned(),
            score_kind: kind,
            hides_scores: self.hides_scores,
            score_range: range,
            top_level_bonus,
            thresholds,
            ..Story::default()
        }
    }

    /// The head of an entry's thread, as far as the entry tells.
    pub(in crate::site) fn story_of(&self, entry: Entry) -> Story {
        let Entry { site, id, title, url, link, author, posted_at, score, comments, .. } = entry;
        Story { site, id, title, url, link, author, posted_at, score, stated_comments: comments, ..self.story() }
    }

    /// The part after the site's name in a target that names a list: `best` in `hn/best`, nothing in `hn`. All of the
    /// target where it begins with another of the site's words.
    pub(in crate::site) fn list_name<'t>(&self, target: &'t str) -> Option<&'t str> {
        let (first, rest) = target.split_once('/').unwrap_or((target, ""));
        if first == self.name { Some(rest) } else { self.prefixes.contains(&first).then_some(target) }
    }
}

/// A thread or a list, as named by a target.
#[derive(Debug)]
pub enum Target {
    /// A thread.
    Thread(ThreadTarget),
    /// A list of stories.
    List(Box<dyn ListTarget>),
}

/// The result of reading a site's target; a list that the site does not have is an error, in words for people.
pub type ParsedTarget = Result<Target, String>;

impl Target {
    /// A list.
    pub(in crate::site) fn list(list: impl ListTarget + 'static) -> Self {
        Self::List(Box::new(list))
    }

    pub(in crate::site) fn into_thread(self) -> Option<ThreadTarget> {
        if let Self::Thread(thread) = self { Some(thread) } else { None }
    }

    pub(in crate::site) fn into_list(self) -> Option<Box<dyn ListTarget>> {
        if let Self::List(list) = self { Some(list) } else { None }
    }
}

/// A thread of a site, named by an address.
pub struct ThreadTarget {
    site: &'static str,
    page: String,
    comment: Option<String>,
    loader: Box<dyn Fn() -> Box<dyn Loader> + Send>,
}

impl ThreadTarget {
    /// The thread with this page, for a browser, and the comment that the address names within it; `loader` makes a loader
    /// for it.
    pub(in crate::site) fn new<L: Loader + 'static>(
        info: &Info,
        page: String,
        comment: Option<String>,
        loader: impl Fn() -> L + Send + 'static,
    ) -> Self {
        Self { site: info.name, page, comment, loader: Box::new(move || Box::new(loader())) }
    }

    /// The short name of its site.
    pub fn site(&self) -> &'static str {
        self.site
    }

    /// Its page, for a browser.
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The comment that the address names within it, by id.
    pub fn comment(&self) -> Option<&str> {
        self.comment.as_deref()
    }

    /// A loader for the thread. It may wait for a command that prints the reader's secret.
    pub fn loader(&self) -> Box<dyn Loader> {
        (self.loader)()
    }
}

impl fmt::Debug for ThreadTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ThreadTarget")
            .field("page", &self.page)
            .field("comment", &self.comment)
            .finish_non_exhaustive()
    }
}
