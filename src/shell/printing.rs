//! Printing: what a target leads to, as text, JSON or Markdown.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::mpsc::unbounded_channel;

use super::args::{Args, Colour, Format};
use super::config::Config;
use super::exit::{FAILURE, Failure, written};
use super::fetch::{Fetcher, Service};
use super::keeper::authors;
use super::own_list::OwnList;
use super::signals;
use super::store_worker::StoreWorker;
use crate::app::{self, Event, KnownState, Options};
use crate::markup::clean;
use crate::model::{Listing, Thread};
use crate::print::{self, TextOptions};
use crate::view::{Authors, Bound, Query, QueryError, Selection};

/// Prints what a target leads to.
pub(super) async fn print_content(args: &Args, config: Config, target: &str, format: Format) -> Result<u8, Failure> {
    if let Some(remark) = &config.options.remark {
        say(remark);
    }
    let (sender, mut answers) = unbounded_channel();
    signals::outlast_file_limit();
    let may_mute = OwnList::named(target).is_none() && config.store.has_file();
    let store = StoreWorker::start(config.store, now);
    let service = Service::new(config.network.with_limits_in(limits_folder()), config.sites, sender)
        .saved_from(args.site.clone());
    let mut service = service.with_store(store.clone(), args.store_policy());
    service.load(0, target, None, KnownState::Unknown);
    let mut last = None;
    let failure = loop {
        match answers.recv().await {
            Some(Event::Failed(_, error)) => break Some(Failure::one(FAILURE, app::plain(&error))),
            Some(Event::Complete(_)) | None => break None,
            Some(Event::Report(line) | Event::AsStored { line, .. }) => say(&line),
            Some(Event::TransferProgress { .. } | Event::Located { .. }) => {}
            event => last = event,
        }
    };
    let authors = if may_mute { store.read(authors).await.unwrap_or_default() } else { Authors::default() };
    store.finish();
    for line in store.take_remarks() {
        say(&line);
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    written(match last {
        Some(Event::Arrived { thread, .. }) => {
            printed_filter(args, Query::parse)?;
            write_thread(args, &config.options, &thread, authors, format)
        }
        Some(Event::Listed { listing, .. }) => {
            refuse_for_list(args)?;
            let filter = printed_filter(args, Query::for_stories)?;
            let (listing, left_out) = config.options.lists.printed(&listing, &authors, filter.as_ref());
            // What is printed is stories alone.
            for words in &left_out {
                say(&format!("{target}: {words}"));
            }
            write_list(args, &listing, format)
        }
        _ => return Err(Failure::one(FAILURE, format!("{target}: nothing came"))),
    })
}

/// Fails where the command line says how comments are to be shown, though a list is printed. On the screen that holds for the
/// threads that are opened from the list.
pub(super) fn refuse_for_list(args: &Args) -> Result<(), Failure> {
    let score = |bound: Option<Bound>| bound.map(|bound| bound.to_string());
    let order = args.sort.map(|order| order.name().to_owned());
    let given = [("min-score", score(args.min_score)), ("full-score", score(args.full_score)), ("sort", order)];
    match given.into_iter().find_map(|(option, value)| Some((option, value?))) {
        Some((option, value)) => Err(Failure::usage(format!(
            "--{option} {value} means nothing to a list that is printed: it is for comments"
        ))),
        None => Ok(()),
    }
}

/// Says a line on standard error. Where that is closed, there is nobody to tell.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "lurker: {}", clean(line));
}

/// Reads a query; what is wrong with it is said with a line that points at the character.
pub(super) fn filter(text: &str, read: fn(&str) -> Result<Query, QueryError>) -> Result<Query, String> {
    read(text).map_err(|error| format!("--filter: {}\n{}", error.says, error.caret(text)))
}

/// The command line's filter for what is printed, now that its kind is known.
pub(super) fn printed_filter(
    args: &Args,
    read: fn(&str) -> Result<Query, QueryError>,
) -> Result<Option<Query>, Failure> {
    args.filter.as_deref().map(|text| filter(text, read)).transpose().map_err(Failure::usage)
}

pub(super) fn write_list(args: &Args, listing: &Listing, format: Format) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => print::stories_json(listing, &mut out)?,
        Format::Markdown => print::stories_markdown(listing, now(), &mut out)?,
        Format::Text => print::stories_text(listing, text_options(args), &mut out)?,
    }
    out.flush()
}

pub(super) fn text_options(args: &Args) -> TextOptions {
    let width = args.width.map_or_else(terminal_width, usize::from);
    TextOptions { width, colour: colour(args), ascii: args.ascii, now: now() }
}

fn write_thread(
    args: &Args,
    options: &Options,
    thread: &Arc<Thread>,
    authors: Authors,
    format: Format,
) -> io::Result<()> {
    let selection = Selection { authors, ..options.selection(thread.story()) };
    let order = options.order(thread.story());
    // Preorder is part of the format.
    let order = if format == Format::Json { order.as_tree() } else { order };
    let thread = &order.arrange(thread);
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => print::json(thread, &selection, &mut out)?,
        Format::Markdown => print::markdown(thread, &selection, &mut out)?,
        Format::Text => print::text(thread, &selection, text_options(args), &mut out)?,
    }
    out.flush()
}

pub(super) fn terminal_width() -> usize {
    let width = if io::stdout().is_terminal() { crossterm::terminal::size().ok() } else { None };
    width.map_or(80, |(columns, _)| usize::from(columns).max(1))
}

/// Whether standard output is a terminal that can do more than print lines.
pub(super) fn has_screen() -> bool {
    let is_named = std::env::var_os("TERM").is_some_and(|name| !name.is_empty() && name != "dumb");
    is_named && io::stdout().is_terminal()
}

pub(super) fn colour(args: &Args) -> bool {
    match args.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()) && has_screen(),
    }
}

pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// The folder through which several lurkers share the limits of hosts: in the user's runtime folder, or else in the cache
/// folder (XDG Base Directory Specification).
pub(super) fn limits_folder() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = || folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")));
    folder("XDG_RUNTIME_DIR").or_else(cache).map(|folder| folder.join("lurker"))
}
