//! The facts of a list's story as they are shown: score, comments, age, author, place, and the domain of its link.

use super::age;
use crate::model::{Entry, counted};

/// The facts of a story in words: score, comments and how many of them are new, age, author with the words that the reader
/// has for them, section.
pub fn entry_facts(entry: &Entry, now: i64, new: Option<u32>, author_note: &str) -> Vec<String> {
    let new = new.map_or_else(String::new, |new| format!(", {new} new"));
    let mut facts = Vec::new();
    facts.extend(entry.score.map(|score| counted(score, entry.score_kind.unit())));
    facts.extend(entry.comments.map(|comments| counted(comments, "comment") + &new));
    facts.extend(entry.posted_at.map(|then| age(then, now)));
    facts.extend((!entry.author.is_empty()).then(|| format!("by {}{author_note}", entry.author)));
    facts.extend((!entry.place.is_empty()).then(|| entry.place.clone()));
    facts
}

/// The host of a link, without `www.`; empty for what is no web address.
pub fn domain(link: &str) -> &str {
    let rest = link.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::domain;

    #[test]
    fn domains() {
        for (link, host) in
            [("https://www.example.org/a?b", "example.org"), ("http://a.b:80", "a.b:80"), ("", ""), ("x", "")]
        {
            assert_eq!(domain(link), host);
        }
    }
}
