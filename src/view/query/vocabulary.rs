//! The vocabulary of queries: keys, the words behind `is:` and `has:`, and the queries that may have them.

use super::facts::State;

/// The kind of a query: its subject, and so the terms that it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QueryKind {
    /// Chooses comments that show.
    Filter,
    /// Chooses comments whose score is changed.
    Modifier,
    /// Chooses stories of a list.
    List,
}

impl QueryKind {
    /// Its subject, behind "means nothing".
    pub(super) fn subject(self) -> &'static str {
        match self {
            Self::Filter => "for comments",
            Self::Modifier => "in a modifier",
            Self::List => "for stories",
        }
    }
}

/// The key of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TermKey {
    By,
    Score,
    Label,
    Is,
    Has,
    Longer,
    Shorter,
    Account,
    Title,
    Domain,
    Comments,
    Site,
    In,
    Expression,
}

/// The fact that a word behind `has:` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Link,
    Code,
}

/// A word, its meaning, and the kinds of queries in which it has that.
pub(super) type Word<T> = (&'static str, T, &'static [QueryKind]);

const ALL: &[QueryKind] = &[QueryKind::Filter, QueryKind::Modifier, QueryKind::List];
const COMMENTS: &[QueryKind] = &[QueryKind::Filter, QueryKind::Modifier];
const STORIES: &[QueryKind] = &[QueryKind::List];

/// The keys of terms.
pub(super) const KEYS: [Word<TermKey>; 15] = [
    ("by", TermKey::By, ALL),
    ("score", TermKey::Score, ALL),
    ("points", TermKey::Score, STORIES),
    ("label", TermKey::Label, COMMENTS),
    ("is", TermKey::Is, ALL),
    ("has", TermKey::Has, ALL),
    ("longer", TermKey::Longer, COMMENTS),
    ("shorter", TermKey::Shorter, COMMENTS),
    ("user", TermKey::Account, COMMENTS),
    ("title", TermKey::Title, STORIES),
    ("domain", TermKey::Domain, STORIES),
    ("comments", TermKey::Comments, STORIES),
    ("site", TermKey::Site, ALL),
    ("in", TermKey::In, ALL),
    ("re", TermKey::Expression, ALL),
];

/// The words behind `is:`. Whether a comment has risen depends on its score with modifiers, so no modifier may ask that; nor
/// whether it was read, for what is on the screen would change it.
pub(super) const STATES: [Word<State>; 6] = [
    ("op", State::Op, COMMENTS),
    ("new", State::New, ALL),
    ("risen", State::Risen, &[QueryKind::Filter]),
    ("anon", State::Anonymous, COMMENTS),
    ("read", State::Read, &[QueryKind::Filter, QueryKind::List]),
    ("followed", State::Followed, ALL),
];

/// The words behind `has:`.
pub(super) const PARTS: [Word<Part>; 2] = [("link", Part::Link, ALL), ("code", Part::Code, COMMENTS)];

/// The result of a look for a word in a kind of query.
pub(super) enum Found<T> {
    Here(T),
    /// It has a meaning in other kinds alone.
    Elsewhere,
    Nowhere,
}

/// Looks a word up, in any case.
pub(super) fn look_up<T: Copy>(words: &[Word<T>], word: &str, kind: QueryKind) -> Found<T> {
    match words.iter().find(|(known, ..)| word.eq_ignore_ascii_case(known)) {
        Some((_, meaning, kinds)) if kinds.contains(&kind) => Found::Here(*meaning),
        Some(_) => Found::Elsewhere,
        None => Found::Nowhere,
    }
}

/// The words of a kind of query, each between these signs.
pub(super) fn known<T>(words: &[Word<T>], kind: QueryKind, before: &str, after: &str) -> Vec<String> {
    let here = words.iter().filter(|(.., kinds)| kinds.contains(&kind));
    here.map(|(word, ..)| format!("{before}{word}{after}")).collect()
}
