//! The table of commands: each with its name in key files and the sentence that help shows.

use super::{Command, GlobalCommand, ListCommand, Motion, ThreadCommand};

/// A command, its name, and its line of the help screen.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Its name in key files.
    pub name: &'static str,
    /// The sentence that help shows; empty for a command that the one before it stands for.
    pub help: &'static str,
}

/// A heading of the help screen, and its commands.
pub type Group = (&'static str, &'static [Entry]);

/// Every command, under the headings and in the order of the help screen. A heading has commands of one scope only.
pub const COMMANDS: [Group; 9] = [
    (
        "Moving",
        &[
            motion(Motion::Down, "down", "next comment or story; a comment taller than the screen scrolls first"),
            motion(Motion::Up, "up", "previous comment or story"),
            motion(Motion::HalfPageDown, "half-page-down", "half a screen down"),
            motion(Motion::HalfPageUp, "half-page-up", "half a screen up"),
            motion(Motion::PageDown, "page-down", "a screen down"),
            motion(Motion::PageUp, "page-up", "a screen up"),
            motion(Motion::LineDown, "line-down", "a line down"),
            motion(Motion::LineUp, "line-up", "a line up"),
            motion(Motion::Top, "top", "to the top"),
            motion(Motion::Bottom, "bottom", "to the end"),
        ],
    ),
    (
        "Lists of stories",
        &[
            list(
                ListCommand::OpenThread,
                "open-thread",
                "read the discussion; of people: mute, follow, tag or none of these",
            ),
            list(ListCommand::NextUnread, "next-unread", "next story that you have not opened from this list"),
            list(ListCommand::MarkUnread, "mark-unread", "as if you had not opened this story"),
            list(
                ListCommand::HideRead,
                "hide-read",
                "hide the stories that you have opened, but for new comments, here and in later runs; show them again",
            ),
            list(ListCommand::BrowseArticle, "browse-article", "open what the story links to in the browser"),
            list(ListCommand::NextSection, "next-section", "next section of the site"),
            list(ListCommand::PreviousSection, "previous-section", "previous section of the site"),
            list(ListCommand::Section(1), "section-1", "first section"),
            list(ListCommand::Section(2), "section-2", ""),
            list(ListCommand::Section(3), "section-3", ""),
            list(ListCommand::Section(4), "section-4", ""),
            list(ListCommand::Section(5), "section-5", ""),
            list(ListCommand::Section(6), "section-6", ""),
            list(ListCommand::Section(7), "section-7", ""),
            list(ListCommand::Section(8), "section-8", ""),
            list(ListCommand::Section(9), "section-9", ""),
            list(ListCommand::NextSite, "next-site", "next site"),
            list(ListCommand::PreviousSite, "previous-site", "previous site"),
            list(
                ListCommand::FilterList,
                "filter-list",
                "show only stories that meet a query: rust comments:>100 -domain:x.com",
            ),
            list(ListCommand::SearchSite, "search-site", "search the site"),
            list(ListCommand::Sort, "sort-list", "order the stories by points, comments, time or new comments"),
            list(
                ListCommand::Undo,
                "undo-in-list",
                "take back another order, that you muted, followed or tagged an author here, or marked a story unread",
            ),
        ],
    ),
    (
        "Moving in a thread",
        &[
            thread(
                ThreadCommand::ReadOn,
                "read-on",
                "read on: a screen down; at the end, half a second after the last press, the next story",
            ),
            thread(ThreadCommand::ReadBack, "read-back", "a screen back"),
            thread(ThreadCommand::NextStory, "next-story", "next story of the list that this one was opened from"),
            thread(ThreadCommand::PreviousStory, "previous-story", "previous story of that list"),
            thread(ThreadCommand::NextSibling, "next-sibling", "next reply to the same comment"),
            thread(ThreadCommand::PreviousSibling, "previous-sibling", "previous reply to the same comment"),
            thread(ThreadCommand::FoldOrParent, "fold-or-parent", "fold; when folded, go to the parent"),
            thread(ThreadCommand::OpenOrReply, "open-or-reply", "open; when open, go to the first reply"),
            thread(ThreadCommand::NextTop, "next-top", "next top-level comment"),
            thread(ThreadCommand::PreviousTop, "previous-top", "previous top-level comment"),
            thread(ThreadCommand::Parent, "parent", "go to the parent"),
            thread(ThreadCommand::NextByAuthor, "next-by-author", "next comment by the same author"),
            thread(ThreadCommand::JumpBack, "jump-back", "back to where the last jump began"),
            thread(ThreadCommand::JumpForth, "jump-forth", "forth again"),
        ],
    ),
    (
        "Folding",
        &[
            thread(
                ThreadCommand::Toggle,
                "toggle",
                "one line, in full, folded with its replies; without replies one line or in full; shows what is hidden",
            ),
            thread(ThreadCommand::FoldThread, "fold-thread", "fold the whole thread from its top-level comment"),
            thread(ThreadCommand::FoldAndNext, "fold-and-next", "fold this one and go on to what follows it"),
            thread(ThreadCommand::FoldAll, "fold-all", "fold everything"),
            thread(ThreadCommand::OpenAll, "open-all", "open everything, what its score hides too"),
            thread(ThreadCommand::FoldBelow(1), "fold-below-1", "fold below the first level"),
            thread(ThreadCommand::FoldBelow(2), "fold-below-2", ""),
            thread(ThreadCommand::FoldBelow(3), "fold-below-3", ""),
            thread(ThreadCommand::FoldBelow(4), "fold-below-4", ""),
            thread(ThreadCommand::FoldBelow(5), "fold-below-5", ""),
            thread(ThreadCommand::FoldBelow(6), "fold-below-6", ""),
            thread(ThreadCommand::FoldBelow(7), "fold-below-7", ""),
            thread(ThreadCommand::FoldBelow(8), "fold-below-8", ""),
            thread(ThreadCommand::FoldBelow(9), "fold-below-9", ""),
            thread(ThreadCommand::Automatic, "automatic", "undo all folding by hand: only the thresholds decide"),
            thread(
                ThreadCommand::Undo,
                "undo",
                "take back the last change of folds, thresholds, filter or order, place included",
            ),
            thread(ThreadCommand::Redo, "redo", "make it again"),
        ],
    ),
    (
        "Thresholds",
        &[
            thread(ThreadCommand::HideLess, "hide-less", "hide fewer: lower the score below which comments are hidden"),
            thread(ThreadCommand::HideMore, "hide-more", "hide more"),
            thread(ThreadCommand::FullMore, "full-more", "more in full: lower the score from which comments are whole"),
            thread(ThreadCommand::FullLess, "full-less", "fewer in full"),
            thread(
                ThreadCommand::MinScore,
                "min-score",
                "type what to hide: below a score (3), but the best share (20%) or time (10m)",
            ),
            thread(
                ThreadCommand::NextShare,
                "next-share",
                "all in full; the best half, fifth, twentieth in full; as at first",
            ),
        ],
    ),
    (
        "Finding",
        &[
            thread(
                ThreadCommand::Search,
                "search",
                "find words in subjects, authors and texts (re:/…/ is an expression)",
            ),
            thread(ThreadCommand::NextMatch, "next-match", "next place where they are found, opening the way to it"),
            thread(ThreadCommand::PreviousMatch, "previous-match", "previous place where they are found"),
            thread(
                ThreadCommand::Filter,
                "filter",
                "filter: show only comments that meet a query: by:ann score:>=3 -is:op longer:500",
            ),
            thread(ThreadCommand::Label(0), "label-all", "all labels: no filter"),
            thread(ThreadCommand::Label(1), "label-insightful", "only Insightful comments"),
            thread(ThreadCommand::Label(2), "label-informative", "only Informative comments"),
            thread(ThreadCommand::Label(3), "label-interesting", "only Interesting comments"),
            thread(ThreadCommand::Label(4), "label-funny", "only Funny comments"),
            thread(
                ThreadCommand::NextNew,
                "next-new",
                "next comment that is new or has risen; behind those, that was not on the screen yet",
            ),
        ],
    ),
    (
        "Looking",
        &[
            thread(
                ThreadCommand::Sort,
                "sort",
                "order replies by time, score or their own replies; or flat, without a tree",
            ),
            thread(
                ThreadCommand::BrowseComment,
                "browse-comment",
                "open the comment's page, or the story's link, in the browser",
            ),
            thread(ThreadCommand::Links, "links", "pick a link of this comment"),
            thread(ThreadCommand::CopyText, "copy-text", "copy the comment's text"),
            thread(
                ThreadCommand::Pipe,
                "pipe",
                "pipe the comment, or all that is shown, to a command that the shell runs",
            ),
            thread(ThreadCommand::Ancestors, "ancestors", "peek at the comments that this one answers"),
            thread(ThreadCommand::Why, "why", "why this comment shows as it does"),
            thread(ThreadCommand::Uncover, "uncover", "uncover the spoilers of this comment, or cover them"),
            thread(ThreadCommand::CodeLeft, "code-left", "scroll code to the left"),
            thread(ThreadCommand::CodeRight, "code-right", "scroll code to the right"),
        ],
    ),
    (
        "Links, bookmarks and authors",
        &[
            global(
                GlobalCommand::BrowseStory,
                "browse-story",
                "open the page of the story, or of the list, in the browser",
            ),
            global(GlobalCommand::CopyLink, "copy-link", "copy the address of the comment or story"),
            global(GlobalCommand::Bookmark, "bookmark", "bookmark the comment or story; take the bookmark away"),
            global(
                GlobalCommand::Save,
                "save",
                "save the thread for reading without a network, until it is cleared; take that back",
            ),
            global(
                GlobalCommand::Author,
                "author",
                "mute, follow or tag the author, or none of these; the list `people` has them all",
            ),
        ],
    ),
    (
        "The program",
        &[
            global(GlobalCommand::Reload, "reload", "load again; folds and place stay"),
            global(
                GlobalCommand::Watch,
                "watch",
                "load again by itself while you read this thread, or no longer; a list: load again",
            ),
            global(GlobalCommand::GoTo, "go-to", "go to a site, section, address or command by name"),
            global(GlobalCommand::Cancel, "cancel", "close what is open; stop loading; clear filter and search"),
            global(GlobalCommand::Help, "help", "this help"),
            global(GlobalCommand::Hints, "hints", "show or hide the row of hints"),
            global(GlobalCommand::ListBeside, "list-beside", "show or hide the list beside a thread, on wide screens"),
            global(GlobalCommand::Redraw, "redraw", "draw the screen anew"),
            global(GlobalCommand::Suspend, "suspend", "stop, and come back with fg"),
            global(GlobalCommand::Leave, "leave", "back, or quit where there is nothing to go back to"),
            global(GlobalCommand::Back, "back", "back, where there is something to go back to"),
            global(GlobalCommand::Quit, "quit", "quit; while something is typed, or a box is open, that goes first"),
        ],
    ),
];

