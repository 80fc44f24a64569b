//! The program: reads the config, prints or opens the screen, and returns an exit code.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use ratatui::Terminal;
use tokio::sync::mpsc::unbounded_channel;

use super::ansi_backend::AnsiBackend;
use super::args::{Args, Colour, Format};
use super::cluster_backend::ClusterBackend;
use super::config::Config;
use super::desktop::System;
use super::fetch::{Fetcher, Service};
use super::panics::CaughtPanics;
use super::run::{Ending, Environment, run};
use super::source::Source;
use super::terminal::{Guard, TerminalModes};
use super::terminal_output::Frames;
use super::terminal_size::TerminalSize;
use super::{documents, input, scroll};
use crate::app::{self, App, Event, Options};
use crate::markup::clean;
use crate::model::{Listing, Thread};
use crate::print::{self, TextOptions};
use crate::site::{self, Info, SITES};
use crate::view::{Query, QueryError, Thresholds};

/// Exit codes.
const FAILURE: u8 = 1;
const USAGE: u8 = 2;

/// An exit code, and what is said on standard error: a line for each thing that is wrong.
struct Failure(u8, Vec<String>);

impl Failure {
    /// One thing is wrong.
    fn one(code: u8, line: impl Into<String>) -> Self {
        Self(code, vec![line.into()])
    }

    /// The command line or the config is wrong.
    fn usage(line: impl Into<String>) -> Self {
        Self::one(USAGE, line)
    }
}

/// Runs the command line's command.
pub fn start(args: &Args) -> ExitCode {
    match try_start(args) {
        Ok(code) => ExitCode::from(code),
        Err(Failure(code, lines)) => {
            for line in lines {
                // The line names what was requested, which may hold anything. Where standard error is closed too, there is
                // nobody to tell.
                let _ = writeln!(io::stderr(), "lurker: {}", clean(&line));
            }
            ExitCode::from(code)
        }
    }
}

fn try_start(args: &Args) -> Result<u8, Failure> {
    if let Some(instead) = &args.instead {
        let mut out = BufWriter::new(io::stdout().lock());
        let printed = documents::print(instead, args.config.as_deref(), &mut out);
        let printed = printed.map_err(|lines| Failure(USAGE, lines))?;
        return written(printed.and_then(|()| out.flush()));
    }
    let mut config = Config::read(args.config.as_deref()).map_err(|lines| Failure(USAGE, lines))?;
    override_with(args, &mut config.options);
    let target = target(args, &config).map_err(Failure::usage)?;
    let source = Source::parse(&target, &config.sites).map_err(Failure::usage)?;
    set_filter(&mut config.options, args.filter.as_deref(), &source).map_err(Failure::usage)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::one(FAILURE, format!("could not start: {error}")))?;
    let format = args.format.or_else(|| (!has_screen()).then_some(Format::Text));
    if format.is_none() && matches!(source, Source::Standard) && io::stdin().is_terminal() {
        let line = "-: standard input is the terminal, where the keys come from; give lurker a pipe or a file";
        return Err(Failure::usage(line));
    }
    let outcome = match format {
        Some(format) => runtime.block_on(print_content(args, config, &target, format)),
        None => runtime.block_on(open_screen(args, config, &target, &source)),
    };
    // A name that is being looked up must not keep the program from ending.
    runtime.shutdown_background();
    outcome
}

/// The target to open: that of the command line, else the default site; or a search where words follow it.
fn target(args: &Args, config: &Config) -> Result<String, String> {
    let target = args.target.as_ref().unwrap_or(&config.default_site);
    if args.words.is_empty() {
        return Ok(target.clone());
    }
    let heading = site::list(target, &config.sites).transpose()?.map(|list| list.heading());
    let search = heading.and_then(|heading| heading.search);
    let search = search.ok_or_else(|| {
        let can_search = |info: &&Info| {
            matches!(site::list(info.name, &config.sites), Some(Ok(list)) if list.heading().search.is_some())
        };
        let other = SITES.iter().map(|site| site.info()).find(can_search);
        let other = other.map(|Info { name, title, .. }| format!("; `lurker {name} WORDS` searches {title}"));
        format!("{target}: cannot be searched{}", other.unwrap_or_default())
    })?;
    Ok(format!("{search}{}", args.words.join(" ")))
}

/// The command line's options in place of the config's.
fn override_with(args: &Args, options: &mut Options) {
    options.text_width = args.width.map_or(options.text_width, usize::from);
    options.thresholds = Thresholds { hide: args.min_score, full: args.full_score };
    options.order = args.sort;
}

/// Sets the filter of what is opened: a list, or a thread. What a file holds is not known yet, so the query must be right for
/// one of them.
fn set_filter(options: &mut Options, text: Option<&str>, source: &Source) -> Result<(), String> {
    let Some(text) = text else { return Ok(()) };
    match source {
        Source::List(_) => options.list_filter = Some(filter(text, Query::for_stories)?),
        Source::Demo | Source::Thread(_) => options.filter = Some(filter(text, Query::parse)?),
        Source::Standard | Source::File(_) => {
            let (comments, stories) = (Query::parse(text), Query::for_stories(text));
            if comments.is_err() && stories.is_err() {
                filter(text, Query::parse)?;
            }
            let mistake = comments.as_ref().err().or(stories.as_ref().err());
            options.filter_mistake = mistake.map(|error| format!("not filtered: {}", error.says));
            (options.filter, options.list_filter) = (comments.ok(), stories.ok());
        }
    }
    Ok(())
}

