//! What a reader may ask for, in the plainest form, and what each comment is worth by it: slow, simple, and made from the
//! specification.

use std::collections::HashMap;

use lurker::model::{Comment, MarkKind, Thread};
use lurker::view::{Freshness, Modifiers, Thresholds};

use super::random::Rng;

/// Everything that is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) thresholds: Thresholds,
    pub(crate) filter: Option<Wish>,
    /// Names of modifiers, and what each adds.
    pub(crate) modifiers: Vec<(&'static str, i32)>,
    pub(crate) seen: Option<HashMap<String, Option<i32>>>,
}

impl Asked {
    /// What a score of this comment comes to.
    pub(crate) fn effective(&self, comment: Comment<'_>, thread: &Thread, score: Option<i32>) -> Option<i32> {
        let adds: Vec<i32> = self.modifiers_of(comment, thread).into_iter().map(|(_, adds)| adds).collect();
        let sum = score? + adds.iter().sum::<i32>();
        Some(match thread.story().score_range {
            Some((low, high)) if sum != score? => sum.max(low).min(high),
            _ => sum,
        })
    }

    pub(crate) fn modifiers_of(&self, comment: Comment<'_>, thread: &Thread) -> Vec<(&'static str, i32)> {
        let number = |comment: Comment<'_>| {
            if comment.flags().anonymous { None } else { comment.author_id().parse::<i64>().ok() }
        };
        let highest = || thread.iter().filter_map(number).max().unwrap_or(0);
        let length = comment.body().plain.chars().count();
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
            _ => unreachable!("no such modifier here: {name}"),
        };
        self.modifiers.iter().copied().filter(|(name, _)| applies(name)).collect()
    }

    pub(crate) fn score(&self, thread: &Thread, index: u32) -> Option<i32> {
        let comment = thread.get(index).expect("an index of the thread");
        self.effective(comment, thread, comment.score())
    }

    pub(crate) fn freshness(&self, thread: &Thread, index: u32) -> Freshness {
        let comment = thread.get(index).expect("an index of the thread");
        let below = |score: Option<i32>| match (score, self.thresholds.hide()) {
            (Some(score), Some(hide)) => score < hide,
            _ => false,
        };
        match self.seen.as_ref().map(|seen| seen.get(comment.id())) {
            None => Freshness::Old,
            Some(None) => Freshness::Posted,
            Some(Some(old)) if !below(self.effective(comment, thread, *old)) => Freshness::Old,
            Some(Some(_)) if below(self.score(thread, index)) => Freshness::Old,
            Some(Some(_)) => Freshness::Risen,
        }
    }

    /// Whether the comment meets the filter; `None` where there is none.
    pub(crate) fn meets(&self, thread: &Thread, index: u32) -> Option<bool> {
        let comment = thread.get(index).expect("an index of the thread");
        let is_new = self.freshness(thread, index) != Freshness::Old;
        self.filter.as_ref().map(|wish| wish.is_met(comment, self.score(thread, index), is_new))
    }
}

pub(crate) const MODIFIERS: [&str; 9] =
    ["funny", "label:INSIGHTFUL", "by:Ann", "by:ČENĚK", "anonymous", "long:40", "short", "new-user", "new-user:900"];

pub(crate) fn modifiers(rng: &mut Rng) -> Vec<(&'static str, i32)> {
    let wanted = *rng.pick(&[0, 10, 30, 90]);
    let names: Vec<_> = MODIFIERS.into_iter().filter(|_| rng.chance(wanted)).collect();
    names.into_iter().map(|name| (name, rng.range(-6, 6))).collect()
}

pub(crate) fn as_modifiers(from: &[(&str, i32)]) -> Modifiers {
    let mut modifiers = Modifiers::new(lurker::site::labels());
    for (name, adds) in from {
        modifiers.add(name, i64::from(*adds), "here").expect("a modifier that is right");
    }
    modifiers
}

/// A query, as it is typed and as it is meant.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) typed: String,
    alternatives: Vec<Vec<(bool, Meant)>>,
}

#[derive(Clone, Debug)]
enum Meant {
    Words(&'static str),
    /// Has a line with this start.
    LineStart(&'static str),
    By(&'static str),
    Score(fn(i32) -> bool),
    Label(&'static str),
    Op,
    New,
    Anonymous,
    Link,
    Code,
}

impl Wish {
    pub(crate) fn random(rng: &mut Rng) -> Self {
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
        rng.tell(Self { typed, alternatives })
    }

    pub(crate) fn is_met(&self, comment: Comment<'_>, score: Option<i32>, is_new: bool) -> bool {
        let texts = [comment.subject(), comment.author().unwrap_or(""), comment.body().plain];
        let meets = |meant: &Meant| match meant {
            Meant::Words(words) => texts.iter().any(|text| !find(text, words).is_empty()),
            Meant::LineStart(start) => texts.iter().any(|text| text.split('\n').any(|line| line.starts_with(start))),
            Meant::By(nick) => comment.author() == Some(nick),
            Meant::Score(allows) => score.is_some_and(allows),
            Meant::Label(label) => comment.label() == *label,
            Meant::Op => comment.flags().op,
            Meant::New => is_new,
            Meant::Anonymous => comment.flags().anonymous,
            Meant::Link => comment.body().links().next().is_some(),
            Meant::Code => comment.body().marks.iter().any(|mark| mark.kind == MarkKind::Code),
        };
        self.alternatives.iter().any(|terms| terms.iter().all(|(negated, meant)| meets(meant) != *negated))
    }
}

fn term(rng: &mut Rng) -> (&'static str, Meant) {
    match rng.below(18) {
        0 => ("threshold", Meant::Words("threshold")),
        1 => ("naïve", Meant::Words("naïve")),
        2 => ("Naïve", Meant::Words("Naïve")),
        3 => ("\"a the\"", Meant::Words("a the")),
        4 => ("ČENĚK", Meant::Words("ČENĚK")),
        5 => ("b", Meant::Words("b")),
        6 => ("re:/^- /", Meant::LineStart("- ")),
        7 => ("by:BOB", Meant::By("bob")),
        8 => ("by:\"čeněk\"", Meant::By("čeněk")),
        9 => ("score:>=3", Meant::Score(|score| score >= 3)),
        10 => ("score:<1", Meant::Score(|score| score < 1)),
        11 => ("score:-1..2", Meant::Score(|score| (-1..=2).contains(&score))),
        12 => ("label:funny", Meant::Label("Funny")),
        13 => ("is:op", Meant::Op),
        14 => ("IS:new", Meant::New),
        15 => ("is:anon", Meant::Anonymous),
        16 => ("has:link", Meant::Link),
        _ => ("has:code", Meant::Code),
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
