//! The fields of Lobsters' JSON, read leniently: a wrong type loses that field alone.

use jiff::Timestamp;

use crate::markup::clean_line;
use crate::site::value::{Document, Value};
use crate::site::web;

/// One clean line, unless there is nothing in it.
pub(super) fn line(value: Value<'_>) -> Option<String> {
    Some(clean_line(&value.text()?)).filter(|line| !line.is_empty())
}

/// An address of the web, or nothing.
pub(super) fn address(value: Value<'_>) -> String {
    value.text().map(|text| web::address(&text)).unwrap_or_default()
}

/// The name of a user: until 2024-03 users were objects.
pub(super) fn user(value: Value<'_>) -> Option<String> {
    line(value).or_else(|| line(value.get("username")))
}

/// A whole number, also from a text.
pub(super) fn number(value: Value<'_>) -> Option<i64> {
    value.integer().or_else(|| value.text()?.trim().parse().ok())
}

/// A number of points, kept within the range of scores.
pub(super) fn score(value: Value<'_>) -> Option<i32> {
    number(value).map(|number| number.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
}

/// A count; none below 0.
pub(super) fn count(value: Value<'_>) -> Option<u32> {
    number(value).and_then(|number| u32::try_from(number).ok())
}

/// The moment that an RFC 3339 text names, in seconds since 1970 UTC.
pub(super) fn moment(value: Value<'_>) -> Option<i64> {
    value.text()?.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// Where the JSON is damaged, as a note.
pub(super) fn damage(document: &Document) -> Option<String> {
    let (line, column) = document.damage()?;
    Some(format!("The JSON is damaged at line {line}, column {column}; what comes before that is here"))
}
