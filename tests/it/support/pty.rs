//! A program in a pseudo-terminal: keys go in, and the screen that a terminal would show comes out.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtyPair, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long a test waits for what it wants to see before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Private modes that a program may switch on and must switch off: the alternate screen, every kind of mouse report, focus,
/// pasting, synchronized updates.
const MODES: [&str; 11] = ["47", "1047", "1049", "1000", "1002", "1003", "1005", "1006", "1015", "2004", "2026"];

/// What the terminal is asked for its background with.
pub(crate) const QUESTION: &str = "\x1b]11;?\x07\x1b[c";
/// The modes that are set before the first frame, whatever stood there.
pub(crate) const DEFAULT_MODES: &str = "\x1b[r\x1b[?6l\x1b[4l\x1b[?7h\x1b(B\x0f\x1b[m";

/// Variables that say something of this test's own terminal and shell.
const UNSAID: [&str; 20] = [
    "NO_COLOR",
    "COLORTERM",
    "TERM_PROGRAM",
    "VTE_VERSION",
    "KITTY_WINDOW_ID",
    "WT_SESSION",
    "KONSOLE_VERSION",
    "DOMTERM",
    "TMUX",
    "STY",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "RUST_BACKTRACE",
    "ENV",
    "BASH_ENV",
    "PROMPT_COMMAND",
    "LURKER_CONFIG",
    // Without a folder for it, there is no store.
    "LURKER_DATA",
    "XDG_DATA_HOME",
    "HOME",
];

/// A running program and its terminal.
pub(crate) struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    process: Pid,
    shared: Arc<Shared>,
    /// The modes of the line before anybody had it.
    fresh: Modes,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

/// What has come of the program so far.
#[derive(Default)]
struct Seen {
    parser: Parser,
    raw: Vec<u8>,
    /// How much of it the screen shows.
    drawn: usize,
    closed: bool,
    /// Whether the terminal takes nothing more.
    held: bool,
    status: Option<ExitStatus>,
}

/// How a program ended.
pub(crate) struct Ended {
    pub(crate) code: u32,
    /// The name of the signal that ended it, if one did.
    pub(crate) signal: Option<String>,
    /// Everything that it wrote.
    pub(crate) raw: Vec<u8>,
    /// What the terminal shows.
    pub(crate) screen: Screen,
    /// Whether line mode, echo and all else are as they were before.
    pub(crate) same_modes: bool,
}

