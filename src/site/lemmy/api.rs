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

    /// The address that its requests begin with.
    pub(super) fn root(self, origin: &str) -> String {
        format!("{origin}/api/{}", self.name())
    }

    /// The parameters that choose and sort comments. Version 4 writes names small, and limits their age by the
    /// instance's own setting unless a request sets another.
    pub(super) fn comments(self, sort: &str) -> Vec<(&'static str, String)> {
        match self {
            Self::V3 => vec![("type_", "All".to_owned()), ("sort", sort.to_owned())],
            Self::V4 => {
                let sort = ("sort", sort.to_ascii_lowercase());
                vec![("type_", "all".to_owned()), sort, ("time_range_seconds", "0".to_owned())]
            }
        }
    }

    /// The parameters that choose and sort posts.
    pub(super) fn posts(self, sort: &Sort) -> Vec<(&'static str, String)> {
        match self {
            Self::V3 => vec![("type_", "All".to_owned()), ("sort", sort.v3.to_owned())],
            Self::V4 => {
                let age = ("time_range_seconds", sort.seconds.to_string());
                vec![("type_", "all".to_owned()), ("sort", sort.v4.to_owned()), age]
            }
        }
    }

    /// The parameters that choose posts by words. Version 4 renamed the one for the words, so both names are sent.
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
