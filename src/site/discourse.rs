//! Discourse: the topic's JSON with its first posts and the ids of all, then the rest by id, 20 at a time.
//!
//! Any host may be a forum, so an address is told by its path alone, and other sites' addresses must be tried first.
//! The first post is the story; the others are comments, flat in the JSON and a tree by `reply_to_post_number`. A
//! comment's id is its post number, which is what permalinks name and what is unique within a topic.
//!
//! # What is assumed, and not known of every forum
//!
//! - A reply to the first post, to a post that is not here, or to a notice of the forum stands at the top level.
//! - A post without an entry for likes has 0 of them, if it is a regular one; what else has no entry has no score.
//! - `user_deleted` is the author's doing, `deleted_at` the moderators', and `hidden` the readers' flags.
//! - `posts_count` counts the notices too. Those are left out, and counted in a note if they say anything.
//! - A saved answer does not name its forum. Where its users' pictures do (`/user_avatar/HOST/…`), that is believed.

mod address;
mod loader;
mod post;
mod refusal;
mod topic;

pub use address::{Address, recognise};
pub use loader::Loader;

use self::topic::Topic;
use super::Refusal;
use crate::model::Thread;

/// Reads the JSON of a topic, or of some of its posts, without the network.
///
/// # Errors
/// What the bytes are instead, and what to do.
pub fn read_saved(bytes: &[u8]) -> Result<Thread, Refusal> {
    let mut topic = Topic::default();
    topic.take(bytes);
    if topic.is_topic() { Ok(topic.thread(true)) } else { Err(refusal::of_body(bytes, "the forum")) }
}

/// Whether these bytes look like the JSON of a topic of Discourse, or of some of its posts.
pub fn looks_like(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let is_object = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    is_object && text.contains("\"post_stream\"") && text.contains("\"post_number\"")
}
