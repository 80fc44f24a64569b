//! The visibility of a comment: hidden, kept for its replies, on one line, or in full.

use super::{Mode, Opened};

/// The visibility of a comment, folds aside; what shows more is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Visibility {
    /// Not there; counted by a marker.
    #[default]
    Hidden,
    /// Hidden, but kept as a dim row because a reply is shown.
    Placeholder,
    /// One row.
    Line,
    /// Header and body.
    Full,
}

impl Visibility {
    /// The mode that shows as much.
    pub fn mode(self) -> Mode {
        match self {
            Self::Full => Mode::Full,
            Self::Line => Mode::Line,
            Self::Placeholder | Self::Hidden => Mode::Hidden,
        }
    }
}

impl From<Opened> for Visibility {
    fn from(opened: Opened) -> Self {
        match opened {
            Opened::Full => Self::Full,
            Opened::Line => Self::Line,
        }
    }
}

impl From<Mode> for Visibility {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Full => Self::Full,
            Mode::Line => Self::Line,
            Mode::Hidden => Self::Hidden,
        }
    }
}
