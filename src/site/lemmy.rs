//! Lemmy: a post, one request for the tree of its comments, then whatever that left out; and lists of posts.
//!
//! `answer` reads what either version of the interface sends, row by row, so that a cut answer keeps what came before;
//! `discussion` holds what is known and where comments are missing; `loader` decides what to ask next. Of lists, `list`
//! has the targets, `pages` the requests and `entries` the rows.
//!
//! A request for a tree (`max_depth`) brings at most 300 rows whatever `limit` and `page` say, so the rest is requested
//! by node, and as the last resort in flat pages. Siblings keep the site's order as far as one answer has it.
//!
//! # Lists
//!
//! `lemmy` is the instance of the config, else lemmy.world; `lemmy/HOST`, `lemmy/HOST/c/NAME` and
//! `lemmy/HOST/c/NAME@OTHER` are an instance's posts and a community's, each with an order behind it if need be;
//! `lemmy/HOST/search:WORDS` searches. Without `HOST` they are of the usual instance. A section of the config is a tab: one
//! that names an order is that of the place where the reader is, any other a target of its own, what stands behind
//! `lemmy/`. The first that is an order is the one of pages where none is named. Where the page after begins, version 3
//! tells by a cursor or else by a number, version 4 by a cursor.
//!
//! # What is assumed, and not known of the live sites
//!
//! - Every number is of one instance. A thing's own address elsewhere (`ap_id`) is used only where a saved file does
//!   not tell whose numbers it has.
//! - A status of 404 or 400 without an error that is known means that the interface is another: `/api/v4` is tried.
//! - Version 1.0 serves `/api/v3` without pages of comments; where flat pages repeat, those of `/api/v4` are requested. Of
//!   posts it serves pages by number, and of a search the first ten alone.
//! - Version 4 calls the words of a search `search_term` and the list of what it finds `posts`; before that `q` and
//!   `search`. Its lists keep to the age that the instance chose, unless `time_range_seconds` is 0.
//! - Few comments that are stated and never sent are filtered ones (bots, blocked instances): less than a twentieth is not
//!   searched for in flat pages.
//! - A creator who is not local is shown with the host, as Lemmy does. A deleted account's name is gone.

mod address;
mod answer;
mod api;
mod discussion;
mod entries;
mod errors;
mod list;
mod loader;
mod names;
mod page;
mod pages;
mod rate_limit;
mod row;
mod sort;

pub use address::{LemmyAddress, is_of_instance, parse};
pub use loader::LemmyLoader;
pub use page::{looks_like_list_page, looks_like_page, read_list_page, read_page};

use self::discussion::Discussion;
use super::sample::Kind;
use super::{ConfigKey, Info, Limit, LoadError, Site, SiteConfig, ThreadTarget, damage};
use super::{Format, Sample};
use crate::model::{Listing, Thread};

/// Facts about the site.
static INFO: Info = Info {
    example: "https://lemmy.world/post/123 or lemmy:lemmy.world/123",
    hints: &["lemmy", "/post/"],
    sections: &sort::USUAL,
    on_any_host: true,
    limits: &[Limit::new(180, 60)],
    config_keys: &[ConfigKey::address("url", &[])],
    ..Info::new("lemmy", "Lemmy")
};

/// Lemmy, for the table of sites. Any host may be an instance, so none has limits of its own.
pub static LEMMY: Site = Site {
    knows_host: |address, config| is_of_instance(address, config.url()),
    rate_limit_wait: rate_limit::wait,
    ..Site::new(
        &INFO,
        thread,
        list::parse_name,
        list::parse_address,
        &[
            Format::thread("comments of Lemmy", looks_like, read_saved),
            Format::list("a list of Lemmy", looks_like_list, read_saved_list),
            Format::thread("a page of Lemmy", looks_like_page, read_page),
            Format::list("a page of Lemmy with a list", looks_like_list_page, read_list_page),
        ],
    )
};

/// The thread that an address or a short form names.
fn thread(target: &str, config: &SiteConfig) -> Option<ThreadTarget> {
    let address = parse(target, config.url())?;
    let (page, comment) = (address.url.clone(), address.comment.clone());
    Some(ThreadTarget::new(&INFO, page, comment, move || LemmyLoader::new(address.clone())))
}

/// Reads saved answers, one or several in a file: a post, a list of comments, a person's page.
pub fn read_saved(file: &Sample<'_>) -> Result<Thread, LoadError> {
    let page = answer::read(file.document());
    if !page.is_any() {
        return Err(damage::none_in_file("post or comment of Lemmy", page.damage.as_deref()));
    }
    let mut discussion = Discussion::from_file(&page);
    discussion.take(page);
    Ok(discussion.thread())
}

/// Whether a file holds answers of Lemmy that are a discussion.
pub fn looks_like(file: &Sample<'_>) -> bool {
    has_rows(file) && file.names_any(&["comments", "items", "post_view", "comment_view"]) && !looks_like_list(file)
}

/// Reads a saved list of posts.
pub fn read_saved_list(file: &Sample<'_>) -> Result<Listing, LoadError> {
    pages::read_saved(file.document())
}

/// Whether a file is a list of posts, and no discussion.
pub fn looks_like_list(file: &Sample<'_>) -> bool {
    has_rows(file) && entries::is_list(file.document())
}

/// Whether there are fields that stand in every row.
fn has_rows(file: &Sample<'_>) -> bool {
    file.kind() == Kind::Object
        && file.names_all(&["ap_id", "creator_id"])
        && file.names_any(&["path", "parent_id", "community_id"])
}
