//! Going to a target or command by name, with completion.

use super::{App, Command, Effect, GlobalCommand, Message, Page, Prompt, Question, Scope};
use crate::view::LineEditor;

/// The most candidates that are named at once.
const MOST_NAMED: usize = 8;
/// The most that a number alone can be to mean a comment or story of the page: ids of items have been larger since 2007.
const MOST_PLACES: usize = 99_999;

/// What hands that know vi type to leave, and for help.
const ALIASES: [(&str, GlobalCommand); 9] = [
    ("q!", GlobalCommand::Quit),
    ("qa", GlobalCommand::Quit),
    ("qa!", GlobalCommand::Quit),
    ("wq", GlobalCommand::Quit),
    ("wqa", GlobalCommand::Quit),
    ("x", GlobalCommand::Quit),
    ("xa", GlobalCommand::Quit),
    ("h", GlobalCommand::Help),
    ("he", GlobalCommand::Help),
];

/// The candidate that Tab has put into the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Completion {
    /// What was typed before.
    typed: String,
    /// The place of the candidate among those for it.
    place: usize,
}

impl App {
    /// Asks where to go.
    pub(super) fn ask_where_to_go(&mut self) {
        self.completion = None;
        self.ask(Question::GoTo, "");
    }

    /// Names the candidates for what is typed so far.
    pub(super) fn name_candidates(&mut self, typed: &str) {
        self.completion = None;
        let candidates = self.candidates(typed);
        let named: Vec<&str> = candidates.iter().take(MOST_NAMED).map(String::as_str).collect();
        self.message = (!named.is_empty() && !typed.is_empty()).then(|| named.join("  ").into());
    }

    /// Puts the first candidate into the line, and the next one at another Tab.
    pub(super) fn complete(&mut self, prompt: &mut Prompt) {
        let completion = match self.completion.take() {
            Some(Completion { typed, place }) => Completion { typed, place: place + 1 },
            None => Completion { typed: prompt.typed.text().to_owned(), place: 0 },
        };
        let candidates = self.candidates(&completion.typed);
        let Some(place) = completion.place.checked_rem(candidates.len()) else {
            self.say("nothing begins like this");
            return;
        };
        if let Some(candidate) = candidates.get(place) {
            prompt.typed = LineEditor::new(candidate);
        }
        let others = candidates.iter().cycle().skip(place + 1).take(candidates.len().min(MOST_NAMED + 1) - 1);
        let others = others.map(String::as_str).collect::<Vec<_>>().join("  ");
        self.message = Some(others).filter(|words| !words.is_empty()).map(Message::from);
        self.completion = Some(Completion { place, ..completion });
    }

    /// Goes to the comment or story of that number; or runs the command of that name; or takes the only command or list whose name
    /// begins so; else opens the target.
    pub(super) fn go_to(&mut self, text: &str) {
        if text.is_empty() || text.parse().is_ok_and(|number| self.go_to_number(number) || self.lacks_number(number)) {
            return;
        }
        let alias = ALIASES.iter().find(|(alias, _)| *alias == text).map(|(_, command)| Command::from(*command));
        let named = alias.or_else(|| Command::named(text).filter(|command| self.is_of_use(*command)));
        let only = self.only_word(text).unwrap_or(text).to_owned();
        let is_list = self.words_of_lists().any(|list| list == only);
        let command = Command::named(&only).filter(|command| !is_list && self.is_of_use(*command));
        match named.or(command) {
            Some(command) => self.run(command),
            None => self.effects.push(Effect::GoTo(only)),
        }
    }

    /// Goes to the comment or story of a number, as it stands before a story and on the status line; whether the page
    /// has so many.
    pub(super) fn go_to_number(&mut self, number: usize) -> bool {
        let Some(place) = number.checked_sub(1) else { return false };
        if let Some(list) = self.page.list_mut() {
            let chosen = list.view_mut().choose_number(number);
            if chosen.is_some_and(|chosen| chosen > number) {
                self.say(format!("story {number} is not shown: this is the next one"));
            }
            return chosen.is_some();
        }
        let comments = self.page.thread().map_or(0, |view| view.thread().len());
        let index = u32::try_from(place).ok().filter(|&index| index < comments);
        index.is_some_and(|index| self.step_to(index))
    }

    /// Says that the page has no comment or story of a number; whether the number can mean one.
    fn lacks_number(&mut self, number: usize) -> bool {
        let Some(last) = self.last_number().filter(|_| number <= MOST_PLACES) else { return false };
        self.say(format!("there is no number {number}: {}", self.number_words(last)));
        true
    }

    /// The word that begins like this, where it is the only one.
    fn only_word(&self, text: &str) -> Option<&str> {
        let mut found: Vec<&str> = Vec::new();
        for word in self.words().filter(|word| word.starts_with(text)) {
            if !found.contains(&word) {
                found.push(word);
            }
        }
        found
            .iter()
            .copied()
            .find(|word| *word == text)
            .or_else(|| <[&str; 1]>::try_from(found).ok().map(|[only]| only))
    }

    /// The words that can be typed to go somewhere, or to have something done, on this page.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let commands = Command::entries().filter(|entry| self.is_of_use(entry.command)).map(|entry| entry.name);
        self.words_of_lists().chain(commands)
    }

    /// The names of sites and of other lists that stand for themselves.
    fn words_of_lists(&self) -> impl Iterator<Item = &str> {
        let sections = self.options.sections.iter().filter(|section| !section.contains(['/', ':']));
        self.options.sites.iter().chain(sections).map(String::as_str)
    }

    /// Whether a command is of use on the page.
    fn is_of_use(&self, command: Command) -> bool {
        command.scope() == Scope::Both || command.scope() == self.page.scope()
    }

    /// Sites, sections, pages that were open, bookmarks, and commands whose names have these letters in this order: those
    /// that begin with them first, then those that have them in one piece.
    fn candidates(&self, typed: &str) -> Vec<String> {
        let tabs = self.page.list().into_iter().flat_map(|list| &list.heading().tabs).map(|tab| tab.target.as_str());
        let sites = self.options.sites.iter().map(String::as_str);
        let pages = self.back_stack.iter().chain(&self.kept).map(Page::source);
        let commands = Command::entries().filter(|entry| self.is_of_use(entry.command)).map(|entry| entry.name);
        let mut names: Vec<&str> = Vec::new();
        let bookmarks = self.bookmarks().iter().map(|(_, address)| address).filter(|address| !address.is_empty());
        for name in sites
            .chain(tabs)
            .chain(self.options.sections.iter().map(String::as_str))
            .chain(pages)
            .chain(bookmarks)
            .chain(commands)
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut ranked: Vec<(u8, &str)> =
            names.into_iter().filter_map(|name| Some((rank(name, typed)?, name))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, name)| name.to_owned()).collect()
    }
}

/// How well a name fits what is typed, the best 0; `None` where it does not have its letters in this order.
fn rank(name: &str, typed: &str) -> Option<u8> {
    if name.starts_with(typed) {
        return Some(0);
    }
    if name.contains(typed) {
        return Some(1);
    }
    let mut letters = name.chars();
    typed.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn names_that_begin_alike_come_first() {
        assert_eq!(
            ["hn/best", "best", "b-e-s-t", "worst"].map(|name| rank(name, "best")),
            [Some(1), Some(0), Some(2), None]
        );
        assert_eq!(rank("anything", ""), Some(0));
    }
}
