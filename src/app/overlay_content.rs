//! The text of overlays, as lines of spans; the colours and glyphs of a span are chosen where it is drawn.

use unicode_width::UnicodeWidthStr;

use super::author_menu::CHOICES;
use super::overlay::Help;
use super::span::{Glyph, Span, Tone, WIDEST, columns, hanging};
use super::{App, Code, Command, Fact, HintCell, Key, KeyHint, ListCommand, Motion, Overlay, Scope, ThreadCommand};
use crate::view::{Author, ListOrder, ListView, Order, TextLine, ThreadView, age, leads_to, score_words, wrap_noted};

/// Columns of what a reason is about.
const FACTS: usize = 14;
/// Columns of the names of choices.
const CHOICE_NAMES: usize = 11;
/// Columns and lines around the words.
const FRAME: (usize, usize) = (6, 2);
/// Columns beside a box that are too few to be left.
const NARROW: usize = 10;
/// Columns that a box has beside its widest line, its title (with a count) and its foot.
const MARGIN: usize = 4;
const TITLE_MARGIN: usize = 12;
/// Columns of the mark that closes a box, with what is around it up to the corner.
const CLOSE: usize = 5;
/// Columns from the edge of a box to the keys at its foot, and between two of these.
const FOOT_START: usize = 2;
const FOOT_GAP: usize = 2;

/// The room for a box: the columns of the screen that its page has, and all lines of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverlayRoom {
    /// The first column.
    pub left: usize,
    /// The columns.
    pub columns: usize,
    /// The lines.
    pub lines: usize,
}

impl OverlayRoom {
    /// The most lines of words in a box.
    pub fn most_lines(self) -> usize {
        self.lines.saturating_sub(FRAME.1)
    }

    /// The columns that the words in a box may take.
    pub(super) fn word_columns(self) -> usize {
        self.columns.saturating_sub(FRAME.0).max(1)
    }
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
    /// The keys that it takes; the last one closes it.
    pub foot: Vec<KeyHint>,
    /// Words behind these keys, where there is room for them; may be empty.
    pub foot_words: &'static str,
    /// The room for its box.
    pub room: OverlayRoom,
}

impl OverlayContent {
    /// Where the box stands, with its frame: its first column and line, columns and lines.
    pub fn frame(&self) -> (usize, usize, usize, usize) {
        let OverlayRoom { left, columns: most, lines } = self.room;
        let widest = self.lines.iter().map(|line| columns(line)).max().unwrap_or(0);
        let title = self.title.width() + TITLE_MARGIN;
        let foot = self.foot.iter().map(|hint| hint.width() + FOOT_GAP).sum::<usize>();
        let width = widest.max(title).max(foot) + MARGIN;
        // A strip of the thread too narrow to be read would only confuse.
        let width = if width + NARROW > most { most } else { width };
        let height = (self.lines.len().min(self.room.most_lines()) + FRAME.1).min(lines);
        (left + most.saturating_sub(width) / 2, lines.saturating_sub(height) / 3, width, height)
    }

    /// Its heading with the number of its last line that shows, and of all, where not all show.
    pub fn heading(&self) -> String {
        let shown = self.lines.len().min(self.room.most_lines());
        let count = format!(" ({}/{})", self.first + shown, self.lines.len());
        format!(" {}{} ", self.title, if self.lines.len() > shown { &count } else { "" })
    }

    /// The column of the mark on its first line that closes it, where there is room for that behind the heading.
    pub fn close_column(&self) -> Option<usize> {
        let (left, _, width, _) = self.frame();
        (1 + self.heading().width() + CLOSE <= width).then(|| left + width - CLOSE + 1)
    }

    /// Whether that mark, or a column beside it, is at a column and line of the screen.
    pub(super) fn closes_at(&self, x: usize, y: usize) -> bool {
        y == self.frame().1 && self.close_column().is_some_and(|column| column.abs_diff(x) <= 1)
    }

