//! The context in which the lines of one row of a thread are drawn.

use ratatui::style::Style;

use super::Styles;
use super::body::BodyLook;
use super::lit_path::LitPath;
use crate::app::{App, ThreadPage};
use crate::model::Comment;
use crate::view::{Row, ThreadView};

/// The state, the view and the styles, and what holds for every line of the row.
pub(super) struct RowContext<'a> {
    pub(super) app: &'a App,
    pub(super) view: &'a ThreadView,
    /// Columns by which code is scrolled to the right, as far as its lines go.
    pub(super) sideways: usize,
    pub(super) styles: &'a Styles,
    /// Whether the reader stands on the row.
    pub(super) is_current: bool,
    /// The way from the reader's row up to the top.
    pub(super) path: &'a LitPath,
    /// The matches of the search in the text of the comment or story, as byte ranges.
    pub(super) body_matches: Vec<(u32, u32)>,
    /// Whether the spoilers of that text are covered.
    covers: bool,
    /// The columns that it was wrapped to.
    body_width: usize,
}

impl<'a> RowContext<'a> {
    /// The context of a row.
    pub(super) fn new(app: &'a App, page: &'a ThreadPage, styles: &'a Styles, row: Row, path: &'a LitPath) -> Self {
        let (view, sideways) = (page.view(), page.sideways());
        let is_current = row == view.place().row;
        let covers = view.covers_spoilers(row);
        let depth = row.comment().and_then(|index| view.thread().get(index)).map_or(0, Comment::depth);
        let body_width = view.geometry().body_width(depth);
        let body_matches = Vec::new();
        let mut context = Self { app, view, sideways, styles, is_current, path, body_matches, covers, body_width };
        let body = match row {
            Row::Story => view.thread().story().text.plain.as_str(),
            Row::Comment(index) => view.thread().get(index).map(|comment| comment.body().plain).unwrap_or_default(),
            Row::Marker(_) | Row::Rest | Row::Foot => "",
        };
        context.body_matches = context.matches_in(body);
        context
    }

    /// How the lines of its text are drawn.
    pub(super) fn body_look(&self) -> BodyLook<'_> {
        BodyLook {
            sideways: self.sideways,
            found: &self.body_matches,
            match_style: self.match_style(),
            covers: self.covers,
            width: self.body_width,
        }
    }

    /// The style of search matches: another one where the reader stands, for what is found is counted by rows.
    pub(super) fn match_style(&self) -> Style {
        if self.is_current { self.styles.match_here } else { self.styles.match_elsewhere }
    }

    /// The matches of the search in a text, as byte ranges.
    pub(super) fn matches_in(&self, text: &str) -> Vec<(u32, u32)> {
        self.view.search().map(|search| search.ranges(text)).unwrap_or_default()
    }
}
