//! Proxies: the one that the config names, or those of the environment.

use std::env;

use reqwest::{ClientBuilder, NoProxy, Proxy};
use url::Url;

use super::Settings;
use crate::model::LoadError;

/// The variables that name proxies, with the schemes of the addresses for which they do; those in front go first.
const VARIABLES: [(&str, &[&str]); 6] = [
    ("HTTPS_PROXY", &["https"]),
    ("https_proxy", &["https"]),
    ("HTTP_PROXY", &["http"]),
    ("http_proxy", &["http"]),
    ("ALL_PROXY", &["http", "https"]),
    ("all_proxy", &["http", "https"]),
];
/// The schemes that a proxy's address may have.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// Sets the proxy of the settings, or leaves those of the environment, which the HTTP library reads itself.
///
/// # Errors
/// One of them is no address. It is not shown, for it may hold a password.
pub(super) fn set(builder: ClientBuilder, proxy: Option<&str>) -> Result<ClientBuilder, LoadError> {
    // The library lets a star stand for names alone, not for addresses in numbers.
    if proxy == Some("none") || value("NO_PROXY").or_else(|| value("no_proxy")).is_some_and(|hosts| hosts == "*") {
        return Ok(builder.no_proxy());
    }
    let Some(address) = proxy else {
        let wrong = VARIABLES.iter().find(|(name, _)| value(name).is_some_and(|address| !is_address(&address)));
        return wrong.map_or(Ok(builder), |(name, _)| Err(no_address(name)));
    };
    let proxy =
        Proxy::all(address).ok().filter(|_| is_address(address)).ok_or_else(|| no_address("the configured proxy"))?;
    Ok(builder.proxy(proxy.no_proxy(NoProxy::from_env())))
}

/// The proxy through which an address is asked for, in words that say who names it; `None` without one.
pub(super) fn named_for(url: &Url, settings: &Settings) -> Option<String> {
    named_for_scheme(url.scheme(), settings)
}

/// The same for all addresses of a scheme.
pub(in crate::shell) fn named_for_scheme(scheme: &str, settings: &Settings) -> Option<String> {
    match settings.proxy.as_deref() {
        Some("none") => None,
        Some(_) => Some("the proxy of the config".to_owned()),
        None => {
            let names = |schemes: &[&str]| schemes.contains(&scheme);
            let mut set = VARIABLES.iter().filter(|(name, schemes)| names(schemes) && value(name).is_some());
            set.next().map(|(name, _)| format!("the proxy that {name} names"))
        }
    }
}

/// A variable of the environment, where it says anything.
fn value(name: &str) -> Option<String> {
    let value = env::var_os(name)?.to_string_lossy().trim().to_owned();
    (!value.is_empty()).then_some(value)
}

fn is_address(address: &str) -> bool {
    let whole = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    Url::parse(&whole)
        .is_ok_and(|url| SCHEMES.contains(&url.scheme()) && url.host_str().is_some_and(|host| !host.is_empty()))
}

fn no_address(name: &str) -> LoadError {
    LoadError::other("", format!("{name} is not an address like http://host:port"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_proxy_needs_a_host_and_a_known_scheme() {
        for address in ["http://a:1", "a:1", "socks5h://me:secret@a.example", "127.0.0.1:3128", "https://[::1]:1"] {
            assert!(is_address(address), "{address}");
        }
        for address in ["http://", "nonsense://a", "ftp://a", "a b", "", "socks5://", "http://["] {
            assert!(!is_address(address), "{address}");
        }
    }
}
