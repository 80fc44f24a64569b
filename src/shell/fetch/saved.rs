//! Loads of files and standard input: read off the loop's thread, and shown as they come.

use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, PoisonError, Weak};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::{JoinHandle, spawn_blocking, yield_now};

use super::{Load, internal_error};
use crate::app::DEMO as DEMO_TARGET;
use crate::model::{Listing, LoadError, Thread};
use crate::shell::disk_file::{self, Incoming};
use crate::shell::panics::CaughtPanics;
use crate::shell::source::{DEMO, Local};
use crate::site::{Content, Progress, saved};

/// The largest file that is read, in bytes: what comes from a disk was wanted, however large, but memory has an end.
const LARGEST_FILE: u64 = 1 << 30;

/// The content of a file, to be shown any number of times.
#[derive(Clone, Debug)]
pub(super) enum Saved {
    Thread(Arc<Thread>),
    List(Arc<Listing>),
}

impl From<Content> for Saved {
    fn from(content: Content) -> Self {
        match content {
            Content::Thread(thread) => Self::Thread(Arc::new(*thread)),
            Content::List(listing) => Self::List(Arc::new(*listing)),
        }
    }
}

/// What another thread reads. Dropped, it is read no further.
pub(in crate::shell) struct Reading {
    /// What is here of a thread, while more is to come.
    snapshots: UnboundedReceiver<Thread>,
    /// Tells the other thread that the loop has drawn a snapshot.
    drawn: Sender<()>,
    /// Nothing comes of it where the other thread panics.
    outcome: JoinHandle<Option<Result<Saved, LoadError>>>,
    /// Lives as long as somebody waits.
    _is_wanted: Arc<()>,
}

impl Reading {
    /// Begins to read the built-in discussion, if that is the target: it needs no config. Needs the runtime.
    pub(in crate::shell) fn of_demo(target: Option<&str>, panics: &CaughtPanics) -> Option<Self> {
        (target == Some(DEMO_TARGET)).then(|| Self::begin(Local::Demo, None, 0, panics))
    }

    /// Whether all of it is here.
    pub(super) fn is_finished(&self) -> bool {
        self.outcome.is_finished()
    }

    /// Begins to read; `site` is where a file comes from, if the reader says so. Needs the runtime.
    pub(super) fn begin(source: Local, site: Option<String>, most: usize, panics: &CaughtPanics) -> Self {
        let (sender, snapshots) = unbounded_channel();
        let (drawn, is_drawn) = channel();
        let (is_wanted, panics) = (Arc::new(()), panics.clone());
        let watch = Arc::downgrade(&is_wanted);
        let read = move || {
            let path = match source {
                Local::Demo => return saved::read(DEMO, None).map(Saved::from),
                Local::Standard => None,
                Local::File(path) => Some(path),
            };
            // The threads that read would take the processors from the one that draws, so they wait for it. Where nobody
            // draws any more, nobody is waited for, and nothing more is read.
            let mut show = |thread| _ = sender.send(thread).is_ok_and(|()| is_drawn.recv().is_ok());
            read_file(path.as_deref(), site.as_deref(), most, watch, &mut show)
        };
        let outcome = spawn_blocking(move || panics.catch(read));
        Self { snapshots, drawn, outcome, _is_wanted: is_wanted }
    }
}

/// Reads a file or standard input, and shows what is here of a thread on the way.
fn read_file(
    path: Option<&Path>,
    site: Option<&str>,
    most: usize,
    watch: Weak<()>,
    show: &mut dyn FnMut(Thread),
) -> Result<Saved, LoadError> {
    let name = disk_file::name(path);
    let incoming = Incoming::open(path, LARGEST_FILE).map_err(|says| LoadError::other("", says).within(&name))?;
    let content = saved::read_coming(Stoppable { source: incoming, watch }, site, most, show);
    content.map(Saved::from).map_err(|error| error.within(&name))
}

impl Load {
    /// Loads a file, standard input or the built-in discussion; `site` is where a file comes from, if the reader says so.
    pub(super) async fn read_saved(&self, source: Local, site: Option<String>) -> Result<(), LoadError> {
        let saved = match source {
            Local::Standard => {
                let read = async move || Ok::<_, LoadError>(self.read_aside(source, site).await);
                self.shared.standard_input.get_or_try_init(read).await?.clone()?
            }
            source => self.read_aside(source, site).await?,
        };
        match saved {
            Saved::Thread(thread) => self.send(&thread, progress(&thread)),
            Saved::List(listing) => self.send(&listing, Progress::default()),
        }
        Ok(())
    }

    /// Waits for what another thread reads, perhaps since the program's start, and sends what is here on the way. A load
    /// that is stopped reads no more.
    async fn read_aside(&self, source: Local, site: Option<String>) -> Result<Saved, LoadError> {
        let opening = self.shared.opening.lock().unwrap_or_else(PoisonError::into_inner).take();
        let begin = || Reading::begin(source, site, self.shared.settings.max_body, &self.panics);
        let mut reading = opening.unwrap_or_else(begin);
        while let Some(thread) = reading.snapshots.recv().await {
            let progress = progress(&thread);
            self.send(&Arc::new(thread), progress);
            // The loop has its turn, and draws it.
            yield_now().await;
            _ = reading.drawn.send(());
        }
        reading.outcome.await.ok().flatten().ok_or_else(internal_error)?
    }
}

fn progress(thread: &Thread) -> Progress {
    Progress { loaded: thread.loaded(), stated: thread.story().stated_comments }
}

/// A source that ends in an error once nobody waits for it any more.
struct Stoppable<R> {
    source: R,
    watch: Weak<()>,
}

impl<R: Read> Read for Stoppable<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.watch.upgrade() {
            Some(_) => self.source.read(into),
            None => Err(io::Error::other("stopped")),
        }
    }
}
