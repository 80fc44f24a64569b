//! The lists of posts: their targets, their addresses and their headings.

use url::Url;

use super::INFO;
use super::address::{self, Instance};
use super::sort::{ACTIVE, Sort, USUAL};
use crate::markup::clean_line;
use crate::model::Heading;
use crate::site::grammar::{self, Grammar, Sections};
use crate::site::{ParsedTarget, SiteConfig, Target, web};

/// The posts of an instance or of one community, or what a search finds there.
#[derive(Clone, Debug)]
pub(super) struct LemmyList {
    /// Scheme, host and port of the instance.
    pub(super) origin: String,
    /// `rust`, or `rust@other.example` where it is of another instance; none for all of them.
    pub(super) community: Option<String>,
    pub(super) query: Query,
    sections: Sections,
}

/// The choice and order of posts.
#[derive(Clone, Debug)]
pub(super) enum Query {
    All(&'static Sort),
    Search(String),
}

/// The instance where the config names no other.
const INSTANCE: &str = "https://lemmy.world";

const GRAMMAR: Grammar = Grammar { name: "lemmy", places: &["c"], is_order: |word| Sort::named(word).is_some() };

/// The list behind `lemmy/`.
pub(super) fn parse_name(rest: &str, config: &SiteConfig) -> ParsedTarget {
    let target = GRAMMAR.read(rest);
    let mirror = web::mirror(config.url());
    let wrong = |what: &str| {
        format!(
            "lemmy/{}: {what}; write lemmy/HOST, lemmy/HOST/c/NAME, and an order behind it: {}",
            clean_line(rest),
            USUAL.join(", ")
        )
    };
    let origin = match target.host {
        Some(host) => grammar::origin_of_host(host, mirror.as_ref()).ok_or_else(|| wrong("this names no instance"))?,
        None => usual(mirror.as_ref()),
    };
    let list = LemmyList::new(origin, config);
    let list = match (target.place.as_slice(), target.words) {
        (_, Some("")) => return Err(wrong("there are no words to search for")),
        (_, Some(words)) => LemmyList { query: Query::Search(clean_line(words)), ..list },
        ([], None) => list,
        (["c", name], None) => list.of(name).ok_or_else(|| wrong("this is no name of a community"))?,
        _ => return Err(wrong("this names no list")),
    };
    Ok(Target::list(list.sorted(target.order.and_then(Sort::named))))
}

/// The list whose page this is: `https://HOST/` and `https://HOST/c/NAME[@HOST]`, perhaps with its order.
///
/// A page of a community is taken from a known instance alone, for many a site has such paths; where the community is
/// one of another host, from any.
pub(super) fn parse_address(text: &str, config: &SiteConfig) -> Option<Target> {
    let text = text.trim();
    let url = web::parse_url(text, "https").filter(|_| text.contains('/'))?;
    let Instance { origin, is_known } = address::instance(&url, web::mirror(config.url()).as_ref());
    let is_remote = |name: &str| text.starts_with("https://") && name.contains('@');
    let segments = web::segments(&url);
    let list = LemmyList::new(origin, config);
    let list = match *segments.as_slice() {
        [] if is_known => list,
        ["c", name] if is_known || is_remote(name) => list.of(name)?,
        _ => return None,
    };
    let sort = web::parameter(&url, "sort").and_then(|name| Sort::from_page(&name));
    Some(Target::list(list.sorted(sort)))
}

/// Scheme, host and port of the usual instance.
fn usual(mirror: Option<&Url>) -> String {
    mirror.map_or_else(|| INSTANCE.to_owned(), web::origin)
}

impl LemmyList {
    fn new(origin: String, config: &SiteConfig) -> Self {
        let usual = usual(web::mirror(config.url()).as_ref());
        let sections = Sections::of(GRAMMAR, config, &USUAL, Some(grammar::host(&usual)));
        let sort = Sort::named(&sections.order).unwrap_or(&ACTIVE);
        Self { origin, community: None, query: Query::All(sort), sections }
    }

    /// A list of an instance that a file names.
    pub(super) fn from_file(origin: String) -> Self {
        Self::new(origin, &SiteConfig::default())
    }

    /// The community of this name; its host is left out where it is the instance's own.
    fn of(self, name: &str) -> Option<Self> {
        let (own, home) = name.split_once('@').unwrap_or((name, ""));
        let is_named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let is_host = home.is_empty() || grammar::origin_of_host(home, None).is_some();
        let is_own = home.is_empty() || home == self.host();
        let community = if is_own { own.to_owned() } else { name.to_owned() };
        let is_name = !own.is_empty() && own.chars().all(is_named) && is_host;
        is_name.then_some(Self { community: Some(community), ..self })
    }

    fn sorted(self, sort: Option<&'static Sort>) -> Self {
        match sort {
            Some(sort) => Self { query: Query::All(sort), ..self },
            None => self,
        }
    }

    /// The instance's host, with its port.
    pub(super) fn host(&self) -> &str {
        grammar::host(&self.origin)
    }

    /// The target without its order.
    fn base(&self) -> String {
        let host = self.host();
        self.community.as_ref().map_or_else(|| format!("lemmy/{host}"), |name| format!("lemmy/{host}/c/{name}"))
    }

    /// The page on the web.
    fn url(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        match &self.query {
            Query::All(sort) => query.append_pair("listingType", "All").append_pair("sort", sort.v3),
            Query::Search(words) => query.append_pair("q", words).append_pair("type", "Posts"),
        };
        let path = match (&self.query, &self.community) {
            (Query::Search(_), _) => "search".to_owned(),
            (_, Some(name)) => format!("c/{name}"),
            (_, None) => String::new(),
        };
        format!("{}/{path}?{}", self.origin, query.finish())
    }

    /// The heading of the list, before any of it has come.
    pub(super) fn heading(&self) -> Heading {
        let (base, host) = (self.base(), self.host());
        let of = self.community.as_ref().map_or_else(|| host.to_owned(), |name| format!("{name} on {host}"));
        let (title, target) = match &self.query {
            Query::All(sort) => (format!("{of}, {}", sort.name), format!("{base}/{}", sort.name)),
            Query::Search(words) => (format!("“{words}” on {of}"), format!("{base}/search:{words}")),
        };
        let search = Some(format!("lemmy/{host}/search:"));
        Heading { target, url: self.url(), tabs: self.sections.tabs(&base), search, ..INFO.heading(&title) }
    }
}
