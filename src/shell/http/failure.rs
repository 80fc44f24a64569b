//! Failed exchanges: the error chain of the HTTP library → a load error, and whether a retry may help.

use std::error::Error;
use std::fmt;
use std::io;
use std::iter::successors;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::CertificateError;
use tokio::net::lookup_host;
use url::Url;

use crate::model::{Advice, Cause, LoadError};
use crate::site::Answer;

const MIB: usize = 1024 * 1024;

// The libraries below have no types for these errors, so they are told by their words; a test meets each.
/// Of rustls-platform-verifier: no certificate was found.
const NO_CERTIFICATES: &str = "No CA certificates were loaded";
/// Of hyper-util, for a proxy's answer to CONNECT: 407.
const PROXY_LOGIN: &str = "tunnel error: proxy authorization required";
/// Of hyper-util, for any other answer to CONNECT.
const PROXY_REFUSAL: &str = "tunnel error: unsuccessful";

/// A failed exchange.
#[derive(Debug)]
pub(super) enum Failure {
    /// Another attempt would end the same way.
    Final(LoadError),
    /// Another attempt may succeed: time ran out, or the connection broke, which is no answer either.
    Passing(LoadError),
    /// The server answers, but that it cannot now.
    Busy(Answer),
}

impl Failure {
    pub(super) fn may_pass(&self) -> bool {
        !matches!(self, Self::Final(_))
    }

    /// The result after the last attempt.
    pub(super) fn settle(self) -> Result<Answer, LoadError> {
        match self {
            Self::Final(refusal) | Self::Passing(refusal) => Err(refusal),
            Self::Busy(answer) => Ok(answer),
        }
    }
}

impl From<LoadError> for Failure {
    fn from(refusal: LoadError) -> Self {
        Self::Final(refusal)
    }
}

/// The client could not be built.
pub(super) fn setup(error: &reqwest::Error) -> LoadError {
    let cause = causes(error).last().map(ToString::to_string).unwrap_or_default();
    if cause.contains(NO_CERTIFICATES) {
        let install = "install the system's certificates (the package is often called ca-certificates), or name a file of \
                       them in SSL_CERT_FILE";
        let error = LoadError::other("", "this system has no certificates to tell a server by");
        return error.advise(Advice::Other(install.to_owned()));
    }
    LoadError::other("", format!("cannot set up the network: {cause}"))
}

/// An error of the network in a request to a host.
fn network(url: &Url, says: impl Into<String>) -> LoadError {
    LoadError::new(place(url), Cause::Network(says.into()))
}

/// No answer began within `limit`.
pub(super) fn no_answer(url: &Url, limit: Duration) -> Failure {
    let says = format!("did not answer within {} s", limit.as_secs_f64());
    Failure::Passing(network(url, says).advise(Advice::Retry))
}

/// An answer began, and then nothing more came for `limit`.
pub(super) fn silence(url: &Url, limit: Duration, bytes: usize) -> Failure {
    let says = format!("sent nothing more for {} s, after {bytes} bytes", limit.as_secs_f64());
    Failure::Passing(network(url, says).advise(Advice::Retry))
}

/// Less than a kibibyte came within a stretch of time, and the body has not ended.
pub(super) fn too_slow(url: &Url, within: Duration, bytes: usize) -> Failure {
    let says = format!("sent less than 1 KB in {} s, after {bytes} bytes in all", within.as_secs());
    Failure::Final(network(url, says).advise(Advice::RetryLater))
}

/// The body is longer than `max` bytes.
pub(super) fn too_large(url: &Url, max: usize) -> Failure {
    let max = if max.is_multiple_of(MIB) { format!("{} MiB", max / MIB) } else { format!("{max} bytes") };
    let error = network(url, format!("sent more than {max}, which is the limit"));
    Failure::Final(error.advise(Advice::Config("max_body_mebibytes".to_owned())))
}

/// The exchange failed before an answer began; behind a proxy, that may be at fault.
pub(super) fn no_exchange(url: &Url, error: &reqwest::Error, proxy: Option<String>) -> Failure {
    if let Some(error) = proxy.as_deref().and_then(|proxy| refused_by_proxy(url, error, proxy)) {
        return Failure::Final(error);
    }
    if let Some(UnknownHost(name)) = find::<UnknownHost>(error) {
        let check = Advice::Check("check the address and the connection".to_owned());
        let error = LoadError::new("", Cause::Network(format!("cannot find {name} (are you offline?)")));
        return Failure::Final(error.advise(check).advise(Advice::Retry));
    }
    if let Some(refused) = find::<rustls::Error>(error) {
        return Failure::Final(tls(url, refused));
    }
    let doubt = proxy.map(|proxy| format!(" (is {proxy} right?)")).unwrap_or_default();
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => {
            Failure::Final(network(url, format!("refused the connection{doubt}")).advise(Advice::Retry))
        }
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown) => {
            let says = format!("cannot reach {} (are you offline?)", place(url));
            let check = Advice::Check("check the connection".to_owned());
            Failure::Final(LoadError::new("", Cause::Network(says)).advise(check).advise(Advice::Retry))
        }
        _ if error.is_connect() => {
            let says = format!("cannot connect to {}{doubt}", place(url));
            Failure::Passing(LoadError::new("", Cause::Network(says)).advise(Advice::Retry))
        }
        _ => {
            let says = "closed the connection without an answer that can be read";
            Failure::Passing(network(url, says).advise(Advice::Retry))
        }
    }
}

