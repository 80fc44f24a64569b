//! The thread that has the store: it opens the store with the first request, and runs one request after the other.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::mpsc::error::SendError;

use super::store_settings::StoreSettings;
use crate::app::Event;
use crate::store::{SetAside, Store, StoreError, Trouble};

/// The longest wait for the last requests when the program ends.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Work on the store. It may be done twice, where the store was found damaged and a new one made.
type Work = Box<dyn FnMut(&mut Store) -> Result<(), StoreError> + Send>;

/// A handle on the store's thread. Clones share it.
#[derive(Clone, Debug)]
pub struct StoreWorker {
    requests: Option<Sender<Work>>,
    remarks: Arc<Mutex<Remarks>>,
}

/// The lines for the reader.
#[derive(Debug, Default)]
struct Remarks {
    /// Those that were not taken yet.
    kept: Vec<String>,
    /// The channel to which they go instead, as long as somebody reads there.
    events: Option<UnboundedSender<Event>>,
}

impl StoreWorker {
    /// A thread for the store of these settings; `now` is the clock. Nothing is opened before the first request.
    pub fn start(settings: StoreSettings, now: fn() -> i64) -> Self {
        let (requests, taken) = channel();
        let remarks = Arc::default();
        let is_wanted = settings.is_enabled && settings.folder.is_some();
        let own = WorkerState { settings, now, remarks: Arc::clone(&remarks), store: None, said: None };
        if is_wanted {
            thread::spawn(move || own.run(&taken));
        }
        Self { requests: is_wanted.then_some(requests), remarks }
    }

    /// Sends the lines for the reader as events from now on, until nobody takes them any more.
    #[must_use]
    pub fn telling(self, events: UnboundedSender<Event>) -> Self {
        self.remarks.lock().unwrap_or_else(PoisonError::into_inner).events = Some(events);
        self
    }

    /// No store: every request is dropped.
    pub fn none() -> Self {
        Self { requests: None, remarks: Arc::default() }
    }

    /// Whether there is a store.
    pub fn is_there(&self) -> bool {
        self.requests.is_some()
    }

    /// Has work done on the store; it is dropped where the store cannot be opened. What goes wrong is a remark.
    pub fn run(&self, work: impl FnMut(&mut Store) -> Result<(), StoreError> + Send + 'static) {
        if let Some(requests) = &self.requests {
            // Fails only where the thread has ended by a panic, and then there is no store.
            let _ = requests.send(Box::new(work));
        }
    }

    /// Has something read from the store; `None` where it is not there, or could not be read.
    pub async fn read<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Option<T> {
        let (sender, answer) = tokio::sync::oneshot::channel();
        let mut sender = Some(sender);
        self.run(move |store| {
            let found = work(store)?;
            if let Some(sender) = sender.take() {
                // Fails where nobody waits any more.
                let _ = sender.send(found);
            }
            Ok(())
        });
        answer.await.ok()
    }

    /// Waits until all requests so far are done, but not for long.
    pub fn finish(&self) {
        let (sender, done) = channel();
        self.run(move |_| {
            // Fails where the wait is over.
            let _ = sender.send(());
            Ok(())
        });
        // Comes as an error where the store cannot be opened, since the work is dropped then.
        let _ = done.recv_timeout(LAST_REQUESTS);
    }

    /// The lines for the reader since the last call.
    pub fn take_remarks(&self) -> Vec<String> {
        std::mem::take(&mut self.remarks.lock().unwrap_or_else(PoisonError::into_inner).kept)
    }
}

/// The state of the thread.
struct WorkerState {
    settings: StoreSettings,
    now: fn() -> i64,
    remarks: Arc<Mutex<Remarks>>,
    store: Option<Store>,
    /// The trouble that was told last. It is told once, and again after something else.
    said: Option<Trouble>,
}

impl WorkerState {
    fn run(mut self, requests: &Receiver<Work>) {
        for mut work in requests {
            if let Err(error) = self.perform(&mut work) {
                self.say_error(&error);
            }
        }
    }

    fn perform(&mut self, work: &mut Work) -> Result<(), StoreError> {
        let mut store = match self.store.take() {
            Some(store) => store,
            None => self.open()?,
        };
        match work(&mut store) {
            Err(error) if error.trouble == Trouble::Damaged => {
                let (mut store, aside) = store.reopen((self.now)())?;
                self.say_aside(store.path(), aside);
                let outcome = work(&mut store);
                self.store = Some(store);
                outcome
            }
            outcome => {
                self.store = Some(store);
                outcome
            }
        }
    }

    fn open(&mut self) -> Result<Store, StoreError> {
        let none = || StoreError { trouble: Trouble::Other, says: "there is none".to_owned() };
        let (store, aside) = self.settings.open((self.now)()).ok_or_else(none)??;
        self.say_aside(store.path(), aside);
        Ok(store)
    }

    fn say_aside(&mut self, path: &Path, aside: Option<SetAside>) {
        if let Some(SetAside(aside)) = aside {
            self.say(aside_words(path, &aside));
        }
    }

    fn say_error(&mut self, error: &StoreError) {
        if self.said.replace(error.trouble) != Some(error.trouble) {
            self.say(error_words(&self.settings, error));
        }
    }

    fn say(&mut self, line: String) {
        let mut remarks = self.remarks.lock().unwrap_or_else(PoisonError::into_inner);
        match &remarks.events {
            Some(events) => {
                // Where the loop has ended, there are lines for the time after it.
                if let Err(SendError(Event::Report(line))) = events.send(Event::Report(line)) {
                    remarks.kept.push(line);
                }
            }
            None => remarks.kept.push(line),
        }
    }
}

/// A line on a damaged store that was set aside.
pub(super) fn aside_words(path: &Path, aside: &Path) -> String {
    let name = aside.file_name().unwrap_or_default().display().to_string();
    format!("{}: the store was damaged and is now {name} beside it; a new one is begun", path.display())
}

/// A line on an error of the store.
pub(super) fn error_words(settings: &StoreSettings, error: &StoreError) -> String {
    let folder = settings.folder.as_ref().map(|folder| folder.display().to_string()).unwrap_or_default();
    format!("{folder}: the store {error}")
}
