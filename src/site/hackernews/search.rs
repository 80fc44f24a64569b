//! The search for stories: its addresses, and the pages of hits that Algolia answers with.

use url::Url;

use super::algolia;
use super::entry::{Entries, PER_PAGE};
use super::errors::{self, Expected};
use crate::markup::clean_line;
use crate::model::{Heading, Listing};
use crate::site::json::{Document, Value};
use crate::site::{Answer, LoadError, web};

/// Words that are looked for in stories.
#[derive(Debug)]
pub(super) struct Search {
    words: String,
    /// The newest first, in place of the most relevant.
    is_by_date: bool,
}

impl Search {
    /// Reads the part of a target after `hn/`: `search:WORDS` or `search-by-date:WORDS`; `None` if it is neither.
    pub(super) fn named(name: &str) -> Option<Result<Self, String>> {
        let (form, words) = name.split_once(':')?;
        let is_by_date = ["search", "search-by-date"].iter().position(|known| *known == form)? == 1;
        let words = clean_line(words);
        let missing = || format!("say what to look for: hn/{form}:WORDS");
        Some(if words.is_empty() { Err(missing()) } else { Ok(Self { words, is_by_date }) })
    }

    /// The search that an address of the search service is: the page with its query, or the API.
    pub(super) fn at(url: &Url, path: &[&str]) -> Option<Self> {
        let is_by_date = match path {
            [] => web::parameter(url, "sort").is_some_and(|sort| sort == "byDate"),
            ["api", "v1", "search"] => false,
            ["api", "v1", "search_by_date"] => true,
            _ => return None,
        };
        let words = clean_line(&web::parameter(url, "q").or_else(|| web::parameter(url, "query"))?);
        (!words.is_empty()).then_some(Self { words, is_by_date })
    }

    pub(super) fn title(&self) -> String {
        let order = if self.is_by_date { ", newest first" } else { "" };
        format!("search for “{}”{order}", self.words)
    }

    pub(super) fn target(&self) -> String {
        let form = if self.is_by_date { "search-by-date" } else { "search" };
        format!("hn/{form}:{}", self.words)
    }

    /// The search's page on the web.
    pub(super) fn page_url(&self) -> String {
        let order = if self.is_by_date { "&sort=byDate" } else { "" };
        format!("https://hn.algolia.com/?q={}{order}", encoded(&self.words))
    }

    /// The address of a page of its hits, counted from 1.
    pub(super) fn url(&self, service: &str, page: u32) -> String {
        let form = if self.is_by_date { "search_by_date" } else { "search" };
        page_url(service, &format!("{form}?query={}&tags=story", encoded(&self.words)), page)
    }
}

/// The address of a page of a query's hits, counted from 1.
pub(super) fn page_url(service: &str, query: &str, page: u32) -> String {
    let service = service.trim_end_matches('/');
    format!("{service}/api/v1/{query}&hitsPerPage={PER_PAGE}&page={}", page.saturating_sub(1))
}

/// Reads a page of hits.
pub(super) fn read_page(heading: &Heading, page: u32, service: &str, answer: &Answer) -> Result<Listing, LoadError> {
    errors::check(service, Expected::Hits, answer).map_err(|error| errors::all_failed(vec![error]))?;
    let document = Document::read(&answer.body);
    let unexpected = || errors::all_failed(vec![errors::from_body(service, Expected::Hits, answer)]);
    let hits = hits(&document).ok_or_else(unexpected)?;
    let posts = algolia::hits(hits);
    let mut entries = Entries::of(posts.iter());
    entries.notes.extend(document.damage_note());
    if posts.is_empty() && page == 1 {
        entries.notes.push("Nothing was found".to_owned());
    }
    Ok(entries.listing(heading.clone(), next(has_more(document.root(), page), page)))
}

/// The hits of an answer, if it is one.
pub(super) fn hits<'d>(document: &'d Document<'_>) -> Option<Value<'d>> {
    Some(document.root().get("hits")).filter(|hits| hits.is_list())
}

/// Whether there are hits behind this page, counted from 1.
pub(super) fn has_more(answer: Value<'_>, page: u32) -> bool {
    answer.get("nbPages").integer().is_some_and(|pages| pages > i64::from(page))
}

/// The name of the next page, if there is one.
pub(super) fn next(has_more: bool, page: u32) -> Option<String> {
    page.checked_add(1).filter(|_| has_more).map(|next| next.to_string())
}

fn encoded(words: &str) -> String {
    url::form_urlencoded::byte_serialize(words.as_bytes()).collect()
}
