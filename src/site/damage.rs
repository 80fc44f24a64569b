//! Errors of JSON that is damaged before anything that can be shown.

use crate::model::{Advice, LoadError};

/// A page of a list that is damaged before its first entry; `place` says where.
pub(in crate::site) fn before_first_entry(host: &str, place: &str) -> LoadError {
    let says = format!("sent a list that is damaged at {place}, before its first entry");
    LoadError::other(host, says).advise(Advice::Retry)
}

/// A file in which there is not one of these: `post of Lemmy`; `place` says where it is damaged, if it is.
pub(in crate::site) fn none_in_file(what: &str, place: Option<&str>) -> LoadError {
    let end = place.map_or_else(|| " in it".to_owned(), |place| format!(" before the JSON is damaged at {place}"));
    LoadError::other("", format!("there is no {what}{end}"))
}
