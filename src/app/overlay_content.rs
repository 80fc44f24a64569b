//! The text of overlays, as lines of spans; the colours and glyphs of a span are chosen where it is drawn.

use super::author_menu::CHOICES;
use super::overlay::Help;
use super::{App, Code, Command, Fact, GlobalCommand, Key, ListCommand, Overlay, Scope, ThreadCommand};
use crate::model::Text;
use crate::view::{Author, Order, TextLine, ThreadView, age, leads_to, punycode, score_words, wrap, wrap_noted};

/// Columns of what a reason is about.
const FACTS: usize = 14;
/// The fewest columns of words that go on below themselves.
const LEAST_WORDS: usize = 8;
/// Columns of the names of choices.
const CHOICE_NAMES: usize = 11;
/// The most columns of words.
pub(super) const WIDEST: usize = 92;
/// Columns and lines around the words.
const FRAME: (usize, usize) = (6, 2);
/// Columns beside a box that are too few to be left.
const NARROW: usize = 10;
/// Columns that a box has beside its widest line, its title (with a count) and its foot.
const MARGIN: usize = 4;
const TITLE_MARGIN: usize = 12;
const FOOT_MARGIN: usize = 2;

/// The role of some words, which decides their style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each names what it is for")]
pub enum Tone {
    Text,
    Heading,
    Key,
    Dim,
    Author,
    Score,
    Quote,
    Link,
    Warning,
}

/// A drawn mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each names what it marks")]
pub enum Glyph {
    Full,
    Line,
    Folded,
    Hidden,
    Bookmark,
    Followed,
    Subscriber,
    Journal,
    Homepage,
    Place,
    QuoteBar,
    Here,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Words(String, Tone),
    /// A drawn mark, one column.
    Glyph(Glyph),
    /// Keys by their names.
    Keys(Vec<Key>),
    /// Nothing up to this column.
    To(usize),
}

/// The text of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayContent {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Vec<Span>>,
    /// The first line that shows.
    pub first: usize,
    /// The keys that it takes.
    pub foot: String,
}

impl OverlayContent {
    /// The lines that a screen of this many has room for.
    pub fn room(screen_lines: usize) -> usize {
        screen_lines.saturating_sub(FRAME.1)
    }

    /// Where the box stands on a screen of this size, with its frame: its first column and line, columns and lines. Its
    /// widest line takes so many columns.
    pub fn frame(&self, widest: usize, screen: (usize, usize)) -> (usize, usize, usize, usize) {
        let title = self.title.chars().count() + TITLE_MARGIN;
        let foot = self.foot.chars().count() + FOOT_MARGIN;
        let width = widest.max(title).max(foot) + MARGIN;
        // A strip of the thread too narrow to be read would only confuse.
        let width = if width + NARROW > screen.0 { screen.0 } else { width };
        let height = (self.lines.len().min(Self::room(screen.1)) + FRAME.1).min(screen.1);
        (screen.0.saturating_sub(width) / 2, screen.1.saturating_sub(height) / 3, width, height)
    }

    /// The line, and the column in it, at a column and line of the screen.
    pub(super) fn place_at(&self, screen: (usize, usize), x: usize, y: usize) -> Option<(usize, usize)> {
        let widest = self.lines.iter().map(|line| columns(line)).max().unwrap_or(0);
        let (left, top, width, height) = self.frame(widest, screen);
        let is_within = (left..left + width).contains(&x) && (top + 1..top + height.saturating_sub(1)).contains(&y);
        is_within.then(|| (y - top - 1 + self.first, x.saturating_sub(left + MARGIN / 2)))
    }
}

/// The columns of a line.
fn columns(line: &[Span]) -> usize {
    line.iter().fold(0, |used, span| match span {
        Span::Words(words, _) => used + words.chars().count(),
        Span::Glyph(_) => used + 1,
        Span::Keys(keys) => {
            used + keys.iter().map(|key| key.to_string().chars().count() + 1).sum::<usize>().saturating_sub(1)
        }
        Span::To(column) => used.max(*column),
    })
}

impl App {
    /// The columns that an overlay's words may take.
    pub(super) fn overlay_columns(&self) -> usize {
        self.size.0.saturating_sub(FRAME.0).max(1)
    }

