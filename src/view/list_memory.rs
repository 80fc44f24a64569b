//! The memory of a list: which of its stories were opened, how they were left, and which are stored.

use std::collections::{HashMap, HashSet};

use super::LastVisit;
use crate::model::{Entry, story_key};

/// What the store is to a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoreUse {
    /// There is none.
    #[default]
    Absent,
    /// It remembers visits, of which the numbers of new comments come.
    Beside,
    /// Only what it has can be read now, and is marked.
    Alone,
}

/// What is remembered of the threads of a list's stories.
#[derive(Clone, Debug, Default)]
pub(super) struct ListMemory {
    /// The stories that the reader has opened.
    pub(super) visited: HashSet<Key>,
    /// The last visits of those of them that were left.
    pub(super) last_visits: HashMap<Key, LastVisit>,
    /// The stories whose threads are stored, with the comments that are.
    pub(super) stored: HashMap<Key, u32>,
    pub(super) store: StoreUse,
}

/// The stories that are hidden since they were opened.
#[derive(Clone, Debug, Default)]
pub(super) struct HiddenRead {
    /// Whether the reader asked for that.
    pub(super) hides: bool,
    /// Those that are hidden.
    pub(super) stories: HashSet<Key>,
    /// Those of which it was told whether they were opened before; what is opened later stays.
    pub(super) told: HashSet<Key>,
}

/// The site and the key of a story, and the comment of it.
pub(super) type Key = (String, String, String);

pub(super) fn key(entry: &Entry) -> Key {
    (entry.site.clone(), story_key(&entry.id, &entry.url), entry.comment.clone())
}
