//! Costs of the program in a terminal of 120×40 with the demo: bytes for each key and for all of it scrolled, and the times
//! to the first byte, frame and text, each as most starts have it. `LURKER_BINARY` names another binary to measure than the
//! one just built.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[path = "support/terminal_output.rs"]
mod terminal_output;

use std::fs;
use std::io::Write;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use terminal_output::output;
use vt100::Parser;

const COLUMNS: u16 = 120;
const LINES: u16 = 40;
/// A frame ends with the end of a synchronized update.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// A key after which nothing comes for so long changes nothing.
const QUIET: Duration = Duration::from_millis(150);
/// How often the program is started for the times.
const STARTS: usize = 15;
/// The words by which the text of the demo is known.
const TEXT: &str = "Library Brings Back";

/// A notch of the mouse wheel, downwards.
const WHEEL: &str = "\x1b[<65;10;10M";

/// Keys in the order in which they are pressed; of several presses, the one that takes most is told.
const KEYS: [(&str, &str); 9] = [
    ("a key that changes nothing (k at the top)", "k"),
    ("j, the first comment", "jj"),
    ("j, further comments", "jjjj"),
    ("a notch of the wheel, three lines", WHEEL),
    ("half a page down (Ctrl-d)", "\x04"),
    ("a page down", "\x1b[6~"),
    ("a page up", "\x1b[5~"),
    ("to the next comment (t) and fold (Enter)", "t\r"),
    ("the end (G)", "G"),
];

/// The looks that are measured: a name, the config, and what `COLORTERM` says.
const LOOKS: [(&str, &str, &str); 4] = [
    ("16", "minimap = \"never\"", ""),
    ("16, map", "minimap = \"always\"", ""),
    ("true", "minimap = \"never\"\ntheme = \"dark\"", "truecolor"),
    ("true, map", "minimap = \"always\"\ntheme = \"dark\"", "truecolor"),
];

fn main() {
    // `cargo test --benches` and the like only want to know that it runs.
    let is_bench = std::env::args().any(|arg| arg == "--bench");
    let binary = std::env::var_os("LURKER_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_lurker").into(), PathBuf::from);
    println!("{}, the demo at {COLUMNS}×{LINES}", binary.display());
    let config = std::env::temp_dir().join(format!("lurker-bench-{}.toml", std::process::id()));
    let (most, looks) = if is_bench {
        (Most { starts: STARTS, notches: usize::MAX }, LOOKS.len())
    } else {
        (Most { starts: 1, notches: 5 }, 1)
    };
    let mut table: Vec<Vec<String>> = vec![vec![String::new()]];
    for (name, content, colours) in &LOOKS[..looks] {
        fs::write(&config, content).expect("a temporary file");
        let column = measure(&Session::command(&binary, &config, colours), most);
        table.resize(column.len() + 1, Vec::new());
        table[0].push((*name).to_owned());
        for (row, (label, figure)) in table[1..].iter_mut().zip(column) {
            if row.is_empty() {
                row.push(label);
            }
            row.push(figure);
        }
    }
    fs::remove_file(config).expect("the file");
    println!("{:<44}{:>12}", "first byte of `echo`, ms", told(echo(most.starts)));
    for row in table {
        print!("{:<44}", row[0]);
        row[1..].iter().for_each(|figure| print!("{figure:>12}"));
        println!();
    }
}

/// How much is measured.
#[derive(Clone, Copy)]
struct Most {
    starts: usize,
    notches: usize,
}

