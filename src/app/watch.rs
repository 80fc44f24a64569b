//! Watching a thread: it is loaded again by itself, until the reader leaves it.

use std::time::Duration;

use super::{App, Effect, GlobalCommand, Message};

/// The shortest and the longest time between two loads, in seconds.
const INTERVAL: (i64, i64) = (60, 600);
/// The part of a thread's age that lies between two loads: what is old moves slowly.
const PART: i64 = 20;

/// The wait for the next load of the thread that is watched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watch(u64);

impl App {
    /// Whether the thread on the screen is loaded again by itself.
    pub fn is_watching(&self) -> bool {
        self.watch.is_some()
    }

    /// Watches the thread, or no longer; a list is loaded again.
    pub(super) fn toggle_watch(&mut self) {
        if self.page.thread().is_none() {
            self.load();
        } else if self.watch.take().is_some() {
            self.say("no longer watched");
        } else {
            let interval = self.wait_for_news();
            let ends = self.keys.key_for(GlobalCommand::Watch, "ends that");
            let every =
                if interval < 120 { "every minute".to_owned() } else { format!("every {} minutes", interval / 60) };
            self.say(Message::from(format!("watched: loads again {every}")).and(ends));
        }
    }

    /// Loads the thread again whose wait is over, unless it is loading.
    pub(super) fn load_watched(&mut self, wait: u64) {
        if self.watch.is_some_and(|Watch(own)| own == wait) {
            if !self.is_loading() {
                self.load();
            }
            self.wait_for_news();
        }
    }

    /// Waits for the next load; the time in seconds.
    fn wait_for_news(&mut self) -> u64 {
        let posted_at = self.page.thread().and_then(|view| view.thread().story().posted_at);
        let (least, most) = INTERVAL;
        let seconds = posted_at.map_or(most, |then| ((self.now - then) / PART).clamp(least, most));
        let seconds = u64::try_from(seconds).unwrap_or_default();
        self.requests += 1;
        self.watch = Some(Watch(self.requests));
        self.effects.push(Effect::Wait(self.requests, Duration::from_secs(seconds)));
        seconds
    }
}
