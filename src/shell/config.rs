//! The config file: every key is optional, and all that is wrong is told at once, by file, line, key and value.

mod key_list;
mod keys;
mod openers;
mod rules;
mod sites;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use super::http::Settings;
use super::openers::Openers;
use super::store_settings::StoreSettings;
use super::theme::Appearance;
use super::toml_file::{Label, TomlFile};
use crate::app::{Command, Entry, KeyMap, Options};
use crate::site::{self, SiteConfig, Sites};
use crate::view::Modifiers;

pub use self::key_list::key_paths;
pub use self::keys::{shipped_keys, vi_keys};

use self::keys::ShippedMap;

/// The config in force: what the file says, and the usual for the rest.
#[derive(Debug)]
pub struct Config {
    /// The keys, each with its command.
    pub keys: KeyMap,
    /// The names of the commands whose last key the file has given to another one.
    pub keyless: Vec<&'static str>,
    /// The options of the screen; the command line overrides them.
    pub options: Options,
    /// Theme and hyperlinks.
    pub appearance: Appearance,
    /// The programs that open addresses.
    pub openers: Openers,
    /// The network's settings.
    pub network: Settings,
    /// The config of the sites. A command for a secret is run when the secret is needed, and not before.
    pub sites: Sites,
    /// The store's settings.
    pub store: StoreSettings,
    /// The list that is shown without a target.
    pub default_site: String,
    /// Whether lurker begins without a target with the thread that was read last.
    pub resumes: bool,
}

impl Config {
    /// Reads `named`, else what `LURKER_CONFIG` names, else `lurker/config.toml` in the user's config folder if it is
    /// there.
    ///
    /// # Errors
    /// All that is wrong, each in a line with the file, the line in it, the key and the value; a query has two lines more,
    /// which point at the character.
    pub fn read(named: Option<&Path>) -> Result<Self, Vec<String>> {
        let Some((path, must_be)) = Self::path(named) else { return Self::parse("", "") };
        let file = path.display().to_string();
        match fs::read(&path) {
            Ok(bytes) => Self::parse(&file, &utf8(&file, bytes).map_err(|line| vec![line])?),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must_be => Self::parse("", ""),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(vec![format!("{file}: no such file")]),
            Err(error) => Err(vec![format!("{file}: {error}")]),
        }
    }

    /// The file that [`Config::read`] reads, and whether it must be there.
    pub fn path(named: Option<&Path>) -> Option<(PathBuf, bool)> {
        let chosen = named.map(Path::to_path_buf).or_else(|| env::var_os("LURKER_CONFIG").map(PathBuf::from));
        let must_be = chosen.is_some();
        chosen.or_else(usual_path).map(|path| (path, must_be))
    }

    /// Reads the text of a config file.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<String>> {
        let mut draft = Draft::new(Path::new(file).parent());
        let (mut mistakes, is_whole) = TomlFile::new(file, text).read(&key_list::keys(), &mut draft);
        // The list depends on the addresses of the sites, which may stand behind it.
        mistakes.extend(draft.default_site().filter(|_| is_whole));
        if mistakes.is_empty() {
            let shipped = draft.keymap.keys().map_err(|line| vec![line])?;
            return Ok(draft.finished(file, shipped));
        }
        mistakes.sort_by_key(|mistake| mistake.at);
        Err(mistakes.into_iter().map(|mistake| mistake.says).collect())
    }
}

/// What a config file has said so far.
#[derive(Debug)]
struct Draft {
    /// The folder of the file, where the files begin that it names.
    folder: Option<PathBuf>,
    options: Options,
    appearance: Appearance,
    openers: Openers,
    network: Settings,
    store: StoreSettings,
    resumes: bool,
    site_configs: Vec<(&'static str, SiteConfig)>,
    /// The list that is shown without a target, and where the file says so.
    default_site: Option<(String, Label)>,
    /// The key map under the file's own keys.
    keymap: ShippedMap,
    /// The commands that the file gives keys, and those keys.
    commands: Vec<String>,
    keys: KeyMap,
    /// What is said of modifiers of an earlier form.
    earlier: Vec<String>,
}

impl Draft {
    fn new(folder: Option<&Path>) -> Self {
        let labels = site::labels().map(str::to_owned).collect();
        Self {
            folder: folder.map(Path::to_path_buf),
            options: Options { labels, modifiers: Modifiers::new(site::labels()), ..Options::default() },
            appearance: Appearance::default(),
            openers: Openers::default(),
            network: Settings::default(),
            store: StoreSettings::default(),
            resumes: false,
            site_configs: Vec::new(),
            default_site: None,
            keymap: ShippedMap::default(),
            commands: Vec::new(),
            keys: KeyMap::default(),
            earlier: Vec::new(),
        }
    }

    fn finished(self, file: &str, mut keys: KeyMap) -> Config {
        let sites = self.sites();
        let commands: Vec<&str> = self.commands.iter().map(String::as_str).collect();
        let has_key = |keys: &KeyMap, entry: &Entry| keys.keys(entry.command).next().is_some();
        let had_keys: Vec<_> = Command::entries().filter(|entry| has_key(&keys, entry)).collect();
        keys.replace(&commands, self.keys);
        let lost = had_keys.into_iter().filter(|entry| !has_key(&keys, entry) && !commands.contains(&entry.name));
        let keyless = lost.map(|entry| entry.name).collect();
        let remark = (!self.earlier.is_empty()).then(|| format!("{file}, {}", self.earlier.join("; ")));
        let default_site = self.default_site.map_or_else(|| "slashdot".to_owned(), |(name, _)| name);
        let options =
            Options { remark, sites: site::sites_with_lists(&sites), sections: site::sections(&sites), ..self.options };
        let Self { appearance, openers, network, store, resumes, .. } = self;
        Config { keys, keyless, options, appearance, openers, network, sites, store, default_site, resumes }
    }
}

/// The text of a file.
fn utf8(file: &str, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let right = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = right.filter(|byte| **byte == b'\n').count() + 1;
        format!("{file}, line {line}: is not UTF-8")
    })
}

/// `lurker/config.toml` in the user's config folder, after the XDG Base Directory Specification.
fn usual_path() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = folder("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    let config = config.or_else(|| folder("HOME").map(|home| home.join(".config")))?;
    Some(config.join("lurker").join("config.toml"))
}
