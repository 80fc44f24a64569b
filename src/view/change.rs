//! Changes of the rows: thresholds, modifiers and folds. Each keeps the reader's place.

use super::{
    Authors, Bound, EndOfScale, FoldOverride, Mode, Modifiers, Opened, Row, Seen, Selection, ThreadView, Thresholds,
    Visibility,
};

impl ThreadView {
    /// Sets the thresholds; what was folded or opened by hand stays.
    pub fn set_thresholds(&mut self, thresholds: Thresholds) {
        self.selected.set_thresholds(&self.thread, thresholds);
        self.rebuild_rows();
    }

    /// Moves the hiding threshold by a step, and the cutoff of full comments along where they would cross.
    ///
    /// # Errors
    /// It is at the end of the scale.
    pub fn step_hide(&mut self, up: bool) -> Result<(), EndOfScale> {
        let hide = self.distribution().step(self.cutoffs().hide_step_from(up), up)?.map(Bound::Score);
        self.set_thresholds(Thresholds { hide, ..self.thresholds() });
        Ok(())
    }

    /// Moves the full threshold by a step, from where it is in force; down no further than the hiding one.
    ///
    /// # Errors
    /// It is at the end of the scale, or would be in what is hidden.
    pub fn step_full(&mut self, up: bool) -> Result<(), EndOfScale> {
        let cutoffs = self.cutoffs();
        let full = self.distribution().step(cutoffs.full_step_from(up), up)?;
        if !up && cutoffs.is_full_at_hide() {
            return Err(EndOfScale);
        }
        let full = full.max(cutoffs.hide()).map(Bound::Score);
        self.set_thresholds(Thresholds { full, ..self.thresholds() });
        Ok(())
    }

    /// Whether every comment was opened or folded by hand, so that no threshold changes anything.
    pub fn is_all_by_hand(&self) -> bool {
        self.overrides.is_everywhere()
    }

    /// The number of comments that were opened by hand, and that the thresholds would show otherwise.
    pub fn opened_against_thresholds(&self) -> usize {
        let is_apart = |(index, opened): &(u32, Opened)| match (self.mode(*index), opened) {
            (Mode::Full, Opened::Full) | (Mode::Line, Opened::Line) => false,
            (Mode::Full | Mode::Line | Mode::Hidden, _) => true,
        };
        self.overrides.opened().filter(is_apart).count()
    }

    /// Sets what is added to scores.
    pub fn set_modifiers(&mut self, modifiers: Modifiers) {
        self.select(|selection| selection.modifiers = modifiers);
    }

    /// Sets the reader's notes on authors.
    pub fn set_authors(&mut self, authors: &Authors) {
        if self.selected.selection().authors != *authors {
            self.select(|selection| selection.authors = authors.clone());
        }
    }

    /// Sets what was there on an earlier visit, which ended with the thresholds of now.
    pub fn set_seen(&mut self, seen: Seen) {
        let thresholds = self.selected.selection().thresholds;
        self.selected.set_seen(&self.thread, Some(seen), thresholds);
        self.rebuild_rows();
    }

    /// Enter: goes on to the next way of showing the comment (see `next_override`). On a count of hidden
    /// comments: shows them.
    pub fn toggle(&mut self) -> bool {
        match self.place.row {
            Row::Comment(index) => {
                let next = self.next_override(index);
                self.overrides.set(index, |fold_override| *fold_override = next);
                self.rebuild_rows_here();
                true
            }
            Row::Marker(_) | Row::Rest => self.open(),
            Row::Story | Row::Foot => false,
        }
    }

