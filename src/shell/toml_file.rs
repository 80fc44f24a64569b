//! A TOML file of the reader's: its keys are read from a list, and all that is wrong with them is told at once.

mod entry;

use toml::de::{DeTable, DeValue, Error};

pub(super) use self::entry::{Entry, Label};
use super::closest::closest;

/// The name in a path of keys that stands for any name.
pub(super) const ANY: &str = "*";

/// A file with its text.
#[derive(Debug)]
pub(super) struct TomlFile<'f> {
    /// Its name, as messages show it.
    name: &'f str,
    text: &'f str,
    /// The byte at which each line begins; there is at least one.
    line_starts: Vec<usize>,
}

/// Something that is wrong with a file: the byte where it stands, and what is said of it, mostly in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) at: usize,
    pub(super) says: String,
}

/// All that is wrong with a part of a file.
pub(super) type Mistakes = Vec<Mistake>;

/// A key that a file may have.
pub(super) struct Key<T> {
    /// The tables that it stands in, and its own name.
    pub(super) path: Vec<&'static str>,
    /// Reads its value into what becomes of the file.
    pub(super) read: Reader<T>,
    /// Whether its value may hold a secret. No message shows that.
    pub(super) is_secret: bool,
}

/// Reads the value of a key into what becomes of the file.
pub(super) type Reader<T> = fn(&mut T, &Entry) -> Result<(), Mistakes>;

impl<T> Key<T> {
    /// A key at this path, with dots between names.
    pub(super) fn new(path: &'static str, read: Reader<T>) -> Self {
        Self { path: path.split('.').collect(), read, is_secret: false }
    }

    /// The same key, whose value no message shows.
    pub(super) fn secret(self) -> Self {
        Self { is_secret: true, ..self }
    }

    fn is_at(&self, path: &[&str]) -> bool {
        self.path.len() == path.len() && self.is_below(path)
    }

    fn is_below(&self, path: &[&str]) -> bool {
        self.path.len() >= path.len() && self.path.iter().zip(path).all(|(own, name)| *own == ANY || own == name)
    }
}

/// The keys that a file has, in its order, each with what is known of it; and what is wrong with the others.
type Found<'d, 'k, T> = (Vec<(Entry<'d>, &'k Key<T>)>, Mistakes);

impl<'f> TomlFile<'f> {
    /// A file of this name, as messages show it, with this text.
    pub(super) fn new(name: &'f str, text: &'f str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(ends.filter(|end| *end < text.len())).collect();
        Self { name, text, line_starts }
    }

    /// Reads all keys, in the order of the file. Returns what is wrong, in the order of the file, and whether the file could
    /// be read to its end: behind an error of its syntax the keys are only guessed, and nothing is said of them.
    pub(super) fn read<T>(&self, keys: &[Key<T>], into: &mut T) -> (Mistakes, bool) {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        let (entries, mut mistakes) = self.entries(document.get_ref(), keys);
        for (entry, key) in entries {
            mistakes.extend((key.read)(into, &entry).err().unwrap_or_default());
        }
        let errors = self.syntax(&errors, keys);
        let is_whole = errors.is_empty();
        if let Some(first) = errors.first().map(|first| self.line(first.at)) {
            mistakes.retain(|mistake| self.line(mistake.at) < first);
        }
        mistakes.extend(errors);
        mistakes.sort_by_key(|mistake| mistake.at);
        (mistakes, is_whole)
    }

    fn entries<'d, 'k, T>(&'d self, document: &'d DeTable<'d>, keys: &'k [Key<T>]) -> Found<'d, 'k, T> {
        let (mut entries, mut mistakes) = (Vec::new(), Mistakes::new());
        let mut tables = vec![(Vec::new(), document)];
        while let Some((path, table)) = tables.pop() {
            for (name, value) in table {
                let path: Vec<&str> = path.iter().copied().chain([name.get_ref().as_ref()]).collect();
                let key = keys.iter().find(|key| key.is_at(&path));
                let is_table = keys.iter().any(|key| key.is_below(&path));
                let is_secret = key.is_some_and(|key| key.is_secret);
                let entry = Entry { file: self, path, key: name.span(), value, is_secret };
                match (key, value.get_ref()) {
                    (Some(key), _) => entries.push((entry, key)),
                    (None, DeValue::Table(table)) if is_table => tables.push((entry.path, table)),
                    (None, _) if is_table => mistakes.extend(entry.wrong("must be a table")),
                    (None, _) => mistakes.push(unknown(&entry, keys)),
                }
            }
        }
        entries.sort_by_key(|(entry, _)| entry.key.start);
        (entries, mistakes)
    }

    /// The errors of the file's syntax, one for a line; the others come of the first.
    fn syntax<T>(&self, errors: &[Error], keys: &[Key<T>]) -> Mistakes {
        let mut mistakes: Vec<Mistake> = errors.iter().map(|error| self.syntax_error(error, keys)).collect();
        mistakes.sort_by_key(|mistake| mistake.at);
        mistakes.dedup_by_key(|mistake| self.line(mistake.at));
        mistakes
    }

    fn syntax_error<T>(&self, error: &Error, keys: &[Key<T>]) -> Mistake {
        let at = error.span().map_or(0, |span| span.start);
        let line = self.line(at);
        let says = error.message().lines().collect::<Vec<_>>().join(" ");
        // Only a known name: what else stands before `=` may be a part of a secret.
        let written = self.line_text(line).split_once('=');
        let name = written.and_then(|(path, _)| path.rsplit('.').next()).map(str::trim);
        let name = name.filter(|name| keys.iter().any(|key| key.path.last() == Some(name)));
        let name = name.map_or_else(String::new, |name| format!("{name}: "));
        Mistake { at, says: format!("{}, line {line}: {name}{says}", self.name) }
    }

    /// The line of a byte, counted from 1; the last line for the end of the file.
    fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    /// The text of a line, counted from 1.
    fn line_text(&self, line: usize) -> &'f str {
        let start = line.checked_sub(1).and_then(|index| self.line_starts.get(index));
        let text = start.and_then(|&start| self.text.get(start..)).unwrap_or_default();
        text.lines().next().unwrap_or_default()
    }
}

/// What is said of a key that is not in the list. Its value is not shown: it may be a secret under a mistyped name.
fn unknown<T>(entry: &Entry, keys: &[Key<T>]) -> Mistake {
    let Some((name, tables)) = entry.path.split_last() else {
        return entry.label().without_value("there is no such key");
    };
    let here = keys.iter().filter(|key| key.is_below(tables)).filter_map(|key| key.path.get(tables.len()).copied());
    let mut here: Vec<&str> = here.collect();
    here.dedup();
    let elsewhere = keys.iter().find(|key| key.path.last() == Some(name)).map(|key| key.path.join("."));
    let says = match (closest(name, here.iter().copied()), elsewhere) {
        (Some(close), _) => format!("there is no such key; did you mean {close}?"),
        (None, Some(path)) => format!("there is no such key here; did you mean {path}?"),
        (None, None) => format!("there is no such key; there are {}", here.join(", ")),
    };
    entry.label().without_value(&says)
}
