//! Panics that are caught: they fail one load and do not end the program.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// The threads that are at work whose panics are caught. Clones share them: one is for the work, one for the panic hook.
#[derive(Clone, Debug, Default)]
pub struct CaughtPanics {
    threads: Arc<Mutex<HashSet<ThreadId>>>,
}

impl CaughtPanics {
    /// Runs work on this thread; `None` where it panics.
    pub(super) fn catch<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let id = thread::current().id();
        let is_outermost = self.lock().insert(id);
        let outcome = catch_unwind(AssertUnwindSafe(work));
        if is_outermost {
            self.lock().remove(&id);
        }
        outcome.ok()
    }

    /// Whether a panic of this thread is caught.
    pub(super) fn is_catching(&self) -> bool {
        self.lock().contains(&thread::current().id())
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<ThreadId>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
