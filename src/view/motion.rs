//! Motion through the rows: by row, by tree and by screen; and the jump list.

use super::place::AnchoredPlace;
use super::{Place, Row, ThreadView};
use crate::model::Comment;

/// The most places that are remembered as jumped from.
const MOST_JUMPS: usize = 100;

/// The place that jumps may leave, and those jumped from before.
#[derive(Clone, Debug)]
pub struct JumpStart {
    stand: AnchoredPlace,
    jumps: Vec<AnchoredPlace>,
    jump: usize,
}

impl ThreadView {
    /// Scrolls a row that continues below the screen by one line, or at once if all of it fits; else goes to the next.
    pub fn down(&mut self) -> bool {
        let (at, screen, before) = (self.position(), self.geometry.height, self.place);
        let height = self.height_at(at);
        let hidden = self.place.y + height - screen;
        // The empty line at the end of a comment need not be seen.
        let unread = hidden - i32::from(self.ends_empty(before.row));
        if unread > 0 {
            self.place.y -= if height <= screen { hidden } else { 1 };
            return self.moved(before);
        }
        self.go(at + 1)
    }

    /// Scrolls a row that begins above the screen by one line; else goes to the row before.
    pub fn up(&mut self) -> bool {
        let before = self.place;
        if before.y < 0 {
            self.place.y += 1;
            return self.moved(before);
        }
        self.position().checked_sub(1).is_some_and(|at| self.go(at))
    }

    /// Goes to the next comment with the same parent.
    pub fn next_sibling(&mut self) -> bool {
        let Some(index) = self.place.row.comment() else { return self.next_top() };
        let parent = self.thread.parent(index);
        let end = parent.map_or(self.thread.len(), |parent| self.thread.after(parent));
        let mut at = self.thread.after(index);
        while at < end {
            if self.go_to_comment(at) {
                return true;
            }
            at = self.thread.after(at);
        }
        false
    }

    /// Goes to the previous comment with the same parent.
    pub fn previous_sibling(&mut self) -> bool {
        let Some(index) = self.place.row.comment() else { return self.previous_top() };
        let parent = self.thread.parent(index);
        let is_within = |row: &Row| *row != parent.map_or(Row::Story, Row::Comment);
        let is_sibling =
            |row: &Row| matches!(row, Row::Comment(at) if *at != index && self.thread.parent(*at) == parent);
        let sibling = self.rows.above(self.place.row).take_while(is_within).find(is_sibling);
        sibling.is_some_and(|sibling| self.go_row(sibling))
    }

    /// Goes to the nearest shown ancestor, from the top level to the story.
    pub fn parent(&mut self) -> bool {
        let above = match self.place.row {
            Row::Marker(index) => Some(Row::Comment(index)),
            Row::Comment(index) => self.thread.lineage(index).map(Row::Comment).find(|&row| self.is_shown(row)),
            _ => None,
        };
        self.jump_to(above.unwrap_or(Row::Story))
    }

    /// Goes to the first shown reply; where there is none, to the count of hidden ones.
    pub fn first_reply(&mut self) -> bool {
        let Some(index) = self.place.row.comment() else {
            return (self.place.row == Row::Story && self.next_top()) || self.down();
        };
        let end = self.thread.after(index);
        let replies = std::iter::successors(Some(index + 1), |&reply| Some(self.thread.after(reply)));
        let mut replies = replies.take_while(|&reply| reply < end).map(Row::Comment);
        let row = replies.find(|&reply| self.is_shown(reply)).unwrap_or(Row::Marker(index));
        row != self.place.row && self.go_row(row)
    }

    /// Goes to the next comment of the top level.
    pub fn next_top(&mut self) -> bool {
        self.find_forward(|view, index| view.thread.parent(index).is_none())
    }

    /// Goes to the previous comment of the top level; from within a thread, to its first comment.
    pub fn previous_top(&mut self) -> bool {
        let top = |row: &Row| matches!(row, Row::Comment(index) if self.thread.parent(*index).is_none());
        let found = self.rows.above(self.place.row).find(top);
        self.jump_to(found.unwrap_or(Row::Story))
    }

    /// Goes to the next shown comment by the same author, going round at the end.
    pub fn next_by_author(&mut self) -> bool {
        let author = self.place.row.comment().and_then(|index| self.thread.get(index)).and_then(Comment::author);
        let Some(author) = author.map(str::to_owned) else { return false };
        let by = |view: &Self, index| view.thread.get(index).is_some_and(|other| other.author() == Some(&author));
        self.find_forward(by) || self.find_round(by)
    }

    /// Scrolls by lines, down if positive; the reader's row is then the one on the same screen line as before.
    pub fn scroll(&mut self, lines: i32) -> bool {
        let before = self.place;
        if lines == 0 {
            return false;
        }
        if self.shift(lines) {
            self.take_row_on(before.y.clamp(0, self.geometry.height - 1));
            return self.moved(before);
        }
        self.go(if lines > 0 { self.rows.len() - 1 } else { 0 })
    }

