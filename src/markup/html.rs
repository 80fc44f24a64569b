//! Comment HTML → `Text`.

use super::{clean, clean_line};
use crate::model::Text;

/// Reads a comment's HTML (placeholder until the markup layer lands).
pub fn html(source: &str) -> Text {
    let mut plain = String::new();
    let mut inside = false;
    for c in source.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    Text::unmarked(clean(plain.trim()).into_owned())
}

/// The text of a fragment of HTML as one clean line: for titles, names, subjects.
pub fn attribute_text(source: &str) -> String {
    clean_line(&html(source).plain)
}
