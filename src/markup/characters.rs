//! Character classes for `clean`: the effect of each character on a terminal.
//!
//! Sources: `DerivedCoreProperties.txt` (`Default_Ignorable_Code_Point`), `PropList.txt` (`Bidi_Control`,
//! `White_Space`, `Noncharacter_Code_Point`), `emoji-data.txt` (`Extended_Pictographic`, here by whole blocks), UTS #51
//! (emoji sequences), UTS #37 (ideographic variation), and the core specification, chapters 9, 12 and 23 (joiners). The
//! blocks of joining scripts are of Unicode 16. What stacks on a base is what `unicode-width` gives no column, and what else
//! is one grapheme cluster with a base is what `unicode-segmentation` says (UAX #29).

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// The treatment of a character by `clean`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Takes columns of its own; always kept.
    Visible,
    /// A space of any width; kept, but no base for marks.
    Blank,
    /// Ends a line.
    Line,
    /// Ends a line, unless a line feed follows and does.
    Return,
    /// Becomes spaces.
    Tab,
    /// Stacks on the character before it; kept on a base, up to a number.
    Mark,
    /// ZWJ or ZWNJ; kept where it joins or parts what it is for.
    Joiner,
    /// Picks a form of the character before it; kept once after a visible one.
    Variation,
    /// Picks a form of the ideograph before it; kept once after one.
    IdeographVariation,
    /// Never kept.
    Harmful,
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    match c {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Line,
        '\r' => Class::Return,
        '\t' => Class::Tab,
        _ if is_common(c) => Class::Visible,
        '\u{200C}' | '\u{200D}' => Class::Joiner,
        '\u{FE00}'..='\u{FE0F}' => Class::Variation,
        '\u{E0100}'..='\u{E01EF}' => Class::IdeographVariation,
        _ if c.is_control() || is_bidi_control(c) || is_invisible(c) || is_noncharacter(c) => Class::Harmful,
        _ if c.is_whitespace() => Class::Blank,
        _ if is_mark(c) => Class::Mark,
        _ => Class::Visible,
    }
}

/// The visible characters that texts mostly consist of, so that no table need be searched for them: ASCII, Latin,
/// Cyrillic, dashes and quotation marks, kana, ideographs, Hangul. No two of them are one grapheme cluster.
pub(super) fn is_common(c: char) -> bool {
    matches!(c,
        '!'..='~' | '\u{AE}'..='\u{2FF}' | '\u{400}'..='\u{482}' | '\u{2010}'..='\u{2027}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
    )
}

/// Whether any number of the character would be one grapheme cluster with a letter: vowel signs that take a column, skin
/// tones, half-width sound marks, signs that enclose digits, first consonants of Hangul.
pub(super) fn is_clinging(c: char) -> bool {
    if is_common(c) || matches!(c, '\u{300}'..='\u{5FF}') {
        return false;
    }
    let mut letters = [b'a'; 6];
    let [_, middle @ .., _] = &mut letters;
    let length = c.encode_utf8(middle).len() + 2;
    letters[length - 1] = b'a';
    let clusters =
        str::from_utf8(letters.get(..length).unwrap_or_default()).unwrap_or_default().graphemes(true).count();
    clusters < 3 || matches!(c, '\u{1100}'..='\u{115F}' | '\u{A960}'..='\u{A97C}')
}

/// Whether the character stacks on the one before it.
pub(super) fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

/// Reorders what is read: the text on the screen would not be the text in the buffer ("Trojan Source").
/// Words of right-to-left scripts need none of these.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Shows nothing, so that it could hide text from a search or pass for an empty line.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}'                       // soft hyphen: shown by some terminals, not by others
        | '\u{34F}'                    // combining grapheme joiner
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers: blank letters
        | '\u{17B4}' | '\u{17B5}'      // Khmer inherent vowels, invisible and deprecated
        | '\u{180B}'..='\u{180F}'      // Mongolian selectors and vowel separator
        | '\u{200B}'                   // zero-width space
        | '\u{2060}'..='\u{206F}'      // word joiner, invisible operators, deprecated format controls
        | '\u{FEFF}'                   // byte order mark
        | '\u{FFF0}'..='\u{FFFB}'      // unassigned, and interlinear annotation
        | '\u{1BCA0}'..='\u{1BCA3}'    // shorthand format controls
        | '\u{1D173}'..='\u{1D17A}'    // musical format controls
        | '\u{E0000}'..='\u{E0FFF}'    // tags, and what is unassigned between them
    )
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32) & 0xFFFE == 0xFFFE
}

/// Whether ZWJ may join the character with another into one emoji.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21FF}'      // arrows
        | '\u{2300}'..='\u{23FF}'      // technical
        | '\u{25A0}'..='\u{27BF}'      // shapes, symbols (♂ ♀ ⚕), dingbats (❤)
        | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' // arrows, squares (⬛)
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{1F000}'..='\u{1F1E5}'    // up to the regional indicators, which pair by themselves
        | '\u{1F200}'..='\u{1F3FA}'    // up to the skin tones, which modify
        | '\u{1F400}'..='\u{1FAFF}'
    )
}

/// Whether the character colours the skin of the emoji before it.
pub(super) fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether an ideographic variation selector may follow.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}'
    )
}

/// Whether the character is of a script whose spelling uses ZWJ and ZWNJ.
pub(super) fn is_joining(c: char) -> bool {
    is_indic(c)
        || matches!(c,
            '\u{600}'..='\u{74F}'      // Arabic, Syriac
            | '\u{750}'..='\u{77F}' | '\u{7C0}'..='\u{7FF}' // Arabic supplement, NKo
            | '\u{840}'..='\u{8FF}'    // Mandaic to Arabic extended
            | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' // Arabic presentation forms
            | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' // Myanmar, Khmer
            | '\u{1800}'..='\u{18AF}'  // Mongolian
            | '\u{10A00}'..='\u{10A5F}' | '\u{11000}'..='\u{1173F}' // Kharoshthi, further Brahmic scripts
            | '\u{1E900}'..='\u{1E95F}' // Adlam
        )
}

/// Whether the character is of the scripts from Devanagari to Sinhala.
pub(super) fn is_indic(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{DFF}')
}

/// Whether the character is a letter or digit of a flag's tag, such as England's `gbeng`.
pub(super) fn is_flag_tag(c: char) -> bool {
    matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}')
}
