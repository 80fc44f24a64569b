//! The facts of the stories of a list in columns: one layout for all of them, whatever is known of each.
//!
//! Where there is no room for all columns, those that matter least are left out of every story alike. Counts of new comments,
//! which come later than the stories, have their room from the start, so that nothing moves when they come.

use unicode_width::UnicodeWidthStr;

use super::entry_facts::is_person;
use super::{age, domain};
use crate::model::{Entry, counted};

/// The fewest columns of authors and the most, the reader's notes on them included.
const AUTHORS: (usize, usize) = (10, 24);
/// The fewest digits that a column of numbers has room for, so that what comes later fits too.
const DIGITS: usize = 3;
/// The word for what can be read without a network.
const STORED: &str = "stored";
/// The words behind numbers: of scores the longer one, since a column is as wide for all.
const SCORE_UNIT: &str = "points";
const COMMENTS_UNIT: &str = "comments";
/// Columns of an age.
const AGE: usize = 4;
/// Columns that a place is to have at least, if it has so many; more of a place that is why the story stands in the list.
const LEAST_PLACE: usize = 12;
const LEAST_REASON: usize = 20;
/// Columns of a story on one line from which the author is among its facts.
const WIDE_ENOUGH_FOR_AUTHOR: usize = 100;
/// Between two columns.
const GAP: usize = 2;

/// A fact of a story as it stands in its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactCell {
    /// What it is about.
    pub kind: FactKind,
    /// The words; empty where nothing is known.
    pub words: String,
    /// The columns that it has, whatever its words.
    pub width: usize,
}

/// What a fact is about, in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// The score.
    Score,
    /// The number of comments.
    Comments,
    /// How many of these are new, or good.
    New,
    /// That its thread is stored; in the column for what is new.
    Stored,
    /// The site that it is of.
    Site,
    /// The time since it was posted.
    Age,
    /// The author, with the reader's note on them.
    Author,
    /// The section or community.
    Place,
    /// The domain that the title leads to.
    Domain,
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
    /// Whether the domain stands elsewhere.
    pub has_domain: bool,
}

/// The widths of the columns of a list; 0 for one that no story has anything for, or that there is no room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactColumns {
    score: Numbers,
    comments: Numbers,
    new: usize,
    site: usize,
    age: usize,
    author: usize,
    /// The widest place, and the columns that are left to place and domain.
    place: usize,
    rest: usize,
}

/// A column of numbers, with the words for what they count or without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Numbers {
    digits: usize,
    unit: usize,
}

impl Numbers {
    fn widened_to(self, number: Option<i64>, unit: &str) -> Self {
        let wider = |number| Self { digits: self.digits.max(digits(number)).max(DIGITS), unit: unit.len() };
        number.map_or(self, wider)
    }

    fn width(self) -> usize {
        self.digits + if self.unit > 0 && self.digits > 0 { 1 + self.unit } else { 0 }
    }

    /// A number right in its column, and what it counts left in its own.
    fn cell(self, counted: Option<&str>) -> String {
        let Some((number, unit)) = counted.and_then(|words| words.split_once(' ')) else { return String::new() };
        let unit = if self.unit > 0 { unit } else { "" };
        format!("{number:>digits$} {unit}", digits = self.digits).trim_end().to_owned()
    }
}

