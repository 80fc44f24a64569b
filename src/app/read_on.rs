//! Reading on by one key: screen by screen, and at the end to the next story of the list.

use std::time::Duration;

use super::thread_commands::page_lines;
use super::{App, Effect, Message, Page, ThreadCommand};

/// The time that must lie before the press that leads from the end of a thread to the next story: a key that is held repeats
/// sooner, and never leaves a thread.
const PAUSE: Duration = Duration::from_millis(500);

/// Whether the reader has asked to read on at the end of the thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum EndOfThread {
    /// Not since another key.
    #[default]
    NotReached,
    /// Yes, a moment ago; the wait with this number, which each press begins anew, is not over.
    Reached(u64),
    /// Yes, and the last press is long enough ago for the next one to lead on.
    Waited,
}

impl EndOfThread {
    /// The state once the wait with this number is over.
    pub(super) fn waited(self, number: u64) -> Self {
        if self == Self::Reached(number) { Self::Waited } else { self }
    }
}

impl App {
    /// Goes a screen down; at the end says so, and at a press after a pause goes on to the next story of the list.
    pub(super) fn read_on(&mut self) {
        match self.end_of_thread {
            EndOfThread::Waited => {
                self.end_of_thread = EndOfThread::NotReached;
                self.step_story(1);
            }
            EndOfThread::Reached(_) => self.wait_at_end(),
            EndOfThread::NotReached => {
                let Some(thread) = self.page.steer_thread() else { return };
                let page = page_lines(thread.view());
                if !thread.view_mut().scroll(page) {
                    self.wait_at_end();
                }
            }
        }
    }

    /// Says that this is the end, from where only a press after a pause leads on.
    fn wait_at_end(&mut self) {
        self.requests += 1;
        self.end_of_thread = EndOfThread::Reached(self.requests);
        self.effects.push(Effect::Wait(self.requests, PAUSE));
        self.say_end();
    }

    /// Whether reading on leads no further in the thread.
    pub(super) fn is_at_end_of_thread(&self) -> bool {
        let is_asked = self.end_of_thread != EndOfThread::NotReached;
        self.page.thread().is_some_and(|view| is_asked || view.is_at_end())
    }

    /// Whether the list that the thread was opened from goes on.
    pub(super) fn has_next_story(&self) -> bool {
        let list = self.back_stack.last().and_then(Page::list);
        list.is_some_and(|list| list.chosen() + 1 < list.len())
    }

    fn say_end(&mut self) {
        let goes_on = || self.keys.key_for(ThreadCommand::ReadOn, "goes to the next story");
        let next = self.has_next_story().then(goes_on);
        self.say(Message::from("this is the end").and(next));
    }
}