/// The time from the start to the first byte of a program that prints a word: what starting costs here.
fn echo(starts: usize) -> Duration {
    let mut command = CommandBuilder::new("/bin/echo");
    command.arg("word");
    let first_byte = |_| {
        let mut session = Session::start(command.clone());
        let (at, _) = session.output.recv().expect("a word");
        session.child.wait().expect("a child");
        at - session.begun
    };
    middle((0..starts).map(first_byte).collect())
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn told(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

/// Each figure with its label.
fn measure(command: &CommandBuilder, most: Most) -> Vec<(String, String)> {
    let mut session = Session::start(command.clone());
    let mut openings = vec![session.opening()];
    while openings.len() < most.starts {
        session.end();
        session = Session::start(command.clone());
        openings.push(session.opening());
    }
    let mut figures: Vec<_> = (0..TIMES.len())
        .map(|time| {
            let times = openings.iter().map(|opening| opening.times[time]).collect();
            (TIMES[time].to_owned(), told(middle(times)))
        })
        .collect();
    figures.push(("until it waits for keys, bytes".to_owned(), openings[0].bytes.to_string()));
    for (label, keys) in KEYS {
        let bytes: Vec<usize> = single(keys).into_iter().map(|key| session.press(key)).collect();
        let most = bytes.into_iter().max().unwrap_or(0);
        figures.push((format!("{label}, bytes"), most.to_string()));
    }
    session.press("g");
    let (mut total, mut count) = (0, 0);
    while count < most.notches {
        let before = session.screen.screen().contents();
        total += session.press(WHEEL);
        if session.screen.screen().contents() == before {
            break;
        }
        count += 1;
    }
    figures.push(("from end to end by the wheel, bytes".to_owned(), total.to_string()));
    figures.push(("notches".to_owned(), count.to_string()));
    figures.push(("bytes a notch".to_owned(), (total / count.max(1)).to_string()));
    session.end();
    figures
}

/// Keys one by one; an escape sequence is one.
fn single(keys: &str) -> Vec<&str> {
    if keys.starts_with('\x1b') { vec![keys] } else { keys.split("").filter(|key| !key.is_empty()).collect() }
}

/// The times from the start that are told.
const TIMES: [&str; 3] = ["first byte, ms", "first frame, ms", "first text, ms"];

/// The beginning of the program.
struct Opening {
    /// One for each of [`TIMES`].
    times: [Duration; 3],
    /// Written until all is quiet.
    bytes: usize,
}

/// The program in its terminal.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: Parser,
    begun: Instant,
    /// Keeps the terminal open.
    _master: Box<dyn MasterPty + Send>,
}

impl Session {
    fn command(binary: &Path, config: &Path, colours: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(binary);
        command.arg("demo");
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LURKER_CONFIG", config);
        command.env("COLORTERM", colours);
        command
    }

    fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: LINES, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let reader = pair.master.try_clone_reader().expect("a reader");
        let keys = pair.master.take_writer().expect("a writer");
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let output = output(reader);
        let mut screen = Parser::default();
        let cells = |cells| NonZeroU16::new(cells).expect("a size above 0");
        screen.set_size(cells(LINES), cells(COLUMNS));
        Self { child, keys, output, screen, begun, _master: pair.master }
    }

    /// Waits until all of it is on the screen.
    fn opening(&mut self) -> Opening {
        let mut times = [None; 3];
        let mut bytes = Vec::new();
        let mut wait = Duration::from_secs(20);
        while let Ok((at, chunk)) = self.output.recv_timeout(wait) {
            bytes.extend_from_slice(&chunk);
            self.screen.process(&chunk);
            let has_text = self.screen.screen().contents().contains(TEXT);
            for (time, is_there) in times.iter_mut().zip([true, ends_frame(&bytes), has_text]) {
                *time = time.or(is_there.then_some(at));
            }
            wait = if has_text { QUIET } else { wait };
        }
        let times = times.map(|time| time.expect("the program shows its text") - self.begun);
        Opening { times, bytes: bytes.len() }
    }

    /// Leaves the program.
    fn end(&mut self) {
        self.press("q");
        self.child.wait().expect("a child");
    }

    /// Presses a key; the bytes of the frame that it makes.
    fn press(&mut self, key: &str) -> usize {
        self.keys.write_all(key.as_bytes()).and_then(|()| self.keys.flush()).expect("the program takes keys");
        let mut bytes = Vec::new();
        while !ends_frame(&bytes)
            && let Ok((_, chunk)) = self.output.recv_timeout(QUIET)
        {
            bytes.extend_from_slice(&chunk);
        }
        self.screen.process(&bytes);
        bytes.len()
    }
}

fn ends_frame(bytes: &[u8]) -> bool {
    bytes.windows(FRAME_END.len()).any(|window| window == FRAME_END)
}
