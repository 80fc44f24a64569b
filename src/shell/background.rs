//! The question for the terminal's background colour, which picks the theme; the first frame does not wait for it.
//!
//! The question is xterm's OSC 11 (`ctlseqs`, "Operating System Commands"), and behind it DA1, which terminals of any kind
//! answer: when that answer is here, no other is on its way. Both arrive among the keys, and the parser of those tells them
//! apart. The terminal is kept until they are here, or a second has passed (`PendingAnswer::wait`): otherwise the shell
//! would take them for typed keys.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::style::Color;

use super::terminal_output::TerminalOutput;

/// The question for the background, which `END` is to follow.
const BACKGROUND: &str = "\x1b]11;?\x07";
/// The question whose answer marks that of all before it.
const END: &str = "\x1b[c";
/// The time that an answer may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// The deadline of an answer that is still expected. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct PendingAnswer {
    deadline: Arc<Mutex<Option<Instant>>>,
}

impl PendingAnswer {
    /// Asks the terminal, which must be in raw mode and be read from now on.
    pub(super) fn ask(&self, output: &TerminalOutput) {
        if output.send(BACKGROUND.as_bytes()).is_ok() {
            self.ask_for_end(output);
        }
    }

    /// Asks the terminal for the answer behind all that it has sent so far; it must be read from now on.
    pub(super) fn ask_for_end(&self, output: &TerminalOutput) {
        if output.send(END.as_bytes()).is_ok() {
            *self.lock() = Some(Instant::now() + PATIENCE);
        }
    }

    /// Waits until the answer has arrived or is overdue. Another thread must read the terminal meanwhile.
    pub(super) fn wait(&self) {
        while self.is_expected() {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether an answer is still expected.
    pub(super) fn is_expected(&self) -> bool {
        self.lock().is_some_and(|deadline| Instant::now() < deadline)
    }

    /// Notes that the answer has arrived.
    pub(super) fn note_arrival(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.deadline.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The background in an OSC, if it is the answer to the question.
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
