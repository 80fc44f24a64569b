//! The query parser: text → terms, or the character that is wrong.

use super::super::search::between_slashes;
use super::super::{QueryError, Search};
use super::numbers::Numbers;
use super::term::{Term, Test};
use super::vocabulary::{Found, KEYS, PARTS, Part, QueryKind, STATES, TermKey, known, look_up};

/// Words of other query languages, and what to write instead.
const FOREIGN: [(&str, &str); 2] =
    [("AND", "terms side by side must all match: leave AND out"), ("NOT", "- right before a term negates it")];

type Outcome<T> = Result<T, QueryError>;

/// A place in a query.
pub(super) struct Parser<'a> {
    kind: QueryKind,
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(kind: QueryKind, text: &'a str) -> Self {
        Self { kind, text, at: 0 }
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
            Some(TermKey::Expression) => self.expression()?,
            Some(key) => self.keyed(key)?,
            None => Test::Text(Search::literal(&self.value()?, start)?),
        };
        Ok(Term { negated, test })
    }

    /// The key of a term with a colon, which it consumes.
    /// `12:30`, `note:`) have none.
    fn key(&mut self) -> Outcome<Option<TermKey>> {
        let Some((name, value)) = self.word().split_once(':') else { return Ok(None) };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Ok(None);
        }
        let slash = value.starts_with('/');
        let key = match look_up(&KEYS, name, self.kind) {
            Found::Here(key) => key,
            Found::Nowhere if value.is_empty() || slash || value.starts_with(':') => return Ok(None),
            Found::Nowhere => return self.wrong(&format!("there is no {name}: here, only {}", self.keys())),
            Found::Elsewhere => {
                let subject = self.kind.subject();
                return self.wrong(&format!("{name}: means nothing {subject}; there are {}", self.keys()));
            }
        };
        if key == TermKey::Expression && !slash {
            return self.wrong("an expression stands between slashes: re:/…/");
        }
        self.at += name.len() + 1;
        if value.is_empty() {
            return self.wrong(&format!("{name}: needs a value right after it"));
        }
        Ok(Some(key))
    }

    /// The keys of this kind of query, and the way to have a word with a colon.
    fn keys(&self) -> String {
        format!("{}; in quotes it is a word", known(&KEYS, self.kind, "", ":").join(" "))
    }

    /// The expression between slashes.
    fn expression(&mut self) -> Outcome<Test> {
        let (search, length) = between_slashes(self.rest().get(1..).unwrap_or_default(), self.at + 1)?;
        self.at += 1 + length;
        self.end_of_term()?;
        Ok(Test::Text(search))
    }

    fn keyed(&mut self, key: TermKey) -> Outcome<Test> {
        let start = self.at;
        let value = self.value()?;
        match key {
            TermKey::By => Ok(Test::By(value)),
            TermKey::Label => Ok(Test::Label(value)),
            TermKey::Title | TermKey::Expression => Ok(Test::Title(Search::literal(&value, start)?)),
            TermKey::Site => Ok(Test::Site(value)),
            TermKey::In => Ok(Test::In(value)),
            TermKey::Domain => Ok(Test::Domain(value)),
            TermKey::Score => Ok(Test::Score(numbers(&value, start)?)),
            TermKey::Comments => Ok(Test::Comments(numbers(&value, start)?)),
            TermKey::Account if value.eq_ignore_ascii_case("newest") => Ok(Test::NewestAccount),
            TermKey::Account => Ok(Test::Account(numbers(&value, start)?)),
            TermKey::Longer => Ok(Test::Longer(characters(&value, start)?)),
            TermKey::Shorter => Ok(Test::Shorter(characters(&value, start)?)),
            TermKey::Is => self.state(&value, start),
            TermKey::Has => self.part(&value, start),
        }
    }

    fn state(&self, word: &str, at: usize) -> Outcome<Test> {
        let may = known(&STATES, self.kind, "is:", "").join(", ");
        let says = match look_up(&STATES, word, self.kind) {
            Found::Here(state) => return Ok(Test::Is(state)),
            Found::Elsewhere => format!("is:{word} means nothing {}; there are {may}", self.kind.subject()),
            Found::Nowhere => format!("there is no is:{word}, only {may}"),
        };
        Err(QueryError::new(at, says))
    }

    fn part(&self, word: &str, at: usize) -> Outcome<Test> {
        let may = known(&PARTS, self.kind, "has:", "").join(", ");
        let says = match look_up(&PARTS, word, self.kind) {
            Found::Here(Part::Link) => return Ok(Test::Link),
            Found::Here(Part::Code) => return Ok(Test::Code),
            Found::Elsewhere => format!("has:{word} means nothing {}; there is {may}", self.kind.subject()),
            Found::Nowhere => format!("there is no has:{word}, only {may}"),
        };
        Err(QueryError::new(at, says))
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

fn numbers(condition: &str, at: usize) -> Outcome<Numbers> {
    let says = "needs a whole number, perhaps with > >= < <= = before it, or a range as 2..4";
    Numbers::parse(condition).ok_or_else(|| QueryError::new(at, says))
}

fn characters(number: &str, at: usize) -> Outcome<u64> {
    number.parse().map_err(|_| QueryError::new(at, "needs a number of characters"))
}
