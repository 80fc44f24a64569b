//! The end of the last visit of a story's thread, as a list tells of it.

/// The end of the last visit of a story's thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastVisit {
    /// The comments that the site had then, as it stated.
    pub comments: u32,
}
