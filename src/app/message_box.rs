//! The message for the reader, where it is too long for the status line: its lines over the foot of the screen.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::{App, BACK_COLUMNS, Command, Message, Prompt};

/// Columns between the mark at a mistake and its words, and between a line that is typed and the words behind it.
const MARK_GAP: usize = 2;
/// The column of the cursor behind a line that is typed.
const CURSOR: usize = 1;

/// A message as it stands over lines of the screen, which it covers to their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageBox {
    /// The first line of the screen that it covers.
    pub top: usize,
    /// The first column that it covers.
    pub left: usize,
    /// Its lines: the column where the words begin, and the words.
    pub lines: Vec<(usize, Message)>,
    /// The key for help at the end of its last line, where that covers the status line, with its column.
    pub help: Option<(usize, Message)>,
    /// The column of the mark that leads back, on its last line, where that covers the status line.
    pub back: Option<usize>,
    /// The column of a mark on its last line, above the typed character that something is wrong with.
    pub mark: Option<usize>,
}

impl MessageBox {
    /// The command of a key that it names at a column and line of the screen.
    pub(super) fn command_at(&self, x: usize, y: usize) -> Option<Command> {
        let help = self.help.as_ref().filter(|(start, _)| x >= *start && y + 1 == self.rows().end);
        let (start, words) = help.or_else(|| self.lines.get(y.checked_sub(self.top)?))?;
        words.command_at(x.checked_sub(*start)?)
    }

    /// The lines of the screen that it covers.
    pub fn rows(&self) -> Range<usize> {
        self.top..self.top + self.lines.len()
    }
}

impl App {
    /// The message, where the status line has no room for all of it.
    pub fn message_box(&self) -> Option<MessageBox> {
        let message = self.own_message(self.message()?);
        if let Some(prompt) = self.prompt().filter(|prompt| prompt.has_error) {
            return self.mistake_box(prompt, &message);
        }
        let asked = self.prompt.as_ref().map_or(0, |prompt| {
            self.prompt_label(prompt.question).width() + prompt.typed.text().width() + CURSOR + MARK_GAP
        });
        if message.width() + asked <= self.status_room() {
            return None;
        }
        // Over a line that is being typed, and its keys, it must not go.
        let foot =
            self.size.1.saturating_sub(if self.prompt.is_some() { 1 + usize::from(self.has_hint_row()) } else { 0 });
        let over_foot = self.box_above(foot, self.foot_width(), &message);
        if let Some(above) = self.box_above_bar(&over_foot, &message) {
            return Some(above);
        }
        let Some(help) = self.help_key().filter(|_| self.prompt.is_none()) else { return Some(over_foot) };
        let start = self.foot_width().saturating_sub(help.width() + 1);
        Some(MessageBox { help: Some((start, help)), ..self.box_above(foot, start, &message) })
    }

    /// The same message above the threshold bar, where it would cover that: not if it would cover the reader's row there.
    fn box_above_bar(&self, over_foot: &MessageBox, message: &Message) -> Option<MessageBox> {
        let view = self.page.thread().filter(|_| self.prompt.is_none() && self.frame() > 0)?;
        let bar = self.size.1.checked_sub(self.frame())?;
        let above = self.box_above(bar, self.foot_width(), message);
        let is_reader = |y: usize| i32::try_from(y).is_ok_and(|y| y == view.place().y);
        let is_whole = above.lines.len() == over_foot.lines.len();
        (over_foot.top <= bar && is_whole && above.top > 0 && !above.rows().any(is_reader)).then_some(above)
    }

    /// What is wrong with the typed line, above it, with a mark above the character: the words behind the mark if they fit
    /// there, else on lines of their own.
    fn mistake_box(&self, prompt: &Prompt, says: &Message) -> Option<MessageBox> {
        let mark_line = self.size.1.checked_sub(2)?;
        let line = self.prompt_line(prompt);
        let column = self.foot_start() + 1 + line.label.width() + usize::from(line.is_cut_before) + line.before.width();
        if column + MARK_GAP + says.width() < self.size.0 {
            let lines = vec![(column + MARK_GAP, says.clone())];
            return Some(MessageBox {
                top: mark_line,
                left: self.foot_start(),
                lines,
                help: None,
                back: None,
                mark: Some(column),
            });
        }
        let mut above = self.box_above(mark_line, self.foot_width(), says);
        above.lines.push((above.left, Message::default()));
        Some(MessageBox { mark: Some(column), ..above })
    }

    /// Words in so many columns on as many lines as they take above the line `foot`.
    fn box_above(&self, foot: usize, width: usize, words: &Message) -> MessageBox {
        let left = self.foot_start();
        let back = Some(left + 1).filter(|_| self.leads_back() && foot > 0 && self.is_status(foot - 1));
        let before = 1 + back.map_or(0, |_| BACK_COLUMNS);
        let wrapped = words.wrapped(width.saturating_sub(1 + before));
        let lines: Vec<_> = wrapped.into_iter().take(foot).map(|line| (left + before, line)).collect();
        let top = foot.saturating_sub(lines.len());
        MessageBox { top, left, lines, help: None, back, mark: None }
    }

    /// Whether a message stands at a column and line of the screen.
    pub(super) fn is_on_message(&self, x: usize, y: usize) -> bool {
        let Some(message) = self.message() else { return false };
        if let Some(message) = self.message_box() {
            let is_back = message.back.is_some() && x <= BACK_COLUMNS && self.is_status(y);
            return !is_back && message.rows().contains(&y) && x >= message.left;
        }
        let back = if self.leads_back() { BACK_COLUMNS } else { 0 };
        let columns = 1 + back..1 + back + self.own_message(message).width();
        self.is_status(y) && self.prompt.is_none() && columns.contains(&x)
    }
}