    /// The keys at the foot of the box as they stand on the screen, and their line: as many as there is room for, the one
    /// that closes it at the end.
    pub fn foot_cells(&self) -> (usize, Vec<HintCell>) {
        let (left, top, width, height) = self.frame();
        let closes = self.foot.last().map_or(0, KeyHint::width);
        let end = left + width.saturating_sub(FOOT_START);
        let last = self.foot.len().saturating_sub(1);
        let mut x = left + FOOT_START;
        let mut cells = Vec::new();
        for (place, hint) in self.foot.iter().enumerate() {
            let behind = if place < last { FOOT_GAP + closes } else { 0 };
            if x + hint.width() + behind <= end || place == last {
                cells.push(HintCell { x, hint: hint.clone() });
                x += hint.width() + FOOT_GAP;
            }
        }
        (top + height.saturating_sub(1), cells)
    }

    /// The column of the words behind the keys at the foot of the box, where there are any and there is room for them.
    pub fn foot_words_column(&self) -> Option<usize> {
        let (left, _, width, _) = self.frame();
        let column = self.foot_cells().1.last()?.columns().end + FOOT_GAP;
        let fits = column + self.foot_words.len() <= (left + width).saturating_sub(FOOT_START);
        Some(column).filter(|_| fits && !self.foot_words.is_empty())
    }

    /// The key at the foot of the box that a column and line of the screen belong to.
    pub(super) fn foot_key_at(&self, x: usize, y: usize) -> Option<Key> {
        let (line, cells) = self.foot_cells();
        cells.iter().find(|cell| line == y && cell.columns().contains(&x)).map(|cell| cell.hint.key)
    }

    /// Whether the box covers a column and line of the screen.
    pub(super) fn covers(&self, x: usize, y: usize) -> bool {
        let (left, top, width, height) = self.frame();
        (left..left + width).contains(&x) && (top..top + height).contains(&y)
    }

    /// The line, and the column in it, at a column and line of the screen.
    pub(super) fn place_at(&self, x: usize, y: usize) -> Option<(usize, usize)> {
        let (left, top, width, height) = self.frame();
        let is_within = (left..left + width).contains(&x) && (top + 1..top + height.saturating_sub(1)).contains(&y);
        is_within.then(|| (y - top - 1 + self.first, x.saturating_sub(left + MARGIN / 2)))
    }
}

impl App {
    /// The room for an overlay's box: beside the list, where that stands beside the page.
    pub(super) fn overlay_room(&self) -> OverlayRoom {
        let left = self.columns().list;
        OverlayRoom { left, columns: self.size.0.saturating_sub(left), lines: self.size.1 }
    }

    /// The text of an overlay at the present size of the screen.
    pub fn overlay_content(&self, overlay: &Overlay) -> OverlayContent {
        let room = self.overlay_room();
        let width = room.word_columns().min(WIDEST);
        let title = match overlay {
            Overlay::Help(Help { words: None, .. }) => "Keys".to_owned(),
            Overlay::Help(Help { words: Some(words), .. }) => format!("Keys: /{words}"),
            Overlay::Ancestors(..) => "What this answers".to_owned(),
            Overlay::Why(..) => "Why it shows so".to_owned(),
            Overlay::Orders(_) | Overlay::ListOrders(_) => "Order".to_owned(),
            Overlay::Author(author, _) => format!("{} on {}", author.name, author.site),
            Overlay::Links(..) => "Links".to_owned(),
        };
        let text = self.overlay_lines(overlay, room.word_columns());
        let most_lines = room.most_lines();
        let last = text.len().saturating_sub(most_lines);
        let first = match overlay {
            Overlay::Help(Help { first, .. }) | Overlay::Ancestors(_, first) | Overlay::Why(_, first) => *first,
            Overlay::Orders(chosen) | Overlay::ListOrders(chosen) | Overlay::Author(_, chosen) => {
                (chosen + 1).saturating_sub(most_lines)
            }
            Overlay::Links(links, chosen, _) => {
                let end = chosen + self.link_lines(links, *chosen, *chosen, width).len();
                end.saturating_sub(most_lines).min(*chosen)
            }
        };
        let first = first.min(last);
        let scrolls = if last > 0 { self.scroll_hint(first == last) } else { None };
        let own = self.overlay_keys(overlay);
        let closes =
            if matches!(overlay, Overlay::Help(Help { words: Some(_), .. })) { "ends the search" } else { "closes" };
        let closes = self.key_hint(Key::plain(Code::Esc), closes);
        let foot = scrolls.into_iter().chain(own).chain([closes]).collect();
        let foot_words = if matches!(overlay, Overlay::Help(_)) { "a click on a line presses its key" } else { "" };
        OverlayContent { title, lines: text, first, foot, foot_words, room }
    }

