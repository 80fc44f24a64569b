//! The facts of a list's story as they are printed: score, comments, age, author, place, and the domain of its link.

use super::age;
use crate::model::{Entry, counted};

/// The facts of a story in words: score, comments and how many of them are good, age, author, section.
pub fn entry_facts(entry: &Entry, now: i64) -> Vec<String> {
    let good = entry.good.map_or_else(String::new, |good| format!(", {good} good"));
    let mut facts = Vec::new();
    facts.extend(entry.score.map(|score| counted(score, entry.score_kind.unit())));
    facts.extend(entry.comments.map(|comments| counted(comments, "comment") + &good));
    facts.extend(entry.posted_at.map(|then| age(then, now)));
    facts.extend((!entry.author.is_empty() && !is_person(entry)).then(|| format!("by {}", entry.author)));
    facts.extend((!entry.place.is_empty()).then(|| entry.place.clone()));
    facts
}

/// Whether an entry stands for its author, and for no story.
pub(super) fn is_person(entry: &Entry) -> bool {
    entry.url.is_empty() && entry.author == entry.title
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