/// A command for a terminal, in an environment that says nothing else of it.
pub(crate) fn command(program: &str, words: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(words);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    for name in UNSAID {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color");
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command.env("XDG_RUNTIME_DIR", "/dev/null");
    command.env("PS1", "PROMPT> ");
    command
}

/// The program under test.
pub(crate) fn lurker(words: &[&str]) -> CommandBuilder {
    command(env!("CARGO_BIN_EXE_lurker"), words)
}

fn pty_size((columns, lines): (u16, u16)) -> PtySize {
    PtySize { rows: lines, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN)
}

impl Session {
    /// Starts a command in a terminal of this many columns and lines.
    pub(crate) fn start(command: CommandBuilder, size: (u16, u16)) -> Self {
        Self::start_with(command, size, false)
    }

    /// Starts a command in a terminal that takes the first bytes and then no more, until it is released.
    pub(crate) fn start_held(command: CommandBuilder, size: (u16, u16)) -> Self {
        Self::start_with(command, size, true)
    }

    /// Lets the terminal take one more piece of output and then none.
    pub(crate) fn hold(&self) {
        self.shared.change(|seen| seen.held = true);
    }

    /// Lets the terminal take output again.
    pub(crate) fn release(&self) {
        self.shared.change(|seen| seen.held = false);
    }

    fn start_with(command: CommandBuilder, size: (u16, u16), is_held: bool) -> Self {
        let PtyPair { master, slave } = native_pty_system().openpty(pty_size(size)).expect("a pseudo-terminal");
        let fresh = modes_of(master.as_ref());
        let mut child = slave.spawn_command(command).expect("the program starts");
        let process = child.process_id().and_then(|id| Pid::from_raw(id.cast_signed())).expect("a process");
        let shared = Arc::<Shared>::default();
        shared.change(|seen| {
            seen.parser.set_size(cells(size.1), cells(size.0));
            seen.held = is_held;
        });
        let (reader, told) = (master.try_clone_reader().expect("a reader"), Arc::clone(&shared));
        thread::spawn(move || follow(reader, &told));
        let told = Arc::clone(&shared);
        thread::spawn(move || {
            let status = child.wait().expect("a child");
            told.change(|seen| seen.status = Some(status));
        });
        let writer = master.take_writer().expect("a writer");
        Self { master: Some(master), slave: Some(slave), writer: Some(writer), process, shared, fresh }
    }

    /// Types; escape sequences of special keys are typed as the terminal sends them.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("the program takes keys");
        self
    }

    /// Waits until the screen is as wanted, and gives it.
    pub(crate) fn wait(&self, what: &str, wanted: impl Fn(&Screen) -> bool) -> Screen {
        let seen = self.until(what, |seen| wanted(seen.parser.screen()));
        seen.parser.screen().clone()
    }

    /// Waits until a text is on the screen.
    pub(crate) fn wait_for(&self, text: &str) -> Screen {
        self.wait(text, |screen| screen.contents().contains(text))
    }

    /// Waits until a text is on the screen no more.
    pub(crate) fn wait_gone(&self, text: &str) -> Screen {
        self.wait(&format!("{text} gone"), |screen| !screen.contents().contains(text))
    }

    /// Waits until what was written is as wanted.
    pub(crate) fn wait_raw(&self, what: &str, wanted: impl Fn(&[u8]) -> bool) {
        drop(self.until(what, |seen| wanted(&seen.raw)));
    }

    /// Everything that was written so far.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.shared.lock().raw.clone()
    }

    pub(crate) fn resize(&self, size: (u16, u16)) {
        // The emulator first: whatever is drawn for the new size finds it.
        self.shared.change(|seen| seen.parser.set_size(cells(size.1), cells(size.0)));
        self.master.as_ref().expect("the terminal is open").resize(pty_size(size)).expect("a new size");
    }

    /// The process that the terminal's keys go to.
    pub(crate) fn foreground(&self) -> Pid {
        let leader = self.master.as_ref().and_then(|master| master.process_group_leader());
        leader.and_then(Pid::from_raw).expect("a process in the foreground")
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.process, signal).expect("the program runs");
    }

    /// Waits for the program's end, whatever becomes of its terminal.
    pub(crate) fn status(&self) -> ExitStatus {
        let seen = self.until("the end", |seen| seen.status.is_some());
        seen.status.clone().expect("just seen")
    }

    /// Waits for the program's end, and looks at what it left behind.
    pub(crate) fn end(mut self) -> Ended {
        let status = self.status();
        let same_modes = !self.has_line();
        // Now nobody holds the terminal, so what is still on its way comes, and then the end.
        self.slave = None;
        let seen = self.until("the last output", |seen| seen.closed);
        Ended {
            code: status.exit_code(),
            signal: status.signal().map(str::to_owned),
            raw: seen.raw.clone(),
            screen: seen.parser.screen().clone(),
            same_modes,
        }
    }

    /// Whether the program has the line to itself: its modes are others than before.
    pub(crate) fn has_line(&self) -> bool {
        modes_of(self.master.as_deref().expect("the terminal is open")) != self.fresh
    }

    fn until(&self, what: &str, wanted: impl Fn(&Seen) -> bool) -> MutexGuard<'_, Seen> {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.shared.lock();
        while !wanted(&seen) {
            let rest = deadline.saturating_duration_since(Instant::now());
            assert!(
                !(rest.is_zero() || seen.closed && seen.status.is_some()),
                "waited in vain for {what}; ended: {:?}; the screen:\n{}",
                seen.status,
                seen.parser.screen().contents()
            );
            seen = self.shared.changed.wait_timeout(seen, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        seen
    }
}

