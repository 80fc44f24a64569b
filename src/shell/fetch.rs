//! Loading: drives a site's loader over the network, or reads a file, and sends what came to the loop.

use std::cell::Cell;
use std::collections::HashMap;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{Instant, sleep_until};

use super::http::{Client, Settings, TransferStatus};
use super::source::{DEMO, Source, read};
use crate::app::Event;
use crate::model::{Advice, Listing, LoadError, Thread};
use crate::site::{Answer, Content, ListTarget, Loader, Progress, Sites, ThreadTarget};
use crate::site::{is_surely_thread, list, saved};

/// The largest file that is read, in bytes: what comes from a disk was wanted, however large, but memory has an end.
const LARGEST_FILE: u64 = 1 << 30;

/// How often the reader is told how an answer that takes long comes along.
const TELL: Duration = Duration::from_secs(1);

/// After so long without any answer, a loader is told that one is overdue.
const OVERDUE: Duration = Duration::from_secs(3);

/// Starts and stops loads. What comes of them arrives as events with the number of the request.
pub trait Fetcher {
    /// Starts to load what the source names; of a list, the page that `from` names.
    fn load(&mut self, request: u64, source: &str, from: Option<&str>);

    /// Stops a load; nothing comes of it any more.
    fn cancel(&mut self, request: u64);

    /// Whether a link of the page at `beside` is surely a thread that can be loaded.
    fn knows(&self, link: &str, beside: &str) -> bool;
}

/// The fetcher of the program itself.
pub struct Service {
    settings: Settings,
    sites: Sites,
    client: Arc<OnceCell<Client>>,
    answers: UnboundedSender<Event>,
    /// Standard input can be read once; a reload takes what it gave.
    standard: Arc<OnceCell<Vec<u8>>>,
    loads: HashMap<u64, tokio::task::AbortHandle>,
    /// The site that files and standard input come from, where the reader says so.
    saved_from: Option<String>,
}

impl Service {
    /// A fetcher that sends its events here.
    pub fn new(settings: Settings, sites: Sites, answers: UnboundedSender<Event>) -> Self {
        let (client, standard) = (Arc::default(), Arc::default());
        Self { settings, sites, client, answers, standard, loads: HashMap::new(), saved_from: None }
    }

    /// Takes files and standard input to come from this site.
    #[must_use]
    pub fn saved_from(self, site: Option<String>) -> Self {
        Self { saved_from: site, ..self }
    }

    /// What a source comes to. What a list is, is said at once.
    fn work(&self, source: Source, from: Option<&str>, outlet: &Outlet) -> Result<Work, String> {
        Ok(match source {
            Source::Thread(address) => {
                outlet.locate(address.page());
                Work::Thread(address)
            }
            Source::List(target) => {
                let list = list::list(&target, &self.sites).unwrap_or_else(|| Err(target.clone()))?;
                if from.is_none() {
                    outlet.send(Listing { heading: list.heading(), ..Listing::default() }, Progress::default());
                }
                Work::List(list, from.map(str::to_owned))
            }
            source => Work::Saved(source, self.saved_from.clone()),
        })
    }
}

impl Fetcher for Service {
    fn load(&mut self, request: u64, source: &str, from: Option<&str>) {
        let outlet = Outlet { request, answers: self.answers.clone() };
        let work = Source::parse(source, &self.sites).and_then(|source| self.work(source, from, &outlet));
        let (settings, client) = (self.settings.clone(), Arc::clone(&self.client));
        let standard = Arc::clone(&self.standard);
        let task = tokio::spawn(async move {
            let load = async {
                match work {
                    // A loader that is made may have to wait for the reader's secret.
                    Ok(Work::Thread(address)) => {
                        drive(aside(move || address.loader()).await?, &settings, &client, &outlet).await
                    }
                    Ok(Work::List(list, from)) => {
                        let loader = aside(move || list.loader(from.as_deref())).await?;
                        drive(loader, &settings, &client, &outlet).await
                    }
                    Ok(Work::Saved(source, site)) => read_saved(source, site, &standard, &outlet).await,
                    Err(says) => Err(LoadError::other("", says)),
                }
            };
            let outcome = guarded(load).await;
            outlet.end(outcome);
        });
        self.loads.retain(|_, task| !task.is_finished());
        self.loads.insert(request, task.abort_handle());
    }

