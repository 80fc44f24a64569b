//! The terminal's background: asked for before the first frame, so that a theme can suit it, with a bound on the wait.
//!
//! The question is xterm's OSC 11 (`ctlseqs`, "Operating System Commands"), and behind it DA1, which terminals of any kind
//! answer: what answers that alone knows no OSC 11, and is not waited for. Nothing else reads the terminal meanwhile.
//!
//! An answer that comes later must reach neither the program as keys nor the shell as words. crossterm takes the one to DA1
//! away itself, but knows no OSC: its parser (`event/sys/unix/parse.rs` of 0.29) makes `ESC ]` Alt-], and a key of each
//! character behind it. [`Filter`] takes those keys out, and [`settle`] has the terminal kept until the answer is here,
//! or has had the time to be. Of an answer that the line cuts right behind its `ESC`, the key Esc alone passes.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::style::Color;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::app::{Code, Key};

/// The question, and the one that marks the end of its answer.
const QUESTION: &str = "\x1b]11;?\x07\x1b[c";
/// How long the first frame waits for the answer.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long the terminal is kept for an answer that is still to come.
const SETTLING: Duration = Duration::from_secs(1);
/// How long keys are looked through for it.
const LATEST: Duration = Duration::from_secs(10);
/// The longest answer.
const LONGEST: usize = 40;
/// The most that is read at once.
const CHUNK: usize = 1024;

/// Until when an answer is still expected.
static OWED: Mutex<Option<Instant>> = Mutex::new(None);

/// What came of asking.
#[derive(Debug, Default)]
pub struct Asked {
    /// The background, where the terminal told it in time.
    pub background: Option<Color>,
    /// Keys that were typed meanwhile.
    pub typed: Vec<Key>,
    /// What takes the answer out of the keys that are still to come.
    pub filter: Filter,
}

/// Asks the terminal, which must be the program's own and unbuffered.
pub fn ask() -> Asked {
    let file;
    let input = if io::stdin().is_terminal() {
        rustix::stdio::stdin()
    } else {
        // As crossterm does where a pipe is read.
        let Ok(opened) = File::open("/dev/tty") else { return Asked::default() };
        file = opened;
        file.as_fd()
    };
    let mut out = io::stdout();
    if out.write_all(QUESTION.as_bytes()).and_then(|()| out.flush()).is_err() {
        return Asked::default();
    }
    let now = Instant::now();
    let answer = read_answer(input, now + PATIENCE);
    if !is_complete(&answer) {
        set_owed(Some(now + SETTLING));
    }
    let mut filter = Filter { until: Some(now + LATEST), ..Filter::default() };
    let typed = keys(&answer).into_iter().flat_map(|key| filter.take(key)).collect();
    Asked { background: filter.background, typed, filter }
}

/// Waits until no answer is on its way to whoever gets the terminal next. The keys must be read meanwhile.
pub fn settle() {
    let owed = || *OWED.lock().unwrap_or_else(PoisonError::into_inner);
    while owed().is_some_and(|until| Instant::now() < until) {
        thread::sleep(Duration::from_millis(5));
    }
}

fn set_owed(until: Option<Instant>) {
    *OWED.lock().unwrap_or_else(PoisonError::into_inner) = until;
}

/// What the terminal sends until the answer to the second question is whole, or the time is over.
fn read_answer(input: BorrowedFd<'_>, deadline: Instant) -> Vec<u8> {
    let mut answer = Vec::new();
    while !is_complete(&answer) {
        let rest = deadline.saturating_duration_since(Instant::now());
        let Ok(rest) = Timespec::try_from(rest) else { break };
        let mut chunk = [0; CHUNK];
        let read = match poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&rest)) {
            Ok(0) => break,
            Ok(_) => rustix::io::read(input, &mut chunk),
            Err(error) => Err(error),
        };
        match read {
            Err(Errno::INTR) => {}
            Ok(count @ 1..) => answer.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            Ok(0) | Err(_) => break,
        }
    }
    answer
}

/// Whether the answer to DA1, `CSI ? … c`, is there.
fn is_complete(answer: &[u8]) -> bool {
    let starts = answer.windows(3).enumerate().filter(|(_, window)| window == b"\x1b[?");
    let mut ends =
        starts.map(|(at, _)| answer.iter().skip(at + 3).find(|byte| !byte.is_ascii_digit() && **byte != b';'));
    ends.any(|end| end == Some(&b'c'))
}

