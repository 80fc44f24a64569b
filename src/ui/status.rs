//! The status line, the progress bar while loading, and the screen of an empty page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Styles;
use super::line_writer::{LineWriter, fit};
use crate::app::{App, GlobalCommand, HintCell, PageContent, PendingLoad, Prompt, ThreadPage};
use crate::model::Text;
use crate::view::{ListView, Order, Row, ThreadView, wrap};

/// Columns that are left to a message, whatever stands behind it.
const LEAST_LEFT: usize = 20;
/// Columns of the mark that leads back.
const BACK: usize = 2;
/// Columns around a line that is being typed: at its ends, of the cursor, and before what stands behind it.
const PROMPT_MARGIN: usize = 5;
/// Columns of the progress bar.
const GAUGE: usize = 16;

/// Draws the status line: a message, the progress bar or the title; and the reader's place.
pub(super) fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, styles.status);
    let width = usize::from(area.width);
    let right = place(app, width);
    let right = styles.glyphs.own(&right);
    let start = width.saturating_sub(right.width() + 1);
    let left_room = left_room(app, styles, width);
    let mut out = LineWriter::new(buffer, area, 1, 0);
    if leads_back(app) {
        out.put(styles.glyphs.more[0], styles.status).skip(BACK - 1);
    }
    if let Some(prompt) = app.prompt() {
        draw_prompt(app, prompt, styles, left_room, &mut out);
    } else {
        draw_left(app, styles, left_room, &mut out);
    }
    LineWriter::new(buffer, area, start, 0).put(&right, styles.status);
}

/// The columns that the place of the reader, at the right, leaves to the rest of the line.
fn left_room(app: &App, styles: &Styles, width: usize) -> usize {
    let back = if leads_back(app) { BACK } else { 0 };
    match styles.glyphs.own(&place(app, width)).width() {
        0 => width.saturating_sub(2 + back),
        right => width.saturating_sub(right + 4 + back),
    }
}

/// Whether a mark at the left leads back.
fn leads_back(app: &App) -> bool {
    app.has_way_back() && app.prompt().is_none()
}

/// Draws a message that is too long for the status line over the lines above it, whole as far as these are enough.
pub(super) fn draw_long_message(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let Some(message) = app.message() else { return };
    let message = styles.glyphs.own(message);
    if let Some(prompt) = app.prompt().filter(|prompt| prompt.has_error) {
        let before = shown_before(prompt, left_room(app, styles, usize::from(area.width)));
        draw_query_error(1 + prompt_start(prompt).width() + before.width(), &message, styles, area, buffer);
        return;
    }
    let room = left_room(app, styles, usize::from(area.width));
    let asked = app.prompt().map_or(0, |prompt| prompt.question.label().len() + prompt.typed.text().width() + 4);
    if message.width() + asked <= room {
        return;
    }
    // Over a line that is being typed it must not go.
    let foot = usize::from(area.height).saturating_sub(usize::from(app.prompt().is_some()));
    draw_over(&message, foot, styles, area, buffer);
}

/// Draws words over the lines above the line `foot`, as many as it takes.
fn draw_over(words: &str, foot: usize, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let lines = wrap(Text::unmarked(words).borrow(), usize::from(area.width).saturating_sub(2).max(1));
    let top = foot.saturating_sub(lines.len());
    for (line, y) in lines.iter().zip(top..foot) {
        let row = Rect { y: area.y + y as u16, height: 1, ..area };
        buffer.set_style(row, styles.status);
        let words = format!(" {}", line.of(words));
        LineWriter::new(buffer, row, 0, 0)
            .put(&words, styles.status)
            .put(&" ".repeat(usize::from(area.width)), styles.status);
    }
}

/// Draws what is wrong with the typed line above it, with a mark above the character in this column: the words behind the
/// mark if they fit there, else on lines of their own.
fn draw_query_error(column: usize, says: &str, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let Some(mark_line) = usize::from(area.height).checked_sub(2) else { return };
    let fits = column + 2 + says.width() < width;
    let row = Rect { y: area.y + mark_line as u16, height: 1, ..area };
    buffer.set_style(row, styles.status);
    let mark = styles.glyphs.wrong;
    let words = if fits { format!("{mark} {says}") } else { mark.to_owned() };
    LineWriter::new(buffer, row, 0, 0).put(&" ".repeat(width), styles.status);
    LineWriter::new(buffer, row, column, 0).put(&words, styles.status);
    if !fits {
        draw_over(says, mark_line, styles, area, buffer);
    }
}

