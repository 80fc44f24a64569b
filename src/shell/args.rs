//! The command line.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::markup::clean;
use crate::site::SITES;
use crate::view::Bound;

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
    #[arg(short = 's', long, value_name = "N", allow_hyphen_values = true, value_parser = Bound::parse)]
    pub min_score: Option<Bound>,

    /// Show comments from a score of N in full (or the best `20%`, or `10m`); those between the two take one line.
    #[arg(short = 'F', long, value_name = "N", allow_hyphen_values = true, value_parser = Bound::parse)]
    pub full_score: Option<Bound>,

    /// Show only comments that meet a query: words, `by:NICK`, `score:>=3`, `label:funny`, `is:op`, `has:link`,
    /// `re:/regex/`; of a list, only stories: words, `title:WORD`, `domain:HOST`, `comments:>100`; `-` negates, `OR` between.
    #[arg(short = 'q', long, value_name = "QUERY", allow_hyphen_values = true)]
    pub filter: Option<String>,

    /// Print the thread or list instead of opening the screen; `text` when standard output is no terminal.
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// The most columns of text; when printing, of the output.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,

    /// When to use colours; the variable `NO_COLOR` turns `auto` off.
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,

    /// Draw with ASCII characters only; texts keep their own.
    #[arg(long)]
    pub ascii: bool,

    /// The site that a file or standard input comes from, where that cannot be seen.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(SITES.map(|site| site.info().name)))]
    pub site: Option<String>,

    /// Read this config file instead of the one in the user's config folder.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl Args {
    /// Reads the program's name and the words after it.
    ///
    /// # Errors
    /// The exit code where there is nothing to do: help or the version is shown, or what is wrong is said.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, ExitCode> {
        Self::try_parse_from(words).map_err(|error| {
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
}

/// The commands that print something about lurker itself.
#[derive(Clone, Debug, Subcommand)]
pub enum Instead {
    /// Print the completions of a shell.
    Completions {
        /// Which shell's.
        shell: Shell,
    },
    /// Print the man page, for `man -l -`.
    Man,
    /// Print the keys in force, in the form that the config file takes them.
    Keys {
        /// Read this config file instead of the one in the user's config folder.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
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
  curl -s ADDRESS | lurker -           from another program";