/// The keys that bytes stand for, as far as people type any before a program has begun; and those that crossterm would
/// make of the answer.
fn keys(bytes: &[u8]) -> Vec<Key> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.chars().peekable();
    let mut keys = Vec::new();
    while let Some(c) = rest.next() {
        if c != '\x1b' {
            keys.extend(plain(c));
            continue;
        }
        match rest.next() {
            None => keys.push(Key::plain(Code::Esc)),
            Some('[' | 'O') => {
                while rest.next_if(|c| !c.is_ascii_alphabetic() && *c != '~').is_some() {}
                keys.extend(rest.next().and_then(arrow));
            }
            Some(c) => keys.extend(plain(c).map(|key| Key { alt: true, ..key })),
        }
    }
    keys
}

fn plain(c: char) -> Option<Key> {
    let ctrl = |letter: char| Key { ctrl: true, ..Key::plain(Code::Char(letter)) };
    match c {
        '\r' | '\n' => Some(Key::plain(Code::Enter)),
        '\t' => Some(Key::plain(Code::Tab)),
        '\x7f' => Some(Key::plain(Code::Backspace)),
        '\x01'..='\x1a' => Some(ctrl(char::from(c as u8 - 1 + b'a'))),
        c if c.is_control() => None,
        c => Some(Key::plain(Code::Char(c))),
    }
}

fn arrow(last: char) -> Option<Key> {
    let arrows = [('A', Code::Up), ('B', Code::Down), ('C', Code::Right), ('D', Code::Left)];
    arrows.into_iter().find(|(known, _)| *known == last).map(|(_, code)| Key::plain(code))
}

/// Takes a terminal's answers out of keys.
#[derive(Debug, Default)]
pub struct Filter {
    /// Until when some may come.
    until: Option<Instant>,
    /// The keys that may be an answer, and the characters that they are.
    held: Vec<Key>,
    text: String,
    /// Whether the last key was Esc.
    was_esc: bool,
    /// The background that was told.
    background: Option<Color>,
}

/// How the answers begin behind `ESC`.
const COLOUR: &str = "]11;";
const ATTRIBUTES: &str = "[?";

impl Filter {
    /// Takes a key, and gives those that are known to be none of the terminal's.
    pub fn take(&mut self, key: Key) -> Vec<Key> {
        let was_esc = std::mem::replace(&mut self.was_esc, key == Key::plain(Code::Esc));
        let is_held = !self.held.is_empty();
        if self.was_esc && is_held {
            // The first half of `ESC \`.
            return Vec::new();
        }
        let is_plain = key == Key::plain(key.code);
        match key.code {
            Code::Char(c) if is_held && self.is_end(c, key, was_esc) => self.take_answer(),
            Code::Char(c @ (']' | '[')) if self.is_awaited() && (is_plain && was_esc || key.alt && c == ']') => {
                self.text.push(c);
                self.held.push(key);
            }
            Code::Char(c) if is_held && is_plain && !was_esc && self.goes_on(c) => {
                self.text.push(c);
                self.held.push(key);
            }
            _ => return self.give_back(key),
        }
        Vec::new()
    }

    fn is_awaited(&self) -> bool {
        self.held.is_empty() && self.until.is_some_and(|until| Instant::now() < until)
    }

    fn is_end(&self, c: char, key: Key, was_esc: bool) -> bool {
        let is_terminator = c == '\\' && (key.alt || was_esc) || c == 'g' && key.ctrl;
        self.text.starts_with(COLOUR) && is_terminator || self.text.starts_with(ATTRIBUTES) && c == 'c'
    }

    /// Whether a character may follow in an answer.
    fn goes_on(&self, c: char) -> bool {
        let is_colour = self.text.starts_with(']');
        let start = if is_colour { COLOUR } else { ATTRIBUTES };
        match start.chars().nth(self.text.len()) {
            Some(expected) => c == expected,
            None if self.text.len() >= LONGEST => false,
            None if is_colour => c.is_ascii_hexdigit() || "rgb:/".contains(c),
            None => c.is_ascii_digit() || c == ';',
        }
    }

