//! Marks on the comments of a thread: which were there, with which score, and which were read; packed by their ids.
//!
//! Packed form, before compression: a count and the ids that are numbers, in order, each as its distance from the one
//! before; then a count and the other ids, in order, each as the length that it has in common with the one before, the
//! length of the rest, and the rest. Behind each id stand its flags and its score. All numbers are LEB128.

use std::borrow::Cow;

use super::pack::{pack, unpack};
use super::{Result, StoreError, Trouble};
use crate::model::{ScoreKind, Thread, estimates};

/// The mark on one comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommentMark {
    /// Its score when a visit noted it last, if that was known.
    pub score: Option<i32>,
    /// It was there when the thread was last left.
    pub is_seen: bool,
    /// It has stood on the screen.
    pub is_read: bool,
}

impl CommentMark {
    /// Takes in a later mark. The score stays that of when the comment was seen.
    fn add(&mut self, later: Self) {
        let score = if self.is_seen && !later.is_seen { self.score } else { later.score };
        *self = Self { score, is_seen: self.is_seen | later.is_seen, is_read: self.is_read | later.is_read };
    }

    fn code(self) -> u64 {
        let score = self.score.map_or(0, |score| u64::from((score << 1 ^ score >> 31).cast_unsigned()) + 1);
        score << 2 | u64::from(self.is_seen) << 1 | u64::from(self.is_read)
    }

    fn from_code(code: u64) -> Option<Self> {
        let score = (code >> 2).checked_sub(1).map(u32::try_from).transpose().ok()?;
        let score = score.map(|folded| (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed());
        Some(Self { score, is_seen: code & 2 > 0, is_read: code & 1 > 0 })
    }
}

/// The way in which the scores of a load were made. Scores made in two ways are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scoring {
    /// By the site.
    Site(ScoreKind),
    /// Estimated, with the rank among all siblings.
    Ranked,
}

impl Scoring {
    /// The way in which a thread is scored, which must have the site's order.
    pub fn of(thread: &Thread) -> Self {
        let kind = thread.story().score_kind;
        let is_ranked = kind == ScoreKind::Estimate && {
            // A live comment with the lowest score is a faded one.
            let ranked = estimates(thread, |_| true, |index| thread.score(index) == Some(-1));
            thread.iter().zip(ranked).all(|(comment, estimate)| comment.score() == Some(estimate.score()))
        };
        if is_ranked { Self::Ranked } else { Self::Site(kind) }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Site(kind) => kind.name(),
            Self::Ranked => "ranked",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        if name == "ranked" { Some(Self::Ranked) } else { ScoreKind::named(name).map(Self::Site) }
    }
}

/// The marks on the comments of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Those whose ids are numbers, in order.
    numbers: Vec<(u64, CommentMark)>,
    /// The others, in order.
    words: Vec<(String, CommentMark)>,
}

impl Marks {
    /// Marks on every comment of a thread; `is_read` has one entry for each, in the thread's order.
    pub fn of(thread: &Thread, is_read: &[bool], is_seen: bool) -> Self {
        let mut marks = Self::default();
        for comment in thread.iter() {
            let is_read = is_read.get(comment.index() as usize) == Some(&true);
            let mark = CommentMark { score: comment.score(), is_seen, is_read };
            match number(comment.id()) {
                Some(number) => marks.numbers.push((number, mark)),
                None => marks.words.push((comment.id().to_owned(), mark)),
            }
        }
        marks.numbers.sort_unstable_by_key(|(number, _)| *number);
        marks.words.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        marks
    }

    /// The mark on the comment with this id.
    pub fn get(&self, id: &str) -> Option<CommentMark> {
        match number(id) {
            Some(number) => find(&self.numbers, |own| own.cmp(&number)),
            None => find(&self.words, |own| own.as_str().cmp(id)),
        }
    }

