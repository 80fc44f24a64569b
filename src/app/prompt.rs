//! What is asked at the foot of the screen: a score, words to look for, a filter; and what is done with it.

use super::{App, Code, Effect, Key};
use crate::markup::clean_line;
use crate::view::Typed;

/// What a typed line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The score below which comments are hidden.
    MinScore,
    /// The words that stories of the list must have. Takes effect while it is typed.
    FilterList,
    /// What to search the site for.
    SearchSite,
    /// What to look for in the thread. Found while it is typed.
    Search,
    /// The query that comments must meet.
    Filter,
}

impl Question {
    /// The words before the line.
    pub fn label(self) -> &'static str {
        match self {
            Self::MinScore => "hide below",
            Self::FilterList => "only with",
            Self::SearchSite => "search",
            Self::Search => "find",
            Self::Filter => "filter",
        }
    }
}

/// A line being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What for.
    pub question: Question,
    /// The line so far.
    pub typed: Typed,
}

impl App {
    /// Asks for a line, beginning with `text`.
    pub(super) fn ask(&mut self, question: Question, text: &str) {
        self.prompt = Some(Prompt { question, typed: Typed::new(text) });
    }

    /// Gives a key to the line that is being typed.
    pub(super) fn press_prompt(&mut self, mut prompt: Prompt, key: Key) -> Vec<Effect> {
        match key.code {
            Code::Esc => self.give_up_prompt(prompt.question),
            Code::Enter => return self.answer_prompt(&prompt),
            // On an empty line there is nothing more to take away, so the question goes.
            Code::Backspace if prompt.typed.text().is_empty() => self.give_up_prompt(prompt.question),
            _ => {
                let before = prompt.typed.text().to_owned();
                if key.code == Code::Up {
                    prompt.typed = Typed::new(self.typed_last(prompt.question));
                }
                edit(&mut prompt.typed, key);
                return self.typed(prompt, &before);
            }
        }
        Vec::new()
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        let Some(mut prompt) = self.prompt.take() else { return Vec::new() };
        let before = prompt.typed.text().to_owned();
        prompt.typed.insert(&clean_line(text));
        self.typed(prompt, &before)
    }

    /// What a line does while it is typed; `before` is what it was.
    fn typed(&mut self, prompt: Prompt, before: &str) -> Vec<Effect> {
        let text = prompt.typed.text();
        let mut effects = Vec::new();
        match prompt.question {
            Question::Search if text != before => effects = self.search_for(text),
            Question::FilterList => {
                if let Some(list) = &mut self.page.list {
                    list.set_filter(text);
                }
            }
            Question::MinScore if !text.is_empty() && text != "-" && text.parse::<i32>().is_err() => {
                self.message = Some("a score is a whole number, perhaps with - before it".to_owned());
            }
            Question::MinScore | Question::SearchSite | Question::Search | Question::Filter => {}
        }
        self.prompt = Some(prompt);
        effects
    }

    fn give_up_prompt(&mut self, question: Question) {
        match question {
            Question::FilterList => {
                if let Some(list) = &mut self.page.list {
                    list.set_filter("");
                }
            }
            Question::Search => _ = self.clear_find(),
            Question::MinScore | Question::SearchSite | Question::Filter => {}
        }
    }

    /// What was typed last for a question; empty where nothing was.
    fn typed_last(&self, question: Question) -> &str {
        self.typed_last.iter().find(|(asked, _)| *asked == question).map_or("", |(_, text)| text)
    }

    fn keep_typed(&mut self, prompt: &Prompt) {
        self.typed_last.retain(|(question, _)| *question != prompt.question);
        self.typed_last.push((prompt.question, prompt.typed.text().to_owned()));
    }

    fn answer_prompt(&mut self, prompt: &Prompt) -> Vec<Effect> {
        // As in a pager: nothing stands for what was searched for last.
        if prompt.question == Question::Search && prompt.typed.text().is_empty() {
            let last = self.typed_last(Question::Search).to_owned();
            let effects = self.search_for(&last);
            self.end_search();
            return effects;
        }
        self.keep_typed(prompt);
        let text = prompt.typed.text().trim();
        match prompt.question {
            Question::MinScore => match text.parse() {
                Ok(score) => self.set_min_score(score),
                Err(_) => self.message = Some("no score typed: the thresholds stay".to_owned()),
            },
            Question::FilterList => {}
            Question::Search => self.end_search(),
            Question::Filter => self.set_filter(prompt.typed.text()),
            Question::SearchSite if text.is_empty() => {}
            Question::SearchSite => return self.search_site(text),
        }
        Vec::new()
    }
}

/// What a key does to a line, as shells have it.
fn edit(typed: &mut Typed, key: Key) {
    match (key.code, key.ctrl) {
        (Code::Char('u'), true) => _ = typed.delete_to_start(),
        (Code::Char('w'), true) => _ = typed.delete_word(),
        (Code::Char('a'), true) | (Code::Home, _) => typed.home(),
        (Code::Char('e'), true) | (Code::End, _) => typed.end(),
        (Code::Char('h'), true) | (Code::Backspace, _) => _ = typed.backspace(),
        (Code::Char('d'), true) | (Code::Delete, _) => _ = typed.delete(),
        (Code::Char('b'), true) | (Code::Left, _) => _ = typed.left(),
        (Code::Char('f'), true) | (Code::Right, _) => _ = typed.right(),
        (Code::Char(character), false) if !key.alt => typed.insert(character.encode_utf8(&mut [0; 4])),
        _ => {}
    }
}
