//! The terminal: taken at the start, and given back as it was on every way out.

use std::fmt;
use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{Command, execute, queue};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::background::settle;
use super::fetch::is_aside;

/// Whether the terminal is taken, so that giving it back twice does nothing.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal, and sees to it that a panic gives it back before it says anything.
    ///
    /// # Errors
    /// What the system says where the terminal cannot be taken; it is then as it was.
    pub fn new() -> io::Result<Self> {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // Work aside is caught where it was started, and told in a line of the screen.
            if !is_aside() {
                leave();
                before(info);
            }
        }));
        enter()?;
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Takes the terminal: keys come unbuffered, the shell's screen is kept aside, the mouse is heard. What is taken may be
/// taken again: a shell that had the terminal meanwhile has set it up for itself.
///
/// # Errors
/// What the system says; the terminal is then as it was.
pub fn enter() -> io::Result<()> {
    if TAKEN.swap(true, Ordering::SeqCst) {
        make_raw();
    }
    let taken = enable_raw_mode().and_then(|()| execute!(io::stdout(), EnterAlternateScreen, Reports::On, Hide));
    if taken.is_err() {
        leave();
    }
    taken
}

/// Has keys come unbuffered, without a moment in which they do not: one that comes then may be Ctrl-z.
fn make_raw() {
    if let Ok(mut modes) = tcgetattr(io::stdout()) {
        modes.make_raw();
        let _ = tcsetattr(io::stdout(), OptionalActions::Now, &modes);
    }
}

/// Gives the terminal back. Every step is tried, whatever became of the others; there is nobody left to tell.
pub fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = queue!(out, EndSynchronizedUpdate, Reports::Off, LeaveAlternateScreen, Show);
        let _ = out.flush();
        settle();
        let _ = disable_raw_mode();
    }
}

/// What the terminal reports beside keys: buttons of the mouse, moving with one down, and both in the form that knows screens
/// of any size (xterm's 1000, 1002 and 1006); and where pasted text begins and ends (2004).
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
