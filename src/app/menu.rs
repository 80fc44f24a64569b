//! Menus: a list of names of which a key takes or chooses one.

use super::{Code, Command, Key, KeyMap, Motion, Scope};

/// What a key makes of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// It takes what stands at this place.
    Take(usize),
    /// The cursor is at this place.
    Move(usize),
}

/// Gives a key to a menu of such names: motions and first letters choose, Enter takes what is chosen.
pub(super) fn choice(names: &[&str], chosen: usize, key: Key, keys: &KeyMap) -> Choice {
    if matches!(key.code, Code::Enter | Code::Char(' ')) {
        return Choice::Take(chosen);
    }
    match places_from(names, chosen, key)[..] {
        [only] => Choice::Take(only),
        [next, ..] => Choice::Move(next),
        [] => match keys.command(key, Scope::Thread) {
            Some(Command::Motion(motion)) => Choice::Move(chosen_after(motion, chosen, names.len().saturating_sub(1))),
            Some(Command::Global(_) | Command::Thread(_) | Command::List(_)) | None => Choice::Move(chosen),
        },
    }
}

/// The places of the names that begin with a letter, from the one behind `chosen` on and round.
fn places_from(names: &[&str], chosen: usize, key: Key) -> Vec<usize> {
    let Code::Char(letter) = key.code else { return Vec::new() };
    let begins = |place: &usize| names[*place].starts_with(letter) && key.is_text();
    (chosen + 1..names.len()).chain(0..names.len().min(chosen + 1)).filter(begins).collect()
}

/// The place in a list that a motion leads to. Such a list is not moved through by pages.
pub(super) fn chosen_after(motion: Motion, chosen: usize, last: usize) -> usize {
    match motion {
        Motion::Down => (chosen + 1).min(last),
        Motion::Up => chosen.saturating_sub(1),
        Motion::Top => 0,
        Motion::Bottom => last,
        Motion::HalfPageDown
        | Motion::HalfPageUp
        | Motion::PageDown
        | Motion::PageUp
        | Motion::LineDown
        | Motion::LineUp => chosen,
    }
}