/// Checks all cases at the same time: what a session takes is mostly waiting.
pub(crate) fn at_once<T: Send>(cases: impl IntoIterator<Item = T>, check: impl Fn(T) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            let check = &check;
            scope.spawn(move || check(case));
        }
    });
}

impl Drop for Session {
    fn drop(&mut self) {
        let ended = self.shared.lock().status.is_some();
        if !ended {
            let _ = kill_process(self.process, Signal::KILL);
        }
    }
}

/// Waits until there is something outside the terminal.
pub(crate) fn until<T>(what: &str, there: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = there() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        thread::yield_now();
    }
}

/// The modes of a terminal's line, as text: raw or cooked, echo, and all else.
#[derive(Debug, PartialEq, Eq)]
struct Modes(String);

fn modes_of(master: &dyn MasterPty) -> Modes {
    Modes(format!("{:?}", master.get_termios().expect("a terminal")))
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, how: impl FnOnce(&mut Seen)) {
        how(&mut self.lock());
        self.changed.notify_all();
    }
}

/// Takes what the program writes until nobody can write any more.
fn follow(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        let bytes = &buffer[..count];
        shared.change(|seen| {
            seen.raw.extend_from_slice(bytes);
            // What was shown ended no frame early; a mark may stand across its end.
            let from = seen.drawn.saturating_sub(MARK);
            seen.draw(from + frame_end(&seen.raw[from..]));
        });
        let held = shared.changed.wait_while(shared.lock(), |seen| seen.held);
        drop(held.unwrap_or_else(PoisonError::into_inner));
    }
    shared.change(|seen| {
        seen.draw(seen.raw.len());
        seen.closed = true;
    });
}

/// The length of the marks around a frame.
const MARK: usize = "\x1b[?2026h".len();

/// How far the output is to be shown: as terminals do it, not the frame that is still on its way.
fn frame_end(raw: &[u8]) -> usize {
    let last = |mark: &[u8]| raw.windows(mark.len()).rposition(|window| window == mark);
    let (begun, done) = (last(b"\x1b[?2026h"), last(b"\x1b[?2026l"));
    begun.filter(|_| begun > done).unwrap_or(raw.len())
}

impl Seen {
    fn draw(&mut self, end: usize) {
        if self.drawn < end {
            self.parser.process(&self.raw[self.drawn..end]);
            self.drawn = end;
        }
    }
}

impl Ended {
    /// Fails unless the terminal is as it was before the program.
    pub(crate) fn assert_restored(&self) {
        assert_restored(&self.raw, &self.screen);
        assert!(self.same_modes, "the line is not as it was");
    }
}

/// What a person sees of a screen: each cell's character with its colour and weight.
pub(crate) fn drawn_rows(screen: &Screen) -> Vec<String> {
    let (lines, columns) = screen.size();
    let cell = |line, column| {
        let cell = screen.cell(line, column).expect("a cell");
        let shown = if cell.has_contents() { cell.contents() } else { " " };
        let colour = if shown == " " { String::new() } else { format!("{:?}", cell.fgcolor()) };
        let weight = [cell.bold(), cell.dim(), cell.inverse()].map(u8::from);
        let weight = if shown == " " { [0, 0, weight[2]] } else { weight };
        format!("{shown}{colour}{weight:?}")
    };
    (0..lines.get()).map(|line| (0..columns.get()).map(|column| cell(line, column)).collect()).collect()
}

/// Fails unless the alternate screen is left, the cursor is shown and the mouse is the terminal's own again.
pub(crate) fn assert_restored(raw: &[u8], screen: &Screen) {
    let text = String::from_utf8_lossy(raw);
    for mode in MODES {
        let (on, off) = (text.rfind(&format!("\x1b[?{mode}h")), text.rfind(&format!("\x1b[?{mode}l")));
        assert!(on.is_none() || on < off, "mode {mode} is left on");
    }
    assert!(text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l"), "the cursor is left hidden");
    assert!(!screen.alternate_screen() && !screen.hide_cursor());
    assert!(screen.mouse_protocol_mode() == MouseProtocolMode::None && !screen.bracketed_paste());
}
