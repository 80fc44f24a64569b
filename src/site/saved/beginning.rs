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
    read_up_to(usize::MAX, bytes, &mut source).map(drop)
}

/// Reads until this many bytes are here; whether they are.
fn read_up_to(count: usize, bytes: &mut Vec<u8>, source: &mut impl Read) -> io::Result<bool> {
    // The room that a read is given is written over with zeros first, all of it also at the end of the source.
    const AT_ONCE: usize = 1 << 18;
    while bytes.len() < count {
        let wanted = AT_ONCE.min(count - bytes.len());
        if source.take(wanted as u64).read_to_end(bytes)? < wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The thread of the start of a file; its format is told as soon as it can be.
fn begin(start: &[u8], format: &mut Option<&'static Format>, (site, most): (Option<&str>, usize)) -> Option<Thread> {
    let unpacked = unpack(start, most).ok()?;
    let sample = Sample::of(&unpacked.bytes);
    *format = format.or_else(|| formats(site, false).find(|format| format.begins() && (format.is)(&sample)));
    format.as_ref()?.begin(&sample)
}
