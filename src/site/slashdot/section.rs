//! The front page and the sections of Slashdot: their names and addresses.

use url::Url;

use super::INFO;
use super::address;
use crate::model::{Heading, Tab};
use crate::site::{SiteConfig, list, web};

/// The sections on the tab bar, behind the front page, unless the reader's config has others.
pub(super) const SECTIONS: &[&str] =
    &["ask", "news", "tech", "yro", "science", "hardware", "it", "developers", "linux", "games"];

/// The front page.
pub(super) const HOME: &str = "https://slashdot.org/";

/// The host of the feeds.
pub(super) const FEEDS: &str = "rss.slashdot.org";

/// Queries that make another list of a page, which lurker has no name for.
const FILTERS: [&str; 4] = ["fhfilter", "issue", "view", "startdate"];

/// The front page or a section, from one of its pages on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The first part of its host's name; empty for the front page.
    pub(super) name: String,
    /// 0 for the newest stories; each further page is older.
    pub(super) page: u32,
    /// The origin of the server that speaks for Slashdot, if one does.
    mirror: Option<String>,
    /// The sections on the tab bar.
    tabs: Vec<String>,
}

impl Section {
    pub(super) fn of(name: &str, page: u32, config: &SiteConfig) -> Self {
        let mirror = mirror(config).map(|url| web::origin(&url));
        Self { name: name.to_owned(), page, mirror, tabs: config.sections(INFO.sections) }
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

    /// The list as it stands over its stories.
    pub(super) fn heading(&self) -> Heading {
        heading(self.title(), self.target(), self.url(self.page), &self.tabs)
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

/// The section that an address of a page names, as it is without a config.
pub(super) fn from_page(url: &str) -> Option<Section> {
    section_at(&Url::parse(url).ok()?, &SiteConfig::default())
}

/// The section that the address of a page names.
pub(super) fn section_at(url: &Url, config: &SiteConfig) -> Option<Section> {
    let page = web::parameter(url, "page").map_or(Some(0), |page| page.parse().ok())?;
    if FILTERS.iter().any(|filter| web::parameter(url, filter).is_some()) {
        return None;
    }
    let host = address::slashdot(url).and_then(|_| host_word(url));
    match (web::segments(url).as_slice(), host) {
        ([] | ["index.pl" | "index2.pl"], Some(host)) => Some(Section::of(section_name(host)?, page, config)),
        ([], None) if is_of_mirror(url, config) => Some(Section::of("", page, config)),
        ([name], None) if is_of_mirror(url, config) && is_word(name) => Some(Section::of(name, page, config)),
        _ => None,
    }
}

/// The heading of a list with these sections on its tab bar.
pub(super) fn heading(title: String, target: String, url: String, sections: &[String]) -> Heading {
    let front = Tab { label: "front".to_owned(), target: INFO.name.to_owned() };
    let tabs = [front].into_iter().chain(list::tabs(INFO.name, sections)).collect();
    Heading { site: INFO.name.to_owned(), title, target, url, tabs, search: None }
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

/// The server that speaks for Slashdot, if one does.
pub(super) fn mirror(config: &SiteConfig) -> Option<Url> {
    web::mirror(config.url()).filter(|url| address::slashdot(url).is_none())
}

/// Whether an address is of that server.
pub(super) fn is_of_mirror(url: &Url, config: &SiteConfig) -> bool {
    mirror(config).is_some_and(|mirror| web::same_host(&mirror, url))
}