    /// The text of an overlay at the present size of the screen.
    pub fn overlay_content(&self, overlay: &Overlay) -> OverlayContent {
        let room = self.overlay_columns();
        let width = room.min(WIDEST);
        let title = match overlay {
            Overlay::Help(Help { words: None, .. }) => "Keys".to_owned(),
            Overlay::Help(Help { words: Some(words), .. }) => format!("Keys: /{words}"),
            Overlay::Ancestors(..) => "What this answers".to_owned(),
            Overlay::Why(_) => "Why it shows so".to_owned(),
            Overlay::Orders(_) => "Order".to_owned(),
            Overlay::Author(author, _) => format!("{} on {}", author.name, author.site),
            Overlay::Links(..) => "Links".to_owned(),
        };
        let (lines, first) = match overlay {
            Overlay::Help(help) => (self.help_lines(help, room), help.first),
            Overlay::Ancestors(above, line) => (self.ancestors(above, width), *line),
            Overlay::Why(facts) => (facts.iter().flat_map(|fact| fact_lines(fact, width)).collect(), 0),
            Overlay::Orders(chosen) => (self.orders(*chosen), 0),
            Overlay::Author(author, chosen) => (self.author_choices(author, *chosen), 0),
            Overlay::Links(links, chosen, _) => {
                let first = (chosen + 1).saturating_sub(OverlayContent::room(self.size.1));
                (links.iter().enumerate().map(|(at, link)| link_line(at, link, *chosen)).collect(), first)
            }
        };
        let last = lines.len().saturating_sub(OverlayContent::room(self.size.1));
        let foot = match overlay {
            Overlay::Links(..) => self.links_foot(),
            Overlay::Orders(_) | Overlay::Author(..) => "a first letter or a click takes one, Esc closes".to_owned(),
            Overlay::Help(Help { words: None, .. }) => {
                let search = self.keys.keys(self.help_search()).next();
                let does = if self.page.list().is_some() { "filters" } else { "searches" };
                search.map_or_else(String::new, |key| format!("{key} {does}, ")) + "Esc closes"
            }
            Overlay::Help(_) => "Esc ends the search".to_owned(),
            Overlay::Ancestors(..) | Overlay::Why(_) => "Esc closes".to_owned(),
        };
        OverlayContent { title, lines, first: first.min(last), foot }
    }

    /// The command whose key begins a search in help: the one that searches on the page.
    pub(super) fn help_search(&self) -> Command {
        match self.page.scope() {
            Scope::List => ListCommand::FilterList.into(),
            Scope::Thread | Scope::Both => ThreadCommand::Search.into(),
        }
    }

    /// The keys that a list of links takes. There digits choose and Esc closes, whatever else they are bound to.
    fn links_foot(&self) -> String {
        let is_own = |key: &Key| matches!(key.code, Code::Char('0'..='9') | Code::Esc);
        let key = |command: Command| self.keys.keys(command).find(|key| !is_own(key));
        let says =
            [(Command::Thread(ThreadCommand::Toggle), "opens"), (Command::Global(GlobalCommand::CopyLink), "copies")];
        let says = says.into_iter().filter_map(|(command, does)| Some(format!("{} {does}, ", key(command)?)));
        says.collect::<String>() + "Esc closes"
    }

