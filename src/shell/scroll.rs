//! Scroll detection: a block of lines that moved up or down between two frames, for terminals that can scroll a region.

use std::hash::{Hash, Hasher};

use ratatui::buffer::Cell;

/// The most lines by which a block is looked for.
const MAX_SHIFT: usize = 48;
/// The cells that scrolling must save: its sequences take the bytes of about as many.
const MIN_SAVED: i32 = 48;

/// Parts of the names of terminals that have scroll regions (DECSTBM) and delete and insert lines (DL and IL). The VT100
/// lacks the last two.
const TERMINALS: [&str; 24] = [
    "xterm",
    "tmux",
    "screen",
    "linux",
    "rxvt",
    "alacritty",
    "kitty",
    "foot",
    "wezterm",
    "ghostty",
    "contour",
    "vte",
    "gnome",
    "konsole",
    "putty",
    "mintty",
    "mlterm",
    "iterm",
    "st-256color",
    "rio",
    "zellij",
    "vt102",
    "vt220",
    "vt420",
];

/// Whether the terminal is known to scroll regions, by its name in the environment.
pub fn is_supported(variable: impl Fn(&str) -> String) -> bool {
    let name = variable("TERM");
    TERMINALS.iter().any(|known| name.contains(known))
}

/// The lines `top..=bottom` of the screen move by `lines`, up if positive; the lines that come in are blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scroll {
    /// The first line of the region.
    pub top: u16,
    /// The last line of the region.
    pub bottom: u16,
    /// Lines to move by, not 0 and less than the region has.
    pub lines: i32,
}

impl Scroll {
    /// The scroll that saves the most cells between two frames of `width` columns; `None` where none is worth it.
    pub(super) fn find(before: &[Cell], after: &[Cell], width: usize) -> Option<Self> {
        let (before, after) = (hashes(before), hashes(after));
        let rows = |hashes: &[u64]| hashes.chunks_exact(width.max(1)).map(<[u64]>::to_vec).collect::<Vec<_>>();
        let (mut before, mut after) = (rows(&before), rows(&after));
        let height = before.len();
        let up = best(&before, &after, width);
        before.reverse();
        after.reverse();
        let down = best(&before, &after, width);
        let line = |line: usize| u16::try_from(line).unwrap_or(u16::MAX);
        match (up, down) {
            (Some(up), down) if down.as_ref().is_none_or(|down| up.saved >= down.saved) => {
                Some(Self { top: line(up.top), bottom: line(up.bottom), lines: i32::from(line(up.lines)) })
            }
            (_, down) => down.map(|down| Self {
                top: line(height - 1 - down.bottom),
                bottom: line(height - 1 - down.top),
                lines: -i32::from(line(down.lines)),
            }),
        }
    }

    /// Moves the cells of a screen of `width` columns likewise.
    pub(super) fn apply(self, cells: &mut [Cell], width: usize) {
        let region = usize::from(self.top) * width..(usize::from(self.bottom) + 1) * width;
        let by = self.lines.unsigned_abs() as usize * width;
        let Some(region) = cells.get_mut(region).filter(|region| by <= region.len()) else { return };
        if self.lines > 0 {
            region.rotate_left(by);
            let kept = region.len() - by;
            region.get_mut(kept..).unwrap_or_default().fill(Cell::EMPTY);
        } else {
            region.rotate_right(by);
            region.get_mut(..by).unwrap_or_default().fill(Cell::EMPTY);
        }
    }

    /// The line on which a line of the screen is afterwards; `None` where it leaves.
    pub(super) fn moved(self, y: u16) -> Option<u16> {
        if !(self.top..=self.bottom).contains(&y) {
            return Some(y);
        }
        let y = i32::from(y) - self.lines;
        u16::try_from(y).ok().filter(|y| (self.top..=self.bottom).contains(y))
    }
}

/// A scroll upwards and the cells that it saves.
struct Candidate {
    top: usize,
    bottom: usize,
    lines: usize,
    saved: i32,
}

