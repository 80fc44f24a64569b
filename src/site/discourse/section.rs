//! The places and orders of a forum that can be listed: in targets and in the addresses of pages.

use url::Url;

use super::address::number;
use crate::markup::clean_line;
use crate::site::web;

/// The part of a forum that a list shows.
#[derive(Clone, Debug)]
pub(super) enum Section {
    All,
    /// A category: its slug, perhaps behind those of the categories above it, and its number.
    Category(String),
    /// A tag: its name, perhaps with its number behind it.
    Tag(String),
}

/// An order.
#[derive(Debug)]
pub(super) struct Order {
    /// Its name in a target.
    pub(super) name: &'static str,
    /// The list that the forum has for it, and how that is to be ordered if that is not said by the list.
    pub(super) path: &'static str,
    pub(super) by: Option<&'static str>,
}

pub(super) const LATEST: Order = Order { name: "latest", path: "latest", by: None };

/// A forum's own `new` is what a member has not seen, so that of a reader without a name is made of the latest.
const ORDERS: [Order; 4] = [
    LATEST,
    Order { name: "hot", path: "hot", by: None },
    Order { name: "top", path: "top", by: None },
    Order { name: "new", path: "latest", by: Some("created") },
];

/// The tabs where the reader has not chosen others.
pub(super) const USUAL: [&str; 4] = ["latest", "hot", "top", "new"];

/// Reads the address of a list's page: `/latest`, `/c/SLUG/ID`, `/tag/NAME/l/top`; the order is `None` if unnamed.
pub(super) fn page(url: &Url) -> Option<(Section, Option<&'static Order>)> {
    let path = url.path().strip_suffix(".json").unwrap_or(url.path());
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let by = web::parameter(url, "order");
    let (place, order) = match parts.as_slice() {
        [order] => (&[][..], Some(order)),
        [place @ .., "l", order] => (place, Some(order)),
        place => (place, None),
    };
    let order = match order {
        Some(path) => Some(Order::from_page(path, by.as_deref())?),
        None => None,
    };
    Some((Section::read(place)?, order))
}

impl Order {
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        ORDERS.iter().find(|order| order.name == name)
    }

    /// The order of a page of the forum.
    fn from_page(path: &str, by: Option<&str>) -> Option<&'static Self> {
        let exact = ORDERS.iter().find(|order| order.path == path && order.by == by);
        exact.or_else(|| ORDERS.iter().find(|order| order.path == path))
    }
}

impl Section {
    pub(super) fn read(parts: &[&str]) -> Option<Self> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '%' | '+');
        if !parts.iter().all(|part| part.chars().all(is_part)) {
            return None;
        }
        match *parts {
            [] => Some(Self::All),
            ["c", ref slugs @ .., id] if (1..=3).contains(&slugs.len()) && number(id).is_some() => {
                Some(Self::Category(format!("{}/{id}", slugs.join("/"))))
            }
            ["tag", name] => Some(Self::Tag(name.to_owned())),
            ["tag", name, id] if number(id).is_some() => Some(Self::Tag(format!("{name}/{id}"))),
            _ => None,
        }
    }

    /// Its path, without a bar in front; empty for all of the forum.
    pub(super) fn path(&self) -> String {
        match self {
            Self::All => String::new(),
            Self::Category(path) => format!("c/{path}"),
            Self::Tag(name) => format!("tag/{name}"),
        }
    }

    /// Its name, to be put before the forum's host.
    pub(super) fn name(&self) -> String {
        match self {
            Self::All => String::new(),
            Self::Category(path) => {
                let slug = path.rsplit('/').nth(1).unwrap_or_default();
                format!("{} on ", clean_line(slug))
            }
            Self::Tag(name) => format!("tag {} on ", clean_line(name.split('/').next().unwrap_or_default())),
        }
    }
}
