//! The content of loads, a thread or a list, as the event that carries it.

use std::sync::Arc;

use crate::app::Event;
use crate::model::{Listing, Thread};
use crate::site::Progress;

/// The content that a loader makes.
pub(super) trait Arrival: Send + Sync + 'static {
    /// The event that carries it.
    fn event(content: Arc<Self>, request: u64, progress: Progress) -> Event;
}

impl Arrival for Thread {
    fn event(thread: Arc<Self>, request: u64, Progress { loaded, stated }: Progress) -> Event {
        Event::Arrived { request, thread, loaded, stated }
    }
}

impl Arrival for Listing {
    fn event(listing: Arc<Self>, request: u64, _: Progress) -> Event {
        Event::Listed { request, listing }
    }
}