/// The best scroll upwards between two frames, as rows of hashes.
fn best(before: &[Vec<u64>], after: &[Vec<u64>], width: usize) -> Option<Candidate> {
    let blank = vec![hash(&Cell::EMPTY); width];
    let changed: Vec<i32> = before.iter().zip(after).map(|(before, after)| difference(before, after)).collect();
    // What a line saves that comes in blank, summed up from the top.
    let mut incoming = vec![0];
    for (changed, after) in changed.iter().zip(after) {
        incoming.push(incoming.last().unwrap_or(&0) + changed - difference(&blank, after));
    }
    let mut best = None;
    for lines in 1..=MAX_SHIFT.min(before.len().saturating_sub(1)) {
        let (mut top, mut moved) = (0, 0);
        for (y, (after, before)) in after.iter().zip(before.get(lines..).unwrap_or_default()).enumerate() {
            if moved < 0 {
                (top, moved) = (y, 0);
            }
            moved += changed.get(y).unwrap_or(&0) - difference(before, after);
            let saved = moved + incoming.get(y + 1 + lines).unwrap_or(&0) - incoming.get(y + 1).unwrap_or(&0);
            if saved >= MIN_SAVED && best.as_ref().is_none_or(|best: &Candidate| saved > best.saved) {
                best = Some(Candidate { top, bottom: y + lines, lines, saved });
            }
        }
    }
    best
}

/// The number of cells in which two rows differ.
fn difference(one: &[u64], other: &[u64]) -> i32 {
    one.iter().zip(other).map(|(one, other)| i32::from(one != other)).sum()
}

fn hashes(cells: &[Cell]) -> Vec<u64> {
    cells.iter().map(hash).collect()
}

fn hash(cell: &Cell) -> u64 {
    let mut hasher = CellHasher::default();
    cell.hash(&mut hasher);
    hasher.finish()
}

/// A hasher that is quick with the few bytes of a cell, of which a frame has thousands. Where two cells have the same hash,
/// a scroll saves less than was thought, and what it leaves different is drawn.
#[derive(Default)]
struct CellHasher {
    state: u64,
}

impl Hasher for CellHasher {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(size_of::<u64>()) {
            self.write_u64(part.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        // The odd number next to 2^64 divided by the golden ratio spreads what differs over all bits (Fibonacci hashing).
        self.state = (self.state.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.cast_unsigned() as u64);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 60;

    /// A screen with a letter for each line.
    fn screen(lines: &str) -> Vec<Cell> {
        lines.chars().flat_map(|c| vec![Cell::new(c.encode_utf8(&mut [0; 4]).to_owned().leak()); WIDTH]).collect()
    }

    #[test]
    fn a_block_that_moved_is_found_and_moved() {
        for (before, after, found) in [
            ("abcdef|", "bcdefg|", Some((0, 5, 1))),
            ("abcdef|", "defghi|", Some((0, 5, 3))),
            ("=abcdef|", "=xabcde|", Some((1, 6, -1))),
            ("=abcdef|", "=xyabcd|", Some((1, 6, -2))),
            ("abcdef|", "abcdef|", None),
            ("abcdef|", "abcxef|", None),
            ("abcdef|", "uvwxyz|", None),
            ("", "", None),
        ] {
            let (mut shown, after) = (screen(before), screen(after));
            let scroll = Scroll::find(&shown, &after, WIDTH);
            assert_eq!(scroll.map(|Scroll { top, bottom, lines }| (top, bottom, lines)), found, "{before}");
            if let Some(scroll) = scroll {
                scroll.apply(&mut shown, WIDTH);
                let left = shown.iter().zip(&after).filter(|(shown, after)| shown != after).count();
                assert_eq!(left, scroll.lines.unsigned_abs() as usize * WIDTH, "{before}");
            }
        }
    }

    #[test]
    fn lines_are_followed() {
        let scroll = Scroll { top: 1, bottom: 4, lines: 2 };
        assert_eq!([0, 1, 2, 3, 4, 5].map(|y| scroll.moved(y)), [Some(0), None, None, Some(1), Some(2), Some(5)]);
    }

    #[test]
    fn terminals_are_known_by_name() {
        for (name, known) in
            [("xterm-256color", true), ("linux", true), ("tmux-256color", true), ("vt100", false), ("", false)]
        {
            assert_eq!(is_supported(|_| name.to_owned()), known, "{name}");
        }
    }
}