impl FactColumns {
    /// The columns that these stories need, each with the number of its comments that are new, and the columns of the reader's
    /// note on its author.
    pub fn of<'a>(entries: impl Iterator<Item = (&'a Entry, Option<u32>, usize)>) -> Self {
        entries.fold(Self::default(), |columns, (entry, new, note)| Self {
            score: columns.score.widened_to(entry.score.map(i64::from), SCORE_UNIT),
            comments: columns.comments.widened_to(entry.comments.map(i64::from), COMMENTS_UNIT),
            new: columns
                .new
                .max(new_or_good(entry, new).map_or(0, |(number, unit)| digits(number.into()) + 1 + unit.len())),
            age: columns.age.max(if entry.posted_at.is_some() { AGE } else { 0 }),
            author: columns.author.max(author_width(entry, note)),
            place: columns.place.max(entry.place.width()),
            ..columns
        })
    }

    /// The same with a column for these names of sites; with none where there are no names.
    pub(super) fn with_sites<'a>(self, names: impl Iterator<Item = &'a str>) -> Self {
        Self { site: names.map(UnicodeWidthStr::width).max().unwrap_or(0), ..self }
    }

    /// The same with room for counts of new comments that are still to come.
    pub(super) fn with_room_for_new(self) -> Self {
        let room = if self.comments.digits > 0 { self.comments.digits + " new".len() } else { 0 };
        Self { new: self.new.max(room), ..self }
    }

    /// The same with room for the word of what is stored.
    pub(super) fn with_stored(self) -> Self {
        Self { new: self.new.max(STORED.len()), ..self }
    }

    /// Those for which a line of so many columns has room, and what is left to place and domain.
    #[must_use]
    pub(super) fn within(self, room: usize) -> Self {
        let mut columns = self;
        for leave_out in if self.site > 0 { OF_SEVERAL_SITES } else { OF_ONE_SITE } {
            if columns.needed() <= room {
                break;
            }
            leave_out(&mut columns);
        }
        let taken = columns.taken();
        let rest = room.saturating_sub(taken + if taken > 0 { GAP } else { 0 });
        Self { rest: if columns.place > 0 || self.place == 0 { rest } else { 0 }, ..columns }
    }

    /// The few that share a line of so many columns with the title.
    #[must_use]
    pub(super) fn beside_title(self, room: usize) -> Self {
        let brief = |numbers| Numbers { unit: 0, ..numbers };
        let author = if room >= WIDE_ENOUGH_FOR_AUTHOR { self.author } else { 0 };
        Self { score: brief(self.score), comments: brief(self.comments), author, place: 0, rest: 0, ..self }
    }

    /// The columns of all that have a width of their own, and of the gaps between them.
    pub fn taken(&self) -> usize {
        let widths = [self.score.width(), self.comments.width(), self.new, self.site, self.age, self.author];
        let widths = widths.into_iter().filter(|width| *width > 0);
        widths.map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
    }

    fn needed(&self) -> usize {
        let least = if self.site > 0 { LEAST_REASON } else { LEAST_PLACE };
        let place = if self.place > 0 { GAP + self.place.min(least) } else { 0 };
        self.taken() + place
    }

    /// The facts of a story, one for each column, and what is left to its place and domain.
    pub fn facts(&self, entry: &Entry, context: FactContext<'_>) -> Vec<FactCell> {
        let score = entry.score.map(|score| counted(score, entry.score_kind.unit()));
        let comments = entry.comments.map(|comments| counted(comments, "comment"));
        let age = entry.posted_at.map_or_else(String::new, |then| age(then, context.now));
        let site = if self.site > 0 { entry.site.as_str() } else { "" };
        let (new_kind, new) = match new_or_good(entry, context.new) {
            None if context.is_stored => (FactKind::Stored, STORED.to_owned()),
            new => (FactKind::New, new.map_or_else(String::new, |(number, unit)| format!("{number} {unit}"))),
        };
        let columns = [
            (FactKind::Score, self.score.cell(score.as_deref()), self.score.width()),
            (FactKind::Comments, self.comments.cell(comments.as_deref()), self.comments.width()),
            (new_kind, new, self.new),
            (FactKind::Site, site.to_owned(), self.site),
            (FactKind::Age, format!("{age:>AGE$}"), self.age),
            (FactKind::Author, author(entry) + context.author_note, self.author),
        ];
        let cell = |(kind, words, width)| FactCell { kind, words, width };
        let mut facts: Vec<FactCell> = columns.into_iter().filter(|column| column.2 > 0).map(cell).collect();
        facts.extend(self.place_and_domain(entry, context.has_domain));
        facts
    }

    /// What stands behind the columns: the place, cut where there is no room for all of it, and the domain whole or not at all.
    fn place_and_domain(&self, entry: &Entry, has_domain: bool) -> impl Iterator<Item = FactCell> {
        let place = if self.place > 0 { entry.place.as_str() } else { "" };
        let place = FactCell { kind: FactKind::Place, words: place.to_owned(), width: place.width().min(self.rest) };
        // Where stories are of several sites, the reason why they are there matters more.
        let host = if has_domain || self.site > 0 { "" } else { domain(&entry.link) };
        let words = format!("({host})");
        let domain = FactCell { kind: FactKind::Domain, width: words.width(), words };
        let left = self.rest.saturating_sub(if place.width > 0 { place.width + GAP } else { 0 });
        let has_room = !host.is_empty() && domain.width <= left;
        Some(place).filter(|place| place.width > 0).into_iter().chain(Some(domain).filter(|_| has_room))
    }
}

