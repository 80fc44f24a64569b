//! A fast look for the places where some words may be found: for a piece of them that is written in few ways.

use memchr::memchr2_iter;
use memchr::memmem::Finder;

/// Letters from the most frequent one of European languages on; every other character is rare beside them.
const FREQUENT: &[u8] = b"etaoinsrhldcumfpgwybvkxjqz";

/// A piece of a text that is searched for. Wherever the text is found, the piece is found in it.
#[derive(Clone, Debug)]
pub(super) enum Prefilter {
    /// A piece in the letters that were typed.
    AsTyped(Box<Finder<'static>>),
    /// A piece in any case.
    AnyCase(AnyCase),
}

/// A piece of ASCII in any case. Letters that have a further form in Unicode are no part of it.
#[derive(Clone, Debug)]
pub(super) struct AnyCase {
    piece: Box<[u8]>,
    /// The place in the piece of its rarest byte.
    rarest: usize,
}

impl Prefilter {
    /// The longest piece of a text without white space, which may stand for another; `None` where there is nothing else.
    pub(super) fn as_typed(text: &str) -> Option<Self> {
        let piece = text.split_whitespace().max_by_key(|word| word.len())?;
        Some(Self::AsTyped(Box::new(Finder::new(piece).into_owned())))
    }

    /// The piece of a text with the rarest byte that is found in any case; `None` where every character has too many forms.
    pub(super) fn any_case(text: &str) -> Option<Self> {
        let pieces = text.split(|character| !has_two_forms(character)).filter(|piece| !piece.is_empty());
        let rarest = |piece: &str| (0..piece.len()).max_by_key(|&at| rarity(piece.as_bytes()[at])).unwrap_or(0);
        let pieces = pieces.map(|piece| AnyCase { piece: piece.as_bytes().into(), rarest: rarest(piece) });
        pieces.max_by_key(|any| (rarity(any.byte()), any.piece.len())).map(Self::AnyCase)
    }

    /// The first place from one on where the piece is found.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        let found = match self {
            Self::AsTyped(finder) => finder.find(rest),
            Self::AnyCase(any) => any.find(rest),
        };
        found.map(|at| from + at)
    }
}

impl AnyCase {
    /// The rarest byte.
    fn byte(&self) -> u8 {
        self.piece[self.rarest]
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        let byte = self.byte();
        let (first, last) = (self.piece[0], self.piece[self.piece.len() - 1]);
        let is_here = |at: &usize| {
            let Some(here) = text.get(*at..*at + self.piece.len()) else { return false };
            // The ends tell most places apart without a loop.
            here[0].eq_ignore_ascii_case(&first)
                && here[here.len() - 1].eq_ignore_ascii_case(&last)
                && here.eq_ignore_ascii_case(&self.piece)
        };
        let rarest = memchr2_iter(byte.to_ascii_lowercase(), byte.to_ascii_uppercase(), text);
        rarest.filter_map(|at| at.checked_sub(self.rarest)).find(is_here)
    }
}

/// Whether a character is written as itself or in the other case of ASCII, and in no other form: `k` also matches the sign of
/// the kelvin, `s` the long one, and white space any other.
fn has_two_forms(character: char) -> bool {
    character.is_ascii_graphic() && !matches!(character, 'k' | 'K' | 's' | 'S')
}

/// How rare a byte is; greater is rarer.
fn rarity(byte: u8) -> usize {
    FREQUENT.iter().position(|&frequent| frequent == byte.to_ascii_lowercase()).unwrap_or(FREQUENT.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(prefilter: Option<Prefilter>, text: &str) -> Vec<usize> {
        let prefilter = prefilter.expect("there is a piece");
        let next = |at: Option<usize>| prefilter.find(text.as_bytes(), at.map_or(0, |at| at + 1));
        std::iter::successors(next(None), |&at| next(Some(at))).collect()
    }

    #[test]
    fn pieces_are_found_where_the_whole_is() {
        let text = "Keyboards, keyboard, KEYBOARD; a \u{212a}eyboard";
        assert_eq!(places(Prefilter::as_typed("a keyboard"), text), [11]);
        assert_eq!(places(Prefilter::any_case("keyboard"), text), [1, 12, 22, 36], "behind each k");
        assert_eq!(places(Prefilter::any_case("naïve quay"), "QUA qua ï"), Vec::<usize>::new());
        assert_eq!(places(Prefilter::any_case("naïve quay"), "QUAY quay"), [0, 5]);
    }

    #[test]
    fn some_texts_have_no_piece() {
        for text in ["", " \n", "ks", "ſ", "日本", "ÄÖ s"] {
            assert!(Prefilter::any_case(text).is_none(), "{text}");
        }
        assert!(Prefilter::as_typed(" ").is_none() && Prefilter::as_typed("日本").is_some());
    }
}
