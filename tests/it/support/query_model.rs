//! A model of queries in the plainest form, and what each comment is worth by it: slow, simple, and made from the
//! specification.

use std::collections::{HashMap, HashSet};

use lurker::model::{Comment, Entry, MarkKind, Thread};
use lurker::view::{Attitude, Bound, Freshness, Modifiers, Thresholds};

use super::random::Rng;

/// A modifier's name, and what it adds; `None` where it hides.
pub(crate) type Change = (&'static str, Option<i32>);

/// Everything that is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) thresholds: Thresholds,
    pub(crate) filter: Option<Wish>,
    pub(crate) modifiers: Vec<Change>,
    pub(crate) seen: Option<HashMap<String, Option<i32>>>,
    /// The score under which was hidden what was seen.
    pub(crate) earlier_hide: Option<i32>,
    /// Whom the reader follows or mutes on the story's site.
    pub(crate) attitudes: HashMap<&'static str, Attitude>,
    /// The ids of the comments that had been on the screen when the filter was set.
    pub(crate) read: HashSet<String>,
}

impl Asked {
    /// What a score of this comment comes to.
    pub(crate) fn effective(&self, comment: Comment<'_>, thread: &Thread, score: Option<i32>) -> Option<i32> {
        let adds: Vec<i32> = self.modifiers_of(comment, thread).into_iter().filter_map(|(_, adds)| adds).collect();
        let sum = score? + adds.iter().sum::<i32>();
        Some(match thread.story().score_range {
            Some((low, high)) if sum != score? => sum.max(low).min(high),
            _ => sum,
        })
    }

    pub(crate) fn modifiers_of(&self, comment: Comment<'_>, thread: &Thread) -> Vec<Change> {
        let number = |comment: Comment<'_>| {
            if comment.flags().anonymous { None } else { comment.author_id().parse::<i64>().ok() }
        };
        let highest = || thread.iter().filter_map(number).max().unwrap_or(0);
        let length = comment.body().plain.chars().count();
        let has_code = comment.body().marks.iter().any(|mark| mark.kind == MarkKind::Code);
        let is_new = self.seen.as_ref().is_some_and(|seen| !seen.contains_key(comment.id()));
        let applies = |name: &str| match name {
            "funny" => comment.label() == "Funny",
            "label:INSIGHTFUL" => comment.label() == "Insightful",
            "by:Ann" => comment.author() == Some("ann"),
            "by:ČENĚK" => comment.author() == Some("čeněk"),
            "anonymous" => comment.flags().anonymous,
            "long:40" => length > 40,
            "short" => length > 0 && length < 100,
            "new-user" => number(comment).is_some_and(|number| number * 20 > highest() * 19),
            "new-user:900" => number(comment).is_some_and(|number| number >= 900),
            // The site's score, whatever other modifiers add.
            "score:>=3 -by:bob" => comment.score().is_some_and(|score| score >= 3) && comment.author() != Some("bob"),
            "is:new" => is_new,
            "is:followed" => self.is(comment, Attitude::Followed),
            "is:op OR has:code" => comment.flags().op || has_code,
            "site:north in:books -longer:40" => thread.story().site == "north" && length <= 40,
            _ => unreachable!("no such modifier here: {name}"),
        };
        self.modifiers.iter().copied().filter(|(name, _)| applies(name)).collect()
    }

    /// Whether the reader has this attitude to the author.
    fn is(&self, comment: Comment<'_>, attitude: Attitude) -> bool {
        let author = if comment.flags().anonymous { None } else { comment.author() };
        author.and_then(|author| self.attitudes.get(author)) == Some(&attitude)
    }

    /// Whether a modifier or a mute hides the comment.
    pub(crate) fn hides(&self, thread: &Thread, index: u32) -> bool {
        let comment = thread.get(index).expect("an index of the thread");
        let is_hidden = self.modifiers_of(comment, thread).iter().any(|(_, adds)| adds.is_none());
        is_hidden || self.is(comment, Attitude::Muted)
    }

    pub(crate) fn score(&self, thread: &Thread, index: u32) -> Option<i32> {
        let comment = thread.get(index).expect("an index of the thread");
        self.effective(comment, thread, comment.score())
    }

    /// The scores that the thresholds are set to.
    pub(crate) fn bounds(&self) -> (Option<i32>, Option<i32>) {
        let score = |bound: Option<Bound>| match bound? {
            Bound::Score(score) => Some(score),
            Bound::Share(_) | Bound::Time(_) => unreachable!("the model knows scores alone"),
        };
        (score(self.thresholds.hide), score(self.thresholds.full))
    }

    pub(crate) fn freshness(&self, thread: &Thread, index: u32) -> Freshness {
        let comment = thread.get(index).expect("an index of the thread");
        let is_under =
            |score: Option<i32>, hide: Option<i32>| score.zip(hide).is_some_and(|(score, hide)| score < hide);
        let below = |score: Option<i32>| is_under(score, self.bounds().0);
        match self.seen.as_ref().map(|seen| seen.get(comment.id())) {
            None => Freshness::Old,
            Some(None) => Freshness::Posted,
            Some(Some(old)) if !is_under(self.effective(comment, thread, *old), self.earlier_hide) => Freshness::Old,
            Some(Some(old)) if !below(self.effective(comment, thread, *old)) => Freshness::Old,
            Some(Some(_)) if below(self.score(thread, index)) || self.hides(thread, index) => Freshness::Old,
            Some(Some(_)) => Freshness::Risen,
        }
    }

    /// Whether the comment meets the filter, and is not hidden nevertheless; `None` where there is none.
    pub(crate) fn meets(&self, thread: &Thread, index: u32) -> Option<bool> {
        let comment = thread.get(index).expect("an index of the thread");
        let number = |comment: Comment<'_>| comment.author_id().parse().ok().filter(|_| !comment.flags().anonymous);
        let told = ToldComment {
            comment,
            score: self.score(thread, index),
            freshness: self.freshness(thread, index),
            number: number(comment),
            highest: thread.iter().filter_map(number).max().unwrap_or(0),
            is_followed: self.is(comment, Attitude::Followed),
            is_read: self.read.contains(comment.id()),
        };
        let is_hidden = self.hides(thread, index);
        self.filter.as_ref().map(|wish| wish.is_met(&told) && (!is_hidden || wish.names(comment.author())))
    }
}

