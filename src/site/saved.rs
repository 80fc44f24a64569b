//! What is in a file or comes by standard input: seen from the content, read by whichever site it belongs to.

mod own;

use super::{Content, LoadError, discourse, hackernews, lemmy, lobsters, reddit, slashdot};
use crate::model::{Listing, Thread};

/// A kind of content: the site's short name, how it is told, and how it is read.
type Kind<T> = (&'static str, fn(&[u8]) -> bool, fn(&[u8]) -> Result<T, LoadError>);

/// The kinds of threads, those that are told most surely first.
const THREADS: &[Kind<Thread>] = &[
    ("slashdot", slashdot::looks_like, slashdot::read_saved),
    ("slashdot", slashdot::looks_like_answer, slashdot::read_answer),
    ("slashdot", slashdot::looks_like_copied, slashdot::read_copied),
    ("lobsters", lobsters::looks_like, lobsters::read_saved),
    ("hn", hackernews::looks_like, hackernews::read_saved),
    ("reddit", reddit::looks_like, reddit::read_saved),
    ("reddit", reddit::feed::looks_like_thread, reddit::feed::read_thread),
    ("lemmy", lemmy::looks_like, lemmy::read_saved),
    ("discourse", discourse::looks_like, discourse::read_saved),
];

/// The kinds of lists. They are tried before the threads, so each must tell its own from a thread of the same site.
const LISTS: &[Kind<Listing>] = &[
    ("hn", hackernews::looks_like_list, hackernews::read_saved_list),
    ("lobsters", lobsters::looks_like_list, lobsters::read_saved_list),
    ("reddit", reddit::looks_like_list, reddit::read_list),
    ("slashdot", slashdot::looks_like_front, slashdot::read_front),
    ("slashdot", slashdot::looks_like_feed, slashdot::read_feed),
    ("reddit", reddit::feed::looks_like_list, reddit::feed::read_list),
    ("lemmy", lemmy::looks_like_list, lemmy::read_saved_list),
    ("discourse", discourse::looks_like_list, discourse::read_saved_list),
];

/// Reads a saved discussion or list. `site` is the short name of the site that it comes from, where the reader says so.
///
/// # Errors
/// What the content seems to be, and which kinds can be read.
pub fn read(bytes: &[u8], site: Option<&str>) -> Result<Content, LoadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(LoadError::sentence("it is empty".to_owned()));
    }
    // Told by its first words, however large it is; the others look through the whole.
    if own::looks_like(bytes) {
        return own::read(bytes).map(|thread| Content::Thread(Box::new(thread)));
    }
    if let Some((.., read)) = LISTS.iter().find(|(name, looks_like, _)| fits(name, site) && looks_like(bytes)) {
        return read(bytes).map(|list| Content::List(Box::new(list)));
    }
    if let Some((.., read)) = THREADS.iter().find(|(name, looks_like, _)| fits(name, site) && looks_like(bytes)) {
        return read(bytes).map(|thread| Content::Thread(Box::new(thread)));
    }
    if let Some((.., read)) = THREADS.iter().find(|(name, ..)| Some(*name) == site) {
        return read(bytes).map(|thread| Content::Thread(Box::new(thread)));
    }
    let first: String = crate::markup::clean_line(&String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)));
    let first: String = first.chars().take(60).collect();
    Err(LoadError::sentence(format!("it is no discussion that lurker knows; it begins: {first}")))
}

fn fits(name: &str, site: Option<&str>) -> bool {
    site.is_none_or(|site| site == name)
}
