//! The thread: walks the rows that show on the screen and draws each line of each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::{Styles, body, comment, story};
use crate::app::App;
use crate::model::Comment;
use crate::view::{Geometry, Placed, Row, RowLine, ThreadView, stand_in};

/// Draws the part of the thread that shows.
pub(super) fn draw(app: &App, view: &ThreadView, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let scene = Scene { app, view, styles, area };
    for placed in view.screen() {
        let own = placed.row == view.place().row;
        let found = scene.found(placed.row);
        for (line, y) in placed.lines.iter().zip(placed.y..) {
            if let Some(y) = usize::try_from(y).ok().filter(|&y| y < usize::from(area.height)) {
                scene.draw_line(&placed, line, y, own, &found, buffer);
            }
        }
    }
}

/// What every line is drawn with.
pub(super) struct Scene<'a> {
    pub(super) app: &'a App,
    pub(super) view: &'a ThreadView,
    pub(super) styles: &'a Styles,
    area: Rect,
}

impl Scene<'_> {
    /// Where the search has found something in the body of a row's comment.
    fn found(&self, row: Row) -> Vec<(u32, u32)> {
        let Row::Comment(index) = row else { return Vec::new() };
        let body = self.view.thread().get(index).map(|comment| comment.body().plain).unwrap_or_default();
        self.view.search().map(|search| search.ranges(body)).unwrap_or_default()
    }

    /// Where the search has found something in a subject or a name.
    pub(super) fn found_in(&self, text: &str) -> Vec<(u32, u32)> {
        self.view.search().map(|search| search.ranges(text)).unwrap_or_default()
    }

    fn draw_line(
        &self,
        placed: &Placed,
        line: &RowLine,
        y: usize,
        own: bool,
        found: &[(u32, u32)],
        buffer: &mut Buffer,
    ) {
        let mut pen = Pen::new(buffer, self.area, 0, y);
        if own {
            pen.put(self.styles.glyphs.here, self.styles.here);
        } else {
            pen.skip(1);
        }
        match placed.row {
            Row::Story | Row::Foot => story::draw(self, line, &mut pen),
            Row::Comment(index) => self.draw_comment(index, line, own, found, &mut pen),
            Row::Marker(owner) => {
                let depth = self.view.thread().get(owner).map_or(0, Comment::depth) + 1;
                self.draw_guides(depth, &mut pen);
                self.draw_marker(self.view.shape().hidden_under(owner), &mut pen);
            }
            Row::Rest => self.draw_marker(self.view.shape().hidden_at_root(), &mut pen),
        }
    }

    fn draw_comment(&self, index: u32, line: &RowLine, own: bool, found: &[(u32, u32)], pen: &mut Pen<'_>) {
        let Some(comment) = self.view.thread().get(index) else { return };
        self.draw_guides(comment.depth(), pen);
        if let RowLine::Header = line {
            comment::draw(self, comment, own, pen);
            return;
        }
        let guide = if let RowLine::Blank = line { comment.replies() > 0 } else { true };
        if guide {
            pen.put(self.styles.glyphs.guide, self.styles.guide(comment.depth() as usize)).skip(1);
        }
        match line {
            RowLine::Text(line) => {
                body::draw(pen, comment.body(), line, self.app.page().sideways, found, self.styles);
            }
            RowLine::StandIn => _ = pen.put(stand_in(comment.state()), self.styles.dim),
            _ => {}
        }
    }

    /// The guides of the levels above a depth.
    fn draw_guides(&self, depth: u32, pen: &mut Pen<'_>) {
        let geometry: Geometry = self.view.geometry();
        for level in 0..(depth as usize).min(geometry.deepest_guide()) {
            pen.put(self.styles.glyphs.guide, self.styles.guide(level)).skip(1);
        }
    }

    fn draw_marker(&self, hidden: u32, pen: &mut Pen<'_>) {
        pen.put(self.styles.glyphs.hidden, self.styles.dim).skip(1);
        pen.put(&format!("{hidden} hidden"), self.styles.dim);
    }
}
