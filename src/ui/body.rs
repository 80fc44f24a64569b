//! One line of a wrapped text: bars, indentation, and the text with its marks.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::line_writer::{LineWriter, fit};
use crate::model::{CELLS, Mark, MarkKind, TextRef};
use crate::view::{CODE_INDENT, CellGap, Line, cell_gaps, code_shift, leads_to};

/// How the lines of a text are drawn.
pub(super) struct BodyLook<'a> {
    /// Columns by which code is moved to the left, as far as its lines go.
    pub(super) sideways: usize,
    /// The search matches, in bytes of the text.
    pub(super) found: &'a [(u32, u32)],
    /// Their style.
    pub(super) match_style: Style,
    /// Whether spoilers are covered.
    pub(super) covers: bool,
    /// The columns that the text was wrapped to.
    pub(super) width: usize,
}

/// Writes one line of a text.
pub(super) fn draw(out: &mut LineWriter<'_>, text: TextRef<'_>, line: &Line, look: &BodyLook<'_>, styles: &Styles) {
    for _ in 0..line.bars {
        out.put(styles.glyphs.quote, styles.quote_bar).skip(1);
    }
    out.skip(usize::from(line.indent));
    let over = |mark: &&Mark| mark.start < line.end && mark.end > line.start && !mark.kind.is_block();
    let marks: Vec<&Mark> = text.marks.iter().take_while(|mark| mark.start < line.end).filter(over).collect();
    let is_spoiler = |mark: &&Mark| mark.kind == MarkKind::Spoiler;
    if line.code && look.covers && marks.iter().any(is_spoiler) {
        out.skip(CODE_INDENT);
        put_cover(out, line.of(text.plain), styles);
        return;
    }
    if line.code {
        draw_code(out, line, text, look, styles);
        return;
    }
    let base = if line.bars > 0 { styles.quote } else { styles.text };
    let mut cuts: Vec<u32> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
    cuts.retain(|cut| (line.start + 1..line.end).contains(cut));
    let gaps = cell_gaps(text, line, look.width);
    let sign_end = |gap: &CellGap| gap.at + CELLS.len() as u32;
    cuts.extend(gaps.iter().flat_map(|gap| [gap.at, sign_end(gap)]));
    cuts.extend([line.start, line.end]);
    cuts.sort_unstable();
    cuts.dedup();
    for ends in cuts.windows(2) {
        let gap = gaps.iter().find(|gap| gap.at == ends[0]);
        out.skip(gap.map_or(0, |gap| gap.columns));
        let base = if gap.is_some() { styles.dim } else { base };
        let covering = || marks.iter().copied().filter(|mark| mark.start <= ends[0] && mark.end >= ends[1]);
        if look.covers && covering().any(|mark| is_spoiler(&mark)) {
            put_cover(out, text.plain.get(ends[0] as usize..ends[1] as usize).unwrap_or_default(), styles);
            continue;
        }
        let style = covering().fold(base, |style, mark| style.patch(mark_style(mark.kind, text, styles)));
        put_found(out, text.plain, (ends[0], ends[1]), look.found, style, look.match_style);
    }
}

/// Covers as many columns as some words take.
fn put_cover(out: &mut LineWriter<'_>, words: &str, styles: &Styles) {
    let columns = words.width().min(out.room());
    out.put(&styles.glyphs.cover.repeat(columns), styles.dim);
}

/// Writes a span of a text, with search matches highlighted.
pub(super) fn put_found(
    out: &mut LineWriter<'_>,
    text: &str,
    (start, end): (u32, u32),
    found: &[(u32, u32)],
    style: Style,
    match_style: Style,
) {
    let mut at = start;
    let over = found.iter().filter(|(from, to)| *from < end && *to > start);
    for &(from, to) in over.chain([&(end, end)]) {
        let (from, to) = (from.clamp(at, end), to.clamp(at, end));
        let span = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
        out.put(span(at, from), style).put(span(from, to), style.patch(match_style));
        at = to;
    }
}

/// Writes a piece of the note on where a link leads, from the column before the text's: nothing of a text stands there.
pub(super) fn draw_leads_to(
    out: &mut LineWriter<'_>,
    text: TextRef<'_>,
    (number, line): (u32, &Line),
    styles: &Styles,
) {
    let words = leads_to(text, number);
    out.put(styles.glyphs.warning, styles.warning).put(" ", styles.warning);
    out.put(line.of(&words), styles.warning).put(" ", styles.warning);
}

fn mark_style(kind: MarkKind, text: TextRef<'_>, styles: &Styles) -> Style {
    match kind {
        MarkKind::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
        MarkKind::Strong => Style::new().add_modifier(Modifier::BOLD),
        MarkKind::Literal => styles.code,
        MarkKind::Link(number) => styles.leading_to(text.link(number).unwrap_or_default(), styles.link),
        MarkKind::Quote | MarkKind::Code | MarkKind::Item | MarkKind::Spoiler => Style::new(),
    }
}

fn draw_code(
    out: &mut LineWriter<'_>,
    line: &Line,
    text: TextRef<'_>,
    &BodyLook { sideways, found, match_style, .. }: &BodyLook<'_>,
    styles: &Styles,
) {
    let [left, right] = styles.glyphs.more;
    let code = line.of(text.plain);
    out.skip(CODE_INDENT);
    let sideways = code_shift(text, line, out.room(), sideways);
    let skipped = if sideways == 0 { 0 } else { fit(code, sideways + 1).0.len() };
    if sideways > 0 && skipped > 0 {
        out.put(left, styles.dim);
    } else {
        out.skip(usize::from(sideways > 0));
    }
    let (kept, is_cut) = fit(code.get(skipped..).unwrap_or_default(), out.room());
    let start = line.start + skipped as u32;
    put_found(out, text.plain, (start, start + kept.len() as u32), found, styles.code, match_style);
    if is_cut {
        out.put(right, styles.code);
    }
}
