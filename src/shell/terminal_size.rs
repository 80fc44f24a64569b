//! The size of the terminal: requested once, and again after a change.

use std::cell::Cell;
use std::rc::Rc;

use ratatui::layout::Size;

/// The size as it is known. Clones share it: the backend asks, the event loop says when the size may be another.
#[derive(Clone, Debug, Default)]
pub struct TerminalSize(Rc<Cell<Option<Size>>>);

impl TerminalSize {
    /// The size; asks for it where it is not known.
    ///
    /// # Errors
    /// The error of the question.
    pub fn get<E>(&self, ask: impl FnOnce() -> Result<Size, E>) -> Result<Size, E> {
        if let Some(size) = self.0.get() {
            return Ok(size);
        }
        let size = ask()?;
        self.0.set(Some(size));
        Ok(size)
    }

    /// Forgets the size, which may have changed.
    pub fn forget(&self) {
        self.0.set(None);
    }
}
