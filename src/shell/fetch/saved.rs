//! Loads of files and standard input: read off the loop's thread, and shown as they come.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use tokio::sync::mpsc::UnboundedSender;

use super::{Arrival, Load};
use crate::app::Event;
use crate::model::{Listing, LoadError, Thread};
use crate::shell::disk_file::{self, Incoming};
use crate::shell::source::{DEMO, Source};
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

impl Load {
    /// Loads a file, standard input or the built-in discussion; `site` is where a file comes from, if the reader says so.
    pub(super) async fn read_saved(&self, source: Source, site: Option<String>) -> Result<(), LoadError> {
        let saved = match source {
            Source::File(path) => self.read_file(Some(path), site).await?,
            Source::Standard => {
                let read = async || Ok::<_, LoadError>(self.read_file(None, site).await);
                self.shared.standard_input.get_or_try_init(read).await?.clone()?
            }
            Source::Demo | Source::Thread(_) | Source::List(_) | Source::Stored(_) => {
                self.aside(|| saved::read(DEMO, None).map(Saved::from)).await??
            }
        };
        match saved {
            Saved::Thread(thread) => self.send(&thread, progress(&thread)),
            Saved::List(listing) => self.send(&listing, Progress::default()),
        }
        Ok(())
    }

    /// Reads a file or standard input, and sends what is here of a thread on the way. A load that is stopped reads no more.
    async fn read_file(&self, path: Option<PathBuf>, site: Option<String>) -> Result<Saved, LoadError> {
        let most = self.shared.settings.max_body;
        let (request, answers) = (self.request, self.answers.clone());
        let load_is_on = Arc::new(());
        let watch = Arc::downgrade(&load_is_on);
        let read = move || {
            let name = disk_file::name(path.as_deref());
            let incoming = Incoming::open(path.as_deref(), LARGEST_FILE);
            let incoming = incoming.map_err(|says| LoadError::other("", says).within(&name))?;
            let incoming = Stoppable { source: incoming, watch };
            let mut show = |thread| show(thread, request, &answers);
            let content = saved::read_coming(incoming, site.as_deref(), most, &mut show);
            content.map(Saved::from).map_err(|error| error.within(&name))
        };
        self.aside(read).await?
    }
}

fn show(thread: Thread, request: u64, answers: &UnboundedSender<Event>) {
    let progress = progress(&thread);
    let _ = answers.send(Thread::event(Arc::new(thread), request, progress));
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
