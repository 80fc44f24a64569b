//! The list of stories: the tab bar, and each story's rank, title, domain and facts.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::comment::note_words;
use super::line_writer::{LineWriter, fit};
use crate::app::{App, EMPTY_LIST_MARGIN, LIST_EDGE, TabKind, entry_bookmark};
use crate::model::{Entry, Heading};
use crate::view::{DOMAIN_MARGIN, DomainPlace, FactCell, FactColumns, FactContext, FactKind, ListView, domain};

/// The fewest columns of a domain and the space before it on the line of its title.
const LEAST_DOMAIN: usize = 10;
/// Between two facts.
const GAP: &str = "  ";

/// Draws the tab bar on one line.
pub(super) fn draw_tabs(app: &App, heading: &Heading, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    for cell in app.tab_bar(heading) {
        let style = match (cell.kind, cell.is_here) {
            (TabKind::Name, _) | (TabKind::Site, true) => styles.title,
            (TabKind::Section, true) => styles.tab_open,
            (TabKind::Section, false) => styles.tab,
            (TabKind::Site, false) | (TabKind::Mark, _) => styles.dim,
            (TabKind::Title, _) => styles.key,
        };
        let mut out = LineWriter::new(buffer, area, cell.x, 0);
        let room = out.room().saturating_sub(usize::from(cell.kind == TabKind::Title));
        out.put_cut(&cell.words, room, styles.glyphs.cut, style);
    }
}

/// Draws the stories that the screen has room for.
pub(super) fn draw(app: &App, list: &ListView, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let (chosen, columns) = (list.chosen_line(), list.fact_columns());
    for (line, rank, entry) in list.screen() {
        let context = ListContext { app, list, styles, columns, area, is_chosen: chosen == Some(line) };
        context.draw_entry(line, rank, entry, buffer);
    }
    if list.is_empty() && !app.is_loading() {
        for (y, words) in app.empty_list_lines(list, usize::from(area.width)) {
            LineWriter::new(buffer, area, EMPTY_LIST_MARGIN, y).put_message(&words, styles.dim, styles.key);
        }
    }
}

/// Draws the list beside a thread, and behind a blank column the line between them.
pub(super) fn draw_beside(app: &App, list: &ListView, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let divider = usize::from(area.width).saturating_sub(1);
    let width = area.width.saturating_sub(LIST_EDGE as u16);
    draw(app, list, styles, Rect { width, ..area }, buffer);
    for y in 0..usize::from(area.height) {
        LineWriter::new(buffer, area, divider, y).put(styles.glyphs.guide, styles.guide);
    }
}

struct ListContext<'a> {
    app: &'a App,
    list: &'a ListView,
    styles: &'a Styles,
    columns: FactColumns,
    area: Rect,
    is_chosen: bool,
}

