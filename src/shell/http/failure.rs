//! Why an exchange failed: the error chain of the HTTP library → one line for the reader, and whether to try again.

use std::error::Error;
use std::fmt;
use std::io;
use std::iter::successors;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::CertificateError;
use tokio::net::lookup_host;
use url::Url;

use crate::site::{Answer, LoadError};

const MIB: usize = 1024 * 1024;
const AGAIN: &str = "; try again with r";

/// How an exchange ended when not with an answer that stands.
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

    /// What it comes to when there is no further attempt.
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
    LoadError::sentence(format!("cannot set up the network: {cause}"))
}

/// No answer began within `limit`.
pub(super) fn no_answer(url: &Url, limit: Duration) -> Failure {
    Failure::Passing(LoadError::sentence(format!(
        "{} did not answer within {} s{AGAIN}",
        place(url),
        limit.as_secs_f64()
    )))
}

/// An answer began, and then nothing more came for `limit`.
pub(super) fn silence(url: &Url, limit: Duration, bytes: usize) -> Failure {
    let seconds = limit.as_secs_f64();
    Failure::Passing(LoadError::sentence(format!(
        "{} sent nothing more for {seconds} s, after {bytes} bytes{AGAIN}",
        place(url)
    )))
}

/// The body is longer than `max` bytes.
pub(super) fn too_large(url: &Url, max: usize) -> Failure {
    let max = if max.is_multiple_of(MIB) { format!("{} MiB", max / MIB) } else { format!("{max} bytes") };
    let advice = "for more, set max_body_mebibytes in the config";
    Failure::Final(LoadError::sentence(format!("{} sent more than {max}, which is the limit; {advice}", place(url))))
}

/// The exchange failed before an answer began; behind a proxy, that may be at fault.
pub(super) fn no_exchange(url: &Url, error: &reqwest::Error, is_proxied: bool) -> Failure {
    if let Some(unknown) = find::<UnknownHost>(error) {
        return Failure::Final(LoadError::sentence(unknown.to_string()));
    }
    if let Some(refused) = find::<rustls::Error>(error) {
        return Failure::Final(tls(url, refused));
    }
    let place = place(url);
    let doubt = if is_proxied { " (is the proxy right?)" } else { "" };
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => {
            Failure::Final(LoadError::sentence(format!("{place} refused the connection{doubt}{AGAIN}")))
        }
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown) => {
            let advice = "check the connection, then try again with r";
            Failure::Final(LoadError::sentence(format!("cannot reach {place} (are you offline?); {advice}")))
        }
        _ if error.is_connect() => {
            Failure::Passing(LoadError::sentence(format!("cannot connect to {place}{doubt}{AGAIN}")))
        }
        _ => {
            let says = format!("{place} closed the connection without an answer that can be read{AGAIN}");
            Failure::Passing(LoadError::sentence(says))
        }
    }
}

/// The exchange failed after `bytes` of the decompressed body.
pub(super) fn broken_body(url: &Url, error: &reqwest::Error, bytes: usize) -> Failure {
    let place = place(url);
    // What the decoder reports stands there itself; what the connection reports stands in an error of the HTTP layer.
    if error.source().is_some_and(<dyn Error>::is::<io::Error>) {
        return Failure::Final(LoadError::sentence(format!(
            "the answer of {place} cannot be decompressed after {bytes} bytes{AGAIN}"
        )));
    }
    Failure::Passing(LoadError::sentence(format!("the connection to {place} broke off after {bytes} bytes{AGAIN}")))
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
        return LoadError::sentence(format!("no secure connection to {place} could be made"));
    };
    let why = match certificate {
        Expired | ExpiredContext { .. } => ": it has expired",
        NotValidYet | NotValidYetContext { .. } => ": it is not valid yet (is this computer's clock right?)",
        NotValidForName | NotValidForNameContext { .. } => ": it is for another name",
        UnknownIssuer => ": nobody that this computer trusts has issued it",
        _ => "",
    };
    LoadError::sentence(format!("the certificate of {place} is not trusted{why}"))
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|cause| cause.downcast_ref::<T>())
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| inside(error).or_else(|| error.source()))
}

/// What an I/O error wraps; its `source` would pass that over.
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
        let advice = "check the address and the connection, then try again with r";
        write!(formatter, "cannot find {} (are you offline?); {advice}", self.0)
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