    /// The override that Enter gives to the comment at `index`.
    ///
    /// With replies: one line, then full, then folded; in full by its score: full, then folded. Without: one line, then
    /// full. Hidden with a reply that is shown: placeholder, then full.
    fn next_override(&self, index: u32) -> FoldOverride {
        let by_score = self.mode(index);
        let opened = |opened: Opened| {
            let is_by_score = matches!((opened, by_score), (Opened::Full, Mode::Full) | (Opened::Line, Mode::Line));
            FoldOverride { opened: Some(opened).filter(|_| !is_by_score), folded: false }
        };
        let has_replies = self.thread.after(index) > index + 1;
        match (self.rows.visibility(index), self.rows.is_folded(index)) {
            (Visibility::Placeholder, true) => FoldOverride::default(),
            (_, true) if by_score == Mode::Full => opened(Opened::Full),
            (Visibility::Full, false) if by_score == Mode::Hidden && self.rows.has_shown_reply(&self.thread, index) => {
                FoldOverride::default()
            }
            (Visibility::Full, false) if has_replies => FoldOverride { folded: true, ..self.fold_override(index) },
            (_, true) | (Visibility::Full, false) => opened(Opened::Line),
            (Visibility::Line | Visibility::Placeholder | Visibility::Hidden, false) => opened(Opened::Full),
        }
    }

    /// Shows more of the row: unfolds it, or shows in full what takes one line. `false` if all of it is shown.
    pub fn open(&mut self) -> bool {
        match self.place.row {
            Row::Comment(index) if self.rows.is_folded(index) => self.set_folded(index, false),
            Row::Comment(index) if self.rows.visibility(index) != Visibility::Full => {
                self.set_opened(index, Opened::Full);
            }
            Row::Marker(owner) => self.show_hidden(Some(owner)),
            Row::Rest => self.show_hidden(None),
            _ => return false,
        }
        true
    }

    /// Folds the row's comment. `false` if it is no comment, folded already, or one row that has nothing inside.
    pub fn fold(&mut self) -> bool {
        let Row::Comment(index) = self.place.row else { return false };
        let inside = self.thread.after(index) > index + 1 || self.rows.visibility(index) == Visibility::Full;
        let folds = inside && !self.rows.is_folded(index);
        if folds {
            self.set_folded(index, true);
        }
        folds
    }

    /// Folds the row's whole thread from its top-level comment, which takes the row's place; unfolds it if that is folded.
    pub fn fold_thread(&mut self) -> bool {
        let Some(index) = self.place.row.comment() else { return false };
        let top = self.thread.ancestors(index).last().unwrap_or(index);
        let folded = !self.rows.is_folded(top) || index != top;
        if index != top {
            self.remember();
            self.place.row = Row::Comment(top);
        }
        self.set_folded(top, folded);
        true
    }

    /// Folds every comment.
    pub fn fold_all(&mut self) {
        self.overrides.fold_all();
        self.rebuild_rows();
    }

    /// Shows every comment in full, those that thresholds hide too; what a modifier or a mute hides stays so.
    pub fn open_all(&mut self) {
        self.overrides.fill(FoldOverride { opened: Some(Opened::Full), folded: false });
        for index in self.selected.hidden_by_rule() {
            self.overrides.set(index, |fold_override| *fold_override = FoldOverride::default());
        }
        self.rebuild_rows();
    }

    /// Folds what is deeper than `levels` levels and unfolds the rest; the top level is level 1.
    pub fn fold_below(&mut self, levels: u32) {
        for comment in self.thread.iter() {
            self.overrides.set(comment.index(), |fold_override| fold_override.folded = comment.depth() >= levels);
        }
        self.rebuild_rows();
    }

    /// Removes every override: the thresholds decide again.
    pub fn automatic(&mut self) {
        self.overrides.clear();
        self.rebuild_rows();
    }

    /// Folds the comment and goes to the row behind its replies.
    pub fn fold_and_next(&mut self) -> bool {
        let Some(index) = self.place.row.comment() else { return self.down() };
        let after = self.thread.after(index);
        self.go_to_comment(index);
        self.set_folded(index, true);
        let next = self.rows.position(Row::Comment(after)).unwrap_or_else(|near| near);
        self.go_row(self.row_at(next))
    }

    /// Opens the way to a comment and goes there: unfolds what is above it and shows it in full.
    pub fn reveal(&mut self, index: u32) -> bool {
        self.open_way(index);
        let moved = self.jump_to(Row::Comment(index));
        self.arrive();
        moved
    }

