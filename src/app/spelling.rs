//! lurker's own words in ASCII, for terminals and fonts without the rest.

use std::borrow::Cow;

/// The characters beyond ASCII in lurker's own sentences and key names, and their replacements.
const SPELT: [(char, &str); 11] = [
    ('–', "-"),
    ('·', "-"),
    ('“', "\""),
    ('”', "\""),
    ('↑', "Up"),
    ('↓', "Down"),
    ('←', "Left"),
    ('→', "Right"),
    ('‹', "<"),
    ('›', ">"),
    ('…', "~"),
];

/// lurker's own words in ASCII; what it has no replacement for stays.
pub fn in_ascii(words: &str) -> Cow<'_, str> {
    if words.is_ascii() {
        return Cow::Borrowed(words);
    }
    Cow::Owned(SPELT.iter().fold(words.to_owned(), |words, (sign, spelt)| words.replace(*sign, spelt)))
}
