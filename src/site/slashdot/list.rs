//! The lists of Slashdot, by name and by address: the front page, a section, a feed.

use url::Url;

use super::list_loader::{FEED_FRESH_FOR, SlashdotListLoader};
use super::section::{self, FEEDS, SECTIONS, Section, is_of_mirror, mirror};
use super::{INFO, address, feed};
use crate::markup;
use crate::model::{Heading, Listing};
use crate::site::one_request::OneRequest;
use crate::site::{ListTarget, Loader, ParsedTarget, SiteConfig, Target, web};

/// Reads what stands behind `slashdot/`: `ask`, `ask?page=2`, `?page=2`, nothing.
pub(super) fn parse_name(rest: &str, config: &SiteConfig) -> ParsedTarget {
    let (name, query) = rest.split_once('?').unwrap_or((rest, ""));
    let name = name.trim_end_matches('/').to_ascii_lowercase();
    let page = match query.strip_prefix("page=") {
        None if query.is_empty() => Some(0),
        number => number.and_then(|number| number.parse().ok()),
    };
    match (page, section::section_name(&name)) {
        (Some(page), Some(name)) => Ok(Target::list(Section::of(name, page, config))),
        _ => Err(format!(
            "Slashdot has no list “{}”; its sections are words such as {}, and older pages are ask?page=1",
            markup::clean_line(rest),
            SECTIONS.join(", ")
        )),
    }
}

/// Reads the address of a page with a list, or of a feed.
pub(super) fn parse_address(text: &str, config: &SiteConfig) -> Option<Target> {
    let (url, _) = web::on_site(text.trim(), mirror(config).as_ref(), |url| Some(web::origin(url)))?;
    if let Some(feed) = feed_at(&url, config) {
        return Some(Target::list(feed));
    }
    section::section_at(&url, config).map(Target::list)
}

impl ListTarget for Section {
    fn heading(&self) -> Heading {
        self.heading()
    }

    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>> {
        let page = from.and_then(|from| from.parse().ok()).unwrap_or(self.page);
        Box::new(SlashdotListLoader::new(self.clone(), page))
    }
}

/// A feed that was requested by its address.
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
        section::heading(format!("{}: feed {name}", INFO.title), self.url.clone(), self.url.clone(), &self.tabs)
    }

    fn loader(&self, _: Option<&str>) -> Box<dyn Loader<Listing>> {
        let (heading, home) = (self.heading(), self.home.clone());
        let read = move |answer: &_| feed::from_answer(answer, heading.clone(), &home);
        Box::new(OneRequest::new(INFO.title, self.url.clone(), read).with_fresh_for(FEED_FRESH_FOR))
    }
}

/// A feed's address: `https://rss.slashdot.org/Slashdot/slashdotMain`, or the same on the mirror.
fn feed_at(url: &Url, config: &SiteConfig) -> Option<Feed> {
    let is_of_mirror = is_of_mirror(url, config);
    let (host, home) = if is_of_mirror {
        (web::origin(url), format!("{}/", web::origin(url)))
    } else {
        (format!("https://{FEEDS}"), Section::of("", 0, config).url(0))
    };
    let segments = web::segments(url);
    let [folder, name] = segments.as_slice() else { return None };
    let is_feed = folder.eq_ignore_ascii_case("slashdot") && name.to_ascii_lowercase().starts_with("slashdot");
    let is_known = is_of_mirror || address::slashdot(url).is_some() && url.host_str() == Some(FEEDS);
    (is_feed && is_known).then(|| Feed {
        url: format!("{host}/{folder}/{name}"),
        home,
        tabs: config.sections(INFO.sections),
    })
}
