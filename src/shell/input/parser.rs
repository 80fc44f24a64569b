//! The input parser: bytes of the terminal and the time → keys, mouse, pasted text and answers.
//!
//! The forms are those of ECMA-48 (control sequences and control strings), of xterm (`ctlseqs`), of rxvt, of the Linux
//! console and of kitty's keyboard protocol. What is complete but unknown is swallowed whole: no part of an answer becomes
//! a key. What never ends is given up in time, so that the keyboard stays alive.

use std::mem;
use std::time::{Duration, Instant};

use ratatui::style::Color;

use super::sequence;
use crate::app::{Code, Event, Key};
use crate::shell::background;

/// The time for which an `ESC` may be the beginning of something before it is the key Esc.
const ESCAPE_WAIT: Duration = Duration::from_millis(50);
/// The time after its last byte when a sequence is given up.
const SEQUENCE_WAIT: Duration = Duration::from_millis(500);
/// The time after its last byte when pasted text is given up.
const PASTE_WAIT: Duration = Duration::from_secs(2);
/// The bytes of a sequence that are kept: more than any known sequence has.
const SEQUENCE_KEPT: usize = 64;
/// The bytes of pasted text that are kept.
const PASTE_KEPT: usize = 1 << 20;
/// The end of pasted text.
const PASTE_END: &[u8] = b"\x1b[201~";

const CTRL_C: u8 = 0x03;
const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;
const ESC: u8 = 0x1b;

/// A parsed piece of the terminal's bytes.
#[derive(Clone, Debug)]
pub enum Token {
    /// A key, the mouse or pasted text.
    Event(Event),
    /// The answer to OSC 11: the background.
    Background(Color),
    /// The answer to DA1: what kind of terminal it is.
    Attributes,
}

/// The state of the parser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// In a character of this many bytes.
    Character(usize),
    /// Behind `ESC`.
    Escape,
    /// Behind `ESC [`.
    Control,
    /// Behind `ESC [ [`, with which the Linux console begins F1 to F5.
    Console,
    /// Behind `ESC O`.
    SingleShift,
    /// In a control string: OSC, DCS, SOS, PM or APC.
    Text,
    /// Behind an `ESC` in a control string.
    TextEscape,
    /// In the three bytes of an old mouse report.
    Mouse,
    /// In pasted text, behind this many bytes of its end.
    Paste(usize),
}

/// Takes what the terminal sends, in pieces of any size.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
    /// The character behind the `ESC` that opened the sequence.
    introducer: u8,
    /// Whether an `ESC` stands before the character or sequence.
    alt: bool,
    /// The bytes of what is open.
    held: Vec<u8>,
    /// The time of the last bytes.
    last: Option<Instant>,
    tokens: Vec<Token>,
}

