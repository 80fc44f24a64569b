//! The lists of Lobsters: its sections, tags and users, by name and by address.

use super::INFO;
use super::address::{home, on_site, without_json};
use super::{entry, errors};
use crate::model::{Heading, Listing, Tab};
use crate::site::json::Document;
use crate::site::list::{ListTarget, tabs};
use crate::site::one_request::OneRequest;
use crate::site::{Answer, LoadError, Loader, ParsedTarget, SiteConfig, Target, web};

/// The sections on the tab bar. The first is the front page.
pub(super) const SECTIONS: [&str; 4] = ["hottest", "newest", "active", "top"];

/// A list of stories, from a page on.
#[derive(Debug)]
struct Stories {
    place: Section,
    /// Counted from 1.
    page: u32,
    /// Scheme, host and port.
    base: String,
    tabs: Vec<Tab>,
}

/// A list of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Section {
    /// The name after `lobsters/` in a target.
    name: String,
    /// The path after the host, without a page and a format: `/t/rust`. Empty for the front page.
    path: String,
}

impl Section {
    /// Reads a name or the path of an address: a section, `top/1w`, `t/TAG,TAG`, `~USER`, and as the site once had users.
    fn of(segments: &[&str]) -> Option<Self> {
        let name = match segments {
            [] | ["hottest"] => return Some(Self { name: "hottest".to_owned(), path: String::new() }),
            ["newest" | "active" | "top" | "recent"] => segments.join("/"),
            ["top", length] if is_length(length) => segments.join("/"),
            ["t", tags] if is_name(tags) => segments.join("/"),
            ["u" | "newest", user] if is_name(user) => return Some(Self::from_user(user)),
            [user] | [user, "stories"] => {
                return user.strip_prefix('~').filter(|user| is_name(user)).map(Self::from_user);
            }
            _ => return None,
        };
        Some(Self { path: format!("/{name}"), name })
    }

    fn from_user(user: &str) -> Self {
        Self { name: format!("~{user}"), path: format!("/~{user}/stories") }
    }

    /// The path of a page's JSON, counted from 1.
    fn json(&self, page: u32) -> String {
        match page {
            1 if self.path.is_empty() => "/hottest.json".to_owned(),
            1 => format!("{}.json", self.path),
            _ => format!("{}/page/{page}.json", self.path),
        }
    }
}

/// Letters and what tags and names have beside them; a comma stands between tags.
fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b',');
    !text.is_empty() && text.bytes().all(is_part)
}

/// A stretch of time in the site's own form: `1w`.
fn is_length(text: &str) -> bool {
    let digits = text.trim_end_matches(['h', 'd', 'w', 'm', 'y']);
    digits.len() + 1 == text.len() && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn parse_name(name: &str, config: &SiteConfig) -> ParsedTarget {
    let segments: Vec<&str> = name.split('/').filter(|segment| !segment.is_empty()).collect();
    let place = Section::of(&segments).ok_or_else(|| {
        let names = SECTIONS.map(|section| format!("lobsters/{section}")).join(", ");
        format!("Lobsters has no list {name}; there are {names}, lobsters/t/TAG and lobsters/~USER")
    })?;
    Ok(stories(place, 1, home(config.url()), config))
}

pub(super) fn parse_address(text: &str, config: &SiteConfig) -> Option<Target> {
    let (url, base) = on_site(text, config.url())?;
    let mut segments = web::segments(&url);
    if let Some(last) = segments.last_mut() {
        *last = without_json(last);
    }
    let (place, page) = match segments.as_slice() {
        [place @ .., "page", page] => (place, page.parse().ok().filter(|&page| page > 0)?),
        place => (place, 1),
    };
    Some(stories(Section::of(place)?, page, base, config))
}

fn stories(place: Section, page: u32, base: String, config: &SiteConfig) -> Target {
    Target::list(Stories { place, page, base, tabs: tabs(INFO.name, &config.sections(INFO.sections)) })
}

impl ListTarget for Stories {
    fn heading(&self) -> Heading {
        let Section { name, path } = &self.place;
        let url = format!("{}{}", self.base, if path.is_empty() { "/" } else { path });
        let (target, tabs) = (format!("lobsters/{name}"), self.tabs.clone());
        Heading { target, url, tabs, ..INFO.heading(name.trim_start_matches("t/")) }
    }

    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>> {
        let page = from.and_then(|page| page.parse().ok()).unwrap_or(self.page);
        let (heading, base, name) = (self.heading(), self.base.clone(), self.place.name.clone());
        let read = move |answer: &Answer| read_page(&heading, &base, &name, page, answer);
        Box::new(OneRequest::new(INFO.title, format!("{}{}", self.base, self.place.json(page)), read))
    }
}

fn read_page(heading: &Heading, base: &str, name: &str, page: u32, answer: &Answer) -> Result<Listing, LoadError> {
    errors::check(answer, &format!("list {name}"))?;
    // A page of which nothing can be read is no empty one.
    let is_sound = |listing: &Listing| !listing.entries.is_empty() || listing.notes.is_empty();
    let listing = entry::listing(&Document::read(&answer.body), base).filter(is_sound);
    let mut listing = listing.ok_or_else(|| errors::from_list(&answer.body))?;
    if listing.entries.is_empty() && listing.notes.is_empty() && page == 1 {
        listing.notes.push("There are no stories here".to_owned());
    }
    listing.next = listing.next.and(page.checked_add(1)).map(|page| page.to_string());
    Ok(Listing { heading: heading.clone(), ..listing })
}
