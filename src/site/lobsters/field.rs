//! The fields of Lobsters' JSON that are not read as other sites' are.

use crate::site::json::Value;
use crate::site::web;

/// An address of the web, or nothing.
pub(super) fn address(value: Value<'_>) -> String {
    value.text().map(|text| web::address(&text)).unwrap_or_default()
}

/// The name of a user: until 2024-03 users were objects.
pub(super) fn user(value: Value<'_>) -> Option<String> {
    value.line().or_else(|| value.get("username").line())
}
