//! Redirects: one hop of a request, and the rules for the next.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Method};
use url::Url;

use super::failure::{network_login, place};
use crate::model::{Advice, LoadError};
use crate::site::Request;

const MAX_REDIRECTS: usize = 10;
const FORM: &str = "application/x-www-form-urlencoded";

/// The next request of a redirect chain.
#[derive(Clone, Debug)]
pub(super) struct RedirectHop {
    url: Url,
    form: Option<String>,
    headers: Vec<(&'static str, String)>,
    /// The number of redirects before it.
    count: usize,
}

impl RedirectHop {
    pub(super) fn first(request: &Request) -> Result<Self, LoadError> {
        let Request { url, form, headers, .. } = request;
        let url = Url::parse(url)
            .ok()
            .filter(is_web)
            .ok_or_else(|| LoadError::other("", format!("not a web address: {}", shown(url))))?;
        Ok(Self { url, form: form.clone(), headers: headers.clone(), count: 0 })
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(super) fn request(&self, client: &Client) -> Result<reqwest::Request, LoadError> {
        let mut builder = client.request(self.method(), self.url.clone());
        for (name, value) in &self.headers {
            builder = builder.header(*name, value);
        }
        if let Some(form) = &self.form {
            builder = builder.header(CONTENT_TYPE, FORM).body(form.clone());
        }
        builder.build().map_err(|_| {
            LoadError::other("", format!("a header for {} holds characters that HTTP cannot carry", place(&self.url)))
        })
    }

    /// The next hop if the answer is a redirect; `None` if it is to be read as it stands.
    pub(super) fn follow(&self, status: u16, location: Option<&HeaderValue>) -> Result<Option<Self>, LoadError> {
        let Some(location) = location.filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)) else {
            return Ok(None);
        };
        let next = self.toward(status, self.resolve(&String::from_utf8_lossy(location.as_bytes()))?);
        if next.count > MAX_REDIRECTS {
            let says = format!("more than {MAX_REDIRECTS} redirects, the last from {}", place(&self.url));
            return Err(LoadError::other("", says).advise(Advice::Browser));
        }
        Ok(Some(next))
    }

    fn resolve(&self, location: &str) -> Result<Url, LoadError> {
        let refusal = |why: &str, to: &str| self.refuse(&format!("redirects {why}: {}", shown(to)));
        let url = self.url.join(location).map_err(|_| refusal("to what is no address", location))?;
        if !is_web(&url) {
            return Err(refusal("to what is no web address", url.as_str()));
        }
        if self.url.scheme() == "https" && url.scheme() == "http" {
            let error = refusal("from https to http, which is not safe", url.as_str());
            return Err(error.advise(network_login()));
        }
        Ok(url)
    }

    /// The error of a redirect from a public address to a private one.
    pub(super) fn refuse_private(&self, next: &Self) -> LoadError {
        self.refuse(&format!(
            "redirects to an address of this network, which is not safe: {}",
            shown(next.url.as_str())
        ))
    }

    /// An error that this host's redirect is.
    fn refuse(&self, says: &str) -> LoadError {
        LoadError::other(place(&self.url), says).advise(Advice::Browser)
    }

    /// As browsers do it: 307 and 308 ask the same again, all others become a GET; a login stays with its own site.
    fn toward(&self, status: u16, url: Url) -> Self {
        let mut next = self.clone();
        next.count += 1;
        if !matches!(status, 307 | 308) {
            next.form = None;
        }
        if url.origin() != self.url.origin() {
            next.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(AUTHORIZATION.as_str()));
        }
        next.url = url;
        next
    }

    fn method(&self) -> Method {
        if self.form.is_some() { Method::POST } else { Method::GET }
    }
}

