//! The query parser: text → terms, or the character that is wrong.

use super::super::search::between_slashes;
use super::super::{QueryError, Search};
use super::term::{Term, Test};

/// Words of other query languages, and what to write instead.
const FOREIGN: [(&str, &str); 2] =
    [("AND", "terms side by side must all match: leave AND out"), ("NOT", "- right before a term negates it")];

/// The kinds of terms with a colon.
const KEYS: [&str; 6] = ["by", "score", "label", "is", "has", "re"];

type Outcome<T> = Result<T, QueryError>;

/// A place in a query.
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The alternatives of the whole query, each with at least one term.
    pub(super) fn query(mut self) -> Outcome<Vec<Vec<Term>>> {
        let (mut alternatives, mut terms, mut last_or) = (Vec::new(), Vec::new(), None);
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            if self.rest().is_empty() {
                break;
            }
            if self.word() == "OR" {
                if terms.is_empty() {
                    return self.wrong("OR needs a term before it");
                }
                alternatives.push(std::mem::take(&mut terms));
                last_or = Some(self.at);
                self.at += "OR".len();
            } else {
                terms.push(self.term()?);
            }
        }
        match last_or {
            _ if !terms.is_empty() => alternatives.push(terms),
            Some(at) => return Err(QueryError::new(at, "OR needs a term after it")),
            None => return self.wrong("nothing to search for"),
        }
        Ok(alternatives)
    }

    fn term(&mut self) -> Outcome<Term> {
        if let Some((_, instead)) = FOREIGN.iter().find(|(word, _)| *word == self.word()) {
            return self.wrong(&format!("{instead}; in quotes it is a word"));
        }
        let negated = self.rest().starts_with('-');
        if negated && self.word() == "-" {
            return self.wrong("- needs a term right after it");
        }
        self.at += usize::from(negated);
        if self.rest().starts_with('(') {
            return self.wrong("there are no parentheses; in quotes they are words");
        }
        let start = self.at;
        let test = match self.key()? {
            Some("re") => {
                let (search, length) = between_slashes(self.rest().get(1..).unwrap_or_default(), self.at + 1)?;
                self.at += 1 + length;
                self.end_of_term()?;
                Test::Text(search)
            }
            Some(key) => self.keyed(key)?,
            None => Test::Text(Search::literal(&self.value()?, start)?),
        };
        Ok(Term { negated, test })
    }

    /// The key of a term with a colon, which it consumes.
    /// `12:30`, `note:`) have none.
    fn key(&mut self) -> Outcome<Option<&'static str>> {
        let Some((name, value)) = self.word().split_once(':') else { return Ok(None) };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Ok(None);
        }
        let key = KEYS.into_iter().find(|key| name.eq_ignore_ascii_case(key));
        let slash = value.starts_with('/');
        match key {
            Some("re") if slash => {}
            Some("re") => return self.wrong("an expression stands between slashes: re:/…/"),
            Some(_) if value.is_empty() => {
                self.at += name.len() + 1;
                return self.wrong(&format!("{name}: needs a value right after it"));
            }
            None if value.is_empty() || slash || value.starts_with(':') => return Ok(None),
            None => {
                return self.wrong(&format!("there is no {name}: here, only {}; in quotes it is a word", keys()));
            }
            Some(_) => {}
        }
        self.at += name.len() + 1;
        Ok(key)
    }

    fn keyed(&mut self, key: &str) -> Outcome<Test> {
        let start = self.at;
        let value = self.value()?;
        let wrong = |says: &str| Err(QueryError::new(start, says));
        match (key, value.to_ascii_lowercase().as_str()) {
            ("by", _) => Ok(Test::By(value)),
            ("label", _) => Ok(Test::Label(value)),
            ("score", _) => match scores(&value) {
                Some((low, high)) => Ok(Test::Score(low, high)),
                None => wrong("a score is a whole number, with > >= < <= = before it, or a range as 2..4"),
            },
            ("is", "op") => Ok(Test::Op),
            ("is", "new") => Ok(Test::New),
            ("is", "anon") => Ok(Test::Anonymous),
            ("is", _) => wrong("use is:op, is:new or is:anon"),
            ("has", "link") => Ok(Test::Link),
            ("has", "code") => Ok(Test::Code),
            _ => wrong("use has:link or has:code"),
        }
    }

    /// Reads a value up to a space, or between quotes, in which `\"` is a quote and `\\` a backslash.
    fn value(&mut self) -> Outcome<String> {
        let Some(quoted) = self.rest().strip_prefix('"') else {
            let word = self.word();
            self.at += word.len();
            return Ok(word.to_owned());
        };
        let mut value = String::new();
        let mut characters = quoted.char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            match character {
                '"' if value.is_empty() => return self.wrong("there is nothing between the quotes"),
                '"' => {
                    self.at += offset + 2;
                    return self.end_of_term().map(|()| value);
                }
                '\\' => {
                    let escaped = characters.next_if(|(_, next)| matches!(next, '"' | '\\'));
                    value.push(escaped.map_or('\\', |(_, escaped)| escaped));
                }
                other => value.push(other),
            }
        }
        self.wrong("this quote is not closed")
    }

    fn end_of_term(&self) -> Outcome<()> {
        let apart = self.rest().chars().next().is_none_or(char::is_whitespace);
        if apart { Ok(()) } else { self.wrong("a space is missing before this") }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text up to the next white space.
    fn word(&self) -> &'a str {
        self.rest().split(char::is_whitespace).next().unwrap_or_default()
    }

    fn wrong<T>(&self, says: &str) -> Outcome<T> {
        Err(QueryError::new(self.at, says))
    }
}

/// The lowest and the highest score that a condition allows; the first above the second where there is none.
fn scores(condition: &str) -> Option<(i32, i32)> {
    let number = |text: &str| text.parse::<i32>().ok();
    if let Some((low, high)) = condition.split_once("..") {
        let bound = |text: &str, open| if text.is_empty() { Some(open) } else { number(text) };
        return if condition == ".." { None } else { Some((bound(low, i32::MIN)?, bound(high, i32::MAX)?)) };
    }
    let signs = condition.len() - condition.trim_start_matches(['<', '>', '=']).len();
    let (sign, value) = condition.split_at_checked(signs)?;
    let value = number(value)?;
    match sign {
        ">=" => Some((value, i32::MAX)),
        "<=" => Some((i32::MIN, value)),
        ">" => Some(value.checked_add(1).map_or((1, 0), |low| (low, i32::MAX))),
        "<" => Some(value.checked_sub(1).map_or((1, 0), |high| (i32::MIN, high))),
        "=" | "" => Some((value, value)),
        _ => None,
    }
}

fn keys() -> String {
    KEYS.map(|key| format!("{key}:")).join(" ")
}
