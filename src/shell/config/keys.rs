//! The key maps as shipped, and the keys of the config.

use std::collections::BTreeMap;

use super::super::closest::closest;
use super::super::toml_file::{Entry, Mistakes};
use super::Draft;
use crate::app::{Command, Key, KeyMap};

/// The key map as shipped.
const KEYS: &str = include_str!("../../../assets/keys.toml");
/// The keys in which that for less and vi hands differs.
const VI_KEYS: &str = include_str!("../../../assets/keys-vi.toml");

/// A key map that lurker ships.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ShippedMap {
    /// lurker's own.
    #[default]
    Lurker,
    /// That for less and vi hands.
    Vi,
}

impl ShippedMap {
    /// Both, with their names in the config.
    pub(super) const NAMES: [(&str, Self); 2] = [("lurker", Self::Lurker), ("vi", Self::Vi)];

    /// Its keys.
    pub(super) fn keys(self) -> Result<KeyMap, String> {
        match self {
            Self::Lurker => shipped_keys(),
            Self::Vi => vi_keys(),
        }
    }
}

/// The key map as shipped.
///
/// # Errors
/// A line that names the entry that is wrong.
pub fn shipped_keys() -> Result<KeyMap, String> {
    Ok(read(KEYS)?.1)
}

/// The key map for less and vi hands.
///
/// # Errors
/// As [`shipped_keys`].
pub fn vi_keys() -> Result<KeyMap, String> {
    let (commands, own) = read(VI_KEYS)?;
    let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
    let mut map = shipped_keys()?;
    map.replace(&commands, own);
    Ok(map)
}

/// The commands of a key file, and their keys.
fn read(file: &str) -> Result<(Vec<String>, KeyMap), String> {
    let file: BTreeMap<String, Vec<String>> =
        toml::from_str(file).map_err(|error| format!("the shipped keys: {}", error.message()))?;
    let mut map = KeyMap::default();
    for (name, keys) in &file {
        map.bind(name, keys.iter().map(String::as_str))?;
    }
    Ok((file.into_keys().collect(), map))
}

impl Draft {
    /// Reads the keys of one command; each that is wrong is told.
    pub(super) fn read_keys(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        let name = entry.name();
        if Command::named(name).is_none() {
            let close = closest(name, Command::entries().map(|entry| entry.name));
            let close = close.unwrap_or("one of those that `lurker keys` prints");
            let says = format!("there is no such command; did you mean {close}?");
            return Err(vec![entry.label().without_value(&says)]);
        }
        self.commands.push(name.to_owned());
        let wrong = entry.items()?.into_iter().filter_map(|key| self.read_key(name, &key).err());
        let wrong: Mistakes = wrong.flatten().collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    fn read_key(&mut self, command: &str, entry: &Entry) -> Result<(), Mistakes> {
        let key = entry.text()?;
        if Key::parse(key).is_none() {
            return Err(entry.wrong("there is no such key; keys are written as `lurker keys` prints them"));
        }
        self.keys.bind(command, [key]).map_err(|says| {
            // The message begins with the command, which the label names.
            entry.wrong(says.strip_prefix(command).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&says))
        })
    }
}
