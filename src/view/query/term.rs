//! One term of a query, and the test whether a comment or a story meets it.

use super::super::{Search, domain};
use super::facts::{Facts, State};
use super::name::is_same_name;
use super::numbers::Numbers;
use super::place::{is_host_in, is_in};

/// An account is among the newest where its number is above so many hundredths of the highest.
const SETTLED: u128 = 95;

/// One term.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) negated: bool,
    pub(super) test: Test,
}

impl Term {
    /// The search that must find something where the term is met.
    pub(super) fn needed_search(&self) -> Option<&Search> {
        match &self.test {
            Test::Text(search) if !self.negated => Some(search),
            _ => None,
        }
    }
}

/// The condition of a term.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// A word, some words or an expression in any of the texts.
    Text(Search),
    Title(Search),
    By(String),
    Label(String),
    Score(Numbers),
    Comments(Numbers),
    Account(Numbers),
    /// An account whose number is among the highest of the thread.
    NewestAccount,
    /// More characters than this.
    Longer(u64),
    /// Fewer characters than this, but some.
    Shorter(u64),
    Is(State),
    Link,
    Code,
    Site(String),
    In(String),
    Domain(String),
}

impl Test {
    /// Whether it asks for an author of this name.
    pub(super) fn names_author(&self, author: &str) -> bool {
        matches!(self, Self::By(nick) if is_same_name(author, nick))
    }

    pub(super) fn is_met(&self, facts: &impl Facts) -> bool {
        match self {
            Self::Text(pattern) => facts.contains(pattern),
            Self::Title(pattern) => facts.title().is_some_and(|title| pattern.is_in_any(&[title])),
            Self::By(_) => facts.author().is_some_and(|author| self.names_author(author)),
            Self::Label(label) => facts.label().is_some_and(|own| is_same_name(own, label)),
            Self::Score(numbers) => facts.score().is_some_and(|score| numbers.allow(score)),
            Self::Comments(numbers) => facts.comments().is_some_and(|comments| numbers.allow(comments)),
            Self::Account(numbers) => {
                let number = facts.account().and_then(|account| i64::try_from(account).ok());
                number.is_some_and(|number| numbers.allow(number))
            }
            Self::NewestAccount => {
                let pair = facts.account().zip(facts.highest_account());
                pair.is_some_and(|(number, highest)| u128::from(number) * 100 > u128::from(highest) * SETTLED)
            }
            Self::Longer(most) => facts.length() > *most,
            Self::Shorter(least) => (1..*least).contains(&facts.length()),
            Self::Is(state) => facts.is(*state),
            Self::Link => facts.has_link(),
            Self::Code => facts.has_code(),
            Self::Site(name) => is_same_name(facts.site(), name) || is_host_in(domain(facts.address()), name),
            Self::In(name) => is_in(facts.place().unwrap_or_default(), facts.address(), name),
            Self::Domain(host) => facts.domain().is_some_and(|own| is_host_in(own, host)),
        }
    }
}
