//! `lurker save`: threads of a site are loaded one by one and kept in the store.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::args::Args;
use super::config::Config;
use super::exit::{FAILURE, Failure};
use super::fetch::{Fetcher, Service};
use super::keeper::{authors, memories};
use super::printing::{limits_folder, now, say};
use super::signals;
use super::source::Source;
use super::store_worker::StoreWorker;
use crate::app::{self, Event, KnownState};
use crate::markup::clean_line;
use crate::model::{Listing, LoadError, Thread, counted};
use crate::store::ThreadKey;
use crate::view::{ListRules, ListView};

/// The most columns of the progress bar.
const BAR: usize = 24;

/// Saves every thread that the targets name, and so many of each list.
pub(super) fn run(args: &Args, config: Config, targets: &[String], count: u32) -> Result<u8, Failure> {
    let mut wanted = Vec::new();
    for target in targets {
        wanted.push((target, Source::parse(target, &config.sites).map_err(Failure::usage)?));
    }
    let store = StoreWorker::start(config.store, now);
    if !store.is_there() {
        return Err(Failure::one(FAILURE, "there is no store to save in: it is off in the config, or HOME is not set"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::one(FAILURE, format!("could not start: {error}")))?;
    let (sender, answers) = unbounded_channel();
    let service = Service::new(config.network.with_limits_in(limits_folder()), config.sites, sender)
        .with_store(store.clone(), args.store_policy());
    let rules = config.options.lists;
    let mut saving = Saving { service, answers, store: store.clone(), rules, requests: 0, has_failed: false };
    runtime.block_on(async {
        signals::outlast_file_limit();
        saving.save_all(&wanted, count as usize).await;
    });
    runtime.shutdown_background();
    store.finish();
    let remarks = store.take_remarks();
    for line in &remarks {
        say(line);
    }
    Ok(if saving.has_failed || !remarks.is_empty() { FAILURE } else { 0 })
}

struct Saving {
    service: Service,
    answers: UnboundedReceiver<Event>,
    store: StoreWorker,
    rules: ListRules,
    requests: u64,
    has_failed: bool,
}

/// What a load brought.
enum Brought {
    Thread(Arc<Thread>),
    List(Arc<Listing>),
    Nothing,
}

impl Saving {
    async fn save_all(&mut self, wanted: &[(&String, Source)], count: usize) {
        let mut threads = Vec::new();
        for (target, source) in wanted {
            match source {
                Source::List(_) => threads.extend(self.threads_of(target, count).await),
                Source::Thread(_) => threads.push((*target).clone()),
                Source::Local(_) | Source::Stored(_) => {
                    self.fail(&format!(
                        "{target}: is no thread or list of a site, and is there without a network anyway"
                    ));
                }
            }
        }
        for (place, target) in threads.iter().enumerate() {
            self.save(target, place + 1, threads.len()).await;
        }
    }

    /// The targets of the first threads that a list shows, from as many pages as it takes. Says how many are left out before
    /// the last of them because a rule or a mute hides them.
    async fn threads_of(&mut self, target: &str, count: usize) -> Vec<String> {
        let (mut view, mut page): (ListView, Option<String>) = (self.list_view().await, None);
        while view.len() < count {
            let listing = match self.load(target, page.as_deref()).await {
                Ok(Brought::List(listing)) => listing,
                Ok(_) => break,
                Err(error) => {
                    self.fail(&app::plain(&error));
                    break;
                }
            };
            let before = view.len();
            let entries = listing.entries.clone();
            let memories = self.store.read(move |store| memories(store, &entries)).await;
            view.remember(&memories.unwrap_or_default());
            for entry in listing.entries.iter().filter(|entry| !entry.url.is_empty()) {
                if view.len() < count && view.entries().iter().all(|known| known.url != entry.url) {
                    view.take(&Listing { entries: vec![entry.clone()], ..Listing::default() }, true);
                    view.close_page();
                }
            }
            page.clone_from(&listing.next);
            // A list that repeats itself may have no last page, and one of which a rule hides all may be long.
            if view.len() == before || page.is_none() {
                break;
            }
        }
        if let Some(words) = view.hidden_words() {
            say(&format!("{target}: not saved: {words}"));
        }
        view.shown().map(|entry| entry.url.clone()).collect()
    }

    /// An empty list that hides what the reader's lists hide.
    async fn list_view(&self) -> ListView {
        let mut view = ListView::new((0, 0), self.rules.clone());
        view.set_authors(&self.store.read(authors).await.unwrap_or_default());
        view
    }

    async fn save(&mut self, target: &str, place: usize, all: usize) {
        tell_begun(place - 1, all, target);
        match self.load(target, None).await {
            Ok(Brought::Thread(thread)) => {
                let key = ThreadKey::of(thread.story());
                // Behind what the load has stored.
                let now = now();
                match self.store.read(move |store| store.save(&key, now)).await {
                    Some(true) => {
                        tell_saved(
                            place,
                            all,
                            &format!("{} ({})", thread.story().title, counted(thread.len(), "comment")),
                        );
                    }
                    _ => self.fail(&format!("{target}: could not be stored")),
                }
            }
            Ok(_) => self.fail(&format!("{target}: no thread came")),
            Err(error) => self.fail(&format!("{target}: {}", app::plain(&error))),
        }
    }

    /// Loads one thing after the other: the sites are not hurried.
    async fn load(&mut self, target: &str, page: Option<&str>) -> Result<Brought, LoadError> {
        self.requests += 1;
        self.service.load(self.requests, target, page, KnownState::Unknown);
        let mut brought = Brought::Nothing;
        while let Some(event) = self.answers.recv().await {
            match event {
                Event::Arrived { thread, .. } => brought = Brought::Thread(thread),
                Event::Listed { listing, .. } => brought = Brought::List(listing),
                Event::Report(line) | Event::AsStored { line, .. } => self.fail(&line),
                Event::Failed(_, error) => return Err(error),
                Event::Complete(_) => break,
                _ => {}
            }
        }
        Ok(brought)
    }

    fn fail(&mut self, line: &str) {
        self.has_failed = true;
        if io::stderr().is_terminal() {
            // Where standard error is closed, there is nobody to tell.
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
        say(line);
    }
}

/// Shows on a terminal what is loaded now, behind so many that are saved.
fn tell_begun(saved: usize, all: usize, target: &str) {
    if io::stderr().is_terminal() {
        tell_bar(saved, all, target, "");
    }
}

/// Shows that one more thread is saved: in the terminal's line, else in a line of its own.
fn tell_saved(saved: usize, all: usize, name: &str) {
    if io::stderr().is_terminal() {
        tell_bar(saved, all, name, if saved == all { "\n" } else { "" });
    } else {
        // Where standard error is closed, there is nobody to tell.
        let _ = writeln!(io::stderr(), "{saved}/{all} {}", clean_line(name));
    }
}

/// Writes a bar over the line of a terminal.
fn tell_bar(saved: usize, all: usize, name: &str, end: &str) {
    let filled = BAR * saved / all.max(1);
    let (name, columns) = (clean_line(name).chars().take(40).collect::<String>(), BAR - filled);
    // Where standard error is closed, there is nobody to tell.
    let _ = write!(io::stderr(), "\r\x1b[K[{:#<filled$}{:-<columns$}] {saved}/{all} {name}{end}", "", "");
}
