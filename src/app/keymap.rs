//! The key map: keys, their names, and the command that each gives.

use std::fmt;

use super::{Command, Entry, GlobalCommand, ListCommand, Message, Scope, ThreadCommand};

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of keys")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// Keys that are not characters, with their names in key files and as help shows them.
const NAMES: [(Code, &str, &str); 14] = [
    (Code::Char(' '), "space", "Space"),
    (Code::Enter, "enter", "Enter"),
    (Code::Esc, "esc", "Esc"),
    (Code::Tab, "tab", "Tab"),
    (Code::Backspace, "backspace", "Backspace"),
    (Code::Delete, "delete", "Delete"),
    (Code::Up, "up", "↑"),
    (Code::Down, "down", "↓"),
    (Code::Left, "left", "←"),
    (Code::Right, "right", "→"),
    (Code::Home, "home", "Home"),
    (Code::End, "end", "End"),
    (Code::PageUp, "pgup", "PgUp"),
    (Code::PageDown, "pgdn", "PgDn"),
];

/// A key as pressed. A capital letter is its own character, without `shift`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// With Control.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift, where that gives no other character.
    pub shift: bool,
}

impl Key {
    /// Ctrl-C, which always quits.
    pub(super) const CTRL_C: Self = Self { code: Code::Char('c'), ctrl: true, alt: false, shift: false };

    /// A key without modifiers.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// Whether it is a character without a modifier.
    pub fn is_letter(self) -> bool {
        matches!(self.code, Code::Char(character) if character != ' ') && !self.ctrl && !self.alt
    }

    /// Whether it is a character that goes into a line that is typed.
    pub(super) fn is_text(self) -> bool {
        matches!(self.code, Code::Char(_)) && !self.ctrl && !self.alt
    }

    /// Reads a key's name as key files write it: `j`, `ctrl-d`, `shift-left`, `pgdn`, `f1`.
    pub fn parse(name: &str) -> Option<Self> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = name;
        loop {
            let modifiers = [("ctrl-", &mut key.ctrl), ("alt-", &mut key.alt), ("shift-", &mut key.shift)];
            let found = modifiers.into_iter().find_map(|(prefix, flag)| Some((rest.strip_prefix(prefix)?, flag)));
            let Some((after, flag)) = found.filter(|(after, _)| !after.is_empty()) else { break };
            *flag = true;
            rest = after;
        }
        let mut chars = rest.chars();
        key.code = match (chars.next()?, chars.next()) {
            (only, None) => Code::Char(only),
            ('f', Some('1'..='9')) => Code::F(rest.get(1..)?.parse().ok().filter(|number| *number <= 12)?),
            _ => NAMES.iter().find(|(_, name, _)| *name == rest)?.0,
        };
        Some(key)
    }

    /// Its name with ASCII characters only, as key files write it.
    pub fn name(self) -> String {
        let mut name = String::new();
        for (set, prefix) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            name.push_str(if set { prefix } else { "" });
        }
        match (NAMES.iter().find(|(code, ..)| *code == self.code), self.code) {
            (Some((_, known, _)), _) => name.push_str(known),
            (None, Code::Char(character)) => name.push(character),
            (None, Code::F(number)) => name.extend(["f", number.to_string().as_str()]),
            (None, _) => {}
        }
        name
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (set, prefix) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            formatter.write_str(if set { prefix } else { "" })?;
        }
        match (NAMES.iter().find(|(code, ..)| *code == self.code), self.code) {
            (Some((.., shown)), _) => formatter.write_str(shown),
            (None, Code::Char(character)) => write!(formatter, "{character}"),
            (None, Code::F(number)) => write!(formatter, "F{number}"),
            (None, _) => Ok(()),
        }
    }
}

/// The keys in force, each with the command that it gives.
#[derive(Clone, Debug, Default)]
pub struct KeyMap {
    bindings: Vec<(Key, Command)>,
}

