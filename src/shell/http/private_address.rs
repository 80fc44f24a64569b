//! Private addresses: those of this computer and of the network that it is in, which a public site may not lead to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use tokio::net::lookup_host;
use url::{Host, Url};

/// Endings of names that no public name server knows (RFC 6761, 6762, 8375, and ICANN's `internal`).
const PRIVATE_NAMES: [&str; 4] = ["localhost", "local", "internal", "home.arpa"];

/// Whether a URL leads to a private address. A name is looked up where that is asked for; behind a proxy it says nothing.
pub(super) async fn is_private(url: &Url, looks_up: bool) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private_v4(address),
        Some(Host::Ipv6(address)) => is_private_v6(address),
        Some(Host::Domain(name)) if is_private_name(name) => true,
        Some(Host::Domain(name)) if looks_up => match lookup_host((name, 0)).await {
            Ok(mut addresses) => addresses.any(|address| match address.ip() {
                IpAddr::V4(address) => is_private_v4(address),
                IpAddr::V6(address) => is_private_v6(address),
            }),
            // It cannot be asked for anything either.
            Err(_) => false,
        },
        None | Some(Host::Domain(_)) => false,
    }
}

fn is_private_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let ends = |ending: &&str| name.strip_suffix(*ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !name.contains('.') || PRIVATE_NAMES.iter().any(ends)
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    // 0.0.0.0/8 is this network; 100.64.0.0/10 is behind a provider's translation (RFC 6598).
    let is_shared = first == 0 || first == 100 && second & 0b1100_0000 == 64;
    address.is_loopback() || address.is_private() || address.is_link_local() || is_shared
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let is_own = address.is_loopback() || address.is_unspecified();
    is_own
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.to_ipv4_mapped().is_some_and(is_private_v4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn private_addresses_are_known_by_number_and_by_name() {
        for (host, expected) in [
            ("127.0.0.1", true),
            ("127.1", true),
            ("0x7f.1", true),
            ("10.1.2.3", true),
            ("172.16.0.1", true),
            ("172.32.0.1", false),
            ("192.168.1.1", true),
            ("169.254.169.254", true),
            ("100.64.0.1", true),
            ("100.128.0.1", false),
            ("0.0.0.0", true),
            ("[::1]", true),
            ("[fd00::1]", true),
            ("[fe80::1]", true),
            ("[::ffff:10.0.0.1]", true),
            ("[2001:db8::1]", false),
            ("localhost", true),
            ("router", true),
            ("nas.local.", true),
            ("x.localhost", true),
            ("8.8.8.8", false),
            ("example.org", false),
            ("notlocal", true),
            ("not.alocal", false),
        ] {
            let url = Url::parse(&format!("http://{host}/")).expect("a URL");
            assert_eq!(is_private(&url, false).await, expected, "{host}");
        }
    }
}
