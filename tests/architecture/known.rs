//! What breaks a rule and is known; what does so no longer must be struck out here.

/// The first of the two needs the second, which needs it in turn, by way of others or not.
pub(crate) const CIRCULAR: [(&str, &str); 2] =
    [("view/freshness.rs", "view/row_list.rs"), ("view/search.rs", "view/query.rs")];

/// Files whose first line begins with a question word, or is too long.
pub(crate) const FIRST_LINES: [&str; 2] = ["site/charset.rs", "site/reddit/answer.rs"];
