//! Loading: drives a site's loader over the network or reads a file, and sends the results as events.

mod arrival;
mod saved;
mod stored;

use std::collections::HashMap;
use std::future::{poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::{JoinHandle, JoinSet, spawn_blocking};
use tokio::time::{Instant, sleep_until, timeout};

pub(super) use self::saved::Reading;

use self::arrival::Arrival;
use super::http::{Client, Settings, TransferStatus};
use super::own_list::OwnList;
use super::panics::CaughtPanics;
use super::source::{Local, Source};
use super::store_settings::StorePolicy;
use super::store_worker::StoreWorker;
use crate::app::{Event, KnownState, TransferLine};
use crate::model::{Advice, Listing, LoadError};
use crate::site::{Answer, Loader, Progress, Sites, ThreadTarget, Validators, is_surely_thread};
use crate::view::ago;

/// The status of an answer that nothing has changed.
const NOT_MODIFIED: u16 = 304;

/// The interval between reports on a slow transfer.
const REPORT_INTERVAL: Duration = Duration::from_secs(1);

/// The time without any answer after which a loader is told that one is overdue.
const OVERDUE: Duration = Duration::from_secs(3);

/// Starts and stops loads. What comes of them arrives as events with the number of the request.
pub trait Fetcher {
    /// Starts to load what the source names; of a list, the page that `from` names.
    fn load(&mut self, request: u64, source: &str, from: Option<&str>, known: KnownState);

    /// Stops a load; nothing comes of it any more.
    fn cancel(&mut self, request: u64);

    /// Whether a target names something that may be loaded.
    ///
    /// # Errors
    /// One line that names the forms that come closest.
    fn check(&self, _target: &str) -> Result<(), String> {
        Ok(())
    }

    /// Whether a link of the page at `beside` is surely a thread that can be loaded.
    fn knows(&self, link: &str, beside: &str) -> bool;

    /// Whether there is something to show of what the program opens, before it is loaded. Waits this long at most for what is
    /// on this machine.
    fn has_begun(&mut self, _most: Duration) -> Pin<Box<dyn Future<Output = bool> + '_>> {
        Box::pin(ready(false))
    }
}

/// The fetcher of the program itself.
pub struct Service {
    shared: Arc<Shared>,
    sites: Sites,
    answers: UnboundedSender<Event>,
    panics: CaughtPanics,
    loads: HashMap<u64, tokio::task::AbortHandle>,
    /// The site that files and standard input come from, where the reader says so.
    saved_from: Option<String>,
    store: StoreWorker,
    policy: StorePolicy,
}

impl Service {
    /// A fetcher that sends its events here.
    pub fn new(settings: Settings, sites: Sites, answers: UnboundedSender<Event>) -> Self {
        let shared = Arc::new(Shared {
            settings,
            client: OnceCell::new(),
            coming_client: Mutex::default(),
            opening: Mutex::default(),
            standard_input: OnceCell::new(),
            begun: Mutex::default(),
        });
        Self {
            shared,
            sites,
            answers,
            panics: CaughtPanics::default(),
            loads: HashMap::new(),
            saved_from: None,
            store: StoreWorker::none(),
            policy: StorePolicy::Usual,
        }
    }

    /// Reads from this store, and stores what is loaded.
    #[must_use]
    pub fn with_store(self, store: StoreWorker, policy: StorePolicy) -> Self {
        Self { store, policy, ..self }
    }

    /// Registers the work whose panics are caught here, for the panic hook.
    #[must_use]
    pub fn with_panics(self, panics: CaughtPanics) -> Self {
        Self { panics, ..self }
    }

    /// Takes files and standard input to come from this site.
    #[must_use]
    pub fn saved_from(self, site: Option<String>) -> Self {
        Self { saved_from: site, ..self }
    }

    /// Begins what the source that is loaded first needs, on another thread, while the terminal is set up and the first frame
    /// is drawn: the client for the network, or reading what is on this machine, unless that has begun. Needs the runtime.
    #[must_use]
    pub(super) fn opening_with(self, source: &Source, reading: Option<Reading>) -> Self {
        if matches!(source, Source::Thread(_) | Source::List(_)) && self.policy != StorePolicy::Offline {
            let (settings, panics) = (self.shared.settings.clone(), self.panics.clone());
            let coming = spawn_blocking(move || panics.catch(|| Client::new(&settings)));
            *self.shared.coming_client.lock().unwrap_or_else(PoisonError::into_inner) = Some(coming);
        }
        let begin = |local: &Local| {
            Reading::begin(local.clone(), self.saved_from.clone(), self.shared.settings.max_body, &self.panics)
        };
        let reading = reading.or_else(|| if let Source::Local(local) = source { Some(begin(local)) } else { None });
        *self.shared.opening.lock().unwrap_or_else(PoisonError::into_inner) = reading;
        self
    }