    /// The lines of an overlay in so many columns.
    fn overlay_lines(&self, overlay: &Overlay, room: usize) -> Vec<Vec<Span>> {
        let width = room.min(WIDEST);
        match overlay {
            Overlay::Help(help) => self.help_lines(help, room),
            Overlay::Ancestors(above, _) => self.ancestors(above, width),
            Overlay::Why(facts, _) => facts.iter().flat_map(|fact| fact_lines(fact, width)).collect(),
            Overlay::Orders(chosen) => self.orders(*chosen),
            Overlay::ListOrders(chosen) => self.list_orders(*chosen),
            Overlay::Author(author, chosen) => self.author_choices(author, *chosen),
            Overlay::Links(links, chosen, _) => {
                (0..links.len()).flat_map(|at| self.link_lines(links, at, *chosen, width)).collect()
            }
        }
    }

    /// The keys that scroll an overlay which is longer than its box; the one that still leads somewhere takes a click.
    fn scroll_hint(&self, is_at_end: bool) -> Option<KeyHint> {
        let key = |motion: Motion| self.keys.keys(motion).min_by_key(|key| key.is_letter());
        let (up, down) = (key(Motion::Up)?, key(Motion::Down)?);
        let name = self.own_words(&format!("{up} {down}"));
        Some(KeyHint { key: if is_at_end { up } else { down }, name, does: "scroll" })
    }

    /// The keys that an overlay has of its own.
    fn overlay_keys(&self, overlay: &Overlay) -> Vec<KeyHint> {
        match overlay {
            Overlay::Links(..) => self.link_keys(),
            Overlay::Orders(_) | Overlay::ListOrders(_) | Overlay::Author(..) => {
                let enter = self.key_hint(Key::plain(Code::Enter), "picks");
                vec![KeyHint { name: format!("{} or a letter", enter.name), ..enter }]
            }
            Overlay::Help(Help { words: None, .. }) => {
                let does = if self.page.list().is_some() { "filters" } else { "searches" };
                let search = self.keys.keys(self.help_search()).next();
                search.map(|key| self.key_hint(key, does)).into_iter().collect()
            }
            Overlay::Help(_) | Overlay::Ancestors(..) | Overlay::Why(..) => Vec::new(),
        }
    }

    /// The command whose key begins a search in help: the one that searches on the page.
    pub(super) fn help_search(&self) -> Command {
        match self.page.scope() {
            Scope::List => ListCommand::FilterList.into(),
            Scope::Thread | Scope::Both => ThreadCommand::Search.into(),
        }
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

    /// The orders of a list, marked likewise.
    fn list_orders(&self, chosen: usize) -> Vec<Vec<Span>> {
        let in_force = self.page.list().map(ListView::order);
        let line = |(place, (order, name)): (usize, &(ListOrder, &'static str))| {
            let now = if in_force == Some(*order) { "  (now)" } else { "" };
            choice_line(place == chosen, name, order.words(), now)
        };
        ListOrder::NAMES.iter().enumerate().map(line).collect()
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

    /// The number of lines that these comments take in an overlay.
    pub(super) fn ancestor_lines(&self, above: &[u32]) -> usize {
        self.ancestors(above, self.overlay_room().word_columns().min(WIDEST)).len()
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
