//! The requests of a load: those that wait, and those in flight.

use std::collections::VecDeque;

use super::Request;

/// The requests of one load, numbered; each is for a resource `R`, which waits until it is requested.
#[derive(Debug)]
pub(in crate::site) struct Queue<R> {
    waiting: VecDeque<R>,
    in_flight: Vec<(u32, R)>,
    requests: u32,
}

impl<R> Queue<R> {
    /// A queue in which these resources wait.
    pub(in crate::site) fn of(resources: impl IntoIterator<Item = R>) -> Self {
        Self { waiting: resources.into_iter().collect(), in_flight: Vec::new(), requests: 0 }
    }

    /// Lets a resource wait behind the others.
    pub(in crate::site) fn push(&mut self, resource: R) {
        self.waiting.push_back(resource);
    }

    /// Takes out all resources that wait.
    pub(in crate::site) fn take_waiting(&mut self) -> VecDeque<R> {
        std::mem::take(&mut self.waiting)
    }

    /// Lets nothing wait any longer.
    pub(in crate::site) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Whether fewer requests than this are in flight.
    pub(in crate::site) fn has_room(&self, most: usize) -> bool {
        self.in_flight.len() < most
    }

    /// The next resource that waits, unless so many requests are in flight.
    pub(in crate::site) fn next(&mut self, most: usize) -> Option<R> {
        if self.has_room(most) { self.waiting.pop_front() } else { None }
    }

    /// The request for a resource at this address, which is in flight from now on.
    pub(in crate::site) fn request(&mut self, resource: R, url: String) -> Request {
        self.requests += 1;
        self.in_flight.push((self.requests, resource));
        Request { key: self.requests, url, form: None, headers: Vec::new() }
    }

    /// The resource that was requested under this key; `None` if no such request is in flight.
    pub(in crate::site) fn answered(&mut self, key: u32) -> Option<R> {
        let place = self.in_flight.iter().position(|(requested, _)| *requested == key)?;
        Some(self.in_flight.remove(place).1)
    }

    /// The resources that wait.
    pub(in crate::site) fn waiting(&self) -> impl Iterator<Item = &R> {
        self.waiting.iter()
    }

    /// The resources that are requested now.
    pub(in crate::site) fn in_flight(&self) -> impl Iterator<Item = &R> {
        self.in_flight.iter().map(|(_, resource)| resource)
    }

    /// The number of requests so far.
    pub(in crate::site) fn requests(&self) -> u32 {
        self.requests
    }

    /// Whether nothing waits and nothing is in flight.
    pub(in crate::site) fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.in_flight.is_empty()
    }
}
