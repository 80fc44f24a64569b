//! Markdown → `Text`: `CommonMark` with tables, struck-out words and footnotes, in the dialects of Lemmy and Reddit.
//!
//! The source is first freed of what only one dialect has (`dialect`), then its events become HTML (`page`, `words`), for
//! which there is a reader already; so quotes, lists, marks and addresses come out as they do everywhere else.
//!
//! Both sites show a writer's HTML tags as text. Here the tags that people know are left out and their text stays, and
//! what is no tag of HTML (`Vec<T>`) stays whole.

mod dialect;
mod page;
mod words;

use super::html;
use crate::model::Text;

/// Reads a comment's Markdown; whatever the source, there is a text, and it is clean.
///
/// A line break is a space, as on the sites; bare addresses become links, and an image a link under its description.
/// A spoiler block is a quote under its title; a spoiler within a line is put in brackets: `(spoiler: …)`.
pub fn markdown(source: &str) -> Text {
    html(&page::html_of(&dialect::common(source)))
}

#[cfg(test)]
mod tests;
