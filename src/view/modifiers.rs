//! Score modifiers (`[modifiers]`): queries that change the score of the comments that meet them, or hide them.
//!
//! The rules are those of Slashdot's account preferences (`getPoints` of slashcode): all that apply are added up, and the
//! sum is kept within the site's range. A score that is not known stays so. One that hides wins over any score.
//!
//! Names of an earlier form stand for queries:
//!
//! | name | query |
//! |---|---|
//! | `funny`, `troll`, … | `label:funny`, of the labels that a site has |
//! | `anonymous` | `is:anon` |
//! | `long`, `long:N` | `longer:2000`, `longer:N`: more than a screen of text |
//! | `short`, `short:N` | `shorter:100`, `shorter:N`: less than one line of text |
//! | `new-user`, `new-user:N` | `user:newest`, `user:>=N` |

use super::query::{CommentFacts, account, label_term};
use super::{Authors, Freshness, Query};
use crate::model::{Comment, Thread};

/// The most that one modifier adds or takes away.
const MOST: i64 = 6;

/// One modifier of the config.
#[derive(Clone, Debug)]
pub struct Modifier {
    /// Its name in the config: a query, or an earlier form of one.
    pub name: String,
    /// The change that it makes.
    pub change: ScoreChange,
    /// Its place in the config, in words for the reader.
    pub place: String,
    query: Query,
}

/// The change that a modifier makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreChange {
    /// Adds a number to the score, −6 to 6.
    Adds(i32),
    /// Hides the comment, whatever its score.
    Hides,
}

/// All modifiers of the config.
#[derive(Clone, Debug, Default)]
pub struct Modifiers {
    all: Vec<Modifier>,
    /// The labels that once needed no `label:` before them, in lower case.
    labels: Vec<String>,
}

impl Modifiers {
    /// No modifiers yet; these labels may be named without `label:`.
    pub fn new<'l>(labels: impl IntoIterator<Item = &'l str>) -> Self {
        Self { all: Vec::new(), labels: labels.into_iter().map(str::to_lowercase).collect() }
    }

    /// Takes a modifier that adds a number; `place` is its place in the config, in words for the reader. Returns the query
    /// that its name should be, where it is of an earlier form.
    ///
    /// # Errors
    /// The query or the number is wrong; the text says how, and points at the character of the query on lines of its own.
    pub fn add(&mut self, name: &str, number: i64, place: &str) -> Result<Option<String>, String> {
        let in_range = Some(number).filter(|number| (-MOST..=MOST).contains(number));
        let adds = in_range.and_then(|number| i32::try_from(number).ok());
        let adds = adds.ok_or_else(|| format!("is out of range: a modifier adds -{MOST} to {MOST}"))?;
        self.push(name, ScoreChange::Adds(adds), place)
    }

    /// Takes a modifier that hides comments; otherwise as [`Modifiers::add`].
    ///
    /// # Errors
    /// The query is wrong.
    pub fn hide(&mut self, name: &str, place: &str) -> Result<Option<String>, String> {
        self.push(name, ScoreChange::Hides, place)
    }

    fn push(&mut self, name: &str, change: ScoreChange, place: &str) -> Result<Option<String>, String> {
        let present = self.present_form(name);
        let text = present.as_deref().unwrap_or(name);
        let query = Query::for_modifier(text).map_err(|error| format!("{}\n{}", error.says, error.caret(text)))?;
        if let Some(other) = self.all.iter().find(|other| other.query.text() == text) {
            return Err(format!("the same as {} ({})", other.name, other.place));
        }
        self.all.push(Modifier { name: name.to_owned(), change, place: place.to_owned(), query });
        Ok(present)
    }

    /// The query that a name of an earlier form stands for; `None` for what is a query itself.
    fn present_form(&self, name: &str) -> Option<String> {
        let lower = name.trim().to_lowercase();
        let (word, number) =
            lower.split_once(':').map_or((lower.as_str(), None), |(word, number)| (word, Some(number)));
        let number = number.map(|number| number.trim().parse::<u64>().ok());
        match (word, number) {
            ("anonymous", None) => Some("is:anon".to_owned()),
            ("long", None) => Some("longer:2000".to_owned()),
            ("short", None) => Some("shorter:100".to_owned()),
            ("new-user", None) => Some("user:newest".to_owned()),
            ("long", Some(Some(most))) => Some(format!("longer:{most}")),
            ("short", Some(Some(least))) => Some(format!("shorter:{least}")),
            ("new-user", Some(Some(first))) => Some(format!("user:>={first}")),
            (_, None) if self.labels.contains(&lower) => Some(label_term(&lower)),
            _ => None,
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether one of them hides comments.
    pub(super) fn any_hides(&self) -> bool {
        self.all.iter().any(|modifier| modifier.change == ScoreChange::Hides)
    }

    /// The modifiers as they are for the comments of one thread, with the reader's notes on their authors.
    pub(super) fn on<'a>(&'a self, thread: &Thread, authors: &'a Authors) -> InThread<'a> {
        let by_newest = self.all.iter().any(|modifier| modifier.query.asks_for_newest_account());
        let highest_account = if by_newest { highest_account(thread) } else { None };
        InThread { modifiers: &self.all, authors, range: thread.story().score_range, highest_account }
    }
}

/// The highest number of an account in a thread.
pub(super) fn highest_account(thread: &Thread) -> Option<u64> {
    thread.iter().filter_map(account).max()
}

/// Modifiers with what they must know of the whole thread.
#[derive(Clone, Copy, Debug)]
pub(super) struct InThread<'a> {
    modifiers: &'a [Modifier],
    authors: &'a Authors,
    range: Option<(i32, i32)>,
    highest_account: Option<u64>,
}