/// A message, the progress bar, a note, or the title.
fn draw_left(app: &App, styles: &Styles, left_room: usize, out: &mut LineWriter<'_>) {
    match (app.message(), app.page().load()) {
        (Some(message), _) => {
            _ = out.put_cut(&styles.glyphs.own(message), left_room, styles.glyphs.cut, styles.status);
        }
        (None, Some(load)) => draw_gauge(app, load, styles, left_room, out),
        (None, None) => _ = out.put_cut(&title(app, left_room), left_room, styles.glyphs.cut, styles.status),
    }
}

/// The line that is being typed, with a cursor; its end where it is too long.
fn draw_prompt(app: &App, prompt: &Prompt, styles: &Styles, room: usize, out: &mut LineWriter<'_>) {
    let end = out.room().saturating_sub(room);
    let after = prompt.typed.halves().1;
    out.put(&prompt_start(prompt), styles.status);
    let start = shown_before(prompt, room);
    let under = after.graphemes(true).next().unwrap_or(" ");
    let rest = after.get(under.len()..).unwrap_or_default();
    let turned = styles.status.add_modifier.contains(Modifier::REVERSED);
    let cursor = if turned {
        styles.status.remove_modifier(Modifier::REVERSED).add_modifier(Modifier::UNDERLINED)
    } else {
        styles.status.add_modifier(Modifier::REVERSED)
    };
    let rest_room = out.room().saturating_sub(end + start.width() + under.width());
    out.put(start, styles.status).put(under, cursor).put(fit(rest, rest_room).0, styles.status);
    if let Some(message) = app.message().filter(|_| !prompt.has_error) {
        let room = out.room().saturating_sub(end + 2);
        out.put("  ", styles.status).put_cut(message, room, styles.glyphs.cut, styles.status);
    }
}

/// The words before a typed line.
fn prompt_start(prompt: &Prompt) -> String {
    format!("{}: ", prompt.question.label())
}

/// The part of a typed line before the cursor that there is room for, its end where it is too long.
fn shown_before(prompt: &Prompt, room: usize) -> &str {
    let room = room.saturating_sub(prompt_start(prompt).width() + 1);
    let mut start = prompt.typed.halves().0;
    while start.width() > room {
        start = start.get(start.ceil_char_boundary(1)..).unwrap_or_default();
    }
    start
}

fn title(app: &App, room: usize) -> String {
    match app.page().content() {
        PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => app.page().source().to_owned(),
        PageContent::Thread(thread) => {
            let steps = app.first_steps().filter(|steps| steps.width() <= room);
            steps.unwrap_or_else(|| thread_title(thread.view()))
        }
        PageContent::List(list) => list_title(list.view(), room),
    }
}

fn thread_title(view: &ThreadView) -> String {
    match (view.filter(), view.matching()) {
        (Some(filter), Some(count)) => format!("filter: {}  ({count} of {})", filter.text(), view.thread().len()),
        _ => view.thread().story().title.clone(),
    }
}

/// The filter, a note or the title, and how many stories are hidden; that alone where there is no room for both.
fn list_title(list: &ListView, room: usize) -> String {
    let title = match list.filter() {
        Some(filter) => format!("only with: {}  ({} of {})", filter.text(), list.len(), list.entries().len()),
        None => list.notes().first().unwrap_or(&list.heading().title).clone(),
    };
    let Some(hidden) = list.hidden_words() else { return title };
    let whole = format!("{title}  {hidden}");
    if whole.width() <= room { whole } else { hidden }
}

/// The reader's place and the key for help, as much of it as leaves room for the rest of the line.
fn place(app: &App, width: usize) -> String {
    let help = app.keys().keys(GlobalCommand::Help).next().map_or_else(String::new, |key| format!("  {key} help"));
    let (found, place) = match app.page().content() {
        PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => (String::new(), String::new()),
        PageContent::Thread(thread) => {
            let watched = if app.is_watching() { "watched  " } else { "" };
            (found(thread), format!("{watched}{}", place_in_thread(thread.view())))
        }
        PageContent::List(list) => (String::new(), place_in_list(list.view())),
    };
    // The typed text and the message about it need the room.
    if let Some(prompt) = app.prompt() {
        let words = if found.is_empty() && app.page().list().is_some() { place } else { found.trim_end().to_owned() };
        let typed = prompt_start(prompt).width() + prompt.typed.text().width();
        return if typed + words.width() + PROMPT_MARGIN < width { words } else { String::new() };
    }
    let words =
        [format!("{found}{place}{help}"), format!("{found}{place}"), if found.is_empty() { place } else { found }];
    let fits = |words: &String| words.trim().width() + LEAST_LEFT < width;
    words.into_iter().find(fits).map_or_else(String::new, |words| words.trim().to_owned())
}

