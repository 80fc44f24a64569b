//! What is in a file or comes by standard input: seen from the content, read by whichever site it belongs to.

mod own;

use super::{Refusal, discourse, hackernews, lobsters, slashdot};
use crate::model::Thread;

/// How a kind of content is told, and how it is read.
type Kind = (fn(&[u8]) -> bool, fn(&[u8]) -> Result<Thread, Refusal>);

/// The kinds, those that are told most surely first.
const KNOWN: [Kind; 5] = [
    (own::looks_like, own::read),
    (slashdot::looks_like, slashdot::read_saved),
    (lobsters::looks_like, lobsters::read_saved),
    (hackernews::looks_like, hackernews::read_saved),
    (discourse::looks_like, discourse::read_saved),
];

/// Reads a saved discussion.
///
/// # Errors
/// What the content seems to be, and which kinds can be read.
pub fn read(bytes: &[u8]) -> Result<Thread, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal("it is empty".to_owned()));
    }
    let known = KNOWN.iter().find(|(looks_like, _)| looks_like(bytes));
    if let Some((_, read)) = known {
        return read(bytes);
    }
    let first: String = crate::markup::clean_line(&String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)));
    let first: String = first.chars().take(60).collect();
    Err(Refusal(format!("it is no discussion that lurker knows; it begins: {first}")))
}
