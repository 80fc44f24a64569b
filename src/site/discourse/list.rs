//! The lists of topics: their targets, their addresses and their headings.

use url::Url;

use super::INFO;
use super::section::{LATEST, Order, Section, USUAL, page};
use crate::markup::clean_line;
use crate::model::Heading;
use crate::site::grammar::{self, Grammar, Sections};
use crate::site::{ParsedTarget, SiteConfig, Target, web};

/// The topics of a forum, of a category or with a tag, or what a search finds.
#[derive(Clone, Debug)]
pub(super) struct DiscourseList {
    /// Scheme, host and port of the forum.
    pub(super) origin: String,
    place: Section,
    query: Query,
    sections: Sections,
}

/// The choice and order of topics.
#[derive(Clone, Debug)]
enum Query {
    All(&'static Order),
    Search(String),
}

/// Forums whose names do not tell what they are.
const KNOWN: [&str; 8] = [
    "community.home-assistant.io",
    "discuss.python.org",
    "discuss.ocaml.org",
    "elixirforum.com",
    "forum.obsidian.md",
    "forums.swift.org",
    "internals.rust-lang.org",
    "users.rust-lang.org",
];

const GRAMMAR: Grammar =
    Grammar { name: "discourse", places: &["c", "tag"], is_order: |word| Order::named(word).is_some() };

/// The forms of a list's target.
const FORMS: &str = "write discourse/HOST, discourse/HOST/c/SLUG/ID or discourse/HOST/tag/NAME, and an order behind it";
/// The error for a list without a host: there is no default forum.
const NO_FORUM: &str = "name a forum, as in discourse/HOST, or set url under [sites.discourse] in the config";

/// The list behind `discourse/`.
pub(super) fn parse_name(rest: &str, config: &SiteConfig) -> ParsedTarget {
    let target = GRAMMAR.read(rest);
    let mirror = web::mirror(config.url());
    let wrong = |what: &str| format!("discourse/{}: {what}; {FORMS}: {}", clean_line(rest), USUAL.join(", "));
    let origin = match target.host {
        Some(host) => grammar::origin_of_host(host, mirror.as_ref()).ok_or_else(|| wrong("this names no forum"))?,
        None => mirror.as_ref().map(web::origin).ok_or_else(|| format!("discourse: {NO_FORUM}"))?,
    };
    let list = DiscourseList::new(origin, config);
    let list = match (target.place.as_slice(), target.words) {
        (_, Some("")) => return Err(wrong("there are no words to search for")),
        (_, Some(words)) => DiscourseList { query: Query::Search(clean_line(words)), ..list },
        (place, None) => {
            let place = Section::read(place).ok_or_else(|| wrong("this names no list"))?;
            list.of(place, target.order.and_then(Order::named))
        }
    };
    Ok(Target::list(list))
}

/// The list whose page this is. Categories with their number are taken from any host that comes with a scheme, everything
/// else from a forum that is known, for many a site has such paths.
pub(super) fn parse_address(text: &str, config: &SiteConfig) -> Option<Target> {
    let text = text.trim();
    let url = web::parse_url(text, "https").filter(|_| text.contains('/'))?;
    let mirror = web::mirror(config.url());
    let is_known = is_of_forum(text, config);
    let (place, order) = page(&url)?;
    let is_clear = matches!(place, Section::Category(_)) && text.contains("://");
    let origin = grammar::own_origin(&url, mirror.as_ref(), url.scheme());
    let list = DiscourseList::new(origin, config).of(place, order);
    (is_known || is_clear).then(|| Target::list(list))
}

/// Whether an address is of a forum, as far as its host tells.
pub(super) fn is_of_forum(text: &str, config: &SiteConfig) -> bool {
    let is_mirror = |url: &Url| web::mirror(config.url()).is_some_and(|mirror| web::same_host(&mirror, url));
    web::parse_url(text, "https").is_some_and(|url| is_mirror(&url) || url.host_str().is_some_and(is_forum))
}

fn is_forum(host: &str) -> bool {
    KNOWN.contains(&host) || host.split(['.', '-']).any(|part| part == "discourse")
}

impl DiscourseList {
    fn new(origin: String, config: &SiteConfig) -> Self {
        let usual = web::mirror(config.url()).as_ref().map(web::origin);
        let sections = Sections::of(GRAMMAR, config, &USUAL, usual.as_deref().map(grammar::host));
        let order = Order::named(&sections.order).unwrap_or(&LATEST);
        Self { origin, place: Section::All, query: Query::All(order), sections }
    }

    /// A list of a forum that a file names.
    pub(super) fn from_file(origin: String) -> Self {
        Self::new(origin, &SiteConfig::default())
    }

    fn of(self, place: Section, order: Option<&'static Order>) -> Self {
        let query = order.map_or(self.query, Query::All);
        Self { place, query, ..self }
    }

    /// The forum's host, with its port.
    pub(super) fn host(&self) -> &str {
        grammar::host(&self.origin)
    }

    /// The number that the first page has.
    pub(super) fn first_page(&self) -> u32 {
        u32::from(matches!(self.query, Query::Search(_)))
    }

    /// The page on the web, with or without the end of a name for JSON.
    pub(super) fn url(&self, end: &str, page: Option<u32>) -> String {
        let path = self.place.path();
        let (path, pair) = match &self.query {
            Query::Search(words) => ("search".to_owned(), Some(("q", words.as_str()))),
            Query::All(order) => {
                let by = order.by.map(|by| ("order", by));
                (if path.is_empty() { order.path.to_owned() } else { format!("{path}/l/{}", order.path) }, by)
            }
        };
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pair).extend_pairs(page.map(|page| ("page", page.to_string())));
        let query = query.finish();
        format!("{}/{path}{end}{}{query}", self.origin, if query.is_empty() { "" } else { "?" })
    }

    /// The heading of the list, before any of it has come.
    pub(super) fn heading(&self) -> Heading {
        let (host, place) = (self.host(), self.place.path());
        let base = if place.is_empty() { format!("discourse/{host}") } else { format!("discourse/{host}/{place}") };
        let of = format!("{}{host}", self.place.name());
        let (title, target) = match &self.query {
            Query::All(order) => (format!("{of}, {}", order.name), format!("{base}/{}", order.name)),
            Query::Search(words) => (format!("“{words}” on {of}"), format!("{base}/search:{words}")),
        };
        let search = Some(format!("discourse/{host}/search:"));
        Heading { target, url: self.url("", None), tabs: self.sections.tabs(&base), search, ..INFO.heading(&title) }
    }
}
