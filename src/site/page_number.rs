//! Numbers as pages show them to people: in groups of three digits, shortened (`1.9k`), with a sign.

/// The signs between groups of three digits, by the reader's language.
const GROUPS: [char; 8] = [',', '.', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// The first number in a text: `1,204 comments`, `8\u{a0}comments`, `1.91K`. A fraction that stays is cut off.
pub(in crate::site) fn number_in(text: &str) -> Option<u32> {
    let from = text.get(text.find(|c: char| c.is_ascii_digit())?..)?;
    let (whole, rest) = grouped(from);
    let (fraction, behind) = fraction(rest);
    let zeros = zeros(behind);
    let shown = fraction.get(..zeros.min(fraction.len())).unwrap_or_default();
    format!("{whole}{shown}{}", "0".repeat(zeros - shown.len())).parse().ok()
}

/// The same with the sign before it: `-5 points`, `−5`.
pub(in crate::site) fn signed_number_in(text: &str) -> Option<i32> {
    let number = i32::try_from(number_in(text)?).ok()?;
    let before = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    Some(if before.trim_end().ends_with(['-', '−']) { -number } else { number })
}

/// The digits at the start, and those of the groups of three behind them; and the rest.
fn grouped(text: &str) -> (String, &str) {
    let (first, mut rest) = digits(text);
    let mut whole = first.to_owned();
    while let Some(behind) = rest.strip_prefix(GROUPS).filter(|_| first.len() <= 3) {
        let (group, after) = digits(behind);
        // With a letter behind it, it is a fraction.
        if group.len() != 3 || rest.starts_with('.') && zeros(after) > 0 {
            break;
        }
        whole.push_str(group);
        rest = after;
    }
    (whole, rest)
}

/// The digits of the fraction at the start, and what is behind them.
fn fraction(text: &str) -> (&str, &str) {
    let (fraction, behind) = digits(text.strip_prefix(['.', ',']).unwrap_or_default());
    if fraction.is_empty() { ("", text) } else { (fraction, behind) }
}

/// The zeros that a letter at the start stands for; 0 where a word begins with it.
fn zeros(text: &str) -> usize {
    let text = text.strip_prefix(['\u{a0}', '\u{202f}']).unwrap_or(text);
    let mut letters = text.chars();
    let zeros = match letters.next() {
        Some('k' | 'K') => 3,
        Some('m' | 'M') => 6,
        _ => 0,
    };
    if letters.next().is_some_and(char::is_alphanumeric) { 0 } else { zeros }
}

/// The digits at the start, and what is behind them.
pub(in crate::site) fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::{number_in, signed_number_in};

    #[test]
    fn numbers_in_words() {
        for (text, expected) in [
            ("1,204 comments", Some(1204)),
            ("8\u{a0}comments", Some(8)),
            ("\n  62\n points by", Some(62)),
            ("1.9k", Some(1900)),
            ("1.91K Upvotes", Some(1910)),
            ("1,9 points", Some(1)),
            ("1,9k", Some(1900)),
            ("1.914k", Some(1914)),
            ("1.9145k", Some(1914)),
            ("2M", Some(2_000_000)),
            ("1,2\u{a0}M", Some(1_200_000)),
            ("1,234,567", Some(1_234_567)),
            ("1.234 Kommentare", Some(1234)),
            ("12 345 points", Some(12_345)),
            ("12\u{202f}345", Some(12_345)),
            ("1’234", Some(1234)),
            ("5 members", Some(5)),
            ("5 months", Some(5)),
            ("7 of 12", Some(7)),
            ("2019 100", Some(2019)),
            ("3, 4", Some(3)),
            ("1,2345", Some(1)),
            ("12.", Some(12)),
            ("12,\"x\":345", Some(12)),
            ("5000M", None),
            ("discuss", None),
            ("99999999999 points", None),
        ] {
            assert_eq!(number_in(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_with_a_sign() {
        for (text, expected) in [
            ("-5 points", Some(-5)),
            ("−12", Some(-12)),
            ("-1.2k", Some(-1200)),
            ("a - b 3", Some(3)),
            ("7", Some(7)),
            ("~", None),
        ] {
            assert_eq!(signed_number_in(text), expected, "{text}");
        }
    }
}