impl Parser {
    /// Takes bytes that came at a time, and gives what is complete with them.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Token> {
        for byte in bytes {
            self.take(*byte);
        }
        self.last = Some(now);
        mem::take(&mut self.tokens)
    }

    /// The time when an open sequence is given up, unless more of it comes.
    pub fn deadline(&self) -> Option<Instant> {
        let wait = match self.state {
            State::Ground => return None,
            State::Escape => ESCAPE_WAIT,
            State::Paste(_) => PASTE_WAIT,
            _ => SEQUENCE_WAIT,
        };
        self.last.map(|last| last + wait)
    }

    /// Gives up what is open where its time is over: an `ESC` alone is the key Esc, an introducer alone a key with Alt.
    pub fn expire(&mut self, now: Instant) -> Vec<Token> {
        if self.deadline().is_some_and(|deadline| deadline <= now) {
            match self.state {
                State::Escape => self.give_escapes(),
                State::Control | State::SingleShift | State::Text if self.held.is_empty() => {
                    self.give(Key { alt: true, ..Key::plain(Code::Char(char::from(self.introducer))) });
                }
                _ => {}
            }
            self.reset();
        }
        mem::take(&mut self.tokens)
    }

    fn take(&mut self, byte: u8) {
        match self.state {
            State::Ground => self.take_ground(byte),
            State::Character(length) => self.take_character(byte, length),
            State::Escape => self.take_escape(byte),
            State::Control => self.take_control(byte),
            State::Console => self.take_console(byte),
            State::SingleShift => self.take_single_shift(byte),
            State::Text => self.take_text(byte),
            State::TextEscape => self.take_text_escape(byte),
            State::Mouse => self.take_mouse(byte),
            State::Paste(matched) => self.take_paste(byte, matched),
        }
    }

    fn take_ground(&mut self, byte: u8) {
        match byte {
            ESC => self.state = State::Escape,
            0..=0x7f => {
                let key = sequence::plain(char::from(byte));
                self.finish(key);
            }
            0xc2..=0xdf => self.begin_character(byte, 2),
            0xe0..=0xef => self.begin_character(byte, 3),
            0xf0..=0xf4 => self.begin_character(byte, 4),
            _ => self.reset(),
        }
    }

    fn begin_character(&mut self, byte: u8, length: usize) {
        self.state = State::Character(length);
        self.held.push(byte);
    }

    fn take_character(&mut self, byte: u8, length: usize) {
        if !matches!(byte, 0x80..=0xbf) {
            self.give_up(byte);
            return;
        }
        self.held.push(byte);
        if self.held.len() == length {
            let held = mem::take(&mut self.held);
            let character = std::str::from_utf8(&held).ok().and_then(|text| text.chars().next());
            self.finish(character.and_then(sequence::plain));
        }
    }

    fn take_escape(&mut self, byte: u8) {
        let is_sequence = matches!(byte, b'[' | b'O');
        if !is_sequence && mem::take(&mut self.alt) {
            // Two, and the first begins nothing.
            self.give(Key::plain(Code::Esc));
        }
        self.introducer = byte;
        match byte {
            ESC => self.alt = true,
            b'[' => self.state = State::Control,
            b'O' => self.state = State::SingleShift,
            b']' | b'P' | b'X' | b'^' | b'_' => self.state = State::Text,
            CTRL_C => {
                self.give(Key::plain(Code::Esc));
                self.give_up(byte);
            }
            _ => {
                self.alt = true;
                self.take_ground(byte);
            }
        }
    }

    fn take_control(&mut self, byte: u8) {
        let is_bare = self.held.is_empty();
        match byte {
            b'[' if is_bare => self.state = State::Console,
            b'M' if is_bare => self.state = State::Mouse,
            // Other terminals continue where rxvt ends a key with Shift.
            b'$' if !is_bare && self.held.iter().all(u8::is_ascii_digit) => self.finish_control(byte),
            0x20..=0x3f => self.keep(byte),
            0x40..=0x7e => self.finish_control(byte),
            _ => self.give_up(byte),
        }
    }

    fn finish_control(&mut self, last: u8) {
        let (held, alt) = (mem::take(&mut self.held), self.alt);
        self.reset();
        match (held.as_slice(), last) {
            (b"200", b'~') => self.state = State::Paste(0),
            ([b'?', ..], b'c') => self.tokens.push(Token::Attributes),
            ([b'<', report @ ..], b'M' | b'm') => {
                let event = sequence::mouse_report(report, last == b'M');
                self.tokens.extend(event.map(Token::Event));
            }
            // A sequence that was not kept whole is no key.
            _ if held.len() < SEQUENCE_KEPT => {
                self.alt = alt;
                self.finish(sequence::control(&held, last));
            }
            _ => {}
        }
    }

    fn take_console(&mut self, byte: u8) {
        match byte {
            b'A'..=b'E' => self.finish(Some(Key::plain(Code::F(byte - b'A' + 1)))),
            0x20..=0x7e => self.reset(),
            _ => self.give_up(byte),
        }
    }

    fn take_single_shift(&mut self, byte: u8) {
        match byte {
            b'0'..=b'9' | b';' => self.keep(byte),
            0x20..=0x7e => {
                let held = mem::take(&mut self.held);
                self.finish(sequence::single_shift(&held, byte));
            }
            _ => self.give_up(byte),
        }
    }

    fn take_text(&mut self, byte: u8) {
        match byte {
            BEL if self.introducer == b']' => self.finish_text(),
            ESC => self.state = State::TextEscape,
            CAN | SUB => self.reset(),
            BEL | b'\t' | b'\n' | b'\r' | 0x20.. => self.keep(byte),
            // No answer has others in it: somebody types.
            _ => self.give_up(byte),
        }
    }

    fn take_text_escape(&mut self, byte: u8) {
        if byte == b'\\' {
            self.finish_text();
        } else {
            self.reset();
            self.state = State::Escape;
            self.take_escape(byte);
        }
    }

    fn finish_text(&mut self) {
        if self.introducer == b']' {
            let background = background::answer(&self.held);
            self.tokens.extend(background.map(Token::Background));
        }
        self.reset();
    }

    fn take_mouse(&mut self, byte: u8) {
        if byte < 0x20 {
            self.give_up(byte);
            return;
        }
        self.held.push(byte - 0x20);
        if let [button, x, y] = *self.held {
            let event = sequence::mouse(button.into(), (x.into(), y.into()), true);
            self.tokens.extend(event.map(Token::Event));
            self.reset();
        }
    }

    fn take_paste(&mut self, byte: u8, matched: usize) {
        if PASTE_END.get(matched) == Some(&byte) {
            self.state = State::Paste(matched + 1);
            if matched + 1 == PASTE_END.len() {
                let text = String::from_utf8_lossy(&self.held).into_owned();
                self.tokens.push(Token::Event(Event::Paste(text)));
                self.reset();
            }
            return;
        }
        if byte == CTRL_C {
            // Terminals take it out of what they paste: somebody types.
            self.give_up(byte);
            return;
        }
        let rest = PASTE_END.get(..matched).unwrap_or_default();
        let (kept, matched) = if byte == ESC { (None, 1) } else { (Some(byte), 0) };
        if self.held.len() < PASTE_KEPT {
            self.held.extend(rest.iter().copied().chain(kept));
        }
        self.state = State::Paste(matched);
    }

    fn keep(&mut self, byte: u8) {
        if self.held.len() < SEQUENCE_KEPT {
            self.held.push(byte);
        }
    }

    /// Forgets what is open, for a byte that cannot be part of it.
    fn give_up(&mut self, byte: u8) {
        self.reset();
        self.take_ground(byte);
    }

    fn finish(&mut self, key: Option<Key>) {
        if let Some(key) = key {
            self.give(Key { alt: key.alt || self.alt, ..key });
        }
        self.reset();
    }

    fn give_escapes(&mut self) {
        self.give(Key::plain(Code::Esc));
        if self.alt {
            self.give(Key::plain(Code::Esc));
        }
    }

    fn give(&mut self, key: Key) {
        self.tokens.push(Token::Event(Event::Key(key)));
    }

    fn reset(&mut self) {
        self.state = State::Ground;
        self.alt = false;
        self.held.clear();
    }
}
