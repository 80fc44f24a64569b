//! Overlays: boxes over the page that take the keys.

use super::prompt::edit;
use super::{Code, Command, GlobalCommand, Key, ListCommand, ThreadCommand};
use crate::view::{Author, LineEditor};

/// Something that lies over the thread and takes the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The keys in force.
    Help(Help),
    /// The comments that the reader's row answers, from the top level, scrolled down by so many lines.
    Ancestors(Vec<u32>, usize),
    /// The reasons for the visibility of the comment, scrolled down likewise.
    Why(Vec<Fact>, usize),
    /// The orders that comments can have; which one is chosen.
    Orders(usize),
    /// The orders that a list can have; which one is chosen.
    ListOrders(usize),
    /// The menu of an author; which choice the cursor is on.
    Author(Author, usize),
    /// The links of the comment: addresses, which one is chosen, and the number typed so far.
    Links(Vec<String>, usize, usize),
}

impl Overlay {
    /// The first line that shows, of an overlay that is scrolled.
    pub(super) fn first_mut(&mut self) -> Option<&mut usize> {
        match self {
            Self::Help(Help { first, .. }) | Self::Ancestors(_, first) | Self::Why(_, first) => Some(first),
            Self::Orders(_) | Self::ListOrders(_) | Self::Author(..) | Self::Links(..) => None,
        }
    }

    /// The command that opens it, whose key also closes it, unless that picks one of its lines.
    pub(super) fn command(&self) -> Command {
        match self {
            Self::Help(_) => GlobalCommand::Help.into(),
            Self::Ancestors(..) => ThreadCommand::Ancestors.into(),
            Self::Why(..) => ThreadCommand::Why.into(),
            Self::Orders(_) => ThreadCommand::Sort.into(),
            Self::ListOrders(_) => ListCommand::Sort.into(),
            Self::Author(..) => GlobalCommand::Author.into(),
            Self::Links(..) => ThreadCommand::Links.into(),
        }
    }
}

/// One line of an explanation: what it is about, and what is so.
pub type Fact = (&'static str, String);

/// The state of the help overlay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// The first line that shows.
    pub first: usize,
    /// The words that are searched for; `None` before anything was typed.
    pub words: Option<String>,
    /// Whether they are still being typed.
    pub is_typing: bool,
}

impl Help {
    /// Takes a key while words are typed, or one that begins that; whether it did.
    pub(super) fn type_key(&mut self, key: Key, begins: bool) -> bool {
        match (&mut self.words, key.code) {
            (_, _) if begins && !self.is_typing => (self.words, self.is_typing) = (Some(String::new()), true),
            (Some(_), Code::Enter) if self.is_typing => self.is_typing = false,
            (Some(words), Code::Backspace) if self.is_typing && words.is_empty() => *self = Self::default(),
            (Some(words), _) if self.is_typing => {
                let mut typed = LineEditor::new(words);
                edit(&mut typed, key);
                if typed.text() == words {
                    return false;
                }
                typed.text().clone_into(words);
            }
            _ => return false,
        }
        self.first = 0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_typed_and_taken_back() {
        let mut help = Help { first: 9, ..Help::default() };
        let key = |name: &str| Key::parse(name).expect("a key");
        assert!(!help.type_key(key("a"), false) && help.type_key(key("/"), true) && help.type_key(key("a"), false));
        assert_eq!((help.first, help.words.as_deref()), (0, Some("a")));
        assert!(
            help.type_key(key("backspace"), false) && help.type_key(key("backspace"), false) && help.words.is_none()
        );
        assert!(help.type_key(key("/"), true) && help.type_key(key("a"), false) && help.type_key(key("ctrl-u"), false));
        assert_eq!((help.words.as_deref(), help.is_typing), (Some(""), true));
    }
}