    fn take_answer(&mut self) {
        if let Some(told) = self.text.strip_prefix(COLOUR).and_then(colour) {
            self.background = Some(told);
        }
        self.forget();
        set_owed(None);
    }

    /// Gives what was held, unless people do not type so much of an answer, and the key.
    fn give_back(&mut self, key: Key) -> Vec<Key> {
        let mut keys = std::mem::take(&mut self.held);
        if self.text.starts_with(COLOUR) || self.text.starts_with(ATTRIBUTES) {
            keys.clear();
        }
        self.forget();
        keys.push(key);
        keys
    }

    fn forget(&mut self) {
        self.held.clear();
        self.text.clear();
    }
}

/// A colour as X writes it: `rgb:` and three numbers of one to four hexadecimal digits; some terminals add how opaque it is.
fn colour(text: &str) -> Option<Color> {
    let parts = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?;
    let part = |text: &str| {
        let most = 16_u32.checked_pow(u32::try_from(text.len()).ok().filter(|digits| (1..=4).contains(digits))?)? - 1;
        u8::try_from(u32::from_str_radix(text, 16).ok()? * 255 / most).ok()
    };
    let mut parts = parts.split('/').map(part);
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    Some(Color::Rgb(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter() -> Filter {
        Filter { until: Some(Instant::now() + LATEST), ..Filter::default() }
    }

    /// What is left of bytes as keys, by their names, and the background.
    fn left(bytes: &str) -> (String, Option<Color>) {
        let mut filter = filter();
        let left: Vec<Key> = keys(bytes.as_bytes()).into_iter().flat_map(|key| filter.take(key)).collect();
        (left.into_iter().map(Key::name).collect::<Vec<_>>().join(" "), filter.background)
    }

    #[test]
    fn the_answer_is_taken_out_of_what_was_typed() {
        let dark = Some(Color::Rgb(0x1e, 0x1e, 0x2e));
        for (bytes, keys, background) in [
            ("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;22c", "", dark),
            ("\x1b]11;rgb:1e/1e/2e\x07\x1b[?6c", "", dark),
            ("\x1b]11;rgba:1e1e/1e1e/2e2e/ffff\x07", "", dark),
            ("jj\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\t\x1b[?62c\x1b[B\r", "j j t down enter", dark),
            ("\x1b[?1;2c", "", None),
            ("q", "q", None),
            ("\x1b]q", "alt-] q", None),
            ("\x1b]11q", "alt-] 1 1 q", None),
            ("\x1b]11;rgb:1e\x1b[A", "up", None),
            ("é\x04\x1b\x1b", "é ctrl-d", None),
            ("\x1b]11;", "", None),
        ] {
            assert_eq!(left(bytes), (keys.to_owned(), background), "{bytes:?}");
        }
    }

    #[test]
    fn an_answer_that_the_line_cut_is_taken_out_too() {
        let mut filter = filter();
        let esc = Key::plain(Code::Esc);
        let rest = keys(b"]11;rgb:ffff/ffff/ffff");
        let cut =
            [esc].into_iter().chain(rest).chain([esc, Key::plain(Code::Char('\\')), esc]).chain(keys(b"[?62;22cj"));
        let left: Vec<String> = cut.flat_map(|key| filter.take(key)).map(Key::name).collect();
        assert_eq!((left.join(" ").as_str(), filter.background), ("esc esc j", Some(Color::Rgb(255, 255, 255))));
    }

    #[test]
    fn nothing_is_held_where_nothing_was_asked() {
        let mut filter = Filter::default();
        let keys = keys(b"\x1b]11;x");
        assert_eq!(keys.iter().flat_map(|key| filter.take(*key)).collect::<Vec<_>>(), keys);
    }

    #[test]
    fn the_end_of_the_answers_is_seen() {
        assert!(is_complete(b"x\x1b]11;rgb:0/0/0\x07\x1b[?62;22cj") && is_complete(b"\x1b[?1u\x1b[?6c"));
        assert!(!is_complete(b"\x1b[?62;22") && !is_complete(b"\x1b[?62;22uc") && !is_complete(b""));
    }
}
