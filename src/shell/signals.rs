//! Signals: which of them end, stop and continue the program, and the exit code after each.
//!
//! A signal that ends a program by default must not do so before the terminal is restored, so each that can be listened to
//! is. Not listened to are those that tell of a fault in the program itself (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGSYS), for
//! after them nothing can be relied on, and those that the system reserves (SIGKILL, SIGSTOP).

use std::io;

use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};

/// Something that a signal asks for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Request {
    /// To look at the terminal's size again.
    Resize,
    /// To take the terminal again, after a stop.
    Continue,
    /// To stop until continued.
    Suspend,
    /// To end, if no other program has the terminal: it gets the signal of that key too.
    Interrupt,
    /// To end with this exit code.
    Terminate(u8),
}

/// The exit code after a signal that asks the program to end, and after a terminal that went away: as of SIGTERM.
pub(super) const TERMINATED: u8 = 128 + 15;

/// Signals that ask the program for something, and what that is.
const REQUESTS: [(Signal, Request); 7] = [
    (Signal::TERM, Request::Terminate(TERMINATED)),
    (Signal::HUP, Request::Terminate(TERMINATED)),
    (Signal::INT, Request::Interrupt),
    (Signal::QUIT, Request::Interrupt),
    (Signal::WINCH, Request::Resize),
    (Signal::CONT, Request::Continue),
    (Signal::TSTP, Request::Suspend),
];

/// Signals for other purposes that end a program which does not know them.
const OTHERS: [Signal; 9] = [
    Signal::ABORT,
    Signal::ALARM,
    Signal::IO,
    Signal::PROF,
    Signal::TRAP,
    Signal::USR1,
    Signal::USR2,
    Signal::VTALARM,
    Signal::XCPU,
];

/// Has a write that a limit on the size of files forbids fail, instead of ending the program. Needs a runtime.
pub(super) fn outlast_file_limit() {
    // Once it is listened to, it has no other effect; where it cannot be, the limit ends the program.
    let _ = signal(SignalKind::from_raw(Signal::XFSZ.as_raw()));
}

/// Those that only Linux has: SIGSTKFLT, SIGPWR, and the real-time signals that its C libraries leave to programs.
#[cfg(target_os = "linux")]
fn others_of_the_system() -> impl Iterator<Item = i32> {
    [Signal::STKFLT.as_raw(), Signal::POWER.as_raw()].into_iter().chain(35..=64)
}

#[cfg(not(target_os = "linux"))]
fn others_of_the_system() -> impl Iterator<Item = i32> {
    std::iter::empty()
}

/// Gives away what each signal asks for, until that is not taken any more. Needs a runtime.
///
/// # Errors
/// The system's error, where a signal that every system has cannot be listened to.
pub(super) fn listen(take: impl Fn(Request) -> bool + Clone + Send + 'static) -> io::Result<()> {
    outlast_file_limit();
    let requests = REQUESTS.iter().map(|(signal, request)| (signal.as_raw(), *request));
    let others = OTHERS.iter().map(|signal| (signal.as_raw(), ended_by(signal.as_raw())));
    for (number, request) in requests.chain(others) {
        watch(number, request, take.clone())?;
    }
    for number in others_of_the_system() {
        // What a system does not have, nobody can send.
        let _ = watch(number, ended_by(number), take.clone());
    }
    Ok(())
}

/// The end by a signal: shells tell it from the exit code, its number after 128.
fn ended_by(number: i32) -> Request {
    Request::Terminate(u8::try_from(128 + number).unwrap_or(TERMINATED))
}

fn watch(number: i32, request: Request, take: impl Fn(Request) -> bool + Send + 'static) -> io::Result<()> {
    let mut signals = signal(SignalKind::from_raw(number))?;
    tokio::spawn(async move { while signals.recv().await.is_some() && take(request) {} });
    Ok(())
}
