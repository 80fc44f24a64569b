//! Lobsters: one story's JSON holds the whole discussion, in preorder.
//!
//! The JSON has no promise behind it and has changed every other year; `story` reads all its generations, and `json`
//! so leniently that the next change costs a field and not the thread. Scores are points on an open scale, exposed
//! from the first minute on; flags are left out. Deleted and moderated comments stay, with the words that the site
//! puts in place of theirs.
//!
//! # What is assumed, and not known of the live site
//!
//! - A comment's `url` names its story (`…/s/tdfoqh/…#c_42bzeq`). Where it does not, the comment's page is followed.
//! - The count of comments leaves out deleted ones, so more may be here than are stated, which is no damage.
//! - No capture of a deleted or moderated comment is known; its forms are those of the site's source.

mod address;
mod loader;
mod refusal;
mod story;

pub use address::{Address, recognise};
pub use loader::Loader;

use self::story::StoryIn;
use super::{Refusal, json};
use crate::model::Thread;

/// Reads the JSON of a story, without the network.
///
/// # Errors
/// What the bytes are instead, and what to do.
pub fn read_saved(bytes: &[u8]) -> Result<Thread, Refusal> {
    let mut story = StoryIn::default();
    let damage = json::read(bytes, &mut story);
    if story.is_story() { Ok(story.thread(damage)) } else { Err(refusal::of_body(bytes)) }
}

/// Whether these bytes look like the JSON of a story of Lobsters.
pub fn looks_like(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let is_object = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    is_object && text.contains("\"short_id\"") && text.contains("\"submitter_user\"")
}
