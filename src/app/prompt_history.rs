//! The lines that were typed into prompts before: the way back through them, and keeping them.

use super::{App, Prompt, Question, StoreRequest};
use crate::view::LineEditor;

/// The most lines that are kept for a question while the program runs.
const MOST: usize = 500;

/// The questions whose lines the store keeps, with the names of their prompts there.
const NAMES: [(Question, &str); 8] = [
    (Question::MinScore, "threshold"),
    (Question::FilterList, "list filter"),
    (Question::SearchSite, "site search"),
    (Question::Search, "search"),
    (Question::Filter, "filter"),
    (Question::GoTo, "go to"),
    (Question::PipeComment, "pipe comment"),
    (Question::PipeShown, "pipe all"),
];

/// The names of the prompts whose lines the store keeps.
pub const PROMPTS: [&str; NAMES.len()] = {
    let mut names = [""; NAMES.len()];
    let mut place = 0;
    while place < NAMES.len() {
        names[place] = NAMES[place].1;
        place += 1;
    }
    names
};

impl App {
    /// The line that was typed last for a question; empty where none was.
    pub(super) fn typed_last(&self, question: Question) -> &str {
        self.typed_lines(question).first().map_or("", String::as_str)
    }

    fn typed_lines(&self, question: Question) -> &[String] {
        self.typed.iter().find(|(asked, _)| *asked == question).map_or(&[], |(_, lines)| lines)
    }

    /// Puts an earlier line of the same question into the prompt, or a later one; behind the last one the line is empty.
    pub(super) fn recall_typed(&self, prompt: &mut Prompt, is_earlier: bool) {
        let lines = self.typed_lines(prompt.question);
        let recalled =
            if is_earlier { (prompt.recalled + 1).min(lines.len()) } else { prompt.recalled.saturating_sub(1) };
        let line = recalled.checked_sub(1).and_then(|place| lines.get(place));
        if is_earlier && line.is_none() {
            return;
        }
        prompt.recalled = recalled;
        prompt.typed = LineEditor::new(line.map_or("", String::as_str));
    }

    /// Keeps a line that answers a question.
    pub(super) fn keep_typed(&mut self, question: Question, text: &str) {
        if text.is_empty() {
            return;
        }
        let lines = self.lines_mut(question);
        lines.retain(|line| line != text);
        lines.insert(0, text.to_owned());
        lines.truncate(MOST);
        let name = NAMES.iter().find(|(asked, _)| *asked == question).map(|(_, name)| *name);
        if let Some(name) = name.filter(|_| !self.is_demo()) {
            self.ask_store(StoreRequest::PutTyped(name, text.to_owned()));
        }
    }

    /// Takes the lines that were typed before the program began, by the names of their prompts.
    pub(super) fn take_typed(&mut self, typed: Vec<(String, Vec<String>)>) {
        for (name, earlier) in typed {
            let Some((question, _)) = NAMES.iter().find(|(_, known)| *known == name) else { continue };
            let lines = self.lines_mut(*question);
            let new = earlier.into_iter().filter(|line| !lines.contains(line)).collect::<Vec<_>>();
            lines.extend(new);
        }
    }

    fn lines_mut(&mut self, question: Question) -> &mut Vec<String> {
        let place = self.typed.iter().position(|(asked, _)| *asked == question).unwrap_or_else(|| {
            self.typed.push((question, Vec::new()));
            self.typed.len() - 1
        });
        &mut self.typed[place].1
    }
}
