//! Support for several tests: sites and servers in small, screens and terminals, random discussions and plain models.

use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) mod adversarial;
pub(crate) mod columns;
pub(crate) mod corpus;
pub(crate) mod fake_reddit;
pub(crate) mod fake_sites;
pub(crate) mod fixtures;
pub(crate) mod pages;
pub(crate) mod palettes;
pub(crate) mod pty;
pub(crate) mod query_model;
pub(crate) mod random;
pub(crate) mod reader;
pub(crate) mod schema;
pub(crate) mod screen;
pub(crate) mod server;
pub(crate) mod story;
pub(crate) mod svg;
pub(crate) mod texts;
pub(crate) mod trees;
pub(crate) mod view_model;

/// A part of a name in the temporary folder that no other test, and no other run, has.
pub(crate) fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// An error with its advice, as values show themselves: `example.org refused the connection [Retry]`.
pub(crate) fn told(error: &lurker::model::LoadError) -> String {
    if error.advice.is_empty() { error.to_string() } else { format!("{error} {:?}", error.advice) }
}
