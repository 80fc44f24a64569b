//! Rate limits per host: requests at once and per interval, time-outs, and the wait that a host asks for.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep};

use super::host_limits::{HostLimits, Wait, unknown_host_limits};
use super::process_limit::{ProcessLimit, ProcessPermit};
use super::transfer_status::{HostWait, TransferStatus};
use crate::model::{Advice, LoadError, wait_words};
use crate::site::Limit;

/// The longest wait that is sat out; a longer one is said instead.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The limiters of all hosts.
#[derive(Debug)]
pub(super) struct RateLimiter {
    host_limits: Vec<HostLimits>,
    /// The folder through which processes share limits.
    folder: Option<PathBuf>,
    open: Mutex<HashMap<String, Arc<HostLimiter>>>,
}

impl RateLimiter {
    pub(super) fn new(host_limits: Vec<HostLimits>, folder: Option<PathBuf>) -> Self {
        Self { host_limits, folder, open: Mutex::default() }
    }

    /// The limiter that requests to this host share; `place` is the host with its port.
    pub(super) fn host(&self, host: &str, place: &str) -> Arc<HostLimiter> {
        let fits = |host_limits: &&HostLimits| host_limits.host == place || is_within(host, &host_limits.host);
        let known = self.host_limits.iter().find(fits).cloned();
        let own = known.unwrap_or_else(|| unknown_host_limits(host));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(open.entry(own.host.clone()).or_insert_with(|| {
            let shared = self.folder.as_ref().and_then(|folder| ProcessLimit::new(folder, &own));
            Arc::new(HostLimiter::new(own, shared))
        }))
    }
}

/// The limiter of one host.
#[derive(Debug)]
pub(super) struct HostLimiter {
    host_limits: HostLimits,
    permits: Arc<Semaphore>,
    past: Mutex<Past>,
    /// The same limits for all processes.
    shared: Option<ProcessLimit>,
}

/// The requests made to a host.
#[derive(Debug, Default)]
struct Past {
    rest_until: Option<Instant>,
    in_flight: usize,
    /// The ends of the last requests, in order; as many as the largest limit counts.
    ends: VecDeque<Instant>,
}

/// The permit of one request; dropping it ends the request.
#[derive(Debug)]
pub(super) struct Permit {
    host: Arc<HostLimiter>,
    _own: OwnedSemaphorePermit,
    shared: Option<ProcessPermit>,
    /// Whether the request is made: one that still waited for another process counts for nothing.
    is_made: bool,
}

impl HostLimiter {
    fn new(host_limits: HostLimits, shared: Option<ProcessLimit>) -> Self {
        let least = host_limits.limits.iter().map(|limit| limit.requests).min().unwrap_or(Semaphore::MAX_PERMITS);
        let permits = Semaphore::new(host_limits.in_flight.min(least).clamp(1, Semaphore::MAX_PERMITS));
        Self { host_limits, permits: Arc::new(permits), past: Mutex::default(), shared }
    }

    pub(super) fn timeout(&self, usual: Duration) -> Duration {
        self.host_limits.timeout.map_or(usual, |own| own.max(usual))
    }

    /// Waits until a request may be made: for a permit, for the limits, and for the end of a rest.
    ///
    /// Errors: that is longer than anybody would wait.
    pub(super) async fn enter(self: &Arc<Self>, transfer: &TransferStatus) -> Result<Permit, LoadError> {
        loop {
            let own = Arc::clone(&self.permits).acquire_owned().await.expect("never closed");
            let wait = match self.begin() {
                Ok(()) => {
                    let permit = Permit { host: Arc::clone(self), _own: own, shared: None, is_made: false };
                    match self.enter_shared().await {
                        Ok(shared) => return Ok(Permit::made(permit, shared)),
                        Err(wait) => wait,
                    }
                }
                Err(wait) => wait,
            };
            let left = self.bearable(wait)?;
            transfer.waits_for(HostWait {
                host: self.host_limits.host.clone(),
                is_asked_for: matches!(wait, Wait::Rest(_)),
                until: Instant::now() + left,
            });
            sleep(left).await;
        }
    }

