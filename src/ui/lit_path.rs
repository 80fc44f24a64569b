//! The way from the reader's comment up to the top of its discussion, whose guides and marks stand out.

use crate::view::ThreadView;

/// The most levels that are walked up; a thread deeper than that has no guides for them.
const DEEPEST: usize = 4096;

/// The reader's comment with all comments above it.
pub(super) struct LitPath {
    /// By depth; empty where the reader is on no comment.
    by_depth: Vec<u32>,
}

impl LitPath {
    /// The path to the reader's row.
    pub(super) fn of(view: &ThreadView) -> Self {
        let own = view.place().row.comment();
        let above = own.into_iter().flat_map(|index| view.thread().ancestors(index)).take(DEEPEST);
        let mut by_depth: Vec<u32> = own.into_iter().chain(above).collect();
        by_depth.reverse();
        Self { by_depth: if by_depth.len() > DEEPEST { Vec::new() } else { by_depth } }
    }

    /// Whether a comment is on the path.
    pub(super) fn contains(&self, index: u32) -> bool {
        self.by_depth.binary_search(&index).is_ok()
    }

    /// Whether the guide of a level, in a line of a comment below that level, is on the path: it stands between a comment of
    /// the path and the reader's.
    pub(super) fn passes(&self, index: u32, level: usize) -> bool {
        let last = self.by_depth.last();
        self.by_depth.get(level).is_some_and(|above| *above <= index) && last.is_some_and(|own| index <= *own)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Builder, Draft, Story};
    use crate::view::{Geometry, Thresholds};

    #[test]
    fn the_path_goes_from_the_top_to_the_reader_and_no_further() {
        let mut builder = Builder::default();
        for (id, parent) in
            [("0", None), ("1", Some("0")), ("2", Some("1")), ("3", Some("1")), ("4", Some("3")), ("5", None)]
        {
            builder.push(&Draft { id, parent, ..Draft::default() });
        }
        let geometry = Geometry { width: 60, height: 30, text_width: 50 };
        let thread = Arc::new(builder.finish(Story::default()));
        let mut view = ThreadView::new(thread, Thresholds::default(), geometry);
        assert!((0..6).all(|index| !LitPath::of(&view).contains(index)), "on the story");
        view.reveal(3);
        let path = LitPath::of(&view);
        assert_eq!(
            (0..6).map(|index| path.contains(index)).collect::<Vec<_>>(),
            [true, true, false, true, false, false]
        );
        // The reply beside the path is passed; what follows the reader's comment is not.
        for (index, level, is_lit) in
            [(1, 0, true), (2, 0, true), (2, 1, true), (3, 1, true), (4, 0, false), (4, 2, false)]
        {
            assert_eq!(path.passes(index, level), is_lit, "{index} at {level}");
        }
    }
}
