//! Help: the keys in force, the mouse and the marks, in two columns where there is room.

use super::overlay::Help;
use super::span::{Glyph, Span, Tone, WIDEST, columns, hanging};
use super::{App, COMMANDS, Command, Entry, GlobalCommand, ListCommand, Motion, Scope, ThreadCommand};

/// The most columns of the keys; where one line's take more, the words stand below them.
const MOST_KEYS: usize = 24;
/// Columns before them, and between them and the words.
const INDENT: usize = 2;
/// Below so many columns, the words stand under the keys.
const NARROW: usize = 50;
/// Columns from which there are two lines side by side, and between them.
const TWO_COLUMNS: usize = 130;
const GAP: usize = 4;

/// The commands that carry a newcomer through a thread.
const FIRST_IN_THREAD: [(Command, &str); 10] = [
    (Command::Motion(Motion::Down), "next comment"),
    (Command::Motion(Motion::Up), "previous comment"),
    (Command::Thread(ThreadCommand::ReadOn), "read on, a screen at a time"),
    (Command::Thread(ThreadCommand::Toggle), "open or fold the comment"),
    (Command::Thread(ThreadCommand::NextTop), "next top-level comment"),
    (Command::Thread(ThreadCommand::HideMore), "show fewer comments, those with the better scores"),
    (Command::Thread(ThreadCommand::HideLess), "show more again"),
    (Command::Thread(ThreadCommand::Search), "find words"),
    (Command::Thread(ThreadCommand::Undo), "take back what changed last"),
    (Command::Global(GlobalCommand::Leave), "back, or quit"),
];

/// The commands that carry a newcomer through lists.
const FIRST_IN_LIST: [(Command, &str); 10] = [
    (Command::Motion(Motion::Down), "next story"),
    (Command::Motion(Motion::Up), "previous story"),
    (Command::List(ListCommand::OpenThread), "read the discussion"),
    (Command::List(ListCommand::BrowseArticle), "open the article in the browser"),
    (Command::List(ListCommand::NextSection), "next section"),
    (Command::List(ListCommand::NextSite), "next site"),
    (Command::List(ListCommand::FilterList), "show only stories with these words"),
    (Command::Global(GlobalCommand::Bookmark), "bookmark the story"),
    (Command::Global(GlobalCommand::GoTo), "go to an address, a site or a section"),
    (Command::Global(GlobalCommand::Leave), "back, or quit"),
];

/// A line of help, and the command that it is about.
#[derive(Clone, Debug, Default)]
struct HelpLine {
    spans: Vec<Span>,
    command: Option<Command>,
}

/// A group of lines under a heading.
type HelpGroup = Vec<HelpLine>;

impl App {
    /// The lines of help in so many columns.
    pub(super) fn help_lines(&self, help: &Help, room: usize) -> Vec<Vec<Span>> {
        self.help_rows(help, room)
            .into_iter()
            .map(|row| row.into_iter().flat_map(|line| line.spans).collect())
            .collect()
    }

    /// The command that a click on a line of help gives at a column. Those that leave lurker take a key.
    pub(super) fn help_command(&self, help: &Help, room: usize, (line, column): (usize, usize)) -> Option<Command> {
        let mut row = self.help_rows(help, room).into_iter().nth(line)?;
        let is_second = row.len() > 1 && column > column_width(room);
        let command = row.swap_remove(usize::from(is_second)).command;
        command.filter(|command| !self.leaves_lurker(*command))
    }

    /// Whether a command ends or suspends the program.
    fn leaves_lurker(&self, command: Command) -> bool {
        match command {
            Command::Global(GlobalCommand::Quit | GlobalCommand::Suspend) => true,
            Command::Global(GlobalCommand::Leave) => !self.has_way_back(),
            Command::Global(_) | Command::Motion(_) | Command::Thread(_) | Command::List(_) => false,
        }
    }

    /// The lines side by side.
    fn help_rows(&self, help: &Help, room: usize) -> Vec<Vec<HelpLine>> {
        let width = column_width(room);
        let groups = self.help_groups(help.words.as_deref().unwrap_or_default(), width);
        if groups.is_empty() {
            let spans = vec![Span::Words("nothing here has these words".to_owned(), Tone::Dim)];
            return vec![vec![HelpLine { spans, command: None }]];
        }
        if room < TWO_COLUMNS {
            return groups.into_iter().flatten().map(|line| vec![line]).collect();
        }
        side_by_side(groups, width)
    }

