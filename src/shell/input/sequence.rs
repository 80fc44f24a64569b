//! Characters and control sequences → keys and mouse reports.

use crate::app::{Code, Event, Key};

/// The key of a character: a control character is the key that sends it.
pub(super) fn plain(c: char) -> Option<Key> {
    let ctrl = |c: char| Some(Key { ctrl: true, ..Key::plain(Code::Char(c)) });
    match c {
        // A line break is an Enter that was typed before the terminal was taken.
        '\r' | '\n' => Some(Key::plain(Code::Enter)),
        '\t' => Some(Key::plain(Code::Tab)),
        '\x7f' => Some(Key::plain(Code::Backspace)),
        '\0' => ctrl(' '),
        '\x01'..='\x1a' => ctrl(char::from(c as u8 - 1 + b'a')),
        '\x1c'..='\x1f' => ctrl(char::from(c as u8 - 0x1c + b'4')),
        c if c.is_control() => None,
        c => Some(Key::plain(Code::Char(c))),
    }
}

/// The numbers of a control sequence: groups parted by `;`, in them numbers parted by `:`; those left out are none.
struct Parameters(Vec<Vec<Option<u32>>>);

impl Parameters {
    /// Reads them; nothing where there is anything else, as in answers.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':'));
        let group = |group: &str| group.split(':').map(|number| number.parse().ok()).collect();
        is_plain.then(|| Self(text.split(';').map(group).collect()))
    }

    fn get(&self, group: usize, place: usize) -> Option<u32> {
        *self.0.get(group)?.get(place)?
    }

    /// A key with the modifiers of the second group: 1 and the sum of 1 for Shift, 2 for Alt, 4 for Control; above those
    /// are keys that no command has, and then locks. Nothing where the key was let go.
    fn modify(&self, key: Key) -> Option<Key> {
        if self.get(1, 1) == Some(RELEASE) {
            return None;
        }
        modify(key, self.get(1, 0).unwrap_or(1))
    }
}

/// The number of a key's release in kitty's protocol.
const RELEASE: u32 = 3;
const SHIFT: u32 = 1;
const ALT: u32 = 2;
const CONTROL: u32 = 4;
/// Super, Hyper and Meta.
const FOREIGN: u32 = 8 | 16 | 32;

fn modify(key: Key, modifiers: u32) -> Option<Key> {
    let bits = modifiers.saturating_sub(1);
    let has = |bit| bits & bit != 0;
    let (ctrl, alt, shift) = (key.ctrl || has(CONTROL), key.alt || has(ALT), key.shift || has(SHIFT));
    (!has(FOREIGN)).then_some(Key { ctrl, alt, shift, ..key })
}

/// The key of a control sequence: what is between `ESC [` and its last byte, and that.
pub(super) fn control(held: &[u8], last: u8) -> Option<Key> {
    let parameters = Parameters::parse(held)?;
    let first = parameters.get(0, 0);
    match last {
        b'~' if first == Some(27) => {
            // xterm's modifyOtherKeys.
            character(parameters.get(2, 0)?, None, parameters.get(1, 0)?)
        }
        b'u' if parameters.get(1, 1) != Some(RELEASE) => {
            character(first?, parameters.get(0, 1), parameters.get(1, 0).unwrap_or(1))
        }
        b'~' => parameters.modify(Key::plain(numbered(first?)?)),
        // rxvt's.
        b'^' => modify(Key::plain(numbered(first?)?), 1 + CONTROL),
        b'$' => modify(Key::plain(numbered(first?)?), 1 + SHIFT),
        b'@' => modify(Key::plain(numbered(first?)?), 1 + SHIFT + CONTROL),
        b'a'..=b'd' if held.is_empty() => modify(Key::plain(lettered(last.to_ascii_uppercase())?), 1 + SHIFT),
        b'Z' => parameters.modify(Key { shift: true, ..Key::plain(Code::Tab) }),
        // With any other number it is an answer, as to where the cursor is.
        _ if matches!(first, None | Some(1)) => parameters.modify(Key::plain(lettered(last)?)),
        _ => None,
    }
}