/// The error of a proxy that does not connect to a host.
fn refused_by_proxy(url: &Url, error: &reqwest::Error, proxy: &str) -> Option<LoadError> {
    let says =
        causes(error).map(ToString::to_string).find(|says| [PROXY_LOGIN, PROXY_REFUSAL].contains(&says.as_str()))?;
    let (says, advice) = if says == PROXY_LOGIN {
        ("wants a name and a password".to_owned(), "write them into its address: http://NAME:PASSWORD@HOST:PORT")
    } else {
        let advice = "ask who runs it whether it may be reached, or set proxy to \"none\" in the config";
        (format!("does not connect to {}", place(url)), advice)
    };
    Some(LoadError::new(proxy, Cause::Network(says)).advise(Advice::Other(advice.to_owned())))
}

/// The exchange failed after `bytes` of the decompressed body.
pub(super) fn broken_body(url: &Url, error: &reqwest::Error, bytes: usize) -> Failure {
    let place = place(url);
    // The decoder's error stands there itself; the connection's error stands in one of the HTTP layer.
    let is_decoder = error.source().is_some_and(<dyn Error>::is::<io::Error>);
    let says = if is_decoder {
        format!("the answer of {place} cannot be decompressed after {bytes} bytes")
    } else {
        format!("the connection to {place} broke off after {bytes} bytes")
    };
    let error = LoadError::new("", Cause::Network(says)).advise(Advice::Retry);
    if is_decoder { Failure::Final(error) } else { Failure::Passing(error) }
}

/// The host of a URL, with its port where that is not the usual one.
pub(super) fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn tls(url: &Url, error: &rustls::Error) -> LoadError {
    use CertificateError::{Expired, ExpiredContext, NotValidForName, NotValidForNameContext};
    use CertificateError::{NotValidYet, NotValidYetContext, UnknownIssuer};
    let place = place(url);
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return LoadError::new("", Cause::Network(format!("no secure connection to {place} could be made")));
    };
    let why = match certificate {
        Expired | ExpiredContext { .. } => ": it has expired",
        NotValidYet | NotValidYetContext { .. } => ": it is not valid yet (is this computer's clock right?)",
        NotValidForName | NotValidForNameContext { .. } => ": it is for another name",
        UnknownIssuer => ": nobody that this computer trusts has issued it",
        _ => "",
    };
    let error = LoadError::new("", Cause::Network(format!("the certificate of {place} is not trusted{why}")));
    match certificate {
        NotValidForName | NotValidForNameContext { .. } | UnknownIssuer => error.advise(network_login()),
        _ => error,
    }
}

/// Networks of hotels and trains answer in the place of others until somebody has logged in.
pub(super) fn network_login() -> Advice {
    Advice::Other("if this network wants a login first, open any page in a browser".to_owned())
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|cause| cause.downcast_ref::<T>())
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| inside(error).or_else(|| error.source()))
}

/// The error inside an I/O error, which its `source` would pass over.
fn inside<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let inner = error.downcast_ref::<io::Error>()?.get_ref()?;
    Some(inner)
}

/// The system's name resolution, with an error that can be told from others.
#[derive(Debug)]
pub(super) struct Resolver;

#[derive(Debug)]
struct UnknownHost(String);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            match lookup_host((name.as_str(), 0)).await {
                Ok(addresses) => Ok(Box::new(addresses.collect::<Vec<_>>().into_iter()) as Addrs),
                Err(_) => Err(UnknownHost(name.as_str().to_owned()).into()),
            }
        })
    }
}

impl fmt::Display for UnknownHost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot find {}", self.0)
    }
}

impl Error for UnknownHost {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_refused_with_the_reason() {
        let url = Url::parse("https://example.org:8443/x").expect("a URL");
        let says = |why| tls(&url, &rustls::Error::InvalidCertificate(why)).to_string();
        assert_eq!(
            says(CertificateError::Expired),
            "the certificate of example.org:8443 is not trusted: it has expired"
        );
        assert!(says(CertificateError::NotValidForName).ends_with("it is for another name"));
        assert!(says(CertificateError::Revoked).ends_with("is not trusted"));
    }

    #[test]
    fn a_cause_inside_an_io_error_is_found() {
        let inner = io::Error::other(UnknownHost("example.invalid".to_owned()));
        let outer = io::Error::new(io::ErrorKind::InvalidData, inner);
        assert!(find::<UnknownHost>(&outer).is_some());
    }
}
