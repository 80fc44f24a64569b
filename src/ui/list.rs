//! The list of stories: the tab bar, and each story's rank, title, domain and facts.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::pen::Pen;
use crate::app::{App, tab_cells, tabs_start};
use crate::model::{Entry, Heading};
use crate::view::{Shelf, domain, entry_facts};

/// Draws the tab bar on one line.
pub(super) fn draw_tabs(heading: &Heading, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let start = tabs_start(heading);
    Pen::new(buffer, area, 1, 0).put(&heading.site, styles.title);
    let cells = tab_cells(heading, usize::from(area.width).saturating_sub(start));
    let mut is_here = false;
    for cell in &cells {
        let style = if cell.is_here { styles.tab_open } else { styles.tab };
        Pen::new(buffer, area, start + cell.x, 0).put(&cell.words, style);
        is_here |= cell.is_here;
    }
    if !is_here {
        let after = cells.last().map_or(start, |cell| start + cell.x + cell.width());
        let mut pen = Pen::new(buffer, area, after + 1, 0);
        let room = pen.room().saturating_sub(1);
        pen.put_cut(&heading.title, room, styles.glyphs.cut, styles.key);
    }
}

/// Draws the stories that the screen has room for.
pub(super) fn draw(app: &App, shelf: &Shelf, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let chosen = shelf.chosen_line();
    for (line, rank, entry) in shelf.screen() {
        let scene = Scene { app, shelf, styles, area, is_chosen: line == chosen };
        scene.draw_entry(line, rank, entry, buffer);
    }
    if shelf.is_empty() && !app.is_loading() {
        let words = if shelf.filter().is_empty() { "no stories here" } else { "no story has these words" };
        Pen::new(buffer, area, 2, 1).put(words, styles.dim);
    }
}

struct Scene<'a> {
    app: &'a App,
    shelf: &'a Shelf,
    styles: &'a Styles,
    area: Rect,
    is_chosen: bool,
}

impl Scene<'_> {
    fn draw_entry(&self, line: usize, rank: usize, entry: &Entry, buffer: &mut Buffer) {
        let (styles, column) = (self.styles, self.shelf.title_column());
        for y in (line..line + self.shelf.entry_lines()).filter(|_| self.is_chosen) {
            Pen::new(buffer, self.area, 0, y).put(styles.glyphs.here, styles.here);
        }
        let rank = format!("{rank:>width$} ", width = column.saturating_sub(2));
        Pen::new(buffer, self.area, 1, line).put(&rank, styles.rank);
        let (lines, is_cut) = self.shelf.title_lines(entry);
        let title = if self.shelf.is_visited(entry) { styles.visited } else { styles.entry };
        let mut y = line;
        for (place, words) in lines.iter().enumerate() {
            y = line + place;
            let mut pen = Pen::new(buffer, self.area, column, y);
            pen.put(words.of(&entry.title), styles.leading_to(&entry.link, title));
            if place + 1 == lines.len() {
                self.end_title(is_cut, entry, &mut pen);
            }
        }
        self.draw_facts(entry, column, y + 1, buffer);
    }

    /// Behind a title: that it was cut, or the domain of the link if there is room.
    fn end_title(&self, is_cut: bool, entry: &Entry, pen: &mut Pen<'_>) {
        let host = domain(&entry.link);
        if is_cut {
            pen.put(self.styles.glyphs.cut, self.styles.title);
        } else if !host.is_empty() && host.len() + 4 <= pen.room() {
            pen.put(&format!(" ({host})"), self.styles.domain);
        }
    }

    fn draw_facts(&self, entry: &Entry, column: usize, y: usize, buffer: &mut Buffer) {
        let styles = self.styles;
        let mut pen = Pen::new(buffer, self.area, column, y);
        let mut gap = String::new();
        // Whole facts only, the most telling first: half a name says nothing.
        for fact in entry_facts(entry, self.app.now) {
            let words = format!("{gap}{fact}");
            if words.width() < pen.room() {
                pen.put(&words, styles.meta);
                gap = format!(" {} ", styles.glyphs.dot);
            }
        }
    }
}
