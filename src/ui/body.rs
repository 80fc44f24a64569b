//! One line of a wrapped text: bars, indentation, and the text with its marks.

use ratatui::style::{Modifier, Style};

use super::Styles;
use super::pen::{Pen, fit};
use crate::model::{Mark, MarkKind, TextRef};
use crate::view::Line;

/// Columns before code, which set it apart also where there are no colours.
const CODE_INDENT: usize = 2;

/// Writes one line of a text; code is moved left by `sideways` columns.
pub(super) fn draw(pen: &mut Pen<'_>, text: TextRef<'_>, line: &Line, sideways: usize, styles: &Styles) {
    for _ in 0..line.bars {
        pen.put(styles.glyphs.quote, styles.quote_bar).skip(1);
    }
    pen.skip(usize::from(line.indent));
    if line.code {
        draw_code(pen, line.of(text.plain), sideways, styles);
        return;
    }
    let base = if line.bars > 0 { styles.quote } else { styles.text };
    let over = |mark: &&Mark| mark.start < line.end && mark.end > line.start && !mark.kind.is_block();
    let marks: Vec<&Mark> = text.marks.iter().take_while(|mark| mark.start < line.end).filter(over).collect();
    let mut cuts: Vec<u32> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
    cuts.retain(|cut| (line.start + 1..line.end).contains(cut));
    cuts.extend([line.start, line.end]);
    cuts.sort_unstable();
    cuts.dedup();
    for ends in cuts.windows(2) {
        let covering = marks.iter().filter(|mark| mark.start <= ends[0] && mark.end >= ends[1]);
        let style = covering.fold(base, |style, mark| style.patch(mark_style(mark.kind, text, styles)));
        pen.put(text.plain.get(ends[0] as usize..ends[1] as usize).unwrap_or_default(), style);
    }
}

fn mark_style(kind: MarkKind, text: TextRef<'_>, styles: &Styles) -> Style {
    match kind {
        MarkKind::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
        MarkKind::Strong => Style::new().add_modifier(Modifier::BOLD),
        MarkKind::Literal => styles.code,
        MarkKind::Link(number) => styles.leading_to(text.link(number).unwrap_or_default(), styles.link),
        MarkKind::Quote | MarkKind::Code | MarkKind::Item => Style::new(),
    }
}

fn draw_code(pen: &mut Pen<'_>, code: &str, sideways: usize, styles: &Styles) {
    let [left, right] = styles.glyphs.more;
    pen.skip(CODE_INDENT);
    let skipped = if sideways == 0 { 0 } else { fit(code, sideways + 1).0.len() };
    let rest = code.get(skipped..).unwrap_or_default();
    if sideways > 0 && skipped > 0 {
        pen.put(left, styles.dim);
    } else {
        pen.skip(usize::from(sideways > 0));
    }
    let room = pen.room();
    pen.put_cut(rest, room, right, styles.code);
}
