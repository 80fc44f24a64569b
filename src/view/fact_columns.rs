//! The facts of the stories of a list in columns: one layout for all of them, whatever is known of each.
//!
//! Where there is no room for all columns, those that matter least are left out of every story alike. Counts of new comments,
//! which come later than the stories, have their room from the start, so that nothing moves when they come. Where a domain has
//! no room behind its title, it has some here before the author, and new comments stand in the place of a word.

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
/// The same beside a domain.
const LEAST_BESIDE_DOMAIN: usize = 10;
/// Columns that a domain is to have at least, where one has no room behind its title; fewer than `SOME_DOMAIN` say nothing.
const LEAST_DOMAIN: usize = 8;
const SOME_DOMAIN: usize = 4;
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
    /// Whether these stand in the place of the word behind the number of comments.
    joins_new: bool,
    site: usize,
    age: usize,
    author: usize,
    /// The columns of authors without notes.
    author_bare: usize,
    /// The widest place and domain, and the columns that are left to both.
    place: usize,
    domain: usize,
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
            author_bare: columns.author_bare.max(author_width(entry, 0)),
            place: columns.place.max(entry.place.width()),
            domain: columns.domain.max(bracketed(domain(&entry.link)).width()),
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

    /// Those for which a line of so many columns has room, and what is left to place and domain. A domain has room before the
    /// author where `needs_domain` says that one has none elsewhere.
    #[must_use]
    pub(super) fn within(self, room: usize, needs_domain: impl FnOnce() -> bool) -> Self {
        let without = self.left_out(room, 0);
        // Where stories are of several sites, the reason why they are there matters more.
        let least = if self.site > 0 { 0 } else { self.domain.min(LEAST_DOMAIN) };
        let has_room = least == 0 || without.rest >= without.least_behind(least);
        if has_room || !needs_domain() { without } else { self.left_out(room, least) }
    }

    /// Those for which there is room beside so many columns of a domain.
    fn left_out(self, room: usize, domain: usize) -> Self {
        let mut columns = self;
        // What one note needs takes nothing from the other stories.
        let excess = columns.needed(domain).saturating_sub(room);
        columns.author = columns.author.saturating_sub(excess).max(columns.author_bare);
        let steps = match (self.site, domain) {
            (0, 0) => OF_ONE_SITE,
            (0, _) => WITH_DOMAIN,
            (1.., _) => OF_SEVERAL_SITES,
        };
        for leave_out in steps {
            if columns.needed(domain) <= room {
                break;
            }
            leave_out(&mut columns);
        }
        let taken = columns.taken();
        let rest = room.saturating_sub(taken + if taken > 0 { GAP } else { 0 });
        Self { rest: if columns.place > 0 || self.place == 0 || domain > 0 { rest } else { 0 }, ..columns }
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

    /// Whether there is a column of authors.
    pub fn has_author(&self) -> bool {
        self.author > 0
    }

    /// The columns that are needed with so many of a domain.
    fn needed(&self, domain: usize) -> usize {
        let behind = self.least_behind(domain);
        self.taken() + if behind > 0 { GAP + behind } else { 0 }
    }

    /// The columns that place and so many of a domain are to have behind the columns.
    fn least_behind(&self, domain: usize) -> usize {
        match (self.site, domain) {
            (1.., _) => self.place.min(LEAST_REASON),
            (0, 0) => self.place.min(LEAST_PLACE),
            (0, _) if self.place > 0 => self.place.min(LEAST_BESIDE_DOMAIN) + GAP + domain,
            (0, _) => domain,
        }
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
        let comments = self.comments.cell(comments.as_deref());
        let (comments_kind, comments) = if self.joins_new && !new.is_empty() {
            (new_kind, self.joined(entry, &new))
        } else {
            (FactKind::Comments, comments)
        };
        let columns = [
            (FactKind::Score, self.score.cell(score.as_deref()), self.score.width()),
            (comments_kind, comments, self.comments.width()),
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

    /// The number of comments, and behind it in the place of its word how many are new: `73, 12 new`.
    fn joined(&self, entry: &Entry, new: &str) -> String {
        let number = entry.comments.map_or_else(String::new, |comments| comments.to_string());
        let digits = self.comments.digits;
        let comma = if !number.is_empty() && digits + 2 + new.len() <= self.comments.width() { "," } else { "" };
        format!("{number:>digits$}{comma} {new}")
    }

    /// What stands behind the columns: place and domain, each cut where there is no room for all of it.
    fn place_and_domain(&self, entry: &Entry, has_domain: bool) -> impl Iterator<Item = FactCell> {
        let place = if self.place > 0 { entry.place.as_str() } else { "" };
        let host = if has_domain || self.site > 0 { "" } else { domain(&entry.link) };
        let words = bracketed(host);
        let least = if words.is_empty() { 0 } else { GAP + words.width().min(LEAST_DOMAIN) };
        let place_room = if self.rest > least + SOME_DOMAIN { self.rest - least } else { self.rest };
        let place = FactCell { kind: FactKind::Place, words: place.to_owned(), width: place.width().min(place_room) };
        let left = self.rest.saturating_sub(if place.width > 0 { place.width + GAP } else { 0 });
        let domain = FactCell { kind: FactKind::Domain, width: words.width().min(left), words };
        let has_room = domain.width >= SOME_DOMAIN;
        Some(place).filter(|place| place.width > 0).into_iter().chain(Some(domain).filter(|_| has_room))
    }

    /// Whether all of a story's domain has room among its facts.
    pub fn has_room_for_domain(&self, entry: &Entry) -> bool {
        let domain = bracketed(domain(&entry.link)).width();
        let place = if self.place > 0 { entry.place.width() } else { 0 };
        self.site == 0 && domain + if place > 0 { place + GAP } else { 0 } <= self.rest
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

/// The same where a domain has no room but there.
const WITH_DOMAIN: Steps = &[
    |columns| (columns.new, columns.joins_new) = (0, columns.comments.digits > 0),
    |columns| columns.place = 0,
    |columns| columns.score.unit = 0,
    |columns| (columns.author, columns.score.unit) = (0, SCORE_UNIT.len()),
    |columns| columns.score.unit = 0,
    |columns| columns.age = 0,
    |columns| columns.score = Numbers::default(),
    |columns| (columns.comments.unit, columns.joins_new) = (0, false),
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

/// A domain as it stands among facts; nothing for none.
fn bracketed(host: &str) -> String {
    if host.is_empty() { String::new() } else { format!("({host})") }
}

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
        let columns = natural(entries).within(80, || false);
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
    fn a_long_note_takes_no_column_from_the_other_stories() {
        let entries = [&entry(Some(1), 204, "ada"), &entry(None, 1, "longer_name")];
        let (note, context) = (" [somebody who knows]", FactContext { now: 7200, ..FactContext::default() });
        let columns = FactColumns::of(entries.into_iter().map(|entry| (entry, None, 0)));
        let noted = FactColumns::of(entries.into_iter().zip([note.len(), 0]).map(|(entry, note)| (entry, None, note)));
        let author = |columns: FactColumns, room| columns.within(room, || false).author;
        assert_eq!([80, 60, 49, 46, 30].map(|room| author(columns, room)), [11, 11, 11, 11, 0]);
        assert_eq!([80, 60, 49, 46, 30].map(|room| author(noted, room)), [24, 22, 11, 11, 0]);
        for room in 20..80 {
            let facts = |columns: FactColumns| columns.within(room, || false).facts(entries[1], context);
            // What is left is for the domain, which as a rule stands behind the title.
            let others = |fact: &FactCell| fact.kind != FactKind::Domain;
            let kinds = |facts: Vec<FactCell>| {
                facts.into_iter().filter(others).map(|fact| (fact.kind, fact.words)).collect::<Vec<_>>()
            };
            assert_eq!(kinds(facts(noted)), kinds(facts(columns)), "{room}");
        }
    }

    #[test]
    fn a_domain_that_has_no_room_elsewhere_has_some_before_author_and_age() {
        let entries = [&entry(Some(1), 204, "ada"), &entry(None, 1, "longer"), &entry(Some(512), 3, "")];
        let context = FactContext { now: 7200, ..FactContext::default() };
        for (room, needs_domain, wanted) in [
            (70, true, "  1 point |204 comments|       |  2h|ada       |maps|(a.example)"),
            (68, true, "  1 point |204 comments|       |  2h|ada       |maps|(a.exampl"),
            (60, true, "  1 point |204 comments|  2h|ada       |maps|(a.example"),
            (47, true, "  1|204 comments|  2h|ada       |(a.example"),
            (44, true, "  1 point |204 comments|  2h|(a.example)"),
            (54, false, "  1 point |204 comments|       |  2h|ada       "),
            (40, true, "  1 point |204 comments|  2h|(a.examp"),
            (33, true, "  1|204 comments|  2h|(a.examp"),
            (32, true, "  1|204 comments|(a.example)"),
            (25, true, "204 comments|(a.example)"),
            (20, true, "204|(a.example)"),
            (13, true, "204|(a.examp"),
        ] {
            let columns = natural(entries).within(room, || needs_domain);
            let facts = columns.facts(entries[0], context);
            let padded = |fact: &FactCell| {
                format!("{:<width$}", fact.words, width = fact.width).chars().take(fact.width).collect::<String>()
            };
            assert_eq!(facts.iter().map(padded).collect::<Vec<_>>().join("|"), wanted, "{room}");
            assert!(facts.iter().map(|fact| fact.width + GAP).sum::<usize>() <= room + GAP, "{room}");
        }
        // What is new stands in the place of a word then, so that nothing moves when it comes.
        let columns = natural(entries).within(33, || true);
        for (new, wanted) in [(7, "204, 7 new"), (123, "204, 123 new"), (1234, "204 1234 new")] {
            let facts = columns.facts(entries[0], FactContext { new: Some(new), ..context });
            assert_eq!((facts[1].words.as_str(), facts[1].kind, facts.len()), (wanted, FactKind::New, 4));
            assert!(facts[1].words.len() <= facts[1].width);
        }
        let facts = columns.facts(entries[1], FactContext { is_stored: true, ..context });
        assert_eq!(facts[1].words, "  1, stored");
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
            let columns = natural(entries).within(room, || false);
            assert_eq!(words(&columns, entries[0], context), wanted, "{room}");
            assert!(columns.taken() <= room, "{room}");
            let stands =
                |entry| columns.facts(entry, context).iter().map(|fact| (fact.kind, fact.width)).collect::<Vec<_>>();
            assert!(entries.iter().all(|entry| stands(entry) == stands(entries[0])), "{room}");
        }
    }
}
