//! One term of a query, and the test whether a comment matches it.

use super::super::Search;
use crate::model::{Comment, MarkKind};

/// One term.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) negated: bool,
    pub(super) test: Test,
}

/// The condition of a term.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// A word, some words or an expression in subject, author or body.
    Text(Search),
    By(String),
    /// A score between these, both included.
    Score(i32, i32),
    Label(String),
    Op,
    New,
    Anonymous,
    Link,
    Code,
}

impl Test {
    pub(super) fn is_met(&self, comment: Comment<'_>, score: Option<i32>, is_new: bool) -> bool {
        match self {
            Self::Text(search) => search.is_in(comment),
            Self::By(nick) => comment.author().is_some_and(|author| is_same_name(author, nick)),
            Self::Score(low, high) => score.is_some_and(|score| (*low..=*high).contains(&score)),
            Self::Label(label) => is_same_name(comment.label(), label),
            Self::Op => comment.flags().op,
            Self::New => is_new,
            Self::Anonymous => comment.flags().anonymous,
            Self::Link => comment.body().link_count() > 0,
            Self::Code => {
                let code = |kind| matches!(kind, MarkKind::Code | MarkKind::Literal);
                comment.body().marks.iter().any(|mark| code(mark.kind))
            }
        }
    }
}

/// Whether two names are the same but for upper and lower case.
pub(in crate::view) fn is_same_name(one: &str, other: &str) -> bool {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    one.eq_ignore_ascii_case(other) || (!(one.is_ascii() && other.is_ascii()) && lower(one) == lower(other))
}
