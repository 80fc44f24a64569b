//! The terminal's background: asked for when the terminal is taken, so that a theme can suit it. Nothing waits for the answer.
//!
//! The question is xterm's OSC 11 (`ctlseqs`, "Operating System Commands"), and behind it DA1, which terminals of any kind
//! answer: when that answer is here, no other is on its way. Both come among the keys, and the parser of those tells them
//! apart. [`settle`] has the terminal kept until they are here, or have had the time to be: whoever gets the terminal next
//! must not find them among his keys.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::style::Color;

/// The question, and the one that marks the end of its answer.
const QUESTION: &str = "\x1b]11;?\x07\x1b[c";
/// How long the terminal is kept for an answer that is still to come.
const SETTLING: Duration = Duration::from_secs(1);

/// Until when an answer is still expected. The way out of a panic must find it.
static OWED: Mutex<Option<Instant>> = Mutex::new(None);

/// Asks the terminal, which must be the program's own and unbuffered, and must be read from now on.
pub fn ask() {
    let mut out = io::stdout();
    if out.write_all(QUESTION.as_bytes()).and_then(|()| out.flush()).is_ok() {
        set_owed(Some(Instant::now() + SETTLING));
    }
}

/// Waits until no answer is on its way to whoever gets the terminal next. The keys must be read meanwhile.
pub fn settle() {
    while is_owed() {
        thread::sleep(Duration::from_millis(5));
    }
}

/// Whether an answer is still expected.
pub(super) fn is_owed() -> bool {
    let owed = *OWED.lock().unwrap_or_else(PoisonError::into_inner);
    owed.is_some_and(|until| Instant::now() < until)
}

/// Notes that the last answer is here.
pub(super) fn note_answered() {
    set_owed(None);
}

fn set_owed(until: Option<Instant>) {
    *OWED.lock().unwrap_or_else(PoisonError::into_inner) = until;
}

/// The background that an OSC tells, if it is that answer.
pub(super) fn answer(text: &[u8]) -> Option<Color> {
    std::str::from_utf8(text).ok()?.strip_prefix("11;").and_then(colour)
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

    #[test]
    fn a_background_is_told_in_any_number_of_digits() {
        let dark = Some(Color::Rgb(0x1e, 0x1e, 0x2e));
        for (text, told) in [
            ("11;rgb:1e1e/1e1e/2e2e", dark),
            ("11;rgb:1e/1e/2e", dark),
            ("11;rgba:1e1e/1e1e/2e2e/ffff", dark),
            ("11;rgb:f/0/f", Some(Color::Rgb(255, 0, 255))),
            ("10;rgb:1e/1e/2e", None),
            ("11;rgb:1e/1e", None),
            ("11;rgb:+1/1e/12345", None),
            ("11;?", None),
            ("", None),
        ] {
            assert_eq!(answer(text.as_bytes()), told, "{text}");
        }
    }
}
