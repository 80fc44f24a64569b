//! The program: reads the config, prints or opens the screen, and returns an exit code.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use ratatui::Terminal;
use tokio::runtime::Runtime;
use tokio::sync::mpsc::unbounded_channel;

use super::ansi_backend::AnsiBackend;
use super::args::{Args, Format};
use super::cluster_backend::ClusterBackend;
use super::config::Config;
use super::desktop::System;
use super::exit::{FAILURE, Failure, USAGE};
use super::fetch::{Reading, Service};
use super::keeper::Keeper;
use super::own_list::OwnList;
use super::panics::CaughtPanics;
use super::printing::{colour, filter, has_screen, limits_folder, now, print_content, refuse_for_list, say};
use super::run::{Ending, Environment, run};
use super::source::{Local, Source};
use super::store_worker::{StoreWorker, aside_words};
use super::terminal::{Guard, TerminalModes};
use super::terminal_output::Frames;
use super::terminal_size::TerminalSize;
use super::{command, input, scroll};
use crate::app::{App, Network, Options};
use crate::markup::clean;
use crate::site::{self, Info, SITES};
use crate::store::SetAside;
use crate::view::{Query, Thresholds};

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
    let Some(instead) = &args.instead else { return read(args) };
    let on_screen = args.reading_own_list().filter(|_| args.format.is_none() && has_screen());
    on_screen.map_or_else(|| command::run(args, instead), |args| read(&args))
}

/// Prints what the command line names, or opens it on the screen.
fn read(args: &Args) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::one(FAILURE, format!("could not start: {error}")))?;
    let panics = CaughtPanics::default();
    let is_on_screen = args.format.is_none() && has_screen();
    let demo = if is_on_screen { begin_demo(args, &runtime, &panics) } else { None };
    let mut config = Config::read(args.config.as_deref()).map_err(|lines| Failure(USAGE, lines))?;
    override_with(args, &mut config.options);
    let resumed = if args.target.is_none() && has_screen() { resumed(&mut config) } else { None };
    let target = resumed.map_or_else(|| target(args, &config), Ok).map_err(Failure::usage)?;
    let source = Source::parse(&target, &config.sites).map_err(Failure::usage)?;
    set_filter(&mut config.options, args.filter.as_deref(), &source).map_err(Failure::usage)?;
    let format = args.format.or_else(|| (!has_screen()).then_some(Format::Text));
    if format.is_some() && matches!(source, Source::List(_) | Source::Stored(_)) {
        refuse_for_list(args)?;
    }
    if format.is_none() && matches!(source, Source::Local(Local::Standard)) && io::stdin().is_terminal() {
        let line = "-: standard input is the terminal, where the keys come from; give lurker a pipe or a file";
        return Err(Failure::usage(line));
    }
    let outcome = match format {
        Some(format) => runtime.block_on(print_content(args, config, &target, format)),
        None => runtime.block_on(open_screen(args, config, &target, (&source, demo), panics)),
    };
    // A name that is being looked up must not keep the program from ending.
    runtime.shutdown_background();
    outcome
}

/// Begins to read the built-in discussion, if that is to be opened.
fn begin_demo(args: &Args, runtime: &Runtime, panics: &CaughtPanics) -> Option<Reading> {
    let _context = runtime.enter();
    Reading::of_demo(args.target.as_deref(), panics)
}

/// The thread that was read last, where the config says to begin there. A damaged store is set aside now, which is a remark;
/// what else is wrong with the store is said later, when it is opened again.
fn resumed(config: &mut Config) -> Option<String> {
    let opened = if config.resumes { config.store.open(now()) } else { None };
    let (store, aside) = opened?.ok()?;
    if let Some(SetAside(aside)) = aside {
        let lines = config.options.remark.take().into_iter().chain([aside_words(store.path(), &aside)]);
        config.options.remark = Some(lines.collect::<Vec<_>>().join("; "));
    }
    let url = store.history(1).ok()?.pop()?.entry.url;
    Source::parse(&url, &config.sites).is_ok().then_some(url)
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
        Source::List(_) | Source::Stored(_) => options.list_filter = Some(filter(text, Query::for_stories)?),
        Source::Local(Local::Demo) | Source::Thread(_) => options.filter = Some(filter(text, Query::parse)?),
        Source::Local(Local::Standard | Local::File(_)) => {
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

/// Opens the source on the screen; it may have begun to be read already.
async fn open_screen(
    args: &Args,
    mut config: Config,
    target: &str,
    (source, begun): (&Source, Option<Reading>),
    panics: CaughtPanics,
) -> Result<u8, Failure> {
    let no_screen = |error: io::Error| Failure::one(FAILURE, format!("no screen: {error}"));
    let colour = colour(args);
    let modes = TerminalModes::default();
    let (sender, answers) = unbounded_channel();
    let store = StoreWorker::start(config.store, now).telling(sender.clone());
    let network = config.network.with_limits_in(limits_folder());
    let service = Service::new(network, config.sites, sender.clone()).saved_from(args.site.clone());
    let service = service.with_store(store.clone(), args.store_policy());
    let mut service = service.with_panics(panics.clone()).opening_with(source, begun);
    let inputs = input::listen().map_err(no_screen)?;
    let guard = Guard::new(modes.clone(), panics).map_err(no_screen)?;
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
    config.options.remembers = store.is_there();
    config.options.network = if args.offline { Network::Unused } else { Network::Used };
    config.options.ascii = ascii;
    if store.is_there() {
        config.options.sites.extend(OwnList::SITES.map(|kind| kind.target().to_owned()));
        config.options.sections.push(OwnList::People.target().to_owned());
    }
    let app = App::new(target.to_owned(), config.keys, config.options, size, now());
    let environment = Environment {
        inputs: inputs.with_terminal(restyle, &modes),
        answers,
        fetcher: &mut service,
        keeper: Keeper::new(store.clone(), sender.clone()),
        desktop: &mut System::new(modes.clone()).with_openers(config.openers, sender),
        size: terminal_size,
        output: modes.output.clone(),
        clock: &now,
        styles: appearance.styles(colour, ascii, None),
    };
    let ending = run(app, &mut screen, environment).await;
    drop(guard);
    store.finish();
    store.take_remarks().iter().for_each(|line| say(line));
    Ok(match ending.map_err(no_screen)? {
        Ending::Quit => 0,
        Ending::Unread => FAILURE,
        Ending::Terminated(code) => code,
    })
}
