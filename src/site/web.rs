//! Addresses as people paste them, and the first words of what a server sent: what every site needs of both.

use std::borrow::Cow;

use url::Url;

use crate::markup;

/// An address of the web with a scheme of its own, or with this one.
pub(in crate::site) fn parse_url(text: &str, scheme: &str) -> Option<Url> {
    let url = if text.contains("://") {
        Url::parse(text)
    } else {
        Url::parse(&format!("{scheme}://{}", text.trim_start_matches('/')))
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
}

/// An address of a site or of its mirror, and the scheme, host and port that requests go to; of the site's own addresses
/// `own` gives that. Without a scheme an address has the mirror's, where it is on the mirror, else `https`.
pub(in crate::site) fn on_site(
    text: &str,
    mirror: Option<&Url>,
    own: impl Fn(&Url) -> Option<String>,
) -> Option<(Url, String)> {
    let is_of_mirror = |url: &Url| mirror.is_some_and(|mirror| same_host(mirror, url));
    if let Some(url) = parse_url(text, mirror.map_or("https", Url::scheme)).filter(is_of_mirror) {
        let origin = origin(&url);
        return Some((url, origin));
    }
    let url = parse_url(text, "https")?;
    let origin = own(&url)?;
    Some((url, origin))
}

/// The server that the config names to speak for a site.
pub(in crate::site) fn mirror(address: Option<&str>) -> Option<Url> {
    parse_url(address?, "http")
}

/// The parts of an address's path.
pub(in crate::site) fn segments(url: &Url) -> Vec<&str> {
    url.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty()).collect()
}

/// The value under this name in an address's query.
pub(in crate::site) fn parameter<'u>(url: &'u Url, name: &str) -> Option<Cow<'u, str>> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Scheme, host and port.
pub(in crate::site) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Whether two addresses are on the same host and port.
pub(in crate::site) fn same_host(one: &Url, other: &Url) -> bool {
    one.host_str() == other.host_str() && one.port() == other.port()
}

/// An address that may be opened, with nothing in it that could harm a terminal; else an empty text.
pub(in crate::site) fn address(text: &str) -> String {
    let url = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(|url| markup::clean_line(url.as_str())).unwrap_or_default()
}

/// The address to which a link of a page leads that is at `origin`; an empty text where that is none of the web, or a file
/// that a browser saved beside the page.
pub(in crate::site) fn resolved(origin: &str, href: &str) -> String {
    let href = href.trim();
    let is_file = href.starts_with('.') || href.is_empty();
    let url = Url::parse(origin).ok().and_then(|origin| origin.join(href).ok()).filter(|_| !is_file);
    url.map_or_else(|| address(href), |url| address(url.as_str()))
}

/// The first words of what came, as a person would see them: clean, without markup, at most 60 characters.
pub(in crate::site) fn first_words(bytes: &[u8]) -> String {
    const READ: usize = 4096;
    const SHOWN: usize = 60;
    let start = String::from_utf8_lossy(bytes.get(..READ).unwrap_or(bytes));
    let text: String = markup::html_line(&start).chars().take(SHOWN).collect();
    text.trim_end().to_owned()
}
