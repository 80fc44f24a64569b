//! The commands beside reading.

use std::io::{self, BufWriter, Write};

use super::args::{Args, Format, Instead};
use super::config::{Config, shipped_keys, vi_keys};
use super::exit::{FAILURE, Failure, USAGE, written};
use super::printing::{has_screen, now, say, write_list};
use super::store_settings::StoreSettings;
use super::store_thread::{aside_words, error_words};
use super::{capture, doctor, documents, save, store_command};
use crate::model::{Entry, Heading, Listing};
use crate::store::{Result as StoreResult, SetAside, Store, StoredBookmark, StoredStory};
use crate::view::{ListRules, Query, ago};

/// The most threads that the history lists.
const MOST: u32 = 1000;

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
        Instead::Saved { words } => list(args, &config()?, words, "Saved", saved),
        Instead::History { words } => list(args, &config()?, words, "History", history),
    }
}

/// Prints to standard output, or fails with a line.
fn document(print: impl FnOnce(&mut dyn Write) -> Result<io::Result<()>, String>) -> Result<u8, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = print(&mut out).map_err(|line| Failure::one(FAILURE, line))?;
    written(printed.and_then(|()| out.flush()))
}

/// Prints those stories of the store that meet a query.
fn list(
    args: &Args,
    config: &Config,
    words: &[String],
    title: &str,
    entries: fn(&Store, Format) -> StoreResult<Vec<Entry>>,
) -> Result<u8, Failure> {
    let text = words.join(" ");
    let query = Some(text.as_str()).filter(|text| !text.is_empty()).map(Query::for_stories).transpose();
    let query = query.map_err(|error| Failure::usage(format!("{}\n{}", error.says, error.caret(&text))))?;
    let format = args.format.unwrap_or(Format::Text);
    let entries = match open(&config.store).map_err(|line| Failure::one(FAILURE, line))? {
        Some(store) => {
            entries(&store, format).map_err(|error| Failure::one(FAILURE, error_words(&config.store, &error)))?
        }
        None => Vec::new(),
    };
    let heading = Heading { title: title.to_owned(), ..Heading::default() };
    let listing = Listing { heading, entries, ..Listing::default() };
    let listing = ListRules::default().printed(&listing, query.as_ref());
    if listing.entries.is_empty() && has_screen() {
        say(&format!("{title}: there is nothing{}", if words.is_empty() { "" } else { " that meets the query" }));
    }
    written(write_list(args, &listing, format))
}

/// The store, if there is one.
fn open(settings: &StoreSettings) -> Result<Option<Store>, String> {
    let Some(opened) = settings.open(now()) else { return Ok(None) };
    let (store, aside) = opened.map_err(|error| error_words(settings, &error))?;
    if let Some(SetAside(aside)) = aside {
        say(&aside_words(store.path(), &aside));
    }
    Ok(Some(store))
}

fn history(store: &Store, format: Format) -> StoreResult<Vec<Entry>> {
    let entry = |story: StoredStory| with_age(story.entry, "read", story.at, format);
    Ok(store.history(MOST)?.into_iter().map(entry).collect())
}

/// The threads that are saved, and every bookmark, the last one first.
fn saved(store: &Store, format: Format) -> StoreResult<Vec<Entry>> {
    let stories = store.saved()?.into_iter().map(|story| (story.at, with_age(story.entry, "saved", story.at, format)));
    let comments = store.bookmarks()?.into_iter().filter(|bookmark| bookmark.comment.is_some());
    let comments = comments.map(|bookmark| (bookmark.made_at, comment_entry(bookmark, format)));
    let mut entries: Vec<(i64, Entry)> = stories.chain(comments).collect();
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// A comment as an entry of a list: its first words, with its story as the place.
fn comment_entry(bookmark: StoredBookmark, format: Format) -> Entry {
    let StoredBookmark { entry, url, author, words, made_at, .. } = bookmark;
    let (site, id, place) = (entry.site, entry.id, entry.title);
    let title = if words.is_empty() { format!("a comment of {author}") } else { words };
    let comment = Entry { site, id, title, url, author, place, ..Entry::default() };
    with_age(comment, "bookmarked", made_at, format)
}

/// Tells people, and no programs, when it was.
fn with_age(mut entry: Entry, what: &str, at: i64, format: Format) -> Entry {
    if format != Format::Json {
        let comma = if entry.place.is_empty() { "" } else { ", " };
        entry.place = format!("{}{comma}{what} {}", entry.place, ago(at, now()));
    }
    entry
}
