//! The facts of the stories of a list in columns: numbers, age and author stand under each other, whatever their width.

use unicode_width::UnicodeWidthStr;

use super::{age, domain};
use crate::model::{Entry, counted};

/// The most columns of an author.
const WIDEST_AUTHOR: usize = 18;
/// The word for what can be read without a network.
const STORED: &str = "stored";
/// Columns of an age.
const AGE: usize = 4;

/// A fact of a story as it stands in its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactCell {
    /// What it is about.
    pub kind: FactKind,
    /// The words, filled up to the width of the column.
    pub words: String,
}

/// What a fact is about; what matters least comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKind {
    /// The score.
    Score,
    /// The number of comments.
    Comments,
    /// How many of these are new, or good.
    New,
    /// The site that it is of.
    Site,
    /// The time since it was posted.
    Age,
    /// That its thread is stored.
    Stored,
    /// The domain that the title leads to.
    Domain,
    /// The author, with the reader's note on them.
    Author,
    /// The section or community.
    Place,
}

/// What a list knows of a story beside the story itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct FactContext<'a> {
    /// The time, in seconds since 1970 UTC.
    pub now: i64,
    /// The number of comments that are new; `None` for a story that was not read.
    pub new: Option<u32>,
    /// The words behind the author.
    pub author_note: &'a str,
    /// Whether it is marked as stored.
    pub is_stored: bool,
    /// Whether numbers stand without the words for what they count.
    pub is_brief: bool,
    /// Whether the domain stands elsewhere.
    pub has_domain: bool,
}

/// The widths of the columns of a list; 0 for one that no story has anything for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactColumns {
    score: usize,
    comments: usize,
    new: usize,
    author: usize,
    has_age: bool,
    site: usize,
    stored: usize,
}

impl FactColumns {
    /// The columns that these stories need, each with the number of its comments that are new.
    pub fn of<'a>(entries: impl Iterator<Item = (&'a Entry, Option<u32>)>) -> Self {
        entries.fold(Self::default(), |columns, (entry, new)| Self {
            score: columns.score.max(entry.score.map_or(0, |score| digits(score.into()))),
            comments: columns.comments.max(entry.comments.map_or(0, |comments| digits(comments.into()))),
            new: columns
                .new
                .max(new_or_good(entry, new).map_or(0, |(number, unit)| digits(number.into()) + 1 + unit.len())),
            author: columns.author.max(entry.author.width()).min(WIDEST_AUTHOR),
            has_age: columns.has_age || entry.posted_at.is_some(),
            ..columns
        })
    }

    /// The same with a column for these names of sites; with none where there are no names.
    pub(super) fn with_sites<'a>(self, names: impl Iterator<Item = &'a str>) -> Self {
        Self { site: names.map(UnicodeWidthStr::width).max().unwrap_or(0), ..self }
    }

    /// The same with a column for the word of what is stored, or without.
    pub(super) fn with_stored(self, has_stored: bool) -> Self {
        Self { stored: if has_stored { STORED.len() } else { 0 }, ..self }
    }

    /// The facts of a story, what matters most first.
    pub fn facts(&self, entry: &Entry, context: FactContext<'_>) -> Vec<FactCell> {
        let count = |number: Option<&String>, width: usize, unit: &str| {
            number_cell(number.map(String::as_str), width, unit, context.is_brief)
        };
        let score = entry.score.map(|score| counted(score, entry.score_kind.unit()));
        let comments = entry.comments.map(|comments| counted(comments, "comment"));
        let new = new_or_good(entry, context.new).map_or_else(String::new, |(number, unit)| format!("{number} {unit}"));
        let age = entry.posted_at.map_or_else(String::new, |then| age(then, context.now));
        let author = format!("{}{}", entry.author, context.author_note);
        let site = if self.site > 0 { entry.site.as_str() } else { "" };
        let stored = if self.stored > 0 && context.is_stored { STORED } else { "" };
        // Where stories are of several sites, the reason why they are there matters more.
        let host = if context.has_domain || self.site > 0 { "" } else { domain(&entry.link) };
        let facts = [
            (FactKind::Score, count(score.as_ref(), self.score, "points")),
            (FactKind::Comments, count(comments.as_ref(), self.comments, "comments")),
            (FactKind::New, format!("{new:<width$}", width = self.new)),
            (FactKind::Site, format!("{site:<width$}", width = self.site)),
            (FactKind::Age, if self.has_age { format!("{age:>AGE$}") } else { String::new() }),
            (FactKind::Stored, format!("{stored:<width$}", width = self.stored)),
            (FactKind::Domain, if host.is_empty() { String::new() } else { format!("({host})") }),
            (FactKind::Author, padded(author, self.author)),
            (FactKind::Place, entry.place.clone()),
        ];
        let facts = facts.into_iter().filter(|(_, words)| !words.is_empty());
        facts.map(|(kind, words)| FactCell { kind, words }).collect()
    }
}

/// The number of comments of a story that are new or, where none are, that the site counts as good; and the word for that.
fn new_or_good(entry: &Entry, new: Option<u32>) -> Option<(u32, &'static str)> {
    let new = new.filter(|new| *new > 0).map(|new| (new, "new"));
    new.or_else(|| entry.good.map(|good| (good, "good")))
}

/// The columns of a number.
fn digits(number: i64) -> usize {
    let sign = usize::from(number < 0);
    sign + number.unsigned_abs().checked_ilog10().map_or(1, |digits| digits as usize + 1)
}

/// A number right in its column, and what it counts left in its own; blank where there is none.
fn number_cell(counted: Option<&str>, digits: usize, widest_unit: &str, is_brief: bool) -> String {
    if digits == 0 {
        return String::new();
    }
    let (number, unit) = counted.and_then(|words| words.split_once(' ')).unwrap_or_default();
    let (number, unit) = (number.to_owned(), unit.to_owned());
    if is_brief {
        return format!("{number:>digits$}");
    }
    let width = widest_unit.len();
    format!("{number:>digits$} {unit:<width$}")
}

fn padded(words: String, columns: usize) -> String {
    let missing = columns.saturating_sub(words.width());
    if words.is_empty() { words } else { words + &" ".repeat(missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(columns: &FactColumns, entry: &Entry, context: FactContext<'_>) -> String {
        let facts = columns.facts(entry, context);
        facts.iter().map(|fact| fact.words.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn digits_are_counted() {
        for number in [0, 9, 10, 99_999, -1, -9_999] {
            assert_eq!(digits(number), number.to_string().len(), "{number}");
        }
    }

    #[test]
    fn facts_stand_under_each_other() {
        let entry = |score, comments, author: &str| Entry {
            score,
            comments: Some(comments),
            author: author.to_owned(),
            posted_at: Some(0),
            link: "https://a.example/".to_owned(),
            ..Entry::default()
        };
        let (one, other) = (entry(Some(1), 204, "ada"), entry(None, 1, "longer"));
        let columns =
            FactColumns::of([(&one, Some(12)), (&other, None), (&entry(Some(512), 3, "x"), None)].into_iter());
        let context = FactContext { now: 7200, has_domain: true, ..FactContext::default() };
        assert_eq!(words(&columns, &one, context), "  1 point |204 comments|      |  2h|ada   ");
        assert_eq!(words(&columns, &other, context), "          |  1 comment |      |  2h|longer");
        let context = FactContext { new: Some(12), is_brief: true, has_domain: false, author_note: " [x]", ..context };
        assert_eq!(words(&columns, &one, context), "  1|204|12 new|  2h|(a.example)|ada [x]");
        assert_eq!(words(&FactColumns::default(), &Entry::default(), FactContext::default()), "");
    }
}
