//! The desktop: browser, clipboard, and suspending as Ctrl-Z does.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use tokio::sync::mpsc::UnboundedSender;

use super::clipboard;
use super::foreground::Foreground;
use super::openers::{Choice, Opener, Openers};
use super::terminal::TerminalModes;
use crate::app::Event;
use crate::view::shown_address;

/// The time in which a program that cannot show an address ends; whoever ends later was closed.
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// The outcome of a request for a program.
#[derive(Debug)]
pub enum Launch {
    /// Nothing is to be waited for; the line is for the reader.
    Said(String),
    /// A program that is to get the terminal.
    Screen(Box<Foreground>),
}

/// The services of the system that the loop needs. Each result is a line for the reader.
pub trait Desktop {
    /// Shows an address in the browser.
    fn browse(&mut self, address: &str) -> Launch;

    /// Gives the terminal back for another program: its modes are those of before, and lurker reads no keys.
    fn give_screen(&mut self) {}

    /// Reads keys again while the terminal's modes are still those of before.
    fn read_again(&mut self) {}

    /// Takes the terminal again.
    fn take_screen(&mut self) {}

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
    openers: Openers,
    /// The way for what is known later of a program that was started.
    reports: Option<UnboundedSender<Event>>,
    /// The modes of the line when another program got the terminal.
    line: Option<Termios>,
}

impl System {
    /// The system, with the modes of its terminal.
    pub fn new(terminal: TerminalModes) -> Self {
        Self { terminal, ..Self::default() }
    }

    /// The same with the programs that the reader has named; what is known later of one that was started is reported.
    #[must_use]
    pub fn with_openers(self, openers: Openers, reports: UnboundedSender<Event>) -> Self {
        Self { openers, reports: Some(reports), ..self }
    }
}

impl Desktop for System {
    fn browse(&mut self, address: &str) -> Launch {
        let Choice { openers, is_named } = match self.openers.for_address(address) {
            Ok(choice) => choice,
            Err(line) => return Launch::Said(line),
        };
        let (there, missing): (Vec<Opener>, Vec<Opener>) = openers.into_iter().partition(Opener::is_there);
        let shown = shown_address(address);
        let advice = format!("; the address is {shown}");
        let mut there = there.into_iter().peekable();
        if let Some(Opener { command, name, .. }) = there.next_if(|opener| opener.needs_screen) {
            let program = Foreground { command, name, input: None, is_read: false, advice };
            return Launch::Screen(Box::new(program));
        }
        let Some(first) = there.peek() else { return Launch::Said(no_browser(is_named, &missing) + &advice) };
        let line = format!("opening {shown} with {}", first.name);
        start_beside(there.take_while(|opener| !opener.needs_screen).collect(), advice, self.reports.clone());
        Launch::Said(line)
    }

    fn give_screen(&mut self) {
        self.terminal.answer.wait();
        self.terminal.reader.begin();
        self.terminal.restore();
        self.line = tcgetattr(io::stdout()).ok();
    }

    fn read_again(&mut self) {
        self.terminal.reader.resume();
    }

    fn take_screen(&mut self) {
        // A program that was killed has left the line as it needed it.
        let _ = self.line.take().map(|modes| tcsetattr(io::stdout(), OptionalActions::Now, &modes));
        let _ = self.terminal.set();
        self.terminal.reader.resume();
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

/// That there is no browser, with those that the reader has named, or with how to name one.
fn no_browser(is_named: bool, missing: &[Opener]) -> String {
    if !is_named {
        return "there is no browser, unless `browser` in the config or BROWSER names one".to_owned();
    }
    let names: Vec<&str> = missing.iter().map(|opener| opener.name.as_str()).collect();
    format!("there is no browser ({} not found)", names.join(", "))
}

/// Starts the first of some programs that can show an address, and none of the others, with windows of their own. If all
/// fail, that is reported.
fn start_beside(openers: Vec<Opener>, advice: String, reports: Option<UnboundedSender<Event>>) {
    thread::spawn(move || {
        let mut failures = Vec::new();
        for Opener { mut command, name, .. } in openers {
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
            let started = Instant::now();
            match command.status() {
                Ok(status) if status.success() || started.elapsed() > STARTS_WITHIN => return,
                Ok(status) => failures.push(format!("{name} failed ({status})")),
                Err(error) => failures.push(format!("{name} could not be started: {error}")),
            }
        }
        let report = Event::Report(format!("{}{advice}", failures.join(", ")));
        // The loop may have ended before.
        let _ = reports.map(|reports| reports.send(report));
    });
}
