//! The reader's own registration at Reddit: its id, where its secret comes from, and the token that it was given last.

use std::fmt;

use url::Url;
use url::form_urlencoded::Serializer;

use crate::site::config::Token;
use crate::site::{LoadError, Request, Secret, SiteConfig, web};

/// Reddit's pages, and where tokens are given out.
const PAGES: &str = "https://www.reddit.com";
/// Reddit's interface, for those who have a token.
const INTERFACE: &str = "https://oauth.reddit.com";

/// A registration at Reddit. Clones share their token, so that one is requested once and not for every thread.
///
/// Its secrets are never shown: `Debug` tells only the address of Reddit and the id in use.
#[derive(Clone, Default)]
pub struct Account {
    url: Option<String>,
    client_id: String,
    secret: Secret,
    /// The token that was given last.
    pub(super) token: Token,
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Account");
        shown.field("url", &self.url).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl PartialEq for Account {
    fn eq(&self, other: &Self) -> bool {
        (&self.url, &self.client_id) == (&other.url, &other.client_id)
    }
}

impl Eq for Account {}

impl Account {
    /// A registration. `url` is another server that stands in for Reddit, tokens, interface and pages alike; with an empty
    /// `client_id` nothing can be requested.
    pub fn new(url: Option<String>, client_id: String, secret: Secret) -> Self {
        let url = url.map(|url| url.trim_end_matches('/').to_owned());
        Self { url, client_id, secret, token: Token::default() }
    }

    /// The registration that the config names.
    pub(super) fn of(config: &SiteConfig) -> Self {
        let url = config.url().map(str::to_owned);
        let id = config.text("client_id").unwrap_or_default().to_owned();
        Self { token: config.token.clone(), ..Self::new(url, id, config.secret("client_secret_command")) }
    }

    /// The address of the pages.
    pub(super) fn pages(&self) -> &str {
        self.url.as_deref().unwrap_or(PAGES)
    }

    /// The address of the interface.
    pub(super) fn interface(&self) -> &str {
        self.url.as_deref().unwrap_or(INTERFACE)
    }

    /// An address in any form, if it is one of Reddit's; without a scheme it is read as one of the stand-in's, and without
    /// a host (`/r/rust/…`) as well.
    pub(super) fn own(&self, text: &str) -> Option<Url> {
        let path = text.trim_start_matches('/');
        if path.starts_with("r/") {
            return Url::parse(&format!("{}/{path}", self.pages())).ok();
        }
        let stand_in = self.url.as_deref().and_then(|url| Url::parse(url).ok());
        let own = |url: &Url| is_reddit(url).then(|| web::origin(url));
        web::on_site(text, stand_in.as_ref(), own).map(|(url, _)| url)
    }

    /// Whether there is a client id for requests.
    pub(super) fn has_id(&self) -> bool {
        !self.client_id.is_empty()
    }

    /// The request for a token (RFC 6749 §4.4; without a secret, the grant that Reddit has for installed apps).
    ///
    /// # Errors
    /// The secret could not be loaded.
    pub(super) fn login(&self) -> Result<Request, LoadError> {
        let secret = self.secret.ask()?;
        let mut form = Serializer::new(String::new());
        if secret.is_empty() {
            form.append_pair("grant_type", "https://oauth.reddit.com/grants/installed_client");
            // Reddit's own word for those who give no id of their device.
            form.append_pair("device_id", "DO_NOT_TRACK_THIS_DEVICE");
        } else {
            form.append_pair("grant_type", "client_credentials");
        }
        let login = base64(format!("{}:{secret}", self.client_id).as_bytes());
        Ok(Request {
            key: 0,
            url: format!("{}/api/v1/access_token", self.pages()),
            form: Some(form.finish()),
            headers: vec![("authorization", format!("Basic {login}"))],
        })
    }
}

fn is_reddit(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_short = matches!(host, "redd.it" | "www.redd.it");
    url.port().is_none() && (is_short || host == "reddit.com" || host.ends_with(".reddit.com"))
}

/// Base 64 with padding (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sign = SIGNS.get((bits >> (18 - 6 * place) & 63) as usize).filter(|_| place <= group.len());
            out.push(sign.map_or('=', |&sign| char::from(sign)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(secret: &'static str) -> Account {
        Account::new(None, "some_id".to_owned(), Secret::new(move || Ok(secret.to_owned())))
    }

    #[test]
    fn base64_as_the_standard_has_it() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("\u{ff}\u{3fff}", "w7/jv78="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expected, "{bytes}");
        }
    }

    #[test]
    fn a_secret_decides_the_grant() {
        let request = account("open sesame").login().expect("a secret");
        assert_eq!(request.url, "https://www.reddit.com/api/v1/access_token");
        assert_eq!(request.form.as_deref(), Some("grant_type=client_credentials"));
        assert_eq!(request.headers, [("authorization", format!("Basic {}", base64(b"some_id:open sesame")))]);
        let form = account("").login().expect("none is one").form.unwrap_or_default();
        assert!(form.ends_with("installed_client&device_id=DO_NOT_TRACK_THIS_DEVICE"), "{form}");
        let error = || LoadError::other("the command", "is locked");
        let locked = Account::new(None, "a".to_owned(), Secret::new(move || Err(error())));
        assert_eq!(locked.login(), Err(error()));
    }

    #[test]
    fn nothing_secret_is_shown() {
        let account = account("open sesame");
        account.token.keep("token-of-mine");
        let request = account.login().expect("a secret");
        let shown = format!("{account:?} {:?} {request:?}", account.secret);
        for secret in ["sesame", "token-of-mine", base64(b"some_id:open sesame").as_str()] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(shown.contains("some_id") && shown.contains("authorization"), "{shown}");
    }

    #[test]
    fn clones_share_the_token() {
        let (one, other) = (account(""), account(""));
        let clone = one.clone();
        one.token.keep("first");
        assert_eq!((clone.token.get().as_deref(), other.token.get()), (Some("first"), None));
        clone.token.keep("second");
        one.token.forget("first");
        assert_eq!(one.token.get().as_deref(), Some("second"));
        one.token.forget("second");
        assert_eq!(clone.token.get(), None);
    }
}
