//! What lies over the thread: a box with help, ancestors, the reasons for a mode, links, or a prompt.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::pen::Pen;
use crate::app::{App, Fact, GROUPS, Overlay};
use crate::view::{View, age, wrap};

/// A line of a box: pieces with their styles.
type BoxLine = Vec<(String, Style)>;

/// Draws an overlay.
pub(super) fn draw(app: &App, overlay: &Overlay, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width).saturating_sub(6).clamp(1, 92);
    let (title, lines, first) = match overlay {
        Overlay::Help(line) => ("Keys", help(app, styles), *line),
        Overlay::Ancestors(above, line) => ("What this answers", ancestors(app, above, styles, width), *line),
        Overlay::Why(facts) => ("Why it shows so", why(facts, styles), 0),
        Overlay::Links(links, chosen) => ("Links", list_links(links, *chosen, styles), chosen.saturating_sub(4)),
        Overlay::MinScore(typed) => ("Hide below", vec![vec![(format!("{typed}_"), styles.text)]], 0),
    };
    draw_box(title, &lines, first, styles, area, buffer);
}

fn draw_box(title: &str, lines: &[BoxLine], first: usize, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let widest = lines.iter().map(|line| line.iter().map(|(text, _)| text.width()).sum()).max().unwrap_or(0);
    let width = (widest.max(title.width() + 12) + 4).min(usize::from(area.width)) as u16;
    let height = (lines.len() + 2).min(usize::from(area.height)) as u16;
    let frame = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width, height };
    clear(frame, buffer);
    buffer.set_style(frame, styles.text);
    let shown = usize::from(height.saturating_sub(2));
    let first = first.min(lines.len().saturating_sub(shown));
    let more = lines.len() > shown;
    let says = if more {
        format!(" {title} ({}/{}) ", (first + shown).min(lines.len()), lines.len())
    } else {
        format!(" {title} ")
    };
    for y in 0..usize::from(height) {
        buffer.set_style(Rect { y: frame.y + y as u16, height: 1, ..frame }, styles.text);
    }
    buffer.set_style(Rect { height: 1, ..frame }, styles.status);
    buffer.set_style(Rect { y: frame.bottom().saturating_sub(1), height: 1, ..frame }, styles.status);
    Pen::new(buffer, frame, 1, 0).put(&says, styles.status);
    Pen::new(buffer, frame, 1, usize::from(height) - 1).put(" Esc closes ", styles.status);
    for (line, y) in lines.iter().skip(first).take(shown).zip(1..) {
        let mut pen = Pen::new(buffer, frame, 2, y);
        for (text, style) in line {
            let room = pen.room().saturating_sub(1);
            pen.put_cut(text, room, styles.glyphs.cut, *style);
        }
    }
}

/// Clears the cells of a box; a wide character that its left edge would halve goes too.
fn clear(frame: Rect, buffer: &mut Buffer) {
    if frame.x > buffer.area.x {
        for y in frame.top()..frame.bottom() {
            if let Some(cell) = buffer.cell_mut((frame.x - 1, y)).filter(|cell| cell.symbol().width() > 1) {
                cell.set_symbol(" ");
            }
        }
    }
    Clear.render(frame, buffer);
}

fn help(app: &App, styles: &Styles) -> Vec<BoxLine> {
    let mut lines = Vec::new();
    for (heading, entries) in GROUPS {
        lines.push(vec![(heading.to_owned(), styles.title)]);
        for entry in entries.iter().filter(|entry| !entry.help.is_empty()) {
            let keys: Vec<String> = app.keys.keys(entry.command).map(|key| key_name(key, styles)).collect();
            if !keys.is_empty() {
                lines.push(vec![
                    (format!("  {:<14}", keys.join(" ")), styles.key),
                    (entry.help.to_owned(), styles.text),
                ]);
            }
        }
        lines.push(Vec::new());
    }
    lines.push(vec![("The mouse".to_owned(), styles.title)]);
    for (what, does) in [
        ("wheel", "scrolls"),
        ("click", "selects; on a fold mark folds; on the bar below sets what is hidden"),
        ("Shift", "with the mouse selects text, as the terminal does it"),
    ] {
        lines.push(vec![(format!("  {what:<14}"), styles.key), (does.to_owned(), styles.text)]);
    }
    lines.push(Vec::new());
    let [star, journal, homepage] = styles.glyphs.author_marks;
    lines.push(vec![("Marks".to_owned(), styles.title)]);
    for (mark, says) in [
        (styles.glyphs.full, "in full"),
        (styles.glyphs.line, "on one line"),
        (styles.glyphs.folded, "folded, with the number of comments inside"),
        (styles.glyphs.hidden, "comments hidden by their score"),
        ("OP", "by the author of the story"),
        (star, "the author pays for the site"),
        (journal, "the author keeps a journal"),
        (homepage, "the author names a homepage"),
    ] {
        lines.push(vec![(format!("  {mark:<14}"), styles.key), (says.to_owned(), styles.text)]);
    }
    lines
}

fn key_name(key: crate::app::Key, styles: &Styles) -> String {
    let shown = key.to_string();
    if styles.glyphs.guide.is_ascii() && !shown.is_ascii() { key.name() } else { shown }
}

fn ancestors(app: &App, above: &[u32], styles: &Styles, width: usize) -> Vec<BoxLine> {
    let Some(view) = &app.page.view else { return Vec::new() };
    above.iter().flat_map(|&index| ancestor(app, view, index, styles, width)).collect()
}

fn ancestor(app: &App, view: &View, index: u32, styles: &Styles, width: usize) -> Vec<BoxLine> {
    let Some(comment) = view.thread().get(index) else { return Vec::new() };
    let score = comment.score().map_or_else(String::new, |score| format!("  {score} {}", comment.label()));
    let then = comment.posted_at().map_or_else(String::new, |then| format!("  {}", age(then, app.now)));
    let mut lines = vec![vec![
        (comment.author().unwrap_or("?").to_owned(), styles.author),
        (score.trim_end().to_owned(), styles.scores[1]),
        (then, styles.dim),
    ]];
    let body = comment.body();
    let text = |line: &crate::view::Line| {
        let bars = format!("{} ", styles.glyphs.quote).repeat(usize::from(line.bars));
        let indent = " ".repeat(usize::from(line.indent));
        vec![(format!("{bars}{indent}{}", line.of(body.plain)), if line.bars > 0 { styles.quote } else { styles.text })]
    };
    lines.extend(wrap(body, width).iter().map(text));
    lines.push(Vec::new());
    lines
}

fn why(facts: &[Fact], styles: &Styles) -> Vec<BoxLine> {
    facts.iter().map(|(what, so)| vec![(format!("{what:<14}"), styles.key), (so.clone(), styles.text)]).collect()
}

fn list_links(links: &[String], chosen: usize, styles: &Styles) -> Vec<BoxLine> {
    let line = |(number, link): (usize, &String)| {
        let here = if number == chosen { styles.glyphs.here } else { " " };
        vec![(here.to_owned(), styles.here), (format!("{:>2} ", number + 1), styles.key), (link.clone(), styles.link)]
    };
    links.iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_never_halves_a_wide_character() {
        let area = Rect::new(0, 0, 6, 1);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(0, 0, "日本語", Style::new());
        clear(Rect::new(3, 0, 2, 1), &mut buffer);
        assert_eq!(buffer.cell((2, 0)).map(|cell| cell.symbol().to_owned()).as_deref(), Some(" "));
    }
}