impl KeyMap {
    /// Gives a command keys, all by their names in key files.
    ///
    /// # Errors
    /// A sentence that names what is wrong: a command or key that there is none of, or a key that has a command already.
    pub fn bind<'a>(&mut self, name: &str, keys: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
        let command = Command::named(name).ok_or_else(|| format!("there is no command \"{name}\""))?;
        for key in keys {
            let parsed = Key::parse(key).ok_or_else(|| format!("{name}: there is no key \"{key}\""))?;
            if let Some(other) = self.command(parsed, command.scope()) {
                let other = Command::entries().find(|entry| entry.command == other).map_or("", |entry| entry.name);
                return Err(format!("{name}: the key \"{key}\" already has a command, {other}"));
            }
            self.bindings.push((parsed, command));
        }
        Ok(())
    }

    /// Takes the keys of these commands from another map. A key that they get is removed from its former command.
    pub fn replace(&mut self, names: &[&str], other: Self) {
        let replaced = |command: Command| names.iter().any(|name| Command::named(name) == Some(command));
        self.bindings.retain(|(key, command)| !replaced(*command) && other.command(*key, command.scope()).is_none());
        self.bindings.extend(other.bindings);
    }

    /// The command that a key gives on a page.
    pub fn command(&self, key: Key, scope: Scope) -> Option<Command> {
        let fits = |(bound, command): &&(Key, Command)| *bound == key && command.scope().meets(scope);
        self.bindings.iter().find(fits).map(|(_, command)| *command)
    }

    /// The keys that give a command, in the order of the key file. Ctrl-C gives none but to quit, whatever it is bound to.
    pub fn keys(&self, command: impl Into<Command>) -> impl Iterator<Item = Key> {
        let command = command.into();
        let may_be_ctrl_c = command == GlobalCommand::Quit.into();
        let gives = move |key: Key, bound: Command| bound == command && (may_be_ctrl_c || key != Key::CTRL_C);
        self.bindings.iter().filter(move |(key, bound)| gives(*key, *bound)).map(|(key, _)| *key)
    }

    /// The sentence that help shows for a command: with the keys of those that follow it, where it stands for a row of them.
    pub fn help(&self, entry: &Entry) -> String {
        let (next, does): (fn(u8) -> Command, _) = match entry.command {
            Command::List(ListCommand::Section(1)) => (|number| ListCommand::Section(number).into(), "that section"),
            Command::Thread(ThreadCommand::FoldBelow(1)) => {
                (|number| ThreadCommand::FoldBelow(number).into(), "below that level")
            }
            _ => return entry.help.to_owned(),
        };
        let keys: Vec<Key> = (2..=9).filter_map(|number| self.keys(next(number)).next()).collect();
        let names = match keys.as_slice() {
            [] => return entry.help.to_owned(),
            [first, .., last] if is_row_of_digits(&keys) => format!("{first} to {last}"),
            keys => keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" "),
        };
        format!("{} ({names}: {does})", entry.help)
    }

    /// The end of a message that names the key for a command, as `; r tries again`; empty where no key gives it.
    pub(super) fn key_for(&self, command: impl Into<Command>, does: &str) -> Message {
        self.key_with("", command, &format!(" {does}")).map(|named| Message::from("; ").and(named)).into()
    }

    /// The key for a command with the words before and behind it; nothing where no key gives it.
    pub(super) fn key_with(&self, before: &str, command: impl Into<Command>, does: &str) -> Option<Message> {
        let command = command.into();
        self.keys(command).next().map(|key| Message::button(before, &key.to_string(), does, command))
    }
}

/// Whether keys are those of the digits from 2 to 9, all with the same modifiers.
fn is_row_of_digits(keys: &[Key]) -> bool {
    let with_first = |code| keys.first().map(|first| Key { code, ..*first });
    keys.iter().copied().map(Some).eq(('2'..='9').map(|digit| with_first(Code::Char(digit))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_keys_go_round() {
        for name in
            ["j", "J", "ctrl-d", "shift-left", "pgdn", "f1", "f12", "space", "-", "ctrl--", "<", "é", "alt-enter"]
        {
            assert_eq!(Key::parse(name).map(Key::name).as_deref(), Some(name));
        }
        for wrong in ["", "hyper-x", "f13", "f0", "jj", "ctrl-"] {
            assert_eq!(Key::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_in_a_key_file_is_named() {
        let mut map = KeyMap::default();
        assert_eq!(map.bind("fly", ["f"]), Err("there is no command \"fly\"".to_owned()));
        assert_eq!(map.bind("up", ["k", "jj"]), Err("up: there is no key \"jj\"".to_owned()));
        assert_eq!(map.bind("down", ["k"]), Err("down: the key \"k\" already has a command, up".to_owned()));
    }
}
