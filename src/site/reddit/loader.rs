//! The way to a thread of Reddit, which is closed: no request is made, and what can be done instead is said.

use super::address::Address;
use crate::model::Thread;
use crate::site::{self, Answer, Progress, Refusal, Request};

/// A thread of Reddit that cannot be had over the network.
///
/// Since May 2026 Reddit answers no request without a client id, and gives those only to apps that it has approved. So
/// none is made that is known to be refused.
#[derive(Debug)]
pub struct Loader {
    address: Address,
}

impl Loader {
    /// A loader for this thread.
    pub fn new(address: Address) -> Self {
        Self { address }
    }
}

impl site::Loader for Loader {
    fn next(&mut self) -> Vec<Request> {
        Vec::new()
    }

    fn answer(&mut self, _: u32, _: Result<Answer, Refusal>) {}

    fn snapshot(&self) -> Result<Thread, Refusal> {
        let file = match &self.address.id {
            Some(id) => format!("https://www.reddit.com/comments/{id}.json?limit=500&raw_json=1"),
            None => format!("the thread that {} leads to, with .json at the end of its address,", self.address.url),
        };
        Err(Refusal(format!(
            "Reddit answers only programs that it has approved and given a client id, and lurker has none; open {file} \
             in a browser where you are logged in, save it, and open the file with lurker"
        )))
    }

    fn progress(&self) -> Progress {
        Progress::default()
    }
}