/// Reads a query; what is wrong with it is said with a line that points at the character.
fn filter(text: &str, read: fn(&str) -> Result<Query, QueryError>) -> Result<Query, String> {
    read(text).map_err(|error| format!("--filter: {}\n{}", error.says, error.caret(text)))
}

/// The command line's filter for what is printed, now that its kind is known.
fn printed_filter(args: &Args, read: fn(&str) -> Result<Query, QueryError>) -> Result<Option<Query>, Failure> {
    args.filter.as_deref().map(|text| filter(text, read)).transpose().map_err(Failure::usage)
}

async fn print_content(args: &Args, config: Config, target: &str, format: Format) -> Result<u8, Failure> {
    if let Some(remark) = &config.options.remark {
        // Where standard error is closed, there is nobody to tell.
        let _ = writeln!(io::stderr(), "lurker: {}", clean(remark));
    }
    let (sender, mut answers) = unbounded_channel();
    let mut service = Service::new(config.network.with_limits_in(limits_folder()), config.sites, sender)
        .saved_from(args.site.clone());
    service.load(0, target, None);
    let mut last = None;
    while let Some(event) = answers.recv().await {
        match event {
            Event::Failed(_, error) => return Err(Failure::one(FAILURE, app::plain(&error))),
            Event::Complete(_) => break,
            Event::TransferProgress { .. } | Event::Located { .. } | Event::Report(_) => {}
            event => last = Some(event),
        }
    }
    written(match last {
        Some(Event::Arrived { thread, .. }) => {
            printed_filter(args, Query::parse)?;
            write_thread(args, &config.options, &thread, format)
        }
        Some(Event::Listed { listing, .. }) => {
            let filter = printed_filter(args, Query::for_stories)?;
            write_list(args, &config.options.lists.printed(&listing, filter.as_ref()), format)
        }
        _ => return Err(Failure::one(FAILURE, format!("{target}: nothing came"))),
    })
}

/// The exit code after printing; a closed pipe is no error.
fn written(outcome: io::Result<()>) -> Result<u8, Failure> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::one(FAILURE, format!("could not write: {error}")))
        }
        _ => Ok(0),
    }
}

fn write_list(args: &Args, listing: &Listing, format: Format) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => print::stories_json(listing, &mut out)?,
        Format::Markdown => print::stories_markdown(listing, now(), &mut out)?,
        Format::Text => print::stories_text(listing, text_options(args), &mut out)?,
    }
    out.flush()
}

fn text_options(args: &Args) -> TextOptions {
    let width = args.width.map_or_else(terminal_width, usize::from);
    TextOptions { width, colour: colour(args), ascii: args.ascii, now: now() }
}

fn write_thread(args: &Args, options: &Options, thread: &Arc<Thread>, format: Format) -> io::Result<()> {
    let selection = options.selection(thread.story());
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

fn terminal_width() -> usize {
    let width = if io::stdout().is_terminal() { crossterm::terminal::size().ok() } else { None };
    width.map_or(80, |(columns, _)| usize::from(columns).max(1))
}

async fn open_screen(args: &Args, config: Config, target: &str, source: &Source) -> Result<u8, Failure> {
    let no_screen = |error: io::Error| Failure::one(FAILURE, format!("no screen: {error}"));
    let colour = colour(args);
    let inputs = input::listen().map_err(no_screen)?;
    let (modes, panics) = (TerminalModes::default(), CaughtPanics::default());
    let guard = Guard::new(modes.clone(), panics.clone()).map_err(no_screen)?;
    let (appearance, ascii) = (config.appearance, args.ascii);
    let restyle = move |background| appearance.styles(colour, ascii, Some(background));
    let restyle = appearance.needs_background(colour).then(|| Box::new(restyle) as input::Restyle);
    let terminal_size = TerminalSize::default();
    let backend =
        ClusterBackend::new(AnsiBackend::new(Frames::new(modes.output.clone()))).with_size(terminal_size.clone());
    let scrolls = scroll::is_supported(|name| std::env::var(name).unwrap_or_default());
    let mut screen = Terminal::new(backend.with_scrolling(scrolls)).map_err(no_screen)?;
    let size = screen.size().map_err(no_screen)?;
    let size = (usize::from(size.width), usize::from(size.height));
    let app = App::new(target.to_owned(), config.keys, config.options, size, now()).at_comment(source.comment());
    let (sender, answers) = unbounded_channel();
    let network = config.network.with_limits_in(limits_folder());
    let service = Service::new(network, config.sites, sender.clone()).saved_from(args.site.clone());
    let environment = Environment {
        inputs: inputs.with_terminal(restyle, &modes),
        answers,
        fetcher: &mut service.with_panics(panics),
        desktop: &mut System::new(modes.clone()).with_openers(config.openers, sender),
        size: terminal_size,
        output: modes.output.clone(),
        clock: &now,
        styles: appearance.styles(colour, ascii, None),
    };
    let ending = run(app, &mut screen, environment).await.map_err(no_screen)?;
    drop(guard);
    Ok(match ending {
        Ending::Quit => 0,
        Ending::Unread => FAILURE,
        Ending::Terminated(code) => code,
    })
}

/// Whether standard output is a terminal that can do more than print lines.
fn has_screen() -> bool {
    let is_named = std::env::var_os("TERM").is_some_and(|name| !name.is_empty() && name != "dumb");
    is_named && io::stdout().is_terminal()
}

fn colour(args: &Args) -> bool {
    match args.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()) && has_screen(),
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// The folder through which several lurkers share the limits of hosts: in the user's runtime folder, or else in the cache
/// folder (XDG Base Directory Specification).
fn limits_folder() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = || folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")));
    folder("XDG_RUNTIME_DIR").or_else(cache).map(|folder| folder.join("lurker"))
}
