//! The row of hints for beginners: the keys that matter most on the page that is on the screen.

use std::ops::Range;

use super::own_lists::is_of_people;
use super::{
    App, Code, Command, GlobalCommand, Key, ListCommand, Message, Motion, PageContent, Question, ThreadCommand,
    in_ascii, tabs,
};
use crate::view::{ListView, Row, ThreadView, Visibility};

/// Columns between two hints.
pub(super) const HINT_GAP: usize = 3;
/// The same on rows of fewer columns than `WIDE`, where keys for the thresholds stand at the end.
const NARROW_GAP: usize = 2;
const WIDE: usize = 100;
/// Screens with fewer lines have none to give away.
const LEAST_LINES: usize = 16;

/// The commands that are hinted at in a thread, the most needed first. Those for the thresholds stand in places of their own.
const IN_THREAD: [(Command, &str); 8] = [
    (Command::Thread(ThreadCommand::NextNew), "next unread"),
    (Command::Motion(Motion::Down), "next"),
    (Command::Thread(ThreadCommand::ReadOn), "read on"),
    (Command::Thread(ThreadCommand::Search), "find"),
    (Command::Thread(ThreadCommand::Toggle), "open"),
    (Command::Global(GlobalCommand::Help), "all keys"),
    (Command::Thread(ThreadCommand::NextTop), "next top-level"),
    (Command::Global(GlobalCommand::Hints), "hide hints"),
];

/// The commands that are hinted at in a list.
const IN_LIST: [(Command, &str); 9] = [
    (Command::Motion(Motion::Down), "next"),
    (Command::List(ListCommand::OpenThread), "read"),
    (Command::List(ListCommand::NextSection), "next section"),
    (Command::List(ListCommand::NextSite), "next site"),
    (Command::List(ListCommand::FilterList), "filter"),
    (Command::List(ListCommand::Sort), "order"),
    (Command::Global(GlobalCommand::Help), "all keys"),
    (Command::List(ListCommand::BrowseArticle), "article"),
    (Command::Global(GlobalCommand::Hints), "hide hints"),
];

/// The commands that are hinted at in the list of people.
const IN_PEOPLE: [(Command, &str); 6] = [
    (Command::Motion(Motion::Down), "next"),
    (Command::List(ListCommand::OpenThread), "undo or change"),
    (Command::List(ListCommand::NextSection), "next section"),
    (Command::List(ListCommand::NextSite), "next site"),
    (Command::Global(GlobalCommand::Help), "all keys"),
    (Command::Global(GlobalCommand::Hints), "hide hints"),
];

/// The keys that are hinted at while something is typed.
const IN_PROMPT: [(Code, &str); 2] = [(Code::Enter, "goes"), (Code::Esc, "gives up")];

/// The keys that are hinted at while a command for a text is typed.
const IN_PIPE: [(Code, &str); 3] =
    [(Code::Enter, "goes"), (Code::Esc, "gives up"), (Code::Tab, "this comment, or all that is shown")];

/// The commands that are hinted at where nothing could be loaded.
const ON_ERROR: [(Command, &str); 3] = [
    (Command::Global(GlobalCommand::Reload), "try again"),
    (Command::Global(GlobalCommand::BrowseStory), "browser"),
    (Command::Global(GlobalCommand::Help), "all keys"),
];

/// The commands that are hinted at while something is searched for.
const IN_SEARCH: [(Command, &str); 2] =
    [(Command::Thread(ThreadCommand::NextMatch), "next"), (Command::Thread(ThreadCommand::PreviousMatch), "previous")];

/// A hint as it stands on its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintCell {
    /// Its first column.
    pub x: usize,
    /// The key.
    pub hint: KeyHint,
}

impl HintCell {
    /// Its columns.
    pub fn columns(&self) -> Range<usize> {
        self.x..self.x + self.hint.width()
    }
}

/// A key that is named on the screen, with what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHint {
    /// The key.
    pub key: Key,
    /// The key's name in the characters that the terminal has.
    pub name: String,
    /// What it does.
    pub does: &'static str,
}

impl KeyHint {
    /// Its columns: the key's name, a space, what it does.
    pub fn width(&self) -> usize {
        self.name.chars().count() + 1 + self.does.chars().count()
    }
}

impl App {
    /// Whether there is a row of hints.
    pub fn has_hints(&self) -> bool {
        self.options.hints && self.size.1 >= LEAST_LINES
    }

