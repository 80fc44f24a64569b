//! Loads of files and standard input: read off the loop's thread, and shown as they come.

use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Weak};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::{spawn_blocking, yield_now};

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
    parts: UnboundedReceiver<Part>,
    /// A part that has been waited for and not taken.
    ahead: Option<Part>,
    /// Tells the other thread that the loop has drawn a snapshot.
    drawn: Sender<()>,
    /// Lives as long as somebody waits.
    _is_wanted: Arc<()>,
}

/// A part of what comes of a reading.
enum Part {
    /// What is here of a thread, while more is to come.
    Snapshot(Arc<Thread>),
    /// The last part.
    Outcome(Result<Saved, LoadError>),
}

impl Reading {
    /// Begins to read the built-in discussion, if that is the target: it needs no config. Needs the runtime.
    pub(in crate::shell) fn of_demo(target: Option<&str>, panics: &CaughtPanics) -> Option<Self> {
        (target == Some(DEMO_TARGET)).then(|| Self::begin(Local::Demo, None, 0, panics))
    }

    /// Waits until there is something to show.
    pub(super) async fn begins(&mut self) {
        self.ahead = self.next().await;
    }

    /// The next part, in turn; `None` where the other thread has panicked.
    async fn next(&mut self) -> Option<Part> {
        match self.ahead.take() {
            Some(part) => Some(part),
            None => self.parts.recv().await,
        }
    }

    /// Begins to read; `site` is where a file comes from, if the reader says so. Needs the runtime.
    pub(super) fn begin(source: Local, site: Option<String>, most: usize, panics: &CaughtPanics) -> Self {
        let (sender, parts) = unbounded_channel();
        let snapshots = sender.clone();
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
            let mut show = |thread| {
                let is_sent = snapshots.send(Part::Snapshot(Arc::new(thread))).is_ok();
                _ = is_sent && is_drawn.recv().is_ok();
            };
            read_file(path.as_deref(), site.as_deref(), most, watch, &mut show)
        };
        spawn_blocking(move || panics.catch(read).map(|outcome| sender.send(Part::Outcome(outcome))));
        Self { parts, ahead: None, drawn, _is_wanted: is_wanted }
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
        let begin = || Reading::begin(source, site, self.shared.settings.max_body, &self.panics);
        let mut reading = self.shared.take_opening().unwrap_or_else(begin);
        loop {
            match reading.next().await.ok_or_else(internal_error)? {
                Part::Outcome(outcome) => return outcome,
                Part::Snapshot(thread) => {
                    self.send(&thread, progress(&thread));
                    // The loop has its turn, and draws it.
                    yield_now().await;
                    _ = reading.drawn.send(());
                }
            }
        }
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

#[cfg(test)]
mod tests {
    use std::io::{Write, pipe};
    use std::os::fd::AsRawFd;
    use std::path::PathBuf;
    use std::time::Duration;

    use tokio::sync::mpsc::unbounded_channel;

    use super::{DEMO, Local};
    use crate::app::{Event, KnownState};
    use crate::shell::fetch::{Fetcher, Service};
    use crate::shell::http::Settings;
    use crate::shell::source::Source;
    use crate::site::Sites;

    #[tokio::test]
    async fn what_is_opened_is_waited_for_as_long_as_is_said_and_loaded_all_the_same() {
        let (mut pipe, mut end) = pipe().expect("a pipe");
        let path = PathBuf::from(format!("/dev/fd/{}", pipe.as_raw_fd()));
        let (sender, mut answers) = unbounded_channel();
        let source = Source::Local(Local::File(path.clone()));
        let service = Service::new(Settings::default(), Sites::default(), sender);
        let mut service = service.opening_with(&source, None);
        assert!(!service.has_begun(Duration::ZERO).await);
        end.write_all(DEMO).expect("a reader");
        drop(end);
        assert!(service.has_begun(Duration::from_mins(1)).await);
        assert!(service.has_begun(Duration::ZERO).await);
        service.load(1, path.to_str().expect("UTF-8"), None, KnownState::Unknown);
        let arrived = answers.recv().await;
        assert!(matches!(arrived, Some(Event::Arrived { request: 1, .. })), "{arrived:?}");
        assert_eq!(std::io::copy(&mut pipe, &mut std::io::sink()).expect("a pipe"), 0, "all of it was read");
    }
}
