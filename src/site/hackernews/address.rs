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
        own && url.port().is_none()
            || web::parse_url(&self.pages, "https").is_some_and(|pages| pages.origin() == url.origin())
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

/// The page of an item.
pub(super) fn page_url(id: u64) -> String {
    format!("https://news.ycombinator.com/item?id={id}")
}

/// The item that an address names, and the comment beside it.
fn named_by(url: &Url, services: &Services) -> Option<(u64, Option<u64>)> {
    let fragment = url.fragment().unwrap_or_default();
    let segments: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let is_host = |host: &str| url.port().is_none() && url.host_str() == Some(host);
    let is_service = |base: &str| web::parse_url(base, "https").is_some_and(|base| base.origin() == url.origin());
    let id = match segments.as_slice() {
        ["item" | "context" | "reply"] if services.has_page(url) => {
            let (_, value) = url.query_pairs().find(|(key, _)| key == "id")?;
            number(&value)
        }
        ["api", "v1", "items", id] if is_host("hn.algolia.com") || is_service(&services.algolia) => number(id),
        ["v0", "item", id] if is_host("hacker-news.firebaseio.com") || is_service(&services.firebase) => {
            number(id.strip_suffix(".json").unwrap_or(id))
        }
        [] if is_host("hackerweb.app") => number(fragment.trim_start_matches('/').strip_prefix("item/")?),
        _ => None,
    };
    Some((id?, number(fragment)))
}

/// An item's number; the site is at eight digits.
fn number(text: &str) -> Option<u64> {
    let is_number = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|&id| is_number && id > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(u64, Option<String>)> {
        parse(text, &Services::default()).map(|address| (address.id, address.comment))
    }

    #[test]
    fn every_form() {
        for (text, id, comment) in [
            ("https://news.ycombinator.com/item?id=8863", 8863, "8863"),
            (" http://news.ycombinator.com/item?id=8863&p=2#8870 ", 8863, "8870"),
            ("news.ycombinator.com/item?p=2&id=8863", 8863, "8863"),
            ("//news.ycombinator.com/item?id=8863#up_8870", 8863, "8863"),
            ("HTTPS://News.YCombinator.com/context?id=8870", 8870, "8870"),
            ("https://news.ycombinator.com/reply?id=8870&goto=item%3Fid%3D8863%238870", 8870, "8870"),
            ("https://hn.algolia.com/api/v1/items/8863", 8863, "8863"),
            ("http://hn.algolia.com/api/v1/items/8863/", 8863, "8863"),
            ("https://hacker-news.firebaseio.com/v0/item/8863.json?print=pretty", 8863, "8863"),
            ("https://hackerweb.app/#/item/8863", 8863, "8863"),
            ("hn:8863", 8863, "8863"),
            ("hn:8863#8870", 8863, "8870"),
        ] {
            assert_eq!(of(text), Some((id, Some(comment.to_owned()))), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_item() {
        for text in [
            "8863",
            "hn:",
            "hn:x",
            "hn:0",
            "hn:99999999999999999999",
            "hn",
            "https://news.ycombinator.com/",
            "https://news.ycombinator.com/item",
            "https://news.ycombinator.com/item?id=-5",
            "https://news.ycombinator.com/user?id=pg",
            "https://news.ycombinator.com.example/item?id=1",
            "https://news.ycombinator.com:8080/item?id=1",
            "ftp://news.ycombinator.com/item?id=1",
            "https://hn.algolia.com/?q=rust",
            "https://hackerweb.app/#/user/pg",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn other_servers_may_stand_in() {
        let (algolia, firebase) = ("http://127.0.0.1:80/".to_owned(), "http://[::1]:81".to_owned());
        let services = Services { algolia, firebase, pages: "http://127.0.0.1:84".to_owned() };
        let address = parse("http://127.0.0.1/api/v1/items/7", &services).unwrap_or_else(|| unreachable!());
        assert_eq!(address.tree_url(8), "http://127.0.0.1:80/api/v1/items/8");
        assert_eq!(address.item_url(8), "http://[::1]:81/v0/item/8.json");
        assert!(parse("http://[::1]:81/v0/item/7.json", &services).is_some());
        assert_eq!(parse("http://127.0.0.1:82/api/v1/items/7", &services), None);
        assert!(parse("http://127.0.0.1:84/item?id=7", &services).is_some());
        assert_eq!(parse("http://127.0.0.1:85/item?id=7", &services), None);
    }
}
