//! A load under way, as the reader is told of it.

/// A load under way.
#[derive(Clone, Debug)]
pub struct Load {
    /// The number of the request.
    pub request: u64,
    /// When it began, in seconds since 1970 UTC.
    pub since: i64,
    /// Comments, or stories, loaded so far.
    pub loaded: u32,
    /// Comments that the site says there are.
    pub stated: Option<u32>,
    /// How an answer that takes long comes along, in words.
    pub transfer: Option<String>,
}

impl Load {
    /// A load that begins now.
    pub(in crate::app) fn new(request: u64, since: i64) -> Self {
        Self { request, since, loaded: 0, stated: None, transfer: None }
    }
}
