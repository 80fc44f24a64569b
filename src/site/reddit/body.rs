//! Bodies of posts and comments → text: from the site's own HTML where it is sent, else from the Markdown.

use std::cmp::Reverse;
use std::ops::Range;

use crate::markup;
use crate::model::{Mark, MarkKind, Text};

/// Reads a text that the site sends twice: as HTML, and as the Markdown that it is made from.
pub(super) fn body(html: &str, markdown: &str, origin: &str) -> Text {
    if html.is_empty() {
        return from_markdown(markdown, origin);
    }
    let html = html.replace("href=\"//", "href=\"https://").replace("href=\"/", &format!("href=\"{origin}/"));
    let text = markup::html(&html);
    // A comment that is nothing but `>` becomes an empty quote.
    if text.plain.is_empty() { Text::unmarked(markup::html_line(markdown)) } else { text }
}

fn from_markdown(markdown: &str, origin: &str) -> Text {
    let mut text = markup::markdown(&common(markdown, origin));
    if text.plain.is_empty() {
        return Text::unmarked(markup::html_line(markdown));
    }
    link_names(&mut text, origin);
    text
}

/// The source with what only Reddit has written as elsewhere, save in code: links to the site itself
/// (`[rules](/r/rust/wiki)`), and headings without a space (`#This`).
fn common(markdown: &str, origin: &str) -> String {
    let own = format!("]({origin}/");
    let mut out = String::with_capacity(markdown.len());
    let mut is_fenced = false;
    for line in markdown.split_inclusive('\n') {
        let is_fence = ["```", "~~~"].iter().any(|fence| line.trim_start().starts_with(fence));
        is_fenced ^= is_fence;
        if is_fence || is_fenced || line.starts_with("    ") || line.contains('`') {
            out.push_str(line);
            continue;
        }
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        let is_heading = (1..=6).contains(&level) && words.starts_with(|c: char| !c.is_whitespace());
        out.extend(std::iter::repeat_n('#', level));
        out.push_str(if is_heading { " " } else { "" });
        out.push_str(&words.replace("](/", &own));
    }
    out
}

/// Makes links of the names of subreddits and people (`/r/rust`, `u/ada`), as the site does.
fn link_names(text: &mut Text, origin: &str) {
    let taken = Taken::new(&text.marks);
    let names: Vec<Range<usize>> = names(&text.plain).into_iter().filter(|name| !taken.meets(name)).collect();
    if names.is_empty() {
        return;
    }
    for name in names {
        let path = text.plain.get(name.clone()).unwrap_or_default().trim_start_matches('/');
        let kind = MarkKind::Link(text.links.len() as u32);
        text.links.push(format!("{origin}/{path}"));
        text.marks.push(Mark { start: name.start as u32, end: name.end as u32, kind });
    }
    text.marks.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
    number_in_order(text);
}

/// The ranges of links and code, by their starts; beside each the furthest end of those up to it.
struct Taken(Vec<(usize, usize)>);

impl Taken {
    fn new(marks: &[Mark]) -> Self {
        let is_taken = |kind| matches!(kind, MarkKind::Link(_) | MarkKind::Code | MarkKind::Literal);
        let mut furthest = 0;
        let taken = marks.iter().filter(|mark| is_taken(mark.kind)).map(|mark| {
            furthest = furthest.max(mark.end as usize);
            (mark.start as usize, furthest)
        });
        Self(taken.collect())
    }

    /// Whether a range has something of them in it.
    fn meets(&self, range: &Range<usize>) -> bool {
        let before = self.0.partition_point(|(start, _)| *start < range.end);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, end)| *end > range.start)
    }
}

