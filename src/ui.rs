//! Drawing: the program's state → cells of a buffer. Reads only; nothing here changes the state.

mod bar;
mod body;
mod comment;
mod overlay;
mod pen;
mod status;
mod story;
mod styles;
mod thread;

pub use styles::{Glyphs, Styles};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{App, FOOT};

/// Draws the whole screen.
pub fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    let foot = if usize::from(area.height) > FOOT { FOOT as u16 } else { 0 };
    let upper = Rect { height: area.height - foot, ..area };
    match &app.page.view {
        Some(view) => thread::draw(app, view, styles, upper, buffer),
        None => status::draw_empty(app, styles, upper, buffer),
    }
    if foot > 0 {
        let line = |below| Rect { y: area.y + upper.height + below, height: 1, ..area };
        bar::draw(app, styles, line(0), buffer);
        status::draw(app, styles, line(1), buffer);
    }
    if let Some(overlay) = &app.overlay {
        overlay::draw(&app.sheet(overlay), styles, area, buffer);
    }
}
