//! The lists of Hacker News: its sections and the search, by name and by address.

use url::Url;

use super::INFO;
use super::Services;
use super::list_loader::HackerNewsListLoader;
use super::search::{self, Search};
use super::section::{self, SECTIONS, Section};
use crate::model::{Heading, Listing, Tab};
use crate::site::list::{ListTarget, tabs};
use crate::site::one_request::OneRequest;
use crate::site::{Loader, ParsedTarget, SiteConfig, Target, web};

/// A list of stories, from a page on.
#[derive(Debug)]
struct Stories {
    what: What,
    /// Counted from 1.
    page: u32,
    services: Services,
    tabs: Vec<Tab>,
}

#[derive(Debug)]
enum What {
    Section(&'static Section),
    Search(Search),
}

pub(super) fn parse_name(name: &str, config: &SiteConfig) -> ParsedTarget {
    let what = match Search::named(name) {
        Some(search) => What::Search(search?),
        None => What::Section(section::named(name).ok_or_else(|| unknown(name))?),
    };
    Ok(stories(what, 1, config))
}

fn unknown(name: &str) -> String {
    let names: Vec<String> = SECTIONS.iter().map(|section| format!("hn/{}", section.name)).collect();
    format!("Hacker News has no list {name}; there are {} and hn/search:WORDS", names.join(", "))
}

/// Reads the address of a section's page, of a search, or of what the services say of either.
pub(super) fn parse_address(text: &str, config: &SiteConfig) -> Option<Target> {
    let url = web::parse_url(text.trim(), "https")?;
    let services = &Services::of(config);
    let segments = web::segments(&url);
    let what = match segments.as_slice() {
        [] | [_] if services.has_page(&url) => What::Section(section::named(segments.first().unwrap_or(&""))?),
        ["v0", numbers] if services.is_firebase(&url) => {
            let numbers = numbers.strip_suffix(".json").unwrap_or(numbers);
            What::Section(SECTIONS.iter().find(|section| section.numbers == numbers)?)
        }
        path if services.is_algolia(&url) => What::Search(Search::at(&url, path)?),
        _ => return None,
    };
    let page = if let What::Search(_) = what { 1 } else { page_of(&url) };
    Some(stories(what, page, config))
}

fn page_of(url: &Url) -> u32 {
    let page = web::parameter(url, "p").and_then(|page| page.parse().ok());
    page.filter(|&page| page > 0).unwrap_or(1)
}

fn stories(what: What, page: u32, config: &SiteConfig) -> Target {
    let services = Services::of(config);
    Target::list(Stories { what, page, services, tabs: tabs(INFO.name, &config.sections(INFO.sections)) })
}

impl ListTarget for Stories {
    fn heading(&self) -> Heading {
        let (title, target, url) = match &self.what {
            What::Section(section) => {
                let url = format!("https://news.ycombinator.com/{}", section.path);
                (section.name.to_owned(), format!("hn/{}", section.name), url)
            }
            What::Search(search) => (search.title(), search.target(), search.page_url()),
        };
        let search = Some("hn/search:".to_owned());
        Heading { target, url, tabs: self.tabs.clone(), search, ..INFO.heading(&title) }
    }

    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>> {
        let page = from.and_then(|page| page.parse().ok()).unwrap_or(self.page);
        let (heading, services) = (self.heading(), self.services.clone());
        match &self.what {
            What::Section(section) => Box::new(HackerNewsListLoader::new(heading, section, page, services)),
            What::Search(search) => {
                let url = search.url(&services.algolia, page);
                let read = move |answer: &_| search::read_page(&heading, page, &services.algolia, answer);
                Box::new(OneRequest::new(INFO.title, url, read))
            }
        }
    }
}
