//! Code that is wider than the screen: by keys, by the wheel, and by clicks on the signs where it is cut.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::prompt_line::start_within;
use super::{App, PageContent};

/// Columns that one press of a key, or a notch of the wheel, scrolls code by.
pub(super) const CODE_STEP: isize = 8;
/// Columns at the right edge in which the sign of cut code may stand: a wide character leaves one of them empty.
const SIGN_COLUMNS: usize = 2;

/// The signs of a line of code that goes on beyond the screen: the columns where each stands, none where nothing is cut.
struct CodeSigns {
    left: Range<usize>,
    right: Range<usize>,
    /// The columns to scroll by until the end of the line shows.
    to_end: isize,
}

impl App {
    /// Takes a turn of the wheel sideways: code under it moves, as far as its line goes.
    pub(super) fn wheel_across(&mut self, notches: i32, (x, y): (usize, usize)) {
        self.message = None;
        self.has_clicked_back = false;
        let columns = self.columns();
        let is_on_thread = self.overlay.is_none() && (columns.list..columns.thread + columns.thread_width).contains(&x);
        let Some(signs) = self.code_signs(y).filter(|_| is_on_thread) else { return };
        self.scroll_code((notches as isize * CODE_STEP).min(signs.to_end));
    }

    /// A click on the sign of cut code, at a column of the thread and a line of the screen, moves it by half of what shows;
    /// whether there is such a sign.
    pub(super) fn click_code_sign(&mut self, x: usize, y: usize) -> bool {
        let Some(signs) = self.code_signs(y) else { return false };
        let half = (signs.right.end.saturating_sub(signs.left.start) / 2).max(1).cast_signed();
        let step = match (signs.left.contains(&x), signs.right.contains(&x)) {
            (true, _) => -half,
            (false, true) => half.min(signs.to_end),
            (false, false) => return false,
        };
        self.scroll_code(step);
        true
    }

    /// The signs of the line of code on a line of the screen.
    fn code_signs(&self, y: usize) -> Option<CodeSigns> {
        let PageContent::Thread(thread) = self.page.content() else { return None };
        let (view, sideways) = (thread.view(), thread.sideways());
        let (start, code) = view.code_at(i32::try_from(y).ok()?)?;
        let end = view.geometry().width;
        let skipped = start_within(code, sideways).len();
        let is_left_cut = skipped > 0;
        let room = end.saturating_sub(start + usize::from(sideways > 0));
        let is_right_cut = code.get(skipped..)?.width() > room;
        // The sign at the left takes a column too.
        let shown = sideways + end.saturating_sub(start + 1);
        let to_end = if is_right_cut { code.width().saturating_sub(shown).cast_signed() } else { 0 };
        let left = if is_left_cut { start..start + 1 } else { start..start };
        let right = if is_right_cut { end.saturating_sub(SIGN_COLUMNS)..end } else { end..end };
        Some(CodeSigns { left, right, to_end })
    }

    /// Scrolls the code of the thread by columns, to the right if positive.
    pub(super) fn scroll_code(&mut self, columns: isize) {
        if let Some(thread) = self.page.steer_thread() {
            thread.scroll_code(columns);
        }
    }
}
