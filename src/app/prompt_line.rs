//! The line that is being typed, as it stands on the status line: its label, and as much of it as there is room for.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{App, Prompt, Question};

/// A line that is being typed as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptLine<'a> {
    /// The words before it.
    pub label: String,
    /// Whether its beginning is out of sight; a mark says so.
    pub is_cut_before: bool,
    /// The part before the cursor.
    pub before: &'a str,
    /// The grapheme under the cursor; a space at the end.
    pub under: &'a str,
    /// The part behind it.
    pub after: &'a str,
    /// Whether its end is out of sight; a mark says so.
    pub is_cut_after: bool,
}

impl App {
    /// The first column of the part of the screen that the foot is of: with a list beside the thread, a line that is typed
    /// stands below the thread; all else is of the whole screen.
    pub fn foot_start(&self) -> usize {
        if self.prompt.is_some() { self.columns().list } else { 0 }
    }

    /// The columns of that part.
    pub(super) fn foot_width(&self) -> usize {
        self.size.0.saturating_sub(self.foot_start())
    }

    /// The words before the answer to a question; fewer where they would leave less than half of the line.
    pub(super) fn prompt_label(&self, question: Question) -> String {
        let fits = |label: &&str| 2 * label.len() + 4 <= self.foot_width();
        let labels = [question.label(), question.narrow_label()];
        let label = labels.into_iter().find(fits).unwrap_or(question.short_label());
        format!("{label}: ")
    }

    /// A line that is being typed, with the part of it around the cursor that there is room for.
    pub fn prompt_line<'a>(&self, prompt: &'a Prompt) -> PromptLine<'a> {
        let label = self.prompt_label(prompt.question);
        let (before, rest) = prompt.typed.halves();
        let under = rest.graphemes(true).next().unwrap_or(" ");
        let rest = rest.get(under.len()..).unwrap_or_default();
        let room = self.status_room().saturating_sub(label.width() + under.width());
        // At an edge where the line goes on, a column is for a mark.
        let is_cut_before = before.width() + usize::from(!rest.is_empty()) > room;
        let marks = 1 + usize::from(!rest.is_empty());
        let before = if is_cut_before { end_within(before, room.saturating_sub(marks)) } else { before };
        let room = room.saturating_sub(usize::from(is_cut_before) + before.width());
        let is_cut_after = rest.width() > room;
        let after = if is_cut_after { start_within(rest, room.saturating_sub(1)) } else { rest };
        PromptLine { label, is_cut_before, before, under, after, is_cut_after }
    }
}

/// As much of the end of a text as fits in so many columns.
pub(super) fn end_within(text: &str, room: usize) -> &str {
    let mut columns = 0;
    let fitting = text.grapheme_indices(true).rev().take_while(|(_, grapheme)| {
        columns += grapheme.width();
        columns <= room
    });
    text.get(fitting.last().map_or(text.len(), |(start, _)| start)..).unwrap_or_default()
}

/// As much of the start of a text as fits in so many columns.
pub(super) fn start_within(text: &str, room: usize) -> &str {
    let mut columns = 0;
    let fitting = text.grapheme_indices(true).take_while(|(_, grapheme)| {
        columns += grapheme.width();
        columns <= room
    });
    text.get(..fitting.last().map_or(0, |(start, grapheme)| start + grapheme.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_graphemes_at_either_end() {
        for (text, room, start, end) in [
            ("abcd", 9, "abcd", "abcd"),
            ("abcd", 2, "ab", "cd"),
            ("日本語", 5, "日本", "本語"),
            ("e\u{301}e\u{301}", 1, "e\u{301}", "e\u{301}"),
            ("ab", 0, "", ""),
        ] {
            assert_eq!((start_within(text, room), end_within(text, room)), (start, end), "{text}");
        }
    }
}
