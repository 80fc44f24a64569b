//! Hyperlinks in cells: the number of an address, kept as the colour of the underline, which nothing else here uses.
//!
//! So a link is part of what a cell looks like: a cell that leads elsewhere than before is drawn anew, and no cell holds
//! anything but its own character. The backend asks [`target`] where a cell leads, and takes the colour off.
//!
//! Numbers are given out once and never again, whichever thread is on the screen, so a cell can never lead to another
//! address than it did when it was marked.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use ratatui::style::{Color, Style};

/// The addresses that can be numbered; links that come after them are only text.
const MOST: usize = 1 << 16;
/// The longest address that terminals take (VTE and iTerm2, after the specification of OSC 8).
const LONGEST: usize = 2000;
/// The schemes that a link may have.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Addresses in the order of their numbers, and the numbers of addresses.
#[derive(Default)]
struct Numbered {
    targets: Vec<String>,
    numbers: HashMap<String, u32>,
}

static NUMBERED: LazyLock<Mutex<Numbered>> = LazyLock::new(Mutex::default);

/// The style with an address; as it was where that is not an address that a terminal may be given.
pub(super) fn leading_to(address: &str, style: Style) -> Style {
    match number(address) {
        Some(number) => {
            let [_, red, green, blue] = number.to_be_bytes();
            style.underline_color(Color::Rgb(red, green, blue))
        }
        None => style,
    }
}

/// The number and the address of a link, by the underline colour of a cell.
pub fn target(underline: Color) -> Option<(u32, String)> {
    let Color::Rgb(red, green, blue) = underline else { return None };
    let number = u32::from_be_bytes([0, red, green, blue]);
    let numbered = NUMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    numbered.targets.get(number as usize).map(|target| (number, target.clone()))
}

fn number(address: &str) -> Option<u32> {
    let target = encoded(address)?;
    let mut numbered = NUMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(number) = numbered.numbers.get(&target) {
        return Some(*number);
    }
    let number = u32::try_from(numbered.targets.len()).ok().filter(|number| (*number as usize) < MOST)?;
    numbered.targets.push(target.clone());
    numbered.numbers.insert(target, number);
    Some(number)
}

/// An address with printable ASCII alone, so that it cannot end the sequence that it stands in; all else as `%XX`.
fn encoded(address: &str) -> Option<String> {
    if address.len() > LONGEST || !SCHEMES.iter().any(|scheme| address.starts_with(scheme)) {
        return None;
    }
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => encoded.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => _ = write!(encoded, "%{byte:02X}"),
        }
    }
    Some(encoded).filter(|encoded| encoded.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_printable_ascii_leaves() {
        for (address, expected) in [
            ("https://example.org/a?b#c;d", Some("https://example.org/a?b#c;d")),
            ("https://example.org/\u{1b}]8;;x\u{7}\u{9c}", Some("https://example.org/%1B]8;;x%07%C2%9C")),
            ("https://exämple.org/a b", Some("https://ex%C3%A4mple.org/a%20b")),
            ("mailto:a@example.org", Some("mailto:a@example.org")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("", None),
        ] {
            assert_eq!(encoded(address).as_deref(), expected, "{address:?}");
        }
        assert_eq!(encoded(&format!("https://{}", "a".repeat(LONGEST))), None);
        assert_eq!(encoded(&format!("https://{}", "é".repeat(LONGEST / 4))), None);
    }

    #[test]
    fn a_cell_leads_where_it_was_said_to() {
        let style = leading_to("https://example.org/1", Style::new());
        let other = leading_to("https://example.org/2", Style::new());
        assert!(style != other && style == leading_to("https://example.org/1", Style::new()));
        let leads = |style: Style| target(style.underline_color.unwrap_or_default()).map(|(_, target)| target);
        assert_eq!(leads(style).as_deref(), Some("https://example.org/1"));
        assert_eq!(leads(other).as_deref(), Some("https://example.org/2"));
        assert_eq!(leads(leading_to("javascript:x", Style::new())), None);
        assert_eq!(target(Color::Red), None);
    }
}
