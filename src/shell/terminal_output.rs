//! Output to the terminal: a thread of its own writes it, so that a terminal that takes nothing keeps nobody waiting.
//!
//! A write to a terminal whose other end does not read (a connection that hangs, output that was stopped) may never return,
//! and standard output is shared with the shell, so it must not be set to non-blocking. So everything for the terminal goes
//! through one queue, in order, and one thread takes from it. That thread is waited for only with a bound: the process can
//! end while it stands in a write.
//!
//! The event loop draws only when the queue is empty ([`TerminalOutput::is_idle`]). While the terminal is busy, changes add
//! up in the app, and the next frame is of the newest state, never one on top of a backlog.

use std::io::{self, Write};
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::{QueueSelector, tcflush};
use tokio::sync::Notify;

/// The most bytes in one write; what is given up ends after one of them.
const CHUNK: usize = 1024;
/// The time in which a terminal that works takes all that it was sent.
const PATIENCE: Duration = Duration::from_millis(500);

/// What goes to the terminal on standard output. Clones share one queue.
#[derive(Clone, Debug, Default)]
pub struct TerminalOutput {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
    has_thread: AtomicBool,
    /// Wakes the event loop when the queue is empty, or the terminal is gone.
    idle: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    /// Bytes that no write was begun with.
    waiting: Vec<u8>,
    /// Whether the thread has bytes that are not written yet.
    is_writing: bool,
    /// Whether what is being written is given up.
    is_given_up: bool,
    is_gone: bool,
}

impl TerminalOutput {
    /// Sends bytes, in the order of calls.
    ///
    /// # Errors
    /// The terminal is gone, or no thread can be started.
    pub(super) fn send(&self, bytes: &[u8]) -> io::Result<()> {
        let mut queue = self.lock();
        if queue.is_gone {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if !self.shared.has_thread.swap(true, Ordering::SeqCst) {
            let shared = Arc::clone(&self.shared);
            thread::Builder::new().name("terminal".to_owned()).spawn(move || shared.write_all())?;
        }
        queue.waiting.extend_from_slice(bytes);
        drop(queue);
        self.shared.changed.notify_all();
        Ok(())
    }

    /// Whether the terminal has taken all that it was sent, and is there.
    pub fn is_idle(&self) -> bool {
        let queue = self.lock();
        queue.is_empty() && !queue.is_gone
    }

    /// Whether writing to the terminal has failed.
    pub(super) fn is_gone(&self) -> bool {
        self.lock().is_gone
    }

    /// Waits until the terminal has taken all, or is gone.
    pub(super) async fn settled(&self) {
        loop {
            let idle = self.shared.idle.notified();
            if self.is_idle() || self.is_gone() {
                return;
            }
            idle.await;
        }
    }

    /// Waits until all is written, for as long as a terminal that works may take; whether it is.
    pub(super) fn wait(&self) -> bool {
        let queue = self.lock();
        let waited = self.shared.changed.wait_timeout_while(queue, PATIENCE, |queue| !queue.is_empty());
        waited.unwrap_or_else(PoisonError::into_inner).0.is_empty()
    }

    /// Gives up what the terminal has not taken, and sends these bytes instead. The write under way goes on when the modes
    /// of the line are set next.
    pub(super) fn send_instead(&self, bytes: &[u8]) {
        let mut queue = self.lock();
        queue.is_given_up = queue.is_writing;
        bytes.clone_into(&mut queue.waiting);
        drop(queue);
        let _ = tcflush(rustix::stdio::stdout(), QueueSelector::OFlush);
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.shared.lock()
    }
}

impl Queue {
    fn is_empty(&self) -> bool {
        self.is_gone || self.waiting.is_empty() && !self.is_writing
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes whatever is sent, until the terminal is gone.
    fn write_all(&self) {
        loop {
            let queue = self.changed.wait_while(self.lock(), |queue| queue.waiting.is_empty());
            let mut queue = queue.unwrap_or_else(PoisonError::into_inner);
            let bytes = mem::take(&mut queue.waiting);
            (queue.is_writing, queue.is_given_up) = (true, false);
            drop(queue);
            let outcome =
                bytes.chunks(CHUNK).try_for_each(|chunk| if self.lock().is_given_up { Ok(()) } else { write(chunk) });
            let mut queue = self.lock();
            (queue.is_writing, queue.is_gone) = (false, outcome.is_err());
            let (is_empty, is_gone) = (queue.is_empty(), queue.is_gone);
            drop(queue);
            if is_empty {
                self.changed.notify_all();
                self.idle.notify_one();
            }
            if is_gone {
                return;
            }
        }
    }
}

/// Writes to standard output without the lock of the library, which the end of the process must not wait for.
fn write(mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Standard output was made non-blocking by somebody who shares it.
            Err(Errno::AGAIN) => _ = poll(&mut [PollFd::new(&rustix::stdio::stdout(), PollFlags::OUT)], None),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A writer of whole frames: what is written goes out at the flush, inside one synchronized update.
#[derive(Debug)]
pub struct Frames {
    out: TerminalOutput,
    frame: Vec<u8>,
}

/// The beginning and the end of a synchronized update (private mode 2026): terminals that know it show nothing in between.
const UPDATE: [&[u8]; 2] = [b"\x1b[?2026h", b"\x1b[?2026l"];

impl Frames {
    /// Frames for the terminal.
    pub fn new(out: TerminalOutput) -> Self {
        Self { out, frame: Vec::new() }
    }
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            self.frame.extend_from_slice(UPDATE[0]);
        }
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// A terminal that is gone is no error here: the event loop ends the program.
    fn flush(&mut self) -> io::Result<()> {
        if !self.frame.is_empty() {
            self.frame.extend_from_slice(UPDATE[1]);
            let _ = self.out.send(&self.frame);
            self.frame.clear();
        }
        Ok(())
    }
}
