//! Search patterns: the comments that match, and the byte ranges in a text.

mod piece;
mod run;
mod words;

use std::sync::Arc;

use regex::{Error, Regex, RegexBuilder};

use self::words::Words;
use super::QueryError;
use crate::model::{Comment, Story};

/// The most bytes that a compiled pattern takes: a reader's own pattern must not cost more than the discussion.
const LARGEST: usize = 1 << 20;

/// A pattern that subjects, authors and bodies are searched for. Cheap to copy, and at home on any thread.
///
/// Words stand for themselves, with a space also for a line break, and in any case unless one of their letters is upper
/// case. Offsets are always those of the text itself, never of a copy in lower case.
#[derive(Clone, Debug)]
pub struct Search {
    /// What was typed.
    typed: Arc<str>,
    regex: Regex,
    /// The same without its word boundaries, so that it is found wherever the whole is. Where a text has more than ASCII,
    /// boundaries cost fifty times as much as all the rest.
    rough: Option<Regex>,
    /// The pattern as words that stand for themselves, if it is that.
    words: Option<Arc<Words>>,
}

impl Search {
    /// Reads what is typed to search: `re:/…/` is a regular expression, all else stands for itself.
    ///
    /// # Errors
    /// Nothing to search for, or an expression that is none.
    pub fn new(typed: &str) -> Result<Self, QueryError> {
        let Some(expression) = typed.strip_prefix("re:/") else { return Self::literal(typed, 0) };
        let start = typed.len() - expression.len();
        match between_slashes(expression, start)? {
            (search, length) if length == expression.len() => Ok(Self { typed: typed.into(), ..search }),
            (_, length) => {
                Err(QueryError::new(start + length, "the expression ends before this; a slash in it is \\/"))
            }
        }
    }

    /// A text that stands for itself, `at` this offset of what was typed.
    pub(super) fn literal(text: &str, at: usize) -> Result<Self, QueryError> {
        if text.is_empty() {
            return Err(QueryError::new(at, "nothing to search for"));
        }
        let mut pattern = String::with_capacity(text.len());
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end_matches(char::is_whitespace);
            pattern.push_str(&regex::escape(word));
            pattern.push_str(if word.len() < piece.len() { r"\s" } else { "" });
        }
        let as_typed = text.chars().any(char::is_uppercase);
        let regex = RegexBuilder::new(&pattern).case_insensitive(!as_typed).size_limit(LARGEST).build();
        let regex = regex.map_err(|_| QueryError::new(at, "too long to search for"))?;
        let words = if as_typed { Words::as_typed(text) } else { Words::in_any_case(text) };
        Ok(Self { typed: text.into(), regex, rough: None, words: words.map(Arc::new) })
    }

    /// A regular expression, `at` this offset of what was typed, in any case unless a letter of it is upper case. `^` and `$`
    /// are the ends of a line.
    pub(super) fn expression(pattern: &str, at: usize) -> Result<Self, QueryError> {
        let any_case = !has_upper_case(pattern);
        let build = |pattern: &str| {
            RegexBuilder::new(pattern).multi_line(true).case_insensitive(any_case).size_limit(LARGEST).build()
        };
        let regex = build(pattern).map_err(|error| wrong(pattern, at, &error))?;
        let rough = without_boundaries(pattern).and_then(|rough| build(&rough).ok());
        Ok(Self { typed: pattern.into(), regex, rough, words: None })
    }

    /// What was typed to search for.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether the pattern is found in the comment's subject, author or body.
    pub fn is_in(&self, comment: Comment<'_>) -> bool {
        self.is_in_any(&[comment.body().plain, comment.subject(), comment.author().unwrap_or_default()])
    }

    /// Whether the pattern is found in one of some texts.
    pub(super) fn is_in_any(&self, texts: &[&str]) -> bool {
        let maybe = |text: &str| self.rough.as_ref().is_none_or(|rough| rough.is_match(text));
        texts.iter().any(|text| maybe(text) && self.regex.is_match(text))
    }

    /// Whether the pattern is found in the story's title or text.
    pub(super) fn is_in_story(&self, story: &Story) -> bool {
        self.regex.is_match(&story.title) || self.regex.is_match(&story.text.plain)
    }

    /// The ranges of the matches in a text, in bytes; in order, apart, and none empty.
    pub fn ranges(&self, text: &str) -> Vec<(u32, u32)> {
        let found = self.regex.find_iter(text).filter(|found| !found.is_empty());
        found.map(|found| (found.start() as u32, found.end() as u32)).collect()
    }

    /// The first byte of the first place in a text where the pattern is found.
    pub(super) fn first(&self, text: &str) -> Option<u32> {
        self.regex.find(text).map(|found| found.start() as u32)
    }
}

/// Whether a letter of an expression is upper case, other than one behind a backslash (`\W`).
fn has_upper_case(pattern: &str) -> bool {
    let mut is_escaped = false;
    pattern.chars().any(|character| {
        let counts = !is_escaped && character.is_uppercase();
        is_escaped = character == '\\' && !is_escaped;
        counts
    })
}

/// An expression with nothing in place of each word boundary; `None` if it has none.
fn without_boundaries(pattern: &str) -> Option<String> {
    let (mut rough, mut rest) = (String::with_capacity(pattern.len()), pattern);
    while let Some((before, escape)) = rest.split_once('\\') {
        let escaped = escape.chars().next();
        rough.push_str(before);
        match escaped {
            Some('b' | 'B') => rough.push_str("(?:)"),
            other => rough.extend(['\\'].into_iter().chain(other)),
        }
        rest = escape.get(escaped.map_or(0, char::len_utf8)..).unwrap_or_default();
    }
    rough.push_str(rest);
    (rough != pattern).then_some(rough)
}

/// The error in a regular expression. The library states it in a text only: the expression, a line with
/// `^` below it, and a line of words.
fn wrong(pattern: &str, at: usize, error: &Error) -> QueryError {
    let Error::Syntax(told) = error else {
        return QueryError::new(at, "this expression is too large");
    };
    let says = told.lines().last().unwrap_or_default().trim_start_matches("error: ");
    let mark = told.lines().skip(2).find(|line| line.trim_start().starts_with('^'));
    let character = mark.and_then(|line| line.find('^')?.checked_sub(4));
    let byte = |character| pattern.char_indices().nth(character).map_or(pattern.len(), |(byte, _)| byte);
    QueryError::new(at + character.map_or(0, byte), says)
}

/// Reads an expression that begins here and ends with a slash; says how long it is, that slash included. `at` is the
/// offset in what was typed.
pub(super) fn between_slashes(text: &str, at: usize) -> Result<(Search, usize), QueryError> {
    let mut escaped = false;
    let end = text.find(|character| {
        let ends = character == '/' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    });
    match end.and_then(|end| text.get(..end)) {
        // The library takes `\/` for a slash too, so the offsets stay those of what was typed.
        Some("") => Err(QueryError::new(at, "nothing between the slashes")),
        Some(pattern) => Ok((Search::expression(pattern, at)?, pattern.len() + 1)),
        None => Err(QueryError::new(at + text.len(), "this expression needs a / at its end")),
    }
}