    /// Whether [`ThreadView::scroll`] leads no further down.
    pub fn is_at_end(&self) -> bool {
        let (at, screen, y) = (self.position(), self.geometry.height, self.place.y);
        at + 1 >= self.rows.len() && y + self.below(at, screen - y + 1) <= screen
    }

    /// Scrolls by lines without taking another row, unless the reader's own leaves the screen.
    pub fn wheel(&mut self, lines: i32) -> bool {
        let (before, screen) = (self.place, self.geometry.height);
        if self.shift(lines) {
            let y = self.place.y;
            if !(1 - self.own_height_at(self.position())..screen).contains(&y) {
                self.take_row_on(y.clamp(0, screen - 1));
            }
        }
        self.moved(before)
    }

    /// Moves the content by lines, up if positive, as far as it goes; `false` if it does not go at all.
    fn shift(&mut self, lines: i32) -> bool {
        let (at, screen, y) = (self.position(), self.geometry.height, self.place.y);
        let by = if lines > 0 {
            lines.min((y + self.below(at, lines + screen - y) - screen).max(0))
        } else {
            -(-lines).min((self.above(at, screen - lines) - y).max(0))
        };
        self.place.y -= by;
        by != 0
    }

    /// Goes to the first row.
    pub fn top(&mut self) -> bool {
        let (before, top) = (self.place, Place { row: Row::Story, y: 0 });
        if before != top {
            self.remember();
        }
        self.place = top;
        self.moved(before)
    }

    /// Goes to the last row.
    pub fn bottom(&mut self) -> bool {
        self.jump_to(self.row_at(self.rows.len() - 1))
    }

    /// Goes to the row under a screen line.
    pub fn select_line(&mut self, line: i32) -> bool {
        let before = self.place;
        let hit = self.screen().into_iter().find(|placed| (placed.y..placed.end()).contains(&line));
        if let Some(placed) = hit {
            self.place = Place { row: placed.row, y: placed.row_y() };
            self.keep_on_screen();
        }
        self.moved(before)
    }

    /// Goes to what a line of the map stands for: the map has the whole thread on as many lines as the screen.
    pub fn go_to_part(&mut self, line: usize) -> bool {
        self.jump_to(self.row_of_part(line))
    }

    /// Goes on to what another line of the map stands for, with the place before [`ThreadView::go_to_part`] as the way back.
    pub fn go_on_to_part(&mut self, line: usize) -> bool {
        self.go_row(self.row_of_part(line))
    }

    fn row_of_part(&self, line: usize) -> Row {
        let (comments, height) = (u64::from(self.thread.len()), u64::from(self.geometry.height.max(1).unsigned_abs()));
        let index = (line as u64 * comments / height).min(comments.saturating_sub(1));
        let near = self.rows.position(Row::Comment(index as u32)).unwrap_or_else(|near| near);
        self.row_at(near)
    }

    /// Goes to a shown comment; `false` if it is not shown.
    pub fn go_to_comment(&mut self, index: u32) -> bool {
        self.go_row(Row::Comment(index))
    }

    /// Goes to a row and remembers the place it left.
    pub fn jump_to(&mut self, row: Row) -> bool {
        let left = self.anchored(self.stand);
        let moved = self.go_row(row);
        if moved {
            self.remember_place(left);
        }
        moved
    }

    /// Goes to a row and remembers the place it left. Where all of it is on the screen, nothing scrolls; of a row taller than the
    /// screen it suffices that the wanted line is there, counted from the row's first.
    pub(super) fn jump_without_scrolling(&mut self, row: Row, wanted: Option<i32>) -> bool {
        let screen = self.geometry.height;
        let stands = self.rows.position(row).ok().and_then(|at| Some((self.natural(at)?, self.own_height_at(at))));
        let moved = self.jump_to(row);
        let is_there = |&(y, height): &(i32, i32)| {
            let is_whole = y >= 0 && y + height <= screen;
            is_whole || wanted.is_some_and(|line| height > screen && (0..screen).contains(&(y + line)))
        };
        if let Some((y, _)) = stands.filter(is_there) {
            self.place.y = y;
            self.arrive();
        }
        moved
    }

    /// The place that a jump which begins now leaves.
    pub fn jump_start(&self) -> JumpStart {
        JumpStart { stand: self.anchored(self.stand), jumps: self.jumps.clone(), jump: self.jump }
    }

    /// Makes all that has been jumped since one jump from there.
    pub fn join_jumps(&mut self, JumpStart { stand, jumps, jump }: JumpStart) {
        (self.jumps, self.jump) = (jumps, jump);
        self.remember_place(stand);
    }

    /// Goes back through the places jumped from.
    pub fn back(&mut self) -> bool {
        if self.jump == self.jumps.len() {
            self.jumps.push(self.anchored(self.stand));
        }
        self.travel(self.jump.checked_sub(1))
    }

    /// Goes forward again through the places jumped from.
    pub fn forth(&mut self) -> bool {
        self.travel(Some(self.jump + 1))
    }

