//! The number of words in a text, by which reading time is estimated.

/// The number of words: runs of characters between white space, and half the characters of scripts that put none between
/// words. Counts bytes and decodes nothing, so that a large thread costs little.
pub(super) fn count_words(text: &str) -> u32 {
    let (mut starts, mut unspaced) = (0_u32, 0_u32);
    let mut was_space = true;
    for &byte in text.as_bytes() {
        let is_space = matches!(byte, b' ' | b'\n' | b'\t');
        starts += u32::from(was_space && !is_space);
        unspaced += u32::from(leads_unspaced(byte));
        was_space = is_space;
    }
    starts.saturating_add(unspaced / 2)
}

/// Whether a byte begins a character between U+3000 and U+9FFF, where kana and Han are.
fn leads_unspaced(byte: u8) -> bool {
    (0xe3..=0xe9).contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::count_words;

    #[test]
    fn words_are_counted_in_any_script() {
        for (text, words) in [
            ("", 0),
            (" \n\t", 0),
            ("one", 1),
            ("one  two\n\nthree ", 3),
            ("naïve café", 2),
            ("終端で読む人", 4),
            ("단어 두 개", 3),
        ] {
            assert_eq!(count_words(text), words, "{text:?}");
        }
    }
}