impl ListContext<'_> {
    fn draw_entry(&self, line: usize, rank: usize, entry: &Entry, buffer: &mut Buffer) {
        let (styles, column) = (self.styles, self.list.title_column());
        let text_lines = self.list.text_lines();
        if self.is_chosen {
            self.draw_selection(line..line + text_lines, buffer);
        }
        let rank = format!("{rank:>width$} ", width = column.saturating_sub(2));
        LineWriter::new(buffer, self.area, 1, line).put(&rank, styles.rank);
        if self.list.is_highlighted(entry) {
            LineWriter::new(buffer, self.area, 1, line).put(styles.glyphs.highlight, styles.highlight);
        }
        if text_lines == 1 {
            self.draw_on_one_line(entry, &mut LineWriter::new(buffer, self.area, column, line));
            return;
        }
        if self.is_bookmarked(entry) {
            LineWriter::new(buffer, self.area, 1, line + 1).put(styles.glyphs.bookmark, styles.notice);
        }
        if self.list.is_marked_stored(entry) {
            LineWriter::new(buffer, self.area, column.saturating_sub(2), line + 1)
                .put(styles.glyphs.stored, styles.notice);
        }
        let (lines, is_cut) = self.list.title_lines(entry);
        let place = self.list.domain_place(entry);
        let mut y = line;
        for words in &lines {
            let mut out = LineWriter::new(buffer, self.area, column, y);
            self.put_title(entry, words.start as usize..words.end as usize, &mut out);
            if words.end as usize == entry.title.len() && place == DomainPlace::BehindTitle {
                self.put_domain(entry, &mut out);
            } else if is_cut && y + 1 == line + lines.len() {
                out.put(styles.glyphs.cut, self.title_style(entry));
            }
            y += 1;
        }
        let is_among_facts = match place {
            DomainPlace::Nowhere | DomainPlace::BehindTitle => false,
            DomainPlace::OwnLine => self.columns.has_room_for_domain(entry),
            DomainPlace::Facts => true,
        };
        let facts = self.facts(entry, !is_among_facts);
        self.put_facts(&facts, &mut LineWriter::new(buffer, self.area, column, y));
        if place == DomainPlace::OwnLine && !is_among_facts {
            let mut out = LineWriter::new(buffer, self.area, column, y + 1);
            out.put_cut(&format!("({})", domain(&entry.link)), out.room(), styles.glyphs.cut, styles.domain);
        }
    }

    /// Draws the reader's bar and the ground of the lines of the chosen story.
    fn draw_selection(&self, lines: Range<usize>, buffer: &mut Buffer) {
        for y in lines {
            if let Some(y) = u16::try_from(y).ok().filter(|&y| y < self.area.height) {
                buffer.set_style(Rect { y: self.area.y + y, height: 1, ..self.area }, self.styles.selected);
            }
            LineWriter::new(buffer, self.area, 0, y).put(self.styles.glyphs.here, self.styles.here);
        }
    }

    /// All of a story on one line: the title and its domain as far as there is room, the facts at the right.
    fn draw_on_one_line(&self, entry: &Entry, out: &mut LineWriter<'_>) {
        if self.is_bookmarked(entry) {
            out.put(self.styles.glyphs.bookmark, self.styles.notice).skip(1);
        }
        let facts = self.facts(entry, true);
        let room = out.room().saturating_sub(self.columns.taken() + GAP.len() + 1);
        let host = domain(&entry.link);
        let whole = if host.is_empty() { 0 } else { host.width() + DOMAIN_MARGIN - 1 };
        // Where there is room for authors, there is some for domains.
        let least = if self.columns.has_author() { whole.min(LEAST_DOMAIN) } else { 0 };
        let (kept, is_cut) = fit(&entry.title, room.saturating_sub(least));
        self.put_title(entry, 0..kept.len(), out);
        if is_cut {
            out.put(self.styles.glyphs.cut, self.title_style(entry));
        }
        let left = room.saturating_sub(kept.width() + usize::from(is_cut));
        let domain = Some(whole.min(left)).filter(|domain| *domain >= whole.clamp(1, LEAST_DOMAIN)).unwrap_or(0);
        if domain > 0 {
            let (start, style) = (out.room(), self.styles.domain);
            out.put(" ", style).put_cut(&format!("({host})"), domain - 1, self.styles.glyphs.cut, style);
            out.skip((out.room() + domain).saturating_sub(start));
        }
        out.skip(left - domain);
        out.put(GAP, self.styles.meta);
        self.put_facts(&facts, out);
    }

    /// The style of a title by whether it was read, stands out by a rule, or is the chosen one.
    fn title_style(&self, entry: &Entry) -> Style {
        let style = match (self.list.is_visited(entry), self.list.is_highlighted(entry)) {
            (true, _) => self.styles.visited,
            (false, true) => self.styles.highlight,
            (false, false) => self.styles.entry,
        };
        let style = if self.is_chosen { style.patch(self.styles.selected_lead) } else { style };
        self.styles.leading_to(&entry.link, style)
    }

    /// A part of a title, with what is no part of the sentence set apart: `Ask HN:`, `(2017)`, `[video]`.
    fn put_title(&self, entry: &Entry, part: Range<usize>, out: &mut LineWriter<'_>) {
        let style = self.title_style(entry);
        let apart = if self.list.is_visited(entry) { style } else { style.patch(self.styles.apart) };
        for (range, is_apart) in title_parts(&entry.title) {
            let (start, end) = (range.start.max(part.start), range.end.min(part.end));
            if start < end {
                let words = entry.title.get(start..end).unwrap_or_default();
                out.put(words, if is_apart && !self.is_chosen { apart } else { style });
            }
        }
    }

    /// The domain that a title leads to, as much of it as there is room for.
    fn put_domain(&self, entry: &Entry, out: &mut LineWriter<'_>) {
        let room = out.room().saturating_sub(2);
        out.put(" ", self.styles.domain);
        out.put_cut(&format!("({})", domain(&entry.link)), room, self.styles.glyphs.cut, self.styles.domain);
    }

    /// The facts of a story; without its domain, where that stands behind the title.
    fn facts(&self, entry: &Entry, has_domain: bool) -> Vec<FactCell> {
        let author_note = &note_words(self.styles, self.list.author_note(entry));
        let (now, new, is_stored) = (self.app.now(), self.list.new_comments(entry), self.list.is_marked_stored(entry));
        self.columns.facts(entry, FactContext { now, new, author_note, is_stored, has_domain })
    }

    fn is_bookmarked(&self, entry: &Entry) -> bool {
        self.app.bookmarks().contains(&entry_bookmark(entry))
    }

    fn fact_style(&self, fact: &FactCell) -> Style {
        if fact.kind == FactKind::New { self.styles.new } else { self.styles.meta }
    }

    /// The facts, each in its column.
    fn put_facts(&self, facts: &[FactCell], out: &mut LineWriter<'_>) {
        let mut before = "";
        for fact in facts {
            out.put(before, self.styles.meta);
            let left = out.room();
            out.put_cut(&fact.words, fact.width, self.styles.glyphs.cut, self.fact_style(fact));
            let written = left - out.room();
            out.skip(fact.width.saturating_sub(written));
            before = GAP;
        }
    }
}