    fn travel(&mut self, to: Option<usize>) -> bool {
        let Some((to, place)) = to.and_then(|to| Some((to, *self.jumps.get(to)?))) else { return false };
        let (before, here, blank) = (self.place, (self.home, self.stand), self.blank_below());
        self.jump = to;
        self.home = place;
        self.settle();
        (self.home, self.stand) = here;
        self.place.y = self.bounded(self.position(), self.place.y, blank);
        self.moved(before)
    }

    pub(super) fn remember(&mut self) {
        self.remember_place(self.anchored(self.stand));
    }

    /// Puts a place behind those jumped from, and forgets the first of too many: each step of the history has them all.
    fn remember_place(&mut self, place: AnchoredPlace) {
        self.jumps.truncate(self.jump);
        self.jumps.push(place);
        let surplus = self.jumps.len().saturating_sub(MOST_JUMPS);
        self.jumps.drain(..surplus);
        self.jump = self.jumps.len();
    }

    fn find_forward(&mut self, wanted: impl Fn(&Self, u32) -> bool) -> bool {
        let is_wanted = |row: &Row| matches!(row, Row::Comment(index) if wanted(self, *index));
        let found = self.rows.below(self.place.row).find(is_wanted);
        found.is_some_and(|row| self.jump_to(row))
    }

    fn find_round(&mut self, wanted: impl Fn(&Self, u32) -> bool) -> bool {
        let is_wanted = |row: &Row| matches!(row, Row::Comment(index) if wanted(self, *index));
        let found = self.rows.iter().take_while(|row| *row < self.place.row).find(is_wanted);
        found.is_some_and(|row| self.jump_to(row))
    }

    pub(super) fn go_row(&mut self, row: Row) -> bool {
        self.rows.position(row).is_ok_and(|at| self.go(at))
    }

    /// Makes the row at a position the reader's, scrolling as little as shows it whole with some lines around it.
    fn go(&mut self, at: usize) -> bool {
        if at >= self.rows.len() {
            return false;
        }
        let before = self.place;
        let (screen, height) = (self.geometry.height, self.height_at(at));
        let y = self.natural(at).unwrap_or(screen / 4);
        let margin = (screen / 5).min((screen - height) / 2).max(0);
        let y = if height > screen { 0 } else { y.clamp(margin, screen - height - margin) };
        self.place = Place { row: self.row_at(at), y: self.bounded(at, y, self.blank_below()) };
        self.moved(before)
    }

    fn moved(&mut self, before: Place) -> bool {
        let moved = self.place != before;
        if moved {
            self.arrive();
        }
        moved
    }

    /// The screen line on which the row at a position stands now; `None` when that is further than a screen away.
    fn natural(&self, to: usize) -> Option<i32> {
        let (from, screen) = (self.position(), self.geometry.height);
        let mut y = self.place.y;
        if to >= from {
            for at in from..to {
                y += self.height_at(at);
                if y > 2 * screen {
                    return None;
                }
            }
        } else {
            for at in (to..from).rev() {
                y -= self.height_at(at);
                if y < -screen {
                    return None;
                }
            }
        }
        Some(y)
    }

    /// The screen lines that are blank below the last row.
    pub(super) fn blank_below(&self) -> i32 {
        let (at, screen, y) = (self.position(), self.geometry.height, self.place.y);
        (screen - y - self.below(at, screen - y)).max(0)
    }

    /// The screen line nearest to `y` for the row at a position that leaves no lines blank above the first row, and no more
    /// than `blank_below` below the last.
    pub(super) fn bounded(&self, at: usize, y: i32, blank_below: i32) -> i32 {
        let screen = self.geometry.height;
        y.max(screen - blank_below - self.below(at, screen)).min(self.above(at, screen))
    }

    /// The lines above the row at a position, counted up to `enough`.
    pub(super) fn above(&self, position: usize, enough: i32) -> i32 {
        let mut lines = 0;
        for at in (0..position).rev() {
            if lines >= enough {
                break;
            }
            lines += self.height_at(at);
        }
        lines
    }

    /// The lines from the start of the row at a position to the end, counted up to `enough`.
    fn below(&self, position: usize, enough: i32) -> i32 {
        let mut lines = 0;
        for at in position..self.rows.len() {
            if lines >= enough {
                break;
            }
            lines += self.height_at(at);
        }
        lines
    }

    /// Takes the row that covers a screen line.
    fn take_row_on(&mut self, line: i32) {
        let (mut at, mut y) = (self.position(), self.place.y);
        while y > line && at > 0 {
            at -= 1;
            y -= self.height_at(at);
        }
        while y + self.own_height_at(at) <= line && at + 1 < self.rows.len() {
            y += self.height_at(at);
            at += 1;
        }
        // On the last line of the screen there may be a rule, and the row behind it is not on the screen.
        if y >= self.geometry.height && at > 0 {
            at -= 1;
            y -= self.height_at(at);
        }
        self.place = Place { row: self.row_at(at), y };
    }
}
