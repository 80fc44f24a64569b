//! How gently each host is treated: how many requests at once, how much patience, and rest where it asks for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep};

use crate::site::Refusal;

/// The longest wait that is sat out; a longer one is said instead.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
const USUAL_IN_FLIGHT: usize = 8;

/// How a host and its subdomains are treated, all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The host's name without a port, in lower case.
    pub host: String,
    /// The most requests at one time, at least 1.
    pub in_flight: usize,
    /// A time-out that is longer than the usual one.
    pub timeout: Option<Duration>,
}

/// The hosts that want more care than others, or less.
pub fn known_paces() -> Vec<Pace> {
    let pace = |host: &str, in_flight, timeout| Pace { host: host.to_owned(), in_flight, timeout };
    vec![
        pace("slashdot.org", 1, None),
        pace("lobste.rs", 1, None),
        pace("hacker-news.firebaseio.com", 30, None),
        // Whole threads of thousands of comments take it that long.
        pace("hn.algolia.com", USUAL_IN_FLIGHT, Some(Duration::from_mins(1))),
    ]
}

/// The lanes to all hosts.
#[derive(Debug)]
pub(super) struct Lanes {
    paces: Vec<Pace>,
    open: Mutex<HashMap<String, Arc<Lane>>>,
}

impl Lanes {
    pub(super) fn new(paces: Vec<Pace>) -> Self {
        Self { paces, open: Mutex::default() }
    }

    /// The lane that requests to this host share.
    pub(super) fn lane(&self, host: &str) -> Arc<Lane> {
        let pace = self.paces.iter().find(|pace| is_within(host, &pace.host)).cloned();
        let pace = pace.unwrap_or_else(|| Pace { host: host.to_owned(), in_flight: USUAL_IN_FLIGHT, timeout: None });
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(open.entry(pace.host.clone()).or_insert_with(|| Arc::new(Lane::new(pace))))
    }
}

/// The way to one host.
#[derive(Debug)]
pub(super) struct Lane {
    pace: Pace,
    permits: Semaphore,
    rest_until: Mutex<Option<Instant>>,
}

impl Lane {
    fn new(pace: Pace) -> Self {
        let permits = Semaphore::new(pace.in_flight.clamp(1, Semaphore::MAX_PERMITS));
        Self { pace, permits, rest_until: Mutex::default() }
    }

    pub(super) fn timeout(&self, usual: Duration) -> Duration {
        self.pace.timeout.map_or(usual, |own| own.max(usual))
    }

    /// Waits until a request may be made: for its turn, and for the end of a rest unless that is far.
    pub(super) async fn enter(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        let permit = self.permits.acquire().await.expect("never closed");
        while let Some(left) = self.rest_left() {
            self.bearable(left)?;
            sleep(left).await;
        }
        Ok(permit)
    }

    /// Makes no request for as long; refuses if nobody would wait that long.
    pub(super) fn rest(&self, wait: Duration) -> Result<(), Refusal> {
        let mut until = self.rest_until.lock().unwrap_or_else(PoisonError::into_inner);
        *until = (*until).max(Instant::now().checked_add(wait));
        self.bearable(wait)
    }

    fn rest_left(&self) -> Option<Duration> {
        let until = *self.rest_until.lock().unwrap_or_else(PoisonError::into_inner);
        until?.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    }

    fn bearable(&self, wait: Duration) -> Result<(), Refusal> {
        if wait <= LONGEST_WAIT {
            return Ok(());
        }
        let minutes = wait.as_secs().div_ceil(60);
        Err(Refusal(format!("{} asks to wait {minutes} minutes", self.pace.host)))
    }
}

fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(host: &str) -> Arc<Lane> {
        Lanes::new(known_paces()).lane(host)
    }

    #[test]
    fn subdomains_share_the_lane_of_their_site() {
        let lanes = Lanes::new(known_paces());
        assert!(Arc::ptr_eq(&lanes.lane("slashdot.org"), &lanes.lane("it.slashdot.org")));
        assert!(!Arc::ptr_eq(&lanes.lane("slashdot.org"), &lanes.lane("notslashdot.org")));
        assert!(Arc::ptr_eq(&lanes.lane("example.org"), &lanes.lane("example.org")));
    }

    #[test]
    fn each_host_has_its_limits() {
        let cases =
            [("it.slashdot.org", 1, 15), ("lobste.rs", 1, 15), ("hn.algolia.com", 8, 60), ("example.org", 8, 15)];
        for (host, in_flight, seconds) in cases {
            let lane = lane(host);
            assert_eq!(lane.permits.available_permits(), in_flight, "{host}");
            assert_eq!(lane.timeout(Duration::from_secs(15)), Duration::from_secs(seconds), "{host}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_short_rest_is_sat_out_and_the_longer_of_two_counts() {
        let lane = lane("lobste.rs");
        let start = Instant::now();
        lane.rest(Duration::from_secs(40)).expect("bearable");
        lane.rest(Duration::from_secs(7)).expect("bearable");
        drop(lane.enter().await.expect("in the end"));
        assert_eq!(start.elapsed().as_secs(), 40);
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_rest_is_said_until_it_is_nearly_over() {
        let lane = lane("lobste.rs");
        let says = Refusal("lobste.rs asks to wait 60 minutes".to_owned());
        assert_eq!(lane.rest(Duration::from_hours(1)), Err(says.clone()));
        assert_eq!(lane.enter().await.expect_err("still"), says);
        tokio::time::advance(Duration::from_secs(3550)).await;
        assert!(lane.enter().await.is_ok());
    }
}
