//! The program in a pseudo-terminal while it opens a file: how long until there is something to read, and how much memory.

use std::fs;
use std::io::Write;
use std::num::NonZeroU16;
use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::terminal_output::output;

/// Times since the start and memory of the program while it opens a file.
pub(crate) struct Opening {
    /// Until the title shows.
    pub(crate) first_text: Duration,
    /// Until it tells that all comments are there.
    pub(crate) last: Duration,
    /// In KiB.
    pub(crate) memory: u64,
}

/// Opens a file by a shell's command until all of its comments are there; the title tells that there is something to read.
pub(crate) fn open(folder: &Path, command: &str, (title, size): (&str, u32)) -> Opening {
    let pty = native_pty_system().openpty(PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 });
    let pty = pty.expect("a pseudo-terminal");
    let mut builder = CommandBuilder::new("/bin/sh");
    builder.args(["-c", command]);
    builder.env_clear();
    builder.env("TERM", "xterm-256color");
    builder.env("LURKER_CONFIG", folder.join("config.toml"));
    let begun = Instant::now();
    let mut child = pty.slave.spawn_command(builder).expect("the program starts");
    let output = output(pty.master.try_clone_reader().expect("a reader"));
    let mut screen = vt100::Parser::default();
    let cells = |cells| NonZeroU16::new(cells).expect("a size above 0");
    screen.set_size(cells(40), cells(120));
    let (mut first_text, mut last) = (None, None);
    let all = format!("/{size}");
    while last.is_none() {
        let Ok((at, bytes)) = output.recv_timeout(Duration::from_mins(1)) else { break };
        screen.process(&bytes);
        let contents = screen.screen().contents();
        first_text = first_text.or(contents.contains(title).then(|| at - begun));
        last = (first_text.is_some() && contents.contains(&all)).then(|| at - begun);
    }
    let status = child.process_id().and_then(|id| fs::read_to_string(format!("/proc/{id}/status")).ok());
    let most = status.as_deref().unwrap_or_default().lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let memory = most.and_then(|most| most.trim().split(' ').next()?.parse().ok()).unwrap_or_default();
    pty.master.take_writer().and_then(|mut keys| Ok(keys.write_all(b"q")?)).expect("the program takes keys");
    child.wait().expect("a child");
    Opening { first_text: first_text.unwrap_or_default(), last: last.unwrap_or_default(), memory }
}
