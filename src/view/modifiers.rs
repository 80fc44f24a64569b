//! Score modifiers: points that the config adds to a comment's score before the thresholds (`[modifiers]`).
//!
//! The rules are those of Slashdot's account preferences (`getPoints` of slashcode): all that apply are added up, and the
//! sum is kept within the site's range. A score that is not known stays so.
//!
//! | name | applies to comments |
//! |---|---|
//! | `funny`, `troll`, … | with this label of Slashdot; `label:NAME` takes any label |
//! | `by:NICK` | of this author |
//! | `anonymous` | written without a name |
//! | `long`, `long:N` | with more than N characters of text, 2 000 unless said: more than a screen of it |
//! | `short`, `short:N` | with fewer than N characters of text but not without, 100 unless said: less than one line |
//! | `new-user`, `new-user:N` | of accounts whose number is N or higher, else is among the newest 5 % |
//!
//! Slashdot gives out numbers in order, and counts as new the last few percent of all. How many there are a reader cannot
//! know: the highest number in the thread stands for it. Where a site has no such numbers nobody is new.

use super::query::is_same_name;
use crate::model::{Comment, Thread};

/// The most that one modifier adds or takes away.
const MOST: i64 = 6;
/// More characters than this are long, fewer than that are short.
const LONG: u64 = 2000;
const SHORT: u64 = 100;
/// The newest accounts are those above so many hundredths of the highest number.
const SETTLED: u128 = 95;

/// One modifier of the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modifier {
    /// Its name in the config.
    pub name: String,
    /// The number that it adds, −6 to 6.
    pub adds: i32,
    /// Its place in the config, in words for the reader.
    pub place: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Label(String),
    By(String),
    Anonymous,
    Long(u64),
    Short(u64),
    /// From this number of an account on; `None` for the newest of the thread.
    NewUser(Option<u64>),
}

/// All modifiers of the config.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    all: Vec<Modifier>,
    /// The labels that need no `label:` before them, in lower case.
    labels: Vec<String>,
}

impl Modifiers {
    /// No modifiers yet; these labels may be named without `label:`.
    pub fn new<'l>(labels: impl IntoIterator<Item = &'l str>) -> Self {
        Self { all: Vec::new(), labels: labels.into_iter().map(str::to_lowercase).collect() }
    }

    /// Takes one entry of the config; `place` is its place there, in words for the reader.
    ///
    /// # Errors
    /// The name or the value is wrong; the text says how, without naming either.
    pub fn add(&mut self, name: &str, value: i64, place: &str) -> Result<(), String> {
        let kind = Kind::parse(name, &self.labels)?;
        let in_range = Some(value).filter(|value| (-MOST..=MOST).contains(value));
        let adds = in_range.and_then(|value| i32::try_from(value).ok());
        let adds = adds.ok_or_else(|| format!("{value} is out of range: a modifier adds -{MOST} to {MOST}"))?;
        if let Some(other) = self.all.iter().find(|other| other.kind == kind) {
            return Err(format!("the same as {} ({})", other.name, other.place));
        }
        self.all.push(Modifier { name: name.to_owned(), adds, place: place.to_owned(), kind });
        Ok(())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The modifiers as they are for the comments of one thread.
    pub(super) fn on(&self, thread: &Thread) -> InThread<'_> {
        let by_newest = self.all.iter().any(|modifier| modifier.kind == Kind::NewUser(None));
        let newest = if by_newest { thread.iter().filter_map(account).max() } else { None };
        InThread { modifiers: &self.all, range: thread.story().score_range, newest }
    }
}

impl Kind {
    fn parse(name: &str, labels: &[String]) -> Result<Self, String> {
        let (name, argument) =
            name.split_once(':').map_or((name, None), |(name, argument)| (name, Some(argument.trim())));
        let name = name.trim().to_lowercase();
        let number = || {
            let wrong = |_| format!("the value of {name} must be a whole number");
            argument.map(|argument| argument.parse().map_err(wrong)).transpose()
        };
        match (name.as_str(), argument) {
            ("by" | "label", None | Some("")) => Err(format!("{name}: needs a name")),
            ("by", Some(nick)) => Ok(Self::By(nick.to_lowercase())),
            ("label", Some(label)) => Ok(Self::Label(label.to_lowercase())),
            ("anonymous", None) => Ok(Self::Anonymous),
            ("long", _) => Ok(Self::Long(number()?.unwrap_or(LONG))),
            ("short", _) => Ok(Self::Short(number()?.unwrap_or(SHORT))),
            ("new-user", _) => Ok(Self::NewUser(number()?)),
            (_, None) if labels.contains(&name) => Ok(Self::Label(name)),
            _ => {
                let known =
                    labels.iter().map(String::as_str).chain(["label:NAME", "by:NICK", "anonymous", "long", "short"]);
                let known = known.collect::<Vec<_>>().join(", ");
                Err(format!("there is no such modifier; there are {known} and new-user"))
            }
        }
    }
}

