//! What several tests share: sites and servers in small, screens and terminals, random discussions and plain models.

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

/// An error with its advice, as values show themselves: `example.org refused the connection [Retry]`.
pub(crate) fn told(error: &lurker::model::LoadError) -> String {
    if error.advice.is_empty() { error.to_string() } else { format!("{error} {:?}", error.advice) }
}
