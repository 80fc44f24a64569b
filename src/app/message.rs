//! A line for the reader: its words, and the keys that it names, which are buttons.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Command, in_ascii};
use crate::model::Text;
use crate::view::wrap;

/// A line for the reader. A key comes into it only as a button: what is named can be clicked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    words: String,
    buttons: Vec<Button>,
}

/// A key that is named, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Button {
    /// The bytes in which a click gives the command.
    at: Range<usize>,
    /// Those of the key's name.
    name: Range<usize>,
    command: Command,
}

impl Message {
    /// The name of a key with the words before and behind it that say what it does.
    pub(super) fn button(before: &str, name: &str, does: &str, command: impl Into<Command>) -> Self {
        let words = format!("{before}{name}{does}");
        let name = before.len()..before.len() + name.len();
        Self { buttons: vec![Button { at: 0..words.len(), name, command: command.into() }], words }
    }

    /// The same with further words behind it.
    #[must_use]
    pub(super) fn and(mut self, behind: impl Into<Self>) -> Self {
        let (start, behind) = (self.words.len(), behind.into());
        self.words.push_str(&behind.words);
        self.buttons.extend(behind.buttons.into_iter().map(|button| button.mapped(|byte| start + byte)));
        self
    }

    /// All of its words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The columns that it takes.
    pub fn width(&self) -> usize {
        self.words.width()
    }

    /// The commands of the keys that it names.
    pub fn commands(&self) -> impl Iterator<Item = Command> {
        self.buttons.iter().map(|button| button.command)
    }

    /// Its words piece by piece, and which of them are names of keys.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let names = self.buttons.iter().map(|button| button.name.clone());
        let starts = std::iter::once(0).chain(names.clone().map(|name| name.end));
        let end = self.words.len();
        let pieces = starts
            .zip(names.chain(std::iter::once(end..end)))
            .flat_map(|(start, name)| [(start..name.start, false), (name, true)]);
        pieces.filter_map(|(at, is_name)| Some((self.words.get(at).filter(|piece| !piece.is_empty())?, is_name)))
    }

    /// The part of it in these bytes.
    #[must_use]
    pub fn part(&self, bytes: Range<usize>) -> Self {
        let words = self.words.get(bytes.clone()).unwrap_or_default().to_owned();
        let within = |byte: usize| byte.clamp(bytes.start, bytes.end) - bytes.start;
        let buttons = self.buttons.iter().map(|button| button.clone().mapped(within));
        Self { words, buttons: buttons.filter(|button| !button.at.is_empty()).collect() }
    }

    /// It on as many lines of so many columns as it takes.
    pub(super) fn wrapped(&self, width: usize) -> Vec<Self> {
        let lines = wrap(Text::unmarked(self.words.as_str()).borrow(), width.max(1));
        lines.iter().map(|line| self.part(line.start as usize..line.end as usize)).collect()
    }

    /// The command of the key that is spoken of in a column of it.
    pub fn command_at(&self, column: usize) -> Option<Command> {
        let mut end = 0;
        let (byte, _) = self.words.grapheme_indices(true).find(|(_, grapheme)| {
            end += grapheme.width();
            column < end
        })?;
        self.buttons.iter().find(|button| button.at.contains(&byte)).map(|button| button.command)
    }

    /// The same in ASCII.
    #[must_use]
    pub(super) fn in_ascii(&self) -> Self {
        let place = |byte: usize| self.words.get(..byte).map_or(0, |before| in_ascii(before).len());
        let buttons = self.buttons.iter().map(|button| button.clone().mapped(place)).collect();
        Self { words: in_ascii(&self.words).into_owned(), buttons }
    }
}

impl Button {
    fn mapped(self, place: impl Fn(usize) -> usize) -> Self {
        let map = |bytes: Range<usize>| place(bytes.start)..place(bytes.end);
        Self { at: map(self.at), name: map(self.name), ..self }
    }
}

impl From<String> for Message {
    fn from(words: String) -> Self {
        Self { words, buttons: Vec::new() }
    }
}

impl From<&str> for Message {
    fn from(words: &str) -> Self {
        Self::from(words.to_owned())
    }
}

impl From<Option<Self>> for Message {
    fn from(message: Option<Self>) -> Self {
        message.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::GlobalCommand;

    /// Something in two columns each, and two keys.
    fn named() -> Message {
        let quits = Message::button("", "q", " quits", GlobalCommand::Quit);
        Message::from("日本 with").and(Message::button(" ", "↑", "", GlobalCommand::Help)).and("; ").and(quits)
    }

    /// The columns in which a click gives the commands: `h` and `q`.
    fn columns(message: &Message) -> String {
        let sign = |column| match message.command_at(column) {
            None => '.',
            Some(command) if command == GlobalCommand::Help.into() => 'h',
            Some(_) => 'q',
        };
        (0..=message.width()).map(sign).collect()
    }

    #[test]
    fn what_is_said_of_a_key_gives_its_command_in_any_spelling() {
        let message = named();
        assert_eq!((message.words(), columns(&message).as_str()), ("日本 with ↑; q quits", ".........hh..qqqqqqq."));
        let pieces: Vec<_> = message.pieces().collect();
        assert_eq!(pieces, [("日本 with ", false), ("↑", true), ("; ", false), ("q", true), (" quits", false)]);
        let ascii = message.in_ascii();
        assert_eq!((ascii.words(), columns(&ascii).as_str()), ("日本 with Up; q quits", ".........hhh..qqqqqqq."));
    }

    #[test]
    fn parts_keep_what_they_have_of_the_keys() {
        let message = named();
        let (key, end) = (message.words().find('↑').expect("a key"), message.words().len());
        let part = message.part(key..end - 3);
        assert_eq!((part.words(), columns(&part).as_str()), ("↑; q qu", "h..qqqq."));
        assert_eq!(message.part(end..end), Message::default());
    }
}
