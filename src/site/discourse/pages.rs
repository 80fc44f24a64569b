//! The pages of a list: loaded by one request each, or read from a file.

use super::list::DiscourseList;
use super::topic::origin_in_pictures;
use super::{entries, errors};
use crate::model::{Heading, Listing};
use crate::site::Sample;
use crate::site::grammar::origin_of;
use crate::site::json::{Document, Value};
use crate::site::one_request::OneRequest;
use crate::site::{Answer, ListTarget, LoadError, Loader, damage};

/// A search has no more pages than this.
const LAST_FOUND: u32 = 10;

impl ListTarget for DiscourseList {
    fn heading(&self) -> Heading {
        self.heading()
    }

    fn loader(&self, from: Option<&str>) -> Box<dyn Loader<Listing>> {
        let page: Option<u32> = from.and_then(|page| page.parse().ok());
        let list = self.clone();
        let read = move |answer: &Answer| from_answer(&list, page.unwrap_or(list.first_page()), answer);
        Box::new(OneRequest::new(self.host(), self.url(".json", page), read))
    }
}

/// Reads the answer to the request for a page of a list.
///
/// # Errors
/// The forum answered with an error, with something else than a list, or with damage before the first topic.
fn from_answer(list: &DiscourseList, page: u32, answer: &Answer) -> Result<Listing, LoadError> {
    errors::check(answer, list.host(), "list")?;
    let document = Document::read(&answer.body);
    let topics = entries::topics(document.root());
    let topics = topics.ok_or_else(|| errors::from_body(&answer.body, list.host(), "list of topics"))?;
    // A forum that has moved answers from its new address.
    let origin = origin_of(&answer.url).unwrap_or_else(|| list.origin.clone());
    let (entries, notes) = entries::read(&document, topics, &origin);
    if let Some(place) = document.damage_place().filter(|_| entries.is_empty()) {
        return Err(damage::before_first_entry(list.host(), &place));
    }
    let next = has_next(document.root(), page).then(|| (page + 1).to_string());
    Ok(Listing { heading: list.heading(), next: next.filter(|_| !entries.is_empty()), entries, notes })
}

/// Whether the answer says that there is another page.
fn has_next(root: Value<'_>, page: u32) -> bool {
    let more = root.get("grouped_search_result").get("more_full_page_results");
    let has_more_found = !more.is_null() && more.boolean() != Some(false) && page < LAST_FOUND;
    root.get("topic_list").get("more_topics_url").line().is_some() || has_more_found
}

/// Reads a saved list.
///
/// # Errors
/// The file is no list, or does not name its forum.
pub(super) fn read_saved(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let document = file.document();
    let root = document.root();
    let topics = entries::topics(root);
    let topics = topics.ok_or_else(|| errors::from_body(file.bytes(), "the forum", "list of topics"))?;
    let users = root.get("users").items().chain(root.get("posts").items());
    let origin = origin_in_pictures(users).ok_or_else(errors::no_forum)?;
    let (entries, notes) = entries::read(document, topics, &origin);
    if entries.is_empty() {
        return Err(damage::none_in_file("topic of Discourse", document.damage_place().as_deref()));
    }
    let list = DiscourseList::from_file(origin);
    let heading = Heading { title: format!("Discourse: saved topics of {}", list.host()), ..list.heading() };
    Ok(Listing { heading, entries, next: None, notes })
}
