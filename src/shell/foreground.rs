//! Programs that get the terminal until they end: browsers of the terminal, and commands that are typed.
//!
//! They stay in lurker's process group, as a shell's `system` has it: the signals of keys reach both, so lurker pays no heed
//! to those while it waits.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IsTerminal, Write as _};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, getpid, kill_process};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::input::Input;
use super::signals::TERMINATED;
use super::terminal_output::TerminalOutput;
use crate::app::{Code, Event, Key};

/// A program that is to get the terminal.
#[derive(Debug)]
pub struct Foreground {
    /// The program, with its words.
    pub(super) command: Command,
    /// Its name, for messages.
    pub(super) name: String,
    /// The text for its standard input; else it reads the terminal.
    pub(super) input: Option<String>,
    /// Whether what it leaves on the screen is to be read before lurker draws over it.
    pub(super) is_read: bool,
    /// What is said when it has failed, behind its name and how it ended.
    pub(super) advice: String,
}

/// Programs that have the whole screen while they run, so that nothing is left on it to be read.
const FULL_SCREEN: [&str; 14] =
    ["less", "more", "most", "vi", "vim", "nvim", "view", "nano", "emacs", "w3m", "lynx", "links", "elinks", "fzf"];
/// The time that a program is given to end when lurker is asked to.
const ENDS_WITHIN: Duration = Duration::from_secs(1);
const GO_ON: &str = "\n[Enter goes back to lurker] ";

impl Foreground {
    /// A command that the reader has typed, with a text for its standard input. It is run by the shell, since people type
    /// pipes and redirections.
    pub(super) fn piping(text: String, typed: &str) -> Self {
        let mut command = Command::new("sh");
        command.arg("-c").arg(typed);
        let last = typed.rsplit('|').next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
        let last = Path::new(last).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_read = !FULL_SCREEN.contains(&last.as_str());
        Self { command, name: typed.to_owned(), input: Some(text), is_read, advice: String::new() }
    }

    /// Runs the program until it ends. The terminal must be as it was before lurker. What was typed before that is put to the
    /// inputs that lurker takes `later`.
    ///
    /// # Errors
    /// The exit code, where lurker is to end.
    pub(super) async fn run(
        &mut self,
        inputs: &mut UnboundedReceiver<Input>,
        later: &mut VecDeque<Input>,
    ) -> Result<io::Result<ExitStatus>, u8> {
        let (process, mut ended) = match self.start() {
            Ok(started) => started,
            Err(error) => return Ok(Err(error)),
        };
        loop {
            tokio::select! {
                outcome = &mut ended => return Ok(outcome.unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))),
                input = inputs.recv() => match input.unwrap_or(Input::Terminate(TERMINATED)) {
                    Input::Terminate(code) => {
                        let _ = kill_process(process, Signal::TERM);
                        let _ = timeout(ENDS_WITHIN, ended).await;
                        return Err(code);
                    }
                    Input::Suspend => stop(),
                    input @ (Input::Event(_) | Input::Styles(_)) => later.push_back(input),
                    Input::Interrupt | Input::Continued | Input::Resized | Input::OutputTaken => {}
                }
            }
        }
    }

    fn start(&mut self) -> io::Result<(Pid, oneshot::Receiver<io::Result<ExitStatus>>)> {
        let input = match &self.input {
            Some(_) => Stdio::piped(),
            None if io::stdin().is_terminal() => Stdio::inherit(),
            None => File::open("/dev/tty").map_or_else(|_| Stdio::null(), Stdio::from),
        };
        let mut child = self.command.stdin(input).spawn()?;
        let process = Pid::from_child(&child);
        if let (Some(text), Some(mut pipe)) = (self.input.take(), child.stdin.take()) {
            // A program that reads no more, or nothing, has what it wants.
            thread::spawn(move || pipe.write_all(text.as_bytes()));
        }
        let (sender, ended) = oneshot::channel();
        thread::spawn(move || sender.send(child.wait()));
        Ok((process, ended))
    }

    /// The line for the reader after the program's end.
    pub(super) fn report(&self, outcome: io::Result<ExitStatus>) -> String {
        let Self { name, advice, .. } = self;
        match outcome {
            Ok(status) if status.success() => format!("back from {name}"),
            Ok(status) => format!("{name} failed ({status}){advice}"),
            Err(error) => format!("{name} could not be started: {error}{advice}"),
        }
    }
}

/// Stops lurker alone, while the terminal is not its own: the other program got the signal of the key too, and restores
/// modes that it has set before it stops. Without a shell to continue lurker, the system ignores this signal.
fn stop() {
    let _ = kill_process(getpid(), Signal::TTOU);
}

/// Whether a program was ended by Ctrl-C, by itself or by the shell that ran it.
pub(super) fn was_interrupted(outcome: &io::Result<ExitStatus>) -> bool {
    let interrupt = Signal::INT.as_raw();
    outcome.as_ref().is_ok_and(|status| status.signal() == Some(interrupt) || status.code() == Some(128 + interrupt))
}

/// Says below what a program has written how to go on, and waits until the reader has typed a line. The signal of the key
/// that ended the program may come later than its end, so interrupts count only `from` a moment on.
///
/// # Errors
/// The exit code, where lurker is to end.
pub(super) async fn wait_for_enter(
    inputs: &mut UnboundedReceiver<Input>,
    output: &TerminalOutput,
    from: Instant,
) -> Result<(), u8> {
    // A terminal that is gone ends the program by its signal.
    let _ = output.send(GO_ON.as_bytes());
    loop {
        match inputs.recv().await.unwrap_or(Input::Terminate(TERMINATED)) {
            Input::Terminate(code) => return Err(code),
            Input::Suspend => stop(),
            Input::Event(Event::Key(Key { code: Code::Enter, .. })) => return Ok(()),
            Input::Interrupt if Instant::now() >= from => return Ok(()),
            _ => {}
        }
    }
}