/// Modifiers with what they must know of the whole thread.
#[derive(Clone, Copy, Debug)]
pub(super) struct InThread<'a> {
    modifiers: &'a [Modifier],
    range: Option<(i32, i32)>,
    /// The highest number of an account.
    newest: Option<u64>,
}

impl<'a> InThread<'a> {
    /// The modifiers that apply to a comment.
    pub(super) fn of(self, comment: Comment<'_>) -> impl Iterator<Item = &'a Modifier> {
        self.modifiers.iter().filter(move |modifier| self.applies(&modifier.kind, comment))
    }

    /// The sum that they add to the score of a comment.
    pub(super) fn adds(self, comment: Comment<'_>) -> i32 {
        self.of(comment).map(|modifier| modifier.adds).sum()
    }

    /// A score with so much added, kept within the site's range.
    pub(super) fn with(self, score: Option<i32>, adds: i32) -> Option<i32> {
        let changed = score?.saturating_add(adds);
        let kept = self.range.filter(|(low, high)| adds != 0 && low <= high);
        Some(kept.map_or(changed, |(low, high)| changed.clamp(low, high)))
    }

    fn applies(self, kind: &Kind, comment: Comment<'_>) -> bool {
        let characters = || comment.body().plain.chars().count() as u64;
        match kind {
            Kind::Label(label) => is_same_name(comment.label(), label),
            Kind::By(nick) => comment.author().is_some_and(|author| is_same_name(author, nick)),
            Kind::Anonymous => comment.flags().anonymous,
            Kind::Long(most) => characters() > *most,
            Kind::Short(least) => (1..*least).contains(&characters()),
            Kind::NewUser(Some(first)) => account(comment).is_some_and(|number| number >= *first),
            Kind::NewUser(None) => account(comment)
                .zip(self.newest)
                .is_some_and(|(number, newest)| u128::from(number) * 100 > u128::from(newest) * SETTLED),
        }
    }
}

/// The number of the author's account, where the site gives out numbers.
fn account(comment: Comment<'_>) -> Option<u64> {
    comment.author_id().parse().ok().filter(|_| !comment.flags().anonymous)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_modifier_is_said() {
        let mut modifiers = Modifiers::new(["Insightful", "Funny", "Troll"]);
        modifiers.add("Funny", -1, "line 3").expect("it is right");
        for (name, value, says) in [
            ("funny", 1, "the same as Funny (line 3)"),
            ("label:FUNNY", 1, "the same as Funny (line 3)"),
            ("troll", 7, "7 is out of range: a modifier adds -6 to 6"),
            ("troll", i64::MIN, "-9223372036854775808 is out of range: a modifier adds -6 to 6"),
            ("by:", 1, "by: needs a name"),
            ("label", 1, "label: needs a name"),
            ("long:some", 1, "the value of long must be a whole number"),
            ("short:-1", 1, "the value of short must be a whole number"),
            ("new-user:", 1, "the value of new-user must be a whole number"),
        ] {
            assert_eq!(modifiers.add(name, value, "line 4"), Err(says.to_owned()), "{name} = {value}");
        }
        for unknown in ["funy", "anonymous:1", "", "by Nick", "new user", "funny:2"] {
            let said = modifiers.add(unknown, 1, "line 4").expect_err("there is no such thing");
            assert!(said.starts_with("there is no such modifier; there are insightful, "), "{unknown}: {said}");
        }
        for right in ["by:Ann", "label:Admin", "anonymous", "long", "short:80", "new-user", "new-user:9000", "TROLL"] {
            assert_eq!(modifiers.add(right, 6, ""), Ok(()), "{right}");
        }
    }
}
