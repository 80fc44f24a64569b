//! Overlays: a box of lines over the page.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::line_writer::LineWriter;
use crate::app::{Glyph, HintCell, OverlayContent, Span, Tone};

/// Draws an overlay.
pub(super) fn draw(content: &OverlayContent, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let lines: Vec<Vec<(String, Style)>> = content.lines.iter().map(|line| dress(line, styles)).collect();
    let shown = lines.len().min(content.room.most_lines());
    let (x, y, width, height) = content.frame();
    let (x, y) = (area.x + x as u16, area.y + y as u16);
    let frame = Rect { x, y, width: width as u16, height: height as u16 };
    clear(frame, buffer);
    buffer.set_style(frame, styles.page.patch(styles.overlay));
    draw_frame(frame, styles, buffer);
    draw_foot(content, styles, area, buffer);
    LineWriter::new(buffer, frame, 1, 0).put(&content.heading(), styles.title.remove_modifier(Modifier::DIM));
    if let Some(column) = content.close_column() {
        let line = usize::from(frame.y - area.y);
        let mut out = LineWriter::new(buffer, area, column.saturating_sub(1), line);
        out.put(" ", styles.dim).put(styles.glyphs.close, styles.key).put(" ", styles.dim);
    }
    for (line, y) in lines.iter().skip(content.first).take(shown).zip(1..) {
        let mut out = LineWriter::new(buffer, frame, 2, y);
        for (text, style) in line {
            let room = out.room().saturating_sub(2);
            out.put_cut(text, room, styles.glyphs.cut, *style);
        }
    }
}

/// Draws the keys at the foot of a box, with a comma between two.
fn draw_foot(content: &OverlayContent, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let ((line, cells), words_column) = (content.foot_cells(), content.foot_words_column());
    for (place, HintCell { x, hint }) in cells.iter().enumerate() {
        let end = if place + 1 < cells.len() || words_column.is_some() { ", " } else { " " };
        let before = if place == 0 { x.saturating_sub(1) } else { *x };
        let mut out = LineWriter::new(buffer, area, before, line);
        out.put(if place == 0 { " " } else { "" }, styles.dim).put(&hint.name, styles.hint_key);
        out.put(&format!(" {}{end}", hint.does), styles.dim);
    }
    if let Some(column) = words_column {
        LineWriter::new(buffer, area, column, line).put(content.foot_words, styles.dim).put(" ", styles.dim);
    }
}

/// Draws the lines around a box.
fn draw_frame(frame: Rect, styles: &Styles, buffer: &mut Buffer) {
    let [top_left, top_right, bottom_left, bottom_right] = styles.glyphs.corners;
    let (columns, lines) = (usize::from(frame.width), usize::from(frame.height));
    let rule = styles.glyphs.rule.repeat(columns.saturating_sub(2));
    for (y, left, right) in [(0, top_left, top_right), (lines.saturating_sub(1), bottom_left, bottom_right)] {
        LineWriter::new(buffer, frame, 0, y).put(left, styles.dim).put(&rule, styles.dim).put(right, styles.dim);
    }
    for y in 1..lines.saturating_sub(1) {
        LineWriter::new(buffer, frame, 0, y).put(styles.glyphs.guide, styles.dim);
        LineWriter::new(buffer, frame, columns.saturating_sub(1), y).put(styles.glyphs.guide, styles.dim);
    }
}

/// The spans of a line with their styles.
fn dress(line: &[Span], styles: &Styles) -> Vec<(String, Style)> {
    let mut dressed: Vec<(String, Style)> = Vec::with_capacity(line.len());
    for span in line {
        dressed.push(match span {
            Span::Link(words, address) => {
                (styles.glyphs.own(words).into_owned(), styles.leading_to(address, styles.link))
            }
            Span::Words(words, Tone::Score) => (styles.glyphs.own(words).into_owned(), tone_style(Tone::Score, styles)),
            Span::Words(words, tone) => (words.clone(), tone_style(*tone, styles)),
            Span::Glyph(glyph) => draw_glyph(*glyph, styles),
            Span::Keys(names) => (names.clone(), styles.key),
            Span::To(column) => {
                let used: usize = dressed.iter().map(|(text, _)| text.width()).sum();
                (" ".repeat(column.saturating_sub(used).max(usize::from(used > *column))), styles.text)
            }
        });
    }
    dressed
}

fn tone_style(tone: Tone, styles: &Styles) -> Style {
    match tone {
        Tone::Text => styles.text,
        Tone::Heading => styles.title,
        Tone::Key => styles.key,
        Tone::Dim => styles.dim,
        Tone::Author => styles.author,
        Tone::Score => styles.scores[1],
        Tone::Quote => styles.quote,
        Tone::Warning => styles.warning,
    }
}

fn draw_glyph(glyph: Glyph, styles: &Styles) -> (String, Style) {
    let glyphs = &styles.glyphs;
    let [subscriber, journal, homepage] = glyphs.author_marks;
    let (glyph, style) = match glyph {
        Glyph::Full => (glyphs.full, styles.key),
        Glyph::Line => (glyphs.line, styles.key),
        Glyph::Folded => (glyphs.folded, styles.key),
        Glyph::Hidden => (glyphs.hidden, styles.key),
        Glyph::Place => (glyphs.place, styles.key),
        Glyph::Bookmark => (glyphs.bookmark, styles.notice),
        Glyph::Stored => (glyphs.stored, styles.notice),
        Glyph::Followed => (glyphs.followed, styles.notice),
        Glyph::Subscriber => (subscriber, styles.key),
        Glyph::Journal => (journal, styles.key),
        Glyph::Homepage => (homepage, styles.key),
        Glyph::QuoteBar => (glyphs.quote, styles.quote_bar),
        Glyph::Here => (glyphs.here, styles.here),
    };
    (glyph.to_owned(), style)
}

/// Clears the cells of a box; a cluster of several columns that its left edge would cut goes too.
fn clear(frame: Rect, buffer: &mut Buffer) {
    for y in frame.top()..frame.bottom() {
        let reaches = |x: &u16| buffer.cell((*x, y)).is_some_and(|cell| x + cell.cell_width() > frame.x);
        let cut = (buffer.area.x..frame.x).rev().find(reaches);
        if let Some(cell) = cut.and_then(|x| buffer.cell_mut((x, y))) {
            cell.set_symbol(" ");
        }
    }
    Clear.render(frame, buffer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_never_halves_a_wide_character() {
        let area = Rect::new(0, 0, 6, 1);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(0, 0, "日本語", Style::new());
        clear(Rect::new(3, 0, 2, 1), &mut buffer);
        assert_eq!(buffer.cell((2, 0)).map(|cell| cell.symbol().to_owned()).as_deref(), Some(" "));
    }

    #[test]
    fn pieces_stand_at_their_columns() {
        let line = [Span::To(2), Span::Glyph(Glyph::Full), Span::To(5), Span::Words("in full".into(), Tone::Text)];
        let text = |line: Vec<(String, Style)>| line.into_iter().map(|(text, _)| text).collect::<String>();
        assert_eq!(text(dress(&line, &Styles::new(true, true))), "  v  in full");
        let long = [Span::Words("abcdef".into(), Tone::Key), Span::To(5), Span::Words("x".into(), Tone::Text)];
        assert_eq!(text(dress(&long, &Styles::new(true, true))), "abcdef x");
    }
}
