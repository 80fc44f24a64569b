//! A line editor, which moves and deletes by graphemes.

use unicode_segmentation::UnicodeSegmentation;

/// The most bytes that a line takes; more would only be a paste gone wrong.
const LONGEST: usize = 4096;

/// A line with a cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEditor {
    text: String,
    /// The byte that the cursor stands before.
    cursor: usize,
    /// Whether all of it is selected: what is typed next takes its place.
    is_selected: bool,
}

impl LineEditor {
    /// A line with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), is_selected: false }
    }

    /// A line that what is typed next takes the place of, unless it is edited first.
    pub fn selected(text: &str) -> Self {
        Self { is_selected: !text.is_empty(), ..Self::new(text) }
    }

    /// Whether what is typed next takes the place of all that stands here.
    pub fn is_selected(&self) -> bool {
        self.is_selected
    }

    /// Leaves the line to be edited.
    pub fn unselect(&mut self) {
        self.is_selected = false;
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts the cursor before the grapheme at this byte, or at the end.
    pub fn go(&mut self, byte: usize) {
        let mut starts = self.text.grapheme_indices(true).map(|(start, _)| start).rev();
        let near = starts.find(|&start| start <= byte).filter(|_| byte < self.text.len());
        self.cursor = near.unwrap_or(self.text.len());
        self.is_selected = false;
    }

    /// The text before the cursor, and from it on.
    pub fn halves(&self) -> (&str, &str) {
        self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""))
    }

    /// Puts text before the cursor; control characters are left out.
    pub fn insert(&mut self, text: &str) {
        let text: String = text.chars().filter(|character| !character.is_control()).collect();
        let replaces = self.is_selected && !text.is_empty();
        let kept = if replaces { 0 } else { self.text.len() };
        if kept + text.len() <= LONGEST {
            if replaces {
                self.end();
                self.delete_to_start();
            }
            self.is_selected = false;
            self.text.insert_str(self.cursor, &text);
            self.cursor += text.len();
        }
    }

    /// Deletes the grapheme before the cursor; `false` where there is none.
    pub fn backspace(&mut self) -> bool {
        let start = self.before();
        self.cut(start)
    }

    /// Deletes the grapheme at the cursor; `false` where there is none.
    pub fn delete(&mut self) -> bool {
        let before = self.cursor;
        self.right() && self.cut(before)
    }

    /// Deletes the word before the cursor.
    pub fn delete_word(&mut self) -> bool {
        let kept = self.halves().0.trim_end();
        let start = kept.rfind(char::is_whitespace).map_or(0, |space| kept.ceil_char_boundary(space + 1));
        self.cut(start)
    }

    /// Deletes everything before the cursor.
    pub fn delete_to_start(&mut self) -> bool {
        self.cut(0)
    }

    /// Moves the cursor one grapheme to the left.
    pub fn left(&mut self) -> bool {
        let moved = self.cursor > 0;
        self.cursor = self.before();
        moved
    }

    /// Moves the cursor one grapheme to the right.
    pub fn right(&mut self) -> bool {
        let length = self.halves().1.graphemes(true).next().map_or(0, str::len);
        self.cursor += length;
        length > 0
    }

    /// Moves the cursor to the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    fn before(&self) -> usize {
        self.cursor - self.halves().0.graphemes(true).next_back().map_or(0, str::len)
    }

    fn cut(&mut self, start: usize) -> bool {
        let is_any = start < self.cursor;
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        is_any
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, LineEditor};

    #[test]
    fn what_is_too_long_takes_the_place_of_nothing() {
        let mut line = LineEditor::selected("rust");
        line.insert(&"x".repeat(LONGEST + 1));
        assert_eq!((line.text(), line.is_selected()), ("rust", true));
        line.insert(&"x".repeat(LONGEST));
        assert_eq!((line.text().len(), line.is_selected()), (LONGEST, false));
    }

    #[test]
    fn letters_are_never_halved() {
        let mut typed = LineEditor::new("");
        typed.insert("e\u{301}👩‍🚀日");
        assert!(typed.left() && typed.left());
        assert_eq!(typed.halves(), ("e\u{301}", "👩‍🚀日"));
        assert!(typed.delete() && typed.backspace() && !typed.backspace() && !typed.left());
        assert_eq!(typed.text(), "日");
        typed.end();
        assert!(!typed.right() && !typed.delete());
    }

    #[test]
    fn the_cursor_goes_to_a_byte() {
        let mut typed = LineEditor::new("ae\u{301}b");
        for (byte, before) in [(0, ""), (1, "a"), (2, "a"), (4, "ae\u{301}"), (5, "ae\u{301}b"), (99, "ae\u{301}b")] {
            typed.go(byte);
            assert_eq!(typed.halves().0, before, "{byte}");
        }
    }

    #[test]
    fn words_and_lines_go_at_once() {
        let mut typed = LineEditor::new("one two  drei ");
        assert!(typed.delete_word());
        assert_eq!(typed.text(), "one two  ");
        typed.home();
        typed.right();
        assert!(typed.delete_to_start());
        assert_eq!(typed.text(), "ne two  ");
        typed.end();
        assert!(typed.delete_word() && typed.delete_word() && !typed.delete_word());
    }

    #[test]
    fn what_is_pasted_is_one_line() {
        let mut typed = LineEditor::new("");
        typed.insert("a\x1b[31m\nb\u{9b}");
        assert_eq!(typed.text(), "a[31mb");
        typed.insert(&"x".repeat(5000));
        assert_eq!(typed.text(), "a[31mb");
    }
}
