//! The status line, the progress bar while loading, and the screen of an empty page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use super::line_writer::LineWriter;
use super::{Styles, comment, part_of};
use crate::app::{App, BACK_COLUMNS, HintCell, PageContent, Prompt, filter_count};
use crate::view::{ListView, ThreadView, own_subject};

/// Draws the status line: a message, the progress bar or the title; and the reader's place.
pub(super) fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, styles.status);
    let right = app.status_place();
    let start = usize::from(area.width).saturating_sub(right.width() + 1);
    let left_room = app.status_room();
    let mut out = LineWriter::new(buffer, area, app.foot_start() + 1, 0);
    if app.leads_back() {
        out.put(styles.glyphs.more[0], styles.status).skip(BACK_COLUMNS - 1);
    }
    if let Some(prompt) = app.prompt() {
        draw_prompt(app, prompt, styles, left_room, &mut out);
    } else {
        draw_left(app, styles, left_room, &mut out);
    }
    LineWriter::new(buffer, area, start, 0).put_message(&right, styles.status, styles.status_key);
}

/// Draws a message that is too long for the status line, with a ground of its own over all that its lines cover.
pub(super) fn draw_long_message(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let Some(message) = app.message_box() else { return };
    let rows = message.rows();
    let covered = part_of(area, message.left, usize::from(area.width));
    for y in rows.clone().take_while(|&y| y < usize::from(area.height)) {
        blank(Rect { y: area.y + y as u16, height: 1, ..covered }, styles.status, styles, buffer);
    }
    for ((column, words), y) in message.lines.iter().zip(rows.clone()) {
        LineWriter::new(buffer, area, *column, y).put_message(words, styles.status, key_style(app, styles));
    }
    if let Some((column, key)) = &message.help {
        let last = rows.end.saturating_sub(1);
        LineWriter::new(buffer, area, *column, last).put_message(key, styles.status, styles.status_key);
    }
    if let Some(column) = message.back {
        let last = rows.end.saturating_sub(1);
        LineWriter::new(buffer, area, column, last).put(styles.glyphs.more[0], styles.status);
    }
    if let Some(column) = message.mark {
        LineWriter::new(buffer, area, column, rows.end.saturating_sub(1)).put(styles.glyphs.wrong, styles.status);
    }
}

/// Empties a row of all that stands on it, words and styles, and gives it the ground of a style.
fn blank(row: Rect, style: Style, styles: &Styles, buffer: &mut Buffer) {
    Clear.render(row, buffer);
    buffer.set_style(row, styles.page.patch(style));
}

/// A message, the progress bar, a note, or the title.
fn draw_left(app: &App, styles: &Styles, left_room: usize, out: &mut LineWriter<'_>) {
    let Some(said) = app.status_words() else {
        out.put_cut(&title(app, styles, left_room), left_room, styles.glyphs.cut, styles.status);
        return;
    };
    if let Some((full, columns)) = said.gauge {
        let [done, open] = styles.glyphs.gauge;
        out.put(&done.repeat(full), styles.status).put(&open.repeat(columns - full), styles.status).skip(1);
    }
    out.put_message(&said.words, styles.status, styles.status_key);
}

/// The style of keys that a message names: while something is typed, they are no buttons.
fn key_style(app: &App, styles: &Styles) -> Style {
    if app.prompt().is_some() { styles.status } else { styles.status_key }
}

/// The line that is being typed, lit where it is selected, with a cursor, and marks where more of it stands out of sight.
fn draw_prompt(app: &App, prompt: &Prompt, styles: &Styles, room: usize, out: &mut LineWriter<'_>) {
    let line = app.prompt_line(prompt);
    let end = out.room().saturating_sub(room);
    let turned = styles.status.add_modifier.contains(Modifier::REVERSED);
    let cursor = if turned {
        styles.status.remove_modifier(Modifier::REVERSED).add_modifier(Modifier::UNDERLINED)
    } else {
        styles.status.add_modifier(Modifier::REVERSED)
    };
    let [left, right] = styles.glyphs.more;
    out.put(&line.label, styles.status).put(if line.is_cut_before { left } else { "" }, styles.status);
    let typed = if prompt.typed.is_selected() { cursor } else { styles.status };
    out.put(line.before, typed).put(line.under, cursor).put(line.after, styles.status);
    out.put(if line.is_cut_after { right } else { "" }, styles.status);
    if let Some(message) = app.message().filter(|_| !prompt.has_error && app.message_box().is_none()) {
        let room = out.room().saturating_sub(end + 2);
        out.put("  ", styles.status).put_cut(
            &styles.glyphs.own(message.words()),
            room,
            styles.glyphs.cut,
            styles.status,
        );
    }
}

