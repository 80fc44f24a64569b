//! Which of Slashdot's lists a target or an address names: the front page, a section, a feed.

use url::Url;

use super::INFO;
use super::address;
use super::feed;
use super::stories::Stories;
use crate::markup;
use crate::model::{Heading, Listing, Tab};
use crate::site::list::{self, Found, ListTarget, OneRequest};
use crate::site::web::{origin, parse_url, same_host};
use crate::site::{Loader, SiteConfig};

/// The sections on the tab bar, behind the front page, unless the reader's config has others.
const SECTIONS: &[&str] = &["ask", "news", "tech", "yro", "science", "hardware", "it", "developers", "linux", "games"];

/// The front page.
pub(super) const HOME: &str = "https://slashdot.org/";

/// The host of the feeds.
const FEEDS: &str = "rss.slashdot.org";

/// Queries that make another list of a page, which lurker has no name for.
const FILTERS: [&str; 4] = ["fhfilter", "issue", "view", "startdate"];

/// The front page or a section, from one of its pages on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The first part of its host's name; empty for the front page.
    pub(super) name: String,
    /// 0 for the newest stories; each further page is older.
    page: u32,
    /// The origin of the server that speaks for Slashdot, if one does.
    mirror: Option<String>,
    /// The sections on the tab bar.
    tabs: Vec<String>,
}

impl Section {
    fn of(name: &str, page: u32, config: &SiteConfig) -> Self {
        let mirror = mirror(config).map(|url| origin(&url));
        Self { name: name.to_owned(), page, mirror, tabs: config.sections(SECTIONS) }
    }

    /// The front page, as it is without a config.
    pub(super) fn front() -> Self {
        Self::of("", 0, &SiteConfig::default())
    }

    /// The address of one of its pages. A section has a host of its own; a mirror, which is one host, is asked for it by
    /// a path (`MIRROR/ask/`).
    pub(super) fn url(&self, page: u32) -> String {
        let place = match (&self.mirror, self.name.as_str()) {
            (None, "") => HOME.to_owned(),
            (None, name) => format!("https://{name}.slashdot.org/"),
            (Some(mirror), "") => format!("{mirror}/"),
            (Some(mirror), name) => format!("{mirror}/{name}/"),
        };
        if page == 0 { place } else { format!("{place}?page={page}") }
    }

    /// The address of its feed; `None` for the sections that are known to have none.
    pub(super) fn feed(&self) -> Option<String> {
        let own = match self.name.as_str() {
            "" => "Main".to_owned(),
            "ask" => "AskSlashdot".to_owned(),
            "it" => "IT".to_owned(),
            "books" | "entertainment" | "idle" | "meta" | "tech" | "technology" | "yro" => return None,
            name => name.chars().take(1).map(|first| first.to_ascii_uppercase()).chain(name.chars().skip(1)).collect(),
        };
        let host = self.mirror.clone().unwrap_or_else(|| format!("https://{FEEDS}"));
        Some(format!("{host}/Slashdot/slashdot{own}"))
    }

    fn target(&self) -> String {
        match (self.name.as_str(), self.page) {
            ("", 0) => INFO.name.to_owned(),
            (name, 0) => format!("{}/{name}", INFO.name),
            (name, page) => format!("{}/{name}?page={page}", INFO.name),
        }
    }

    fn title(&self) -> String {
        let place = if self.name.is_empty() { INFO.title.to_owned() } else { format!("{}: {}", INFO.title, self.name) };
        if self.page == 0 { place } else { format!("{place}, page {}", self.page) }
    }
}

impl ListTarget for Section {
    fn heading(&self) -> Heading {
        heading(self.title(), self.target(), self.url(self.page), &self.tabs)
    }

    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>> {
        let page = from.and_then(|from| from.parse().ok()).unwrap_or(self.page);
        Box::new(Stories::new(self.clone(), page))
    }
}

/// A feed that was asked for by its address.
#[derive(Clone, Debug)]
struct Feed {
    url: String,
    /// The mirror's or Slashdot's own front page, where its stories are looked for.
    home: String,
    tabs: Vec<String>,
}

impl ListTarget for Feed {
    fn heading(&self) -> Heading {
        let name = self.url.rsplit('/').next().unwrap_or_default();
        heading(format!("{}: feed {name}", INFO.title), self.url.clone(), self.url.clone(), &self.tabs)
    }

    fn loader(&self, _: Option<&str>) -> Box<dyn Loader<Listing>> {
        let (heading, home) = (self.heading(), self.home.clone());
        let read = move |answer: &_| feed::from_answer(answer, heading.clone(), &home);
        Box::new(OneRequest::new(INFO.title, self.url.clone(), read))
    }
}

