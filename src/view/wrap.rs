//! Wrapping: a text → lines of a width, as byte ranges of it; nothing is copied.

use std::mem;

use memchr::{memchr_iter, memrchr};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::model::{CELLS, Mark, MarkKind, TextRef, has_as_many_cells};

/// Columns that one quote bar takes, its space included.
const BAR: usize = 2;

/// One screen line of a text: bars and indentation, then `start..end` of the text.
///
/// Except for code and for a single grapheme wider than the room, `columns() + width of the range` is at most the width
/// that was requested. Between the end of a line and the start of the next there are only spaces or one line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Quote bars before the text.
    pub bars: u16,
    /// Columns of indentation between the bars and the text.
    pub indent: u16,
    /// Whether the line is code: it keeps its length, whatever the width.
    pub code: bool,
}

impl Line {
    /// Columns before the text.
    pub fn columns(&self) -> usize {
        usize::from(self.bars) * BAR + usize::from(self.indent)
    }

    /// The line's part of the text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Wraps a text to `width` columns, at least 1. An empty text has no line.
pub fn wrap(text: TextRef<'_>, width: usize) -> Vec<Line> {
    wrap_as(text, width)
}

/// Wraps a text as [`wrap`] does, to lines of whatever kind.
pub(super) fn wrap_as<L: From<Line>>(text: TextRef<'_>, width: usize) -> Vec<L> {
    wrap_with(text, width, break_at)
}

/// Wraps a text as [`wrap`] does, but breaks no word: an address that is longer than the line keeps its length.
pub fn wrap_words(text: TextRef<'_>, width: usize) -> Vec<Line> {
    wrap_words_as(text, width)
}

/// Wraps a text as [`wrap_words`] does, to lines of whatever kind.
pub(super) fn wrap_words_as<L: From<Line>>(text: TextRef<'_>, width: usize) -> Vec<L> {
    wrap_with(text, width, break_between_words)
}

/// The end of the first line of a row, and the start of the next.
type Break = fn(&str, usize) -> (usize, usize);

fn wrap_with<L: From<Line>>(text: TextRef<'_>, width: usize, break_at: Break) -> Vec<L> {
    let (width, mut lines) = (width.max(1), Vec::new());
    if text.plain.is_empty() {
        return lines;
    }
    let mut blocks = Blocks { marks: text.marks, open: Vec::new() };
    let mut start = 0;
    for end in memchr_iter(b'\n', text.plain.as_bytes()).chain([text.plain.len()]) {
        let mut lead = blocks.lead(text.plain, start, width);
        let row = text.plain.get(start..end).unwrap_or_default();
        if row.len() > width && !lead.code && is_table_row(text.plain, row, start) {
            lead.rest = (lead.rest + ROW_HANG).min((width - lead.bars * BAR) / 2);
        }
        wrap_row((row, start), &lead, width, break_at, &mut lines);
        start = end + 1;
    }
    lines
}

/// The columns by which a row of a table is set in behind its first line.
const ROW_HANG: usize = 2;

/// Whether a row of the text has cells, and the one above or below it has as many.
fn is_table_row(plain: &str, row: &str, start: usize) -> bool {
    let is_alike = |other: Option<&str>| other.is_some_and(|other| has_as_many_cells(row, other));
    let above = || plain.get(..start.checked_sub(1)?)?.rsplit('\n').next();
    let below = || plain.get(start + row.len() + 1..)?.split('\n').next();
    row.contains(CELLS) && (is_alike(above()) || is_alike(below()))
}

/// The prefix of one paragraph or line of the source.
struct Lead {
    bars: usize,
    first: usize,
    rest: usize,
    code: bool,
}

/// The block marks around a place that only moves forward.
struct Blocks<'a> {
    marks: &'a [Mark],
    open: Vec<(Mark, usize)>,
}

impl Blocks<'_> {
    fn lead(&mut self, plain: &str, at: usize, width: usize) -> Lead {
        if self.open.is_empty() && self.marks.first().is_none_or(|mark| mark.start as usize > at) {
            return Lead { bars: 0, first: 0, rest: 0, code: false };
        }
        self.open.retain(|(mark, _)| mark.end as usize > at);
        while let Some((mark, later)) = self.marks.split_first().filter(|(mark, _)| mark.start as usize <= at) {
            if mark.kind.is_block() && mark.end as usize > at {
                let marker = if mark.kind == MarkKind::Item { marker_width(plain, mark.start as usize) } else { 0 };
                self.open.push((*mark, marker));
            }
            self.marks = later;
        }
        let count = |kind| self.open.iter().filter(|(mark, _)| mark.kind == kind).count();
        let bars = count(MarkKind::Quote).min(width / (2 * BAR));
        let room = (width - bars * BAR) / 2;
        let rest = self.open.iter().map(|(_, marker)| marker).sum::<usize>();
        let starts_here = |(mark, _): &&(Mark, usize)| mark.start as usize == at;
        let own = self.open.iter().filter(starts_here).map(|(_, marker)| marker).sum::<usize>();
        Lead { bars, first: (rest - own).min(room), rest: rest.min(room), code: count(MarkKind::Code) > 0 }
    }
}