    async fn enter_shared(&self) -> Result<Option<ProcessPermit>, Wait> {
        match &self.shared {
            Some(shared) => shared.enter().await,
            None => Ok(None),
        }
    }

    /// Makes no request for as long, if at all.
    pub(super) fn rest(&self, wait: Option<Duration>) {
        const FOREVER: Duration = Duration::from_hours(1 << 20);
        if let (Some(shared), Some(wait)) = (&self.shared, wait) {
            shared.rest(wait.min(FOREVER));
        }
        let mut past = self.past();
        past.rest_until = past.rest_until.max(wait.map(|wait| Instant::now() + wait.min(FOREVER)));
    }

    fn begin(&self) -> Result<(), Wait> {
        let now = Instant::now();
        let mut past = self.past();
        if let Some(left) = past.rest_until.and_then(|until| left(until, now)) {
            return Err(Wait::Rest(left));
        }
        if let Some(left) = self.host_limits.limits.iter().filter_map(|limit| past.left(*limit, now)).max() {
            return Err(Wait::Limit(left));
        }
        past.in_flight += 1;
        Ok(())
    }

    fn end(&self, is_made: bool) {
        let most = self.host_limits.limits.iter().map(|limit| limit.requests).max().unwrap_or_default();
        let mut past = self.past();
        past.in_flight -= 1;
        past.ends.extend(is_made.then(Instant::now));
        let excess = past.ends.len().saturating_sub(most);
        past.ends.drain(..excess);
    }

    fn past(&self) -> MutexGuard<'_, Past> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bearable(&self, wait: Wait) -> Result<Duration, LoadError> {
        let (left, says) = match wait {
            Wait::Rest(left) => (left, "asks to wait"),
            Wait::Limit(left) => (left, "was asked as often as lurker asks a site, so wait"),
        };
        if left <= LONGEST_WAIT {
            return Ok(left);
        }
        Err(LoadError::other(&self.host_limits.host, format!("{says} {}", wait_words(left))).advise(Advice::RetryLater))
    }
}

impl Past {
    /// The time until this limit allows one more.
    ///
    /// A request counts until as long after its *end* as the limit says. Its host got it before that, so for the host
    /// the limit holds however long requests are on their way.
    fn left(&self, limit: Limit, now: Instant) -> Option<Duration> {
        let ended = limit.requests.max(1).saturating_sub(self.in_flight + 1);
        let newer = self.ends.len().checked_sub(ended + 1)?;
        left(*self.ends.get(newer)? + limit.within, now)
    }
}

impl Permit {
    fn made(mut self, shared: Option<ProcessPermit>) -> Self {
        (self.shared, self.is_made) = (shared, true);
        self
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.host.end(self.is_made);
    }
}

fn left(until: Instant, now: Instant) -> Option<Duration> {
    until.checked_duration_since(now).filter(|left| !left.is_zero())
}

fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::super::host_limits::{host_limits, known_host_limits};
    use super::*;

    fn limiter_of(host: &str) -> Arc<HostLimiter> {
        RateLimiter::new(known_host_limits(), None).host(host, host)
    }

    async fn enter(host: &Arc<HostLimiter>) -> Result<Permit, LoadError> {
        host.enter(&TransferStatus::default()).await
    }

    #[test]
    fn subdomains_share_the_lane_of_their_site() {
        let limiter = RateLimiter::new(known_host_limits(), None);
        let host = |host| limiter.host(host, host);
        assert!(Arc::ptr_eq(&host("slashdot.org"), &host("it.slashdot.org")));
        assert!(!Arc::ptr_eq(&host("slashdot.org"), &host("notslashdot.org")));
        assert!(Arc::ptr_eq(&host("example.org"), &host("example.org")));
    }

    #[test]
    fn a_port_can_have_a_pace_of_its_own() {
        let limiter = RateLimiter::new(vec![host_limits("example.org:81", 7, &[], None)], None);
        let in_flight = |place| limiter.host("example.org", place).permits.available_permits();
        assert_eq!([in_flight("example.org:81"), in_flight("example.org:82"), in_flight("example.org")], [7, 2, 2]);
    }

    #[test]
    fn each_host_has_its_limits() {
        let cases =
            [("it.slashdot.org", 1, 15), ("lobste.rs", 1, 15), ("hn.algolia.com", 2, 60), ("example.org", 2, 15)];
        for (host, in_flight, seconds) in cases {
            let limiter = limiter_of(host);
            assert_eq!(limiter.permits.available_permits(), in_flight, "{host}");
            assert_eq!(limiter.timeout(Duration::from_secs(15)), Duration::from_secs(seconds), "{host}");
        }
    }

    #[test]
    fn no_more_are_in_flight_than_the_tightest_limit_counts() {
        let tight = Arc::new(HostLimiter::new(
            host_limits("example.org", 9, &[Limit::new(5, 60), Limit::new(3, 1)], None),
            None,
        ));
        assert_eq!(tight.permits.available_permits(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_counts_from_its_end() {
        let host = Arc::new(HostLimiter::new(host_limits("example.org", 1, &[Limit::new(2, 10)], None), None));
        let start = Instant::now();
        for _ in 0..2 {
            let permit = enter(&host).await.expect("allowed");
            tokio::time::advance(Duration::from_secs(3)).await;
            drop(permit);
        }
        drop(enter(&host).await.expect("in the end"));
        assert_eq!(start.elapsed().as_secs(), 13, "ten seconds after the first ended");
        drop(enter(&host).await.expect("in the end"));
        assert_eq!(start.elapsed().as_secs(), 16, "ten seconds after the second ended");
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_that_is_far_is_said() {
        let host = Arc::new(HostLimiter::new(host_limits("example.org", 1, &[Limit::new(1, 600)], None), None));
        drop(enter(&host).await.expect("allowed"));
        let error = enter(&host).await.expect_err("too soon");
        assert_eq!(error.to_string(), "example.org was asked as often as lurker asks a site, so wait 10 minutes");
        assert_eq!(error.advice, [Advice::RetryLater]);
        tokio::time::advance(Duration::from_mins(10)).await;
        assert!(enter(&host).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_short_rest_is_sat_out_and_the_longer_of_two_counts() {
        let host = limiter_of("lobste.rs");
        let start = Instant::now();
        host.rest(Some(Duration::from_secs(40)));
        host.rest(Some(Duration::from_secs(7)));
        let transfer = TransferStatus::default();
        {
            let mut entering = std::pin::pin!(host.enter(&transfer));
            assert!(tokio::time::timeout(Duration::from_secs(10), &mut entering).await.is_err());
            let (wait, left) = transfer.wait().expect("it waits");
            assert_eq!((wait.host.as_str(), wait.is_asked_for, left), ("lobste.rs", true, Duration::from_secs(30)));
            drop(entering.await.expect("in the end"));
        }
        assert_eq!((start.elapsed().as_secs(), transfer.wait()), (40, None));
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_rest_is_said_until_it_is_nearly_over() {
        let host = limiter_of("lobste.rs");
        let says = LoadError::other("lobste.rs", "asks to wait an hour").advise(Advice::RetryLater);
        host.rest(Some(Duration::from_hours(1)));
        assert_eq!(enter(&host).await.expect_err("still"), says);
        tokio::time::advance(Duration::from_secs(3550)).await;
        assert!(enter(&host).await.is_ok());
        host.rest(Some(Duration::MAX));
        assert!(enter(&host).await.is_err());
    }
}
