//! A key of a TOML file with its value, and the kinds of values that it may have.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::DeValue;

use super::super::closest::closest;
use super::{Mistake, Mistakes, TomlFile};

/// The most characters of a value that a message shows.
const SHOWN: usize = 60;

/// A key with its value; or an item of an array, which is a value of the same key.
#[derive(Clone, Debug)]
pub(in crate::shell) struct Entry<'f> {
    pub(super) file: &'f TomlFile<'f>,
    pub(super) path: Vec<&'f str>,
    pub(super) key: Range<usize>,
    pub(super) value: &'f Spanned<DeValue<'f>>,
    pub(super) is_secret: bool,
}

/// A key and its value in the words of a message, with their place.
#[derive(Clone, Debug)]
pub(in crate::shell) struct Label {
    at: usize,
    line: usize,
    /// The file and the line in it.
    pub(in crate::shell) place: String,
    key: String,
    value: String,
}

impl Label {
    /// The line of the file, in words.
    pub(in crate::shell) fn line(&self) -> String {
        format!("line {}", self.line)
    }

    /// What is wrong with the value.
    pub(in crate::shell) fn wrong(&self, says: &str) -> Mistake {
        let Self { at, place, key, value, .. } = self;
        Mistake { at: *at, says: format!("{place}: {key}{value}: {says}") }
    }

    /// What is wrong, without the value.
    pub(in crate::shell) fn without_value(&self, says: &str) -> Mistake {
        Self { value: String::new(), ..self.clone() }.wrong(says)
    }
}

impl<'f> Entry<'f> {
    /// The name of the key itself.
    pub(in crate::shell) fn name(&self) -> &'f str {
        self.path.last().copied().unwrap_or_default()
    }

    /// The name of the table that the key stands in; empty at the top of the file.
    pub(in crate::shell) fn table(&self) -> &'f str {
        self.path.iter().rev().nth(1).copied().unwrap_or_default()
    }

    /// The key and its value, for messages.
    pub(in crate::shell) fn label(&self) -> Label {
        let names: Vec<String> = self.path.iter().map(|name| written(name)).collect();
        let value = self.shown().map_or_else(String::new, |value| format!(" = {value}"));
        let line = self.file.line(self.key.start);
        let place = format!("{}, line {line}", self.file.name);
        Label { at: self.key.start, line, place, key: names.join("."), value }
    }

    /// What is wrong with the value.
    pub(in crate::shell) fn wrong(&self, says: &str) -> Mistakes {
        vec![self.label().wrong(says)]
    }

    /// What is wrong with another file that this one names, a line each.
    pub(in crate::shell) fn elsewhere(&self, lines: Vec<String>) -> Mistakes {
        lines.into_iter().map(|says| Mistake { at: self.key.start, says }).collect()
    }

    /// The value as the file writes it, or its kind where that takes more than a line; none where it may hold a secret.
    fn shown(&self) -> Option<String> {
        // A login in an address is a secret too.
        let has_login = self.value.get_ref().as_str().is_some_and(|text| text.contains("://") && text.contains('@'));
        if self.is_secret || has_login {
            return None;
        }
        let value = self.value.get_ref();
        let written =
            self.file.text.get(self.value.span()).filter(|written| !value.is_table() && !written.contains('\n'));
        let Some(written) = written else { return Some(format!("({})", kind(value))) };
        let cut = written.char_indices().nth(SHOWN).map(|(end, _)| written.get(..end).unwrap_or(written));
        Some(cut.map_or_else(|| written.to_owned(), |cut| format!("{cut}…")))
    }

    /// A text, of one line unless it is a secret: one that was never closed holds what stands behind it, secrets too.
    pub(in crate::shell) fn text(&self) -> Result<&'f str, Mistakes> {
        let text = self.value.get_ref().as_str().ok_or_else(|| self.wrong("must be a text in quotes"))?;
        let is_right = self.is_secret || !text.contains('\n');
        if is_right { Ok(text) } else { Err(self.wrong("must be a text of one line")) }
    }

    /// A text; none where it is empty or blank.
    pub(in crate::shell) fn text_if_any(&self) -> Result<Option<&'f str>, Mistakes> {
        Ok(Some(self.text()?).filter(|text| !text.trim().is_empty()))
    }

    /// Yes or no.
    pub(in crate::shell) fn flag(&self) -> Result<bool, Mistakes> {
        self.value.get_ref().as_bool().ok_or_else(|| self.wrong("must be true or false"))
    }

    /// A whole number, where the value is one that fits.
    pub(in crate::shell) fn whole_number(&self) -> Option<i64> {
        let number = self.value.get_ref().as_integer()?;
        i64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// A whole number within this range.
    pub(in crate::shell) fn number(&self, range: RangeInclusive<u32>) -> Result<u32, Mistakes> {
        let number = self.whole_number().and_then(|number| u32::try_from(number).ok());
        let number = number.filter(|number| range.contains(number));
        number.ok_or_else(|| self.wrong(&format!("must be a whole number from {} to {}", range.start(), range.end())))
    }

    /// One of these words, by what it stands for.
    pub(in crate::shell) fn one_of<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, Mistakes> {
        let word = self.value.get_ref().as_str().unwrap_or_default();
        let found = words.iter().find(|(known, _)| *known == word);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let names: Vec<String> = words.iter().map(|(known, _)| format!("\"{known}\"")).collect();
            let close = closest(word, words.iter().map(|(known, _)| *known));
            let close = close.map_or_else(String::new, |close| format!("; did you mean \"{close}\"?"));
            self.wrong(&format!("must be one of {}{close}", names.join(", ")))
        })
    }

    /// The items of an array.
    pub(in crate::shell) fn items(&self) -> Result<Vec<Self>, Mistakes> {
        let array = self.value.get_ref().as_array();
        let array = array.ok_or_else(|| self.wrong("must be a list of texts, as [\"a\", \"b\"]"))?;
        Ok(array.iter().map(|value| Self { value, key: value.span(), ..self.clone() }).collect())
    }
}

/// The name of a key as a file has to write it.
fn written(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { format!("\"{name}\"") }
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text of several lines",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
        _ => value.type_str(),
    }
}
