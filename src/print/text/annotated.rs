//! A text for a print: links numbered, cells of tables in columns.

use unicode_width::UnicodeWidthStr;

use crate::model::{CELLS, Mark, MarkKind, Text, TextRef, has_as_many_cells};
use crate::view::column_widths;

/// A text with the numbers of its links, and the addresses that these are of.
pub(super) struct Annotated<'a> {
    pub(super) text: Text,
    /// The addresses, numbered from 1.
    pub(super) addresses: Vec<&'a str>,
}

impl<'a> Annotated<'a> {
    /// Numbers the links whose words are not their addresses. A table is put in columns where it fits in `width`.
    pub(super) fn new(text: TextRef<'a>, width: usize) -> Self {
        let (mut added, addresses) = numbers(text);
        // In place of numbers that stand in cells, cells are measured with them.
        added.sort_by_key(|(at, _)| *at);
        let numbered = with_added(text, &added);
        let cells = cells(&numbered, width);
        let text = if cells.is_empty() { numbered } else { with_added(numbered.borrow(), &cells) };
        Self { text, addresses }
    }
}

/// A place of a text, and what is added to it there.
type Added = (usize, String);

/// The numbers behind links, and the addresses; one that stands in the text as it is has none.
fn numbers(text: TextRef<'_>) -> (Vec<Added>, Vec<&str>) {
    let mut code = text.marks.iter().filter(|mark| mark.kind == MarkKind::Code).peekable();
    // The end of each link's last words, if those can carry a number.
    let mut ends: Vec<Option<usize>> = vec![None; text.link_count() as usize];
    let mut is_shown = vec![false; ends.len()];
    for mark in text.marks {
        let MarkKind::Link(number) = mark.kind else { continue };
        while code.next_if(|code| code.end <= mark.start).is_some() {}
        let is_code = code.peek().is_some_and(|code| code.start <= mark.start);
        let words = text.plain.get(mark.start as usize..mark.end as usize).unwrap_or_default();
        let (Some(end), Some(shown)) = (ends.get_mut(number as usize), is_shown.get_mut(number as usize)) else {
            continue;
        };
        *shown |= is_address(words, text.link(number).unwrap_or_default());
        *end = if is_code { *end } else { Some(mark.end as usize) };
    }
    let mut added = Vec::new();
    let mut addresses: Vec<&str> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for ((address, end), _) in text.links().zip(ends).zip(is_shown).filter(|(_, is_shown)| !is_shown) {
        let number = *known.entry(address).or_insert_with(|| {
            addresses.push(address);
            addresses.len()
        });
        added.extend(end.map(|end| (end, format!("[{number}]"))));
    }
    (added, addresses)
}

fn is_address(words: &str, address: &str) -> bool {
    words == address || address.strip_prefix("mailto:") == Some(words)
}

/// The spaces that put the cells of tables in columns: of lines one below the other with as many cells.
fn cells(text: &Text, width: usize) -> Vec<Added> {
    let mut blocks = text.marks.iter().filter(|mark| mark.kind.is_block()).peekable();
    let mut added = Vec::new();
    let mut rows: Vec<(usize, &str)> = Vec::new();
    let mut start = 0;
    let mut block_end = 0;
    for line in text.plain.split('\n') {
        let mut begins = false;
        while let Some(block) = blocks.next_if(|block| block.start as usize <= start) {
            begins = true;
            block_end = block_end.max(if block.kind == MarkKind::Code { block.end as usize } else { 0 });
        }
        let is_row = start >= block_end && line.contains(CELLS);
        let fits = is_row && !begins && rows.first().is_none_or(|(_, first)| has_as_many_cells(first, line));
        if !fits {
            align(&std::mem::take(&mut rows), width, &mut added);
        }
        if is_row {
            rows.push((start, line));
        }
        start += line.len() + 1;
    }
    align(&rows, width, &mut added);
    added
}

fn align(rows: &[(usize, &str)], width: usize, added: &mut Vec<Added>) {
    let lines: Vec<&str> = rows.iter().map(|(_, line)| *line).collect();
    let Some(widths) = column_widths(&lines, width) else { return };
    for &(start, line) in rows {
        let mut at = start;
        for (cell, widest) in line.split(CELLS).zip(&widths).take(widths.len() - 1) {
            at += cell.len();
            let spaces = widest - cell.width();
            added.extend((spaces > 0).then(|| (at, " ".repeat(spaces))));
            at += CELLS.len();
        }
    }
}

/// The text with something added at places in their order, and its marks moved along: what is added at the end of a mark is
/// none of it, unless it is a block.
fn with_added(text: TextRef<'_>, added: &[Added]) -> Text {
    let mut plain = String::with_capacity(text.plain.len() + added.iter().map(|(_, more)| more.len()).sum::<usize>());
    // Each place, and the length that was added up to it.
    let mut moved: Vec<(usize, usize)> = Vec::with_capacity(added.len());
    let (mut at, mut length) = (0, 0);
    for (place, more) in added {
        plain.push_str(text.plain.get(at..*place).unwrap_or_default());
        plain.push_str(more);
        (at, length) = (*place, length + more.len());
        moved.push((*place, length));
    }
    plain.push_str(text.plain.get(at..).unwrap_or_default());
    let before = |place: u32, takes: bool| {
        let count = moved.partition_point(|(at, _)| if takes { *at <= place as usize } else { *at < place as usize });
        place + count.checked_sub(1).and_then(|last| moved.get(last)).map_or(0, |(_, length)| *length) as u32
    };
    let marks = text.marks.iter().map(|mark| Mark {
        start: before(mark.start, true),
        end: before(mark.end, mark.kind.is_block()),
        kind: mark.kind,
    });
    Text { plain, marks: marks.collect(), links: text.links().map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::html;

    fn annotated(source: &str, width: usize) -> (String, Vec<String>) {
        let text = html(source);
        let Annotated { text, addresses } = Annotated::new(text.borrow(), width);
        for mark in &text.marks {
            assert!(text.plain.get(mark.start as usize..mark.end as usize).is_some(), "{mark:?}");
        }
        (text.plain, addresses.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn links_are_numbered_by_their_addresses() {
        let link = |address: &str, words: &str| format!("<a href='https://{address}'>{words}</a>");
        let source =
            [link("a", "one"), link("b", "https://b"), link("c", "<b>two</b> more"), link("a", "again")].join(", ");
        let (plain, addresses) = annotated(&source, 80);
        assert_eq!(plain, "one[1], https://b, two more[2], again[1]");
        assert_eq!(addresses, ["https://a", "https://c"]);
        assert_eq!(annotated("<a href='mailto:a@b.c'>a@b.c</a>", 80), ("a@b.c".to_owned(), vec![]));
        let (plain, addresses) = annotated("<pre>x <a href='https://a'>y</a></pre>", 80);
        assert_eq!((plain.as_str(), addresses.len()), ("x y", 1));
    }

    #[test]
    fn cells_stand_in_columns_where_they_fit() {
        let table = "<table><tr><th>name<th>n<tr><td>a<td>100<tr><td>日本<td>2</table>";
        assert_eq!(annotated(table, 80).0, "name | n\na    | 100\n日本 | 2");
        assert_eq!(annotated(table, 9).0, "name | n\na | 100\n日本 | 2");
        assert_eq!(annotated("a | b<br>ccc | d | e", 80).0, "a | b\nccc | d | e");
        assert_eq!(annotated("<pre>a | b\nccc | d</pre>", 80).0, "a | b\nccc | d");
    }
}
