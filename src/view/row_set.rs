//! The set of the rows that show, as bits with running counts: which row stands at a position, and where a row stands.

use std::ops::Range;

/// Bits of a word.
const BITS: usize = 64;
/// Words that are counted together.
const BLOCK: usize = 8;

/// A set of numbers below a bound, in which the members are also found by their position among all.
///
/// Members are set word by word; positions are right once [`RowSet::count_from`] has counted what was set.
#[derive(Clone, Debug, Default)]
pub(super) struct RowSet {
    words: Vec<u64>,
    /// The number of members before each block of words, and at the end the number of all.
    before: Vec<u32>,
}

impl RowSet {
    /// Empties it, with room for the numbers below a bound.
    pub(super) fn reset(&mut self, bound: usize) {
        self.words.clear();
        self.words.resize(bound.div_ceil(BITS), 0);
        self.before.clear();
        self.before.resize(self.words.len().div_ceil(BLOCK) + 1, 0);
    }

    /// The number of members.
    pub(super) fn len(&self) -> usize {
        self.before.last().map_or(0, |&count| count as usize)
    }

    /// Sets which numbers of a range are members: `bits` gives those of a whole word, the lowest bit for the first.
    pub(super) fn set(&mut self, range: Range<usize>, bits: impl Fn(usize) -> u64) {
        for (word, mask) in words_of(range) {
            self.words[word] = self.words[word] & !mask | bits(word) & mask;
        }
    }

    /// Makes one number a member.
    pub(super) fn insert(&mut self, number: usize) {
        self.words[number / BITS] |= 1 << (number % BITS);
    }

    /// Takes the numbers of a range out.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.set(range, |_| 0);
    }

    /// Counts anew from the first number that has changed.
    pub(super) fn count_from(&mut self, number: usize) {
        let first = number / (BITS * BLOCK);
        let mut count = self.before.get(first).copied().unwrap_or(0);
        let blocks = self.words.chunks(BLOCK).skip(first);
        for (words, after) in blocks.zip(self.before.iter_mut().skip(first + 1)) {
            count += words.iter().map(|word| word.count_ones()).sum::<u32>();
            *after = count;
        }
    }

    /// Whether a number is a member.
    pub(super) fn contains(&self, number: usize) -> bool {
        self.words.get(number / BITS).is_some_and(|word| word >> (number % BITS) & 1 == 1)
    }

    /// The position of a member, or `Err` with the position where the number would be.
    pub(super) fn position(&self, number: usize) -> Result<usize, usize> {
        let (word, bit) = (number / BITS, number % BITS);
        let Some(&own) = self.words.get(word) else { return Err(self.len()) };
        let block = word / BLOCK;
        let earlier = self.words.get(block * BLOCK..word).unwrap_or_default();
        let counted = earlier.iter().chain([&(own & lowest(bit))]).map(|word| word.count_ones()).sum::<u32>();
        let position = (self.before[block] + counted) as usize;
        if own >> bit & 1 == 1 { Ok(position) } else { Err(position) }
    }

    /// The member at a position.
    pub(super) fn get(&self, position: usize) -> Option<usize> {
        let position = u32::try_from(position).ok()?;
        let block = self.before.partition_point(|&before| before <= position).checked_sub(1)?;
        let mut left = position - self.before[block];
        for (word, &bits) in self.words.iter().enumerate().skip(block * BLOCK) {
            if left < bits.count_ones() {
                return Some(word * BITS + nth_bit(bits, left));
            }
            left -= bits.count_ones();
        }
        None
    }

    /// The members from a number on, ascending.
    pub(super) fn from(&self, number: usize) -> impl Iterator<Item = usize> {
        words_of(number..self.words.len() * BITS).flat_map(|(word, mask)| ones(self.words[word] & mask, word * BITS))
    }

    /// The members below a number, descending.
    pub(super) fn before(&self, number: usize) -> impl Iterator<Item = usize> {
        let words = words_of(0..number.min(self.words.len() * BITS)).rev();
        words.flat_map(|(word, mask)| ones_down(self.words[word] & mask, word * BITS))
    }
}

/// So many of the lowest bits of a word.
pub(super) fn lowest(bits: usize) -> u64 {
    if bits < BITS { (1 << bits) - 1 } else { u64::MAX }
}

/// The words in which a range of numbers lies, with the bits of each that are in the range.
fn words_of(range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, u64)> {
    let Range { start, end } = range;
    let words = if start < end { start / BITS..end.div_ceil(BITS) } else { 0..0 };
    words.map(move |word| {
        let from = if word == start / BITS { !lowest(start % BITS) } else { u64::MAX };
        let to = if word == end / BITS { lowest(end % BITS) } else { u64::MAX };
        (word, from & to)
    })
}

/// The bits that up to 64 bytes, each 0 or 1, stand for, the lowest for the first: a product gathers those of eight bytes.
pub(super) fn bits_of(bytes: &[u8; 64]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | gathered(eight))
}

/// The numbers of the bits that are set in a word, ascending; `first` is the number of its lowest bit.
pub(super) fn ones(word: u64, first: usize) -> impl Iterator<Item = usize> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let bit = (rest != 0).then(|| rest.trailing_zeros() as usize);
        rest &= rest.wrapping_sub(1);
        bit.map(|bit| first + bit)
    })
}

/// The same, descending.
fn ones_down(word: u64, first: usize) -> impl Iterator<Item = usize> {
    let highest = |rest: u64| BITS - 1 - rest.leading_zeros() as usize;
    let without = move |&rest: &u64| if rest == 0 { None } else { Some(rest & !(1 << highest(rest))) };
    std::iter::successors(Some(word), without).take_while(|&rest| rest != 0).map(move |rest| first + highest(rest))
}

/// The place of the bit that has `before` others of those that are set below it; there are more than so many.
fn nth_bit(mut word: u64, before: u32) -> usize {
    for _ in 0..before {
        word &= word.wrapping_sub(1);
    }
    word.trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_sorted_list_of_its_members(
            numbers in prop::collection::btree_set(0..3_000_usize, 0..400),
            removed in (0..3_000_usize, 0..3_000_usize),
            bound in 3_000..3_100_usize,
        ) {
            let mut set = RowSet::default();
            set.reset(bound);
            for &number in &numbers {
                set.insert(number);
            }
            set.count_from(0);
            let mut members: Vec<usize> = numbers.into_iter().collect();
            check(&set, &members, bound)?;
            let removed = removed.0.min(removed.1)..removed.0.max(removed.1);
            set.remove(removed.clone());
            set.count_from(removed.start);
            members.retain(|number| !removed.contains(number));
            check(&set, &members, bound)?;
        }
    }

    fn check(set: &RowSet, members: &[usize], bound: usize) -> Result<(), TestCaseError> {
        prop_assert_eq!(set.len(), members.len());
        prop_assert_eq!(set.get(members.len()), None);
        for (position, &number) in members.iter().enumerate() {
            prop_assert_eq!(set.get(position), Some(number));
        }
        for number in (0..bound).step_by(7).chain([0, bound, bound + 1_000]) {
            prop_assert_eq!(set.position(number), members.binary_search(&number));
            let at = members.partition_point(|&member| member < number);
            prop_assert!(set.from(number).eq(members[at..].iter().copied()));
            prop_assert!(set.before(number).eq(members[..at].iter().rev().copied()));
        }
        Ok(())
    }
}
