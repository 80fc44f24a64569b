//! The number of words in a text, by which reading time is estimated.

/// The bytes that are counted at once, in numbers of one byte each.
const CHUNK: usize = 128;

/// The number of words: runs of characters between white space, and half the characters of scripts that put none between
/// words. Counts bytes and decodes nothing, so that a large thread costs little.
pub(super) fn count_words(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else { return 0 };
    let (mut starts, mut unspaced) = (u32::from(!is_space(first)), u32::from(leads_unspaced(first)));
    // Chunks without an early exit, counted in bytes, compile to vector instructions.
    for (before, chunk) in bytes.chunks(CHUNK).zip(bytes.get(1..).unwrap_or_default().chunks(CHUNK)) {
        let count = |(starts, unspaced): (u8, u8), (&before, &byte): (&u8, &u8)| {
            let is_start = is_space(before) & !is_space(byte);
            (starts + u8::from(is_start), unspaced + u8::from(leads_unspaced(byte)))
        };
        let (more_starts, more_unspaced) = before.iter().zip(chunk).fold((0, 0), count);
        starts = starts.saturating_add(more_starts.into());
        unspaced = unspaced.saturating_add(more_unspaced.into());
    }
    starts.saturating_add(unspaced / 2)
}

fn is_space(byte: u8) -> bool {
    byte == b' ' || byte == b'\n' || byte == b'\t'
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
        for count in [127, 128, 129, 1000] {
            assert_eq!(
                (count_words(&"a ".repeat(count)), count_words(&"字".repeat(count))),
                (count as u32, 1 + count as u32 / 2)
            );
        }
    }
}
