//! The row of hints for beginners: the keys that matter most on the page that is on the screen.

use super::{App, Command, Key, Where};

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

impl App {
    /// Whether there is a row of hints.
    pub fn has_hints(&self) -> bool {
        self.options.hints && self.size.1 >= LEAST_LINES
    }

    /// The keys that are hinted at and what they do, the way out first.
    pub fn hints(&self) -> Vec<(Key, &'static str)> {
        let out = if self.has_way_back() { "back" } else { "quit" };
        let rest = if self.page.place() == Where::List { IN_LIST } else { IN_THREAD };
        let all = [(Command::Leave, out)].into_iter().chain(rest);
        // People who need hints know arrows rather than letters.
        let key = |command| self.keys.keys(command).min_by_key(|key| key.is_letter());
        all.filter_map(|(command, does)| Some((key(command)?, does))).collect()
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