    fn cancel(&mut self, request: u64) {
        if let Some(task) = self.loads.remove(&request) {
            task.abort();
        }
    }

    fn knows(&self, link: &str, beside: &str) -> bool {
        is_surely_thread(link, beside, &self.sites)
    }
}

/// What there is to do for a load.
enum Work {
    Thread(Box<dyn ThreadTarget>),
    /// A list, and where in it to begin.
    List(Box<dyn ListTarget>, Option<String>),
    /// A file, with the site that it comes from.
    Saved(Source, Option<String>),
}

/// Where the events of one request go. A send fails only when the loop has ended, and then nobody waits for it.
struct Outlet {
    request: u64,
    answers: UnboundedSender<Event>,
}

impl Outlet {
    fn send<T: Arrival>(&self, content: T, progress: Progress) {
        let _ = self.answers.send(content.event(self.request, progress));
    }

    /// Says where on the web it is.
    fn locate(&self, url: String) {
        let _ = self.answers.send(Event::Located { request: self.request, url });
    }

    /// Says how it goes while nothing has come; nothing where there is nothing to say.
    fn tell(&self, line: Option<String>) {
        let _ = self.answers.send(Event::Heard { request: self.request, line });
    }

    fn end(&self, outcome: Result<(), LoadError>) {
        let _ = self.answers.send(match outcome {
            Ok(()) => Event::Complete(self.request),
            Err(error) => Event::Failed(self.request, error),
        });
    }
}

/// What a loader makes.
trait Arrival: Send + 'static {
    /// The event that tells of it.
    fn event(self, request: u64, progress: Progress) -> Event;
}

impl Arrival for Thread {
    fn event(self, request: u64, Progress { loaded, stated }: Progress) -> Event {
        Event::Arrived { request, thread: Arc::new(self), loaded, stated }
    }
}

impl Arrival for Listing {
    fn event(self, request: u64, _: Progress) -> Event {
        Event::Listed { request, listing: Arc::new(self) }
    }
}

async fn read_saved(
    source: Source,
    site: Option<String>,
    standard: &OnceCell<Vec<u8>>,
    outlet: &Outlet,
) -> Result<(), LoadError> {
    let (name, bytes) = match source {
        Source::File(path) => (path.display().to_string(), read_whole(Some(path)).await?),
        Source::Standard => {
            let bytes = standard.get_or_try_init(|| read_whole(None)).await?;
            ("standard input".to_owned(), bytes.clone())
        }
        Source::Demo | Source::Thread(_) | Source::List(_) => ("the built-in discussion".to_owned(), DEMO.to_vec()),
    };
    let content = aside(move || saved::read(&bytes, site.as_deref())).await?;
    match content.map_err(|error| error.within(&name))? {
        Content::Thread(thread) => {
            let progress = Progress { loaded: thread.len(), stated: thread.story().stated_comments };
            outlet.send(*thread, progress);
        }
        Content::List(listing) => outlet.send(*listing, Progress::default()),
    }
    Ok(())
}

async fn read_whole(path: Option<PathBuf>) -> Result<Vec<u8>, LoadError> {
    aside(move || read(path.as_deref(), LARGEST_FILE)).await?.map_err(|says| LoadError::other("", says))
}

