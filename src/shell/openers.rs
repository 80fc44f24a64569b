//! The programs that open an address: those named for its host, then the reader's browser, then the system's.

use std::path::Path;
use std::{env, fs};

use url::Url;

use super::command_words::CommandWords;

/// The schemes of addresses that are given to another program.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];
/// Programs that need the terminal's screen.
const OF_TERMINAL: [&str; 9] = ["w3m", "lynx", "links", "links2", "elinks", "browsh", "cha", "chawan", "www-browser"];
/// The browsers to try where there is no screen but the terminal's.
const WITHOUT_DESKTOP: [&str; 6] = ["www-browser", "w3m", "lynx", "elinks", "links2", "links"];

/// The programs that the reader has named.
#[derive(Clone, Debug, Default)]
pub struct Openers {
    /// The config's browser.
    pub(super) browser: Option<CommandWords>,
    /// Programs for hosts and what is below them.
    pub(super) hosts: Vec<(String, CommandWords)>,
}

/// The programs to be tried with an address.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) openers: Vec<Opener>,
    /// Whether the reader has named them.
    pub(super) is_named: bool,
}

/// A program to be tried with an address.
#[derive(Debug)]
pub(super) struct Opener {
    pub(super) command: std::process::Command,
    /// Its name, for messages.
    pub(super) name: String,
    /// Whether it needs the terminal's screen.
    pub(super) needs_screen: bool,
}

impl Openers {
    /// The programs for an address, in the order in which they are to be tried. The reader's own choice is the only one.
    ///
    /// # Errors
    /// The address is of no scheme that another program gets.
    pub(super) fn for_address(&self, address: &str) -> Result<Choice, String> {
        if !SCHEMES.iter().any(|scheme| address.starts_with(scheme)) {
            return Err(format!("not opened: {address} is no web address"));
        }
        if let Some(words) = self.for_host(address).or(self.browser.as_ref()) {
            return Ok(Choice { openers: vec![Opener::new(&words.with(address))], is_named: true });
        }
        let named = env::var("BROWSER").unwrap_or_default();
        let named: Vec<CommandWords> =
            named.split(':').filter_map(|command| CommandWords::parse(command).ok()).collect();
        if !named.is_empty() {
            let openers = named.iter().map(|words| Opener::new(&words.with(address))).collect();
            return Ok(Choice { openers, is_named: true });
        }
        let of_system = open::commands(address).into_iter().map(Opener::from);
        let of_terminal = WITHOUT_DESKTOP.map(|program| Opener::new(&[program.to_owned(), address.to_owned()]));
        let of_terminal = of_terminal.into_iter().filter(|_| !has_desktop());
        Ok(Choice { openers: of_terminal.chain(of_system).collect(), is_named: false })
    }

    /// The program of the nearest host that is the address's or above it.
    fn for_host(&self, address: &str) -> Option<&CommandWords> {
        let url = Url::parse(address).ok()?;
        let host = url.host_str()?.trim_end_matches('.');
        let is_of =
            |named: &str| host.strip_suffix(named).is_some_and(|above| above.is_empty() || above.ends_with('.'));
        let fitting = self.hosts.iter().filter(|(named, _)| is_of(named));
        fitting.max_by_key(|(named, _)| named.len()).map(|(_, words)| words)
    }
}

impl Opener {
    fn new(words: &[String]) -> Self {
        let (program, words) = words.split_first().map_or(("", &[][..]), |(program, words)| (program.as_str(), words));
        let mut command = std::process::Command::new(program);
        command.args(words);
        Self::from(command)
    }

    /// Whether there is such a program to be run.
    pub(super) fn is_there(&self) -> bool {
        let program = Path::new(self.command.get_program());
        let folders = env::var_os("PATH").unwrap_or_default();
        let is_file = |path: &Path| fs::metadata(path).is_ok_and(|file| file.is_file());
        if program.components().count() > 1 {
            return is_file(program);
        }
        env::split_paths(&folders).any(|folder| is_file(&folder.join(program)))
    }
}

impl From<std::process::Command> for Opener {
    fn from(command: std::process::Command) -> Self {
        let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let needs_screen = OF_TERMINAL.contains(&name.as_str());
        Self { command, name, needs_screen }
    }
}

/// Whether a program could show a window: on an X or Wayland display, on a Mac or telephone, in Windows behind WSL.
fn has_desktop() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", target_os = "android"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(is_set)
}

/// A host of the config as addresses are compared with it; `None` where it is none.
pub(super) fn host(named: &str) -> Option<String> {
    let host = Url::parse(&format!("http://{named}/")).ok().filter(|url| {
        url.path() == "/" && url.port().is_none() && url.username().is_empty() && url.query().is_none()
    })?;
    let host = host.host_str()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host);
    (!named.contains(['/', ':', '@', '?', '#', '\\']) && !host.is_empty()).then(|| host.to_owned())
}