    /// Sends at once what is known of a source before it is loaded: the address of a thread, the heading of a list.
    fn announce(source: &Source, load: &Load) {
        match source {
            Source::Thread(address) => load.locate(address),
            Source::List(list) if load.page.1.is_none() && !load.is_shown() => {
                let listing = Listing { heading: list.heading(), ..Listing::default() };
                load.send(&Arc::new(listing), Progress::default());
            }
            Source::List(_) | Source::Stored(_) | Source::Local(_) => {}
        }
    }
}

impl Fetcher for Service {
    fn load(&mut self, request: u64, source: &str, from: Option<&str>, known: KnownState) {
        let (shared, answers) = (Arc::clone(&self.shared), self.answers.clone());
        let (panics, store, policy) = (self.panics.clone(), self.store.clone(), self.policy);
        let page = (source.to_owned(), from.map(str::to_owned));
        let load = Load { request, answers, shared, panics, store, policy, known, page };
        let (source, saved_from) = (Source::parse(source, &self.sites), self.saved_from.clone());
        if let Ok(source) = &source {
            Self::announce(source, &load);
        }
        let task = tokio::spawn(async move {
            let work = async {
                match source {
                    Ok(Source::Thread(target)) => load.thread(target).await,
                    Ok(Source::List(target)) => load.list(target, load.page.1.clone()).await,
                    Ok(Source::Stored(kind)) => load.read_stored(kind).await,
                    Ok(Source::Local(local)) => load.read_saved(local, saved_from).await,
                    Err(says) => Err(LoadError::other("", says)),
                }
            };
            let outcome = catch_panics(work, &load.panics).await;
            load.end(outcome);
        });
        self.loads.retain(|_, task| !task.is_finished());
        self.loads.insert(request, task.abort_handle());
    }

    fn cancel(&mut self, request: u64) {
        if let Some(task) = self.loads.remove(&request) {
            task.abort();
        }
    }

    fn check(&self, target: &str) -> Result<(), String> {
        Source::parse(target, &self.sites).map(|_| ())
    }

    fn knows(&self, link: &str, beside: &str) -> bool {
        is_surely_thread(link, beside, &self.sites)
    }

    fn has_begun(&mut self, most: Duration) -> Pin<Box<dyn Future<Output = bool> + '_>> {
        Box::pin(async move {
            let Some(mut reading) = self.shared.take_opening() else { return false };
            let has_begun = timeout(most, reading.begins()).await.is_ok();
            *self.shared.opening.lock().unwrap_or_else(PoisonError::into_inner) = Some(reading);
            has_begun
        })
    }
}

/// A client that another thread makes; nothing comes of it where that panics.
type ComingClient = JoinHandle<Option<Result<Client, LoadError>>>;

/// The state that all loads share.
struct Shared {
    settings: Settings,
    /// Made for the first request, or before it: reading the system's certificates takes some milliseconds.
    client: OnceCell<Client>,
    /// A client on its way, which nobody has waited for.
    coming_client: Mutex<Option<ComingClient>>,
    /// What is read of the source that the program opens, until its load takes it over.
    opening: Mutex<Option<Reading>>,
    /// Standard input can be read once; a reload takes what was in it.
    standard_input: OnceCell<Result<saved::Saved, LoadError>>,
    /// When pages were loaded within the last interval: each by its source and where in it the load began.
    begun: Mutex<HashMap<(String, Option<String>), Instant>>,
}