const fn global(command: GlobalCommand, name: &'static str, help: &'static str) -> Entry {
    Entry { command: Command::Global(command), name, help }
}

const fn motion(motion: Motion, name: &'static str, help: &'static str) -> Entry {
    Entry { command: Command::Motion(motion), name, help }
}

const fn thread(command: ThreadCommand, name: &'static str, help: &'static str) -> Entry {
    Entry { command: Command::Thread(command), name, help }
}

const fn list(command: ListCommand, name: &'static str, help: &'static str) -> Entry {
    Entry { command: Command::List(command), name, help }
}

impl Command {
    /// The command of that name in a key file.
    pub fn named(name: &str) -> Option<Self> {
        Self::entries().find(|entry| entry.name == name).map(|entry| entry.command)
    }

    /// Every command's entry, in the order of the help screen.
    pub fn entries() -> impl Iterator<Item = &'static Entry> {
        COMMANDS.iter().flat_map(|(_, entries)| entries.iter())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_heading_has_commands_of_one_scope_and_no_command_stands_twice() {
        for (heading, entries) in COMMANDS {
            let scopes: HashSet<_> = entries.iter().map(|entry| entry.command.scope()).collect();
            assert_eq!(scopes.len(), 1, "{heading}");
        }
        let (mut names, mut commands) = (HashSet::new(), HashSet::new());
        for entry in Command::entries() {
            assert!(names.insert(entry.name) && commands.insert(entry.command), "{}", entry.name);
        }
    }
}
