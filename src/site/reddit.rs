//! Reddit: threads and lists under the reader's own client id, and saved files.
//!
//! Reddit answers no program that is not registered with it. So every request is made under the `account` of the config, by
//! a `session` that gets a token first; without an account nothing is requested, and `errors` says what can be done
//! instead. A `loader` loads a thread, each `resource` of it in turn, and follows the `stubs` that Reddit leaves in the
//! place of comments; a `list_loader` loads a page of a `list`. A saved answer (`saved`), a saved feed (`feed`) and a saved
//! `page` need none of it. `answer` tells the content of an answer; `discussion` gathers comments, `entries` posts, `post`
//! reads one of either, `body` its text.
//!
//! # What is shown of what is gone
//!
//! Deleted and removed comments all stay, also without answers: Reddit keeps their scores, shows them, and counts them.
//!
//! # Comments of many threads
//!
//! A file with the newest comments of a subreddit, or of a person, is shown as one discussion: whoever saves one wants to
//! read the comments, and a list of the threads would leave them out. The thread of each is its subject, and replies stand
//! below what they answer where that is in the file.
//!
//! # What is assumed, and not known of the live site
//!
//! - Texts were sent without `raw_json=1` if any HTML begins with `&lt;`; then every text is unescaped once more.
//! - A moderator's or an admin's word (`distinguished`) is a label, `Moderator` or `Admin`.
//! - `score_hidden`, and contest mode, make a score unknown.
//! - A token that is no longer good is refused with 401, so no clock is kept for it.
//! - `/api/morechildren` takes ids of one depth together, leaves out those for which its answer had no room, and finds
//!   none that is deeper than 10 (all of this as in the site's source of 2017). Either way of it is coped with.
//! - A page that a share link leads to, or its login page's `dest`, names the thread.

mod account;
mod address;
mod answer;
mod attachments;
mod body;
mod context;
mod discussion;
mod entries;
mod errors;
pub mod feed;
mod list;
mod list_loader;
mod loader;
mod page;
mod post;
mod resource;
mod saved;
mod session;
mod stubs;

pub use account::Account;
pub use address::{RedditAddress, parse};
pub use loader::RedditLoader;
pub use page::{looks_like_list_page, looks_like_page, read_list_page, read_page};
pub use saved::{looks_like, looks_like_list, read_list, read_saved};

use super::Format;
use super::{ConfigKey, HostInfo, Info, KeyKind, Limit, Site, SiteConfig, ThreadTarget};

/// The properties of the site.
static INFO: Info = Info {
    example: "https://www.reddit.com/r/rust/comments/3hahrw, or its saved .json; a list like r/rust",
    hints: &["reddit", "redd.it"],
    sections: &list::TABS,
    hides_scores: true,
    prefixes: &["r"],
    hosts: &[HostInfo { name: "reddit.com", in_flight: 1, limits: &[Limit::new(100, 60)], timeout: None }],
    config_keys: &[
        ConfigKey::address("url", &["reddit.com", "www.reddit.com", "oauth.reddit.com"]),
        ConfigKey { name: "client_id", kind: KeyKind::Text(is_client_id, "has signs that no client id has") },
        ConfigKey { name: "client_secret_command", kind: KeyKind::SecretCommand },
    ],
    ..Info::new("reddit", "Reddit")
};

/// Reddit, for the table of sites. The limit is that of each client id.
pub static REDDIT: Site = Site::new(
    &INFO,
    thread,
    list::parse_name,
    list::parse_address,
    &[
        Format::thread("comments of Reddit", looks_like, read_saved),
        Format::thread("the feed of a thread of Reddit", feed::looks_like_thread, feed::read_thread),
        Format::list("a list of Reddit", looks_like_list, read_list),
        Format::list("a feed of Reddit", feed::looks_like_list, feed::read_list),
        Format::thread("a page of Reddit", looks_like_page, read_page),
        Format::list("a page of Reddit with a list", looks_like_list_page, read_list_page),
    ],
);

/// The thread that an address or a short form names.
fn thread(target: &str, config: &SiteConfig) -> Option<ThreadTarget> {
    let address = parse(target, &Account::of(config))?;
    let (page, comment) = (address.url.clone(), address.comment.clone());
    Some(ThreadTarget::new(&INFO, page, comment, move || RedditLoader::new(address.clone())))
}

fn is_client_id(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
