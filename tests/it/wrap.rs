//! Wrapping, against arbitrary input.
#![expect(clippy::string_slice, reason = "tests want to fail on a range that is off a character")]

use crate::support::random::config;
use std::collections::HashSet;
use std::time::{Duration, Instant};

use lurker::model::{Mark, MarkKind, Text};
use lurker::view::{Line, wrap};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const PIECES: [&str; 45] = [
    "a",
    "be",
    "see",
    "word",
    "antidisestablishmentarianism",
    " ",
    " ",
    " ",
    " ",
    "  ",
    "     ",
    "\n",
    "\n\n",
    "- ",
    "12. ",
    "https://example.org/a/very/long/path?with=a&query=of-words_and.dots,too",
    "/",
    "?",
    "&",
    "=",
    "-",
    "_",
    ".",
    ",",
    "日本語",
    "、",
    "。",
    "「",
    "」",
    "っ",
    "ー",
    "한국어",
    "👍",
    "👨‍👩‍👧‍👦",
    "🇨🇿",
    "🇨",
    "👍🏽",
    "1\u{fe0f}\u{20e3}",
    "\u{301}",
    "e\u{301}\u{323}",
    "שלום",
    "لا",
    "नमस्ते",
    "\u{a0}",
    "\u{11a84}",
];

/// Text out of difficult pieces and, at times, of anything that is no control character.
fn plain() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => "\\PC{1,12}"];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat().trim_matches('\n').to_owned())
}

/// A text with marks as the markup layer makes them: blocks of whole lines, sorted by start, the longer first.
fn text() -> impl Strategy<Value = Text> {
    let kind =
        prop::sample::select(&[MarkKind::Quote, MarkKind::Quote, MarkKind::Item, MarkKind::Item, MarkKind::Code][..]);
    let spans = prop::collection::vec((kind, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6);
    let links = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4);
    (plain(), spans, links).prop_map(|(plain, spans, links)| {
        let mut rows = Vec::new();
        let mut start = 0;
        for row in plain.split('\n') {
            rows.push((start, start + row.len() as u32));
            start += row.len() as u32 + 1;
        }
        let mut marks = Vec::new();
        for (kind, from, to) in spans {
            let (from, to) = (from.index(rows.len()), to.index(rows.len()));
            let (start, end) = (rows[from.min(to)].0, rows[from.max(to)].1);
            marks.extend((start < end).then_some(Mark { start, end, kind }));
        }
        let mut text = Text { links: Vec::new(), marks, plain };
        let ends: Vec<u32> =
            text.plain.char_indices().map(|(at, _)| at as u32).chain([text.plain.len() as u32]).collect();
        for (from, to) in links {
            let (from, to) = (from.index(ends.len()), to.index(ends.len()));
            let (start, end) = (ends[from.min(to)], ends[from.max(to)]);
            if start < end && !text.plain[start as usize..end as usize].contains('\n') {
                text.marks.push(Mark { start, end, kind: MarkKind::Link(text.links.len() as u32) });
                text.links.push("https://example.org/".to_owned());
            }
        }
        text.marks.sort_by_key(|mark| (mark.start, u32::MAX - mark.end));
        text
    })
}

/// All that is promised of the lines of a text, at one width.
pub(crate) fn check(text: &Text, width: usize) {
    let plain = text.plain.as_str();
    let lines = wrap(text.borrow(), width);
    if plain.is_empty() {
        assert_eq!(lines, []);
        return;
    }
    let boundaries = boundaries(plain);
    let at = |line: &Line| (line.start as usize, line.end as usize);
    let (mut before, mut breaks) = (0, 0);
    for (number, line) in lines.iter().enumerate() {
        let (start, end) = at(line);
        assert!(start <= end && end <= plain.len(), "{line:?}");
        assert!(boundaries.contains(&start) && boundaries.contains(&end), "{line:?} cuts a character of {plain:?}");
        let gap = &plain[before..start];
        assert!(number > 0 || gap.is_empty(), "{gap:?} lost before the first line");
        let broken = gap.chars().filter(|&c| c == '\n').count();
        assert!(broken <= 1 && gap.chars().all(|c| c == ' ' || c == '\n'), "{gap:?} lost in {plain:?}");
        assert!(gap.trim_end_matches(' ').len() >= gap.find('\n').map_or(0, |at| at + 1), "{gap:?}");
        breaks += broken;
        let said = line.of(plain);
        assert_eq!(said, &plain[start..end]);
        assert!(!said.contains('\n'), "{said:?}");
        let row = plain[..start].rfind('\n').map_or(0, |at| at + 1)
            ..plain[start..].find('\n').map_or(plain.len(), |at| start + at);
        assert!(!said.is_empty() || row.is_empty(), "an empty line in {:?}", &plain[row]);
        check_blocks(text, line, row.start);
        assert_eq!(line.code, is_in(text, MarkKind::Code, row.start) > 0);
        if line.code {
            assert_eq!((start, end), (row.start, row.end), "code is never wrapped");
        } else {
            let columns: usize = said.graphemes(true).map(UnicodeWidthStr::width).sum();
            let fits = line.columns() + columns <= width.max(1);
            assert!(
                fits || said.graphemes(true).count() == 1,
                "{said:?} takes {} + {columns} of {width}",
                line.columns()
            );
        }
        before = end;
    }
    let tail = &plain[before..];
    assert!(tail.chars().all(|c| c == ' '), "{tail:?} lost at the end of {plain:?}");
    assert_eq!(breaks, plain.matches('\n').count());
}

