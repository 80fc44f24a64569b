//! Printing: a thread or a list as text, JSON or Markdown, with the thresholds, filter and modifiers that the
//! screen would have.

mod json;
mod markdown;
mod stories;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use stories::{stories_json, stories_markdown, stories_text};
pub use text::{TextOptions, shown, text};

use jiff::Timestamp;

/// A time as RFC 3339 has it, in UTC; nothing for a time out of the years −9999 to 9999.
fn rfc3339(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().map(|time| time.to_string())
}
