//! Input: keys, mouse and size from the terminal, and signals.

mod double_click;
pub mod parser;
mod sequence;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, IsTerminal, PipeReader};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Instant;

use ratatui::style::Color;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::reader_pause::ReaderPause;
use super::signals::{self, Request, TERMINATED};
use super::terminal::TerminalModes;
use crate::app::Event;
use crate::ui::Styles;
use double_click::DoubleClicks;
use parser::{Parser, Token};

/// The most bytes that are read at once.
const CHUNK: usize = 4096;

/// Makes the styles that suit a background.
pub type Restyle = Box<dyn Fn(Color) -> Styles + Send>;

/// Something from outside.
#[derive(Clone, Debug)]
pub enum Input {
    /// For the program.
    Event(Event),
    /// The terminal has had another size, and may have lost what was on it.
    Resized,
    /// The program was stopped and continued: the terminal is to be taken again.
    Continued,
    /// The terminal has told its background: these styles suit it.
    Styles(Box<Styles>),
    /// The terminal has taken what it was sent.
    OutputTaken,
    /// The program is to stop until it is continued.
    Suspend,
    /// A key's signal asks the program to end: Ctrl-C or Ctrl-\\ where the line is not raw. Another program that has the
    /// terminal gets it too.
    Interrupt,
    /// The program is to end, with this exit code.
    Terminate(u8),
}

/// The source of inputs: signals, and later what the terminal sends.
#[derive(Debug)]
pub struct InputSource {
    sender: UnboundedSender<Input>,
    receiver: UnboundedReceiver<Input>,
}

/// Starts to listen to signals, which must come before the terminal is taken: one that ends the program must find it
/// able to give that back. Needs a runtime.
///
/// # Errors
/// The system's error, where signals cannot be listened to.
pub fn listen() -> io::Result<InputSource> {
    let (sender, receiver) = unbounded_channel();
    let signalled = sender.clone();
    signals::listen(move |request| {
        let input = match request {
            Request::Resize => Input::Resized,
            Request::Continue => Input::Continued,
            Request::Suspend => Input::Suspend,
            Request::Interrupt => Input::Interrupt,
            Request::Terminate(code) => Input::Terminate(code),
        };
        signalled.send(input).is_ok()
    })?;
    Ok(InputSource { sender, receiver })
}

impl InputSource {
    /// Reads the terminal as well. With `restyle`, it is asked for its background, and the answer brings new styles.
    pub fn with_terminal(self, restyle: Option<Restyle>, modes: &TerminalModes) -> UnboundedReceiver<Input> {
        let Self { sender, receiver } = self;
        let modes = modes.clone();
        if restyle.is_some() {
            modes.answer.ask(&modes.output);
        }
        thread::spawn(move || {
            let outcome = read_terminal(&sender, restyle.as_deref(), &modes);
            modes.reader.end();
            if outcome.is_err() {
                // Without a terminal there is nobody to read. The loop may have ended before.
                let _ = sender.send(Input::Terminate(TERMINATED));
            }
        });
        receiver
    }
}

/// Ends when the loop has ended.
///
/// # Errors
/// The terminal is gone.
fn read_terminal(
    sender: &UnboundedSender<Input>,
    restyle: Option<&(dyn Fn(Color) -> Styles + Send)>,
    TerminalModes { answer, reader: pause, is_button_down, .. }: &TerminalModes,
) -> io::Result<()> {
    let file;
    let terminal = if io::stdin().is_terminal() {
        rustix::stdio::stdin()
    } else {
        file = File::open("/dev/tty")?;
        file.as_fd()
    };
    let wake_up = pause.wake_up()?;
    let (mut parser, mut double_clicks) = (Parser::default(), DoubleClicks::default());
    loop {
        let tokens = match read(terminal, parser.deadline(), pause, &wake_up)? {
            Some(bytes) => {
                let tokens = parser.feed(&bytes, Instant::now());
                let is_down = matches!(tokens.last(), Some(Token::Event(Event::Click(..) | Event::Drag(..))));
                is_button_down.store(is_down, Ordering::SeqCst);
                tokens
            }
            None => parser.expire(Instant::now()),
        };
        for token in tokens {
            let input = match token {
                Token::Event(event) => Some(Input::Event(double_clicks.mark(event, Instant::now()))),
                Token::Background(colour) => restyle.map(|restyle| Input::Styles(Box::new(restyle(colour)))),
                Token::Attributes => {
                    answer.note_arrival();
                    None
                }
            };
            let is_over = input.is_some_and(|input| sender.send(input).is_err());
            // An answer that is on its way is still taken away.
            if is_over && !answer.is_expected() {
                return Ok(());
            }
        }
    }
}

/// Reads the terminal's next bytes; `None` where it sends nothing until the deadline. Touches it at no time of a pause.
fn read(
    terminal: BorrowedFd<'_>,
    deadline: Option<Instant>,
    pause: &ReaderPause,
    wake_up: &PipeReader,
) -> io::Result<Option<Vec<u8>>> {
    loop {
        let rest = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let rest = rest.and_then(|rest| Timespec::try_from(rest).ok());
        let mut ready = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(wake_up, PollFlags::IN)];
        let mut chunk = vec![0; CHUNK];
        let count = match poll(&mut ready, rest.as_ref()) {
            Ok(0) => return Ok(None),
            Ok(_) if !ready[1].revents().is_empty() => {
                pause.hold(wake_up);
                continue;
            }
            Ok(_) => rustix::io::read(terminal, &mut chunk),
            Err(error) => Err(error),
        };
        match count {
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                chunk.truncate(count?);
                return Ok(Some(chunk));
            }
        }
    }
}