    /// Every id with its mark.
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, CommentMark)> {
        let numbers = self.numbers.iter().map(|(number, mark)| (Cow::Owned(number.to_string()), *mark));
        numbers.chain(self.words.iter().map(|(id, mark)| (Cow::Borrowed(id.as_str()), *mark)))
    }

    /// The number of marks.
    pub fn len(&self) -> usize {
        self.numbers.len() + self.words.len()
    }

    /// The numbers of comments that were seen, and of those that were read.
    pub(super) fn extent(&self) -> (usize, usize) {
        let count = |is: fn(CommentMark) -> bool| self.iter().filter(|(_, mark)| is(*mark)).count();
        (count(|mark| mark.is_seen), count(|mark| mark.is_read))
    }

    /// Whether there is no mark.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes in later marks.
    pub fn add(&mut self, later: Self) {
        self.numbers = merged(std::mem::take(&mut self.numbers), later.numbers);
        self.words = merged(std::mem::take(&mut self.words), later.words);
    }

    /// Leaves out all scores, which were made in another way than those to come.
    pub(super) fn forget_scores(&mut self) {
        let numbers = self.numbers.iter_mut().map(|(_, mark)| mark);
        for mark in numbers.chain(self.words.iter_mut().map(|(_, mark)| mark)) {
            mark.score = None;
        }
    }

    pub(super) fn packed(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(4 * self.len() + 8);
        put(&mut bytes, self.numbers.len() as u64);
        let mut before = 0;
        for (number, mark) in &self.numbers {
            put(&mut bytes, number - before);
            put(&mut bytes, mark.code());
            before = *number;
        }
        put(&mut bytes, self.words.len() as u64);
        let mut before: &[u8] = b"";
        for (id, mark) in &self.words {
            let id = id.as_bytes();
            let shared = before.iter().zip(id).take_while(|(one, other)| one == other).count();
            put(&mut bytes, shared as u64);
            put(&mut bytes, (id.len() - shared) as u64);
            bytes.extend(&id[shared..]);
            put(&mut bytes, mark.code());
            before = id;
        }
        pack(&bytes)
    }

    pub(super) fn unpacked(packed: &[u8]) -> Result<Self> {
        let bytes = unpack(packed)?;
        let damaged = || StoreError::new(Trouble::Damaged, "marks of another form");
        Self::read(&mut bytes.as_slice()).ok_or_else(damaged)
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut marks = Self::default();
        let mut before = 0_u64;
        for _ in 0..take(bytes)? {
            before = before.checked_add(take(bytes)?)?;
            marks.numbers.push((before, CommentMark::from_code(take(bytes)?)?));
        }
        let mut before = Vec::new();
        for _ in 0..take(bytes)? {
            let (shared, rest) = (usize::try_from(take(bytes)?).ok()?, usize::try_from(take(bytes)?).ok()?);
            before.truncate(shared);
            let (rest, after) = bytes.split_at_checked(rest)?;
            before.extend(rest);
            *bytes = after;
            let id = String::from_utf8(before.clone()).ok()?;
            marks.words.push((id, CommentMark::from_code(take(bytes)?)?));
        }
        Some(marks)
    }
}

/// An id that is a number, and is written as one.
fn number(id: &str) -> Option<u64> {
    let is_plain = id.bytes().all(|byte| byte.is_ascii_digit()) && (id == "0" || !id.starts_with('0'));
    if is_plain { id.parse().ok() } else { None }
}

fn find<I>(marks: &[(I, CommentMark)], compare: impl Fn(&I) -> std::cmp::Ordering) -> Option<CommentMark> {
    let place = marks.binary_search_by(|(id, _)| compare(id)).ok()?;
    Some(marks[place].1)
}

/// Both lists as one, in order; of an id that is in both, the later mark is taken in.
fn merged<I: Ord>(mut marks: Vec<(I, CommentMark)>, later: Vec<(I, CommentMark)>) -> Vec<(I, CommentMark)> {
    marks.extend(later);
    // Equals stay as they stand, the earlier one first; two lists that are in order are merged in one pass.
    marks.sort_by(|one, other| one.0.cmp(&other.0));
    marks.dedup_by(|(id, mark), (kept, all)| {
        let is_same = id == kept;
        if is_same {
            all.add(*mark);
        }
        is_same
    });
    marks
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, Draft, Story};

    fn thread(ids: &[&str]) -> Thread {
        let mut builder = Builder::new();
        for (id, score) in
            ids.iter().zip([None, Some(-1), Some(5), Some(i32::MAX), Some(i32::MIN), Some(0)].iter().cycle())
        {
            builder.push(&Draft { id, score: *score, ..Draft::default() });
        }
        builder.finish(Story::default())
    }

    #[test]
    fn marks_are_read_as_they_were_written() {
        let ids = ["18446744073709551615", "7", "007", "0", "t1_ab", "t1_abc", "ü", "18446744073709551616", "-1"];
        let thread = thread(&ids);
        let marks = Marks::of(&thread, &[true, false, true], true);
        assert_eq!(Marks::unpacked(&marks.packed().expect("packed")).expect("unpacked"), marks);
        assert_eq!(marks.len(), ids.len());
        for (comment, is_read) in thread.iter().zip([true, false, true, false, false, false, false, false, false]) {
            let mark = CommentMark { score: comment.score(), is_seen: true, is_read };
            assert_eq!(marks.get(comment.id()), Some(mark), "{}", comment.id());
        }
        assert_eq!([marks.get("8"), marks.get("t1_"), marks.get("")], [None; 3]);
    }

    #[test]
    fn later_marks_are_added() {
        let (first, second) = (thread(&["1", "2", "a"]), thread(&["3", "2", "b"]));
        let mut marks = Marks::of(&first, &[true, true, false], true);
        marks.add(Marks::of(&second, &[false, false, true], false));
        let told = |id| marks.get(id).map(|mark| (mark.score, mark.is_seen, mark.is_read));
        assert_eq!(told("1"), Some((None, true, true)));
        assert_eq!(told("2"), Some((Some(-1), true, true)));
        assert_eq!(told("3"), Some((None, false, false)));
        assert_eq!([told("a"), told("b")], [Some((Some(5), true, false)), Some((Some(5), false, true))]);
        assert_eq!(marks.iter().map(|(id, _)| id.into_owned()).collect::<Vec<_>>(), ["1", "2", "3", "a", "b"]);
    }

    #[test]
    fn damaged_marks_are_no_marks() {
        for bytes in
            [&b""[..], &[1], &[0, 1, 0, 9], &[1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]]
        {
            assert_eq!(Marks::read(&mut &*bytes), None);
        }
    }
}
