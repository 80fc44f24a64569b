//! The commands beside reading.

use std::io::{self, BufWriter, Write};

use super::args::{Args, Format, Instead};
use super::config::{Config, shipped_keys, vi_keys};
use super::exit::{FAILURE, Failure, USAGE, written};
use super::own_list::OwnList;
use super::printing::{has_screen, now, say, write_list};
use super::store_worker::error_words;
use super::{capture, doctor, documents, save, store_command};
use crate::model::{Entry, Heading, Listing};
use crate::view::{Authors, ListRules, Query};

/// Runs a command; returns the exit code.
pub(super) fn run(args: &Args, instead: &Instead) -> Result<u8, Failure> {
    let config = || Config::read(args.config.as_deref()).map_err(|lines| Failure(USAGE, lines));
    match instead {
        Instead::Completions { shell } => document(|out| Ok(documents::completions(*shell, out))),
        Instead::Man => {
            let one_line = |line| Failure::usage(line);
            let (map, vi) = (shipped_keys().map_err(one_line)?, vi_keys().map_err(one_line)?);
            document(|out| Ok(documents::man(&map, &vi, out)))
        }
        Instead::Keys => {
            let keys = config()?.keys;
            document(|out| Ok(documents::keys(&keys, out)))
        }
        Instead::Store { task } => {
            let settings = config()?.store;
            document(|out| store_command::run(task.as_ref(), &settings, now(), out))
        }
        Instead::Save { targets, count } => save::run(args, config()?, targets, *count),
        Instead::Capture { target, output } => capture::run(config()?, target, output),
        Instead::Doctor { network } => doctor::run(args, *network),
        Instead::Saved { words } => list(args, &config()?, words, OwnList::Saved),
        Instead::History { words } => list(args, &config()?, words, OwnList::History),
        Instead::People { words } => list(args, &config()?, words, OwnList::People),
    }
}

/// Prints to standard output, or fails with a line.
fn document(print: impl FnOnce(&mut dyn Write) -> Result<io::Result<()>, String>) -> Result<u8, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = print(&mut out).map_err(|line| Failure::one(FAILURE, line))?;
    written(printed.and_then(|()| out.flush()))
}

/// People with the name of the site: they have no address that tells it.
fn with_sites(entries: Vec<Entry>) -> Vec<Entry> {
    let with_site = |entry: Entry| Entry { place: format!("on {}: {}", entry.site, entry.place), ..entry };
    entries.into_iter().map(with_site).collect()
}

/// Prints those stories of the store that meet a query.
fn list(args: &Args, config: &Config, words: &[String], kind: OwnList) -> Result<u8, Failure> {
    let text = words.join(" ");
    let query = Some(text.as_str()).filter(|text| !text.is_empty()).map(Query::for_stories).transpose();
    let query = query.map_err(|error| Failure::usage(format!("{}\n{}", error.says, error.caret(&text))))?;
    let format = args.format.unwrap_or(Format::Text);
    let entries = match store_command::open(&config.store, now()).map_err(|line| Failure::one(FAILURE, line))? {
        Some(store) => {
            let now = (format != Format::Json).then(now);
            kind.entries(&store, now).map_err(|error| Failure::one(FAILURE, error_words(&config.store, &error)))?
        }
        None => Vec::new(),
    };
    let entries = if kind == OwnList::People && format == Format::Text { with_sites(entries) } else { entries };
    let title = kind.title();
    let heading = Heading { title: title.to_owned(), ..Heading::default() };
    let listing = Listing { heading, entries, ..Listing::default() };
    let (listing, _) = ListRules::default().printed(&listing, &Authors::default(), query.as_ref());
    if listing.entries.is_empty() && has_screen() {
        say(&format!("{title}: there is nothing{}", if words.is_empty() { "" } else { " that meets the query" }));
    }
    written(write_list(args, &listing, format))
}
