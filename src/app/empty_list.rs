//! The words of a list that shows no story: why there is none, and what brings some.

use super::{App, Command, GlobalCommand, HISTORY, ListCommand, Message, Motion, PEOPLE, SAVED};
use crate::view::{ListView, Query};

/// Columns beside the words on both sides, and the most that they take.
pub const EMPTY_LIST_MARGIN: usize = 2;
const WIDEST: usize = 76;

impl App {
    /// The words of a list without stories on lines of a page of so many columns: each with its line on the page.
    pub fn empty_list_lines(&self, list: &ListView, columns: usize) -> impl Iterator<Item = (usize, Message)> {
        let width = columns.saturating_sub(2 * EMPTY_LIST_MARGIN).clamp(1, WIDEST);
        (1..).zip(self.own_message(&self.empty_list_words(list)).wrapped(width))
    }

    /// The command of a key that those words name at a column and line of the screen.
    pub(super) fn named_in_list(&self, x: usize, y: usize) -> Option<Command> {
        let is_empty = |list: &&ListView| list.is_empty() && !self.is_loading() && self.page.error().is_none();
        let list = self.page.list().filter(is_empty)?;
        let (left, columns) = self.list_columns();
        let line = y.checked_sub(self.list_top())?;
        let (_, words) = self.empty_list_lines(list, columns).find(|(at, _)| *at == line)?;
        words.command_at(x.checked_sub(left + EMPTY_LIST_MARGIN)?)
    }

    /// Why a list shows no story, and the keys that help.
    fn empty_list_words(&self, list: &ListView) -> Message {
        if let Some(hidden) = list.hidden_words() {
            let read =
                list.hides_read().then(|| self.keys.key_for(ListCommand::HideRead, "shows what you have opened"));
            let more = list.has_more().then(|| self.keys.key_for(Motion::Down, "asks for more"));
            return Message::from(format!("no story is left: {hidden}")).and(read).and(more);
        }
        match list.filter().filter(|_| !list.entries().is_empty()) {
            Some(filter) => self.unmatched_words(filter),
            None => self.words_of_nothing(list),
        }
    }

    /// That no story meets the filter; while it is typed, that alone.
    fn unmatched_words(&self, filter: &Query) -> Message {
        if self.prompt.is_some() {
            return "no story matches".into();
        }
        let clears = self.keys.key_for(GlobalCommand::Cancel, "clears the filter");
        Message::from(format!("no story matches “{}”", filter.text().trim())).and(clears)
    }

    /// That there is no story at all; in the reader's own lists, also how something comes there.
    fn words_of_nothing(&self, list: &ListView) -> Message {
        let target = list.heading().target.as_str();
        let search = list.heading().search.as_deref();
        match target {
            SAVED => {
                let saves = self.keys.key_with("", GlobalCommand::Save, " on a story or in its thread saves that, ");
                let marks = self.keys.key_with("", GlobalCommand::Bookmark, " on a story or comment bookmarks it");
                Message::from("nothing is saved or bookmarked yet: ").and(saves).and(marks)
            }
            PEOPLE => {
                let key = self.keys.key_with(": ", GlobalCommand::Author, " on a comment or story does that");
                Message::from("you follow, mute and tag nobody yet").and(key)
            }
            HISTORY => "nothing was read yet: every thread that you open comes here".into(),
            _ => match search.and_then(|search| target.strip_prefix(search)) {
                Some(words) => format!("nothing is found for “{words}”").into(),
                None => "no stories here".into(),
            },
        }
    }
}