/// The columns of a list marker (`- `, `12. `), up to and with its space; at most 8.
fn marker_width(plain: &str, start: usize) -> usize {
    plain.get(start..).and_then(|item| item.bytes().take(8).position(|byte| byte == b' ')).map_or(0, |space| space + 1)
}

fn wrap_row<L: From<Line>>(
    (row, start): (&str, usize),
    lead: &Lead,
    width: usize,
    break_at: Break,
    lines: &mut Vec<L>,
) {
    let mut at = 0;
    let mut indent = lead.first;
    loop {
        let rest = row.get(at..).unwrap_or_default();
        let room = width - lead.bars * BAR - indent;
        let (end, next) = if lead.code { (rest.len(), rest.len()) } else { break_at(rest, room.max(1)) };
        let line = Line {
            start: (start + at) as u32,
            end: (start + at + end) as u32,
            bars: lead.bars as u16,
            indent: if lead.code { 0 } else { indent as u16 },
            code: lead.code,
        };
        lines.push(line.into());
        at += next;
        indent = lead.rest;
        if at >= row.len() {
            return;
        }
    }
}

/// As [`break_at`], but where that cuts a word, the line goes on to its end.
fn break_between_words(row: &str, room: usize) -> (usize, usize) {
    let (end, next) = break_at(row, room);
    let ends = |place: usize| {
        let before = row.get(..place).and_then(|before| before.graphemes(true).next_back()).unwrap_or_default();
        let after = row.get(place..).and_then(|after| after.graphemes(true).next()).unwrap_or_default();
        let is_wide = before.width() > 1 && !opens(before) || after.width() > 1 && !clings(after);
        before == " " || after == " " || after.is_empty() || is_wide
    };
    if ends(end) {
        return (end, next);
    }
    let mut behind = row.get(end..).unwrap_or_default().grapheme_indices(true).map(|(at, _)| end + at);
    let end = behind.find(|&place| ends(place)).unwrap_or(row.len());
    (end, past_spaces(row, end))
}

/// The end of the line and the start of the next one, both greater than 0 unless the row is empty.
fn break_at(row: &str, room: usize) -> (usize, usize) {
    // No character takes more columns than bytes.
    let Some(window) = row.as_bytes().get(..room + 1) else { return (trimmed(row, row.len()), row.len()) };
    if window.is_ascii() {
        // A space in the column after the last may still end the line.
        match memrchr(b' ', window) {
            Some(space) if trimmed(row, space) > 0 => (trimmed(row, space), past_spaces(row, space)),
            _ => {
                let end = within_word(row.get(..room).unwrap_or(row));
                (end, past_spaces(row, end))
            }
        }
    } else {
        break_plain(row, room).unwrap_or_else(|| break_graphemes(row, room))
    }
}

/// As [`break_graphemes`], for a line of nothing but plain characters; `None` for any other. Where it may be broken is only
/// looked for once it is full.
fn break_plain(row: &str, room: usize) -> Option<(usize, usize)> {
    let mut columns = 0;
    let mut chars = row.char_indices();
    while let Some((at, c)) = chars.next() {
        columns += plain_columns(c)?;
        if columns > room {
            // What comes next must not belong to it.
            chars.next().map_or(Some(0), |(_, next)| plain_columns(next))?;
            return (at > 0).then(|| break_full(row, at, last_break(row, at, c)));
        }
    }
    Some((trimmed(row, row.len()), row.len()))
}

/// The last place up to the plain character `c` at `at` where a line of plain characters may be broken.
fn last_break(row: &str, at: usize, c: char) -> Option<usize> {
    let is_wide = |c: char| plain_columns(c) == Some(2);
    let mut behind = (at, c);
    let may_break = |before: (usize, char)| {
        let (at, c) = mem::replace(&mut behind, before);
        let is_beside_wide = is_wide(c) || is_wide(before.1) && !is_opening(before.1);
        (c == ' ' || is_beside_wide && !is_clinging(c)).then_some(at)
    };
    row.get(..at)?.char_indices().rev().find_map(may_break)
}

