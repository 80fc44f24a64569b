//! Loads a page of a section: the site's list of numbers, then the stories, all at once or one by one.

use std::collections::HashMap;

use super::Services;
use super::entry::{Entries, PER_PAGE};
use super::errors::{self, Expected};
use super::post::{Post, read_bodies};
use super::search::{self, has_more, page_url};
use super::section::Section;
use super::{algolia, firebase};
use crate::model::{Heading, Listing};
use crate::site::json::Document;
use crate::site::queue::Queue;
use crate::site::{Answer, LoadError, Loader, Progress, Request};

/// A page of a section on its way.
///
/// 1. The numbers of all the section's stories, in their order, from Firebase.
/// 2. The stories of the page from Algolia, in one answer.
/// 3. What that lacks, jobs for one, item by item from Firebase.
///
/// Without the numbers: Algolia's closest list, with a note.
#[derive(Debug)]
pub(super) struct HackerNewsListLoader {
    heading: Heading,
    section: &'static Section,
    /// Counted from 1.
    page: u32,
    services: Services,
    /// The numbers of this page, in their order, once they are known.
    numbers: Option<Vec<u64>>,
    has_more: bool,
    posts: HashMap<u64, Post<'static>>,
    queue: Queue<Resource>,
    notes: Vec<String>,
    /// The errors of all requests that failed.
    errors: Vec<LoadError>,
    failed: usize,
}

#[derive(Clone, Copy, Debug)]
enum Resource {
    Numbers,
    Stories,
    Item(u64),
    Substitute(&'static str),
}

impl HackerNewsListLoader {
    /// A page of a section, counted from 1, with nothing requested yet.
    pub(super) fn new(heading: Heading, section: &'static Section, page: u32, services: Services) -> Self {
        Self {
            heading,
            section,
            page,
            services,
            numbers: None,
            has_more: false,
            posts: HashMap::new(),
            queue: Queue::of([Resource::Numbers]),
            notes: Vec::new(),
            errors: Vec::new(),
            failed: 0,
        }
    }

    fn url(&self, resource: Resource) -> String {
        let (algolia, firebase) = (&self.services.algolia, self.services.firebase.trim_end_matches('/'));
        match resource {
            Resource::Numbers => format!("{firebase}/v0/{}.json", self.section.numbers),
            Resource::Item(id) => format!("{firebase}/v0/item/{id}.json"),
            Resource::Substitute(query) => page_url(algolia, query, self.page),
            Resource::Stories => {
                let tags: Vec<String> = self.listed().map(|id| format!("story_{id}")).collect();
                page_url(algolia, &format!("search?tags=story,({})", tags.join(",")), 1)
            }
        }
    }

    fn listed(&self) -> impl Iterator<Item = u64> {
        self.numbers.iter().flatten().copied()
    }

    fn take(&mut self, resource: Resource, outcome: Result<Answer, LoadError>) -> Result<(), LoadError> {
        let is_firebase = matches!(resource, Resource::Numbers | Resource::Item(_));
        let service = if is_firebase { &self.services.firebase } else { &self.services.algolia };
        let expected = match resource {
            Resource::Numbers => Expected::List,
            Resource::Item(_) => Expected::Item,
            Resource::Stories | Resource::Substitute(_) => Expected::Hits,
        };
        let answer = errors::data(service, expected, outcome)?;
        let document = Document::read(&answer.body);
        let unexpected = || Err(errors::from_body(service, expected, &answer));
        match resource {
            Resource::Numbers if is_numbers(&document) => self.take_numbers(&document),
            Resource::Numbers => return unexpected(),
            Resource::Stories | Resource::Substitute(_) => {
                let Some(hits) = search::hits(&document) else { return unexpected() };
                let posts = read_bodies(algolia::hits(hits));
                if self.numbers.is_none() {
                    self.numbers = Some(posts.iter().map(|post| post.id).collect());
                    self.has_more = has_more(document.root(), self.page);
                    self.note_cut(&document);
                }
                self.posts.extend(posts.into_iter().map(|post| (post.id, post)));
            }
            Resource::Item(id) => match firebase::read(document.root(), Some(id)) {
                Some(post) => _ = self.posts.insert(id, post),
                // Such an item is on the list, and nowhere else.
                None if document.damage().is_none() && document.root().is_null() => {}
                None => return unexpected(),
            },
        }
        Ok(())
    }

