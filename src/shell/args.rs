//! The command line.

mod clear;

pub use self::clear::ClearArgs;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::disk_file;
use super::store_settings::StorePolicy;
use crate::app::{HISTORY, PEOPLE, SAVED};
use crate::markup::clean;
use crate::site::SITES;
use crate::view::{Bound, Order};

/// Read threaded, scored discussions in the terminal.
#[derive(Clone, Debug, Parser)]
#[command(name = "lurker", version, max_term_width = 100, after_help = EXAMPLES)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Args {
    /// The command to run instead of reading.
    #[command(subcommand)]
    pub instead: Option<Instead>,

    /// A site (`hn`, `hn/best`, `r/rust`), a thread's address or short form (`hn:8863`), a file, `-` for standard input,
    /// or `demo`; without it, the default site.
    pub target: Option<String>,

    /// Words to search the site for.
    pub words: Vec<String>,

    /// Hide comments with a score below N; or all but the best `20%`, or what can be read in `10m`.
    #[arg(short = 's', long, value_name = "N", allow_hyphen_values = true, value_parser = Bound::parse, global = true)]
    pub min_score: Option<Bound>,

    /// Show comments from a score of N in full (or the best `20%`, or `10m`); those between the two take one line.
    #[arg(short = 'F', long, value_name = "N", allow_hyphen_values = true, value_parser = Bound::parse, global = true)]
    pub full_score: Option<Bound>,

    /// Order replies by time, score or their own replies, or all comments without a tree.
    #[arg(long, value_name = "ORDER", value_parser = order(), global = true)]
    pub sort: Option<Order>,

    /// Show only comments that meet a query: words, `by:NICK`, `score:>=3`, `label:funny`, `is:op`, `has:link`,
    /// `re:/regex/`; of a list, only stories: words, `title:WORD`, `domain:HOST`, `comments:>100`; `-` negates, `OR` between.
    #[arg(short = 'q', long, value_name = "QUERY", allow_hyphen_values = true, global = true)]
    pub filter: Option<String>,

    /// Print the thread or list instead of opening the screen; `text` when standard output is no terminal.
    #[arg(short, long, value_enum, global = true)]
    pub format: Option<Format>,

    /// The most columns of text; when printing, of the output: the terminal's without this, else 80.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), global = true)]
    pub width: Option<u16>,

    /// When to use colours; the variable `NO_COLOR` turns `auto` off.
    #[arg(long, value_enum, default_value_t = Colour::Auto, global = true)]
    pub color: Colour,

    /// Draw with ASCII characters only; texts keep their own.
    #[arg(long, global = true)]
    pub ascii: bool,

    /// The site that a file or standard input comes from, where that cannot be seen.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(SITES.map(|site| site.info().name)), global = true)]
    pub site: Option<String>,

    /// Ask no site: read only what is stored.
    #[arg(long, global = true, conflicts_with = "refresh")]
    pub offline: bool,

    /// Ask the site again, whatever is stored.
    #[arg(long, global = true)]
    pub refresh: bool,

    /// Read this config file instead of the one in the user's config folder.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

impl Args {
    /// The use of the store by loads.
    pub(super) fn store_policy(&self) -> StorePolicy {
        match (self.offline, self.refresh) {
            (true, _) => StorePolicy::Offline,
            (false, true) => StorePolicy::Refresh,
            (false, false) => StorePolicy::Usual,
        }
    }

    /// The command line that reads the list of the store which this one names, with its words as the filter; `None` where
    /// it names none.
    pub(super) fn reading_own_list(&self) -> Option<Self> {
        let (target, words) = match self.instead.as_ref()? {
            Instead::Saved { words } => (SAVED, words),
            Instead::History { words } => (HISTORY, words),
            Instead::People { words } => (PEOPLE, words),
            _ => return None,
        };
        let filter = Some(words.join(" ")).filter(|words| !words.is_empty());
        Some(Self { instead: None, target: Some(target.to_owned()), filter, ..self.clone() })
    }

