//! What a reader can do: every command once, with its name in key files and the sentence that help shows.

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is said in COMMANDS, which help shows")]
pub enum Command {
    Down,
    Up,
    NextSibling,
    PreviousSibling,
    FoldOrParent,
    OpenOrReply,
    NextTop,
    PreviousTop,
    Parent,
    NextByAuthor,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    Top,
    Bottom,
    JumpBack,
    JumpForth,
    Toggle,
    FoldThread,
    FoldAndNext,
    FoldAll,
    OpenAll,
    FoldBelow(u8),
    Automatic,
    OpenThread,
    BrowseArticle,
    NextSection,
    PreviousSection,
    Section(u8),
    NextSite,
    PreviousSite,
    FilterList,
    SearchSite,
    HideLess,
    HideMore,
    FullMore,
    FullLess,
    MinScore,
    Search,
    NextMatch,
    PreviousMatch,
    Filter,
    Label(u8),
    NextNew,
    Ancestors,
    Why,
    CodeLeft,
    CodeRight,
    BrowseComment,
    BrowseStory,
    Links,
    CopyLink,
    CopyText,
    Reload,
    Cancel,
    Help,
    Hints,
    Redraw,
    Suspend,
    Leave,
    Quit,
}

/// One line of the help screen.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Its name in key files.
    pub name: &'static str,
    /// What it does.
    pub help: &'static str,
}

/// What is on the screen when a key is pressed, and so where a command is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On a thread.
    Thread,
    /// On a list of stories.
    List,
    /// On both.
    Both,
}

impl Scope {
    /// Whether two commands may be meant by one key at the same time.
    pub fn meets(self, other: Self) -> bool {
        self == other || self == Self::Both || other == Self::Both
    }
}

/// A heading of the help screen, where its commands are of use, and they themselves.
pub type Group = (&'static str, Scope, &'static [Entry]);

const fn entry(command: Command, name: &'static str, help: &'static str) -> Entry {
    Entry { command, name, help }
}

