//! The desktop: browser, clipboard, and suspending as Ctrl-Z does.

use std::io::{self, Write};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use rustix::process::{Signal, kill_current_process_group};

use super::clipboard;
use super::terminal::TerminalModes;

/// The services of the system that the loop needs. Each result is a line for the reader.
pub trait Desktop {
    /// Shows an address in the browser.
    fn browse(&mut self, address: &str) -> String;

    /// Puts a text on the clipboard; `what` says what it is.
    fn copy(&mut self, text: &str, what: &str) -> String;

    /// Stops the program until it is continued; the terminal is the shell's meanwhile.
    fn suspend(&mut self);

    /// Takes the terminal again after the program was continued, whoever stopped it.
    fn resume(&mut self) {}
}

/// The system itself.
#[derive(Debug, Default)]
pub struct System {
    terminal: TerminalModes,
}

impl System {
    /// The system, with the modes of its terminal.
    pub fn new(terminal: TerminalModes) -> Self {
        Self { terminal }
    }
}

impl Desktop for System {
    fn browse(&mut self, address: &str) -> String {
        if !["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
            return format!("not opened: {address} is no web address");
        }
        // One argument, never through a shell.
        match open::that_detached(address) {
            Ok(()) => format!("opened {address}"),
            Err(_) => format!("no browser could be started; the address is {address}"),
        }
    }

    fn copy(&mut self, text: &str, what: &str) -> String {
        // OSC 52 reaches the clipboard of the terminal, also over ssh; terminals that do not know it ignore it.
        let sent = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)).and_then(|()| io::stdout().flush());
        match (clipboard::give(text), sent) {
            (Some(tool), _) => format!("copied the {what}, with {tool} and through the terminal"),
            (None, Ok(())) => format!("copied the {what}, through the terminal if it allows that"),
            (None, Err(error)) => format!("the {what} could not be copied: {error}"),
        }
    }

    fn suspend(&mut self) {
        self.terminal.restore();
        // Without a shell to continue the program, the system ignores the signal, and the program continues at once.
        let _ = kill_current_process_group(Signal::TSTP);
        let _ = self.terminal.set();
    }

    fn resume(&mut self) {
        let _ = self.terminal.set();
    }
}