    fn take_numbers(&mut self, document: &Document) {
        let all: Vec<u64> = document.root().items().filter_map(algolia::id_of).collect();
        let start = (self.page as usize).saturating_sub(1).saturating_mul(PER_PAGE);
        self.has_more = all.len() > start.saturating_add(PER_PAGE);
        self.numbers = Some(all.into_iter().skip(start).take(PER_PAGE).collect());
        self.note_cut(document);
    }

    fn note_cut(&mut self, document: &Document) {
        if document.damage().is_some() {
            self.notes.push("The list was cut off on the way; what came before that is here".to_owned());
        }
    }

    /// Queues the requests that follow this one, and records its error.
    fn follow(&mut self, resource: Resource, error: Option<LoadError>) {
        match (resource, error) {
            (Resource::Numbers, Some(error)) => {
                if let Some(query) = self.section.substitute {
                    self.queue.push(Resource::Substitute(query));
                    self.notes.push(format!(
                        "Hacker News's own list could not be loaded, so this is the search service's: {error}"
                    ));
                }
                self.errors.push(error);
            }
            (Resource::Numbers, None) if self.section.name != "jobs" && self.listed().next().is_some() => {
                self.queue.push(Resource::Stories);
            }
            (Resource::Numbers | Resource::Stories, error) => {
                self.errors.extend(error);
                let lacking: Vec<u64> = self.listed().filter(|id| !self.posts.contains_key(id)).collect();
                for id in lacking {
                    self.queue.push(Resource::Item(id));
                }
            }
            (Resource::Item(_), Some(error)) => {
                self.failed += 1;
                self.errors.push(error);
            }
            (Resource::Substitute(_), error) => self.errors.extend(error),
            (Resource::Item(_), None) => {}
        }
    }

    fn entries(&self) -> Entries {
        Entries::of(self.listed().filter_map(|id| self.posts.get(&id)))
    }

    /// The reason for an empty list.
    fn error(&self) -> LoadError {
        let mut errors = self.errors.clone();
        errors.dedup();
        if !self.queue.is_done() {
            LoadError::pending("Hacker News")
        } else if errors.is_empty() {
            errors::no_stories(self.page, self.section.name)
        } else {
            errors::all_failed(errors)
        }
    }

    fn add_notes(&self, notes: &mut Vec<String>) {
        notes.extend(self.notes.iter().cloned());
        if let Some(error) = self.errors.last().filter(|_| self.failed > 0) {
            notes.push(format!("Could not be loaded: {} of the stories: {error}", self.failed));
        }
    }
}

/// Whether it is a list of numbers; an empty one has to be whole.
fn is_numbers(document: &Document) -> bool {
    let has_any = document.root().items().any(|number| algolia::id_of(number).is_some());
    document.root().is_list() && (has_any || document.damage().is_none())
}

impl Loader<Listing> for HackerNewsListLoader {
    fn next(&mut self) -> Vec<Request> {
        let mut requests = Vec::new();
        while let Some(resource) = self.queue.next(usize::MAX) {
            let url = self.url(resource);
            requests.push(self.queue.request(resource, url));
        }
        requests
    }

    fn answer(&mut self, key: u32, outcome: Result<Answer, LoadError>) {
        let Some(resource) = self.queue.answered(key) else { return };
        let error = self.take(resource, outcome).err();
        self.follow(resource, error);
    }

    fn snapshot(&self) -> Result<Listing, LoadError> {
        let mut entries = self.entries();
        if entries.entries.is_empty() {
            return Err(self.error());
        }
        if self.queue.is_done() {
            self.add_notes(&mut entries.notes);
        }
        Ok(entries.listing(self.heading.clone(), search::next(self.has_more, self.page)))
    }

    fn progress(&self) -> Progress {
        let stated = self.numbers.as_ref().map(|numbers| numbers.len() as u32);
        Progress { loaded: self.entries().entries.len() as u32, stated }
    }
}