/// Where a line may begin or end: between the graphemes of each row.
fn boundaries(plain: &str) -> HashSet<usize> {
    let mut found = HashSet::new();
    let mut start = 0;
    for row in plain.split('\n') {
        found.extend(row.grapheme_indices(true).map(|(at, _)| start + at));
        start += row.len();
        found.insert(start);
        start += 1;
    }
    found
}

fn is_in(text: &Text, kind: MarkKind, at: usize) -> usize {
    text.marks.iter().filter(|mark| mark.kind == kind && (mark.start as usize..mark.end as usize).contains(&at)).count()
}

/// A quote bar for each quote around the line, while there is room.
fn check_blocks(text: &Text, line: &Line, row: usize) {
    let quotes = is_in(text, MarkKind::Quote, row);
    assert!(usize::from(line.bars) <= quotes);
    assert!(quotes == 0 || line.bars > 0 || line.columns() == usize::from(line.indent));
    assert!(is_in(text, MarkKind::Item, row) > 0 || line.indent == 0, "{line:?}");
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn lines_fit_and_lose_nothing(text in text(), width in prop_oneof![1_usize..12, 1_usize..=200]) {
        check(&text, width);
    }

    #[test]
    fn a_greedy_line_takes_what_fits(words in prop::collection::vec("[a-z]{1,9}", 1..40), width in 9_usize..60) {
        let plain = words.join(" ");
        let lines = wrap(Text::unmarked(plain.as_str()).borrow(), width);
        for pair in lines.windows(2) {
            let next = pair[1].of(&plain).split(' ').next().map_or(0, str::len);
            prop_assert!(pair[0].of(&plain).len() + 1 + next > width, "{:?} had room", pair[0].of(&plain));
        }
        let said: Vec<&str> = lines.iter().flat_map(|line| line.of(&plain).split(' ')).collect();
        prop_assert_eq!(said, words);
    }

    #[test]
    fn wider_is_never_longer_for_words(words in prop::collection::vec("[a-z]{1,9}", 1..40), width in 9_usize..60) {
        let text = Text::unmarked(words.join(" "));
        prop_assert!(wrap(text.borrow(), width + 1).len() <= wrap(text.borrow(), width).len());
    }
}

#[test]
fn one_enormous_word_takes_linear_time() {
    for word in ["x", "日", "e\u{301}", "\u{301}", " ", "/", "x日", "👍"] {
        let text = Text::unmarked(word.repeat((1 << 20) / word.len()));
        let begun = Instant::now();
        for width in [1, 80] {
            let lines = wrap(text.borrow(), width);
            assert!(!lines.is_empty());
        }
        // Quadratic time would be hours.
        assert!(begun.elapsed() < Duration::from_secs(30), "{word:?}: {:?}", begun.elapsed());
    }
}

#[test]
fn many_marks_take_linear_time() {
    let plain = "- a [1]\n".repeat(50_000);
    let plain = plain.trim_end();
    let marks =
        plain.match_indices("- ").map(|(at, _)| Mark { start: at as u32, end: at as u32 + 7, kind: MarkKind::Item });
    let text = Text { marks: marks.collect(), plain: plain.to_owned(), links: Vec::new() };
    let begun = Instant::now();
    assert_eq!(wrap(text.borrow(), 5).len(), 100_000);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn one_column() {
    let text = Text::unmarked("ab 日\n\nc");
    let said: Vec<&str> = wrap(text.borrow(), 1).iter().map(|line| line.of(&text.plain)).collect();
    assert_eq!(said, ["a", "b", "日", "", "c"]);
    assert_eq!(wrap(text.borrow(), 0), wrap(text.borrow(), 1));
}

/// What a person would say of some lines.
#[test]
fn lines_as_people_expect_them() {
    for (plain, width, expected) in [
        ("one two  three", 7, vec!["one two", "three"]),
        ("one two", 3, vec!["one", "two"]),
        ("an address: https://a.org/b/c here", 12, vec!["an address:", "https://a.", "org/b/c here"]),
        ("日本 語", 4, vec!["日本", "語"]),
        // A mark on a space belongs to it.
        ("ab  \u{301}c", 2, vec!["ab", " \u{301}c"]),
        // So does one to what is written before it.
        ("ab \u{11a84}  c", 2, vec!["ab", "\u{11a84} ", "c"]),
        // And one on a slash to the slash.
        ("aaaa/\u{338}bbb", 6, vec!["aaaa/\u{338}b", "bb"]),
        ("éaa/\u{338}bbb", 5, vec!["éaa/\u{338}b", "bb"]),
        ("éaa/\u{338}", 4, vec!["éaa/\u{338}"]),
    ] {
        let said: Vec<&str> = wrap(Text::unmarked(plain).borrow(), width).iter().map(|line| line.of(plain)).collect();
        assert_eq!(said, expected, "{plain:?} at {width}");
    }
}
