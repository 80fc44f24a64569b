//! `lurker doctor`: the abilities of terminal, config, store and network, a line for each.

use std::env;
use std::io::{self, IsTerminal, Write};

use tokio::sync::mpsc::unbounded_channel;

use super::args::Args;
use super::config::Config;
use super::exit::{FAILURE, Failure, written};
use super::fetch::{Fetcher, Service};
use super::http::{Client, Settings, proxy};
use super::printing::{limits_folder, now};
use super::store_command::size;
use super::store_settings::StoreSettings;
use super::store_worker::{aside_words, error_words};
use super::{hyperlink, scroll};
use crate::app::{self, Event, KnownState};
use crate::markup::clean;
use crate::store::SetAside;

/// The result of one look: the lines, and whether all is well.
struct Finding {
    subject: &'static str,
    lines: Vec<String>,
    is_well: bool,
}

impl Finding {
    fn new(subject: &'static str, outcome: Result<Vec<String>, Vec<String>>) -> Self {
        let is_well = outcome.is_ok();
        Self { subject, lines: outcome.unwrap_or_else(|lines| lines), is_well }
    }
}

/// Prints all findings; the exit code says whether all is well. A site is asked only where `asks_site` is set.
pub(super) fn run(args: &Args, asks_site: bool) -> Result<u8, Failure> {
    let mut findings = vec![Finding::new("terminal", Ok(terminal()))];
    match Config::read(args.config.as_deref()) {
        Err(mistakes) => findings.push(Finding::new("config", Err(mistakes))),
        Ok(config) => {
            findings.push(Finding::new("config", Ok(config_words(args, &config.keyless))));
            findings.push(Finding::new("store", store(&config.store).map(one).map_err(one)));
            findings.push(Finding::new("network", network(&config.network).map(one).map_err(one)));
            if asks_site {
                findings.push(Finding::new("site", ask_site(config).map(one).map_err(one)));
            }
        }
    }
    let printed = print(&findings, &mut io::stdout().lock());
    let is_well = findings.iter().all(|finding| finding.is_well);
    written(printed).map(|code| if is_well { code } else { FAILURE })
}

fn one(line: String) -> Vec<String> {
    vec![line]
}

fn print(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    for Finding { subject, lines, is_well } in findings {
        let mut subject = if *is_well { (*subject).to_owned() } else { format!("{subject} !") };
        for line in lines {
            writeln!(out, "{subject:<12}{}", clean(line).replace('\n', " "))?;
            subject.clear();
        }
    }
    out.flush()
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

fn terminal() -> Vec<String> {
    let named = |name| match variable(name) {
        value if value.is_empty() => format!("{name} is not set"),
        value => format!("{name}={value}"),
    };
    let size = match crossterm::terminal::size() {
        Ok((columns, lines)) if io::stdout().is_terminal() => format!("{columns} columns, {lines} lines"),
        _ => "standard output is no terminal: lurker prints text".to_owned(),
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(|name| !variable(name).is_empty());
    let known = |is_known| if is_known { "known to work" } else { "not known to work, and not used" };
    vec![
        format!("{}, {}, {}; {size}", named("TERM"), named("COLORTERM"), locale.map_or("no locale".to_owned(), named)),
        format!(
            "hyperlinks: {}; scrolled blocks: {}",
            known(hyperlink::is_known(variable)),
            known(scroll::is_supported(variable))
        ),
    ]
}

fn config_words(args: &Args, keyless: &[&str]) -> Vec<String> {
    let says = match Config::path(args.config.as_deref()) {
        Some((path, _)) if path.exists() => format!("{}: all of it is right", path.display()),
        Some((path, _)) => format!("{}: is not there, and need not be", path.display()),
        None => "there is no folder for it, and need not be".to_owned(),
    };
    let lost = |name| format!("its [keys] give the last key of {name} to another command, and leave it none");
    std::iter::once(says).chain(keyless.iter().map(lost)).collect()
}

fn store(settings: &StoreSettings) -> Result<String, String> {
    let wrong = |error| error_words(settings, &error);
    let Some(opened) = settings.open(now()) else {
        return Ok("there is none: it is off in the config, or HOME is not set".to_owned());
    };
    let (store, aside) = opened.map_err(wrong)?;
    if let Some(SetAside(aside)) = aside {
        return Err(aside_words(store.path(), &aside));
    }
    store.check().map_err(wrong)?;
    let contents = store.contents().map_err(wrong)?;
    let (bytes, most) = (size(contents.bytes), size(settings.max_bytes));
    Ok(format!("{}: whole, {} threads, {bytes} of at most {most}", store.path().display(), contents.threads))
}

fn network(settings: &Settings) -> Result<String, String> {
    Client::new(settings).map_err(|error| app::plain(&error))?;
    // A proxy's address may hold a password, so only who names it is told.
    let through = |scheme| Some(format!("{scheme} through {}", proxy::named_for_scheme(scheme, settings)?));
    let proxies: Vec<String> = ["https", "http"].into_iter().filter_map(through).collect();
    let proxies = if proxies.is_empty() { "no proxy".to_owned() } else { proxies.join(", ") };
    Ok(format!("the system's certificates can be read; {proxies}"))
}

/// Loads the first page of the default site's list.
fn ask_site(config: Config) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let (sender, mut answers) = unbounded_channel();
    let network = config.network.with_limits_in(limits_folder());
    let name = config.default_site;
    let outcome = runtime.block_on(async {
        let mut service = Service::new(network, config.sites, sender);
        service.load(0, &name, None, KnownState::Unknown);
        let mut stories = 0;
        while let Some(event) = answers.recv().await {
            match event {
                Event::Listed { listing, .. } => stories = listing.entries.len(),
                Event::Failed(_, error) => return Err(app::plain(&error)),
                Event::Complete(_) => break,
                _ => {}
            }
        }
        Ok(format!("{name} answers, with {stories} stories"))
    });
    runtime.shutdown_background();
    outcome
}
