//! What is in a file or comes by standard input: seen from the content, read by whichever site it belongs to.

mod own;

use super::{Refusal, slashdot};
use crate::model::Thread;

/// Reads a saved discussion.
///
/// # Errors
/// What the content seems to be, and which kinds can be read.
pub fn read(bytes: &[u8]) -> Result<Thread, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal("it is empty".to_owned()));
    }
    if own::looks_like(bytes) {
        return own::read(bytes);
    }
    if slashdot::looks_like(bytes) {
        return slashdot::read_saved(bytes);
    }
    let first: String = crate::markup::clean_line(&String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)));
    let first: String = first.chars().take(60).collect();
    Err(Refusal(format!("it is no discussion that lurker knows; it begins: {first}")))
}
