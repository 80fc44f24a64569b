//! Pausing the thread that reads the terminal, while another program reads it.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The pause of the thread that reads the terminal. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct ReaderPause {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Wakes the thread where it waits for keys; none where there is no such thread.
    waker: Option<PipeWriter>,
    is_wanted: bool,
    is_paused: bool,
}

impl ReaderPause {
    /// The end of a pipe that the reading thread is to wait for beside the terminal; whenever it can be read, `hold` is due.
    ///
    /// # Errors
    /// The system's error.
    pub(super) fn wake_up(&self) -> io::Result<PipeReader> {
        let (reader, writer) = io::pipe()?;
        self.lock().waker = Some(writer);
        Ok(reader)
    }

    /// Holds the reading thread until the pause is over.
    pub(super) fn hold(&self, mut wake_up: &PipeReader) {
        let _ = wake_up.read(&mut [0; 1]);
        let mut state = self.lock();
        state.is_paused = true;
        self.shared.changed.notify_all();
        while state.is_wanted {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.is_paused = false;
    }

    /// Whether there is a thread that reads the terminal, and no pause.
    pub(super) fn is_reading(&self) -> bool {
        let state = self.lock();
        state.waker.is_some() && !state.is_wanted
    }

    /// Notes that the thread reads no more.
    pub(super) fn end(&self) {
        self.lock().waker = None;
        self.shared.changed.notify_all();
    }

    /// Pauses the thread: when this returns, it does not touch the terminal.
    pub(super) fn begin(&self) {
        let mut state = self.lock();
        state.is_wanted = true;
        let is_woken = state.waker.as_mut().is_some_and(|waker| waker.write_all(&[0]).is_ok());
        while is_woken && !state.is_paused && state.waker.is_some() {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Ends the pause.
    pub(super) fn resume(&self) {
        self.lock().is_wanted = false;
        self.shared.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
