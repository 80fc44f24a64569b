//! Addresses of Hacker News's items, in every form that people paste.

use url::Url;

use crate::site::{SiteConfig, web};

/// The addresses of the two services and of the pages; another server may stand in for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Services {
    /// The search service, which serves whole trees.
    pub algolia: String,
    /// The site's own item service.
    pub firebase: String,
    /// The site's pages, which are never requested; another address of them is recognised as theirs.
    pub pages: String,
}

impl Default for Services {
    fn default() -> Self {
        let (algolia, firebase) = ("https://hn.algolia.com", "https://hacker-news.firebaseio.com");
        let pages = "https://news.ycombinator.com".to_owned();
        Self { algolia: algolia.to_owned(), firebase: firebase.to_owned(), pages }
    }
}

impl Services {
    /// The addresses from the config, or else the usual ones.
    pub(super) fn of(config: &SiteConfig) -> Self {
        let text = |key: &str, usual: String| config.text(key).map_or(usual, str::to_owned);
        let Self { algolia, firebase, pages } = Self::default();
        Self {
            algolia: text("algolia_url", algolia),
            firebase: text("firebase_url", firebase),
            pages: text("url", pages),
        }
    }

    /// Whether an address is one of the site's pages.
    pub(super) fn has_page(&self, url: &Url) -> bool {
        let own = matches!(url.host_str(), Some("news.ycombinator.com" | "www.news.ycombinator.com"));
        own && url.port().is_none() || is_at(url, &self.pages)
    }

    /// Whether an address is one of the search service's.
    pub(super) fn is_algolia(&self, url: &Url) -> bool {
        is_host(url, "hn.algolia.com") || is_at(url, &self.algolia)
    }

    /// Whether an address is one of the item service's.
    pub(super) fn is_firebase(&self, url: &Url) -> bool {
        is_host(url, "hacker-news.firebaseio.com") || is_at(url, &self.firebase)
    }
}

/// An item of Hacker News: a story, or a comment whose story is to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HackerNewsAddress {
    /// The item's number.
    pub id: u64,
    /// The comment to select. The item itself where nothing else is named, for only the site knows what it is.
    pub comment: Option<String>,
    /// The address of Algolia's service, without a slash at the end.
    pub algolia_url: String,
    /// The address of Firebase's service, without a slash at the end.
    pub firebase_url: String,
}

/// Reads an address in any of the forms that people paste:
///
/// - `https://news.ycombinator.com/item?id=N`, also `context` and `reply`, with or without scheme, in any order of the
///   query, with `#M` for a comment on the page;
/// - `hn.algolia.com/api/v1/items/N`, `hacker-news.firebaseio.com/v0/item/N.json`, also at the services given here;
/// - `hackerweb.app/#/item/N`;
/// - `hn:N` and `hn:N#M`.
pub fn parse(text: &str, services: &Services) -> Option<HackerNewsAddress> {
    let text = text.trim();
    let (id, comment) = match text.strip_prefix("hn:") {
        Some(short) => {
            let (id, fragment) = short.split_once('#').unwrap_or((short, ""));
            (number(id)?, number(fragment))
        }
        None => named_by(&web::parse_url(text, "https")?, services)?,
    };
    Some(HackerNewsAddress {
        id,
        comment: Some(comment.unwrap_or(id).to_string()),
        algolia_url: services.algolia.trim_end_matches('/').to_owned(),
        firebase_url: services.firebase.trim_end_matches('/').to_owned(),
    })
}

impl HackerNewsAddress {
    /// The address of an item's tree at Algolia.
    pub(super) fn tree_url(&self, id: u64) -> String {
        format!("{}/api/v1/items/{id}", self.algolia_url)
    }

    /// The address of an item at Firebase.
    pub(super) fn item_url(&self, id: u64) -> String {
        format!("{}/v0/item/{id}.json", self.firebase_url)
    }
}

fn is_host(url: &Url, host: &str) -> bool {
    url.port().is_none() && url.host_str() == Some(host)
}

/// Whether an address has the scheme, host and port of a service.
fn is_at(url: &Url, service: &str) -> bool {
    web::parse_url(service, "https").is_some_and(|service| service.origin() == url.origin())
}

/// The page of an item.
pub(super) fn page_url(id: u64) -> String {
    format!("https://news.ycombinator.com/item?id={id}")
}

/// The item that an address names, and the comment beside it.
fn named_by(url: &Url, services: &Services) -> Option<(u64, Option<u64>)> {
    let fragment = url.fragment().unwrap_or_default();
    let segments = web::segments(url);
    let id = match segments.as_slice() {
        ["item" | "context" | "reply"] if services.has_page(url) => number(&web::parameter(url, "id")?),
        ["api", "v1", "items", id] if services.is_algolia(url) => number(id),
        ["v0", "item", id] if services.is_firebase(url) => number(id.strip_suffix(".json").unwrap_or(id)),
        [] if is_host(url, "hackerweb.app") => number(fragment.trim_start_matches('/').strip_prefix("item/")?),
        _ => None,
    };
    Some((id?, number(fragment)))
}

/// An item's number; the site is at eight digits.
fn number(text: &str) -> Option<u64> {
    let is_number = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|&id| is_number && id > 0)
}