/// The ranges of names: `r/` or `u/` and two letters or more, with or without a slash before, not in a word or path.
fn names(text: &str) -> Vec<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut found = Vec::new();
    for (at, _) in text.match_indices('/') {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at + 1..)) else { continue };
        let length = after.find(|c| !is_name(c)).unwrap_or(after.len());
        let ends_word = !after.get(length..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let Some(prefix) = before.strip_suffix(['r', 'u']).filter(|_| length > 1 && ends_word) else { continue };
        let start = prefix.strip_suffix('/').unwrap_or(prefix);
        let is_alone = !start.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | ':' | '-'));
        if is_alone {
            found.push(start.len()..at + 1 + length);
        }
    }
    found
}

/// Gives the links the numbers that they have in the order of the text.
fn number_in_order(text: &mut Text) {
    let mut places: Vec<Option<u32>> = vec![None; text.links.len()];
    let mut links = Vec::with_capacity(text.links.len());
    for mark in &mut text.marks {
        let MarkKind::Link(number) = &mut mark.kind else { continue };
        let Some(place) = places.get_mut(*number as usize) else { continue };
        let old = std::mem::take(number) as usize;
        *number = *place.get_or_insert_with(|| {
            links.extend(text.links.get(old).cloned());
            links.len() as u32 - 1
        });
    }
    text.links = links;
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "https://www.reddit.com";

    fn links(markdown: &str) -> Vec<(String, String)> {
        let text = body("", markdown, HOST);
        let link = |mark: &Mark| match mark.kind {
            MarkKind::Link(number) => {
                let words = text.plain.get(mark.start as usize..mark.end as usize).expect("marks are on characters");
                Some((words.to_owned(), text.links.get(number as usize)?.replace(HOST, "")))
            }
            _ => None,
        };
        text.marks.iter().filter_map(link).collect()
    }

    #[test]
    fn names_become_links() {
        let table: [(&str, &[(&str, &str)]); 12] = [
            (
                "see /r/rust, r/go and u/ada_l-1!",
                &[("/r/rust", "/r/rust"), ("r/go", "/r/go"), ("u/ada_l-1", "/u/ada_l-1")],
            ),
            ("(/u/ada)", &[("/u/ada", "/u/ada")]),
            ("*r/rust*", &[("r/rust", "/r/rust")]),
            (
                "r/rust [x](https://a.example) r/go",
                &[("r/rust", "/r/rust"), ("x", "https://a.example"), ("r/go", "/r/go")],
            ),
            ("or/rust a/r/rust x_r/rust 1/r/rust ./r/rust", &[]),
            ("https://a.example/r/rust a.example/r/rust", &[("https://a.example/r/rust", "https://a.example/r/rust")]),
            ("`r/rust`\n\n    r/rust", &[]),
            ("[r/rust](https://a.example)", &[("r/rust", "https://a.example")]),
            ("r/ u/a //r/rust r/é", &[]),
            ("[rules](/r/rust/wiki)", &[("rules", "/r/rust/wiki")]),
            ("`[rules](/r/rust/wiki)`", &[]),
            ("größe r/größe r/gr", &[("r/gr", "/r/gr")]),
        ];
        for (markdown, expected) in table {
            let expected: Vec<(String, String)> =
                expected.iter().map(|(words, link)| ((*words).to_owned(), (*link).to_owned())).collect();
            assert_eq!(links(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn the_dialect() {
        for (markdown, expected) in [
            ("a >!b!< c", "a (spoiler: b) c"),
            ("x^2^ and ^tiny", "x^2 and ^tiny"),
            ("&#x200B;\n\na &gt; b &lt; c", "a > b < c"),
            ("> q\n\nb", "q\n\nb"),
            ("~~gone~~", "~~gone~~"),
            ("#One\n\n####### Seven\n\n    #code\n\n\\#x", "One\n\n####### Seven\n\n#code\n\n#x"),
            ("```\n#define X\n```\n#Y", "#define X\n\nY"),
            (">", ">"),
        ] {
            assert_eq!(body("", markdown, HOST).plain, expected, "{markdown}");
        }
        assert_eq!(body("<div class=\"md\"></div>", "&gt;", HOST).plain, ">");
    }
}
