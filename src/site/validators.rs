//! Validators: the headers by which a site tells whether an answer is still as it was (RFC 9110, section 8.8).

/// The validators of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

impl Validators {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.modified.is_none()
    }

    /// The headers of a request that is answered with 304 where nothing has changed.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, String)> {
        let etag = self.etag.clone().map(|etag| ("if-none-match", etag));
        etag.into_iter().chain(self.modified.clone().map(|modified| ("if-modified-since", modified)))
    }
}
