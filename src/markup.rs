//! What strangers wrote → clean `Text`: entities and tags undone, and nothing left that could harm a terminal.

mod clean;
mod html;

pub use clean::{clean, clean_line};
pub use html::{attribute_text, html};
