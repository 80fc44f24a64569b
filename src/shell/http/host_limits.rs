//! Limits of hosts: those that a site names, and those of a host of which nothing is known.

use std::time::Duration;

use crate::site::{Limit, SITES};

/// The limits of a host and its subdomains, shared by all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostLimits {
    /// The host's name, in lower case; with a port, it is that port of the host alone.
    pub host: String,
    /// The most requests at one time, at least 1.
    pub in_flight: usize,
    /// The most requests in a while; each of these holds.
    pub limits: Vec<Limit>,
    /// A time-out that is longer than the usual one.
    pub timeout: Option<Duration>,
}

/// The most requests at one time to a host of which nothing is known.
const IN_FLIGHT_ANYWHERE: usize = 2;

/// The limits of a host of which nothing is known: it may be of any site that may be on any host, so those of all of them.
fn limits_anywhere() -> Vec<Limit> {
    SITES.iter().flat_map(|site| site.info().limits).copied().collect()
}

/// The limits of a host of which nothing is known.
pub(super) fn unknown_host_limits(host: &str) -> HostLimits {
    host_limits(host, IN_FLIGHT_ANYWHERE, &limits_anywhere(), None)
}

/// The hosts that want more care than others, or less.
pub fn known_host_limits() -> Vec<HostLimits> {
    let hosts = SITES.iter().flat_map(|site| site.info().hosts);
    hosts.map(|host| host_limits(host.name, host.in_flight, host.limits, host.timeout)).collect()
}

pub(super) fn host_limits(host: &str, in_flight: usize, limits: &[Limit], timeout: Option<Duration>) -> HostLimits {
    HostLimits { host: host.to_owned(), in_flight, limits: limits.to_vec(), timeout }
}

/// The reason why a request must wait, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wait {
    /// The host asked for it.
    Rest(Duration),
    /// It would be more than the host allows.
    Limit(Duration),
}
