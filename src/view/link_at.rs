//! Hit testing: the link, and the place in a text, at a column and line of the screen.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{CellGap, Line, Row, RowLine, ThreadView, cell_gaps};
use crate::model::{Comment, MarkKind, TextRef};

impl ThreadView {
    /// The address of the link at a column and line of the screen.
    pub fn link_at(&self, x: usize, y: i32) -> Option<&str> {
        if let (Row::Story, RowLine::Link) = self.line_at(y)? {
            let link = &self.thread.story().link;
            let column = x.checked_sub(self.geometry.body_column(0))?;
            return (column < link.width()).then_some(link.as_str());
        }
        let (_, text, byte) = self.text_at(x, y)?;
        let over = text.marks.iter().filter(|mark| mark.start <= byte && byte < mark.end);
        over.rev().find_map(|mark| if let MarkKind::Link(number) = mark.kind { text.link(number) } else { None })
    }

    /// The row at a column and line of the screen where that is a place in a text, with the text and the byte in it.
    pub(super) fn text_at(&self, x: usize, y: i32) -> Option<(Row, TextRef<'_>, u32)> {
        let (row, RowLine::Text(line)) = self.line_at(y)? else { return None };
        let depth = row.comment().and_then(|index| self.thread.get(index)).map_or(0, Comment::depth);
        let text = self.text(row)?;
        let gaps = cell_gaps(text, &line, self.geometry.body_width(depth));
        let byte = byte_at(text, &line, &gaps, x.checked_sub(self.geometry.body_column(depth))?)?;
        Some((row, text, byte))
    }

    fn line_at(&self, y: i32) -> Option<(Row, RowLine)> {
        let placed = self.screen().into_iter().find(|placed| (placed.y..placed.end()).contains(&y));
        let placed = placed.filter(|_| y < self.geometry.height)?;
        let line = placed.lines.get(usize::try_from(y - placed.y).ok()?)?;
        Some((placed.row, *line))
    }
}

/// The place in a text of a column of one of its lines. Code may be scrolled, so any column of it is at its start.
fn byte_at(text: TextRef<'_>, line: &Line, gaps: &[CellGap], column: usize) -> Option<u32> {
    // A quote's bar takes two columns.
    let column = column.checked_sub(2 * usize::from(line.bars) + usize::from(line.indent))?;
    if line.code {
        return Some(line.start);
    }
    let mut end = 0;
    let under = line.of(text.plain).grapheme_indices(true).find(|(at, grapheme)| {
        let gap = gaps.iter().find(|gap| gap.at == line.start + *at as u32).map_or(0, |gap| gap.columns);
        end += gap + grapheme.width();
        end > column
    });
    Some(line.start + under?.0 as u32)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markup;
    use crate::model::{Builder, Draft, Story};
    use crate::view::{Geometry, Thresholds};

    #[test]
    fn links_are_found_where_they_are_drawn() {
        let body = markup::html(
            "<p>日本 see <a href=\"https://a.example/\">this <i>page</i></a> now</p>\
             <blockquote><a href=\"https://b.example/\">quoted</a></blockquote>",
        );
        let mut builder = Builder::default();
        builder.push(&Draft { id: "1", ..Draft::default() });
        builder.push(&Draft { id: "2", parent: Some("1"), body: body.borrow(), ..Draft::default() });
        let table =
            markup::html("<table><tr><td>日本 long<td>x<tr><td>a<td><a href=\"https://t.example/\">t</a></table>");
        builder.push(&Draft { id: "3", parent: Some("1"), body: table.borrow(), ..Draft::default() });
        let story = Story { title: "T".to_owned(), link: "https://s.example/".to_owned(), ..Story::default() };
        let geometry = Geometry { width: 60, height: 30, text_width: 50 };
        let view = ThreadView::new(Arc::new(builder.finish(story)), Thresholds::default(), geometry);
        let line = |text: &str| {
            let is_it = |line: &RowLine| matches!(line, RowLine::Text(at) if at.of(body.borrow().plain).contains(text));
            let placed = view.screen().into_iter().find(|placed| placed.row == Row::Comment(1)).expect("it is shown");
            placed.y + i32::try_from(placed.lines.iter().position(is_it).expect("a line")).expect("few")
        };
        let (first, quote) = (line("see"), line("quoted"));
        let placed = view.screen().into_iter().find(|placed| placed.row == Row::Comment(2)).expect("it is shown");
        let last = placed.y + i32::try_from(placed.lines.len()).expect("few") - 2;
        let row = (last - 3..=last).find(|&y| view.link_at(17, y).is_some()).expect("the row with the link");
        assert_eq!([16, 17, 18].map(|x| view.link_at(x, row).is_some()), [false, true, false]);
        // Body column 5; "日本 see " takes 9 columns.
        for (x, y, link) in [
            (13, first, None),
            (14, first, Some("https://a.example/")),
            (22, first, Some("https://a.example/")),
            (23, first, None),
            (5, quote, None),
            (7, quote, Some("https://b.example/")),
            (3, 2, Some("https://s.example/")),
            (2, 2, None),
            (50, 2, None),
            (3, 0, None),
        ] {
            assert_eq!(view.link_at(x, y), link, "{x} {y}");
        }
    }
}
