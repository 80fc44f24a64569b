//! The closest of known words to one that was mistyped.

/// The closest of these words, where it is close enough to be the one that was meant; the first of those equally close.
pub(super) fn closest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let word = word.to_lowercase();
    let near = known.into_iter().map(|other| (distance(&word, &other.to_lowercase()), other));
    let (distance, other) = near.min_by_key(|(distance, _)| *distance)?;
    let longest = word.chars().count().max(other.chars().count());
    (distance * 3 <= longest.max(4)).then_some(other)
}

/// The fewest characters to put in, take out, replace or swap with their neighbour that make one word of the other
/// (optimal string alignment).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (y, c) in one.iter().enumerate() {
        let mut row = vec![y + 1];
        for (x, d) in other.iter().enumerate() {
            let replaced = above[x] + usize::from(c != d);
            let mut fewest = replaced.min(above[x + 1] + 1).min(row[x] + 1);
            if x > 0 && y > 0 && *c == other[x - 1] && one[y - 1] == *d {
                let swapped: &Vec<usize> = &before;
                fewest = fewest.min(swapped[x - 1] + 1);
            }
            row.push(fewest);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("theme", "theme", 0),
            ("tehme", "theme", 1),
            ("them", "theme", 1),
            ("text_with", "text_width", 1),
            ("kitten", "sitting", 3),
            ("ä", "a", 1),
        ] {
            assert_eq!([distance(one, other), distance(other, one)], [expected; 2], "{one} {other}");
        }
    }

    #[test]
    fn only_what_is_close_is_meant() {
        let known = ["theme", "text_width", "hints", "hn"];
        for (word, meant) in [
            ("Theme", Some("theme")),
            ("thmee", Some("theme")),
            ("text-width", Some("text_width")),
            ("hin", Some("hn")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(closest(word, known), meant, "{word}");
        }
        assert_eq!(closest("x", []), None);
    }
}
