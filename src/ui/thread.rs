//! The thread: draws each line of each row that is on the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::line_writer::LineWriter;
use super::lit_path::LitPath;
use super::row_context::RowContext;
use super::{Styles, body, comment, story};
use crate::app::{App, ThreadPage};
use crate::model::Comment;
use crate::view::{Row, RowLine, stand_in};

/// Draws the part of the thread that is on the screen.
pub(super) fn draw(app: &App, page: &ThreadPage, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let path = LitPath::of(page.view());
    for placed in page.view().screen() {
        let context = RowContext::new(app, page, styles, placed.row, &path);
        for (line, y) in placed.lines.iter().zip(placed.y..) {
            let Some(y) = u16::try_from(y).ok().filter(|&y| y < area.height) else { continue };
            if context.is_current && matches!(line, RowLine::Header | RowLine::Marker | RowLine::ShownAbove) {
                let (geometry, depth) = (context.view.geometry(), context.view.row_depth(placed.row));
                let columns = geometry.mark_column(depth) + geometry.measure();
                let width = columns.min(usize::from(area.width)) as u16;
                buffer.set_style(Rect { y: area.y + y, height: 1, width, ..area }, styles.selected);
            }
            draw_line(&context, placed.row, line, &mut LineWriter::new(buffer, area, 0, usize::from(y)));
        }
    }
}

fn draw_line(context: &RowContext<'_>, row: Row, line: &RowLine, out: &mut LineWriter<'_>) {
    let styles = context.styles;
    if context.is_current && *line != RowLine::Rule {
        out.put(styles.glyphs.here, styles.here);
    } else {
        out.skip(1);
    }
    if *line == RowLine::Rule {
        story::draw_rule(context, out);
        return;
    }
    match row {
        Row::Story | Row::Foot => story::draw(context, line, out),
        Row::Comment(index) => draw_comment(context, index, line, out),
        Row::Marker(owner) => {
            let depth = context.view.thread().get(owner).map_or(0, Comment::depth) + 1;
            draw_guides(context, owner, depth, out);
            draw_marker(context, context.view.rows().hidden_under(owner), out);
        }
        Row::Rest => draw_marker(context, context.view.rows().hidden_at_root(), out),
    }
}

fn draw_comment(context: &RowContext<'_>, index: u32, line: &RowLine, out: &mut LineWriter<'_>) {
    let styles = context.styles;
    let Some(comment) = context.view.thread().get(index) else { return };
    draw_guides(context, index, comment.depth(), out);
    if let RowLine::Header = line {
        comment::draw(context, comment, out);
        return;
    }
    if let RowLine::LeadsTo(number, line) = line {
        body::draw_leads_to(out, comment.body(), (*number, line), styles);
        return;
    }
    let guide = if let RowLine::Blank = line { comment.replies() > 0 } else { true };
    if guide {
        let style = if context.path.contains(index) { styles.path } else { styles.guide };
        out.put(styles.glyphs.guide, style).skip(1);
    }
    match line {
        RowLine::Text(line) => {
            body::draw(out, comment.body(), line, &context.body_look(), styles);
        }
        RowLine::Answered => comment::draw_answered(context, comment, out),
        RowLine::StandIn => _ = out.put(stand_in(comment.state()), styles.dim),
        _ => {}
    }
}

/// Draws the guides of the levels above a depth, in a line of the comment at `index`.
fn draw_guides(context: &RowContext<'_>, index: u32, depth: u32, out: &mut LineWriter<'_>) {
    let styles = context.styles;
    for level in 0..(depth as usize).min(context.view.geometry().deepest_guide()) {
        let style = if context.path.passes(index, level) { styles.path } else { styles.guide };
        out.put(styles.glyphs.guide, style).skip(1);
    }
}

fn draw_marker(context: &RowContext<'_>, hidden: u32, out: &mut LineWriter<'_>) {
    out.put(context.styles.glyphs.hidden, context.styles.dim).skip(1);
    out.put(&format!("{hidden} hidden"), context.styles.dim);
}