/// The section that an address of a page names, as it is without a config.
pub(super) fn from_page(url: &str) -> Option<Section> {
    section_at(&Url::parse(url).ok()?, &SiteConfig::default())
}

fn heading(title: String, target: String, url: String, sections: &[String]) -> Heading {
    let front = Tab { label: "front".to_owned(), target: INFO.name.to_owned() };
    let tabs = [front].into_iter().chain(list::tabs(INFO.name, sections)).collect();
    Heading { site: INFO.name.to_owned(), title, target, url, tabs, search: None }
}

/// Reads what stands behind `slashdot/`: `ask`, `ask?page=2`, `?page=2`, nothing.
pub(super) fn named(rest: &str, config: &SiteConfig) -> Found {
    let (name, query) = rest.split_once('?').unwrap_or((rest, ""));
    let name = name.trim_end_matches('/').to_ascii_lowercase();
    let page = match query.strip_prefix("page=") {
        None if query.is_empty() => Some(0),
        number => number.and_then(|number| number.parse().ok()),
    };
    match (page, section_name(&name)) {
        (Some(page), Some(name)) => Ok(Box::new(Section::of(name, page, config))),
        _ => Err(format!(
            "Slashdot has no list “{}”; its sections are words such as {}, and older pages are ask?page=1",
            markup::clean_line(rest),
            SECTIONS.join(", ")
        )),
    }
}

/// Reads the address of a page with a list, or of a feed.
pub(super) fn at(text: &str, config: &SiteConfig) -> Option<Box<dyn ListTarget>> {
    let text = text.trim();
    let scheme = mirror(config).map_or("https".to_owned(), |mirror| mirror.scheme().to_owned());
    let at_mirror = parse_url(text, &scheme).filter(|url| is_of_mirror(url, config));
    let url = at_mirror.or_else(|| parse_url(text, "https"))?;
    if let Some(feed) = feed_at(&url, config) {
        return Some(Box::new(feed));
    }
    section_at(&url, config).map(|section| -> Box<dyn ListTarget> { Box::new(section) })
}

fn section_at(url: &Url, config: &SiteConfig) -> Option<Section> {
    let query = |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    let page = query("page").map_or(Some(0), |page| page.parse().ok())?;
    if FILTERS.iter().any(|filter| query(filter).is_some()) {
        return None;
    }
    let host = address::slashdot(url).and_then(|_| host_word(url));
    match (segments(url).as_slice(), host) {
        ([] | ["index.pl" | "index2.pl"], Some(host)) => Some(Section::of(section_name(host)?, page, config)),
        ([], None) if is_of_mirror(url, config) => Some(Section::of("", page, config)),
        ([name], None) if is_of_mirror(url, config) && is_word(name) => Some(Section::of(name, page, config)),
        _ => None,
    }
}

/// A feed's address: `https://rss.slashdot.org/Slashdot/slashdotMain`, or the same on the mirror.
fn feed_at(url: &Url, config: &SiteConfig) -> Option<Feed> {
    let is_of_mirror = is_of_mirror(url, config);
    let (host, home) = if is_of_mirror {
        (origin(url), format!("{}/", origin(url)))
    } else {
        (format!("https://{FEEDS}"), Section::of("", 0, config).url(0))
    };
    let segments = segments(url);
    let [folder, name] = segments.as_slice() else { return None };
    let is_feed = folder.eq_ignore_ascii_case("slashdot") && name.to_ascii_lowercase().starts_with("slashdot");
    let is_known = is_of_mirror || address::slashdot(url).is_some() && url.host_str() == Some(FEEDS);
    (is_feed && is_known).then(|| Feed {
        url: format!("{host}/{folder}/{name}"),
        home,
        tabs: config.sections(SECTIONS),
    })
}

fn segments(url: &Url) -> Vec<&str> {
    url.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty()).collect()
}

/// The word before `slashdot.org` in an address's host; empty for `slashdot.org` itself.
pub(super) fn host_word(url: &Url) -> Option<&str> {
    let before = url.host_str()?.strip_suffix("slashdot.org")?;
    if before.is_empty() { Some("") } else { before.strip_suffix('.') }
}

/// The section of a host's name; hosts that show the front page are the front page.
pub(super) fn section_name(word: &str) -> Option<&str> {
    match word {
        "" | "m" | "www" => Some(""),
        "rss" => None,
        word => is_word(word).then_some(word),
    }
}

/// Whether a section may be called so; threads are under `story`.
fn is_word(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase()) && text != "story"
}

fn mirror(config: &SiteConfig) -> Option<Url> {
    config.url().and_then(|mirror| parse_url(mirror, "http")).filter(|url| address::slashdot(url).is_none())
}

fn is_of_mirror(url: &Url, config: &SiteConfig) -> bool {
    mirror(config).is_some_and(|mirror| same_host(&mirror, url))
}