pub(crate) const MODIFIERS: [&str; 14] = [
    "funny",
    "label:INSIGHTFUL",
    "by:Ann",
    "by:ČENĚK",
    "anonymous",
    "long:40",
    "short",
    "new-user",
    "new-user:900",
    "score:>=3 -by:bob",
    "is:new",
    "is:followed",
    "is:op OR has:code",
    "site:north in:books -longer:40",
];

pub(crate) fn modifiers(rng: &mut Rng) -> Vec<Change> {
    let wanted = *rng.pick(&[0, 10, 30, 90]);
    let hides = *rng.pick(&[0, 0, 20]);
    let names: Vec<_> = MODIFIERS.into_iter().filter(|_| rng.chance(wanted)).collect();
    names.into_iter().map(|name| (name, (!rng.chance(hides)).then(|| rng.range(-6, 6)))).collect()
}

/// The modifiers of names, each with a number to add, or with nothing where it hides.
pub(crate) fn as_modifiers<N: Copy + Into<Option<i32>>>(from: &[(&str, N)]) -> Modifiers {
    let mut modifiers = Modifiers::new(lurker::site::labels());
    for (name, adds) in from {
        let added = match (*adds).into() {
            Some(adds) => modifiers.add(name, i64::from(adds), "here"),
            None => modifiers.hide(name, "here"),
        };
        added.expect("a modifier that is right");
    }
    modifiers
}

/// A comment with all that a query can ask of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToldComment<'a> {
    comment: Comment<'a>,
    score: Option<i32>,
    freshness: Freshness,
    number: Option<u64>,
    highest: u64,
    is_followed: bool,
    is_read: bool,
}

/// Terms in alternatives, each perhaps negated.
type Alternatives<T> = Vec<Vec<(bool, T)>>;

/// A query for comments, as it is typed and as it is meant.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) typed: String,
    alternatives: Alternatives<fn(&ToldComment<'_>) -> bool>,
}

impl Wish {
    pub(crate) fn random(rng: &mut Rng) -> Self {
        let (typed, alternatives) = random_query(rng, comment_term);
        rng.tell(Self { typed, alternatives })
    }

    fn is_met(&self, told: &ToldComment<'_>) -> bool {
        self.alternatives.iter().any(|terms| terms.iter().all(|(negated, meets)| meets(told) != *negated))
    }

    /// Whether it asks for this author by name.
    fn names(&self, author: Option<&str>) -> bool {
        let asks = |term| matches!((term, author), ("by:BOB", Some("bob")) | ("by:\"čeněk\"", Some("čeněk")));
        self.typed.split_whitespace().any(asks)
    }
}

