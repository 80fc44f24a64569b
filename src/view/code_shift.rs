//! Code that is wider than the screen: how far it may be moved to the left, and what of it is cut.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::layout::CODE_INDENT;
use super::{Line, RowLine, ThreadView, spoilers};
use crate::model::{Comment, MarkKind, TextRef};

/// The bytes before and behind a line of code among which the longest line of its block is looked for.
const NEAR: usize = 1 << 16;

/// A line of code on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLine {
    /// The screen line.
    pub y: i32,
    /// The column where it begins.
    pub column: usize,
    /// The columns by which it is moved to the left.
    pub shift: usize,
    /// The columns by which it has to be moved for its end to show; 0 where all of it has room.
    pub shift_to_end: usize,
    /// Whether some of it is cut at the left.
    pub is_cut_at_start: bool,
}

impl CodeLine {
    /// Whether it goes on behind the right edge.
    pub fn is_cut_at_end(&self) -> bool {
        self.shift < self.shift_to_end
    }
}

/// The columns by which a line of code is moved to the left where it has some room and `wanted` are asked for. A block of
/// code moves as one, no further than shows the end of its longest line.
pub fn code_shift(text: TextRef<'_>, line: &Line, room: usize, wanted: usize) -> usize {
    if wanted == 0 {
        return 0;
    }
    let marks = text.marks.iter().take_while(|mark| mark.start <= line.start);
    let block = marks.filter(|mark| mark.kind == MarkKind::Code && mark.end >= line.end).last();
    let (start, end) = block.map_or((line.start, line.end), |block| (block.start, block.end));
    let (start, end) = (start as usize, end as usize);
    let near = text.plain.floor_char_boundary((line.start as usize).saturating_sub(NEAR).max(start))
        ..text.plain.ceil_char_boundary((line.end as usize).saturating_add(NEAR).min(end));
    let mut farthest = 0;
    for line in text.plain.get(near).unwrap_or_default().split('\n') {
        farthest = farthest.max(shift_to_end(line, room));
        if farthest >= wanted {
            return wanted;
        }
    }
    farthest
}

/// The columns by which a line of code has to be moved for its end to show; 0 where all of it has room. Of a line that is
/// moved, the sign at the left takes a column, and no character is cut in two.
fn shift_to_end(code: &str, room: usize) -> usize {
    // No character takes more columns than bytes.
    if code.len() <= room {
        return 0;
    }
    let beside_sign = room.saturating_sub(1);
    if code.is_ascii() {
        return code.len() - beside_sign;
    }
    let columns: usize = code.graphemes(true).map(UnicodeWidthStr::width).sum();
    if columns <= room {
        return 0;
    }
    let mut skipped = 0;
    for grapheme in code.graphemes(true) {
        if columns - skipped <= beside_sign {
            break;
        }
        skipped += grapheme.width();
    }
    skipped
}

impl ThreadView {
    /// The lines of code on the screen, where code is moved to the left by so many columns as far as its lines go. What
    /// covers a spoiler is none.
    pub fn code_lines(&self, wanted: usize) -> Vec<CodeLine> {
        let mut found = Vec::new();
        for placed in self.screen() {
            let Some(text) = self.text(placed.row) else { continue };
            let depth = placed.row.comment().and_then(|index| self.thread.get(index)).map_or(0, Comment::depth);
            let covers = self.covers_spoilers(placed.row);
            for (line, y) in placed.lines.iter().zip(placed.y..) {
                let RowLine::Text(line) = line else { continue };
                let is_covered = || covers && spoilers(text).any(|(start, end)| start < line.end && end > line.start);
                if !line.code || !(0..self.geometry.height).contains(&y) || is_covered() {
                    continue;
                }
                let column = self.geometry.body_column(depth) + line.columns() + CODE_INDENT;
                let room = self.geometry.width.saturating_sub(column);
                let (code, shift) = (line.of(text.plain), code_shift(text, line, room, wanted));
                let first = code.graphemes(true).next();
                let is_cut_at_start = first.is_some_and(|first| first.width() <= shift) && shift > 0;
                found.push(CodeLine { y, column, shift, shift_to_end: shift_to_end(code, room), is_cut_at_start });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup;

    #[test]
    fn a_line_is_moved_as_far_as_its_end_needs() {
        for (code, room, shift) in [
            ("abcdef", 6, 0),
            ("abcdefg", 6, 2),
            ("abcdefghij", 6, 5),
            ("日本語", 6, 0),
            ("日本語", 5, 2),
            ("日本語", 4, 4),
            ("a日本語", 5, 3),
            ("e\u{301}e\u{301}e\u{301}", 3, 0),
            ("abc", 1, 3),
            ("abc", 0, 3),
        ] {
            assert_eq!(shift_to_end(code, room), shift, "{code} in {room}");
        }
    }

    #[test]
    fn a_block_is_moved_as_far_as_its_longest_line_needs() {
        let text =
            markup::html("<pre><code>short\na line of code\nend</code></pre><p>Words<pre><code>another</code></pre>");
        let lines = crate::view::wrap(text.borrow(), 80);
        let shifts = |room, wanted| {
            let code = lines.iter().filter(|line| line.code);
            code.map(|line| code_shift(text.borrow(), line, room, wanted)).collect::<Vec<_>>()
        };
        assert_eq!(shifts(6, 0), [0, 0, 0, 0]);
        assert_eq!(shifts(6, 1), [1, 1, 1, 1]);
        assert_eq!(shifts(6, 99), [9, 9, 9, 2]);
        assert_eq!(shifts(7, 4), [4, 4, 4, 0]);
        assert_eq!(shifts(14, 99), [0, 0, 0, 0]);
    }
}
