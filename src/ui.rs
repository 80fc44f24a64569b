//! Drawing: the program's state → cells of a buffer. Reads only; nothing here changes the state.

mod bar;
mod body;
mod comment;
mod contrast;
mod glyphs;
mod line_writer;
pub mod link;
mod list;
mod lit_path;
mod minimap;
mod overlay;
mod palette;
mod row_context;
mod status;
mod story;
mod styles;
mod thread;

pub use contrast::contrast;
pub use glyphs::Glyphs;
pub use palette::{Depth, Palette};
pub use styles::Styles;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{App, PageContent};
use crate::view::ListView;

/// Draws the whole screen.
pub fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, styles.page);
    match app.page().list() {
        Some(list) => draw_list(app, list, styles, area, buffer),
        None => draw_thread(app, styles, area, buffer),
    }
    status::draw_long_message(app, styles, area, buffer);
    if let Some(overlay) = app.overlay() {
        overlay::draw(&app.overlay_content(overlay), styles, area, buffer);
    }
}

/// A thread, or what is said before it comes: above the threshold bar and the status line.
fn draw_thread(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let foot = app.frame().min(usize::from(area.height)) as u16;
    let upper = Rect { height: area.height - foot, ..area };
    if let Some(list) = app.side_list() {
        list::draw_beside(app, list, styles, part_of(upper, 0, app.columns().list), buffer);
    }
    match app.page().content() {
        PageContent::Thread(page) => {
            let view = page.view();
            let columns = app.columns();
            thread::draw(app, page, styles, part_of(upper, columns.thread, columns.thread_width), buffer);
            minimap::draw(view, styles, part_of(upper, columns.thread + columns.thread_width, columns.map), buffer);
        }
        PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) | PageContent::List(_) => {
            status::draw_empty(app, styles, area, buffer);
        }
    }
    if foot > 0 {
        bar::draw(app, styles, line_of(area, upper.height), buffer);
        draw_foot(app, styles, area, buffer);
    }
}

/// A list: between the tab bar and the status line.
fn draw_list(app: &App, list: &ListView, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let frame = app.frame().min(usize::from(area.height)) as u16;
    let top = (app.list_top() as u16).min(area.height);
    let height = (app.list_room().1 as u16).min(area.height - top);
    let (left, columns) = app.list_columns();
    let inner = part_of(Rect { y: area.y + top, height, ..area }, left, columns);
    let page = app.page();
    if page.has_content() || page.load().is_none() && page.error().is_none() {
        list::draw(app, list, styles, inner, buffer);
    } else {
        status::draw_empty(app, styles, area, buffer);
    }
    if frame > 0 {
        list::draw_tabs(app, list.heading(), styles, line_of(area, 0), buffer);
        draw_foot(app, styles, area, buffer);
    }
}

/// The hints, if there are to be any, and the status line below them.
fn draw_foot(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    if app.has_hint_row() {
        status::draw_hints(app, styles, line_of(area, area.height - 2), buffer);
    }
    status::draw(app, styles, line_of(area, area.height - 1), buffer);
}

/// So many columns of an area from its column `x` on, as far as it has them.
fn part_of(area: Rect, x: usize, columns: usize) -> Rect {
    let x = x.min(usize::from(area.width)) as u16;
    Rect { x: area.x + x, width: columns.min(usize::from(area.width - x)) as u16, ..area }
}

/// One line of an area.
fn line_of(area: Rect, line: u16) -> Rect {
    Rect { y: area.y + line, height: 1, ..area }
}
