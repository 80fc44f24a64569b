//! Markdown → `Text`: the common kind with tables, struck-out words and footnotes, in the dialects of Lemmy and Reddit.
//!
//! The source is first freed of what only one dialect has (`dialect`), then its events become HTML (`page`, `words`), for
//! which there is a reader already; so quotes, lists, marks and addresses come out as they do everywhere else.
//!
//! Both sites show a writer's HTML tags as text. Here the tags that people know are left out and their text stays, and
//! what is no tag of HTML (`Vec<T>`) stays whole.

mod dialect;
mod page;
mod words;

use std::cmp::Reverse;
use std::collections::HashSet;

use super::html;
use crate::model::{Mark, MarkKind, Text};

/// Reads a comment's Markdown; whatever the source, there is a text, and it is clean.
///
/// A line break is a space, as on the sites; bare addresses become links, and an image a link under its description.
/// A spoiler block is a quote under its title; a spoiler within a line is put in brackets: `(spoiler: …)`. Both are marked.
pub fn markdown(source: &str) -> Text {
    let mut text = html(&page::html_of(&dialect::common(source)));
    cover(&mut text);
    text
}

/// Marks the lines of quotes under a title that says that they are a spoiler.
fn cover(text: &mut Text) {
    let titles = text.marks.iter().filter(|mark| mark.kind == MarkKind::Strong);
    let is_title = |mark: &&Mark| {
        let title = text.plain.get(mark.start as usize..mark.end as usize).unwrap_or_default();
        title == "spoiler" || title.ends_with(" (spoiler)")
    };
    let behind: HashSet<u32> = titles.filter(is_title).map(|title| title.end + "\n\n".len() as u32).collect();
    let quotes = text.marks.iter().filter(|mark| mark.kind == MarkKind::Quote && behind.contains(&mark.start));
    let mut covered: Vec<Mark> = quotes.flat_map(|quote| lines_of(&text.plain, *quote)).collect();
    covered.sort_by_key(|mark| mark.start);
    covered.dedup();
    if !covered.is_empty() {
        // What is covered as a whole needs no mark within.
        let line_at = |place: u32| covered.get(covered.partition_point(|line| line.start <= place).checked_sub(1)?);
        let is_within = |mark: &Mark| line_at(mark.start).is_some_and(|line| mark.end <= line.end);
        text.marks.retain(|mark| mark.kind != MarkKind::Spoiler || !is_within(mark));
        text.marks.extend(covered);
        text.marks.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
    }
}

/// A mark for each line of a quote.
fn lines_of(plain: &str, quote: Mark) -> Vec<Mark> {
    let mut start = quote.start;
    let lines = plain.get(quote.start as usize..quote.end as usize).unwrap_or_default().split('\n');
    let mark = |line: &str| {
        let end = start + line.len() as u32;
        let mark = Mark { start, end, kind: MarkKind::Spoiler };
        start = end + 1;
        mark
    };
    lines.map(mark).filter(|mark| mark.start < mark.end).collect()
}

#[cfg(test)]
mod tests;