impl<'a> InThread<'a> {
    /// The modifiers that apply to a comment, which was not there on the earlier visit or was.
    pub(super) fn of(self, comment: Comment<'_>, is_new: bool) -> impl Iterator<Item = &'a Modifier> {
        let facts = CommentFacts {
            comment,
            score: comment.score(),
            freshness: if is_new { Freshness::Posted } else { Freshness::Old },
            highest_account: self.highest_account,
            is_followed: self.authors.follows(comment),
            is_read: false,
        };
        self.modifiers.iter().filter(move |modifier| modifier.query.is_met(&facts))
    }

    /// The sum that they add to the score of a comment, and whether one hides it.
    pub(super) fn change(self, comment: Comment<'_>, is_new: bool) -> (i32, bool) {
        self.of(comment, is_new).fold((0, false), |(sum, is_hidden), modifier| match modifier.change {
            ScoreChange::Adds(adds) => (sum + adds, is_hidden),
            ScoreChange::Hides => (sum, true),
        })
    }

    /// A score with so much added, kept within the site's range.
    pub(super) fn with(self, score: Option<i32>, adds: i32) -> Option<i32> {
        let changed = score?.saturating_add(adds);
        let kept = self.range.filter(|(low, high)| adds != 0 && low <= high);
        Some(kept.map_or(changed, |(low, high)| changed.clamp(low, high)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modifiers() -> Modifiers {
        Modifiers::new(["Insightful", "Funny", "Half Funny", "Troll"])
    }

    #[test]
    fn what_is_wrong_with_a_modifier_is_said() {
        let mut modifiers = modifiers();
        modifiers.add("Funny", -1, "line 3").expect("it is right");
        for (name, number, says) in [
            ("funny", 1, "the same as Funny (line 3)"),
            ("label:funny", 1, "the same as Funny (line 3)"),
            ("troll", 7, "is out of range: a modifier adds -6 to 6"),
            ("troll", i64::MIN, "is out of range: a modifier adds -6 to 6"),
            ("by:", 1, "by: needs a value right after it\nby:\n   ^"),
            (
                "is:op is:risen",
                1,
                "is:risen means nothing in a modifier; there are is:op, is:new, is:anon, is:followed\nis:op is:risen\n         ^",
            ),
            ("-", 1, "- needs a term right after it\n-\n^"),
            ("", 1, "nothing to search for\n\n^"),
        ] {
            assert_eq!(modifiers.add(name, number, "line 4"), Err(says.to_owned()), "{name} = {number}");
        }
        for unknown in ["long:some", "short:-1", "new:", "anonymous:1", "funny:2", "title:x"] {
            let outcome = modifiers.hide(unknown, "line 4");
            let is_plain = unknown.ends_with(':');
            assert_eq!(outcome.is_ok(), is_plain, "{unknown}: {outcome:?}");
        }
    }

    #[test]
    fn earlier_names_are_read_with_the_query_that_they_stand_for() {
        for (name, query) in [
            ("TROLL", Some("label:troll")),
            ("half funny", Some("label:\"half funny\"")),
            ("anonymous", Some("is:anon")),
            ("long", Some("longer:2000")),
            ("long: 40", Some("longer:40")),
            ("short", Some("shorter:100")),
            ("Short:80", Some("shorter:80")),
            ("new-user", Some("user:newest")),
            ("new-user:9000", Some("user:>=9000")),
            ("by:Ann has:link", None),
            ("label:Admin", None),
            ("\"long\"", None),
        ] {
            assert_eq!(modifiers().add(name, 6, ""), Ok(query.map(str::to_owned)), "{name}");
            assert!(query.is_none_or(|query| Query::for_modifier(query).is_ok()), "{name}");
        }
    }
}
