//! The prompt at the foot of the screen, where a bound, a search or a filter is typed.

use super::{App, Code, Key};
use crate::markup::clean_line;
use crate::view::{Bound, LineEditor};

/// The question that a typed line answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The bound outside of which comments are hidden.
    MinScore,
    /// The query that stories of the list must meet. Takes effect while it is typed.
    FilterList,
    /// The words to search the site for.
    SearchSite,
    /// The words to search the thread for. Takes effect while it is typed.
    Search,
    /// The query that comments must meet. Takes effect while it is typed.
    Filter,
    /// A target to open, or a command to run.
    GoTo,
    /// The words that stand beside an author's name.
    Tag,
    /// The command that gets the text of the comment.
    PipeComment,
    /// The command that gets all that is shown.
    PipeShown,
}

impl Question {
    /// The question about the other of the two texts that can be piped.
    fn other_text(self) -> Option<Self> {
        match self {
            Self::PipeComment => Some(Self::PipeShown),
            Self::PipeShown => Some(Self::PipeComment),
            Self::MinScore
            | Self::FilterList
            | Self::SearchSite
            | Self::Search
            | Self::Filter
            | Self::GoTo
            | Self::Tag => None,
        }
    }

    /// The words before the line.
    pub fn label(self) -> &'static str {
        match self {
            Self::MinScore => "hide below (3, 20%, 10m)",
            Self::FilterList => "only with",
            Self::SearchSite => "search",
            Self::Search => "find",
            Self::Filter => "filter",
            Self::GoTo => "go to",
            Self::Tag => "tag for this author",
            Self::PipeComment => "pipe this comment to",
            Self::PipeShown => "pipe all that is shown to",
        }
    }

    /// The same in fewer words, for narrow screens.
    pub(super) fn narrow_label(self) -> &'static str {
        match self {
            Self::MinScore => "below (3, 20%)",
            _ => self.short_label(),
        }
    }

    /// The same in yet fewer words.
    pub(super) fn short_label(self) -> &'static str {
        match self {
            Self::MinScore => "hide below",
            Self::Tag => "tag",
            Self::PipeComment => "pipe this to",
            Self::PipeShown => "pipe all to",
            Self::FilterList | Self::SearchSite | Self::Search | Self::Filter | Self::GoTo => self.label(),
        }
    }
}

/// A line being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The question that it answers.
    pub question: Question,
    /// The line so far.
    pub typed: LineEditor,
    /// The number of lines that the reader has gone back among those typed before.
    pub recalled: usize,
    /// Whether something is wrong with the character that the cursor stands on; the message says what.
    pub has_error: bool,
}

impl App {
    /// Asks for a line, beginning with `text`, which is selected: it is there to be edited, or to be typed over.
    pub(super) fn ask(&mut self, question: Question, text: &str) {
        self.prompt = Some(Prompt { question, typed: LineEditor::selected(text), recalled: 0, has_error: false });
    }

    /// Gives a line back that was no answer, with the cursor at this byte.
    pub(super) fn give_back(&mut self, question: Question, text: &str, at: usize) {
        self.ask(question, text);
        if let Some(prompt) = &mut self.prompt {
            prompt.typed.go(at);
        }
    }

    /// Hides what is outside the bound that was typed; the line stays where it is none.
    fn answer_min_score(&mut self, text: &str) {
        match Bound::parse(text) {
            _ if text.is_empty() => self.say("nothing typed: the thresholds stay".to_owned()),
            Ok(bound) => self.set_hide(bound),
            Err(says) => {
                self.say(says);
                self.give_back(Question::MinScore, text, text.len());
            }
        }
    }

    /// Gives a key to the line that is being typed.
    pub(super) fn press_prompt(&mut self, mut prompt: Prompt, key: Key) {
        match key.code {
            Code::Esc => self.give_up_prompt(prompt.question),
            Code::Enter => self.answer_prompt(&prompt),
            // On an empty line there is nothing more to take away, so the question goes.
            Code::Backspace if prompt.typed.text().is_empty() => self.give_up_prompt(prompt.question),
            Code::Tab if prompt.question == Question::GoTo => {
                self.complete(&mut prompt);
                self.prompt = Some(prompt);
            }
            Code::Tab if prompt.question.other_text().is_some() => {
                let question = prompt.question.other_text().unwrap_or(prompt.question);
                self.prompt = Some(Prompt { question, ..prompt });
            }
            _ => {
                let before = prompt.typed.text().to_owned();
                if matches!(key.code, Code::Up | Code::Down) {
                    self.recall_typed(&mut prompt, key.code == Code::Up);
                }
                edit(&mut prompt.typed, key);
                self.typed(prompt, &before);
            }
        }
    }

    /// Puts a pasted text into the line that is being typed.
    pub(super) fn paste(&mut self, text: &str) {
        let Some(mut prompt) = self.prompt.take() else { return };
        let before = prompt.typed.text().to_owned();
        prompt.typed.insert(&clean_line(text));
        self.typed(prompt, &before);
    }

    /// Takes a line that is still being typed; `before` is what it was.
    fn typed(&mut self, mut prompt: Prompt, before: &str) {
        prompt.has_error = false;
        let text = prompt.typed.text();
        match prompt.question {
            // What is wrong is said at the end: on the way to a query there are lines that are none.
            Question::FilterList => _ = self.filter_list(text),
            Question::Search => {
                if text != before {
                    self.search_for(text);
                }
            }
            Question::Filter => {
                if text != before {
                    self.filter_while_typed(text);
                }
            }
            Question::GoTo => {
                if text != before {
                    let text = text.to_owned();
                    self.name_candidates(&text);
                }
            }
            Question::MinScore | Question::SearchSite | Question::Tag | Question::PipeComment | Question::PipeShown => {
            }
        }
        self.prompt = Some(prompt);
    }

    /// Ends typing without an answer.
    pub(super) fn give_up_prompt(&mut self, question: Question) {
        match question {
            Question::FilterList => self.give_up_list_filter(),
            Question::Search => self.give_up_search(),
            Question::Filter => self.give_up_filter(),
            Question::MinScore
            | Question::SearchSite
            | Question::GoTo
            | Question::Tag
            | Question::PipeComment
            | Question::PipeShown => {}
        }
    }

    /// Does what the typed line says.
    pub(super) fn answer_prompt(&mut self, prompt: &Prompt) {
        // As in a pager: nothing stands for what was searched for last.
        if prompt.question == Question::Search && prompt.typed.text().is_empty() {
            let last = self.typed_last(Question::Search).to_owned();
            self.search_for(&last);
            self.end_search(&last);
            return;
        }
        self.keep_typed(prompt.question, prompt.typed.text());
        let text = prompt.typed.text().trim();
        match prompt.question {
            Question::MinScore => self.answer_min_score(text),
            Question::FilterList => self.end_list_filter(prompt.typed.text()),
            Question::Search => self.end_search(prompt.typed.text()),
            Question::Filter => self.set_filter(prompt.typed.text()),
            Question::GoTo => self.go_to(text),
            Question::Tag => self.set_tag(text),
            Question::PipeComment | Question::PipeShown => self.pipe(prompt.question, text.to_owned()),
            Question::SearchSite => {
                if !text.is_empty() {
                    self.search_site(text);
                }
            }
        }
    }
}

/// Changes a line by a key, as shells do.
pub(super) fn edit(typed: &mut LineEditor, key: Key) {
    if !key.is_text() {
        typed.unselect();
    }
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