/// A query for stories, as it is typed and as it is meant.
#[derive(Clone, Debug)]
pub(crate) struct StoryWish {
    pub(crate) typed: String,
    alternatives: Alternatives<fn(&ToldStory<'_>) -> bool>,
}

/// A story with all that a query can ask of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToldStory<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) is_new: bool,
    pub(crate) is_read: bool,
}

impl StoryWish {
    pub(crate) fn random(rng: &mut Rng) -> Self {
        let (typed, alternatives) = random_query(rng, story_term);
        rng.tell(Self { typed, alternatives })
    }

    pub(crate) fn is_met(&self, told: &ToldStory<'_>) -> bool {
        self.alternatives.iter().any(|terms| terms.iter().all(|(negated, meets)| meets(told) != *negated))
    }
}

fn random_query<T>(rng: &mut Rng, term: fn(&mut Rng) -> (&'static str, T)) -> (String, Alternatives<T>) {
    let (mut typed, mut alternatives) = (String::new(), Vec::new());
    for number in 0..=rng.below(3) {
        if number > 0 {
            typed.push_str(" OR ");
        }
        let mut terms = Vec::new();
        for number in 0..=rng.below(3) {
            let (text, meant) = term(rng);
            let negated = rng.chance(25);
            typed += if number > 0 { "  " } else { "" };
            typed += if negated { "-" } else { "" };
            typed += text;
            terms.push((negated, meant));
        }
        alternatives.push(terms);
    }
    (typed, alternatives)
}

fn has_words(told: &ToldComment<'_>, words: &str) -> bool {
    let texts = [told.comment.subject(), told.comment.author().unwrap_or(""), told.comment.body().plain];
    texts.iter().any(|text| !find(text, words).is_empty())
}

fn length(told: &ToldComment<'_>) -> usize {
    told.comment.body().plain.chars().count()
}

fn comment_term(rng: &mut Rng) -> (&'static str, fn(&ToldComment<'_>) -> bool) {
    match rng.below(30) {
        0 => ("threshold", |told| has_words(told, "threshold")),
        1 => ("naïve", |told| has_words(told, "naïve")),
        2 => ("Naïve", |told| has_words(told, "Naïve")),
        3 => ("\"a the\"", |told| has_words(told, "a the")),
        4 => ("ČENĚK", |told| has_words(told, "ČENĚK")),
        5 => ("b", |told| has_words(told, "b")),
        6 => ("re:/^- /", |told| {
            let texts = [told.comment.subject(), told.comment.author().unwrap_or(""), told.comment.body().plain];
            texts.iter().any(|text| text.split('\n').any(|line| line.starts_with("- ")))
        }),
        7 => ("by:BOB", |told| told.comment.author() == Some("bob")),
        8 => ("by:\"čeněk\"", |told| told.comment.author() == Some("čeněk")),
        9 => ("score:>=3", |told| told.score.is_some_and(|score| score >= 3)),
        10 => ("score:<1", |told| told.score.is_some_and(|score| score < 1)),
        11 => ("score:-1..2", |told| told.score.is_some_and(|score| (-1..=2).contains(&score))),
        12 => ("label:funny", |told| told.comment.label() == "Funny"),
        13 => ("is:op", |told| told.comment.flags().op),
        14 => ("IS:new", |told| told.freshness == Freshness::Posted),
        15 => ("is:Risen", |told| told.freshness == Freshness::Risen),
        16 => ("is:anon", |told| told.comment.flags().anonymous),
        17 => ("has:link", |told| told.comment.body().links().next().is_some()),
        18 => ("has:code", |told| told.comment.body().marks.iter().any(|mark| mark.kind == MarkKind::Code)),
        19 => ("longer:40", |told| length(told) > 40),
        20 => ("shorter:60", |told| (1..60).contains(&length(told))),
        21 => ("user:>=900", |told| told.number.is_some_and(|number| number >= 900)),
        22 => ("user:newest", |told| told.number.is_some_and(|number| number * 20 > told.highest * 19)),
        23 => ("site:NORTH", |told| told.comment.story().site == "north"),
        24 => ("site:north.example", |told| told.comment.story().url.contains("north.example")),
        25 => ("in:r/Books", |told| told.comment.story().url.contains("/r/books/")),
        26 => ("in:old", |told| told.comment.story().url.starts_with("https://old.")),
        27 => ("is:followed", |told| told.is_followed),
        28 => ("is:READ", |told| told.is_read),
        _ => ("re:/^.{0,9}$/", |told| {
            let texts = [told.comment.subject(), told.comment.author().unwrap_or(""), told.comment.body().plain];
            texts.iter().any(|text| text.split('\n').any(|line| line.chars().count() <= 9))
        }),
    }
}