impl Shared {
    fn take_opening(&self) -> Option<Reading> {
        self.opening.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Waits until a page may be loaded again: a key that is held loads it again and again. A load that is stopped before
    /// has not begun.
    async fn wait_for_turn(&self, page: (String, Option<String>)) {
        while let Err(turn) = self.begin(&page) {
            sleep_until(turn).await;
        }
    }

    /// Enters that a page is loaded, or gives the moment from which it may be.
    fn begin(&self, page: &(String, Option<String>)) -> Result<(), Instant> {
        let now = Instant::now();
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let interval = self.settings.reload_interval;
        begun.retain(|_, begun| *begun + interval > now);
        if let Some(last) = begun.get(page) {
            return Err(*last + interval);
        }
        begun.insert(page.clone(), now);
        Ok(())
    }
}

/// One load. A send fails only when the loop has ended, and then nobody waits for it.
struct Load {
    request: u64,
    answers: UnboundedSender<Event>,
    shared: Arc<Shared>,
    panics: CaughtPanics,
    store: StoreWorker,
    policy: StorePolicy,
    known: KnownState,
    /// What is loaded, and of a list the page.
    page: (String, Option<String>),
}

/// The end of a load over the network.
enum Driven<T> {
    /// The site says that nothing has changed.
    Unchanged,
    /// All of it, which has been sent.
    Loaded {
        content: Arc<T>,
        /// Of the answer, where all came in one.
        validators: Validators,
        /// The time for which it need not be asked for again.
        fresh_for: Duration,
    },
}

impl Load {
    fn send<T: Arrival>(&self, content: &Arc<T>, progress: Progress) {
        let _ = self.answers.send(T::event(Arc::clone(content), self.request, progress));
    }

    /// Notes for the end of the load that what is stored is all there is now, and why.
    fn say_stored(&self, why: &str, loaded_at: i64) {
        let line = format!("{why}: as stored {}", ago(loaded_at, self.now()));
        let _ = self.answers.send(Event::AsStored { request: self.request, line });
    }

    /// Says a line to the reader.
    fn say(&self, line: &str) {
        let _ = self.answers.send(Event::Report(line.to_owned()));
    }

    /// Whether it is on the screen already.
    fn is_shown(&self) -> bool {
        self.known == KnownState::Shown
    }

    fn now(&self) -> i64 {
        (self.shared.settings.now)()
    }

    /// Sends what is known of a thread before it is here: its address on the web, and the comment that is its target.
    fn locate(&self, target: &ThreadTarget) {
        let (url, comment) = (target.page().to_owned(), target.comment().map(str::to_owned));
        let _ = self.answers.send(Event::Located { request: self.request, url, comment });
    }

    /// Reports the state of the transfers; `None` takes the last report back.
    fn report(&self, line: Option<TransferLine>) {
        let _ = self.answers.send(Event::TransferProgress { request: self.request, line });
    }

    fn end(&self, outcome: Result<(), LoadError>) {
        self.store.take_remarks().iter().for_each(|remark| self.say(remark));
        let _ = self.answers.send(match outcome {
            Ok(()) => Event::Complete(self.request),
            Err(error) => Event::Failed(self.request, error),
        });
    }

    async fn read_stored(&self, kind: OwnList) -> Result<(), LoadError> {
        let now = self.now();
        let listing = self.store.read(move |store| kind.listing(store, now)).await;
        let listing = listing.ok_or_else(|| LoadError::other("", "there is no store, or it could not be read"))?;
        self.send(&Arc::new(listing), Progress::default());
        Ok(())
    }

    async fn client(&self) -> Result<&Client, LoadError> {
        let settings = self.shared.settings.clone();
        let connect = || async {
            let coming = self.shared.coming_client.lock().unwrap_or_else(PoisonError::into_inner).take();
            match coming {
                Some(coming) => coming.await.ok().flatten().ok_or_else(internal_error)?,
                None => self.aside(move || Client::new(&settings)).await?,
            }
        };
        self.shared.client.get_or_try_init(connect).await
    }