/// As much of an address as fits into a line, with nothing in it that could harm a terminal.
fn shown(address: &str) -> String {
    const SHOWN: usize = 100;
    let dots = if address.chars().nth(SHOWN).is_some() { "…" } else { "" };
    let start: String = address.chars().take(SHOWN).collect();
    format!("{}{dots}", start.escape_debug())
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hop(url: &str, form: Option<&str>) -> RedirectHop {
        let headers = vec![("Authorization", "Bearer x".to_owned()), ("Accept", "text/html".to_owned())];
        let request = Request { key: 0, url: url.to_owned(), form: form.map(str::to_owned), headers };
        RedirectHop::first(&request).expect("a web address")
    }

    fn follow(hop: &RedirectHop, status: u16, location: &str) -> Result<Option<RedirectHop>, String> {
        let location = HeaderValue::from_bytes(location.as_bytes()).expect("a header value");
        hop.follow(status, Some(&location)).map_err(|refusal| refusal.to_string())
    }

    fn next(hop: &RedirectHop, status: u16, location: &str) -> RedirectHop {
        follow(hop, status, location).expect("allowed").expect("a redirect")
    }

    #[test]
    fn a_location_may_be_relative_or_hold_any_letters() {
        let from = hop("https://a.example/x/y?z", None);
        let cases = [
            ("/w", "https://a.example/w"),
            ("w", "https://a.example/x/w"),
            ("//b.example/", "https://b.example/"),
            ("/größe", "https://a.example/gr%C3%B6%C3%9Fe"),
        ];
        for (location, url) in cases {
            assert_eq!(next(&from, 302, location).url.as_str(), url);
        }
    }

    #[test]
    fn only_a_redirect_with_a_location_is_followed() {
        let from = hop("http://a.example/", None);
        assert!(from.follow(302, None).expect("an answer").is_none());
        for status in [200, 201, 300, 304, 404] {
            assert!(follow(&from, status, "/x").expect("an answer").is_none(), "{status}");
        }
    }

    #[test]
    fn a_post_becomes_a_get_save_where_it_must_stay() {
        let from = hop("http://a.example/", Some("a=1"));
        for (status, kept) in [(301, false), (302, false), (303, false), (307, true), (308, true)] {
            assert_eq!(next(&from, status, "/x").form.is_some(), kept, "{status}");
        }
    }

    #[test]
    fn a_login_is_not_handed_to_another_site() {
        let from = hop("https://a.example/", None);
        let names = |hop: RedirectHop| hop.headers.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(names(next(&from, 302, "/x")), ["Authorization", "Accept"]);
        assert_eq!(names(next(&from, 302, "https://b.example/")), ["Accept"]);
        assert_eq!(names(next(&from, 302, "https://a.example:444/")), ["Accept"]);
    }

    #[test]
    fn an_unsafe_or_strange_target_is_refused() {
        let from = hop("https://a.example/", None);
        let says = |location| follow(&from, 302, location).expect_err("refused");
        assert_eq!(
            says("http://a.example/x"),
            "a.example redirects from https to http, which is not safe: http://a.example/x"
        );
        assert!(
            says("file:///etc/passwd").starts_with("a.example redirects to what is no web address: file:///etc/pas")
        );
        assert!(says("http://[").contains("no address"));
        let long = says(&format!("http://a.example/{}", "x".repeat(9000)));
        assert!(long.ends_with("xxx…") && long.len() < 300, "{long}");
    }

    #[test]
    fn the_same_address_may_come_again_within_the_ten() {
        let tenth = (1..=MAX_REDIRECTS).fold(hop("http://a.example/", None), |hop, _| next(&hop, 302, "/"));
        let says = follow(&tenth, 302, "/").expect_err("too many");
        assert_eq!(says, "more than 10 redirects, the last from a.example");
    }

    #[test]
    fn the_eleventh_redirect_is_one_too_many() {
        let tenth =
            (1..=MAX_REDIRECTS).fold(hop("http://a.example/0", None), |hop, n| next(&hop, 302, &format!("/{n}")));
        assert_eq!(tenth.url.path(), "/10");
        let says = follow(&tenth, 302, "/11").expect_err("too many");
        assert_eq!(says, "more than 10 redirects, the last from a.example");
    }

    #[test]
    fn an_address_of_another_scheme_is_not_asked_for() {
        for url in ["file:///etc/passwd", "ftp://a.example/", "slashdot.org", "", "http://"] {
            let request = Request { key: 0, url: url.to_owned(), form: None, headers: Vec::new() };
            assert_eq!(
                RedirectHop::first(&request).expect_err("refused").to_string(),
                format!("not a web address: {url}")
            );
        }
    }
}
