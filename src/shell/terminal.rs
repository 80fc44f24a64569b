//! The modes of the terminal: set at the start, and restored on every way out.

use std::fmt;
use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{Command, execute, queue};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::background::PendingAnswer;
use super::panics::CaughtPanics;

/// The modes of the terminal. Clones share them: whoever suspends or ends the program restores the same ones.
#[derive(Clone, Debug, Default)]
pub struct TerminalModes {
    /// Whether the modes are set, so that restoring them twice does nothing.
    are_set: Arc<AtomicBool>,
    /// An answer of the terminal, which must not reach the shell.
    pub(super) answer: PendingAnswer,
}

impl TerminalModes {
    /// Sets raw mode, the alternate screen, mouse reports and bracketed paste. They may be set already: a shell that had
    /// the terminal meanwhile has changed them.
    ///
    /// # Errors
    /// The error of the system; the terminal is then as it was.
    pub fn set(&self) -> io::Result<()> {
        if self.are_set.swap(true, Ordering::SeqCst) {
            make_raw();
        }
        let outcome = enable_raw_mode().and_then(|()| execute!(io::stdout(), EnterAlternateScreen, Reports::On, Hide));
        if outcome.is_err() {
            self.restore();
        }
        outcome
    }

    /// Restores the terminal. Every step is tried, whether or not another fails; there is nobody left to tell.
    pub fn restore(&self) {
        if self.are_set.swap(false, Ordering::SeqCst) {
            let mut out = io::stdout();
            let _ = queue!(out, EndSynchronizedUpdate, Reports::Off, LeaveAlternateScreen, Show);
            let _ = out.flush();
            self.answer.wait();
            let _ = disable_raw_mode();
        }
    }
}

/// Sets raw mode without a moment in which it is off: a key that comes then may be Ctrl-z.
fn make_raw() {
    if let Ok(mut modes) = tcgetattr(io::stdout()) {
        modes.make_raw();
        let _ = tcsetattr(io::stdout(), OptionalActions::Now, &modes);
    }
}

/// Sets the modes of the terminal, and restores them when dropped.
#[derive(Debug)]
pub struct Guard {
    modes: TerminalModes,
}

impl Guard {
    /// Sets the modes, and has a panic restore them before its message is printed, unless the panic is caught.
    ///
    /// # Errors
    /// The error of the system; the terminal is then as it was.
    pub fn new(modes: TerminalModes, caught: CaughtPanics) -> io::Result<Self> {
        let (before, of_hook) = (panic::take_hook(), modes.clone());
        panic::set_hook(Box::new(move |info| {
            // A caught panic is reported in a line of the screen.
            if !caught.is_catching() {
                of_hook.restore();
                before(info);
            }
        }));
        modes.set()?;
        Ok(Self { modes })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.modes.restore();
    }
}

/// The reports of the terminal beside keys: buttons of the mouse, moving with one down, and both in the form for
/// screens of any size (xterm's 1000, 1002 and 1006); and the beginning and end of pasted text (2004).
#[derive(Clone, Copy, Debug)]
enum Reports {
    On,
    Off,
}

impl Command for Reports {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str(match self {
            Self::On => "\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?2004h",
            Self::Off => "\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l",
        })
    }
}

/// Standard output in whole frames: what is written goes out at the flush, inside one synchronized update.
#[derive(Debug)]
pub struct Frames {
    out: Stdout,
    frame: Vec<u8>,
}

impl Frames {
    /// Frames on standard output.
    pub fn new() -> Self {
        Self { out: io::stdout(), frame: Vec::new() }
    }
}

impl Default for Frames {
    fn default() -> Self {
        Self::new()
    }
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            queue!(self.frame, BeginSynchronizedUpdate)?;
        }
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.frame.is_empty() {
            queue!(self.frame, EndSynchronizedUpdate)?;
            let sent = self.out.write_all(&self.frame);
            self.frame.clear();
            sent?;
        }
        self.out.flush()
    }
}
