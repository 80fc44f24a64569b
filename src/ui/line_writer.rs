//! A writer along one line of the buffer, which never writes past its end.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::Message;

/// Writes from left to right on one line.
pub(super) struct LineWriter<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> LineWriter<'a> {
    /// A writer at column `x` of line `y` of an area, counted from its corner.
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect, x: usize, y: usize) -> Self {
        let end = area.right().min(buffer.area.right());
        let at = area.x.saturating_add(x.min(usize::from(u16::MAX)) as u16).min(end);
        let line = area.y.saturating_add(y.min(usize::from(u16::MAX)) as u16);
        let end = if line < area.bottom().min(buffer.area.bottom()) { end } else { at };
        Self { buffer, x: at, y: line, end }
    }

    /// Columns left.
    pub(super) fn room(&self) -> usize {
        usize::from(self.end - self.x)
    }

    /// Writes no more than so many further columns.
    pub(super) fn limit(&mut self, columns: usize) -> &mut Self {
        self.end = self.x + columns.min(self.room()) as u16;
        self
    }

    /// Writes as much as fits.
    pub(super) fn put(&mut self, text: &str, style: Style) -> &mut Self {
        if self.room() > 0 {
            self.x = self.buffer.set_stringn(self.x, self.y, text, self.room(), style).0;
        }
        self
    }

    /// Writes a message, with the keys that it names in a style of their own.
    pub(super) fn put_message(&mut self, message: &Message, style: Style, key: Style) -> &mut Self {
        message.pieces().for_each(|(piece, is_key)| _ = self.put(piece, if is_key { key } else { style }));
        self
    }

    /// Writes a text, or as much of it as fits with a mark that it was cut.
    pub(super) fn put_cut(&mut self, text: &str, room: usize, mark: &str, style: Style) -> &mut Self {
        let room = room.min(self.room());
        let (kept, cut) = fit(text, room);
        self.put(kept, style);
        if cut && room > 0 {
            self.put(mark, style);
        }
        self
    }

    /// Skips columns.
    pub(super) fn skip(&mut self, columns: usize) -> &mut Self {
        self.x += columns.min(self.room()) as u16;
        self
    }
}

/// As much of a text as fits in `room` columns, with one kept for a mark if it has to be cut; and whether it is cut.
pub(super) fn fit(text: &str, room: usize) -> (&str, bool) {
    // A text far longer than the room is cut without measuring all of it.
    if text.len() <= room || (text.len() <= 8 * room && text.width() <= room) {
        return (text, false);
    }
    let mut columns = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        columns += grapheme.width();
        if columns > room.saturating_sub(1) {
            return (text.get(..at).unwrap_or_default(), true);
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn texts_are_cut_between_graphemes() {
        assert_eq!(fit("abc", 3), ("abc", false));
        assert_eq!(fit("abcd", 3), ("ab", true));
        assert_eq!(fit("日本語", 5), ("日本", true));
        assert_eq!(fit("日本語", 6), ("日本語", false));
        assert_eq!(fit("e\u{301}e\u{301}", 1), ("", true));
        assert_eq!(fit("", 0), ("", false));
        assert_eq!(fit("a", 0), ("", true));
    }
}
