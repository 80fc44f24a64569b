//! Density: how close the stories of a list stand.

/// How close the stories of a list stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// An empty line between two stories.
    Airy,
    /// An empty line where the screen has lines to spare.
    #[default]
    Normal,
    /// One line a story where the screen is wide enough.
    Compact,
}

/// Lines of a list from which there are some to spare.
const MANY_LINES: usize = 30;
/// Columns of a list from which all that is known of a story fits on one line.
const WIDE: usize = 72;
/// Columns of a list below which a title may take two lines.
const NARROW: usize = 64;

impl Density {
    /// Every density by its name in the config.
    pub const NAMES: [(&str, Self); 3] = [("airy", Self::Airy), ("normal", Self::Normal), ("compact", Self::Compact)];

    /// The lines that a story takes in a list of so many columns and lines, and the empty ones behind it.
    pub fn lines(self, (columns, lines): (usize, usize)) -> (usize, usize) {
        let usual = if columns < NARROW { 3 } else { 2 };
        match self {
            Self::Airy => (usual, 1),
            Self::Normal => (usual, usize::from(lines >= MANY_LINES)),
            Self::Compact if columns >= WIDE => (1, 0),
            Self::Compact => (2, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_take_the_lines_that_there_is_room_for() {
        for (density, size, lines) in [
            (Density::Airy, (80, 21), (2, 1)),
            (Density::Airy, (40, 9), (3, 1)),
            (Density::Normal, (80, 21), (2, 0)),
            (Density::Normal, (80, 37), (2, 1)),
            (Density::Normal, (40, 9), (3, 0)),
            (Density::Compact, (80, 21), (1, 0)),
            (Density::Compact, (40, 9), (2, 0)),
        ] {
            assert_eq!(density.lines(size), lines, "{density:?} at {size:?}");
        }
    }
}
