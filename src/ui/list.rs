//! The list of stories: the tab bar, and each story's rank, title, domain and facts.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::comment::note_words;
use super::line_writer::LineWriter;
use crate::app::{App, KeyMap, entry_bookmark, tab_cells, tabs_start};
use crate::model::{Entry, Heading};
use crate::view::{ListView, domain, entry_facts};

/// Draws the tab bar on one line.
pub(super) fn draw_tabs(heading: &Heading, keys: &KeyMap, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let start = tabs_start(heading);
    LineWriter::new(buffer, area, 1, 0).put(&heading.site, styles.title);
    let cells = tab_cells(heading, keys, usize::from(area.width).saturating_sub(start));
    let [left, right] = styles.glyphs.more;
    let end = cells.last().map_or(start, |cell| start + cell.x + cell.width());
    if cells.first().is_some_and(|cell| cell.index > 0) {
        LineWriter::new(buffer, area, start.saturating_sub(1), 0).put(left, styles.dim);
    }
    if cells.last().is_some_and(|cell| cell.index + 1 < heading.tabs.len()) {
        LineWriter::new(buffer, area, end.min(usize::from(area.width).saturating_sub(1)), 0).put(right, styles.dim);
    }
    let mut is_here = false;
    for cell in &cells {
        let style = if cell.is_here { styles.tab_open } else { styles.tab };
        LineWriter::new(buffer, area, start + cell.x, 0).put(&cell.words, style);
        is_here |= cell.is_here;
    }
    if !is_here {
        let mut out = LineWriter::new(buffer, area, end + 1, 0);
        let room = out.room().saturating_sub(1);
        out.put_cut(&heading.title, room, styles.glyphs.cut, styles.key);
    }
}

/// Draws the stories that the screen has room for.
pub(super) fn draw(app: &App, list: &ListView, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let chosen = list.chosen_line();
    for (line, rank, entry) in list.screen() {
        let context = ListContext { app, list, styles, area, is_chosen: line == chosen };
        context.draw_entry(line, rank, entry, buffer);
    }
    if list.is_empty() && !app.is_loading() {
        let words = match list.hidden_words() {
            Some(hidden) => format!("no story is left: {hidden}"),
            None if list.filter().is_none() => "no stories here".to_owned(),
            None => "no story matches".to_owned(),
        };
        LineWriter::new(buffer, area, 2, 1).put(&words, styles.dim);
    }
}

struct ListContext<'a> {
    app: &'a App,
    list: &'a ListView,
    styles: &'a Styles,
    area: Rect,
    is_chosen: bool,
}

impl ListContext<'_> {
    fn draw_entry(&self, line: usize, rank: usize, entry: &Entry, buffer: &mut Buffer) {
        let (styles, column) = (self.styles, self.list.title_column());
        for y in (line..line + self.list.entry_lines()).filter(|_| self.is_chosen) {
            LineWriter::new(buffer, self.area, 0, y).put(styles.glyphs.here, styles.here);
        }
        let rank = format!("{rank:>width$} ", width = column.saturating_sub(2));
        LineWriter::new(buffer, self.area, 1, line).put(&rank, styles.rank);
        let (lines, is_cut) = self.list.title_lines(entry);
        let is_highlighted = self.list.is_highlighted(entry);
        if is_highlighted {
            LineWriter::new(buffer, self.area, 1, line).put(styles.glyphs.highlight, styles.highlight);
        }
        let title = match (self.list.is_visited(entry), is_highlighted) {
            (true, _) => styles.visited,
            (false, true) => styles.highlight,
            (false, false) => styles.entry,
        };
        let title = styles.leading_to(&entry.link, title);
        let last = line + self.list.entry_lines() - 1;
        let mut y = line;
        for words in &lines {
            let mut out = LineWriter::new(buffer, self.area, column, y);
            if y < last {
                out.put(words.of(&entry.title), title);
                if words.end as usize == entry.title.len() {
                    self.put_domain(entry, &mut out);
                }
            } else {
                self.put_rest(words.of(&entry.title), title, is_cut, entry, &mut out);
            }
            y += 1;
        }
        if y <= last {
            self.put_facts(entry, "", &mut LineWriter::new(buffer, self.area, column, y));
        }
    }

    /// The rest of a long title on the last line, cut where it leaves no room for the facts, and the facts behind it.
    fn put_rest(&self, words: &str, title: Style, is_cut: bool, entry: &Entry, out: &mut LineWriter<'_>) {
        let cut = self.styles.glyphs.cut;
        out.put_cut(words, out.room() / 2, cut, title);
        if is_cut && words.width() <= out.room() / 2 {
            out.put(cut, title);
        }
        self.put_facts(entry, &format!(" {} ", self.styles.glyphs.dot), out);
    }

    /// The domain that a title leads to, if there is room for it.
    fn put_domain(&self, entry: &Entry, out: &mut LineWriter<'_>) {
        let host = domain(&entry.link);
        if !host.is_empty() && host.len() + 4 <= out.room() {
            out.put(&format!(" ({host})"), self.styles.domain);
        }
    }

    /// The facts behind a gap. Whole facts only, the most important first.
    fn put_facts(&self, entry: &Entry, gap: &str, out: &mut LineWriter<'_>) {
        let styles = self.styles;
        let mut gap = gap.to_owned();
        let is_bookmarked = self.app.bookmarks().contains(&entry_bookmark(entry));
        let note = note_words(styles, self.list.author_note(entry));
        let facts = entry_facts(entry, self.app.now(), self.list.new_comments(entry), &note);
        for fact in is_bookmarked.then(|| styles.glyphs.bookmark.to_owned()).into_iter().chain(facts) {
            let words = format!("{gap}{fact}");
            if words.width() < out.room() {
                out.put(&words, styles.meta);
                gap = format!(" {} ", styles.glyphs.dot);
            }
        }
    }
}