/// The number of the match that the reader is on, and the number of matches so far.
fn found(thread: &ThreadPage) -> String {
    let view = thread.view();
    let (own, all) = view.match_place();
    match view.search() {
        Some(_) if own > 0 => format!("match {own}/{all}  "),
        Some(_) if thread.is_searching() => format!("{all} found so far  "),
        Some(_) => format!("{all} found  "),
        None => String::new(),
    }
}

fn place_in_list(list: &ListView) -> String {
    if list.is_empty() { String::new() } else { format!("{}/{}", list.chosen() + 1, list.len()) }
}

fn place_in_thread(view: &ThreadView) -> String {
    let all = view.thread().len();
    let order = if view.order() == Order::Site { "" } else { view.order().name() };
    let gap = if order.is_empty() { "" } else { "  " };
    match view.place().row {
        Row::Comment(index) | Row::Marker(index) => format!("{order}{gap}{}/{all}", index + 1),
        Row::Story => format!("{order}{gap}story/{all}"),
        Row::Rest | Row::Foot => format!("{order}{gap}end/{all}"),
    }
}

fn draw_gauge(app: &App, load: &PendingLoad, styles: &Styles, room: usize, out: &mut LineWriter<'_>) {
    let [done, open] = styles.glyphs.gauge;
    let mut room = room;
    if let Some(stated) = load.stated.filter(|&stated| stated > 0 && room > GAUGE + 24) {
        let part = GAUGE * load.loaded.min(stated) as usize / stated as usize;
        out.put(&done.repeat(part), styles.status).put(&open.repeat(GAUGE - part), styles.status).skip(1);
        room -= GAUGE + 1;
    }
    let is_further = match app.page().content() {
        PageContent::List(list) => list.is_loading_further(),
        PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) | PageContent::Thread(_) => false,
    };
    let count = match load.stated {
        Some(stated) => format!("{} of {}", thousands(load.loaded), thousands(stated)),
        None if is_further => "loading more".to_owned(),
        None => "loading".to_owned(),
    };
    let seconds = app.now().saturating_sub(load.since).max(0);
    let stop = app.keys().keys(GlobalCommand::Cancel).next().map_or_else(String::new, |key| format!("  {key} stops"));
    let line = load.transfer.as_ref().map_or_else(String::new, |line| format!("  {line}"));
    // What there is no room for is left out whole, the server's line first.
    let all =
        [format!("{count}  {seconds} s{line}{stop}"), format!("{count}  {seconds} s{stop}"), format!("{count}{stop}")];
    let words = all.iter().find(|words| styles.glyphs.own(words).width() <= room).unwrap_or(&count);
    out.put_cut(&styles.glyphs.own(words), room, styles.glyphs.cut, styles.status);
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

/// Draws the row of hints, as many of them as there is room for.
pub(super) fn draw_hints(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    for HintCell { x, hint } in app.hint_cells() {
        let mut out = LineWriter::new(buffer, area, x, 0);
        out.put(&hint.name, styles.key).put(&format!(" {}", hint.does), styles.dim);
    }
}

/// The name of a page that is still loading.
fn name(app: &App) -> &str {
    let title = app.page().list().map_or("", |list| list.heading().title.as_str());
    if title.is_empty() { app.page().source() } else { title }
}

/// Draws an empty page: that it is loading, or the reason why it is empty.
pub(super) fn draw_empty(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let (words, style) = match app.page().error() {
        Some(error) => (styles.glyphs.own(&app.error_words(error)).into_owned(), styles.problem),
        None => (format!("loading {}", name(app)), styles.text),
    };
    let width = usize::from(area.width).saturating_sub(4).clamp(1, 76);
    let lines = wrap(Text::unmarked(words.as_str()).borrow(), width);
    let top = usize::from(area.height).saturating_sub(lines.len() + 2) / 3;
    let keys_line = (top + lines.len() + 1).min(usize::from(area.height).saturating_sub(1));
    for (line, y) in lines.iter().zip(top..) {
        LineWriter::new(buffer, area, 2, y).put(line.of(&words), style);
    }
    if app.page().error().is_some() {
        let leave = if app.has_way_back() { "go back" } else { "quit" };
        let mut out = LineWriter::new(buffer, area, 2, keys_line);
        let has_page = app.page().is_on_web();
        for (command, says) in [
            (GlobalCommand::Reload, "try again"),
            (GlobalCommand::BrowseStory, "open in the browser"),
            (GlobalCommand::Leave, leave),
        ] {
            let key = app.keys().keys(command).next().filter(|_| command != GlobalCommand::BrowseStory || has_page);
            if let Some(key) = key {
                out.put(&styles.glyphs.own(&key.to_string()), styles.key).put(&format!(" {says}   "), styles.text);
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