/// What is left out of the facts of every story, one after the other until there is room.
type Steps = &'static [fn(&mut FactColumns)];

const OF_ONE_SITE: Steps = &[
    |columns| columns.place = 0,
    |columns| columns.score.unit = 0,
    |columns| (columns.author, columns.score.unit) = (0, SCORE_UNIT.len()),
    |columns| columns.score.unit = 0,
    |columns| columns.comments.unit = 0,
    |columns| columns.score = Numbers::default(),
    |columns| columns.age = 0,
    |columns| columns.new = 0,
];

/// Where stories are of several sites, the place says why each is there.
const OF_SEVERAL_SITES: Steps = &[
    |columns| columns.author = 0,
    |columns| columns.score.unit = 0,
    |columns| columns.score = Numbers::default(),
    |columns| columns.new = 0,
    |columns| columns.comments = Numbers::default(),
    |columns| columns.age = 0,
    |columns| columns.place = 0,
];

/// The author's name; none where that is the title already.
fn author(entry: &Entry) -> String {
    if is_person(entry) { String::new() } else { entry.author.clone() }
}

fn author_width(entry: &Entry, note: usize) -> usize {
    let author = author(entry);
    if author.is_empty() { 0 } else { (author.width() + note).clamp(AUTHORS.0, AUTHORS.1) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(columns: &FactColumns, entry: &Entry, context: FactContext<'_>) -> String {
        let facts = columns.facts(entry, context);
        let padded = |fact: &FactCell| format!("{:<width$}", fact.words, width = fact.width);
        facts.iter().map(padded).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn digits_are_counted() {
        for number in [0, 9, 10, 99_999, -1, -9_999] {
            assert_eq!(digits(number), number.to_string().len(), "{number}");
        }
    }

    fn entry(score: Option<i32>, comments: u32, author: &str) -> Entry {
        Entry {
            score,
            comments: Some(comments),
            author: author.to_owned(),
            posted_at: Some(0),
            link: "https://a.example/".to_owned(),
            place: "maps".to_owned(),
            ..Entry::default()
        }
    }

    fn natural(entries: [&Entry; 3]) -> FactColumns {
        FactColumns::of(entries.into_iter().map(|entry| (entry, None, 0))).with_room_for_new()
    }

    #[test]
    fn facts_stand_under_each_other_and_what_comes_later_has_room() {
        let entries = [&entry(Some(1), 204, "ada"), &entry(None, 1, "longer"), &entry(Some(512), 3, "")];
        let columns = natural(entries).within(80);
        let context = FactContext { now: 7200, ..FactContext::default() };
        let new = FactContext { new: Some(12), author_note: " [x]", has_domain: true, ..context };
        let stored = FactContext { is_stored: true, ..context };
        for (entry, context, wanted) in [
            (entries[0], new, "  1 point |204 comments|12 new |  2h|ada [x]   |maps"),
            (entries[1], context, "          |  1 comment |       |  2h|longer    |maps|(a.example)"),
            (entries[2], stored, "512 points|  3 comments|stored |  2h|          |maps|(a.example)"),
        ] {
            assert_eq!(words(&columns, entry, context), wanted);
        }
        assert_eq!(words(&FactColumns::default(), &Entry::default(), FactContext::default()), "");
    }

    #[test]
    fn what_matters_least_is_left_out_of_all_stories_first() {
        let entries = [&entry(Some(1), 204, "ada"), &entry(None, 1, "longer"), &entry(Some(512), 3, "")];
        let context = FactContext { now: 7200, has_domain: true, ..FactContext::default() };
        for (room, wanted) in [
            (57, "  1 point |204 comments|       |  2h|ada       |maps"),
            (56, "  1 point |204 comments|       |  2h|ada       "),
            (50, "  1|204 comments|       |  2h|ada       "),
            (43, "  1 point |204 comments|       |  2h"),
            (38, "  1|204 comments|       |  2h"),
            (31, "  1|204|       |  2h"),
            (22, "204|       |  2h"),
            (17, "204|       "),
            (11, "204"),
        ] {
            let columns = natural(entries).within(room);
            assert_eq!(words(&columns, entries[0], context), wanted, "{room}");
            assert!(columns.taken() <= room, "{room}");
            let stands =
                |entry| columns.facts(entry, context).iter().map(|fact| (fact.kind, fact.width)).collect::<Vec<_>>();
            assert!(entries.iter().all(|entry| stands(entry) == stands(entries[0])), "{room}");
        }
    }
}
