//! Drawing: the program's state → cells of a buffer. Reads only; nothing here changes the state.

mod bar;
mod body;
mod comment;
mod contrast;
mod glyphs;
pub mod link;
mod minimap;
mod overlay;
mod palette;
mod pen;
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

use crate::app::{App, FOOT};

/// Draws the whole screen.
pub fn draw(app: &App, styles: &Styles, area: Rect, buffer: &mut Buffer) {
    buffer.set_style(area, styles.page);
    let foot = if usize::from(area.height) > FOOT { FOOT as u16 } else { 0 };
    let upper = Rect { height: area.height - foot, ..area };
    match &app.page.view {
        Some(view) => {
            let width = view.geometry().width.min(usize::from(upper.width)) as u16;
            thread::draw(app, view, styles, Rect { width, ..upper }, buffer);
            minimap::draw(view, styles, Rect { x: upper.x + width, width: upper.width - width, ..upper }, buffer);
        }
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