    fn help_groups(&self, words: &str, width: usize) -> Vec<HelpGroup> {
        let scope = self.page.scope();
        let is_of_use = |entries: &[Entry]| entries.iter().any(|entry| entry.command.scope().meets(scope));
        let to_begin_with = if scope == Scope::List { FIRST_IN_LIST } else { FIRST_IN_THREAD };
        let to_begin_with = to_begin_with.iter().filter_map(|(command, does)| self.help_item(*command, does)).collect();
        let commands = COMMANDS.iter().filter(|(_, entries)| is_of_use(entries));
        let commands = commands.map(|(heading, entries)| (*heading, self.help_items(entries)));
        let mouse = MOUSE.map(|(what, does)| (Span::Words(what.to_owned(), Tone::Key), does.to_owned(), None)).to_vec();
        let signs = GLYPHS.map(|(glyph, says)| (Span::Glyph(glyph), says.to_owned(), None)).into_iter();
        let words_of_own = WORDS.map(|(word, says)| (Span::Words(word.to_owned(), Tone::Key), says.to_owned(), None));
        let marks = signs.chain(words_of_own).collect();
        // A search finds the same among all commands.
        let to_begin_with = words.is_empty().then_some(("To begin with", to_begin_with));
        let all: Vec<_> =
            to_begin_with.into_iter().chain(commands).chain([("The mouse", mouse), ("Marks", marks)]).collect();
        let widest = all.iter().flat_map(|(_, items)| items).map(|(first, ..)| INDENT + item_columns(first)).max();
        let room = HelpRoom { keys: (widest.unwrap_or(0) + INDENT).min(MOST_KEYS), width };
        all.into_iter().filter_map(|(heading, items)| help_group(heading, items, words, room)).collect()
    }

    /// The items of a group of commands; behind ways to go also that of counts.
    fn help_items(&self, entries: &[Entry]) -> Vec<HelpItem> {
        let said = entries.iter().filter(|entry| !entry.help.is_empty());
        let items = said.filter_map(|entry| self.help_item(entry.command, &self.keys.help(entry)));
        let are_motions = entries.iter().any(|entry| matches!(entry.command, Command::Motion(_)));
        let count = self.keys.count_help().filter(|_| are_motions);
        items.chain(count.map(|(keys, says)| (Span::Keys(keys), says, None))).collect()
    }

    /// The item of a command; `None` where no key gives it.
    fn help_item(&self, command: Command, does: &str) -> Option<HelpItem> {
        let keys: Vec<String> = self.keys.keys(command).map(|key| key.to_string()).collect();
        let has_key = !keys.is_empty();
        has_key.then(|| (Span::Keys(self.own_words(&keys.join(" "))), self.own_words(does), Some(command)))
    }
}

/// An item of help: what comes first, what it does, and the command.
type HelpItem = (Span, String, Option<Command>);

/// The columns of the keys with what is before and behind them, and of the whole line.
#[derive(Clone, Copy)]
struct HelpRoom {
    keys: usize,
    width: usize,
}

/// The lines of a group: those items that have the words, in themselves or in the heading, under that; `None` without any.
fn help_group(heading: &str, items: Vec<HelpItem>, words: &str, room: HelpRoom) -> Option<HelpGroup> {
    let mut lines = vec![HelpLine { spans: vec![Span::Words(heading.to_owned(), Tone::Heading)], command: None }];
    for (first, says, command) in
        items.into_iter().filter(|(first, says, _)| has_words(&[heading, first_words(first), says], words))
    {
        let is_wide = INDENT + item_columns(&first) + INDENT > room.keys;
        let first = vec![Span::To(INDENT), first];
        let spans = if room.width < NARROW || is_wide {
            let column = if room.width < NARROW { 2 * INDENT } else { room.keys };
            std::iter::once(first).chain(hanging(Vec::new(), column, &says, room.width)).collect()
        } else {
            hanging(first, room.keys, &says, room.width)
        };
        lines.extend(spans.into_iter().map(|spans| HelpLine { spans, command }));
    }
    let is_empty = lines.len() == 1;
    lines.push(HelpLine::default());
    (!is_empty).then_some(lines)
}

/// The words with which an item begins: its keys, or what it is about.
fn first_words(first: &Span) -> &str {
    match first {
        Span::Keys(words) | Span::Words(words, _) | Span::Link(words, _) => words,
        Span::Glyph(_) | Span::To(_) => "",
    }
}

