//! Finding a piece of a text by its bytes, many at a time.

use memchr::memmem::Finder;

use crate::view::row_set::bits_of;

/// Bytes from the most frequent one of European texts with addresses on; every other is rare beside them.
const FREQUENT: &[u8] = b"etaoinsrhldcum.fpgwy,b'v-k/:x1jqz";

/// Places that are looked at together.
const LANES: usize = 64;
/// The bit that tells apart the cases of a letter of ASCII.
const CASE: u8 = 0x20;

/// A piece of a text that is searched for.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// In the letters that were typed.
    AsTyped(Box<Finder<'static>>),
    /// In any case.
    AnyCase(AnyCase),
}

/// A piece in any case: its bytes, of which those that are letters of ASCII may be in either case.
#[derive(Clone, Debug)]
pub(super) struct AnyCase {
    bytes: Box<[u8]>,
    /// The places in the piece of its two rarest bytes, ascending; the same where it has but one.
    rarest: [usize; 2],
}

impl Piece {
    pub(super) fn as_typed(piece: &str) -> Self {
        Self::AsTyped(Box::new(Finder::new(piece).into_owned()))
    }

    /// Bytes of the piece.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::AsTyped(finder) => finder.needle().len(),
            Self::AnyCase(any) => any.bytes.len(),
        }
    }

    /// The first place from one on where the piece is found.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        match self {
            Self::AsTyped(finder) => finder.find(text.get(from..)?).map(|at| from + at),
            Self::AnyCase(any) => any.find(text, from),
        }
    }
}

impl AnyCase {
    /// A piece, which is not empty.
    pub(super) fn new(piece: &str) -> Self {
        let bytes: Box<[u8]> = piece.as_bytes().into();
        let mut by_rarity: Vec<usize> = (0..bytes.len()).collect();
        by_rarity.sort_by_key(|&at| std::cmp::Reverse(rarity(bytes[at])));
        let mut rarest = [by_rarity[0], *by_rarity.get(1).unwrap_or(&by_rarity[0])];
        rarest.sort_unstable();
        Self { bytes, rarest }
    }

    /// How rare the piece is, as far as its two rarest bytes tell; greater is rarer.
    pub(super) fn rarity(&self) -> (usize, usize) {
        let [one, other] = self.rarest.map(|at| rarity(self.bytes[at]));
        (if self.bytes.len() > 1 { one + other } else { one }, self.bytes.len())
    }

    /// Looks for the two rarest bytes at their distance first.
    fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let last = text.len().checked_sub(self.bytes.len())?;
        let places = text.get(from..=last)?.len();
        let [one, other] = self.rarest.map(|at| text.get(from + at..).and_then(|text| text.get(..places)));
        let ((ones, rest), (others, _)) = (one?.as_chunks::<LANES>(), other?.as_chunks::<LANES>());
        let pair = self.rarest.map(|at| self.bytes[at] | CASE);
        for (chunk, (one, other)) in ones.iter().zip(others).enumerate() {
            let mut pairs = pairs(one, other, pair);
            while pairs != 0 {
                let place = from + chunk * LANES + pairs.trailing_zeros() as usize;
                if self.is_at(text, place) {
                    return Some(place);
                }
                pairs &= pairs - 1;
            }
        }
        (from + places - rest.len()..=last).find(|&place| self.is_at(text, place))
    }

    /// Whether the piece is at a place in a text.
    fn is_at(&self, text: &[u8], place: usize) -> bool {
        text.get(place..place + self.bytes.len()).is_some_and(|here| here.eq_ignore_ascii_case(&self.bytes))
    }
}

/// A bit for each place of two stretches at which two bytes stand, in whatever case. Without a branch up to the end, so that it
/// takes as many bytes at a time as the processor can.
fn pairs(ones: &[u8; LANES], others: &[u8; LANES], pair: [u8; 2]) -> u64 {
    let (mut are_here, mut is_any) = ([0; LANES], 0);
    for (is_here, (one, other)) in are_here.iter_mut().zip(ones.iter().zip(others)) {
        *is_here = u8::from(one | CASE == pair[0]) & u8::from(other | CASE == pair[1]);
        is_any |= *is_here;
    }
    if is_any == 0 { 0 } else { bits_of(&are_here) }
}

/// How rare a byte is; greater is rarer.
fn rarity(byte: u8) -> usize {
    let frequent = FREQUENT.iter().position(|&frequent| frequent == byte.to_ascii_lowercase());
    frequent.unwrap_or(FREQUENT.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(piece: &Piece, text: &str) -> Vec<usize> {
        let next = |at: Option<usize>| piece.find(text.as_bytes(), at.map_or(0, |at| at + 1));
        std::iter::successors(next(None), |&at| next(Some(at))).collect()
    }

    proptest! {
        #[test]
        fn a_piece_is_found_wherever_it_is(piece in "[ab日@]{1,4}", text in "[abABc日`@ ]{0,200}") {
            let any_case = Piece::AnyCase(AnyCase::new(&piece));
            let expected = |text: &str| -> Vec<usize> {
                (0..text.len()).filter(|&at| text.as_bytes()[at..].starts_with(piece.as_bytes())).collect()
            };
            prop_assert_eq!(places(&any_case, &text), expected(&text.to_ascii_lowercase()));
            prop_assert_eq!(places(&Piece::as_typed(&piece), &text), expected(&text));
        }
    }
}
