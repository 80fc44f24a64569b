//! Menus: a list of names of which a key takes or chooses one.

use super::{Code, Key};

/// What a key makes of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// It takes what stands at this place.
    Take(usize),
    /// The cursor is at this place.
    Move(usize),
}

/// Gives a key to a menu of such names: first letters choose, Enter takes what is chosen, and any other key moves the cursor
/// by so many lines.
pub(super) fn choice(names: &[&str], chosen: usize, key: Key, lines: isize) -> Choice {
    if matches!(key.code, Code::Enter | Code::Char(' ')) {
        return Choice::Take(chosen);
    }
    match places_from(names, chosen, key)[..] {
        [only] => Choice::Take(only),
        [next, ..] => Choice::Move(next),
        [] => Choice::Move(chosen_after(lines, chosen, names.len())),
    }
}

/// The places of the names that begin with a letter, from the one behind `chosen` on and round.
fn places_from(names: &[&str], chosen: usize, key: Key) -> Vec<usize> {
    let Code::Char(letter) = key.code else { return Vec::new() };
    let begins = |place: &usize| names[*place].starts_with(letter) && key.is_text();
    (chosen + 1..names.len()).chain(0..names.len().min(chosen + 1)).filter(begins).collect()
}

/// The place in a list of so many that lies so many lines further.
pub(super) fn chosen_after(lines: isize, chosen: usize, count: usize) -> usize {
    chosen.saturating_add_signed(lines).min(count.saturating_sub(1))
}