fn title(app: &App, styles: &Styles, room: usize) -> String {
    match app.page().content() {
        PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => app.page_name().to_owned(),
        PageContent::Thread(thread) => {
            let speaker = speaker(app, thread.view(), styles, room);
            speaker.unwrap_or_else(|| thread_title(thread.view(), room))
        }
        PageContent::List(list) => list_title(list.view(), styles, room),
    }
}

/// Who speaks in the selected comment, while its header is above the screen, and the filter or the subject behind that.
fn speaker(app: &App, view: &ThreadView, styles: &Styles, room: usize) -> Option<String> {
    let comment = view.thread().get(app.comment_begun_above()?)?;
    let behind = if view.filter().is_some() { thread_title(view, room) } else { own_subject(comment, true).to_owned() };
    Some(comment::speaker(view, styles, comment, &behind, room))
}

/// The filter and how much it shows, that first where there is no room for all of it; else the title of the story.
fn thread_title(view: &ThreadView, room: usize) -> String {
    let (Some(filter), Some(count)) = (view.filter(), filter_count(view)) else {
        return view.thread().story().title.clone();
    };
    let whole = format!("filter: {}  ({count})", filter.text());
    if whole.width() <= room { whole } else { format!("{count}: {}", filter.text()) }
}

/// The end of the chosen story's title, where there is no room for it on the story's own lines.
fn rest_of_title(list: &ListView) -> Option<&str> {
    let entry = list.entry().filter(|_| list.text_lines() > 1)?;
    let (lines, is_cut) = list.title_lines(entry);
    let shown = lines.last().filter(|_| is_cut)?.end as usize;
    Some(entry.title.get(shown..)?.trim_start())
}

/// The filter, the end of a long title, a note or the list's title, and how many stories are hidden; that alone where there is no room for both.
fn list_title(list: &ListView, styles: &Styles, room: usize) -> String {
    let title = match list.filter() {
        Some(filter) => format!("only with: {}  ({} of {})", filter.text(), list.len(), list.entries().len()),
        None => match rest_of_title(list) {
            Some(rest) => format!("{}{rest}", styles.glyphs.cut),
            None => list.notes().first().unwrap_or(&list.heading().title).clone(),
        },
    };
    let Some(hidden) = list.hidden_words() else { return title };
    let whole = format!("{title}  {hidden}");
    if whole.width() <= room { whole } else { hidden }
}

/// Draws the row of hints, as many of them as there is room for.
pub(super) fn draw_hints(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    // While something is typed, they may stand over another row.
    blank(area, styles.page, styles, buffer);
    for HintCell { x, hint } in app.hint_cells() {
        let mut out = LineWriter::new(buffer, area, x, 0);
        out.put(&hint.name, styles.hint_key).put(&format!(" {}", hint.does), styles.dim);
    }
}

/// Draws an empty page: that it is loading, or the reason why it is empty.
pub(super) fn draw_empty(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let page = app.empty_page();
    let style = if page.is_error { styles.problem } else { styles.text };
    for (line, y) in page.lines.iter().zip(page.top..) {
        LineWriter::new(buffer, area, page.column, y).put_message(line, style, styles.key);
    }
    for (y, way, is_chosen) in &page.ways {
        let mut out = LineWriter::new(buffer, area, page.column.saturating_sub(2), *y);
        out.put(if *is_chosen { styles.glyphs.here } else { " " }, styles.here).skip(1);
        out.put(&format!("{:<9}", way.name), styles.key).put(way.lists, styles.text);
    }
    for (y, HintCell { x, hint }) in &page.buttons {
        let mut out = LineWriter::new(buffer, area, *x, *y);
        out.put(&hint.name, styles.key).put(&format!(" {}", hint.does), styles.text);
    }
}
