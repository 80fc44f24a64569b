//! The config file: every key is optional, and an error names file, line and key.

mod sites;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io};

use serde::Deserialize;
use toml::{Spanned, Value};

use self::sites::{SiteTable, SitesTable};
use super::http::Settings;
use super::secret::secret;
use super::theme::{self, Appearance};
use super::toml_error::{line_of, parse_error};
use crate::app::{KeyMap, Options, When};
use crate::site::{self, ConfigKey, KeyKind, LoadError, SITES, Secret, SiteConfig, Sites};
use crate::view::{ListRules, Modifiers, Query, ReadingSpeed};

/// The key map as shipped.
const KEYS: &str = include_str!("../../assets/keys.toml");

/// The content of the config file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    default_site: Option<Spanned<String>>,
    theme: Option<Spanned<String>>,
    text_width: Option<Spanned<i64>>,
    words_per_minute: Option<Spanned<i64>>,
    hints: Option<bool>,
    minimap: Option<Spanned<String>>,
    hyperlinks: Option<Spanned<String>>,
    sites: SitesTable,
    network: Network,
    keys: BTreeMap<Spanned<String>, Spanned<Vec<String>>>,
    modifiers: BTreeMap<Spanned<String>, Spanned<Value>>,
    lists: Lists,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lists {
    hide: Option<Spanned<String>>,
    highlight: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Network {
    timeout_seconds: Option<Spanned<i64>>,
    proxy: String,
    max_body_mebibytes: Option<Spanned<i64>>,
    user_agent: String,
}

/// The config and the file that it came from.
#[derive(Debug, Default)]
pub struct Loaded {
    config: Config,
    file: String,
    text: String,
}

impl Loaded {
    /// Reads `named`, else what `LURKER_CONFIG` names, else `lurker/config.toml` in the user's config folder if it is
    /// there.
    ///
    /// # Errors
    /// A line with the file, the line in it and the key that is wrong.
    pub fn read(named: Option<&Path>) -> Result<Self, String> {
        let chosen = named.map(Path::to_path_buf).or_else(|| env::var_os("LURKER_CONFIG").map(PathBuf::from));
        let must_be = chosen.is_some();
        let Some(path) = chosen.or_else(usual_path) else { return Ok(Self::default()) };
        let file = path.display().to_string();
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(file, text),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must_be => Ok(Self::default()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(format!("{file}: no such file")),
            Err(error) => Err(format!("{file}: {error}")),
        }
    }

    /// Reads the text of a config file.
    ///
    /// # Errors
    /// As [`Loaded::read`].
    pub fn parse(file: String, text: String) -> Result<Self, String> {
        match toml::from_str(&text) {
            Ok(config) => Ok(Self { config, file, text }),
            Err(error) => Err(parse_error(&file, &text, &error)),
        }
    }

    /// The keys in force: those shipped, with the commands that the file names given its keys instead.
    ///
    /// # Errors
    /// An unknown command or key, or one key for two commands of the file.
    pub fn keys(&self) -> Result<KeyMap, String> {
        let mut map = shipped_keys()?;
        let mut own = KeyMap::default();
        for (name, keys) in &self.config.keys {
            let names = keys.get_ref().iter().map(String::as_str);
            own.bind(name.get_ref(), names).map_err(|says| self.wrong(&name.span(), "keys", &says))?;
        }
        let commands: Vec<&str> = self.config.keys.keys().map(|name| name.get_ref().as_str()).collect();
        map.replace(&commands, own);
        Ok(map)
    }

    /// The options of the screen; the command line overrides them.
    ///
    /// # Errors
    /// A width below 1, a query that is none, a modifier out of range, or a word other than `auto`, `always` and `never`.
    pub fn options(&self) -> Result<Options, String> {
        let width = self.config.text_width.as_ref();
        let text_width =
            self.positive(width, "text_width")?.map_or(Options::default().text_width, |width| width as usize);
        let thresholds = |table: &SiteTable| (table.info.name, table.thresholds);
        let site_thresholds = self.config.sites.0.iter().map(thresholds).collect();
        let hints = self.config.hints.unwrap_or(true);
        let speed = self.positive(self.config.words_per_minute.as_ref(), "words_per_minute")?;
        let reading_speed = speed
            .map_or_else(ReadingSpeed::default, |speed| ReadingSpeed::new(u32::try_from(speed).unwrap_or(u32::MAX)));
        let (modifiers, remark) = self.modifiers()?;
        let Lists { hide, highlight } = &self.config.lists;
        let lists = ListRules {
            hide: self.list_rule(hide.as_ref(), "hide")?,
            highlight: self.list_rule(highlight.as_ref(), "highlight")?,
        };
        let minimap = self.when(self.config.minimap.as_ref(), "minimap")?;
        let labels = site::labels().map(str::to_owned).collect();
        let options =
            Options { text_width, minimap, modifiers, lists, site_thresholds, labels, hints, ..Options::default() };
        Ok(Options { reading_speed, remark, ..options })
    }

    /// The score modifiers, in the order of the file, and a remark on those of an earlier form.
    fn modifiers(&self) -> Result<(Modifiers, Option<String>), String> {
        let mut entries: Vec<_> = self.config.modifiers.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let mut modifiers = Modifiers::new(site::labels());
        let mut earlier = Vec::new();
        for (name, value) in entries {
            let line = line_of(&self.text, &name.span());
            let (query, place) = (name.get_ref(), format!("{}, line {line}", self.file));
            let added = match value.get_ref() {
                Value::Integer(number) => modifiers.add(query, *number, &place),
                Value::String(word) if word == "hide" => modifiers.hide(query, &place),
                _ => Err("must be a whole number, or \"hide\"".to_owned()),
            };
            let key = format!("[modifiers] {query} = {}", shown(value.get_ref()));
            let present = added.map_err(|says| self.wrong(&name.span(), &key, &says))?;
            earlier.extend(present.map(|present| format!("line {line}: {query} is now written {present:?}")));
        }
        let remark = (!earlier.is_empty()).then(|| format!("{}, {}", self.file, earlier.join("; ")));
        Ok((modifiers, remark))
    }

    /// A rule for every list; none where the query is empty.
    fn list_rule(&self, text: Option<&Spanned<String>>, name: &str) -> Result<Option<Query>, String> {
        let Some(text) = text.filter(|text| !text.get_ref().trim().is_empty()) else { return Ok(None) };
        let query = text.get_ref();
        Query::for_stories(query).map(Some).map_err(|error| {
            let key = format!("[lists] {name} = {query:?}");
            self.wrong(&text.span(), &key, &format!("{}\n{}", error.says, error.caret(query)))
        })
    }

    /// The list that is shown without a target.
    ///
    /// # Errors
    /// A name that is no list of any site.
    pub fn default_site(&self, sites: &Sites) -> Result<String, String> {
        let Some(name) = &self.config.default_site else { return Ok("slashdot".to_owned()) };
        match site::list(name.get_ref(), sites) {
            Some(Ok(_)) => Ok(name.get_ref().clone()),
            Some(Err(says)) => Err(self.wrong(&name.span(), "default_site", &says)),
            None => Err(self.wrong(&name.span(), "default_site", "is no site that lurker knows")),
        }
    }

    /// Theme and hyperlinks.
    ///
    /// # Errors
    /// A theme that cannot be loaded, or a word other than `auto`, `always` and `never`.
    pub fn appearance(&self) -> Result<Appearance, String> {
        let folder = Path::new(&self.file).parent();
        let named = |theme: &Spanned<String>| {
            theme::named(theme.get_ref(), folder).map_err(|says| self.wrong(&theme.span(), "theme", &says))
        };
        let theme = self.config.theme.as_ref().map(named).transpose()?;
        Ok(Appearance { theme, hyperlinks: self.when(self.config.hyperlinks.as_ref(), "hyperlinks")? })
    }

    fn when(&self, word: Option<&Spanned<String>>, key: &str) -> Result<When, String> {
        let Some(word) = word else { return Ok(When::Auto) };
        match word.get_ref().as_str() {
            "auto" => Ok(When::Auto),
            "always" => Ok(When::Always),
            "never" => Ok(When::Never),
            _ => Err(self.wrong(&word.span(), key, "must be \"auto\", \"always\" or \"never\"")),
        }
    }

    /// The network's settings.
    ///
    /// # Errors
    /// A number below 1.
    pub fn network(&self) -> Result<Settings, String> {
        let network = &self.config.network;
        let mut settings = Settings::default();
        if let Some(seconds) = self.positive(network.timeout_seconds.as_ref(), "timeout_seconds")? {
            settings.timeout = Duration::from_secs(seconds);
        }
        if let Some(size) = self.positive(network.max_body_mebibytes.as_ref(), "max_body_mebibytes")? {
            settings.max_body = (size as usize).saturating_mul(1 << 20);
        }
        if !network.user_agent.is_empty() {
            settings.user_agent.clone_from(&network.user_agent);
        }
        settings.proxy = Some(network.proxy.clone()).filter(|proxy| !proxy.is_empty());
        for (key, text) in self.config.sites.0.iter().flat_map(|table| &table.texts) {
            let KeyKind::Address([host, ..]) = key.kind else { continue };
            if let Some(url) = self.address(text, key.name)? {
                settings.mirror(host, &url);
            }
        }
        Ok(settings)
    }

    /// The config of the sites. The command for a secret is run when the secret is needed,
    /// and not before.
    ///
    /// # Errors
    /// An address that is none, or a text that the site cannot have.
    pub fn known_sites(&self) -> Result<Sites, String> {
        self.config.sites.0.iter().try_fold(Sites::default(), |sites, table| {
            let start = SiteConfig::default().with_sections(table.sections.clone());
            let config = table.texts.iter().try_fold(start, |config, (key, text)| self.with_key(config, key, text))?;
            Ok(sites.with(table.info.name, config))
        })
    }

    fn with_key(
        &self,
        config: SiteConfig,
        ConfigKey { name, kind }: &'static ConfigKey,
        text: &Spanned<String>,
    ) -> Result<SiteConfig, String> {
        let words = text.get_ref();
        match kind {
            KeyKind::Address(_) => {
                let Some(url) = self.address(text, name)? else { return Ok(config) };
                Ok(config.with(name, url.as_str().trim_end_matches('/')))
            }
            KeyKind::Text(is_right, _) if is_right(words) => Ok(config.with(name, words)),
            KeyKind::Text(_, says) => Err(self.wrong(&text.span(), name, says)),
            KeyKind::SecretCommand if words.trim().is_empty() => Ok(config),
            KeyKind::SecretCommand => {
                let (place, command) = (self.wrong(&text.span(), name, ""), words.clone());
                let ask = move || secret(&command).map_err(|says| LoadError::other(place.trim_end(), says));
                Ok(config.with_secret(name, Secret::new(ask)))
            }
        }
    }

    /// An address of the file; nothing where it is a site's own.
    fn address(&self, address: &Spanned<String>, key: &str) -> Result<Option<url::Url>, String> {
        let url = url::Url::parse(address.get_ref()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.ok_or_else(|| self.wrong(&address.span(), key, "is no http or https address"))?;
        let is_own = |key: &ConfigKey| match key.kind {
            KeyKind::Address(hosts) => url.host_str().is_some_and(|host| hosts.contains(&host)),
            KeyKind::Text(..) | KeyKind::SecretCommand => false,
        };
        let is_own = SITES.iter().any(|site| site.info().config_keys.iter().any(is_own));
        Ok(Some(url).filter(|_| !is_own))
    }

    fn positive(&self, number: Option<&Spanned<i64>>, key: &str) -> Result<Option<u64>, String> {
        let Some(number) = number else { return Ok(None) };
        match u64::try_from(*number.get_ref()) {
            Ok(0) | Err(_) => Err(self.wrong(&number.span(), key, "must be 1 or more")),
            Ok(number) => Ok(Some(number)),
        }
    }

    fn wrong(&self, span: &Range<usize>, key: &str, says: &str) -> String {
        format!("{}, line {}: {key}: {says}", self.file, line_of(&self.text, span))
    }
}

/// A value of the file, as it is written there, or its kind where that is long.
fn shown(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Boolean(is_so) => is_so.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => format!("({})", value.type_str()),
    }
}

/// `lurker/config.toml` in the user's config folder, after the XDG Base Directory Specification.
fn usual_path() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = folder("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    let config = config.or_else(|| folder("HOME").map(|home| home.join(".config")))?;
    Some(config.join("lurker").join("config.toml"))
}

/// The key map as shipped.
///
/// # Errors
/// A line that names the entry that is wrong.
pub fn shipped_keys() -> Result<KeyMap, String> {
    let file: BTreeMap<String, Vec<String>> =
        toml::from_str(KEYS).map_err(|error| format!("the shipped keys: {}", error.message()))?;
    let mut map = KeyMap::default();
    for (name, keys) in &file {
        map.bind(name, keys.iter().map(String::as_str))?;
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Key, Motion, Scope};
    use crate::site::Site;
    use crate::view::Thresholds;

    fn parse(text: &str) -> Result<Loaded, String> {
        Loaded::parse("config.toml".to_owned(), text.to_owned())
    }

    fn page_of(loaded: &Loaded, target: &str) -> String {
        crate::site::thread(target, &loaded.known_sites().expect("right")).expect("a thread").page().to_owned()
    }

    #[test]
    fn every_site_has_the_common_keys_and_its_own() {
        for info in SITES.map(Site::info) {
            let own = info.config_keys.iter().map(|key| match key.kind {
                KeyKind::Address(_) => format!("{} = \"http://127.0.0.1:8000\"\n", key.name),
                KeyKind::Text(..) | KeyKind::SecretCommand => format!("{} = \"a\"\n", key.name),
            });
            let own: String = own.collect();
            let text = format!("[sites.{}]\n{own}min_score = 2\nfull_score = 4\nsections = [\"a\"]", info.name);
            let loaded = parse(&text).expect("right");
            assert_eq!(
                loaded.options().expect("right").site_thresholds,
                [(info.name, Thresholds::new(Some(2), Some(4)))]
            );
            assert!(loaded.network().is_ok() && loaded.known_sites().is_ok(), "{text}");
            let says = parse(&format!("{text}\nurls = 1")).expect_err("no such key");
            let line = text.lines().count() + 1;
            assert!(says.starts_with(&format!("config.toml, line {line}: unknown field `urls`, expected one of `")));
            assert!(says.ends_with("`min_score`, `full_score`, `sections` (at urls)"), "{says}");
        }
        let says = parse("[sites]\n\n[sites.digg]\n").expect_err("no such site");
        assert!(
            says.starts_with("config.toml, line 3: unknown field `digg`, expected one of `slashdot`, `hn`"),
            "{says}"
        );
    }

    #[test]
    fn what_is_wrong_is_named_by_file_line_and_key() {
        let unknown = parse("\ncolour = 1\n").expect_err("there is no such key");
        assert!(unknown.starts_with("config.toml, line 2: unknown field `colour`"), "{unknown}");
        let kind = parse("[sites.slashdot]\nmin_score = \"two\"").expect_err("that is no number");
        assert!(kind.starts_with("config.toml, line 2: ") && kind.ends_with("(at min_score)"), "{kind}");
        let width = parse("text_width = 0").and_then(|loaded| loaded.options().map(|_| ()));
        assert_eq!(width, Err("config.toml, line 1: text_width: must be 1 or more".to_owned()));
        let when = parse("minimap = \"often\"").and_then(|loaded| loaded.options().map(|_| ()));
        assert!(when.is_err_and(|says| says.starts_with("config.toml, line 1: minimap: must be \"auto\"")));
        let theme = parse("\ntheme = \"drak\"").and_then(|loaded| loaded.appearance().map(|_| ()));
        assert!(theme.is_err_and(|says| says.starts_with("config.toml, line 2: theme: there is no theme \"drak\"")));
        let url = parse("[sites.slashdot]\nurl = \"ftp://x\"").and_then(|loaded| loaded.known_sites().map(|_| ()));
        assert_eq!(url, Err("config.toml, line 2: url: is no http or https address".to_owned()));
        let keys = parse("[keys]\nup = [\"x\"]\n\ndown = [\"x\"]").and_then(|loaded| loaded.keys().map(|_| ()));
        assert!(keys.as_ref().is_err_and(|says| says.contains("the key \"x\" already has a command")), "{keys:?}");
    }

    #[test]
    fn a_query_of_the_file_is_pointed_into() {
        for (text, says) in [
            (
                "[modifiers]\nfunny = -1\n\"is:anon scor:3\" = \"hide\"",
                "config.toml, line 3: [modifiers] is:anon scor:3 = \"hide\": there is no scor: here, only by: score: label: \
                 is: has: longer: shorter: user: site: in: re:; in quotes it is a word\nis:anon scor:3\n        ^",
            ),
            (
                "[modifiers]\nlong = 7",
                "config.toml, line 2: [modifiers] long = 7: is out of range: a modifier adds -6 to 6",
            ),
            (
                "[modifiers]\nlong = \"hidden\"",
                "config.toml, line 2: [modifiers] long = \"hidden\": must be a whole number, or \"hide\"",
            ),
            (
                "[modifiers]\nlong = 1\n\"longer:2000\" = 1",
                "config.toml, line 3: [modifiers] longer:2000 = 1: the same as long (config.toml, line 2)",
            ),
            (
                "[lists]\n\nhide = \"in:rust label:x\"",
                "config.toml, line 3: [lists] hide = \"in:rust label:x\": label: means nothing for stories; there are by: \
                 score: is: has: title: domain: comments: site: in: re:; in quotes it is a word\nin:rust label:x\n        ^",
            ),
            (
                "[lists]\nhighlight = \"is:followed\"",
                "config.toml, line 2: [lists] highlight = \"is:followed\": lurker does not remember yet whom you follow\n\
                 is:followed\n   ^",
            ),
        ] {
            let outcome = parse(text).and_then(|loaded| loaded.options().map(|_| ()));
            assert_eq!(outcome, Err(says.to_owned()), "{text}");
        }
        let empty = parse("[lists]\nhide = \" \"\nhighlight = \"\"").and_then(|loaded| loaded.options());
        assert!(empty.is_ok_and(|options| options.lists.hide.is_none() && options.lists.highlight.is_none()));
    }

    #[test]
    fn modifiers_of_an_earlier_form_are_read_and_remarked_on() {
        let text = "[modifiers]\nfunny = -1\n\"by:ann\" = 2\n\"new-user:9\" = \"hide\"";
        let options = parse(text).and_then(|loaded| loaded.options()).expect("it is right");
        let remark =
            "config.toml, line 2: funny is now written \"label:funny\"; line 4: new-user:9 is now written \"user:>=9\"";
        assert_eq!(options.remark.as_deref(), Some(remark));
        let present =
            parse("[modifiers]\n\"label:funny\" = -1").and_then(|loaded| loaded.options()).expect("it is right");
        assert_eq!(present.remark, None);
    }

    #[test]
    fn a_key_of_the_file_leaves_its_old_command() {
        let keys = parse("[keys]\nup = [\"j\", \"p\"]").and_then(|loaded| loaded.keys()).expect("it is right");
        let command = |name| keys.command(Key::parse(name).expect("a key"), Scope::Thread);
        assert_eq!(
            [command("j"), command("p"), command("k")],
            [Some(Motion::Up.into()), Some(Motion::Up.into()), None]
        );
        assert_eq!(command("down"), Some(Motion::Down.into()));
    }

    #[test]
    fn a_mirror_gets_the_pace_of_its_site() {
        let loaded =
            parse("[sites.slashdot]\nurl = \"http://127.0.0.1:8000/\"\n[network]\ntimeout_seconds = 3").expect("right");
        let settings = loaded.network().expect("right");
        assert_eq!(
            settings.host_limits.first().map(|host_limits| (host_limits.host.as_str(), host_limits.in_flight)),
            Some(("127.0.0.1:8000", 1))
        );
        assert_eq!(settings.timeout, Duration::from_secs(3));
        assert_eq!(page_of(&loaded, "slashdot:26/09/09/2151202"), "http://127.0.0.1:8000/story/26/09/09/2151202/");
    }

    #[test]
    fn what_reddit_is_asked_with() {
        let loaded = parse("[sites.reddit]\nurl = \"http://127.0.0.1:8000/\"\nclient_id = \"a-B_9\"").expect("right");
        assert_eq!(
            loaded.network().expect("right").host_limits.first().map(|host_limits| host_limits.in_flight),
            Some(1)
        );
        assert_eq!(page_of(&loaded, "reddit:3hahrw"), "http://127.0.0.1:8000/comments/3hahrw/");
        let own = parse("[sites.reddit]\nurl = \"https://oauth.reddit.com\"").expect("right");
        assert_eq!(page_of(&own, "reddit:3hahrw"), "https://www.reddit.com/comments/3hahrw/");
        let wrong = parse("[sites.reddit]\n\nclient_id = \"a:b\"").and_then(|loaded| loaded.known_sites().map(|_| ()));
        assert_eq!(wrong, Err("config.toml, line 3: client_id: has signs that no client id has".to_owned()));
    }
}