    /// Makes a loader's requests until it wants no more, and sends the thread on the way as often as that costs little, and
    /// it does not hide more that is stored. Where the first request is the only one, it has these validators.
    async fn drive<T: Arrival>(
        &self,
        mut loader: Box<dyn Loader<T>>,
        stored: &Validators,
        holds_snapshots: bool,
    ) -> Result<Driven<T>, LoadError> {
        let status = Arc::new(TransferStatus::default());
        let client = self.client().await?.with_status(&status);
        let (mut report_at, mut reported) = (Instant::now() + REPORT_INTERVAL, None);
        let mut flight = JoinSet::new();
        // A snapshot is due once an answer has come since the last, and not before `snapshot_at`.
        let (mut snapshot_at, mut is_snapshot_due) = (Instant::now(), false);
        let mut overdue_at = Instant::now() + OVERDUE;
        let (mut requests, mut validators) = (0, Validators::default());
        loop {
            let mut wanted = loader.next();
            if let ([first], 0) = (wanted.as_mut_slice(), requests) {
                first.headers.extend(stored.headers());
            }
            requests += wanted.len();
            for request in wanted {
                let (client, panics) = (client.clone(), self.panics.clone());
                flight.spawn(async move { (request.key, catch_panics(client.send(&request), &panics).await) });
            }
            let joined = tokio::select! {
                joined = flight.join_next() => joined,
                () = sleep_until(report_at), if !flight.is_empty() => {
                    let line = status.line();
                    if line != reported {
                        self.report(line.clone());
                        reported = line;
                    }
                    report_at = Instant::now() + REPORT_INTERVAL;
                    continue;
                }
                () = sleep_until(overdue_at), if !flight.is_empty() => {
                    loader.overdue();
                    overdue_at = Instant::now() + OVERDUE;
                    continue;
                }
                // The answers so far must not wait for one that may be slow, or never come.
                () = sleep_until(snapshot_at), if is_snapshot_due && !holds_snapshots && !flight.is_empty() => {
                    let took;
                    (loader, took) = self.send_snapshot(loader).await?;
                    // At most a tenth of the time goes into snapshots.
                    (snapshot_at, is_snapshot_due) = (Instant::now() + 9 * took, false);
                    continue;
                }
            };
            let Some(joined) = joined else { break };
            let (key, outcome) = joined.map_err(|_| internal_error())?;
            if let Ok(answer) = &outcome {
                if answer.status == NOT_MODIFIED && requests == 1 && !stored.is_empty() {
                    return Ok(Driven::Unchanged);
                }
                validators = answer.validators.clone();
            }
            loader = self.answer(loader, key, outcome).await?;
            (is_snapshot_due, overdue_at) = (true, Instant::now() + OVERDUE);
        }
        let progress = loader.progress();
        let fresh_for = loader.fresh_for();
        let content = Arc::new(self.aside(move || loader.snapshot()).await??);
        self.send(&content, progress);
        let validators = if requests == 1 { validators } else { Validators::default() };
        Ok(Driven::Loaded { content, validators, fresh_for })
    }

    /// Gives an answer to the loader, off the loop's thread.
    async fn answer<T: Arrival>(
        &self,
        mut loader: Box<dyn Loader<T>>,
        key: u32,
        outcome: Result<Answer, LoadError>,
    ) -> Result<Box<dyn Loader<T>>, LoadError> {
        self.aside(move || {
            loader.answer(key, outcome);
            loader
        })
        .await
    }

    /// Sends what is here so far, made off the loop's thread, and returns how long that took.
    async fn send_snapshot<T: Arrival>(
        &self,
        loader: Box<dyn Loader<T>>,
    ) -> Result<(Box<dyn Loader<T>>, Duration), LoadError> {
        let begun = Instant::now();
        let (loader, content) = self
            .aside(move || {
                let content = loader.snapshot();
                (loader, content)
            })
            .await?;
        if let Ok(content) = content {
            self.send(&Arc::new(content), loader.progress());
        }
        Ok((loader, begun.elapsed()))
    }

    /// Runs work that takes time on another thread.
    async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, LoadError> {
        let panics = self.panics.clone();
        spawn_blocking(move || panics.catch(work)).await.ok().flatten().ok_or_else(internal_error)
    }
}

/// Runs work that waits on this thread; a panic is an error of it.
async fn catch_panics<T>(
    work: impl Future<Output = Result<T, LoadError>>,
    panics: &CaughtPanics,
) -> Result<T, LoadError> {
    let mut work = pin!(work);
    let mut poll = |context: &mut Context<'_>| panics.catch(|| work.as_mut().poll(context));
    poll_fn(move |context| poll(context).unwrap_or_else(|| Poll::Ready(Err(internal_error())))).await
}

fn internal_error() -> LoadError {
    LoadError::other("", "this could not be read because of an error in lurker itself")
        .advise(Advice::Other("please report it".to_owned()))
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    #[tokio::test]
    async fn loads_that_have_ended_are_forgotten() {
        let (answers, mut events) = unbounded_channel();
        let mut service = Service::new(Settings::default(), Sites::default(), answers);
        for request in 1..=20 {
            service.load(request, "no target of any site", None, KnownState::Unknown);
            let event = events.recv().await;
            assert!(matches!(event, Some(Event::Failed(number, _)) if number == request), "{event:?}");
        }
        assert_eq!(service.loads.len(), 1, "only the last one, which no load has followed");
    }
}
