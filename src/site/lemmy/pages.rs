//! The pages of a list: loaded from version 3, or version 4 where that is not served, or read from a file.

use super::api::{Api, LAST_PAGE, PAGE_ROWS};
use super::entries::{self, Found};
use super::errors::{self, Meaning};
use super::list::{LemmyList, Query};
use crate::model::{Heading, Listing};
use crate::site::grammar;
use crate::site::json::Document;
use crate::site::one_request::progress;
use crate::site::queue::Queue;
use crate::site::{self, Answer, ListTarget, LoadError, Progress, Request, damage};

impl ListTarget for LemmyList {
    fn heading(&self) -> Heading {
        self.heading()
    }

    fn loader(&self, from: Option<&str>) -> Box<dyn site::Loader<Listing>> {
        Box::new(LemmyListLoader::new(self.clone(), from))
    }
}

/// Reads a saved list of posts.
pub(super) fn read_saved(document: &Document<'_>) -> Result<Listing, LoadError> {
    let found = entries::read(document, None).filter(|found| !found.entries.is_empty());
    let Some(Found { entries, notes, .. }) = found else {
        return Err(damage::none_in_file("post of Lemmy", document.damage_place().as_deref()));
    };
    let origin = entries.first().and_then(|entry| grammar::origin_of(&entry.url)).unwrap_or_default();
    let list = LemmyList::from_file(origin);
    let title = format!("Lemmy: saved posts of {}", list.host());
    Ok(Listing { heading: Heading { title, ..list.heading() }, entries, next: None, notes })
}

/// Loads one page.
#[derive(Debug)]
struct LemmyListLoader {
    list: LemmyList,
    queue: Queue<Page>,
    outcome: Result<Listing, LoadError>,
}

/// A page of a list: the version of the interface, and the parameter that tells that version where the page begins.
///
/// Its text form is the list's `next`: `v3 page 2`, `v4 page_cursor P123`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    api: Api,
    start: Option<(&'static str, String)>,
}

const NUMBER: &str = "page";
const CURSOR: &str = "page_cursor";

impl Page {
    const FIRST: Self = Self { api: Api::V3, start: None };

    fn read(text: &str) -> Option<Self> {
        let mut words = text.splitn(3, ' ');
        let (api, name, value) = (words.next()?, words.next()?, words.next()?);
        let api = [Api::V3, Api::V4].into_iter().find(|known| known.name() == api)?;
        let name = [NUMBER, CURSOR].into_iter().find(|known| *known == name)?;
        Some(Self { api, start: Some((name, value.to_owned())) })
    }

    /// The page after this one, which had so many rows and may have named the start of the next one.
    fn after(&self, rows: usize, cursor: Option<&str>) -> Option<String> {
        let number: u32 = match &self.start {
            Some((NUMBER, number)) => number.parse().ok()?,
            _ => 1,
        };
        let next = match cursor {
            // In version 3 a page that is not empty has a cursor, whether there is more or not.
            Some(cursor) => (rows > 0).then(|| (CURSOR, cursor.to_owned())),
            None => (self.api == Api::V3 && rows >= PAGE_ROWS as usize && number < LAST_PAGE)
                .then(|| (NUMBER, (number + 1).to_string())),
        };
        next.map(|(name, value)| format!("{} {name} {value}", self.api.name()))
    }
}

impl LemmyListLoader {
    /// A loader for the first page, or for the page that an earlier one named.
    fn new(list: LemmyList, from: Option<&str>) -> Self {
        let page = from.map_or(Some(Page::FIRST), Page::read);
        let error = if page.is_some() { LoadError::pending(list.host()) } else { errors::no_page(list.host()) };
        Self { list, queue: Queue::of(page), outcome: Err(error) }
    }

    fn url(&self, Page { api, start }: &Page) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let path = match &self.list.query {
            Query::All(sort) => {
                query.extend_pairs(api.posts(sort));
                query.extend_pairs(self.list.community.as_ref().map(|name| ("community_name", name)));
                "post/list"
            }
            Query::Search(words) => {
                query.extend_pairs(api.search(words));
                "search"
            }
        };
        query.append_pair("limit", &PAGE_ROWS.to_string());
        query.extend_pairs(start.iter().map(|(name, value)| (*name, value)));
        format!("{}/{path}?{}", api.root(&self.list.origin), query.finish())
    }

    fn take(&self, page: &Page, answer: &Answer) -> Result<Listing, (Meaning, LoadError)> {
        let host = self.list.host();
        let document = Document::read(&answer.body);
        let what = if self.list.community.is_some() { "community" } else { "list" };
        let name = document.root().get("error").text();
        errors::check(host, what, answer, name.as_deref())?;
        let Some(found) = entries::read(&document, Some(&self.list.origin)) else {
            return Err((Meaning::Final, errors::from_content(host, answer)));
        };
        if let Some(place) = document.damage_place().filter(|_| found.entries.is_empty()) {
            return Err((Meaning::Final, damage::before_first_entry(host, &place)));
        }
        let next = page.after(found.rows, found.cursor.as_deref());
        Ok(Listing { heading: self.list.heading(), entries: found.entries, next, notes: found.notes })
    }
}

impl site::Loader<Listing> for LemmyListLoader {
    fn next(&mut self) -> Vec<Request> {
        let Some(page) = self.queue.next(1) else { return Vec::new() };
        let url = self.url(&page);
        vec![self.queue.request(page, url)]
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some(page) = self.queue.answered(key) else { return };
        let taken = outcome.map_err(|error| (Meaning::Final, error)).and_then(|answer| self.take(&page, &answer));
        let has_no_route = matches!(taken, Err((Meaning::NoRoute, _)));
        // If neither version exists, the error of the usual one stays.
        if !has_no_route || page.api == Api::V3 {
            self.outcome = taken.map_err(|(_, error)| error);
        }
        if has_no_route && page == Page::FIRST {
            self.queue.push(Page { api: Api::V4, ..page });
        }
    }

    fn snapshot(&self) -> Result<Listing, LoadError> {
        self.outcome.clone()
    }

    fn progress(&self) -> Progress {
        progress(&self.outcome)
    }
}
