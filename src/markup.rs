//! Markup of the sites → clean `Text`: tags and entities resolved, characters that could harm a terminal removed.

mod characters;
mod clean;
mod html;
mod markdown;
mod plain;
mod tokens;
mod writer;

pub use clean::{clean, clean_line};
pub use html::{html, html_line, html_within};
pub use markdown::markdown;
pub(crate) use tokens::{Syntax, Tag, Token, Tokens};

pub use plain::{plain, plain_into, reads_back, to_plain};
