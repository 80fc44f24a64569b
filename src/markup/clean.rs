//! Sanitizing: text from outside is made harmless to a terminal, and legitimate text is kept.

use std::borrow::Cow;
use std::str::Chars;

use unicode_segmentation::UnicodeSegmentation;

use super::characters::{
    Class, class, is_clinging, is_common, is_flag_tag, is_ideograph, is_indic, is_joining, is_mark, is_pictograph,
    is_skin_tone,
};
use crate::model::is_plain_line;

/// The most marks and other clinging characters in one grapheme cluster; more is no language but "Zalgo" that runs
/// over what is around it. The longest conjuncts have five consonants, with four marks between them.
const MARK_LIMIT: u8 = 8;
/// The most joiners in one emoji: those of a family of four, or of a couple that kisses.
const JOINER_LIMIT: u8 = 3;
/// Tab stops are this many characters apart.
const TAB_STOP: usize = 4;
/// The greatest length of a subdivision flag's tag (UTS #51: a region of 2 or 3, a subdivision of up to 3 or 4).
const FLAG_TAG_LIMIT: usize = 6;
const BLACK_FLAG: char = '\u{1F3F4}';
const FLAG_TAG_END: char = '\u{E007F}';
const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// Cleans a text of several lines: what is left cannot move the cursor, colour the screen, turn the reading direction
/// or hide text, and ends its lines with `'\n'` alone. Tabs become spaces. Cleaning twice changes nothing more.
pub fn clean(text: &str) -> Cow<'_, str> {
    let Some(at) = first_special(text) else { return Cow::Borrowed(text) };
    // A special character may depend on the two before it: an emoji and its skin tone.
    let start = text.get(..at).unwrap_or_default().char_indices().rev().take(2).last().map_or(at, |(start, _)| start);
    let (ordinary, rest) = text.split_at_checked(start).unwrap_or(("", text));
    let mut cleaner = Cleaner::after(ordinary, text.len());
    cleaner.run(rest);
    if cleaner.out == text { Cow::Borrowed(text) } else { Cow::Owned(cleaner.out) }
}