/// Every command, under the headings and in the order of the help screen.
pub const COMMANDS: [Group; 9] = [
    (
        "Moving",
        Scope::Both,
        &[
            entry(Command::Down, "down", "next comment or story; a comment taller than the screen scrolls first"),
            entry(Command::Up, "up", "previous comment or story"),
            entry(Command::HalfPageDown, "half-page-down", "half a screen down"),
            entry(Command::HalfPageUp, "half-page-up", "half a screen up"),
            entry(Command::PageDown, "page-down", "a screen down"),
            entry(Command::PageUp, "page-up", "a screen up"),
            entry(Command::Top, "top", "to the top"),
            entry(Command::Bottom, "bottom", "to the end"),
        ],
    ),
    (
        "Lists of stories",
        Scope::List,
        &[
            entry(Command::OpenThread, "open-thread", "read the discussion"),
            entry(Command::BrowseArticle, "browse-article", "open what the story links to in the browser"),
            entry(Command::NextSection, "next-section", "next section of the site"),
            entry(Command::PreviousSection, "previous-section", "previous section of the site"),
            entry(Command::Section(1), "section-1", "first section"),
            entry(Command::Section(2), "section-2", ""),
            entry(Command::Section(3), "section-3", ""),
            entry(Command::Section(4), "section-4", ""),
            entry(Command::Section(5), "section-5", ""),
            entry(Command::Section(6), "section-6", ""),
            entry(Command::Section(7), "section-7", ""),
            entry(Command::Section(8), "section-8", ""),
            entry(Command::Section(9), "section-9", ""),
            entry(Command::NextSite, "next-site", "next site"),
            entry(Command::PreviousSite, "previous-site", "previous site"),
            entry(Command::FilterList, "filter-list", "show only stories with these words"),
            entry(Command::SearchSite, "search-site", "search the site"),
        ],
    ),
    (
        "Moving in a thread",
        Scope::Thread,
        &[
            entry(Command::NextSibling, "next-sibling", "next reply to the same comment"),
            entry(Command::PreviousSibling, "previous-sibling", "previous reply to the same comment"),
            entry(Command::FoldOrParent, "fold-or-parent", "fold; when folded, go to the parent"),
            entry(Command::OpenOrReply, "open-or-reply", "open; when open, go to the first reply"),
            entry(Command::NextTop, "next-top", "next top-level comment"),
            entry(Command::PreviousTop, "previous-top", "previous top-level comment"),
            entry(Command::Parent, "parent", "go to the parent"),
            entry(Command::NextByAuthor, "next-by-author", "next comment by the same author"),
            entry(Command::JumpBack, "jump-back", "back to where the last jump began"),
            entry(Command::JumpForth, "jump-forth", "forth again"),
        ],
    ),
    (
        "Folding",
        Scope::Thread,
        &[
            entry(Command::Toggle, "toggle", "open this comment, or fold it"),
            entry(Command::FoldThread, "fold-thread", "fold the whole thread from its top-level comment"),
            entry(Command::FoldAndNext, "fold-and-next", "fold this one and go on to what follows it"),
            entry(Command::FoldAll, "fold-all", "fold everything"),
            entry(Command::OpenAll, "open-all", "open everything, what is hidden too"),
            entry(Command::FoldBelow(1), "fold-below-1", "fold below the first level"),
            entry(Command::FoldBelow(2), "fold-below-2", ""),
            entry(Command::FoldBelow(3), "fold-below-3", ""),
            entry(Command::FoldBelow(4), "fold-below-4", ""),
            entry(Command::FoldBelow(5), "fold-below-5", ""),
            entry(Command::FoldBelow(6), "fold-below-6", ""),
            entry(Command::FoldBelow(7), "fold-below-7", ""),
            entry(Command::FoldBelow(8), "fold-below-8", ""),
            entry(Command::FoldBelow(9), "fold-below-9", ""),
            entry(Command::Automatic, "automatic", "undo all folding by hand: only the thresholds decide"),
        ],
    ),
    (
        "Thresholds",
        Scope::Thread,
        &[
            entry(Command::HideLess, "hide-less", "hide fewer: lower the score below which comments are hidden"),
            entry(Command::HideMore, "hide-more", "hide more"),
            entry(Command::FullMore, "full-more", "more in full: lower the score from which comments are whole"),
            entry(Command::FullLess, "full-less", "fewer in full"),
            entry(Command::MinScore, "min-score", "type the score below which comments are hidden"),
        ],
    ),
    (
        "Finding",
        Scope::Thread,
        &[
            entry(Command::Search, "search", "find words in subjects, authors and texts (re:/…/ is an expression)"),
            entry(Command::NextMatch, "next-match", "next place where they are found, opening the way to it"),
            entry(Command::PreviousMatch, "previous-match", "previous place where they are found"),
            entry(Command::Filter, "filter", "show only comments that meet a query: by:ann score:>=3 -is:op"),
            entry(Command::Label(0), "label-all", "all labels: no filter"),
            entry(Command::Label(1), "label-insightful", "only Insightful comments"),
            entry(Command::Label(2), "label-informative", "only Informative comments"),
            entry(Command::Label(3), "label-interesting", "only Interesting comments"),
            entry(Command::Label(4), "label-funny", "only Funny comments"),
            entry(Command::NextNew, "next-new", "next comment that is new since it was loaded before"),
        ],
    ),
    (
        "Looking",
        Scope::Thread,
        &[
            entry(Command::BrowseComment, "browse-comment", "open the comment's page in the browser"),
            entry(Command::Links, "links", "pick a link of this comment"),
            entry(Command::CopyText, "copy-text", "copy the comment's text"),
            entry(Command::Ancestors, "ancestors", "peek at the comments that this one answers"),
            entry(Command::Why, "why", "why this comment shows as it does"),
            entry(Command::CodeLeft, "code-left", "scroll code to the left"),
            entry(Command::CodeRight, "code-right", "scroll code to the right"),
        ],
    ),
    (
        "Links and text",
        Scope::Both,
        &[
            entry(Command::BrowseStory, "browse-story", "open the page of the story, or of the list, in the browser"),
            entry(Command::CopyLink, "copy-link", "copy the address of the comment or story"),
        ],
    ),
    (
        "The program",
        Scope::Both,
        &[
            entry(Command::Reload, "reload", "load again; folds and place stay"),
            entry(Command::Cancel, "cancel", "close what is open; stop loading; clear search and filter"),
            entry(Command::Help, "help", "this help"),
            entry(Command::Hints, "hints", "show or hide the row of hints"),
            entry(Command::Redraw, "redraw", "draw the screen anew"),
            entry(Command::Suspend, "suspend", "stop, and come back with fg"),
            entry(Command::Leave, "leave", "back, or quit where there is nothing to go back to"),
            entry(Command::Quit, "quit", "quit"),
        ],
    ),
];

impl Command {
    /// The command of that name in a key file.
    pub fn named(name: &str) -> Option<Self> {
        Self::entries().find(|entry| entry.name == name).map(|entry| entry.command)
    }

    /// Every command's entry, in the order of the help screen.
    pub fn entries() -> impl Iterator<Item = &'static Entry> {
        COMMANDS.iter().flat_map(|(.., entries)| entries.iter())
    }

    /// Where it is of use.
    pub fn place(self) -> Scope {
        let holds = |entries: &[Entry]| entries.iter().any(|entry| entry.command == self);
        COMMANDS.iter().find(|(.., entries)| holds(entries)).map_or(Scope::Both, |(_, place, _)| *place)
    }
}