fn story_has_words(told: &ToldStory<'_>, words: &str) -> bool {
    let ToldStory { entry, .. } = told;
    let texts = [entry.title.as_str(), &entry.author, &entry.place, host(&entry.link)];
    texts.iter().any(|text| !find(text, words).is_empty())
}

fn host(link: &str) -> &str {
    let host = link.trim_start_matches("https://").split('/').next().unwrap_or_default();
    host.trim_start_matches("www.")
}

fn story_term(rng: &mut Rng) -> (&'static str, fn(&ToldStory<'_>) -> bool) {
    match rng.below(20) {
        0 => ("tea", |told| story_has_words(told, "tea")),
        1 => ("Tea", |told| story_has_words(told, "Tea")),
        2 => ("\"of tea\"", |told| story_has_words(told, "of tea")),
        3 => ("books", |told| story_has_words(told, "books")),
        4 => ("paper.example", |told| story_has_words(told, "paper.example")),
        5 => ("re:/^a/", |told| {
            let ToldStory { entry, .. } = told;
            let texts = [entry.title.as_str(), &entry.author, &entry.place, host(&entry.link)];
            texts.iter().any(|text| text.to_lowercase().starts_with('a'))
        }),
        6 => ("title:tea", |told| !find(&told.entry.title, "tea").is_empty()),
        7 => ("title:\"a Book\"", |told| !find(&told.entry.title, "a Book").is_empty()),
        8 => ("by:ANN", |told| told.entry.author == "ann"),
        9 => ("score:>10", |told| told.entry.score.is_some_and(|score| score > 10)),
        10 => ("score:..3", |told| told.entry.score.is_some_and(|score| score <= 3)),
        11 => ("comments:>100", |told| told.entry.comments.is_some_and(|comments| comments > 100)),
        12 => ("comments:0", |told| told.entry.comments == Some(0)),
        13 => ("domain:paper.example", |told| host(&told.entry.link).ends_with("paper.example")),
        14 => ("domain:WWW.blog.paper.example", |told| host(&told.entry.link) == "blog.paper.example"),
        15 => ("site:north", |told| told.entry.site == "north"),
        16 => ("in:Books", |told| told.entry.place.split(", ").any(|place| matches!(place, "books" | "r/books"))),
        17 => ("has:link", |told| !told.entry.link.is_empty()),
        18 => ("is:new", |told| told.is_new),
        _ => ("is:read", |told| told.is_read),
    }
}

/// A story of a list, with something for every kind of term.
pub(crate) fn entry(rng: &mut Rng, number: usize) -> Entry {
    let mut text = |of: &[&str]| (*rng.pick(of)).to_owned();
    Entry {
        id: number.to_string(),
        url: format!("https://north.example/{number}"),
        site: text(&["north", "south"]),
        title: text(&["A Book of Tea", "a book of tea", "Kettles", "about team sports", ""]),
        link: text(&["", "https://paper.example/x", "https://www.blog.paper.example/", "https://other.example"]),
        author: text(&["ann", "Bob", ""]),
        place: text(&["", "books", "r/books", "tea, books", "bookshops"]),
        score: rng.chance(80).then(|| rng.range(-3, 20)),
        comments: rng.chance(80).then(|| *rng.pick(&[0, 1, 100, 101, 4000])),
        posted_at: None,
        ..Entry::default()
    }
}

/// Where words stand in a text, in bytes: in any case unless one of their letters is upper case.
pub(crate) fn find(text: &str, words: &str) -> Vec<(u32, u32)> {
    let exact = words.chars().any(char::is_uppercase);
    let same = |one: char, other: char| {
        one == other
            || (one.is_whitespace() && other.is_whitespace())
            || (!exact && one.to_lowercase().eq(other.to_lowercase()))
    };
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(first) = text.get(start..).and_then(|rest| rest.chars().next()) {
        let mut rest = text.get(start..).unwrap_or_default().chars();
        if words.chars().all(|wanted| rest.next().is_some_and(|here| same(wanted, here))) {
            let end = text.len() - rest.as_str().len();
            found.push((start as u32, end as u32));
            start = end;
        } else {
            start += first.len_utf8();
        }
    }
    found
}