/// Cleans a text of one line: as [`clean`], and every run of white space is one space, none at the ends.
pub fn clean_line(text: &str) -> String {
    if is_plain_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in clean(text).split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The offset of the first character that may have to be changed.
fn first_special(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += printable_run(text.as_bytes().get(at..)?);
        let c = text.get(at..)?.chars().next()?;
        if !matches!(class(c), Class::Visible | Class::Blank) || is_clinging(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Whether a text has nothing but printable ASCII and line feeds, none of which is ever changed.
pub(super) fn is_plain(text: &str) -> bool {
    printable_run(text.as_bytes()) == text.len()
}

/// The number of bytes at the start that are printable ASCII or line feeds.
fn printable_run(bytes: &[u8]) -> usize {
    // Whole chunks without an early exit compile to vector instructions.
    let clean_chunk = |chunk: &&[u8]| chunk.iter().fold(true, |clean, &byte| clean & is_printable(byte));
    let whole = bytes.chunks_exact(16).take_while(clean_chunk).count() * 16;
    whole + bytes.iter().skip(whole).take_while(|&&byte| is_printable(byte)).count()
}

fn is_printable(byte: u8) -> bool {
    byte.wrapping_sub(b' ') <= b'~' - b' ' || byte == b'\n'
}

/// The text so far, and what its last characters allow to follow.
struct Cleaner {
    out: String,
    last: Option<char>,
    /// The start of the last grapheme cluster in `out`, and the number of its marks and joiners.
    cluster: usize,
    marks: u8,
    joiners: u8,
    /// Whether marks have something to stack on.
    based: bool,
    /// Whether the last characters are an emoji that ZWJ may join to another.
    pictograph: bool,
    /// A place in `out` and its column, so that no tab counts a line from its start again.
    measured: (usize, usize),
}

impl Cleaner {
    fn after(ordinary: &str, capacity: usize) -> Self {
        let mut out = String::with_capacity(capacity);
        out.push_str(ordinary);
        let cluster = out.len();
        Self { out, last: None, cluster, marks: 0, joiners: 0, based: false, pictograph: false, measured: (0, 0) }
    }

    fn run(&mut self, text: &str) {
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            match class(c) {
                Class::Visible => self.visible(c, &mut rest),
                Class::Blank => self.blank(c),
                Class::Return if rest.as_str().starts_with('\n') => {}
                Class::Line | Class::Return => self.blank('\n'),
                Class::Tab => self.tab(),
                Class::Mark => self.mark(c),
                Class::Joiner if self.joins(c, rest.as_str().chars().next()) => self.join(c),
                Class::Variation if self.varies() => self.push(c),
                Class::IdeographVariation if self.last.is_some_and(is_ideograph) => self.push(c),
                Class::Joiner | Class::Variation | Class::IdeographVariation | Class::Harmful => {}
            }
        }
    }

    fn push(&mut self, c: char) {
        self.out.push(c);
        self.last = Some(c);
    }

    fn visible(&mut self, c: char, rest: &mut Chars) {
        if !self.clings(c) {
            self.begin_cluster();
        } else if is_clinging(c) {
            if self.marks == MARK_LIMIT {
                return;
            }
            self.marks += 1;
        }
        self.pictograph = is_pictograph(c) || (self.pictograph && is_skin_tone(c));
        self.based = true;
        self.push(c);
        if c == BLACK_FLAG {
            self.flag_tag(rest);
        }
    }

    fn begin_cluster(&mut self) {
        (self.cluster, self.marks, self.joiners) = (self.out.len(), 0, 0);
    }

    /// Whether the character is one grapheme cluster with what is before it.
    fn clings(&self, c: char) -> bool {
        // Before a common character stands nothing but a joiner, or what would cling to one itself.
        let links = |last: char| !is_common(last) && (last == ZERO_WIDTH_JOINER || is_clinging(last));
        if self.last.is_none_or(|last| is_common(c) && !links(last)) {
            return false;
        }
        let mut cluster = self.out.get(self.cluster..).unwrap_or_default().to_owned();
        cluster.push(c);
        cluster.graphemes(true).nth(1).is_none()
    }

    fn flag_tag(&mut self, rest: &mut Chars) {
        let letters = rest.clone().take(FLAG_TAG_LIMIT + 1).take_while(|&c| is_flag_tag(c)).count();
        let ended = rest.clone().nth(letters) == Some(FLAG_TAG_END);
        if ended && (3..=FLAG_TAG_LIMIT).contains(&letters) {
            rest.by_ref().take(letters + 1).for_each(|c| self.push(c));
        }
    }

    fn blank(&mut self, c: char) {
        self.begin_cluster();
        (self.based, self.pictograph) = (false, false);
        self.push(c);
    }

    fn tab(&mut self) {
        for _ in 0..TAB_STOP - self.column() % TAB_STOP {
            self.blank(' ');
        }
    }

    fn column(&mut self) -> usize {
        let (at, column) = self.measured;
        let added = self.out.get(at..).unwrap_or_default();
        let column = match added.rsplit_once('\n') {
            Some((_, line)) => line.chars().count(),
            None => column + added.chars().count(),
        };
        self.measured = (self.out.len(), column);
        column
    }

    fn mark(&mut self, c: char) {
        if self.based && self.marks < MARK_LIMIT {
            self.marks += 1;
            self.pictograph = false;
            self.push(c);
        }
    }

    fn join(&mut self, joiner: char) {
        self.joiners += 1;
        self.push(joiner);
    }

    /// A selector may follow a visible character itself, not its marks or another selector.
    fn varies(&self) -> bool {
        self.based && self.last.is_some_and(|c| class(c) == Class::Visible)
    }

    fn joins(&self, joiner: char, next: Option<char>) -> bool {
        let is_letter = |c| is_joining(c) && class(c) == Class::Visible;
        let has_room = self.joiners < JOINER_LIMIT;
        let emoji = joiner == ZERO_WIDTH_JOINER && has_room && self.pictograph && next.is_some_and(is_pictograph);
        let letters = self.last.is_some_and(is_joining) && next.is_some_and(is_letter);
        // Malayalam spells the final consonants of its words as letter, virama, ZWJ.
        let ends_word = joiner == ZERO_WIDTH_JOINER && self.last.is_some_and(|c| is_indic(c) && is_mark(c));
        emoji || letters || ends_word
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use unicode_segmentation::UnicodeSegmentation;

    use super::{clean, clean_line};

    #[test]
    fn harm_is_removed() {
        let table = [
            ("a\u{1b}[31mred\u{1b}[0m", "a[31mred[0m"),
            ("\u{1b}]0;title\u{7}x", "]0;titlex"),
            ("\u{9b}2Jx\u{90}y\u{9c}", "2Jxy"),
            ("a\0b\u{8}c\u{7f}d", "abcd"),
            ("a\rb\r\nc\n\rd", "a\nb\nc\n\nd"),
            ("a\u{2028}b\u{2029}c\u{85}d", "a\nb\nc\nd"),
            ("a\tb\n\tc\nabcd\te", "a   b\n    c\nabcd    e"),
            ("ab\u{202e}cd\u{202c}\u{2066}e\u{2069}\u{200f}\u{61c}", "abcde"),
            ("pass\u{200b}word\u{2060}\u{feff}\u{ad}\u{34f}", "password"),
            ("\u{115f}\u{1160}\u{3164}\u{ffa0}\u{17b4}\u{180e}x", "x"),
            ("a\u{fff9}b\u{fffb}\u{fdd0}\u{ffff}\u{10ffff}\u{1d173}", "ab"),
            ("a\u{e0041}\u{e0001}\u{e007f}b", "ab"),
            ("\u{301}x", "x"),
            ("a \u{301}b\n\u{308}c", "a b\nc"),
            ("a\u{200d}b\u{200c}c", "abc"),
            ("\u{1f600}\u{200d}a", "\u{1f600}a"),
            ("a\u{fe0f}\u{fe0f}\u{fe0e}b \u{fe0f}", "a\u{fe0f}b "),
            ("a\u{e0100}漢\u{e0100}\u{e0101}", "a漢\u{e0100}"),
            ("\u{1f3f4}\u{e0067}x", "\u{1f3f4}x"),
            ("\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}", "\u{1f3f4}"),
        ];
        for (text, expected) in table {
            assert_eq!(clean(text), expected, "{text:?}");
            assert_eq!(clean(expected), expected, "{text:?} again");
        }
    }

    #[test]
    fn what_is_legitimate_stays() {
        let table = [
            "plain ASCII, ~ and all\n\nof it",
            "“quotes” – dashes… é ü ß",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466} family",
            "\u{1f469}\u{1f3fd}\u{200d}\u{1f680} astronaut",
            "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308} rainbow",
            "\u{1f575}\u{1f3fb}\u{200d}\u{2642}\u{fe0f} detective",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525} burning heart",
            "\u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7} flags",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} England",
            "1\u{fe0f}\u{20e3} keycap",
            "\u{1f44d}\u{1f3ff} thumb",
            "👨🏻\u{200d}👩🏿\u{200d}👧🏽\u{200d}👦🏾 family of skin tones",
            "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏽 kiss",
            "कार्त्स्न्या हिन्दी বাংলা తెలుగు தமிழ் സ്ത്രീ ශ්\u{200d}රී",
            "น้ำท่วมปี่ ကြောင်းမြန်မာ ស្ត្រីញ្ច្រាំ བསྒྲུབས་ཧྐྵྨླྺྼྻྂ",
            "\u{600}123 \u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} ｶﾞｷﾞﾊﾟ",
            "בְּרֵאשִׁ֖ית בָּרָ֣א",
            "می\u{200c}خواهم Persian",
            "क\u{94d}\u{200d}ष Devanagari",
            "ന\u{d4d}\u{200d} Malayalam",
            "Vie\u{302}\u{323}t Nam",
            "עברית שָׁלוֹם العَرَبِيَّة",
            "ภาษาไทยที่นี่",
            "葛\u{e0100}城 漢字 ひらがな 한국어",
            "zero\u{a0}width\u{202f}not\u{3000}these",
        ];
        for text in table {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text:?}: {:?}", clean(text));
        }
    }

    #[test]
    fn marks_are_limited() {
        let zalgo = format!("x{}yz", "\u{316}".repeat(50));
        assert_eq!(clean(&zalgo), format!("x{}yz", "\u{316}".repeat(8)));
    }

    #[test]
    fn no_cluster_is_long() {
        let units = [
            "👩\u{200d}",
            "👍🏽",
            "🏽",
            "❤\u{fe0f}\u{200d}",
            "क\u{94d}",
            "क\u{94d}\u{200d}",
            "ा",
            "ำ",
            "\u{1100}",
            "\u{1161}",
            "\u{11ab}",
            "\u{600}",
            "\u{605}",
            "ﾞ",
            "🇳",
            "\u{d4e}",
            "\u{1039}က",
            "\u{17d2}ក",
            "\u{20e3}",
            "葛\u{e0100}",
            "a\u{200d}",
            "م\u{200d}",
        ];
        for first in units {
            for second in units {
                let text = format!("x{}{}한국 word", first.repeat(100), format!("{first}{second}").repeat(100));
                let cleaned = clean(&text);
                let longest = cleaned.graphemes(true).map(|cluster| cluster.chars().count()).max().unwrap_or(0);
                assert!(longest <= 32 && cleaned.ends_with("국 word"), "{first:?} {second:?}: {longest} {cleaned}");
                assert_eq!(clean(&cleaned), cleaned, "{first:?} {second:?} again");
            }
        }
    }

    #[test]
    fn one_line() {
        let table = [("  a \n\t b\u{a0}\u{3000}c\r\n", "a b c"), ("", ""), (" \n ", ""), ("\u{200b} x \u{202e}", "x")];
        for (text, expected) in table {
            assert_eq!(clean_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn large_hostile_input_ends() {
        for unit in ["\t", "\u{1f468}\u{200d}", "\u{1f3f4}\u{e0067}", "a\u{301}", "\r", "\u{200b}"] {
            let text = unit.repeat(1 << 19);
            let cleaned = clean(&text);
            assert_eq!(clean(&cleaned), cleaned, "{unit:?}");
        }
    }
}
