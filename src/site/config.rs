//! The reader's config of the sites: other addresses for them, credentials, the lists on the tab bar.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::LoadError;

/// The reader's config of one site.
#[derive(Clone, Debug, Default)]
pub struct SiteConfig {
    texts: Vec<(&'static str, String)>,
    secrets: Vec<(&'static str, Secret)>,
    sections: Vec<String>,
    pub(in crate::site) token: Token,
}

impl SiteConfig {
    /// A site at another address, which then counts as its own (a mirror, a test server).
    pub fn at(url: &str) -> Self {
        Self::default().with("url", url)
    }

    /// With this text for a key.
    #[must_use]
    pub fn with(mut self, key: &'static str, text: &str) -> Self {
        self.texts.push((key, text.to_owned()));
        self
    }

    /// With this secret for a key.
    #[must_use]
    pub fn with_secret(mut self, key: &'static str, secret: Secret) -> Self {
        self.secrets.push((key, secret));
        self
    }

    /// With these sections on the tab bar; the usual ones where there are none.
    #[must_use]
    pub fn with_sections(self, sections: Vec<String>) -> Self {
        Self { sections, ..self }
    }

    /// The address that stands in for the site's.
    pub(in crate::site) fn url(&self) -> Option<&str> {
        self.text("url")
    }

    /// The texts of those keys that are wanted, by name.
    pub fn texts(&self, is_wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = (&'static str, String)> {
        self.texts.iter().filter(move |(name, _)| is_wanted(name)).cloned()
    }

    /// The text of a key.
    pub(in crate::site) fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| *name == key).map(|(_, text)| text.as_str())
    }

    /// The secret of a key; an empty one where the config has none.
    pub(in crate::site) fn secret(&self, key: &str) -> Secret {
        self.secrets.iter().find(|(name, _)| *name == key).map(|(_, secret)| secret.clone()).unwrap_or_default()
    }

    /// The reader's own sections, else these.
    pub(in crate::site) fn sections(&self, usual: &[&str]) -> Vec<String> {
        let own = Some(&self.sections).filter(|sections| !sections.is_empty());
        own.cloned().unwrap_or_else(|| usual.iter().map(|&name| name.to_owned()).collect())
    }
}

/// The source of a secret. It is called anew each time, and its result is not stored.
#[derive(Clone)]
pub struct Secret(Arc<dyn Fn() -> Result<String, LoadError> + Send + Sync>);

impl Secret {
    /// A secret that this gives, which may wait: a loader asks where it is made and where it takes answers.
    pub fn new(source: impl Fn() -> Result<String, LoadError> + Send + Sync + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// The secret itself.
    ///
    /// # Errors
    /// The secret could not be read.
    pub(in crate::site) fn ask(&self) -> Result<String, LoadError> {
        (self.0)()
    }
}

impl Default for Secret {
    /// No secret.
    fn default() -> Self {
        Self::new(|| Ok(String::new()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// The token that a site gave last. Clones share it, so that one is requested once and not for every thread.
#[derive(Clone, Default)]
pub(in crate::site) struct Token(Arc<Mutex<Option<String>>>);

impl Token {
    /// The token, if there is one.
    pub(in crate::site) fn get(&self) -> Option<String> {
        self.shared().clone()
    }

    /// Keeps a token for this load and others.
    pub(in crate::site) fn keep(&self, token: &str) {
        *self.shared() = Some(token.to_owned());
    }

    /// Forgets a token that is no longer taken, unless there is another by now.
    pub(in crate::site) fn forget(&self, token: &str) {
        self.shared().take_if(|kept| kept == token);
    }

    fn shared(&self) -> MutexGuard<'_, Option<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}
