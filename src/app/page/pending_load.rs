//! A load under way: its request, and its progress for the status line.

use super::super::TransferLine;

/// A load under way.
#[derive(Clone, Debug)]
pub struct PendingLoad {
    /// The number of the request.
    pub request: u64,
    /// The time of its start, in seconds since 1970 UTC.
    pub since: i64,
    /// Comments, or stories, loaded so far.
    pub loaded: u32,
    /// Comments that the site says there are.
    pub stated: Option<u32>,
    /// The progress of an answer that takes long.
    pub transfer: Option<TransferLine>,
    /// The line that is said at its end, in place of how much came.
    pub(in crate::app) remark: Option<String>,
}

impl PendingLoad {
    /// A load that begins now.
    pub(in crate::app) fn new(request: u64, since: i64) -> Self {
        Self { request, since, loaded: 0, stated: None, transfer: None, remark: None }
    }
}
