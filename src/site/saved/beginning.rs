//! The start of a large file, which is shown as a thread while the rest is read.

use std::io::{self, Read};

use super::formats;
use crate::model::Thread;
use crate::site::container::unpack;
use crate::site::{Format, Sample};

/// The number of bytes that are looked at first. Less is read at once.
const FIRST: usize = 1 << 18;

/// The number of bytes within which there must be something to show; pages have megabytes of scripts before their comments.
const SHOWN_WITHIN: usize = 1 << 24;

/// How many times as much as was shown the next state has, so that all of them cost little beside the whole.
const GROWTH: usize = 8;

/// Reads a source to its end behind the bytes of it that are here, and shows its start on the way, where it is of a format
/// that has a reader for that.
///
/// # Errors
/// The source's error.
pub(super) fn read_to_end(
    bytes: &mut Vec<u8>,
    mut source: impl Read,
    (site, most): (Option<&str>, usize),
    show: &mut dyn FnMut(Thread),
) -> io::Result<()> {
    let (mut stage, mut format, mut is_shown) = (FIRST, None, false);
    // What is shown is at most half of what is here: who would see all of it at once is not shown a part first.
    while read_up_to(2 * stage, bytes, &mut source)? {
        let thread = bytes.get(..stage).and_then(|start| begin(start, &mut format, (site, most)));
        is_shown |= thread.is_some();
        if stage >= SHOWN_WITHIN && !is_shown {
            break;
        }
        stage *= if is_shown { GROWTH } else { 2 };
        if let Some(thread) = thread {
            show(thread.without_notes());
        }
    }
    source.read_to_end(bytes).map(drop)
}

/// Reads until this many bytes are here; whether they are.
fn read_up_to(count: usize, bytes: &mut Vec<u8>, source: &mut impl Read) -> io::Result<bool> {
    let rest = count.saturating_sub(bytes.len());
    // Room that is never written to takes no memory.
    bytes.reserve(rest);
    source.take(rest as u64).read_to_end(bytes)?;
    Ok(bytes.len() >= count)
}

/// The thread of the start of a file; its format is told as soon as it can be.
fn begin(start: &[u8], format: &mut Option<&'static Format>, (site, most): (Option<&str>, usize)) -> Option<Thread> {
    let unpacked = unpack(start, most).ok()?;
    let sample = Sample::of(&unpacked.bytes);
    *format = format.or_else(|| formats(site, false).find(|format| format.begins() && (format.is)(&sample)));
    format.as_ref()?.begin(&sample)
}
