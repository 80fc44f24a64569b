//! Lobsters: one story's JSON holds the whole discussion, in preorder; a list's JSON holds 25 stories.
//!
//! The JSON has no promise behind it and has changed every other year; `story` and `entry` read all its generations,
//! so leniently that the next change costs a field and not the thread. Scores are points on an open scale, exposed
//! from the first minute on; flags are left out. Deleted and moderated comments stay, with the words that the site
//! puts in place of theirs. A saved `page` is read by its elements.
//!
//! # What is assumed, and not known of the live site
//!
//! - A comment's `url` names its story (`…/s/tdfoqh/…#c_42bzeq`). Where it does not, the comment's page is followed.
//! - The count of comments leaves out deleted ones, so more may be here than are stated, which is no damage.
//! - A list has pages of 25 stories. `/active` and `/top` have pages as `/newest` has. There is no search over
//!   JSON, so none is offered.
//! - No capture of a deleted or moderated comment is known; its forms are those of the site's source.

mod address;
mod entry;
mod errors;
mod list;
mod loader;
mod page;
mod story;

pub use address::{LobstersAddress, parse};
pub use loader::LobstersLoader;
pub use page::{looks_like_list_page, looks_like_page, read_list_page, read_page};

use super::LoadError;
use super::sample::Kind;
use super::{ConfigKey, HostInfo, Info, Limit, Site, SiteConfig, ThreadTarget};
use super::{Format, Sample};
use crate::model::{Listing, Thread};

/// The fields that every story has, in every generation of the JSON.
const FIELDS: [&str; 2] = ["short_id", "submitter_user"];

/// Facts about the site.
static INFO: Info = Info {
    example: "https://lobste.rs/s/tdfoqh or lobsters:tdfoqh",
    hints: &["lobste"],
    sections: &list::SECTIONS,
    hosts: &[HostInfo {
        name: "lobste.rs",
        in_flight: 1,
        limits: &[Limit::new(4, 1), Limit::new(30, 60), Limit::new(100, 600), Limit::new(400, 3600)],
        timeout: None,
    }],
    config_keys: &[ConfigKey::address("url", &["lobste.rs"])],
    ..Info::new("lobsters", "Lobsters")
};

/// Lobsters, for the table of sites. The limits are those of its `Rack::Attack` for each address, since December 2025.
pub static LOBSTERS: Site = Site::new(
    &INFO,
    thread,
    list::parse_name,
    list::parse_address,
    &[
        Format::thread("a story of Lobsters", looks_like, read_saved),
        Format::list("a list of Lobsters", looks_like_list, read_saved_list),
        Format::thread("a page of Lobsters", looks_like_page, read_page),
        Format::list("a page of Lobsters with a list", looks_like_list_page, read_list_page),
    ],
);

/// The thread that an address or a short form names.
fn thread(target: &str, config: &SiteConfig) -> Option<ThreadTarget> {
    let address = parse(target, config.url())?;
    let (page, comment) = (address.url.clone(), address.comment.clone());
    Some(ThreadTarget::new(&INFO, page, comment, move || LobstersLoader::new(address.clone())))
}

/// Reads the JSON of a story, without the network.
///
/// # Errors
/// The bytes are of another kind; the error says what to do.
pub fn read_saved(file: &Sample<'_>) -> Result<Thread, LoadError> {
    story::read(file.document(), file.bytes())
}

/// Whether a file is the JSON of a story of Lobsters.
pub fn looks_like(file: &Sample<'_>) -> bool {
    file.kind() == Kind::Object && file.names_all(&FIELDS)
}

/// Reads the JSON of a list of stories, without the network.
///
/// # Errors
/// The bytes are of another kind; the error says what to do.
pub fn read_saved_list(file: &Sample<'_>) -> Result<Listing, LoadError> {
    let listing = entry::listing(file.document(), address::HOME).filter(|listing| !listing.entries.is_empty());
    Ok(Listing {
        heading: INFO.heading("a saved list"),
        next: None,
        ..listing.ok_or_else(|| errors::from_list(file.bytes()))?
    })
}

/// Whether a file is the JSON of a list of stories of Lobsters.
pub fn looks_like_list(file: &Sample<'_>) -> bool {
    file.kind() == Kind::List && file.names_all(&FIELDS)
}