/// The parts of a title in order, and whether each is no part of the sentence: a heading such as `Ask HN:` at its start, a
/// year or a kind in brackets at its end.
fn title_parts(title: &str) -> Vec<(Range<usize>, bool)> {
    const HEADINGS: [&str; 4] = ["Ask HN:", "Show HN:", "Tell HN:", "Launch HN:"];
    let start = HEADINGS.iter().find(|heading| title.starts_with(**heading)).map_or(0, |heading| heading.len());
    let mut end = title.len();
    while let Some(open) = title.get(start..end).and_then(|rest| rest.trim_end().rfind([' '])).map(|at| start + at) {
        let word = title.get(open..end).unwrap_or_default().trim();
        let is_year = word.len() == 6
            && word.starts_with('(')
            && word.ends_with(')')
            && word.bytes().skip(1).take(4).all(|byte| byte.is_ascii_digit());
        let is_kind = word.len() > 2 && word.starts_with('[') && word.ends_with(']');
        if !is_year && !is_kind {
            break;
        }
        end = open;
    }
    [(0..start, true), (start..end, false), (end..title.len(), true)].to_vec()
}

#[cfg(test)]
mod tests {
    use super::title_parts;

    #[test]
    fn what_is_no_part_of_the_sentence_is_set_apart() {
        for (title, parts) in [
            ("Ask HN: Why? (2017)", ["Ask HN:", " Why?", " (2017)"]),
            ("Clocks [video] (2009)", ["", "Clocks", " [video] (2009)"]),
            ("A (small) thing", ["", "A (small) thing", ""]),
            ("[pdf]", ["", "[pdf]", ""]),
            ("Show HN:", ["Show HN:", "", ""]),
            ("Ä (日本語)", ["", "Ä (日本語)", ""]),
        ] {
            let found: Vec<_> =
                title_parts(title).into_iter().map(|(range, _)| title.get(range).expect("a part")).collect();
            assert_eq!(found, parts, "{title}");
        }
    }
}
