//! The keys of the config file, and how each is read.

use std::time::Duration;

use super::super::theme;
use super::super::toml_file::Key;
use super::keys::ShippedMap;
use super::{Draft, sites};
use crate::app::When;
use crate::site::{Info, KeyKind, SITES, Site};
use crate::view::{Density, ReadingSpeed};

const WHEN: [(&str, When); 3] = [("auto", When::Auto), ("always", When::Always), ("never", When::Never)];

/// Every key; `*` is any name.
pub(super) fn keys() -> Vec<Key<Draft>> {
    let sites = SITES.map(Site::info).into_iter().flat_map(of_site);
    general().into_iter().chain(sites).chain(in_tables()).collect()
}

fn general() -> Vec<Key<Draft>> {
    vec![
        Key::new("default_site", Draft::read_default_site),
        Key::new("theme", |draft, entry| {
            let theme = theme::named(entry.text()?, draft.folder.as_deref());
            draft.appearance.theme = Some(theme.map_err(|wrong| wrong.of(entry))?);
            Ok(())
        }),
        Key::new("resume", |draft, entry| entry.flag().map(|resumes| draft.resumes = resumes)),
        Key::new("keymap", |draft, entry| entry.one_of(&ShippedMap::NAMES).map(|map| draft.keymap = map)),
        Key::new("browser", Draft::read_browser),
        Key::new("text_width", |draft, entry| {
            draft.options.text_width = entry.number(1..=1_000_000)? as usize;
            Ok(())
        }),
        Key::new("words_per_minute", |draft, entry| {
            draft.options.reading_speed = ReadingSpeed::new(entry.number(1..=1_000_000)?);
            Ok(())
        }),
        Key::new("density", |draft, entry| {
            entry.one_of(&Density::NAMES).map(|density| draft.options.lists.density = density)
        }),
        Key::new("hints", |draft, entry| entry.flag().map(|hints| draft.options.hints = hints)),
        Key::new("minimap", |draft, entry| entry.one_of(&WHEN).map(|when| draft.options.minimap = when)),
        Key::new("hyperlinks", |draft, entry| entry.one_of(&WHEN).map(|when| draft.appearance.hyperlinks = when)),
    ]
}

/// The keys of a site's own, and those of every site.
fn of_site(info: &'static Info) -> impl Iterator<Item = Key<Draft>> {
    let own = info.config_keys.iter().map(|key| Key {
        path: vec!["sites", info.name, key.name],
        read: Draft::read_site_key,
        is_secret: matches!(key.kind, KeyKind::SecretCommand),
    });
    let common = sites::COMMON.into_iter();
    own.chain(common.map(|(name, read)| Key { path: vec!["sites", info.name, name], read, is_secret: false }))
}

fn in_tables() -> Vec<Key<Draft>> {
    vec![
        Key::new("network.timeout_seconds", |draft, entry| {
            draft.network.timeout = Duration::from_secs(entry.number(1..=86_400)?.into());
            Ok(())
        }),
        // It may hold a password.
        Key::new("network.proxy", Draft::read_proxy).secret(),
        Key::new("network.max_body_mebibytes", |draft, entry| {
            draft.network.max_body = (entry.number(1..=65_536)? as usize).saturating_mul(1 << 20);
            Ok(())
        }),
        Key::new("network.user_agent", Draft::read_user_agent),
        Key::new("store.enabled", |draft, entry| entry.flag().map(|enabled| draft.store.is_enabled = enabled)),
        Key::new("store.max_mebibytes", |draft, entry| {
            draft.store.max_bytes = u64::from(entry.number(1..=1_048_576)?) << 20;
            Ok(())
        }),
        Key::new("lists.hide", |draft, entry| {
            draft.options.lists.hide = Draft::list_rule(entry)?;
            Ok(())
        }),
        Key::new("lists.highlight", |draft, entry| {
            draft.options.lists.highlight = Draft::list_rule(entry)?;
            Ok(())
        }),
        Key::new("open.*", Draft::read_opener),
        Key::new("modifiers.*", Draft::read_modifier),
        Key::new("keys.*", Draft::read_keys),
    ]
}

/// The path of every key, with dots between names; `*` is any name.
pub fn key_paths() -> Vec<String> {
    keys().iter().map(|key| key.path.join(".")).collect()
}
