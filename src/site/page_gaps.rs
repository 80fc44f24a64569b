//! Parts of a saved page that are not there or were not understood, counted for the notes of its thread.

use crate::model::{Advice, LoadError};

/// The counts of what a page's comments lack.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::site) struct PageGaps {
    /// The comments that were read.
    pub(in crate::site) comments: u32,
    /// The number of comments, as the page states it.
    pub(in crate::site) stated: Option<u32>,
    /// Comments of which the page must name the author, and lurker read none.
    pub(in crate::site) authors: u32,
    /// Comments with a date that was not understood.
    pub(in crate::site) dates: u32,
    /// Comments whose date is only an age.
    pub(in crate::site) ages: u32,
    /// Comments with a score that was not understood.
    pub(in crate::site) scores: u32,
    /// Comments whose number was not found.
    pub(in crate::site) ids: u32,
    /// Comments without a place in the tree.
    pub(in crate::site) places: u32,
    /// Whether the page is nested more deeply than it was read.
    pub(in crate::site) is_flattened: bool,
}

impl PageGaps {
    /// What is missing, a sentence for each kind.
    pub(in crate::site) fn notes(self) -> Vec<String> {
        let missing = self.stated.map(|stated| (stated.saturating_sub(self.comments), stated));
        let missing = missing.filter(|(missing, _)| *missing > 0);
        let mut notes: Vec<String> = missing
            .map(|(missing, stated)| format!("{missing} of {stated} comments are not on the page"))
            .into_iter()
            .collect();
        let of_all = |count: u32, what: &str| {
            let verb = if count == 1 { "comment has" } else { "comments have" };
            (count > 0).then(|| format!("{count} {verb} {what}"))
        };
        notes.extend(of_all(self.ages, "only an age (“3 hours ago”) for a date, so their times are not known"));
        notes.extend(of_all(self.dates, "a date that could not be read"));
        notes.extend(of_all(self.authors, "an author who could not be read"));
        notes.extend(of_all(self.scores, "a score that could not be read"));
        notes.extend(of_all(self.ids, "a number that could not be read"));
        notes.extend(of_all(self.places, "no place in the tree that could be read"));
        if self.is_flattened {
            notes.push("The page is nested too deeply; what is deepest stands side by side".to_owned());
        }
        notes
    }
}

/// The error for a page that holds no comments: `the login page of Lobsters`, and what to open in its place.
pub(in crate::site) fn no_discussion(page: &str, instead: impl Into<String>) -> LoadError {
    LoadError::other("this", format!("is {page}")).advise(Advice::Other(instead.into()))
}

/// The first number in a text, be it `1,204 comments`, `8\u{a0}comments` or prettified.
pub(in crate::site) fn number_in(text: &str) -> Option<u32> {
    let from = text.get(text.find(|c: char| c.is_ascii_digit())?..)?;
    let is_part = |c: char| c.is_ascii_digit() || c == ',';
    let digits: String = from.chars().take_while(|&c| is_part(c)).filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The same with the sign before it: `-5 points`, `−5`.
pub(in crate::site) fn signed_number_in(text: &str) -> Option<i32> {
    let number = i32::try_from(number_in(text)?).ok()?;
    let before = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    Some(if before.trim_end().ends_with(['-', '−']) { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::{PageGaps, number_in, signed_number_in};

    #[test]
    fn numbers_in_words() {
        for (text, expected) in [
            ("1,204 comments", Some(1204)),
            ("8\u{a0}comments", Some(8)),
            ("\n  62\n points by", Some(62)),
            ("discuss", None),
            ("99999999999 points", None),
        ] {
            assert_eq!(number_in(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_with_a_sign() {
        for (text, expected) in
            [("-5 points", Some(-5)), ("−12", Some(-12)), ("a - b 3", Some(3)), ("7", Some(7)), ("~", None)]
        {
            assert_eq!(signed_number_in(text), expected, "{text}");
        }
    }

    #[test]
    fn each_gap_is_a_sentence() {
        assert!(PageGaps { comments: 3, stated: Some(3), ..PageGaps::default() }.notes().is_empty());
        let gaps = PageGaps { comments: 3, stated: Some(5), dates: 1, authors: 2, ..PageGaps::default() };
        let expected = [
            "2 of 5 comments are not on the page",
            "1 comment has a date that could not be read",
            "2 comments have an author who could not be read",
        ];
        assert_eq!(gaps.notes(), expected);
        let all = PageGaps { ages: 1, scores: 1, ids: 1, places: 1, is_flattened: true, ..PageGaps::default() };
        assert_eq!(all.notes().len(), 5);
    }
}
