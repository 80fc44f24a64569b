//! Words that stand for themselves, found as an expression of them would be, without one.

use std::ops::Range;

use super::piece::{AnyCase, Piece};

/// The sign of the kelvin, which is a `K` in any case.
const KELVIN: char = '\u{212a}';
/// The long `s`.
const LONG_S: char = 'ſ';

/// Words to be found in texts: a piece of them, by which the places are found, and what must stand around that.
#[derive(Clone, Debug)]
pub(super) struct Words {
    piece: Piece,
    /// The characters before the piece, the nearest first.
    before: Vec<char>,
    /// The characters behind the piece.
    after: Vec<char>,
    any_case: bool,
}

impl Words {
    /// Words in the letters that were typed, but for white space, which may be any other; `None` where there is nothing else.
    pub(super) fn as_typed(text: &str) -> Option<Self> {
        let pieces = pieces(text, |character| !character.is_whitespace());
        let (start, longest) = pieces.max_by_key(|(_, piece)| piece.len())?;
        Some(Self::around(text, start, Piece::as_typed(longest), false))
    }

    /// Words in any case, none of whose letters is upper case; `None` where each character has too many forms for a piece.
    pub(super) fn in_any_case(text: &str) -> Option<Self> {
        let pieces = pieces(text, is_in_pieces).map(|(start, piece)| (start, AnyCase::new(piece)));
        let (start, rarest) = pieces.max_by_key(|(_, piece)| piece.rarity())?;
        Some(Self::around(text, start, Piece::AnyCase(rarest), true))
    }

    fn around(text: &str, start: usize, piece: Piece, any_case: bool) -> Self {
        let (before, rest) = text.split_at(start);
        let (before, after) = (before.chars().rev().collect(), rest.get(piece.len()..).unwrap_or_default());
        Self { piece, before, after: after.chars().collect(), any_case }
    }

    /// The first place from one on where the piece is found.
    pub(super) fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        self.piece.find(text, from)
    }

    /// Whether a letter around the piece has forms that only an expression knows, which is then to be asked.
    pub(super) fn need_expression(&self) -> bool {
        let mut around = self.before.iter().chain(&self.after);
        self.any_case && around.any(|&own| !own.is_ascii() && !has_one_form(own))
    }

    /// Whether the words are in a field of a text, around a place of it where the piece was found.
    pub(super) fn are_in(&self, text: &str, field: Range<usize>, place: usize) -> bool {
        let is_piece = field.contains(&place) && place + self.piece.len() <= field.end;
        // Where the piece is all there is, the text need not be looked at again.
        let is_all = self.before.is_empty() && self.after.is_empty();
        let start = field.start;
        is_piece && (is_all || text.get(field).is_some_and(|text| self.are_around(text, place - start)))
    }

    fn are_around(&self, text: &str, place: usize) -> bool {
        let Some((before, after)) = text.split_at_checked(place) else { return false };
        let after = after.get(self.piece.len()..);
        after.is_some_and(|after| self.fit(&self.after, after.chars()) && self.fit(&self.before, before.chars().rev()))
    }

    /// Whether a text begins with these characters of the words.
    fn fit(&self, own: &[char], mut text: impl Iterator<Item = char>) -> bool {
        own.iter().all(|&own| text.next().is_some_and(|other| self.fits(own, other)))
    }

    /// Whether a character of a text is this one of the words, or a form of it.
    fn fits(&self, own: char, other: char) -> bool {
        match own {
            _ if own.is_whitespace() => other.is_whitespace(),
            _ if !self.any_case => own == other,
            'k' => matches!(other, 'k' | 'K' | KELVIN),
            's' => matches!(other, 's' | 'S' | LONG_S),
            _ => own.eq_ignore_ascii_case(&other),
        }
    }
}

/// The longest stretches of a text that consist of such characters, each with its place.
fn pieces(text: &str, is_of_piece: fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let is_between = move |character| !is_of_piece(character);
    let mut end = 0;
    let stretches = text.split_inclusive(is_between).map(move |stretch| {
        let start = end;
        end += stretch.len();
        (start, stretch.trim_end_matches(is_between))
    });
    stretches.filter(|(_, piece)| !piece.is_empty())
}

/// Whether a character is found in any case by its bytes, or by those of the other case of ASCII.
fn is_in_pieces(character: char) -> bool {
    let has_further_form = matches!(character, 'k' | 's') || character.is_whitespace();
    !has_further_form && (character.is_ascii() || has_one_form(character))
}

/// Whether a character is the same in any case.
fn has_one_form(character: char) -> bool {
    character.to_lowercase().eq([character]) && character.to_uppercase().eq([character])
}

#[cfg(test)]
mod tests {
    use regex::{Regex, RegexBuilder};

    use super::*;

    fn in_any_case(pattern: &str) -> Regex {
        RegexBuilder::new(pattern).case_insensitive(true).size_limit(1 << 26).build().expect("a pattern")
    }

    #[test]
    fn forms_are_those_of_expressions() {
        let all: String = (char::MIN..=char::MAX).collect();
        for own in (char::MIN..='\x7f').filter(|own| !own.is_uppercase()) {
            let words = Words { any_case: true, ..Words::as_typed("x").expect("a piece") };
            let pattern = if own.is_whitespace() { r"\s".to_owned() } else { regex::escape(&own.to_string()) };
            let expected: Vec<&str> = in_any_case(&pattern).find_iter(&all).map(|found| found.as_str()).collect();
            let fitting: Vec<String> =
                all.chars().filter(|&other| words.fits(own, other)).map(|other| other.to_string()).collect();
            assert_eq!(fitting, expected, "{own:?}");
        }
    }

    #[test]
    fn what_has_one_form_is_matched_by_no_other_character() {
        // Ideographs, Hangul, private characters, and what lies behind the symbols have no case.
        let may_have_case =
            |character: &char| matches!(character, '\0'..'\u{3400}' | '\u{A000}'..'\u{AC00}' | '\u{F900}'..'\u{1F000}');
        let all = || (char::MIN..=char::MAX).filter(may_have_case);
        let alone: Vec<char> = all().filter(|&character| has_one_form(character)).collect();
        // Two that match each other would differ in some bit of their numbers.
        for bit in 0..17 {
            let (with, without): (Vec<char>, Vec<char>) =
                alone.iter().partition(|&&character| u32::from(character) >> bit & 1 == 1);
            let class: Vec<String> = with.iter().map(|&own| format!("\\x{{{:x}}}", u32::from(own))).collect();
            let others: String = without.into_iter().collect();
            let found =
                in_any_case(&format!("[{}]", class.concat())).find(&others).map(|found| found.as_str().to_owned());
            assert_eq!(found, None, "bit {bit}");
        }
        for other in all().filter(|&character| !has_one_form(character)) {
            assert!(!is_in_pieces(other) || other.is_ascii(), "{other}");
        }
    }

    #[test]
    fn some_texts_have_no_piece() {
        for text in ["", " \n", "ks", "ſ", "äö s"] {
            assert!(Words::in_any_case(text).is_none(), "{text}");
        }
        assert!(Words::as_typed(" ").is_none() && Words::as_typed("Ä").is_some());
        for (text, expected) in [("日本 desk", false), ("é and", true), ("naïve", true), ("desk", false)] {
            assert_eq!(Words::in_any_case(text).map(|words| words.need_expression()), Some(expected), "{text}");
        }
    }
}
