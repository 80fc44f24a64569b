//! The clipboard: of this machine, through the system's own tool if there is one, and of the terminal, through OSC 52.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::{env, thread};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

/// The most bytes of text that are sent to the terminal.
const MOST: usize = 1 << 20;

/// A tool that takes the clipboard's text on its standard input: its name, its words, and the variable without which there
/// is no screen for it.
type Tool = (&'static str, &'static [&'static str], &'static str);

const TOOLS: [Tool; 3] = [
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard"], "DISPLAY"),
    ("xsel", &["--clipboard", "--input"], "DISPLAY"),
];

/// The sequence that gives a text to the terminal (xterm's OSC 52); `None` for a text of more than 1 MiB, which terminals
/// cut or refuse without a word.
pub(super) fn sequence(text: &str) -> Option<String> {
    let mut sequence = String::new();
    let outcome = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence);
    (text.len() <= MOST && outcome.is_ok()).then_some(sequence)
}

/// Gives a text to the first tool that is there, and says which that is. It is not waited for.
pub(super) fn give(text: &str) -> Option<&'static str> {
    if cfg!(target_os = "macos") {
        return start("pbcopy", &[], text);
    }
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    TOOLS.iter().filter(|(.., screen)| is_set(screen)).find_map(|(tool, words, _)| start(tool, words, text))
}

/// Starts a tool, without a shell, and in a group of its own: it may have to stay to give the text away, and what is typed
/// at the terminal is not for it.
fn start(tool: &'static str, words: &[&str], text: &str) -> Option<&'static str> {
    let mut command = Command::new(tool);
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn().ok()?;
    let text = text.to_owned();
    thread::spawn(move || {
        if let Some(mut input) = child.stdin.take() {
            // A tool that takes no more has said why where nobody looks.
            let _ = input.write_all(text.as_bytes());
        }
        let _ = child.wait();
    });
    Some(tool)
}
