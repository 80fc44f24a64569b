//! The `D2.…` state that a story page's scripts set up, and that an answer of `ajax.pl` brings up to date.

use std::collections::{BTreeMap, BTreeSet};

use super::comment::Fact;
use super::js_literal::{self, Literal, Part};
use crate::markup;

/// The state that scripts set up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct State {
    /// The facts of each comment, by number.
    pub(super) facts: BTreeMap<u64, Fact>,
    /// The discussion's number, which is not the story's.
    pub(super) discussion: Option<u64>,
    /// The comments at the top level.
    pub(super) roots: Vec<u64>,
    /// The comments that the page lists, packed as the site packs them.
    pub(super) seen: Option<String>,
    /// The number of comments that the page does not list.
    pub(super) more: Option<i64>,
    /// Comments without a body.
    pub(super) hidden: Vec<u64>,
    /// Comments without a date.
    pub(super) undated: Vec<u64>,
    /// Comments whose body is cut.
    pub(super) abbreviated: Vec<u64>,
    /// Hide below, for this reader.
    pub(super) threshold: Option<i32>,
    /// Full from, for this reader.
    pub(super) full_from: Option<i32>,
}

impl State {
    /// Adds what a script says. Of a call that comes twice the first that says something counts.
    pub(super) fn read(&mut self, script: &str) {
        self.read_of(script, &|_| true);
    }

    /// Adds what a script says, of comments the facts on those that are wanted.
    pub(super) fn read_of(&mut self, script: &str, is_wanted: &dyn Fn(u64) -> bool) {
        let wants = |key: &str| id(key).is_none_or(is_wanted);
        js_literal::read_calls(script, &wants, &mut |name, part| match part {
            Part::Pair(cid, value) => self.take_pair(name, &cid, &value),
            Part::Argument(argument, is_whole) => self.take_argument(name, &argument, is_whole),
        });
    }

    fn take_pair(&mut self, name: &str, cid: &str, value: &Literal<'_>) {
        let Some(cid) = id(cid) else { return };
        match name {
            "comments" => _ = self.facts.insert(cid, fact(value)),
            "abbrev_comments" => self.abbreviated.push(cid),
            _ => {}
        }
    }

    fn take_argument(&mut self, name: &str, argument: &Literal<'_>, is_whole: bool) {
        let small = || argument.number().and_then(|number| i32::try_from(number).ok());
        match name {
            "discussion_id" => self.discussion = self.discussion.or(argument.number().and_then(positive)),
            "root_comments" => self.roots.extend(ids(argument)),
            "d2_seen" => self.seen = self.seen.take().or_else(|| seen(argument, is_whole)),
            "more_comments_num" | "updateMoreNum" => self.more = self.more.or(argument.number()),
            "noshow_comments" => self.hidden.extend(ids(argument)),
            "pieces_comments" => self.undated.extend(ids(argument)),
            "user_threshold" => self.threshold = self.threshold.or_else(small),
            "user_highlightthresh" => self.full_from = self.full_from.or_else(small),
            _ => {}
        }
    }
}

/// The facts in an object `{uid, pid, points, subject}`.
pub(super) fn fact(value: &Literal) -> Fact {
    let subject = value.get("subject").text().map(markup::html_line);
    Fact {
        parent: value.get("pid").number().and_then(|pid| u64::try_from(pid).ok()),
        uid: value.get("uid").number(),
        points: value.get("points").number(),
        subject: subject.filter(|subject| !subject.is_empty()),
    }
}

/// The comments that a packed `d2_seen` names: the first number as it is, then differences.
pub(super) fn unpack(seen: &str) -> BTreeSet<u64> {
    let steps = seen.split(',').map_while(|step| step.trim().parse::<u64>().ok());
    steps.scan(0_u64, |cid, step| cid.checked_add(step).inspect(|&next| *cid = next)).filter(|&cid| cid > 0).collect()
}

/// Packs comments as the site does.
pub(super) fn pack<'a>(cids: impl IntoIterator<Item = &'a u64>) -> String {
    let mut last = 0;
    let step = |&cid: &u64| (cid - std::mem::replace(&mut last, cid)).to_string();
    let sorted: BTreeSet<&u64> = cids.into_iter().collect();
    sorted.into_iter().map(step).collect::<Vec<_>>().join(",")
}

/// A `d2_seen`; one that is cut loses its last number, which may be cut too.
fn seen(argument: &Literal, whole: bool) -> Option<String> {
    let text = argument.text()?;
    let kept = if whole { text } else { text.rsplit_once(',')?.0 };
    Some(kept.to_owned()).filter(|kept| !kept.is_empty())
}

/// The comment numbers of a list.
pub(super) fn ids(list: &Literal) -> impl Iterator<Item = u64> {
    list.items().iter().filter_map(|item| item.number().and_then(positive))
}

fn id(key: &str) -> Option<u64> {
    key.parse().ok().and_then(positive)
}

fn positive(number: i64) -> Option<u64> {
    u64::try_from(number).ok().filter(|&number| number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_state_of_a_page() {
        let mut state = State::default();
        state.read(
            r#"<!-- D2.comments({ 12: { uid: 666, pid: 0, read: 0, points: -2, kids: [ 15 ], opid: 0 },
               15: { uid: 7, pid: 12, subject: "Re:\"A &amp; B\"", points: "3" }, x: 1, 0: {} });
               D2.d2_seen('12,3'); D2.d2_seen('99'); D2.discussion_id(24000001); D2.more_comments_num(4);
               D2.root_comments([12]); D2.currents()['hidden'] = 1; D2.abbrev_comments({15: 3});
               D2.noshow_comments([12]); D2.pieces_comments([15]); D2.user_threshold(-1); D2.user_highlightthresh(5);"#,
        );
        assert_eq!(state.facts.keys().copied().collect::<Vec<_>>(), [12, 15]);
        assert_eq!((state.facts[&12].points, state.facts[&15].points), (Some(-2), Some(3)));
        assert_eq!(state.facts[&15].parent, Some(12));
        assert!(state.facts[&15].subject.as_deref().is_some_and(|subject| subject.starts_with("Re:\"A ")));
        assert_eq!((state.discussion, state.more, state.seen.as_deref()), (Some(24_000_001), Some(4), Some("12,3")));
        assert_eq!((state.roots, state.hidden), (vec![12], vec![12]));
        assert_eq!((state.undated, state.abbreviated), (vec![15], vec![15]));
        assert_eq!((state.threshold, state.full_from), (Some(-1), Some(5)));
    }

    #[test]
    fn seen_packs_and_unpacks() {
        let cids = BTreeSet::from([66_331_608, 66_331_614, 66_331_684]);
        assert_eq!(pack(&cids), "66331608,6,70");
        assert_eq!(unpack("66331608,6,70"), cids);
        assert_eq!(unpack("5,x,9"), BTreeSet::from([5]));
        assert_eq!(unpack("18446744073709551615,1"), BTreeSet::from([u64::MAX]));
        assert_eq!(unpack(""), BTreeSet::new());
    }

    #[test]
    fn what_is_cut_loses_its_last_number() {
        for (script, expected) in [("D2.d2_seen('12,34", Some("12")), ("D2.d2_seen('12", None), ("D2.d2_seen(", None)] {
            let mut state = State::default();
            state.read(script);
            assert_eq!(state.seen.as_deref(), expected, "{script}");
        }
        let mut state = State::default();
        state.read("D2.noshow_comments([12, 345");
        assert_eq!(state.hidden, [12]);
    }
}