    /// Reads the program's name and the words after it.
    ///
    /// # Errors
    /// The exit code where there is nothing to do: help or the version is shown, or what is wrong is said.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, ExitCode> {
        Self::parse_words(words.into_iter().map(disk_file::word).collect()).map_err(|error| {
            // Where nobody listens, there is nobody to tell.
            if error.use_stderr() {
                let lines = error.render().to_string();
                let _ = write!(io::stderr(), "lurker: {}", clean(lines.strip_prefix("error: ").unwrap_or(&lines)));
            } else {
                let _ = error.print();
            }
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(1))
        })
    }

    fn parse_words(words: Vec<OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::command();
        let words = with_subcommand_first(&command, words);
        let matches = command.try_get_matches_from_mut(words).map_err(with_format)?;
        if let Some(says) = pointless(&command, &matches) {
            return Err(command.error(ErrorKind::ArgumentConflict, says));
        }
        Self::from_arg_matches(&matches)
    }
}

/// The error with the option that was meant, where it is of a format as an option.
fn with_format(mut error: clap::Error) -> clap::Error {
    let unknown = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) if error.kind() == ErrorKind::UnknownArgument => {
            option.trim_start_matches('-')
        }
        _ => return error,
    };
    if Format::from_str(unknown, true).is_ok() {
        let meant = format!("--format {}", unknown.to_ascii_lowercase());
        error.remove(ContextKind::Suggested);
        error.insert(ContextKind::SuggestedArg, ContextValue::String(meant));
    }
    error
}

/// What is said of an option that was given to a subcommand for which it means nothing.
fn pointless(command: &clap::Command, matches: &ArgMatches) -> Option<String> {
    let (subcommand, _) = matches.subcommand()?;
    let option = command.get_arguments().find(|option| is_pointless(matches, option, subcommand))?;
    let value = matches.get_raw(option.get_id().as_str()).and_then(|mut values| values.next());
    let value = value.filter(|_| option.get_action().takes_values());
    let value = value.map_or_else(String::new, |value| format!(" {}", value.display()));
    let takes_query = option.get_id() == "filter" && is_own_list(subcommand);
    let instead = if takes_query { format!("; write `lurker {subcommand} QUERY`") } else { String::new() };
    Some(format!("--{}{value} means nothing to `lurker {subcommand}`{instead}", option.get_long()?))
}

/// Whether a subcommand opens or prints a list of the store.
fn is_own_list(subcommand: &str) -> bool {
    matches!(subcommand, "saved" | "history" | "people")
}

/// Whether an option that was given says how to read or print a discussion, before or behind a subcommand that does neither.
/// Those for looks are harmless, since an alias may hold them.
fn is_pointless(matches: &ArgMatches, option: &Arg, subcommand: &str) -> bool {
    let id = option.get_id().as_str();
    let is_given = matches.value_source(id) == Some(ValueSource::CommandLine);
    let serves = match id {
        "color" | "ascii" | "width" => true,
        "config" => !matches!(subcommand, "completions" | "man"),
        "format" => is_own_list(subcommand),
        "offline" => matches!(subcommand, "saved" | "history"),
        "refresh" => subcommand == "save",
        _ => false,
    };
    is_given && !serves && option.get_long().is_some()
}

/// The words with the subcommand before the options that stand before it. Otherwise it would be read as a target, as it must
/// be behind one: `lurker hn keys` searches for keys.
fn with_subcommand_first(command: &clap::Command, mut words: Vec<OsString>) -> Vec<OsString> {
    let mut place = 1;
    while let Some(word) = words.get(place).and_then(|word| word.to_str()) {
        if !word.starts_with('-') || matches!(word, "-" | "--") {
            if command.find_subcommand(word).is_some() {
                let subcommand = words.remove(place);
                words.insert(1, subcommand);
            }
            return words;
        }
        place += if takes_next(command, word) { 2 } else { 1 };
    }
    words
}

