//! The desktop: browser, clipboard, and suspending as Ctrl-Z does.

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
        let sent = clipboard::sequence(text).map(|sequence| self.terminal.output.send(sequence.as_bytes()));
        match (clipboard::give(text), sent) {
            (Some(tool), Some(_)) => format!("copied the {what}, with {tool} and through the terminal"),
            (Some(tool), None) => format!("copied the {what}, with {tool} alone: terminals take 1 MiB at most"),
            (None, Some(Ok(()))) => format!("copied the {what}, through the terminal if it allows that"),
            (None, Some(Err(error))) => format!("the {what} could not be copied: {error}"),
            (None, None) => format!("the {what} could not be copied: a terminal takes 1 MiB at most"),
        }
    }

    fn suspend(&mut self) {
        self.terminal.restore();
        // SIGTTOU stops as SIGTSTP does, which is listened to. Without a shell to continue the program, the system ignores
        // it, and the program continues at once.
        let _ = kill_current_process_group(Signal::TTOU);
        let _ = self.terminal.set();
    }

    fn resume(&mut self) {
        let _ = self.terminal.set();
    }
}
