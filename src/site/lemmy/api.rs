//! The two versions of the interface, and what each calls the same.

use super::sort::Sort;

/// A version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Api {
    V3,
    V4,
}

/// The most that a page of a list may have: an instance answers to more with an error.
pub(super) const PAGE_ROWS: u32 = 50;
/// The last page that it serves, where pages have numbers.
pub(super) const LAST_PAGE: u32 = 100;

impl Api {
    /// Its name in addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V3 => "v3",
            Self::V4 => "v4",
        }
    }

    /// Where its requests go.
    pub(super) fn root(self, origin: &str) -> String {
        format!("{origin}/api/{}", self.name())
    }

    /// Which comments, and in which order. Version 4 writes names small, and keeps to the instance's own choice of how old
    /// they may be unless it is told otherwise.
    pub(super) fn comments(self, sort: &str) -> Vec<(&'static str, String)> {
        match self {
            Self::V3 => vec![("type_", "All".to_owned()), ("sort", sort.to_owned())],
            Self::V4 => {
                let sort = ("sort", sort.to_ascii_lowercase());
                vec![("type_", "all".to_owned()), sort, ("time_range_seconds", "0".to_owned())]
            }
        }
    }

    /// Which posts, and in which order.
    pub(super) fn posts(self, sort: &Sort) -> Vec<(&'static str, String)> {
        match self {
            Self::V3 => vec![("type_", "All".to_owned()), ("sort", sort.v3.to_owned())],
            Self::V4 => {
                let age = ("time_range_seconds", sort.seconds.to_string());
                vec![("type_", "all".to_owned()), ("sort", sort.v4.to_owned()), age]
            }
        }
    }

    /// Which posts, by words in them. Version 4 changed its word for the words, so both are sent.
    pub(super) fn search(self, words: &str) -> Vec<(&'static str, String)> {
        let words = words.to_owned();
        match self {
            Self::V3 => {
                let all = ("listing_type", "All".to_owned());
                vec![("q", words), ("type_", "Posts".to_owned()), ("sort", "TopAll".to_owned()), all]
            }
            Self::V4 => vec![("search_term", words.clone()), ("q", words), ("type_", "posts".to_owned())],
        }
    }
}