/// Whether the value of an option is the word behind it.
fn takes_next(command: &clap::Command, word: &str) -> bool {
    let takes_value = |option: &Arg| option.get_action().takes_values();
    if let Some(long) = word.strip_prefix("--") {
        return command.get_arguments().any(|option| option.get_long() == Some(long) && takes_value(option));
    }
    let mut letters = word.chars().skip(1);
    let mut options =
        letters.by_ref().map(|letter| command.get_arguments().find(|option| option.get_short() == Some(letter)));
    // The first letter that takes a value has what stands behind it in the same word.
    let found = options.find(|option| option.is_none_or(takes_value)).flatten().is_some();
    found && letters.next().is_none()
}

/// Reads the name of an order.
fn order() -> impl TypedValueParser<Value = Order> {
    let names = Order::NAMES.map(|(_, name)| name);
    PossibleValuesParser::new(names).map(|name| Order::named(&name).unwrap_or_default())
}

/// The commands beside reading.
#[derive(Clone, Debug, Subcommand)]
pub enum Instead {
    /// Store threads, or the first of a list, to be read without a network; they stay until they are cleared.
    Save {
        /// Threads and lists, as for reading.
        #[arg(required = true, value_name = "TARGET")]
        targets: Vec<String>,
        /// The most threads of each list.
        #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=1000))]
        count: u32,
    },
    /// Open the list of the threads that are saved and of the bookmarks; print it with `--format`, or where no terminal is.
    Saved {
        /// A query that they must meet, as for `--filter`.
        words: Vec<String>,
    },
    /// Open the list of the threads that you have read, the last one first; print it likewise.
    History {
        /// A query that they must meet, as for `--filter`.
        words: Vec<String>,
    },
    /// Open the list of the authors whom you follow, mute or have given a tag; print it likewise.
    People {
        /// A query that they must meet, as for `--filter`.
        words: Vec<String>,
    },
    /// Write the requests and answers of one load to a file, without secrets, for a bug report.
    Capture {
        /// A thread or a list of a site.
        target: String,
        /// The file, which must not be there; lurker opens it as if the site had answered.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Say what terminal, config, store and network can do.
    Doctor {
        /// Ask the default site for its list, too.
        #[arg(long)]
        network: bool,
    },
    /// Show what is stored, and where; or clear it.
    Store {
        /// What to do with it.
        #[command(subcommand)]
        task: Option<StoreTask>,
    },
    /// Print the completions of a shell.
    Completions {
        /// Which shell's.
        shell: Shell,
    },
    /// Print the man page, for `man -l -`.
    Man,
    /// Print the keys in force, in the form that the config file takes them.
    Keys,
}

/// Commands on the store.
#[derive(Clone, Debug, Subcommand)]
pub enum StoreTask {
    /// Clear the threads and lists that are stored, but not those that are saved; or what else is named.
    Clear(ClearArgs),
}

/// The format of a printed thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As the screen shows it.
    Text,
    /// One object, for programs; lurker reads it again.
    Json,
    /// A nested list.
    Markdown,
}

/// The use of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// Where they go to a terminal.
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

const EXAMPLES: &str = "Examples:
  lurker                               the stories of the default site
  lurker hn/best                       a section of a site
  lurker hn rust async                 search a site
  lurker demo                          the built-in discussion; ? shows the keys
  lurker https://tech.slashdot.org/story/26/10/06/1512247
  lurker -s 2 -F 5 saved-page.html     hide below 2, in full from 5
  lurker -F 20% hn:8863                the best fifth in full, the rest on one line each
  lurker -q 'score:>=4 -by:ann' FILE   only what meets a query
  lurker --format json page.html | jq '.comments[].author'
  curl -s ADDRESS | lurker -           from another program
  lurker save hn --count 10            keep threads for the train; lurker --offline hn reads them";

#[cfg(test)]
mod tests;
