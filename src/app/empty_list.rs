//! The words of a list that shows no story: why there is none, and what brings some.

use super::{App, Command, GlobalCommand, HISTORY, ListCommand, Motion, PEOPLE, SAVED};
use crate::view::{ListView, Query};

impl App {
    /// Why a list shows no story, and the keys that help.
    pub fn empty_list_words(&self, list: &ListView) -> String {
        if let Some(hidden) = list.hidden_words() {
            let read = if list.hides_read() {
                self.keys.key_for(ListCommand::HideRead, "shows what you have opened")
            } else {
                String::new()
            };
            let more = if list.has_more() { self.keys.key_for(Motion::Down, "asks for more") } else { String::new() };
            return format!("no story is left: {hidden}{read}{more}");
        }
        match list.filter().filter(|_| !list.entries().is_empty()) {
            Some(filter) => self.unmatched_words(filter),
            None => self.words_of_nothing(list),
        }
    }

    /// That no story meets the filter; while it is typed, that alone.
    fn unmatched_words(&self, filter: &Query) -> String {
        if self.prompt.is_some() {
            return "no story matches".to_owned();
        }
        let clears = self.keys.key_for(GlobalCommand::Cancel, "clears the filter");
        format!("no story matches “{}”{clears}", filter.text().trim())
    }

    /// That there is no story at all; in the reader's own lists, also how something comes there.
    fn words_of_nothing(&self, list: &ListView) -> String {
        let key = |command: GlobalCommand| self.keys.keys(Command::from(command)).next();
        let target = list.heading().target.as_str();
        let search = list.heading().search.as_deref();
        match target {
            SAVED => {
                let key = key(GlobalCommand::Bookmark);
                let bookmarks =
                    key.map_or_else(String::new, |key| format!("{key} on a story or comment bookmarks it, "));
                format!("nothing is saved or bookmarked yet: {bookmarks}lurker save with an address saves a thread")
            }
            PEOPLE => {
                let key = key(GlobalCommand::Author);
                let menu = key.map_or_else(String::new, |key| format!(": {key} on a comment or story does that"));
                format!("you follow, mute and tag nobody yet{menu}")
            }
            HISTORY => "nothing was read yet: every thread that you open comes here".to_owned(),
            _ => match search.and_then(|search| target.strip_prefix(search)) {
                Some(words) => format!("nothing is found for “{words}”"),
                None => "no stories here".to_owned(),
            },
        }
    }
}
