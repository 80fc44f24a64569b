//! The query language of the filter: terms side by side must all be met, `OR` divides alternatives, `-` negates a term.
//!
//! | term | is met by |
//! |---|---|
//! | `word`, `"some words"` | comments with that in subject, author or body; any case unless a letter is upper case |
//! | `re:/…/` | the same for a regular expression (any case, unless a letter is upper case), in which `\/` is a slash, and `^` and `$` are the ends of a line |
//! | `by:NICK` | comments of that author |
//! | `score:>=3` | comments with such a score, modifiers counted in; also `>` `<` `<=` `=`, `3`, `2..4`, `2..`, `..4` |
//! | `label:funny` | comments with that label |
//! | `is:op`, `is:new`, `is:anon` | by the story's author; new since the last visit; written without a name |
//! | `has:link`, `has:code` | comments with a link, with code |
//!
//! Nicks and labels are whole, in any case, and in quotes where they have spaces. A score that is not known meets no
//! `score:`. A word is also found within longer words; `re:/\bword\b/` finds whole ones. There are no parentheses.

mod parse;
mod term;

pub(super) use term::is_same_name;

use super::QueryError;

use self::parse::Parser;
use self::term::{Term, Test};
use crate::model::Comment;

/// A query that chooses comments. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    /// One of these must be met whole.
    alternatives: Vec<Vec<Term>>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// The query is wrong; the error says how, and at which character. A query without a term is an error too.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Ok(Self { text: text.to_owned(), alternatives: Parser::new(text).query()? })
    }

    /// The query that all comments with this label meet.
    pub fn of_label(label: &str) -> Self {
        let quoted = format!("label:\"{}\"", label.replace('\\', r"\\").replace('"', "\\\""));
        let text = if label.contains([' ', '"']) { quoted } else { format!("label:{label}") };
        let term = Term { negated: false, test: Test::Label(label.to_owned()) };
        Self { text, alternatives: vec![vec![term]] }
    }

    /// The query as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a comment of this score, new or not, meets the query.
    pub(super) fn is_met(&self, comment: Comment<'_>, score: Option<i32>, is_new: bool) -> bool {
        let met = |term: &Term| term.test.is_met(comment, score, is_new) != term.negated;
        self.alternatives.iter().any(|terms| terms.iter().all(met))
    }

    /// Whether it depends on which comments are new.
    pub(super) fn asks_for_new(&self) -> bool {
        self.alternatives.iter().flatten().any(|term| matches!(term.test, Test::New))
    }
}