fn break_graphemes(row: &str, room: usize) -> (usize, usize) {
    let mut columns = 0;
    let mut soft = None;
    let mut wide_before = false;
    for (at, grapheme, width) in clusters(row) {
        let space = grapheme == " ";
        let wide = width > 1;
        if at > 0 && (wide || wide_before) && !space && !clings(grapheme) {
            soft = Some(at);
        }
        if space {
            soft = Some(at);
        }
        if columns + width > room {
            return match at {
                0 => (grapheme.len(), past_spaces(row, grapheme.len())),
                _ => break_full(row, at, soft),
            };
        }
        columns += width;
        wide_before = wide && !opens(grapheme);
    }
    (trimmed(row, row.len()), row.len())
}

/// As [`break_at`], for a line that is full at a place behind its start, and may be broken at `soft`.
fn break_full(row: &str, full: usize, soft: Option<usize>) -> (usize, usize) {
    match soft {
        Some(end) if trimmed(row, end) > 0 => (trimmed(row, end), past_spaces(row, end)),
        _ => {
            let end = within_word(row.get(..full).unwrap_or(row));
            (end, past_spaces(row, end))
        }
    }
}

/// The offset at which to cut a word that fills its line: after the last punctuation in its second half, else its end.
fn within_word(word: &str) -> usize {
    let half = word.len() / 2;
    if word.is_ascii() {
        let second_half = word.as_bytes().get(half..).unwrap_or_default();
        return second_half.iter().rposition(|&byte| cuts_word(byte)).map_or(word.len(), |at| half + at + 1);
    }
    let cuts = |grapheme: &str| matches!(grapheme.as_bytes(), &[byte] if cuts_word(byte));
    let mut from_end = word.grapheme_indices(true).rev().take_while(|(at, _)| *at >= half);
    from_end.find(|(_, grapheme)| cuts(grapheme)).map_or(word.len(), |(at, _)| at + 1)
}

/// Whether a word may be cut after this.
fn cuts_word(byte: u8) -> bool {
    matches!(byte, b'/' | b'?' | b'&' | b'=' | b'-' | b'_' | b'.' | b',')
}

/// The end of the line up to `end`, without its last spaces; a line of nothing but spaces keeps them.
fn trimmed(row: &str, end: usize) -> usize {
    let line = row.get(..end).unwrap_or_default();
    if line.as_bytes().last() != Some(&b' ') {
        return end;
    }
    let spaces = line.graphemes(true).rev().take_while(|&grapheme| grapheme == " ").count();
    if spaces < end { end - spaces } else { end }
}

/// The place after the spaces at `at`; a space that carries a combining mark is none.
fn past_spaces(row: &str, at: usize) -> usize {
    let rest = row.get(at..).unwrap_or_default();
    match rest.as_bytes() {
        [b' ', b'!'..=b'~', ..] => return at + 1,
        [b' ', ..] => {}
        _ => return at,
    }
    at + rest.graphemes(true).take_while(|&grapheme| grapheme == " ").count()
}

/// The grapheme clusters of a row, each with its offset and its columns. Between two characters of which neither clings to
/// any other no table need be searched, and most texts consist of those.
fn clusters(row: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut chars = row.chars();
    let mut ahead = chars.next().map(|c| (c, plain_columns(c)));
    let mut at = 0;
    std::iter::from_fn(move || {
        let (first, columns) = ahead?;
        let next = chars.next().map(|c| (c, plain_columns(c)));
        let start = at;
        if let (Some(columns), None | Some((_, Some(_)))) = (columns, next) {
            ahead = next;
            at += first.len_utf8();
            return Some((start, row.get(start..at)?, columns));
        }
        let cluster = row.get(start..)?.graphemes(true).next()?;
        at += cluster.len();
        chars = row.get(at..)?.chars();
        ahead = chars.next().map(|c| (c, plain_columns(c)));
        Some((start, cluster, cluster.width()))
    })
}

/// The columns of a character that is one grapheme cluster with no other of these: printable ASCII, Latin, Cyrillic, kana,
/// ideographs, syllables of Hangul, and the punctuation and full-width forms of their scripts.
fn plain_columns(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '\u{C0}'..='\u{2AF}' | '\u{400}'..='\u{482}' => Some(1),
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'..='\u{FF5E}' => Some(2),
        _ => None,
    }
}

/// Whether a line may not start with this (CJK closing punctuation and small kana, after JIS X 4051).
fn clings(grapheme: &str) -> bool {
    one_char(grapheme).is_some_and(is_clinging)
}

/// Whether a line may not end with this (CJK opening punctuation).
fn opens(grapheme: &str) -> bool {
    one_char(grapheme).is_some_and(is_opening)
}

/// The character that a grapheme is, if it is one.
fn one_char(grapheme: &str) -> Option<char> {
    let mut chars = grapheme.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn is_clinging(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '・'
            | '：'
            | '；'
            | '？'
            | '！'
            | '）'
            | '］'
            | '｝'
            | '〕'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〟'
            | '’'
            | '”'
            | 'ー'
            | '々'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
    )
}

