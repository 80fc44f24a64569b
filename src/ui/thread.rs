//! The thread: draws each line of each row that is on the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::line_writer::LineWriter;
use super::row_context::RowContext;
use super::{Styles, body, comment, story};
use crate::app::{App, ThreadPage};
use crate::model::Comment;
use crate::view::{Row, RowLine, stand_in};

/// Draws the part of the thread that is on the screen.
pub(super) fn draw(app: &App, page: &ThreadPage, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    for placed in page.view().screen() {
        let context = RowContext::new(app, page, styles, placed.row);
        for (line, y) in placed.lines.iter().zip(placed.y..) {
            if let Some(y) = usize::try_from(y).ok().filter(|&y| y < usize::from(area.height)) {
                draw_line(&context, placed.row, line, &mut LineWriter::new(buffer, area, 0, y));
            }
        }
    }
}

fn draw_line(context: &RowContext<'_>, row: Row, line: &RowLine, out: &mut LineWriter<'_>) {
    if context.is_current {
        out.put(context.styles.glyphs.here, context.styles.here);
    } else {
        out.skip(1);
    }
    match row {
        Row::Story | Row::Foot => story::draw(context, line, out),
        Row::Comment(index) => draw_comment(context, index, line, out),
        Row::Marker(owner) => {
            let depth = context.view.thread().get(owner).map_or(0, Comment::depth) + 1;
            draw_guides(context, depth, out);
            draw_marker(context, context.view.rows().hidden_under(owner), out);
        }
        Row::Rest => draw_marker(context, context.view.rows().hidden_at_root(), out),
    }
}

fn draw_comment(context: &RowContext<'_>, index: u32, line: &RowLine, out: &mut LineWriter<'_>) {
    let styles = context.styles;
    let Some(comment) = context.view.thread().get(index) else { return };
    draw_guides(context, comment.depth(), out);
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
        out.put(styles.glyphs.guide, styles.guide(comment.depth() as usize)).skip(1);
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

/// Draws the guides of the levels above a depth.
fn draw_guides(context: &RowContext<'_>, depth: u32, out: &mut LineWriter<'_>) {
    for level in 0..(depth as usize).min(context.view.geometry().deepest_guide()) {
        out.put(context.styles.glyphs.guide, context.styles.guide(level)).skip(1);
    }
}

fn draw_marker(context: &RowContext<'_>, hidden: u32, out: &mut LineWriter<'_>) {
    out.put(context.styles.glyphs.hidden, context.styles.dim).skip(1);
    out.put(&format!("{hidden} hidden"), context.styles.dim);
}
