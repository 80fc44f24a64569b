//! The commands that keys can give, by the pages on which they are of use.

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// On every page.
    Global(GlobalCommand),
    /// A way to go that threads and lists have alike.
    Motion(Motion),
    /// On a thread.
    Thread(ThreadCommand),
    /// On a list of stories.
    List(ListCommand),
}

/// A command that is of use on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is said in COMMANDS, which help shows")]
pub enum GlobalCommand {
    BrowseStory,
    CopyLink,
    Bookmark,
    Save,
    Author,
    Reload,
    Watch,
    GoTo,
    Cancel,
    Help,
    Hints,
    ListBeside,
    Redraw,
    Suspend,
    Leave,
    Back,
    Quit,
}

/// A way to go that threads and lists have alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is said in COMMANDS, which help shows")]
pub enum Motion {
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    LineDown,
    LineUp,
    Top,
    Bottom,
}

/// A command that is of use on a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is said in COMMANDS, which help shows")]
pub enum ThreadCommand {
    NextSibling,
    PreviousSibling,
    FoldOrParent,
    OpenOrReply,
    NextTop,
    PreviousTop,
    Parent,
    NextByAuthor,
    JumpBack,
    JumpForth,
    Toggle,
    ReadOn,
    ReadBack,
    NextStory,
    PreviousStory,
    FoldThread,
    FoldAndNext,
    FoldAll,
    OpenAll,
    FoldBelow(u8),
    Automatic,
    Undo,
    Redo,
    HideLess,
    HideMore,
    FullMore,
    FullLess,
    MinScore,
    NextShare,
    Sort,
    Search,
    NextMatch,
    PreviousMatch,
    Filter,
    Label(u8),
    NextNew,
    BrowseComment,
    Links,
    CopyText,
    Pipe,
    Ancestors,
    Why,
    Uncover,
    CodeLeft,
    CodeRight,
}

/// A command that is of use on a list of stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is said in COMMANDS, which help shows")]
pub enum ListCommand {
    OpenThread,
    NextUnread,
    MarkUnread,
    HideRead,
    BrowseArticle,
    NextSection,
    PreviousSection,
    Section(u8),
    NextSite,
    PreviousSite,
    FilterList,
    SearchSite,
    Sort,
    Undo,
}

/// The pages on which a command is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Threads.
    Thread,
    /// Lists of stories.
    List,
    /// Threads and lists.
    Both,
}

impl Scope {
    /// Whether two commands may be meant by one key at the same time.
    pub fn meets(self, other: Self) -> bool {
        self == other || self == Self::Both || other == Self::Both
    }
}

impl Command {
    /// The pages on which it is of use.
    pub fn scope(self) -> Scope {
        match self {
            Self::Global(_) | Self::Motion(_) => Scope::Both,
            Self::Thread(_) => Scope::Thread,
            Self::List(_) => Scope::List,
        }
    }
}

impl From<GlobalCommand> for Command {
    fn from(command: GlobalCommand) -> Self {
        Self::Global(command)
    }
}

impl From<Motion> for Command {
    fn from(motion: Motion) -> Self {
        Self::Motion(motion)
    }
}

impl From<ThreadCommand> for Command {
    fn from(command: ThreadCommand) -> Self {
        Self::Thread(command)
    }
}

impl From<ListCommand> for Command {
    fn from(command: ListCommand) -> Self {
        Self::List(command)
    }
}
