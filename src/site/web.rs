//! Addresses as people paste them, and the first words of what a server sent: what every site needs of both.

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

/// The first words of what came, as a person would see them: clean, without markup, at most 60 characters.
pub(in crate::site) fn first_words(bytes: &[u8]) -> String {
    const READ: usize = 4096;
    const SHOWN: usize = 60;
    let start = String::from_utf8_lossy(bytes.get(..READ).unwrap_or(bytes));
    let text: String = markup::html_line(&start).chars().take(SHOWN).collect();
    text.trim_end().to_owned()
}
