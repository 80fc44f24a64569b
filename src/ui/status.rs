//! The status line, the gauge while loading, and the screen while there is nothing to read.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::pen::Pen;
use crate::app::{App, Command, Loading};
use crate::model::Text;
use crate::view::{Row, View, wrap};

/// Columns of the gauge.
const GAUGE: usize = 16;

/// Draws the status line: a message, the gauge or the title; and where the reader is.
pub(super) fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, styles.status);
    let right = app.page.view.as_ref().map_or_else(String::new, |view| place(app, view));
    let right = styles.glyphs.own(&right);
    let width = usize::from(area.width);
    let start = width.saturating_sub(right.width() + 1);
    let left_room = if start > 20 { start.saturating_sub(3) } else { width.saturating_sub(2) };
    let mut pen = Pen::new(buffer, area, 1, 0);
    match (&app.message, &app.page.loading) {
        (Some(message), _) => {
            _ = pen.put_cut(&styles.glyphs.own(message), left_room, styles.glyphs.cut, styles.status);
        }
        (None, Some(loading)) => draw_gauge(app, loading, styles, left_room, &mut pen),
        (None, None) => _ = pen.put_cut(title(app), left_room, styles.glyphs.cut, styles.status),
    }
    if start > 20 {
        Pen::new(buffer, area, start, 0).put(&right, styles.status);
    }
}

fn title(app: &App) -> &str {
    app.page.view.as_ref().map_or(app.page.source.as_str(), |view| view.thread().story().title.as_str())
}

fn place(app: &App, view: &View) -> String {
    let all = view.thread().len();
    let help = app.keys.keys(Command::Help).next().map_or_else(String::new, |key| format!("  {key} help"));
    match view.place().row {
        Row::Comment(index) | Row::Marker(index) => format!("{}/{all}{help}", index + 1),
        Row::Story => format!("story/{all}{help}"),
        Row::Rest | Row::Foot => format!("end/{all}{help}"),
    }
}

fn draw_gauge(app: &App, loading: &Loading, styles: &Styles, room: usize, pen: &mut Pen<'_>) {
    let [done, open] = styles.glyphs.gauge;
    if let Some(stated) = loading.stated.filter(|&stated| stated > 0 && room > GAUGE + 24) {
        let part = GAUGE * loading.loaded.min(stated) as usize / stated as usize;
        pen.put(&done.repeat(part), styles.status).put(&open.repeat(GAUGE - part), styles.status).skip(1);
    }
    let count = match loading.stated {
        Some(stated) => format!("{} of {}", thousands(loading.loaded), thousands(stated)),
        None => "loading".to_owned(),
    };
    let seconds = app.now.saturating_sub(loading.since).max(0);
    let stop = app.keys.keys(Command::Cancel).next().map_or_else(String::new, |key| format!("  {key} stops"));
    let words = format!("{count}  {seconds} s{stop}");
    pen.put_cut(&styles.glyphs.own(&words), room, styles.glyphs.cut, styles.status);
}

/// A number with commas between its thousands.
fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Draws what is to be said while there is nothing to read: that it is being loaded, or why there is nothing.
pub(super) fn draw_empty(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let (words, style) = match &app.page.problem {
        Some(problem) => (styles.glyphs.own(problem).into_owned(), styles.problem),
        None => (format!("loading {}", app.page.source), styles.text),
    };
    let width = usize::from(area.width).saturating_sub(4).clamp(1, 76);
    let lines = wrap(Text::unmarked(words.as_str()).borrow(), width);
    let top = usize::from(area.height).saturating_sub(lines.len() + 2) / 3;
    for (line, y) in lines.iter().zip(top..) {
        Pen::new(buffer, area, 2, y).put(line.of(&words), style);
    }
    if app.page.problem.is_some() {
        let mut pen = Pen::new(buffer, area, 2, top + lines.len() + 1);
        for (command, says) in
            [(Command::Reload, "try again"), (Command::BrowseStory, "open in the browser"), (Command::Leave, "quit")]
        {
            if let Some(key) = app.keys.keys(command).next() {
                pen.put(&styles.glyphs.own(&key.to_string()), styles.key).put(&format!(" {says}   "), styles.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
