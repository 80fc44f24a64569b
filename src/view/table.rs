//! Tables within a text: lines one below the other with as many cells each, which stand in columns on the screen.

use unicode_width::UnicodeWidthStr;

use super::Line;
use crate::model::{CELLS, TextRef, has_as_many_cells};

/// The most rows above a row, and below it, whose cells are measured with its own.
const MOST_ROWS: usize = 100;
/// The most bytes of such a row.
const MOST_BYTES: usize = 4096;

/// The room between a cell and the sign behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellGap {
    /// The byte of the text behind the cell, where the sign begins.
    pub at: u32,
    /// Columns that are left free before the sign.
    pub columns: usize,
}

/// The room behind each cell but the last of a line that is a row of a table; none where the table does not fit in `width`
/// columns.
pub fn cell_gaps(text: TextRef<'_>, line: &Line, width: usize) -> Vec<CellGap> {
    let own = line.of(text.plain);
    if line.code || !own.contains(CELLS) || !is_whole(text.plain, line) {
        return Vec::new();
    }
    let rows = rows_around(text, line);
    let Some(widths) = column_widths(&rows, width.saturating_sub(line.columns())) else { return Vec::new() };
    let mut at = line.start as usize;
    let mut gaps = Vec::with_capacity(widths.len());
    for (cell, widest) in own.split(CELLS).zip(&widths).take(widths.len() - 1) {
        at += cell.len();
        gaps.push(CellGap { at: at as u32, columns: widest - cell.width() });
        at += CELLS.len();
    }
    gaps
}

/// The columns of the widest cell of each column of a table; `None` where fewer than two rows are given, or where the table
/// does not fit in `width` columns.
pub fn column_widths(rows: &[&str], width: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.split(CELLS).enumerate() {
            if widths.len() == column {
                widths.push(0);
            }
            widths[column] = widths[column].max(cell.width());
        }
    }
    let all = widths.iter().sum::<usize>() + CELLS.len() * widths.len().saturating_sub(1);
    (rows.len() > 1 && all <= width).then_some(widths)
}

/// Whether a line of the screen is a whole line of the text.
fn is_whole(plain: &str, line: &Line) -> bool {
    let (before, behind) = (plain.get(..line.start as usize), plain.get(line.end as usize..));
    before.is_some_and(|before| before.is_empty() || before.ends_with('\n'))
        && behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('\n'))
}

/// The rows of the table that a line is in; its own comes first.
fn rows_around<'t>(text: TextRef<'t>, line: &Line) -> Vec<&'t str> {
    let (plain, own) = (text.plain, line.of(text.plain));
    let mut rows = vec![own];
    let mut start = line.start as usize;
    while rows.len() <= MOST_ROWS && start > 0 && !begins_block(text, start) {
        let above = plain.get(..start - 1).unwrap_or_default();
        start = above.rfind('\n').map_or(0, |end| end + 1);
        match above.get(start..).filter(|row| row.len() <= MOST_BYTES && has_as_many_cells(row, own)) {
            Some(row) => rows.push(row),
            None => break,
        }
    }
    let mut end = line.end as usize;
    for row in plain.get(end + 1..).unwrap_or_default().split('\n').take(MOST_ROWS) {
        if row.len() > MOST_BYTES || begins_block(text, end + 1) || !has_as_many_cells(row, own) {
            break;
        }
        rows.push(row);
        end += 1 + row.len();
    }
    rows
}

fn begins_block(text: TextRef<'_>, start: usize) -> bool {
    let first = text.marks.partition_point(|mark| (mark.start as usize) < start);
    let here = text.marks.get(first..).unwrap_or_default().iter().take_while(|mark| mark.start as usize == start);
    here.into_iter().any(|mark| mark.kind.is_block())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::html;
    use crate::view::wrap;

    /// The lines of a text as they stand on the screen.
    fn shown(source: &str, width: usize) -> Vec<String> {
        let text = html(source);
        let line = |line: &Line| {
            let mut words = line.of(&text.plain).to_owned();
            for gap in cell_gaps(text.borrow(), line, width).into_iter().rev() {
                words.insert_str((gap.at - line.start) as usize, &" ".repeat(gap.columns));
            }
            words
        };
        wrap(text.borrow(), width).iter().map(line).collect()
    }

    #[test]
    fn cells_stand_in_columns_where_the_table_fits() {
        let table = "<p>See | here:<table><tr><th>name<th>n<tr><td>a<td>100<tr><td>日本<td>2</table><p>a | b";
        let expected = ["See | here:", "", "name | n", "a    | 100", "日本 | 2", "", "a | b"];
        assert_eq!(shown(table, 40), expected);
        assert_eq!(shown(table, 11)[2..5], ["name | n", "a    | 100", "日本 | 2"]);
        assert_eq!(shown(table, 9)[3..6], ["name | n", "a | 100", "日本 | 2"]);
        assert_eq!(shown("a | b<br>ccc | d | e", 40), ["a | b", "ccc | d | e"]);
        assert_eq!(shown("<pre>a | b\nccc | d</pre>", 40), ["a | b", "ccc | d"]);
    }

    #[test]
    fn what_another_block_begins_with_is_no_row() {
        assert_eq!(shown("<ul><li>a | b<li>ccc | d</ul>", 40), ["- a | b", "- ccc | d"]);
        assert_eq!(shown("<blockquote>a | b<br>ccc | d</blockquote>", 40), ["a   | b", "ccc | d"]);
    }
}
