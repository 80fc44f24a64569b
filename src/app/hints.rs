//! The row of hints for beginners: the keys that matter most on the page that is on the screen.

use super::{App, Code, Command, Key, Scope};

/// Screens with fewer lines have none to give away.
const LEAST_LINES: usize = 16;

/// The commands that are hinted at in a thread, the most needed first.
const IN_THREAD: [(Command, &str); 8] = [
    (Command::Down, "next"),
    (Command::Toggle, "open/fold"),
    (Command::Help, "all keys"),
    (Command::HideMore, "hide more"),
    (Command::HideLess, "fewer"),
    (Command::Search, "find"),
    (Command::NextTop, "next thread"),
    (Command::Hints, "no hints"),
];

/// The commands that are hinted at in a list.
const IN_LIST: [(Command, &str); 8] = [
    (Command::Down, "next"),
    (Command::OpenThread, "read"),
    (Command::NextSection, "section"),
    (Command::NextSite, "site"),
    (Command::Help, "all keys"),
    (Command::FilterList, "filter"),
    (Command::BrowseArticle, "article"),
    (Command::Hints, "no hints"),
];

/// What is hinted at while something is typed.
const IN_PROMPT: [(Code, &str); 2] = [(Code::Enter, "goes"), (Code::Esc, "gives up")];

/// The commands that are hinted at where nothing could be had.
const ON_PROBLEM: [(Command, &str); 3] =
    [(Command::Reload, "try again"), (Command::BrowseStory, "browser"), (Command::Help, "all keys")];

/// The commands that are hinted at while something is searched for.
const IN_SEARCH: [(Command, &str); 3] =
    [(Command::NextMatch, "next"), (Command::PreviousMatch, "previous"), (Command::Cancel, "end search")];

impl App {
    /// Whether there is a row of hints.
    pub fn has_hints(&self) -> bool {
        self.options.hints && self.size.1 >= LEAST_LINES
    }

    /// The keys that are hinted at and what they do, the way out first.
    pub fn hints(&self) -> Vec<(Key, &'static str)> {
        if self.prompt.is_some() {
            return IN_PROMPT.map(|(code, does)| (Key::plain(code), does)).to_vec();
        }
        let out = if self.has_way_back() { "back" } else { "quit" };
        let all = self
            .hints_of_state()
            .into_iter()
            .chain([(Command::Leave, out)])
            .chain(self.hints_of_page().iter().copied());
        // People who need hints know arrows rather than letters.
        let key = |command| self.keys.keys(command).min_by_key(|key| key.is_letter());
        let is_of_use = |command: &Command| *command != Command::BrowseStory || self.page.is_on_web();
        all.filter(|(command, _)| is_of_use(command))
            .filter_map(|(command, does)| Some((key(command)?, does)))
            .collect()
    }

    /// What is of use only now.
    fn hints_of_state(&self) -> Vec<(Command, &'static str)> {
        let view = self.page.view.as_ref();
        let filters = view.is_some_and(|view| view.filter().is_some())
            || self.page.list.as_ref().is_some_and(|list| !list.filter().is_empty());
        if view.is_some_and(|view| view.search().is_some()) {
            return IN_SEARCH.to_vec();
        }
        let filter = filters.then_some((Command::Cancel, "clear the filter"));
        let stop = self.is_loading().then_some((Command::Cancel, "stop loading"));
        stop.or(filter).into_iter().collect()
    }

    fn hints_of_page(&self) -> &'static [(Command, &'static str)] {
        match self.page.place() {
            _ if self.page.problem.is_some() && self.page.list.is_none() => &ON_PROBLEM,
            Scope::List => &IN_LIST,
            Scope::Thread | Scope::Both => &IN_THREAD,
        }
    }

    /// Shows the row of hints, or takes it away; the place stays on its line.
    pub(super) fn toggle_hints(&mut self) {
        self.options.hints = !self.options.hints;
        self.fit_page();
        if self.options.hints && !self.has_hints() {
            self.message = Some("hints show on screens of at least 16 lines".to_owned());
        }
    }
}
