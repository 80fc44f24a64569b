//! Saved pages as short lines of text.

use lurker::model::{Listing, LoadError, Thread};
use lurker::site::{Content, saved};

/// The thread that a page holds.
pub(crate) fn thread(bytes: &[u8]) -> Thread {
    match saved::read(bytes, None) {
        Ok(Content::Thread(thread)) => *thread,
        other => unreachable!("no thread: {other:?}"),
    }
}

/// The list that a page holds.
pub(crate) fn listing(bytes: &[u8]) -> Listing {
    match saved::read(bytes, None) {
        Ok(Content::List(list)) => *list,
        other => unreachable!("no list: {other:?}"),
    }
}

/// The error for a page that holds neither.
pub(crate) fn error(bytes: &[u8]) -> LoadError {
    saved::read(bytes, None).map(|_| ()).expect_err("neither a thread nor a list")
}

/// Each comment as `DEPTH ID AUTHOR SCORE: TEXT`; a dash stands for what is not known.
pub(crate) fn rows(thread: &Thread) -> Vec<String> {
    let known = |score: Option<i32>| score.map_or("–".to_owned(), |score| score.to_string());
    let comments = thread.iter().map(|comment| {
        let author = comment.author().unwrap_or("–");
        let (depth, id, score) = (comment.depth(), comment.id(), known(comment.score()));
        format!("{depth} {id} {author} {score}: {}", comment.body().plain)
    });
    comments.collect()
}

/// The notes of a thread.
pub(crate) fn notes(thread: &Thread) -> Vec<&str> {
    thread.notes().iter().map(String::as_str).collect()
}
