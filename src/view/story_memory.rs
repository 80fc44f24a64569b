//! The memory of a story's thread, as a list tells of it.

/// The end of the last visit of a story's thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastVisit {
    /// The comments that the site had then, as it stated.
    pub comments: u32,
}

/// What is remembered of a story's thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoryMemory {
    /// The end of its last visit; `None` where there was none.
    pub last_visit: Option<LastVisit>,
    /// The comments that are stored, so that they can be read without a network; `None` where the thread is not.
    pub stored: Option<u32>,
}