fn is_opening(c: char) -> bool {
    matches!(c, '（' | '［' | '｛' | '〔' | '〈' | '《' | '「' | '『' | '【' | '〝')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Text;

    fn lines(plain: &str, width: usize) -> Vec<&str> {
        wrap(Text::unmarked(plain).borrow(), width).iter().map(|line| line.of(plain)).collect()
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(lines("the quick brown fox", 9), ["the quick", "brown fox"]);
        assert_eq!(lines("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(lines("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("", 3), Vec::<&str>::new());
    }

    #[test]
    fn addresses_break_after_punctuation() {
        assert_eq!(lines("https://example.org/a/long/path", 22), ["https://example.org/a/", "long/path"]);
    }

    #[test]
    fn wide_characters_count_two_columns() {
        assert_eq!(lines("日本語の文章。", 6), ["日本語", "の文", "章。"]);
        assert_eq!(lines("👨‍👩‍👧‍👦👨‍👩‍👧‍👦 ab", 3), ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦", "ab"]);
        assert_eq!(lines("日", 1), ["日"]);
    }

    #[test]
    fn items_hang_and_quotes_take_bars() {
        let plain = "- one two three";
        let marks = vec![Mark { start: 0, end: plain.len() as u32, kind: MarkKind::Item }];
        let text = Text { plain: plain.into(), marks, links: Vec::new() };
        let got: Vec<_> = wrap(text.borrow(), 9).iter().map(|line| (line.indent, line.of(plain))).collect();
        assert_eq!(got, [(0, "- one two"), (2, "three")]);
        let marks = vec![Mark { start: 0, end: 15, kind: MarkKind::Quote }];
        let text = Text { plain: plain.into(), marks, links: Vec::new() };
        assert!(wrap(text.borrow(), 9).iter().all(|line| line.bars == 1 && line.columns() == 2));
    }

    #[test]
    fn rows_of_a_table_hang_where_it_is_too_wide() {
        let plain = "name | speed | price\nWyse 60 | fast | 3\nwords | alone";
        let got: Vec<_> =
            wrap(Text::unmarked(plain).borrow(), 14).iter().map(|line| (line.indent, line.of(plain))).collect();
        let expected = [(0, "name | speed |"), (2, "price"), (0, "Wyse 60 | fast"), (2, "| 3"), (0, "words | alone")];
        assert_eq!(got, expected);
        assert!(wrap(Text::unmarked("name | speed | price").borrow(), 14).iter().all(|line| line.indent == 0));
    }

    #[test]
    fn plain_characters_are_clusters_of_their_own() {
        let plain: Vec<char> = (' '..='\u{FFFF}').filter(|c| plain_columns(*c).is_some()).collect();
        for c in &plain {
            assert_eq!(plain_columns(*c), Some(c.to_string().width()), "{c:?}");
        }
        // Every kind of neighbours: the distances are not the same twice.
        for (step, c) in plain.iter().enumerate() {
            let pair: String = [*c, plain[(step * 7919) % plain.len()]].into_iter().collect();
            assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
        }
        let odd = "e\u{301}x 👨‍👩‍👧‍👦日\u{3099}本 🇩🇪🇫🇷한\u{11ab} \u{301}й";
        let usual: Vec<_> = odd.grapheme_indices(true).map(|(at, cluster)| (at, cluster, cluster.width())).collect();
        assert_eq!(clusters(odd).collect::<Vec<_>>(), usual);
    }

    #[test]
    fn no_character_takes_more_columns_than_bytes() {
        for c in '\0'..=char::MAX {
            for behind in ["", "\u{fe0f}", "\u{fe0f}\u{20e3}", "\u{200d}"] {
                let cluster = format!("{c}{behind}");
                assert!(cluster.width() <= cluster.len(), "{cluster:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn lines_of_plain_characters_are_broken_as_any(row in "[a日、「 é한/]{0,30}[a日、 ]?[a\u{301}👨日]{0,3}", room in 1..40_usize) {
            let is_plain = row.chars().all(|c| plain_columns(c).is_some());
            let broken = break_plain(&row, room);
            prop_assert!(broken.is_some_and(|broken| broken == break_graphemes(&row, room)) || !is_plain || room == 1);
            prop_assert!(broken.is_none_or(|broken| broken == break_graphemes(&row, room)));
        }
    }

    #[test]
    fn code_is_never_wrapped() {
        let plain = "let x = 1;\n    let y = 2;";
        let marks = vec![Mark { start: 0, end: plain.len() as u32, kind: MarkKind::Code }];
        let text = Text { plain: plain.into(), marks, links: Vec::new() };
        let got: Vec<_> = wrap(text.borrow(), 4).iter().map(|line| line.of(plain)).collect();
        assert_eq!(got, ["let x = 1;", "    let y = 2;"]);
    }
}
