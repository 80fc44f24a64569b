//! The query language of filter, lists and modifiers.
//!
//! Terms side by side must all be met, `OR` divides alternatives, `-` negates a term.
//!
//! | term | is met by | of |
//! |---|---|---|
//! | `word`, `"some words"` | those with that in subject, author or text; stories: in title, author, domain or place; any case unless a letter is upper case | both |
//! | `re:/…/` | the same for a regular expression (any case, unless a letter is upper case), in which `\/` is a slash, and `^` and `$` are the ends of a line | both |
//! | `by:NICK` | those of that author | both |
//! | `score:>=3` | those with such a score: modifiers counted in, but the site's in a modifier; also `>` `<` `<=` `=`, `3`, `2..4`, `2..`, `..4` | both |
//! | `is:new` | those that were not there when thread or list were loaded before; stories with new comments | both |
//! | `has:link` | comments with a link; stories that link to something | both |
//! | `site:NAME` | those of that site (`hn`), or whose discussion is on that host | both |
//! | `in:NAME` | those in that community, section or tag, as the list states it, or the address (`/r/NAME`, `NAME.example.org`) | both |
//! | `label:funny` | those with that label | comments |
//! | `is:op`, `is:anon` | those by the story's author; without a name | comments |
//! | `is:risen` | those hidden when the thread was loaded before, and shown now | comments, but no modifier |
//! | `has:code` | those with code | comments |
//! | `longer:N`, `shorter:N` | those with more than N characters of text; with fewer, but some | comments |
//! | `user:>=N`, `user:newest` | those of accounts with such a number; with one among the highest 5 % of the thread | comments |
//! | `title:WORD` | those with that in the title, as a word | stories |
//! | `domain:HOST` | those that link there, or to a part of it | stories |
//! | `comments:>100` | those with so many comments | stories |
//! | `is:read` | comments that had stood on the screen when the query was typed; stories that the reader has opened from the list | both, but no modifier |
//! | `is:followed` | those by an author whom the reader follows | both |
//!
//! Nicks, labels and places are whole, in any case, and in quotes where they have spaces. A number that is not known meets
//! no condition. A nick is one person on each site: `site:hn by:ann` is one of them. A word is also found within longer
//! words; `re:/\bword\b/` finds whole ones. There are no parentheses. A term without a meaning for the query's subject is
//! an error.
//!
//! Slashdot gives out account numbers in order, and counts as new the last few percent of all. How many there are a reader
//! cannot know: the highest number in the thread stands for it. Where a site has no such numbers nobody is new.

mod facts;
mod name;
mod numbers;
mod parse;
mod place;
mod term;
mod vocabulary;

pub(super) use facts::{CommentFacts, Facts, StoryFacts, account};

use super::{QueryError, Search};

use self::facts::State;
use self::parse::Parser;
use self::term::{Term, Test};
use self::vocabulary::QueryKind;
use crate::model::Comment;

/// A query that chooses comments or stories. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    /// One of these must be met whole.
    alternatives: Vec<Vec<Term>>,
}

impl Query {
    /// Reads a query for comments.
    ///
    /// # Errors
    /// The query is wrong; the error says how, and at which character. A query without a term is an error too.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Self::of_kind(QueryKind::Filter, text)
    }

    /// Reads a query for the comments that a modifier changes.
    ///
    /// # Errors
    /// As [`Query::parse`].
    pub fn for_modifier(text: &str) -> Result<Self, QueryError> {
        Self::of_kind(QueryKind::Modifier, text)
    }

    /// Reads a query for the stories of a list.
    ///
    /// # Errors
    /// As [`Query::parse`].
    pub fn for_stories(text: &str) -> Result<Self, QueryError> {
        Self::of_kind(QueryKind::List, text)
    }

    fn of_kind(kind: QueryKind, text: &str) -> Result<Self, QueryError> {
        Ok(Self { text: text.to_owned(), alternatives: Parser::new(kind, text).query()? })
    }

    /// The query that all comments with this label meet.
    pub fn of_label(label: &str) -> Self {
        let term = Term { negated: false, test: Test::Label(label.to_owned()) };
        Self { text: label_term(label), alternatives: vec![vec![term]] }
    }

    /// The query as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a comment or a story meets the query.
    pub(super) fn is_met(&self, facts: &impl Facts) -> bool {
        let met = |term: &Term| term.test.is_met(facts) != term.negated;
        self.alternatives.iter().any(|terms| terms.iter().all(met))
    }

    /// Searches of which one finds something in whatever meets the query; `None` where something else may meet it.
    pub(super) fn needed_searches(&self) -> Option<Vec<&Search>> {
        self.alternatives.iter().map(|terms| terms.iter().find_map(Term::needed_search)).collect()
    }

    /// Whether a term that is not negated names the author of a comment.
    pub fn names_author(&self, comment: Comment<'_>) -> bool {
        comment.author().is_some_and(|author| self.names(author))
    }

    /// Whether a term that is not negated names this author.
    pub(super) fn names(&self, author: &str) -> bool {
        self.alternatives.iter().flatten().any(|term| !term.negated && term.test.names_author(author))
    }

    /// Whether it depends on which comments have risen.
    pub(super) fn asks_for_risen(&self) -> bool {
        self.tests().any(|test| matches!(test, Test::Is(State::Risen)))
    }

    /// Whether it depends on which comments were read.
    pub(super) fn asks_for_read(&self) -> bool {
        self.tests().any(|test| matches!(test, Test::Is(State::Read)))
    }

    /// Whether it depends on the highest number of an account.
    pub(super) fn asks_for_newest_account(&self) -> bool {
        self.tests().any(|test| matches!(test, Test::NewestAccount))
    }

    fn tests(&self) -> impl Iterator<Item = &Test> {
        self.alternatives.iter().flatten().map(|term| &term.test)
    }
}

/// The term that comments with a label meet, in quotes where it must be.
pub(super) fn label_term(label: &str) -> String {
    if label.contains([' ', '"']) {
        format!("label:\"{}\"", label.replace('\\', r"\\").replace('"', "\\\""))
    } else {
        format!("label:{label}")
    }
}
