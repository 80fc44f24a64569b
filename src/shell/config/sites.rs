//! The sites of the config, its default site, and the texts of its network.

use super::super::secret::secret;
use super::super::toml_file::{Entry, Mistake, Mistakes, Reader};
use super::Draft;
use crate::site::{self, ConfigKey, Info, KeyKind, LoadError, SITES, Secret, SiteConfig, Sites};
use crate::view::{Bound, Order, Thresholds};

/// The keys that every site has, behind its own.
pub(super) const COMMON: [(&str, Reader<Draft>); 4] = [
    ("min_score", |draft, entry| {
        draft.thresholds(entry).hide = Some(bound(entry)?);
        Ok(())
    }),
    ("full_score", |draft, entry| {
        draft.thresholds(entry).full = Some(bound(entry)?);
        Ok(())
    }),
    ("sort", |draft, entry| {
        let names = || Order::NAMES.map(|(_, name)| name).join(", ");
        let order =
            Order::named(entry.text()?).ok_or_else(|| entry.wrong(&format!("is no order; there are {}", names())))?;
        let name = site::info(entry.table()).map_or("", |info| info.name);
        draft.options.site_orders.push((name, order));
        Ok(())
    }),
    ("sections", |draft, entry| {
        let items = entry.items()?;
        let sections: Result<Vec<&str>, Mistakes> = items.iter().map(Entry::text).collect();
        let sections = sections?.into_iter().map(str::to_owned).collect();
        draft.with_site(entry, |config| config.with_sections(sections));
        Ok(())
    }),
];

impl Draft {
    /// Reads a key that is a site's own.
    pub(super) fn read_site_key(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        let keys = site::info(entry.table()).map_or(&[][..], |info| info.config_keys);
        let Some(ConfigKey { name, kind }) = keys.iter().find(|key| key.name == entry.name()) else { return Ok(()) };
        let text = entry.text()?;
        match kind {
            KeyKind::Address(hosts) => {
                let Some(url) = address(entry, text)? else { return Ok(()) };
                self.with_site(entry, |config| config.with(name, url.as_str().trim_end_matches('/')));
                hosts.first().into_iter().for_each(|host| self.network.mirror(host, &url));
            }
            KeyKind::Text(is_right, _) if is_right(text) => self.with_site(entry, |config| config.with(name, text)),
            KeyKind::Text(_, says) => return Err(entry.wrong(says)),
            KeyKind::SecretCommand if text.trim().is_empty() => {}
            KeyKind::SecretCommand => {
                let (place, command) = (format!("{}: {name}:", entry.label().place), text.to_owned());
                let ask = move || secret(&command).map_err(|says| LoadError::other(&place, says));
                self.with_site(entry, |config| config.with_secret(name, Secret::new(ask)));
            }
        }
        Ok(())
    }

    fn with_site(&mut self, entry: &Entry, change: impl FnOnce(SiteConfig) -> SiteConfig) {
        let Some(Info { name, .. }) = site::info(entry.table()) else { return };
        let place = self.site_configs.iter().position(|(site, _)| site == name);
        let config = place.map_or_else(SiteConfig::default, |place| self.site_configs.swap_remove(place).1);
        self.site_configs.push((name, change(config)));
    }

    /// The config of the sites so far.
    pub(super) fn sites(&self) -> Sites {
        let configs = self.site_configs.iter();
        configs.fold(Sites::default(), |sites, (name, config)| sites.with(name, config.clone()))
    }

    /// The thresholds of the site that a key stands under.
    fn thresholds(&mut self, entry: &Entry) -> &mut Thresholds {
        let all = &mut self.options.site_thresholds;
        let name = site::info(entry.table()).map_or("", |info| info.name);
        let place = all.iter().position(|(site, _)| *site == name).unwrap_or_else(|| {
            all.push((name, Thresholds::default()));
            all.len() - 1
        });
        &mut all[place].1
    }

    /// Reads the name of the list that is shown without a target. Whether there is one cannot be told yet.
    pub(super) fn read_default_site(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        self.default_site = Some((entry.text()?.to_owned(), entry.label()));
        Ok(())
    }

    /// What is wrong with the default site.
    pub(super) fn default_site(&self) -> Option<Mistake> {
        let (name, label) = self.default_site.as_ref()?;
        match site::list(name, &self.sites()) {
            Some(Ok(_)) => None,
            Some(Err(says)) => Some(label.wrong(&says)),
            None => {
                let names = SITES.map(|site| site.info().name).join(", ");
                Some(label.wrong(&format!("is no site that lurker knows; there are {names}, and their sections")))
            }
        }
    }

    /// Reads the proxy; none where it is empty.
    pub(super) fn read_proxy(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        let Some(proxy) = entry.text_if_any()? else { return Ok(()) };
        if proxy != "none" && reqwest::Proxy::all(proxy).is_err() {
            return Err(entry.wrong("is no address like http://host:port, nor \"none\""));
        }
        self.network.proxy = Some(proxy.to_owned());
        Ok(())
    }

    /// Reads the `User-Agent` header; the usual one where it is empty.
    pub(super) fn read_user_agent(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        let Some(name) = entry.text_if_any()? else { return Ok(()) };
        if !name.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
            return Err(entry.wrong("has characters that no header can have; use ASCII ones"));
        }
        name.clone_into(&mut self.network.user_agent);
        Ok(())
    }
}

/// The bound of a threshold: a number that is a score, or a text that [`Bound::parse`] reads.
fn bound(entry: &Entry) -> Result<Bound, Mistakes> {
    let score = entry.whole_number().and_then(|score| i32::try_from(score).ok()).map(Bound::Score);
    let written = || entry.text().ok().and_then(|text| Bound::parse(text).ok());
    score.or_else(written).ok_or_else(|| entry.wrong("must be a score (3), a share (\"20%\") or a time (\"10m\")"))
}

/// An address of the file; nothing where it is a site's own.
fn address(entry: &Entry, text: &str) -> Result<Option<url::Url>, Mistakes> {
    let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| entry.wrong("is no http or https address"))?;
    let is_own = |key: &ConfigKey| match key.kind {
        KeyKind::Address(hosts) => url.host_str().is_some_and(|host| hosts.contains(&host)),
        KeyKind::Text(..) | KeyKind::SecretCommand => false,
    };
    let is_own = SITES.iter().any(|site| site.info().config_keys.iter().any(is_own));
    Ok(Some(url).filter(|_| !is_own))
}
