//! Work on a thread in the background: it is searched slice by slice, or put in order, while keys are answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::task::spawn_blocking;

use crate::app::Event;
use crate::model::Thread;
use crate::view::{Order, OrderedThread, Search, ShownState};

/// Comments that are searched at a time.
const SLICE: u32 = 10_000;

/// Starts searches and sorts; a new search ends the one before.
pub(super) struct Finder {
    sender: UnboundedSender<Event>,
    last: Arc<AtomicU64>,
}

impl Finder {
    /// A finder that sends its results here.
    pub(super) fn new(sender: UnboundedSender<Event>) -> Self {
        Self { sender, last: Arc::default() }
    }

    /// Sends word once a time has passed.
    pub(super) fn wait(&self, number: u64, time: Duration) {
        let sender = self.sender.clone();
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            // A send fails only where the loop has ended, and then nobody waits for it.
            let _ = sender.send(Event::WaitOver(number));
        });
    }

    /// Starts a search. What a slice has brought is sent after it, and that it was the last at the end.
    pub(super) fn start(&self, number: u64, thread: Arc<Thread>, search: Search) {
        self.last.store(number, Ordering::SeqCst);
        let (sender, last) = (self.sender.clone(), Arc::clone(&self.last));
        spawn_blocking(move || {
            let is_wanted = || last.load(Ordering::SeqCst) == number;
            // A send fails only where the loop has ended, and then nobody waits for it.
            let send = |matches, is_all| _ = sender.send(Event::Found { number, matches, is_all });
            for start in (0..thread.len()).step_by(SLICE as usize).take_while(|_| is_wanted()) {
                let found = search.run(&thread, start..start.saturating_add(SLICE));
                if !found.is_empty() {
                    send(found, false);
                }
            }
            send(Vec::new(), true);
        });
    }

    /// Starts putting a thread in order, and preparing it to come in the place of the state that shows.
    pub(super) fn sort(&self, number: u64, (thread, order): (Arc<Thread>, Order), shown: Option<Box<ShownState>>) {
        let sender = self.sender.clone();
        spawn_blocking(move || {
            let mut thread = OrderedThread::new(thread, order);
            if let Some(shown) = shown {
                thread = thread.compared_with(&shown);
            }
            // As above.
            let _ = sender.send(Event::Sorted { number, thread });
        });
    }
}
