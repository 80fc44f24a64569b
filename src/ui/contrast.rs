//! The contrast of colours, as the Web Content Accessibility Guidelines 2.1 define it.
//!
//! The formulas are those of <https://www.w3.org/TR/WCAG21/#dfn-relative-luminance> and `#dfn-contrast-ratio` on the same
//! page; text wants at least 4.5 (success criterion 1.4.3), large text 3.

use ratatui::style::Color;

/// The contrast of two colours, 1 to 21; nothing where one of them is the terminal's own, which nobody knows.
pub fn contrast(one: Color, other: Color) -> Option<f64> {
    let (one, other) = (luminance(rgb(one)?), luminance(rgb(other)?));
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// The relative luminance of a colour, 0 to 1.
fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = rgb.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Red, green and blue of a colour that is the same everywhere: of 256, those above the first 16 (xterm's `256colres.h`).
pub(super) fn rgb(colour: Color) -> Option<[u8; 3]> {
    match colour {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(index @ 16..=231) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = index - 16;
            Some([level(cube / 36), level(cube / 6 % 6), level(cube % 6)])
        }
        Color::Indexed(index @ 232..) => Some([8 + 10 * (index - 232); 3]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_guidelines() {
        let grey = |level| Color::Rgb(level, level, level);
        let rounded = |one, other| contrast(one, other).map(|contrast| (contrast * 100.0).round());
        assert_eq!(rounded(grey(0), grey(255)), Some(2100.0));
        // The two greys that are known as the last and the first to pass and to fail on white.
        assert_eq!(rounded(grey(0x76), grey(255)), Some(454.0));
        assert_eq!(rounded(grey(0x77), grey(255)), Some(448.0));
        assert_eq!(rounded(Color::Rgb(255, 0, 0), Color::Indexed(231)), Some(400.0));
        assert_eq!(contrast(Color::Reset, grey(0)), None);
    }
}
