//! The tables `[sites.NAME]` of the config, with the keys that each site has.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

use crate::site::{ConfigKey, Info, SITES, Site};
use crate::view::{Bound, Thresholds};

/// The keys that every site has, behind its own.
const COMMON: [&str; 3] = ["min_score", "full_score", "sections"];

/// The tables of the sites, in the order of the registry.
#[derive(Debug, Default)]
pub(super) struct SitesTable(pub(super) Vec<SiteTable>);

/// The table of one site.
#[derive(Debug)]
pub(super) struct SiteTable {
    pub(super) info: &'static Info,
    pub(super) thresholds: Thresholds,
    pub(super) sections: Vec<String>,
    /// The keys that are the site's own.
    pub(super) texts: Vec<(&'static ConfigKey, Spanned<String>)>,
}

impl<'de> Deserialize<'de> for SitesTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Tables)
    }
}

struct Tables;

impl<'de> Visitor<'de> for Tables {
    type Value = SitesTable;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table of sites")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SitesTable, A::Error> {
        let infos = SITES.map(Site::info);
        let names = infos.map(|info| info.name);
        let mut tables = Vec::new();
        while let Some(place) = map.next_key_seed(OneOf(&names))? {
            let Some(info) = infos.get(place) else { continue };
            tables.push((place, map.next_value_seed(Keys(info))?));
        }
        tables.sort_by_key(|(place, _)| *place);
        Ok(SitesTable(tables.into_iter().map(|(_, table)| table).collect()))
    }
}

/// Reads the table of a site.
struct Keys(&'static Info);

impl<'de> DeserializeSeed<'de> for Keys {
    type Value = SiteTable;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<SiteTable, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keys {
    type Value = SiteTable;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a table of {}", self.0.title)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SiteTable, A::Error> {
        let own = self.0.config_keys;
        let names: Vec<&'static str> = own.iter().map(|key| key.name).chain(COMMON).collect();
        let mut table =
            SiteTable { info: self.0, thresholds: Thresholds::default(), sections: Vec::new(), texts: Vec::new() };
        while let Some(place) = map.next_key_seed(OneOf(&names))? {
            match (own.get(place), names.get(place)) {
                (Some(key), _) => table.texts.push((key, map.next_value()?)),
                (None, Some(&"min_score")) => table.thresholds.hide = Some(map.next_value_seed(BoundValue)?),
                (None, Some(&"full_score")) => table.thresholds.full = Some(map.next_value_seed(BoundValue)?),
                (None, _) => table.sections = map.next_value()?,
            }
        }
        Ok(table)
    }
}

/// Reads the bound of a threshold: a number that is a score, or a text that [`Bound::parse`] reads.
struct BoundValue;

impl<'de> DeserializeSeed<'de> for BoundValue {
    type Value = Bound;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Bound, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for BoundValue {
    type Value = Bound;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a score (3), a share (\"20%\") or a time (\"10m\")")
    }

    fn visit_i64<E: Error>(self, score: i64) -> Result<Bound, E> {
        let score = i32::try_from(score).map_err(|_| E::custom(format!("{score} is too large for a score")))?;
        Ok(Bound::Score(score))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Bound, E> {
        Bound::parse(text).map_err(E::custom)
    }
}

/// Reads a key as the place of its name among these.
struct OneOf<'n>(&'n [&'static str]);

impl<'de> DeserializeSeed<'de> for OneOf<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for OneOf<'_> {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        self.0.iter().position(|known| *known == name).ok_or_else(|| {
            let known: Vec<String> = self.0.iter().map(|known| format!("`{known}`")).collect();
            // The words of serde, so that an unknown key reads the same everywhere in the file.
            E::custom(format!("unknown field `{name}`, expected one of {}", known.join(", ")))
        })
    }
}