/// Makes a loader's requests until it wants no more, and sends the thread on the way as often as that costs little.
async fn drive<T: Arrival>(
    mut loader: Box<dyn Loader<T>>,
    settings: &Settings,
    client: &OnceCell<Client>,
    outlet: &Outlet,
) -> Result<(), LoadError> {
    let settings = settings.clone();
    // Reading the system's certificates takes some milliseconds, so it is done aside, and only once it is needed.
    let make = || async { aside(move || Client::new(&settings)).await? };
    let client = client.get_or_try_init(make).await?;
    let meter = Arc::new(TransferStatus::default());
    let client = client.with_meter(&meter);
    let (mut tell_at, mut told) = (Instant::now() + TELL, None);
    let mut flight = JoinSet::new();
    let (mut rest_until, mut is_owed) = (Instant::now(), false);
    let mut overdue_at = Instant::now() + OVERDUE;
    loop {
        for request in loader.next() {
            let client = client.clone();
            flight.spawn(async move { (request.key, guarded(client.send(&request)).await) });
        }
        let joined = tokio::select! {
            joined = flight.join_next() => joined,
            () = sleep_until(tell_at), if !flight.is_empty() => {
                let line = meter.line();
                if line != told {
                    outlet.tell(line.clone());
                    told = line;
                }
                tell_at = Instant::now() + TELL;
                continue;
            }
            () = sleep_until(overdue_at), if !flight.is_empty() => {
                loader.overdue();
                overdue_at = Instant::now() + OVERDUE;
                continue;
            }
            // What came while it rested must not wait for an answer that may be slow, or never come.
            () = sleep_until(rest_until), if is_owed && !flight.is_empty() => {
                let took;
                (loader, took) = show(loader, outlet).await?;
                // At most a tenth of the time goes into threads that are only on the way.
                (rest_until, is_owed) = (Instant::now() + 9 * took, false);
                continue;
            }
        };
        let Some(joined) = joined else { break };
        let (key, outcome) = joined.map_err(|_| internal_error())?;
        loader = take(loader, key, outcome).await?;
        (is_owed, overdue_at) = (true, Instant::now() + OVERDUE);
    }
    let progress = loader.progress();
    let content = aside(move || loader.snapshot()).await??;
    outlet.send(content, progress);
    Ok(())
}

/// Gives an answer to the loader, off the loop's thread.
async fn take<T: Arrival>(
    mut loader: Box<dyn Loader<T>>,
    key: u32,
    outcome: Result<Answer, LoadError>,
) -> Result<Box<dyn Loader<T>>, LoadError> {
    aside(move || {
        loader.answer(key, outcome);
        loader
    })
    .await
}

/// Sends what is here so far, made off the loop's thread, and says how long that took.
async fn show<T: Arrival>(
    loader: Box<dyn Loader<T>>,
    outlet: &Outlet,
) -> Result<(Box<dyn Loader<T>>, Duration), LoadError> {
    let begun = Instant::now();
    let (loader, content) = aside(move || {
        let content = loader.snapshot();
        (loader, content)
    })
    .await?;
    if let Ok(content) = content {
        outlet.send(content, loader.progress());
    }
    Ok((loader, begun.elapsed()))
}

thread_local! {
    static ASIDE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread does work whose panics are caught and told in a line, so that they need not end the program.
pub(super) fn is_aside() -> bool {
    ASIDE.get()
}

/// Does work whose panic is caught.
fn catch<T>(work: impl FnOnce() -> T) -> Result<T, LoadError> {
    let before = ASIDE.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    ASIDE.set(before);
    outcome.map_err(|_| internal_error())
}

/// Does work that takes time on another thread.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, LoadError> {
    spawn_blocking(|| catch(work)).await.unwrap_or_else(|_| Err(internal_error()))
}

/// Does work that waits, on this thread.
async fn guarded<T>(work: impl Future<Output = Result<T, LoadError>>) -> Result<T, LoadError> {
    let mut work = pin!(work);
    poll_fn(|context| catch(|| work.as_mut().poll(context)).unwrap_or_else(|error| Poll::Ready(Err(error)))).await
}

fn internal_error() -> LoadError {
    LoadError::other("", "this could not be read because of an error in lurker itself")
        .advise(Advice::Other("please report it".to_owned()))
}