    /// The orders, with marks at the one that is chosen and the one in force.
    fn orders(&self, chosen: usize) -> Vec<Vec<Span>> {
        let in_force = self.page.thread().map(ThreadView::order);
        let line = |(place, (order, name)): (usize, &(Order, &'static str))| {
            let now = if in_force == Some(*order) { "  (now)" } else { "" };
            choice_line(place == chosen, name, order.words(), now)
        };
        Order::NAMES.iter().enumerate().map(line).collect()
    }

    /// The choices for an author, with marks at the one that the cursor is on and at those in force.
    fn author_choices(&self, author: &Author, chosen: usize) -> Vec<Vec<Span>> {
        let note = self.authors().note(&author.site, &author.name).cloned().unwrap_or_default();
        let now = [note.is_muted(), note.is_followed()].map(|is_so| if is_so { "  (now)" } else { "" }.to_owned());
        let [muted, followed] = now;
        let tag = if note.tag.is_empty() { String::new() } else { format!("  ({})", note.tag) };
        let now = [muted, followed, tag, String::new()];
        let lines = CHOICES.iter().zip(&now).enumerate();
        lines.map(|(place, ((name, does), now))| choice_line(place == chosen, name, does, now)).collect()
    }

    fn ancestors(&self, above: &[u32], width: usize) -> Vec<Vec<Span>> {
        let Some(view) = self.page.thread() else { return Vec::new() };
        above.iter().flat_map(|&index| self.ancestor(view, index, width)).collect()
    }

    fn ancestor(&self, view: &ThreadView, index: u32, width: usize) -> Vec<Vec<Span>> {
        let Some(comment) = view.thread().get(index) else { return Vec::new() };
        let score = format!("  {} {}", score_words(comment.story(), comment.score()), comment.label());
        let then = comment.posted_at().map_or_else(String::new, |then| format!("  {}", age(then, self.now)));
        let mut lines = vec![vec![
            Span::Words(comment.author().unwrap_or("?").to_owned(), Tone::Author),
            Span::Words(score.trim_end().to_owned(), Tone::Score),
            Span::Words(then, Tone::Dim),
        ]];
        let body = comment.body();
        for line in wrap_noted(body, width) {
            let line = match line {
                TextLine::Words(line) => line,
                TextLine::LeadsTo(number, line) => {
                    let words = format!("! {} ", line.of(&leads_to(body, number)));
                    lines.push(vec![Span::Words(words, Tone::Warning)]);
                    continue;
                }
            };
            let bar = [Span::Glyph(Glyph::QuoteBar), Span::Words(" ".to_owned(), Tone::Text)];
            let mut spans: Vec<Span> = (0..line.bars).flat_map(|_| bar.clone()).collect();
            let tone = if line.bars > 0 { Tone::Quote } else { Tone::Text };
            spans.push(Span::Words(" ".repeat(usize::from(line.indent)) + line.of(body.plain), tone));
            lines.push(spans);
        }
        lines.push(Vec::new());
        lines
    }
}

/// What comes first, and from a column on words that go on below themselves where there is little room.
pub(super) fn hanging(first: Vec<Span>, column: usize, words: &str, width: usize) -> Vec<Vec<Span>> {
    let lines = wrap(Text::unmarked(words).borrow(), width.saturating_sub(column).max(LEAST_WORDS));
    let line = |(spans, line): (Vec<Span>, &str)| {
        let words = [Span::To(column), Span::Words(line.to_owned(), Tone::Text)];
        spans.into_iter().chain(words).collect()
    };
    let first = std::iter::once(first).chain(std::iter::repeat_with(Vec::new));
    first.zip(lines.iter().map(|line| line.of(words))).map(line).collect()
}

/// A line of a menu: its name, what it does, and whether it is in force.
fn choice_line(is_chosen: bool, name: &str, does: &str, now: &str) -> Vec<Span> {
    let here = is_chosen.then_some(Span::Glyph(Glyph::Here));
    let words = [
        Span::To(2),
        Span::Words(name.to_owned(), Tone::Key),
        Span::To(CHOICE_NAMES),
        Span::Words(does.to_owned(), Tone::Text),
        Span::Words(now.to_owned(), Tone::Dim),
    ];
    here.into_iter().chain(words).collect()
}

fn fact_lines((what, so): &Fact, width: usize) -> Vec<Vec<Span>> {
    hanging(vec![Span::Words((*what).to_owned(), Tone::Key)], FACTS, so, width)
}

fn link_line(at: usize, link: &str, chosen: usize) -> Vec<Span> {
    let mark = (at == chosen).then_some(Span::Glyph(Glyph::Here));
    let number = Span::Words(format!("{:>2} ", at + 1), Tone::Key);
    let link_itself = Span::Words(link.to_owned(), Tone::Link);
    let punycode = punycode(link).map(|host| Span::Words(format!(" ({host})"), Tone::Warning));
    mark.into_iter().chain([Span::To(1), number, link_itself]).chain(punycode).collect()
}