/// The columns of what an item begins with.
fn item_columns(first: &Span) -> usize {
    columns(std::slice::from_ref(first))
}

/// Whether all the words are in these texts, in capitals or not.
fn has_words(texts: &[&str], words: &str) -> bool {
    let text = texts.join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The columns of a line in a room of so many.
fn column_width(room: usize) -> usize {
    if room < TWO_COLUMNS { room.min(WIDEST) } else { ((room - GAP) / 2).min(WIDEST) }
}

/// Puts groups into two columns of about the same height, in their order.
fn side_by_side(groups: Vec<HelpGroup>, width: usize) -> Vec<Vec<HelpLine>> {
    let all: usize = groups.iter().map(Vec::len).sum();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for group in groups {
        let is_left = right.is_empty() && left.len() + group.len() / 2 <= all / 2;
        if is_left { &mut left } else { &mut right }.extend(group);
    }
    let height = left.len().max(right.len());
    left.resize_with(height, HelpLine::default);
    right.resize_with(height, HelpLine::default);
    let beside = |mut line: HelpLine| {
        line.spans = std::iter::once(Span::To(width + GAP))
            .chain(line.spans.into_iter().map(|span| moved(span, width + GAP)))
            .collect();
        line
    };
    left.into_iter().zip(right.into_iter().map(beside)).map(|(left, right)| vec![left, right]).collect()
}

/// A span so many columns further to the right.
fn moved(span: Span, by: usize) -> Span {
    match span {
        Span::To(column) => Span::To(column + by),
        Span::Words(..) | Span::Glyph(_) | Span::Keys(_) | Span::Link(..) => span,
    }
}

const ESTIMATE: &str = "an estimate from -1 to 5 where a site publishes no scores: the mean of activity (how many live \
                        replies stand below) and rank (how high it stands among its siblings), activity alone where the \
                        site's order is not known, -1 when dead or flagged; each step takes twice as many";

const WORDS: [(&str, &str); 2] = [("~3", ESTIMATE), ("OP", "by the author of the story")];

const MOUSE: [(&str, &str); 4] = [
    ("wheel", "scrolls; turned sideways it moves code"),
    (
        "click",
        "selects; on what is selected opens or folds it, as on a fold mark; on a link, a tab, a hint, the sign of cut code, a line of a box or the \
         map goes there; on the bar below sets what is hidden; here presses the key of the line, but none that leaves lurker",
    ),
    ("drag", "on the bar below moves the nearer mark"),
    ("Shift", "with the mouse selects text, as the terminal does it"),
];

const GLYPHS: [(Glyph, &str); 11] = [
    (Glyph::Full, "in full"),
    (Glyph::Line, "on one line"),
    (Glyph::Folded, "folded, with the number of comments inside"),
    (Glyph::Hidden, "comments hidden by their score"),
    (
        Glyph::Place,
        "you, on the map at the right edge; the fuller a mark there, the more is shown and the better its scores",
    ),
    (Glyph::Bookmark, "bookmarked"),
    (Glyph::Stored, "stored, and can be read without a network"),
    (Glyph::Followed, "you follow the author; words in [ ] are your tag"),
    (Glyph::Subscriber, "the author pays for the site"),
    (Glyph::Journal, "the author keeps a journal"),
    (Glyph::Homepage, "the author names a homepage"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_narrow_help_to_what_has_all_of_them() {
        let item = |says: &str| (Span::Words("x".to_owned(), Tone::Key), says.to_owned(), None);
        let items = || vec![item("Next comment"), item("next story of the list"), item("fold")];
        let room = HelpRoom { keys: 16, width: 60 };
        let count = |words| help_group("Moving", items(), words, room).map(|lines| lines.len());
        assert_eq!([count(""), count("NEXT"), count("next story"), count("tide")], [Some(5), Some(4), Some(3), None]);
        // The heading stands for all below it.
        assert_eq!([count("moving"), count("mov story")], [Some(5), Some(3)]);
    }

    #[test]
    fn two_columns_are_about_as_high() {
        let group = |lines| vec![HelpLine::default(); lines];
        let rows = side_by_side(vec![group(5), group(6), group(4), group(7)], 60);
        assert_eq!(rows.len(), 11);
        assert!(rows.iter().all(|row| row.len() == 2));
    }
}
