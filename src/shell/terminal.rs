//! The modes of the terminal: set at the start, and restored on every way out.

use std::fmt;
use std::io;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::Command;
use crossterm::cursor::{Hide, Show};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::background::PendingAnswer;
use super::panics::CaughtPanics;
use super::reader_pause::ReaderPause;
use super::terminal_output::TerminalOutput;

/// The modes of the terminal. Clones share them: whoever suspends or ends the program restores the same ones.
#[derive(Clone, Debug, Default)]
pub struct TerminalModes {
    /// Whether the modes are set, so that restoring them twice does nothing.
    are_set: Arc<AtomicBool>,
    /// An answer of the terminal, which must not reach the shell.
    pub(super) answer: PendingAnswer,
    /// The way to the terminal.
    pub output: TerminalOutput,
    /// The thread that reads the terminal, which pauses while another program has it.
    pub(super) reader: ReaderPause,
    /// Whether a button of the mouse is down, so that the report of its release is still to come.
    pub(super) is_button_down: Arc<AtomicBool>,
}

impl TerminalModes {
    /// Sets raw mode, the alternate screen, mouse reports and bracketed paste, and takes back what another program left. They
    /// may be set already: a shell that had the terminal meanwhile has changed them.
    ///
    /// # Errors
    /// The error of the system; the terminal is then as it was.
    pub fn set(&self) -> io::Result<()> {
        if self.are_set.swap(true, Ordering::SeqCst) {
            make_raw();
        }
        let begin = ansi(|out| {
            EnterAlternateScreen.write_ansi(out)?;
            out.push_str(DEFAULT_MODES);
            Reports::On.write_ansi(out)?;
            Hide.write_ansi(out)
        });
        let outcome = enable_raw_mode().and_then(|()| self.output.send(begin.as_bytes()));
        if outcome.is_err() {
            self.restore();
        }
        outcome
    }

    /// Has the release of a button that is down read away before the terminal is restored: a shell would take its report for
    /// typed keys. What the terminal answers to a question behind the end of reports, it sends behind the last of them.
    fn end_reports(&self) {
        if self.is_button_down.load(Ordering::SeqCst) && self.reader.is_reading() {
            let off = ansi(|out| Reports::Off.write_ansi(out));
            let _ = self.output.send(off.as_bytes());
            self.answer.ask_for_end(&self.output);
        }
    }

    /// Restores the terminal. Every step is tried, whether or not another fails; there is nobody left to tell.
    ///
    /// A terminal that takes no output is given a moment. Then what it has not taken is thrown away for what restores it,
    /// which it finds when it takes output again.
    pub fn restore(&self) {
        if !self.are_set.swap(false, Ordering::SeqCst) {
            return;
        }
        let end = ansi(|out| {
            EndSynchronizedUpdate.write_ansi(out)?;
            Reports::Off.write_ansi(out)?;
            LeaveAlternateScreen.write_ansi(out)?;
            Show.write_ansi(out)
        });
        let _ = self.output.send(end.as_bytes());
        if self.output.wait() {
            self.answer.wait();
            let _ = disable_raw_mode();
        } else {
            self.output.send_instead(end.as_bytes());
            let _ = disable_raw_mode();
            self.output.wait();
        }
    }
}

/// Modes that another program may have left, as lurker draws with them: no scroll region (DECSTBM), lines counted from the
/// top (DECOM), characters written over others (IRM), lines that wrap (DECAWM), ASCII in both character sets (SCS, SI), and
/// the terminal's own colours (SGR).
const DEFAULT_MODES: &str = "\x1b[r\x1b[?6l\x1b[4l\x1b[?7h\x1b(B\x0f\x1b[m";

/// The bytes of commands.
fn ansi(write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut bytes = String::new();
    // Memory takes all.
    let _ = write(&mut bytes);
    bytes
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
        self.modes.end_reports();
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
