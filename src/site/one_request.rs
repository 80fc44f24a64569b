//! The loader of a thread, or of a page of a list, that comes in one request.

use std::time::Duration;

use super::{Answer, LoadError, Loader, Progress, Request};
use crate::model::{Listing, Thread};

const FRESH_FOR: Duration = Duration::from_mins(1);

/// A function that reads an answer.
type Read<T> = Box<dyn Fn(&Answer) -> Result<T, LoadError> + Send>;

/// A thread, or a page of a list, that one request brings.
pub(in crate::site) struct OneRequest<T> {
    request: Option<Request>,
    read: Read<T>,
    outcome: Result<T, LoadError>,
    fresh_for: Duration,
}

impl<T> OneRequest<T> {
    /// A load of this address, read by `read`; `site` is its name for people.
    pub(in crate::site) fn new(
        site: &str,
        url: String,
        read: impl Fn(&Answer) -> Result<T, LoadError> + Send + 'static,
    ) -> Self {
        let request = Some(Request { key: 0, url, form: None, headers: Vec::new() });
        Self { request, read: Box::new(read), outcome: Err(LoadError::pending(site)), fresh_for: FRESH_FOR }
    }

    /// The same, whose content need not be asked for again for this time.
    pub(in crate::site) fn with_fresh_for(self, fresh_for: Duration) -> Self {
        Self { fresh_for, ..self }
    }
}

/// Content that comes as a whole.
pub(in crate::site) trait Loaded: Clone + Send {
    /// The progress that this content amounts to.
    fn progress(&self) -> Progress;
}

impl Loaded for Thread {
    fn progress(&self) -> Progress {
        Progress { loaded: self.loaded(), stated: self.story().stated_comments }
    }
}

impl Loaded for Listing {
    fn progress(&self) -> Progress {
        Progress { loaded: self.entries.len() as u32, stated: None }
    }
}

/// The progress of a load whose content comes as a whole.
pub(in crate::site) fn progress<T: Loaded>(outcome: &Result<T, LoadError>) -> Progress {
    outcome.as_ref().map_or_else(|_| Progress::default(), Loaded::progress)
}

impl<T: Loaded> Loader<T> for OneRequest<T> {
    fn next(&mut self) -> Vec<Request> {
        self.request.take().into_iter().collect()
    }

    fn answer(&mut self, _: u32, outcome: Result<Answer, LoadError>) {
        self.outcome = outcome.and_then(|answer| (self.read)(&answer));
    }

    fn snapshot(&self) -> Result<T, LoadError> {
        self.outcome.clone()
    }

    fn progress(&self) -> Progress {
        progress(&self.outcome)
    }

    fn fresh_for(&self) -> Duration {
        self.fresh_for
    }
}