/// The key behind `ESC O`; xterm once put modifiers between.
pub(super) fn single_shift(held: &[u8], last: u8) -> Option<Key> {
    let parameters = Parameters::parse(held)?;
    let modifiers = parameters.get(1, 0).or(parameters.get(0, 0)).unwrap_or(1);
    let key = match last {
        b'a'..=b'd' => return modify(Key::plain(lettered(last.to_ascii_uppercase())?), 1 + CONTROL),
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        b' ' => Code::Char(' '),
        b'X' => Code::Char('='),
        // The keypad sends its characters 64 places on.
        b'j'..=b'y' => Code::Char(char::from(last - 0x40)),
        _ => lettered(last)?,
    };
    modify(Key::plain(key), modifiers)
}

/// The keys of a last letter.
fn lettered(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The keys of a number before `~`, as the VT220 began them.
fn numbered(number: u32) -> Option<Code> {
    let function = |from: u32, first: u32| u8::try_from(number - from + first).ok().map(Code::F);
    match number {
        1 | 7 => Some(Code::Home),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23 | 24 => function(23, 11),
        _ => None,
    }
}

/// The key of a character's number, with the character that Shift turns it into where the terminal reports that.
fn character(number: u32, shifted: Option<u32>, modifiers: u32) -> Option<Key> {
    let code = match number {
        27 => Code::Esc,
        13 => Code::Enter,
        9 => Code::Tab,
        8 | 127 => Code::Backspace,
        57344..=63743 => keypad(number)?,
        _ => Code::Char(char::from_u32(number).filter(|c| !c.is_control())?),
    };
    let key = modify(Key::plain(code), modifiers)?;
    let Code::Char(c) = code else { return Some(key) };
    let other = shifted.and_then(char::from_u32).or_else(|| c.to_uppercase().next()).filter(|other| *other != c);
    Some(match other {
        Some(other) if key.shift => Key { code: Code::Char(other), shift: false, ..key },
        // A capital letter or a blank is complete; the character that Shift turns another into is not known.
        _ => Key { shift: key.shift && !c.is_uppercase() && c != ' ', ..key },
    })
}

/// The keypad's keys by kitty's numbers.
fn keypad(number: u32) -> Option<Code> {
    const CHARACTERS: [char; 15] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '/', '*', '-', '+'];
    let place = usize::try_from(number.checked_sub(57399)?).ok()?;
    CHARACTERS.get(place).map(|c| Code::Char(*c)).or(match number {
        57414 => Some(Code::Enter),
        57415 => Some(Code::Char('=')),
        57417 => Some(Code::Left),
        57418 => Some(Code::Right),
        57419 => Some(Code::Up),
        57420 => Some(Code::Down),
        57421 => Some(Code::PageUp),
        57422 => Some(Code::PageDown),
        57423 => Some(Code::Home),
        57424 => Some(Code::End),
        57426 => Some(Code::Delete),
        _ => None,
    })
}

/// A mouse report of xterm's mode 1006: button, column, line.
pub(super) fn mouse_report(held: &[u8], is_down: bool) -> Option<Event> {
    let parameters = Parameters::parse(held)?;
    let place = |group| parameters.get(group, 0).and_then(|number| usize::try_from(number).ok());
    mouse(parameters.get(0, 0)?, (place(1)?, place(2)?), is_down)
}

/// The event of a button on a column and line, which count from 1. Of its number, 4, 8 and 16 are modifiers, 32 is
/// moving, 64 the wheel and 128 further buttons.
pub(super) fn mouse(button: u32, (x, y): (usize, usize), is_down: bool) -> Option<Event> {
    const MODIFIERS: u32 = 4 | 8 | 16;
    let (x, y) = (x.saturating_sub(1), y.saturating_sub(1));
    match button & !MODIFIERS {
        0..=2 if !is_down => Some(Event::Release),
        _ if !is_down => None,
        // Old reports do not say of which button.
        3 => Some(Event::Release),
        0 => Some(Event::Click(x, y)),
        32 => Some(Event::Drag(x, y)),
        64 => Some(Event::Wheel(-1, x)),
        65 => Some(Event::Wheel(1, x)),
        66 => Some(Event::WheelAcross(-1, (x, y))),
        67 => Some(Event::WheelAcross(1, (x, y))),
        _ => None,
    }
}