    /// Whether the row above the status line names keys: hints, or in their absence those of a question.
    pub fn has_hint_row(&self) -> bool {
        self.frame() > 0 && (self.has_hints() || self.prompt.is_some())
    }

    /// The keys that are hinted at and what they do next, the way out first.
    pub fn hints(&self) -> Vec<(Key, &'static str)> {
        if let Some(prompt) = &self.prompt {
            let is_pipe = matches!(prompt.question, Question::PipeComment | Question::PipeShown);
            let keys = if is_pipe { &IN_PIPE[..] } else { &IN_PROMPT };
            return keys.iter().map(|&(code, does)| (Key::plain(code), does)).collect();
        }
        // A box takes all keys, and names its own at its foot.
        if self.overlay.is_some() {
            return Vec::new();
        }
        let out = match (self.has_way_back(), self.leads_to_all_stories()) {
            (true, _) => "back",
            (false, true) => "all stories",
            (false, false) => "quit",
        };
        let all =
            self.hints_of_state().into_iter().chain([(GlobalCommand::Leave.into(), out)]).chain(self.hints_of_page());
        // People who need hints know arrows rather than letters, and these rather than keys with Alt.
        let key = |command| self.keys.keys(command).min_by_key(|key| (key.alt, key.is_letter()));
        let mut hints: Vec<(Key, &'static str)> = Vec::new();
        for (command, does) in all.filter(|(command, _)| self.can_run(*command)) {
            let said = |key: &Key| hints.iter().any(|(said, _)| said == key);
            hints.extend(key(command).filter(|key| !said(key)).map(|key| (key, does)));
        }
        hints
    }

    /// The hints as they stand on their row: as many as there is room for, and at its end the keys for the thresholds that
    /// the bar has no room for, always in the same place. What does not fit is left out for what is shorter behind it.
    pub fn hint_cells(&self) -> Vec<HintCell> {
        let at_end = self.threshold_hints();
        let (room, gap) = match at_end.first() {
            Some(first) if self.size.0 < WIDE => (first.x.saturating_sub(NARROW_GAP), NARROW_GAP),
            Some(first) => (first.x.saturating_sub(HINT_GAP), HINT_GAP),
            None => (self.size.0, HINT_GAP),
        };
        let mut hints = self.hints();
        let mut cells = self.in_row(&hints, room, gap);
        // What the arrow does goes without saying, where that makes room.
        let command = |key: Key| self.keys.command(key, self.page.scope());
        let is_needed = |key: Key| {
            let needed = [ThreadCommand::Search.into(), ThreadCommand::Toggle.into(), ListCommand::Sort.into()];
            command(key)
                .is_some_and(|command| needed.into_iter().chain(self.way_command()).any(|needed| needed == command))
        };
        if hints.iter().any(|&(key, _)| is_needed(key) && cells.iter().all(|cell| cell.hint.key != key)) {
            hints.retain(|&(key, _)| command(key) != Some(Motion::Down.into()));
            cells = self.in_row(&hints, room, gap);
        }
        cells.into_iter().chain(at_end).collect()
    }

    /// Hints beside each other up to a column, without those that do not fit.
    fn in_row(&self, hints: &[(Key, &'static str)], room: usize, gap: usize) -> Vec<HintCell> {
        let mut x = self.foot_start() + 1;
        let mut cells = Vec::new();
        for &(key, does) in hints {
            let hint = self.key_hint(key, does);
            let end = x + hint.width();
            if end <= room {
                cells.push(HintCell { x, hint });
                x = end + gap;
            }
        }
        cells
    }

    /// A key as the screen names it.
    pub(super) fn key_hint(&self, key: Key, does: &'static str) -> KeyHint {
        KeyHint { key, name: self.own_words(&key.to_string()), does }
    }

    /// lurker's own words in the characters that the terminal has.
    pub(super) fn own_words(&self, words: &str) -> String {
        if self.options.ascii { in_ascii(words).into_owned() } else { words.to_owned() }
    }

    /// A line of lurker's own words in the characters that the terminal has.
    pub(super) fn own_message(&self, message: &Message) -> Message {
        if self.options.ascii { message.in_ascii() } else { message.clone() }
    }

    /// The commands that are of use only now.
    fn hints_of_state(&self) -> Vec<(Command, &'static str)> {
        let searches = self.page.thread().is_some_and(|view| view.search().is_some());
        let ends = match (self.is_loading(), self.page.has_filter(), searches) {
            (true, ..) => "stop loading",
            (_, true, _) => "clear the filter",
            (.., true) => "end search",
            (false, false, false) => return Vec::new(),
        };
        let steps = if searches { &IN_SEARCH[..] } else { &[] };
        steps.iter().copied().chain([(GlobalCommand::Cancel.into(), ends)]).collect()
    }

    fn hints_of_page(&self) -> Vec<(Command, &'static str)> {
        let first = if self.page.error().is_some() { &ON_ERROR[..] } else { &[] };
        let of_content = match self.page.content() {
            PageContent::Failed(_) => &[][..],
            PageContent::List(list) if is_of_people(list.view()) => &IN_PEOPLE,
            PageContent::List(_) => &IN_LIST,
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Thread(_) => &IN_THREAD,
        };
        let ways = self.way_command().map(|command| (command, "open"));
        let says = |&(command, does): &(Command, &'static str)| {
            let does_next = match (command, self.page.thread()) {
                (Command::Thread(command), Some(view)) => self.does_next(view, command),
                _ => None,
            };
            (command, does_next.unwrap_or(does))
        };
        ways.into_iter().chain(first.iter().chain(of_content).map(says)).collect()
    }

    /// The words for what a command does where the reader is in a thread, where that is not what it does in most places.
    fn does_next(&self, view: &ThreadView, command: ThreadCommand) -> Option<&'static str> {
        match command {
            ThreadCommand::Toggle => is_on_whole_comment(view).then_some("fold"),
            ThreadCommand::NextNew => view.leads_to_new().then_some("next new"),
            ThreadCommand::ReadOn => self.is_at_end_of_thread().then_some("next story"),
            _ => None,
        }
    }

    /// Whether a command that hints name has something to do on the page.
    fn can_run(&self, command: Command) -> bool {
        match command {
            _ if self.way_command() == Some(command) => true,
            Command::Global(GlobalCommand::BrowseStory) => self.page.is_on_web(),
            Command::Global(GlobalCommand::Reload) => self.can_load_again(),
            Command::Global(_) => true,
            Command::Motion(_) => self.page.thread().is_some() || self.page.list().is_some_and(|list| list.len() > 1),
            Command::Thread(ThreadCommand::ReadOn) => {
                self.page.thread().is_some() && (!self.is_at_end_of_thread() || self.has_next_story())
            }
            Command::Thread(command) => self.page.thread().is_some_and(|view| can_run_in(view, command)),
            Command::List(command) => self.page.list().is_some_and(|list| self.can_run_on(list, command)),
        }
    }

    fn can_run_on(&self, list: &ListView, command: ListCommand) -> bool {
        match command {
            ListCommand::NextSection => {
                let tabs = list.heading().tabs.len();
                tabs::here(list.heading()).map_or(tabs > 0, |here| here + 1 < tabs)
            }
            ListCommand::NextSite => self.neighbouring_sites().is_some(),
            ListCommand::FilterList => !list.entries().is_empty(),
            ListCommand::Sort => list.len() > 1,
            _ => !list.is_empty(),
        }
    }

    /// Shows the row of hints, or takes it away; the place stays on its line. Where there is no room for one, says so.
    pub(super) fn toggle_hints(&mut self) {
        if self.size.1 < LEAST_LINES {
            self.say(format!("hints show on screens of at least {LEAST_LINES} lines"));
            return;
        }
        self.options.hints = !self.options.hints;
        self.fit_page();
        if !self.options.hints {
            let back = self.keys.key_for(GlobalCommand::Hints, "shows them");
            self.say(Message::from("hints are hidden").and(back));
        }
    }
}

/// Whether the reader stands on a comment that is shown in full.
fn is_on_whole_comment(view: &ThreadView) -> bool {
    let Row::Comment(index) = view.place().row else { return false };
    view.rows().visibility(index) == Visibility::Full && !view.rows().is_folded(index)
}

/// Whether a command that hints name has something to do in a thread.
fn can_run_in(view: &ThreadView, command: ThreadCommand) -> bool {
    match command {
        ThreadCommand::NextMatch | ThreadCommand::PreviousMatch => view.match_place().1 > 0,
        ThreadCommand::Toggle => matches!(view.place().row, Row::Comment(_) | Row::Marker(_) | Row::Rest),
        ThreadCommand::NextNew => view.was_seen_before() && view.leads_to_unread(),
        _ => !view.thread().is_empty(),
    }
}
