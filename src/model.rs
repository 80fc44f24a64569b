//! The thread in memory: comments in preorder, immutable once built; knows no site, no screen, no clock.

mod address;
mod builder;
mod counted;
mod error;
mod estimate;
mod id_index;
mod line;
mod listing;
mod preorder;
mod reorder;
mod searched_text;
mod story;
mod text;
mod thread;
mod wait_words;
mod words;

pub use address::canonical_address;
pub use builder::{Builder, Draft};
pub use counted::{counted, counted_of, is_or_are, not_here};
pub use error::{Advice, Cause, LoadError, Said};
pub use estimate::{Estimate, SiblingPlace, estimates};
pub use line::is_plain_line;
pub use listing::{Entry, Heading, Listing, Tab, story_key};
pub use searched_text::SearchedText;
pub use story::{ScoreKind, Story};
pub use text::{CELLS, Mark, MarkKind, Text, TextRef, has_as_many_cells};
pub use thread::{Comment, Flags, ROOT, State, Thread};
pub use wait_words::wait_words;
