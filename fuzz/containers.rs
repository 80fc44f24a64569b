//! Files in containers: whatever they unpack to is read, up to a bound, or refused.

use lurker::site::saved;

use super::documents::{UNPACKED, content, fixtures};
use super::engine::shape;
use crate::containers::PACKS;

/// Short fixtures in every container, and one that unpacks to a great deal.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let plain =
        fixtures(&["hackernews/items", "reddit/thread.json", "slashdot/feed.rss", "lobsters/comment", "lemmy/post-v3"]);
    let packed = plain.iter().flat_map(|bytes| PACKS.iter().map(|(_, pack)| pack(bytes)));
    packed.chain(fixtures(&["http/4-mib", "lobsters/story-2026.html", "reddit/old-2019"])).collect()
}

/// Reads a file.
pub(super) fn check(bytes: &[u8]) -> u64 {
    let read = saved::read_within(bytes, None, UNPACKED / 4);
    let is_read = read.is_ok();
    // What unpacks may be any number of times as long.
    shape((is_read, content(read, bytes.len() + UNPACKED)))
}
