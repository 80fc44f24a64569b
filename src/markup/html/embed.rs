//! Elements whose content cannot be shown: what stands for pictures, films, previews of pages and dates, and furniture.

use super::address;
use crate::markup::tokens::Tag;

/// A preview of another page, as forums have it: one link, however often it names the page.
pub(super) struct Onebox {
    address: Option<String>,
    is_written: bool,
    /// Whether the link that was opened last is the one to the page.
    is_own: bool,
}

impl Onebox {
    pub(super) fn new(address: Option<String>) -> Self {
        Self { address, is_written: false, is_own: false }
    }

    /// Whether a link in it is to be one: the first to the page, or any that leads elsewhere.
    pub(super) fn takes(&mut self, address: &str) -> bool {
        let own = self.address.get_or_insert_with(|| address.to_owned());
        self.is_own = own == address && !self.is_written;
        self.is_written |= self.is_own;
        own != address || self.is_own
    }

    /// The link that was opened last had no words.
    pub(super) fn forget(&mut self) {
        self.is_written &= !std::mem::take(&mut self.is_own);
    }

    /// The address that no link in it named.
    pub(super) fn unwritten(self) -> Option<String> {
        self.address.filter(|_| !self.is_written)
    }
}

/// The description of an image, without the size that Discourse writes behind it (`diagram|690x300`).
pub(super) fn description<'t>(tag: &'t Tag<'_>) -> &'t str {
    let words = tag.get("alt");
    let sized = words.rsplit_once('|').filter(|(_, size)| size.contains('x') && size.bytes().all(is_of_size));
    sized.map_or(words, |(words, _)| words).trim()
}

fn is_of_size(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'x' | b',' | b' ' | b'%')
}

/// The address of what an element shows, be it that a script is to load it later.
pub(super) fn source(tag: &Tag, origin: &str) -> Option<String> {
    let stated = [tag.get("src"), tag.get("data")].into_iter().chain(later_sources(tag));
    let first_of_set = tag.get("srcset").split([',', ' ']).next();
    stated.chain(first_of_set).find_map(|source| address::address(source, origin))
}

/// The addresses in attributes that scripts fill `src` from: `data-src`, `data-video-src`.
fn later_sources<'t>(tag: &'t Tag<'_>) -> impl Iterator<Item = &'t str> {
    let is_source = |name: &str| name.starts_with("data-") && name.ends_with("src");
    let sources = tag.attributes().iter().filter(move |attribute| is_source(&attribute.name));
    sources.map(|attribute| &*attribute.value)
}

/// The word for an element with a film, a sound or a page in it.
pub(super) fn kind(tag: &Tag) -> Option<&'static str> {
    match tag.name.as_str() {
        "video" => Some("video"),
        "audio" => Some("audio"),
        "iframe" => Some("embedded page"),
        "embed" | "object" => Some("embedded file"),
        "div" if !tag.get("data-video-src").is_empty() => Some("video"),
        "div" if !tag.get("data-audio-src").is_empty() => Some("audio"),
        _ => None,
    }
}

/// The name that an element with a film or a page has, if it has one.
pub(super) fn title<'t>(tag: &'t Tag<'_>) -> Option<&'t str> {
    let names = [tag.get("title"), tag.get("aria-label"), tag.get("data-video-title")].map(str::trim);
    names.into_iter().find(|name| !name.is_empty())
}

/// The element whose content stands in only where a film or a page cannot be shown.
pub(super) fn container(name: &str) -> Option<&'static str> {
    ["video", "audio", "iframe", "object"].into_iter().find(|known| *known == name)
}

/// A date in the zone where it was written, which a script would show in that of the reader.
pub(super) fn local_date(tag: &Tag) -> Option<String> {
    let date = tag.get("data-date").trim();
    let is_date = tag.get("class").split_whitespace().any(|class| class.ends_with("-local-date"));
    if tag.name != "span" || !is_date || date.is_empty() {
        return None;
    }
    let time = tag.get("data-time").trim();
    let time = time.strip_suffix(":00").filter(|time| time.contains(':')).unwrap_or(time);
    let zone = Some(tag.get("data-timezone").trim()).filter(|zone| !zone.is_empty()).unwrap_or("UTC");
    Some(if time.is_empty() { date.to_owned() } else { format!("{date} {time} {zone}") })
}

/// The name of an element that says nothing to a reader: the size and name below an image that has both already, the way
/// back from a note, the source of a preview whose title is a link to it.
pub(super) fn furniture(tag: &Tag, has_lightbox: bool) -> Option<&'static str> {
    match tag.name.as_str() {
        "div" if has_lightbox && tag.has_class("meta") => Some("div"),
        "a" if tag.has_class("footnote-backref") => Some("a"),
        "header" if tag.has_class("source") => Some("header"),
        _ => None,
    }
}