    /// Unfolds what is above a comment, and shows it in full.
    pub(super) fn open_way(&mut self, index: u32) {
        self.unfold_above(index);
        self.overrides.set(index, |fold_override| fold_override.folded = false);
        if self.rows.visibility(index) != Visibility::Full {
            self.overrides.set(index, |fold_override| fold_override.opened = Some(Opened::Full));
        }
        self.rebuild_rows();
    }

    /// Unfolds what is above a comment; the rows are to be made anew then. `false` if nothing was folded.
    pub(super) fn unfold_above(&mut self, index: u32) -> bool {
        let folded: Vec<u32> = self.thread.ancestors(index).filter(|&above| self.rows.is_folded(above)).collect();
        for &above in &folded {
            self.overrides.set(above, |fold_override| fold_override.folded = false);
        }
        !folded.is_empty()
    }

    /// Shows the hidden comments that were counted onto `owner`, one line each, and goes to the first of them. Those of the top
    /// level stand in their places through the thread, so the reader stays at its end.
    fn show_hidden(&mut self, owner: Option<u32>) {
        let (mut index, end) = owner.map_or((0, self.thread.len()), |owner| (owner + 1, self.thread.after(owner)));
        let mut first = None;
        if owner.is_some() {
            self.remember();
        }
        let counted_at_end = self.rows.hidden_at_root();
        while index < end {
            if self.rows.visibility(index) != Visibility::Hidden {
                index += 1;
                continue;
            }
            let after = self.thread.after(index);
            if self.thread.parent(index) == owner {
                first = first.or(Some(index));
                let shown = FoldOverride { opened: Some(Opened::Line), folded: false };
                (index..after).for_each(|index| self.overrides.set(index, |fold_override| *fold_override = shown));
            }
            index = after;
        }
        self.place.row = match owner {
            Some(_) => first.map_or(self.place.row, Row::Comment),
            None => Row::Foot,
        };
        self.rebuild_rows_here();
        if owner.is_none() {
            self.shown_from_end = counted_at_end;
            self.settle();
            self.arrive();
        }
    }

    /// The comments that the count at the end of the thread stood for, and that are shown in their places now.
    pub fn shown_from_end(&self) -> u32 {
        if self.rows.hidden_at_root() > 0 { 0 } else { self.shown_from_end }
    }

    /// Goes to the first comment that the count at the end of the thread stood for. `false` if none is shown for it.
    pub fn first_shown_from_end(&mut self) -> bool {
        let end = self.thread.len();
        let tops = std::iter::successors(Some(0), |&top| Some(self.thread.after(top))).take_while(|&top| top < end);
        let is_of_count =
            |&top: &u32| self.mode(top) == Mode::Hidden && self.fold_override(top).opened == Some(Opened::Line);
        let first = if self.shown_from_end() > 0 { tops.into_iter().find(is_of_count) } else { None };
        first.is_some_and(|first| self.jump_to(Row::Comment(first)))
    }

    fn set_folded(&mut self, index: u32, folded: bool) {
        self.overrides.set(index, |fold_override| fold_override.folded = folded);
        self.rebuild_rows_here();
    }

    fn set_opened(&mut self, index: u32, opened: Opened) {
        self.overrides.set(index, |fold_override| fold_override.opened = Some(opened));
        self.rebuild_rows_here();
    }

    /// A change that the reader makes to the current row counts as a move to it.
    fn rebuild_rows_here(&mut self) {
        self.arrive();
        self.rebuild_rows();
        self.arrive();
    }

    /// Changes the selection.
    fn select(&mut self, change: impl FnOnce(&mut Selection)) {
        self.selected.change(&self.thread, change);
        self.rebuild_rows();
    }

    pub(super) fn rebuild_rows(&mut self) {
        self.anchor();
        self.update_rows();
    }

    pub(super) fn update_rows(&mut self) {
        self.find_matches_in_reach();
        self.rows.update(&self.thread, &self.selected, &self.overrides);
        self.shown_from_end = self.shown_from_end();
        self.settle();
    }
}
