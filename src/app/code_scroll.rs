//! Code that is wider than the screen: by keys, by the wheel, and by clicks on the signs where it is cut.

use super::{App, PageContent};
use crate::view::CodeLine;

/// Columns that one press of a key, or a notch of the wheel, scrolls code by.
pub(super) const CODE_STEP: isize = 8;
/// Columns at the right edge in which the sign of cut code may stand: a wide character leaves one of them empty.
const SIGN_COLUMNS: usize = 2;

/// The code that is to move: the columns by which it has moved so far, and by which it moves at most.
#[derive(Clone, Copy)]
struct CodeRoom {
    shift: usize,
    most: usize,
}

impl CodeRoom {
    /// What there is of code on the screen: at most the end of its longest line comes to show.
    fn of(lines: &[CodeLine]) -> Self {
        let [shift, most] = [|line: &CodeLine| line.shift, |line: &CodeLine| line.shift_to_end]
            .map(|columns| lines.iter().map(columns).max().unwrap_or_default());
        Self { shift, most }
    }

    /// The columns after a step, to the right if positive; `None` where there is none to make.
    fn after(self, step: isize) -> Option<usize> {
        let to = self.shift.saturating_add_signed(step).min(self.most.max(self.shift));
        (to != self.shift).then_some(to)
    }
}

impl App {
    /// Scrolls code by a step, to the right if positive, where such is on the screen that is cut on that side.
    pub(super) fn step_code(&mut self, step: isize) {
        let room = CodeRoom::of(&self.code_lines());
        if let Some(to) = room.after(step) {
            self.scroll_code_to(to);
            return;
        }
        let says = match (room.shift.max(room.most), step > 0) {
            (0, _) => "no code here is cut",
            (_, true) => "this is the end of the code",
            (_, false) => "this is the start of the code",
        };
        self.say(says);
    }

    /// Takes a turn of the wheel sideways: code under it moves, as far as its line goes.
    pub(super) fn wheel_across(&mut self, notches: i32, (x, y): (usize, usize)) {
        self.message = None;
        self.has_clicked_back = false;
        let columns = self.columns();
        let is_on_thread = self.overlay.is_none() && (columns.list..columns.thread + columns.thread_width).contains(&x);
        let Some(line) = self.code_line(y).filter(|_| is_on_thread) else { return };
        if let Some(to) = CodeRoom::of(&[line]).after((notches as isize).saturating_mul(CODE_STEP)) {
            self.scroll_code_to(to);
        }
    }

    /// A click on the sign of cut code, at a column of the thread and a line of the screen, moves it by half of what shows;
    /// whether there is such a sign.
    pub(super) fn click_code_sign(&mut self, x: usize, y: usize) -> bool {
        let Some(line) = self.code_line(y) else { return false };
        let end = self.page.thread().map_or(0, |view| view.geometry().width);
        let half = (end.saturating_sub(line.column) / 2).max(1).cast_signed();
        let step = if line.is_cut_at_start && x == line.column {
            -half
        } else if line.is_cut_at_end() && (end.saturating_sub(SIGN_COLUMNS)..end).contains(&x) {
            half
        } else {
            return false;
        };
        if let Some(to) = CodeRoom::of(&[line]).after(step) {
            self.scroll_code_to(to);
        }
        true
    }

    /// The line of code on a line of the screen.
    fn code_line(&self, y: usize) -> Option<CodeLine> {
        self.code_lines().into_iter().find(|line| usize::try_from(line.y) == Ok(y))
    }

    /// The lines of code on the screen.
    fn code_lines(&self) -> Vec<CodeLine> {
        let PageContent::Thread(thread) = self.page.content() else { return Vec::new() };
        thread.view().code_lines(thread.sideways())
    }

    fn scroll_code_to(&mut self, columns: usize) {
        if let Some(thread) = self.page.steer_thread() {
            thread.scroll_code_to(columns);
        }
    }
}
